"""Visions at two horizons, the initiatives that lead there, their milestones and indicators."""

from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.documents import Block, DataTable, Picture, TableColumn, Text
from apps.core.fiscal import FiscalYear
from apps.core.registry import Standpoint
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import bars, day, key_figures, measured, year
from apps.roadmap import exports
from apps.roadmap.choices import Grouping, Span
from apps.roadmap.models import Indicator, Milestone
from apps.roadmap.selectors import (
    conflicts,
    default_baseline,
    grouped,
    initiatives_visible_to,
    plan_of,
    way_to_visions,
)

TOGETHER = 1_300.0  # up to here a picture is made smaller to stay on one page
SHEET = 1_120.0  # the highest picture that a page of the report holds at its full width


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, states as bars, visions with their initiatives, milestones of two years, indicators, conflicts."""
    return [
        key_figures(
            standpoint,
            "roadmap.visions",
            "roadmap.initiatives",
            "roadmap.initiatives_late",
            "roadmap.initiatives_slipped",
            "roadmap.conflicts",
        ),
        bars(standpoint, "roadmap.initiatives_by_status"),
        *_pictures(standpoint),
        _visions(standpoint),
        _milestones(standpoint),
        _indicators(standpoint),
        *_conflicts(),
    ]


def _pictures(standpoint: Standpoint) -> list[Block]:
    """The roadmap over ten years, in pieces that fit on a page; nothing where there is no initiative."""
    titled = grouped(initiatives_visible_to(standpoint.user), Grouping.AREA, standpoint.user)
    plan = plan_of(titled, default_baseline(), standpoint.user)
    window = exports.Window.around(Span.TEN_YEARS, standpoint.year.start)
    sheets = exports.sheets_of(plan, window, exports.NARROW, TOGETHER)
    if len(sheets) > 1:
        sheets = exports.sheets_of(plan, window, exports.NARROW, SHEET)
    sheets = [sheet for sheet in sheets if sheet.groups]
    return [
        Picture(
            title=_("Roadmap") if len(sheets) == 1 else _("Roadmap (%(number)d)") % {"number": number},
            lead=exports.picture_title(sheet, window) if number == 1 else "",
            svg=exports.svg_alone(sheet, window, clock.today(), exports.NARROW),
            description=exports.description(sheet),
        )
        for number, sheet in enumerate(sheets, start=1)
    ]


def _visions(standpoint: Standpoint) -> DataTable:
    steps = [step for _area, steps in way_to_visions(standpoint.user) for step in steps]
    return DataTable(
        title=_("The way to the visions"),
        columns=(
            TableColumn(_("Initiative")),
            TableColumn(_("Ten years ahead")),
            TableColumn(_("Three years ahead")),
            TableColumn(_("Lead unit")),
            TableColumn(_("Period"), "date"),
        ),
        rows=tuple(
            (
                str(step.initiative or ""),
                step.ten.statement if step.ten else "",
                step.three.statement if step.three else "",
                str(step.initiative.lead_unit) if step.initiative else "",
                f"{day(step.initiative.starts_on)}～{day(step.initiative.ends_on)}" if step.initiative else "",
            )
            for step in steps
        ),
    )


def _milestones(standpoint: Standpoint) -> DataTable:
    years = [standpoint.year, standpoint.year.next]
    rows = Milestone.objects.filter(
        initiative__in=initiatives_visible_to(standpoint.user), fiscal_year__in=[int(each) for each in years]
    ).select_related("initiative")
    words = {"first": years[0], "second": years[1]}
    return DataTable(
        title=_("Milestones of %(first)s and %(second)s") % words,
        columns=(
            TableColumn(_("Quarter"), "date"),
            TableColumn(_("Initiative")),
            TableColumn(_("Milestone")),
            TableColumn(_("State")),
        ),
        rows=tuple(
            (
                _quarter(each.fiscal_year, each.quarter),
                each.initiative.title,
                each.text,
                str(each.get_state_display()),
            )
            for each in rows.order_by("fiscal_year", "quarter", "initiative__number", "pk")
        ),
    )


def _quarter(fiscal_year: FiscalYear, quarter: int) -> str:
    return _("%(year)s Q%(quarter)s") % {"year": year(fiscal_year), "quarter": quarter}


def _indicators(standpoint: Standpoint) -> DataTable:
    indicators = list(
        Indicator.objects.filter(initiative__in=initiatives_visible_to(standpoint.user))
        .select_related("initiative")
        .prefetch_related("values")
        .order_by("initiative__number", "order", "pk")
    )
    years = sorted({value.fiscal_year for indicator in indicators for value in indicator.values.all()})
    return DataTable(
        title=_("Indicators and their targets"),
        columns=(
            TableColumn(_("Initiative")),
            TableColumn(_("Indicator")),
            TableColumn(_("Unit of measure")),
            TableColumn(_("Baseline"), "number"),
            *(TableColumn(year(each), "number") for each in years),
        ),
        rows=tuple(_indicator(each, years) for each in indicators),
    )


def _indicator(indicator: Indicator, years: list[FiscalYear]) -> tuple[str, ...]:
    targets = {value.fiscal_year: value.target for value in indicator.values.all()}
    return (
        str(indicator.initiative),
        indicator.name,
        indicator.unit,
        measured(indicator.baseline),
        *(measured(targets.get(each)) for each in years),
    )


def _conflicts() -> list[Block]:
    """What does not fit, in words; nothing where everything fits."""
    sentence = _("“%(initiative)s” starts on %(start)s, but needs “%(needs)s”, which ends on %(end)s.")
    lines = [
        sentence
        % {
            "initiative": each.initiative,
            "start": day(each.initiative.starts_on),
            "needs": each.needs,
            "end": day(each.needs.ends_on),
        }
        for each in conflicts()
    ]
    return [Text("\n".join(lines), "generated")] if lines else []
