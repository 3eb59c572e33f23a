"""Reorganisations: the old row ends on the eve and keeps its name; a new one begins on the day and takes over.

Roles end and begin by their dates at once. Where people sit, which sections stand under a department and who belongs
to a body have no dates: `move_to_successors` changes them on the day, at once for a day that has come, else by the
daily sweep. Until the sweep has run nobody loses sight of anything: `User.unit_ids` follows the units by itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.transitions import Unmet
from apps.organization.choices import UnitKind
from apps.organization.models import Role, Unit
from apps.organization.services.moving import move_what_has_no_dates

RENAMED = declare_event("organization.unit.renamed", gettext_lazy("Unit renamed"))
MERGED = declare_event("organization.unit.merged", gettext_lazy("Units merged"))
SPLIT = declare_event("organization.unit.split", gettext_lazy("Unit split"))
ABOLISHED = declare_event("organization.unit.abolished", gettext_lazy("Unit abolished"))
FOUNDED = declare_event("organization.unit.founded", gettext_lazy("Unit founded"))
PERMISSION = "organization.reorganize_units"


@dataclass(frozen=True)
class NewUnit:
    """A unit that is to begin."""

    code: str
    name: str
    kana: str = ""
    kind: str = UnitKind.SECTION
    parent: Unit | None = None


def rename_unit(*, unit: Unit, new: NewUnit, day: date, by: Any, reason: str = "") -> Unit:
    """The unit under another name, code or department; the same rename asked twice is done once."""
    if (done := unit.main_successor) and unit.valid_to == _eve(day) and (done.code, done.name) == (new.code, new.name):
        return done
    with _reorganization(RENAMED, day, by, reason):
        old = _ending(unit, day)
        if (old.code, old.name, old.parent) == (new.code, new.name, new.parent):
            raise Unmet(_("Nothing would change: the name, the code and the department are the same."))
        successor = _begin(new, day, order=old.order if old.parent == new.parent else None, after=[old])
        _lead_on(old, [successor], day)
    return successor


def merge_units(*, units: Sequence[Unit], into: Unit | NewUnit, day: date, by: Any, reason: str = "") -> Unit:
    """Several units become one: a new one, or one that goes on and takes the others in."""
    with _reorganization(MERGED, day, by, reason):
        olds = [_ending(unit, day) for unit in units if unit != into]
        if len({*olds, into}) < 2 or not olds:
            raise Unmet(_("A merger needs at least two units."))
        if isinstance(into, NewUnit):
            successor = _begin(into, day, order=olds[0].order, after=olds)
        else:
            successor = _ending(into, day)
            _same_kind(successor.kind, olds)
        for old in olds:
            _lead_on(old, [successor], day)
    return successor


def split_unit(*, unit: Unit, into: Sequence[NewUnit], day: date, by: Any, reason: str = "") -> list[Unit]:
    """One unit becomes several; the first one takes over what was, so that figures count it once."""
    with _reorganization(SPLIT, day, by, reason):
        old = _ending(unit, day)
        if len(into) < 2:
            raise Unmet(_("A split needs at least two new units."))
        old.valid_to = _eve(day)
        old.save()
        successors = [_begin(new, day, order=old.order + at, after=[old]) for at, new in enumerate(into)]
        _lead_on(old, successors, day)
    return successors


def abolish_unit(*, unit: Unit, successor: Unit | None, day: date, by: Any, reason: str = "") -> Unit:
    """The unit ends. Another one takes over; none only where nobody and nothing is left in it."""
    with _reorganization(ABOLISHED, day, by, reason):
        old = _ending(unit, day)
        if successor is None and _is_inhabited(old, day):
            raise Unmet(_("People, roles or sections are left in this unit. Name the unit that takes over."))
        if successor == old:
            raise Unmet(_("A unit cannot take itself over."))
        if successor is not None:
            _same_kind(_ending(successor, day).kind, [old])
        _lead_on(old, [successor] if successor else [], day)
    return old


def found_unit(*, new: NewUnit, day: date, by: Any, reason: str = "") -> Unit:
    """A unit that continues nobody's work."""
    with _reorganization(FOUNDED, day, by, reason):
        unit = _begin(new, day)
    return unit


