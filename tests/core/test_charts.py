"""A chart is drawn once, holds shapes and literal words only, and says everything without colour."""

import json
import struct
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from apps.core import charts
from apps.core.charts import Drawn, UnsafePicture, chart_key, draw, shapes_and_words, size, stored, stored_svgs
from apps.core.charts.specification import WIDTH, specification, wrapped
from apps.core.documents import Chart, Point, Series
from apps.core.models import RenderedChart
from tests.core.hard_texts import HARD_TEXTS
from tests.core.sample_document import BY_CATEGORY, TARGETS

REQUESTS = Chart(
    title="要求額",
    lead="",
    unit="千円",
    kind="bars",
    series=(Series("令和4年度当初", "gray"), Series("令和5年度要求", "key")),
    points=(Point("電子契約", (0, 24500)), Point("文書管理", (18000, -1130)), Point("新規", (None, 118086))),
)
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """Every line of words in a drawing."""
    root = etree.fromstring(svg.encode())
    lines = []
    for text in root.iter(f"{SVG}text"):
        spans = text.findall(f"{SVG}tspan")
        lines += [span.text or "" for span in spans] if spans else [text.text or ""]
    return lines


def attributes(svg: str, tag: str, name: str) -> list[str | None]:
    return [element.get(name) for element in etree.fromstring(svg.encode()).iter(SVG + tag)]


def picture_size(png: bytes) -> tuple[int, int]:
    """Width and height as the PNG's header says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever draws now fails."""

    def refuse(_spec: Any) -> Drawn:
        raise AssertionError("something was drawn")

    monkeypatch.setattr(charts, "_render", refuse)


@pytest.mark.django_db
class TestDrawing:
    def test_bars_carry_their_values_and_say_what_is_missing(self) -> None:
        drawn = draw(BY_CATEGORY)
        assert texts(drawn.svg) == [
            "押印・署名", "書面・対面", "システムの分断", "知識・技能の不足", "予算・契約", "その他（分類を検討中）",
            "6", "8", "7", "4", "3", "データなし",
        ]  # fmt: skip
        assert attributes(drawn.svg, "path", "fill").count("#0017c1") == 5

    def test_two_series_have_a_legend_and_looks_of_their_own(self) -> None:
        svg = draw(REQUESTS).svg
        assert {"令和4年度当初", "令和5年度要求"} <= set(texts(svg))
        assert [line for line in texts(svg) if line[-1] in "0123456789し"] == [
            "0", "24,500", "18,000", "△1,130", "データなし", "118,086",
        ]  # fmt: skip
        fills = attributes(svg, "path", "fill")
        # Each once in the legend; a bar of zero is drawn, a missing one is not.
        assert (fills.count("#cccccc"), fills.count("#0017c1")) == (3, 4)

    def test_lines_differ_in_dash_and_point_and_stop_where_a_value_is_missing(self) -> None:
        svg = draw(TARGETS).svg
        assert set(attributes(svg, "path", "stroke-dasharray")) >= {"7,4", "1,0"}
        lines = [path for path in attributes(svg, "path", "d") if path and path.count("L") >= 2 and "Z" not in path]
        assert sorted(path.count("L") + 1 for path in lines) == [3, 5]  # places with a value
        assert {"令和2年度", "8.5", "18.2", "31", "90", "目標", "実績"} <= set(texts(svg))
        assert "データなし" not in texts(svg)

    def test_a_place_where_every_line_is_missing_says_so(self) -> None:
        chart = replace(TARGETS, points=(*TARGETS.points, Point("令和8年度", (None, None))))
        assert texts(draw(chart).svg).count("データなし") == 2  # once for each line

    @pytest.mark.parametrize("kind", ["bars", "lines"])
    def test_without_any_point_there_is_still_a_picture(self, kind: Any) -> None:
        assert "データなし" in texts(draw(replace(BY_CATEGORY, kind=kind, points=())).svg)

    def test_the_picture_is_as_wide_as_the_page_in_300_dots_an_inch(self) -> None:
        drawn = draw(BY_CATEGORY)
        assert size(drawn.svg) == (WIDTH, 216)
        assert picture_size(drawn.png) == (1920, 648)

    @pytest.mark.parametrize("text", HARD_TEXTS)
    def test_what_people_wrote_is_literal(self, text: str) -> None:
        """On the axis, with a name that comes twice, and in the legend."""
        chart = replace(REQUESTS, series=(Series(text, "key"), Series("他", "gray")), points=(Point(text, (1, 2)),) * 2)
        lines = [line.removesuffix("\u200b") for line in texts(draw(chart).svg)]
        name = wrapped(text, 30)
        assert sorted(lines) == sorted([*name, *name, "1", "2", "1", "2", text, "他"])
        assert "".join("".join(name).split()) == "".join(text.split())

    def test_words_of_people_are_data_and_never_expressions(self) -> None:
        trap = "' + datum.value + '"
        chart = replace(REQUESTS, series=(Series(trap, "key"),), points=(Point(trap, (1,)),), title=trap, lead=trap)
        spec = specification(chart)
        assert trap in json.dumps(spec["data"], ensure_ascii=False)
        rest = {key: value for key, value in spec.items() if key != "data"}
        lists = [(key, value) for key, value in walk(rest) if isinstance(value, list) and trap in value]
        assert {key for key, _value in lists} == {"domain"}
        words = [key for key, value in walk(rest) if value == trap]
        assert len(words) == sum(len(value) for _key, value in lists)

    @pytest.mark.parametrize("kind", ["bars", "lines"])
    def test_nothing_in_it_needs_more_than_the_strictest_policy_allows(self, kind: Any) -> None:
        svg = draw(replace(REQUESTS, kind=kind)).svg
        assert shapes_and_words(svg) == svg
        for forbidden in ("style", "<script", "href", "url(", "class=", "role=", "aria-", "<!", "<?"):
            assert forbidden not in svg


