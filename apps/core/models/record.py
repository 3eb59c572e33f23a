"""What every editable record has: a version, an archive mark, and where it was loaded from."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourcedModel(models.Model):
    """A row that may have come from a file: its key there, by which a second load knows it again."""

    source_key = models.CharField(
        _("Key in the loaded file"), max_length=100, unique=True, null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True


class Record(SourcedModel):
    """An editable record.

    `uid` is drawn when a form is first shown, so that a form sent twice makes one record. `version` counts the
    saves; a save names the version it started from and is refused where that is no longer the present one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    archived_at = models.DateTimeField(_("Archived at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Updated at"), auto_now=True)

    class Meta:
        abstract = True


class NumberedRecord(Record):
    """A record with a number such as H-2022-0001, given when it is submitted; a draft lives at its uid."""

    number = models.CharField(_("Number"), max_length=20, unique=True, null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """The last part of this record's URL."""
        return self.number or str(self.uid)

    @classmethod
    def at_address(cls, queryset: "models.QuerySet[Self]", address: str) -> "models.QuerySet[Self]":
        """The rows of `queryset` that live at `address`; at most one. Records that have no number live at their uid."""
        try:
            return queryset.filter(uid=uuid.UUID(address))
        except ValueError:
            numbered = issubclass(queryset.model, NumberedRecord)
            return queryset.filter(number=address) if numbered else queryset.none()
