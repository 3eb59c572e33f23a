"""The page of the picture and its files: rows, groups, conditions, refusals, queries; cells and sheets."""

import io
import re
import shutil
import struct
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.hurdles.models import HurdleTheme, Theme
from apps.roadmap.models import (
    Baseline,
    BaselineInitiative,
    Initiative,
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeUnit,
)
from apps.roadmap.selectors import grouping
from tests.factories import (
    HurdleFactory,
    InitiativeFactory,
    MilestoneFactory,
    PolicyFactory,
    UnitFactory,
    VisionFactory,
    user_with,
)
from tests.pages import text_of
from tests.plugins.database import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for(user_with("secretariat"))


def numbers(client: Any, query: str = "") -> list[tuple[str, list[str]]]:
    """The headings with the numbers below them."""
    response = client.get(f"/roadmap/?{query}")
    assert response.status_code == 200, query
    return [(group.title, [line.number for line in group.lines]) for group in response.context["plan"].groups]


def content(client: Any, query: str) -> bytes:
    response = client.get(f"/roadmap/?{query}")
    assert response.status_code == 200
    return bytes(response.content)


def a_conflict() -> tuple[Initiative, Initiative]:
    needed = InitiativeFactory(number="I-9", title="例規の転換", starts_on="2022-10-01", ends_on=date(2023, 6, 30))
    early = InitiativeFactory(number="I-1", title="請求の電子化", starts_on=date(2023, 1, 1), ends_on=date(2024, 6, 30))
    InitiativeDependency.objects.create(initiative=early, needs=needed)
    return early, needed


def a_baseline(name: str, day: date, *entries: tuple[Initiative, date, date]) -> Baseline:
    baseline = Baseline.objects.create(name=name, frozen_on=day)
    for initiative, start, end in entries:
        BaselineInitiative.objects.create(
            baseline=baseline, initiative=initiative, title="t", status="planned", starts_on=start, ends_on=end
        )
    return baseline


