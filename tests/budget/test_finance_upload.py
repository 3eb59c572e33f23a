"""The upload for the finance system in the city's form, its formats, and what holds for a year."""

from decimal import Decimal
from typing import Any

import pytest

from apps.budget.choices import AmountBasis, CostKind
from apps.budget.exports.upload import upload_file
from apps.budget.models import BudgetYear, CostLine, FinanceFileFormat, Proposal
from apps.budget.selectors.reconciliation import reconcile
from apps.budget.selectors.request_forms import fillings_of
from apps.budget.selectors.requests import with_every_part
from apps.budget.selectors.upload_columns import UPLOAD_COLUMNS, UploadRow
from apps.budget.selectors.upload_rows import upload_source
from apps.budget.services.appraisals import appraise_proposal
from apps.budget.services.file_formats import create_format
from apps.budget.services.finance_import import plan_finance_file, take_over_finance_file
from apps.budget.services.years import seen_year, set_year
from apps.core.files import disposition
from apps.core.history import entries_of
from apps.core.money import Rounding
from apps.core.permissions import Forbidden
from apps.core.services import StalePart
from apps.core.transitions import Unmet
from apps.organization.models import FiscalYearRules, User
from tests.budget.finance_files import YEAR, kept, taken
from tests.budget.stages import all_stages, only_item, proposal_at
from tests.factories import ExpenseItemFactory, user_with
from tests.factories.budget import BudgetStageFactory, ProposalFactory
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


def made(columns: list[str], **more: Any) -> FinanceFileFormat:
    return FinanceFileFormat.objects.create(name="形式", columns=columns, **more)


def rows(by: User, **more: Any) -> list[UploadRow]:
    return upload_source(YEAR, by, by_subitem=False, **more).rows


def test_one_row_an_item_in_the_columns_of_the_format(finance: User) -> None:
    proposal = ProposalFactory(project_code="0205-001", name="=1+1", request_k=900, sources={"national": 400})
    proposal.request_lines.create(expense_item=proposal.request_lines.get().expense_item, subitem="保守", request_k=0)
    ProposalFactory(project_code="", name="コードなし")
    ProposalFactory(stage=BudgetStageFactory(name="不採択・取下げ"))
    form = made(
        ["年度", "款", "事業コード", "事業名", "節番号", "要求額", "国庫支出金", "一般財源"], amounts_in_yen=True
    )
    lines = b"".join(upload_file(form, rows(finance))).decode("cp932").split("\r\n")
    assert lines == [
        "年度,款,事業コード,事業名,節番号,要求額,国庫支出金,一般財源",
        "2023,02,0205-001,'=1+1,12,900000,400000,500000",
        "",
    ]
    assert [each.name for each in upload_source(YEAR, finance, by_subitem=False).without_code] == ["コードなし"]


def test_what_the_encoding_lacks_is_named(finance: User) -> None:
    ProposalFactory(project_code="0205-001", name="𠮷田・髙")
    form = made(["事業名"], delimiter="\t", has_header=False)
    export = upload_file(form, rows(finance))
    assert (b"".join(export).decode("cp932"), export.lost) == ("〓田・髙\r\n", ["𠮷"])
    form.encoding = "utf-8-sig"
    assert b"".join(upload_file(form, rows(finance))).decode("utf-8-sig") == "𠮷田・髙\r\n"


def test_the_upload_comes_back_without_a_difference(finance: User) -> None:
    for number in range(4):
        proposal = ProposalFactory(project_code=f"0205-00{number}", request_k=1000 + number)
        proposal.request_lines.update(previous_initial_k=number * 7)
    stage = BudgetStageFactory(name="要求提出")
    form = made(list(UPLOAD_COLUMNS), amounts_in_yen=True)
    content = b"".join(upload_file(form, upload_source(YEAR, finance, by_subitem=True).rows))
    for basis, at in ((AmountBasis.STAGE, stage), (AmountBasis.PREVIOUS, None)):
        upload = kept(content, finance, basis, stage=at, file_format=form)
        plan = plan_finance_file(upload)
        assert plan.changes == []
        done = take_over_finance_file(upload=upload, mark=plan.mark, by=finance).file
        compared = reconcile(done, finance)
        assert (compared.differences, compared.agreeing) == ([], 4)


