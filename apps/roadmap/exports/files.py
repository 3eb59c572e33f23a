"""The picture as a file: SVG, PNG, a PDF on A3 landscape, and an Excel workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.core import charts, fonts
from apps.core.drawings import size
from apps.core.wareki import format_date
from apps.core.writers import layout
from apps.core.writers.pdf import compile_pdf
from apps.roadmap.exports.frame import PAPER
from apps.roadmap.exports.layout import description, picture_title
from apps.roadmap.exports.legend import baseline_words
from apps.roadmap.exports.render import sheets_of, svg_alone
from apps.roadmap.exports.twin import columns, spoken, twin_of
from apps.roadmap.exports.window import Window
from apps.roadmap.exports.workbook import write_workbook
from apps.roadmap.selectors.picture import Plan

HIGHEST_PNG = 12_000  # pixels: more of them would fill the memory of a worker
SHEET = (396.0, 240.0)  # mm of an A3 landscape sheet that a picture may take
SHEET_HEIGHT = 950.0  # pixels of a picture that is as wide as the sheet
TOGETHER = 1_250.0  # up to here a picture is made smaller to stay on one sheet
CONFLICTS_NAMED = 3


@dataclass(frozen=True)
class Asked:
    """What a file is made of."""

    plan: Plan
    window: Window
    today: date
    city: str
    classification: str

    @property
    def title(self) -> str:
        return _("Roadmap")


def _svg(asked: Asked) -> bytes:
    return svg_alone(asked.plan, asked.window, asked.today).encode()


def _png(asked: Asked) -> bytes:
    svg = svg_alone(asked.plan, asked.window, asked.today)
    return charts.as_png(svg, scale=min(2.0, HIGHEST_PNG / size(svg)[1]))


def _pdf(asked: Asked) -> bytes:
    """The picture, on as many sheets as it needs, and its table."""
    with override(layout.LANGUAGE):
        return compile_pdf("documents/roadmap.typ", _paper(asked), asked.today)


def _paper(asked: Asked) -> dict[str, Any]:
    plan, window = asked.plan, asked.window
    sheets = sheets_of(plan, window, PAPER, TOGETHER)
    if len(sheets) > 1:
        sheets = sheets_of(plan, window, PAPER, SHEET_HEIGHT)
    return {
        "title": asked.title,
        "city": asked.city,
        "classification": asked.classification,
        "as_of": _("as of %(day)s") % {"day": format_date(asked.today)},
        "lead": picture_title(plan, window),
        "date": {"year": asked.today.year, "month": asked.today.month, "day": asked.today.day},
        "sans": fonts.SANS,
        "pictures": [_on_sheet(sheet, asked) for sheet in sheets if sheet.groups],
        "conflicts": [spoken(line) for line in plan.lines if line.unfit][:CONFLICTS_NAMED],
        "labels": {"conflicts": _("Dates that do not fit together"), "table": _("As a table")},
        "note": baseline_words(plan.baseline) if plan.baseline else "",
        "columns": columns(plan),
        "groups": [
            {"title": group.title, "rows": [twin_of(line).cells for line in group.lines]} for group in plan.groups
        ],
        "nothing": _("No initiative matches."),
    }


def _on_sheet(plan: Plan, asked: Asked) -> dict[str, Any]:
    svg = svg_alone(plan, asked.window, asked.today, PAPER)
    width, height = size(svg)
    return {"svg": svg, "width": min(SHEET[0], SHEET[1] * width / height), "alt": description(plan)}


def _xlsx(asked: Asked) -> bytes:
    return write_workbook(asked.plan, asked.window, asked.today, asked.title)


# Extension, content type and writer by the word of the address.
FORMATS: dict[str, tuple[str, Callable[[Asked], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "pdf": ("application/pdf", _pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}


def picture_file(wanted: str, asked: Asked) -> tuple[str, bytes]:
    """Content type and content. PNG and PDF raise ThreadsLostInFork in a child whose parent had drawn."""
    content_type, write = FORMATS[wanted]
    return content_type, write(asked)
