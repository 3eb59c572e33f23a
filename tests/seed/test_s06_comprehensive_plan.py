"""S06 総論: 総合計画との連動.

The page of gaps shows the item 2-1-1 of the plan, to which nobody works. The team writes a vision for it and puts an
initiative on the way there; then the gap is closed, and the plan shows both.
"""

from datetime import date

from playwright.sync_api import expect

from apps.organization.models import Unit
from apps.roadmap.models import Initiative, Vision


def test_an_item_of_the_plan_without_an_initiative_is_seen_and_filled(visitor):
    team = visitor("u019")
    team.go("/roadmap/coverage/")
    gap = team.page.get_by_role("region", name="取組のない施策")
    expect(gap).to_contain_text("2-1-1 地域で見守る福祉の体制")
    gap.get_by_role("link", name="一覧で1件を見る").click()
    team.page.wait_for_url("**/roadmap/plan/?initiatives=no")
    team.look()
    expect(team.page.locator("tbody tr")).to_have_count(1)
    expect(team.page.locator("tbody tr")).to_contain_text("将来像なし、取組なし")

    team.go("/roadmap/visions/new/?plan_item=2-1-1")
    page = team.page
    page.get_by_label("10年後", exact=True).check()
    page.get_by_label("分野").fill("暮らし")
    page.get_by_label("件名").fill("見守りの網")
    page.get_by_label("将来像の文").fill("一人暮らしの高齢者の変化に、だれかが三日以内に気付く。")
    page.get_by_label("目標年度").fill("R14")
    page.get_by_role("button", name="作成する").click()
    page.wait_for_url("**/roadmap/visions/V-2022-0025/")
    team.look()
    expect(page.locator("main")).to_contain_text("2-1-1 地域で見守る福祉の体制")
    expect(page.locator(".way")).to_contain_text("取組はまだありません")

    team.go("/roadmap/plan/?q=2-1-1")
    expect(page.locator("tbody tr")).to_contain_text("V-2022-0025 10年後 見守りの網")
    expect(page.locator("tbody tr")).to_contain_text("取組なし")
    # The page on which initiatives are put on the roadmap has its own tests.
    Initiative.objects.create(
        number="I-2022-0013",
        title="見守りの協定を結ぶ",
        lead_unit=Unit.objects.get(code="0401"),
        vision=Vision.objects.get(number="V-2022-0025"),
        starts_on=date(2023, 4, 1),
        ends_on=date(2024, 3, 31),
    )
    team.go("/roadmap/plan/?q=2-1-1")
    expect(page.locator("tbody tr")).to_contain_text("I-2022-0013 見守りの協定を結ぶ")
    expect(page.locator("tbody tr")).not_to_contain_text("取組なし")
    team.go("/roadmap/coverage/")
    expect(page.get_by_role("region", name="取組のない施策")).to_contain_text("抜けはありません。")
    expect(page.get_by_role("region", name="指標のない取組")).to_contain_text("見守りの協定を結ぶ")
