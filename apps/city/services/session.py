"""What one load carries from step to step."""

from collections import Counter
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.city.services.documents import Mapping, Row
from apps.city.services.problems import Problems
from apps.core.history import act, declare_event

LOADED = declare_event("city.city.loaded", _("Loaded from the files of the city"))
MACHINE = "load_city"

Any_Model = TypeVar("Any_Model", bound=models.Model)


class LoadSession:
    """The documents, the faults found so far, the day, and what has been added."""

    def __init__(self, documents: dict[str, Mapping], problems: Problems, *, as_of: date, password: str | None) -> None:
        self.documents, self.problems = documents, problems
        self.as_of, self.password = as_of, password
        self.added: Counter[str] = Counter()

    def document(self, name: str) -> Row:
        """A whole file as one row; an absent file is empty."""
        empty = Mapping()
        empty.lines = {}
        return Row(name, self.documents.get(name, empty), self.problems)

    def keys_of(self, model: type[models.Model]) -> dict[str, Any]:
        """The rows of a table that came from files, by their key there."""
        rows: models.Manager[Any] = model._base_manager
        return {row.source_key: row for row in rows.filter(source_key__isnull=False)}

    def add(self, record: Any) -> Any:
        """Saves one new row as an act of the loader and counts it."""
        with act(LOADED, by=MACHINE):
            record.save()
        self.count(type(record))
        return record

    def count(self, model: type[models.Model], number: int = 1) -> None:
        self.added[str(model._meta.verbose_name_plural)] += number
