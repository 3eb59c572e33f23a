"""S03 導入計画書の事前審査、重要案件の整理.

The 導入計画書 itself: filled, printed, reviewed with criteria that the secretariat edits, returned, handed in again;
also for a renewal that no hurdle asked for; 重要案件 with their reasons.
"""

from playwright.sync_api import expect

from apps.budget.models import IntroductionPlan

TEXTS = {
    "problem": "占用の申請が紙で、図面の確認に3日かかる。",
    "simplified_first": "更新の申請書をやめ、届出1枚にまとめる。",
    "content": "占用の受付と図面の管理を行う仕組み。",
    "initial_k": "4,800",
    "running_k": "960",
    "money_words": "一般財源",
    "hours_saved": "420",
    "schedule": "7月に調達、10月に稼働。",
    "staffing": "管理係2人",
    "security": "庁内の網だけで使い、個人番号は扱わない。",
}


def press(person, name, leads_to):
    person.page.locator("main").get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(f"**{leads_to}")
    person.look()


def fill(page, values):
    for name, text in values.items():
        page.locator(f"main [name={name}]").fill(text)


def test_a_returned_plan_is_mended_reviewed_with_criteria_and_printed(visitor):
    secretariat, team = visitor("u006"), visitor("u011")
    page, here = secretariat.page, IntroductionPlan.objects.get(source_key="IP-05").get_absolute_url()
    secretariat.go(f"{here}submit/")
    expect(page.locator("main")).to_contain_text("まだ書かれていません：現状と課題")
    expect(page.get_by_role("button", name="事前審査に提出する")).to_have_count(0)
    page.goto(f"{secretariat.address}{here}edit/")
    fill(page, TEXTS)
    press(secretariat, "保存する", here)
    expect(page.locator("main")).to_contain_text("提出までに書くこと")
    page.goto(f"{secretariat.address}{here}hurdles/?number=H-2022-0001")
    press(secretariat, "加える", here)
    page.goto(f"{secretariat.address}{here}submit/")
    press(secretariat, "事前審査に提出する", here)

    page.goto(f"{secretariat.address}/budget/plans/criteria/new/")
    fill(page, {"name": "標準化への対応", "explanation": "国の標準に合うか。", "max_points": "4"})
    press(secretariat, "保存する", "/budget/plans/criteria/")
    expect(page.locator("main")).to_contain_text("標準化への対応")

    team.page.goto(f"{team.address}/")
    team.page.locator(".task", has_text="導入計画書を審査する：道路占用").get_by_role("link").first.click()
    team.page.wait_for_url(f"**{here}review/")
    team.look()
    main = team.page.locator("main")
    expect(main).to_contain_text("前回の審査")
    for label in team.page.get_by_label("理由").all():
        label.fill("計画書の記載による。")
    team.page.get_by_label("標準化への対応：評点").fill("5")
    team.page.get_by_label("条件付適").check()
    team.page.get_by_label("事前審査の意見").fill("契約の前に、届出の様式を確定すること。")
    team.page.get_by_role("button", name="審査の結果を保存する").click()
    expect(team.page.get_by_label("標準化への対応：評点")).to_have_attribute("aria-invalid", "true")
    team.page.get_by_label("標準化への対応：評点").fill("4")
    press(team, "審査の結果を保存する", here)
    for words in ("条件付適", "契約の前に、届出の様式を確定すること。", "標準化への対応"):
        expect(main).to_contain_text(words)
    total = team.page.locator("tfoot tr")
    expect(total).to_contain_text("18")
    expect(total).to_contain_text("34")
    answer = team.page.request.get(f"{team.address}{here}paper/pdf/")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")


def test_a_renewal_needs_no_hurdle_but_its_present_system(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/budget/plans/new/")
    page.locator("[name=unit]").select_option(label="資産税課")
    page.get_by_label("更改").check()
    fill(page, {"title": "家屋評価システムの再更改", **TEXTS})
    page.get_by_role("button", name="下書きを保存する").click()
    missing = page.locator(".notice", has_text="提出までに書くこと")
    expect(missing).to_contain_text("現行のシステムと契約")
    expect(missing).not_to_contain_text("ハードル")
    here = IntroductionPlan.objects.get(title="家屋評価システムの再更改").get_absolute_url()
    page.goto(f"{secretariat.address}{here}edit/")
    fill(page, {"current_system": "家屋評価システム", "current_until": "R6.3.31", "current_yearly_k": "3,300"})
    press(secretariat, "保存する", here)
    page.goto(f"{secretariat.address}{here}submit/")
    press(secretariat, "事前審査に提出する", here)
    secretariat.go("/budget/plans/?ends=2023")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("R6.3.31")


def test_priority_cases_are_listed_with_their_reasons(visitor):
    chief = visitor("u001")
    here = IntroductionPlan.objects.get(source_key="IP-04").get_absolute_url()
    chief.go(f"{here}priority/")
    chief.page.locator("main textarea[name=reason]").fill("評価替えに間に合わせるため。")
    press(chief, "重要案件に指定する", here)
    chief.go("/budget/plans/?priority=yes&year=2023")
    expect(chief.page.locator("h1")).to_have_text("重要案件")
    expect(chief.page.locator("main tbody tr")).to_have_count(4)
    row = chief.page.locator("main tbody tr", has_text="家屋評価")
    expect(row).to_contain_text("評価替えに間に合わせるため。")
