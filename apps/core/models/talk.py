"""What people add to any record: comments, attachments, watching, notices, saved searches.

Core knows no record above it, so a row names what it belongs to by the kind's name in `core.record_kinds` and by the
record's uid. Whether somebody may read it is asked of the record, never of the row.
"""

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.text import PlainCharField, PlainTextField

SHORT = 120


def shortened(text: str) -> str:
    """The beginning of a long text, for a line of the history."""
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


class AboutRecord(models.Model):
    """A row that belongs to some record."""

    kind = models.CharField(_("Kind of record"), max_length=60, editable=False)
    record = models.UUIDField(_("Record"), editable=False)

    class Meta:
        abstract = True


@pghistory.track()
class Comment(AboutRecord):
    """What somebody said about a record. It is taken back, never deleted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments", verbose_name=_("Author")
    )
    text = PlainTextField(pgettext_lazy("comment", "Text"), max_length=10_000)
    said_at = models.DateTimeField(_("Said at"))
    withdrawn_at = models.DateTimeField(_("Taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("talk", "Comment")
        verbose_name_plural = pgettext_lazy("talk", "Comments")
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["record", "kind", "said_at"], name="comment_by_record")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="comment_has_text", violation_error_message=_("Write something first.")
            )
        ]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def told(event: Any) -> str:
        """What the history tells of it: its beginning; of one that was taken back, no word."""
        return str(_("(taken back)")) if event.latest.withdrawn_at else shortened(event.text)


class Mention(models.Model):
    """A person whom a comment calls by name."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        verbose_name = _("Mention")
        verbose_name_plural = _("Mentions")
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="one_mention_a_person")]

    def __str__(self) -> str:
        return str(self.person)


@pghistory.track()
class Attachment(AboutRecord):
    """A file of a record. It lies outside the web root under its uid; its own name stands only here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = PlainCharField(_("File name"), max_length=255)
    content_type = models.CharField(_("Content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("Size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("Added by")
    )
    added_at = models.DateTimeField(_("Added at"))
    withdrawn_at = models.DateTimeField(_("Taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["record", "kind", "added_at"], name="attachment_by_record")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def told(event: Any) -> str:
        """What the history tells of it: its name, also when it was taken back."""
        return str(event.name)


class Watch(AboutRecord):
    """A person who wants to be told what happens to a record."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="watches")
    since = models.DateTimeField(_("Since"))

    class Meta:
        verbose_name = _("Watching")
        verbose_name_plural = _("Watching")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["record", "kind", "person"], name="one_watch_a_person")]

    def __str__(self) -> str:
        return str(self.person)


class Notice(AboutRecord):
    """One sentence to one person about a record: who was asked, who was called, what became of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(_("Event"), max_length=100)
    text = PlainTextField(pgettext_lazy("notice", "Text"))
    told_at = models.DateTimeField(_("Told at"))
    read_at = models.DateTimeField(_("Read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-told_at"], name="notice_by_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class SavedSearch(models.Model):
    """The conditions of a list under a name; says how many rows are new since its owner last looked."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_searches")
    list_name = models.CharField(_("List"), max_length=60)
    title = PlainCharField(_("Name"), max_length=60)
    query = models.TextField(_("Conditions"))
    looked_at = models.DateTimeField(_("Last looked at"))
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Saved search")
        verbose_name_plural = _("Saved searches")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "list_name", "title"],
                name="one_saved_search_a_name",
                violation_error_message=_("You already have a search of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ListColumns(models.Model):
    """Which columns of a list a person wants to see."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="list_columns")
    list_name = models.CharField(_("List"), max_length=60)
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("Columns"))

    class Meta:
        verbose_name = _("Columns of a list")
        verbose_name_plural = _("Columns of lists")
        constraints = [models.UniqueConstraint(fields=["person", "list_name"], name="one_choice_of_columns")]

    def __str__(self) -> str:
        return self.list_name


class Upload(models.Model):
    """A file between its upload and the person's yes to what it would change; thrown away afterwards."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=60)
    name = PlainCharField(_("File name"), max_length=255)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    sent_at = models.DateTimeField(_("Sent at"))

    class Meta:
        verbose_name = _("Upload")
        verbose_name_plural = _("Uploads")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.name
