"""What a file of the finance system makes of the appraisal: each 節 before and after, and what it may not do."""

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from apps.budget.choices import AmountBasis
from apps.budget.models import ExpenseItem, FinanceFileFormat, Proposal, StageEntry
from apps.budget.selectors.stages import standing_amounts
from apps.budget.services.finance_import import (
    Question,
    plan_finance_file,
    read_finance_file,
    take_over_finance_file,
)
from apps.budget.services.finance_import.appraising import EntryPlan
from apps.core.fiscal import FiscalYear
from apps.core.models import Upload
from apps.core.readers import WorkbookRefused
from apps.core.uploads import StalePreview
from apps.organization.models import User
from tests.budget import finance_files
from tests.budget.finance_files import YEAR
from tests.budget.stages import all_stages, proposal_at
from tests.factories import user_with
from tests.factories.budget import ProposalFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

HEAD = "事業コード,節番号,節,査定額,査定理由"
text = partial(finance_files.text, head=HEAD)
UPLOAD = "/budget/reconcile/import/"


@pytest.fixture
def rent() -> ExpenseItem:
    return ExpenseItem.objects.create(item_number=13, name="使用料及び賃借料", from_year=2020)


@pytest.fixture
def proposal(rent: ExpenseItem) -> Proposal:
    """委託料 10,000, 使用料及び賃借料 600, and 委託料 300 inside the project of another section."""
    made = proposal_at("財政課ヒアリング", project_code="0205-001", name="書かない窓口", fiscal_year=YEAR)
    fees = made.request_lines.get().expense_item
    made.request_lines.create(expense_item=rent, request_k=600, order=2)
    made.request_lines.create(expense_item=fees, request_k=300, order=3, host_code="0301-009", host_name="基幹")
    Proposal.objects.filter(pk=made.pk).update(general_k=10_900)
    return made


