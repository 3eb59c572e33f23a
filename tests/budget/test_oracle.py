"""The portal's arithmetic, its database and its workbook against an oracle that shares no line with them."""

import io
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from apps.budget.choices import CapBase, FundingStatus, IfNotAdopted, ProposalKind
from apps.budget.exports import request_workbook
from apps.budget.models import BudgetStage, Funding, GrantProgramme, Proposal, RequestLine
from apps.budget.selectors import whole_request
from apps.budget.services import Cost, Item, ProposalDraft, create_proposal
from apps.budget.services.amounts import Overfunded, general_revenue_k, subsidies_k
from apps.core.fiscal import FiscalYear
from apps.organization.models import FiscalYearRules
from tests.budget.oracle import BondOf, CostOf, GrantOf, LineOf, ProposalOf, RequestOf
from tests.factories.budget import (
    AccountFactory,
    BudgetItemFactory,
    BudgetStageFactory,
    ExpenseItemFactory,
    GrantFactory,
)
from tests.factories.organization import UnitFactory, UserFactory

YEAR = FiscalYear(2023)
RULES = FiscalYearRules(fiscal_year=YEAR)
RATES = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4), Fraction(10, 10), Fraction(7, 9), Fraction(0))
# Accounts that use every level, one that stops at 款, and a 款 that has money of its own beside its 項.
PLACES = (
    ("01", "02", "01", "08"),
    ("01", "02", "01", "05"),
    ("01", "02"),
    ("01", "03", "01"),
    ("51", "01"),
)
ITEMS = (8, 10, 11, 12, 13, 17)

costs = st.builds(
    CostOf,
    price_cents=st.one_of(st.integers(0, 10**9), st.sampled_from((0, 1, 99, 100, 3850, 99_999, 100_001))),
    quantity_cents=st.one_of(st.integers(0, 10**5), st.just(100)),
    months=st.integers(0, 36),
    tax_percent=st.sampled_from((0, 8, 10, 100)),
    eligible=st.booleans(),
)
lines = st.builds(LineOf, item=st.sampled_from(ITEMS), costs=st.lists(costs, max_size=4).map(tuple))
caps = st.none() | st.integers(0, 10**6)
grants = st.builds(
    GrantOf,
    source=st.sampled_from(("national", "prefecture")),
    rate=st.sampled_from(RATES),
    cap_k=caps,
    floor_k=caps,
    caps_project=st.booleans(),
)
bonds = st.builds(BondOf, base_k=st.integers(0, 10**6), percent=st.integers(0, 100))
proposals = st.builds(
    ProposalOf,
    place=st.sampled_from(PLACES),
    lines=st.lists(lines, max_size=5).map(tuple),
    grants=st.lists(grants, max_size=2).map(tuple),
    bonds=st.lists(bonds, max_size=1).map(tuple),
    other_k=st.integers(0, 10**5),
)


def a_cost(chance: Random) -> CostOf:
    price = chance.choice((chance.randrange(10**9), 3850, 100 * chance.randrange(10**6)))
    tax = chance.choice((0, 0, 8, 10))
    return CostOf(
        price, chance.choice((100, chance.randrange(10**5))), chance.choice((1, 12)), tax, chance.random() < 0.5
    )


