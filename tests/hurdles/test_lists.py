"""The list of hurdles: filters, search, sorting, files, and how many queries it takes."""

import csv
import io
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.factories import (
    CategoryFactory,
    DepartmentFactory,
    HurdleFactory,
    LegalBasisFactory,
    ThemeFactory,
    UnitFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/"
HEADER = ["番号", "件名", "所管課", "状態", "進み具合", "重大さ", "時間／年", "主な根拠", "うちの課も", "期限"]


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def titles(client: Any, query: str = "") -> list[str]:
    """The titles in the list, in their order, read from its file for scripts."""
    separator = "&" if query else "?"
    response = client.get(f"{LIST}{query}{separator}format=json")
    assert response.status_code == 200, text_of(response)
    return [row["title"] for row in json.loads(b"".join(response))]


def test_each_filter(client: Any) -> None:
    department = DepartmentFactory(code="DEP")
    unit, category, theme = (
        UnitFactory(code="A444", parent=department),
        CategoryFactory(code="law"),
        ThemeFactory(name="窓口"),
    )
    HurdleFactory(title="a", owning_unit=unit, category=category, severity=5, scope="national")
    HurdleFactory(title="b", reporting_unit=unit, severity=3, status="resolved", scope="own").theme_links.create(
        theme=theme
    )
    HurdleFactory(title="c", status="draft")
    for query, expected in {
        "?status=open": ["a"],
        "?status=resolved": ["b"],
        "?status=draft": ["c"],
        "?owning_unit=A444": ["a"],
        "?reporting_unit=A444": ["b"],
        "?department=DEP": ["a"],
        "?department=null": ["b", "c"],
        "?category=law": ["a"],
        "?category=null": ["b", "c"],
        "?scope=own": ["b"],
        "?severity_min=3": ["a", "b"],
        "?severity_min=4": ["a"],
        f"?theme={quote('窓口')}": ["b"],
        "?status=open&severity_min=5&scope=national": ["a"],
        "?status=open&scope=own": [],
    }.items():
        assert sorted(titles(client, query)) == expected, query


def test_a_filter_by_link_is_shown_in_the_form(client: Any) -> None:
    HurdleFactory(title="見えるもの", status="resolved")
    HurdleFactory(title="別のもの")
    page = text_of(client.get(f"{LIST}?status=resolved"))
    assert "見えるもの" in page
    assert "別のもの" not in page
    assert '<option value="resolved" selected>' in page
    assert "条件を消す" in page


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?colour=red", "colour"),
        ("?sort=colour", "colour"),
        ("?format=pdf", "pdf"),
        ("?status=open&<b>=1", "&lt;b&gt;"),
    ],
)
def test_what_the_list_does_not_know_is_refused_by_name(query: str, name: str, client: Any) -> None:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    page = text_of(response)
    assert f"「{name}」" in page
    assert "一覧へ戻る" in page


@pytest.mark.parametrize("query", ["?status=nonsense", "?owning_unit=0", "?severity_min=9", "?category=none-such"])
def test_an_unknown_value_shows_no_rows_and_says_so(query: str, client: Any) -> None:
    HurdleFactory(title="見えないはず")
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert "field__error" in text_of(response)
    assert "見えないはず" not in text_of(response)


