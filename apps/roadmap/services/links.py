"""What an initiative needs first, and what it is related to. Never a circle: the refusal names its whole way."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.roadmap.models import Initiative, InitiativeDependency, InitiativeRelation
from apps.roadmap.selectors.plan import every_link
from apps.roadmap.selectors.timing import conflicts
from apps.roadmap.services.propagation import find_circle
from apps.roadmap.services.rescheduling import lock_plan

NEEDED = declare_event("roadmap.dependency.added", gettext_lazy("What is needed first added"))
NEEDED_NO_MORE = declare_event("roadmap.dependency.removed", gettext_lazy("What is needed first removed"))
RELATED = declare_event("roadmap.relation.added", gettext_lazy("Related initiative added"))
RELATED_NO_MORE = declare_event("roadmap.relation.removed", gettext_lazy("Related initiative removed"))


def need_initiative(*, initiative: Initiative, needs: Initiative, by: Any, reason: str = "") -> bool:
    """`needs` has to end first. Whether the dates of both fit is the answer: False where they are in conflict now."""
    require(by, "roadmap.link_initiatives", initiative)
    with act(NEEDED, by=by, reason=reason):
        lock_plan()
        _check_needed(initiative, needs)
        link = InitiativeDependency.objects.create(initiative=initiative, needs=needs)
    return not conflicts().filter(pk=link.pk).exists()


def need_initiative_no_more(*, initiative: Initiative, needs: Initiative, by: Any, reason: str = "") -> None:
    """The initiative does not wait for `needs` any more. A second click changes nothing."""
    require(by, "roadmap.link_initiatives", initiative)
    with act(NEEDED_NO_MORE, by=by, reason=reason):
        InitiativeDependency.objects.filter(initiative=initiative, needs=needs).delete()


def relate_initiatives(*, initiative: Initiative, other: Initiative, by: Any, reason: str = "") -> None:
    """Both should know of each other. Refuses itself and what stands there already, from whichever side."""
    require(by, "roadmap.link_initiatives", initiative)
    with act(RELATED, by=by, reason=reason):
        lock_plan()
        if other.pk == initiative.pk:
            raise Unmet(_("An initiative is not related to itself."))
        if _relations(initiative, other).exists():
            raise Unmet(_("%(number)s stands there already.") % {"number": name_of(other)})
        InitiativeRelation.objects.create(initiative=initiative, other=other)


def relate_initiatives_no_more(*, initiative: Initiative, other: Initiative, by: Any, reason: str = "") -> None:
    """Takes the relation away, whichever of the two names the other. A second click changes nothing."""
    require(by, "roadmap.link_initiatives", initiative)
    with act(RELATED_NO_MORE, by=by, reason=reason):
        _relations(initiative, other).delete()


def name_of(initiative: Initiative) -> str:
    """Its number, or its title where it has none yet."""
    return initiative.number or initiative.title


def _relations(one: Initiative, other: Initiative) -> Any:
    both = (one.pk, other.pk)
    return InitiativeRelation.objects.filter(initiative__in=both, other__in=both)


def _check_needed(initiative: Initiative, needs: Initiative) -> None:
    if needs.pk == initiative.pk:
        raise Unmet(_("An initiative cannot wait for itself."))
    if InitiativeDependency.objects.filter(initiative=initiative, needs=needs).exists():
        raise Unmet(_("%(number)s stands there already.") % {"number": name_of(needs)})
    if circle := find_circle(every_link(), (initiative.pk, needs.pk)):
        named = Initiative.objects.in_bulk(circle)
        way = " → ".join(name_of(named[key]) for key in circle)
        raise Unmet(_("They would wait for each other in a circle: %(way)s. None of them could begin.") % {"way": way})
