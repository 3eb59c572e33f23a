"""Others say "ours too", the owning section answers, and the reporter hears of it."""

import re

from playwright.sync_api import expect

from apps.core.models import Notice
from apps.hurdles.models import Endorsement, Hurdle

TITLE = "給食材料の請求書の印影確認に時間がかかる"
OBSTACLE = "毎月約120枚の請求書の印影を台帳と見比べている。"
BOTH = ({"width": 390, "height": 844}, {"width": 1366, "height": 768})


def test_similar_ours_too_taken_back_logged_asked_answered(visitor):
    officer = visitor("u016")
    page = officer.page
    officer.go("/hurdles/new/")
    page.get_by_label("件名").press_sequentially(TITLE)
    first = page.locator("#similar-list li").first
    expect(first).to_contain_text("H-2022-0001")
    expect(first.locator("mark").first).to_have_text("請求書")
    expect(page.locator("#similar-status")).to_contain_text("似たハードルが")
    officer.look(audited=BOTH)
    first.get_by_role("button", name="うちの課も").click()
    expect(first).to_contain_text("「うちの課も」に加えました。")
    expect(first.get_by_role("button", name="取り消す")).to_be_focused()
    officer.look(audited=BOTH)
    voice = Endorsement.objects.get(hurdle__number="H-2022-0001", unit__name="保育課")
    assert (voice.example, voice.endorsed_by.employee_number) == (TITLE, "u016")
    first.get_by_role("button", name="取り消す").click()
    expect(first.get_by_role("button", name="うちの課も")).to_be_visible()
    assert not Endorsement.objects.filter(unit__name="保育課", hurdle__number="H-2022-0001").exists()
    expect(page.get_by_label("件名")).to_have_value(TITLE)

    page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    page.get_by_role("button", name="登録する", exact=True).click()
    page.wait_for_url(re.compile(r"/hurdles/H-"))
    number = Hurdle.objects.get(title=TITLE).number

    secretariat = visitor("u006")
    secretariat.go(f"/hurdles/{number}/view/ask/", audited=BOTH)
    secretariat.page.get_by_label("所管課").select_option(label="会計課")
    secretariat.page.get_by_role("button", name="所管課に見解を求める").click()
    secretariat.page.wait_for_url(f"**/hurdles/{number}/")
    secretariat.look()

    owner = visitor("u011")
    owner.go("/")
    owner.page.locator(".task", has_text=TITLE).get_by_role("link", name="見解を答える").click()
    owner.look(audited=BOTH)
    owner.page.get_by_label("条件付").check()
    owner.page.get_by_role("button", name="この見解で答える").click()
    expect(owner.page.locator("#error-summary")).to_be_focused()
    owner.page.get_by_label("理由").fill("規則の改正と合わせて行う。")
    owner.page.get_by_role("button", name="この見解で答える").click()
    owner.page.wait_for_url(f"**/hurdles/{number}/")
    owner.look()

    anyone = visitor("u018")
    anyone.go(f"/hurdles/{number}/")
    expect(anyone.page.locator("main")).to_contain_text("規則の改正と合わせて行う。")
    expect(anyone.page.locator("main")).not_to_contain_text("辻本 文香")
    told = Notice.objects.get(person__employee_number="u016", text__contains="見解を答えました")
    assert "条件付" in told.text
    assert all(person.complaints == [] for person in (officer, secretariat, owner, anyone))
