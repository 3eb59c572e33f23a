"""The budget request of the next fiscal year, in 千円."""

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import in_book_order, proposal_list, totals_of
from apps.core.documents import Block, DataTable, TableColumn
from apps.core.registry import Standpoint
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import bars, day, k, key_figures

SOURCES = tuple(f"{source.value}_k" for source in Source)


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, sources as bars, every proposal with its sources and the total, the plans that were reviewed."""
    return [
        key_figures(standpoint, "budget.request", "budget.proposals"),
        bars(standpoint, "budget.request_by_source"),
        _proposals(standpoint),
        _plans(standpoint),
    ]


def _proposals(standpoint: Standpoint) -> DataTable:
    proposals = list(in_book_order(proposal_list(standpoint.user).filter(fiscal_year=standpoint.year.next)))
    totals = totals_of(proposals)
    amounts = ("request_k", *SOURCES, "general_k", "change_k")
    return DataTable(
        title=_("Proposals for %(year)s") % {"year": standpoint.year.next},
        columns=(
            TableColumn(_("Project")),
            TableColumn(_("Request"), "number"),
            *(TableColumn(str(source.label), "number") for source in Source),
            TableColumn(_("General revenue"), "number"),
            TableColumn(_("Difference"), "number"),
        ),
        rows=tuple(
            (f"{each.name}（{each.requesting_unit}）", *(k(getattr(each, amount)) for amount in amounts))
            for each in proposals
        ),
        total=(_("Total"), *(k(totals[amount]) for amount in amounts)),
        unit=_("thousand yen"),
    )


def _plans(standpoint: Standpoint) -> DataTable:
    plans = IntroductionPlan.objects.filter(archived_at__isnull=True, fiscal_year=standpoint.year.next)
    return DataTable(
        title=_("Introduction plans and their preliminary review"),
        columns=(
            TableColumn(_("Title")),
            TableColumn(_("Section")),
            TableColumn(_("Kind")),
            TableColumn(_("What is abolished, merged or simplified first")),
            TableColumn(_("Result")),
            TableColumn(_("Reviewed on"), "date"),
        ),
        rows=tuple(
            (
                each.title,
                str(each.unit),
                str(each.get_kind_display()),
                each.simplified_first or _("nothing is said"),
                str(each.get_result_display()),
                day(each.reviewed_on),
            )
            for each in plans.select_related("unit")
        ),
    )
