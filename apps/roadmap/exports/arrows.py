"""Arrows from what must end first to what can begin then; red, with a mark and a word, where the dates do not fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.roadmap.exports import shapes, texts
from apps.roadmap.exports.axis import Axis
from apps.roadmap.exports.bars import HEIGHT, TOP
from apps.roadmap.exports.shapes import DARK, RED, RED_WORDS, WHITE
from apps.roadmap.selectors.picture import Line

EDGE = 7.0  # off the sides, where what lies outside is pointed at
CLEAR = 4.0  # between an arrow and the line of a row


@dataclass(frozen=True)
class Placed:
    """A row where it stands, and its bar."""

    line: Line
    top: float
    bottom: float
    left: float
    right: float
    inside: bool


def arrows(placed: Mapping[int, Placed], axis: Axis, *, unfit: bool) -> str:
    """Those that fit, which lie under the bars, or those that do not, which lie over them."""
    drawn = []
    for row in placed.values():
        for needed in row.line.needs:
            first = placed.get(needed.key)
            shown = first and (first.inside or row.inside) and first.line.ends_on and row.line.starts_on
            if first and shown and needed.unfit == unfit:
                drawn.append(_arrow(first, row, axis, unfit=unfit))
            elif unfit and needed.unfit and row.inside:  # what it needs is not in the picture
                drawn.append(_mark(row.left, row.top + CLEAR, axis))
    return "".join(drawn)


def _arrow(first: Placed, then: Placed, axis: Axis, *, unfit: bool) -> str:
    """From the end of the first bar along the edge of the other row to the start of its bar."""
    down = then.top > first.top
    x1 = min(max(first.right, axis.left + EDGE), axis.right - EDGE)
    x2 = min(max(then.left + min(10.0, max((then.right - then.left) / 2, 2.0)), axis.left + EDGE), axis.right - EDGE)
    y1 = first.top + TOP + (HEIGHT if down else 0)
    turn = then.top + CLEAR if down else then.bottom - CLEAR
    y2 = then.top + TOP - 1 if down else then.top + TOP + HEIGHT + 1
    colour, wide = (RED, 2) if unfit else (DARK, 1.5)
    stop = y2 - 6 if down else y2 + 6
    way = f"M{x1:.1f} {y1:.1f}V{turn:.1f}H{x2:.1f}V{stop:.1f}"
    drawn = f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{wide}"/>'
    drawn += shapes.pointer(x2, y2, "down" if down else "up", colour)
    return drawn + (_mark(x1, turn, axis) if unfit else "")


def _mark(x: float, y: float, axis: Axis) -> str:
    """The word beside the corner of the arrow, at whichever side there is room."""
    words = _("Conflict")
    wide = texts.width(words, 12, bold=True)
    at = x + 12 if x + 28 + wide < axis.right else x - wide - 28
    return (
        shapes.box(at + 10, y - 8, wide + 8, 16, WHITE, ' fill-opacity="0.85"')
        + shapes.alert(at, y)
        + shapes.words(at + 14, y + 5, words, size=12, bold=True, fill=RED_WORDS)
    )
