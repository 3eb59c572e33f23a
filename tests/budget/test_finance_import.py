"""A file of the finance system: read by its headings, refused by cell, shown row by row, taken over once."""

from functools import partial
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.budget.choices import AmountBasis
from apps.budget.models import (
    BudgetStage,
    BudgetYear,
    ExpenseItem,
    FinanceAmount,
    FinanceFileFormat,
    FinanceImport,
    Proposal,
    RequestLine,
    StageAmount,
    StageEntry,
)
from apps.budget.selectors.reconciliation import Agreement, reconcile
from apps.budget.services.appraisals import hold_proposal, resume_proposal
from apps.budget.services.finance_import import (
    Question,
    plan_finance_file,
    read_finance_file,
    take_over_finance_file,
)
from apps.budget.services.finance_import.reading import amount_in_k
from apps.budget.views.proposal_history import proposal_history
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Notice, Upload
from apps.core.permissions import Forbidden
from apps.core.readers import WorkbookRefused
from apps.core.uploads import StalePreview
from apps.organization.models import User
from tests.budget import finance_files
from tests.budget.finance_files import YEAR, kept, taken
from tests.budget.stages import TODAY, all_stages, enter, proposal_at
from tests.factories import user_with
from tests.factories.budget import BudgetStageFactory, ProposalFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

HEAD = "事業コード,事業名,節番号,節,金額"
text = partial(finance_files.text, head=HEAD)


@pytest.fixture
def items() -> dict[str, ExpenseItem]:
    """委託料 is 13 until 2019 and 12 from 2020 on; 賃金 is gone since."""
    make = ExpenseItem.objects.create
    return {
        "委託料": make(item_number=12, name="委託料", from_year=2020),
        "使用料": make(item_number=13, name="使用料及び賃借料", from_year=2020),
        "旧委託料": make(item_number=13, name="委託料", to_year=2019),
        "賃金": make(item_number=7, name="賃金", to_year=2019),
    }


@pytest.fixture
def proposal(items: dict[str, ExpenseItem]) -> Proposal:
    return ProposalFactory(
        project_code="0205-001", name="書かない窓口", stage=BudgetStageFactory(name="財政課ヒアリング")
    )


def read(content: bytes, basis: str = AmountBasis.PREVIOUS, **more: Any) -> Any:
    return read_finance_file("export.csv", content, Question(more.pop("year", YEAR), basis, **more))


def workbook(*rows: list[Any]) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        text("0205-001,髙窓口,12,委託料,1234"),
        text("0205-001,髙窓口,12,委託料,1234", encoding="utf-8-sig"),
        text("0205-001,髙窓口,12,委託料,1234", encoding="cp932"),
        text("0205-001\t髙窓口\t12\t委託料\t1234", head=HEAD.replace(",", "\t"), encoding="cp932"),
        text('0205-001,髙窓口,,委託料,"1,234"'),
        text("0205-001,髙窓口,１２,,１，２３４千円".replace("１，２３４", "１２３４")),
        text("0205-001,髙窓口,12,1234", head="事業 コード,事業名,節番号,当初予算額（千円）"),
        workbook(["令和5年度"], [], HEAD.split(","), ["0205-001", "髙窓口", 12, "委託料", 1234]),
    ],
)
def test_one_amount_however_it_is_written(content: bytes, items: dict[str, ExpenseItem]) -> None:
    reading = read(content)
    (row,) = reading.rows
    assert (row.code, row.name, row.number, row.item, row.amount_k) == ("0205-001", "髙窓口", 12, items["委託料"], 1234)
    assert (reading.faults, reading.count) == ([], 1)


