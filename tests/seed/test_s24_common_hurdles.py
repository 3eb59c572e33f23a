"""S24 10年後・3年後の将来像、共通項(ハードル)の解消の方向性・ロードマップ・対応策.

The part of the registry: what many hurdles share is a named record with direction, goal, countermeasures and a date,
bundled by people from what the matrix suggests. (Visions and the roadmap extend it with their issue.)
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