@contextmanager
def _reorganization(event: Event, day: date, by: Any, reason: str) -> Iterator[None]:
    """One act on one day, of those who may; a code that somebody else took in the same moment is refused, too."""
    require(by, PERMISSION)
    first = FiscalYear.of(clock.today()).start
    if day < first:
        words = _("Reorganisations are entered for %(first)s or later: what was reported before stays as it was.")
        raise Unmet(words % {"first": wareki.format_date(first)})
    try:
        with act(event, by=by, reason=reason):
            yield
            if day <= clock.today():
                move_what_has_no_dates()
    except IntegrityError as error:
        raise Unmet(_("Another unit has this code in the same period.")) from error


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _ending(unit: Unit, day: date) -> Unit:
    """The unit, locked, if it exists on the eve and has no end yet."""
    present = Unit.objects.select_for_update().get(pk=unit.pk)
    if present.valid_to is not None:
        words = _("“%(unit)s” ends on %(day)s already.")
        raise Unmet(words % {"unit": present, "day": wareki.format_date(present.valid_to)})
    if present.valid_from is not None and present.valid_from >= day:
        words = _("“%(unit)s” begins on %(day)s only.")
        raise Unmet(words % {"unit": present, "day": wareki.format_date(present.valid_from)})
    return present


def _same_kind(kind: str, olds: Sequence[Unit]) -> None:
    if any(old.kind != kind for old in olds):
        raise Unmet(_("A department is taken over by a department, a section by a section."))


def _begin(new: NewUnit, day: date, *, order: int | None = None, after: Sequence[Unit] = ()) -> Unit:
    """The new row, once its code is free: those that end on the eve give theirs away."""
    code, name = new.code.strip(), new.name.strip()
    if not code or not name:
        raise Unmet(_("A new unit needs a code and a name."))
    _same_kind(new.kind, after)
    if new.kind == UnitKind.SECTION and new.parent is not None and new.parent.kind != UnitKind.DEPARTMENT:
        raise Unmet(_("A section stands under a department."))
    ending = [old.pk for old in after]
    later = Unit.objects.filter(code=code).exclude(valid_to__lt=day).exclude(pk__in=ending)
    if taken := later.first():
        raise Unmet(_("The code %(code)s belongs to “%(unit)s”.") % {"code": code, "unit": taken})
    Unit.objects.filter(pk__in=ending, valid_to__isnull=True).update(valid_to=_eve(day))
    return Unit.objects.create(
        code=code,
        name=name,
        kana=new.kana.strip(),
        kind=new.kind,
        parent=new.parent,
        order=_last_place(new) if order is None else order,
        valid_from=day,
    )


def _last_place(new: NewUnit) -> int:
    """Behind the last section of the department; a department behind the last department."""
    beside = Unit.objects.filter(parent=new.parent).order_by("-order").first()
    if beside:
        return beside.order + (1000 if new.kind == UnitKind.DEPARTMENT else 1)
    return new.parent.order + 1 if new.parent else 1000


def _lead_on(old: Unit, successors: Sequence[Unit], day: date) -> None:
    """Ends the row, names who follows, and lets the roles begin there."""
    old.valid_to = _eve(day)
    old.main_successor = successors[0] if successors else None
    old.save()
    old.successors.add(*successors)
    if successors:
        _move_roles(old, successors[0], day)


def _move_roles(old: Unit, successor: Unit, day: date) -> None:
    """Roles end on the eve and begin on the day; those that would have begun later begin at the successor."""
    for role in Role.objects.filter(unit=old).exclude(valid_to__lt=day).select_related("user"):
        following = Role(user=role.user, kind=role.kind, unit=successor, valid_from=day, valid_to=role.valid_to)
        if role.valid_from >= day:
            following.pk, following.valid_from, following.source_key = role.pk, role.valid_from, role.source_key
        else:
            role.valid_to = _eve(day)
            role.save()
        if not _holds_already(following):
            following.save()


def _holds_already(role: Role) -> bool:
    """Whether the person holds the same role at the successor in the same time, as after a merger."""
    same = Role.objects.filter(user=role.user, kind=role.kind, unit=role.unit).exclude(valid_to__lt=role.valid_from)
    if role.valid_to:
        same = same.filter(valid_from__lte=role.valid_to)
    return same.exclude(pk=role.pk).exists()


def _is_inhabited(unit: Unit, day: date) -> bool:
    """Whether anybody sits in the unit, holds a role there after its end, or a section stands under it."""
    people = unit.people.filter(is_active=True).exists()
    roles = Role.objects.filter(unit=unit).exclude(valid_to__lt=day).exists()
    return people or roles or unit.children.exclude(valid_to__lt=day).exists()
