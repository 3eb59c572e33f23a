"""What the database itself refuses: money that does not add up, whoever writes it and however."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from apps.budget.choices import Source
from apps.budget.models import (
    Account,
    BudgetItem,
    BudgetStage,
    CostLine,
    DebtBurden,
    ExpenseItem,
    Funding,
    GrantProgramme,
    Proposal,
    RequestLine,
)
from apps.core.fiscal import FiscalYear
from apps.decisions.models import AgendaProposal

pytestmark = pytest.mark.usefixtures("demo_city")


def at_commit() -> None:
    """Runs the checks that the database keeps for the end of a transaction."""
    connection.check_constraints()


def accepted(write: Callable[[], Any]) -> None:
    """`write` in a transaction of its own, down to its last check."""
    with transaction.atomic():
        write()
        at_commit()


def refused(write: Callable[[], Any]) -> str:
    """The constraint that stops `write` at the end of its transaction."""
    with pytest.raises(IntegrityError) as refusal:
        accepted(write)
    return refusal.value.__cause__.diag.constraint_name


@pytest.fixture
def proposal(demo_city: None) -> Proposal:
    """B-08: 33,320 = bond 13,800 + other 1,782 + general revenue 17,738."""
    return Proposal.objects.get(source_key="B-08")


BALANCE = "proposal_sources_equal_request"


@pytest.mark.parametrize("step", [1, -1])
def test_sources_that_do_not_add_up_are_refused(proposal, step):
    line, funding = proposal.request_lines.first(), proposal.fundings.first()
    lines, fundings = RequestLine.objects.filter(pk=line.pk), Funding.objects.filter(pk=funding.pk)
    proposals = Proposal.objects.filter(pk=proposal.pk)
    assert refused(lambda: lines.update(request_k=F("request_k") + step)) == BALANCE
    assert refused(lambda: fundings.update(amount_k=F("amount_k") + step)) == BALANCE
    assert refused(lambda: proposals.update(general_k=F("general_k") + step)) == BALANCE
    accepted(
        lambda: (
            lines.update(request_k=F("request_k") + step),
            proposals.update(general_k=F("general_k") + step),
        )
    )


def test_a_line_or_a_source_that_goes_or_comes_alone_is_refused(proposal):
    line = proposal.request_lines.first()
    another = ExpenseItem.objects.of(FiscalYear(2023)).get(name="旅費")
    assert refused(proposal.fundings.first().delete) == BALANCE
    assert refused(line.delete) == BALANCE
    assert refused(lambda: proposal.fundings.create(source=Source.OTHER, name="雑入", amount_k=1)) == BALANCE
    assert refused(lambda: proposal.request_lines.create(expense_item=another, request_k=1)) == BALANCE
    accepted(lambda: proposal.fundings.create(source=Source.OTHER, name="雑入", amount_k=0))


def test_a_line_that_moves_to_another_proposal_is_refused_for_both(proposal):
    other = Proposal.objects.get(source_key="B-01")
    line = RequestLine.objects.get(proposal=proposal, expense_item__name="備品購入費")
    move = RequestLine.objects.filter(pk=line.pk)
    assert refused(lambda: move.update(proposal=other)) == BALANCE

    def move_with_its_money() -> None:
        move.update(proposal=other)
        Proposal.objects.filter(pk=proposal.pk).update(general_k=F("general_k") - line.request_k)
        Proposal.objects.filter(pk=other.pk).update(general_k=F("general_k") + line.request_k)

    accepted(move_with_its_money)


def test_a_new_proposal_without_lines_cannot_have_money(proposal):
    values = {
        "fiscal_year": FiscalYear(2023),
        "budget_item": proposal.budget_item,
        "name": "試行事業",
        "kind": "new",
        "requesting_unit": proposal.requesting_unit,
        "stage": proposal.stage,
    }
    assert refused(lambda: Proposal.objects.create(project_code="X-1", general_k=1, **values)) == BALANCE
    accepted(lambda: Proposal.objects.create(project_code="X-1", general_k=0, **values))


def test_a_whole_proposal_may_go(proposal):
    """Once no meeting refers to it any more, with its lines and its sources."""
    AgendaProposal.objects.filter(proposal=proposal).delete()
    accepted(proposal.delete)
    assert not Funding.objects.filter(proposal_id=proposal.pk).exists()


def test_general_revenue_is_never_negative(proposal):
    def overfund() -> None:
        proposal.fundings.filter(source=Source.BOND).update(amount_k=33_320 - 1_782 + 1)
        Proposal.objects.filter(pk=proposal.pk).update(general_k=-1)

    assert "general_k" in refused(overfund)


@pytest.mark.parametrize(
    ("year", "number", "name"),
    [(2019, 13, "委託料"), (2020, 12, "委託料"), (2019, 14, "使用料及び賃借料"), (2020, 13, "使用料及び賃借料")],
)
def test_expense_items_bear_the_number_of_their_year(year, number, name):
    assert ExpenseItem.objects.of(FiscalYear(year)).get(name=name).item_number == number


def test_wages_are_gone_since_2020():
    assert ExpenseItem.objects.of(FiscalYear(2019)).get(name="賃金").item_number == 7
    assert not ExpenseItem.objects.of(FiscalYear(2020)).filter(name="賃金").exists()
    counts = [ExpenseItem.objects.of(FiscalYear(year)).count() for year in (2012, 2019, 2020, 2030)]
    assert counts == [28, 28, 27, 27]


def test_one_number_means_one_item_in_a_year():
    again = ExpenseItem(item_number=12, name="もう一つの委託料", from_year=FiscalYear(2023))
    assert refused(again.save) == "one_expense_item_a_number_a_year"
    with pytest.raises(ValidationError, match="節"):
        again.full_clean()
    accepted(ExpenseItem(item_number=99, name="新しい節", from_year=FiscalYear(2023)).save)


@pytest.fixture
def grant(demo_city: None) -> GrantProgramme:
    return GrantProgramme.objects.get(source_key="G-02")


def test_a_rate_lies_between_nothing_and_all(grant):
    rows = GrantProgramme.objects.filter(pk=grant.pk)
    name = "grant_rate_at_most_one"
    assert refused(lambda: rows.update(rate_numerator=3, rate_denominator=2)) == name
    assert refused(lambda: rows.update(rate_numerator=0, rate_denominator=0)) == name
    accepted(lambda: rows.update(rate_numerator=10, rate_denominator=10))
    accepted(lambda: rows.update(rate_numerator=0, rate_denominator=1))
    grant.refresh_from_db()
    grant.rate_numerator, grant.rate_denominator = 10, 10
    assert (grant.rate_text, grant.rate) == ("10/10", 1)


def test_a_call_cannot_close_before_it_opens(grant):
    rows = GrantProgramme.objects.filter(pk=grant.pk)
    day = date(2023, 1, 20)
    assert refused(lambda: rows.update(opens_on=day, closes_on=date(2023, 1, 19))) == "grant_opens_before_it_closes"
    accepted(lambda: rows.update(opens_on=day, closes_on=day))
    accepted(lambda: rows.update(opens_on=day, closes_on=None))


def test_a_cost_is_the_product_with_the_rest_of_a_yen_dropped(proposal):
    line = proposal.request_lines.first()
    values = {
        "request_line": line,
        "description": "印刷",
        "unit_price_yen": Decimal("0.77"),
        "quantity": Decimal("10.5"),
        "months": 3,
        "kind": "initial",
    }  # 24.255
    for amount in (23, 25):
        wrong = CostLine(amount_yen=amount, **values)
        assert refused(wrong.save) == "cost_line_amount_is_the_product_with_tax"
    accepted(CostLine(amount_yen=24, **values).save)
    free = {**values, "unit_price_yen": Decimal(0)}
    accepted(CostLine(amount_yen=0, **free).save)
    negative = {**values, "unit_price_yen": Decimal(-1), "quantity": Decimal(-1)}
    assert refused(CostLine(amount_yen=3, **negative).save) == "cost_line_not_negative"


def test_later_burdens_run_forward(proposal):
    burden = DebtBurden(proposal=proposal, item="賃借料", from_year=2026, to_year=2025, limit_k=1)
    assert refused(burden.save) == "debt_burden_years_in_order"
    accepted(DebtBurden(proposal=proposal, item="賃借料", from_year=2026, to_year=2026, limit_k=1).save)


def test_one_project_asks_once_a_year(proposal):
    other = Proposal.objects.filter(source_key="B-01")
    assert refused(lambda: other.update(project_code=proposal.project_code)) == "one_proposal_a_project_code_a_year"
    accepted(lambda: other.update(project_code=proposal.project_code, fiscal_year=FiscalYear(2024)))


def test_lists_keep_their_codes_apart():
    item = BudgetItem.objects.first()
    item.pk = None
    assert refused(lambda: item.save(force_insert=True)) == "one_budget_item_a_code_a_year"
    assert Account.objects.count() >= 1
    assert BudgetStage.objects.order_by("order").first().name == "起案"
