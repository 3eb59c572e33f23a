"""Ours too うちの課も: one click of another section, with its own example and loss; completed later, or taken back."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Endorsement, Hurdle
from apps.organization.models import Unit

ENDORSED = declare_event("hurdles.hurdle.endorsed", gettext_lazy("Ours too added"))
ENDORSEMENT_CHANGED = declare_event("hurdles.endorsement.changed", gettext_lazy("Ours too changed"))
ENDORSEMENT_WITHDRAWN = declare_event("hurdles.endorsement.withdrawn", gettext_lazy("Ours too taken back"))
# Of these acts only the section is shown to others, not who in it did it.
ENDORSEMENT_EVENTS = frozenset({ENDORSED.name, ENDORSEMENT_CHANGED.name, ENDORSEMENT_WITHDRAWN.name})


def endorse_hurdle(*, hurdle: Hurdle, example: str, by: Any, **loss: int | None) -> Endorsement:
    """The person's section says "ours too"; `loss` are hours_lost and yen_lost. A second click changes nothing."""
    require(by, "hurdles.endorse_hurdle", hurdle)
    if hurdle.status in {HurdleStatus.DRAFT, HurdleStatus.MERGED}:
        raise Unmet(_("A draft or a merged hurdle takes no “ours too”."))
    with act(ENDORSED, by=by):
        # The row of the hurdle is locked, so that of two clicks at once the second one finds the first.
        Hurdle.objects.select_for_update().get(pk=hurdle.pk)
        voice, is_new = Endorsement.objects.get_or_create(
            hurdle=hurdle,
            unit=by.unit,
            defaults={"example": example, "endorsed_on": clock.today(), "endorsed_by": by, **loss},
        )
        if is_new:
            text = _("%(unit)s says “ours too” to %(number)s “%(title)s”.")
            _tell(hurdle, voice.unit, ENDORSED, text=text, by=by)
    return voice


def change_endorsement(*, endorsement: Endorsement, seen: str, values: dict[str, Any], by: Any) -> Endorsement:
    """The section completes or corrects its example and loss; `seen` marks what the form showed (parts.seen_as).

    Raises StalePart, and writes nothing, where a colleague has changed it since. The same words sent again change
    nothing.
    """
    require(by, "hurdles.change_endorsement", endorsement)
    with act(ENDORSEMENT_CHANGED, by=by):
        present = Endorsement.objects.select_for_update().filter(pk=endorsement.pk).first()
        if present is None:
            raise Unmet(_("This “ours too” has been taken back in the meantime."))
        if all(getattr(present, name) == value for name, value in values.items()):
            return present
        if seen_as(present) != seen:
            raise StalePart(present)
        for name, value in values.items():
            setattr(present, name, value)
        present.save(update_fields=list(values))
    return present


def withdraw_endorsement(*, endorsement: Endorsement, by: Any, reason: str = "") -> None:
    """Takes "ours too" back; the history keeps what was said."""
    require(by, "hurdles.withdraw_endorsement", endorsement)
    hurdle, unit = endorsement.hurdle, endorsement.unit
    with act(ENDORSEMENT_WITHDRAWN, by=by, reason=reason):
        endorsement.delete()
        text = _("%(unit)s has taken back its “ours too” to %(number)s “%(title)s”.")
        _tell(hurdle, unit, ENDORSEMENT_WITHDRAWN, text=text, by=by)


def _tell(hurdle: Hurdle, unit: Unit, event: Event, *, text: str, by: Any) -> None:
    """Who watches the hurdle and who reported it are told which section it was, never which person."""
    also = [hurdle.reporter] if hurdle.reporter else []
    words = text % {"unit": unit, "number": hurdle.number, "title": hurdle.title}
    tell_watchers(hurdle, event=event, text=words, by=by, also=also)
