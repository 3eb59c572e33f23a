"""Whatever people paste is kept as text, shown as text, and goes out safely in every file."""

import io
import json
from typing import Any

import openpyxl
import pytest

from apps.hurdles.models import Hurdle
from tests.factories import user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TEXTS = {
    "emoji and rare characters": "😀👨\u200d👩\u200d👧𠮷\ufa19葛\U000e0100髙",
    "a formula": "=cmd|'/C calc'!A0",
    "markup": "<script>alert(1)</script><b>&amp;",
    "Word": "“引用”\u00a0‘記号’—終わり…",
    "an at sign": "@SUM(1+1)*cmd",
}


@pytest.mark.parametrize("name", TEXTS)
def test_kept_shown_and_exported(name: str, client_for: Any) -> None:
    text = TEXTS[name]
    client = client_for(user_with("promoter"))
    sent = form_of(client.get("/hurdles/new/"), "title") | {
        "title": text,
        "obstacle": f"{text}\r\n{text}",
        "submit": "1",
    }
    assert client.post("/hurdles/new/", sent).status_code == 302
    hurdle = Hurdle.objects.get()
    assert (hurdle.title, hurdle.obstacle) == (text, f"{text}\n{text}")
    assert "<script>alert" not in text_of(client.get(hurdle.get_absolute_url()))
    assert json.loads(client.get("/hurdles/?format=json").content)[0]["title"] == text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/hurdles/?format=xlsx").content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value and text in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells), "no cell is a formula"
    line = client.get("/hurdles/?format=csv").content.decode("utf-8-sig")
    assert f",{text}" not in line or text[0] not in "=@+-"


def test_what_no_file_may_hold_is_dropped_and_the_rest_stays(client_for: Any) -> None:
    client = client_for(user_with("promoter"))
    sent = {"title": "押\x00\x07印\ufffe\uffff", "obstacle": "改\x0b行", "submit": "1"}
    assert client.post("/hurdles/new/", sent).status_code == 302
    hurdle = Hurdle.objects.get()
    assert (hurdle.title, hurdle.obstacle) == ("押印", "改行")


def test_ten_thousand_characters_of_title_are_refused_and_kept(client_for: Any) -> None:
    client, title = client_for(user_with("promoter")), "長" * 10_000
    response = client.post("/hurdles/new/", {"title": title, "obstacle": "妨げ", "submit": "1"})
    page = text_of(response)
    assert response.status_code == 422
    assert title in page
    assert "200" in page
    assert 'id="id_title_error"' in page
    assert not Hurdle.objects.exists()