def test_every_fault_has_its_cell(items: dict[str, ExpenseItem]) -> None:
    reading = read(
        text(
            "0205-001,x,12,委託料,10",
            "0205-001,x,12,委託料,20",
            ",x,12,委託料,10",
            "0205-002,x,13,委託料,10",
            "0205-003,x,,謝金,10",
            "0205-004,x,12,,△5",
            "0205-005,x,12,,百",
            "0205-006,x,12,,1.5",
            "0205-007,x,12,,99999999999",
            "0205-008,x,A,,1",
        )
    )
    assert {fault.address: fault.text for fault in reading.faults} == {
        "A3": "この事業の同じ節がE2にあります。",
        "A4": "事業コードを書いてください。",
        "C5": "その年度の13節は「使用料及び賃借料」で、「委託料」ではありません。",
        "D6": "その年度の節の一覧に「謝金」はありません。",
        "E7": "負の額（△5）は取り込みません。",
        "E8": "「百」は金額ではありません。",
        "E9": "「1.5」は整数の金額ではありません。",
        "E10": "「99999999999」は予算としては大きすぎます。",
        "C11": "「A」は節の番号ではありません。",
    }


def test_yen_that_are_no_thousands_are_refused_in_their_cell(items: dict[str, ExpenseItem]) -> None:
    reading = read(text("0205-001,x,12,,1234000", "0205-002,x,12,,1234567"), in_yen=True)
    assert [row.amount_k for row in reading.rows] == [1234]
    assert [(fault.address, fault.text) for fault in reading.faults] == [
        ("E3", "1234567円は千円単位の額ではありません。")
    ]
    wrong = read(text("0205-001,x,12,,1", head=HEAD + "（円）"))
    assert [fault.address for fault in wrong.faults] == ["E1"], "the heading says yen, the format thousand yen"


