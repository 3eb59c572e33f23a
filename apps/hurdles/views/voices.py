"""What the page of a hurdle shows of other sections' voices."""

from typing import Any

from apps.core.permissions import permitted
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Endorsement, Hurdle


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
