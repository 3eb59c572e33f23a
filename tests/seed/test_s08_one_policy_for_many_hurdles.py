"""S08 各論: 全庁的ハードルの解決方針の整理 ⇒押印(請求書)廃止、補助金申請のオンライン化.

One policy with one goal and one date resolves many hurdles, single ones and a common one, and all of them follow it.
"""

import re

from playwright.sync_api import expect

from apps.hurdles.models import Hurdle
from apps.roadmap.models import Policy

MANY = ("H-2022-0004", "H-2022-0021", "H-2022-0022")


def press(person, name, pattern):
    person.page.locator("main").get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(re.compile(pattern))
    person.look()


def test_one_goal_and_one_date_for_many_hurdles(visitor):
    team = visitor("u019")
    page = team.page
    team.go("/hurdles/common/C-2022-0001/")
    page.get_by_role("link", name="方針を作成する").click()
    team.look()
    page.locator("[name=title]").fill("庁内の手続から押印と紙をなくす")
    page.locator("[name=goal]").fill("令和6年3月末までに、庁内の手続の9割を押印と紙なしで終える。")
    page.locator("[name=target_date]").fill("R6.3.31")
    page.locator("[name=legal_level]").select_option(label="訓令・規程")
    press(team, "案を作成する", r"/roadmap/policies/[0-9a-f-]{36}/$")
    draft = page.url
    page.goto(f"{draft}hurdles/add/?q=押印")
    expect(page.locator("input[name=hurdles]").first).to_be_visible()
    page.goto(f"{draft}hurdles/add/")
    for number in MANY:
        page.locator(f"input[name=hurdles][value={number}]").check()
    press(team, "加える", r"/roadmap/policies/[0-9a-f-]{36}/$")
    for words in (*MANY, "書面・押印・対面を前提にした手続", "本部会議、決裁"):
        expect(page.locator("main")).to_contain_text(words)
    page.goto(f"{draft}versions/write/")
    page.locator("[name=text]").fill("庁内の手続は電子で行い、押印を求めない。")
    press(team, "本文の新しい版を書く", r"/roadmap/policies/[0-9a-f-]{36}/$")
    page.get_by_role("link", name="検討を始める").click()
    press(team, "検討を始める", r"/roadmap/policies/P-2022-0006/$")

    secretariat = visitor("u006")
    secretariat.go("/decisions/policies/P-2022-0006/record/")
    page = secretariat.page
    page.get_by_label("決裁", exact=True).check()
    page.locator("[name=approval_number]").fill("4情戦第32号")
    page.locator("[name=decided_on]").fill("R4.10.14")
    page.locator("textarea[name=text]").fill("案のとおり決定する。")
    press(secretariat, "決定を記録する", r"/roadmap/policies/P-2022-0006/$")
    status = page.get_by_role("status").first
    for number in (*MANY, "H-2022-0003", "H-2022-0029"):  # the last two by way of the common hurdle
        expect(status).to_contain_text(number)
        assert Hurdle.objects.get(number=number).status == "policy_set", number
    for number in ("H-2022-0002", "H-2022-0008"):  # work on these has begun already
        expect(status).to_contain_text(number)
        assert Hurdle.objects.get(number=number).status == "in_progress", number
    policy = Policy.objects.get(number="P-2022-0006")
    assert (policy.status, str(policy.target_date)) == ("decided", "2024-03-31")

    staff = visitor("u022")
    staff.go("/roadmap/policies/P-2022-0006/")
    expect(staff.page.locator("main")).to_contain_text("令和6年3月31日")
    staff.go("/hurdles/common/C-2022-0001/")
