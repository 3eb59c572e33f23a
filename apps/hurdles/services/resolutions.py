"""That a hurdle is resolved: one person says it with evidence, a second one looks, and a year later it is asked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.models import Hurdle, Resolution
from apps.hurdles.services.flow import ACTS, FLOW
from apps.hurdles.services.telling import tell_of
from apps.hurdles.services.verbs import moved

PROPOSED = declare_event("hurdles.hurdle.resolution_proposed", gettext_lazy("Said to be resolved"))
RESOLVED = declare_event("hurdles.hurdle.resolved", gettext_lazy("Resolution confirmed"))
REFUSED = declare_event("hurdles.hurdle.resolution_refused", gettext_lazy("Resolution refused"))
LASTED = declare_event("hurdles.hurdle.lasting_answered", gettext_lazy("The resolution has lasted"))
REOPENED = declare_event("hurdles.hurdle.reopened", gettext_lazy("Reopened"))


def propose_resolution(*, hurdle: Hurdle, evidence: str, by: Any, version: int | None = None) -> Resolution:
    """Somebody says that it is resolved, and by what one sees it. The state waits for a second person."""
    ACTS.check("propose_resolution", hurdle, by=by, data={"evidence": evidence})
    with act(PROPOSED, by=by):
        resolution = Resolution.objects.create(
            hurdle=hurdle, evidence=evidence, proposed_by=by, proposed_on=clock.today()
        )
        _save(hurdle, version, {})
        tell_of("propose_resolution", hurdle, event=PROPOSED, by=by)
    return resolution


def resolve_hurdle(*, hurdle: Hurdle, by: Any, answer: str = "", version: int | None = None) -> Resolution:
    """The second person has looked. A year later the owning unit is asked whether it has lasted."""
    row = FLOW.check("resolve", hurdle, by=by)
    with act(RESOLVED, by=by, reason=answer):
        resolution = _decided(hurdle, confirmed=True, answer=answer, by=by)
        _save(hurdle, version, moved(row, reason=resolution.evidence))
        tell_of("resolve", hurdle, event=RESOLVED, by=by, also=(resolution.proposed_by,))
    return resolution


def refuse_resolution(*, hurdle: Hurdle, answer: str, by: Any, version: int | None = None) -> Resolution:
    """The second person does not see it; who said it is told why, and the state stays."""
    ACTS.check("refuse_resolution", hurdle, by=by, data={"answer": answer})
    with act(REFUSED, by=by, reason=answer):
        resolution = _decided(hurdle, confirmed=False, answer=answer, by=by)
        _save(hurdle, version, {})
        tell_of("refuse_resolution", hurdle, event=REFUSED, by=by, also=(resolution.proposed_by,), answer=answer)
    return resolution


def _decided(hurdle: Hurdle, *, confirmed: bool, answer: str, by: Any) -> Resolution:
    resolution = hurdle.resolutions.select_related("proposed_by").get(confirmed__isnull=True)
    resolution.confirmed, resolution.answer = confirmed, answer
    resolution.decided_by, resolution.decided_on = by, clock.today()
    resolution.ask_again_on = a_year_after(clock.today()) if confirmed else None
    resolution.save()
    return resolution


def a_year_after(day: date) -> date:
    """The same day of the next year; 29 February has none and gives 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def answer_lasting(*, hurdle: Hurdle, lasts: bool, by: Any, note: str = "", version: int | None = None) -> Resolution:
    """The owning unit says whether the resolution has lasted; where it has not, the hurdle is open again."""
    ACTS.check("answer_lasting", hurdle, by=by)
    resolution = hurdle.resolutions.filter(lasts__isnull=True, ask_again_on__lte=clock.today()).first()
    if resolution is None:
        raise Unmet(_("A year after the resolution it is asked whether it has lasted; nothing is asked now."))
    if not lasts and not note.strip():
        raise Unmet(_("Say why."))
    with act(LASTED if lasts else REOPENED, by=by, reason=note):
        _note_lasting(resolution, lasts, note)
        _save(hurdle, version, {} if lasts else _reopened(hurdle, note))
        if lasts:
            tell_of("answer_lasting", hurdle, event=LASTED, by=by)
        else:
            tell_of("reopen", hurdle, event=REOPENED, by=by)
    return resolution


def reopen_hurdle(*, hurdle: Hurdle, reason: str, by: Any, version: int | None = None) -> Hurdle:
    """It was not resolved after all. How often that happened is kept for ever."""
    FLOW.check("reopen", hurdle, by=by, data={"reason": reason})
    with act(REOPENED, by=by, reason=reason):
        for resolution in hurdle.resolutions.filter(confirmed=True, lasts__isnull=True):
            _note_lasting(resolution, False, reason)
        _save(hurdle, version, _reopened(hurdle, reason))
        tell_of("reopen", hurdle, event=REOPENED, by=by)
    return hurdle


def _reopened(hurdle: Hurdle, reason: str) -> dict[str, Any]:
    return moved(FLOW["reopen"], reason=reason) | {"reopened_count": hurdle.reopened_count + 1}


def _note_lasting(resolution: Resolution, lasts: bool, note: str) -> None:
    resolution.lasts, resolution.lasts_on, resolution.lasts_note = lasts, clock.today(), note
    resolution.save()


def _save(hurdle: Hurdle, version: int | None, changes: dict[str, Any]) -> None:
    save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