def walk(value: Any) -> list[tuple[str, Any]]:
    """Every key of a structure with what stands under it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    return [each for key, inner in pairs for each in [(str(key), inner), *walk(inner)]]


@pytest.mark.django_db
class TestCache:
    def test_what_was_drawn_is_not_drawn_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = draw(BY_CATEGORY)
        monkeypatch.setattr(charts, "_render", lambda _spec: pytest.fail("drawn twice"))
        assert draw(BY_CATEGORY) == first
        assert draw(replace(BY_CATEGORY, title="題は絵の外にある", lead="同じ")) == first
        row = RenderedChart.objects.get()
        assert (row.key, row.svg, bytes(row.png)) == (chart_key(BY_CATEGORY), first.svg, first.png)

    @pytest.mark.usefixtures("no_drawing")
    def test_a_page_shows_what_is_stored_and_draws_nothing(self, django_assert_num_queries: Any) -> None:
        assert stored(BY_CATEGORY) is None
        assert stored_svgs([BY_CATEGORY, TARGETS]) == {}
        RenderedChart.objects.create(key=chart_key(TARGETS), svg="<svg/>", png=b"png")
        assert stored(TARGETS) == Drawn("<svg/>", b"png")
        with django_assert_num_queries(1):
            assert stored_svgs([BY_CATEGORY, TARGETS, TARGETS]) == {chart_key(TARGETS): "<svg/>"}
        with django_assert_num_queries(0):
            assert stored_svgs([]) == {}

    def test_two_who_draw_the_same_at_once_leave_one_row(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def meanwhile(_spec: Any) -> Drawn:
            RenderedChart.objects.create(key=chart_key(TARGETS), svg="<svg>first</svg>", png=b"1")
            return Drawn("<svg>second</svg>", b"2")

        monkeypatch.setattr(charts, "_render", meanwhile)
        assert draw(TARGETS) == Drawn("<svg>second</svg>", b"2")
        assert RenderedChart.objects.get().svg == "<svg>first</svg>"

    @pytest.mark.parametrize(
        "other",
        [
            replace(BY_CATEGORY, kind="lines"),
            replace(BY_CATEGORY, series=(Series("件数", "green"),)),
            replace(BY_CATEGORY, points=BY_CATEGORY.points[1:]),
            replace(BY_CATEGORY, points=(*BY_CATEGORY.points[:-1], Point("その他（分類を検討中）", (0,)))),
        ],
    )
    def test_whatever_looks_different_has_another_key(self, other: Chart) -> None:
        assert chart_key(other) != chart_key(BY_CATEGORY)
        assert chart_key(BY_CATEGORY) == chart_key(Chart.from_json(BY_CATEGORY.as_json()))
        assert len(chart_key(other)) == 64


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<rect style="fill:red"/>',
        '<rect onload="alert(1)"/>',
        '<a href="https://x"><text>x</text></a>',
        '<image href="x.png"/>',
        "<foreignObject><p/></foreignObject>",
        '<rect fill="url(#x)"/>',
        "<style>*{}</style>",
        '<text xmlns="http://www.w3.org/1999/xhtml">x</text>',
        "<!-- words -->",
        "<?php x ?>",
    ],
)
def test_a_drawing_with_anything_else_in_it_is_refused(inner: str) -> None:
    with pytest.raises(UnsafePicture):
        shapes_and_words(f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>')


def test_an_entity_is_not_followed() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    with pytest.raises(UnsafePicture):
        shapes_and_words(bomb)


def test_the_names_of_its_parts_are_not_read_out() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g class="mark" role="graphics-symbol" aria-label="x: 1"/></svg>'
    assert shapes_and_words(svg) == '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'


def test_size_wants_a_chart() -> None:
    with pytest.raises(ValueError, match="not a drawing"):
        size("<svg/>")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("押印・署名を求める規則", ["押印・署", "名を求め", "る規則"]),
        ("abcdefgh ij", ["abcdefgh", "ij"]),
        ("  空白\nと\t改行 ", ["空白 と", "改行"]),
        ("長" * 20, ["長長長長", "長長長長", "長長長…"]),
        ("", [""]),
    ],
)
def test_names_are_wrapped_and_cut_with_a_sign(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines
