"""What one load carries from step to step."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models
from django.utils.translation import gettext, gettext_lazy

from apps.city.services.documents import Mapping, empty_mapping
from apps.city.services.machines import LOADING
from apps.city.services.problems import Problems
from apps.city.services.rows import Row
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.services import save_version

LOADED = declare_event("city.city.loaded", gettext_lazy("Loaded from the files of the city"))
MACHINE = LOADING
# A row that belongs to a record, and the entry of the file from which it comes.
Part = tuple[Any, Row]


def source(kind: str, key: str) -> dict[str, Any]:
    """How a record from a file is known: its key there, and a uid that every load of that file gives again."""
    return {"source_key": key, "uid": uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}:{key}")}


class LoadSession:
    """The documents, the faults found so far, the day, and what has been added.

    A row that is there already stays as it is, also where the file has since told more of it (an answer, a result, a
    later stage). What comes new is the record that was not there, and each link of which one end is new.
    """

    def __init__(self, documents: dict[str, Mapping], problems: Problems, *, as_of: date, password: str | None) -> None:
        self.documents, self.problems = documents, problems
        self.as_of, self.password = as_of, password
        self.added: Counter[str] = Counter()
        self._keys: dict[type[models.Model], dict[str, Any]] = {}
        self._lists: dict[tuple[Any, tuple[str, ...]], set[tuple[Any, ...]]] = {}
        self._new: set[tuple[type[models.Model], Any]] = set()
        self._taken: set[tuple[type[models.Model], str]] = set()
        self._links: set[tuple[Any, ...]] = set()

    # Reading

    def document(self, name: str) -> Row:
        """A whole file as one row; an absent file is empty."""
        return Row(name, self.documents.get(name, empty_mapping()), self.problems)

    def knows(self, day: date | None) -> bool:
        """Whether the day of the load knows of what happened on `day`; what has no day was always there."""
        return day is None or day <= self.as_of

    def keys_of(self, model: type[models.Model]) -> dict[str, Any]:
        """The rows of a table that came from files, by their key there; those that this load adds come in at once."""
        if model not in self._keys:
            rows: models.Manager[Any] = model._base_manager
            self._keys[model] = {row.source_key: row for row in rows.filter(source_key__isnull=False)}
        return self._keys[model]

    def those(self, model: type[models.Model], keys: Iterable[Any]) -> list[Any]:
        """The rows of these keys, each once; those that the day does not know yet are missing."""
        known = self.keys_of(model)
        return [known[str(key)] for key in dict.fromkeys(keys) if str(key) in known]

    def mentions(self, file: str, rows: str, field: str) -> dict[str, list[str]]:
        """Who names whom in a file: by the key that is named, the ids of the entries that name it."""
        found: dict[str, list[str]] = {}
        for row in self.document(file).rows(rows):
            value: Any = row.data
            for step in field.split("."):
                value = value.get(step) if isinstance(value, Mapping) else None
            for key in value if isinstance(value, list) else [value]:
                found.setdefault(str(key), []).append(row.text("id"))
        return found

    # Writing

    def take(
        self,
        row: Row,
        record: Any,
        *,
        since: date | None = None,
        number: tuple[str, FiscalYear] | None = None,
        parts: Iterable[Part] = (),
    ) -> Any:
        """The record of an entry that has been read: as it is in the database already, or else added now.

        None where it begins (`since`) after the day. `number` is the series from which a new one draws its number;
        `parts` are the rows that come and go with it.
        """
        row.finish()
        if (type(record), record.source_key) in self._taken:
            row.fault("id", gettext("“%(key)s” is given twice") % {"key": record.source_key})
        self._taken.add((type(record), record.source_key))
        self.problems.stop_if_any()
        known = self.keys_of(type(record)).get(record.source_key)
        if known is not None or not self.knows(since):
            return known
        with self.entry():
            if number:
                record.number = next_number(*number)
            self.add(record, row)
            for part, its_row in parts:
                setattr(part, part.history_part, record)
                self.part(part, its_row)
        return record

    def keep(self, row: Row, model: Any, keys: dict[str, Any], values: dict[str, Any]) -> None:
        """Adds a row of a list where it is missing; what the secretariat has changed stays."""
        self.problems.stop_if_any()
        names = tuple(keys)
        if (model, names) not in self._lists:
            self._lists[model, names] = set(model.objects.values_list(*names))
        key = tuple(getattr(value, "pk", value) for value in keys.values())
        if key not in self._lists[model, names]:
            self._lists[model, names].add(key)
            self.add(model(**keys, **values), row)

    def add(self, record: Any, row: Row) -> Any:
        """Saves one new row and counts it."""
        self.part(record, row)
        self.came(record)
        return record

    def part(self, record: models.Model, row: Row) -> None:
        """Saves a row that belongs to a record and is not counted by itself."""
        with self.naming(row, record), self.entry():
            record.save()
        self._new.add((type(record), record.pk))

    def add_all(self, row: Row, records: Sequence[models.Model]) -> None:
        """Saves many new rows of one table at once, as one entry in the history, and counts them."""
        if not records:
            return
        with self.naming(row), self.entry():
            type(records[0])._base_manager.bulk_create(records)
        for record in records:
            self.came(record)

    def came(self, record: models.Model) -> None:
        """Counts a record that this load has brought; its links come with it."""
        self.added[str(record._meta.verbose_name_plural)] += 1
        self._new.add((type(record), record.pk))
        if key := getattr(record, "source_key", None):
            self.keys_of(type(record))[key] = record

    def is_new(self, record: models.Model) -> bool:
        """Whether this load has brought the record."""
        return (type(record), record.pk) in self._new

    def link(self, row: Row, through: Any, holding: dict[str, Any] | None = None, **ends: Any) -> None:
        """Joins two records, once, if one of them is new: a link that a person removed is not brought back.

        `holding` is what the link itself says beyond its ends.
        """
        if self._joins(through, ends):
            self.part(through(**ends, **(holding or {})), row)

    def link_all(self, row: Row, through: Any, links: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        """The same for many links of one kind at once, each as its ends and what it holds."""
        joined = [through(**ends, **holding) for ends, holding in links if self._joins(through, ends)]
        with self.naming(row), self.entry():
            through.objects.bulk_create(joined)
        self._new.update((through, each.pk) for each in joined)

    def _joins(self, through: Any, ends: dict[str, Any]) -> bool:
        """Whether a link has a new end, and is asked for the first time."""
        key = (through, *ends.values())
        new = key not in self._links and any(isinstance(e, models.Model) and self.is_new(e) for e in ends.values())
        if new:
            self._links.add(key)
        return new

    def fill(self, record: Any, field: str, other: models.Model | None, **changes: Any) -> None:
        """Sets the one field of an older record that points to a new one, unless a person has filled it."""
        if other and self.is_new(other) and not self.is_new(record) and getattr(record, f"{field}_id") is None:
            with self.entry():
                save_version(record, version=record.version, changes={field: other, **changes})

    def entry(self) -> AbstractContextManager[None]:
        """One act of the loader, and so one entry in the history, for all that comes with one entry of a file."""
        return act(LOADED, by=MACHINE)

    @contextmanager
    def naming(self, row: Row, record: Any = None) -> Iterator[None]:
        """What the database refuses becomes a fault of `row`, in words, and ends the load."""
        try:
            yield
        except (DatabaseError, ValidationError, ValueError, ArithmeticError) as refusal:
            for field, words in _reasons(refusal, record):
                row.fault_at_value(getattr(record, field, None), words)
            self.problems.stop_if_any()


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