@given(st.integers(min_value=0, max_value=9_999_999_999))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_amount_comes_back_in_either_unit(amount_k: int) -> None:
    assert amount_in_k(f"{amount_k:,}", in_yen=False) == amount_in_k(str(amount_k * 1000), in_yen=True) == amount_k


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (text("a,b,c,d,e", head="コード,名称,区分,摘要,額"), "事業コード"),
        (b"\x00\x01\x02", "UTF-8"),
        (text('0205-001,"x,12,,1'), "引用符"),
        (text(), "金額がありません"),
        (b"PK\x03\x04broken", "壊れて"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(content: bytes, words: str, items: dict[str, ExpenseItem]) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        read(content)
    assert words in str(refusal.value)


def test_sums_and_sub_items(items: dict[str, ExpenseItem]) -> None:
    reading = read(
        text(
            "0205-001,x,12,委託料,a,10",
            "0205-001,x,12,委託料,b,20",
            "0205-001,x,合計,,,30",
            head="事業コード,事業名,節番号,節,細節,金額",
        )
    )
    assert ([row.amount_k for row in reading.rows], reading.added, reading.totals) == ([30], 1, [4])


def test_every_row_is_accounted_for(finance: User, proposal: Proposal) -> None:
    upload = kept(text("0205-001,x,12,,500", "0205-001,x,13,,0", "0999-001,他,12,,7", "0205-001,x,99,,9"), finance)
    plan = plan_finance_file(upload)
    assert [number for _label, number in plan.counts] == [1, 1, 1, 1]
    assert [each.row.place for each in plan.left_over] == ["E4", "E5"]
    done = take_over_finance_file(upload=upload, mark=plan.mark, by=finance).file
    assert done.rows == FinanceAmount.objects.count() == 4


def test_the_year_before_is_written_and_the_balance_stays(finance: User, proposal: Proposal) -> None:
    """A 節 that only the years before had becomes a line that asks for nothing; the numbers are those of that year."""
    version = proposal.version
    with transaction.atomic():
        taken(text("0205-001,x,12,委託料,8000", "0205-001,x,13,使用料及び賃借料,300"), finance)
    lines = {line.expense_item.name: line for line in proposal.request_lines.select_related("expense_item")}
    assert (lines["委託料"].previous_initial_k, lines["委託料"].request_k) == (8000, 10_000)
    assert (lines["使用料及び賃借料"].previous_initial_k, lines["使用料及び賃借料"].request_k) == (300, 0)
    proposal.refresh_from_db()
    assert proposal.version == version + 1
    entry = entries_of(proposal, parts=("request_lines",))[0]
    assert (entry.actor, entry.reason, entry.verb) == (
        finance.name,
        "財務会計システムのファイル「export.csv」",
        "財務会計システムから取込み",
    )


def test_a_settled_account_of_the_old_numbering(finance: User, items: dict[str, ExpenseItem]) -> None:
    old = ProposalFactory(project_code="0205-001", fiscal_year=FiscalYear(2021))
    taken(text("0205-001,x,13,委託料,700", "0205-001,x,7,賃金,40"), finance, AmountBasis.SETTLED, year=FiscalYear(2021))
    lines = {line.expense_item.name: line.settled_k for line in old.request_lines.select_related("expense_item")}
    assert lines == {"委託料": 700, "賃金": 40}


def test_a_line_inside_another_project_is_left_alone(finance: User, proposal: Proposal) -> None:
    RequestLine.objects.filter(proposal=proposal).update(host_code="0301-009", previous_initial_k=55)
    taken(text("0301-009,住民記録,12,,9000", "0205-001,x,12,,1"), finance)
    assert set(proposal.request_lines.values_list("host_code", "previous_initial_k")) == {("0301-009", 55), ("", 1)}


def test_a_second_click_and_a_stale_preview(finance: User, proposal: Proposal) -> None:
    upload = kept(text("0205-001,x,12,,500"), finance)
    mark = plan_finance_file(upload).mark
    first, done = take_over_finance_file(upload=upload, mark=mark, by=finance)
    assert done is not None
    assert take_over_finance_file(upload=upload, mark=mark, by=finance) == (first, None)
    again = kept(text("0205-001,x,12,,500"), finance)
    plan = plan_finance_file(again)
    assert plan.taken_before == first
    RequestLine.objects.filter(proposal=proposal).update(previous_initial_k=1)
    with pytest.raises(StalePreview):
        take_over_finance_file(upload=again, mark=plan.mark, by=finance)
    assert FinanceImport.objects.count() == 1


def test_an_appraisal_is_not_typed_twice(finance: User, proposal: Proposal) -> None:
    stage = BudgetStageFactory(name="財政課長査定")
    drafted = ProposalFactory(project_code="0205-002", stage=BudgetStageFactory(name="起案"))
    rows = ("0205-001,x,12,委託料,8200,単価を見直す", "0205-001,x,13,使用料及び賃借料,100,", "0205-002,x,12,,1,")
    content = text(*rows, head="事業コード,事業名,節番号,節,査定額,査定コメント")
    taken(content, finance, AmountBasis.STAGE, stage=stage)
    entry = StageEntry.objects.get()
    assert (entry.proposal, entry.stage, entry.amount_k, entry.actor) == (proposal, stage, 8300, finance)
    assert entry.comment == "12 委託料：単価を見直す"
    amounts = entry.amounts.values_list("expense_item__name", "subitem", "request_k", "assessed_k")
    assert set(amounts) == {("委託料", "", 10_000, 8200), ("使用料及び賃借料", "", 0, 100)}
    proposal.refresh_from_db()
    drafted.refresh_from_db()
    assert (proposal.stage, drafted.stage.name) == (stage, "起案")
    taken(content, finance, AmountBasis.STAGE, stage=stage)
    assert StageEntry.objects.count() == 1, "the same once more writes nothing"
    taken(content.replace(b"8200", b"8000"), finance, AmountBasis.STAGE, stage=stage)
    assert list(StageEntry.objects.order_by("pk").values_list("amount_k", flat=True)) == [8300, 8100]
    assert StageAmount.objects.filter(entry=entry).count() == 2, "what was written stays"


def test_a_file_appraises_as_the_page_does(finance: User, proposal: Proposal) -> None:
    """No stage is left out, and what is held stays; the history is still until the result.

    A cut has no words where the file has none: the history names the file, which is no reason for a cut.
    """
    first, last = BudgetStageFactory(name="財政課長査定"), BudgetStageFactory(name="市長査定")
    content = text("0205-001,x,12,委託料,8200")
    refused = plan_finance_file(kept(content, finance, AmountBasis.STAGE, stage=last)).entries[0].refusal
    assert refused == "今は「市長査定」で査定できません。次は「財政課長査定」です。"
    hold_proposal(proposal=proposal, words="国の補正を待つ。", by=finance)
    refused = plan_finance_file(kept(content, finance, AmountBasis.STAGE, stage=first)).entries[0].refusal
    assert refused == "保留中です。先に保留を解いてください。"
    resume_proposal(proposal=proposal, by=finance)
    taken(content, finance, AmountBasis.STAGE, stage=first)
    proposal.refresh_from_db()
    entry = StageEntry.objects.order_by("pk").last()
    assert entry is not None
    assert (entry.stage, entry.comment) == (first, "")
    file = "財務会計システムのファイル「export.csv」"
    assert file in [each.reason for each in proposal_history(proposal, finance, sees=True)]
    assert file not in [each.reason for each in proposal_history(proposal, finance, sees=False)]


def test_the_secretariat_appraises_nothing_after_the_result_either(finance: User, proposal: Proposal) -> None:
    BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on="2022-10-01")
    stage, secretariat = BudgetStageFactory(name="復活査定"), user_with("secretariat")
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="復活要求"))
    with pytest.raises(Forbidden):
        taken(text("0205-001,x,12,委託料,9000"), secretariat, AmountBasis.STAGE, stage=stage)
    taken(text("0205-001,x,12,委託料,9000"), finance, AmountBasis.STAGE, stage=stage)
    assert [entry.amount_k for entry in StageEntry.objects.all()] == [9000]
    again = plan_finance_file(kept(text("0205-001,x,12,委託料,1"), finance, AmountBasis.STAGE, stage=stage))
    assert again.entries[0].refusal == "", "a further one corrects it until the bill is fixed"
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="予算案確定"))
    again = plan_finance_file(kept(text("0205-001,x,12,委託料,1"), finance, AmountBasis.STAGE, stage=stage))
    assert "予算案確定" in again.entries[0].refusal


