"""Going on with a project in the next fiscal year: a draft that starts from the proposal of this year."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.budget.choices import SETTLED, BudgetResult, CostKind, ProposalKind, StageKind
from apps.budget.models import BudgetItem, ExpenseItem, Proposal, RequestLine
from apps.budget.selectors.stages import given_by_line, with_course
from apps.budget.services.copy_parts import parts_a_year_later
from apps.budget.services.proposals import Cost, Item
from apps.budget.services.writing import create_draft
from apps.core.fiscal import FiscalYear
from apps.core.permissions import require
from apps.core.transitions import Unmet

COPIED = (
    "name",
    "requesting_unit",
    "purpose",
    "outline",
    "legal_basis",
    "team_proposal",
    "owning_unit",
    "citizen_view",
    "deregulation",
    "contract_plan",
    "hours_saved",
    "yen_saved",
    "citizen_hours_saved",
    "citizen_effect",
    "indicator",
)
UNBUDGETED = (BudgetResult.POSTPONED, BudgetResult.NONE)
SERVED = {
    "hurdle_links": "hurdle",
    "initiative_links": "initiative",
    "training_plan_links": "plan",
    "course_links": "course",
}


def copy_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    """The next year's draft of the same project, or the one that is there already.

    Of what is carried out the running costs come along, as 継続, and initial ones do not; what the year has been
    granted stands as the previous year's budget. Of what nothing came (`nothing_came_of`) all is asked for once more.
    Sources are not copied: each call of a grant is another one, so all is general revenue until they are entered.
    """
    require(by, "budget.create_proposal")
    year = proposal.fiscal_year.next
    with transaction.atomic():
        proposal = (
            Proposal.objects.select_for_update(of=("self",)).select_related("budget_item", "stage").get(pk=proposal.pk)
        )
        if there := follower_of(proposal):
            return there
        whole = nothing_came_of(proposal)
        values = {
            **{name: getattr(proposal, name) for name in COPIED},
            "fiscal_year": year,
            "kind": proposal.kind if whole else ProposalKind.CONTINUED,
            "budget_item": _item_of(year, proposal.budget_item),
            "project_code": proposal.project_code,
            "supporting_units": list(proposal.supporting_units.all()),
        }
        if Proposal.objects.filter(fiscal_year=year, project_code=proposal.project_code).exists():
            values["project_code"] = ""  # another unit's, or that of an archived proposal
        parts = _served(proposal) | (parts_a_year_later(proposal) if whole else {})
        return create_draft(values=values, items=_items(proposal, year, whole=whole), parts=parts, by=by)


def nothing_came_of(proposal: Proposal) -> bool:
    """Whether it was postponed, not budgeted or withdrawn, so that nothing of it is carried out this year."""
    return proposal.result in UNBUDGETED or proposal.stage.kind == StageKind.DROPPED


def follower_of(proposal: Proposal) -> Proposal | None:
    """The next year's proposal of the same project and unit: by its code, or by its name where it has none."""
    code = proposal.project_code
    same = {"project_code": code} if code else {"name": proposal.name}
    rows = Proposal.objects.filter(archived_at__isnull=True, fiscal_year=proposal.fiscal_year.next, **same)
    return rows.filter(requesting_unit=proposal.requesting_unit_id).first()


def _item_of(year: FiscalYear, item: BudgetItem) -> BudgetItem:
    """The place in that year's budget book, by its codes."""
    codes = {name: getattr(item, name) for name in ("account", "kan", "kou", "moku")}
    every = BudgetItem.objects.of(year)
    found = every.filter(pk=item.pk).first() or every.filter(**codes).first()
    if found is None:
        raise Unmet(_("In %(year)s there is no budget item “%(item)s”.") % {"year": year, "item": item})
    return found


def _items(proposal: Proposal, year: FiscalYear, *, whole: bool) -> list[Item]:
    items = {item.name: item for item in ExpenseItem.objects.of(year)}
    given = {} if whole else granted(proposal)
    lines = proposal.request_lines.select_related("expense_item").prefetch_related("cost_lines")
    return [_item(line, items, given, year, whole=whole) for line in lines if whole or not line.host_code]


def _item(
    line: RequestLine, items: dict[str, ExpenseItem], given: dict[int, int], year: FiscalYear, *, whole: bool
) -> Item:
    name = line.expense_item.name
    if name not in items:
        raise Unmet(_("In %(year)s there is no expense item “%(item)s”.") % {"year": year, "item": name})
    costs = [
        Cost(**{each: getattr(cost, each) for each in Cost.__dataclass_fields__})
        for cost in line.cost_lines.all()
        if whole or cost.kind == CostKind.RUNNING
    ]
    return Item(items[name], line.subitem, costs, given.get(line.pk, 0), _host(line, year))


def _host(line: RequestLine, year: FiscalYear) -> dict[str, Any]:
    """The project of another section in which it stands, under that year's item of the budget book."""
    if not line.host_code:
        return {}
    host = {name: getattr(line, name) for name in ("host_code", "host_name", "host_unit")}
    return {**host, "host_item": _item_of(year, line.host_item) if line.host_item else None}


def granted(proposal: Proposal) -> dict[int, int]:
    """What the budget bill gave each line, in 千円; nothing before the bill is fixed."""
    if proposal.stage.kind in SETTLED:
        return given_by_line(with_course(Proposal.objects.filter(pk=proposal.pk)).get())
    if proposal.result == BudgetResult.FULL:
        return dict(proposal.request_lines.values_list("pk", "request_k"))
    return {}


def _served(proposal: Proposal) -> dict[str, list[dict[str, Any]]]:
    return {
        links: [{name: getattr(link, name)} for link in getattr(proposal, links).select_related(name)]
        for links, name in SERVED.items()
    }