def a_proposal(chance: Random) -> ProposalOf:
    """A proposal whose sources stay below its request, as most do."""
    numbers = chance.sample(ITEMS, chance.randrange(len(ITEMS)))
    own = tuple(
        LineOf(item, tuple(a_cost(chance) for _n in range(chance.randrange(4))), chance.randrange(10**4))
        for item in numbers
    )
    place = chance.choice(PLACES)
    plain = ProposalOf(place, own)
    rate, cap = chance.choice(RATES[:3]), chance.choice((None, chance.randrange(10**5)))
    grant = GrantOf(
        chance.choice(("national", "prefecture")), rate, cap, chance.choice((None, 500)), chance.random() < 0.3
    )
    promised = ProposalOf(place, own, (grant,) if chance.random() < 0.6 else ())
    left = promised.sources_k()["general"]
    bond = BondOf(left // 2, 75)
    other = chance.randrange(left // 4 + 1)
    return (
        ProposalOf(place, own, promised.grants, (bond,) if chance.random() < 0.3 else (), other) if left >= 0 else plain
    )


def cost_of(cost: CostOf) -> Cost:
    price, quantity = (Decimal(cents) / 100 for cents in (cost.price_cents, cost.quantity_cents))
    return Cost("内容", price, quantity, "式", cost.months, "initial", cost.eligible, cost.tax_percent)


def fundings_of(proposal: ProposalOf, programmes: dict[bool, GrantProgramme]) -> list[Funding]:
    """The sources as they are typed: rates, caps and bases, but no amount that follows from them."""
    by_rate = [
        Funding(
            source=grant.source,
            rate_numerator=grant.rate.numerator,
            rate_denominator=grant.rate.denominator,
            cap_k=grant.cap_k,
            floor_k=grant.floor_k,
            grant=programmes[True] if grant.caps_project else None,
            status=FundingStatus.ASSUMED,
            amount_k=0,
        )
        for grant in proposal.grants
    ]
    on_base = [
        Funding(source="bond", bond_base_k=bond.base_k, bond_percent=bond.percent, amount_k=0)
        for bond in proposal.bonds
    ]
    return [*by_rate, *on_base, Funding(source="other", amount_k=proposal.other_k)]


def computed(proposal: ProposalOf) -> dict[str, int]:
    """Each source by the portal's own functions, without its database. Raises Overfunded."""
    own = [Item(None, "", [cost_of(cost) for cost in line.costs]) for line in proposal.lines]  # type: ignore[arg-type]
    request_k = sum(item.request_k(RULES.expenditure_rounding) for item in own)
    eligible = sum(cost.amount_yen for item in own for cost in item.costs if cost.eligible)
    typed = fundings_of(proposal, {True: GrantProgramme(pk=1, cap_base=CapBase.PROJECT)})
    found: Counter[str] = Counter()
    # One by one: sources of one call would share its cap, and here each is a call of its own.
    for funding in typed:
        found[funding.source] += subsidies_k([funding], eligible, RULES)[0]
    found["general"] = general_revenue_k(request_k, sum(found.values()))
    return found


def agrees(proposal: ProposalOf) -> None:
    expected = proposal.sources_k()
    if expected["general"] < 0:
        with pytest.raises(Overfunded):
            computed(proposal)
        return
    found = computed(proposal)
    assert {source: found[source] for source in expected} == expected
    assert sum(found.values()) == proposal.request_k


@given(costs)
@settings(max_examples=300)
def test_yen_with_tax(cost: CostOf) -> None:
    assert cost_of(cost).amount_yen == cost.yen


@given(proposals)
@settings(max_examples=200)
def test_any_proposal(proposal: ProposalOf) -> None:
    """Found cases shrink to the smallest one."""
    agrees(proposal)


@given(st.integers(0, 2**32))
@settings(max_examples=35)
def test_thousands_of_proposals(seed: int) -> None:
    chance = Random(seed)
    for _n in range(60):
        agrees(a_proposal(chance))


@given(proposals)
@settings(max_examples=50)
def test_the_oracle_foots_by_itself(proposal: ProposalOf) -> None:
    assume(proposal.sources_k()["general"] >= 0)
    whole = RequestOf([proposal, proposal])
    assert sum(whole.by_source().values()) == whole.by_place().get((), (0, 0))[0] == 2 * proposal.request_k


# Through the database and the workbook

NAMES = {"01": "一般会計", "51": "水道事業会計"}


def written(request: RequestOf) -> None:
    """The oracle's proposals as the portal's, created by its service from what a person types."""
    user, unit, stage = UserFactory(), UnitFactory(), BudgetStageFactory(name="起案")
    items = {number: ExpenseItemFactory(item_number=number, name=f"節{number}") for number in ITEMS}
    programme = GrantFactory(cap_base=CapBase.PROJECT)
    for number, proposal in enumerate(request.proposals):
        account, kan, kou, moku = (*proposal.place, "", "", "")[:4]
        place = BudgetItemFactory(
            account=AccountFactory(code=account, name=NAMES[account]),
            **{"kan": kan, "kan_name": "款", "kou": kou, "kou_name": "項" if kou else ""},
            **{"moku": moku, "moku_name": "目" if moku else ""},
        )
        typed = fundings_of(proposal, {True: programme})
        values = {"fiscal_year": YEAR, "budget_item": place, "name": f"事業{number}", "kind": ProposalKind.NEW}
        values |= {"requesting_unit": unit, "purpose": "目的", "stage": stage}
        create_proposal(
            draft=ProposalDraft(
                values=values,
                items=[
                    Item(items[line.item], "", [cost_of(cost) for cost in line.costs], line.previous_k)
                    for line in proposal.lines
                ],
                fundings=[_typed(funding, proposal) for funding in typed],
            ),
            by=user,
        )


def _typed(funding: Funding, proposal: ProposalOf) -> dict[str, Any]:
    names = ("source", "rate_numerator", "rate_denominator", "cap_k", "floor_k", "grant", "bond_base_k", "bond_percent")
    granted = funding.source in ("national", "prefecture")
    return {
        **{name: getattr(funding, name) for name in names},
        "name": "財源",
        "if_not_adopted": IfNotAdopted.REDUCE if granted else "",
        "amount_k": subsidies_k([funding], proposal.eligible_yen, RULES)[0],
    }


@pytest.fixture
def request_and_book(db: None) -> tuple[RequestOf, CalamineWorkbook]:
    chance = Random(20231114)
    request = RequestOf([a_proposal(chance) for _n in range(40)])
    written(request)
    content = request_workbook(YEAR, list(whole_request(YEAR)))
    return request, CalamineWorkbook.from_filelike(io.BytesIO(content))


def by_path(book: CalamineWorkbook) -> dict[tuple[Any, ...], list[Any]]:
    """The rows of 事項別 by their place: the indent says how deep a heading stands."""
    found, standing = {}, []
    for row in book.get_sheet_by_name("事項別").to_python()[5:]:
        if not row[0]:
            continue
        label = str(row[0]).lstrip("　")
        if label == "計":
            found[()] = row
            continue
        depth = len(str(row[0])) - len(label)
        standing = [*standing[:depth], label]
        found[tuple(standing)] = row
    return found


def test_the_workbook_holds_what_the_oracle_says(request_and_book: Any) -> None:
    request, book = request_and_book
    rows = by_path(book)
    assert rows[()][3:5] == [request.by_place()[()][1], request.by_place()[()][0]]
    sources = request.by_source()
    keys = ("national", "prefecture", "bond", "other", "general")
    assert rows[()][7:12] == [sources.get(key, 0) for key in keys]
    assert rows[()][12] == sum(sources.values()) == request.by_place()[()][0]
    for (account, *codes), (asked, had) in _places(request):
        path = _labels(account, codes, rows)
        assert rows[path][3:5] == [had, asked], path


def _places(request: RequestOf) -> list[tuple[tuple[Any, ...], tuple[int, int]]]:
    return [(path, amounts) for path, amounts in request.by_place().items() if path]


def _labels(account: str, codes: list[Any], rows: dict[tuple[Any, ...], list[Any]]) -> tuple[str, ...]:
    """How the sheet names a place; what stands directly under a 款 that has 項 has a heading of its own."""
    words = [f"{code} {'款項目'[at]}" if isinstance(code, str) else f"{code} 節{code}" for at, code in enumerate(codes)]
    path = (NAMES[account], *words)
    return path if path in rows else (*path[:-1], f"{path[-2]}（直接計上）", path[-1])


def test_every_proposal_comes_back_from_its_sheet(request_and_book: Any) -> None:
    request, book = request_and_book
    found = {row[2]: row for row in book.get_sheet_by_name("総括表").to_python() if str(row[2]).startswith("事業")}
    for number, proposal in enumerate(request.proposals):
        row, sources = found[f"事業{number}"], proposal.sources_k()
        assert row[8] == proposal.request_k
        assert row[11:17] == [
            *(sources.get(key, 0) for key in ("national", "prefecture", "bond", "other", "general")),
            proposal.request_k,
        ]


def test_the_database_holds_the_same_lines(request_and_book: Any) -> None:
    request, _book = request_and_book
    stored = Proposal.objects.order_by("pk")
    for proposal, own in zip(stored, request.proposals, strict=True):
        held = RequestLine.objects.filter(proposal=proposal).order_by("order").values_list("request_k", flat=True)
        assert list(held) == [line.request_k for line in own.lines]
    assert BudgetStage.objects.count() == 1