def test_sorting(client: Any) -> None:
    for title, severity, hours in (("a", 2, 10), ("b", None, 30), ("c", 5, None), ("d", 5, 20)):
        HurdleFactory(title=title, severity=severity, hours_lost=hours)
    assert titles(client) == ["d", "c", "a", "b"], "the severest first, what nobody has judged last"
    assert titles(client, "?sort=hours_lost") == ["a", "d", "b", "c"]
    assert titles(client, "?sort=-hours_lost") == ["b", "d", "a", "c"]
    page = text_of(client.get(f"{LIST}?sort=hours_lost&status=open"))
    assert 'aria-sort="ascending"' in page
    assert "?sort=-hours_lost&amp;status=open" in page


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ＤＸ推進の壁", "DX"),
        ("dx推進の壁", "ＤＸ"),
        ("ｵﾝﾗｲﾝ申請", "オンライン"),
        ("オンライン申請", "ｵﾝﾗｲﾝ"),
        ("押 印の廃止", "押印"),
        ("押印の廃止", "押　印 廃止"),
        ("令和４年度の決裁", "令和4"),
        ("令和4年度の決裁", "令和４"),
        ("がん検診の受付", "か\u3099ん検診"),
        ("髙𠮷\ufa19", "𠮷"),
    ],
)  # fmt: skip
def test_search_finds_however_it_is_written(written: str, searched: str, client: Any) -> None:
    HurdleFactory(title=written)
    HurdleFactory(title="関わりのない件名")
    assert titles(client, f"?q={quote(searched)}") == [written]
    assert "関わりのない件名" not in text_of(client.get(f"{LIST}?q={quote(searched)}"))


def test_search_looks_into_the_number_and_the_texts(client: Any) -> None:
    hurdle = HurdleFactory(title="甲", obstacle="乙", countermeasure="丙")
    HurdleFactory(title="丁")
    for query in (hurdle.number, hurdle.number.replace("-", ""), "乙", "丙", "甲 丙"):
        assert titles(client, f"?q={quote(query)}") == ["甲"], query
    assert titles(client, f"?q={quote('甲 丁')}") == [], "every word has to occur"


def test_the_hit_is_marked_and_escaped(client: Any) -> None:
    HurdleFactory(title="<b>ＤＸ</b>")
    page = text_of(client.get(f"{LIST}?q=dx"))
    assert "&lt;b&gt;<mark>ＤＸ</mark>&lt;/b&gt;" in page


