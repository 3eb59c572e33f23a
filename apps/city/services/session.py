"""What one load carries from step to step."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _

from apps.city.services.documents import Mapping, Row
from apps.city.services.problems import Problems
from apps.core.history import act, declare_event

LOADED = declare_event("city.city.loaded", _("Loaded from the files of the city"))
MACHINE = "load_city"


class LoadSession:
    """The documents, the faults found so far, the day, and what has been added."""

    def __init__(self, documents: dict[str, Mapping], problems: Problems, *, as_of: date, password: str | None) -> None:
        self.documents, self.problems = documents, problems
        self.as_of, self.password = as_of, password
        self.added: Counter[str] = Counter()
        # Keys of the hurdles that this load has added: their links come with them.
        self.new_hurdles: set[str] = set()

    def document(self, name: str) -> Row:
        """A whole file as one row; an absent file is empty."""
        empty = Mapping()
        empty.lines = {}
        return Row(name, self.documents.get(name, empty), self.problems)

    def keys_of(self, model: type[models.Model]) -> dict[str, Any]:
        """The rows of a table that came from files, by their key there."""
        rows: models.Manager[Any] = model._base_manager
        return {row.source_key: row for row in rows.filter(source_key__isnull=False)}

    def add(self, record: Any, row: Row | None = None) -> Any:
        """Saves one new row as an act of the loader and counts it."""
        with self.naming(row, record), act(LOADED, by=MACHINE):
            record.save()
        self.count(type(record))
        return record

    @contextmanager
    def naming(self, row: Row | None, record: Any = None) -> Iterator[None]:
        """What the database refuses becomes a fault of `row`, in words, and ends the load."""
        try:
            yield
        except (DatabaseError, ValidationError, ValueError, ArithmeticError) as refusal:
            if row is None:
                raise
            for field, words in _reasons(refusal, record):
                row.fault_at_value(getattr(record, field, None), words)
            self.problems.stop_if_any()

    def count(self, model: type[models.Model], number: int = 1) -> None:
        self.added[str(model._meta.verbose_name_plural)] += number


def _reasons(refusal: Exception, record: Any) -> list[tuple[str, str]]:
    """Why a record was refused, by field: in the words of its constraints where they say it, else the database's."""
    if record is not None and not isinstance(refusal, ValidationError):
        try:
            record.full_clean(validate_unique=False)
        except ValidationError as reasons:
            refusal = reasons
        except (ValueError, DatabaseError):
            pass
    if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        return [(name, word) for name, words in refusal.message_dict.items() for word in words]
    return [("", str(refusal).strip().splitlines()[0])]
