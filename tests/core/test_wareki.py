from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from apps.core.fiscal import FiscalYear, parse_date_or_fiscal_year
from apps.core.wareki import WarekiError, format_date, parse_date
from tests.edge_cases import EDGE_CASES

FIRST_DAY_OF_MEIJI = date(1868, 1, 25)


@pytest.mark.parametrize("case", EDGE_CASES["wareki"], ids=lambda case: case["date"])
def test_a_day_is_written_in_its_era(case: dict[str, str]) -> None:
    assert format_date(date.fromisoformat(case["date"])) == case["expect"]


@pytest.mark.parametrize(
    ("day", "plain", "short"),
    [
        (date(2022, 10, 14), "令和4年10月14日（金）", "R4.10.14"),
        (date(2019, 5, 1), "令和元年5月1日（水）", "R1.5.1"),
        (date(1926, 12, 24), "大正15年12月24日（金）", "T15.12.24"),
        (date(1926, 12, 25), "昭和元年12月25日（土）", "S1.12.25"),
        (date(1912, 7, 29), "明治45年7月29日（月）", "M45.7.29"),
        (date(1868, 1, 24), "1868年1月24日（金）", "1868.1.24"),
    ],
)
def test_the_long_and_the_short_way(day: date, plain: str, short: str) -> None:
    assert format_date(day, weekday=True) == plain
    assert format_date(day, short=True) == short


def test_a_moment_is_written_with_its_day_in_tokyo() -> None:
    assert format_date(datetime(2019, 4, 30, 15, 0, tzinfo=UTC)) == "令和元年5月1日"


@pytest.mark.parametrize(
    "case", [case for case in EDGE_CASES["wareki_input"] if "error" not in case], ids=lambda case: case["in"]
)
def test_what_people_type_is_understood(case: dict[str, Any]) -> None:
    expected = FiscalYear(case["fy"]) if "fy" in case else date.fromisoformat(case["date"])
    assert parse_date_or_fiscal_year(case["in"]) == expected


@pytest.mark.parametrize(
    "case", [case for case in EDGE_CASES["wareki_input"] if "error" in case], ids=lambda case: case["in"]
)
def test_what_cannot_be_is_refused_in_the_words_of_the_user(case: dict[str, str]) -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date(case["in"])
    with translation.override("ja"):
        assert str(refusal.value) == case["error"]


@pytest.mark.parametrize(
    "typed",
    [
        "2022-10-14",
        "2022/10/14",
        "2022.10.14",
        "2022年10月14日",
        "２０２２／１０／１４",
        "r4-10-14",
        "Ｒ４．１０．１４",
        "令4.10.14",
        "㋿4年10月14日",
        "令和 4年 10月 14日",
        "　令和4年10月14日（金）",
        "令和4年10月14日(金曜日)",
        "R4ー10ー14",
        "R4・10・14",
    ],
)
def test_one_day_in_many_ways(typed: str) -> None:
    assert parse_date(typed) == date(2022, 10, 14)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("平31.4.30", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("㍻元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("s64/1/7", date(1989, 1, 7)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("Ｔ１．７．３０", date(1912, 7, 30)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("m6.1.1", date(1873, 1, 1)),
    ],
)
def test_every_era_is_read(typed: str, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "code", "params"),
    [
        ("平成32年4月1日", "era_ended", {"era": "平成", "end": "31年4月30日"}),
        ("平成31年5月1日", "era_ended", {"era": "平成", "end": "31年4月30日"}),
        ("昭和64年1月8日", "era_ended", {"era": "昭和", "end": "64年1月7日"}),
        ("令和元年4月30日", "era_not_begun", {"era": "令和", "start": "元年5月1日"}),
        ("令和5年2月29日", "no_such_day", {}),
        ("2022-13-01", "no_such_day", {}),
        ("令和0年5月1日", "no_such_day", {}),
        ("0000-05-01", "no_such_day", {}),
        ("R9999.1.1", "no_such_day", {}),
        ("22.10.14", "no_era", {"text": "22.10.14"}),
        (" 4年10月14日", "no_era", {"text": "4年10月14日"}),
        ("元年5月1日", "no_era", {"text": "元年5月1日"}),
        ("令和4年10月14日（木）", "wrong_weekday", {"date": "令和4年10月14日", "weekday": "金曜日"}),
        ("", "unreadable", {}),
        ("きのう", "unreadable", {}),
        ("2022-10", "unreadable", {}),
        ("X4.10.14", "unreadable", {}),
        ("2022-10-14T00:00", "unreadable", {}),
        ("٢٠٢٢-10-14", "unreadable", {}),
    ],
)
def test_each_refusal_has_its_reason(typed: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(WarekiError) as refusal:
        parse_date(typed)
    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("令和元年4月30日", "令和は元年5月1日からです。"),
        ("22.10.14", "元号（R4など）か西暦4桁で書いてください。「22.10.14」では年が決まりません。"),
        ("令和4年10月14日（木）", "令和4年10月14日は金曜日です。"),
        ("きのう", "令和4年10月14日、R4.10.14、2022-10-14 のように書いてください。"),
    ],
)
def test_refusals_speak_japanese(typed: str, message: str) -> None:
    with pytest.raises(WarekiError) as refusal, translation.override("en"):
        parse_date(typed)
    with translation.override("ja"):
        assert str(refusal.value) == message


@given(st.dates(min_value=FIRST_DAY_OF_MEIJI), st.booleans())
def test_what_is_written_is_read_back(day: date, weekday: bool) -> None:
    assert parse_date(format_date(day, weekday=weekday)) == day
    assert parse_date(format_date(day, short=True)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read = parse_date(text)
    except WarekiError as refusal:
        read = str(refusal)
    assert read
