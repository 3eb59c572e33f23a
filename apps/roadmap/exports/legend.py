"""What the marks of a picture mean, for a picture that stands by itself."""

from typing import Any

from django.utils.translation import gettext as _

from apps.roadmap.exports import shapes, texts
from apps.roadmap.exports.shapes import DARK, GRAY, KEY, PALE, SUB

LEGEND_HEIGHT = 56.0
GAP, LINE = 24.0, 22.0
ROOM = 880.0


def baseline_words(baseline: Any) -> str:
    """基準計画（第1版）."""
    return _("Baseline (%(name)s)") % {"name": baseline}


def legend(baseline: Any, top: float, *, vision: bool) -> str:
    """Marks and words in lines, from the left."""
    x, y, drawn = 0.0, top + 18, []
    for mark, wide, words in _entries(baseline, vision=vision):
        need = wide + 8 + texts.width(words, 12)
        if x and x + need > ROOM:
            x, y = 0.0, y + LINE
        drawn.append(f'<g transform="translate({x:.1f} {y:.1f})">{mark}</g>')
        drawn.append(shapes.words(x + wide + 8, y, words, size=12))
        x += need + GAP
    return "".join(drawn)


def _entries(baseline: Any, *, vision: bool) -> list[tuple[str, float, str]]:
    """The mark, drawn on a line of words, how wide it is, and what it means."""
    bar = shapes.box(1, -11, 26, 13, PALE, f' rx="3" stroke="{KEY}"') + shapes.box(1, -11, 10, 13, KEY, ' rx="3"')
    entries = [
        (bar, 28.0, _("Period and progress")),
        (shapes.diamond(8, -4, False), 16.0, _("Milestone (planned)")),
        (shapes.diamond(8, -4, True), 16.0, _("Milestone (achieved)")),
        (shapes.rule(0, -4, 20, -4, DARK) + shapes.pointer(26, -4, "right", DARK), 28.0, _("What must end first")),
        (shapes.alert(9, -4), 18.0, _("Starts before what it needs has ended")),
    ]
    if baseline:
        entries.append((shapes.box(0, -7, 28, 5, GRAY), 28.0, baseline_words(baseline)))
    if vision:
        entries.append((shapes.rule(0, -4, 28, -4, SUB, ' stroke-dasharray="4 4"'), 28.0, _("Leads on to the vision")))
    return entries
