"""What a proposal serves, on its page and on the pages of what it serves; and the generations of grants."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.models import BudgetStage, StageEntry
from apps.core.history import act, declare_event
from tests.factories import (
    CourseFactory,
    ExpenseItemFactory,
    GrantGenerationFactory,
    HurdleFactory,
    InitiativeFactory,
    IntroductionPlanFactory,
    ProposalFactory,
    TrainingPlanFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

TESTED = declare_event("budget.proposal.tested", "試験")


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def serving(**fields: Any) -> tuple[Any, dict[str, Any]]:
    """A proposal, and one record of each kind that it serves."""
    proposal = ProposalFactory(**fields)
    records = {
        "hurdle": HurdleFactory(title="妨げの件名"),
        "initiative": InitiativeFactory(),
        "course": CourseFactory(),
        "plan": TrainingPlanFactory(),
    }
    proposal.hurdle_links.create(hurdle=records["hurdle"])
    proposal.initiative_links.create(initiative=records["initiative"])
    proposal.course_links.create(course=records["course"])
    proposal.training_plan_links.create(plan=records["plan"])
    return proposal, records


def test_the_page_names_all_that_it_serves(client: Any) -> None:
    proposal, records = serving()
    reviewed = IntroductionPlanFactory(proposal=proposal, result="fit")
    response = client.get(proposal.get_absolute_url())
    page = text_of(response)
    for record in (*records.values(), reviewed):
        assert f'href="{record.get_absolute_url()}"' in page, record
        assert str(record) in page
    told = " ".join(change.new for entry in response.context["entries"] for change in entry.changes)
    assert all(str(record) in told for record in records.values())


def test_what_one_does_not_see_is_not_named(client_for: Any) -> None:
    manager = user_with("manager")
    with act(TESTED, by=manager):
        proposal, records = serving(requesting_unit=manager.unit)
    hidden = IntroductionPlanFactory(proposal=proposal, title="他課の計画書")
    page = text_of(client_for(manager).get(proposal.get_absolute_url()))
    for words in (records["hurdle"].title, records["hurdle"].number, hidden.title):
        assert words not in page
    assert str(records["initiative"]) in page


def test_amounts_under_appraisal_stand_on_no_page(client: Any) -> None:
    """The stages have a rule of sight of their own, which comes with the appraisal."""
    proposal = ProposalFactory(request_k=2_000_000)
    stage = BudgetStage.objects.create(name="財務部長査定", order=99)
    entry = StageEntry.objects.create(
        proposal=proposal, stage=stage, date="2022-10-01", actor=user_with("finance"), amount_k=1_409_413,
        comment="査定の言葉",
    )  # fmt: skip
    entry.amounts.create(expense_item=ExpenseItemFactory(), request_k=2_000_000, assessed_k=1_409_414)
    page = text_of(client.get(proposal.get_absolute_url()))
    for words in ("1,409,413", "1409413", "1,409,414", "1409414", "査定の言葉"):
        assert words not in page


@pytest.mark.parametrize("kind", ["hurdle", "initiative", "course", "plan"])
def test_what_is_served_shows_the_proposal_to_those_who_see_it(kind: str, client: Any, client_for: Any) -> None:
    proposal, records = serving(request_k=31_415)
    officer = user_with("viewer")
    if kind == "hurdle":
        records["hurdle"].reporting_unit = officer.unit
        records["hurdle"].save()
    url = records[kind].get_absolute_url()
    response = client.get(url)
    assert proposal.name in text_of(response)
    assert "31,415" in text_of(response)
    assert len(set(ids_of(response))) == len(ids_of(response))
    hidden = client_for(officer).get(url)
    assert hidden.status_code == 200
    assert proposal.name not in text_of(hidden)
    assert "31,415" not in text_of(hidden)


def test_the_queries_of_a_proposal_do_not_grow_with_its_links(client: Any) -> None:
    counts = []
    for number in (2, 12):
        proposal = ProposalFactory()
        for _each in range(number):
            proposal.hurdle_links.create(hurdle=HurdleFactory())
            proposal.initiative_links.create(initiative=InitiativeFactory())
            proposal.course_links.create(course=CourseFactory())
            proposal.training_plan_links.create(plan=TrainingPlanFactory())
            IntroductionPlanFactory(proposal=proposal)
        client.get(proposal.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(proposal.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 60, counts


class TestGenerationsOfGrants:
    URL = "/budget/grants/reference/"

    def test_generations_and_types_in_their_order(self, client: Any) -> None:
        types = [
            {"name": "TYPE1<b>", "rate_numerator": 1, "rate_denominator": 2, "cap_oku": 1, "verification": "二次資料"},
            {"name": "TYPE S", "rate_numerator": 3, "rate_denominator": 4, "cap_oku": Decimal("2.25")},
            {"name": "テレワーク"},
        ]
        GrantGenerationFactory(name="後の交付金", order=900, generation=None, amount_oku=1000)
        GrantGenerationFactory(name="先の交付金", order=800, types=types, calls="<i>12月</i>説明会")
        page = text_of(client.get(self.URL))
        places = [page.index(words) for words in ("先の交付金", "TYPE1&lt;b&gt;", "TYPE S", "テレワーク", "後の交付金")]
        assert places == sorted(places)
        for words in ("1/2", "3/4", "2.25", "二次資料", "1,000", "&lt;i&gt;12月&lt;/i&gt;説明会"):
            assert words in page, words

    def test_all_who_hold_a_role_see_them(self, client_for: Any) -> None:
        GrantGenerationFactory(name="先の交付金")
        assert "先の交付金" in text_of(client_for(user_with("viewer")).get(self.URL))
        assert client_for(user_with()).get(self.URL).status_code == 403

    def test_without_any_it_says_so(self, client: Any) -> None:
        assert 'class="empty"' in text_of(client.get(self.URL))

    def test_queries_do_not_grow(self, client: Any) -> None:
        counts = []
        for number in (1, 8):
            for _each in range(number):
                GrantGenerationFactory(types=[{"name": f"TYPE{n}"} for n in range(number)])
            with CaptureQueriesContext(connection) as queries:
                assert client.get(self.URL).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1], counts
