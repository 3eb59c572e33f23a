"""Writes of the formats in which files go to the finance system and come from it."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import FinanceFileFormat
from apps.budget.selectors.upload_columns import UPLOAD_COLUMNS, unknown_columns
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet

CREATED = declare_event("budget.format.created", gettext_lazy("Created"))
EDITED = declare_event("budget.format.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("budget.format.archived", gettext_lazy("Archived"))


def create_format(*, uid: UUID, values: dict[str, Any], by: Any) -> FinanceFileFormat:
    """A new format, the last in their order. Raises IntegrityError for a second one of the same uid or name."""
    require(by, "budget.create_format")
    _check(values)
    last = FinanceFileFormat.objects.aggregate(last=Max("order"))["last"] or 0
    with act(CREATED, by=by):
        return FinanceFileFormat.objects.create(uid=uid, order=last + 1, **values)


def edit_format(*, record: FinanceFileFormat, version: int, values: dict[str, Any], by: Any) -> FinanceFileFormat:
    """Changes a format. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "budget.edit_format", record)
    _check(values, record)
    with act(EDITED, by=by):
        save_version(record, version=version, changes=values)
    return record


def archive_format(*, record: FinanceFileFormat, version: int, by: Any) -> None:
    """Takes a format out of use; files that were taken over by it stay."""
    require(by, "budget.archive_format", record)
    with act(ARCHIVED, by=by):
        save_version(record, version=version, changes={"archived_at": clock.now()})


def _check(values: dict[str, Any], record: FinanceFileFormat | None = None) -> None:
    """Raises Unmet for a name that is taken, and for columns that nobody knows."""
    others = FinanceFileFormat.objects.filter(name=values["name"])
    if record is not None:
        others = others.exclude(pk=record.pk)
    if others.exists():
        raise Unmet(_("Another format has this name."))
    columns = values["columns"]
    if unknown := unknown_columns(columns):
        raise Unmet(
            _("There is no column “%(unknown)s”. These are known: %(known)s.")
            % {"unknown": "、".join(unknown), "known": "、".join(UPLOAD_COLUMNS)}
        )
    if len(set(columns)) < len(columns) or not columns:
        raise Unmet(_("Name at least one column, and each column once."))
