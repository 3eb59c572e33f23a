"""Which post answers for an initiative, what waits for whoever holds it, and what goes with it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.waiting import tasks_of
from apps.organization.models import Role
from apps.roadmap.holdings import _initiatives, _open_of
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.posts import answered_by, who_answers
from apps.roadmap.waits import initiatives_in_want
from tests.factories import InitiativeFactory, MilestoneFactory, RoleFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY


@pytest.fixture
def people() -> dict[str, Any]:
    """A section with a promoter and a manager; a secretariat elsewhere; nobody else."""
    unit = UnitFactory(name="市民課")
    found = {role: user_with(role, unit=unit) for role in ("promoter", "manager", "viewer")}
    return {"unit": unit, "secretariat": user_with("secretariat"), **found}


def answering(initiative: Initiative, people: dict[str, Any]) -> list[str]:
    """Who answers, asked from the initiative and from each of the people: the two never differ."""
    found = {name for name, person in people.items() if name != "unit" and initiative in answered_by(person)}
    named = {name for name, person in people.items() if person in who_answers(initiative).people}
    assert found == named
    return sorted(found)


@pytest.mark.parametrize(
    ("role", "expected"),
    [("", ["promoter"]), ("manager", ["manager"]), ("viewer", ["viewer"]), ("member", ["promoter"])],
)
def test_the_named_post_or_the_promoter(role: str, expected: list[str], people: Any) -> None:
    initiative = InitiativeFactory(lead_unit=people["unit"], lead_role=role)
    assert answering(initiative, people) == expected
    assert who_answers(initiative).stands_in is (role == "member")


def test_where_there_is_neither_the_secretariat(people: Any) -> None:
    initiative = InitiativeFactory(lead_unit=people["unit"], lead_role="manager")
    Role.objects.filter(user__in=[people["manager"], people["promoter"]]).update(valid_to=date(2022, 10, 13))
    for name in ("manager", "promoter"):
        people[name] = type(people[name]).objects.get(pk=people[name].pk)
    assert answering(initiative, people) == ["secretariat"]
    assert "事務局が代行" in who_answers(initiative).words


def test_who_has_left_holds_no_post(people: Any) -> None:
    initiative = InitiativeFactory(lead_unit=people["unit"], lead_role="manager")
    people["manager"].is_active = False
    people["manager"].save()
    assert answering(initiative, {key: each for key, each in people.items() if key != "manager"}) == ["promoter"]


def test_the_post_goes_on_under_the_name_of_today(people: Any) -> None:
    old = UnitFactory(valid_to=date(2022, 3, 31), main_successor=people["unit"])
    initiative = InitiativeFactory(lead_unit=old, lead_role="manager")
    assert answering(initiative, people) == ["manager"]


def test_what_is_at_its_end_waits_for_nobody(people: Any) -> None:
    for fields in ({"status": "achieved"}, {"status": "cancelled"}, {"archived_at": "2022-10-01T00:00+09:00"}):
        InitiativeFactory(lead_unit=people["unit"], **fields)
    assert not answered_by(people["promoter"]).exists()


def test_the_page_says_who_answers(people: Any, client_for: Any) -> None:
    initiative = InitiativeFactory(lead_unit=people["unit"], lead_role="member")
    page = text_of(client_for(people["viewer"]).get(initiative.get_absolute_url()))
    assert people["promoter"].name in page
    assert "推進員が代行" in page


class TestMyWork:
    def titles(self, user: Any) -> list[tuple[str, Any]]:
        return [(task.title, task.due) for task in initiatives_in_want(user)]

    def test_what_has_passed_and_what_is_silent(self, people: Any) -> None:
        def mine(title: str, **fields: Any) -> Initiative:
            return InitiativeFactory(title=title, lead_unit=people["unit"], **fields)

        mine("遅れた", starts_on=None, ends_on=date(2022, 10, 13))
        mine("今日まで", starts_on=None, ends_on=TODAY)
        overdue = mine("節目の過ぎた", ends_on=date(2024, 3, 30))
        MilestoneFactory(initiative=overdue, fiscal_year=FiscalYear(2022), quarter=2, text="9月の節目")
        MilestoneFactory(initiative=mine("節目の間に合う"), fiscal_year=FiscalYear(2022), quarter=3)
        reached = mine("節目を達成した")
        MilestoneFactory(initiative=reached, fiscal_year=FiscalYear(2022), quarter=1, state="achieved")
        mine("静かな", status="underway", progressed_on=date(2022, 7, 16), ends_on=date(2024, 3, 31))
        mine("動いている", status="underway", progressed_on=date(2022, 7, 17))
        assert self.titles(people["promoter"]) == [
            ("終了日を過ぎています：遅れた", date(2022, 10, 13)),
            ("節目の時期を過ぎています：9月の節目", date(2022, 9, 30)),
            ("長く報告がありません：静かな", None),
        ]
        assert self.titles(people["manager"]) == self.titles(people["secretariat"]) == []
        assert {task.title for task in tasks_of(people["promoter"])} >= {"長く報告がありません：静かな"}

    def test_readers_alone_have_nothing_to_do(self) -> None:
        auditor = user_with("auditor", "administrator")
        InitiativeFactory(lead_unit=auditor.unit, lead_role="auditor", starts_on=None, ends_on=date(2022, 10, 1))
        assert self.titles(auditor) == []

    def test_it_asks_as_often_for_many_as_for_few(self, people: Any) -> None:
        def ask() -> int:
            person = type(people["promoter"]).objects.get(pk=people["promoter"].pk)
            with CaptureQueriesContext(connection) as queries:
                list(initiatives_in_want(person))
            return len(queries)

        def more(number: int) -> None:
            for _each in range(number):
                MilestoneFactory(
                    initiative=InitiativeFactory(lead_unit=people["unit"]), fiscal_year=FiscalYear(2022), quarter=1
                )

        more(3)
        few = ask()
        more(27)
        assert ask() == few <= 8


class TestHandover:
    DAY = date(2023, 4, 1)

    def held(self, *people: Any) -> list[tuple[int, str]]:
        rows = _initiatives([person.pk for person in people], self.DAY, people[0])
        return [(holding.person, holding.title.partition(" ")[2]) for holding in rows]

    def test_the_initiatives_of_the_post_go_with_it(self, people: Any) -> None:
        promoter, manager = people["promoter"], people["manager"]
        InitiativeFactory(title="課長の取組", lead_unit=people["unit"], lead_role="manager", number="I-1")
        InitiativeFactory(title="推進員の取組", lead_unit=people["unit"], number="I-2")
        InitiativeFactory(title="終わった取組", lead_unit=people["unit"], status="achieved")
        InitiativeFactory(title="よその取組")
        assert self.held(promoter, manager) == [(manager.pk, "課長の取組"), (promoter.pk, "推進員の取組")]
        RoleFactory(user=manager, kind="promoter", unit=people["unit"])
        assert self.held(manager) == [(manager.pk, "課長の取組"), (manager.pk, "推進員の取組")]
        assert _open_of([people["unit"].pk], promoter) == 2
