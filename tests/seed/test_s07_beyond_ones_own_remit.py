"""S07 総論: 自らの所掌、更には所掌を超えて.

An officer logs what is in the way in another section's work; that section is asked and answers by a date; only then
all staff see it; the reporter is told what became of it, and nobody is ranked by what they contribute.
"""

import re

from playwright.sync_api import expect

from apps.hurdles.models import Hurdle

TITLE = "口座振替の届出を窓口でしか受け取れない"
OBSTACLE = "保護者が保育料の口座を変えるたびに、会計課の用紙に銀行の届出印を押して持参している。"
REPORTER, REPORTING, OWNING, OTHER, SECRETARIAT = "u016", "保育課", "会計課", "u021", "u006"


def log(officer):
    officer.page.get_by_role("link", name="ハードルを登録する").first.click()
    officer.page.get_by_label("件名").fill(TITLE)
    officer.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    officer.page.locator("details.fold summary").first.click()
    officer.page.locator("select[name=scope]").select_option(label="複数課")
    officer.page.locator("select[name=owning_unit]").select_option(label=OWNING)
    officer.page.get_by_role("button", name="登録する", exact=True).click()
    officer.page.wait_for_url(re.compile(r"/hurdles/H-2022-0031/"))
    officer.look()


def ask_the_owner(secretary):
    secretary.go("/hurdles/H-2022-0031/")
    secretary.page.get_by_role("link", name="所管課に見解を求める").click()
    secretary.look()
    secretary.page.get_by_label("回答期限").fill("R4.10.28")
    secretary.page.get_by_role("button", name="所管課に見解を求める").click()
    secretary.page.wait_for_url("**/hurdles/H-2022-0031/")
    secretary.look()


def answer(owner):
    task = owner.page.locator(".task", has_text=TITLE)
    expect(task).to_contain_text("R4.10.28")
    task.get_by_role("link").click()
    owner.look()
    owner.page.get_by_label("条件付").check()
    owner.page.locator("main form button[type=submit]").click()
    expect(owner.page.locator("#error-summary")).to_be_visible()
    owner.page.get_by_label("理由").fill("口座振替のオンライン受付を金融機関と協議できれば可能。")
    owner.page.locator("main form button[type=submit]").click()
    owner.page.wait_for_url("**/hurdles/H-2022-0031/")
    owner.look()


def test_a_hurdle_in_another_sections_work_is_answered_by_that_section(visitor):
    officer = visitor(REPORTER)
    log(officer)
    hurdle = Hurdle.objects.get(number="H-2022-0031")
    assert (hurdle.scope, str(hurdle.reporting_unit), str(hurdle.owning_unit)) == ("cross", REPORTING, OWNING)

    stranger = visitor(OTHER)
    stranger.page.goto(f"{stranger.address}/hurdles/H-2022-0031/")
    expect(stranger.page.locator("h1")).not_to_have_text(TITLE)

    secretary = visitor(SECRETARIAT)
    ask_the_owner(secretary)
    stranger.page.reload()
    expect(stranger.page.locator("h1")).not_to_have_text(TITLE)

    owner = visitor("u011")
    answer(owner)

    stranger.go("/hurdles/H-2022-0031/")
    assert stranger.heading() == TITLE
    main = stranger.page.locator("main")
    expect(main).to_contain_text("条件付")
    expect(main).to_contain_text("口座振替のオンライン受付を金融機関と協議できれば可能。")
    expect(main).to_contain_text(REPORTING)
    expect(main).not_to_contain_text("辻本")

    officer.go("/notices/")
    notice = officer.page.locator("main li, main tr").filter(has_text=TITLE).filter(has_text="条件付")
    expect(notice.first).to_be_visible()


def test_who_contributes_is_ranked_nowhere(visitor):
    chief = visitor("u001")
    for path in ("/dashboard/", "/reports/figures/"):
        chief.go(path)
        expect(chief.page.locator("main")).not_to_contain_text("登録した人")
        expect(chief.page.locator("main")).not_to_contain_text("登録した課")
    chief.page.goto(f"{chief.address}/hurdles/?sort=reporter")
    expect(chief.page.locator("main")).to_contain_text("並べ替えられません")
