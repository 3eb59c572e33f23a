"""Pictures as SVG: within a page, by themselves, and in pieces that fit on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from apps.core.drawings import shapes_and_words
from apps.roadmap.exports.frame import ALONE, FOOT, HEAD, Frame, heading_height, row_height
from apps.roadmap.exports.layout import Picture, draw, shows_vision
from apps.roadmap.exports.legend import LEGEND_HEIGHT
from apps.roadmap.exports.window import Window
from apps.roadmap.selectors.picture import Group, Plan


def svg_of(picture: Picture) -> SafeString:
    """The drawing, to stand within a page."""
    # A template with escaping on; strip takes the line end after its comment.
    return mark_safe(render_to_string("roadmap/picture.svg", {"picture": picture}).strip())  # noqa: S308


def svg_alone(plan: Plan, window: Window, today: date, frame: Frame = ALONE) -> str:
    """The drawing by itself, with its legend: nothing in it but shapes and words."""
    return shapes_and_words(svg_of(draw(plan, window, today, frame)))


def sheets_of(plan: Plan, window: Window, frame: Frame, room: float) -> list[Plan]:
    """The same rows in plans of which none is drawn higher than `room`; a heading is repeated on the next sheet."""
    vision = shows_vision(plan, window)
    left = room - HEAD - FOOT - LEGEND_HEIGHT
    sheets: list[list[Group]] = [[]]
    used = 0.0
    for piece in _pieces(plan):
        height = row_height(piece.lines[0], frame, vision=vision)
        continues = sheets[-1] and sheets[-1][-1].title == piece.title
        need = height + (0 if continues else heading_height(piece, frame))
        if sheets[-1] and used + need > left:
            sheets.append([])
            used, continues, need = 0.0, False, height + heading_height(piece, frame)
        if continues:
            last = sheets[-1][-1]
            sheets[-1][-1] = Group(last.title, (*last.lines, *piece.lines))
        else:
            sheets[-1].append(piece)
        used += need
    return [replace(plan, groups=tuple(groups)) for groups in sheets]


def _pieces(plan: Plan) -> Iterator[Group]:
    for group in plan.groups:
        for line in group.lines:
            yield Group(group.title, (line,))