def words_of(page: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(strip_tags(text_of(page)).split())


def kept(by: User, *rows: str, stage: str = "財政課長査定", head: str = HEAD, **more: Any) -> Upload:
    content = text(*rows, head=head)
    return finance_files.kept(content, by, AmountBasis.STAGE, stage=all_stages()[stage], name="査定.csv", **more)


def planned(by: User, *rows: str, **more: Any) -> list[EntryPlan]:
    return plan_finance_file(kept(by, *rows, **more)).entries


def taken(by: User, *rows: str, stage: str = "財政課長査定", **more: Any) -> None:
    finance_files.taken(text(*rows), by, AmountBasis.STAGE, stage=all_stages()[stage], name="査定.csv", **more)


def amounts_of(proposal: Proposal) -> dict[str, int]:
    return {str(item): amount_k for item, amount_k in standing_amounts(proposal).items()}


def changes_of(entry: EntryPlan) -> list[tuple[str, int, int, bool, bool]]:
    return [(str(each.item), each.old_k, each.new_k, each.is_asked, each.is_absent) for each in entry.changes]


def test_what_a_file_does_not_name_stays_as_it_is(finance: User, proposal: Proposal) -> None:
    (entry,) = planned(finance, "0205-001,12,委託料,9000,")
    assert changes_of(entry) == [("12 委託料", 10_000, 9_000, True, False)]
    assert [str(item) for item in entry.kept] == ["13 使用料及び賃借料", "12 委託料（0301-009）"]
    assert (entry.total_k, entry.cut_k, entry.refusal) == (9_900, -1_000, "")
    taken(finance, "0205-001,12,委託料,9000,")
    assert amounts_of(proposal) == {"12 委託料": 9_000, "13 使用料及び賃借料": 600, "12 委託料（0301-009）": 300}
    # What an earlier appraisal gave stays, too, not what was asked for.
    taken(finance, "0205-001,13,,500,", stage="財務部長査定")
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert amounts_of(proposal) == {"12 委託料": 9_000, "13 使用料及び賃借料": 500, "12 委託料（0301-009）": 300}


def test_what_a_file_does_not_name_is_zero_where_that_was_chosen(finance: User, proposal: Proposal) -> None:
    """Of the projects in the file alone; a line inside the project of another section is none of them."""
    other = proposal_at("財政課ヒアリング", project_code="0205-002", fiscal_year=YEAR)
    upload = kept(finance, "0205-001,12,委託料,9000,", zero_absent=True)
    plan = plan_finance_file(upload)
    (entry,) = plan.entries
    assert changes_of(entry) == [
        ("12 委託料", 10_000, 9_000, True, False),
        ("13 使用料及び賃借料", 600, 0, True, True),
    ]
    keeping = plan_finance_file(kept(finance, "0205-001,12,委託料,9000,"))
    with pytest.raises(StalePreview):
        take_over_finance_file(upload=upload, mark=keeping.mark, by=finance)
    take_over_finance_file(upload=upload, mark=plan.mark, by=finance)
    assert amounts_of(proposal) == {"12 委託料": 9_000, "13 使用料及び賃借料": 0, "12 委託料（0301-009）": 300}
    assert not StageEntry.objects.filter(proposal=other, stage=all_stages()["財政課長査定"]).exists()


def test_the_choice_is_part_of_what_was_shown(finance: User, proposal: Proposal) -> None:
    """Also where the amounts are the same either way; of other files than an appraisal it says nothing."""
    rows = ("0205-001,12,委託料,9000,", "0205-001,13,,500,")
    marks = {plan_finance_file(kept(finance, *rows, zero_absent=zero)).mark for zero in (True, False)}
    assert len(marks) == 2
    assert kept(finance, *rows, zero_absent=True).options["zero_absent"] is True
    asked = kept(finance, *rows, zero_absent=True, stage="要求提出", head=HEAD.replace("査定額", "要求額"))
    assert asked.options["zero_absent"] is False


def test_more_than_was_asked_for_needs_words_as_on_the_page(finance: User, proposal: Proposal) -> None:
    """Nothing else of the file is lost."""
    other = proposal_at("財政課ヒアリング", project_code="0205-002", fiscal_year=YEAR)
    rows = ("0205-001,12,委託料,9999000,", "0205-001,13,,500,", "0205-002,12,,8000,")
    refused, cut = planned(finance, *rows)
    assert refused.refusal == (
        "要求額を超える節があります：12 委託料。ファイルの「査定理由」の列に理由を書いてください。"
    )
    assert (cut.refusal, cut.comment) == ("", "")
    taken(finance, *rows)
    assert amounts_of(proposal)["12 委託料"] == 10_000
    assert amounts_of(Proposal.objects.get(pk=other.pk)) == {"12 委託料": 8_000}
    taken(finance, "0205-001,12,委託料,10500,国の単価の改定", "0205-001,13,,500,")
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert amounts_of(proposal)["12 委託料"] == 10_500
    entries = StageEntry.objects.filter(stage=all_stages()["財政課長査定"]).order_by("pk")
    assert [entry.comment for entry in entries] == ["", "12 委託料：国の単価の改定"]
    # What stands so has its words; what becomes another amount above the request has none yet.
    assert [each.refusal for each in planned(finance, "0205-001,12,,10500,", stage="財務部長査定")] == [""]
    (again,) = planned(finance, "0205-001,12,,10501,", stage="財務部長査定")
    assert "12 委託料" in again.refusal


def test_what_nobody_asked_for_may_take_from_the_others_alone(finance: User, proposal: Proposal) -> None:
    ExpenseItem.objects.create(item_number=17, name="備品購入費", from_year=2020)
    (moved,) = planned(finance, "0205-001,12,,9000,", "0205-001,17,,1000,")
    assert (moved.refusal, changes_of(moved)[-1]) == ("", ("17 備品購入費", 0, 1_000, False, False))
    (more,) = planned(finance, "0205-001,12,,9000,", "0205-001,17,,1001,")
    assert "17 備品購入費" in more.refusal
    (said,) = planned(finance, "0205-001,12,,9000,", "0205-001,17,,1001,追加")
    assert said.refusal == ""


@pytest.mark.parametrize("zero_absent", [True, False])
def test_a_code_whose_items_nobody_knows_appraises_nothing(
    finance: User, proposal: Proposal, *, zero_absent: bool
) -> None:
    (entry,) = planned(finance, "0205-001,99,,9000,", zero_absent=zero_absent)
    assert entry.refusal == "どの行も、その年度の節に当たりません。"
    taken(finance, "0205-001,99,,9000,", zero_absent=zero_absent)
    assert sum(amounts_of(proposal).values()) == 10_900


def test_the_preview_shows_each_item_and_the_message_what_was_done(
    client: Any, finance: User, proposal: Proposal
) -> None:
    proposal_at("財政課ヒアリング", project_code="0205-002", fiscal_year=YEAR)
    stage = all_stages()["財政課長査定"]
    client.force_login(finance)
    sent = {"year": "2023", "basis": "stage", "stage": stage.pk, "file_format": "", "zero_absent": "on"}
    rows = ("0205-001,12,委託料,9000,単価", "0205-002,12,,99999,", "0777-001,12,,5,", "0205-001,99,,7,")
    page = client.post(UPLOAD, {**sent, "file": SimpleUploadedFile("査定.csv", text(*rows))})
    preview = client.get(page["Location"])
    shown = words_of(preview)
    assert "10,000 → 9,000" in shown
    assert "600 → 0 ファイルにないため0" in shown
    assert "要求額を超える節があります：12 委託料" in shown
    mark = preview.context["plan"].mark
    done = client.post(page["Location"], {"mark": mark}, follow=True)
    assert [str(message) for message in done.context["messages"]] == [
        "取り込んだ金額：4件。 記録した査定：1件。 記録しなかった査定：1件。 予算要求に当たらない行：2件。"
    ]


def test_queries_do_not_grow_with_the_appraisals(client: Any, finance: User, rent: ExpenseItem) -> None:
    client.force_login(finance)
    counts = []
    for count in (3, 30):
        made = [proposal_at("財政課ヒアリング", fiscal_year=YEAR, actor=finance) for _each in range(count)]
        upload = kept(finance, *(f"{each.project_code},12,,7,単価" for each in made), zero_absent=True)
        with CaptureQueriesContext(connection) as shown:
            page = client.get(f"{UPLOAD}{upload.uid}/")
        with CaptureQueriesContext(connection) as written:
            take_over_finance_file(upload=upload, mark=page.context["plan"].mark, by=finance)
        counts.append((len(page.context["plan"].new_entries), len(shown), len(written)))
    assert [each[0] for each in counts] == [3, 30]
    assert counts[0][1:] == counts[1][1:]


def test_the_year_is_the_one_that_is_asked_for_now_or_that_of_the_address(client: Any, finance: User) -> None:
    ProposalFactory(fiscal_year=FiscalYear(2024))
    client.force_login(finance)
    for query, year in (("", "2023"), ("?year=2024", "2024"), ("?year=1999", "2023"), ("?year=x", "2023")):
        form = client.get(UPLOAD + query).context["form"]
        assert form["year"].value() == year, query
    assert "査定理由" in form.fields["file"].help_text
    assert f"{UPLOAD}?year=2024" in client.get("/budget/reconcile/?year=2024").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", "壊れた,ファイル\r\n".encode(), "ブックが壊れているため"),
        ("a.XLSX", b"\x00\x01", "ブックが壊れているため"),
        ("a.xlsx", b"PK\x03\x04broken", "ブックが壊れているため"),
        ("a.csv", "あ,い\r\n".encode(), "事業コード、節番号又は節、査定額／内示額／予算額／予算案額／金額"),
        ("a.csv", "事業コード,い\r\n".encode(), "足りない見出し：節番号又は節、査定額"),
    ],
)
def test_a_broken_workbook_and_every_missing_heading_are_named(name: str, content: bytes, words: str) -> None:
    stage = all_stages()["財政課長査定"]
    with pytest.raises(WorkbookRefused) as refusal:
        read_finance_file(name, content, Question(YEAR, AmountBasis.STAGE, stage))
    assert words in str(refusal.value)


