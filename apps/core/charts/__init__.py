"""Charts drawn once: one specification gives the SVG of pages and PDF and the PNG of Word.

Nothing is drawn at import, and a process whose parent had drawn refuses to (`core.forks`). Pages never draw: they show
what is stored.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import vl_convert
from lxml import etree  # type: ignore[import-untyped]

from apps.core.charts.specification import specification
from apps.core.documents import Chart
from apps.core.fonts import font_folders
from apps.core.forks import about_to_use
from apps.core.models import RenderedChart

SCALE = 3  # 1,920 pixels for the 16 cm of a page: 300 a inch
_ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "tspan"}
_ATTRIBUTES = {
    "width", "height", "viewBox", "version", "transform", "d", "x", "y", "x2", "y2", "dx", "dy",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-miterlimit", "stroke-opacity", "fill-opacity",
    "opacity", "display", "pointer-events", "text-anchor", "font-family", "font-size", "font-weight",
}  # fmt: skip
_SILENT = ("class", "role", "aria-")  # names of the library's own parts, which would be read out
_SVG = "{http://www.w3.org/2000/svg}"


class UnsafePicture(ValueError):
    """A drawing that holds more than shapes and words, and so does not belong on a page."""


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


def size(svg: str) -> tuple[float, float]:
    """The width and height of a drawing in pixels."""
    found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    if not found:
        raise ValueError("this is not a drawing of a chart")
    return float(found[1]), float(found[2])


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


@cache
def _register_fonts() -> None:
    for folder in font_folders():
        vl_convert.register_font_directory(folder)


def shapes_and_words(svg: str) -> str:
    """The same drawing, as it may stand within a page: no script, no style, no address. Raises UnsafePicture."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(svg.encode(), parser)
    for element in root.iter():
        _check_element(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _check_element(element: etree._Element) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag.removeprefix(_SVG) not in _ELEMENTS or not tag.startswith(_SVG):
        raise UnsafePicture(f"<{tag}> does not belong in a chart")
    for name in [str(name) for name in element.attrib]:
        if name.startswith(_SILENT):
            del element.attrib[name]
    odd = {str(name) for name in element.attrib} - _ATTRIBUTES
    if odd or any("url(" in str(value) for value in element.attrib.values()):
        raise UnsafePicture(f"{', '.join(sorted(odd)) or 'an address'} does not belong in a chart")
