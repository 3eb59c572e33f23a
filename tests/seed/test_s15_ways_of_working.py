"""S15 DXを踏まえた働き方の提案.

The part of the roadmap: the theme 働き方 leads from the hurdles to the initiatives that clear them, and from each of
these to its policy. (The slice of the dashboard comes with its issue.)
"""

from playwright.sync_api import expect


def test_the_theme_leads_from_hurdles_to_initiatives(visitor):
    secretary = visitor("u006")
    page = secretary.page
    secretary.go("/hurdles/?theme=働き方&size=100")
    hurdles = set(page.locator("main tbody td.code").all_inner_texts())
    assert hurdles
    secretary.go("/roadmap/initiatives/")
    page.locator("main form details summary").first.click()
    page.get_by_label("ハードルのテーマ").select_option(label="働き方")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**theme=*")
    secretary.look()
    links = page.locator("main tbody th a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert addresses
    for address in addresses:
        secretary.page.goto(secretary.address + address)
        cleared = page.locator("section[aria-labelledby=hurdles] td.code").all_inner_texts()
        assert hurdles & set(cleared), address


def test_from_a_hurdle_of_the_theme_to_a_policy_and_an_initiative_under_it(visitor):
    team = visitor("u019")
    page = team.page
    team.go("/hurdles/H-2022-0028/")
    head = page.locator(".page-head")
    head.locator("summary").click()
    head.get_by_role("link", name="このための取組を加える").click()
    team.look()
    expect(page.locator("main")).to_contain_text("H-2022-0028")
    page.get_by_label("件名").fill("場所を選ばない働き方の試行")
    policy = page.locator("[name=policy]")
    chosen = policy.locator("option").nth(1).inner_text()
    policy.select_option(label=chosen)
    page.locator("[name=lead_unit]").select_option(label="人事課")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/roadmap/initiatives/I-2022-0013/")
    team.look()
    main = page.locator("main")
    expect(main.locator("section[aria-labelledby=hurdles]")).to_contain_text("H-2022-0028")
    expect(main).to_contain_text(chosen.partition(" ")[2])
    team.go("/roadmap/initiatives/?theme=働き方&size=100")
    expect(main.locator("tbody")).to_contain_text("場所を選ばない働き方の試行")
