"""Baselines: the list, freezing, and the comparison of two plans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import entries_of
from apps.core.pages import CreatePage, DetailPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.writers.xlsx import write_xlsx
from apps.roadmap import selectors
from apps.roadmap.exports.comparison import comparison_columns, comparison_rows
from apps.roadmap.filters import BaselineFilter
from apps.roadmap.forms.schedule import ArchiveForm, BaselineForm
from apps.roadmap.models import Baseline
from apps.roadmap.selectors.comparing import Comparison, PlanOfDay, compare, plan_of, plan_of_today
from apps.roadmap.services.baselines import archive_baseline, freeze_baseline
from apps.roadmap.tables import BaselineTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.lists import RoadmapList

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def baseline_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return roadmap_crumbs((_("Baselines"), reverse("roadmap:baseline-list")), *further)


class BaselineList(RoadmapList):
    permission = "roadmap.view_baselines"
    title = gettext_lazy("Baselines")
    table_class = BaselineTable
    filterset_class = BaselineFilter
    file_name = "baselines"
    empty_title = gettext_lazy("No baseline yet.")
    empty_text = gettext_lazy("The secretariat freezes the plan of a day, to see later what has slipped.")

    def get_queryset(self) -> QuerySet[Baseline]:
        return selectors.baseline_list(self.request.user)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "roadmap.freeze_baseline"):
            return []
        return [{"label": _("Freeze the plan of today"), "url": reverse("roadmap:baseline-freeze"), "primary": True}]


class BaselineFreeze(CreatePage):
    permission = "roadmap.freeze_baseline"
    title = gettext_lazy("Freeze the plan of today")
    template_name = "roadmap/baseline_freeze.html"
    form_class = BaselineForm

    def crumbs(self) -> Crumbs:
        return baseline_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = selectors.initiatives_visible_to(self.request.user).count()
        return super().get_context_data(held=held, **kwargs)

    def existing(self, uid: UUID) -> Baseline | None:
        return Baseline.objects.filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        baseline = freeze_baseline(uid=form.cleaned_data["uid"], **form.values(), by=self.request.user)
        return self.go(baseline, _("The plan of today is frozen as “%(name)s”.") % {"name": baseline.name})


class BaselineDetail(DetailPage):
    """The baseline beside today, or beside another one that `?with=` names; the older plan stands first."""

    permission = "roadmap.view_baselines"
    template_name = "roadmap/baseline_detail.html"
    record: Baseline

    def get_queryset(self) -> QuerySet[Baseline]:
        return selectors.baselines_visible_to(self.request.user).select_related("frozen_by")

    def crumbs(self) -> Crumbs:
        return baseline_crumbs((self.record.name, None))

    @cached_property
    def others(self) -> list[Baseline]:
        return list(selectors.baselines_visible_to(self.request.user).exclude(pk=self.record.pk))

    @cached_property
    def other(self) -> Baseline | None:
        """What it is compared with; None for today."""
        asked = self.request.GET.get("with", "")
        if asked in {"", "today"}:
            return None
        chosen = next((each for each in self.others if each.address == asked), None)
        if chosen is None:
            raise Http404
        return chosen

    def comparison(self) -> Comparison:
        plans: list[PlanOfDay] = [plan_of(self.record), plan_of(self.other) if self.other else plan_of_today()]
        if self.other and (self.other.frozen_on, self.other.pk) < (self.record.frozen_on, self.record.pk):
            plans.reverse()
        return compare(*plans)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("format") != "xlsx":
            return super().get(request, *args, **kwargs)
        content = write_xlsx(str(self.record), comparison_columns(), comparison_rows(self.comparison()))
        response = HttpResponse(content, content_type=XLSX)
        name = f"baseline-{self.record.frozen_on:%Y%m%d}-{clock.today():%Y%m%d}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query["format"] = "xlsx"
        return super().get_context_data(
            comparison=self.comparison(),
            other=self.other,
            others=self.others,
            export_url=f"?{query.urlencode()}",
            may_archive=permitted(self.request.user, "roadmap.archive_baseline", self.record),
            entries=entries_of(self.record),
            **kwargs,
        )


class BaselineArchive(VerbPage):
    permission = "roadmap.archive_baseline"
    verb_label = gettext_lazy("Archive")
    form_class = ArchiveForm
    record: Baseline

    def get_queryset(self) -> QuerySet[Baseline]:
        return selectors.baselines_visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        return baseline_crumbs((self.record.name, self.record.get_absolute_url()), (self.verb_label, None))

    def done(self, form: Any) -> HttpResponse:
        archive_baseline(baseline=self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("roadmap:baseline-list"))
