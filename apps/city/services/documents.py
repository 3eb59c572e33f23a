"""YAML that remembers on which line each entry stands."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from apps.city.services.problems import Problems
from apps.core import clock
from apps.core.fiscal import FiscalYear


class Mapping(dict[str, Any]):
    """A mapping that knows its line and the line of each of its keys."""

    line: int = 1
    lines: dict[str, int]


class Sequence(list[Any]):
    """A list that knows the line of each entry."""

    line: int = 1
    lines: list[int]


class _LineLoader(yaml.CSafeLoader):
    """SafeLoader, in C, that makes the two classes above; a key given twice is a fault."""


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> Iterator[Mapping]:
    result = Mapping()
    result.line, result.lines = node.start_mark.line + 1, {}
    yield result
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in result:
            raise yaml.constructor.ConstructorError(
                None, None, _("“%(key)s” is given twice") % {"key": key}, key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = value_node.start_mark.line + 1


def _sequence(loader: _LineLoader, node: yaml.SequenceNode) -> Iterator[Sequence]:
    result = Sequence()
    result.line = node.start_mark.line + 1
    result.lines = [child.start_mark.line + 1 for child in node.value]
    yield result
    result.extend(loader.construct_object(child, deep=True) for child in node.value)


_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_LineLoader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read_documents(folder: Path, names: list[str], problems: Problems) -> dict[str, Mapping]:
    """The files of a city by name; a missing file is empty, a broken one is a fault."""
    return {name: _read(folder / name, problems) for name in names if (folder / name).exists()}


def _read(path: Path, problems: Problems) -> Mapping:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506 a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(path.name, mark.line + 1 if mark else 1, _("broken YAML: %(what)s") % {"what": error.problem})
    except yaml.YAMLError as error:
        problems.add(path.name, 1, _("broken YAML: %(what)s") % {"what": error})
    except (OSError, UnicodeDecodeError) as error:
        problems.add(path.name, 1, error)
    else:
        if isinstance(document, Mapping):
            return document
        problems.add(path.name, 1, _("the file must be a mapping"))
    empty = Mapping()
    empty.lines = {}
    return empty


class Row:
    """One entry of a file; every read checks, and names the line where it finds a fault."""

    def __init__(self, file: str, data: Any, problems: Problems, *, line: int = 1) -> None:
        self.file, self.problems = file, problems
        if not isinstance(data, Mapping):
            problems.add(file, line, _("an entry must be a mapping"))
            data = Mapping()
            data.line, data.lines = line, {}
        self.data: Mapping = data
        self.read: set[str] = set()

    def fault(self, key: str, message: Any) -> None:
        self.problems.add(self.file, self.data.lines.get(key, self.data.line), message)

    def fault_at_value(self, value: Any, message: Any) -> None:
        """A fault at the line where `value` stands in this entry; at the entry where it stands nowhere."""
        self.problems.add(self.file, _line_of(self.data, value) or self.data.line, message)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return self.data.get(key, default)

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.get(key)
        if value is None or value == "":
            if required:
                self.fault(key, _("“%(key)s” is missing") % {"key": key})
            return ""
        if isinstance(value, dict | list):
            self.fault(key, _("“%(key)s” must be text") % {"key": key})
            return ""
        return str(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self.get(key)
        if value in {None, ""} and not required:
            return None
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fault(key, _("“%(key)s” must be a day such as 2022-10-14") % {"key": key})
            return None

    def integer(self, key: str, *, required: bool = False) -> int | None:
        value = self.get(key)
        if value is None and not required:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, _("“%(key)s” must be a whole number") % {"key": key})
            return None
        if value < 0:
            self.fault(key, _("“%(key)s” cannot be negative") % {"key": key})
        return value

    def count(self, key: str) -> int:
        """A required whole number; 0 stands in for a faulty one, and nothing is loaded then."""
        return self.integer(key, required=True) or 0

    def fiscal_year(self, key: str) -> FiscalYear:
        """A required fiscal year; the present one stands in for a faulty one, and nothing is loaded then."""
        year = self.integer(key, required=True)
        try:
            if year is not None:
                return FiscalYear(year)
        except ValueError as error:
            self.fault(key, error)
        return FiscalYear.of(clock.today())

    def decimal(self, key: str) -> Decimal:
        """A required number, as exact as it is written: YAML reads 38.5 as a float, whose shortest writing it is."""
        try:
            value = Decimal(str(self.get(key)))
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and value >= 0:
            return value
        self.fault(key, _("“%(key)s” must be a number that is not negative") % {"key": key})
        return Decimal(0)

    def one_of(self, key: str, words: dict[str, Any]) -> Any:
        value = self.text(key, required=True)
        if value and value not in words:
            known = "、".join(words)
            self.fault(key, _("“%(value)s” is none of: %(known)s") % {"value": value, "known": known})
        return words.get(value)

    def rows(self, key: str) -> list["Row"]:
        value = self.get(key, [])
        if not isinstance(value, list):
            self.fault(key, _("“%(key)s” must be a list") % {"key": key})
            return []
        lines = getattr(value, "lines", [])
        return [Row(self.file, each, self.problems, line=line) for each, line in zip(value, lines, strict=False)]

    def row(self, key: str) -> "Row":
        return Row(self.file, self.get(key), self.problems, line=self.data.lines.get(key, self.data.line))

    def list(self, key: str) -> list[Any]:
        value = self.get(key) or []
        return list(value) if isinstance(value, list) else []

    def finish(self, *, ignored: frozenset[str] = frozenset()) -> None:
        """A field that nobody read has no home: it is named, never silently dropped."""
        for key in self.data.keys() - self.read - ignored:
            self.fault(key, _("“%(key)s” is not a field of this entry") % {"key": key})


def _line_of(data: Mapping, value: Any) -> int | None:
    """The line of the first field, however deep, that holds `value`."""
    for key, each in data.items():
        if isinstance(each, Mapping):
            if line := _line_of(each, value):
                return line
        elif value not in {None, ""} and str(each) == str(value):
            return data.lines[key]
    return None
