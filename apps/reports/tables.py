"""The columns of the lists of reports and figures."""

from django.utils.translation import gettext_lazy as _

from apps.core.tables import Column, Table


class ReportTable(Table):
    """Reports, the newest first."""

    caption = _("List of reports")
    default_sort = "-fiscal_year"
    columns = (
        Column("title", _("Title"), "subject", link=lambda report: report.get_absolute_url()),
        Column("fiscal_year", _("Fiscal year"), sort=("fiscal_year", "kind")),
        Column("kind", _("Kind of report"), value=lambda report: report.get_kind_display(), sort=("kind",)),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda report: report.get_status_display(),
            chip=lambda report: report.status_chip,
            sort=("status",),
        ),
        Column("draft_count", _("Drafts"), "number", sort=("draft_count",)),
        Column("last_moment", _("Last draft"), "date", sort=("last_moment",)),
        Column("due_before", _("Needed before"), "date", sort=("due_before",)),
    )