def test_a_revival_that_comes_by_file_is_told_to_its_unit_alone_and_once(finance: User, proposal: Proposal) -> None:
    BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on="2022-10-01")
    manager, stranger = user_with("manager", unit=proposal.requesting_unit), user_with("manager")
    stage = BudgetStageFactory(name="復活査定")
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="復活要求"))
    upload = kept(text("0205-001,x,12,委託料,8265"), finance, AmountBasis.STAGE, stage=stage)
    mark = plan_finance_file(upload).mark
    for _click in range(2):
        take_over_finance_file(upload=upload, mark=mark, by=finance)
    told = Notice.objects.filter(person__in=(manager, stranger, finance)).values_list("person", "event", "text")
    words = f"「{proposal.name}」の復活査定：8,265千円"
    assert list(told) == [(manager.pk, "budget.proposal.appraisals_taken", words)]


def test_amounts_under_appraisal_are_for_those_who_see_them(finance: User, proposal: Proposal) -> None:
    stage, secretariat = BudgetStageFactory(name="財政課長査定"), user_with("secretariat")
    content = text("0205-001,x,12,,1")
    with pytest.raises(Forbidden):
        kept(content, secretariat, AmountBasis.STAGE, stage=stage)
    assert not Upload.objects.exists()
    BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on="2022-10-01")
    assert kept(content, secretariat, AmountBasis.STAGE, stage=stage)
    with pytest.raises(Forbidden):
        kept(content, user_with("promoter"))


