"""The 引継書: everything that a leaver holds, to whom it goes, and where both sign."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.city.selectors.handovers import Leaver
from apps.core import clock, wareki
from apps.core.documents import Chapter, DataTable, Document, TableColumn, Text
from apps.core.fiscal import FiscalYear
from apps.organization.selectors import city


def paper_rows(row: Leaver) -> list[dict[str, Any]]:
    """What was handed over, and what is still held: each thing once."""
    done = {line["key"] for line in row.lines}
    open_items = [
        {
            "label": item.label,
            "title": item.holding.title,
            "note": item.holding.note,
            "url": item.holding.url,
            "to": str(item.proposed or "") if item.moves else _("goes with the post"),
        }
        for item in row.items
        if item.key not in done
    ]
    return [*row.lines, *open_items]


def handover_document(row: Leaver, day: date, classification: str) -> Document:
    """The paper for the leaver and the successor to sign."""
    present = city()
    unit = str(row.person.unit or "")
    return Document(
        title=_("Handover note"),
        city=present.name if present else "",
        subtitle=f"{unit}　{row.person.name}".strip(),
        label_of_draft="",
        as_of=day,
        moment=clock.now(),
        fiscal_year=int(FiscalYear.of(day)),
        classification=classification,
        chapters=(
            Chapter(1, _("The handover"), (Text(_summary(row, day), "generated"),)),
            Chapter(2, _("What is handed over"), (_things(row),)),
            Chapter(3, _("Signatures"), (_signatures(),)),
        ),
    )


def _summary(row: Leaver, day: date) -> str:
    words = _("%(person)s hands over on %(day)s what is listed below.")
    lines = [words % {"person": row.person.name, "day": wareki.format_date(day)}]
    if row.reasons:
        lines.append(_("Reason: %(reasons)s") % {"reasons": "、".join(row.reasons)})
    return "\n".join(lines)


def _things(row: Leaver) -> DataTable:
    rows = tuple((line["label"], line["title"], line["note"], line["to"]) for line in paper_rows(row))
    labels = (_("Kind"), _("Content"), _("Note"), _("Successor"))
    return DataTable(_("What is handed over"), tuple(TableColumn(label) for label in labels), rows)


def _signatures() -> DataTable:
    labels = (_("Role"), _("Unit"), _("Full name"), _("Signature"), _("Date"))
    who = (_("Handing over"), _("Taking over"), _("Section manager"))
    rows = tuple((each, "", "", "", "") for each in who)
    return DataTable(_("Signatures"), tuple(TableColumn(label) for label in labels), rows)
