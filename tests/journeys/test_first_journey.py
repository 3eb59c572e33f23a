"""What is in the way of one section, all the way to the mayor's screen and the finance section's workbook."""

import io
import re

import openpyxl
from playwright.sync_api import expect

from apps.hurdles.models import Hurdle

TITLE = "給食材料の請求書の印影確認に時間がかかる"
OBSTACLE = "毎月約120枚の請求書の印影を台帳と見比べている。郵送の差戻しが月に5件ほどある。"


def log_hurdle(visitor, title=TITLE):
    """The way of an officer: from the own work to the form, two fields, one button."""
    visitor.page.get_by_role("link", name="ハードルを登録する").first.click()
    visitor.look()
    visitor.page.get_by_label("件名").fill(title)
    visitor.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    visitor.page.get_by_role("button", name="登録する", exact=True).click()
    visitor.page.wait_for_url(re.compile(r"/hurdles/H-"))


def open_count(visitor):
    """The figure of open hurdles on the first page of headquarters, and its link."""
    stat = visitor.page.locator(".stat", has_text="未解消のハードル")
    return int(stat.get_by_role("link").inner_text().replace(",", "")), stat.get_by_role("link")


def test_a_hurdle_goes_from_the_nursery_section_to_the_mayor_and_the_request_to_the_finance_section(visitor):
    mayor = visitor("u001")
    assert mayor.page.url.endswith("/dashboard/")
    mayor.look()
    before, _link = open_count(mayor)
    assert before == 29

    officer = visitor("u016")
    officer.look()
    log_hurdle(officer)
    officer.look()
    expect(officer.page.get_by_role("status")).to_contain_text("H-2022-0031")
    assert officer.heading() == TITLE

    secretariat = visitor("u006")
    secretariat.look()
    task = secretariat.page.locator(".task", has_text=TITLE)
    expect(task).to_contain_text("H-2022-0031")
    expect(task).to_contain_text("保育課")
    task.get_by_role("link").click()
    secretariat.page.wait_for_url("**/hurdles/H-2022-0031/")
    secretariat.look()
    secretariat.page.get_by_role("link", name="整理を始める").click()
    secretariat.look()
    secretariat.page.get_by_role("button", name="整理を始める").click()
    secretariat.page.wait_for_url("**/hurdles/H-2022-0031/")
    secretariat.look()
    expect(secretariat.page.locator(".page-head__meta")).to_contain_text("整理中")
    secretariat.page.goto(f"{secretariat.address}/")
    # Taken up, it waits no more for that; what comes next is to ask whose it is.
    expect(secretariat.page.locator(".task", has_text=TITLE)).to_have_count(1)
    expect(secretariat.page.locator(".task", has_text=f"所管課に見解を求める：{TITLE}")).to_have_count(1)

    mayor.go("/dashboard/")
    after, link = open_count(mayor)
    assert after == before + 1
    link.click()
    mayor.page.wait_for_url("**/hurdles/?status=open")
    mayor.look()
    rows = mayor.page.locator("main tbody tr")
    assert rows.count() == after
    assert mayor.page.locator(".list-bar").inner_text().split()[0].startswith(str(after))
    expect(rows.filter(has_text=TITLE)).to_have_count(1)
    mayor.page.get_by_role("link", name=TITLE).click()
    mayor.page.wait_for_url("**/hurdles/H-2022-0031/")
    mayor.look()

    secretariat.go("/budget/proposals/")
    secretariat.page.locator("a.button", has_text="予算要求書を保存する").click()
    secretariat.page.wait_for_url("**/budget/export/")
    secretariat.look()
    expect(secretariat.page.locator("tfoot")).to_contain_text("318,086")
    with secretariat.page.expect_download() as download:
        secretariat.page.get_by_role("link", name="Excel（全体）").click()
    assert download.value.suggested_filename == "令和5年度予算要求書.xlsx"
    content = io.BytesIO(download.value.path().read_bytes())
    summary = openpyxl.load_workbook(content, data_only=True).worksheets[0]
    rows = list(summary.iter_rows(values_only=True))
    (requested,) = {at for row in rows for at, cell in enumerate(row) if str(cell).startswith("要求額\n令和5年度")}
    (total,) = [row for row in rows if row[0] == "計"]
    assert total[requested] == 318_086
    assert secretariat.complaints == []


def test_every_bar_and_figure_of_the_dashboard_leads_to_as_many_rows(visitor):
    mayor = visitor("u001")
    bars = []
    for chart in mayor.page.locator("figure.chart").all()[:3]:
        for bar in chart.locator("ul.bars > li").all():
            value = re.sub(r"\D", "", bar.locator(".bars__value").inner_text())
            bars.append((bar.get_by_role("link").get_attribute("href"), int(value)))
    assert len(bars) > 10
    for address, value in bars:
        mayor.page.goto(f"{mayor.address}{address}&size=100")
        assert mayor.page.locator("main tbody tr").count() == value, address


def test_a_double_click_makes_one_record(visitor):
    officer = visitor("u016")
    officer.page.goto(f"{officer.address}/hurdles/new/")
    officer.page.get_by_label("件名").fill(TITLE)
    officer.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    officer.page.get_by_role("button", name="登録する", exact=True).dblclick()
    officer.page.wait_for_url(re.compile(r"/hurdles/H-"))
    assert Hurdle.objects.filter(title=TITLE).count() == 1
    assert Hurdle.objects.count() == 31


