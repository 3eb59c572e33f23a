"""A chart as a Vega-Lite specification, in sizes that are known beforehand.

Words of people are data, never expressions and never names of fields. Colour is never alone: each tone has a fill, a
dash and a point of its own, bars carry their values, and more than one series has a legend in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import override

from apps.core.documents import Amount, Chart, Point, Tone, amount, missing
from apps.core.fonts import SANS
from apps.core.writers.layout import LANGUAGE, halves

WIDTH = 640  # pixels, for the 16 cm of a page: 13 pixels are 9 points there
SIZE, LINE = 13, 17
LABEL = 30  # half-width characters in a line of a bar's name
MOST_LINES = 3
BAR, BETWEEN = 22, 14
PLOT_HEIGHT = 260  # of lines
LEGEND = 64  # half-width characters of names that fit side by side
LEGEND_HEIGHT = 26
TEXT, SUB, RULE, GRID = "#333333", "#666666", "#666666", "#e6e6e6"
SPLIT = "split(datum.label, '\\n')"
TRIANGLE = "datum.value < 0 ? '△' + format(-datum.value, ',') : format(datum.value, ',')"
DIGITS_OF_PLOT = 45  # half-width characters of a value that would fill the plot of bars


@dataclass(frozen=True)
class Look:
    """How a series is told from the others, in colour and without."""

    stroke: str
    fill: str
    dash: tuple[int, int]
    shape: str


LOOKS: dict[Tone, Look] = {
    "key": Look("#0017c1", "#0017c1", (1, 0), "circle"),
    "gray": Look("#666666", "#cccccc", (7, 4), "square"),
    "green": Look("#197a4b", "#ffffff", (2, 3), "triangle-up"),
    "orange": Look("#c74700", "#c74700", (12, 4), "diamond"),
}


def specification(chart: Chart) -> dict[str, Any]:
    """The chart for Vega-Lite; its picture is WIDTH pixels wide and as high as its words need."""
    full = chart if chart.points else replace(chart, points=(Point("", (None,) * len(chart.series)),))
    with override(LANGUAGE):  # one picture, whoever reads it
        return _bars(full) if chart.kind == "bars" else _lines(full)


def _bars(chart: Chart) -> dict[str, Any]:
    """Bars that lie, because the names of what is compared are long."""
    places = _places(chart, LABEL)
    most_lines = max([1, *(place.count("\n") + 1 for place in places)])
    step = max(len(chart.series) * BAR, most_lines * LINE) + BETWEEN
    between = BETWEEN / step
    y = {
        **_place(places, {"labelExpr": SPLIT, "labelPadding": 8, "domain": False}),
        "scale": {"domain": places, "paddingInner": between, "paddingOuter": between / 2},
    }
    scale = {"type": "quantitative", "axis": None, "scale": {"domain": _reach(chart), "nice": False}}
    offset = {"yOffset": {"field": "series", "scale": {"domain": _names(chart), "paddingInner": 0.14}}}
    offset = offset if len(chart.series) > 1 else {}
    words = {
        "type": "text",
        "align": {"expr": "datum.value < 0 ? 'right' : 'left'"},
        "dx": {"expr": "datum.value < 0 ? -5 : 5"},
        "baseline": "middle",
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "strokeWidth": 1.5, **({} if offset else {"height": BAR})},
            "encoding": {
                "x": {**scale, "field": "value"},
                "y": y,
                **offset,
                **_telling_apart(chart, ("fill", "stroke")),
            },
        },
        {"mark": words, "encoding": {"x": {**scale, "field": "drawn"}, "y": y, **offset, "text": _field("words")}},
        {"mark": {"type": "rule", "color": RULE}, "encoding": {"x": {**scale, "datum": 0}}},
    ]
    return _picture(chart, places, layers, height=step * max(len(places), 1))


def _lines(chart: Chart) -> dict[str, Any]:
    """Lines over places in their order, each point shown; a missing value breaks the line."""
    places = _places(chart, max(6, 80 // max(len(chart.points), 1)))
    x = _place(places, {"labelExpr": SPLIT, "labelAngle": 0, "labelPadding": 6, "offset": 18, "domain": False})
    scale = {
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "labelExpr": TRIANGLE, "tickCount": 5, "domain": False, "grid": True},
    }
    y = {**scale, "field": "value"}
    point = _telling_apart(chart, ("stroke", "shape", "fill"))
    line = {"detail": _field("series"), **{key: {"field": key, "scale": None} for key in ("stroke", "strokeDash")}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": RULE}, "encoding": {"y": {**scale, "datum": 0}}},
        {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"x": x, "y": y, **line}},
        {
            "mark": {"type": "point", "size": 80, "opacity": 1, "strokeWidth": 2},
            "encoding": {"x": x, "y": y, **point},
        },
    ]
    if len(chart.series) <= 2:
        drawn = {"x": x, "y": {**scale, "field": "drawn"}, "text": _field("words")}
        # Words for a missing value would stand in the way of the other line; where both are missing they are said.
        shown = {"filter": "datum.value !== null || datum.nothing"}
        layers.append(
            {
                "transform": [shown],
                "mark": {"type": "text", "dy": {"expr": "datum.above ? -13 : 16"}},
                "encoding": drawn,
            }
        )
    return _picture(chart, places, layers, height=PLOT_HEIGHT)


def _picture(chart: Chart, places: list[str], layers: list[dict[str, Any]], *, height: float) -> dict[str, Any]:
    """Layers on one page of known width."""
    columns = 1 if halves("".join(_names(chart))) > LEGEND else len(chart.series)
    legend = LEGEND_HEIGHT * len(chart.series) // columns if len(chart.series) > 1 else 0
    return {
        "width": WIDTH,
        "height": height + legend,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "#ffffff",
        "data": {"values": list(_rows(chart, places))},
        "layer": layers,
        "config": {
            "aria": False,
            "font": SANS,
            "view": {"stroke": None},
            "text": {"fontSize": SIZE, "color": TEXT},
            "axis": {
                "labelFontSize": SIZE, "labelColor": TEXT, "labelLineHeight": LINE, "labelLimit": 0, "gridColor": GRID,
                "domainColor": RULE, "ticks": False,
            },
            "legend": {
                "labelFontSize": SIZE, "labelColor": TEXT, "labelLimit": 0, "symbolSize": 120, "orient": "top",
                "columnPadding": 24, "columns": columns,
            },
        },
    }  # fmt: skip


def _rows(chart: Chart, places: list[str]) -> Iterator[dict[str, Any]]:
    """One row for each value; what is missing is said where zero would be, and nothing is drawn."""
    for place, point in zip(places, chart.points, strict=True):
        for series, value in zip(chart.series, point.values, strict=True):
            yield {
                "place": place,
                "series": series.name,
                "value": value,
                "drawn": 0 if value is None else value,
                "words": amount(value),
                "stroke": LOOKS[series.tone].stroke,
                "strokeDash": LOOKS[series.tone].dash,
                "nothing": all(each is None for each in point.values),
                "above": _stands_above(value, point.values),
            }


def _stands_above(value: Amount, together: tuple[Amount, ...]) -> bool:
    """Whether the words of a value stand above its point: those of the highest do, the others make room."""
    return value is None or value == max(each for each in together if each is not None)


def _field(name: str) -> dict[str, Any]:
    return {"field": name, "type": "nominal"}


def _place(places: list[str], axis: dict[str, Any]) -> dict[str, Any]:
    axis = {"title": None, "grid": False, **axis}
    return {"field": "place", "type": "ordinal", "sort": None, "scale": {"domain": places}, "axis": axis}


def _places(chart: Chart, width: int) -> list[str]:
    """The names of the points, in lines, each different: a name that comes again gets what nobody sees."""
    found: list[str] = []
    for point in chart.points:
        name = "\n".join(wrapped(point.label, width))
        while name in found:
            name += "\u200b"
        found.append(name)
    return found


def _names(chart: Chart) -> list[str]:
    return [series.name for series in chart.series]


def _reach(chart: Chart) -> list[float]:
    """From the lowest to the highest bar, zero among them, with room for the words at the ends."""
    values = [value for point in chart.points for value in point.values if value is not None]
    low, high = min([0, *values]), max([0, *values])
    span = high - low or 1
    room = max([len(missing()) * 2, *(len(amount(value)) + 1 for value in values)]) / DIGITS_OF_PLOT
    return [low - span * room if low < 0 else 0, high + span * room]


def _telling_apart(chart: Chart, channels: tuple[str, ...]) -> dict[str, Any]:
    """The look of the series in these channels, with one legend where there are several."""
    looks = [LOOKS[series.tone] for series in chart.series]
    legend = {"title": None} if len(looks) > 1 else None
    return {
        channel: {
            **_field("series"),
            "scale": {"domain": _names(chart), "range": [getattr(look, channel) for look in looks]},
            "legend": legend,
        }
        for channel in channels
    }


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many half-width characters, at most MOST_LINES; … says that there was more."""
    lines = [""]
    for character in " ".join(text.split()):
        if halves(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]
    return [line.strip() for line in lines]
