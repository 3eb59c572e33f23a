"""In the browser: the survey with faults, put right, confirmed and compared; a handover; a rename."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import expect

from apps.hurdles.models import Hurdle
from apps.organization.models import Role, Unit, User, WorkloadEntry

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
BOTH = (PHONE, DESK)


def choose(page: Any, name: str, content: bytes) -> None:
    page.get_by_label("年度").select_option("2022")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="変わる内容を確認").click()


def test_a_workbook_with_faults_is_put_right_confirmed_and_compared(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/workload/upload/", audited=BOTH)
    with page.expect_download() as download:
        page.get_by_role("link", name="令和3年度の値を入れた様式").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet: Any = book.active
    assert sheet["D2"].value
    right, changed_unit, changed_task = sheet["F2"].value, sheet["C2"].value, sheet["D2"].value
    sheet["F2"] = "たくさん"
    sheet["B3"] = "9999"
    choose(page, "業務量R4.xlsx", saved(book))
    expect(page.get_by_role("alert")).to_contain_text("F2")
    expect(page.get_by_role("alert")).to_contain_text("「時間／年」は0以上の整数で書いてください。")
    expect(page.get_by_role("alert")).to_contain_text("B3")
    secretariat.look(audited=BOTH)
    sheet["F2"], sheet["B3"] = "１，２３４", None
    choose(page, "業務量R4.xlsx", saved(book))
    page.wait_for_url("**/workload/upload/*-*/")
    expect(page.locator("main")).to_contain_text("1,234")
    secretariat.look(audited=BOTH)
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.wait_for_url("**/workload/?year=2022")
    secretariat.look(audited=BOTH)
    entry = WorkloadEntry.objects.get(fiscal_year=2022, unit__name=changed_unit, task=changed_task)
    assert entry.hours == 1234 != right
    secretariat.go("/workload/compare/?from=2021&to=2022", audited=BOTH)
    expect(page.locator("main")).to_contain_text("1,234")
    secretariat.go(entry.get_absolute_url(), audited=BOTH)
    expect(page.locator("main")).to_contain_text("年度ごとの値")


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_post_is_handed_over(visitor):
    leaver = User.objects.get(employee_number="u016")
    role = Role.objects.filter(user=leaver, kind="promoter").first()
    assert role
    role.valid_to = date(2022, 10, 13)
    role.save()
    Hurdle.objects.create(title="書きかけ", obstacle="途中。", reporting_unit=leaver.unit, reporter=leaver)
    successor = User.objects.create_user("u900", "後任 太郎", unit=leaver.unit)
    Role.objects.create(user=successor, kind="promoter", unit=leaver.unit, valid_from=date(2022, 10, 14))
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/")
    page.get_by_role("link", name="引継ぎ", exact=True).click()
    secretariat.look(audited=BOTH)
    page.get_by_role("link", name=leaver.name).click()
    expect(page.get_by_label("「書きかけ」の後任者")).to_have_value("u900")
    secretariat.look(audited=BOTH)
    page.get_by_role("button", name="引き継ぐ", exact=True).click()
    expect(page.locator("main")).to_contain_text("引き継ぎました")
    secretariat.look(audited=BOTH)
    assert Hurdle.objects.get(title="書きかけ").reporter == successor
    with page.expect_download() as download:
        page.get_by_role("link", name="引継書（PDF）").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_unit_is_renamed_after_a_look_at_what_it_touches(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/units/", audited=BOTH)
    page.get_by_role("link", name="組織改編を登録").click()
    page.get_by_role("link", name="改称に進む").click()
    page.get_by_label("所属", exact=False).first.select_option(label="0202 情報戦略課")
    page.get_by_label("新しい名称").fill("デジタル戦略課")
    page.get_by_role("button", name="影響を確認").click()
    expect(page.locator("main")).to_contain_text("令和5年4月1日に行われること")
    secretariat.look(audited=BOTH)
    page.get_by_role("button", name="この組織改編を登録する").click()
    page.wait_for_url("**/units/")
    secretariat.look(audited=BOTH)
    assert Unit.objects.get(name="デジタル戦略課").valid_from == date(2023, 4, 1)
