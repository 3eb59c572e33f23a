"""PDF by typst: A4, justified Japanese, tagged, with fonts that come along; the same document gives the same bytes."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.template import Engine
from django.utils.translation import override

from apps.core import charts, fonts
from apps.core.clock import TOKYO, start_of
from apps.core.documents import Chart, DataTable, Document, Figures, Picture, Placed, Text
from apps.core.drawings import size
from apps.core.forks import about_to_use
from apps.core.writers import layout

TEMPLATE = "documents/report.typ"


def write_pdf(document: Document) -> bytes:
    """The document as PDF. Charts are drawn where nobody drew them before (`charts.draw`).

    Raises ThreadsLostInFork.
    """
    return _compiled(_compiler(TEMPLATE, _data(document)), int(document.moment.timestamp()))


def compile_pdf(template: str, data: dict[str, Any], day: date) -> bytes:
    """A typst template of one's own, set with plain values that it reads from `sys.inputs.data`.

    The file says that it was made on this day. Raises ThreadsLostInFork.
    """
    return _compiled(_compiler(template, data), int(start_of(day).timestamp()))


def _compiled(compiler: typst.Compiler, moment: int) -> bytes:
    pdf = compiler.compile(format="pdf", timestamp=moment)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def chapter_pages(document: Document) -> list[int]:
    """The page on which each heading of the contents stands: the chapters, then the definitions."""
    return list(json.loads(_compiler(TEMPLATE, _data(document)).query("<pages>", field="value", one=True)))


def _compiler(template: str, data: dict[str, Any]) -> typst.Compiler:
    about_to_use("typst")
    path = _template(template)
    return typst.Compiler(
        str(path),
        root=str(path.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _template(name: str) -> Path:
    return Path(Engine.get_default().get_template(name).origin.name)


@cache
def _fonts() -> typst.Fonts:
    """The fonts, looked up once in a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts.font_folders())


def _data(document: Document) -> dict[str, Any]:
    """Everything that the template sets, as plain values."""
    moment = document.moment.astimezone(TOKYO)
    with override(layout.LANGUAGE):
        return {
            "name": document.name,
            "title": document.title,
            "title_size": layout.title_size(document.title),
            "draft": document.label_of_draft,
            "city": document.city,
            "subtitle": document.subtitle,
            "classification": document.classification,
            "year": document.year.label,
            "as_of": document.as_of_words,
            "date": {"year": moment.year, "month": moment.month, "day": moment.day},
            "sans": fonts.SANS,
            "serif": fonts.SERIF,
            "labels": layout.labels(document),
            "chapters": [
                {"heading": chapter.heading, "blocks": [_block(placed) for placed in blocks]}
                for chapter, blocks in document.placed()
            ],
            "definitions": _definitions(document),
            "definition_widths": layout.DEFINITION_WIDTHS,
        }


def _definitions(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "label": figure.label,
            "value": figure.words,
            "definition": figure.definition,
            "whole": layout.stays_whole(("", figure.label, figure.words, figure.definition), layout.DEFINITION_WIDTHS),
        }
        for number, figure in enumerate(document.figures(), start=1)
    ]


def _block(placed: Placed) -> dict[str, Any]:
    return {"block": placed.block.block, **_content(placed)}


def _content(placed: Placed) -> dict[str, Any]:
    match placed.block:
        case Text() as text:
            return {"own": text.own, "paragraphs": text.paragraphs}
        case Figures():
            return _figures(placed)
        case DataTable() as table:
            return _table(table)
        case Chart() as chart:
            return _chart(chart)
        case Picture() as picture:
            return _picture(picture)


def _figures(placed: Placed) -> dict[str, Any]:
    items = [
        {"number": number, "label": figure.label, "text": figure.text, "unit": figure.unit}
        for number, figure in placed.figures
    ]
    return {"columns": layout.tiles(len(items)), "items": items}


def _table(table: DataTable) -> dict[str, Any]:
    widths = layout.column_widths(table)
    return {
        "title": table.title,
        "unit": layout.unit_words(table.unit),
        "note": layout.note_words(table),
        "widths": widths,
        "columns": [{"label": column.label, "kind": column.kind} for column in table.columns],
        "rows": [{"cells": row, "whole": layout.stays_whole(row, widths)} for row in table.rows],
        "total": table.total,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    svg = charts.draw(chart).svg
    return {
        "title": chart.title,
        "lead": chart.lead,
        "unit": layout.unit_words(chart.unit),
        "svg": svg,
        "width": layout.picture_width(charts.size(svg)),
        "alt": chart.description,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "title": picture.title,
        "lead": picture.lead,
        "unit": "",
        "svg": picture.svg,
        "width": layout.picture_width(size(picture.svg)),
        "alt": picture.description,
    }
