"""The columns of the list of reflections."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.reviews.selectors import answers_of


def answer_words(reflection: Any) -> Any:
    return _("Answered") if reflection.is_answered else _("Nothing answers it yet")


def answer_chip(reflection: Any) -> str:
    return "green full" if reflection.is_answered else "orange diamond"


def answer_counts(reflection: Any) -> str:
    """How many records of which kind answer it, as far as the person may see: 方針 2　取組 1."""
    return "　".join(f"{answers.label} {len(answers.records)}" for answers in answers_of(reflection))


class ReflectionTable(Table):
    """Reflections in the order in which they were entered, general ones and particular ones."""

    caption = _("List of reflections")
    default_sort = "-year"
    columns = (
        Column("level", _("Level of the reflection"), value=lambda row: row.get_level_display(), sort=("level",)),
        Column("text", _("Reflection"), "subject", link=lambda row: row.get_absolute_url()),
        Column("theme", _("Theme"), value="theme.name", sort=("theme__order",)),
        Column("answered", _("State"), "chip", value=answer_words, sort=("is_answered",), chip=answer_chip),
        Column("answers", _("What answers it"), value=answer_counts),
        Column("year", _("Fiscal year"), value="fiscal_year", sort=("fiscal_year",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == "text":
            cell["mark"] = mark(row.text, query)
        return cell
