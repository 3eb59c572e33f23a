"""Keeps the city's own forms of the budget request; one that was refused leaves nothing behind."""

import hashlib
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from apps.budget.models import RequestForm
from apps.budget.services.request_forms.checking import CheckedForm, check_form
from apps.core import clock
from apps.core.files import check_size, plain_name
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require

UPLOADED = declare_event("budget.form.uploaded", gettext_lazy("Uploaded"))
ARCHIVED = declare_event("budget.form.archived", gettext_lazy("Archived"))


def upload_form(
    *, uid: UUID, name: str, from_year: FiscalYear | None, file_name: str, content: bytes, by: Any
) -> tuple[RequestForm | None, CheckedForm]:
    """Keeps a form without faults; of one with faults nothing is kept.

    Raises WorkbookRefused, FileRefused, and IntegrityError for a second form of the same uid.
    """
    require(by, "budget.upload_form")
    check_size(len(content))
    checked = check_form(content)
    if checked.faults:
        return None, checked
    with act(UPLOADED, by=by, reason=file_name):
        form = RequestForm.objects.create(
            uid=uid,
            name=name,
            from_year=from_year,
            file_name=plain_name(file_name),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            taken_by=by,
            taken_at=clock.now(),
        )
    return form, checked


def archive_form(*, form: RequestForm, by: Any) -> None:
    """Takes a form out of use; a second click changes nothing."""
    require(by, "budget.archive_form", form)
    with act(ARCHIVED, by=by):
        RequestForm.objects.filter(pk=form.pk, archived_at__isnull=True).update(archived_at=clock.now())
