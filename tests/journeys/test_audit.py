"""What is found on a page does not depend on the pages that were looked at before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.plugins.audit import audit

PALE = "color: #bbb"
PAGE = """<!doctype html><html lang="ja"><head><title>頁</title><style>
body {{ background: #fff; color: #111 }} .dark {{ background: #123; color: #fff }} .over {{ {over} }}
</style></head><body><main><h1>題</h1><p>本文</p><div class="dark"><p>白い字</p></div>{more}</main></body></html>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    for _time in range(2):  # the second time every ink is known
        page.set_content(PAGE.format(more="", over=""))
        assert audit(page).violations_count == 0
    yield page
    page.close()


def faults(page: Page, more: str, over: str = "") -> list[tuple[str, list[str]]]:
    """The rules that are broken, and where."""
    page.set_content(PAGE.format(more=more, over=over))
    found = audit(page).response["violations"]
    return [(rule["id"], [each["html"] for each in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(
    ("more", "over"),
    [
        (f'<p style="{PALE}">薄い字</p>', ""),
        ('<div class="dark"><p style="color: #111">暗い地の暗い字</p></div>', ""),
        ('<p style="background: #333">暗い地の暗い字</p>', ""),
        ('<div style="opacity: .4"><p>透ける字</p></div>', ""),
        ('<div style="background: rgba(0, 0, 0, .9)"><p>透ける地の字</p></div>', ""),
        ('<div class="dark" style="height: 90px"></div><p class="over">ずれた字</p>', "margin-top: -60px"),
        ('<div class="dark" style="height: 90px"></div><p class="over">ずれた字</p>', "position: relative; top: -60px"),
        ('<div class="dark" style="height: 90px"></div><p class="over">ずれた字</p>', "transform: translateY(-60px)"),
        ('<label><input value="字" style="color: #ddd"> 入力</label>', ""),
    ],
)
def test_a_text_that_is_hard_to_read_is_found(page: Page, more: str, over: str) -> None:
    for _time in range(2):  # and it is not known as well from then on
        ((rule, places),) = faults(page, more, over)
        assert rule == "color-contrast"
        assert len(places) == 1


def test_the_same_ink_is_well_on_one_ground_and_not_on_another(page: Page) -> None:
    assert faults(page, '<p style="background: #123; color: #ddd">薄い字</p>') == []
    assert [rule for rule, _ in faults(page, '<p style="color: #ddd">薄い字</p>')] == ["color-contrast"]


def test_every_other_rule_is_asked_each_time(page: Page) -> None:
    assert [rule for rule, _ in faults(page, "<img src='data:,'>")] == ["image-alt"]
    assert [rule for rule, _ in faults(page, "<input>")] == ["label"]
    assert [rule for rule, _ in faults(page, "<button style='width: 9px; height: 9px; padding: 0'></button>" * 2)] == [
        "button-name",
        "target-size",
    ]
