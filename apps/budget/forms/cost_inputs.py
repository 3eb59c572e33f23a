"""The controls of the cost sheet's tables as HTML: two thousand of them on one page, so they are no widgets."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.budget.choices import CostKind

NUMBERS = {"price", "quantity", "months", "tax", "settled", "current", "previous"}
# What is wrong with a narrow cell of the sheet stands below the description, where there is room to read it.
NARROW = ("price", "quantity", "unit", "months", "tax", "kind", "eligible", "host")
SUGGESTIONS = {"item": "cost-items", "subitem": "cost-subitems"}
_NOTHING = mark_safe("")
_MARKS = mark_safe(' aria-invalid="true"')


class Inputs:
    """The controls of one table; `letter` parts the tables: r, b, h in ids, and in names but for the sheet itself."""

    def __init__(self, letter: str, labels: Mapping[str, Any]) -> None:
        self.letter, self.before = letter, "" if letter == "r" else letter
        self.labels = {name: str(label) for name, label in labels.items()}
        self.phrase = _("Row {row}, {column}")
        self.kinds = [(kind.value, str(kind.label)) for kind in CostKind]

    def of(self, row: Any, place: int) -> dict[str, SafeString]:
        """Every control of a row by its column, with what is wrong below it; `notes` is what stands elsewhere."""
        notes = [(name, row.errors[name]) for name in NARROW if self.letter == "r" and name in row.errors]
        shown = ((f"{self.letter}{row.n}-{name}", self.labels[name], words) for name, words in notes)
        joined = format_html_join("", '<p class="field__error" id="{}_error">{}：{}</p>', shown)
        return {**{name: self._control(row, name, place) for name in self.labels}, "notes": joined}

    def _control(self, row: Any, name: str, place: int) -> SafeString:
        key, error = f"{self.letter}{row.n}-{name}", row.errors.get(name, "")
        values = {
            "id": key,
            "name": f"{self.before}{row.n}-{name}",
            "cell": name,
            "label": self.phrase.format(row=place, column=self.labels[name]),
            "marks": format_html('{} aria-describedby="{}_error"', _MARKS, key) if error else _NOTHING,
        }
        control = self._shape(name)(row, name, values)
        if not error or (self.letter == "r" and name in NARROW):
            return control
        return format_html('{}<p class="field__error" id="{}_error">{}</p>', control, key, error)

    def _shape(self, name: str) -> Any:
        return {"kind": self._kind, "eligible": self._eligible}.get(name, self._text)

    def _text(self, row: Any, name: str, values: dict[str, Any]) -> SafeString:
        number, offers = name in NUMBERS, SUGGESTIONS.get(name) if self.letter != "h" else None
        return format_html(
            '<input class="control{look}" id="{id}" name="{name}" value="{value}" data-cell="{cell}"'
            ' aria-label="{label}" autocomplete="off"{mode}{offers}{marks}>',
            look=" control--number" if number else "",
            value=row.cells.get(name, ""),
            mode=mark_safe(' inputmode="decimal"') if number else _NOTHING,
            offers=format_html(' list="{}"', offers) if offers else _NOTHING,
            **values,
        )

    def _kind(self, row: Any, name: str, values: dict[str, Any]) -> SafeString:
        present = row.cells.get(name, "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if key == present else "", label) for key, label in self.kinds),
        )
        return format_html(
            '<select class="control" id="{id}" name="{name}" data-cell="{cell}" aria-label="{label}"{marks}>'
            "{options}</select>",
            options=options,
            **values,
        )

    def _eligible(self, row: Any, _name: str, values: dict[str, Any]) -> SafeString:
        return format_html(
            '<label><input type="checkbox" id="{id}" name="{name}" value="1" data-cell="{cell}"'
            ' aria-label="{label}"{marks}{checked}></label>',
            checked=mark_safe(" checked") if row.is_eligible else _NOTHING,
            **values,
        )
