"""The request in every other form: one workbook a section, the flat list, Shift JIS, and files prepared by a job."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from python_calamine import CalamineWorkbook

from apps.budget.exports import (
    FILES,
    content_type_of,
    flat,
    request_csv,
    request_flat,
    request_workbook,
    section_workbooks,
)
from apps.budget.exports.files import XLSX
from apps.budget.models import (
    BudgetItem,
    BudgetStage,
    BudgetYear,
    CostLine,
    DebtBurden,
    Funding,
    Proposal,
    RequestLine,
    RevenueItem,
)
from apps.budget.selectors import all_of_year, cost_rows, request_of, whole_request
from apps.budget.selectors import export_files as reads
from apps.budget.selectors.revenue import RevenueItems
from apps.budget.services.export_files import ask_for_request_file
from apps.budget.tasks import run_export_request
from apps.core.files import disposition
from apps.core.fiscal import FiscalYear
from apps.core.jobs import Work
from apps.core.models import Job, Upload
from apps.core.permissions import Forbidden
from apps.organization.models import Unit
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
REQUEST_K = 318_086
SOURCES_K = [96_679, 3_000, 13_800, 18_782, 185_825]


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(person(key), backend="django.contrib.auth.backends.ModelBackend")
    return client


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(content: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def flat_book(proposals: Any) -> bytes:
    file = io.BytesIO()
    request_flat(file, proposals)
    return file.getvalue()


# One workbook a section


def test_the_workbooks_of_the_sections_come_to_the_whole():
    answer = signed_in("u006").get("/budget/export/", {"year": "R5", "format": "zip"})
    assert answer["Content-Disposition"] == disposition(
        "令和5年度予算要求書_所属別.zip", plain="budget-request-2023-sections.zip"
    )
    archive = zipfile.ZipFile(io.BytesIO(body(answer)))
    assert archive.testzip() is None
    units = set(Proposal.objects.values_list("requesting_unit", flat=True))
    assert len(archive.namelist()) == len(set(archive.namelist())) == len(units)
    totals = [
        next(row for row in rows_of(archive.read(name), "総括表") if row[0] == "計") for name in archive.namelist()
    ]
    assert sum(total[8] for total in totals) == REQUEST_K
    assert [sum(total[11 + n] for total in totals) for n in range(5)] == SOURCES_K


def test_the_command_writes_the_sections_and_shift_jis_on_demand(tmp_path):
    call_command("export_budget", year="R5", out=tmp_path, sections=True, flat=True, cp932=True)
    names = {path.name for path in tmp_path.iterdir()}
    endings = {".xlsx", ".csv", ".pdf", "-costs.xlsx", "-cp932.csv", "-cp932-lost.csv", "-sections"}
    assert names == {f"budget-request-2023{ending}" for ending in endings}
    books = sorted((tmp_path / "budget-request-2023-sections").iterdir())
    assert [path.name for path in books] == sorted(name for name, _book in section_workbooks(YEAR, whole_request(YEAR)))


def test_the_files_have_the_names_of_a_city_hall():
    assert {kind: file.kept_as(YEAR) for kind, file in FILES.items()} == {
        "xlsx": "令和5年度予算要求書.xlsx",
        "zip": "令和5年度予算要求書_所属別.zip",
        "pdf": "令和5年度予算要求書.pdf",
        "flat": "令和5年度予算要求書_積算一覧.xlsx",
        "csv": "令和5年度予算要求書.csv",
        "csv-cp932": "令和5年度予算要求書_ShiftJIS.csv",
        "csv-lost": "令和5年度予算要求書_〓になった文字一覧.csv",
    }
    types = {file.kept_as(YEAR).rpartition(".")[2]: file.content_type for file in FILES.values() if file.is_heavy}
    assert {ending: content_type_of(f"令和5年度予算要求書.{ending}") for ending in types} == types


def test_a_workbook_of_a_section_is_called_by_its_code_and_its_name():
    first, second, third = Unit.objects.filter(pk__in=Proposal.objects.values("requesting_unit")).order_by("pk")[:3]
    Unit.objects.filter(pk=first.pk).update(code="9801", name='子ども/若者:"A"課', order=0)
    Unit.objects.filter(pk=second.pk).update(
        code="9802", name="窓口課", order=1, valid_from=None, valid_to=date(1999, 3, 31)
    )
    Unit.objects.filter(pk=third.pk).update(code="9802", name="窓口課", order=2, valid_from=date(1999, 4, 1))
    names = [name for name, _book in section_workbooks(YEAR, whole_request(YEAR))]
    assert names[:3] == [
        "9801_子ども／若者：”A”課_令和5年度予算要求書.xlsx",
        "9802_窓口課_令和5年度予算要求書.xlsx",
        f"9802_窓口課_{third.pk}_令和5年度予算要求書.xlsx",
    ]


# The flat list


def test_its_sheet_prints_on_two_sheets_of_a4_that_both_say_the_project():
    book = openpyxl.load_workbook(io.BytesIO(request_workbook(YEAR, list(whole_request(YEAR)))))
    sheet = book.worksheets[-1]
    assert (sheet.title, sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("積算", 9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$G:$H")
    assert [sheet["G1"].value, sheet["H1"].value] == ["事業コード", "事業名"]
    assert sheet.page_setup.pageOrder == "overThenDown"
    at = next(cell.column for cell in sheet[1] if cell.value == "内容")
    heights = {sheet.cell(row, at).value: sheet.row_dimensions[row].height for row in range(2, sheet.max_row + 1)}
    assert heights["研修講師謝礼"] == 20.25
    assert heights["CIO補佐官の費用弁償"] == 48, "its 細節 takes three lines"


def test_the_flat_list_loses_nothing():
    empty = Proposal.objects.get(source_key="B-01")
    Proposal.objects.create(
        **{"fiscal_year": YEAR, "name": "節のない事業", "kind": "new", "purpose": "検討中", "stage": empty.stage},
        **{"budget_item": empty.budget_item, "requesting_unit": empty.requesting_unit},
    )
    head, *rows = rows_of(flat_book(all_of_year(YEAR)), "積算")
    at = {label: n for n, label in enumerate(head)}
    assert sum(row[at["要求額（千円）"]] or 0 for row in rows) == REQUEST_K
    names = ("国庫支出金", "県支出金", "地方債", "その他", "一般財源")
    assert [sum(row[at[name]] or 0 for row in rows) for name in names] == SOURCES_K
    assert sum(row[at["金額（円）"]] or 0 for row in rows) == sum(CostLine.objects.values_list("amount_yen", flat=True))
    # A 節 that is gone and a project without 節 have a row, too.
    assert len(rows) == CostLine.objects.count() + RequestLine.objects.filter(cost_lines=None).count() + 1
    assert "節のない事業" in [row[at["事業名"]] for row in rows]


def test_the_sheet_of_the_workbook_is_the_same_list():
    written = rows_of(request_workbook(YEAR, list(whole_request(YEAR))), "積算")
    assert written == rows_of(flat_book(all_of_year(YEAR)), "積算")


def test_the_year_of_the_flat_list_has_no_commas():
    for book in (flat_book(all_of_year(YEAR)), request_workbook(YEAR, list(whole_request(YEAR)))):
        sheet = openpyxl.load_workbook(io.BytesIO(book))["積算"]
        cell = sheet.cell(2, 1)
        assert (sheet.cell(1, 1).value, cell.value, cell.number_format) == ("年度", 2023, "0")


def test_the_flat_list_holds_one_project_at_a_time():
    each = cost_rows(all_of_year(YEAR))
    assert isinstance(each, Iterator)
    first, own = next(each)
    assert len(own) == CostLine.objects.filter(request_line__proposal=first).count()
    assert isinstance(flat.flat_rows(each), Iterator)


# Shift JIS


def test_what_shift_jis_lacks_becomes_a_mark_and_is_listed():
    Proposal.objects.filter(source_key="B-01").update(name="𠮷田・髙﨑の事業")
    client = signed_in("u006")
    answer = client.get("/budget/export/", {"year": "2023", "format": "csv-cp932"})
    assert answer["Content-Type"] == "text/csv; charset=cp932"
    head, *rows = csv.reader(io.StringIO(body(answer).decode("cp932"), newline=""))
    names = [row[head.index("事業名")] for row in rows]
    assert "〓田・髙﨑の事業" in names
    assert sum(int(row[head.index("要求額（千円）")]) for row in rows) == REQUEST_K
    page = client.get("/budget/export/").content.decode()
    assert "U+20BB7" in page
    assert "1箇所" in page
    lost = body(client.get("/budget/export/", {"format": "csv-lost"})).decode("utf-8-sig")
    assert [row[:2] for row in csv.reader(io.StringIO(lost, newline=""))][1:] == [["𠮷", "U+20BB7"]]


def test_a_request_without_such_characters_says_nothing_of_them():
    page = signed_in("u006").get("/budget/export/").content.decode()
    assert "Shift JISにない文字" not in page
    assert "格納" not in request_csv(whole_request(YEAR), "cp932").decode("cp932")


# The stage, while the appraisal is hidden


def test_nobody_learns_how_far_the_appraisal_is():
    stage = BudgetStage.objects.filter(kind="appraisal").order_by("order").first()
    Proposal.objects.update(stage=stage)

    def stages(key: str) -> set[str]:
        return set(request_of(YEAR, person(key)).values_list("stage_shown", flat=True))

    assert stages("u006") == {"査定中"}  # the secretariat
    assert stages("u009") == {stage.name}  # the finance section
    BudgetYear.objects.update_or_create(fiscal_year=YEAR, defaults={"disclosed_on": "2022-10-01"})
    assert stages("u006") == {stage.name}


# What is odd


def test_a_long_proposal_repeats_its_head_on_every_page():
    line = RequestLine.objects.filter(proposal__source_key="B-01").first()
    CostLine.objects.bulk_create(
        CostLine(request_line=line, description=f"端末{n}", unit_price_yen=0, quantity=1, amount_yen=0, kind="initial")
        for n in range(200)
    )
    content = request_workbook(YEAR, list(whole_request(YEAR)))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book = parts.read("xl/workbook.xml").decode()
    assert book.count("_xlnm.Print_Titles") == 13 + 1 + 1  # the tables, the flat list, and this proposal


def test_money_inside_another_project_is_listed_and_counted_once():
    own = Proposal.objects.get(source_key="B-01")
    line = own.request_lines.order_by("-request_k").first()
    line.host_code, line.host_name, line.host_item = "0201-001", "住基ネット運用事業", BudgetItem.objects.first()
    line.save()
    content = request_workbook(YEAR, list(whole_request(YEAR)))
    (total,) = (row for row in rows_of(content, "うちDX分") if row[0] == "計")
    assert total[5] == line.request_k
    assert next(row for row in rows_of(content, "総括表") if row[0] == "計")[8] == REQUEST_K
    assert "住基ネット運用事業に計上" in str(rows_of(content, f"2 {own.name}"))


def test_the_demo_asks_for_its_revenue_at_the_items_of_its_list():
    """国庫 31,559 of B-03 and 65,120 of B-07, 県 3,000 of B-02; fees and donations have no item of their own."""
    content = request_workbook(YEAR, list(whole_request(YEAR)))
    rows = rows_of(content, "歳入予算要求書")
    assert not rows[1][0]
    sums = {str(row[0]).strip("　"): row[4] for row in rows[5:]}
    names = ("15 国庫支出金", "01 総務管理費補助金", "16 県支出金", "計")
    assert [sums[name] for name in names] == [
        96_679,
        3_000,
        3_000,
        99_679,
    ]  # the last 節 of that name is the prefecture's
    assert "未設定" not in str(rows)
    rows = rows_of(content, "歳入（市債・その他）")
    assert rows[1][0] == "歳入科目が未設定の財源：2件"
    sums = {str(row[0]).strip("　"): row[4] for row in rows[5:]}
    fund_k = Funding.objects.get(name="デジタル化推進基金繰入金").amount_k
    assert (sums["22 市債"], sums["19 繰入金"]) == (13_800, fund_k)
    assert sums["歳入科目が未設定：その他"] == 18_782 - fund_k
    assert sums["計"] == 32_582


def test_two_items_for_one_source_leave_the_choice_to_people():
    known = RevenueItems.of(YEAR)
    (item,) = (each for each in known.items if each.source == "national")
    account = item.account_id
    assert known.fitting(account, "national") == item
    assert known.fitting(account + 1, "national") is None
    assert known.fitting(account, "other", "体育施設使用料") is None
    assert known.fitting(account, "other", "デジタル化推進基金繰入金") is not None
    RevenueItem.objects.create(account=item.account, source="national", kan="15", kan_name="国庫支出金", kou="03")
    assert RevenueItems.of(YEAR).fitting(account, "national") is None


def test_revenue_stands_at_its_item_and_what_has_none_is_named():
    Funding.objects.update(revenue_item=None)
    funding = Funding.objects.get(proposal__source_key="B-02", source="prefecture")
    item = _revenue_item(funding)
    rows = rows_of(request_workbook(YEAR, list(whole_request(YEAR))), "歳入予算要求書")
    assert rows[1][0] == "歳入科目が未設定の財源：2件"
    words = [str(row[0]).strip("　") for row in rows]
    assert words.index(f"{item.setsu} {item.setsu_name}") < words.index("歳入科目が未設定：国庫支出金")
    sums = {str(row[0]).strip("　"): row[4] for row in rows[5:]}
    assert (sums["16 県支出金"], sums["歳入科目が未設定：国庫支出金"], sums["計"]) == (3_000, 96_679, 99_679)


def _revenue_item(funding: Funding) -> Any:
    from_list = funding._meta.get_field("revenue_item").related_model.objects
    item = from_list.get(source="prefecture")
    Funding.objects.filter(pk=funding.pk).update(revenue_item=item)
    return item


def test_the_special_allocation_tax_is_a_memo_that_takes_nothing_away():
    Proposal.objects.filter(source_key="B-04").update(allocation_k=3_200, allocation_basis="4,571千円×0.7")
    content = request_workbook(YEAR, list(whole_request(YEAR)))
    general = Proposal.objects.get(source_key="B-04").general_k
    (memo,) = (row for row in rows_of(content, "特別交付税（参考）") if row[0] == "計")
    assert memo[2:4] == [general, 3_200]
    assert next(row for row in rows_of(content, "総括表") if row[0] == "計")[15] == SOURCES_K[-1]


def test_the_record_of_debt_burdens_has_its_sources():
    burdens = list(DebtBurden.objects.values_list("limit_k", flat=True))
    (total,) = (
        row for row in rows_of(request_workbook(YEAR, list(whole_request(YEAR))), "債務負担行為") if row[0] == "計"
    )
    assert total[4] == total[10] == sum(burdens) == 129_096


# By a job, where the request is long


@pytest.fixture
def long_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.budget.views.requests.AT_ONCE", 7)


UID = "0b8f3a52-6a39-4c0e-8f10-6a1d6f6fd5a1"


@pytest.mark.usefixtures("long_request")
def test_a_long_request_is_prepared_by_a_job_and_its_owner_alone_gets_it():
    client = signed_in("u006")
    page = client.get("/budget/export/").content.decode()
    assert f"{FILES['xlsx'].label}を作成" in page
    assert "format=xlsx" not in page
    assert client.get("/budget/export/", {"format": "xlsx"}).status_code == 400
    assert client.get("/budget/export/", {"format": "flat"}).status_code == 200
    asked = {"uid": UID, "year": "2023", "kind": "xlsx"}
    first, second = (client.post("/budget/export/prepare/", asked) for _n in range(2))
    assert first["Location"] == second["Location"]
    (job,) = Job.objects.filter(kind=reads.EXPORT_REQUEST)
    result = run_export_request(QuietWork(job))()
    answer = client.get(result["url"])
    assert (result["label"], answer["Content-Type"]) == ("令和5年度予算要求書.xlsx", XLSX)
    assert answer["Content-Disposition"] == disposition("令和5年度予算要求書.xlsx", plain="budget-request.xlsx")
    assert next(row for row in rows_of(answer.content, "総括表") if row[0] == "計")[8] == REQUEST_K
    assert signed_in("u007").get(result["url"]).status_code == 404
    assert Upload.objects.count() == 1


class QuietWork(Work):
    """A job's work inside the transaction of a test, where progress cannot be told."""

    def progress(self, per_cent: int, step: str) -> None:
        assert 0 <= per_cent <= 100


def test_only_those_who_take_the_request_away_have_it_prepared():
    with pytest.raises(Forbidden):
        ask_for_request_file(fiscal_year=YEAR, kind="xlsx", label="", uid=UID, by=person("u016"))
    asked = {"uid": UID, "year": "2023", "kind": "xlsx"}
    assert signed_in("u016").post("/budget/export/prepare/", asked).status_code == 403
    assert signed_in("u006").post("/budget/export/prepare/", {**asked, "kind": "exe"}).status_code == 400
    assert signed_in("u006").get("/budget/export/prepare/").status_code == 405
    assert not Job.objects.exists()
