"""Which hurdles an introduction plan clears; a renewal may have none."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import IntroductionPlan, PlanHurdle
from apps.budget.services.plan_flow import ACTS
from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle

LINKED = declare_event("budget.plan.hurdle_linked", gettext_lazy("Hurdle that it clears added"))
UNLINKED = declare_event("budget.plan.hurdle_unlinked", gettext_lazy("Hurdle that it clears taken out"))


def link_plan_hurdle(*, plan: IntroductionPlan, hurdle: Hurdle, by: Any, reason: str = "") -> PlanHurdle:
    """The plan clears the hurdle. Who watches the hurdle is told. A second click changes nothing."""
    ACTS.check("link_hurdles", plan, by=by)
    if hurdle.status == HurdleStatus.MERGED or hurdle.archived_at:
        raise Unmet(_("%(number)s was merged or archived. Choose another hurdle.") % {"number": hurdle.number or ""})
    with act(LINKED, by=by, reason=reason):
        IntroductionPlan.objects.select_for_update().get(pk=plan.pk)
        link, is_new = PlanHurdle.objects.get_or_create(plan=plan, hurdle=hurdle)
        if is_new:
            text = _("An introduction plan of %(unit)s is to clear this hurdle.") % {"unit": plan.unit}
            tell_watchers(hurdle, event=LINKED, text=text, by=by)
    return link


def unlink_plan_hurdle(*, plan: IntroductionPlan, hurdle: Hurdle, by: Any, reason: str = "") -> None:
    """It does not clear the hurdle. A second click changes nothing."""
    ACTS.check("link_hurdles", plan, by=by)
    with act(UNLINKED, by=by, reason=reason):
        PlanHurdle.objects.filter(plan=plan, hurdle=hurdle).delete()
