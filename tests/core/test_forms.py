"""Fields that take what people type, and forms that compare two texts."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from apps.core.forms import RecordForm, WarekiDateField, words
from apps.core.text import PlainFormField


class Note:
    def __init__(self, **values: Any) -> None:
        self.version = 4
        self.__dict__.update(values)


class NoteForm(RecordForm):
    title = PlainFormField(label="件名")
    text = PlainFormField(label="本文", required=False)
    day = WarekiDateField(label="日", required=False)
    level = forms.ChoiceField(label="段", choices=[("", "---"), ("a", "甲"), ("b", "乙")], required=False)
    marked = forms.BooleanField(label="印", required=False)
    kinds = forms.MultipleChoiceField(label="類", choices=[("1", "一"), ("2", "二")], required=False)


def posted(**values: str | list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


PRESENT = {"title": "題", "text": "文\n二行", "day": date(2022, 10, 14), "level": "a", "marked": False, "kinds": ["1"]}


class TestDates:
    @pytest.mark.parametrize(
        "typed", ["R4.10.14", "令和4年10月14日", "2022-10-14", "Ｒ４．１０．１４", " 令和４年１０月１４日 "]
    )
    def test_both_calendars(self, typed: str) -> None:
        assert WarekiDateField().clean(typed) == date(2022, 10, 14)

    def test_nothing(self) -> None:
        assert WarekiDateField(required=False).clean("") is None
        with pytest.raises(forms.ValidationError):
            WarekiDateField().clean("")

    def test_what_cannot_be_read_is_explained(self) -> None:
        with pytest.raises(forms.ValidationError, match="のように書いてください"):
            WarekiDateField().clean("来週")

    def test_shown_as_wareki_and_typed_words_as_typed(self) -> None:
        assert WarekiDateField().prepare_value(date(2019, 5, 1)) == "令和元年5月1日"
        assert WarekiDateField().prepare_value("R4.13.1") == "R4.13.1"

    @pytest.mark.parametrize(("typed", "changed"), [("R4.10.14", False), ("2022-10-15", True), ("?", True), ("", True)])
    def test_has_changed(self, typed: str, changed: bool) -> None:
        assert WarekiDateField().has_changed(date(2022, 10, 14), typed) is changed


class TestRecordForm:
    def test_it_starts_from_the_record(self) -> None:
        form = NoteForm(record=Note(**PRESENT))
        assert form["version"].value() == 4
        assert form["day"].value() == "令和4年10月14日"
        assert form["title"].value() == "題"

    def test_values_leave_out_what_serves_the_form(self) -> None:
        form = NoteForm(posted(title="題", version="4", uid=""))
        assert form.is_valid(), form.errors
        assert set(form.values()) == {"title", "text", "day", "level", "marked", "kinds"}

    def test_differences_in_words(self) -> None:
        typed = posted(title="題", text="文\r\n三行", day="R4.10.15", level="b", marked="on", kinds=["1", "2"])
        rows = NoteForm(typed).differences(NoteForm(record=Note(**PRESENT)))
        assert [(row["label"], row["mine"], row["theirs"]) for row in rows] == [
            ("本文", "文\n三行", "文\n二行"),
            ("日", "令和4年10月15日", "令和4年10月14日"),
            ("段", "乙", "甲"),
            ("印", "✓", ""),
            ("類", "一、二", "一"),
        ]

    def test_the_same_words_are_no_difference(self) -> None:
        typed = posted(title="題", text="文\r\n二行", day="令和4年10月14日", level="a", kinds=["1"])
        assert NoteForm(typed).differences(NoteForm(record=Note(**PRESENT))) == []

    def test_the_same_day_in_the_other_calendar_is_no_difference(self) -> None:
        typed = posted(title="題", text="文\r\n二行", day="2022-10-14", level="a", kinds=["1"])
        assert NoteForm(typed).differences(NoteForm(record=Note(**PRESENT))) == []

    def test_moved_to_keeps_the_words_and_takes_the_version(self) -> None:
        form = NoteForm(posted(title="わたしの題", version="1")).moved_to(Note(**PRESENT))
        assert (form["title"].value(), str(form["version"].value())) == ("わたしの題", "4")


def test_words_of_nothing() -> None:
    assert [words(forms.CharField(), each) for each in (None, "", [])] == ["", "", ""]


def test_a_label_says_what_is_needed_what_is_optional_and_neither_of_what_is_needed_now_and_then() -> None:
    class LeaveForm(NoteForm):
        needed_at_times = ("text",)

    form = LeaveForm()
    said = {name: render_to_string("dads/label.html", {"field": form[name]}) for name in ("title", "text", "day")}
    tags = {name: [word for word in ("必須", "任意") if word in label] for name, label in said.items()}
    assert tags == {"title": ["必須"], "text": [], "day": ["任意"]}
    assert not hasattr(NoteForm().fields["text"], "needed")
