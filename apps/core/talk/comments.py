"""Comments on a record. One is taken back, never changed or deleted."""

from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.models import Comment, Mention
from apps.core.notices import tell, watchers, who_see
from apps.core.permissions import require
from apps.core.record_kinds import kind_of, title_of
from apps.core.talk.people import Called, called_in
from apps.core.talk.watching import begin_to_watch
from apps.core.text import clean
from apps.core.transitions import Unmet

COMMENTED = declare_event("core.comment.added", gettext_lazy("Commented"))
CALLED = declare_event("core.comment.called", gettext_lazy("Called in a comment"))
WITHDRAWN = declare_event("core.comment.withdrawn", gettext_lazy("Took a comment back"))
LONGEST = 10_000


def add_comment(*, record: Any, text: str, by: Any, uid: UUID | None = None) -> tuple[Comment, Called]:
    """A comment, and whom it calls; these and those who watch are told, and these and the writer watch from now on.

    `uid` comes from the form: the same form sent twice fails on it. Raises Unmet, with nothing stored, for an empty
    text, a name of several people, and people who do not see the record.
    """
    require(by, "core.add_comment", record)
    said = _checked(text)
    called = called_in(said)
    _check_sight(record, called.people)
    with act(COMMENTED, by=by):
        comment = Comment.objects.create(
            uid=uid or uuid4(),
            kind=kind_of(record).name,
            record=record.uid,
            author=by,
            text=said,
            said_at=clock.now(),
        )
        Mention.objects.bulk_create(Mention(comment=comment, person=person) for person in called.people)
        _tell_of(record, called.people, by)
        begin_to_watch(record, [by, *called.people])
    return comment, called


def _checked(text: str) -> str:
    said = clean(text).strip()
    if not said:
        raise Unmet(_("Write something first."))
    if len(said) > LONGEST:
        raise Unmet(_("A comment has at most %(most)s characters.") % {"most": f"{LONGEST:,}"})
    return said


def _check_sight(record: Any, people: list[Any]) -> None:
    seeing = {person.pk for person in who_see(record, people)}
    if blind := [person for person in people if person.pk not in seeing]:
        raise Unmet(
            _("%(people)s cannot see this record and would not be told. Take the name out, or the @ before it.")
            % {"people": "、".join(person.introduction for person in blind)}
        )


def _tell_of(record: Any, called: list[Any], by: Any) -> None:
    """The words name neither the writer, whose name not every reader may see, nor what was said."""
    title = {"record": title_of(record)}
    tell(record, people=called, event=CALLED, text=_("You are called in a comment on “%(record)s”.") % title, by=by)
    others = [person for person in watchers(record) if person not in called]
    tell(record, people=others, event=COMMENTED, text=_("There is a new comment on “%(record)s”.") % title, by=by)


def withdraw_comment(*, comment: Comment, by: Any, reason: str = "") -> Comment:
    """Takes a comment back: that it was there stays, its words are no longer shown."""
    require(by, "core.withdraw_comment", comment)
    with act(WITHDRAWN, by=by, reason=reason):
        present = Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True)
        if not present.update(withdrawn_at=clock.now()):
            raise Unmet(_("This has been taken back already."))
    comment.refresh_from_db()
    return comment
