"""From a training plan to a draft proposal: the year's total to the 千円, once, by those who may."""

from typing import Any

import pytest
from django.db import connection

from apps.budget.models import CostLine, Proposal
from apps.budget.services import draft_from_plan
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind
from apps.training.models import CourseHurdle, PlanCost, PlannedCourse, PlanUnit, TrainingPlan
from tests.factories import (
    BudgetItemFactory,
    BudgetStageFactory,
    CourseFactory,
    ExpenseItemFactory,
    HurdleFactory,
    InitiativeFactory,
    TrainingPlanFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear


@pytest.fixture
def plan() -> Any:
    """Two courses with a cost and one without; 14,200千円 in 2024 and 100千円 in 2025."""
    BudgetStageFactory(name="起案", order=1)
    BudgetStageFactory(name="要求提出", order=2)
    made = TrainingPlanFactory(initiative=InitiativeFactory(), name="𠮷計画")
    PlanUnit.objects.create(plan=made, unit=UnitFactory())
    hurdle = HurdleFactory()
    for cost_k in (6930, None, 1200):
        course = CourseFactory(plan=made)
        CourseHurdle.objects.create(course=course, hurdle=hurdle)
        PlannedCourse.objects.create(plan=made, course=course, fiscal_year=Y(2024), cost_k=cost_k)
    for year, cost_k in ((2021, 5), (2023, 0), (2024, 14200), (2025, 100)):
        PlanCost.objects.create(plan=made, fiscal_year=Y(year), cost_k=cost_k)
    return made


@pytest.fixture
def places() -> dict[str, Any]:
    return {"budget_item": BudgetItemFactory(), "expense_item": ExpenseItemFactory()}


def balanced() -> None:
    """Asks the deferred constraints now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_draft_asks_for_the_total_of_the_year(plan: Any, places: dict[str, Any]) -> None:
    secretary = user_with("secretariat")
    proposal = draft_from_plan(plan=plan, fiscal_year=Y(2024), by=secretary, **places)
    balanced()
    costs = CostLine.objects.filter(request_line__proposal=proposal).order_by("order")
    assert [cost.amount_yen for cost in costs] == [6_930_000, 1_200_000, 6_070_000]
    assert costs.last().description == "育成計画のその他の経費"  # type: ignore[union-attr]
    assert [line.request_k for line in proposal.request_lines.all()] == [14_200]
    assert (proposal.general_k, proposal.kind, proposal.stage.name) == (14_200, "new", "起案")
    assert (proposal.requesting_unit, proposal.number) == (plan.lead_unit, None)
    assert proposal.project_code == f"{plan.lead_unit.code}-001"
    assert "令和6年度" in proposal.purpose
    assert proposal.course_links.count() == 3
    assert proposal.hurdles.count() == 1
    assert proposal.initiative_links.get().initiative == plan.initiative
    assert proposal.training_plan_links.get().plan == plan
    assert list(proposal.supporting_units.all()) == list(plan.supporting_units.all())
    entry = proposal.stage_entries.get()
    assert (entry.amount_k, entry.actor) == (14_200, secretary)


def test_the_draft_begins_at_the_stage_of_drafts_wherever_it_stands_in_the_list(plan: Any, places: Any) -> None:
    BudgetStageFactory(name="事前協議", kind="request", order=0)
    proposal = draft_from_plan(plan=plan, fiscal_year=Y(2024), by=user_with("secretariat"), **places)
    assert proposal.stage.name == "起案"


def test_a_second_time_leads_to_the_first(plan: Any, places: dict[str, Any]) -> None:
    secretary = user_with("secretariat")
    first = draft_from_plan(plan=plan, fiscal_year=Y(2024), by=secretary, **places)
    assert draft_from_plan(plan=plan, fiscal_year=Y(2024), by=secretary, **places) == first
    assert Proposal.objects.count() == 1
    following = draft_from_plan(plan=plan, fiscal_year=Y(2025), by=secretary, **places)
    assert (following.project_code, following.kind) == (first.project_code, "continued")
    balanced()
    first.archived_at = "2022-10-01T00:00+09:00"
    first.save()
    again = draft_from_plan(plan=plan, fiscal_year=Y(2024), by=secretary, **places)
    assert (again == first, again.project_code == first.project_code) == (False, False)


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2026])
def test_a_year_without_a_cost_or_in_the_past_asks_for_nothing(year: int, plan: Any, places: dict[str, Any]) -> None:
    with pytest.raises(Unmet, match="費用がありません"):
        draft_from_plan(plan=plan, fiscal_year=Y(year), by=user_with("secretariat"), **places)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
@pytest.mark.parametrize("inside", [True, False])
def test_who_may(role: str, inside: bool, plan: Any, places: dict[str, Any], client_for: Any) -> None:
    user = user_with(role)
    if inside:
        plan.lead_unit = user.unit
        plan.save()
    may = role == "secretariat" or (inside and role in {"personnel", "member"})
    url = f"/budget/proposals/from-plan/{plan.address}/"
    client = client_for(user)
    assert client.get(url).status_code == (200 if may else 403)
    assert (f'href="{url}"' in text_of(client.get(plan.get_absolute_url()))) == may
    if not may:
        with pytest.raises(Forbidden):
            draft_from_plan(plan=plan, fiscal_year=Y(2024), by=user, **places)
    assert client_for(UserFactory()).get(url).status_code == 404


def test_the_page_leads_to_the_proposal(plan: Any, places: dict[str, Any], client_for: Any) -> None:
    client, url = client_for(user_with("secretariat")), f"/budget/proposals/from-plan/{plan.address}/"
    page = text_of(client.get(url))
    assert [words in page for words in ("令和6年度　14,200千円", ">6,070<", "令和3年度")] == [True, True, False]
    sent = form_of(client.get(url), "year")
    assert sent["year"] == "2024"
    assert client.post(url, sent).status_code == 422, "where it stands in the book is chosen"
    sent["budget_item"] = places["budget_item"].pk
    for _click in range(2):
        response = client.post(url, sent)
        proposal = Proposal.objects.get()
        assert (response.status_code, response["Location"]) == (302, proposal.get_absolute_url())
    page = text_of(client.get(url))
    assert "要求済み" in page
    assert form_of(client.get(url), "year")["year"] == "2025"
    assert form_of(client.get(url), "year")["budget_item"] == str(places["budget_item"].pk)
    assert client.post(url, sent | {"year": "2021"}).status_code == 422
    assert plan.name in text_of(client.get(proposal.get_absolute_url()))


def test_what_has_ended_or_costs_nothing_is_not_offered(plan: Any, places: Any, client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    for gone in ({"status": "ended"}, {"status": "draft", "archived_at": clock.now()}):
        TrainingPlan.objects.filter(pk=plan.pk).update(**gone)
        with pytest.raises(Unmet, match="終了または保管"):
            draft_from_plan(plan=plan, fiscal_year=Y(2024), by=user_with("secretariat"), **places)
    assert not Proposal.objects.exists()
    TrainingPlan.objects.filter(pk=plan.pk).update(status="ended", archived_at=None)
    assert "from-plan" not in text_of(client.get(plan.get_absolute_url()))
    other = TrainingPlanFactory()
    assert "from-plan" not in text_of(client.get(other.get_absolute_url()))
    assert "empty__title" in text_of(client.get(f"/budget/proposals/from-plan/{other.address}/"))
