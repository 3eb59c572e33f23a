"""The whole plan at one look: every initiative with its dates, and what needs what."""

from dataclasses import dataclass
from datetime import date

from apps.roadmap.models import Initiative, InitiativeDependency, InitiativeMove


@dataclass(frozen=True)
class Plan:
    """The initiatives that are not archived, by key, and the links between them as (initiative, what it needs)."""

    initiatives: dict[int, Initiative]
    links: list[tuple[int, int]]


def whole_plan() -> Plan:
    """Two queries, however large the plan is."""
    rows = Initiative.objects.filter(archived_at__isnull=True).select_related("lead_unit")
    initiatives = {initiative.pk: initiative for initiative in rows}
    # Not joined in the database: where it has not counted the rows yet (just after an import) it would try all pairs.
    links = [link for link in every_link() if initiatives.keys() >= {*link}]
    return Plan(initiatives, links)


def every_link() -> list[tuple[int, int]]:
    """All dependencies, those of archived initiatives included: a circle is one through these, too."""
    return sorted(InitiativeDependency.objects.order_by().values_list("initiative_id", "needs_id"))


@dataclass(frozen=True)
class FirstDates:
    """The dates of an initiative before it was moved for the first time."""

    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Moves:
    """Every move of an initiative's dates, the newest first, and what was planned before all of them."""

    rows: list[InitiativeMove]
    first: FirstDates | None


def moves_of(initiative: Initiative) -> Moves:
    """How often the dates were moved, when, why, and behind what."""
    rows = list(initiative.moves.select_related("behind", "moved_by").order_by("-moved_on", "-pk"))
    return Moves(rows, FirstDates(rows[-1].old_starts_on, rows[-1].old_ends_on) if rows else None)
