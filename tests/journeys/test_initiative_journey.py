"""A person takes 請求書の押印廃止 from the policy to its achievement."""

import re

from playwright.sync_api import expect

from apps.roadmap.models import Initiative

HERE = "**/roadmap/initiatives/I-2022-0013/"
URL = "/roadmap/initiatives/I-2022-0013/"


def send(visitor, url=HERE):
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.page.wait_for_url(url)
    visitor.look()


def act(visitor, name):
    """A button of the page's head or a link of its menu."""
    head = visitor.page.locator(".page-head")
    link = head.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        head.locator("summary").click()
    link.click()
    visitor.look()


def test_from_a_policy_to_what_is_achieved(visitor):
    team = visitor("u019")
    page, main = team.page, team.page.locator("main")
    team.go("/roadmap/policies/P-2022-0001/")
    page.get_by_role("link", name="このための取組を加える").click()
    team.look()
    page.get_by_label("件名").fill("請求書の押印廃止")
    page.get_by_label(re.compile("開始日")).fill("R4.11.1")
    page.get_by_label(re.compile("終了日")).fill("R5.3.31")
    page.locator("[name=lead_unit]").select_option(label="未来都市推進課")
    send(team)

    team.go(URL)
    page.get_by_role("link", name="節目を加える").last.click()
    page.get_by_label(re.compile("年度")).fill("R4")
    page.get_by_label("10～12月").check()
    page.locator("[name=text]").fill("財務規則の改正")
    send(team)
    expect(main).to_contain_text("財務規則の改正")

    owner = visitor("u018")  # 未来都市推進課
    page, main = owner.page, owner.page.locator("main")
    owner.go(URL)
    act(owner, "計画にする")
    expect(main).to_contain_text("令和4年11月1日～令和5年3月31日")
    send(owner)
    act(owner, "着手する")
    expect(main).to_contain_text("より早い着手です")
    send(owner)
    act(owner, "実施中にする")
    send(owner)
    page.get_by_role("link", name=re.compile("達成した 財務規則の改正")).click()
    owner.look()
    page.get_by_label("達成の根拠").fill("10月13日に公布した。")
    send(owner)
    expect(main.locator(".facts").last).to_contain_text("100%")
    act(owner, "進捗を書く")
    page.get_by_label("遅れ").check()
    page.locator("[name=progress]").fill("80")
    page.get_by_label("進んだこと").fill("全課へ通知した。様式の差し替えが残っている。")
    send(owner)
    expect(main).to_contain_text("80%")
    act(owner, "達成にする")
    page.get_by_label("達成の根拠").fill("請求書の様式から押印欄がなくなった。")
    send(owner)
    expect(page.locator(".stages [aria-current=step]")).to_have_text("達成")
    for words in ("全課へ通知した。", "請求書の様式から押印欄がなくなった。", "10月13日に公布した。"):
        expect(page.locator("section[aria-labelledby=story]")).to_contain_text(words)
    initiative = Initiative.objects.get(number="I-2022-0013")
    assert (initiative.status, initiative.progress, initiative.health) == ("achieved", 80, "delayed")
