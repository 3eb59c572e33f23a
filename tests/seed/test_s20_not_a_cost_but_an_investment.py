"""S20 DX予算はコストではなく投資: five years, the city's share with and without the grant, payback, hours returned."""

import re

from playwright.sync_api import expect

from apps.budget.models import Proposal


def cells(row) -> list[str]:
    return [text.strip() for text in row.locator("td").all_inner_texts()]


def test_a_proposal_and_the_year_as_an_investment(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go(Proposal.objects.get(source_key="B-03").get_absolute_url())
    section = page.locator("section", has=page.locator("h2#investment"))
    rows = section.locator("tbody tr")
    assert [cells(row) for row in rows.all()] == [
        ["69,204", "11,700", "11,700", "11,700", "11,700", "116,004"],
        ["37,645", "11,700", "11,700", "11,700", "11,700", "84,445"],
        ["69,204", "11,700", "11,700", "11,700", "11,700", "116,004"],
    ]
    facts = section.locator("dl").first
    expect(facts.locator("dt:text-is('回収の年数（交付金あり）') + dd")).to_have_text("2.6年")
    expect(facts.locator("dt:text-is('回収の年数（交付金なし）') + dd")).to_have_text("4.7年")
    expect(facts.locator("dt:text-is('要求課の試算') + dd")).to_have_text("3.4年")
    expect(facts.locator("dt:text-is('職員に戻る時間') + dd")).to_contain_text("9,800時間／年＝24,500千円／年")
    for assumption in ("9,800時間×2,500円＝24,500千円／年", "架空の単価", "割引はしない", "R6、R7、R8、R9"):
        expect(section).to_contain_text(assumption)

    section.get_by_role("link", name="不採択の場合の年度の見通し").click()
    page.wait_for_url(re.compile(r"/budget/scenarios/\?year=2023$"))
    secretariat.look()
    cases = page.get_by_role("region", name="採否の場合ごとの予算要求額（千円）").locator("tbody tr")
    found = [cells(row) for row in cases.all()]
    assert found[0] == ["318,086", "96,679", "3,000", "13,800", "18,782", "185,825", "－", "0", "508,049"]
    assert found[1] == ["141,572", "0", "0", "13,800", "13,782", "113,990", "△71,835", "0", "368,854"]
    assert sorted(row[0] for row in found[2:]) == ["186,394", "276,564", "314,786"]

    page.get_by_role("link", name="投資の見方").first.click()
    page.wait_for_url(re.compile(r"/budget/investment/"))
    secretariat.look()
    expect(page.get_by_role("region", name="年度ごとの市の負担").locator("tfoot")).to_contain_text("508,049")
    page.get_by_label("交付決定前の交付金").select_option(label="ある")
    page.get_by_role("button", name="絞り込む").click()
    page.wait_for_url(re.compile(r"hangs=yes"))
    listed = page.get_by_role("region", name="投資として見た予算要求")
    expect(listed.locator("tbody tr")).to_have_count(3)
    secretariat.go("/budget/")
    expect(page.locator("dl.stats")).to_contain_text("508,049")
