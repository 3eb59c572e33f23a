"""S19 検討に多くの時間 … 国の予算にタイミング良く乗れない.

From the close of a call the portal counts back to the latest day of every inner step: its slack, what is too late and
what is next; and it says so to those who count on a call whose days were announced otherwise than assumed.
"""

from datetime import date

from playwright.sync_api import expect

from apps.budget.models import GrantProgramme, Proposal

CASE = "スマート窓口導入事業"


def _address() -> str:
    return Proposal.objects.get(source_key="B-03").get_absolute_url()


def test_from_the_assumed_window_back_to_the_latest_day_of_every_step(visitor):
    officer = visitor("u014")
    officer.go(_address())
    section = officer.page.locator("#backward")
    expect(section.locator(".notice__title")).to_contain_text("令和5年2月8日（仮）まで")
    expect(section.locator(".notice__title")).to_contain_text("予算要求を出す")
    expect(section.locator(".notice__title")).to_contain_text("9開庁日")
    quotes = section.locator("tbody tr", has_text="見積りを3者から取る")
    expect(quotes).to_contain_text("R4.12.21")
    expect(quotes).to_contain_text("22日")
    expect(section).to_contain_text("6月補正の要求期限 令和5年4月21日")

    section.get_by_role("link", name="工程の予定と日数を変える").click()
    officer.look()
    row = officer.page.locator("tbody tr", has_text="見積りを3者から取る")
    row.get_by_label("予定日").fill("R4.12.15")
    row.get_by_label("何開庁日前").fill("31")
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url(f"**{_address()}")
    officer.look()
    expect(quotes).to_contain_text("R4.12.20")
    expect(quotes).to_contain_text("3日")
    expect(section.locator(".notice__title")).to_contain_text("3開庁日")


def test_too_late_for_this_round_and_the_next_one(visitor, settings):
    settings.DEMO_TODAY = date(2022, 12, 26)
    officer = visitor("u014")
    officer.go(_address())
    notice = officer.page.locator("#backward .notice--error")
    expect(notice).to_contain_text("この回には間に合いません")
    expect(notice).to_contain_text("令和6年2月8日（仮）")
    expect(officer.page.locator("#backward tbody tr.is-late").first).to_contain_text("間に合わない")
    officer.go("/budget/calendar/")
    expect(officer.page.locator("main tbody tr.is-late").first).to_contain_text(CASE)


def test_the_announced_days_differ_until_the_section_takes_note(visitor):
    grant = GrantProgramme.objects.get(source_key="G-02")
    secretary = visitor("u006")
    secretary.go(grant.get_absolute_url())
    secretary.page.get_by_role("link", name="公募の日程を確定する").click()
    secretary.look()
    secretary.page.get_by_label("公表の出典").fill("令和4年12月12日の公募要領")
    secretary.page.get_by_label("申請期限").fill("R4.12.1")
    secretary.page.locator("main form button[type=submit]").click()
    expect(secretary.page.locator("#error-summary")).to_be_visible()
    secretary.page.get_by_label("申請期限").fill("R5.2.1")
    secretary.page.locator("main form button[type=submit]").click()
    secretary.page.wait_for_url(f"**{grant.get_absolute_url()}")
    secretary.look()
    expect(secretary.page.locator("main")).to_contain_text("7日早い")
    expect(secretary.page.locator("main")).to_contain_text("要求課は未確認")

    officer = visitor("u014")
    task = officer.page.locator(".task", has_text="公募の日程が想定と違います")
    expect(task).to_contain_text("7日早い")
    task.get_by_role("link").last.click()
    officer.look()
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url(f"**{_address()}")
    officer.look()
    expect(officer.page.locator("#backward .notice--warn")).to_have_count(0)
    quotes = officer.page.locator("#backward tbody tr", has_text="見積りを3者から取る")
    expect(quotes).to_contain_text("R4.12.14")
    expect(quotes).not_to_contain_text("仮")
