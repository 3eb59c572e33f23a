"""Two people talk about a hurdle: one calls the other by name, who sees it, answers, and gets a file."""

import re
from pathlib import Path

from playwright.sync_api import expect

from apps.core.models import Attachment, Comment
from tests.core.test_attachments import EXE, PDF
from tests.factories import UserFactory
from tests.plugins.browser import DESK, PHONE

HURDLE = "/hurdles/H-2022-0001/"
AREA = "textarea[data-people]"


def unread(person):
    return person.page.locator(".site-head__notices").inner_text()


def comment(person, text):
    person.page.locator(AREA).fill(text)
    person.page.get_by_role("button", name="コメントする").click()


def test_one_calls_the_other_who_is_told_and_answers(visitor):
    officer, secretariat = visitor("u016"), visitor("u006")
    officer.go(HURDLE, audited=(PHONE, DESK))
    area = officer.page.locator(AREA)
    area.press_sequentially("@もりわ")
    options = officer.page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text([re.compile("森脇 彩")])
    officer.look()
    area.press("Enter")
    expect(area).to_have_value("@森脇 彩 ")
    area.press_sequentially("様式を見てください。<script>alert(1)</script>")
    officer.page.get_by_role("button", name="コメントする").click()
    officer.page.wait_for_url(re.compile(r"/H-2022-0001/#comment-"))
    officer.look(audited=(PHONE, DESK))
    expect(officer.page.locator(".comments")).to_contain_text("<script>alert(1)</script>")
    expect(officer.page.get_by_role("status")).to_contain_text("森脇 彩")

    secretariat.go("/", audited=(PHONE, DESK))
    assert "1" in unread(secretariat)
    secretariat.page.locator(".site-head__notices").click()
    secretariat.look(audited=(PHONE, DESK))
    secretariat.page.get_by_role("button", name="開く").click()
    secretariat.page.wait_for_url(re.compile(HURDLE))
    assert "1" not in unread(secretariat)
    expect(secretariat.page.get_by_role("button", name="見守りをやめる")).to_be_visible()
    comment(secretariat, "@u016 見ました。")
    secretariat.page.wait_for_url(re.compile(r"#comment-"))

    officer.go("/notices/")
    expect(officer.page.locator("main")).to_contain_text("呼びかけがありました")
    officer.page.get_by_role("button", name="すべて既読にする").click()
    officer.look()
    assert "1" not in unread(officer)
    officer.go("/notices/watching/", audited=(PHONE, DESK))
    expect(officer.page.locator("main")).to_contain_text("H-2022-0001")


def test_what_is_refused_keeps_the_words(visitor):
    UserFactory(name="森脇 彩", employee_number="u906")
    officer = visitor("u016")
    officer.go(HURDLE)
    comment(officer, "@森脇彩 これを見てください。")
    expect(officer.page.locator("#error-summary")).to_be_focused()
    officer.look(audited=(PHONE, DESK))
    expect(officer.page.locator(AREA)).to_have_value("@森脇彩 これを見てください。")
    expect(officer.page.locator("#error-summary")).to_contain_text("u906")
    assert Comment.objects.count() == 0


def attach(person, path: Path):
    person.page.get_by_text("ファイルを添付する").click()
    person.page.locator("main input[type=file]").set_input_files(path)
    person.page.get_by_role("button", name="添付する", exact=True).click()


def test_a_file_is_attached_and_one_under_a_false_name_is_refused(visitor, settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    good, bad = tmp_path / "髙橋の見積.pdf", tmp_path / "請求書.pdf"
    good.write_bytes(PDF)
    bad.write_bytes(EXE)
    officer = visitor("u016")
    officer.go(HURDLE)
    attach(officer, bad)
    expect(officer.page.locator("#error-summary")).to_contain_text("プログラム（実行ファイル）")
    officer.look(audited=(PHONE, DESK))
    officer.go(HURDLE)
    attach(officer, good)
    expect(officer.page.get_by_role("status")).to_contain_text("髙橋の見積.pdf")
    officer.look(audited=(PHONE, DESK))
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="髙橋の見積.pdf", exact=True).click()
    assert download.value.suggested_filename == "髙橋の見積.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    assert Attachment.objects.count() == 1
