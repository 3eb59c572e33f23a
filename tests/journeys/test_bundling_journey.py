"""The secretariat opens the matrix, bundles what it suggests, merges a duplicate, and undoes it."""

import re

from playwright.sync_api import expect

from apps.hurdles.models import CommonHurdle, Hurdle, HurdleMerge


def test_from_the_matrix_to_a_bundle(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/hurdles/common/")
    row = page.locator("section", has=page.locator("#suggestions")).locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("働き方")
    # Its figure opens the list of what it counts.
    row.get_by_role("link", name="2", exact=True).click()
    page.wait_for_url("**/hurdles/?status=open*")
    expect(page.locator("main tbody tr")).to_have_count(2)
    page.go_back()
    row.get_by_role("link", name="この組をまとめる").click()
    page.wait_for_url("**/hurdles/common/new/*")
    secretariat.look()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_label("件名").fill("場所を選ばずに働けない")
    page.get_by_label("方向性").fill("端末と規程を一緒に見直す。")
    page.get_by_label("期限").fill("R6.3.31")
    page.get_by_role("button", name="作成する").dblclick()
    page.wait_for_url("**/hurdles/common/C-2022-0007/")
    secretariat.look()
    common = CommonHurdle.objects.get(number="C-2022-0007")
    assert list(common.hurdles.values_list("number", flat=True)) == ["H-2022-0028"]

    page.get_by_role("link", name="ハードルを加える").click()
    page.get_by_label("キーワード").fill("服務")
    page.get_by_role("button", name="検索").last.click()
    page.get_by_role("checkbox", name=re.compile("H-2022-0029")).check()
    page.get_by_role("button", name="内容を確かめる").click()
    secretariat.look()
    expect(page.locator("main table").first).to_contain_text("8,860")
    page.get_by_label("束ねる理由").fill("どちらも服務の規程による")
    page.get_by_role("button", name="束ねる", exact=True).click()
    page.wait_for_url("**/hurdles/common/C-2022-0007/")
    expect(page.get_by_role("status")).to_contain_text("1件のハードルを束ねました。")
    assert common.hurdles.count() == 2

    # The suggestion is done.
    page.goto(f"{secretariat.address}/hurdles/common/")
    expect(page.locator("main")).to_contain_text("束ねる候補になる、未解消のハードル2件以上の組はありません。")
    assert secretariat.complaints == []


def test_a_duplicate_is_merged_and_comes_back(visitor):
    secretariat = visitor("u006")
    page = secretariat.page
    before = Hurdle.objects.get(number="H-2022-0004")
    secretariat.go("/hurdles/H-2022-0004/")
    page.get_by_text("ほかの操作").click()
    page.get_by_role("link", name="別のハードルに統合する").click()
    page.wait_for_url("**/merge/")
    page.get_by_label("キーワード").fill("請求書")
    page.get_by_role("button", name="検索").last.click()
    page.get_by_role("link", name=re.compile("比べる.*H-2022-0001")).click()
    page.wait_for_url("**/merge/?into=H-2022-0001")
    secretariat.look()
    page.get_by_label("同じ内容だと判断した理由").fill("どちらも財務規則の押印")
    page.get_by_role("button", name="統合する", exact=True).click()
    page.wait_for_url("**/hurdles/H-2022-0001/")
    secretariat.look()

    # The old number leads there, for a member of the team, too.
    member = visitor("u009")
    member.page.goto(f"{member.address}/hurdles/H-2022-0004/")
    member.page.wait_for_url("**/hurdles/H-2022-0001/")
    member.page.get_by_role("link", name="元の記録を見る").click()
    member.page.wait_for_url("**/hurdles/H-2022-0004/?merged=show")
    member.look()
    expect(member.page.locator("h1")).to_have_text(before.title)

    page.get_by_role("link", name="統合を取り消す").click()
    page.wait_for_url("**/unmerge/")
    page.get_by_label("取り消す理由").fill("公印の話は別")
    page.get_by_role("button", name="統合を取り消す").click()
    page.wait_for_url("**/hurdles/H-2022-0004/")
    secretariat.look()
    after = Hurdle.objects.get(number="H-2022-0004")
    assert (after.status, after.merged_into) == (before.status, None)
    assert HurdleMerge.objects.get().undone_at
    assert secretariat.complaints == []
