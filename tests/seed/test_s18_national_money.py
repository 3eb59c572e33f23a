"""S18 国の予算の活用 … イニシャルコストの負担軽減.

The section enters the grant as a source of its proposal: the amount follows from rate and eligible cost to the 千円,
general revenue is what remains, and the page says what remains of the project where the grant does not come.
"""

from playwright.sync_api import expect

from apps.budget.models import GrantProgramme, Proposal

SUM = "63,118,000円×1/2＝31,559千円（千円未満切捨て）"


def test_a_grant_pays_half_and_the_page_says_what_remains_without_it(visitor):
    proposal = Proposal.objects.get(source_key="B-03")
    proposal.fundings.update(fallback_k=None)
    here = proposal.get_absolute_url()
    officer = visitor("u014")
    page, main = officer.page, officer.page.locator("main")
    officer.go(here)
    expect(main).to_contain_text(SUM)
    page.get_by_role("link", name="財源の入力・申請状況の更新").click()
    officer.look()
    # What the section had entered goes, and is entered again from the programme itself.
    page.get_by_role("link", name="変更", exact=False).first.click()
    officer.look()
    page.get_by_role("link", name="財源を削除する").click()
    officer.look()
    page.get_by_role("button", name="財源を削除する").click()
    officer.look()
    assert Proposal.objects.get(pk=proposal.pk).general_k == 69_204
    grant = GrantProgramme.objects.get(pk=proposal.grant_id)
    page.get_by_role("link", name=f"選択 {grant.name}").click()
    officer.look()
    assert page.locator("#id_rate").input_value() == "1/2"
    page.locator("main form button[type=submit]").last.click()
    officer.look()
    expect(main).to_contain_text("不採択のときの扱いを入力してください")
    page.locator("#id_if_not_adopted").select_option("reduce")
    page.locator("#id_fallback_k").fill("30,000")
    page.locator("main form button[type=submit]").last.click()
    officer.look()
    expect(main).to_contain_text(SUM)
    table = page.get_by_role("table").filter(has_text="交付金が採択された場合").last
    expect(table.locator("tr").nth(1)).to_contain_text("37,645")
    expect(table.locator("tr").nth(2)).to_contain_text("30,000")
    # The call closes after the request: how far it has come is said at any time.
    page.get_by_role("link", name="申請中にする").click()
    officer.look()
    page.get_by_role("button", name="申請中にする").click()
    page.get_by_role("link", name="不採択にする").click()
    page.locator("#id_reason").fill("選定されなかった。")
    page.get_by_role("button", name="不採択にする").click()
    officer.look()
    expect(main).to_contain_text(f"「{grant.name}」は不採択になりました。")
    expect(main).to_contain_text("要求額のうち30,000千円を残す")
    officer.go("/")
    page.get_by_role("link", name="対応を入力する").click()
    page.locator("#id_words").fill("30,000千円に縮小した。")
    page.locator("main form button[type=submit]").last.click()
    officer.look()
    expect(main).not_to_contain_text("不採択になりました")
    assert Proposal.objects.get(pk=proposal.pk).general_k == 69_204
