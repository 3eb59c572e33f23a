"""The layout of the roadmap picture: where days stand, what is drawn of a row, that nothing is lost or runs."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.drawings import shapes_and_words
from apps.core.fiscal import FiscalYear
from apps.core.wareki import WarekiError
from apps.roadmap.exports import ALONE, NARROW, PAGE, Window, draw, parse_start, sheets_of, svg_alone, svg_of, twin_of
from apps.roadmap.exports.axis import axis_of
from apps.roadmap.exports.texts import lines, width
from apps.roadmap.exports.workbook import cells_of
from apps.roadmap.selectors.picture import Group, Line, Marked, Needed, Plan

TODAY = date(2022, 10, 14)
TEN = Window.around("10y", TODAY)


def a_line(key: int = 1, **values: Any) -> Line:
    usual: dict[str, Any] = {
        "number": f"I-2022-{key:04d}",
        "title": f"取組{key}",
        "url": f"/roadmap/initiatives/I-2022-{key:04d}/",
        "unit": "会計課",
        "status": "計画",
        "chip": "half",
        "starts_on": date(2022, 10, 1),
        "ends_on": date(2023, 6, 30),
    }
    return Line(key=key, **(usual | values))


def a_plan(*rows: Line, title: str = "") -> Plan:
    return Plan((Group(title, rows),))


def drawn(*rows: Line, window: Window = TEN, today: date = TODAY) -> str:
    return svg_of(draw(a_plan(*rows), window, today))


def rects(svg: str, fill: str) -> list[tuple[float, float]]:
    """Left and right of the boxes of this colour."""
    found = re.findall(rf'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="[\d.]+" fill="{fill}"', svg)
    return [(float(x), round(float(x) + float(w), 1)) for x, w in found]


PALE, DARK, GRAY = "#c5d7fb", "#0017c1", "#949494"


class TestAxis:
    def test_where_days_of_ten_years_stand(self) -> None:
        axis = axis_of(TEN, 250, 982)
        places = {
            date(2022, 4, 1): 250.0,
            date(2022, 10, 1): 325.2,  # 183 of 365 days
            TODAY: 330.5,
            date(2023, 3, 31): 399.6,
            date(2023, 4, 1): 400.0,
            date(2024, 2, 29): 536.9,  # 334 of 366 days
            date(2024, 3, 1): 537.3,
            date(2026, 4, 1): 850.0,
            date(2027, 4, 1): 872.0,
            date(2031, 4, 1): 960.0,
            date(2022, 3, 31): 250.0,
            date(2040, 1, 1): 982.0,
        }
        assert {day: round(axis.x(day), 1) for day in places} == places
        assert axis.x_after(date(2023, 3, 31)) == axis.x(date(2023, 4, 1)), "31 March ends where 1 April begins"
        assert [label.text for label in axis.upper] == [
            "令和4年度",
            "令和5年度",
            "令和6年度",
            "令和7年度",
            "令和8～13年度",
        ]
        assert [label.text for label in axis.lower][:4] == ["4-6", "7-9", "10-12", "1-3"]
        assert axis.lower[-1].text == "縮めて表示"
        assert axis_of(TEN, 246, 656).upper[-1].text == "R8～R13", "where there is no room"

    @pytest.mark.parametrize(
        ("span", "start", "upper", "lower", "end"),
        [
            ("5y", date(2022, 4, 1), 5, 20, date(2027, 4, 1)),
            ("3y", date(2022, 4, 1), 3, 12, date(2025, 4, 1)),
            ("1y", date(2022, 4, 1), 1, 12, date(2023, 4, 1)),
            ("3m", date(2022, 10, 1), 3, 14, date(2023, 1, 1)),
        ],
    )
    def test_every_span_begins_with_its_year_or_month(
        self, span: str, start: date, upper: int, lower: int, end: date
    ) -> None:
        window = Window.around(span, TODAY)
        axis = axis_of(window, 250, 1268)
        assert (window.start, window.end, axis.left, axis.right) == (start, end, 250, 1268)
        assert (len(axis.upper), len(axis.lower)) == (upper, lower)

    def test_months_and_weeks(self) -> None:
        assert [label.text for label in axis_of(Window.around("1y", TODAY), 0, 1000).lower][:3] == ["4月", "5月", "6月"]
        axis = axis_of(Window.around("3m", TODAY), 0, 920)
        assert [label.text for label in axis.upper] == ["令和4年10月", "令和4年11月", "令和4年12月"]
        assert [label.text for label in axis.lower][:4] == ["10/1", "10/3", "10/10", "10/17"]
        assert axis.x(TODAY) == 130

    def test_years_in_which_the_era_changes(self) -> None:
        axis = axis_of(Window.around("3y", date(2019, 4, 30)), 250, 1268)
        assert axis.upper[0].text == "平成31年度（令和元年度）"
        narrow = axis_of(Window.around("10y", date(2015, 4, 1)), 250, 982)
        assert [label.text for label in narrow.upper][-1] == "H31(R1)～R6"
        assert axis_of(Window.around("3m", date(2019, 4, 1)), 0, 900).upper[1].text == "令和元年5月"

    def test_steps_to_the_sides(self) -> None:
        window = Window.around("3m", date(2022, 1, 31))
        assert window.earlier == Window.around("3m", date(2021, 12, 1))
        assert TEN.later == Window.around("10y", date(2023, 4, 1))
        assert Window.around("1y", date(1926, 4, 1)).earlier is None
        assert Window.around("10y", date(2023, 3, 31)) == TEN

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2022-10-01", date(2022, 10, 1)),
            ("R4.10.1", date(2022, 10, 1)),
            ("令和4年10月1日", date(2022, 10, 1)),
            ("R4", date(2022, 4, 1)),
            ("2022", date(2022, 4, 1)),
            ("令和4年度", date(2022, 4, 1)),
            ("2024-02-29", date(2024, 2, 29)),
        ],
    )
    def test_a_start_is_read_as_people_write_it(self, text: str, expected: date) -> None:
        assert parse_start(text) == expected

    @pytest.mark.parametrize("text", ["2023-02-29", "yesterday", "10/1", "9999", "<b>"])
    def test_what_is_no_start_is_refused(self, text: str) -> None:
        with pytest.raises(WarekiError):
            Window.around("10y", parse_start(text))

    @given(
        st.sampled_from(["10y", "5y", "3y", "1y", "3m"]),
        st.dates(date(1930, 1, 1), date(2180, 1, 1)),
        st.lists(st.integers(-4000, 4000), min_size=2, max_size=6),
    )
    @settings(max_examples=40, deadline=None)
    def test_later_days_never_stand_further_left(self, span: str, day: date, steps: list[int]) -> None:
        axis = axis_of(Window.around(span, day), 250, 982)
        places = [axis.x(day + timedelta(days=step)) for step in sorted(steps)]
        assert places == sorted(places)
        assert all(250 <= x <= 982 for x in places)


class TestTexts:
    def test_a_long_title_is_broken_and_loses_nothing(self) -> None:
        title = "データ連携基盤と子育て支援の個別案内（髙𠮷市と共同）、第2期"
        broken = lines(title, 14, 160, bold=True)
        assert "".join(broken) == title
        assert all(width(line, 14, bold=True) <= 160 for line in broken)
        assert not any(line[0] in "、。）ー" for line in broken)
        assert len(broken) == 3

    def test_a_word_without_a_place_to_break_is_broken_all_the_same(self) -> None:
        address = "https://example.city.shiomino.lg.jp/" + "a" * 60
        assert "".join(lines(address, 12, 100)) == address

    def test_a_variation_selector_stays_with_its_letter(self) -> None:
        name = "葛\U000e0100飾" * 10
        assert "".join(lines(name, 14, 100)) == name
        assert not any(line.startswith("\U000e0100") for line in lines(name, 14, 100))

    @given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), max_size=80))
    @settings(max_examples=40, deadline=None)
    def test_no_text_is_lost(self, text: str) -> None:
        assert "".join(lines(text, 12, 90)) == text


class TestRows:
    """The axis of the page goes from 264 to 996: 150 pixels a near year, 22 a far one."""

    def test_a_bar_with_its_progress(self) -> None:
        svg = drawn(a_line(share=0.5, starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31), ten="紙がない。"))
        assert rects(svg, PALE) == [(264.0, 414.0)]
        assert rects(svg, DARK) == [(264.0, 339.0)]

    def test_an_initiative_of_one_day_can_be_seen(self) -> None:
        day = date(2024, 2, 29)
        ((left, right),) = rects(drawn(a_line(starts_on=day, ends_on=day, ten="紙がない。")), PALE)
        assert (left, right) == (550.9, 554.9)

    def test_the_last_day_of_march_ends_at_the_line_of_the_year(self) -> None:
        svg = drawn(
            a_line(1, starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31), ten="x"),
            a_line(2, starts_on=date(2023, 4, 1), ends_on=date(2023, 4, 1), ten="x"),
        )
        (first, then) = rects(svg, PALE)
        assert first[1] == then[0] == 414.0

    @pytest.mark.parametrize(
        ("dates", "words"),
        [
            ((date(2020, 4, 1), date(2021, 3, 31)), "R2.4.1～R3.3.31"),
            ((date(2040, 4, 1), date(2041, 3, 31)), "R22.4.1～R23.3.31"),
            ((None, None), "期間未定"),
            ((date(2022, 10, 1), None), "終わりは未定"),
            ((None, date(2023, 6, 30)), "始まりは未定"),
        ],
    )
    def test_what_cannot_be_a_bar_is_said(self, dates: tuple[date | None, date | None], words: str) -> None:
        svg = drawn(a_line(starts_on=dates[0], ends_on=dates[1]))
        assert f">{words}</text>" in svg
        assert rects(svg, PALE) == []
        assert "取組1" in svg

    def test_what_begins_before_and_ends_after_the_window_has_arrows_at_its_edges(self) -> None:
        within = drawn(a_line(), window=Window.around("5y", TODAY))
        beyond = drawn(a_line(starts_on=date(2020, 4, 1), ends_on=date(2040, 3, 31)), window=Window.around("5y", TODAY))
        arrow = 'fill="#ffffff" stroke="#0017c1"/>'
        assert (within.count(arrow), beyond.count(arrow)) == (0, 2)
        assert rects(beyond, PALE) == [(264.0, 1296.0)]

    def test_the_baseline_and_the_slip(self) -> None:
        late = a_line(frozen=True, old_starts_on=date(2022, 10, 1), old_ends_on=date(2023, 3, 31), ten="x")
        svg = drawn(late)
        assert rects(svg, GRAY) == [(339.2, 414.0)]
        assert ">3か月遅れ</text>" in svg
        assert ">12日前倒し</text>" in drawn(replace(late, old_ends_on=date(2023, 7, 12)))
        moved = replace(late, old_ends_on=late.ends_on, old_starts_on=date(2022, 9, 1))
        assert twin_of(moved).slip == "開始が1か月遅れ"
        assert twin_of(replace(late, old_ends_on=late.ends_on)).slip == ""

    def test_milestones_hollow_and_filled(self) -> None:
        milestones = (
            Marked(TODAY, "R4", 3, "例規の洗い出し", achieved=True),
            Marked(date(2023, 3, 31), "R4", 4, "改正方針の決定"),
            Marked(date(2023, 3, 31), "R4", 4, "同じ四半期"),
        )
        svg = drawn(a_line(milestones=milestones, ten="x"))
        found = re.findall(r'<path d="M([\d.]+) [\d.]+l8 8l-8 8l-8 -8z" fill="(#\w+)"[^>]*><title>([^<]*)', svg)
        assert found == [
            ("344.5", "#197a4b", "済 R4 第3四半期\u3000例規の洗い出し"),
            ("403.6", "#ffffff", "R4 第4四半期\u3000改正方針の決定"),
            ("413.6", "#ffffff", "R4 第4四半期\u3000同じ四半期"),
        ]

    def test_today(self) -> None:
        svg = drawn(a_line(ten="x"))
        assert '<line x1="344.5" y1="56.0" x2="344.5"' in svg
        assert ">今日 10.14</text>" in svg
        assert "今日" not in drawn(a_line(), window=Window.around("10y", date(2030, 4, 1)))

    def test_a_conflict_is_red_and_says_so(self) -> None:
        first = a_line(9, title="例規と文書の電子前提への転換")
        unfit = a_line(1, starts_on=date(2023, 1, 1), needs=(Needed(9, "I-2022-0009", first.title, unfit=True),))
        fits = a_line(5, starts_on=date(2023, 7, 1), ends_on=None, needs=(Needed(9, "I-2022-0009", first.title),))
        svg = drawn(first, unfit, fits)
        assert svg.count(">矛盾</text>") == 1
        assert svg.count('fill="none" stroke="#ce0000"') == 1
        assert svg.count('fill="none" stroke="#4d4d4d"') == 1
        label = re.search(r'<a href="/roadmap/initiatives/I-2022-0001/" aria-label="([^"]*)"', svg)
        assert label
        assert label[1].endswith("計画、R5.1.1～R5.6.30、矛盾：I-2022-0009の終わる前に始まる")
        alone = drawn(unfit)
        assert (alone.count(">矛盾</text>"), alone.count('fill="none" stroke="#ce0000"')) == (1, 0), (
            "a mark without its arrow"
        )

    def test_the_vision_stands_at_the_end_of_ten_years_only(self) -> None:
        line = a_line(ten="市役所に来なくても手続が終わる。")
        plan = replace(a_plan(line), ten_years=(FiscalYear(2032),))
        assert ">令和14年度の将来像</text>" in svg_of(draw(plan, TEN, TODAY))
        assert "手続が終わる" not in svg_of(draw(plan, Window.around("5y", TODAY), TODAY))

    def test_no_rows(self) -> None:
        picture = draw(Plan(()), TEN, TODAY)
        assert (picture.height, picture.rows) == (80.0, ())

    def test_every_row_is_a_link_within_a_page_and_none_outside(self) -> None:
        plan = a_plan(a_line(1), a_line(2), title="窓口")
        assert svg_of(draw(plan, TEN, TODAY)).count("<a href=") == 2
        alone = svg_alone(plan, TEN, TODAY)
        assert "<a " not in alone
        assert "class=" not in alone
        assert 'font-family="Noto Sans CJK JP"' in alone
        assert "期間と進み具合" in alone, "its legend comes along"


HARD = "<script>alert('𠮷')</script>&amp;\" onload=\"x"


def test_no_text_becomes_markup() -> None:
    line = a_line(
        title=HARD,
        number=HARD,
        unit=HARD,
        url=f"/x/{HARD}",
        ten=HARD,
        milestones=(Marked(TODAY, "R4", 1, HARD),),
        needs=(Needed(2, "", HARD),),
    )
    for frame in (PAGE, ALONE, NARROW):
        svg = svg_of(draw(a_plan(line, title=HARD), TEN, TODAY, frame))
        assert "<script" not in svg
        assert 'onload="' not in svg
        assert "&lt;script&gt;" in svg
    shapes_and_words(svg_alone(a_plan(line, title=HARD), TEN, TODAY))


def test_pieces_for_paper_hold_every_row_once_and_none_is_too_high() -> None:
    groups = tuple(Group(f"分野{n}", tuple(a_line(10 * n + k) for k in range(7))) for n in range(4))
    plan = Plan(groups)
    sheets = sheets_of(plan, TEN, ALONE, 700)
    assert [line.key for sheet in sheets for group in sheet.groups for line in group.lines] == [
        line.key for line in plan.lines
    ]
    assert all(draw(sheet, TEN, TODAY, ALONE).height <= 700 for sheet in sheets)
    assert len(sheets) == 4
    assert sheets[1].groups[0].title == "分野1", "a heading is repeated where its rows go on"


def test_columns_of_the_sheet() -> None:
    quarters = cells_of(TEN)
    assert len(quarters) == 40
    assert (quarters[0].label, quarters[0].year, quarters[3].label) == ("4-6", "令和4年度", "1-3")
    assert quarters[3].holds(date(2023, 3, 31))
    assert not quarters[3].holds(date(2023, 4, 1))
    assert [cell.label for cell in cells_of(Window.around("1y", TODAY))][-1] == "3月"
    weeks = cells_of(Window.around("3m", TODAY))
    assert (len(weeks), weeks[0].after, weeks[0].year) == (14, date(2022, 10, 3), "令和4年10月")
