"""What a proposal's amounts come to, against an oracle in exact fractions that knows nothing of the services."""

from fractions import Fraction
from math import floor

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.budget.choices import CapBase, CostKind, FundingStatus, IfNotAdopted, Source
from apps.budget.models import CostLine, Funding, GrantProgramme
from apps.budget.services import Absurd, Overfunded, eligible_yen_of, recompute
from apps.budget.services.amounts import MOST_K, subsidies_k
from apps.organization.models import FiscalYearRules
from tests.factories.budget import ExpenseItemFactory, GrantFactory, ProposalFactory

YEN = st.integers(min_value=0, max_value=10**12)
THOUSANDS = st.none() | st.integers(min_value=0, max_value=10**8)


@st.composite
def rates(draw: st.DrawFn) -> tuple[int, int]:
    denominator = draw(st.integers(min_value=1, max_value=12))
    return draw(st.integers(min_value=0, max_value=denominator)), denominator


def oracle(yen: int, rate: Fraction, cap_k: int | None, floor_k: int | None, *, of_project: bool, mode: str) -> int:
    """The money of one call in 千円."""
    money = Fraction(yen) * rate
    if cap_k is not None:
        money = min(Fraction(yen), Fraction(cap_k * 1000)) * rate if of_project else min(money, Fraction(cap_k * 1000))
    whole, rest = floor(money / 1000), money / 1000 % 1
    whole += {"down": False, "up": rest > 0, "half_up": rest >= Fraction(1, 2)}[mode]
    return 0 if floor_k is not None and whole < floor_k else whole


@settings(max_examples=300, deadline=None)
@given(
    yen=YEN,
    rate=rates(),
    cap_k=THOUSANDS,
    floor_k=THOUSANDS,
    of_project=st.booleans(),
    mode=st.sampled_from(["down", "up", "half_up"]),
)
def test_a_source_by_rate_equals_the_oracle(yen, rate, cap_k, floor_k, of_project, mode):
    grant = GrantProgramme(cap_base=CapBase.PROJECT if of_project else CapBase.GRANT)
    funding = Funding(
        grant=grant, rate_numerator=rate[0], rate_denominator=rate[1], cap_k=cap_k, floor_k=floor_k, amount_k=7
    )
    rules = FiscalYearRules(subsidy_rounding=mode)
    expected = oracle(yen, Fraction(*rate), cap_k, floor_k, of_project=of_project, mode=mode)
    assert subsidies_k([funding], yen, rules) == [expected]
    funding.eligible_yen = yen
    assert subsidies_k([funding], yen + 999, rules) == [expected]


@settings(max_examples=100, deadline=None)
@given(
    base_k=st.integers(min_value=0, max_value=10**9),
    percent=st.integers(min_value=0, max_value=100),
    unit=st.sampled_from([1, 100]),
)
def test_a_bond_equals_the_oracle(base_k, percent, unit):
    bond = Funding(bond_base_k=base_k, bond_percent=percent, amount_k=1)
    assert subsidies_k([bond], 0, FiscalYearRules(bond_unit_k=unit)) == [base_k * percent // (100 * unit) * unit]


def test_what_has_neither_rate_nor_base_stays_as_typed_and_what_was_refused_brings_nothing():
    typed, half = Funding(amount_k=500), Funding(amount_k=500, bond_percent=90)
    refused = Funding(amount_k=500, status=FundingStatus.REJECTED)
    assert subsidies_k([typed, half, refused], 10**9, FiscalYearRules()) == [500, 500, 0]


@pytest.mark.parametrize(("of_project", "expected"), [(CapBase.GRANT, [3000, 2000]), (CapBase.PROJECT, [2500, 0])])
def test_two_sources_of_one_call_share_its_cap(of_project, expected):
    grant = GrantProgramme(pk=1, cap_base=of_project)
    both = [
        Funding(grant=grant, rate_numerator=1, rate_denominator=2, cap_k=5000, eligible_yen=yen)
        for yen in (6_000_000, 8_000_000)
    ]
    assert subsidies_k(both, 0, FiscalYearRules()) == expected


pytestmark = pytest.mark.django_db


def add_cost(proposal, yen, *, eligible=False, quantity=1):
    line = proposal.request_lines.get()
    return CostLine.objects.create(
        request_line=line,
        description="連携",
        unit_price_yen=yen,
        quantity=quantity,
        amount_yen=yen * quantity,
        kind=CostKind.RUNNING,
        eligible=eligible,
    )


def test_lines_sources_and_general_revenue_follow_from_the_costs(django_assert_num_queries):
    proposal = ProposalFactory()
    add_cost(proposal, 5_000_001, eligible=True)
    with transaction.atomic():
        proposal.fundings.create(
            source=Source.NATIONAL,
            name="国庫",
            amount_k=0,
            grant=GrantFactory(),
            rate_numerator=1,
            rate_denominator=3,
            if_not_adopted=IfNotAdopted.REDUCE,
        )
        proposal.fundings.create(source=Source.BOND, name="市債", amount_k=0, bond_base_k=2_333, bond_percent=90)
        with django_assert_num_queries(8):
            recompute(proposal=proposal)
    proposal.refresh_from_db()
    assert eligible_yen_of(proposal) == 5_000_001
    assert proposal.request_lines.get().request_k == 15_001
    assert [each.amount_k for each in proposal.fundings.all()] == [1_666, 2_000]
    assert proposal.general_k == 11_335
    with django_assert_num_queries(5):
        recompute(proposal=proposal)


def test_more_sources_than_costs_are_refused_in_words():
    proposal = ProposalFactory(sources={"other": 10_000})
    CostLine.objects.update(unit_price_yen=9_999_000, amount_yen=9_999_000)
    with pytest.raises(Overfunded, match="10,000"), transaction.atomic():
        recompute(proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.request_lines.get().request_k == 10_000
    CostLine.objects.update(unit_price_yen=10_000_000, amount_yen=10_000_000)
    recompute(proposal=proposal)
    assert proposal.general_k == 0


def test_more_than_any_city_has_is_refused():
    proposal = ProposalFactory(request_k=9_999)
    add_cost(proposal, 10_000_000, quantity=999_999)
    with transaction.atomic():
        recompute(proposal=proposal)
        connection.check_constraints()
    assert proposal.general_k == MOST_K
    add_cost(proposal, 1)
    with pytest.raises(Absurd, match="10,000,000,000"), transaction.atomic():
        recompute(proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.general_k == MOST_K


@pytest.mark.parametrize(("mode", "expected"), [("up", 2), ("down", 1), ("half_up", 1)])
def test_each_line_is_rounded_once_by_the_rule_of_the_year(mode, expected):
    proposal = ProposalFactory(request_k=0)
    FiscalYearRules.objects.create(fiscal_year=proposal.fiscal_year, expenditure_rounding=mode)
    for yen in (400, 400, 600):
        add_cost(proposal, yen)
    recompute(proposal=proposal)
    assert proposal.general_k == expected
    assert ExpenseItemFactory().request_lines.get().request_k == expected
