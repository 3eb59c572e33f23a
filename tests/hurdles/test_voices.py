"""What other sections say to a hurdle, on its page and in the filters of the list."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.registry import figures, standpoint_today
from tests.factories import (
    CommonHurdleFactory,
    EndorsementFactory,
    HurdleFactory,
    OwnerViewFactory,
    SolvedCaseFactory,
    UnitFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/"
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"
TODAY, YESTERDAY, TOMORROW = date(2022, 10, 14), date(2022, 10, 13), date(2022, 10, 15)


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def numbers(client: Any, query: str) -> set[str]:
    response = client.get(f"{LIST}?format=json&{query}")
    assert response.status_code == 200, text_of(response)
    return {row["number"] for row in response.json()}


@pytest.mark.parametrize(
    ("view", "state"),
    [
        ({"due_on": TODAY}, "awaited"),
        ({"due_on": YESTERDAY}, "unanswered"),
        ({"answer": "possible"}, "possible"),
        ({"answer": "conditional", "due_on": YESTERDAY}, "conditional"),
        ({"answer": "difficult", "due_on": TOMORROW}, "difficult"),
    ],
)
def test_the_owners_view_stands_on_the_page(view: dict[str, Any], state: str, client: Any) -> None:
    asked = OwnerViewFactory(asked_on=date(2022, 6, 1), reason=NASTY if "answer" in view else "", **view)
    response = client.get(asked.hurdle.get_absolute_url())
    (shown,) = response.context["owner_views"]
    assert shown["state"] == state
    page = text_of(response)
    for words in (asked.unit.name, "令和4年6月1日", str(shown["label"])):
        assert words in page
    assert ("&lt;b&gt;髙𠮷" in page) is bool(asked.answer)
    assert "<b>髙" not in page


def test_what_is_to_be_asked_later_is_not_asked_yet(client: Any) -> None:
    asked = OwnerViewFactory(asked_on=TOMORROW, due_on=date(2022, 11, 1))
    assert client.get(asked.hurdle.get_absolute_url()).context["owner_views"] == []
    assert numbers(client, "owner_view=awaited") == set()


def test_the_newest_question_comes_first(client: Any) -> None:
    old = OwnerViewFactory(asked_on=date(2022, 5, 1), due_on=date(2022, 5, 15))
    new = OwnerViewFactory(hurdle=old.hurdle, unit=old.unit, asked_on=date(2022, 10, 1), due_on=date(2022, 12, 1))
    response = client.get(old.hurdle.get_absolute_url())
    assert [each["view"] for each in response.context["owner_views"]] == [new, old]
    assert len(set(ids_of(response))) == len(ids_of(response))


def test_the_filter_goes_by_the_last_question_to_the_present_owner(client: Any) -> None:
    states: dict[str, dict[str, Any]] = {
        "awaited": {"due_on": TODAY},
        "unanswered": {"due_on": YESTERDAY},
        "possible": {"answer": "possible"},
        "conditional": {"answer": "conditional"},
        "difficult": {"answer": "difficult", "due_on": TOMORROW},
    }
    made = {state: OwnerViewFactory(**view).hurdle for state, view in states.items()}
    HurdleFactory(owning_unit=UnitFactory())
    moved = OwnerViewFactory(answer="possible").hurdle
    moved.owning_unit = UnitFactory()
    moved.save()
    again = OwnerViewFactory(answer="difficult")
    OwnerViewFactory(hurdle=again.hurdle, unit=again.unit, asked_on=date(2022, 10, 1), due_on=TODAY)
    OwnerViewFactory(hurdle=again.hurdle, unit=again.unit, asked_on=TOMORROW, due_on=TOMORROW, answer="possible")
    expected = {state: {hurdle.number} for state, hurdle in made.items()}
    expected["awaited"] |= {again.hurdle.number}
    for state, found in expected.items():
        assert numbers(client, f"owner_view={state}") == found, state
    assert client.get(f"{LIST}?owner_view=maybe").status_code == 400


def test_ours_too_is_listed_and_summed(client: Any) -> None:
    hurdle = HurdleFactory(hours_lost=6200)
    for name, hours in (("市民課", 60), ("商工振興課", 45), ("道路管理課", 190), ("農政課", None)):
        EndorsementFactory(hurdle=hurdle, unit__name=name, hours_lost=hours, example=f"{name}の例{NASTY}")
    response = client.get(hurdle.get_absolute_url())
    assert (response.context["hours_theirs"], response.context["hours_together"]) == (295, 6495)
    page = text_of(response)
    for words in ("市民課の例&lt;b&gt;髙𠮷", "道路管理課", "農政課", "190", "295", "6,495"):
        assert words in page, words
    assert "<b>髙" not in page


def test_a_hurdle_without_voices_has_no_empty_sections(client: Any, client_for: Any) -> None:
    url = HurdleFactory().get_absolute_url()
    assert "「うちの課も」と言った課は、まだありません。" in text_of(client.get(url)), "who may say it is offered it"
    ids = ids_of(client_for(user_with("auditor")).get(url))
    assert {"what", "facts"} <= set(ids)
    assert "ours-too" not in ids
    assert not [each for each in ids if each.startswith(("owner-view", "solved"))]


def test_the_list_says_how_many_sections_have_it_too(client: Any) -> None:
    with_two, without = HurdleFactory(), HurdleFactory()
    EndorsementFactory(hurdle=with_two)
    EndorsementFactory(hurdle=with_two)
    rows = {row.pk: row.endorsements_count for row in client.get(LIST).context["table"].rows}
    assert rows == {with_two.pk: 2, without.pk: 0}
    assert numbers(client, "endorsed=yes") == {with_two.number}
    assert numbers(client, "endorsed=no") == {without.number}
    assert client.get(f"{LIST}?endorsed=maybe").status_code == 400


def test_a_hurdle_names_its_common_hurdle(client: Any) -> None:
    hurdle = HurdleFactory()
    common = CommonHurdleFactory(title=NASTY, hurdles=[hurdle])
    gone = CommonHurdleFactory(title="消えた束", hurdles=[hurdle], archived_at="2022-10-01T00:00+09:00")
    page = text_of(client.get(hurdle.get_absolute_url()))
    assert f'href="{common.get_absolute_url()}"' in page
    assert "&lt;b&gt;髙𠮷" in page
    assert gone.get_absolute_url() not in page
    assert page.count(gone.title) == 1, "it stands in the history alone"


def test_what_has_to_come_first_is_named_where_one_sees_it(client: Any, client_for: Any) -> None:
    officer = user_with("viewer")
    hurdle, first = HurdleFactory(reporting_unit=officer.unit), HurdleFactory(title="先に要る件名")
    hurdle.depends_on.add(first)
    assert first.title in text_of(client.get(hurdle.get_absolute_url()))
    page = text_of(client_for(officer).get(hurdle.get_absolute_url()))
    assert first.title not in page
    assert first.number not in page


def test_the_history_tells_of_questions_and_endorsements(client: Any) -> None:
    asked = OwnerViewFactory(answer="difficult", reason="協議が要る。")
    EndorsementFactory(hurdle=asked.hurdle, example="毎月差し戻している。")
    told = " ".join(
        change.new
        for entry in client.get(asked.hurdle.get_absolute_url()).context["entries"]
        for change in entry.changes
    )
    assert "協議が要る。" in told
    assert "毎月差し戻している。" in told


FIGURES = ("all", "open", "severe", "common", "solved", "unanswered_views")


def some_records(officer: Any) -> None:
    """Of each kind one that the officer sees and one that is hidden from the officer, and a draft."""
    for unit in (officer.unit, UnitFactory()):
        severe = HurdleFactory(reporting_unit=unit, severity=5)
        HurdleFactory(reporting_unit=unit, severity=5, status="resolved")
        HurdleFactory(reporting_unit=unit, severity=4, owning_unit=UnitFactory(), status="draft")
        OwnerViewFactory(hurdle__reporting_unit=unit, due_on=YESTERDAY)
        OwnerViewFactory(hurdle__reporting_unit=unit, due_on=TODAY)
        for _each in range(3):
            EndorsementFactory(hurdle=severe)
        CommonHurdleFactory(hurdles=[severe])
        SolvedCaseFactory(hurdle__reporting_unit=unit)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        # all: 2 severe, 1 silent, 1 awaited, 1 solved of each unit; the silent one of the other unit is open to all.
        ("viewer", {"all": 6, "open": 4, "severe": 2, "common": 2, "solved": 2, "unanswered_views": 2}),
        ("secretariat", {"all": 10, "open": 6, "severe": 4, "common": 2, "solved": 2, "unanswered_views": 2}),
    ],
)
def test_each_figure_opens_as_many_rows_as_it_counts(role: str, expected: dict[str, int], client_for: Any) -> None:
    user = user_with(role)
    some_records(user)
    here, client = standpoint_today(user), client_for(user)
    assert {name: figures[f"hurdles.{name}"].count(here) for name in FIGURES} == expected
    for name in FIGURES:
        figure = figures[f"hurdles.{name}"]
        assert client.get(figure.link(here)).context["total"] == expected[name], name
        assert figure.records
        assert figure.records(here).count() == expected[name], name


@pytest.mark.parametrize(("role", "expected"), [("viewer", 3), ("secretariat", 6)])
def test_ours_too_counts_what_the_listed_hurdles_have(role: str, expected: int, client_for: Any) -> None:
    user = user_with(role)
    some_records(user)
    here, figure = standpoint_today(user), figures["hurdles.endorsements"]
    rows = client_for(user).get(figure.link(here)).context["table"].rows
    assert figure.count(here) == sum(row.endorsements_count for row in rows) == expected
    assert figure.records
    assert set(figure.records(here)) == set(rows)


@pytest.mark.parametrize("role", ["viewer", "secretariat"])
def test_queries_of_the_page_do_not_grow(role: str, client_for: Any) -> None:
    user = user_with(role)
    client, counts = client_for(user), []
    for number in (2, 12):
        hurdle = HurdleFactory(reporting_unit=user.unit, owning_unit=UnitFactory())
        for n in range(number):
            OwnerViewFactory(hurdle=hurdle, unit=UnitFactory(), asked_on=date(2022, 6, n + 1))
            EndorsementFactory(hurdle=hurdle)
            SolvedCaseFactory(hurdle=hurdle)
            CommonHurdleFactory(hurdles=[hurdle])
            hurdle.depends_on.add(HurdleFactory(reporting_unit=user.unit))
        for url in (hurdle.get_absolute_url(), f"{LIST}?owner_view=unanswered&endorsed=yes"):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:], counts
    assert max(counts) <= 62, counts
