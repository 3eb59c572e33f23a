"""S22 一部、実装していく.

The team carries an initiative out itself: it says so, records what it has built, and the list sums the hours saved.
"""

from playwright.sync_api import expect

from apps.roadmap.models import Initiative

INITIATIVE = "/roadmap/initiatives/I-2022-0001/"


def test_the_team_records_what_it_has_built_itself(visitor):
    team = visitor("u019")
    page = team.page
    team.go(INITIATIVE)
    page.get_by_role("link", name="直す", exact=True).first.click()
    team.look()
    page.get_by_label("推進チームが自ら実装する").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**{INITIATIVE}")
    team.look()
    page.get_by_role("link", name="実装を記録する").last.click()
    team.look()
    page.get_by_label("実装したもの").fill("請求書の受付を知らせる仕組み")
    page.get_by_label("実装した日").fill("R4.9.20")
    page.get_by_label("使っている課").fill("会計課、道路管理課")
    page.get_by_label("年間削減時間").fill("1,200")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**{INITIATIVE}")
    team.look()
    expect(page.locator("main")).to_contain_text("請求書の受付を知らせる仕組み")
    assert Initiative.objects.get(number="I-2022-0001").implementations.get().hours_saved == 1200

    staff = visitor("u022")
    staff.go("/roadmap/initiatives/?by_team=yes")
    expect(staff.page.locator("main tbody tr")).to_have_count(1)
    staff.go("/roadmap/implementations/")
    row = staff.page.locator("main tbody tr")
    for words in ("請求書の受付を知らせる仕組み", "R4.9.20", "1,200", "I-2022-0001"):
        expect(row).to_contain_text(words)
    expect(staff.page.locator("main")).to_contain_text("削減時間の合計 1,200時間/年")
