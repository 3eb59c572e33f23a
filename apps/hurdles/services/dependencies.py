"""What a hurdle needs first: links to other hurdles, which never run in a circle."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle, HurdleDependency

ADDED = declare_event("hurdles.dependency.added", gettext_lazy("What is needed first added"))
REMOVED = declare_event("hurdles.dependency.removed", gettext_lazy("What is needed first removed"))


def add_dependency(*, hurdle: Hurdle, needs: Hurdle, by: Any, reason: str = "") -> HurdleDependency:
    """`needs` has to be out of the way first. Refuses itself, what stands there already, and circles."""
    require(by, "hurdles.edit_hurdle", hurdle)
    with act(ADDED, by=by, reason=reason):
        _lock()
        _check(hurdle, needs)
        return HurdleDependency.objects.create(hurdle=hurdle, needs=needs)


def remove_dependency(*, hurdle: Hurdle, needs: Hurdle, by: Any, reason: str = "") -> None:
    """The hurdle does not wait for `needs` any more. A second click changes nothing."""
    require(by, "hurdles.edit_hurdle", hurdle)
    with act(REMOVED, by=by, reason=reason):
        HurdleDependency.objects.filter(hurdle=hurdle, needs=needs).delete()


def _lock() -> None:
    """Links are added one after the other: of two that would close a circle together the second one sees the first."""
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{HurdleDependency._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def _check(hurdle: Hurdle, needs: Hurdle) -> None:
    names = {"number": needs.number or needs.title}
    if needs.pk == hurdle.pk:
        raise Unmet(_("A hurdle cannot wait for itself."))
    if needs.status == HurdleStatus.MERGED:
        raise Unmet(_("%(number)s was merged. Choose the hurdle into which it was merged.") % names)
    if HurdleDependency.objects.filter(hurdle=hurdle, needs=needs).exists():
        raise Unmet(_("%(number)s stands there already.") % names)
    if hurdle.pk in _all_needed_by(needs):
        raise Unmet(
            _("%(number)s itself waits for this hurdle, directly or through others: neither could begin.") % names
        )


def _all_needed_by(hurdle: Hurdle) -> set[int]:
    """All that has to come before it, however far; one query for each step."""
    found: set[int] = set()
    step = {hurdle.pk}
    while step:
        found |= step
        step = set(HurdleDependency.objects.filter(hurdle__in=step).values_list("needs", flat=True)) - found
    return found
