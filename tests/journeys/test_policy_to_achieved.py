"""請求書の押印廃止 from a hurdle to its goal: the team writes, the secretariat has it decided, a section adopts it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from apps.decisions.models import Decision
from apps.hurdles.models import Hurdle, LegalBasis, LegalLevel
from apps.organization.models import Unit
from apps.roadmap.models import Policy

TITLE = "請求書の押印を廃止する"
GOAL = "令和5年4月1日から、市へ提出する請求書への押印を求めない。"
FIRST = "請求書と契約書の押印を、令和5年4月から廃止する。"
SECOND = "請求書の押印は令和5年4月から原則廃止する。契約書は電子契約の開始に合わせて見直す。"
WHY = "契約書は電子契約の開始を待つ必要があるため。"
EVIDENCE = "令和5年4月に受け付けた請求書2,140件のうち、押印を求めたものはない。"
NUMBER = "P-2022-0006"
HERE = f"/roadmap/policies/{NUMBER}/"


@pytest.fixture
def hurdle(city):
    """A hurdle of the accounting section that rests on a custom, taken up and visible to the team."""
    accounting = Unit.objects.get(code="9001")
    made = Hurdle.objects.create(
        number="H-2022-0031",
        title="支所で請求書への押印を求めている",
        obstacle="支所だけが、今も請求書に代表者印を求めている。",
        reporting_unit=accounting,
        owning_unit=accounting,
        reported_on=date(2022, 10, 3),
        status="organizing",
    )
    LegalBasis.objects.create(hurdle=made, level=LegalLevel.objects.get(code="custom"), name="印影照合の慣行")
    return made


def press(person, name, leads_to=HERE):
    person.page.locator("main").get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(lambda url: url.split("#")[0].endswith(leads_to))


def follow(person, name):
    person.page.locator(".page-head").get_by_role("link", name=name, exact=True).click()


def says(person, *texts):
    for text in texts:
        expect(person.page.locator("main")).to_contain_text(text)


def state(person, word):
    expect(person.page.locator(".page-head__meta")).to_contain_text(word)


def write_it(team, hurdle):
    """From the hurdle's page: the draft, its text in two versions, the units."""
    page = team.page
    team.go(f"/hurdles/{hurdle.number}/")
    page.get_by_text("ほかの操作").click()
    page.get_by_role("link", name="方針を作成する").click()
    team.look()
    expect(page.locator("input[name=hurdles]")).to_be_checked()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=goal]").fill(GOAL)
    page.locator("[name=target_date]").fill("R5.4.30")
    page.locator("[name=in_force_on]").fill("R5.4.1")
    page.get_by_role("button", name="案を作成する").click()
    page.wait_for_url(re.compile(r"/roadmap/policies/[0-9a-f-]{36}/$"))
    draft = page.url.removeprefix(team.address)
    state(team, "案")
    says(team, "支所で請求書への押印を求めている", "慣行（根拠規定なし）", "本部会議、推進チーム会議、決裁")
    for text, why in ((FIRST, ""), (SECOND, WHY)):
        team.page.goto(f"{team.address}{draft}versions/write/")
        page.locator("[name=text]").fill(text)
        page.locator("textarea[name=reason]").fill(why)
        press(team, "本文の新しい版を書く", draft)
    team.look()
    page.get_by_role("link", name="版を比べる").click()
    expect(page.locator(".compared del")).to_have_count(3)
    expect(page.locator(".compared ins").last).to_contain_text("契約書は電子契約の開始に合わせて見直す。")
    team.look()
    team.page.goto(f"{team.address}{draft}units/bind/")
    for unit in ("市民課", "会計課"):
        page.get_by_label(unit, exact=True).check()
    press(team, "対象の所属を加える", draft)
    follow(team, "検討を始める")
    team.look()
    press(team, "検討を始める")
    state(team, "検討中")


def have_it_decided(secretariat, hurdle):
    """By 決裁, which is enough for a custom; the hurdle follows."""
    page = secretariat.page
    page.goto(f"{secretariat.address}/")
    task = page.locator(".task", has_text=f"決定を求める：{TITLE}")
    task.get_by_role("link").first.click()
    follow(secretariat, "決定を記録する")
    says(secretariat, hurdle.number, "状態が「方針決定」になります")
    page.get_by_label("決裁", exact=True).check()
    page.locator("[name=approval_number]").fill("4情戦第31号")
    page.locator("[name=decided_on]").fill("R4.10.14")
    page.locator("textarea[name=text]").fill("案のとおり決定する。")
    secretariat.look()
    press(secretariat, "決定を記録する")
    state(secretariat, "決定")
    says(secretariat, f"方針決定としたハードル：{hurdle.number}", "4情戦第31号", "決定された版")
    secretariat.look()
    hurdle.refresh_from_db()
    assert hurdle.status == "policy_set"
    assert Decision.objects.get(approval_number="4情戦第31号").policy == Policy.objects.get(number=NUMBER)


def adopt_it(manager):
    """A bound section finds it under its own work once it is decided."""
    page = manager.page
    page.goto(f"{manager.address}/")
    page.locator(".task", has_text=f"課で採用する：{TITLE}").get_by_role("link").first.click()
    expect(page.locator("[name=unit]")).to_have_value(str(Unit.objects.get(code="0401").pk))
    page.locator("[name=note]").fill("市民課の様式から押印欄をなくした。")
    manager.look()
    press(manager, "所属の採用を記録する")
    says(manager, "2所属のうち1所属が採用済み", "市民課の様式から押印欄をなくした。")
    manager.look()


def test_from_a_hurdle_to_the_goal(visitor, hurdle, settings):
    team, secretariat, manager = visitor("u011"), visitor("u006"), visitor("u013")
    write_it(team, hurdle)
    refused = team.page.goto(f"{team.address}/decisions/policies/{NUMBER}/record/")
    assert refused.status == 403
    says(team, "決定を記録できるのは事務局です。")
    have_it_decided(secretariat, hurdle)

    settings.DEMO_TODAY = date(2023, 4, 3)
    page = secretariat.page
    page.goto(f"{secretariat.address}/")
    page.locator(".task", has_text=f"施行する：{TITLE}").get_by_role("link").first.click()
    expect(page.locator("[name=day]")).to_have_value("令和5年4月1日")
    press(secretariat, "施行する")
    state(secretariat, "施行中")
    adopt_it(manager)

    settings.DEMO_TODAY = date(2023, 4, 28)
    team.page.goto(f"{team.address}{HERE}")
    follow(team, "達成とする")
    says(team, hurdle.number, "会計課")
    team.page.locator("[name=evidence]").fill(EVIDENCE)
    team.look()
    press(team, "達成とする")
    state(team, "達成")
    says(team, EVIDENCE)
    told = team.page.locator(".story__meta span:first-of-type").all_inner_texts()
    assert [word for word in told if word not in {"最新", "決定された版"}] == [
        "達成", "所属が採用した", "施行", "方針決定", "検討の開始", "本文の新しい版", "本文の新しい版", "方針の作成",
    ]  # fmt: skip
    team.look()
    assert all(person.complaints == [] for person in (team, secretariat, manager))
