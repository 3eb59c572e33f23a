"""What CP932 cannot hold: each character that becomes 〓, and where it stands, so that people mend it by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports.flat import csv_columns, csv_row
from apps.core.writers import Column
from apps.core.writers.csv import write_csv


@dataclass(frozen=True)
class Lost:
    """One character of one cell of the request's CSV."""

    character: str
    project_code: str
    project: str
    column: str

    @property
    def code(self) -> str:
        """U+20BB7; several where a variation selector follows."""
        return " ".join(f"U+{ord(each):04X}" for each in self.character)


def lost_characters(proposals: Iterable[Any]) -> Iterator[Lost]:
    """Every loss in the order of the file."""
    columns = csv_columns()
    for proposal in proposals:
        for column, cell in zip(columns, csv_row(proposal), strict=True):
            if isinstance(cell, str) and not cell.isascii():
                for character in _lost_in(cell):
                    yield Lost(character, proposal.project_code, proposal.name, column.label)


def _lost_in(text: str) -> list[str]:
    file = write_csv([Column("text", "")], [[text]], encoding="cp932")
    for _chunk in file:
        pass
    return file.lost


def lost_csv(proposals: Iterable[Any]) -> bytes:
    """The companion of the CP932 file, itself in UTF-8."""
    columns = [
        Column("character", _("Character")),
        Column("code", _("Code")),
        Column("project_code", _("Project code"), "code"),
        Column("project", _("Project")),
        Column("column", _("Column")),
    ]
    rows = (
        [lost.character, lost.code, lost.project_code, lost.project, lost.column] for lost in lost_characters(proposals)
    )
    return b"".join(write_csv(columns, rows))
