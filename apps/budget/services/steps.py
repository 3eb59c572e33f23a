"""The steps of the backward plan: those of one proposal, and the city's own list."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import AnchorTitle, BackwardStep, Proposal, ProposalStep
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet

PLANNED = declare_event("budget.proposal.steps_planned", gettext_lazy("Steps planned"))
LISTED = declare_event("budget.steps.edited", gettext_lazy("List of steps changed"))

# What a row of a proposal may say; where all of it is empty, the row goes.
SAID = ("planned_on", "done_on", "not_needed", "workdays", "duration", "unit", "note")


def seen_steps(proposal: Proposal) -> str:
    """A mark of all that is planned now, which the form carries until it is saved."""
    marks = [seen_as(row) for row in ProposalStep.objects.filter(proposal=proposal).order_by("step_id")]
    return sha256("".join(marks).encode()).hexdigest()[:16]


def seen_step_list() -> str:
    """A mark of the city's list and of what its days are called, which the form carries until it is saved."""
    rows = [*BackwardStep.objects.order_by("pk"), *AnchorTitle.objects.order_by("anchor")]
    return sha256("".join(map(seen_as, rows)).encode()).hexdigest()[:16]


def plan_steps(*, proposal: Proposal, rows: Mapping[int, dict[str, Any]], seen: str, by: Any) -> int:
    """Writes what `rows` says of each step of the list, by its key; gives how many rows have changed.

    Raises StalePart where somebody has saved since the form was shown.
    """
    require(by, "budget.plan_steps", proposal)
    for values in rows.values():
        if refusal := next(step_refusals(values), None):
            raise Unmet(refusal)
    with act(PLANNED, by=by):
        Proposal.objects.select_for_update().get(pk=proposal.pk)
        if seen and seen != seen_steps(proposal):
            raise StalePart(proposal)
        own = {row.step_id: row for row in ProposalStep.objects.filter(proposal=proposal)}
        return sum(_write(proposal, key, own.get(key), values) for key, values in rows.items())


def step_refusals(values: Mapping[str, Any]) -> Iterator[str]:
    """Why what is said of a step cannot be: all of it is about the day on which it was done."""
    if values.get("done_on") and values["done_on"] > clock.today():
        yield _("What is done was done today or before.")
    if values.get("done_on") and values.get("not_needed"):
        yield _("A step that was done was needed.")


def _write(proposal: Proposal, key: int, row: ProposalStep | None, values: dict[str, Any]) -> bool:
    wanted = {name: values.get(name) for name in SAID} | {"not_needed": bool(values.get("not_needed"))}
    wanted["note"] = wanted["note"] or ""
    says_something = any(value not in (None, "", False) for value in wanted.values())
    if row is None and not says_something:
        return False
    if row is not None and not says_something:
        row.delete()
        return True
    row = row or ProposalStep(proposal=proposal, step_id=key)
    if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    return True


def edit_step_list(
    *,
    steps: Mapping[int, dict[str, Any]],
    new: Sequence[dict[str, Any]],
    titles: Mapping[str, tuple[str, str]],
    by: Any,
    seen: str | None = None,
) -> None:
    """The city's list: durations and days before, who does it, a new step; and what the days are called.

    A step that stands in the list stays there: proposals point at it. Raises StalePart where somebody has saved since
    the form with the mark `seen` was shown.
    """
    require(by, "budget.edit_steps")
    with act(LISTED, by=by):
        listed = list(BackwardStep.objects.select_for_update())
        if seen is not None and seen != seen_step_list():
            raise StalePart(None)
        for row in listed:
            if row.pk not in steps:
                continue
            for name, value in steps[row.pk].items():
                setattr(row, name, value)
            row.save()
        for values in new:
            if not BackwardStep.objects.filter(name=values["name"]).exists():
                BackwardStep.objects.create(**values)
        for anchor, (kind, title) in titles.items():
            AnchorTitle.objects.update_or_create(anchor=anchor, defaults={"kind": kind, "title": title})
