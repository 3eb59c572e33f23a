"""S09 推進チームの各課において見直しの必要性を感じている制度や仕組み.

The part of the registry: what one section has logged, others say with their own example and loss, in one click while
they type. (Rounds 照会 and workbooks by mail extend it with their issue.)
"""

import re

from playwright.sync_api import expect

from apps.hurdles.models import Endorsement, Hurdle


def test_a_section_finds_its_hurdle_while_it_types_and_says_ours_too(visitor):
    officer = visitor("u016")
    officer.page.get_by_role("link", name="ハードルを登録する").first.click()
    officer.page.get_by_label("件名").press_sequentially("給食材料の請求書の印影確認に時間がかかる", delay=5)
    card = officer.page.locator("li, article", has_text="H-2022-0001").last
    expect(card).to_contain_text("請求書への押印が全庁で残っている")
    card.get_by_role("button", name="うちの課も").click()
    expect(officer.page.locator("main")).to_contain_text(re.compile("うちの課も.{0,3}に加えました"))
    endorsement = Endorsement.objects.get(hurdle__number="H-2022-0001", unit__name="保育課")
    assert endorsement.example == "給食材料の請求書の印影確認に時間がかかる"
    assert Hurdle.objects.count() == 30, "nothing was logged a second time"

    officer.go("/hurdles/H-2022-0001/")
    ours = officer.page.locator("section", has=officer.page.get_by_role("heading", name=re.compile("うちの課も")))
    expect(ours).to_contain_text("保育課")
    expect(ours).to_contain_text("給食材料の請求書の印影確認")
