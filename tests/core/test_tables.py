"""The declarative table: cells, heads, order, and its twin for files."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from apps.core.fiscal import FiscalYear
from apps.core.tables import Column, Table, shown
from apps.hurdles.models import Hurdle
from tests.factories import HurdleFactory


class Things(Table):
    caption = "もの"
    columns = (
        Column("name", "名称", "subject", sort=("name",), link=lambda row: f"/{row.name}/"),
        Column("owner", "所管", value="unit.name"),
        Column("sum", "額", "number", value=lambda row: row.a + row.b, sort=("a", "b")),
        Column("day", "日", "date"),
        Column("state", "状態", "chip", chip=lambda _row: "blue full"),
    )


def thing(**values: Any) -> Any:
    defaults = {"name": "甲", "unit": None, "a": 1200, "b": 34, "day": date(2022, 10, 14), "state": "済"}
    return SimpleNamespace(**(defaults | values))


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (None, "text", "－"),
        ("", "text", "－"),
        (0, "number", "0"),
        (1234567, "number", "1,234,567"),
        (date(2019, 5, 1), "date", "R1.5.1"),
        (FiscalYear(2022), "text", FiscalYear(2022).short),
        ("0202", "code", "0202"),
    ],
)
def test_a_value_as_the_screen_writes_it(value: Any, kind: Any, words: str) -> None:
    assert shown(value, kind) == words


def test_a_row() -> None:
    row = Things([thing(unit=SimpleNamespace(name="市民課"))], QueryDict()).body[0]
    assert [cell["value"] for cell in row["cells"]] == ["甲", "市民課", "1,234", "R4.10.14", "済"]
    assert row["cells"][0]["url"] == "/甲/"
    assert row["cells"][4]["chip"] == "blue full"
    assert row["late"] is False


def test_a_missing_link_on_the_path_is_a_dash() -> None:
    assert Things([thing()], QueryDict()).body[0]["cells"][1]["value"] == "－"


def test_the_head_keeps_filters_drops_the_page_and_turns_round() -> None:
    head = Things([], QueryDict("status=open&page=3&sort=name")).head
    assert [cell["direction"] for cell in head] == ["ascending", None, None, None, None]
    assert head[0]["sort_url"] == "?status=open&sort=-name"
    assert head[2]["sort_url"] == "?status=open&sort=sum"
    assert head[1]["sort_url"] is None
    assert Things.sort_keys() == {"name", "-name", "sum", "-sum"}


def test_files_hold_data_not_words() -> None:
    assert [(each.key, each.label, each.kind) for each in Things.export_columns()] == [
        ("name", "名称", "text"),
        ("owner", "所管", "text"),
        ("sum", "額", "number"),
        ("day", "日", "date"),
        ("state", "状態", "text"),
    ]
    assert list(Things.export_rows([thing()])) == [["甲", None, 1234, date(2022, 10, 14), "済"]]


def test_markup_in_a_cell_is_text() -> None:
    page = render_to_string("components/table.html", {"table": Things([thing(name="<b>&")], QueryDict())})
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "chip--blue chip--full" in page


@pytest.mark.django_db
def test_the_order_is_total_and_nothing_comes_last() -> None:
    class Hours(Table):
        columns = (Column("hours_lost", "", sort=("hours_lost",)),)

    made = [HurdleFactory(hours_lost=hours) for hours in (5, None, 5, 1)]
    for sort, expected in (("hours_lost", [3, 0, 2, 1]), ("-hours_lost", [0, 2, 3, 1])):
        assert list(Hours.ordered(Hurdle.objects.all(), sort)) == [made[place] for place in expected]
    assert Hours.ordered(Hurdle.objects.all(), "").query.order_by == ()
