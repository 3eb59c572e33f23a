"""Two plans side by side: a baseline with another one, or with today: what moved, came, or went, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import event_model_of
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import Baseline, Initiative, InitiativeMove, Milestone
from apps.roadmap.selectors.baselines import entries_of_baseline
from apps.roadmap.selectors.slips import Slip, slip


@dataclass(frozen=True, order=True)
class Quarter:
    """Where a milestone stands."""

    fiscal_year: FiscalYear
    quarter: int


@dataclass(frozen=True)
class Held:
    """An initiative as one of the two plans holds it."""

    initiative: Initiative
    title: str
    lead_unit: str
    status: str
    starts_on: date | None
    ends_on: date | None
    # (text, how often this text stood before it, its quarter)
    milestones: dict[tuple[str, int], Quarter]

    @property
    def status_label(self) -> str:
        return str(InitiativeStatus(self.status).label)


@dataclass(frozen=True)
class PlanOfDay:
    """A plan as of a day; `baseline` is None for that of today."""

    day: date
    held: dict[int, Held]
    baseline: Baseline | None = None


@dataclass(frozen=True)
class MovedMilestone:
    """A milestone that stands in another quarter."""

    text: str
    old: Quarter
    new: Quarter


@dataclass(frozen=True)
class Moved:
    """An initiative with other dates, or with milestones in other quarters; the reasons are those in between."""

    old: Held
    new: Held
    milestones: list[MovedMilestone]
    reasons: list[InitiativeMove] = field(default_factory=list)

    @property
    def start_slip(self) -> Slip | None:
        return slip(self.old.starts_on, self.new.starts_on)

    @property
    def end_slip(self) -> Slip | None:
        return slip(self.old.ends_on, self.new.ends_on)


@dataclass(frozen=True)
class Removed:
    """An initiative that was archived or cancelled since."""

    held: Held
    cancelled: bool
    reason: str


@dataclass(frozen=True)
class Comparison:
    """From the older plan to the newer one."""

    old: PlanOfDay
    new: PlanOfDay
    moved: list[Moved]
    added: list[Held]
    removed: list[Removed]
    unchanged: int


def plan_of(baseline: Baseline) -> PlanOfDay:
    """The plan that a baseline holds."""
    entries = entries_of_baseline(baseline)
    held = {
        key: Held(
            entry.initiative,
            entry.title,
            entry.lead_unit,
            entry.status,
            entry.starts_on,
            entry.ends_on,
            _quarters(
                (row["text"], Quarter(FiscalYear(row["fiscal_year"]), row["quarter"])) for row in entry.milestones
            ),
        )
        for key, entry in entries.items()
    }
    return PlanOfDay(baseline.frozen_on, held, baseline)


def plan_of_today() -> PlanOfDay:
    """The plan as it stands; what is archived is no more in it."""
    initiatives = Initiative.objects.filter(archived_at__isnull=True)
    rows = initiatives.select_related("lead_unit").prefetch_related("milestones").order_by("number", "pk")
    held = {
        each.pk: Held(
            each,
            each.title,
            each.lead_unit.name,
            each.status,
            each.starts_on,
            each.ends_on,
            _quarters((row.text, Quarter(row.fiscal_year, row.quarter)) for row in each.milestones.all()),
        )
        for each in rows
    }
    return PlanOfDay(clock.today(), held)


def held_milestones(milestones: Iterable[Milestone]) -> list[dict[str, Any]]:
    """Milestones as an entry of a baseline keeps them."""
    return [
        {"fiscal_year": int(each.fiscal_year), "quarter": each.quarter, "text": each.text, "state": each.state}
        for each in milestones
    ]


def compare(old: PlanOfDay, new: PlanOfDay) -> Comparison:
    """What lies between two plans, in a constant number of queries."""
    gone = {key for key, held in old.held.items() if key not in new.held or _cancelled_since(held, new.held[key])}
    moved = [_moved(held, new.held[key]) for key, held in old.held.items() if key not in gone]
    changed = [each for each in moved if each.start_slip or each.end_slip or each.milestones or _dates_known(each)]
    reasons = _reasons(old.day, new.day, [each.new.initiative.pk for each in changed])
    for each in changed:
        each.reasons.extend(reasons.get(each.new.initiative.pk, ()))
    return Comparison(
        old,
        new,
        changed,
        [held for key, held in new.held.items() if key not in old.held],
        _removed(old, new, sorted(gone)),
        len(moved) - len(changed),
    )


def _quarters(rows: Iterable[tuple[str, Quarter]]) -> dict[tuple[str, int], Quarter]:
    """By text; of the same text the first, the second and so on."""
    found: dict[tuple[str, int], Quarter] = {}
    for text, quarter in rows:
        number = 0
        while (text, number) in found:
            number += 1
        found[text, number] = quarter
    return found


def _cancelled_since(old: Held, new: Held) -> bool:
    return new.status == InitiativeStatus.CANCELLED != old.status


def _moved(old: Held, new: Held) -> Moved:
    both = old.milestones.keys() & new.milestones.keys()
    pairs = [(key, old.milestones[key], new.milestones[key]) for key in old.milestones if key in both]
    return Moved(old, new, [MovedMilestone(key[0], was, now) for key, was, now in pairs if was != now])


def _dates_known(each: Moved) -> bool:
    """Whether a day is known in one plan and unknown in the other."""
    return (each.old.starts_on, each.old.ends_on) != (each.new.starts_on, each.new.ends_on)


def _reasons(since: date, until: date, keys: list[int]) -> dict[int, list[InitiativeMove]]:
    found: dict[int, list[InitiativeMove]] = {}
    moves = InitiativeMove.objects.filter(initiative__in=keys, moved_on__range=(since, until))
    for move in moves.select_related("behind").order_by("moved_on", "pk"):
        found.setdefault(move.initiative_id, []).append(move)
    return found


def _removed(old: PlanOfDay, new: PlanOfDay, keys: list[int]) -> list[Removed]:
    """With the reason of the state, or with that of the act that archived it."""
    archived = [key for key in keys if key not in new.held]
    events = event_model_of(Initiative).objects.filter(pgh_obj_id__in=archived, archived_at__isnull=False)
    words: dict[int, str] = {}
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        words.setdefault(event.pgh_obj_id, (event.pgh_context.metadata if event.pgh_context else {}).get("reason", ""))
    return [
        Removed(
            old.held[key],
            cancelled=key in new.held,
            reason=new.held[key].initiative.status_reason if key in new.held else words.get(key, ""),
        )
        for key in keys
    ]