class TestFiles:
    @pytest.fixture(autouse=True)
    def rows(self) -> None:
        owner = UnitFactory(name="市民課", code="A202")
        LegalBasisFactory(
            hurdle=HurdleFactory(
                title="=cmd|'/C calc'!A0", number="H-2020-0101", severity=5, hours_lost=1200, owning_unit=owner,
                category=CategoryFactory(name="法令"), target_date="2023-03-31",
            ),
            level__name="要綱",
        )  # fmt: skip
        HurdleFactory(title='髙𠮷\ufa19 ｵﾝﾗｲﾝ, "引用"', number="H-2020-0102", severity=4)
        HurdleFactory(title="軽いもの", severity=1)

    EXPECTED = (
        ["H-2020-0101", "=cmd|'/C calc'!A0", "市民課", "受付", "", "5", "1200", "要綱", "", "2023-03-31"],
        ["H-2020-0102", '髙𠮷\ufa19 ｵﾝﾗｲﾝ, "引用"', "", "受付", "", "4", "", "", "", ""],
    )

    def file(self, client: Any, kind: str) -> Any:
        response = client.get(f"{LIST}?severity_min=4&format={kind}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith('attachment; filename="hurdles-20221014.')
        return b"".join(response)

    def test_csv(self, client: Any) -> None:
        content = self.file(client, "csv")
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert rows[0] == HEADER
        expected = [list(row) for row in self.EXPECTED]
        expected[0][1] = "'" + expected[0][1]
        assert rows[1:] == expected

    def test_csv_for_old_systems(self, client: Any) -> None:
        rows = list(csv.reader(io.StringIO(self.file(client, "csv-cp932").decode("cp932"), newline="")))
        assert [row[0] for row in rows[1:]] == ["H-2020-0101", "H-2020-0102"]
        assert rows[2][1] == '髙〓〓 ｵﾝﾗｲﾝ, "引用"' or rows[2][1] == '髙〓\ufa19 ｵﾝﾗｲﾝ, "引用"'

    def test_xlsx(self, client: Any) -> None:
        sheet = load_workbook(io.BytesIO(self.file(client, "xlsx"))).active
        cells = [list(row) for row in sheet.iter_rows()]
        start = next(i for i, row in enumerate(cells) if [c.value for c in row][: len(HEADER)] == HEADER)
        rows = [row for row in cells[start + 1 :] if row[0].value]
        assert [row[0].value for row in rows] == ["H-2020-0101", "H-2020-0102"]
        assert (rows[0][1].value, rows[0][1].data_type) == ("=cmd|'/C calc'!A0", "s")
        assert (rows[0][5].value, rows[0][6].value) == (5, 1200)
        assert rows[0][9].value.date().isoformat() == "2023-03-31"
        assert rows[1][1].value == self.EXPECTED[1][1]

    def test_json(self, client: Any) -> None:
        rows = json.loads(self.file(client, "json"))
        assert [row["title"] for row in rows] == [row[1] for row in self.EXPECTED]
        assert (rows[0]["number"], rows[0]["severity"], rows[0]["target_date"]) == ("H-2020-0101", 5, "2023-03-31")
        assert rows[0]["owning_unit"] == "市民課"
        assert rows[1]["hours_lost"] is None

    @pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx", "json"])
    def test_a_file_holds_all_pages_and_only_what_one_sees(self, kind: str, client: Any, client_for: Any) -> None:
        promoter = user_with("promoter")
        for number in range(23):
            HurdleFactory(title=f"自課{number}", reporting_unit=promoter.unit)
        content = b"".join(client_for(promoter).get(f"{LIST}?size=20&format={kind}"))
        assert rows_in(content, kind) == 23
        assert rows_in(b"".join(client.get(f"{LIST}?format={kind}")), kind) == 26


def rows_in(content: bytes, kind: str) -> int:
    if kind == "json":
        return len(json.loads(content))
    if kind == "xlsx":
        values = [row[0] for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
        return len([value for value in values if value and str(value).startswith("H-20")])
    text = content.decode("cp932" if kind == "csv-cp932" else "utf-8-sig")
    return len(list(csv.reader(io.StringIO(text, newline="")))) - 1


def test_pages(client: Any) -> None:
    for number in range(45):
        HurdleFactory(title=f"件名{number:02d}〆", severity=3, hours_lost=1000 - number)
    first, last = text_of(client.get(f"{LIST}?size=20&sort=-severity")), text_of(client.get(f"{LIST}?size=20&page=3"))
    assert "<b>45</b> 件中 1–20件" in first
    assert ("件名00〆" in first, "件名20〆" in first) == (True, False)
    assert "41–45件" in last
    assert "件名44〆" in last
    assert "?size=20&amp;sort=-severity&amp;page=2" in first
    assert client.get(f"{LIST}?page=99").status_code == 200
    assert client.get(f"{LIST}?size=7").status_code in {200, 400}


def test_late_ones_are_marked(client: Any) -> None:
    HurdleFactory(target_date="2022-10-13")
    HurdleFactory(target_date="2022-10-14")
    HurdleFactory(target_date="2022-10-13", status="resolved")
    assert text_of(client.get(LIST)).count('class="is-late"') == 1


def test_nothing_yet_and_nothing_found(client: Any, client_for: Any) -> None:
    page = text_of(client.get(LIST))
    assert "条件に合うハードルはありません。" in page
    assert "条件を消す" not in page
    assert "<table" not in page
    found = text_of(client.get(f"{LIST}?q=ない"))
    assert "条件に合うハードルはありません。" in found
    assert "条件を消す" in found
    assert titles(client) == []
    assert client.get("/").status_code == 200


def test_only_those_who_may_log_are_offered_it(client: Any, client_for: Any) -> None:
    assert 'href="/hurdles/new/"' in text_of(client.get(LIST))
    assert 'href="/hurdles/new/"' not in text_of(client_for(user_with("auditor")).get(LIST))


def test_queries_do_not_grow_with_the_rows(client: Any) -> None:
    counts = []
    for more in (5, 55):
        for _each in range(more):
            LegalBasisFactory(hurdle=HurdleFactory(owning_unit=UnitFactory(), category=CategoryFactory()))
        client.get(LIST)
        for query in ("?size=100", "?size=100&q=押印", "?format=json"):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(f"{LIST}{query}"))
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 23, counts
