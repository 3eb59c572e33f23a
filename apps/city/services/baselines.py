"""baselines.yaml: the roadmap as it was frozen on a day, where it differs from roadmap.yaml, and why it moved since."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from apps.city.services.roadmap import MILESTONES, initiative_of, milestone_of
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.organization.models import User
from apps.roadmap.choices import MilestoneState
from apps.roadmap.models import Baseline, BaselineInitiative, Initiative, InitiativeMove, Milestone
from apps.roadmap.selectors.comparing import held_milestones


@dataclass
class _Frozen:
    """An initiative of roadmap.yaml, as it is there and as the baseline has it."""

    row: Row
    planned: Initiative
    starts_on: date | None
    ends_on: date | None
    milestones: list[Milestone]
    move: InitiativeMove | None = None


def load_baselines(session: LoadSession) -> None:
    """Each with all initiatives of roadmap.yaml; the moves since come with it as far as the day knows them."""
    if "baselines.yaml" not in session.documents:
        return
    document = session.document("baselines.yaml")
    for row in document.rows("baselines"):
        _load_baseline(session, row)
    document.finish()


def _load_baseline(session: LoadSession, row: Row) -> None:
    frozen = _planned(session)
    day = row.first_day("frozen_on")
    baseline = Baseline(
        **source("baseline", row.text("id", required=True)),
        name=row.text("name", required=True),
        frozen_on=day,
        frozen_by=session.keys_of(User).get(row.text("frozen_by")),
        note=row.text("note"),
    )
    for each in row.rows("initiatives"):
        _read_difference(session, each, frozen, day)
    taken = session.take(row, baseline, since=day)
    if taken is None or not session.is_new(taken):
        return
    with session.entry():
        for key, held in frozen.items():
            (initiative,) = session.those(Initiative, [key])
            session.part(_entry(taken, initiative, held), held.row)
            if held.move and session.knows(held.move.moved_on):
                held.move.initiative = initiative
                session.part(held.move, held.row)


def _planned(session: LoadSession) -> dict[str, _Frozen]:
    """Every initiative as roadmap.yaml has it, by its id there."""
    found = {}
    for row in session.document("roadmap.yaml").rows("items"):
        planned = initiative_of(session, row)
        milestones = [milestone_of(each) for each in row.rows("milestones")]
        found[row.text("id")] = _Frozen(row, planned, planned.starts_on, planned.ends_on, milestones)
    return found


def _read_difference(session: LoadSession, row: Row, frozen: dict[str, _Frozen], day: date) -> None:
    held = frozen.get(row.text("initiative", required=True))
    if held is None:
        return
    held.row = row
    held.starts_on, held.ends_on = row.day("start") or held.starts_on, row.day("end") or held.ends_on
    row.in_order("start", held.starts_on, "end", held.ends_on)
    for each in row.rows("milestones"):
        _read_milestone(each, held)
    if row.get("moved") is not None:
        held.move = _move(session, row.row("moved"), held, day)
    row.finish()


def _read_milestone(row: Row, held: _Frozen) -> None:
    text = row.text("text", required=True)
    same = next((each for each in held.milestones if each.text == text), None)
    year, quarter = row.fiscal_year("fy"), row.count("quarter")
    state = row.one_of("state", MILESTONES, required=False)
    if same is None:
        row.fault("text", _("“%(text)s” is no milestone of this initiative in roadmap.yaml") % {"text": text})
    else:
        same.fiscal_year, same.quarter, same.state = year, quarter, state or MilestoneState.PLANNED
    row.finish()


def _move(session: LoadSession, row: Row, held: _Frozen, frozen_on: date) -> InitiativeMove:
    day = row.first_day("date")
    if day < frozen_on:
        row.fault("date", _("It cannot have moved before the baseline was frozen"))
    move = InitiativeMove(
        old_starts_on=held.starts_on,
        old_ends_on=held.ends_on,
        new_starts_on=held.planned.starts_on,
        new_ends_on=held.planned.ends_on,
        reason=row.text("reason", required=True),
        behind=session.keys_of(Initiative).get(row.text("behind")),
        moved_on=day,
        moved_by=session.keys_of(User).get(row.text("by")),
    )
    row.finish()
    return move


def _entry(baseline: Baseline, initiative: Initiative, held: _Frozen) -> BaselineInitiative:
    return BaselineInitiative(
        baseline=baseline,
        initiative=initiative,
        title=held.planned.title,
        lead_unit=held.planned.lead_unit.name,
        status=held.planned.status,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        milestones=held_milestones(held.milestones),
    )
