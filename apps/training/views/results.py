"""What came of the training in a fiscal year 育成の成果: numbers alone, the same for all who may open the page."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, money
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.registry import Figure, Standpoint
from apps.training import figures, selectors
from apps.training.selectors import Share
from apps.training.views.crumbs import crumbs

HEADLINE = (
    figures.GAP,
    figures.SHARE_OF_COURSES,
    figures.WENT_ON,
    figures.UNITS_SILENT,
    figures.PLACED,
)
DEFINED = (
    figures.GAP_BY_PROFILE,
    figures.SHARE_OF_COURSES,
    figures.SHARE_OF_SESSIONS,
    figures.SHARE_OF_PEOPLE,
    figures.WENT_ON,
    figures.UNITS_SILENT,
    figures.PLACED,
)


class Results(Page):
    """What came of it?"""

    permission = "training.view_results"
    title = gettext_lazy("Results of the training")
    template_name = "training/results.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not set(request.GET) <= {"year"} or self.here is None:
            reason = _("Choose one of the fiscal years of the list.")
            return self.refused(reason)
        return super().get(request, *args, **kwargs)

    def crumbs(self) -> Crumbs:
        return crumbs((self.title, None))

    @cached_property
    def years(self) -> list[FiscalYear]:
        return selectors.course_years()

    @cached_property
    def here(self) -> Standpoint | None:
        """The year that the address asks for, else this one; None where it asks for something else."""
        asked = self.request.GET.get("year") or str(int(FiscalYear.of(clock.today())))
        found = next((year for year in self.years if str(int(year)) == asked), None)
        return Standpoint(self.request.user, found) if found else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.here
        assert here is not None  # noqa: S101 get() has refused everything else
        year, user = here.year, here.user
        return super().get_context_data(
            year=year,
            years=self.years,
            stats=[_stat(figure, here) for figure in HEADLINE],
            definitions=DEFINED,
            gap_chart=_bars(figures.GAP_BY_PROFILE, here),
            gaps=selectors.gap_table(),
            shares=_shares(here),
            share_chart=_share_chart(here),
            ad_hoc=selectors.ad_hoc_courses(year, user),
            going_on=selectors.going_on(year, user),
            silent=selectors.nobody_came(year, user),
            placements=selectors.placements(year),
            answers=selectors.answers_by_course(year, user),
            evaluations=selectors.evaluation_table(year, user),
            **kwargs,
        )


def _stat(figure: Figure, here: Standpoint) -> dict[str, Any]:
    value = figure.count(here)
    if value is None:
        return {"label": figure.label, "value": "－", "unit": "", "url": figure.link(here), "note": _("cannot be told")}
    return {"label": figure.label, "value": money.number(value), "unit": figure.unit, "url": figure.link(here)}


def _bars(figure: Figure, here: Standpoint) -> dict[str, Any]:
    """A breakdown as bars, with its definition."""
    rows = [{**row, "text": money.number(row["value"])} for row in figure.count(here)]
    return {
        "title": figure.label,
        "lead": figure.definition,
        "unit": figure.unit,
        "rows": rows,
        "max": max((row["value"] for row in rows), default=0) or 1,
    }


def _shares(here: Standpoint) -> list[dict[str, Any]]:
    """Courses, sessions and people, each inside and outside of plans; a number leads to what it counts."""
    courses, held = figures.courses_url, figures.held_url
    rows: list[tuple[Any, Share, Any, Figure]] = [
        (_("Courses"), selectors.share_of_courses(here.year, here.user), courses, figures.SHARE_OF_COURSES),
        (_("Sessions held"), selectors.share_of_sessions(here.year, here.user), held, figures.SHARE_OF_SESSIONS),
        (
            _("People who completed them"),
            selectors.share_of_people(here.year, here.user),
            held,
            figures.SHARE_OF_PEOPLE,
        ),
    ]
    return [
        {
            "label": label,
            "share": share,
            "url": list_of(here),
            "planned_url": list_of(here, adhoc="no"),
            "ad_hoc_url": list_of(here, adhoc="yes"),
            "definition": figure.definition,
        }
        for label, share, list_of, figure in rows
    ]


def _share_chart(here: Standpoint) -> dict[str, Any]:
    """The shares that lie outside of a plan, of a hundred."""
    rows = [
        {
            "label": row["label"],
            "value": row["share"].percent,
            "text": money.number(row["share"].percent),
            "url": row["ad_hoc_url"],
            "tone": "gray",
        }
        for row in _shares(here)
        if row["share"].percent is not None
    ]
    return {"title": _("Share outside of a plan"), "lead": "", "unit": "%", "rows": rows, "max": 100}