def test_going_back_and_sending_the_form_again_makes_one_record(visitor):
    officer = visitor("u016")
    officer.page.goto(f"{officer.address}/")
    log_hurdle(officer)
    officer.page.go_back()
    if officer.page.get_by_label("件名").input_value() != TITLE:
        officer.page.get_by_label("件名").fill(TITLE)
        officer.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    uid = officer.page.locator("input[name=uid]").input_value()
    officer.page.get_by_role("button", name="登録する", exact=True).click()
    officer.page.wait_for_url(re.compile(r"/hurdles/H-"))
    assert Hurdle.objects.filter(uid=uid).count() == 1


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(visitor):
    officer = visitor("u016")
    officer.page.goto(f"{officer.address}/hurdles/new/")
    officer.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    officer.page.get_by_role("button", name="登録する", exact=True).click()
    expect(officer.page.locator("#error-summary")).to_be_focused()
    officer.look()
    expect(officer.page.get_by_label("何が妨げになっていますか")).to_have_value(OBSTACLE)
    expect(officer.page.get_by_label("件名")).to_have_attribute("aria-invalid", "true")
    assert Hurdle.objects.count() == 30


def edit(visitor):
    visitor.page.goto(f"{visitor.address}/hurdles/H-2022-0001/edit/")


def test_two_people_at_one_hurdle_see_both_texts_and_the_choice_is_saved(visitor):
    first, second = visitor("u006"), visitor("u007")
    edit(first)
    edit(second)
    first.page.get_by_label("件名").fill("先に保存した題名")
    first.page.get_by_label("何が妨げになっていますか").fill("先に保存した説明")
    first.page.get_by_role("button", name="保存する").click()
    first.page.wait_for_url("**/hurdles/H-2022-0001/")
    second.page.get_by_label("件名").fill("後から書いた題名")
    second.page.get_by_label("何が妨げになっていますか").fill("後から書いた説明")
    second.page.get_by_role("button", name="保存する").click()
    expect(second.page.locator("h1")).to_have_text("同時の編集がありました")
    second.look()
    expect(second.page.get_by_role("alert")).to_contain_text("森脇 彩")
    for text in ("先に保存した題名", "後から書いた題名", "先に保存した説明", "後から書いた説明"):
        expect(second.page.locator("main")).to_contain_text(text)
    # The saved title, one's own explanation.
    second.page.get_by_role("group", name="件名").get_by_label("保存されている文を使う").check()
    second.page.get_by_role("button", name="選んだ内容で保存する").click()
    second.page.wait_for_url("**/hurdles/H-2022-0001/")
    second.look()
    hurdle = Hurdle.objects.get(number="H-2022-0001")
    assert (hurdle.title, hurdle.obstacle) == ("先に保存した題名", "後から書いた説明")
    # Nothing else has changed on the way through the conflict.
    assert (hurdle.hours_lost, hurdle.severity, hurdle.affects_all_units) == (6200, 5, True)
    assert hurdle.owning_unit.name == "会計課"
    assert [theme.name for theme in hurdle.themes.all()] == ["古い慣習"]
    assert hurdle.legal_bases.count() == 2
    assert hurdle.version == 3


def test_what_was_typed_and_not_sent_is_offered_again(visitor):
    officer = visitor("u016")
    officer.page.goto(f"{officer.address}/hurdles/new/")
    officer.page.get_by_label("件名").press_sequentially(TITLE)
    officer.page.wait_for_timeout(700)
    officer.go("/hurdles/new/")
    officer.page.locator("[data-draft-restore]").click()
    expect(officer.page.get_by_label("件名")).to_have_value(TITLE)


def test_a_draft_waits_at_the_own_work_until_it_is_sent(visitor):
    officer = visitor("u016")
    officer.page.goto(f"{officer.address}/hurdles/new/")
    officer.page.get_by_label("件名").fill(TITLE)
    officer.page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    officer.page.locator("button[name=draft]").click()
    officer.page.wait_for_url(re.compile(r"/hurdles/[0-9a-f-]{36}/"))
    officer.look()
    officer.go("/")
    task = officer.page.locator(".task", has_text=TITLE)
    task.get_by_role("link").click()
    officer.look()
    officer.page.locator("main button[name=submit]").click()
    officer.page.wait_for_url("**/hurdles/H-2022-0031/")


def test_a_hurdle_goes_back_with_a_question_and_returns_under_its_number(visitor):
    officer, secretariat = visitor("u016"), visitor("u006")
    officer.page.goto(f"{officer.address}/")
    log_hurdle(officer)
    secretariat.go("/hurdles/H-2022-0031/return/")
    secretariat.page.get_by_role("textbox").last.fill("月に何枚ありますか。")
    secretariat.page.locator("main").get_by_role("button").first.click()
    secretariat.page.wait_for_url("**/hurdles/H-2022-0031/")
    secretariat.look()
    officer.go("/")
    task = officer.page.locator(".task", has_text="月に何枚ありますか。")
    task.get_by_role("link").click()
    officer.look()
    officer.page.get_by_label("何が妨げになっていますか").fill(f"{OBSTACLE}月に約120枚。")
    officer.page.locator("main button[name=submit]").click()
    officer.page.wait_for_url("**/hurdles/H-2022-0031/")
    assert Hurdle.objects.get(number="H-2022-0031").status == "submitted"