def test_formats_are_made_changed_and_laid_aside_on_pages(client: Any, finance: User) -> None:
    client.force_login(finance)
    page = client.get("/budget/export/formats/new/")
    sent = form_of(page, "columns") | {
        "name": "新形式",
        "encoding": "cp932",
        "delimiter": "\t",
        "columns": "事業コード\n裏口",
    }
    refused = client.post("/budget/export/formats/new/", sent)
    assert (refused.status_code, "「裏口」という列はありません" in text_of(refused)) == (422, True)
    sent["columns"] = "事業コード、要求額"
    there = client.post("/budget/export/formats/new/", sent)["Location"]
    assert client.post("/budget/export/formats/new/", sent)["Location"] == there
    form = FinanceFileFormat.objects.get()
    assert (form.columns, form.delimiter, form.has_header) == (["事業コード", "要求額"], "\t", True)
    edit = f"/budget/export/formats/{form.uid}/edit/"
    change = form_of(client.get(edit), "columns") | {"name": "改"}
    assert client.post(edit, change).status_code == 302
    assert client.post(edit, change | {"name": "他"}).status_code == 409
    archive = f"/budget/export/formats/{form.uid}/archive/"
    assert client.post(archive, form_of(client.get(archive), "version")).status_code == 302
    assert client.get(edit).status_code == 404
    client.force_login(user_with("promoter"))
    assert client.get("/budget/export/formats/new/").status_code == 403


def test_appraised_amounts_go_out_to_those_alone_who_see_them(client: Any, finance: User) -> None:
    ProposalFactory(project_code="0205-001")
    form = made(["事業コード", "査定額"])
    address = f"/budget/export/upload/?year=2023&format={form.uid}"
    client.force_login(user_with("secretariat"))
    assert client.get(address).status_code == client.get(f"{address}&file=1").status_code == 403
    assert client.get("/budget/export/upload/?year=2023").context["chosen"] is None
    client.force_login(finance)
    assert client.get(address).status_code == 200
    file = client.get(f"{address}&file=1")
    assert file.content.decode("cp932") == "事業コード,査定額\r\n0205-001,10000\r\n"
    kept = f"財務会計システムへの取込みファイル_令和5年度_{form.name}.csv"
    assert file["Content-Disposition"] == disposition(kept, plain="budget-upload-2023.csv")
    assert client.get("/budget/export/upload/?year=2023&format=none").status_code == 400
    with pytest.raises(Forbidden):
        create_format(uid=form.uid, values={"name": "x", "columns": ["要求額"]}, by=user_with("promoter"))


def test_what_was_appraised_goes_out_and_not_what_was_asked(client: Any, finance: User) -> None:
    """The pages appraise a 節 as one; a line of it with a 細節 is not passed over."""
    proposal = proposal_at("財政課ヒアリング", project_code="0205-001", fiscal_year=YEAR)
    assert proposal.request_lines.get().subitem
    appraise_proposal(proposal=proposal, amounts={only_item(proposal): 6_500}, words="見直す。", by=finance)
    form = made(["事業コード", "要求額", "査定額"])
    client.force_login(finance)
    file = client.get(f"/budget/export/upload/?year=2023&format={form.uid}&file=1").content.decode("cp932")
    assert file == "事業コード,要求額,査定額\r\n0205-001,10000,6500\r\n"


def test_a_row_that_the_finance_system_alone_has_goes_back_to_it(client: Any, finance: User) -> None:
    """委託料 was asked with 10,000; its file gives 8,200 and 使用料及び賃借料 100, for which nobody has asked."""
    proposal = proposal_at("財政課ヒアリング", project_code="0205-001", fiscal_year=YEAR)
    ExpenseItemFactory(item_number=13, name="使用料及び賃借料")
    stage = all_stages()["財政課長査定"]
    content = "事業コード,事業名,節番号,節,金額\n0205-001,x,12,委託料,8200\n0205-001,x,13,,100\n".encode()
    done = taken(content, finance, AmountBasis.STAGE, stage=stage)
    form = made(["事業コード", "節番号", "節", "要求額", "査定額", "一般財源"])
    client.force_login(finance)
    file = client.get(f"/budget/export/upload/?year=2023&format={form.uid}&file=1").content.decode("cp932")
    assert file.split("\r\n")[1:] == [
        "0205-001,12,委託料,10000,8200,10000",
        "0205-001,13,使用料及び賃借料,0,100,0",
        "",
    ]
    by_subitem = upload_source(YEAR, finance, by_subitem=True, appraised=True).rows
    assert [(row.item_number, row.subitem, row.assessed_k) for row in by_subitem] == [
        (12, "システム構築", 8_200),
        (13, "", 100),
    ]
    assert [row.item_number for row in rows(finance)] == [12], "an upload without the appraisal has no such row"
    assert [row.item_number for row in rows(user_with("secretariat"), appraised=True)] == [12]
    assert reconcile(done, finance).differences == []
    (filling,) = fillings_of(with_every_part(Proposal.objects.filter(pk=proposal.pk)), finance)
    assert filling.assessed_total_k == 8_300


