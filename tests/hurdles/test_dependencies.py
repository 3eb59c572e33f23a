"""What a hurdle needs first: added and taken away on a page, refused where it makes no sense, told in the history."""

from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.hurdles.models import HurdleDependency
from apps.hurdles.selectors import hurdle_history
from apps.hurdles.services import ENDORSEMENT_EVENTS, add_dependency, remove_dependency
from tests.factories import HurdleFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Any:
    return user_with("secretariat")


def told(hurdle: Any, viewer: Any) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    entries = hurdle_history(hurdle, viewer, of_sections=ENDORSEMENT_EVENTS)
    return [(e.actor, e.verb, e.reason, [(c.old, c.new) for c in e.changes]) for e in entries if "先に必要な" in e.verb]


def test_added_and_taken_away_on_the_page(client_for: Any, person: Any) -> None:
    hurdle, first = HurdleFactory(), HurdleFactory(title="公印<b>の規程")
    client, url = client_for(person), f"{hurdle.get_absolute_url()}needs/"
    assert f'href="{url}"' in text_of(client.get(hurdle.get_absolute_url()))
    offered = client.get(url, {"q": "公印"})
    assert offered.context["offered"] == [first]
    assert f"{url}?number={first.number}" in text_of(offered)
    form = form_of(client.get(url, {"number": first.number}), "number")
    assert form["number"] == first.number
    page = text_of(client.post(url, form | {"reason": "規程が先"}, follow=True))
    assert "公印&lt;b&gt;の規程" in page
    assert "公印<b>" not in page
    page = text_of(client.get(url))
    remove = f"{url}{first.pk}/remove/"
    assert remove in page
    assert client.get(url, {"q": "公印"}).context["offered"] == [], "what stands there is not offered again"
    client.post(remove, form_of(client.get(remove), "reason") | {"reason": "済んだ"})
    assert not HurdleDependency.objects.exists()
    assert client.get(remove).status_code == 404
    assert told(hurdle, person) == [
        (person.name, "先に必要なものを外した", "済んだ", [("公印<b>の規程", "")]),
        (person.name, "先に必要なものを加えた", "規程が先", [("", "公印<b>の規程")]),
    ]


def test_the_number_is_read_however_it_is_typed(client_for: Any, person: Any) -> None:
    hurdle, first = HurdleFactory(), HurdleFactory()
    wide = first.number.lower().translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    client_for(person).post(f"{hurdle.get_absolute_url()}needs/", {"number": f" {wide} "})
    assert list(hurdle.depends_on.all()) == [first]


def test_what_makes_no_sense_is_refused_and_the_words_stay(client_for: Any, person: Any) -> None:
    a, b, c = HurdleFactory(), HurdleFactory(), HurdleFactory()
    merged = HurdleFactory(status="merged", merged_into=a)
    add_dependency(hurdle=a, needs=b, by=person)
    add_dependency(hurdle=b, needs=c, by=person)
    client = client_for(person)
    for hurdle, number, words in (
        (a, a.number, "自分自身"),
        (a, b.number, "すでに"),
        (b, a.number, "先に進めなく"),
        (c, a.number, "先に進めなく"),
        (a, merged.number, "統合"),
        (a, "H-1999-0001", "この番号のハードルはありません"),
        (a, "", "必須"),
    ):
        answer = client.post(f"{hurdle.get_absolute_url()}needs/", {"number": number, "reason": "残る言葉"})
        assert answer.status_code in {409, 422}, number
        page = text_of(answer)
        assert words in page, (number, words)
        assert "残る言葉" in page
    assert HurdleDependency.objects.count() == 2
    with pytest.raises(IntegrityError, match="hurdle_does_not_need_itself"):
        HurdleDependency.objects.create(hurdle=a, needs=a)


def test_hidden_hurdles_are_never_named(client_for: Any, person: Any) -> None:
    promoter = user_with("promoter")
    hurdle = HurdleFactory(reporting_unit=promoter.unit)
    hidden = HurdleFactory(title="見えない件名")
    add_dependency(hurdle=hurdle, needs=hidden, by=person)
    client, url = client_for(promoter), f"{hurdle.get_absolute_url()}needs/"
    for address in (hurdle.get_absolute_url(), url, f"{url}?q=見えない件名"):
        page = text_of(client.get(address)).replace('value="見えない件名"', "").replace("「見えない件名」", "")
        assert "見えない件名" not in page, address
        assert hidden.number not in page
    assert client.get(f"{url}{hidden.pk}/remove/").status_code == 404
    answer = client.post(url, {"number": hidden.number})
    assert answer.status_code == 422
    assert "この番号のハードルはありません" in text_of(answer)
    assert told(hurdle, promoter)[0][3] == [("", "閲覧できないハードル")]
    assert told(hurdle, person)[0][3] == [("", "見えない件名")]


def test_who_may(client_for: Any, person: Any) -> None:
    auditor, hurdle, first = user_with("auditor"), HurdleFactory(), HurdleFactory()
    answer = client_for(auditor).post(f"{hurdle.get_absolute_url()}needs/", {"number": first.number})
    assert answer.status_code == 403
    with pytest.raises(Forbidden):
        add_dependency(hurdle=hurdle, needs=first, by=auditor)
    add_dependency(hurdle=hurdle, needs=first, by=person)
    with pytest.raises(Forbidden):
        remove_dependency(hurdle=hurdle, needs=first, by=auditor)
    with pytest.raises(Unmet):
        add_dependency(hurdle=hurdle, needs=first, by=person)
    for _click in range(2):
        remove_dependency(hurdle=hurdle, needs=first, by=person)
    assert len(told(hurdle, person)) == 2
    stranger = user_with("promoter")
    assert client_for(stranger).get(f"{hurdle.get_absolute_url()}needs/").status_code == 404


def test_the_page_asks_a_constant_number_of_times(client_for: Any, person: Any) -> None:
    hurdle, client, counts = HurdleFactory(), client_for(person), []
    for number in (3, 12):
        for _each in range(number):
            add_dependency(hurdle=hurdle, needs=HurdleFactory(title="先の件"), by=person)
            HurdleFactory(title="候補の件")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{hurdle.get_absolute_url()}needs/", {"q": "候補"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_migration_keeps_the_links_that_are_there() -> None:
    migration = import_module("apps.hurdles.migrations.0009_what_a_hurdle_needs_first")
    hurdle, first = HurdleFactory(), HurdleFactory()
    hurdle.depends_on.add(first)
    names = "SELECT conname FROM pg_constraint WHERE conrelid = 'hurdles_hurdle_depends_on'::regclass AND contype = 'u'"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(migration.TO_PAIRS)
        cursor.execute("SELECT from_hurdle_id, to_hurdle_id FROM hurdles_hurdle_depends_on")
        assert cursor.fetchall() == [(hurdle.pk, first.pk)]
        cursor.execute(
            "ALTER TABLE hurdles_hurdle_depends_on RENAME CONSTRAINT one_dependency_a_pair_of_hurdles TO made_up_uniq"
        )
        cursor.execute(migration.TO_LINKS)
        cursor.execute(names)
        assert cursor.fetchall() == [("one_dependency_a_pair_of_hurdles",)]
        cursor.execute(migration.TO_PAIRS)
        cursor.execute(migration.TO_LINKS)
    assert list(HurdleDependency.objects.values_list("hurdle", "needs")) == [(hurdle.pk, first.pk)]
