"""What the page of a hurdle shows of other sections' voices."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.core.permissions import permitted
from apps.hurdles.choices import HurdleStatus, OwnerAnswer
from apps.hurdles.models import Endorsement, Hurdle, OwnerView
from apps.hurdles.selectors import AWAITED, UNANSWERED, owner_view_state

# Word and look of what the owning unit says, or does not say.
OWNER_VIEWS: dict[str, tuple[Any, str]] = {
    AWAITED: (gettext_lazy("Awaited"), "ring"),
    UNANSWERED: (gettext_lazy("No answer"), "red alert"),
    OwnerAnswer.POSSIBLE.value: (OwnerAnswer.POSSIBLE.label, "green full"),
    OwnerAnswer.CONDITIONAL.value: (OwnerAnswer.CONDITIONAL.label, "blue half"),
    OwnerAnswer.DIFFICULT.value: (OwnerAnswer.DIFFICULT.label, "orange diamond"),
}


def owner_views_context(hurdle: Any, user: Any) -> dict[str, Any]:
    """What owning units were asked and have said, and whether the person may ask or answer now."""
    asked = hurdle.views_asked
    standing = next((view for view in asked if view.unit_id == hurdle.owning_unit_id), None)
    is_open = hurdle.status != HurdleStatus.DRAFT and not hurdle.is_closed
    return {
        "owner_views": [_shown(view) for view in asked],
        "may_answer": is_open
        and standing is not None
        and not standing.answer
        and permitted(user, "hurdles.answer_owner_view", standing),
        "may_ask": is_open
        and hurdle.owning_unit_id != hurdle.reporting_unit_id
        and (standing is None or owner_view_state(standing) != AWAITED)
        and permitted(user, "hurdles.ask_owner_view", hurdle),
    }


def _shown(view: OwnerView) -> dict[str, Any]:
    state = owner_view_state(view)
    label, chip = OWNER_VIEWS[state]
    return {"view": view, "state": state, "label": label, "chip": chip}


def ours_too_context(hurdle: Hurdle, user: Any) -> dict[str, Any]:
    """Who says "ours too", what it costs all together, and what the person may do about it."""
    voices = list(hurdle.endorsements.all())
    hours_theirs, yen_theirs = (sum(getattr(each, name) or 0 for each in voices) for name in ("hours_lost", "yen_lost"))
    is_open = hurdle.status not in {HurdleStatus.DRAFT, HurdleStatus.MERGED}
    return {
        "endorsements": [_voice(each, user) for each in voices],
        "hours_theirs": hours_theirs,
        "hours_together": hours_theirs + (hurdle.hours_lost or 0),
        "yen_theirs": yen_theirs,
        "yen_together": yen_theirs + (hurdle.yen_lost or 0),
        "may_endorse": is_open
        and permitted(user, "hurdles.endorse_hurdle", hurdle)
        and not any(each.unit_id == user.unit_id for each in voices),
    }


def _voice(voice: Endorsement, user: Any) -> dict[str, Any]:
    """One section's words; who in it said so is for the section itself and the secretariat."""
    by = voice.endorsed_by if permitted(user, "hurdles.view_endorser", voice) else None
    return {"row": voice, "by": by, "may_change": permitted(user, "hurdles.change_endorsement", voice)}
