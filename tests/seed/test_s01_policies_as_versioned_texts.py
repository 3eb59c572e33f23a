"""S01 R3・R4の取組方針策定.

Policies are texts in versions of which any two are compared; the activities of a year with their results stand in a
list of their own.
"""

from playwright.sync_api import expect

from apps.roadmap.models import Policy


def test_a_policy_is_a_text_in_versions_and_two_of_them_are_compared(visitor):
    here = Policy.objects.get(title="請求書の押印を原則廃止する").get_absolute_url()
    secretariat = visitor("u006")
    page = secretariat.page
    secretariat.go(f"{here}versions/write/")
    page.locator("[name=text]").fill("請求書の押印は令和5年4月から廃止する。例外は設けない。")
    page.locator("textarea[name=reason]").fill("例外の運用が課によって分かれるため。")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{here}")
    secretariat.look()

    staff = visitor("u022")
    staff.go(here)
    staff.page.get_by_role("link", name="版を比べる").click()
    page = staff.page
    expect(page.get_by_label("古い版")).to_have_value("2")
    page.get_by_label("古い版").select_option("1")
    page.get_by_role("button", name="比べる").click()
    page.wait_for_url("**?from=1&to=3")
    staff.look()
    expect(page.locator("h2").first).to_have_text("第1版から第3版へ")
    expect(page.locator(".compared del").first).to_contain_text("と契約書")
    expect(page.locator(".compared ins").last).to_contain_text("例外は設けない。")
    expect(page.locator("main")).to_contain_text("例外の運用が課によって分かれるため。")


def test_the_activities_of_a_year_stand_with_their_results(visitor):
    staff = visitor("u022")
    staff.page.get_by_role("link", name="反省と取組").first.click()
    staff.page.wait_for_url("**/reviews/**")
    staff.look()
    expect(staff.page.locator("main")).to_contain_text("取組")
