"""Reads what people added to a record, for those who see the record."""

import uuid
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from apps.core.models import Attachment, Comment, Watch
from apps.core.permissions import permitted
from apps.core.record_kinds import RecordKind, find_record, kind_of
from apps.core.talk.forms import AttachmentForm, CommentForm

TALK = (Comment, Attachment)
# The page of a record shows the last ones; all of them have a page of their own.
SHOWN = 30


def talk_context(record: Any, user: Any) -> dict[str, Any]:
    """What `components/talk.html` and `components/watch.html` show, in three queries however much was said."""
    kind = kind_of(record)
    newest = list(comments_of(record).reverse()[: SHOWN + 1])
    return {
        "comments": [_comment(comment, record, kind, user) for comment in newest[:SHOWN][::-1]],
        "earlier": len(newest) > SHOWN,
        "attachments": [_attachment(each, record, kind, user) for each in attachments_of(record)],
        **watching(record, user),
        **forms_for(record, user),
        **addresses(record),
    }


def comments_of(record: Any) -> QuerySet[Comment]:
    """All comments on a record, the first one first."""
    here = Comment.objects.filter(kind=kind_of(record).name, record=record.uid)
    return here.select_related("author").order_by("said_at", "pk")


def comments_shown(comments: Any, record: Any, user: Any) -> list[dict[str, Any]]:
    """Comments as a page shows them to this person."""
    kind = kind_of(record)
    return [_comment(comment, record, kind, user) for comment in comments]


def _comment(comment: Comment, record: Any, kind: RecordKind, user: Any) -> dict[str, Any]:
    return {
        "uid": comment.uid,
        "name": kind.shown_name(record, comment.author, user),
        "said_at": comment.said_at,
        "withdrawn": comment.withdrawn_at is not None,
        "text": "" if comment.withdrawn_at else comment.text,
        "may_withdraw": not comment.withdrawn_at and permitted(user, "core.withdraw_comment", comment),
    }


def attachments_of(record: Any) -> QuerySet[Attachment]:
    """The files of a record that were not taken back."""
    here = Attachment.objects.filter(kind=kind_of(record).name, record=record.uid, withdrawn_at__isnull=True)
    return here.select_related("added_by")


def _attachment(attachment: Attachment, record: Any, kind: RecordKind, user: Any) -> dict[str, Any]:
    return {
        "uid": attachment.uid,
        "name": attachment.name,
        "size": attachment.size,
        "added_at": attachment.added_at,
        "added_by": kind.shown_name(record, attachment.added_by, user),
        "may_withdraw": permitted(user, "core.withdraw_attachment", attachment),
    }


def watching(record: Any, user: Any) -> dict[str, Any]:
    """Whether this person watches the record, and how many do."""
    rows = Watch.objects.filter(kind=kind_of(record).name, record=record.uid)
    return rows.aggregate(watchers=Count("pk"), watches=Count("pk", filter=Q(person=user)))


def forms_for(record: Any, user: Any) -> dict[str, Any]:
    """Empty forms with uids of their own, where this person may write."""
    if not permitted(user, "core.add_comment", record):
        return {"may_write": False}
    return {
        "may_write": True,
        "comment_form": CommentForm(initial={"uid": uuid.uuid4()}),
        "attachment_form": AttachmentForm(initial={"uid": uuid.uuid4()}),
    }


def addresses(record: Any) -> dict[str, Any]:
    """Where the forms and buttons lead."""
    here = [kind_of(record).name, record.uid]
    names = ("comment-list", "comment-add", "attachment-add", "record-watch", "record-unwatch")
    return {f"{name.replace('-', '_')}_url": reverse(f"core:{name}", args=here) for name in names}


def find_comment(uid: Any, user: Any) -> tuple[Comment, Any] | None:
    """A comment and its record, if this person may see the record."""
    comment = Comment.objects.select_related("author").filter(uid=uid).first()
    record = find_record(comment.kind, comment.record, user) if comment else None
    return (comment, record) if comment and record else None


def find_attachment(uid: Any, user: Any) -> tuple[Attachment, Any] | None:
    """A file that was not taken back and its record, if this person may see the record."""
    attachment = Attachment.objects.select_related("added_by").filter(uid=uid, withdrawn_at__isnull=True).first()
    record = find_record(attachment.kind, attachment.record, user) if attachment else None
    return (attachment, record) if attachment and record else None
