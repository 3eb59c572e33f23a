"""What has no dates of its own moves to the successor on the day that it begins."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event, declare_machine
from apps.organization.models import Body, Unit, User
from apps.organization.models.lineage import Lineage

MOVED = declare_event("organization.unit.moved", gettext_lazy("Moved to the successor"))
MACHINE = declare_machine("move_to_successors", gettext_lazy("Moving to successors"))


def move_to_successors(*, by: Any = MACHINE) -> int:
    """The daily sweep. How many rows moved; a second run moves nothing."""
    with act(MOVED, by=by):
        return move_what_has_no_dates()


def move_what_has_no_dates() -> int:
    """People, sections of a department and seats in bodies go from units that have ended to those that follow."""
    lineage = Lineage.on(clock.today())
    moves = {old: lineage.now(old) for old in lineage.main}
    return _move_people(moves) + _move_sections(moves) + _move_seats(moves)


def _move_people(moves: dict[int, int]) -> int:
    moved = list(User.objects.filter(unit__in=moves))
    for person in moved:
        person.unit_id = moves[person.unit_id or 0]
        person.save(update_fields=["unit"])
    return len(moved)


def _move_sections(moves: dict[int, int]) -> int:
    """Sections that go on; those that have ended stay under the name that they had."""
    moved = list(Unit.objects.on(clock.today()).filter(parent__in=moves))
    for section in moved:
        section.parent_id = moves[section.parent_id or 0]
        section.save(update_fields=["parent"])
    return len(moved)


def _move_seats(moves: dict[int, int]) -> int:
    seats = list(Body.member_units.through.objects.filter(unit__in=moves))
    for body in Body.objects.filter(pk__in={seat.body_id for seat in seats}):
        mine = [seat.unit_id for seat in seats if seat.body_id == body.pk]
        body.member_units.add(*(moves[unit] for unit in mine))
        body.member_units.remove(*mine)
    hosts = list(Body.objects.filter(secretariat__in=moves))
    for body in hosts:
        body.secretariat_id = moves[body.secretariat_id or 0]
        body.save(update_fields=["secretariat"])
    return len(seats) + len(hosts)
