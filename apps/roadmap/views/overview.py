"""The roadmap as a picture, with its table, and as a file."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core import clock
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import standpoint_today
from apps.core.wareki import WarekiError, format_date
from apps.organization.selectors import city
from apps.roadmap import exports, figures, selectors
from apps.roadmap.choices import Grouping, Span
from apps.roadmap.filters import PictureFilter
from apps.roadmap.selectors.grouping import PAGE
from apps.roadmap.selectors.picture import Line, Needed, Plan

# More than these do not fit above a picture; the list shows all.
CONFLICTS_NAMED = 3
WHERE = {"from", "page", "format"}
LOOK = ("group", "span", "baseline")


@dataclass(frozen=True)
class Conflict:
    """Two initiatives whose dates do not fit, and where one sets that right."""

    line: Line
    needed: Needed
    url: str
    may_move: bool


class Overview(Page):
    """The picture: what is asked for stands in the address; what the address says and nobody knows is refused."""

    permission = "roadmap.view_overview"
    title = gettext_lazy("Roadmap")
    template_name = "roadmap/overview.html"
    body_class = "page--wide"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := self.unknown(request):
            return self.refused(refusal)
        self.filterset = PictureFilter(request.GET, queryset=self.get_queryset(), request=request)
        if not self.filterset.is_valid():
            words = "　".join(f"{self.filterset.form[name].label}：{' '.join(each)}" for name, each in self.errors())
            return self.refused(words)
        try:
            self.window = self.asked_window()
        except WarekiError as error:
            return self.refused(str(error))
        if wanted := request.GET.get("format"):
            return self.file(wanted)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return selectors.initiatives_visible_to(self.request.user)

    def errors(self) -> list[tuple[str, list[str]]]:
        return [(name, [str(each) for each in found]) for name, found in self.filterset.form.errors.items()]

    def unknown(self, request: HttpRequest) -> str | None:
        """What the address asks for and this page does not have, in words."""
        if unknown := sorted(set(request.GET) - WHERE - set(PictureFilter.base_filters)):
            return _("This page knows no “%(name)s”.") % {"name": "、".join(unknown)}
        if request.GET.get("format", "") not in {"", *exports.FORMATS}:
            return _("The picture is not available as “%(name)s”.") % {"name": request.GET["format"]}
        return None

    def asked_window(self) -> exports.Window:
        """Raises WarekiError."""
        start = self.request.GET.get("from")
        day = exports.parse_start(start) if start else clock.today()
        return exports.Window.around(self.span, day)

    @property
    def grouping(self) -> str:
        return self.filterset.form.cleaned_data["group"] or Grouping.AREA

    @property
    def span(self) -> str:
        return self.filterset.form.cleaned_data["span"] or Span.TEN_YEARS

    @cached_property
    def titled(self) -> Any:
        return selectors.grouped(self.filterset.qs, self.grouping, self.request.user)

    @property
    def pages(self) -> int:
        return ceil(sum(len(rows) for _title, rows in self.titled) / PAGE) or 1

    @property
    def page(self) -> int:
        """The page that is asked for; what is none is the first or the last one."""
        asked = self.request.GET.get("page", "")
        return min(max(int(asked), 1), self.pages) if asked.isdecimal() else 1

    def plan(self, *, whole: bool = False) -> Plan:
        rows = self.titled if whole else selectors.page_of(self.titled, self.page)
        return selectors.plan_of(rows, self.filterset.chosen_baseline, self.request.user)

    def file(self, wanted: str) -> HttpResponse:
        """The rows of the address as a file: sheets and paper hold all of them, a single picture one page."""
        asked = exports.Asked(
            plan=self.plan(whole=wanted in {"pdf", "xlsx"}),
            window=self.window,
            today=clock.today(),
            city=str(city() or ""),
            classification=_("Confidentiality 2 (within the city hall)"),
        )
        content_type, content = exports.picture_file(wanted, asked)
        response = HttpResponse(content, content_type=content_type)
        name = f"roadmap-{clock.today():%Y%m%d}.{wanted}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, today = self.plan(), clock.today()
        drawn = exports.draw(plan, self.window, today)
        return super().get_context_data(
            plan=plan,
            picture=drawn,
            svg=exports.svg_of(drawn) if plan.groups else "",
            twins=[(group.title, [exports.twin_of(line) for line in group.lines]) for group in plan.groups],
            three_years=exports.three_years_words(plan),
            lead=self.lead(plan) or drawn.title,
            **self.conflicts(plan),
            **self.ways(),
            **self.choice(),
            **kwargs,
        )

    def lead(self, plan: Plan) -> str:
        """What the ten-year picture is about, where all visions are of one year."""
        if self.span != Span.TEN_YEARS or len(plan.ten_years) != 1:
            return ""
        count = len(plan.lines)
        words = ngettext(
            "%(count)d initiative, worked back from the visions of %(year)s.",
            "%(count)d initiatives, worked back from the visions of %(year)s.",
            count,
        )
        return words % {"count": count, "year": plan.ten_years[0]}

    def conflicts(self, plan: Plan) -> dict[str, Any]:
        found = [(line, needed) for line in plan.lines for needed in line.needs if needed.unfit]
        return {
            "conflicts": [self.conflict(*pair) for pair in found[:CONFLICTS_NAMED]],
            "conflict_count": len(found),
            "conflicts_url": figures.CONFLICTS.link(standpoint_today(self.request.user)),
        }

    def conflict(self, line: Line, needed: Needed) -> Conflict:
        may_move = permitted(self.request.user, "roadmap.reschedule_initiative", line)
        moving = f"{reverse('roadmap:initiative-reschedule', args=[line.address])}?propose=after"
        return Conflict(line, needed, moving if may_move else line.url, may_move)

    def ways(self) -> dict[str, Any]:
        """Links to other spans, to other orders of the rows, to the sides, and to files."""
        return {
            "spans": [self.way(label, span == self.span, span=span) for span, label in Span.choices],
            "groupings": [self.way(label, name == self.grouping, group=name) for name, label in Grouping.choices],
            "earlier": self.side(self.window.earlier),
            "later": self.side(self.window.later),
            "back_to_today": self.address(**{"from": ""}) if self.request.GET.get("from") else "",
            "files": [self.way(kind, False, format=kind) for kind in ("svg", "png")],
            "pdf_url": self.address(format="pdf"),
            "xlsx_url": self.address(format="xlsx"),
            "page_links": self.page_links(),
        }

    def page_links(self) -> list[dict[str, Any]]:
        if self.pages == 1:
            return []
        return [self.way(str(number), number == self.page, page=str(number)) for number in range(1, self.pages + 1)]

    def way(self, label: Any, current: bool, **changes: str) -> dict[str, Any]:
        return {"label": label, "current": current, "url": self.address(**changes)}

    def side(self, window: exports.Window | None) -> dict[str, str] | None:
        if window is None:
            return None
        return {"url": self.address(**{"from": window.start.isoformat()}), "day": format_date(window.start)}

    def address(self, **changes: str) -> str:
        """The present address with some parameters changed, or taken away by an empty value."""
        query = self.request.GET.copy()
        for name in {"page", "format"} - set(changes):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def choice(self) -> dict[str, Any]:
        """The form of the conditions."""
        form, query = self.filterset.form, self.request.GET
        conditions = [field for field in form.visible_fields() if field.name not in LOOK]
        return {
            "condition_fields": conditions,
            "look_fields": [form[name] for name in LOOK],
            "in_use": sum(bool(query.get(field.name)) for field in conditions),
            "from_value": query.get("from", ""),
            "clear_url": self.request.path,
            "total": sum(len(rows) for _title, rows in self.titled),
            "nothing_at_all": not self.get_queryset().exists() if not self.titled else False,
        }
