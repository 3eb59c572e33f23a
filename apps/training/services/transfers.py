"""Transfers that are known and not public yet. They change nothing by themselves: people move when they move."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.models import Unit, User
from apps.training.choices import TransferKind
from apps.training.models import KnownTransfer
from apps.training.services.candidates import check_works_here

RECORDED = declare_event("training.transfer.recorded", gettext_lazy("Transfer recorded"))
WITHDRAWN = declare_event("training.transfer.withdrawn", gettext_lazy("Transfer taken back"))
# Nothing is known of a later year; 9999 would have no fiscal year.
LATEST = 2100


def record_transfer(
    *,
    person: User,
    kind: str,
    effective_on: date,
    by: Any,
    to_unit: Unit | None = None,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> KnownTransfer:
    """The person goes to a unit or leaves on a day; a form sent twice records it once."""
    require(by, "training.record_transfer", person)
    check_works_here(person)
    if effective_on <= clock.today():
        raise Unmet(_("Only transfers of a later day are recorded here; for those of today the employee list says it."))
    if effective_on.year > LATEST:
        raise Unmet(_("This year is too far away."))
    if kind == TransferKind.TRANSFER and to_unit is None:
        raise Unmet(_("Say to which unit."))
    if uid and (made := KnownTransfer.objects.filter(uid=uid).first()):
        return made
    if KnownTransfer.objects.filter(person=person, effective_on=effective_on, archived_at__isnull=True).exists():
        raise Unmet(_("For this person a transfer on this day is known already."))
    with act(RECORDED, by=by):
        return KnownTransfer.objects.create(
            uid=uid or uuid.uuid4(),
            person=person,
            kind=kind,
            effective_on=effective_on,
            to_unit=to_unit if kind == TransferKind.TRANSFER else None,
            note=note,
        )


def withdraw_transfer(*, transfer: KnownTransfer, by: Any, version: int, reason: str = "") -> KnownTransfer:
    """It does not come to it, or was recorded by mistake."""
    require(by, "training.withdraw_transfer", transfer.person)
    if transfer.archived_at:
        raise Unmet(_("It is taken back already."))
    with act(WITHDRAWN, by=by, reason=reason):
        save_version(transfer, version=version, changes={"archived_at": clock.now()})
    return transfer
