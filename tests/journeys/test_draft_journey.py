"""The secretariat makes the draft of the mid-year report, watches it, and opens Word and PDF."""

import os
import signal
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from apps.core.models import Job
from apps.reports.models import Draft, Report
from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.demo import PROCESSES
from dxportal.embedded.places import PROJECT
from dxportal.embedded.processes import ORDERLY_THEN_AT_ONCE

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
WORK = 60_000  # milliseconds: two cores draw and write, and other tests have them, too


def database_url() -> str:
    """The address of the test database, as the worker's environment wants it."""
    names = connection.settings_dict
    user = quote(names["USER"]) + (f":{quote(names['PASSWORD'])}" if names["PASSWORD"] else "")
    port = f"&port={names['PORT']}" if names["PORT"] else ""
    return f"postgres://{user}@/{names['NAME']}?host={quote(names['HOST'], safe='')}{port}"


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[None]:
    """The dispatcher and a worker of `make demo` on the test database."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "dxportal.settings.testing",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
    }
    blanks = {"address": "", "log": str(tmp_path), "run": str(tmp_path)}
    children = []
    for name in ("dispatcher", "worker"):
        words = [word.format_map(blanks) for word in PROCESSES[name].split()]
        with (tmp_path / f"{name}.log").open("wb") as output:
            children.append(
                start_child([sys.executable, *words], death_signal=signal.SIGTERM, env=env, cwd=PROJECT, output=output)
            )
    yield
    for child in children:
        stop_child(child, ORDERLY_THEN_AT_ONCE)


def test_the_secretariat_makes_a_draft_and_opens_it(visitor, workers):
    report = Report.objects.get()
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/reports/", audited=(PHONE, DESK))
    page.get_by_role("link", name=report.title).click()
    secretariat.look(audited=(PHONE, DESK))
    page.get_by_role("button", name="案を作成する").click()
    secretariat.look(audited=(PHONE, DESK))
    result = page.get_by_role("link", name="結果を開く")
    expect(result).to_be_visible(timeout=WORK)
    secretariat.look(audited=(PHONE, DESK))
    result.click()
    secretariat.look(audited=(PHONE, DESK))
    expect(page.locator("main")).to_contain_text("第1案")
    expect(page.locator("main svg").first).to_be_visible()
    files = {}
    for label in ("Word", "PDF"):
        with page.expect_download() as download:
            page.get_by_role("link", name=label, exact=True).click()
        files[label] = Path(download.value.path()).read_bytes()
    assert files["PDF"].startswith(b"%PDF-")
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(files["Word"])).namelist()
    assert Draft.objects.count() == 1 == Job.objects.filter(state="done").count()
    secretariat.go("/jobs/", audited=(PHONE, DESK))
    secretariat.go("/reports/figures/", audited=(PHONE, DESK))


def test_the_button_pressed_twice_makes_one_draft(visitor, workers):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go(Report.objects.get().get_absolute_url())
    page.evaluate("() => { const form = document.querySelector('main form'); form.submit(); form.submit(); }")
    page.wait_for_url("**/jobs/**")
    expect(page.get_by_role("link", name="結果を開く")).to_be_visible(timeout=WORK)
    assert Draft.objects.count() == 1 == Job.objects.count()
