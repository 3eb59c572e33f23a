"""One city in one process: generated, then measured. The last line is the result as JSON."""

import io
import json
import logging
import os
import sys
import time
from typing import Any
from urllib.parse import quote

import django

from benchmarks.budget import flat_list
from benchmarks.memory import held_kb, peak_kb
from benchmarks.roadmap import picture

SEED = 1
ROLES = {"officer": "viewer", "secretariat": "secretariat", "headquarters": "chief"}
SIMILAR = "/hurdles/similar/"
TYPED = {"title": "請求書に押印が残っている", "obstacle": "印影の照合に手間を取られている"}
PAGES = {
    "hurdle list": "/hurdles/",
    "list, open ones by hours": "/hurdles/?status=open&sort=-hours_lost",
    "list, page 5": "/hurdles/?page=5",
    "search 押印": f"/hurdles/?q={quote('押印')}",
    "search 選挙事務": f"/hurdles/?q={quote('選挙事務')}",
    "list, no answer": "/hurdles/?owner_view=unanswered",
    "common hurdles": "/hurdles/common/",
    "solved cases": "/hurdles/solved/",
    "similar hurdles": SIMILAR,
    "my work": "/",
    "dashboard": "/dashboard/",
}
TERMS = ("選挙事務", "犬の登録", "押印")
EXPORTED = f"/hurdles/?theme={quote('市民との対話')}&format=xlsx"


def main(size: int) -> None:
    django.setup()
    logging.disable(logging.WARNING)  # that a page is not for everybody is no news here
    result: dict[str, Any] = {"size": size, "generated": generated(size)}
    clients = {role: client_of(kind) for role, kind in ROLES.items()}
    result["pages"] = {role: pages(client) for role, client in clients.items()}
    result["detail"] = {role: detail(client) for role, client in clients.items()}
    result["search"] = {term: search(term) for term in TERMS}
    result["export"] = export(clients["secretariat"])
    result["picture"] = picture()
    result["budget"] = flat_list()
    print(json.dumps(result, ensure_ascii=False))


def generated(size: int) -> dict[str, float]:
    """Seconds, rows, megabytes of the database, and by how much the memory of this process grew while it generated."""
    from django.db import connection  # noqa: PLC0415 after setup

    from apps.city.services.generating import Size, generate_city  # noqa: PLC0415
    from apps.core import clock  # noqa: PLC0415

    before, start = held_kb(), time.perf_counter()
    report = generate_city(size=Size.of(hurdles=size), seed=SEED, today=clock.today())
    seconds, grown = time.perf_counter() - start, peak_kb() - before
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM")
        cursor.execute("SELECT pg_database_size(current_database()) / 1000000")
        (megabytes,) = cursor.fetchone()
    rows = sum(report.rows.values())
    return {"seconds": seconds, "rows": rows, "megabytes": int(megabytes), "grown_mb": grown / 1000}


def client_of(kind: str) -> Any:
    """The first person who holds the role, signed in."""
    from django.test import Client  # noqa: PLC0415

    from apps.organization.models import User  # noqa: PLC0415

    user = User.objects.filter(roles__kind=kind, roles__valid_to=None, is_active=True).order_by("pk").first()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client


def pages(client: Any) -> dict[str, dict[str, float]]:
    return {name: page(client, address) for name, address in PAGES.items()}


def detail(client: Any) -> dict[str, float]:
    """The page of a hurdle that has come far, with its history."""
    from apps.hurdles.selectors import visible_to  # noqa: PLC0415

    hurdle = visible_to(client.user).filter(status="resolved").order_by("-pk").first()
    return page(client, hurdle.get_absolute_url())


def page(client: Any, address: str) -> dict[str, float]:
    """Times of a page, and of the same SQL run by hand."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from benchmarks.clock import times_of  # noqa: PLC0415

    def ask() -> Any:
        return client.post(address, TYPED) if address == SIMILAR else client.get(address)

    if ask().status_code == 403:
        return {}
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}")
    asked = list(captured)  # the next request empties the log
    statements = [each["sql"] for each in asked if each["sql"].lstrip().upper().startswith(("SELECT", "WITH"))]
    whole, by_hand = times_of(ask), times_of(lambda: run(statements))
    slowest = max(asked, key=lambda each: float(each["time"]))
    if os.environ.get("BENCH_SLOW") and float(slowest["time"]) > 0.1:
        print(f"{address} {slowest['time']} s: {slowest['sql']}", file=sys.stderr)
    return {"median": whole.median, "p95": whole.p95, "sql": by_hand.median, "queries": len(asked)}


def run(statements: list[str]) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def search(term: str) -> dict[str, float]:
    """The rows of a search by the index, and by looking at every row."""
    from apps.core.models import found  # noqa: PLC0415
    from apps.core.search import search_key  # noqa: PLC0415
    from apps.hurdles.models import Hurdle  # noqa: PLC0415
    from benchmarks.clock import times_of  # noqa: PLC0415

    by_index = times_of(lambda: found(Hurdle.objects.all(), term).order_by().count(), 7)
    scan = times_of(lambda: Hurdle.objects.filter(search_key__contains=search_key(term)).order_by().count(), 7)
    return {"index": by_index.median, "scan": scan.median}


def export(client: Any) -> dict[str, float]:
    """A filtered list as a workbook, beside a bare loop of XlsxWriter over the same cells."""
    import openpyxl  # noqa: PLC0415

    from benchmarks.clock import times_of  # noqa: PLC0415

    def body() -> bytes:
        response = client.get(EXPORTED)
        return b"".join(response.streaming_content) if response.streaming else response.content

    workbook = openpyxl.load_workbook(io.BytesIO(body()), read_only=True)
    cells = [list(row) for row in workbook.worksheets[0].iter_rows(values_only=True)]
    page_of, bare = times_of(body, 3), times_of(lambda: bare_loop(cells), 3)
    return {"rows": len(cells), "page": page_of.median, "bare": bare.median}


def bare_loop(cells: list[list[Any]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(cells):
        sheet.write_row(number, 0, row)
    workbook.close()
    return file.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]))
