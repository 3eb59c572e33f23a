"""The matrix as tables: rows and columns with names, and each figure a link to the rows that it counts."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.hurdles.figures import hurdles_url
from apps.hurdles.models import Category, LegalLevel, Theme
from apps.hurdles.selectors import Cell, Matrix, Suggestion, matrix

# The filter that stands for "has none" in the list of hurdles.
NONE = "null"


class _Axes:
    """The lists of categories, levels and themes by their keys; None is "not decided"."""

    def __init__(self) -> None:
        self.categories = {each.pk: each for each in Category.objects.all()}
        self.levels = {each.pk: each for each in LegalLevel.objects.all()}
        self.themes = {each.pk: each for each in Theme.objects.all()}

    def filters(self, category: Any = "", level: Any = "", theme: Any = "") -> dict[str, str]:
        """The filters of the list of hurdles for a place; what is "" is not looked at."""
        wanted = {
            "category": category if category == "" else getattr(self.categories.get(category), "code", NONE),
            "level": level if level == "" else getattr(self.levels.get(level), "code", NONE),
            "theme": theme if theme == "" else getattr(self.themes.get(theme), "name", NONE),
        }
        return {name: str(value) for name, value in wanted.items() if value != ""}


def matrix_tables(user: Any, theme: Theme | None) -> dict[str, Any]:
    """Both tables and the suggestions. With a theme, all is counted among its hurdles, and one table is enough."""
    found, axes = matrix(user, theme), _Axes()
    always = {"theme": theme.name} if theme else {}
    tables = [_table(found, axes, "category", axes.categories, _("Category × legal level"), always)]
    if theme is None:
        tables.append(_table(found, axes, "theme", axes.themes, _("Theme × legal level"), always))
    return {
        "tables": tables if found.total else [],
        "total": _shown(found.total, hurdles_url(status="open", **always)),
        "theme": theme,
        "suggestions": [_suggestion(each, axes) for each in found.suggestions()],
    }


def _table(found: Matrix, axes: _Axes, side: str, names: dict[int, Any], title: str, always: dict[str, str]) -> Any:
    """One table: a row for each category or theme that has hurdles, a column for each level that has some."""
    levels = _present(axes.levels, {place[1] for place in found.faces["level"]})
    at = 0 if side == "category" else 2
    rows = []
    for key, name in _present(names, {place[at] for place in found.faces[side]}):
        cells = []
        for level, _name in levels:
            place = (key, level, None) if side == "category" else (None, level, key)
            filters = {**always, **axes.filters(level=level, **{side: key})}
            cells.append(_shown(found.faces[f"{side}_level"].get(place), hurdles_url(status="open", **filters)))
        place = (key, None, None) if side == "category" else (None, None, key)
        whole = hurdles_url(status="open", **{**always, **axes.filters(**{side: key})})
        rows.append({"name": name, "cells": cells, "total": _shown(found.faces[side].get(place), whole)})
    foot = [
        _shown(
            found.faces["level"].get((None, level, None)),
            hurdles_url(status="open", **{**always, **axes.filters(level=level)}),
        )
        for level, _name in levels
    ]
    return {"title": title, "side": side, "columns": [name for _key, name in levels], "rows": rows, "foot": foot}


def _present(names: dict[int, Any], keys: set[int | None]) -> list[tuple[int | None, str]]:
    """The entries of a list that have hurdles, in the order of the list; "not decided" comes last."""
    shown: list[tuple[int | None, str]] = [(key, str(name)) for key, name in names.items() if key in keys]
    return [*shown, (None, _("Not decided"))] if None in keys else shown


def _shown(cell: Cell | None, url: str) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"cell": cell, "url": url, "bundled_url": f"{url}&bundled=yes"}


def _suggestion(suggestion: Suggestion, axes: _Axes) -> dict[str, Any]:
    place = axes.filters(suggestion.category, suggestion.level, suggestion.theme)
    return {
        "names": [
            axes.categories[suggestion.category],
            axes.levels[suggestion.level],
            axes.themes[suggestion.theme],
        ],
        **(_shown(suggestion.cell, hurdles_url(status="open", **place)) or {}),
        "bundle_url": f"{reverse('hurdles:common-hurdle-create')}?{urlencode(place)}",
    }
