"""The introduction plan 導入計画書 as a paper, in PDF or Word."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from apps.budget.exports.plan_paper import plan_document
from apps.budget.selectors import plan_detail
from apps.core import clock
from apps.core.files import disposition
from apps.core.pages import DetailPage
from apps.core.writers.docx import write_docx
from apps.core.writers.pdf import write_pdf
from apps.roadmap.selectors import hurdles_of

MOST_CHARACTERS = 50  # of the plan's name in that of its file
WRITERS: dict[str, tuple[Any, str]] = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class PlanPaper(DetailPage):
    """What the review has before it, on A4: without boxes for seals."""

    permission = "budget.view_plans"

    def get_queryset(self) -> QuerySet[Any]:
        return plan_detail(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = self.kwargs["kind"]
        if kind not in WRITERS:
            raise Http404
        write, content_type = WRITERS[kind]
        hurdles = list(hurdles_of(self.record, request.user))
        document = plan_document(self.record, hurdles, _("Confidentiality 2 (within the city hall)"))
        response = HttpResponse(write(document), content_type=content_type)
        day = f"{clock.today():%Y%m%d}"
        name = "_".join((_("Introduction plan"), self.record.title[:MOST_CHARACTERS], day))
        plain = f"introduction-plan-{self.record.uid.hex[:8]}-{day}.{kind}"
        response["Content-Disposition"] = disposition(f"{name}.{kind}", plain=plain)
        return response
