"""Bad input at every address of the budget that takes a form: refused in Japanese words, and nothing half written.

Each box gets every bad value once, all boxes of a form at a time. What the boxes let through is sent once more among
good values, so that it reaches the service and the database.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from pghistory.models import Context

from apps.budget.forms.boxes import DecimalBox, RateBox
from apps.core.fiscal import FiscalYearFormField
from apps.core.forms import WarekiDateField
from apps.core.text import PlainFormField
from tests.budget.every_address import Scene, a_scene
from tests.city.demo_city import row_counts
from tests.pages import form_of
from tests.training.test_personal_records import client_of, routes

pytestmark = pytest.mark.usefixtures("demo_city")

WORDS = ("\x00", "9" * 10_001, ["一つ", "x"])
BAD: tuple[Any, ...] = (
    *WORDS,
    "",
    "-1",
    "1e30",
    "１２３",
    "9998",
    "0001-01-01",
    "9999-12-31",
    "9" * 21,
)
# What tells a page which record, and which version of it, its reader saw.
GUARDS = {"uid", "version", "seen", "row", "base", "host", "shown", "pk"}
REFUSALS = {400, 403, 404, 409, 422}
JAPANESE, ENGLISH = re.compile(r"[ぁ-んァ-ヶ一-龥]"), re.compile(r"\b(?!Excel)[A-Z][a-z]{3,}")
# Of pages whose form is no form of the framework: what they take.
TAKEN = {"finance-preview": ("mark",), "request-prepare": ("year", "kind", "uid")}
POSTS = [
    name.removeprefix("budget:")
    for name, route, page in routes()
    if route.startswith("budget/") and "post" in page.http_method_names and hasattr(page, "post")
]
GOOD: dict[type[forms.Field], str] = {
    FiscalYearFormField: "R7",
    WarekiDateField: "R4.10.3",
    DecimalBox: "1",
    RateBox: "1/2",
    forms.IntegerField: "1",
}


@pytest.fixture(scope="module")
def _scene_of_this_module(_city_of_this_module: None, django_db_blocker: Any) -> Scene:
    with django_db_blocker.unblock():
        return a_scene()


@pytest.fixture
def scene(_scene_of_this_module: Scene, demo_city: None) -> Scene:
    _scene_of_this_module.proposal.refresh_from_db()
    return _scene_of_this_module


def sent_of(name: str, page: Any) -> tuple[dict[str, Any], dict[str, forms.Field | None]]:
    """What the form of a page sends where nobody changes it, and its boxes."""
    form = page.context["form"] if page is not None and name not in TAKEN else None
    if not hasattr(form, "fields"):
        sent = form_of(page, "version") if form is not None else dict.fromkeys(TAKEN[name], "")
        return sent, {key: None for key in sent if "-" in key or name in TAKEN}
    pairs = ((key, shown(form[key])) for key in form.fields)
    return {key: value for key, value in pairs if value not in (None, "", [], False)}, dict(form.fields)


def shown(bound: Any) -> Any:
    """What stands in a box, or what it takes where it is empty and must not be."""
    value = bound.value()
    if value in (None, "", []):
        return good_value(bound.field) if bound.field.required else ""
    if isinstance(value, list | tuple) and not isinstance(bound.field, RateBox):
        return [str(getattr(each, "pk", each)) for each in value]
    return str(getattr(value, "pk", bound.field.prepare_value(value)))


def good_value(box: forms.Field) -> Any:
    if isinstance(box, forms.FileField):
        return SimpleUploadedFile("a.csv", b"a")
    if hasattr(box, "choices"):
        return next((str(getattr(key, "value", key)) for key, _label in box.choices if str(key)), "")
    return next((value for kind, value in GOOD.items() if isinstance(box, kind)), "言葉")


def rounds(name: str, boxes: dict[str, forms.Field | None]) -> Iterator[dict[str, Any]]:
    """Every bad value in every box once, another one in each box.

    Texts get what is bad for a text; so does a change, whose boxes are those of the new record.
    """
    texts = all(isinstance(box, PlainFormField) for key, box in boxes.items() if key not in GUARDS)
    values = WORDS if texts or name.endswith(("-change", "-edit")) else BAD
    for first in range(len(values)):
        yield {key: values[(first + place) % len(values)] for place, key in enumerate(boxes)}


def rows() -> dict[str, int]:
    """How many rows every table holds, and how many acts the history."""
    return {**row_counts(), "acts": Context.objects.count()}


def post(client: Client, path: str, sent: dict[str, Any], before: dict[str, int]) -> Any:
    """Sends it, looks at what it did, and takes that back."""
    with transaction.atomic():
        answer = client.post(path, sent)
        if answer.status_code == 302:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        else:
            assert answer.status_code in REFUSALS, (answer.status_code, sent)
            check_words(answer)
            assert rows() == before, sent
        transaction.set_rollback(True)
    return answer


def check_words(answer: Any) -> None:
    """Every message is Japanese, and names no field by a word of the program."""
    form = answer.context.get("form") if answer.context else None
    errors = getattr(form, "errors", None) or {}
    messages = itertools.chain(*errors.values()) if isinstance(errors, dict) else (words for _cell, words in errors)
    for message in messages:
        assert JAPANESE.search(message), message
        assert not ENGLISH.search(message), message


@pytest.mark.parametrize("name", POSTS)
def test_bad_values_are_refused_in_words_and_write_nothing_by_half(name: str, scene: Scene) -> None:
    scene.ready(name)
    address = next(each for each in scene.addresses() if each.name == name)
    client = client_of(scene.boss)
    page = client.get(address.path) if address.gets else None
    assert page is None or page.status_code == 200
    good, boxes = sent_of(name, page)
    let_through: dict[str, dict[str, Any]] = {}
    before, kept = rows(), {key: value for key, value in good.items() if key not in boxes}
    for guard in ("", "9" * 5_000):
        post(client, address.path, {**good, **dict.fromkeys(GUARDS & {*boxes, *good}, guard)}, before)
    for bad in [*rounds(name, boxes), {}]:
        answer = post(client, address.path, {**kept, **bad}, before)
        form = answer.context.get("form") if answer.context else None
        for key in bad.keys() - GUARDS if hasattr(form, "fields") else ():
            if bad[key] in BAD[4:] and key not in form.errors and not isinstance(boxes[key], PlainFormField):
                let_through.setdefault(str(bad[key]), {})[key] = bad[key]
    for values in let_through.values():
        post(client, address.path, {**good, **values}, before)
