"""S12 計画的かつ戦略的な人材育成、中長期スパン: a plan over years, the gap by profile and year, its way to the budget.

The gap of the demo city by hand, needed − present. Those present are the estimate of FY2022, carried forward.

| Profile        | FY2022           | FY2023           | FY2024           | FY2025           |
| 高度専門人材    | 1 − 1 = 0        | 2 − 1 = 1        | 3 − 1 = 2        | 4 − 1 = 3        |
| DX推進リーダー  | 24 − 0 = 24      | 69 − 0 = 69      | 99 − 0 = 99      | 130 − 0 = 130    |
| 管理職          | 90 − 16 = 74     | 90 − 16 = 74     | 92 − 16 = 76     | 92 − 16 = 76     |
| 一般行政職員    | 1000 − 941 = 59  | 1060 − 941 = 119 | 1060 − 941 = 119 | 1060 − 941 = 119 |
"""

import re

from playwright.sync_api import expect

from apps.budget.models import Proposal
from apps.training.models import TrainingPlan

NEEDED = {
    "高度専門人材": [1, 2, 3, 4],
    "DX推進リーダー": [24, 69, 99, 130],
    "管理職": [90, 90, 92, 92],
    "一般行政職員": [1000, 1060, 1060, 1060],
}
PRESENT = {"高度専門人材": 1, "DX推進リーダー": 0, "管理職": 16, "一般行政職員": 941}
SHORT = {
    "高度専門人材": [0, 1, 2, 3],
    "DX推進リーダー": [24, 69, 99, 130],
    "管理職": [74, 74, 76, 76],
    "一般行政職員": [59, 119, 119, 119],
}


def numbers(group, label):
    """The numbers of one row of a profile, without what is said below them."""
    cells = group.locator("tr", has=group.page.locator(f"th:text-is('{label}')")).locator("td").all_inner_texts()
    return [int(cell.split("\n")[0].replace(",", "")) for cell in cells]


def test_the_gap_by_profile_and_year(visitor):
    chief = visitor("u001")
    chief.go("/training/")
    for name, needed in NEEDED.items():
        group = chief.page.locator("#training-gaps >> xpath=../..").locator("tbody", has_text=name).first
        assert numbers(group, "必要数") == needed
        assert numbers(group, "現在数") == [PRESENT[name]] * 4
        assert numbers(group, "不足") == SHORT[name] == [each - PRESENT[name] for each in needed]
        expect(group.locator("small", has_text="R4推計")).to_have_count(4)


def test_a_plan_over_years_and_its_way_to_the_budget(visitor):
    plan = TrainingPlan.objects.get(name__startswith="DX人材育成計画")
    personnel = visitor("u008")
    page = personnel.page
    personnel.go(plan.get_absolute_url())
    page.get_by_role("link", name="R6 年度の研修を計画する").click()
    personnel.look()
    expect(page.get_by_label("年度の総額（千円）")).to_have_value("14,200")
    row = list(plan.planned_courses.filter(fiscal_year=2024).order_by("pk")).index(
        plan.planned_courses.get(fiscal_year=2024, course__source_key="T-02")
    )
    page.get_by_label(f"研修{row + 1}の修了予定者数", exact=True).fill("30")
    page.get_by_label(f"研修{row + 1}の費用（千円）", exact=True).fill("14,201")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("年度の総額（14,200千円）を超えています")).to_be_visible()
    personnel.look()
    page.get_by_label(f"研修{row + 1}の費用（千円）", exact=True).fill("６，９３０")
    page.get_by_role("button", name="保存する", exact=True).click()
    page.wait_for_url(f"**{plan.get_absolute_url()}")
    personnel.look()
    expect(page.get_by_role("region", name="年度別の研修").first).to_contain_text("6,930")

    rest_k = 14_200 - sum(each.cost_k or 0 for each in plan.planned_courses.filter(fiscal_year=2024))
    assert rest_k >= 0
    page.get_by_role("link", name="決定を記録する").first.click()
    personnel.look()
    page.get_by_label("起案番号又は会議").fill("人第41号")
    page.get_by_label("決定日").fill("R4.10.13")
    page.get_by_role("button", name="決定を記録する").click()
    page.wait_for_url(f"**{plan.get_absolute_url()}")
    expect(page.locator(".page-head")).to_contain_text("令和4年10月13日決定")

    for _time in range(2):
        page.get_by_role("link", name="予算要求を起案する").first.click()
        personnel.look()
        page.get_by_label(re.compile("令和6年度　14,200千円")).check()
        page.get_by_role("button", name="予算要求を起案する").click()
        page.wait_for_url(re.compile(r"/budget/proposals/[-0-9a-f]{36}/$"))
        personnel.look()
        expect(page.locator("main")).to_contain_text("DX推進リーダー育成プログラム")
        expect(page.locator("main")).to_contain_text(f"{rest_k * 1000:,}")
        proposal = Proposal.objects.get(fiscal_year=2024, training_plan_links__plan=plan)
        assert proposal.general_k == 14_200
        personnel.go(plan.get_absolute_url())
    expect(page.get_by_role("region", name="予算要求").first).to_contain_text("14,200")
