"""Working with the list in a browser: sorting in by keyboard, saving a search, changing many at once."""

import re

from playwright.sync_api import expect

from apps.core.history import entries_of
from apps.hurdles.models import Hurdle
from apps.hurdles.services import log_hurdle, submit_hurdle
from tests.city.demo_city import person

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
BOTH = (PHONE, DESK)


def received(title):
    officer = person("u016")
    values = {"title": title, "obstacle": "窓口で三度、同じ住所を書く。"}
    hurdle = log_hurdle(uid=Hurdle().uid, reporting_unit=officer.unit, values=values, by=officer)
    return submit_hurdle(hurdle=hurdle, by=officer)


def test_what_has_come_in_is_sorted_in_by_keyboard(visitor):
    first, second = received("転入届の重ね書き"), received("転出届の重ね書き")
    secretary = visitor("u006")
    page = secretary.page
    secretary.go("/hurdles/triage/", audited=BOTH)
    expect(page.locator("h2#received")).to_have_text(first.title)
    page.keyboard.press("j")
    expect(page.locator("h2#received")).to_have_text(second.title)
    page.keyboard.press("k")
    expect(page.locator("h2#received")).to_have_text(first.title)
    page.locator("textarea[name=question]").fill("いつからですか。jjoo")
    expect(page.locator("h2#received")).to_have_text(first.title)
    page.locator("textarea[name=question]").fill("")
    page.locator("select[name=severity]").select_option("4")
    page.locator("h1").click()
    page.keyboard.press("o")
    expect(page.locator("h2#received")).to_have_text(second.title)
    first.refresh_from_db()
    assert (first.status, first.severity) == ("organizing", 4)
    page.keyboard.press("o")
    expect(page.locator("main")).to_contain_text("受付待ちのハードルはありません。")
    secretary.look(BOTH)


def test_a_search_is_saved_and_columns_are_chosen(visitor):
    secretary = visitor("u006")
    page = secretary.page
    secretary.go("/hurdles/?q=押印")
    page.get_by_text("この条件を保存する").click()
    page.get_by_label("条件の名前").fill("押印の見直し")
    page.get_by_role("button", name="保存する").click()
    token = page.locator(".tokens").get_by_role("link", name=re.compile("押印の見直し"))
    expect(token).to_have_attribute("aria-current", "page")
    page.get_by_text("表示する列を選ぶ").click()
    page.get_by_label("経過日数").check()
    page.get_by_role("button", name="この列を表示する").click()
    expect(page.get_by_role("columnheader", name="経過日数")).to_be_visible()
    page.get_by_role("link", name="保存した条件を整理する").click()
    secretary.look(BOTH)


def test_many_change_at_once_after_a_look(visitor):
    secretary = visitor("u006")
    page = secretary.page
    secretary.go("/hurdles/?status=open")
    expect(page.locator("#bulk")).to_be_hidden()
    page.get_by_label("選択：請求書への押印が全庁で残っている").check()
    page.get_by_label("選択：契約書の電子締結ができない").check()
    expect(page.locator("#bulk")).to_contain_text("2件を選択中")
    secretary.look(BOTH)
    page.get_by_role("button", name="重大さを変える").click()
    page.locator("select[name=value]").select_option("2")
    page.locator("textarea[name=reason]").fill("推進チームで見直した。")
    page.get_by_role("button", name="変更内容を確かめる").click()
    expect(page.locator("main")).to_contain_text("2件を変更します。")
    secretary.look(BOTH)
    page.get_by_role("button", name="変更する", exact=True).click()
    expect(page.locator("main")).to_contain_text("2件を変更しました。")
    for title in ("請求書への押印が全庁で残っている", "契約書の電子締結ができない"):
        entry = entries_of(Hurdle.objects.get(title=title))[0]
        assert (entry.verb, entry.reason) == ("一括変更", "推進チームで見直した。")
