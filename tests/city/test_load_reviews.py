"""reviews.yaml and interim_report.yaml in the demo city."""

from collections import Counter
from datetime import date

import pytest

from apps.core.fiscal import FiscalYear
from apps.reports.choices import ChapterSource, ReportKind, ReportStatus
from apps.reports.models import Report
from apps.reviews.choices import ReflectionLevel
from apps.reviews.models import Activity, Reflection

pytestmark = pytest.mark.usefixtures("demo_city")


def keys(records) -> set[str]:
    return {record.source_key for record in records.all()}


def test_four_activities_of_the_year_before():
    results = {each.title: each.result for each in Activity.objects.all()}
    assert len(results) == 4
    assert results["業務量調査"] == "全66課のうち64課が回答。定型業務の割合は41%。"
    assert {each.fiscal_year for each in Activity.objects.all()} == {FiscalYear(2021)}


def test_ten_reflections_by_level_and_theme():
    reflections = Reflection.objects.all()
    levels = {ReflectionLevel.GENERAL: 2, ReflectionLevel.PARTICULAR: 8}
    assert Counter(each.level for each in reflections) == levels
    assert Counter(each.theme.name for each in reflections) == {
        "制度・仕組み": 1,
        "主体性": 1,
        "全庁的なハードル": 1,
        "人材育成": 2,
        "働き方": 1,
        "国の交付金": 2,
        "投資": 1,
        "市民との対話": 1,
    }
    assert {each.fiscal_year for each in reflections} == {FiscalYear(2021)}


def test_what_answers_a_reflection():
    reflection = Reflection.objects.get(source_key="RF-2021-04")
    assert reflection.text == "研修が単発で、どのような人材が何人必要かを決めていなかった。"
    assert keys(reflection.policies) == {"PL-06"}
    assert keys(reflection.initiatives) == {"R-07"}
    assert keys(reflection.courses) == {"T-01", "T-02", "T-03", "T-04", "T-05", "T-06"}
    assert keys(reflection.proposals) == {"B-04"}
    assert keys(reflection.petitions) == set()


def test_one_reflection_has_no_answer_yet():
    unanswered = Reflection.objects.filter(policies=None, initiatives=None, courses=None, proposals=None)
    assert [each.source_key for each in unanswered] == ["RF-2021-10"]


def test_the_report_under_review_with_its_chapters():
    report = Report.objects.get()
    assert (report.kind, report.fiscal_year) == (ReportKind.MID_YEAR, FiscalYear(2022))
    assert report.title == "令和4年度デジタル化推進チーム中間報告"
    assert report.status == ReportStatus.UNDER_REVIEW
    assert (report.due_before, report.edition) == (date(2022, 11, 2), "第2版")
    assert report.freezing_rule == "決定時点の数値を固定して保存し、その後の更新とは分ける。"
    assert report.meeting.source_key == "MTG-2022-03"
    assert [(each.order, each.source, each.severity_min, each.words) for each in report.chapters.all()] == [
        (
            1,
            ChapterSource.PROCESS,
            None,
            "推進チーム会議を4回開き、各課から出された82件の課題を30件のハードルに整理した。",
        ),
        (2, ChapterSource.HURDLES, 5, "重大さ5の7件を重点とし、期限と担当を定める。"),
        (3, ChapterSource.ROADMAP, None, "12項目の目標値と節目を定める。"),
        (4, ChapterSource.TRAINING, None, "4区分の人材像と年度別の必要数を示す。"),
        (5, ChapterSource.BUDGET, None, "重点案件8件を要求する。"),
        (6, ChapterSource.PETITIONS, None, "法令上の課題5件を要望としてまとめる。"),
    ]
    assert report.chapters.get(order=3).title == "10年後・3年後の将来像とロードマップ"
    assert report.drafts.count() == 0
