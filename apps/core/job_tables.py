"""The list of one's jobs."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.models import Job
from apps.core.tables import Column, Table
from apps.core.writers import Column as ExportColumn


def asked_at(job: Job) -> str:
    """Day and time, R8.11.23 14:05.

    The real clock, on the demo's fixed day too: what runs on a computer takes its time there and nowhere else.
    """
    moment = timezone.localtime(job.created_at)
    return f"{wareki.format_date(moment, short=True)} {moment:%H:%M}"


def progress(job: Job) -> str:
    """How far a job is that has not ended; the state says the rest."""
    return "" if job.has_ended else f"{job.progress}%"


class JobTable(Table):
    """One row for each job that the person asked for; the reason of a failure stands below its title."""

    caption = gettext_lazy("List of jobs")
    default_sort = "-asked_at"
    css = "table--mid"
    columns = (
        Column("title", gettext_lazy("Job"), "subject", link=lambda job: job.get_absolute_url()),
        Column(
            "state",
            gettext_lazy("State"),
            "chip",
            value=lambda job: job.get_state_display(),
            sort=("state",),
            chip=lambda job: job.state_chip,
        ),
        Column("progress", gettext_lazy("Progress"), value=progress),
        Column("asked_at", gettext_lazy("Asked at"), "date", value="created_at", sort=("created_at",)),
        Column(
            "result",
            gettext_lazy("Result"),
            value=lambda job: _("Open the result") if job.result_url else "",
            link=lambda job: job.result_url,
        ),
    )

    def cell(self, column: Column, row: Job) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "title":
            return {**cell, "sub": row.reason}
        return {**cell, "value": asked_at(row)} if column.key == "asked_at" else cell

    @classmethod
    def export_columns(cls, keys: Collection[str] | None = None) -> list[ExportColumn]:
        return [*super().export_columns(keys), ExportColumn("reason", _("Reason"))]

    @classmethod
    def export_rows(cls, rows: Iterable[Job], keys: Collection[str] | None = None) -> Iterable[list[Any]]:
        columns = cls.chosen(keys)
        return ([*(column.of(row) for column in columns), row.reason] for row in rows)
