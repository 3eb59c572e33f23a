"""Drawings as SVG that may stand within a page and a document: shapes and words, and nothing else."""

import re

from lxml import etree  # type: ignore[import-untyped]

_ELEMENTS = {"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "title", "desc"}
_ATTRIBUTES = {
    "width", "height", "viewBox", "version", "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "rx",
    "cx", "cy", "r", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-miterlimit", "stroke-opacity",
    "fill-opacity", "opacity", "display", "pointer-events", "text-anchor", "font-family", "font-size", "font-weight",
}  # fmt: skip
_SILENT = ("class", "role", "aria-")  # names of the library's own parts, which would be read out
_SVG = "{http://www.w3.org/2000/svg}"


class UnsafePicture(ValueError):
    """A drawing that holds more than shapes and words, and so does not belong on a page."""


def size(svg: str) -> tuple[float, float]:
    """The width and height of a drawing in pixels."""
    found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    if not found:
        raise ValueError("this is not a drawing of a chart")
    return float(found[1]), float(found[2])


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
