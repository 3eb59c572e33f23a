"""What the mid-year report of the demo city says, number by number."""

from typing import Any

import pytest

from apps.core.documents import Chart, DataTable, Document, Figures, Picture, Text
from apps.core.registry import Standpoint, figures, standpoint_today
from apps.hurdles.models import Hurdle
from apps.reports.models import Report
from apps.reports.services.compose import compose
from tests.city.demo_city import AS_OF, person

pytestmark = pytest.mark.usefixtures("demo_city")

# Counted by hand in the files of the demo city.
FIGURES = {
    "decisions.meetings": 3,
    "decisions.directives_open": 5,
    "hurdles.endorsements": 9,
    "hurdles.all": 30,
    "hurdles.open": 29,
    "hurdles.severe": 7,
    "hurdles.hours_lost": 67_400,
    "hurdles.common": 6,
    "roadmap.policies_decided": 5,
    "roadmap.visions": 24,
    "roadmap.initiatives": 12,
    "roadmap.initiatives_late": 0,
    "budget.request": 318_086,
    "budget.proposals": 8,
    "petitions.all": 5,
    "petitions.submitted": 1,
}
CHAPTERS = [
    (1, "検討の経過"),
    (2, "全庁的なハードルと方針"),
    (3, "10年後・3年後の将来像とロードマップ"),
    (4, "人材育成の考え方"),
    (5, "令和5年度予算要求"),
    (6, "国への政策要望"),
]


def report() -> Report:
    return Report.objects.get()


def composed() -> Document:
    return compose(report(), number=1)


def blocks(kind: type[Any]) -> list[Any]:
    return [block for chapter in composed().chapters for block in chapter.blocks if isinstance(block, kind)]


def table(title: str) -> DataTable:
    return next(each for each in blocks(DataTable) if each.title == title)


def test_the_chapters_are_those_of_the_file_each_with_its_words():
    document = composed()
    assert [(chapter.number, chapter.title) for chapter in document.chapters] == CHAPTERS
    own = [block.text for block in blocks(Text) if block.own]
    assert len(own) == 6
    assert own[1] == "重大さ5の7件を重点とし、期限と担当を定める。"


def test_the_head_says_which_draft_of_which_day_it_is():
    document = composed()
    assert document.name == "令和4年度デジタル化推進チーム中間報告（第1案）"
    assert (document.city, document.as_of, document.fiscal_year) == ("汐見野市", AS_OF, 2022)
    assert document.subtitle == "予算要求（令和4年11月2日）に向けて"


def test_the_figures_are_those_of_the_demo_city():
    stated = {each.name: each.value for each in composed().figures()}
    assert {name: stated[name] for name in FIGURES} == FIGURES


def test_every_figure_has_its_definition_its_list_and_its_records():
    by_name = {each.name: each for each in composed().figures()}
    assert all(each.definition and each.url and each.unit for each in by_name.values())
    assert by_name["hurdles.all"].records == tuple(f"H-2022-{n:04d}" for n in range(1, 31))
    assert by_name["petitions.all"].records == tuple(f"R-2022-{n:04d}" for n in range(1, 6))
    assert by_name["roadmap.initiatives"].records == tuple(f"I-2022-{n:04d}" for n in range(1, 13))


@pytest.mark.parametrize("number", ["u001", "u006"])
def test_the_dashboard_shows_the_same_as_the_report(number, client):
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/dashboard/")
    shown = {str(stat["label"]): stat["value"] for stat in [*page.context["stats"], *page.context["course"]]}
    stated = {each.label: each.value for each in composed().figures()}
    common = shown.keys() & stated.keys()
    assert len(common) >= 8
    assert {label: shown[label] for label in common} == {label: stated[label] for label in common}


def test_the_list_behind_a_figure_has_as_many_rows_as_the_report_says(client):
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    for each in composed().figures():
        listed = client.get(each.url)
        assert listed.status_code == 200, each.url
        if each.records and each.value == len(each.records) and "total" in listed.context:
            assert listed.context["total"] == each.value, each.name


