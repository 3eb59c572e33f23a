"""S24 10年後・3年後の将来像: two horizons, what holds them back, and the target line of their indicators.

(The common hurdles are in test_s24_common_hurdles.py, the picture of the roadmap in a file of its own.)
"""

import re

from playwright.sync_api import expect

from apps.roadmap.models import IndicatorValue, Vision


def write_vision(visiting, horizon, title, statement, year):
    page = visiting.page
    page.get_by_label(horizon, exact=True).check()
    page.get_by_label("分野").fill("窓口")
    page.get_by_label("件名").fill(title)
    page.get_by_label("将来像の文").fill(statement)
    page.get_by_label("目標年度").fill(year)
    page.get_by_role("button", name="作成する").click()
    page.wait_for_url(re.compile(r"/roadmap/visions/V-2022-\d+/$"))
    visiting.look()


def test_visions_at_two_horizons_their_hurdles_and_their_indicators(visitor):
    team = visitor("u019")
    page = team.page
    team.go("/roadmap/visions/new/")
    write_vision(team, "10年後", "来なくてよい市役所", "市役所に来る用事が、相談だけになっている。", "令和14年度")
    page.get_by_role("link", name="3年後の将来像を作る").click()
    expect(page.get_by_label("向かう10年後の将来像")).to_have_value(re.compile(r"\d+"))
    write_vision(team, "3年後", "半分の待ち時間", "窓口の待ち時間が半分になっている。", "R7")
    expect(page.locator(".way")).to_contain_text("市役所に来る用事が、相談だけになっている。")
    near = Vision.objects.get(title="半分の待ち時間")
    assert (near.number, near.serves.title) == ("V-2022-0026", "来なくてよい市役所")

    page.get_by_role("link", name="妨げているハードルを加える").click()
    page.get_by_label("番号、件名、語句").fill("H-2022-0001")
    page.get_by_role("button", name="検索").click()
    page.get_by_label(re.compile("H-2022-0001")).check()
    page.get_by_label("妨げている理由").fill("請求のたびに来庁が要る。")
    page.get_by_role("button", name="選んだものを加える").click()
    page.wait_for_url("**/V-2022-0026/")
    team.look()
    expect(page.get_by_role("region", name="妨げているハードル")).to_contain_text("請求書への押印")

    page.get_by_role("link", name="指標を加える").click()
    page.locator("[name=name]").fill("窓口の平均待ち時間")
    page.get_by_label("単位").fill("分")
    page.locator("[name=baseline]").fill("３８．５")
    page.get_by_label("基準年度").fill("R3")
    for year, target in ((4, "35"), (5, "30"), (7, "19.25")):
        page.get_by_label(f"令和{year}年度の目標").fill(target)
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url("**/V-2022-0026/")
    team.look()
    chart = page.get_by_role("img", name="窓口の平均待ち時間（分）")
    expect(chart.locator("polyline")).to_have_count(1)
    expect(chart.locator("circle")).to_have_count(3)
    expect(chart).to_contain_text("未測定")
    page.get_by_role("link", name=re.compile("実績を記録する")).click()
    page.get_by_label("令和4年度の実績").fill("33.75")
    page.get_by_label("令和4年度の測定日").fill("R4.10.1")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url("**/V-2022-0026/")
    team.look()
    expect(chart).not_to_contain_text("未測定")
    expect(page.locator("#indicator-table")).to_contain_text("33.75")
    values = IndicatorValue.objects.filter(indicator__vision=near)
    assert {int(each.fiscal_year): (each.target, each.actual) for each in values}.keys() == {2022, 2023, 2025}

    owner = visitor("u008")
    owner.go("/hurdles/H-2022-0001/")
    panel = owner.page.get_by_role("region", name="解消への道筋").first
    expect(panel).to_contain_text("請求書の押印を原則廃止する")
    expect(owner.page.locator("section", has=owner.page.locator("#roadmap-end"))).to_contain_text(
        "窓口の待ち時間が半分になっている。"
    )