class TestRows:
    def test_each_order_of_the_rows(self, client: Any) -> None:
        far = VisionFactory(number="V-1", title="紙がない")
        near = VisionFactory(number="V-2", horizon="three_years", serves=far)
        policy = PolicyFactory(number="P-1", title="押印廃止")
        first, second = UnitFactory(name="会計課", order=2), UnitFactory(name="市民課", order=1)
        third = UnitFactory(name="保育課", order=3, kind="section")
        one = InitiativeFactory(number="I-1", area="窓口", vision=near, lead_unit=first, starts_on="2023-05-01")
        two = InitiativeFactory(number="I-2", area="", policy=policy, lead_unit=second, starts_on="2023-04-01")
        InitiativeUnit.objects.create(initiative=two, unit=third)
        InitiativeFactory(number="I-3", area="窓口", vision=far, lead_unit=second, starts_on=None)
        old, law = Theme.objects.create(name="古い慣習", order=1), Theme.objects.create(name="法令", order=0)
        hurdle = HurdleFactory()
        for theme in (old, law):
            HurdleTheme.objects.create(hurdle=hurdle, theme=theme)
        InitiativeHurdle.objects.create(initiative=one, hurdle=hurdle)
        orders = {
            "": [("窓口", ["I-1", "I-3"]), ("", ["I-2"])],
            "group=vision": [("V-1 紙がない", ["I-1", "I-3"]), ("", ["I-2"])],
            "group=policy": [("P-1 押印廃止", ["I-2"]), ("", ["I-1", "I-3"])],
            "group=unit": [("市民課", ["I-2", "I-3"]), ("会計課", ["I-1"])],
            "group=theme": [("法令", ["I-1"]), ("古い慣習", ["I-1"]), ("", ["I-2", "I-3"])],
            "group=start": [("", ["I-2", "I-1", "I-3"])],
        }
        assert {query: numbers(client, query) for query in orders} == orders
        conditions = {
            f"area={quote('窓口')}": ["I-1", "I-3"],
            "vision=V-1": ["I-1", "I-3"],
            "vision=V-2": ["I-1"],
            "policy=P-1": ["I-2"],
            f"unit={first.code}": ["I-1"],
            f"unit={third.code}": ["I-2"],
            f"theme={quote('法令')}": ["I-1"],
            "status=achieved": [],
            f"status=planned&unit={second.code}": ["I-3", "I-2"],
        }
        found = {query: [each for _title, rows in numbers(client, query) for each in rows] for query in conditions}
        assert found == conditions

    def test_a_milestone_of_the_last_quarter_stands_on_the_end_of_its_bar(self, client: Any) -> None:
        ending = InitiativeFactory(number="I-1", starts_on=date(2023, 1, 1), ends_on=date(2025, 4, 3))
        for year, quarter in ((2024, 4), (2025, 1), (2025, 2)):
            MilestoneFactory(initiative=ending, fiscal_year=year, quarter=quarter)
        ((line,),) = (group.lines for group in client.get("/roadmap/").context["plan"].groups)
        assert [each.on for each in line.milestones] == [date(2025, 3, 31), date(2025, 4, 3), date(2025, 9, 30)]

    def test_the_table_says_the_same_as_the_picture(self, client: Any) -> None:
        early, needed = a_conflict()
        MilestoneFactory(initiative=needed, fiscal_year=2022, quarter=3, text="洗い出し", state="achieved")
        a_baseline("当初", date(2022, 6, 3), (needed, date(2022, 10, 1), date(2023, 3, 31)))
        page = text_of(client.get("/roadmap/"))
        picture, table = page.split("</svg></figure>")[0], page.split('aria-labelledby="table">')[1]
        for words in ("例規の転換", "請求の電子化", "3か月遅れ", "矛盾", "済 R4 第3四半期\u3000洗い出し"):
            assert words in picture, words
            assert words in table, words
        assert "I-9の終わる前に始まる" in table
        notice = page.split("notice--warn")[1].split("</section>")[0]
        assert "矛盾が1つあります：「請求の電子化」が、先行する「例規の転換」の終わる前に始まります" in notice
        assert f'href="{early.get_absolute_url()}reschedule/?propose=after"' in notice
        assert "日程を見直す" in notice

    def test_who_may_not_move_the_dates_is_led_to_the_initiative(self, client_for: Any) -> None:
        early, _needed = a_conflict()
        notice = text_of(client_for(user_with("viewer")).get("/roadmap/")).split("notice--warn")[1]
        assert "日程を見直す" not in notice
        assert f'href="{early.get_absolute_url()}">取組を見る' in notice

    def test_the_baseline_is_the_newest_unless_another_one_is_asked_for(self, client: Any) -> None:
        one = InitiativeFactory(starts_on=date(2023, 4, 1), ends_on=date(2024, 3, 31))
        old = a_baseline("古い", date(2022, 4, 1), (one, date(2023, 4, 1), date(2023, 12, 31)))
        a_baseline("新しい", date(2022, 6, 3), (one, date(2023, 4, 1), date(2024, 2, 29)))
        slips = {
            query: client.get(f"/roadmap/?{query}").context["twins"][0][1][0].slip
            for query in ("", f"baseline={old.uid}", "baseline=none")
        }
        assert slips == {"": "1か月遅れ", f"baseline={old.uid}": "3か月遅れ", "baseline=none": ""}

    def test_nothing_matches_and_nothing_is_there(self, client: Any) -> None:
        assert "取組はまだありません" in text_of(client.get("/roadmap/"))
        InitiativeFactory()
        page = text_of(client.get("/roadmap/?status=achieved"))
        assert "取組はまだありません" not in page
        assert "条件を消す" in page

    def test_more_rows_than_a_page(self, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(grouping, "PAGE", 2)
        monkeypatch.setattr("apps.roadmap.views.overview.PAGE", 2)
        for number in range(1, 6):
            InitiativeFactory(number=f"I-{number}", area="窓口" if number < 4 else "人材")
        assert numbers(client) == [("窓口", ["I-1", "I-2"])]
        assert numbers(client, "page=2") == [("窓口", ["I-3"]), ("人材", ["I-4"])]
        assert numbers(client, "page=9") == [("人材", ["I-5"])]
        assert client.get("/roadmap/").context["page_links"][1]["url"] == "/roadmap/?page=2"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", "colour"),
        ("format=docx", "docx"),
        ("span=7y", "図の長さ"),
        ("group=colour", "並べ方"),
        ("baseline=x", "基準計画"),
        ("unit=9999", "主管・協力する課"),
        ("from=yesterday", "令和4年度"),
        ("from=2023-02-29", "存在しない日"),
        ("from=%3Cb%3E", "令和4年度"),
    ],
)
def test_what_the_picture_does_not_know_is_refused_in_words(query: str, words: str, client: Any) -> None:
    response = client.get(f"/roadmap/?{query}")
    assert response.status_code == 400
    assert words in text_of(response)