def test_the_same_figure_for_the_export_of_the_budget():
    asked = figures["budget.request"].count(Standpoint(person("u006"), report().fiscal_year))
    assert asked == 318_086 == figures["budget.request"].count(standpoint_today(person("u001")))
    rows = table("令和5年度の予算事業")
    assert rows.total is not None
    assert rows.total[1:7] == ("318,086", "96,679", "3,000", "13,800", "18,782", "185,825")
    assert (len(rows.rows), rows.total[-1]) == (8, "295,874")


def test_a_chart_shows_every_hurdle_by_its_state():
    charts = {chart.title: chart for chart in blocks(Chart)}
    states = charts["状態ごとのハードル"]
    assert sum(point.values[0] or 0 for point in states.points) == 30
    assert len(charts) >= 3


def test_severe_hurdles_are_those_of_the_chapter():
    severe = table("重大さ5以上のハードル")
    assert len(severe.rows) == 7 == Hurdle.objects.filter(severity=5).count()
    assert severe.rows[0][:3] == ("H-2022-0001", "請求書への押印が全庁で残っている", "会計課")


def test_common_hurdles_policies_initiatives_petitions_have_their_rows():
    assert [row[1] for row in table("全庁的ハードルと解消の方向性").rows] == ["6", "4", "4", "4", "2", "4"]
    assert len(table("全庁方針と指針").rows) == 6
    assert len(table("将来像への道筋").rows) == 12
    assert len(table("政策要望の状況").rows) == 5
    assert len(table("会議と決定").rows) == 11
    assert len(table("本部長指示").rows) == 6


def test_what_does_not_fit_is_said_in_words():
    said = [block.text for block in blocks(Text) if not block.own]
    assert any("「請求・契約の電子化」はR5.1.1に始まりますが" in text for text in said)


def test_the_gap_of_people_is_that_of_the_plan():
    rows = {row[0]: row[1:] for row in table("人材像ごとの必要数と不足").rows}
    assert rows["DX推進リーダー"][-4:] == ("24", "69", "99", "130")
    assert rows["高度専門人材"][-4:] == ("0", "1", "2", "3")
    assert rows["管理職"][-4:] == ("74", "74", "76", "76")
    assert rows["一般行政職員"][-4:] == ("59", "119", "119", "119")


def test_what_stands_outside_of_plans_and_who_went_on():
    rows = {row[0]: row[1:] for row in table("令和4年度の計画内・計画外（単発）の研修").rows}
    assert rows == {
        "研修": ("7", "2", "9", "22.2"),
        "実施した研修の回": ("8", "2", "10", "20.0"),
        "修了者": ("1,120", "671", "1,791", "37.5"),
    }
    stated = {each.name: each.value for each in composed().figures()}
    assert stated["training.share_ad_hoc_people"] == "37.5"
    assert stated["training.gap"] == 157
    assert table("令和4年度の次の研修に進んだ人").note.startswith("名簿から数えた")


def test_markup_in_peoples_text_stays_text():
    evil = "#let x = 1 *太字* $x$ </w:t> {{ x }} {% x %} <script>alert(1)</script>"
    Hurdle.objects.filter(number="H-2022-0001").update(title=evil)
    assert evil in [row[1] for row in table("重大さ5以上のハードル").rows]


def test_figures_block_is_there_in_every_chapter():
    for chapter in composed().chapters:
        assert any(isinstance(block, Figures) for block in chapter.blocks), chapter.title


def test_the_roadmap_is_a_picture_with_its_words():
    (picture,) = blocks(Picture)
    assert picture.title == "ロードマップ"
    assert "今日 10.14" in picture.svg
    assert ">矛盾</text>" in picture.svg
    spoken = picture.description.split("\n")
    assert len(spoken) == 12
    assert spoken[0].endswith("矛盾：I-2022-0009の終わる前に始まる")
