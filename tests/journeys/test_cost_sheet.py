"""In the browser: the cost sheet by keys, by a paste of Excel, with a kana conversion, and exact against the server."""

import random
from decimal import Decimal
from typing import Any

from django.conf import settings
from playwright.sync_api import expect

from apps.budget.models import CostLine, Proposal
from apps.core import money

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const asked = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", asked));
}"""
AMOUNTS = "[...document.querySelectorAll('[data-rows] [data-amount]')].map(one => one.textContent)"
TOTALS = "Object.fromEntries([...document.querySelectorAll('[data-total]')].map(o => [o.dataset.total, o.textContent]))"


def sheet(visitor: Any) -> tuple[Any, Any, Proposal]:
    officer, proposal = visitor("u014"), Proposal.objects.get(source_key="B-03")
    officer.go(f"{proposal.get_absolute_url()}costs/", audited=(PHONE, DESK))
    return officer, officer.page, proposal


def cell(page: Any, row: int, name: str) -> Any:
    """A cell of the sheet; the first row is 1."""
    return page.locator("[data-rows] [data-row]").nth(row - 1).locator(f"[data-cell={name}]")


def test_keys_a_conversion_a_hint_and_a_paste_that_is_taken_back(visitor):
    officer, page, proposal = sheet(visitor)
    expect(page.locator("[data-total=k]")).to_have_text("69,204")
    cell(page, 12, "price").focus()
    page.keyboard.press("Enter")
    expect(cell(page, 13, "price")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell(page, 12, "price")).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(page, 12, "quantity")).to_be_focused()
    # The Enter and the arrow of a conversion belong to the conversion.
    for key in ("Enter", "ArrowDown"):
        cell(page, 12, "description").evaluate(
            "(one, key) => { one.focus(); one.dispatchEvent("
            "new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true, cancelable: true})); }",
            key,
        )
        expect(cell(page, 12, "description")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(cell(page, 13, "item")).to_have_value("17 備品購入費")
    page.keyboard.insert_text("𠮷クラウド利用料")
    page.get_by_role("button", name="「13 使用料及び賃借料」にする").click()
    expect(cell(page, 13, "item")).to_have_value("13 使用料及び賃借料")
    cell(page, 13, "price").fill("１，０００．５")
    cell(page, 13, "months").fill("12")
    expect(page.locator("[data-rows] [data-row]").nth(12).locator("[data-amount]")).to_have_text("12,006")
    rows = page.locator("[data-rows] [data-row]")
    before = rows.count()
    cell(page, 14, "item").focus()
    page.evaluate(
        PASTE,
        "節\t内容\t単価\t金額\t備考\n13\t髙度化\t￥1,234\t1\tx\n\t続き\t△5\t\t\n12\t三\t１０\t\t\n11\t四\t1\t\t\n",
    )
    expect(page.locator("[data-said]")).to_contain_text("4行を貼り付けました")
    expect(page.locator("[data-said]")).to_contain_text("金額、備考")
    expect(cell(page, 15, "item")).to_have_value("13 使用料及び賃借料")
    assert rows.count() == before + 1
    officer.look(audited=(DESK,))
    page.keyboard.press("Control+z")
    expect(cell(page, 14, "description")).to_have_value("")
    assert rows.count() == before
    # One goes on where one had pasted; what is no 節 of the year is marked as soon as it is left, and sums say so.
    expect(cell(page, 14, "item")).to_be_focused()
    page.evaluate(PASTE, "13 委託料\t\t髙度化\t１，０００\n18 負担金\t\t研修\t500\n")
    expect(cell(page, 15, "item")).to_have_value("18 負担金、補助及び交付金")
    expect(cell(page, 14, "item")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-rows] [data-row]").nth(13).locator("[data-group]")).to_have_text("－")
    expect(page.locator("[data-total=k]")).to_have_text("－")
    cell(page, 14, "item").fill("１２ 委託")
    cell(page, 14, "quantity").fill("１，００１")
    cell(page, 14, "description").focus()
    expect(cell(page, 14, "item")).to_have_value("12 委託料")
    expect(cell(page, 14, "quantity")).to_have_value("1,001")
    expect(page.locator("[data-rows] .field__error")).to_have_count(0)
    officer.look(audited=(DESK,))
    page.get_by_role("button", name="直前の貼り付け・削除を元に戻す").click()
    expect(cell(page, 14, "item")).to_be_focused()
    assert rows.count() == before
    cell(page, 13, "price").focus()
    page.keyboard.press("Alt+Delete")
    expect(cell(page, 13, "description")).to_have_value("")
    page.get_by_role("button", name="直前の貼り付け・削除を元に戻す").click()
    expect(cell(page, 13, "description")).to_have_value("𠮷クラウド利用料")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(f"**{proposal.get_absolute_url()}")
    expect(page.get_by_role("status").first).to_contain_text("積算を保存しました")
    assert CostLine.objects.get(description="𠮷クラウド利用料").amount_yen == 12_006
    assert proposal.request_lines.get(expense_item__item_number=13).request_k == 2_983


def test_a_paste_guesses_no_kind_of_cost_and_drops_no_row_silently(visitor):
    """What the server would refuse is not turned into 初期 or into no ○: it stays, and one is told."""
    _officer, page, _proposal = sheet(visitor)
    rows, said = page.locator("[data-rows] [data-row]"), page.locator("[data-said]")
    before = rows.count()
    cell(page, 14, "kind").select_option("running")
    cell(page, 14, "eligible").check()
    cell(page, 13, "item").focus()
    page.evaluate(
        PASTE,
        "節\t内容\t単価\t区分\t対象\n12\t一\t1\t経常経費\t○\n12\t二\t2\t毎年$&\t有\n12\t三\t3\t初期費用\t対象外\n",
    )
    expect(said).to_have_text(
        "3行を貼り付けました。 読み取れず、元のままにしたセル：14行目 区分「毎年$&」、14行目 対象「有」"
    )
    assert [cell(page, row, "kind").input_value() for row in (13, 14, 15)] == ["running", "running", "initial"]
    assert [cell(page, row, "eligible").is_checked() for row in (13, 14, 15)] == [True, True, False]
    page.keyboard.press("Control+z")
    assert rows.count() == before
    cell(page, 13, "item").focus()
    page.evaluate(PASTE, "\n".join(f"12\t\t{number}\t1000" for number in range(503)))
    expect(said).to_have_text(
        "500行を貼り付けました。 一度に貼り付けられるのは500行までです。残りの3行は貼り付けていません。"
    )
    assert rows.count() == 12 + 500


def test_the_page_computes_what_the_server_computes(visitor):
    """Two hundred random rows, pasted: every amount and every sum is that of the server's functions, then saved."""
    officer, page, proposal = sheet(visitor)
    chance = random.Random(20221014)
    picked, lines = [], []
    for number in range(200):
        price = Decimal(chance.randrange(10 ** chance.randint(1, 10))) / 100
        quantity = Decimal(chance.randrange(1, 10 ** chance.randint(1, 5))) / 100
        months, tax = chance.randint(1, 12), chance.choice([0, 8, 10, 100])
        item, kind = chance.choice([7, 11, 12, 13, 17]), chance.choice(["初期", "経常"])
        eligible = chance.random() < 0.5
        amount = money.line_amount_yen(price, quantity, months, tax_percent=tax)
        picked.append((item, amount, kind, eligible))
        typed = (item, "", f"行{number}", f"{price:,}", quantity, "式", months, tax, kind, "○" if eligible else "")
        lines.append("\t".join(map(str, typed)))
    for _row in range(12):
        cell(page, 1, "price").focus()
        page.keyboard.press("Alt+Delete")
    cell(page, 1, "item").focus()
    page.evaluate(PASTE, "\n".join(lines))
    assert page.evaluate(AMOUNTS)[:200] == [f"{amount:,}" for _item, amount, _kind, _eligible in picked]
    groups = {item: sum(each[1] for each in picked if each[0] == item) for item in (7, 11, 12, 13, 17)}
    expected = {
        "initial": sum(each[1] for each in picked if each[2] == "初期"),
        "running": sum(each[1] for each in picked if each[2] == "経常"),
        "eligible": sum(each[1] for each in picked if each[3]),
        "total": sum(each[1] for each in picked),
        "k": sum(money.expenditure_k(yen) for yen in groups.values()),
    }
    assert page.evaluate(TOTALS) == {name: f"{amount:,}" for name, amount in expected.items()}
    page.get_by_role("button", name="保存して続ける").click()
    expect(page.get_by_role("status").first).to_contain_text("積算を保存しました")
    expect(cell(page, 1, "host")).to_have_attribute("aria-label", "1行目 計上事業", timeout=30_000)
    assert officer.complaints == []
    assert page.evaluate(TOTALS) == {name: f"{amount:,}" for name, amount in expected.items()}
    assert officer.complaints == []
    saved = {line.expense_item.item_number: line.request_k for line in proposal.request_lines.all() if line.request_k}
    assert saved == {item: money.expenditure_k(yen) for item, yen in groups.items()}


def test_typed_rows_outlive_the_session(visitor):
    officer, page, proposal = sheet(visitor)
    cell(page, 15, "item").focus()
    page.keyboard.press("Enter")  # below the last row, which is empty, there is none
    expect(cell(page, 15, "item")).to_be_focused()
    page.keyboard.insert_text("12")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("noted")
    cell(page, 16, "price").press_sequentially("500")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url("**/accounts/login/**")
    officer.be("u014")
    page.goto(f"{officer.address}{proposal.get_absolute_url()}costs/")
    page.get_by_role("button", name="入力を戻す").click()
    expect(cell(page, 16, "description")).to_have_value("noted")
    expect(cell(page, 16, "item")).to_have_value("12")
    cell(page, 15, "description").fill("一")
    cell(page, 15, "price").fill("1")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(f"**{proposal.get_absolute_url()}")
    assert CostLine.objects.get(description="noted").amount_yen == 500
