"""How wide a picture of the roadmap is, which words its rows and headings hold, and how high that makes them."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import ngettext

from apps.roadmap.exports import texts
from apps.roadmap.selectors.picture import Group, Line

HEAD, ROW, HEADING, FOOT = 56.0, 58.0, 30.0, 24.0
LINE, SMALL_LINE = 18.0, 18.0
STATE_MARK = 14.0
SIDE = 8.0  # between the edge and the words


@dataclass(frozen=True)
class Frame:
    """How wide a picture and its columns are, in pixels; `links` for a page, a legend for a picture by itself."""

    width: float = 1296.0
    labels: float = 264.0
    vision: float = 300.0
    links: bool = True
    alone: bool = False


PAGE = Frame()
ALONE = Frame(links=False, alone=True)
# On A3 landscape, which is wide and low.
PAPER = Frame(width=1600.0, labels=300.0, vision=380.0, links=False, alone=True)
# In a report on A4: narrower, so that its words stay readable.
NARROW = Frame(width=900.0, labels=246.0, vision=244.0, links=False, alone=True)


@dataclass(frozen=True)
class Fact:
    """Words below a title: where they stand, and whether they are the state."""

    text: str
    x: float
    row: int
    is_state: bool


def title_lines(line: Line, frame: Frame) -> tuple[str, ...]:
    return texts.lines(line.title, 14, frame.labels - 2 * SIDE, bold=True)


def vision_lines(line: Line, frame: Frame) -> tuple[str, ...]:
    return texts.lines(line.ten, 12, frame.vision - 22)


def heading_lines(group: Group, frame: Frame) -> tuple[str, ...]:
    count = ngettext("%(count)d initiative", "%(count)d initiatives", len(group.lines)) % {"count": len(group.lines)}
    return texts.lines(f"{group.title}\u3000{count}", 14, frame.width - 24, bold=True)


def facts_of(line: Line, frame: Frame) -> tuple[Fact, ...]:
    return _placed(line.number, line.unit, line.status, frame.labels - 2 * SIDE)


@lru_cache(maxsize=4096)
def _placed(number: str, unit: str, status: str, room: float) -> tuple[Fact, ...]:
    """Number and unit in as many lines as they need, then the state, beside them where there is room."""
    named = texts.lines("\u3000".join(filter(None, (number, unit))), 12, room)
    placed = [Fact(text, 0.0, row, False) for row, text in enumerate(named)]
    x, row = (texts.width(named[-1], 12) + 14, len(named) - 1) if named else (0.0, 0)
    for text in texts.lines(status, 12, room - STATE_MARK):
        if x and x + STATE_MARK + texts.width(text, 12) > room:
            x, row = 0.0, row + 1
        placed.append(Fact(text, x, row, not any(fact.is_state for fact in placed)))
        x = room
    return tuple(placed)


def row_height(line: Line, frame: Frame, *, vision: bool) -> float:
    facts = facts_of(line, frame)[-1].row + 1
    left = 6 + LINE * len(title_lines(line, frame)) + SMALL_LINE * facts + 14
    right = 6 + LINE * len(vision_lines(line, frame)) + 14 if vision else 0
    return max(ROW, left, right)


def heading_height(group: Group, frame: Frame) -> float:
    return HEADING + LINE * (len(heading_lines(group, frame)) - 1) if group.title else 0.0
