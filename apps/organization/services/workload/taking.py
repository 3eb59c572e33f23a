"""From the workbook into the survey: what would change, and the one act that changes it."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, money
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models import Upload
from apps.core.permissions import require
from apps.core.uploads import StalePreview, drop_upload, find_upload, keep_upload, still_waits
from apps.organization.models import WorkloadEntry, WorkloadImport
from apps.organization.selectors.survey_form import HEADINGS
from apps.organization.services.workload.reading import Reading, SurveyRow, read_survey

TAKEN_OVER = declare_event("organization.workload.taken_over", gettext_lazy("Taken over from Excel"))
PERMISSION = "organization.upload_workload"
PURPOSE = "organization.workload"
FIELDS = ("kind", "hours", "headcount", "routine", "core")


@dataclass(frozen=True)
class Change:
    """An entry whose values would change: the fields with old and new."""

    entry: WorkloadEntry
    row: SurveyRow

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that would change, with both values in words."""
        pairs = {name: (getattr(self.entry, name), getattr(self.row, name)) for name in FIELDS}
        return [
            {"label": HEADINGS[name], "old": _words(old), "new": _words(new)}
            for name, (old, new) in pairs.items()
            if old != new
        ]


def _words(value: Any) -> str:
    """A value of the survey as a person reads it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return (value or "－") if isinstance(value, str) else money.number(value)


@dataclass
class Plan:
    """What a workbook would do to a year's survey. What it does not name stays as it is."""

    year: FiscalYear
    new: list[SurveyRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: list[WorkloadEntry] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    taken_before: WorkloadImport | None = None

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed

    @property
    def mark(self) -> str:
        """Stands for exactly these changes; the confirmation brings it back."""
        parts = [repr((row.unit.pk, row.task, [getattr(row, name) for name in FIELDS])) for row in self.new]
        for change in self.changed:
            parts.append(repr((change.entry.pk, [(each["old"], each["new"]) for each in change.fields])))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def keep_survey(*, name: str, content: bytes, year: FiscalYear, by: Any) -> tuple[Upload | None, Reading]:
    """Keeps a workbook without faults until its preview is confirmed; of one with faults nothing is kept.

    Raises WorkbookRefused for what is no survey, and FileRefused for what is no file.
    """
    require(by, PERMISSION)
    reading = read_survey(content, year)
    if reading.faults:
        return None, reading
    return keep_upload(purpose=PURPOSE, name=name, content=content, by=by, options={"year": int(year)}), reading


def find_survey(uid: UUID, by: Any) -> Upload | None:
    """One's own workbook that waits for its confirmation."""
    return find_upload(uid=uid, purpose=PURPOSE, by=by)


def taken_over(uid: UUID) -> bool:
    """Whether an earlier click has taken this workbook over."""
    return WorkloadImport.objects.filter(uid=uid).exists()


def plan_survey(upload: Upload) -> Plan:
    """What the workbook would change, read anew; a constant number of queries for any number of rows."""
    year = FiscalYear(upload.options["year"])
    reading = read_survey(bytes(upload.content), year)
    plan = Plan(year, totals=reading.totals)
    entries = WorkloadEntry.objects.filter(fiscal_year=year).select_related("unit")
    present = {(entry.unit_id, entry.task): entry for entry in entries}
    for row in reading.rows:
        _place(plan, row, present.pop((row.unit.pk, row.task), None))
    plan.missing = list(present.values())
    plan.taken_before = WorkloadImport.objects.filter(fiscal_year=year, sha256=upload.sha256).first()
    return plan


def _place(plan: Plan, row: SurveyRow, entry: WorkloadEntry | None) -> None:
    if entry is None:
        plan.new.append(row)
    elif (change := Change(entry, row)).fields:
        plan.changed.append(change)
    else:
        plan.unchanged += 1


def take_over_survey(*, upload: Upload, mark: str, by: Any) -> WorkloadImport:
    """Writes what the preview showed in one act, whose reason is the name of the file.

    The second click of the same preview leads to what the first one did. Raises StalePreview.
    """
    require(by, PERMISSION)
    with transaction.atomic():
        if not still_waits(upload):
            return WorkloadImport.objects.get(uid=upload.uid)
        plan = plan_survey(upload)
        if plan.mark != mark:
            raise StalePreview
        with act(TAKEN_OVER, by=by, reason=upload.name):
            _write(plan)
        done = WorkloadImport.objects.create(
            uid=upload.uid,
            fiscal_year=plan.year,
            name=upload.name,
            sha256=upload.sha256,
            new=len(plan.new),
            changed=len(plan.changed),
            taken_by=by,
            taken_at=clock.now(),
        )
        drop_upload(upload=upload, by=by)
    return done


def _write(plan: Plan) -> None:
    rows = [*plan.new, *(change.row for change in plan.changed)]
    WorkloadEntry.objects.bulk_create(
        [
            WorkloadEntry(
                fiscal_year=plan.year, unit=row.unit, task=row.task, **{name: getattr(row, name) for name in FIELDS}
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["fiscal_year", "unit", "task"],
        update_fields=list(FIELDS),
    )
