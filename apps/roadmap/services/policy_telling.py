"""Who is told what of a policy: those who watch it, and the bound units where they have to know."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.notices import tell_watchers
from apps.core.registry import Event
from apps.roadmap.models import Policy

NUMBERED, DRAFT = _("%(number)s “%(title)s”"), _("“%(title)s”")
NEWS = {
    "review": _("%(policy)s is under consideration."),
    "return": _("%(policy)s went back to a draft: %(reason)s"),
    "decide": _("%(policy)s was decided."),
    "bring_into_force": _("%(policy)s is in force from %(day)s on."),
    "achieve": _("The goal of %(policy)s is achieved."),
    "withdraw": _("%(policy)s was withdrawn: %(reason)s"),
    "resume": _("%(policy)s was resumed as a draft: %(reason)s"),
    "write_text": _("%(policy)s has a new version of its text."),
    "link_hurdles": _("Hurdles were added to %(policy)s."),
    "unlink_hurdle": _("“%(hurdle)s” was taken out of %(policy)s."),
    "bind_units": _("%(policy)s binds further units."),
    "release_units": _("%(policy)s binds some units no more."),
    "adopt": _("%(unit)s has adopted %(policy)s."),
    "undo_adoption": _("The adoption of %(policy)s by %(unit)s was undone: %(reason)s"),
}


def tell_of(verb: str, policy: Policy, *, event: Event, by: Any, also: Iterable[Any] = (), **words: Any) -> None:
    """Tells those whom it concerns, in the transaction of the act; `words` are what the sentence needs besides."""
    name = (NUMBERED if policy.number else DRAFT) % {"number": policy.number, "title": policy.title}
    tell_watchers(policy, event=event, text=NEWS[verb] % {"policy": name, **words}, by=by, also=also)
