"""S13 単発・場当たり的な研修となっており、継続性を保てない.

Outside of a plan a course needs a reason, and is counted; it goes on in the next year within the plan, and the way from
course to course is seen.

By hand, from the demo city's file on 14 October 2022:

- courses: 9 in 令和4年度, of which T-07 AI勉強会 and T-09 専門監からの情報発信 stand in no plan: 2/9 = 22.2 %.
- held sessions: in the plan T-01-1, T-02-1, T-02-2, T-03-1, T-04-1, T-05-1, T-06-1 and T-08-1 = 8; outside T-07-1 and
  T-09-1 = 2: 2/10 = 20.0 %.
- people who completed them: in the plan 941 + 23 + 21 + 27 + 16 + 17 + 61 + 14 = 1,120; outside 31 + 640 = 671:
  671/1,791 = 37.5 %.
"""

from decimal import Decimal

from playwright.sync_api import expect

from apps.core.registry import figures, standpoint_today
from apps.training.models import Course, Session, TrainingPlan
from tests.city.demo_city import person

IN_THE_PLAN = (941, 23, 21, 27, 16, 17, 61, 14)
OUTSIDE = (31, 640)


def counted(name):
    return figures[f"training.share_ad_hoc_{name}"].count(standpoint_today(person("u006")))


def send(page):
    page.locator("main form[method=post] button[type=submit]").last.click()


def test_single_events_need_a_reason_and_come_to_go_on(visitor):
    held = Session.objects.filter(state="held")
    assert sorted(held.exclude(course__plan=None).values_list("completed", flat=True)) == sorted(IN_THE_PLAN)
    assert sorted(held.filter(course__plan=None).values_list("completed", flat=True)) == sorted(OUTSIDE)
    assert (sum(IN_THE_PLAN), sum(OUTSIDE)) == (1_120, 671)
    shares = [Decimal(counted(name)) for name in ("courses", "sessions", "people")]
    assert shares == [Decimal("22.2"), Decimal("20.0"), Decimal("37.5")]

    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go("/training/courses/?adhoc=yes")
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="AI勉強会")).to_contain_text(
        "推進チームの関心に応じて開いたもの。次の回は決まっていない。"
    )

    page.get_by_role("link", name="研修を追加する").click()
    secretariat.look()
    page.get_by_label("名称").fill("急な講演会")
    page.locator("#id_profile").select_option(label="一般行政職員")
    page.locator("#id_lead_unit").select_option(label="情報戦略課")
    send(page)
    secretariat.look()
    expect(page.locator("main")).to_contain_text("計画外（単発）で行う理由を入力してください")
    assert not Course.objects.filter(name="急な講演会").exists()
    page.get_by_label("計画外とする理由").fill("講師の来訪に合わせた。")
    send(page)
    page.wait_for_url("**/training/courses/*-*/")
    secretariat.look()
    assert Decimal(counted("courses")) == Decimal("30.0"), "3 of 10"
    secretariat.go("/training/courses/?adhoc=yes")
    expect(rows).to_have_count(3)

    events = Course.objects.get(source_key="T-07")
    secretariat.go(events.get_absolute_url())
    page.get_by_role("link", name="翌年度に継続する").click()
    secretariat.look()
    plan = TrainingPlan.objects.get()
    page.locator("#id_plan").select_option(str(plan.pk))
    send(page)
    page.wait_for_url(lambda url: "continue" not in url)
    secretariat.look()
    later = Course.objects.get(continues=events)
    assert (int(later.fiscal_year), later.plan, later.is_ad_hoc) == (2023, plan, False)
    way = page.locator("section[aria-labelledby=way]")
    expect(way.get_by_role("link", name="R4 AI勉強会")).to_be_visible()

    way.get_by_role("link", name="前提と次の研修を選ぶ").click()
    page.get_by_label("キーワード").fill("リーダー育成")
    page.get_by_role("button", name="検索").last.click()
    secretariat.look()
    page.get_by_role("link", name="選択").first.click()
    page.get_by_label("この研修の次に受ける").check()
    secretariat.look()
    send(page)
    page.wait_for_url(f"**{later.get_absolute_url()}")
    secretariat.look()
    expect(way.locator("li").last.get_by_role("link")).to_have_text("DX推進リーダー育成プログラム")

    staff = visitor("u022")
    staff.go(Course.objects.get(source_key="T-02").get_absolute_url())
    before = staff.page.locator("section[aria-labelledby=way] li").first
    expect(before.get_by_role("link", name="AI勉強会")).to_be_visible()
    expect(staff.page.get_by_role("link", name="翌年度に継続する")).to_have_count(0)
