"""Which hurdles an initiative clears away."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.roadmap.models import Initiative, InitiativeHurdle
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS
from apps.roadmap.services.initiative_telling import NEWS

LINKED = declare_event("roadmap.initiative.hurdle_linked", gettext_lazy("Hurdle that it clears added"))
UNLINKED = declare_event("roadmap.initiative.hurdle_unlinked", gettext_lazy("Hurdle that it clears taken out"))


def link_initiative_hurdle(*, initiative: Initiative, hurdle: Hurdle, by: Any, reason: str = "") -> InitiativeHurdle:
    """The initiative clears the hurdle. Who watches the hurdle is told. A second click changes nothing."""
    INITIATIVE_ACTS.check("hurdle", initiative, by=by)
    refuse_gone(hurdle)
    with act(LINKED, by=by, reason=reason):
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        link, is_new = InitiativeHurdle.objects.get_or_create(initiative=initiative, hurdle=hurdle)
        if is_new:
            text = NEWS["hurdle"] % {"number": initiative.number, "title": initiative.title}
            tell_watchers(hurdle, event=LINKED, text=text, by=by)
    return link


def refuse_gone(hurdle: Hurdle) -> None:
    """What was merged is represented by the one that it was merged into."""
    if hurdle.status == HurdleStatus.MERGED or hurdle.archived_at:
        raise Unmet(_("%(number)s was merged or archived. Choose another hurdle.") % {"number": hurdle.number or ""})


def unlink_initiative_hurdle(*, initiative: Initiative, hurdle: Hurdle, by: Any, reason: str = "") -> None:
    """It does not clear the hurdle. A second click changes nothing."""
    require(by, "roadmap.link_initiative_hurdles", initiative)
    with act(UNLINKED, by=by, reason=reason):
        InitiativeHurdle.objects.filter(initiative=initiative, hurdle=hurdle).delete()
