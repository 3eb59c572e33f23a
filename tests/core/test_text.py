import re
import unicodedata
from typing import Any
from xml.etree import ElementTree

import pytest
from django import forms
from django.apps.registry import Apps
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from apps.core.text import PlainCharField, PlainTextField, clean
from tests.edge_cases import EDGE_CASES

ANY_TEXT = st.text(st.characters(), max_size=30)  # surrogates and controls too
DIRTY = "か\u3099\x00き\ufffe\r\nく"
CLEAN = "がき\nく"


class Note(models.Model):
    """A model without a table, for what the fields do before the database."""

    title = PlainCharField(max_length=4)
    body = PlainTextField(blank=True)

    class Meta:
        # Registered nowhere: it has no table, and no test that walks the models may meet it.
        apps = Apps()
        app_label = "core"
        managed = False


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufa19",  # 神 as a compatibility ideograph: NFC would change it
        "葛\U000e0100",
        "髙橋・岩﨑",
        "𠮷田",
        "👨‍👩‍👧 🙂",
        "①㈱Ⅲ㎡№ ㋿",
        "が",
        "か\u309a",  # no composed character exists
        "e\u0301",  # combining marks of other scripts stay
        "ﾊﾟ゛",
        "\t\n　 \x7f\x85\u200b",
        "\ufdd0\ufffd\U0001fffe",
        "",
    ],
)
def test_text_stays_as_typed(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("か\u3099ハ\u309aう\u3099ワ\u3099ゝ\u3099", "がパゔヷゞ"),
        ("か\u3099\u3099", "が\u3099"),
        ("か\x00\u3099", "が"),
        ("a\r\nb\rc\nd\r\n", "a\nb\nc\nd\n"),
        ("\x00\x01\x08\x0b\x0c\x0e\x1fx\ufffe\uffff", "x"),
        ("\ud83d\ude42\udc00x", "x"),
    ],
)
def test_what_breaks_exports_is_mended(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_the_combining_case_of_the_table() -> None:
    (case,) = [case for case in EDGE_CASES["cp932"] if "nfc" in case]
    assert (clean(case["text"]), case["text"] != case["nfc"]) == (case["nfc"], True)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_clean_text_survives_xml(text: str) -> None:
    element = ElementTree.Element("cell")
    element.text = clean(text)
    read = ElementTree.fromstring(ElementTree.tostring(element, "utf-8"))  # noqa: S314 our own text
    assert (read.text or "") == clean(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Mn"], exclude_characters="\ufffe\uffff")))
def test_nothing_but_marks_and_controls_ever_changes(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF), max_size=20))
def test_kana_are_composed_as_unicode_composes_them(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text) or re.search("[\u3099\u309a]{2}", text)


class TestFields:
    @pytest.mark.parametrize("name", ["title", "body"])
    def test_every_way_in_is_cleaned(self, name: str) -> None:
        field = Note._meta.get_field(name)
        note = Note(**{name: DIRTY})
        assert field.to_python(DIRTY) == field.get_prep_value(DIRTY) == CLEAN
        assert field.get_db_prep_save(DIRTY, connection) == CLEAN
        assert (field.pre_save(note, add=True), getattr(note, name)) == (CLEAN, CLEAN)

    def test_lookups_find_what_was_cleaned(self) -> None:
        _sql, params = Note.objects.filter(title=DIRTY, body__in=[DIRTY]).query.sql_with_params()
        assert params == (CLEAN, CLEAN)

    @pytest.mark.parametrize("value", [None, models.F("body")])
    def test_what_is_no_text_passes(self, value: Any) -> None:
        field = Note._meta.get_field("title")
        assert field.get_prep_value(value) is value or isinstance(value, models.F)
        assert field.pre_save(Note(title=value), add=False) is value

    def test_a_form_measures_what_is_kept(self) -> None:
        form = NoteForm({"title": "　か\u3099\x00き\u3099く\u3099け\u3099　", "body": "a\r\nb"})
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"title": "がぎぐげ", "body": "a\nb"}
        too_long = NoteForm({"title": "あいうえお"})
        assert [error.code for error in too_long.errors.as_data()["title"]] == ["max_length"]

    @pytest.mark.parametrize("typed", ["\u200b", "\ufeff\u200d ", "　\u3000\t", "\xad", ""])
    def test_what_nobody_can_see_is_no_title(self, typed: str) -> None:
        assert NoteForm({"title": typed, "body": "本文"}).errors["title"].as_data()[0].code == "required"
        seen = NoteForm({"title": f"題{typed}", "body": typed})
        assert (seen.is_valid(), seen.cleaned_data["title"][0], seen.cleaned_data["body"]) == (True, "題", "")

    def test_a_form_keeps_the_widgets_of_django(self) -> None:
        form = NoteForm()
        assert isinstance(form.fields["body"].widget, forms.Textarea)
        assert form.fields["title"].widget.attrs["maxlength"] == "4"

    def test_migrations_name_the_fields(self) -> None:
        assert Note._meta.get_field("title").deconstruct()[1:] == (
            "apps.core.text.PlainCharField",
            [],
            {"max_length": 4},
        )
        assert Note._meta.get_field("body").deconstruct()[1] == "apps.core.text.PlainTextField"