def test_a_table_of_text_is_read_whatever_its_name_says(rent: ExpenseItem) -> None:
    content = text("0205-001,13,,500,")
    stage = all_stages()["財政課長査定"]
    assert [row.amount_k for row in read_finance_file("a.xlsx", content, Question(YEAR, "stage", stage)).rows] == [500]


def test_the_upload_with_appraised_amounts_has_their_total(client: Any, finance: User, proposal: Proposal) -> None:
    taken(finance, "0205-001,12,委託料,9000,")
    client.force_login(finance)
    for columns, expected in ((["事業コード", "要求額", "査定額"], True), (["事業コード", "要求額"], False)):
        form = FinanceFileFormat.objects.create(name=str(columns), columns=columns)
        facts = words_of(client.get(f"/budget/export/upload/?year=2023&format={form.uid}"))
        assert "要求額10,900 千円" in facts
        assert ("査定額9,900 千円" in facts) is expected


def test_who_may_not_is_told_in_a_sentence_and_who_sees_all_what_they_see(client: Any) -> None:
    client.force_login(user_with("promoter"))
    refused = client.get(UPLOAD)
    assert refused.status_code == 403
    assert "財務会計システムのファイルを取り込むのは、財政課と事務局です。" in text_of(refused)
    client.force_login(user_with("member"))
    assert "全ての課の予算要求が見られます。" in text_of(client.get("/budget/proposals/"))
    client.force_login(user_with("manager"))
    assert "自分の課の予算要求が見られます。" in text_of(client.get("/budget/proposals/"))
