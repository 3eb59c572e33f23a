"""The conflict of the demo city is mended by the form, and the plan is compared with that of June."""

import re

from playwright.sync_api import expect

from apps.roadmap.models import Baseline, Initiative, InitiativeMove

CONTRACTS, RULES = "請求・契約の電子化", "例規と文書の電子前提への転換"


def test_a_conflict_is_mended_with_a_preview_and_the_plan_is_compared_with_june(visitor):
    secretary = visitor("u006")
    page = secretary.page
    secretary.go("/roadmap/")
    notice = page.locator(".notice", has_text=RULES)
    expect(notice).to_contain_text(CONTRACTS)
    notice.get_by_role("link", name="日程を見直す").first.click()
    secretary.look()
    expect(page.get_by_label("変更後の開始日")).to_have_value("令和5年7月3日")
    expect(page.get_by_label("変更後の終了日")).to_have_value("令和6年12月25日")
    expect(page.get_by_label("後に続く取組を、新しい終わりの後ろへ動かす")).to_be_checked()
    page.get_by_role("button", name="動くものを確かめる").click()
    expect(page.locator("main .field__error").first).to_be_visible()
    secretary.look()
    page.get_by_label("日程を見直す理由").fill("規則の一括改正の後に始めるため。")
    page.get_by_role("button", name="動くものを確かめる").click()
    preview = page.locator("main")
    for words in ("R5.1.1", "R5.7.3", "6か月遅れ", "解消する矛盾", "全庁展開", "規則の一括改正の後に始めるため。"):
        expect(preview).to_contain_text(words)
    secretary.look()
    assert Initiative.objects.get(title=CONTRACTS).starts_on.isoformat() == "2023-01-01", "only shown"
    page.get_by_role("button", name="この日程にする").click()
    page.wait_for_url(re.compile(r"/roadmap/initiatives/I-2022-0001/$"))
    secretary.look()
    expect(page.locator("main")).to_contain_text("当初の日程")
    expect(page.locator(".notice--warn")).to_have_count(0)
    secretary.go("/roadmap/")
    expect(page.locator("#conflicts")).to_have_count(0)
    assert InitiativeMove.objects.filter(reason="規則の一括改正の後に始めるため。").count() == 1

    secretary.go("/roadmap/baselines/")
    page.get_by_role("link", name="今日の計画を固定する").click()
    page.locator("input[name=name]").fill("基準計画（令和4年10月）")
    secretary.look()
    page.get_by_role("button", name="固定する").click()
    page.wait_for_url(re.compile(r"/roadmap/baselines/[0-9a-f-]{36}/$"))
    page.get_by_label("比べる相手").select_option(label="令和4年6月策定 R4.6.10")
    page.get_by_role("button", name="比べる").click()
    row = page.locator("main tbody tr", has_text=CONTRACTS)
    for words in ("9か月遅れ", "R4.10.1", "R5.7.3", "一括改正に合わせるため", "規則の一括改正の後に始めるため。"):
        expect(row).to_contain_text(words)
    secretary.look()
    assert Baseline.objects.count() == 2
