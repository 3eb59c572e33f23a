"""Who is told what of an initiative: whoever watches it, and whoever holds the post that answers for it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.notices import tell_watchers
from apps.core.registry import Event
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.posts import who_answers

# Of these the post hears as well, whether or not it watches.
TO_THE_POST = {
    "start": _("%(number)s “%(title)s” was started."),
    "cancel": _("%(number)s “%(title)s” was cancelled."),
    "resume": _("Work on %(number)s “%(title)s” goes on again."),
}
NEWS = {
    "plan": _("%(number)s “%(title)s” is in planning."),
    "go_on": _("%(number)s “%(title)s” is under way."),
    "achieve": _("%(number)s “%(title)s” is achieved."),
    "archive": _("%(number)s “%(title)s” was archived."),
    "update": _("There is news of %(number)s “%(title)s”: %(health)s."),
    "milestone": _("A milestone of %(number)s “%(title)s” was achieved: %(text)s"),
    "implementation": _("The team has implemented something for %(number)s “%(title)s”: %(text)s"),
    "hurdle": _("%(number)s “%(title)s” now clears this hurdle."),
}


def tell_of_initiative(verb: str, initiative: Initiative, *, event: Event, by: Any, **words: Any) -> None:
    """Tells those whom it concerns, in the transaction of the act; `words` are what the sentence needs besides."""
    also = who_answers(initiative).people if verb in TO_THE_POST else []
    text = (TO_THE_POST.get(verb) or NEWS[verb]) % {"number": initiative.number, "title": initiative.title, **words}
    tell_watchers(initiative, event=event, text=text, by=by, also=also)
