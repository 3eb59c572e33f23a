"""From yen to 千円 against a second, independent calculation in exact fractions."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.budget.choices import Source
from apps.budget.models import BudgetItem, BudgetStage, ExpenseItem, Proposal
from apps.budget.selectors import with_amounts
from apps.budget.services import Cost, Item, Overfunded, ProposalDraft, create_proposal
from apps.core.fiscal import FiscalYear
from apps.organization.models import FiscalYearRules
from apps.organization.selectors import sections_today
from tests.city.demo_city import person

YEAR = FiscalYear(2023)

pytestmark = pytest.mark.usefixtures("demo_city")

COSTS = st.tuples(
    st.decimals(min_value=0, max_value=10_000_000, places=2),
    st.decimals(min_value=0, max_value=10_000, places=2),
    st.integers(min_value=0, max_value=12),
)
ITEMS = st.lists(st.lists(COSTS, max_size=3), min_size=1, max_size=5)
SHARES = st.lists(
    st.tuples(st.sampled_from(list(Source)), st.fractions(min_value=0, max_value=1, max_denominator=7)), max_size=4
)


def exact_yen(price: Decimal, quantity: Decimal, months: int) -> int:
    """The oracle: the product as a fraction, what is below one yen dropped."""
    product = Fraction(price) * Fraction(quantity) * months
    return product.numerator // product.denominator


def exact_k(yen: int) -> int:
    """The oracle: the smallest number of 千円 that pays `yen`."""
    thousands = 0 if yen == 0 else (yen - 1) // 1000 + 1
    assert thousands * 1000 >= yen > (thousands - 1) * 1000
    return thousands


def draft_of(items: list[list[tuple[Decimal, Decimal, int]]], fundings: list[dict[str, Any]]) -> ProposalDraft:
    expense_items = list(ExpenseItem.objects.of(YEAR)[: len(items)])
    return ProposalDraft(
        values={
            "fiscal_year": YEAR,
            "budget_item": BudgetItem.objects.first(),
            "project_code": "X-001",
            "name": "試行事業",
            "kind": "new",
            "requesting_unit": sections_today().first(),
            "stage": BudgetStage.objects.first(),
        },
        items=[
            Item(expense_item, "", [Cost("積算", *cost[:2], "式", cost[2], "initial", False) for cost in costs])
            for expense_item, costs in zip(expense_items, items, strict=True)
        ],
        fundings=fundings,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=ITEMS, shares=SHARES)
def test_a_proposal_foots_to_the_last_yen(items, shares):
    requests_k = [exact_k(sum(exact_yen(*cost) for cost in costs)) for costs in items]
    total_k, rest = sum(requests_k), sum(requests_k)
    fundings = []
    for source, share in shares:
        amount_k = int(rest * share)
        rest -= amount_k
        fundings.append({"source": source, "name": "財源", "amount_k": amount_k, "if_not_adopted": "reduce"})
    with transaction.atomic():
        made = create_proposal(draft=draft_of(items, fundings), by=person("u006"))
        connection.check_constraints()
        found = with_amounts(Proposal.objects.filter(pk=made.pk)).get()
        assert [line.request_k for line in found.request_lines.all()] == requests_k
        assert [[cost.amount_yen for cost in line.cost_lines.all()] for line in found.request_lines.all()] == [
            [exact_yen(*cost) for cost in costs] for costs in items
        ]
        assert (found.request_k, found.general_k) == (total_k, rest)
        by_source = {
            source: sum(each["amount_k"] for each in fundings if each["source"] == source) for source in Source
        }
        assert {source: getattr(found, f"{source.value}_k") for source in Source} == by_source
        assert total_k == rest + sum(by_source.values())
        transaction.set_rollback(True)


def test_sources_over_the_request_are_refused_in_words_and_nothing_is_written():
    items = [[(Decimal(1_000_000), Decimal(1), 1)]]
    exactly = [{"source": Source.NATIONAL, "name": "国庫", "amount_k": 1000, "if_not_adopted": "reduce"}]
    over = [{"source": Source.NATIONAL, "name": "国庫", "amount_k": 1001, "if_not_adopted": "reduce"}]
    before = Proposal.objects.count()
    with pytest.raises(Overfunded) as refusal:
        create_proposal(draft=draft_of(items, over), by=person("u006"))
    assert "1,001" in str(refusal.value)
    assert "1,000" in str(refusal.value)
    assert Proposal.objects.count() == before
    assert create_proposal(draft=draft_of(items, exactly), by=person("u006")).general_k == 0


@pytest.mark.parametrize(("mode", "expected"), [("up", 2), ("down", 1), ("half_up", 1)])
def test_the_year_says_how_expenditure_is_rounded(mode, expected):
    FiscalYearRules.objects.filter(fiscal_year=YEAR).update(expenditure_rounding=mode)
    draft = draft_of([[(Decimal(1_499), Decimal(1), 1)]], [])
    made = create_proposal(draft=draft, by=person("u006"))
    assert made.request_lines.get().request_k == expected
    assert made.general_k == expected


def test_each_item_is_rounded_once_and_not_each_cost():
    costs = [(Decimal(400), Decimal(1), 1)] * 2
    made = create_proposal(draft=draft_of([costs, costs], []), by=person("u006"))
    assert [line.request_k for line in made.request_lines.all()] == [1, 1]


def test_the_history_names_who_drafted_it():
    made = create_proposal(draft=draft_of([[]], []), by=person("u006"))
    assert (made.general_k, made.version, made.number) == (0, 1, None)
