"""The comparison of two plans as rows of a workbook."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core.writers import Column
from apps.roadmap.models import InitiativeMove
from apps.roadmap.selectors.comparing import Comparison, Held, Moved, Quarter
from apps.roadmap.selectors.slips import Slip


def comparison_columns() -> list[Column]:
    """What each row says of an initiative."""
    return [
        Column("change", _("Change")),
        Column("number", _("Number"), "code"),
        Column("title", _("Initiative")),
        Column("lead_unit", _("Lead unit")),
        Column("old_starts_on", _("Started on until then"), "date"),
        Column("old_ends_on", _("Ended on until then"), "date"),
        Column("new_starts_on", _("New start"), "date"),
        Column("new_ends_on", _("New end"), "date"),
        Column("start_slip", _("Start moved by")),
        Column("end_slip", _("End moved by")),
        Column("milestones", _("Milestones that moved")),
        Column("reason", _("Reason")),
    ]


def comparison_rows(comparison: Comparison) -> Iterator[list[Any]]:
    """Moved, added and removed ones, in this order."""
    for each in comparison.moved:
        yield _row(_("Moved"), each.new, each.old, each.new, *_moved(each))
    for held in comparison.added:
        yield _row(_("Added"), held, None, held)
    for gone in comparison.removed:
        words = pgettext("initiative", "Cancelled") if gone.cancelled else _("Archived")
        yield _row(words, gone.held, gone.held, None, reason=gone.reason)


def words_of(move: InitiativeMove) -> str:
    """Why, and behind what."""
    if not move.behind:
        return move.reason
    return _("%(reason)s (behind “%(behind)s”)") % {"reason": move.reason, "behind": move.behind.title}


def _moved(each: Moved) -> tuple[str, str, str, str]:
    milestones = (f"{mile.text} {_quarter(mile.old)} → {_quarter(mile.new)}" for mile in each.milestones)
    return _slip(each.start_slip), _slip(each.end_slip), _lines(milestones), _lines(map(words_of, each.reasons))


def _quarter(at: Quarter) -> str:
    return _("%(year)s Q%(quarter)s") % {"year": at.fiscal_year.short, "quarter": at.quarter}


def _slip(slip: Slip | None) -> str:
    return slip.words if slip else ""


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _row(
    change: str, held: Held, old: Held | None, new: Held | None, start: str = "", end: str = "", milestones: str = "",
    reason: str = "",
) -> list[Any]:  # fmt: skip
    days = [day for side in (old, new) for day in ((side.starts_on, side.ends_on) if side else (None, None))]
    return [change, held.initiative.number, held.title, held.lead_unit, *days, start, end, milestones, reason]