def test_reconciliation_to_the_thousand(finance: User, proposal: Proposal) -> None:
    ProposalFactory(project_code="0205-002", name="同じ")
    ProposalFactory(project_code="0205-003", name="ない")
    hosted = ProposalFactory(project_code="0205-004", name="DX", request_k=600)
    hosted.request_lines.update(host_code="0301-009", host_name="住民記録")
    stage = BudgetStageFactory(name="要求提出")
    rows = ("0205-001,x,12,委託料,9999", "0205-002,x,12,,10000", "0777-001,他課,13,,5", "0301-009,住民記録,12,,9000")
    done = taken(text(*rows), finance, AmountBasis.STAGE, stage=stage)
    compared = reconcile(done, finance)
    assert [(row.code, row.state, row.portal_k, row.finance_k, row.difference_k) for row in compared.rows] == [
        ("0205-001", Agreement.DIFFERS, 10_000, 9999, 1),
        ("0205-002", Agreement.AGREES, 10_000, 10_000, 0),
        ("0205-003", Agreement.ONLY_PORTAL, 10_000, None, 10_000),
        ("0301-009", Agreement.PART, 600, 9000, None),
        ("0777-001", Agreement.ONLY_FINANCE, None, 5, -5),
    ]
    assert (compared.agreeing, len(compared.whole), len(compared.differences)) == (1, 4, 3)
    assert compared.totals == {
        "portal_k": 30_000,
        "finance_k": 20_004,
        "difference_k": 9_996,
        "part_k": 600,
        "part_finance_k": 9000,
    }
    hosted.request_lines.update(request_k=600)
    FinanceAmount.objects.filter(project_code="0301-009").update(amount_k=599)
    assert [row.state for row in reconcile(done, finance).parts] == [Agreement.PART_EXCEEDS]


def test_the_appraisal_is_reconciled_with_what_the_stage_kept(finance: User, proposal: Proposal) -> None:
    stage = BudgetStageFactory(name="財政課長査定")
    done = taken(text("0205-001,x,12,,8200"), finance, AmountBasis.STAGE, stage=stage)
    assert (reconcile(done, finance).agreeing, reconcile(done, finance).differences) == (1, [])
    later = BudgetStageFactory(name="市長査定")
    done = taken(text("0205-001,x,12,,8000"), finance, AmountBasis.STAGE, stage=later)
    assert reconcile(done, finance).agreeing == 1


def test_of_what_was_withdrawn_nothing_stands_beside_the_file(finance: User, proposal: Proposal) -> None:
    gone = ProposalFactory(project_code="0205-009", stage=BudgetStageFactory(name="不採択・取下げ"))
    entry = StageEntry.objects.create(
        proposal=gone, stage=BudgetStageFactory(name="要求提出"), date="2022-10-14", actor=finance, amount_k=10_000
    )
    StageAmount.objects.create(
        entry=entry, expense_item=gone.request_lines.get().expense_item, request_k=10_000, assessed_k=10_000
    )
    for name in ("要求提出", "財政課長査定"):
        stage = BudgetStageFactory(name=name)
        done = taken(text("0205-001,x,12,委託料,10000"), finance, AmountBasis.STAGE, stage=stage)
        assert [row.code for row in reconcile(done, finance).rows] == ["0205-001"], name


def test_a_late_request_is_left_out_of_the_file_until_its_own_result(
    client: Any, finance: User, proposal: Proposal
) -> None:
    """Also where it is withdrawn: its appraised amounts were never told. The project around its line told them, too."""
    late = proposal_at("財政課長査定", project_code="0205-009", request_k=600)
    line = late.request_lines.get()
    RequestLine.objects.create(
        proposal=late, expense_item=line.expense_item, order=2, host_code="0301-009", host_name="基幹", request_k=0
    )
    BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on=TODAY)
    stage, secretariat = all_stages()["財政課長査定"], user_with("secretariat")
    rows = ("0205-001,x,12,委託料,9999", "0205-009,遅い,12,委託料,417", "0301-009,x,12,委託料,9000")
    done = taken(text(*rows), finance, AmountBasis.STAGE, stage=stage)
    client.force_login(secretariat)
    for _state in ("under appraisal", "withdrawn"):
        assert [row.code for row in reconcile(done, finance).rows] == ["0205-001", "0205-009", "0301-009"]
        assert [row.code for row in reconcile(done, secretariat).rows] == ["0205-001"]
        page = text_of(client.get("/budget/reconcile/?year=2023&show=all"))
        assert "その要求の内示まで除いています" in page
        assert "417" not in page
        late.stage = all_stages()["不採択・取下げ"]
        late.save()
    enter(late, "内示", finance)
    assert len(reconcile(done, secretariat).rows) == 3
    assert "除いています" not in text_of(client.get("/budget/reconcile/?year=2023&show=all"))


