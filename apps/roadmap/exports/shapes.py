"""Shapes and words of a drawing as SVG text. What people wrote is escaped here, and nowhere else put into a drawing.

Looks are presentation attributes: they hold under the strict policy of a page, and outside of it.
"""

import re
from html import escape

INK, SUB, RULE, GRID = "#1a1a1a", "#666666", "#7f7f7f", "#cccccc"
KEY, PALE, GRAY, LIGHT, SOFT = "#0017c1", "#c5d7fb", "#949494", "#e6e6e6", "#f2f2f2"
GREEN, RED, RED_WORDS, WHITE, DARK = "#197a4b", "#ce0000", "#a90000", "#ffffff", "#4d4d4d"
TONES = {"green": GREEN, "blue": KEY}
_SPECIAL = re.compile("[&<>\"']")


def escaped(text: str) -> str:
    """As it may stand in text and in an attribute; most words hold nothing special, and looking is faster."""
    return escape(text) if _SPECIAL.search(text) else text


def words(
    x: float, y: float, text: str, *, size: int = 14, bold: bool = False, fill: str = INK, anchor: str = "start"
) -> str:
    look = f' font-size="{size}"' if size != 14 else ""
    look += ' font-weight="700"' if bold else ""
    look += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}"{look}>{escaped(text)}</text>'


def box(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{extra}/>'


def rule(x: float, y: float, x2: float, y2: float, stroke: str = GRID, extra: str = "") -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{extra}/>'


def diamond(x: float, y: float, achieved: bool, title: str = "") -> str:
    """A milestone: hollow while it is planned, filled when it is achieved."""
    look = f'fill="{GREEN}" stroke="{WHITE}"' if achieved else f'fill="{WHITE}" stroke="{SUB}"'
    said = f"<title>{escaped(title)}</title>" if title else ""
    return f'<path d="M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z" {look}>{said}</path>'


def pointer(x: float, y: float, way: str, fill: str, stroke: str = "none") -> str:
    """A small triangle whose tip is at x, y."""
    back = {"down": "l-5 -8h10z", "up": "l-5 8h10z", "left": "l8 -5v10z", "right": "l-8 -5v10z"}[way]
    edge = "" if stroke == "none" else f' stroke="{stroke}"'
    return f'<path d="M{x:.1f} {y:.1f}{back}" fill="{fill}"{edge}/>'


def state_mark(x: float, y: float, chip: str) -> str:
    """The ring of a state, empty, half or full, or the bar of what was given up, 10 wide; the word stands beside it."""
    parts = chip.split()
    tone = next((TONES[part] for part in parts if part in TONES), SUB)
    if "bar" in parts:
        return box(x, y - 1, 10, 2, tone)
    fill = tone if "full" in parts else "none"
    ring = f'<circle cx="{x + 5:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{tone}" stroke-width="2"/>'
    half = f'<path d="M{x + 1:.1f} {y:.1f}a4 4 0 0 0 8 0z" fill="{tone}"/>' if "half" in parts else ""
    return ring + half


def alert(x: float, y: float) -> str:
    """A red disc with its mark of exclamation."""
    disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{RED}"/>'
    return disc + words(x, y + 5, "!", bold=True, fill=WHITE, anchor="middle")
