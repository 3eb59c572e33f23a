"""S05 総論: DXを小手先で終わらせず … 制度や仕組み（評価、人材育成・研修、予算措置、働き方、古き慣習）の見直し.

The part of the registry: every hurdle asks whether the work could go, be merged or become simpler first; themes name
the systems that have to change, and lead to lists.
On the 導入計画書 the question is mandatory. (Reflections follow with their issue.)
"""

import re

from playwright.sync_api import expect

from apps.budget.models import IntroductionPlan


def rows(person):
    return person.page.locator("main tbody tr")


def test_every_hurdle_asks_first_whether_the_work_could_go(visitor):
    owner = visitor("u011")
    owner.go("/hurdles/H-2022-0001/")
    question = owner.page.locator("dt", has_text="廃止・統合・簡素化の検討")
    expect(question).to_be_visible()
    expect(question.locator("+ dd")).to_contain_text("まだ検討していません")
    owner.page.get_by_role("link", name="直す", exact=True).first.click()
    owner.page.get_by_label("廃止・統合・簡素化を先にできませんか").fill("印影の照合をやめる。紙の控えを残さない。")
    owner.page.get_by_role("button", name="保存する").click()
    owner.page.wait_for_url("**/hurdles/H-2022-0001/")
    owner.look()
    expect(question.locator("+ dd")).to_have_text("印影の照合をやめる。紙の控えを残さない。")
    history = owner.page.locator("details", has_text="変更の履歴")
    history.locator("summary").click()
    expect(history).to_contain_text("印影の照合をやめる。")


def test_the_themes_of_the_paper_lead_to_the_hurdles_of_each(visitor):
    chief = visitor("u001")
    counts = {"評価": 2, "人材育成": 3, "予算措置": 4, "働き方": 3, "古い慣習": 9}
    for theme, count in counts.items():
        chief.page.goto(f"{chief.address}/hurdles/?theme={theme}&size=100")
        expect(rows(chief)).to_have_count(count)
    chief.look()
    rows(chief).filter(has_text="請求書への押印").get_by_role("link").first.click()
    chief.page.wait_for_url(re.compile("H-2022-0001"))
    chief.page.get_by_role("link", name="古い慣習").click()
    expect(rows(chief)).to_have_count(9)
    chief.look()


def test_an_introduction_plan_says_first_what_goes_or_is_not_handed_in(visitor):
    secretariat = visitor("u006")
    page, here = secretariat.page, IntroductionPlan.objects.get(source_key="IP-05").get_absolute_url()
    secretariat.go(here)
    main = page.locator("main")
    expect(main).to_contain_text("廃止・統合・簡素化を先にできないか、検討されていません。")
    page.goto(f"{secretariat.address}{here}submit/")
    expect(page.get_by_role("button", name="事前審査に提出する")).to_have_count(0)
    expect(page.get_by_role("alert")).to_contain_text("先に廃止・統合・簡素化するもの")
    page.goto(f"{secretariat.address}{here}edit/")
    page.get_by_label("先に廃止・統合・簡素化するもの").fill("更新の申請書をやめる。")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(f"**{here}")
    secretariat.look()
    expect(main).to_contain_text("更新の申請書をやめる。")
