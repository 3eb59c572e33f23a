"""Hurdles, what they share, and the policies that resolve them."""

from django.utils.translation import gettext as _

from apps.core.documents import Block, DataTable, TableColumn
from apps.core.registry import Standpoint
from apps.hurdles.models import CommonHurdle
from apps.hurdles.selectors import hurdle_list, submitted_hurdles
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import bars, count, day, key_figures, named
from apps.roadmap.selectors import policy_list

FIGURES = (
    "hurdles.all",
    "hurdles.open",
    "hurdles.severe",
    "hurdles.hours_lost",
    "hurdles.common",
    "roadmap.policies_decided",
)


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, states as bars, common hurdles, the hurdles from the chapter's severity on, policies."""
    return [
        key_figures(standpoint, *FIGURES),
        bars(standpoint, "hurdles.by_status"),
        _common_hurdles(),
        _hurdles(chapter, standpoint),
        _policies(standpoint),
    ]


def _common_hurdles() -> DataTable:
    rows = CommonHurdle.objects.filter(archived_at__isnull=True).select_related("lead_unit")
    return DataTable(
        title=_("Common hurdles and the direction in which they are resolved"),
        columns=(
            TableColumn(_("Common hurdle")),
            TableColumn(_("Hurdles"), "number"),
            TableColumn(_("Goal")),
            TableColumn(_("Countermeasures")),
            TableColumn(_("Lead unit")),
            TableColumn(_("Target date"), "date"),
        ),
        rows=tuple(
            (
                each.title,
                count(len(each.hurdles.all())),
                each.goal,
                each.countermeasures,
                named(each.lead_unit) if each.lead_unit else named(),
                day(each.target_date),
            )
            for each in rows.prefetch_related("hurdles")
        ),
    )


def _hurdles(chapter: ReportChapter, standpoint: Standpoint) -> DataTable:
    from_severity = chapter.severity_min or 1
    rows = hurdle_list(standpoint.user).filter(pk__in=submitted_hurdles(standpoint.user).values("pk"))
    if chapter.severity_min:
        rows = rows.filter(severity__gte=from_severity)
    title = _("Hurdles of severity %(severity)s and above") if chapter.severity_min else _("Hurdles")
    return DataTable(
        title=title % {"severity": from_severity} if chapter.severity_min else title,
        columns=(
            TableColumn(_("Number"), "code"),
            TableColumn(_("Title")),
            TableColumn(_("Owning unit")),
            TableColumn(_("State")),
            TableColumn(_("Hours/year"), "number"),
            TableColumn(_("Target date"), "date"),
        ),
        rows=tuple(
            (
                each.number or "",
                each.title,
                str(each.owning_unit or ""),
                str(each.get_status_display()),
                count(each.hours_lost),
                day(each.target_date),
            )
            for each in rows.order_by("number")
        ),
    )


def _policies(standpoint: Standpoint) -> DataTable:
    return DataTable(
        title=_("Policies and guidelines"),
        columns=(
            TableColumn(_("Number"), "code"),
            TableColumn(_("Policy")),
            TableColumn(_("Goal")),
            TableColumn(_("State")),
            TableColumn(_("Target date"), "date"),
        ),
        rows=tuple(
            (each.number or "", each.title, each.goal, str(each.get_status_display()), day(each.target_date))
            for each in policy_list(standpoint.user).order_by("number", "pk")
        ),
    )