def test_queries_do_not_grow_with_the_rows(client: Any, finance: User, items: dict[str, ExpenseItem]) -> None:
    BudgetStageFactory(name="要求提出")
    client.force_login(finance)
    counts = []
    for number in (3, 30):
        for _each in range(number):
            ProposalFactory()
        codes = Proposal.objects.values_list("project_code", flat=True)
        rows = [f"{code},x,12,,7" for code in codes]
        upload = kept(text(*rows), finance)
        with CaptureQueriesContext(connection) as planned:
            mark = plan_finance_file(upload).mark
        with CaptureQueriesContext(connection) as written:
            done = take_over_finance_file(upload=upload, mark=mark, by=finance).file
        with CaptureQueriesContext(connection) as shown:
            page = client.get(f"/budget/reconcile/?year=2023&import={done.uid}&show=all")
        assert page.status_code == 200
        counts.append((len(planned), len(written), len(shown)))
    assert counts[0] == counts[1]


def test_upload_preview_and_yes_on_the_pages(client: Any, finance: User, proposal: Proposal) -> None:
    client.force_login(finance)
    sent = {"year": "2023", "basis": "previous", "stage": "", "file_format": ""}
    wrong = SimpleUploadedFile("wrong.csv", text("0205-001,x,12,,百"))
    page = client.post("/budget/reconcile/import/", {**sent, "file": wrong})
    assert (page.status_code, "E2" in text_of(page), Upload.objects.count()) == (422, True, 0)
    page = client.post(
        "/budget/reconcile/import/", {**sent, "file": SimpleUploadedFile("a.csv", text("0205-001,x,12,,9"))}
    )
    preview = client.get(page["Location"])
    assert preview.context["plan"].counts[0][1] == 1
    mark = preview.context["plan"].mark
    there = client.post(page["Location"], {"mark": mark})["Location"]
    assert client.post(page["Location"], {"mark": mark})["Location"] == there
    assert "9" in text_of(client.get(there))
    assert FinanceImport.objects.count() == 1
    for extension in ("xlsx", "csv", "csv-cp932", "json"):
        assert client.get(f"{there}&show=all&format={extension}").status_code == 200
    client.force_login(user_with("promoter"))
    assert client.get("/budget/reconcile/").status_code == 403
    assert client.get("/budget/reconcile/import/").status_code == 403


def test_a_format_without_names_of_columns_goes_by_its_order(finance: User, proposal: Proposal) -> None:
    form = FinanceFileFormat.objects.create(
        name="順番", has_header=False, amounts_in_yen=True, columns=["事業コード", "節番号", "当初予算額"]
    )
    taken(b"0205-001,12,5000000\r\n", finance, file_format=form)
    assert proposal.request_lines.get().previous_initial_k == 5000


def test_the_stage_of_an_appraisal_is_not_offered_to_others(client: Any, proposal: Proposal) -> None:
    stage = BudgetStageFactory(name="財政課長査定")
    client.force_login(user_with("secretariat"))
    stages = client.get("/budget/reconcile/import/").context["form"].fields["stage"].queryset
    assert stage not in stages
    assert BudgetStage.objects.filter(pk=stage.pk).exists()


@pytest.mark.parametrize(("zero_absent", "left"), [(False, 500), (True, 0)])
def test_amounts_to_compare_with_that_a_file_does_not_name_become_zero_only_where_that_is_said(
    items: dict[str, ExpenseItem], proposal: Proposal, finance: User, *, zero_absent: bool, left: int
) -> None:
    """Of the projects in the file: another one keeps its amounts either way."""
    other = ProposalFactory(project_code="0205-002", stage=proposal.stage)
    lines = [
        RequestLine.objects.create(
            proposal=each, expense_item=items["使用料"], request_k=0, previous_initial_k=500, order=1
        )
        for each in (proposal, other)
    ]
    taken(text("0205-001,書かない窓口,12,委託料,1234"), finance, zero_absent=zero_absent)
    for line in lines:
        line.refresh_from_db()
    assert [line.previous_initial_k for line in lines] == [left, 500]
    named = proposal.request_lines.get(expense_item=items["委託料"])
    assert (named.request_k, named.previous_initial_k) == (10_000, 1234)
