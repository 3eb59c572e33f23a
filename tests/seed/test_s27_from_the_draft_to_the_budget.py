"""S27 令和5年度予算に必要な予算を計上.

From the section's draft to the fixed bill: confirmed, handed in, heard, appraised by the finance section and the mayor,
told to all at once, asked again, appraised again, fixed; and the export of the request foots all along.
"""

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from apps.budget.models import Proposal
from apps.budget.selectors.stages import course_of


def press(visiting, label: str) -> None:
    """The button of the verb's page, and what follows it."""
    visiting.page.locator("main form button[type=submit]", has_text=label).last.click()
    visiting.page.wait_for_load_state()
    visiting.look()


def open_verb(visiting, proposal: Proposal, label: str) -> Page:
    """From the proposal's page by the link in its head or its menu."""
    visiting.go(Proposal.objects.get(pk=proposal.pk).get_absolute_url())
    link = visiting.page.get_by_role("link", name=label, exact=True).first
    if not link.is_visible():
        visiting.page.get_by_text("その他の操作").click()
    link.click()
    visiting.look()
    return visiting.page


def foots(visiting) -> None:
    """The workbook of the request says 318,086 千円, whatever is appraised."""
    response = visiting.page.request.get(f"{visiting.address}/budget/export/?year=2023&format=xlsx")
    book = load_workbook(io.BytesIO(response.body()), data_only=True)
    values = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert 318_086 in values


def fits_a_sheet_of_paper(page: Page) -> None:
    """All bars of the waterfall are within the width of A4 (180 mm of it), where nobody can slide them."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    bars = page.locator(".chart--waterfall rect")
    assert bars.count() == 8
    assert bars.last.evaluate("bar => bar.getBoundingClientRect().right <= innerWidth")
    page.emulate_media(media="screen")


def test_a_proposal_comes_from_the_draft_into_the_budget(visitor):
    proposal = Proposal.objects.get(source_key="B-03")
    manager, finance, mayor, staff = (visitor(number) for number in ("u013", "u009", "u001", "u016"))
    staff.go(proposal.get_absolute_url(), status=404)

    open_verb(manager, proposal, "課として確認する")
    press(manager, "課として確認する")
    open_verb(manager, proposal, "要求を提出する")
    press(manager, "要求を提出する")
    expect(manager.page.locator("main")).to_contain_text("B-2022-0001 として提出しました。")

    open_verb(finance, proposal, "ヒアリングを記録する").get_by_label("ヒアリングの内容").fill("窓口案内員の人数を確認")
    press(finance, "ヒアリングを記録する")
    page = open_verb(finance, proposal, "査定する")
    total = page.locator("output[data-column-total]")
    expect(total).to_have_text("69,204")
    page.get_by_label("1 報酬（千円）").fill("二千")
    expect(total).to_have_text("－")
    page.get_by_label("1 報酬（千円）").fill("２,０２２")
    expect(total).to_have_text("67,182")
    for item, amount in (("1 報酬", "2,022"), ("3 職員手当等", "405"), ("4 共済費", "351"), ("8 旅費", "101")):
        page.get_by_label(f"{item}（千円）").fill(amount)
    expect(total).to_have_text("66,327")
    page.get_by_label("査定の言葉").fill("窓口案内員は1人で試行")
    press(finance, "査定する")
    expect(finance.page.locator("main")).to_contain_text("財政課長査定：66,327千円")
    open_verb(finance, proposal, "査定する").get_by_label("段階").select_option(label="財務部長査定")
    press(finance, "査定する")
    foots(finance)

    manager.go(Proposal.objects.get(pk=proposal.pk).get_absolute_url())
    expect(manager.page.locator("main")).to_contain_text("査定中")
    expect(manager.page.locator("main")).not_to_contain_text("66,327")
    manager.go("/budget/appraisal/", status=403)

    mayor.go("/")
    expect(mayor.page.locator("main")).to_contain_text("市長査定を待つ要求")
    page = open_verb(mayor, proposal, "査定する")
    page.get_by_label("段階").select_option(label="市長査定")
    page.get_by_label("査定の言葉").fill("案内員は効果を見て増員を検討")
    press(mayor, "査定する")

    finance.go("/budget/appraisal/")
    finance.page.get_by_role("link", name="内示する", exact=True).first.click()
    press(finance, "内示する")
    expect(finance.page.locator("main")).to_contain_text("1件の要求を内示しました。")
    manager.go("/notices/")
    expect(manager.page.locator("main")).to_contain_text("要求69,204千円のうち66,327千円")

    page = open_verb(manager, proposal, "復活要求を出す")
    page.get_by_label("1 報酬（千円）").fill("4,044")
    page.get_by_label("それでも必要な理由").fill("繁忙期に1人では足りない。")
    press(manager, "復活要求を出す")
    page = open_verb(finance, proposal, "復活要求を査定する")
    expect(page.get_by_label("1 報酬（千円）")).to_have_value("")
    page.get_by_label("1 報酬（千円）").fill("4,044")
    press(finance, "復活要求を査定する")

    finance.go("/budget/appraisal/")
    finance.page.get_by_role("link", name="予算案を確定する").first.click()
    finance.look()
    press(finance, "予算案を確定する")
    proposal.refresh_from_db()
    assert [(each.stage.name, each.total_k) for each in course_of(proposal)][2:] == [
        ("財政課ヒアリング", 69_204),
        ("財政課長査定", 66_327),
        ("財務部長査定", 66_327),
        ("市長査定", 66_327),
        ("内示", 66_327),
        ("復活要求", 68_349),
        ("復活査定", 68_349),
        ("予算案確定", 68_349),
    ]
    assert proposal.result == "reduced"
    staff.go(proposal.get_absolute_url())
    expect(staff.page.locator("main")).to_contain_text("68,349")
    fits_a_sheet_of_paper(staff.page)
    foots(finance)
