"""The workload survey: its list, two years compared, and a workbook taken over or refused cell by cell."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Upload
from apps.core.uploads import StalePreview
from apps.organization.models import Unit, User, WorkloadEntry, WorkloadImport
from apps.organization.selectors.survey_form import HEADINGS
from apps.organization.selectors.workload import compare_years, totals_by_department
from apps.organization.services.workload import (
    keep_survey,
    plan_survey,
    read_survey,
    take_over_survey,
)
from tests.factories import DepartmentFactory, UnitFactory, WorkloadFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

YEAR, LAST = FiscalYear(2022), FiscalYear(2021)
HEAD = ["年度", "所属コード", "所属", "業務", "業務の種類", "時間／年", "換算人数", "定型業務", "職員が行うべき業務"]


@pytest.fixture
def secretariat() -> User:
    return user_with("secretariat")


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(code="0401", name="市民課", parent=DepartmentFactory(name="市民部"))


def workbook(*rows: list[Any], head: list[Any] | None = None, sheet: str = "業務量調査") -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet
    for row in [head or HEAD, *rows]:
        page.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def line(task: str, hours: Any = 100, headcount: Any = 0.5, **more: Any) -> list[Any]:
    """One row of the form; `more` replaces values by their key."""
    values: dict[str, Any] = {
        "fiscal_year": "令和4年度",
        "code": "0401",
        "unit": "市民課",
        "task": task,
        "kind": "窓口",
        "hours": hours,
        "headcount": headcount,
        "routine": "○",
        "core": "",
    }
    return list((values | more).values())


def kept(content: bytes, by: User, name: str = "業務量R4.xlsx") -> Upload:
    upload, reading = keep_survey(name=name, content=content, year=YEAR, by=by)
    assert reading.faults == []
    assert upload is not None
    return upload


def faults(content: bytes) -> dict[str, str]:
    return {fault.address: fault.text for fault in read_survey(content, YEAR).faults}


def test_the_headings_are_those_of_the_form() -> None:
    assert [str(label) for label in HEADINGS.values()] == HEAD


def test_new_changed_unchanged_and_missing(secretariat: User, unit: Unit) -> None:
    same = WorkloadFactory(fiscal_year=YEAR, unit=unit, task="同じ", kind="窓口", hours=100, headcount="0.50")
    other = WorkloadFactory(fiscal_year=YEAR, unit=unit, task="変わる", kind="窓口", hours=80, headcount="0.50")
    gone = WorkloadFactory(fiscal_year=YEAR, unit=unit, task="ない")
    WorkloadFactory(fiscal_year=LAST, unit=unit, task="同じ")
    upload = kept(workbook(line("同じ"), line("変わる", 120), line("新しい")), secretariat)
    plan = plan_survey(upload)
    assert ([row.task for row in plan.new], plan.unchanged, plan.missing) == (["新しい"], 1, [gone])
    assert [(change.row.place, change.fields) for change in plan.changed] == [
        ("D3", [{"label": HEADINGS["hours"], "old": "80", "new": "120"}])
    ]
    done = take_over_survey(upload=upload, mark=plan.mark, by=secretariat)
    assert (done.new, done.changed, done.name) == (1, 1, "業務量R4.xlsx")
    other.refresh_from_db()
    assert other.hours == 120
    entry = entries_of(other)[0]
    assert (entry.actor, entry.reason, [(each.old, each.new) for each in entry.changes]) == (
        secretariat.name,
        "業務量R4.xlsx",
        [("80", "120")],
    )
    assert len(entries_of(same)) == 1, "what has not changed has no new entry"
    assert WorkloadEntry.objects.filter(fiscal_year=YEAR).count() == 4
    assert not Upload.objects.exists()


def test_a_second_click_does_it_once(secretariat: User, unit: Unit) -> None:
    upload = kept(workbook(line("新しい")), secretariat)
    mark = plan_survey(upload).mark
    first = take_over_survey(upload=upload, mark=mark, by=secretariat)
    assert take_over_survey(upload=upload, mark=mark, by=secretariat) == first
    assert WorkloadImport.objects.count() == WorkloadEntry.objects.count() == 1


def test_what_was_not_shown_is_not_written(secretariat: User, unit: Unit) -> None:
    upload = kept(workbook(line("業務")), secretariat)
    mark = plan_survey(upload).mark
    WorkloadFactory(fiscal_year=YEAR, unit=unit, task="業務", hours=1)
    with pytest.raises(StalePreview):
        take_over_survey(upload=upload, mark=mark, by=secretariat)
    assert WorkloadEntry.objects.get().hours == 1


@pytest.mark.parametrize(
    ("typed", "hours"),
    [(1234, 1234), (1234.0, 1234), ("1,234", 1234), ("１，２３４", 1234), (" 12 ", 12), (0, 0), ("０", 0)],
)
def test_numbers_however_they_are_typed(typed: Any, hours: int, unit: Unit) -> None:
    assert read_survey(workbook(line("業務", typed)), YEAR).rows[0].hours == hours


@pytest.mark.parametrize("typed", ["", "-1", -1, 1.5, "△3", "百", "1/2", "=cmd|' /C calc'!A0", True, 10**12, "nan"])
def test_what_is_no_number_of_hours(typed: Any, unit: Unit) -> None:
    content = workbook(line("業務", f"'{typed}" if str(typed).startswith("=") else typed))
    assert faults(content) == {"F2": "「時間／年」は0以上の整数で書いてください。"}


def test_every_fault_has_its_cell(unit: Unit) -> None:
    UnitFactory(code="0409", name="窓口課")
    old = UnitFactory(code="0202", name="情報政策課", valid_to=date(2021, 3, 31))
    new = UnitFactory(code="0202", name="情報戦略課", valid_from=date(2021, 4, 1))
    old.main_successor = new
    old.save()
    found = faults(
        workbook(
            line("正しい"),
            line("正しい"),
            line("一", "x", "y"),
            line("二", code="9999", unit=""),
            line("三", code="", unit="情報政策課"),
            line("四", code="0409"),
            line("", 10),
            line("五", routine="たぶん"),
            line("六", fiscal_year="令和3年度"),
            line("七", code="", unit=""),
            line("長" * 201),
        )
    )
    assert found == {
        "D3": "この所属の同じ業務がD2にあります。",
        "F4": "「時間／年」は0以上の整数で書いてください。",
        "G4": "「換算人数」は0以上の数で書いてください。",
        "B5": "コード9999の所属はありません。",
        "C6": "「情報政策課」は、現在の「情報戦略課」（0202）です。その名称で書いてください。",
        "B7": "コード0409は「窓口課」のもので、「市民課」のものではありません。",
        "D8": "業務名を書いてください。",
        "H9": "「定型業務」は○か空欄にしてください。",
        "A10": "令和4年度として取り込みますが、ここには「令和3年度」とあります。",
        "C11": "所属のコードか名称を書いてください。",
        "D12": "「業務」は200文字までです。",
    }


def test_empty_rows_and_rows_of_sums_are_passed_over(unit: Unit) -> None:
    empty = [None] * 9
    reading = read_survey(
        workbook(empty, line("業務"), line("", None, None, kind=""), line("", 100, 0.5, unit="合計", code="")), YEAR
    )
    assert ([row.task for row in reading.rows], reading.totals, reading.faults) == (["業務"], [5], [])


def test_headings_in_another_order_below_a_title_and_on_the_second_sheet(unit: Unit) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(["説明"], head=["お願い"])))
    page = book.create_sheet("調査票")
    page.append(["令和4年度 業務量調査"])
    page.append(["業務", "所属", "時間 ／ 年", "換算人数", "定型業務", "職員が行うべき業務", "備考"])
    page.append(["届出の受付", "市民課", "１２", 0.016666, "", "○", "x"])
    file = BytesIO()
    book.save(file)
    (row,) = read_survey(file.getvalue(), YEAR).rows
    assert (row.place, row.unit, row.hours, row.headcount, row.routine, row.core) == (
        "A3",
        unit,
        12,
        Decimal("0.02"),
        False,
        True,
    )


def test_wrong_headings_are_named(unit: Unit) -> None:
    head = ["年度", "所属コード", "業務", "業務", "時間／年", "換算人数", "職員が行うべき業務"]
    texts = [fault.text for fault in read_survey(workbook(head=head), YEAR).faults]
    assert texts == ["見出し「業務」が重なっています。", "この行に見出し「定型業務」がありません。"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 nothing", "Excelブック（.xlsx）ではありません"),
        ("年度,業務\n".encode(), "Excelブック（.xlsx）ではありません"),
        (workbook(["a"], head=["b"]), "業務量調査の見出しがあるシートがありません"),
        (workbook(), "業務がありません"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_kept(
    content: bytes, words: str, secretariat: User, client_for: Any
) -> None:
    file = SimpleUploadedFile("業務量.xlsx", content)
    page = client_for(secretariat).post("/workload/upload/", {"year": "2022", "file": file})
    assert page.status_code == 422
    assert words in text_of(page)
    assert not Upload.objects.exists()


def test_from_faults_to_what_is_stored(secretariat: User, unit: Unit, client_for: Any) -> None:
    client = client_for(secretariat)
    wrong = SimpleUploadedFile("業務量.xlsx", workbook(line("届出", "多い"), line("証明")))
    page = client.post("/workload/upload/", {"year": "2022", "file": wrong})
    assert page.status_code == 422
    assert "F2" in text_of(page)
    assert "登録していません。直すところが1件あります" in text_of(page)
    assert (Upload.objects.count(), WorkloadEntry.objects.count()) == (0, 0)
    content = workbook(line("届出", 10), line("<b>証明</b>"))
    right = SimpleUploadedFile("業務量.xlsx", content)
    preview = client.post("/workload/upload/", {"year": "2022", "file": right}, follow=True)
    page = text_of(preview)
    assert "&lt;b&gt;証明" in page
    where = preview.request["PATH_INFO"]
    form = form_of(preview, "mark")
    done = client.post(where, form)
    assert (done.status_code, done["Location"]) == (302, "/workload/?year=2022")
    assert client.post(where, form).status_code == 302, "the second click"
    assert WorkloadEntry.objects.count() == 2
    again = client.post(
        "/workload/upload/", {"year": "2022", "file": SimpleUploadedFile("b.xlsx", content)}, follow=True
    )
    assert "このファイルは前に取り込んでいます" in text_of(again)
    assert "取り込むものはありません" in text_of(again)
    dropped = client.post(again.request["PATH_INFO"], {"drop": "1"})
    assert dropped["Location"] == "/workload/upload/"
    assert not Upload.objects.exists()


def test_an_export_that_comes_back_changes_nothing(secretariat: User, unit: Unit, client_for: Any) -> None:
    gone = UnitFactory(code="0105", name="総合計画策定室", valid_to=date(2022, 9, 30))
    gone.main_successor = unit
    gone.save()
    WorkloadFactory(fiscal_year=YEAR, unit=unit, task="𠮷野 =1+1", hours=1, headcount="0.01", routine=False, core=True)
    WorkloadFactory(fiscal_year=YEAR, unit=gone, task="計画", kind="企画", hours=12345)
    WorkloadFactory.create_batch(5, fiscal_year=YEAR, unit=unit)
    content = client_for(secretariat).get("/workload/?year=2022&format=xlsx").content
    plan = plan_survey(kept(content, secretariat))
    assert (plan.new, plan.changed, plan.missing, plan.unchanged) == ([], [], [], 7)
    assert plan.changes_nothing


def test_the_forms_to_fill_come_back(secretariat: User, unit: Unit, client_for: Any) -> None:
    entry = WorkloadFactory(fiscal_year=LAST, unit=unit, task="届出")
    client = client_for(secretariat)
    empty = openpyxl.load_workbook(BytesIO(client.get("/workload/form.xlsx?year=2022").content)).active
    rows = list(empty.iter_rows(values_only=True))
    assert list(rows[0]) == HEAD
    assert rows[1][:4] == ("令和4年度", secretariat.unit.code, secretariat.unit.name, None) or rows[1][1] == "0401"
    filled = client.get("/workload/form.xlsx?year=2022&filled=1").content
    (row,) = read_survey(filled, YEAR).rows
    assert (row.unit, row.task, row.hours) == (unit, entry.task, entry.hours)
    assert client_for(user_with("manager")).get("/workload/form.xlsx").status_code == 403


def test_the_preview_asks_as_often_for_many_rows(secretariat: User, unit: Unit) -> None:
    counts = []
    for many in (3, 3000):
        content = workbook(*(line(f"業務{n}", n) for n in range(many)))
        WorkloadEntry.objects.all().delete()
        upload = kept(content, secretariat)
        with CaptureQueriesContext(connection) as queries:
            plan = plan_survey(upload)
        assert len(plan.new) == many
        counts.append(len(queries))
        take_over_survey(upload=upload, mark=plan.mark, by=secretariat)
    assert counts[0] == counts[1]
    assert WorkloadEntry.objects.filter(fiscal_year=YEAR).count() == 3000


def test_two_years_side_by_side(unit: Unit, client_for: Any) -> None:
    old = UnitFactory(code="0499", name="旧市民課", valid_to=date(2022, 3, 31))
    old.main_successor = unit
    old.save()
    WorkloadFactory(fiscal_year=LAST, unit=old, task="証明 の交付", hours=1000)
    WorkloadFactory(fiscal_year=YEAR, unit=unit, task="証明の交付", hours=900)
    WorkloadFactory(fiscal_year=LAST, unit=unit, task="なくなる", hours=50)
    WorkloadFactory(fiscal_year=YEAR, unit=unit, task="始まる", hours=70)
    rows = compare_years(WorkloadEntry.objects.all(), LAST, YEAR)
    assert {(row.task.replace(" ", ""), row.before, row.after, row.difference_text, row.ratio) for row in rows} == {
        ("証明の交付", 1000, 900, "△100", "△10.0％"),
        ("なくなる", 50, None, "△50", "皆減"),
        ("始まる", None, 70, "70", "皆増"),
    }
    assert {row.unit for row in rows} == {unit}
    (total,) = totals_by_department(rows)
    assert (total.name, total.before, total.after, total.difference_text) == ("市民部", 1050, 970, "△80")
    client = client_for(user_with("viewer"))
    page = text_of(client.get("/workload/compare/?from=2021&to=2022&sort=-difference"))
    for words in ("皆増", "皆減", "△100", "△80", "市民部"):
        assert words in page, words
    exported = client.get("/workload/compare/?from=2021&to=2022&format=csv").content.decode("utf-8-sig")
    assert exported.count("\r\n") == 4
    assert client.get("/workload/compare/?from=x").status_code == 400


def test_the_list_filters_sums_and_links(unit: Unit, client_for: Any) -> None:
    entry = WorkloadFactory(fiscal_year=YEAR, unit=unit, task="ＤＸの相談", hours=1200, headcount="0.62", core=True)
    WorkloadFactory(fiscal_year=LAST, unit=unit, hours=800)
    client = client_for(user_with("viewer"))
    page = text_of(client.get("/workload/?year=2022&unit=0401&routine=yes&core=yes&q=dx"))
    assert "<b>1</b>" in page
    assert "1,200" in page
    assert "0.62" in page
    assert "800" not in page
    assert f'href="/workload/{entry.pk}/"' in page
    assert "<b>2</b>" in text_of(client.get("/workload/"))
    assert "2,000" in text_of(client.get("/workload/"))
    assert client.get(f"/workload/{entry.pk}/").status_code == 200
    assert client.get("/workload/999999/").status_code == 404
    assert client.get("/workload/upload/").status_code == 403


def test_the_list_asks_as_often_for_many_rows(unit: Unit, client_for: Any) -> None:
    client = client_for(user_with("viewer"))
    counts = []
    for _round in range(2):
        WorkloadFactory.create_batch(10, fiscal_year=YEAR, unit=unit)
        for address in ("/workload/", "/workload/compare/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
