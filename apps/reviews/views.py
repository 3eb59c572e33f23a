"""Pages of a year's activities and of the reflections on it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.reviews.filters import ReflectionFilter
from apps.reviews.models import Activity
from apps.reviews.selectors import activities_of, answers_of, fiscal_years, latest_year, reflection_list, told_parts
from apps.reviews.tables import ReflectionTable, answer_chip, answer_words


class ReflectionList(ListPage):
    """One year on one page: what was done and what came of it, then what did not go well.

    The bare address leads to the newest year, so that the address always says which year one reads.
    """

    permission = "reviews.view_reflections"
    title = gettext_lazy("Reflections")
    table_class = ReflectionTable
    filterset_class = ReflectionFilter
    template_name = "reviews/reflection_list.html"
    file_name = "reflections"
    empty_title = gettext_lazy("No reflection matches.")
    empty_text = gettext_lazy("Take a filter away. The secretariat enters what did not go well in a year.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.GET:
            return redirect(f"{request.path}?{urlencode({'year': int(latest_year())})}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        return reflection_list(self.request.user)

    def get_title(self) -> Any:
        return _("Activities and reflections of %(year)s") % {"year": self.year} if self.year else self.title

    @cached_property
    def known_years(self) -> list[FiscalYear]:
        return fiscal_years()

    @cached_property
    def year(self) -> FiscalYear | None:
        """The year that the address names; None where it names none, or none that there is."""
        wanted = self.request.GET.get("year", "")
        return next((year for year in self.known_years if str(int(year)) == wanted), None)

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.get_title(), None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(years=self.years(), activities=self.activities(), **kwargs)

    def years(self) -> list[dict[str, Any]]:
        """A link for each year."""
        return [
            {"label": str(year), "url": f"?{urlencode({'year': int(year)})}", "current": year == self.year}
            for year in self.known_years
        ]

    def activities(self) -> list[Activity]:
        """What was done in the year; not above a search, whose hits come first."""
        narrowed = any(value for name, value in self.request.GET.items() if name not in {"year", "sort", "size"})
        return list(activities_of(self.year, self.request.user)) if self.year and not narrowed else []


class ReflectionDetail(DetailPage):
    permission = "reviews.view_reflection"
    template_name = "reviews/reflection_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return reflection_list(self.request.user)

    def crumbs(self) -> Crumbs:
        year = self.record.fiscal_year
        listed = f"{reverse('reviews:reflection-list')}?{urlencode({'year': int(year)})}"
        return [
            (_("My work"), reverse("dashboards:my-work")),
            (_("Activities and reflections of %(year)s") % {"year": year}, listed),
            (_("Reflection"), None),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reflection, user = self.record, self.request.user
        return super().get_context_data(
            state={"label": answer_words(reflection), "chip": answer_chip(reflection)},
            answers=answers_of(reflection),
            entries=entries_of(reflection, parts=list(told_parts(reflection, user))),
            panels=panels_for("reviews:reflection-detail", reflection, user),
            **kwargs,
        )
