"""What hangs on a proposal and has a small page of its own: evidence, indicators, sources, what binds later years.

A change names what its form showed (`seen`): where somebody has changed the row since, nothing is written over.
Each write is one act in the history of the proposal, and sources are computed anew with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import (
    Carryover,
    ContinuingCost,
    ContinuingYear,
    DebtBurden,
    Funding,
    FutureCost,
    LongTermContract,
    OutcomeIndicator,
    Proposal,
    ProposalEvidence,
)
from apps.budget.services import part_checks
from apps.budget.services.amounts import lock, recompute
from apps.budget.services.writing import refuse_closed
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet


@dataclass(frozen=True)
class PartRules:
    """The entries that a kind of part writes, and what it must meet: the first message refuses."""

    added: Event
    changed: Event
    removed: Event
    check: Callable[[Any, Proposal], str | None]


def _rules(
    name: str, added: Any, changed: Any, removed: Any, check: Callable[[Any, Proposal], str | None]
) -> PartRules:
    return PartRules(
        declare_event(f"budget.{name}.added", added),
        declare_event(f"budget.{name}.changed", changed),
        declare_event(f"budget.{name}.removed", removed),
        check,
    )


PART_RULES: dict[type[Model], PartRules] = {
    ProposalEvidence: _rules(
        "evidence",
        gettext_lazy("Evidence of the citizens' view added"),
        gettext_lazy("Evidence of the citizens' view changed"),
        gettext_lazy("Evidence of the citizens' view removed"),
        part_checks.no_check,
    ),
    OutcomeIndicator: _rules(
        "outcome",
        gettext_lazy("Outcome indicator added"),
        gettext_lazy("Outcome indicator changed"),
        gettext_lazy("Outcome indicator removed"),
        part_checks.check_outcome,
    ),
    Funding: _rules(
        "funding",
        gettext_lazy("Source of money added"),
        gettext_lazy("Source of money changed"),
        gettext_lazy("Source of money removed"),
        part_checks.check_funding,
    ),
    DebtBurden: _rules(
        "debt_burden",
        gettext_lazy("Debt burden added"),
        gettext_lazy("Debt burden changed"),
        gettext_lazy("Debt burden removed"),
        part_checks.check_debt_burden,
    ),
    ContinuingCost: _rules(
        "continuing_cost",
        gettext_lazy("Continuing cost added"),
        gettext_lazy("Continuing cost changed"),
        gettext_lazy("Continuing cost removed"),
        part_checks.no_check,
    ),
    ContinuingYear: _rules(
        "continuing_year",
        gettext_lazy("Yearly share added"),
        gettext_lazy("Yearly share changed"),
        gettext_lazy("Yearly share removed"),
        part_checks.check_share,
    ),
    LongTermContract: _rules(
        "long_contract",
        gettext_lazy("Long-term contract added"),
        gettext_lazy("Long-term contract changed"),
        gettext_lazy("Long-term contract removed"),
        part_checks.check_long_contract,
    ),
    Carryover: _rules(
        "carryover",
        gettext_lazy("Carry-over added"),
        gettext_lazy("Carry-over changed"),
        gettext_lazy("Carry-over removed"),
        part_checks.check_carryover,
    ),
    FutureCost: _rules(
        "future_cost",
        gettext_lazy("Cost of a later year added"),
        gettext_lazy("Cost of a later year changed"),
        gettext_lazy("Cost of a later year removed"),
        part_checks.check_future_cost,
    ),
}


def owner_of(part: Any) -> Proposal:
    """The proposal on which the row hangs."""
    owner: Proposal = part.cost.proposal if isinstance(part, ContinuingYear) else part.proposal
    return owner


def add_part(*, part: Any, by: Any, reason: str = "") -> Any:
    """Writes a new row; what a second click sends is there already then, and is not written twice."""
    proposal, rules = owner_of(part), PART_RULES[type(part)]
    require(by, "budget.edit_proposal", proposal)
    with act(rules.added, by=by, reason=reason):
        refuse_closed(lock(proposal))
        same = type(part).objects.filter(**_said(part)).first()
        if same is None:
            _refuse(part, proposal)
            _save(part)
            _recompute(part, proposal)
    return same or part


def change_part(*, part: Any, seen: str, values: dict[str, Any], by: Any, reason: str = "") -> Any:
    """Writes `values`. Raises StalePart where the row says something else than its form showed."""
    proposal, rules = owner_of(part), PART_RULES[type(part)]
    require(by, "budget.edit_proposal", proposal)
    with act(rules.changed, by=by, reason=reason):
        present = type(part).objects.select_for_update(of=("self",)).filter(pk=part.pk).first()
        if present is None:
            raise Unmet(_("It was removed in the meantime."))
        if seen_as(present) != seen:
            raise StalePart(present)
        for name, value in values.items():
            setattr(present, name, value)
        _refuse(present, proposal)
        _save(present)
        _recompute(present, proposal)
    return present


def remove_part(*, part: Any, by: Any, reason: str = "") -> None:
    """Takes the row out; the history keeps what it said. What is gone already is gone."""
    proposal, rules = owner_of(part), PART_RULES[type(part)]
    require(by, "budget.edit_proposal", proposal)
    with act(rules.removed, by=by, reason=reason):
        refuse_closed(lock(proposal))
        type(part).objects.filter(pk=part.pk).delete()
        _recompute(part, proposal)


def _refuse(part: Any, proposal: Proposal) -> None:
    refuse_closed(lock(proposal))
    if message := part_checks.check_years(part, proposal) or PART_RULES[type(part)].check(part, proposal):
        raise Unmet(message)


def _save(part: Any) -> None:
    """The rules that the database keeps are said in their own words."""
    try:
        part.full_clean(validate_unique=True)
    except part_checks.Invalid as invalid:
        raise Unmet(" ".join(invalid.messages)) from invalid
    try:
        part.save()
    except IntegrityError as error:
        raise Unmet(_("Somebody else has just written the same: look at it, then try again.")) from error


def _recompute(part: Any, proposal: Proposal) -> None:
    if isinstance(part, Funding):
        recompute(proposal=proposal)


def _said(part: Any) -> dict[str, Any]:
    """What the row says, and on what it hangs; neither its key, its place, nor what follows from the rest."""
    computed = {"id", "order"} | ({"amount_k"} if getattr(part, "rate_numerator", None) else set())
    return {f.attname: getattr(part, f.attname) for f in part._meta.concrete_fields if f.name not in computed}
