"""The table of needed and present people as a workbook: one row for each profile, unit group and year."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.core.writers import Column
from apps.core.writers.xlsx import write_xlsx
from apps.training.selectors import Gap, GapTable


def gap_workbook(table: GapTable) -> bytes:
    """All that the page shows; what is hidden there is hidden here."""
    secret = _("Confidentiality 3 (personnel section alone)") if table.with_transfers else ""
    return write_xlsx(_("People needed and present"), _columns(table), _rows(table), classification=secret)


def _columns(table: GapTable) -> list[Column]:
    transfers = [Column("transfers", _("Known transfers"), "number")] if table.with_transfers else []
    return [
        Column("profile", _("Talent profile"), "text"),
        Column("unit", _("Unit group"), "text"),
        Column("year", _("Fiscal year"), "text"),
        Column("needed", _("Needed"), "number"),
        Column("present", _("Present people"), "number"),
        Column("basis", _("Where the number comes from"), "text"),
        Column("short", _("Short"), "number"),
        Column("effect", _("Effect of the plans"), "number"),
        *transfers,
        Column("short_after", _("Short after it"), "number"),
    ]


def _rows(table: GapTable) -> Iterator[list[Any]]:
    for line in table.lines:
        for gap in line.gaps:
            yield _row(table, [line.profile.name, _("Whole city")], gap)
        for group in line.groups:
            for gap in group.gaps:
                yield _row(table, [line.profile.name, group.unit.name], gap)


def _row(table: GapTable, names: list[str], gap: Gap) -> list[Any]:
    present: Any = _("fewer than 5 people") if gap.hidden else gap.present
    short: Any = _("not shown") if gap.hidden else gap.short
    after: Any = _("not shown") if gap.hidden else gap.short_after
    transfers = [gap.transfers] if table.with_transfers else []
    return [*names, str(gap.year), gap.needed, present, gap.basis, short, gap.effect, *transfers, after]
