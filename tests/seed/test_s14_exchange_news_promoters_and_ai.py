"""S14 意見交換会、専門監からの情報発信・研修、推進員研修、AI勉強会.

Each is a course with a format, and each date of it a session: people are invited, enrol, wait, come, and say three
months later what came of it. Who they are is read by the person, the own manager and the personnel section alone.
"""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import expect

from apps.core.models import Notice
from apps.training.models import Enrolment, Recognition, Session


def test_exchange_news_promoters_and_the_study_group_are_courses_with_sessions(visitor):
    staff = visitor("u022")
    staff.go("/training/courses/")
    for name in ("本部員と有識者の意見交換会", "専門監からの情報発信", "推進員研修・テレワーク実践", "AI勉強会"):
        row = staff.page.locator("tbody tr", has=staff.page.get_by_role("link", name=name))
        expect(row).to_have_count(1)
    for key, kind in (("T-08-1", "意見交換会"), ("T-09-1", "情報発信"), ("T-06-1", "研修"), ("T-07-1", "勉強会")):
        session = Session.objects.get(source_key=key)
        staff.go(session.get_absolute_url())
        staff.page.get_by_role("link", name=session.course.name).last.click()
        expect(staff.page.locator(".page-head__meta").first).to_contain_text(kind)


def test_invited_enrolled_waiting_and_moved_up(visitor):
    session = Session.objects.get(source_key="T-06-2")
    Session.objects.filter(pk=session.pk).update(state="open", capacity=1, keeps_roll=True, applied=0)
    address = session.get_absolute_url()

    secretariat = visitor("u006")
    secretariat.go(address)
    secretariat.page.get_by_role("link", name="職員を招待する").click()
    secretariat.page.get_by_label("名簿の貼り付け").check()
    listed = secretariat.page.locator("textarea[name=listed]")
    listed.fill("辻本 文香\nu021\n居ない 人")
    secretariat.page.get_by_role("button", name="人数を確認する").click()
    expect(secretariat.page.locator("main")).to_contain_text(
        "3行目：職員番号または氏名が「居ない 人」の在職者はいません。"
    )
    listed.fill("辻本 文香\nu021")
    secretariat.page.get_by_role("button", name="人数を確認する").click()
    expect(secretariat.page.locator("main")).to_contain_text("招待の対象：2人")
    secretariat.look()
    secretariat.page.get_by_role("button", name="招待する", exact=True).click()
    secretariat.page.wait_for_url(f"**{address}")

    officer = visitor("u016")
    officer.go("/")
    waiting = officer.page.locator("main")
    expect(waiting).to_contain_text("研修への招待：推進員研修・テレワーク実践")
    enrolment = Enrolment.objects.get(session=session, person__employee_number="u016")
    officer.go(enrolment.get_absolute_url())
    officer.page.get_by_role("link", name="受講を申し込む").click()
    officer.look()
    expect(officer.page.locator("main")).to_contain_text("空きがあります。")
    officer.page.get_by_role("button", name="受講を申し込む").click()
    expect(officer.page.locator("main")).to_contain_text("受講予定です。")

    engineer = visitor("u021")
    engineer.go(f"{address}enrol/")
    engineer.page.get_by_role("button", name="受講を申し込む").click()
    expect(engineer.page.locator("main")).to_contain_text("補欠1番目です。")

    manager = visitor("u013")
    manager.go(f"{address}enrol-person/")
    manager.page.get_by_label("職員", exact=False).first.select_option(value="u014")
    manager.page.get_by_role("button", name="職員の受講を申し込む").click()
    expect(manager.page.locator("main")).to_contain_text("相沢 陸：申込みを受け付けました。補欠2番目です。")
    manager.look()

    officer.go(enrolment.get_absolute_url())
    officer.page.get_by_role("link", name="申込みを取り消す").click()
    officer.page.get_by_label("理由").fill("議会対応のため。")
    officer.page.get_by_role("button", name="申込みを取り消す").click()
    expect(officer.page.locator("main")).to_contain_text("申込みを取り消しました。")

    engineer.go("/notices/")
    expect(engineer.page.locator("main")).to_contain_text("補欠から繰り上がり、席が確保されました")
    assert Notice.objects.filter(person__employee_number="u021", kind="training.enrolment").count() == 2
    engineer.go(address)
    expect(engineer.page.locator("main")).to_contain_text("受講予定")
    for reader in (manager, secretariat):
        reader.go(enrolment.get_absolute_url(), status=404)
    secretariat.go(address)
    expect(secretariat.page.locator("main")).not_to_contain_text("戸田 俊介")


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def choose(page: Any, book: Any) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "名簿.xlsx", "mimeType": "application/octet-stream", "buffer": saved(book)}
    )
    page.get_by_role("button", name="変わる内容を確認").click()


def test_attendance_from_excel_certificate_and_three_months_later(visitor):
    session = Session.objects.get(source_key="T-01-1")
    assert session.date == date(2022, 6, 13)
    personnel = visitor("u008")
    page = personnel.page
    personnel.go(session.get_absolute_url())
    page.get_by_role("link", name="受講者名簿").click()
    expect(page.locator("main")).to_contain_text("申込1,150人、受講982人、修了941人")
    personnel.look()
    with page.expect_download() as download:
        page.get_by_role("link", name="記入用の様式（Excel）").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet: Any = book.active
    sheet.append(["ｕ００７", "髙橋 隼人", "出席", "○", 92, "４．５"])
    sheet.append(["u016", "辻本 文子", "出席", "○", 80, 4])
    page.get_by_role("link", name="Excelから取り込む").click()
    personnel.look()
    choose(page, book)
    expect(page.get_by_role("alert")).to_contain_text("B3")
    expect(page.get_by_role("alert")).to_contain_text("職員番号u016は辻本 文香さんで、「辻本 文子」ではありません。")
    assert not Enrolment.objects.filter(session=session).exists()
    sheet["B3"] = "辻本 文香"
    choose(page, book)
    expect(page.locator("main")).to_contain_text("名簿に加わる人")
    personnel.look()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.locator("main")).to_contain_text("新規2件")
    personnel.look()
    assert Recognition.objects.filter(person__employee_number="u007").count() == int(session.course.recognises)

    officer = visitor("u007")
    officer.go("/")
    expect(officer.page.locator("main")).to_contain_text("活用状況を回答する：全職員デジタル基礎研修")
    enrolment = Enrolment.objects.get(session=session, person__employee_number="u007")
    officer.go(enrolment.get_absolute_url())
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="修了証（PDF）").click()
    assert download.value.suggested_filename == f"certificate-{enrolment.certificate_number}.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    officer.page.get_by_role("link", name="活用状況を回答する").click()
    officer.look()
    officer.page.get_by_label("一部を使っている").or_(officer.page.locator("input[value=partly]")).first.check()
    officer.page.get_by_label("活用の内容").fill("会議の資料の共有で使っている。")
    officer.page.get_by_role("button", name="活用状況を回答する").click()
    expect(officer.page.locator("main")).to_contain_text("会議の資料の共有で使っている。")
    officer.look()

    manager = visitor("u005")
    manager.go(enrolment.get_absolute_url())
    expect(manager.page.locator("main")).to_contain_text("会議の資料の共有で使っている。")
    manager.page.get_by_role("link", name="修了証（PDF）").wait_for()
    for number in ("u006", "u024", "u001"):
        visitor(number).go(enrolment.get_absolute_url(), status=404)
