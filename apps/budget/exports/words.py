"""What a proposal says in words, the same in the workbook and in print."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports.years import period
from apps.core import money

Said = list[tuple[str, str]]


def _k(amount_k: int) -> str:
    return _("%(amount)s thousand yen") % {"amount": money.number(amount_k)}


def places(proposal: Any) -> Said:
    """Where the proposal stands in the budget book, whose it is, how far it is."""
    item = proposal.budget_item
    return [
        (_("Account"), item.account.name),
        (_("Kan, kou, moku"), str(item)),
        (_("Project"), f"{proposal.project_code}　{proposal.name}".strip()),
        (_("Kind of request"), proposal.get_kind_display()),
        (_("Requesting unit"), proposal.requesting_unit.name),
        (_("Stage"), proposal.stage_shown),
        (_("Contract"), proposal.contract_plan),
    ]


def outline(proposal: Any) -> Said:
    """事業概要, 根拠法規, what citizens have of it, and 不採択時の扱い; without what nobody wrote."""
    every = [
        (_("Purpose"), proposal.purpose),
        (_("Outline of the project"), proposal.outline),
        (_("Legal basis"), proposal.legal_basis),
        (_("Effect for citizens"), proposal.citizen_effect),
        (_("If the grant is not adopted"), proposal.if_not_adopted),
    ]
    return [(label, text) for label, text in every if text]


def allocation(proposal: Any) -> str:
    """特別交付税 is a memo within general revenue."""
    label = _("of which special allocation tax is expected (memo)")
    return f"{label}　{proposal.allocation_basis}".strip()


def expense_item(line: Any) -> str:
    """12 委託料, and the project of another section in which it stands (うちDX分)."""
    if not line.host_code:
        return str(line.expense_item)
    inside = _("inside %(code)s %(name)s") % {"code": line.host_code, "name": line.host_name}
    return f"{line.expense_item}\n（{inside}）"


def only_appraised() -> str:
    """Beside a 節 that nobody asked for: it comes from a file of the finance system."""
    return _("Not asked for; from the appraisal alone.")


def tax(cost: Any) -> str:
    """税込, or the percentage that is added."""
    return _("+%(percent)s%%") % {"percent": cost.tax_percent} if cost.tax_percent else _("incl.")


def cost(each: Any) -> str:
    """構築費 1,000,000円×2式×12月＝24,000,000円（税込）; a single month is not said."""
    price, quantity = (money.number(value.normalize()) for value in (each.unit_price_yen, each.quantity))
    known = {
        "what": each.description,
        "price": price,
        "quantity": f"{quantity}{each.unit}",
        "months": each.months,
        "tax": each.tax_percent,
        "amount": money.number(each.amount_yen),
    }
    return _sentence(each)() % known


def _sentence(each: Any) -> Callable[[], str]:
    return {
        (True, False): lambda: _("%(what)s %(price)s yen × %(quantity)s = %(amount)s yen (tax included)"),
        (False, False): lambda: _(
            "%(what)s %(price)s yen × %(quantity)s × %(months)s months = %(amount)s yen (tax included)"
        ),
        (True, True): lambda: _("%(what)s %(price)s yen × %(quantity)s + tax %(tax)s%% = %(amount)s yen"),
        (False, True): lambda: _(
            "%(what)s %(price)s yen × %(quantity)s × %(months)s months + tax %(tax)s%% = %(amount)s yen"
        ),
    }[each.months == 1, bool(each.tax_percent)]


def later_years(proposal: Any) -> Said:
    """What binds later years, one row for each thing."""
    return [
        *((_("Debt burden"), _burden(each)) for each in proposal.debt_burdens.all()),
        *((_("Continuing cost"), _continuing(each)) for each in proposal.continuing_costs.all()),
        *((_("Long-term contract"), _contract(each)) for each in proposal.long_contracts.all()),
        *((_("Carried over"), _carried(each)) for each in proposal.carryovers.all()),
        *_running(proposal),
    ]


def _burden(burden: Any) -> str:
    limit = _("limit %(amount)s thousand yen") % {"amount": money.number(burden.limit_k)}
    return "　".join(text for text in (burden.item, period(burden), limit, burden.reason) if text)


def _continuing(cost: Any) -> str:
    years = list(cost.years.all())
    total = _("total %(amount)s thousand yen") % {"amount": money.number(sum(year.amount_k for year in years))}
    shares = "、".join(f"{year.fiscal_year} {_k(year.amount_k)}" for year in years)
    return "　".join(text for text in (cost.item, total, shares, cost.reason) if text)


def _contract(contract: Any) -> str:
    yearly = _("%(amount)s thousand yen a year") % {"amount": money.number(contract.yearly_k)}
    return "　".join(text for text in (contract.item, period(contract), yearly, contract.legal_basis) if text)


def _carried(carried: Any) -> str:
    spent = _("spent in %(year)s") % {"year": carried.spent_in}
    return "　".join((carried.item, _k(carried.amount_k), spent, carried.reason))


def _running(proposal: Any) -> Said:
    costs = [f"{cost.fiscal_year} {_k(cost.amount_k)}" for cost in proposal.future_costs.all()]
    return [(_("Running cost"), "、".join(costs))] if costs else []
