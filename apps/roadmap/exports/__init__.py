"""The roadmap as a picture: its layout, and what is made of it for paper, sheets and reports."""

from apps.roadmap.exports.files import FORMATS, Asked, picture_file
from apps.roadmap.exports.frame import ALONE, NARROW, PAGE
from apps.roadmap.exports.layout import description, draw, picture_title
from apps.roadmap.exports.render import sheets_of, svg_alone, svg_of
from apps.roadmap.exports.twin import three_years_words, twin_of
from apps.roadmap.exports.window import Window, parse_start

__all__ = [
    "ALONE",
    "FORMATS",
    "NARROW",
    "PAGE",
    "Asked",
    "Window",
    "description",
    "draw",
    "parse_start",
    "picture_file",
    "picture_title",
    "sheets_of",
    "svg_alone",
    "svg_of",
    "three_years_words",
    "twin_of",
]
