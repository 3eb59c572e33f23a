"""The jobs of reports."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.jobs import Finish, JobKind, JobRefused, Work, job_kinds
from apps.reports.models import Report
from apps.reports.selectors import MAKE_DRAFT
from apps.reports.services import keep_draft, make_draft


def run_make_draft(work: Work) -> Finish:
    """Makes the draft; what it gives writes it, in the transaction that ends the job."""
    report = Report.objects.filter(uid=work.arguments["report"]).first()
    if report is None:
        raise JobRefused(_("The report is not there any more."))
    made = make_draft(report, work.progress)

    def finish() -> dict[str, Any]:
        draft = keep_draft(made=made, report=report, job=work.job, by=work.by)
        return {"url": draft.get_absolute_url(), "label": str(draft)}

    return finish


job_kinds.add(
    JobKind(
        name=MAKE_DRAFT,
        label=gettext_lazy("Draft of a report"),
        queue="reports",
        run=run_make_draft,
        permission=MAKE_DRAFT,
    )
)
