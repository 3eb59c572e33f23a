"""Search keys of rows that exist, made anew by a migration when the rule of the keys changes.

`search_key` is no part of the history and no change of the record, so it is written by `update` alone: version, time
of the last change and history stay as they are.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from django.db import migrations

from apps.core.search import stored_key

# A key without one of these holds no year of an era (apps/core/search.py).
PERHAPS_A_YEAR = "(令和|平成|昭和|[rhs])[0-9元一二三四五六七八九十]"
ROWS = 500


def respell(app: str, model: str, paths: Sequence[str]) -> Callable[[Any, Any], None]:
    """The step of a migration that writes the keys of a table anew from the texts at these paths."""

    def write(apps: Any, _editor: Any) -> None:
        table = apps.get_model(app, model)
        rows = table._base_manager.filter(search_key__regex=PERHAPS_A_YEAR)
        keys = ((pk, key, _key(texts)) for pk, key, *texts in rows.values_list("pk", "search_key", *paths).iterator())
        changed = (table(pk=pk, search_key=new) for pk, old, new in keys if new != old)
        while batch := list(islice(changed, ROWS)):
            table._base_manager.bulk_update(batch, ["search_key"])

    return write


def _key(values: Sequence[Any]) -> str:
    """The key of a row; a list of words counts as so many texts, and nothing as an empty one."""
    texts = (text for value in values for text in (value if isinstance(value, list) else [value or ""]))
    return "\n".join(map(stored_key, texts))


def respelling(app: str, model: str, *paths: str) -> migrations.RunPython:
    """The same as an operation; going back needs nothing, for the old keys are parts of the new ones."""
    return migrations.RunPython(respell(app, model, paths), migrations.RunPython.noop)
