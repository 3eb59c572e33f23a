"""Who is told what of a hurdle. The reporter is always told what became of it; no text names a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.notices import tell_watchers
from apps.core.registry import Event
from apps.hurdles.models import Hurdle
from apps.organization.selectors import people_of

# The answers to the section that reported it: these go to its people and to the reporter.
ANSWERS = {
    "organize": _("%(number)s “%(title)s” was taken up."),
    "return": _("%(number)s “%(title)s” came back with a question."),
    "set_policy": _("A policy was decided for %(number)s “%(title)s”."),
    "petition": _("A petition to the nation was made of %(number)s “%(title)s”."),
    "start": _("Work has begun on %(number)s “%(title)s”."),
    "resolve_partly": _("%(number)s “%(title)s” is partly resolved."),
    "resolve": _("%(number)s “%(title)s” is resolved."),
    "defer": _("%(number)s “%(title)s” was deferred."),
    "resume": _("%(number)s “%(title)s” was resumed."),
    "reopen": _("%(number)s “%(title)s” was reopened."),
    "merge": _("%(number)s “%(title)s” was merged into another hurdle."),
    "propose_resolution": _("%(number)s “%(title)s” is said to be resolved. A second person confirms it."),
}
# Of the rest only those hear who watch the hurdle.
NEWS = {
    "draft_policy": _("A policy is being drafted for %(number)s “%(title)s”."),
    "put_before_headquarters": _("%(number)s “%(title)s” was put before the headquarters meeting."),
    "refuse_resolution": _("The resolution of %(number)s “%(title)s” was not confirmed."),
    "answer_lasting": _("The resolution of %(number)s “%(title)s” has lasted."),
    "progress": _("There is progress on %(number)s “%(title)s”: %(health)s."),
    "target": _("The target date of %(number)s “%(title)s” is now %(day)s."),
    "refuse_move": _("The target date of %(number)s “%(title)s” stays as it is."),
    "next_action": _("It was decided what is next for %(number)s “%(title)s”."),
}


def tell_of(
    verb: str, hurdle: Hurdle, *, event: Event, by: Any, also: tuple[Any, ...] = (), answer: str = "", **words: Any
) -> None:
    """Tells those whom it concerns, in the transaction of the act.

    `also` are further people, `answer` is what somebody answered, `words` are what the sentence needs besides.
    """
    text = (ANSWERS.get(verb) or NEWS[verb]) % {"number": hurdle.number, "title": hurdle.title, **words}
    if answer:
        text += _(" Answer: %(answer)s") % {"answer": answer}
    people = [*also, *(_reporting_people(hurdle) if verb in ANSWERS else [])]
    tell_watchers(hurdle, event=event, text=text, by=by, also=[each for each in people if each])


def _reporting_people(hurdle: Hurdle) -> list[Any]:
    """The promoter and the manager of the reporting unit, and the reporter."""
    return [*people_of(hurdle.reporting_unit), hurdle.reporter]
