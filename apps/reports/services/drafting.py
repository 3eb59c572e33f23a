"""Making a draft: asked for in a moment, made by a worker, written once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.charts import draw
from apps.core.documents import Document
from apps.core.history import act, declare_event
from apps.core.jobs import ask_job
from apps.core.models import Job
from apps.core.permissions import require
from apps.core.transitions import WrongState
from apps.core.writers.docx import write_docx
from apps.core.writers.pdf import write_pdf
from apps.reports.choices import FileKind, ReportStatus
from apps.reports.models import Draft, DraftFile, Report
from apps.reports.selectors import MAKE_DRAFT, next_draft_number
from apps.reports.services.compose import compose
from apps.reports.services.snapshot import one_moment

DRAFTED = declare_event("reports.draft.made", gettext_lazy("Draft made"))

Progress = Callable[[int, str], None]


@dataclass(frozen=True)
class MadeDraft:
    """A draft that is written nowhere yet."""

    number: int
    document: Document
    files: dict[FileKind, bytes]


def ask_for_draft(*, report: Report, uid: UUID, by: Any) -> Job:
    """Puts the making of a draft down as a job; `uid` comes from the form, so the button pressed twice is one job.

    Raises Forbidden, and WrongState for a final report.
    """
    require(by, MAKE_DRAFT, report)
    if report.status == ReportStatus.FINAL:
        raise WrongState(_("A final report has no further drafts."))
    return ask_job(
        kind=MAKE_DRAFT,
        key=f"{MAKE_DRAFT}:{report.uid}:{uid}",
        title=_("Draft of “%(title)s”") % {"title": report.title},
        arguments={"report": str(report.uid)},
        by=by,
    )


def make_draft(report: Report, progress: Progress) -> MadeDraft:
    """Reads everything in one moment, then draws and writes; takes some seconds and changes nothing."""
    progress(5, _("Reading the records"))
    with one_moment():
        number = next_draft_number(report)
        document = compose(report, number=number)
    progress(30, _("Drawing the charts"))
    for chart in document.charts():
        draw(chart)
    progress(50, _("Writing the Word file"))
    word = write_docx(document)
    progress(70, _("Writing the PDF"))
    pdf = write_pdf(document)
    progress(95, _("Keeping the draft"))
    return MadeDraft(number, document, {FileKind.WORD: word, FileKind.PDF: pdf, FileKind.JSON: as_json(document)})


def as_json(document: Document) -> bytes:
    """The draft for other programs: every figure with value, definition, moment and the records that it counts."""
    return json.dumps(document.as_json(), ensure_ascii=False, indent=2).encode()


def keep_draft(*, made: MadeDraft, report: Report, job: Job, by: Any) -> Draft:
    """Writes the draft with its files. Raises IntegrityError where its number or its job has a draft already."""
    with act(DRAFTED, by=by):
        draft = Draft.objects.create(
            report=report,
            number=made.number,
            job=job,
            made_by=by,
            as_of=made.document.as_of,
            moment=made.document.moment,
            content=made.document.as_json(),
        )
        for kind, content in made.files.items():
            DraftFile.objects.create(draft=draft, kind=kind, content=content, sha256=sha256(content).hexdigest())
    return draft
