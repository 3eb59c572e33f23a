"""The page of the cost sheet: who opens it and until when, what is refused where, and that nothing typed is lost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.budget.choices import StageKind
from apps.budget.models import BudgetItem, CostLine, Proposal
from apps.budget.services.cost_cells import CellRefused, CostRow, Items
from apps.budget.services.cost_paste import read_paste
from apps.budget.services.costs import save_costs
from apps.core.fiscal import FiscalYear
from tests.budget.test_costs import before, cost, item, proposal_of, put_at, rows_of
from tests.city.demo_city import person
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")


def browser_of(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


def url_of(proposal, page="costs/"):
    return f"{proposal.get_absolute_url()}{page}"


def sent_by(response: Any) -> dict[str, Any]:
    """What the form of the page would send if one pressed its button."""
    html = re.sub(r"<template.*?</template>", "", response.content.decode(), flags=re.DOTALL)
    html = html[html.index("data-costs") :]
    data: dict[str, Any] = {}
    for tag in re.finditer(r"<input\b[^>]*>|<select\b.*?</select>", html, flags=re.DOTALL):
        names = dict(re.findall(r'([\w-]+)="([^"]*)"', tag[0].split(">")[0]))
        name, kind = names.get("name"), names.get("type", "text")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if tag[0].startswith("<select"):
            chosen = re.search(r'<option value="([^"]*)" selected', tag[0])
            data[name] = chosen[1] if chosen else re.search(r'<option value="([^"]*)"', tag[0])[1]  # type: ignore[index]
        elif kind == "checkbox":
            if "checked" in tag[0]:
                data[name] = names["value"]
        elif name in {"row", "base", "host"}:
            data.setdefault(name, []).append(names["value"])
        else:
            data[name] = names.get("value", "")
    return data


def cells_at(place, **cells):
    """What is typed into the cells of a row."""
    return {f"{place}-{name}": cell for name, cell in cells.items()}


def costs_of(proposal):
    return list(CostLine.objects.filter(request_line__proposal=proposal).order_by("pk").values())


def test_the_page_sent_as_it_came_changes_nothing_and_twice_neither():
    proposal, client = proposal_of(), browser_of("u014")
    there = costs_of(proposal)
    data = sent_by(client.get(url_of(proposal)))
    assert len(data["row"]) == 12 + 3
    response = client.post(url_of(proposal), data)
    assert (response.status_code, response["Location"]) == (302, proposal.get_absolute_url())
    assert (costs_of(proposal), Proposal.objects.get(pk=proposal.pk).version) == (there, 1)
    place = data["row"][-1]
    new = {
        f"{place}-item": "12",
        f"{place}-description": "𠮷野家髙度化",
        f"{place}-price": "￥１，２３４．５",
        f"{place}-tax": "10",
    }
    for _click in range(2):
        assert client.post(url_of(proposal), {**data, **new}).status_code == 302
    found = CostLine.objects.get(request_line__proposal=proposal, description="𠮷野家髙度化")
    assert (found.amount_yen, found.quantity, found.months, found.request_line.expense_item) == (1357, 1, 1, item(12))
    assert Proposal.objects.get(pk=proposal.pk).version == 2


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"item": "7 賃金"}, "item", "「7 賃金」という節はありません"),
        ({"item": ""}, "item", "空欄です"),
        ({"months": "0"}, "months", "1から12まで"),
        ({"months": "13"}, "months", "一括払いは1"),
        ({"price": "△1,000"}, "price", "負の額"),
        ({"price": "-1"}, "price", "負の額"),
        ({"price": "1,5"}, "price", "数字で書いてください"),
        ({"price": "1.234"}, "price", "小数は2けたまで"),
        ({"price": "1234567890123"}, "price", "けた数が多すぎます"),
        ({"price": "999,999,999,999", "quantity": "99"}, "price", "金額が大きすぎます"),
        ({"tax": "101"}, "tax", "0から100"),
        ({"description": ""}, "description", "空欄です"),
        ({"description": "あ" * 201}, "description", "200文字以内"),
    ],
)
def test_what_is_wrong_stands_beside_its_cell_and_nothing_is_written(cells, column, words):
    proposal, client = proposal_of(), browser_of("u014")
    there = costs_of(proposal)
    data = sent_by(client.get(url_of(proposal)))
    place = data["row"][-1]
    typed = {"item": "12 委託料", "description": "髙度化", "price": "1,000", "quantity": "1", **cells}
    data |= cells_at(place, **typed)
    response = client.post(url_of(proposal), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(rf'id="r{place}-{column}_error">[^<]*{re.escape(words)}', html)
    assert re.search(rf'<a href="#r{place}-{column}">15行目 [^<]*{re.escape(words)}', html)
    assert sent_by(response) == data
    assert costs_of(proposal) == there


def test_two_people_see_both_and_lose_nothing():
    proposal, mine, theirs = proposal_of(), browser_of("u014"), browser_of("u006")
    data = sent_by(mine.get(url_of(proposal)))
    other = dict(data)
    first, second, spare = data["row"][0], data["row"][1], data["row"][-1]
    other |= {
        f"{first}-price": "170,000",
        f"{spare}-item": "11",
        f"{spare}-description": "相手の行",
        f"{spare}-price": "5",
    }
    other["row"] = [place for place in data["row"] if place != second]
    assert theirs.post(url_of(proposal), other).status_code == 302
    data |= {
        f"{first}-price": "180,000",
        f"{spare}-item": "11",
        f"{spare}-description": "自分の行",
        f"{spare}-price": "7",
    }
    response = mine.post(url_of(proposal), data)
    text = text_of(response)
    assert response.status_code == 409
    for words in ("森脇 彩", "相手の行", "この間にほかの人が消した行です", " data-answer"):
        assert words in text
    # What differs stands there by its name; the 節 that the other's row brings was written by nobody.
    assert "<li>単価（円）：<b>170,000</b></li>" in text
    assert text.count("この間に保存された内容：") == 1
    assert text.count("この間にほかの人が加えた行です") == 1
    again = sent_by(response)
    assert again[f"{first}-price"] == "180,000"
    assert (again["version"], Proposal.objects.get(pk=proposal.pk).version) == ("2", 2)
    again["theirs"] = [first, second]
    assert mine.post(url_of(proposal), again).status_code == 302
    found = {each["description"]: each for each in costs_of(proposal)}
    assert found["窓口案内員（2人）"]["unit_price_yen"] == 170_000
    assert {"相手の行", "自分の行"} < set(found)
    assert "窓口案内員の期末手当（2人・2.4月分）" not in found


def test_who_opens_it_and_until_when():
    proposal = proposal_of()
    for page in ("costs/", "costs/copy/"):
        opened = {
            number: browser_of(number).get(url_of(proposal, page)).status_code
            for number in ("u014", "u006", "u011", "u010", "u001", "u024", "u016", "u021", "u022", "admin")
        }
        assert opened == {
            "u014": 200,
            "u006": 200,
            **dict.fromkeys(("u011", "u010", "u001", "u024"), 403),
            **dict.fromkeys(("u016", "u021", "u022", "admin"), 404),
        }
    put_at(proposal, StageKind.REQUEST)
    for page in ("costs/", "costs/copy/"):
        refused = browser_of("u006").get(url_of(proposal, page))
        assert refused.status_code == 403
        assert "提出" in text_of(refused)
    assert browser_of("u006").post(url_of(proposal), {}).status_code == 403


def test_rows_and_a_paste_without_scripts():
    proposal, client = proposal_of(), browser_of("u014")
    data = sent_by(client.get(url_of(proposal)))
    more = sent_by(client.post(url_of(proposal), {**data, "add": "1"}))
    assert len(more["row"]) == len(data["row"]) + 10
    wrong = client.post(url_of(proposal), {**data, "take": "1", "paste": "12\t\t髙度化\tたくさん\n"})
    assert wrong.status_code == 422
    assert "貼り付け欄の1行目 単価（円）：数字で書いてください" in text_of(wrong)
    table = "節\t内容\t単価\t月数\t金額\t区分\t対象\r\n13\t𠮷クラウド\t￥1,000.50\t12\t12,006\t経常\t○\r\n"
    taken = client.post(url_of(proposal), {**data, "take": "1", "paste": table})
    assert taken.status_code == 200
    assert client.post(url_of(proposal), sent_by(taken)).status_code == 302
    found = CostLine.objects.get(request_line__proposal=proposal, description="𠮷クラウド")
    assert (found.amount_yen, found.kind, found.eligible, found.months) == (12_006, "running", True, 12)


def test_a_pasted_range_is_read_by_its_head_or_by_the_order_of_the_sheet():
    items = Items(FiscalYear(2023))
    plain = read_paste('12\t設計\t"二行の\n内容"\t１，０００\t2.5\t式\t1\t10%\t初期\t対象\n\t\t続き\t500\n', items)
    assert plain.errors == []
    assert [(row.cost.description, row.cost.amount_yen, row.cost.subitem) for row in plain.rows] == [
        ("二行の 内容", 2750, "設計"),
        ("続き", 500, "設計"),
    ]
    head = read_paste("内容\t単価\t節名\n甲\t1\t報償費\n乙\tx\t予備費\n", items)
    assert [row.expense_item.item_number for row in head.rows] == [7]
    assert [(line, column) for line, column, _words in head.errors] == [(3, "節"), (3, "単価（円）")]
    # A line without cells counts, and so does each line of a cell of several lines.
    lines = read_paste('12\t\t甲\t1\n\n12\t\t"二行の\n内容"\t1\n12\t\t乙\tx\n', items)
    assert ([row.cost.description for row in lines.rows], lines.errors[0][:2]) == (
        ["甲", "二行の 内容"],
        (5, "単価（円）"),
    )
    # A line that names a 節 alone is the head of those below it.
    below = read_paste("12\t設計\n\t\t甲\t1\n13\n\t機器\t乙\t1\n", items)
    assert below.errors == []
    assert [(row.expense_item.item_number, row.cost.subitem) for row in below.rows] == [(12, "設計"), (13, "機器")]
    kinds = read_paste(
        "節\t内容\t単価\t区分\n12\t甲\t1\t経常経費\n12\t乙\t1\t初期費用\n12\t丙\t1\t毎年\n12\t丁\t1\t経費\n", items
    )
    assert [row.cost.kind for row in kinds.rows] == ["running", "initial"]
    assert [(line, column) for line, column, _words in kinds.errors] == [(4, "経費区分"), (5, "経費区分")]
    assert read_paste("", items).rows == []
    assert read_paste("1\t\t甲\t1\n" * 501, items).errors[0][0] == 501
    assert Items(FiscalYear(2019)).read("委託料").item_number == 13


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(
            (cell, 18)
            for cell in ("18", "１８", "018", "18節", "18 負担金", "１８負担金、補助及び交付金", "18：負補交")
        ),
        *((cell, 12) for cell in ("委託料", "12 委託料（髙度化）", "12.構築", "12 委")),
        # 需用費 was 11 and 委託料 13 until R元年度, and 7 was 賃金, which is no more.
        *((cell, None) for cell in ("13 委託料", "13 委託", "11 需用費 消耗品費", "7 賃金", "99 委託料", "構築", "")),
    ],
)
def test_a_number_with_words_is_the_item_of_that_number_unless_they_name_another(cell, number):
    items = Items(FiscalYear(2023))
    if number is not None:
        assert items.read(cell).item_number == number
        return
    with pytest.raises(CellRefused, match=f"「{cell}」という節はありません"):
        items.read(cell)


def test_a_row_with_what_the_sheet_fills_in_alone_is_not_saved():
    proposal, client = proposal_of(), browser_of("u014")
    there = costs_of(proposal)
    data = sent_by(client.get(url_of(proposal)))
    last, other = data["row"][-1], data["row"][-2]
    filled = {"item": "12 委託料", "subitem": "設計", "unit": "式", "months": "12", "tax": "10", "kind": "running"}
    data |= cells_at(last, **filled, eligible="1", host="0601-010")
    data |= cells_at(other, item="99")
    assert client.post(url_of(proposal), data).status_code == 302
    assert (costs_of(proposal), Proposal.objects.get(pk=proposal.pk).version) == (there, 1)
    for cells in ({"description": "髙"}, {"price": "1"}, {"quantity": "2"}):
        response = client.post(url_of(proposal), data | cells_at(last, **cells))
        assert response.status_code == 422
        assert "15行目" in text_of(response)


def test_a_project_of_another_section_and_the_bases_are_saved_with_the_sheet():
    proposal, client = proposal_of(), browser_of("u014")
    data = sent_by(client.get(url_of(proposal)))
    row, base, host = data["row"][-1], data["base"][0], data["host"][-1]
    place = BudgetItem.objects.first()
    data |= cells_at(row, item="12", description="間借り", price="1", host="0601-010")
    data |= {f"b{base}-settled": "3,999", f"b{base}-current": "4,001", f"b{base}-previous": "４，０００"}
    data |= {f"h{host}-code": "0601-010", f"h{host}-name": "髙齢者窓口", f"h{host}-item": str(place.pk)}
    assert client.post(url_of(proposal), data).status_code == 302
    line = proposal.request_lines.get(host_code="0601-010")
    assert (line.host_name, line.host_item, line.request_k) == ("髙齢者窓口", place, 1)
    first = proposal.request_lines.get(expense_item=item(1))
    assert (first.settled_k, first.current_k, first.previous_initial_k) == (3_999, 4_001, 4_000)
    data = sent_by(client.get(url_of(proposal)))
    data[f"b{base}-current"] = "たくさん"
    wrong = client.post(url_of(proposal), data)
    assert wrong.status_code == 422
    assert f'id="b{base}-current_error"' in wrong.content.decode()


def test_the_year_before_is_copied_by_a_click():
    proposal, client = proposal_of(), browser_of("u014")
    assert "前年度の積算から写す" not in text_of(client.get(url_of(proposal)))
    before(proposal)
    page = client.get(url_of(proposal, "costs/copy/"))
    assert "加える行" in text_of(page)
    for _click in range(2):
        response = client.post(url_of(proposal, "costs/copy/"), {"version": "1"})
        assert (response.status_code, response["Location"]) == (302, url_of(proposal))
    assert CostLine.objects.filter(request_line__proposal=proposal).count() == 14


def test_the_queries_are_those_of_one_row():
    proposal, client, counts = proposal_of(), browser_of("u006"), []
    for more in (3, 30):
        rows = [*rows_of(proposal), *(CostRow(cost(description=f"機器{n}"), item(17)) for n in range(more))]
        save_costs(proposal=proposal, rows=rows, version=proposal.version, by=person("u006"))
        client.get(url_of(proposal))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(proposal)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] < 30