def test_links_to_the_sides_keep_everything_else(client: Any) -> None:
    context = client.get("/roadmap/?span=3m&from=R4.10.1&group=unit").context
    assert context["earlier"]["url"] == "/roadmap/?span=3m&from=2022-09-01&group=unit"
    assert context["later"]["url"] == "/roadmap/?span=3m&from=2022-11-01&group=unit"
    assert context["back_to_today"] == "/roadmap/?span=3m&group=unit"
    assert context["pdf_url"] == "/roadmap/?span=3m&from=R4.10.1&group=unit&format=pdf"


def many(rows: int, needs: int) -> None:
    unit = UnitFactory()
    first = Initiative.objects.count()
    made = Initiative.objects.bulk_create(
        Initiative(number=f"I-{first + n:04d}", title=f"取組{n}", lead_unit=unit, starts_on=date(2023, 1, 1 + n % 28))
        for n in range(rows)
    )
    pairs = [(made[n], made[n - step]) for n in range(rows) for step in range(1, needs + 1) if n >= step]
    for initiative in made[:3]:
        MilestoneFactory(initiative=initiative)
    with without_triggers():  # that against circles looks at one row at a time
        InitiativeDependency.objects.bulk_create(InitiativeDependency(initiative=a, needs=b) for a, b in pairs)


@pytest.mark.parametrize("query", ["", "group=theme", "group=vision&span=1y", "format=svg", "format=xlsx"])
def test_as_many_queries_for_fifty_rows_as_for_five(query: str, client: Any) -> None:
    asked = []
    for rows in (5, 45):
        many(rows, 2)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/roadmap/?{query}").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 32


