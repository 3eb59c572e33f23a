"""budget_proposals.yaml: the 節 of a proposal, its costs, its sources, and every amount computed again and compared."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from apps.budget.choices import CostKind, GrantMoney, IfNotAdopted, Source
from apps.budget.models import ExpenseItem, GrantProgramme
from apps.budget.selectors.revenue import RevenueItems
from apps.budget.services import Cost, Item, ProposalDraft
from apps.city.services.rows import Row
from apps.core import money
from apps.core.fiscal import FiscalYear
from apps.organization.models import FiscalYearRules

SOURCES = {"kokko": Source.NATIONAL, "ken": Source.PREFECTURE, "sai": Source.BOND, "sonota": Source.OTHER}
GENERAL = "ippan"
IF_NOT_ADOPTED = {
    "縮小": IfNotAdopted.REDUCE,
    "見送り": IfNotAdopted.FORGO,
    "一般財源": IfNotAdopted.GENERAL,
    "補正": IfNotAdopted.SUPPLEMENTARY,
}


class ExpenseItems(NamedTuple):
    """The 節 of a year, by the numbers and names that were in force then."""

    year: FiscalYear
    items: dict[tuple[int, str], ExpenseItem]

    @classmethod
    def of(cls, year: FiscalYear) -> "ExpenseItems":
        return cls(year, {(item.item_number, item.name): item for item in ExpenseItem.objects.of(year)})


def read_expense_item(row: Row, known: ExpenseItems) -> ExpenseItem | None:
    number, name = row.count("setsu_no"), row.text("setsu_name")
    if (number, name) not in known.items:
        fault = _("%(year)s has no expense item “%(number)s %(name)s”")
        row.fault("setsu_no", fault % {"year": known.year, "number": number, "name": name})
    return known.items.get((number, name))


def read_item(row: Row, rules: FiscalYearRules, known: ExpenseItems) -> Item:
    item = Item(
        expense_item=read_expense_item(row, known) or ExpenseItem(),
        subitem=row.text("saisetsu"),
        costs=[_cost(each, row.text("saisetsu")) for each in row.rows("items")],
        previous_initial_k=row.count("previous_initial_budget_k"),
    )
    request_k = item.request_k(rules.expenditure_rounding)
    row.compare("amount_yen", item.amount_yen)
    row.compare("request_k", request_k)
    row.compare("diff_k", request_k - item.previous_initial_k)
    row.finish()
    return item


def _cost(row: Row, subitem: str) -> Cost:
    cost = Cost(
        description=row.text("description", required=True),
        unit_price_yen=row.decimal("unit_price_yen"),
        quantity=row.decimal("quantity"),
        unit=row.text("unit"),
        months=row.count("months"),
        kind=row.one_of("cost_kind", {kind.value: kind.value for kind in CostKind}),
        eligible=row.flag("grant_eligible"),
        subitem=subitem,
    )
    row.compare("amount_yen", cost.amount_yen)
    row.finish()
    return cost


def read_funding(row: Row, rules: FiscalYearRules) -> dict[str, Any]:
    source = row.one_of("source", SOURCES)
    granted = source in (Source.NATIONAL, Source.PREFECTURE)
    handling = row.one_of("if_not_adopted", IF_NOT_ADOPTED, required=False)
    funding: dict[str, Any] = {
        "source": source,
        "if_not_adopted": handling or (IfNotAdopted.AS_WRITTEN if granted else ""),
        "fallback_k": row.integer("fallback_k"),
        "name": row.text("name", required=True),
        "amount_k": row.count("amount_k"),
        "basis": row.text("basis"),
        "bond_base_k": row.integer("base_k"),
        "bond_percent": row.integer("percent"),
    }
    base_k, percent = funding["bond_base_k"], funding["bond_percent"]
    if base_k is not None and percent is not None:
        try:
            row.compare("amount_k", money.bond_k(base_k, percent, unit_k=rules.bond_unit_k))
        except ValueError as error:
            row.fault("percent", error)
    row.finish()
    return funding


def ride_on(grant: GrantProgramme | None, draft: ProposalDraft, rules: FiscalYearRules) -> None:
    """Joins the money of a call with the call: by its rate and cap where these give the amount of the file."""
    if grant is None or grant.money == GrantMoney.ALLOCATION:
        return
    eligible_yen = sum(cost.amount_yen for item in draft.items for cost in item.costs if cost.eligible)
    for funding in draft.fundings:
        if funding["source"] == grant.money:
            funding["grant"] = grant
            by_rate = money.subsidy_k(eligible_yen, grant.rate, grant.cap_k, mode=rules.subsidy_rounding)
            if by_rate == funding["amount_k"]:
                funding |= {
                    "rate_numerator": grant.rate_numerator,
                    "rate_denominator": grant.rate_denominator,
                    "cap_k": grant.cap_k,
                }


def place_revenue(draft: ProposalDraft, known: RevenueItems) -> None:
    """Where the money stands in the budget of revenue, where the list of the year has one item for it."""
    item = draft.values["budget_item"]
    for funding in draft.fundings:
        if item is not None:
            funding["revenue_item"] = known.fitting(item.account_id, funding["source"], funding["name"])


def read_burden(row: Row) -> dict[str, Any]:
    row.text("period")  # the same as the two years, in words
    burden: dict[str, Any] = {
        "item": row.text("item", required=True),
        "from_year": row.fiscal_year("from_fy"),
        "to_year": row.fiscal_year("to_fy"),
        "limit_k": row.count("limit_k"),
    }
    row.in_order("from_fy", burden["from_year"], "to_fy", burden["to_year"])
    row.finish()
    return burden


def read_future_cost(row: Row) -> dict[str, Any]:
    cost = {"fiscal_year": row.fiscal_year("fy"), "amount_k": row.count("amount_k")}
    row.finish()
    return cost


def check_totals(row: Row, draft: ProposalDraft, totals: dict[str, int]) -> None:
    """Compares what a proposal says of itself with what follows from its lines, and adds to the file's sums."""
    request_k = sum(draft.requests_k())
    previous_k = sum(item.previous_initial_k for item in draft.items)
    costs = [cost for item in draft.items for cost in item.costs]
    own = row.row("totals")
    sums = {"request": request_k, "previous_initial_budget": previous_k, "diff": request_k - previous_k}
    for key, value in sums.items():
        own.compare(f"{key}_k", value)
        totals[key] += value
    own.compare("initial_yen", sum(c.amount_yen for c in costs if c.kind == CostKind.INITIAL))
    own.compare("running_yen", sum(c.amount_yen for c in costs if c.kind == CostKind.RUNNING))
    own.compare("grant_eligible_yen", sum(c.amount_yen for c in costs if c.eligible))
    own.finish()
    funded = row.row("funding_k")
    by_source = {
        code: sum(each["amount_k"] for each in draft.fundings if each["source"] == source)
        for code, source in SOURCES.items()
    }
    by_source[GENERAL] = request_k - sum(by_source.values())
    for code, value in by_source.items():
        funded.compare(code, value)
        totals[code] += value
    funded.finish()


def check_document_totals(document: Row, totals: dict[str, int]) -> None:
    if document.get("totals") is None:
        return
    row = document.row("totals")
    for key, value in totals.items():
        row.compare(f"{key}_k", value)
    row.finish()
    document.problems.stop_if_any()
