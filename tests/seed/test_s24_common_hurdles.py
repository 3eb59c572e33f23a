"""S24 10年後・3年後の将来像、共通項(ハードル)の解消の方向性・ロードマップ・対応策.

The part of the registry: what many hurdles share is a named record with direction, goal, countermeasures and a date,
bundled by people from what the matrix suggests. The part of the roadmap: the picture with visions at two horizons,
today, what does not fit, and the same as a table.
"""

import re

from playwright.sync_api import expect

from apps.hurdles.models import CommonHurdle


def test_the_team_bundles_what_sections_share_and_sets_its_direction(visitor):
    team = visitor("u019")
    team.go("/hurdles/common/")
    expect(team.page.locator("main")).to_contain_text("束ねる候補")
    team.go("/hurdles/common/new/?hurdle=H-2022-0028&hurdle=H-2022-0029")
    team.page.get_by_label("件名").fill("働く場所と時間の決まりが紙と自席を前提にしている")
    team.page.get_by_label("方向性").fill("場所と時間を選べる働き方を、規程から先に整える。")
    team.page.get_by_label("ゴール").fill("令和5年度末までに、勤務の届出の9割を電子で行う。")
    team.page.get_by_label("対応策").fill("服務規程と情報セキュリティ基準を同時に改正する。")
    team.page.get_by_label(re.compile("期限")).fill("R6.3.31")
    team.page.get_by_label("主管課").select_option(label="人事課")
    team.page.locator("main form button[type=submit]").last.click()
    team.page.wait_for_url("**/hurdles/common/C-2022-0007/")
    team.look()
    common = CommonHurdle.objects.get(number="C-2022-0007")
    assert sorted(common.hurdles.values_list("number", flat=True)) == ["H-2022-0028", "H-2022-0029"]

    staff = visitor("u022")
    staff.go("/hurdles/common/C-2022-0007/")
    for words in ("場所と時間を選べる働き方", "令和6年3月31日", "人事課", "服務規程と情報セキュリティ基準"):
        expect(staff.page.locator("main")).to_contain_text(words)

    owner = visitor("u008")
    owner.go("/hurdles/H-2022-0029/")
    bundled = owner.page.locator("dd", has=owner.page.get_by_role("link", name="C-2022-0007"))
    expect(bundled).to_contain_text("働く場所と時間の決まりが紙と自席を前提にしている")


def test_the_roadmap_shows_visions_at_two_horizons_today_and_what_does_not_fit(visitor):
    officer = visitor("u006")
    page = officer.page
    officer.go("/roadmap/")
    picture, table = page.locator(".roadmap__svg"), page.locator("table")
    for words in ("令和14年度の将来像", "今日 10.14", "令和8～13年度", "矛盾", "行政内部"):
        expect(picture).to_contain_text(words)
    expect(page.locator(".notice--warn")).to_contain_text(
        "「請求・契約の電子化」が、先行する「例規と文書の電子前提への転換」"
    )
    expect(table.locator("thead")).to_contain_text("3年後（令和7年度）の将来像")
    assert picture.get_by_role("link").count() == 12 == table.locator("tbody th[scope=row]").count()

    late = picture.get_by_role("link", name=re.compile("請求・契約の電子化"))
    spoken = late.get_attribute("aria-label") or ""
    assert spoken.endswith("矛盾：I-2022-0009の終わる前に始まる")
    row = table.locator("tr", has=page.get_by_role("link", name="請求・契約の電子化"))
    for words in (
        "計画",
        "R5.1.1",
        "R6.6.30",
        "矛盾",
        "I-2022-0009の終わる前に始まる",
        "全庁展開",
        "支払までの日数が半分になる",
    ):
        expect(row).to_contain_text(words)

    page.get_by_role("link", name="主管課別").click()
    page.wait_for_url("**/roadmap/?group=unit")
    officer.look()
    expect(picture).to_contain_text("会計課\u3000取組2件")
    page.get_by_role("region", name="ロードマップの図").focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == "/roadmap/initiatives/I-2022-0011/"
    stroke = page.evaluate("getComputedStyle(document.activeElement.querySelector('.roadmap__focus')).stroke")
    assert stroke == "rgb(0, 0, 0)", "the focus can be seen"
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiatives/I-2022-0011/")

    officer.go("/roadmap/?span=3m&from=R4.10.1")
    page.get_by_role("link", name=re.compile("^前へ")).click()
    expect(picture).to_contain_text("令和4年9月")
    page.get_by_role("link", name="10年", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="A3で印刷（PDF）").click()
    assert download.value.suggested_filename == "roadmap-20221014.pdf"
    page.get_by_role("link", name="将来像から見る").click()
    expect(page.locator("main")).to_contain_text("書面・押印・対面・掲示を求める例規の見直しを終える。")
