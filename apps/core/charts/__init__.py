"""Charts drawn once: one specification gives the SVG of pages and PDF and the PNG of Word.

Nothing is drawn at import, and a process whose parent had drawn refuses to (`core.forks`). Pages never draw: they show
what is stored.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import vl_convert

from apps.core.charts.specification import specification
from apps.core.documents import Chart
from apps.core.drawings import UnsafePicture, shapes_and_words, size
from apps.core.fonts import font_folders
from apps.core.forks import about_to_use
from apps.core.models import RenderedChart

__all__ = ["Drawn", "UnsafePicture", "as_png", "chart_key", "draw", "shapes_and_words", "size", "stored", "stored_svgs"]

SCALE = 3  # 1,920 pixels for the 16 cm of a page: 300 a inch


@dataclass(frozen=True)
class Drawn:
    """The pictures of one chart."""

    svg: str
    png: bytes


def draw(chart: Chart) -> Drawn:
    """The pictures of a chart: as stored, else drawn now and stored for the next. About a fifth of a second.

    Not within a read-only transaction. Raises ThreadsLostInFork.
    """
    key = chart_key(chart)
    known = _stored([key]).get(key)
    if known:
        return known
    drawn = _render(specification(chart))
    row = RenderedChart(key=key, svg=drawn.svg, png=drawn.png)
    RenderedChart.objects.bulk_create([row], ignore_conflicts=True)
    return drawn


def stored(chart: Chart) -> Drawn | None:
    """The pictures of a chart that was drawn before; draws nothing."""
    key = chart_key(chart)
    return _stored([key]).get(key)


def stored_svgs(charts: Iterable[Chart]) -> dict[str, str]:
    """The SVG of every chart that was drawn before, by `chart_key`, in one query."""
    keys = {chart_key(chart) for chart in charts}
    return dict(RenderedChart.objects.filter(key__in=keys).values_list("key", "svg")) if keys else {}


def chart_key(chart: Chart) -> str:
    """The name of a picture: everything that makes it look as it does."""
    source = json.dumps([specification(chart), SCALE], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(source.encode()).hexdigest()


def _stored(keys: list[str]) -> dict[str, Drawn]:
    rows = RenderedChart.objects.filter(key__in=keys)
    return {row.key: Drawn(row.svg, bytes(row.png)) for row in rows}


def _render(spec: dict[str, object]) -> Drawn:
    about_to_use("vl-convert")
    _register_fonts()
    svg = shapes_and_words(vl_convert.vegalite_to_svg(spec))
    return Drawn(svg, vl_convert.svg_to_png(svg, scale=SCALE))


def as_png(svg: str, *, scale: float) -> bytes:
    """Any drawing as pixels: `scale` of them for each of its own. Raises ThreadsLostInFork."""
    about_to_use("vl-convert")
    _register_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=scale))


@cache
def _register_fonts() -> None:
    for folder in font_folders():
        vl_convert.register_font_directory(folder)
