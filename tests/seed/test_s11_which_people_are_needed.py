"""S11 どのような人材が必要なのか: talent profiles with skills and headcount by year, seen and changed."""

import re

from playwright.sync_api import expect

from apps.training.models import Headcount, ProfileSkill, TalentProfile
from tests.factories import SkillFactory


def test_profiles_with_skills_and_headcount_by_year(visitor):
    skill = SkillFactory(name="業務の流れを図に表す", category="業務改革")
    personnel = visitor("u008")
    page = personnel.page
    personnel.go("/training/profiles/")
    expect(page.locator("tbody tr")).to_have_count(4)
    page.get_by_role("link", name="DX推進リーダー").click()
    page.wait_for_url(re.compile(r"/training/profiles/[-0-9a-f]+/$"))
    personnel.look()
    needed = page.get_by_role("region", name="人材像ごとの必要数と現在数").first
    needed = needed.locator("tr", has=page.locator("th:text-is('必要数')")).first
    assert needed.locator("td").all_inner_texts() == ["24", "69", "99", "130"]

    page.get_by_role("link", name="直す", exact=True).click()
    personnel.look()
    row = TalentProfile.objects.get(code="LEADER").skill_links.count() + 1
    page.get_by_label(f"スキル{row}", exact=True).select_option(label="業務改革 › 業務の流れを図に表す")
    page.get_by_label(f"レベル{row}", exact=True).select_option(label="3 ひとりでできる")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(re.compile(r"/training/profiles/[-0-9a-f]+/$"))
    personnel.look()
    expect(page.get_by_role("region", name="スキルとレベル").first).to_contain_text("業務の流れを図に表す")
    assert ProfileSkill.objects.get(profile__code="LEADER", skill=skill).level == 3

    page.get_by_role("link", name="全庁の必要数を設定する").click()
    personnel.look()
    page.get_by_label("令和8年度の必要数").fill("１５０")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(re.compile(r"/training/profiles/[-0-9a-f]+/$"))
    assert needed.locator("td").all_inner_texts() == ["24", "69", "99", "130", "150"]
    page.get_by_label("別の部局").select_option(label="市民部")
    page.get_by_role("button", name="必要数を設定する").click()
    page.get_by_label("令和5年度の必要数").fill("8")
    page.get_by_label("令和5年度の推計", exact=True).fill("0")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(re.compile(r"/training/profiles/[-0-9a-f]+/$"))
    personnel.look()
    assert Headcount.objects.get(unit__name="市民部").needed == 8

    officer = visitor("u016")
    officer.go("/training/")
    officer.page.get_by_text("DX推進リーダー（部局別）").click()
    expect(officer.page.get_by_role("region", name="DX推進リーダー（部局別）")).to_contain_text("市民部")
