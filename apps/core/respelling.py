"""Search keys of rows that exist, made anew by a migration when the rule of the keys changes.

`search_key` is no part of the history and no change of the record, so it is written by `update` alone: version, time
of the last change and history stay as they are.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations, models

from apps.core.search import stored_key

# A key without one of these holds no year of an era (apps/core/search.py).
PERHAPS_A_YEAR = "(令和|平成|昭和|[rhs])[0-9元一二三四五六七八九十]"
ROWS = 500


def respell(app: str, model: str, paths: Sequence[str]) -> Callable[[Any, Any], None]:
    """The step of a migration that writes the keys of a table anew from the texts at these paths."""

    def write(apps: Any, _editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        changed: list[Any] = []
        for row in rows.filter(search_key__regex=PERHAPS_A_YEAR).only("pk", "search_key").iterator(ROWS):
            changed += _with_key(row, rows, paths)
            if len(changed) == ROWS:
                rows.bulk_update(changed, ["search_key"])
                changed = []
        rows.bulk_update(changed, ["search_key"])

    return write


def _with_key(row: Any, rows: models.Manager[Any], paths: Sequence[str]) -> list[Any]:
    [texts] = rows.filter(pk=row.pk).values_list(*paths)
    words = [word for text in texts for word in (text if isinstance(text, list) else [text or ""])]
    key = "\n".join(map(stored_key, words))
    if key == row.search_key:
        return []
    row.search_key = key
    return [row]


def respelling(app: str, model: str, *paths: str) -> migrations.RunPython:
    """The same as an operation; going back needs nothing, for the old keys are parts of the new ones."""
    return migrations.RunPython(respell(app, model, paths), migrations.RunPython.noop)
