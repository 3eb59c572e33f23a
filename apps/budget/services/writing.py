"""Drafting a proposal, changing what it says, going on with it in the next year, and laying it aside."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import StageKind
from apps.budget.models import BudgetItem, BudgetStage, Proposal
from apps.budget.selectors.editing import is_editable
from apps.budget.services.proposals import Item, ProposalDraft, create_proposal
from apps.budget.services.telling import tell_the_owner
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import Forbidden, permission_table, require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind

EDITED = declare_event("budget.proposal.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("budget.proposal.archived", gettext_lazy("Archived"))

LINKS = ("supporting_units",)
MOST_YEARS = 50
# What the owning unit has said, which is about the service of that unit alone.
NO_ANSWER = {"owner_stance": "", "owner_words": "", "owner_answered_on": None}
CODE_TAKEN = "one_proposal_a_project_code_a_year"
# Who drafts for other units, too.
FOR_ALL = (RoleKind.MEMBER, RoleKind.SECRETARIAT)


def create_draft(
    *,
    values: dict[str, Any],
    by: Any,
    uid: UUID | None = None,
    items: Iterable[Item] = (),
    parts: dict[str, list[dict[str, Any]]] | None = None,
) -> Proposal:
    """A draft without a number, at the first stage. `parts` are rows by relation, such as `hurdle_links`.

    Raises IntegrityError for a second record of the same uid: the same form sent twice makes nothing.
    """
    require(by, "budget.create_proposal")
    _refuse_other_units(values["requesting_unit"], by)
    _refuse_other_ages(values["fiscal_year"])
    _refuse_item_of_other_years(values["budget_item"], values["fiscal_year"])
    _refuse_wrong_owner(values["requesting_unit"], values)
    stage = first_stage()
    fields = {name: value for name, value in values.items() if name not in LINKS}
    draft = ProposalDraft(
        values={**fields, "stage": stage, **({"uid": uid} if uid else {})},
        items=list(items),
        parts={"stage_entries": [], **(parts or {})},
    )
    amount_k = sum(draft.requests_k())
    draft.parts["stage_entries"] = [{"stage": stage, "date": clock.today(), "actor": by, "amount_k": amount_k}]
    try:
        with transaction.atomic():
            proposal = create_proposal(draft=draft, by=by)
            proposal.supporting_units.set(values.get("supporting_units", ()))
            tell_the_owner(proposal, by=by)
    except IntegrityError as error:
        say_code_is_taken(error)
        raise
    return proposal


def first_stage() -> BudgetStage:
    """起案, the first stage of the city's list."""
    stage = BudgetStage.objects.filter(kind=StageKind.DRAFT).order_by("order").first()
    if stage is None:
        raise Unmet(_("The budget has no stages yet: an administrator enters them."))
    return stage


def edit_proposal(*, proposal: Proposal, version: int, values: dict[str, Any], by: Any) -> Proposal:
    """Changes what it says. Raises StaleVersion where somebody saved in the meantime, Unmet after the request."""
    require(by, "budget.edit_proposal", proposal)
    refuse_closed(proposal)
    unit = values.get("requesting_unit", proposal.requesting_unit)
    if unit.pk != proposal.requesting_unit_id:
        _refuse_other_units(unit, by)
    _refuse_item_of_other_years(values.get("budget_item", proposal.budget_item), proposal.fiscal_year)
    _refuse_wrong_owner(unit, {"team_proposal": proposal.team_proposal, "owning_unit": proposal.owning_unit, **values})
    owner_before = proposal.owning_unit_id
    changes = {name: value for name, value in values.items() if name not in LINKS}
    for name, value in changes.items():
        setattr(proposal, name, value)
    if proposal.owning_unit_id != owner_before:
        changes |= NO_ANSWER
    try:
        with act(EDITED, by=by):
            changes["search_key"] = proposal.make_search_key()
            save_version(proposal, version=version, changes=changes)
            if "supporting_units" in values:
                proposal.supporting_units.set(values["supporting_units"])
            if proposal.owning_unit_id != owner_before:
                tell_the_owner(proposal, by=by)
    except IntegrityError as error:
        say_code_is_taken(error)
        raise
    return proposal


def refuse_closed(proposal: Proposal) -> None:
    """What was handed in stays as it was handed in."""
    if not is_editable(proposal):
        raise Unmet(_("The request was handed in: it is changed only after it was returned."))


def archive_proposal(*, proposal: Proposal, reason: str, by: Any, version: int | None = None) -> Proposal:
    """Lays a draft, or what was withdrawn, aside with a reason; nothing is deleted."""
    require(by, "budget.archive_proposal", proposal)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    if refusal := why_it_stays(proposal):
        raise Unmet(refusal)
    with act(ARCHIVED, by=by, reason=reason):
        version = proposal.version if version is None else version
        save_version(proposal, version=version, changes={"archived_at": clock.now()})
    return proposal


def why_it_stays(proposal: Proposal) -> str:
    """Why it cannot be archived now; empty where it can."""
    return "" if may_be_archived(proposal) else _("The request was handed in: withdraw it first.")


def may_be_archived(proposal: Proposal) -> bool:
    """A draft, or what was withdrawn or not adopted."""
    return is_editable(proposal) or proposal.stage.kind == StageKind.DROPPED


def may_draft_for_all(user: Any) -> bool:
    """The team and the secretariat draft proposals of any unit."""
    return bool(user.holds(*FOR_ALL))


def _refuse_other_units(unit: Any, by: Any) -> None:
    if unit.pk not in by.unit_ids and not may_draft_for_all(by):
        raise Forbidden(permission_table["budget.create_proposal"])


def _refuse_other_ages(fiscal_year: FiscalYear) -> None:
    """A year that was typed wrong: years before and after it would have to be said on every page."""
    if abs(int(fiscal_year) - int(FiscalYear.of(clock.today()))) > MOST_YEARS:
        raise Unmet(_("A budget of %(year)s is too far from today.") % {"year": fiscal_year})


def _refuse_item_of_other_years(item: BudgetItem, fiscal_year: Any) -> None:
    if not BudgetItem.objects.of(fiscal_year).filter(pk=item.pk).exists():
        raise Unmet(_("In %(year)s there is no budget item “%(item)s”.") % {"year": fiscal_year, "item": item})


def _refuse_wrong_owner(unit: Any, values: dict[str, Any]) -> None:
    if refusal := next(owner_refusals(unit, values), None):
        raise Unmet(refusal)


def owner_refusals(unit: Any, values: dict[str, Any]) -> Iterator[str]:
    """Why the unit whose service it is cannot be that one; `unit` asks for the money."""
    owner = values.get("owning_unit")
    if owner is None:
        return
    if not values.get("team_proposal"):
        yield _("Only a proposal of the promotion team is about the service of another unit.")
    if owner == unit:
        yield _("The unit whose service it is asks for it itself: name another unit, or none.")


def say_code_is_taken(error: IntegrityError) -> None:
    """Raises Unmet where the database refused a project code that another proposal of the year has."""
    if CODE_TAKEN in str(error):
        raise Unmet(_("Another proposal of the year has this project code.")) from error
