"""The jobs of the budget."""

from io import BytesIO
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports import FILES
from apps.budget.selectors import one_view, request_of
from apps.budget.selectors.export_files import EXPORT_REQUEST
from apps.budget.services.export_files import keep_request_file
from apps.core.fiscal import FiscalYear
from apps.core.jobs import Finish, JobKind, JobRefused, Work, job_kinds
from apps.core.permissions import permitted


def run_export_request(work: Work) -> Finish:
    """Writes what the asking person sees of the request; what it gives keeps the file."""
    year, wanted = FiscalYear(work.arguments["year"]), FILES.get(work.arguments["kind"])
    if wanted is None or not permitted(work.by, EXPORT_REQUEST):
        raise JobRefused(_("The file cannot be prepared for you any more."))
    work.progress(5, _("Reading and writing the proposals"))
    file = BytesIO()
    with one_view():
        wanted.write(file, year, request_of(year, work.by))
    work.progress(95, _("Keeping the file"))

    def finish() -> dict[str, Any]:
        kept = keep_request_file(name=wanted.kept_as(year), content=file.getvalue(), by=work.by)
        return {"url": reverse("budget:request-file", args=[kept.uid]), "label": kept.name}

    return finish


job_kinds.add(
    JobKind(
        name=EXPORT_REQUEST,
        label=gettext_lazy("Budget request as a file"),
        queue="exports",
        run=run_export_request,
        permission=EXPORT_REQUEST,
    )
)
