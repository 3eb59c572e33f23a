"""Pages of one's jobs: the only pages that core has itself."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.job_filters import JobFilter
from apps.core.job_tables import JobTable
from apps.core.jobs import cancel_job, job_kinds, visible_to
from apps.core.jobs.asking import FLOW
from apps.core.models import Job
from apps.core.pages import DetailPage, ListPage, VerbPage
from apps.core.pages.base import Crumbs


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [(_("My work"), "/"), (_("My jobs"), reverse("core:job-list")), *further]


class JobList(ListPage):
    permission = "core.view_jobs"
    title = gettext_lazy("My jobs")
    table_class = JobTable
    filterset_class = JobFilter
    file_name = "jobs"
    empty_title = gettext_lazy("There is no job here.")
    empty_text = gettext_lazy("What takes longer, such as the draft of a report, is listed here while it is made.")

    def get_queryset(self) -> QuerySet[Job]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        return [(_("My work"), "/"), (self.title, None)]


class JobPage(DetailPage):
    """A page about one job; somebody else's answers like one that does not exist."""

    permission = "core.view_job"

    def load(self) -> None:
        found = visible_to(self.request.user).filter(uid=self.kwargs["uid"]).first()
        if found is None:
            raise Http404
        self.record = found


class JobDetail(JobPage):
    template_name = "core/job_detail.html"

    def crumbs(self) -> Crumbs:
        return _crumbs((self.record.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.record
        return super().get_context_data(
            words=words(job),
            may_cancel=bool(FLOW.possible(job, self.request.user)) and not job.cancel_asked,
            kind=job_kinds[job.kind].label if job.kind in job_kinds else job.kind,
            **kwargs,
        )


class JobStateNow(JobPage):
    """What the page's script asks for while the job goes on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        job = self.record
        answer = JsonResponse(
            {
                "state": job.state,
                "label": job.get_state_display(),
                "chip": job.state_chip,
                "words": words(job),
                "progress": job.progress,
                "ended": job.has_ended,
                "reason": job.reason,
                "result_url": job.result_url,
            }
        )
        answer["Cache-Control"] = "no-store"
        return answer


class JobCancel(VerbPage, JobPage):
    permission = "core.cancel_job"
    template_name = "core/job_cancel.html"
    verb_label = FLOW["cancel"].label

    def crumbs(self) -> Crumbs:
        return _crumbs((self.record.title, self.record.get_absolute_url()), (self.verb_label, None))

    def done(self, form: Any) -> HttpResponse:
        cancel_job(job=self.record, by=self.request.user)
        said = _("It is cancelled.") if self.record.has_ended else _("It stops at its next step.")
        return self.go(self.record, said)


def words(job: Job) -> str:
    """In one sentence, what is going on."""
    if job.has_ended:
        return str(SENTENCES[job.state])
    if job.cancel_asked:
        return _("It stops at its next step.")
    return job.step or str(SENTENCES[job.state])


SENTENCES = {
    "waiting": gettext_lazy("It begins as soon as a worker is free."),
    "running": gettext_lazy("It has begun."),
    "done": gettext_lazy("It is finished."),
    "failed": gettext_lazy("It could not be finished."),
    "cancelled": gettext_lazy("It is cancelled."),
}
