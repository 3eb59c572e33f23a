"""Text as people typed it: names do not change, and nothing gets in that breaks an export.

NFC is not applied: it would turn 神 (U+FA19) into another character, and a name is as its bearer writes it.
Two things do change. A kana followed by a combining voiced mark (as macOS files give it) becomes the one
character that every keyboard, search and CP932 knows. And what XML 1.0 (§2.2 Char) forbids is dropped,
because one such cell makes a whole workbook unreadable.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.db import models

_LINE_END = re.compile(r"\r\n?")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_VOICED = re.compile("[\u3041-\u30ff][\u3099\u309a]")


def clean(text: str) -> str:
    """The text with composed kana, \\n as line end, and without the characters that XML forbids (NUL too)."""
    kept = _FORBIDDEN.sub("", _LINE_END.sub("\n", text))
    return _VOICED.sub(_compose, kept)


def is_blank(text: str) -> bool:
    """Whether nothing of the text is seen: blanks, and characters without width (U+200B, U+FEFF …)."""
    return all(unicodedata.category(each) in _UNSEEN for each in text)


def _compose(pair: re.Match[str]) -> str:
    """One character where Unicode has one (が), the pair as it is where it has none (か゚)."""
    return unicodedata.normalize("NFC", pair[0])


class PlainFormField(forms.CharField):
    """A text box whose value is cleaned before it is measured and checked; what nobody can see is nothing."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = clean(value)
            value = "" if is_blank(value) else value
        return super().to_python(value)


class _PlainMixin(models.Field):
    """Cleans on every way in: forms, `full_clean`, saving, lookups, `update` and the bulk methods."""

    def to_python(self, value: Any) -> Any:
        plain = super().to_python(value)
        return clean(plain) if isinstance(plain, str) else plain

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return clean(prepared) if isinstance(prepared, str) else prepared

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """What is saved is also what the record in memory says."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": PlainFormField, **kwargs})


class PlainCharField(_PlainMixin, models.CharField):
    """A CharField that keeps text as typed but clean."""


class PlainTextField(_PlainMixin, models.TextField):
    """A TextField that keeps text as typed but clean."""
