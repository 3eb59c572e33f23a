"""What every editable record has: a version, an archive mark, and where it was loaded from."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core import clock


class PortalTimeField(models.DateTimeField):
    """`auto_now` by the portal's clock: what changes a record says the same time, whichever way it is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.auto_now or (self.auto_now_add and add):
            setattr(model_instance, self.attname, clock.now())
        return getattr(model_instance, self.attname)

    def deconstruct(self) -> Any:
        """For migrations it is Django's field: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


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
    created_at = PortalTimeField(_("Created at"), auto_now_add=True)
    updated_at = PortalTimeField(_("Updated at"), auto_now=True)

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