def values(**more: Any) -> dict[str, Any]:
    usual = {
        "expenditure_rounding": Rounding.UP,
        "expenditure_per": "item",
        "subsidy_rounding": Rounding.DOWN,
        "bond_unit_k": 100,
        "hour_yen": 2500,
        "hour_basis": "平均",
    }
    return usual | more


def drafted() -> Proposal:
    proposal: Proposal = ProposalFactory(stage=BudgetStageFactory(name="起案"), request_k=10)
    CostLine.objects.create(
        request_line=proposal.request_lines.get(),
        description="端数",
        unit_price_yen=Decimal(100),
        quantity=1,
        amount_yen=100,
        kind=CostKind.INITIAL,
    )
    return proposal


def test_lines_are_rounded_together_as_the_year_says_from_then_on(finance: User) -> None:
    """Two 細節 of 10,100 and 100 yen are 11千円 together and 12千円 apart, on a line each."""
    proposal = drafted()
    line = proposal.request_lines.get()
    line.cost_lines.update(subitem="甲")
    CostLine.objects.create(
        request_line=line, description="乙の分", subitem="乙", unit_price_yen=Decimal(100), quantity=1, amount_yen=100,
        kind=CostKind.RUNNING, order=2,
    )  # fmt: skip
    for per, expected in (("subitem", {"甲": 11, "乙": 1}), ("item", {"": 11})):
        set_year(fiscal_year=YEAR, values=values(expenditure_per=per), seen=seen_year(YEAR), by=finance)
        lines = {each.subitem: each.request_k for each in proposal.request_lines.filter(request_k__gt=0)}
        proposal.refresh_from_db()
        assert (lines, proposal.general_k) == (expected, sum(expected.values())), per


def test_other_roundings_compute_drafts_anew_and_stop_at_the_first_request(finance: User) -> None:
    proposal = drafted()
    assert set_year(fiscal_year=YEAR, values=values(), seen=seen_year(YEAR), by=finance) == 0
    new = values(expenditure_rounding=Rounding.DOWN)
    set_year(fiscal_year=YEAR, values=values(expenditure_rounding=Rounding.HALF_UP), seen=seen_year(YEAR), by=finance)
    assert set_year(fiscal_year=YEAR, values=new, seen=seen_year(YEAR), by=finance) == 1
    proposal.refresh_from_db()
    assert (proposal.request_lines.get().request_k, proposal.general_k) == (10, 10)
    rules = FiscalYearRules.objects.get(fiscal_year=YEAR)
    assert [change.new for change in entries_of(rules)[0].changes] == ["切捨て"]
    Proposal.objects.update(stage=BudgetStageFactory(name="要求提出"))
    with pytest.raises(Unmet) as refusal:
        set_year(fiscal_year=YEAR, values=values(), seen=seen_year(YEAR), by=finance)
    assert "端数処理は変えられません" in str(refusal.value)
    set_year(fiscal_year=YEAR, values=new | {"hour_yen": 2600}, seen=seen_year(YEAR), by=finance)
    assert BudgetYear.objects.get().hour_yen == 2600
    with pytest.raises(StalePart):
        set_year(fiscal_year=YEAR, values=new, seen="old", by=finance)


def test_the_page_of_a_year_shows_both_where_two_save(client: Any, finance: User) -> None:
    client.force_login(finance)
    page = client.get("/budget/years/2023/")
    sent = form_of(page, "hour_yen")
    assert client.post("/budget/years/2023/", sent | {"hour_yen": "2,500", "hour_basis": "平均"}).status_code == 302
    both = client.post("/budget/years/2023/", sent | {"hour_yen": "3000", "hour_basis": "他"})
    assert (both.status_code, "2,500" in text_of(both), "3000" in text_of(both)) == (409, True, True)
    assert client.post("/budget/years/2023/", form_of(both, "hour_yen")).status_code == 302
    assert BudgetYear.objects.get().hour_yen == 3000
    wrong = client.post(
        "/budget/years/2023/", form_of(client.get("/budget/years/2023/"), "hour_yen") | {"bond_unit_k": "0"}
    )
    assert wrong.status_code == 422
    assert client.get("/budget/years/99999/").status_code == 404
    client.force_login(user_with("promoter"))
    assert client.get("/budget/years/2023/").status_code == 403
