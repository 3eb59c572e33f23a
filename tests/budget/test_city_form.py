"""The city's own form: a small closed list of placeholders, filled without touching the rest; all else is refused."""

import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from apps.budget.choices import CostKind
from apps.budget.exports.city_form import fill_form, fill_forms
from apps.budget.exports.city_form.shifting import Move
from apps.budget.models import BudgetYear, CostLine, Proposal, RequestForm
from apps.budget.selectors.form_words import WORDS, Filling, find_word
from apps.budget.selectors.proposals import proposal_detail
from apps.budget.selectors.request_forms import fillings_of
from apps.budget.services.request_forms import NoPlaceholder, check_form, parse
from apps.core.files import disposition
from apps.core.readers import WorkbookRefused
from apps.organization.models import User
from tests.budget.stages import all_stages
from tests.factories import user_with
from tests.factories.budget import BudgetStageFactory, ProposalFactory
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


def city_form() -> Any:
    """A form as a city draws it: a title, facts, lines, a total below them, a note, and a page for print."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "見積書"
    sheet["A1"] = "{{ 年度 }}　予算見積書"
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(name="ＭＳ 明朝", size=18, bold=True)
    sheet["A2"], sheet["B2"], sheet["D2"], sheet["E2"] = "事業名", "{{ 事業名 }}", "要求額", "{{ request_k }}"
    sheet["A4"], sheet["B4"], sheet["D4"], sheet["E4"] = "節", "内容", "数量", "金額"
    sheet["A5"], sheet["B5"], sheet["D5"], sheet["E5"] = (
        "{{積算.節}}",
        "{{ 積算.内容 }}",
        "{{ 積算.数量 }}",
        "{{ 積算.金額 }}",
    )
    sheet.merge_cells("B5:C5")
    sheet.row_dimensions[5].height = 30
    sheet["D6"], sheet["E6"] = "計", "=SUM(E5)"
    sheet.merge_cells("A6:C6")
    sheet.row_dimensions[6].height = 44
    sheet["A8"], sheet["E8"] = "備考", "=E6/1000"
    sheet["A8"].fill = PatternFill("solid", start_color="FFDDEEFF")
    sheet.print_area = "A1:E8"
    sheet.column_dimensions["B"].width = 33
    sheet.conditional_formatting.add(
        "E5:E6", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FFFF0000"))
    )
    rule = DataValidation(type="list", formula1='"有,無"')
    rule.add("B8")
    sheet.add_data_validation(rule)
    other = book.create_sheet("財源")
    other["A1"], other["B1"] = "{{ 財源.区分 }}", "{{ 財源.金額 }}"
    other["A2"], other["B2"] = "計", "=SUM(B1:B1)"
    other["B3"] = "=見積書!E6"
    return book


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def proposal_of(lines: int = 3, **more: Any) -> Proposal:
    """A proposal of some cost lines; each 1,000 yen times its number."""
    values = {"project_code": "0205-001", "name": "=書かない窓口", "request_k": 10, "sources": {"national": 4}}
    proposal: Proposal = ProposalFactory(**(values | more))
    line = proposal.request_lines.get()
    line.cost_lines.all().delete()
    for number in range(1, lines + 1):
        CostLine.objects.create(
            request_line=line,
            description=f"内容{number}",
            unit_price_yen=Decimal(1000),
            quantity=Decimal(number),
            amount_yen=1000 * number,
            kind=CostKind.INITIAL,
            order=number,
        )
    return proposal


def filling(proposal: Proposal, user: User) -> Filling:
    return fillings_of(proposal_detail(user).filter(pk=proposal.pk), user)[0]


def test_the_form_is_filled_and_the_rest_is_untouched(finance: User) -> None:
    book = opened(fill_form(saved(city_form()), filling(proposal_of(), finance)))
    sheet = book["見積書"]
    rows = [[cell.value for cell in row] for row in sheet["A1:E10"]]
    assert rows == [
        ["令和5年度　予算見積書", None, None, None, None],
        ["事業名", "=書かない窓口", None, "要求額", 10],
        [None] * 5,
        ["節", "内容", None, "数量", "金額"],
        ["委託料", "内容1", None, 1, 1000],
        ["委託料", "内容2", None, 2, 2000],
        ["委託料", "内容3", None, 3, 3000],
        [None, None, None, "計", "=SUM(E5:E7)"],
        [None] * 5,
        ["備考", None, None, None, "=E8/1000"],
    ]
    assert (sheet["B2"].data_type, sheet["B2"].quotePrefix, sheet["E8"].data_type) == ("s", True, "f")
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:E1", "B5:C5", "B6:C6", "B7:C7", "A8:C8"}
    assert [sheet.row_dimensions[row].height for row in (5, 6, 7, 8)] == [30, 30, 30, 44]
    assert (sheet["A1"].font.name, sheet["A10"].fill.start_color.rgb) == ("ＭＳ 明朝", "FFDDEEFF")
    assert (sheet.print_area, sheet.column_dimensions["B"].width) == ("'見積書'!$A$1:$E$10", 33)
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["E5:E8"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B10"
    other = [[cell.value for cell in row] for row in book["財源"]["A1:B4"]]
    assert other == [["国庫支出金", 4], ["一般財源", 6], ["計", "=SUM(B1:B2)"], [None, "=見積書!E8"]]


@pytest.mark.parametrize(("lines", "total"), [(0, "=SUM(E5)"), (1, "=SUM(E5)"), (40, "=SUM(E5:E44)")])
def test_any_number_of_lines(lines: int, total: str, finance: User) -> None:
    sheet = opened(fill_form(saved(city_form()), filling(proposal_of(lines), finance)))["見積書"]
    assert sheet.cell(5 + max(lines, 1), 5).value == total
    assert sheet["B5"].value == ("内容1" if lines else None)


def test_what_is_filled_in_is_not_read_again(finance: User) -> None:
    proposal = proposal_of(name="{{ 要求額 }}{% for %}")
    CostLine.objects.filter(request_line__proposal=proposal).update(description="{{ 事業名 }}")
    sheet = opened(fill_form(saved(city_form()), filling(proposal, finance)))["見積書"]
    assert (sheet["B2"].value, sheet["B6"].value) == ("{{ 要求額 }}{% for %}", "{{ 事業名 }}")


def test_names_keep_their_characters_and_texts_are_never_formulas(finance: User) -> None:
    for name in ("髙𠮷塡", "=cmd|'/C calc'!A0", "+1", "@x", "#N/A"):
        content = fill_form(saved(city_form()), filling(proposal_of(name=name, project_code=""), finance))
        cell = opened(content)["見積書"]["B2"]
        assert cell.value == name
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert b"<f>cmd" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_appraisal_shows_only_to_those_who_may_see_it() -> None:
    proposal = proposal_of(stage=BudgetStageFactory(name="財政課長査定"))
    book = city_form()
    book["見積書"]["A9"] = "{{ 査定額 }}"
    content = saved(book)
    hidden = opened(fill_form(content, filling(proposal, user_with("secretariat"))))["見積書"]["A11"]
    assert hidden.value == "査定中"
    assert opened(fill_form(content, filling(proposal, user_with("finance"))))["見積書"]["A11"].value == 10
    BudgetYear.objects.create(fiscal_year=2023, disclosed_on="2022-10-01")
    assert opened(fill_form(content, filling(proposal, user_with("secretariat"))))["見積書"]["A11"].value == 10


@pytest.mark.parametrize(
    ("stage", "known", "to_others"),
    [("起案", None, None), ("要求提出", None, None), ("財政課長査定", 10, "査定中"), ("不採択・取下げ", None, None)],
)
def test_what_was_not_appraised_has_no_appraised_amount(
    stage: str, known: int | None, to_others: str | None, finance: User
) -> None:
    """What is asked for stands under 要求額 alone, and a draft is not 「査定中」 for those who see no appraisal."""
    proposal = proposal_of(stage=all_stages()[stage])
    book = city_form()
    book["見積書"]["A9"], book["財源"]["A5"], book["財源"]["B5"] = (
        "{{ 査定額 }}",
        "{{ 節別.要求額 }}",
        "{{ 節別.査定額 }}",
    )
    for reader, amount in ((finance, known), (user_with("secretariat"), to_others)):
        filled = opened(fill_form(saved(book), filling(proposal, reader)))
        sources = filled["財源"]
        assert (filled["見積書"]["A11"].value, sources["A6"].value, sources["B6"].value) == (amount, 10, amount)


def test_every_word_of_the_list_is_found_and_can_be_filled(finance: User) -> None:
    book = city_form()
    for number, word in enumerate(WORDS, start=12):
        assert find_word(word.label) is find_word(word.code) is word
        book["見積書"].cell(number, 7).value = f"{{{{ {word.label} }}}}"
    assert check_form(saved(book)).faults == []
    assert fill_form(saved(book), filling(proposal_of(), finance))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for x in y %}", "命令"),
        ("{# x #}", "命令"),
        ("{{ x.__class__ }}", "x.__class__"),
        ("{{ 事業名.__init__ }}", "事業名.__init__"),
        ("{{ 事業名|upper }}", "事業名|upper"),
        ("{{ 7*7 }}", "7*7"),
        ("{{ 事業名", "閉じて"),
        ("事業名 }}", "閉じて"),
        ("{{ {{ 事業名 }} }}", "閉じて"),
        ("{{}}", "差込みはありません"),
        ("｛｛ 事業名 ｝｝", "半角"),
        ("{{ 積算.ない }}", "積算.ない"),
        ('="{{ 事業名 }}"', "数式"),
        ("=cmd|'/C calc'!A0", "外部"),
        ('=WEBSERVICE("http://x")', "外部"),
        ("=[1]Sheet1!A1", "他のブック"),
    ],
)
def test_what_is_no_placeholder_is_refused_with_its_cell(text: str, words: str) -> None:
    book = city_form()
    book["見積書"]["C9"] = text
    checked = check_form(saved(book))
    assert [fault.address for fault in checked.faults] == ["見積書!C9"]
    assert words in checked.faults[0].text


def test_lines_of_two_kinds_merged_lines_headers_and_missing_words_are_refused() -> None:
    book = city_form()
    sheet = book["見積書"]
    sheet["F5"] = "{{ 財源.金額 }}"
    sheet["A20"] = "{{ 節別.節 }}"
    sheet.merge_cells("A20:A21")
    sheet.oddHeader.left.text = "{{ 年度 }}"
    sheet["B2"] = "事業名"
    assert [fault.address for fault in check_form(saved(book)).faults] == ["見積書", "見積書!F5", "見積書!A20", "－"]


@given(st.text(alphabet="{}%#積算.事業名 a", max_size=25))
@settings(max_examples=150)
def test_the_parser_ends_and_gives_words_or_a_refusal(text: str) -> None:
    try:
        parts = parse(text)
    except NoPlaceholder:
        return
    assert "".join(part if isinstance(part, str) else "" for part in parts).count("{{") == 0


def with_part(name: str, part: bytes, *, content: bytes = b"") -> bytes:
    """A form with one part more, or with another content of that part."""
    source, target = BytesIO(content or saved(city_form())), BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return target.getvalue()


def protected() -> bytes:
    book = city_form()
    book["見積書"].protection.enable()
    return saved(book)


def huge() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for _row in range(700):
        sheet.append([1] * 90)
    return saved(book)


LINKED = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    b'Type="http://x/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"text", "Excelブック"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "パスワード"),
        (lambda: saved(city_form())[:900], "壊れて"),
        (lambda: with_part("xl/vbaProject.bin", b"x"), "マクロ"),
        (lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "リンク"),
        (lambda: with_part("xl/worksheets/_rels/sheet1.xml.rels", LINKED), "リンク"),
        (lambda: with_part("xl/embeddings/oleObject1.bin", b"x"), "埋め込み"),
        (lambda: with_part("xl/connections.xml", b"<x/>"), "接続"),
        (lambda: with_part("xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "壊れて"),
        (lambda: with_part("xl/x.bin", b"\0" * 25_000_000), "大きすぎ"),
        (protected, "保護"),
        (huge, "セルの数"),
    ],
)
def test_a_workbook_that_is_no_form_is_refused_and_nothing_is_stored(make: Any, words: str, client: Any) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        check_form(make())
    assert words in str(refusal.value)


def test_upload_check_fill_and_archive_on_the_pages(client: Any, finance: User) -> None:
    proposal = proposal_of()
    client.force_login(finance)
    sent = form_of(client.get("/budget/forms/upload/"), "name") | {"name": "見積書"}
    bad = city_form()
    bad["見積書"]["C9"] = "{% for %}"
    page = client.post("/budget/forms/upload/", sent | {"file": SimpleUploadedFile("b.xlsx", saved(bad))})
    assert (page.status_code, "見積書!C9" in text_of(page), RequestForm.objects.count()) == (422, True, 0)
    good = saved(city_form())
    there = client.post("/budget/forms/upload/", sent | {"file": SimpleUploadedFile("様式.xlsx", good)})["Location"]
    assert (
        client.post("/budget/forms/upload/", sent | {"file": SimpleUploadedFile("a.xlsx", good)})["Location"] == there
    )
    form = RequestForm.objects.get()
    assert (form.file_name, bytes(form.content)) == ("様式.xlsx", good)
    assert client.get(there).status_code == 200
    assert client.get(f"{there}?file=1").content == good
    one = client.get(f"{there}fill/?proposal={proposal.address}")
    assert one["Content-Disposition"] == disposition("0205-001_=書かない窓口.xlsx", plain="request-form.xlsx")
    assert opened(one.content)["見積書"]["E2"].value == 10
    whole = client.get(f"{there}fill/?year=2023&unit={proposal.requesting_unit.code}")
    with zipfile.ZipFile(BytesIO(whole.content)) as archive:
        assert archive.namelist() == ["001_0205-001_=書かない窓口.xlsx"]
    assert client.get(f"{there}fill/?year=2031").status_code == 404
    client.force_login(user_with("promoter"))
    assert client.get(f"{there}fill/?proposal={proposal.address}").status_code == 404, "not theirs to see"
    assert client.get("/budget/forms/upload/").status_code == 403
    client.force_login(finance)
    assert client.post(f"{there}archive/").status_code == 302
    assert client.get(there).status_code == 404


def test_references_move_as_in_excel() -> None:
    move = Move("見積 書", 5, 3)
    moved = {
        "=A4+A5+A6": "=A4+A5+A9",
        "=SUM($A$5:B$5)": "=SUM($A$5:B$8)",
        "=SUM(A5,B6)": "=SUM(A5:A8,B9)",
        "=SUM(5:5)": "=SUM(5:8)",
        "=他!A9": "=他!A9",
        "='見積 書'!A9": "='見積 書'!A12",
        '="A9"&B9': '="A9"&B12',
    }
    assert {formula: move.formula(formula, here=True) for formula in moved} == moved
    assert move.formula("=A9", here=False) == "=A9"


def test_many_forms_in_one_archive(finance: User) -> None:
    for number in range(3):
        proposal_of(project_code=f"0205-00{number}")
    content = fill_forms(saved(city_form()), fillings_of(proposal_detail(finance).order_by("project_code"), finance))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert len(archive.namelist()) == 3


SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing opens the filled form")
def test_libreoffice_opens_a_filled_form_and_computes_it(tmp_path: Any, finance: User) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(fill_form(saved(city_form()), filling(proposal_of(12), finance)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for extension in ("pdf", "xlsx"):
        argv = [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(tmp_path / "out"),
            str(source),
        ]
        subprocess.run(argv, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "out" / "form.pdf").read_bytes().startswith(b"%PDF")
    values = openpyxl.load_workbook(tmp_path / "out" / "form.xlsx", data_only=True)
    assert (values["見積書"]["E17"].value, values["見積書"]["E19"].value) == (78_000, 78)
    assert values["財源"]["B3"].value == 10
    assert not re.search("Err:|#REF", str([cell.value for row in values["見積書"].iter_rows() for cell in row]))
