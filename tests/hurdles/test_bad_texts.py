"""Whatever people paste is kept as text, shown as text, and goes out safely in every file."""

import io
import json
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.utils.html import escape

from apps.core.models import Comment, SavedSearch
from apps.hurdles.models import (
    CitizenEvidence,
    CityExample,
    CommonHurdle,
    Endorsement,
    Hurdle,
    OwnerView,
    ProgressUpdate,
    Resolution,
    SolvedCase,
    TargetMove,
)
from apps.hurdles.selectors import hurdle_history
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, user_with
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


# All of it at once, as it comes out of Word, a mail or a malicious hand: what is typed, and what is kept of it.
TYPED = (
    "=cmd|'/C calc'!A0 😀👨\u200d👩\u200d👧 𠮷田 \ufa19 葛\U000e0100\x00\x07\ufffe\r\n"
    "\u201c引用\u201d\u00a0\u2018記号\u2019\u2014終わり\u2026\x0b\r\n"
    "<script>alert(1)</script><b onclick=x>{{ x }}&amp;%(x)s"
)
KEPT = (
    "=cmd|'/C calc'!A0 😀👨\u200d👩\u200d👧 𠮷田 \ufa19 葛\U000e0100\n"
    "\u201c引用\u201d\u00a0\u2018記号\u2019\u2014終わり\u2026\n"
    "<script>alert(1)</script><b onclick=x>{{ x }}&amp;%(x)s"
)
LONG = "長" * 10_001
# By place: the page below the hurdle, the field with the text, what else is chosen, and where it is kept.
PLACES: dict[str, tuple[str, str, dict[str, str], Any]] = {
    "ours too": ("endorse/", "example", {}, lambda: Endorsement.objects.get().example),
    "answer of the owner": (
        "view/answer/",
        "reason",
        {"answer": "difficult"},
        lambda: OwnerView.objects.get().reason,
    ),
    "city example": ("examples/add/", "text", {"city": "某市"}, lambda: CityExample.objects.get().text),
    "evidence": ("evidence/add/", "text", {"kind": "survey"}, lambda: CitizenEvidence.objects.get().text),
    "progress": (
        "progress/",
        "text",
        {"health": "on_track", "happened_on": "R4.10.14"},
        lambda: ProgressUpdate.objects.get().text,
    ),
    "target reason": (
        "target/",
        "reason",
        {"new_date": "R5.3.31"},
        lambda: TargetMove.objects.get().reason,
    ),
    "resolution": ("propose-resolution/", "evidence", {}, lambda: Resolution.objects.get().evidence),
    "solved case": ("solved/", "what", {"solved_on": "R4.10.1"}, lambda: SolvedCase.objects.get().what),
}


def a_hurdle(place: str) -> Any:
    status = "resolved" if place == "solved case" else "in_progress"
    hurdle = HurdleFactory(status=status, owning_unit=UnitFactory(), target_date="2022-12-28")
    if place == "answer of the owner":
        OwnerViewFactory(hurdle=hurdle, unit=hurdle.owning_unit, due_on="2022-10-20")
    return hurdle


def is_shown_as_text(page: str, kept: str = KEPT) -> bool:
    """Each line stands there escaped, and no part of it became a tag."""
    has_tags = any(part in page for part in ("<script>alert", "<b onclick"))
    return not has_tags and all(escape(line) in page for line in kept.split("\n"))


def check_files(client: Any, address: str) -> None:
    """The list can be taken away in every form, and no cell of it computes."""
    assert isinstance(json.loads(client.get(f"{address}?format=json").content), list)
    client.get(f"{address}?format=csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?format=xlsx").content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("place", PLACES)
def test_every_place_below_a_hurdle(place: str, client_for: Any) -> None:
    path, field, more, kept = PLACES[place]
    client, hurdle = client_for(user_with("secretariat")), a_hurdle(place)
    url = f"{hurdle.get_absolute_url()}{path}"
    form = form_of(client.get(url), field) | more
    refused = client.post(url, form | {field: f"{LONG}<script>alert"})
    assert refused.status_code == 422
    page = text_of(refused)
    assert LONG in page, "the words stay in the form"
    assert "<script>alert" not in page
    assert client.post(url, form | {field: TYPED}).status_code == 302
    assert kept() == KEPT
    page = text_of(client.get(hurdle.get_absolute_url()))
    assert is_shown_as_text(page)
    for address in ("/hurdles/", "/hurdles/solved/"):
        check_files(client, address)


def test_words_to_the_owner_and_the_reason_of_a_bulk_change(client_for: Any) -> None:
    client, hurdle = client_for(user_with("secretariat")), HurdleFactory(owning_unit=UnitFactory())
    url = f"{hurdle.get_absolute_url()}view/ask/"
    form = form_of(client.get(url), "reason")
    assert client.post(url, form | {"reason": TYPED}).status_code == 302
    data = {"verb": "severity", "value": "5", "row": [f"{hurdle.uid}:1"]}
    refused = client.post("/hurdles/bulk/", data | {"reason": LONG, "preview": "1"})
    assert refused.status_code == 422
    assert LONG in text_of(refused)
    preview = client.post("/hurdles/bulk/", data | {"reason": TYPED, "preview": "1"})
    assert is_shown_as_text(text_of(preview))
    client.post("/hurdles/bulk/", form_of(preview, "reason") | {"confirm": "1"})
    entries = hurdle_history(hurdle, user_with("secretariat"), of_sections=())
    assert [entry.reason for entry in entries[:2]] == [KEPT, KEPT]
    assert is_shown_as_text(text_of(client.get(hurdle.get_absolute_url())))


def test_a_comment(client_for: Any) -> None:
    client, hurdle = client_for(user_with("secretariat")), HurdleFactory()
    url = f"/talk/hurdles.hurdle/{hurdle.uid}/comment/"
    refused = client.post(url, {"text": LONG, "uid": str(uuid4())})
    assert LONG in text_of(refused)
    assert not Comment.objects.exists()
    client.post(url, {"text": TYPED, "uid": str(uuid4())})
    assert Comment.objects.get().text == KEPT
    assert is_shown_as_text(text_of(client.get(hurdle.get_absolute_url())))


def test_a_common_hurdle(client_for: Any) -> None:
    client, url = client_for(user_with("secretariat")), "/hurdles/common/new/"
    form = form_of(client.get(url), "title") | {"title": "束ねた名", "direction": TYPED}
    refused = client.post(url, form | {"title": LONG})
    assert refused.status_code == 422
    assert LONG in text_of(refused)
    title = TYPED.replace("\r\n", " ")
    assert client.post(url, form | {"title": title}).status_code == 302
    common = CommonHurdle.objects.get()
    assert (common.title, common.direction) == (KEPT.replace("\n", " "), KEPT)
    assert is_shown_as_text(text_of(client.get(common.get_absolute_url())))
    check_files(client, "/hurdles/common/")


def test_the_name_of_a_saved_search(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    name = "=cmd|'x'!A0 😀𠮷\ufa19葛\U000e0100<script>alert(1)</script>"
    data = {"list": "hurdles:hurdle-list", "query": "status=open", "title": f"{name}\x00\ufffe"}
    page = text_of(client.post("/lists/searches/save/", data, follow=True))
    assert SavedSearch.objects.get().title == name
    assert escape(name) in page
    assert "<script>alert" not in page
    client.post("/lists/searches/save/", data | {"title": LONG}, follow=True)
    assert SavedSearch.objects.count() == 1