def test_five_hundred_initiatives_with_a_thousand_dependencies(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("apps.roadmap.selectors.grouping.PAGE", "apps.roadmap.views.overview.PAGE"):
        monkeypatch.setattr(place, 1000)
    many(500, 2)
    Initiative.objects.update(ends_on=date(2023, 2, 28))
    assert InitiativeDependency.objects.count() == 997
    with CaptureQueriesContext(connection) as captured:
        page = text_of(client.get("/roadmap/"))
    assert len(captured) <= 32
    assert page.count('class="roadmap__focus"') == 500
    assert page.count(">矛盾</text>") == 997


class TestFiles:
    @pytest.fixture(autouse=True)
    def rows(self) -> None:
        early, needed = a_conflict()
        Initiative.objects.filter(pk=needed.pk).update(title="<script>=1+1 𠮷</script>", area="行政", progress=60)
        Initiative.objects.filter(pk=early.pk).update(area="行政")
        MilestoneFactory(initiative=needed, fiscal_year=2022, quarter=3, text="洗い出し", state="achieved")
        MilestoneFactory(initiative=needed, fiscal_year=2022, quarter=4, text="改正方針")
        a_baseline("当初", date(2022, 6, 3), (needed, date(2022, 10, 1), date(2023, 3, 31)))

    def test_svg(self, client: Any) -> None:
        response = client.get("/roadmap/?format=svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert response["Content-Disposition"] == 'attachment; filename="roadmap-20221014.svg"'
        svg = response.content.decode()
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "<script" not in svg
        assert "&lt;script&gt;=1+1 𠮷" in svg

    def test_png(self, client: Any) -> None:
        png = content(client, "format=png")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        wide, high = struct.unpack(">II", png[16:24])
        assert (wide, high) == (2592, 2 * (56 + 30 + 2 * 58 + 24 + 56))

    def test_pdf_is_a3_landscape(self, client: Any, tmp_path: Path) -> None:
        pdf = content(client, "format=pdf")
        assert pdf.startswith(b"%PDF-")
        if shutil.which("pdfinfo") is None:
            pytest.skip("poppler (pdfinfo) is not installed: nothing reads the PDF")
        path = tmp_path / "roadmap.pdf"
        path.write_bytes(pdf)
        said = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Pages:\s+2\n", said)
        assert "1190.55 x 841.89 pts (A3)" in said
        words = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
        plain = "".join(words.split())
        for each in (
            "<script>=1+1𠮷</script>",
            "3か月遅れ",
            "矛盾：I-9の終わる前に始まる",
            "済R4第3四半期洗い出し",
            "今日10.14",
        ):
            assert each in plain, each

    def test_the_sheet_has_bars_in_cells(self, client: Any) -> None:
        book = openpyxl.load_workbook(io.BytesIO(content(client, "format=xlsx")))
        bars, table = book.worksheets
        assert (bars.title, table.title) == ("ロードマップ", "ロードマップの表")
        assert (bars.page_setup.orientation, str(bars.page_setup.paperSize)) == ("landscape", "8")
        assert (bars.sheet_properties.pageSetUpPr.fitToPage, bars.page_setup.fitToHeight) == (True, 0)
        assert bars.freeze_panes == "C6"
        assert [str(each) for each in bars.merged_cells.ranges if each.min_col == 7] == ["G3:J3"]
        assert (bars["G3"].value, bars["G4"].value, bars["I5"].value) == ("令和4年度", "4-6", "今日▼")
        assert bars["A6"].value == "行政（2）"
        # I-1 from January 2023, without baseline; I-9 from October 2022 to June 2023, more than half of it done.
        assert [bars[f"{at}7"].value for at in "AB"] == ["I-1", "請求の電子化"]
        assert bars["F7"].value == "矛盾"
        assert [bars[f"{at}8"].value for at in "ABF"] == ["I-9", "<script>=1+1 𠮷</script>", "3か月遅れ"]
        fills = [bars.cell(8, at).fill.fgColor.rgb for at in range(8, 13)]
        assert fills == ["00000000", "FF0017C1", "FF0017C1", "FFC5D7FB", "00000000"]
        assert (bars["I8"].value, bars["J8"].value) == ("◆", "◇")
        below = [bars.cell(9, at).fill.fgColor.rgb for at in range(8, 13)]
        assert below == ["00000000", "FF949494", "FF949494", "00000000", "00000000"]
        assert bars["I8"].border.left.style == "medium"
        assert table["A2"].value == "行政"
        assert [table.cell(3, at).value for at in (2, 5, 6)] == [
            "<script>=1+1 𠮷</script>",
            "R4.10.1～R5.6.30",
            "3か月遅れ",
        ]
        assert all(cell.data_type != "f" for row in bars.iter_rows() for cell in row)

    def test_a_short_span_has_months(self, client: Any) -> None:
        bars = openpyxl.load_workbook(io.BytesIO(content(client, "span=1y&format=xlsx"))).worksheets[0]
        assert [bars.cell(4, at).value for at in range(7, 19)] == [f"{(n + 3) % 12 + 1}月" for n in range(12)]

    def test_no_rows_give_a_file_all_the_same(self, client: Any) -> None:
        for kind in ("svg", "pdf", "xlsx"):
            assert content(client, f"status=achieved&format={kind}")
