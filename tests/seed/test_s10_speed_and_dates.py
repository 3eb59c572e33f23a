"""S10 推進チーム発で方針(ゴール)を明確にし … スピード重視.

The part of the registry: dates are promises whose first one is kept, slips have reasons, what goes quiet is on a list,
and how other cities do it stands beside (他自治体に遅れない). That of the roadmap: what is only a custom the team
decides by itself, or 決裁 does; what needs headquarters is refused to them.
"""

from playwright.sync_api import expect

from apps.decisions.models import Decision
from apps.hurdles.models import Hurdle, LegalLevel, TargetMove
from apps.roadmap.models import Policy

QUIET = "/hurdles/H-2022-0020/"
HURDLE = "/hurdles/H-2022-0012/"  # 国の交付金の公募時期に間に合わない: severity 5, until 28 December 2022


def test_a_later_date_on_a_severe_hurdle_waits_and_the_first_promise_stays_on_the_page(visitor):
    owner = visitor("u018")
    owner.go(HURDLE)
    owner.page.get_by_role("link", name="期限を変える").click()
    owner.look()
    owner.page.get_by_label("新しい期限").fill("R5.3.31")
    owner.page.locator("main form button[type=submit]").click()
    expect(owner.page.locator("#error-summary")).to_contain_text("理由")
    owner.page.get_by_label("期限を変える理由").fill("令和5年度の公募要領が2月に示されるため。")
    owner.page.locator("main form button[type=submit]").click()
    owner.page.wait_for_url(f"**{HURDLE}")
    owner.look()
    assert str(Hurdle.objects.get(number="H-2022-0012").target_date) == "2022-12-28"

    secretary = visitor("u006")
    task = secretary.page.locator(".task", has_text="国の交付金の公募時期に間に合わない")
    task.get_by_role("link").first.click()
    secretary.look()
    secretary.page.get_by_label("期限の延長を認める").check()
    secretary.page.locator("textarea[name=answer]").fill("公募要領の公表を待って進める。")
    secretary.page.locator("main form button[type=submit]").click()
    secretary.page.wait_for_url(f"**{HURDLE}")
    secretary.look()
    facts = secretary.page.locator("main")
    expect(facts).to_contain_text("令和5年3月31日")
    expect(facts).to_contain_text("令和4年12月28日")
    expect(facts).to_contain_text("令和5年度の公募要領が2月に示されるため。")
    hurdle = Hurdle.objects.get(number="H-2022-0012")
    assert (str(hurdle.first_target_date), str(hurdle.target_date)) == ("2022-12-28", "2023-03-31")
    assert TargetMove.objects.get(hurdle=hurdle, old_date__isnull=False).state == "agreed"

    secretary.go("/hurdles/?date=slipped")
    expect(secretary.page.locator("main tbody tr")).to_have_count(1)
    expect(secretary.page.locator("main tbody")).to_contain_text("H-2022-0012")


def test_what_goes_quiet_is_on_a_list_until_somebody_writes_progress(visitor):
    team = visitor("u017")
    team.go("/hurdles/?health=quiet&size=100")
    quiet = team.page.locator("main tbody tr").filter(has_text="H-2022-0020")
    expect(quiet).to_have_count(1)
    before = team.page.locator("main tbody tr").count()
    team.go(QUIET)
    team.page.get_by_role("link", name="進捗を書く").click()
    team.page.get_by_label("順調").check()
    team.page.get_by_label("進んだこと").fill("候補の案件3件を公募前に熟度4まで進めた。")
    team.page.locator("main form button[type=submit]").click()
    team.page.wait_for_url(f"**{QUIET}")
    team.look()
    expect(team.page.locator("main")).to_contain_text("候補の案件3件を公募前に熟度4まで進めた。")
    team.go("/hurdles/?health=quiet&size=100")
    expect(quiet).to_have_count(0)
    assert team.page.locator("main tbody tr").count() == before - 1


def test_how_another_city_does_it_stands_beside_with_its_source(visitor):
    owner = visitor("u018")
    owner.go(HURDLE)
    owner.page.get_by_role("link", name="他自治体の例を加える").click()
    owner.look()
    owner.page.get_by_label("他の自治体").fill("架空県渚市")
    owner.page.get_by_label("取組の内容").fill("夏に案件を募り、公募の3か月前に申請書の案を作っている。")
    owner.page.get_by_label("出典").fill("渚市DX推進計画（令和4年3月）12ページ")
    owner.page.locator("main form button[type=submit]").click()
    owner.page.wait_for_url(f"**{HURDLE}")
    owner.look()
    for words in ("架空県渚市", "夏に案件を募り", "渚市DX推進計画（令和4年3月）12ページ"):
        expect(owner.page.locator("main")).to_contain_text(words)


def record(secretariat, policy, meeting):
    """The secretariat enters what a meeting decided; the page that follows."""
    page = secretariat.page
    secretariat.go(f"/decisions/policies/{policy.number}/record/")
    page.get_by_label("本部会議または推進チーム会議").check()
    option = page.locator("select[name=meeting] option", has_text=meeting)
    page.locator("select[name=meeting]").select_option(option.get_attribute("value"))
    page.locator("textarea[name=text]").fill("案のとおり決定する。")
    page.locator("main form button[type=submit]").click()


def test_the_team_decides_a_custom_at_once_and_not_what_needs_headquarters(visitor):
    secretariat, policy = visitor("u006"), Policy.objects.get(status="under_review")
    page = secretariat.page
    record(secretariat, policy, "推進チーム会議")
    expect(page.locator("#error-summary")).to_contain_text("推進チーム会議では決められません。")
    expect(page.locator("#error-summary")).to_contain_text("決められるのは、本部会議です。")
    secretariat.look()
    assert not Decision.objects.filter(policy=policy).exists()

    secretariat.go(f"{policy.get_absolute_url()}edit/")
    page.locator("[name=legal_level]").select_option(label=LegalLevel.objects.get(code="custom").name)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{policy.get_absolute_url()}")
    record(secretariat, policy, "推進チーム会議")
    page.wait_for_url(f"**{policy.get_absolute_url()}")
    secretariat.look()
    expect(page.locator(".page-head__meta")).to_contain_text("決定")
    decision = Decision.objects.get(policy=policy)
    assert (decision.meeting.body.key, str(decision.decided_on)) == ("team", "2022-09-16")
