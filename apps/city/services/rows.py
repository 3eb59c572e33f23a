"""One entry of a file, read field by field: every read checks, and a fault names its line."""

from collections.abc import Mapping as AnyMapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from apps.city.services.documents import Mapping, Sequence, empty_mapping
from apps.city.services.problems import Problems
from apps.core import clock
from apps.core.fiscal import FiscalYear


class Row:
    """One entry of a file; every read checks, and names the line where it finds a fault."""

    def __init__(self, file: str, data: Any, problems: Problems, *, line: int = 1) -> None:
        self.file, self.problems = file, problems
        if not isinstance(data, Mapping):
            problems.add(file, line, _("an entry must be a mapping"))
            data = empty_mapping(line)
        self.data: Mapping = data
        self.read: set[str] = set()

    def fault(self, key: str, message: Any) -> None:
        self.problems.add(self.file, self.data.lines.get(key, self.data.line), message)

    def fault_at_value(self, value: Any, message: Any) -> None:
        """A fault at the line where `value` stands in this entry; at the entry where it stands nowhere."""
        self.problems.add(self.file, _line_of(self.data, value) or self.data.line, message)

    def fault_in_list(self, key: str, value: Any, message: Any) -> None:
        """A fault at the line of the list `key` on which `value` stands."""
        entries = self.data.get(key)
        lines = dict(zip(map(str, entries), getattr(entries, "lines", ()), strict=False)) if entries else {}
        self.problems.add(self.file, lines.get(str(value), self.data.lines.get(key, self.data.line)), message)

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

    def flag(self, key: str) -> bool:
        """Yes or no; nothing is no."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, _("“%(key)s” must be true or false") % {"key": key})
        return value is True

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self.get(key)
        if value in (None, "") and not required:
            return None
        try:
            return value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            self.fault(key, _("“%(key)s” must be a day such as 2022-10-14") % {"key": key})
            return None

    def first_day(self, key: str) -> date:
        """A required day with a fiscal year of its own; today stands in for a faulty one, and nothing is loaded."""
        day = self.day(key, required=True) or clock.today()
        try:
            FiscalYear.of(day)
        except ValueError as error:
            self.fault(key, error)
            return clock.today()
        return day

    def time(self, key: str) -> time | None:
        """A time of day. YAML reads 10:00 without quotation marks as a number, so the marks are needed."""
        value = self.get(key)
        if value in (None, ""):
            return None
        try:
            return time.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(key, _("“%(key)s” must be a time such as '10:00', in quotation marks") % {"key": key})
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

    def years(self) -> dict[str, FiscalYear]:
        """The keys of an entry whose keys are fiscal years."""
        found = {}
        for key in self.data:
            try:
                found[key] = FiscalYear(int(key))
            except ValueError:
                self.fault(key, _("“%(key)s” must be a fiscal year such as 2022") % {"key": key})
        return found

    def number(self, key: str) -> Decimal | None:
        """A number of either sign; nothing where there is none."""
        value = self.get(key)
        if value in (None, ""):
            return None
        number = _exact(value)
        if number is None:
            self.fault(key, _("“%(key)s” must be a number") % {"key": key})
        return number

    def decimal(self, key: str) -> Decimal:
        """A required number that is not negative; 0 stands in for a faulty one, and nothing is loaded then."""
        number = _exact(self.get(key))
        if number is not None and number >= 0:
            return number
        self.fault(key, _("“%(key)s” must be a number that is not negative") % {"key": key})
        return Decimal(0)

    def one_of(self, key: str, words: AnyMapping[str, Any], *, required: bool = True) -> Any:
        """What a word stands for; nothing ("") where it is missing and may be."""
        value = self.text(key, required=required)
        if not value:
            return ""
        self._know(value, self.data.lines[key], words)
        return words.get(value)

    def check_words(self, key: str, words: AnyMapping[str, Any]) -> None:
        """A list of words that are fixed in code: the city's file may know fewer, but no others."""
        for value, line in zip(self.list(key), getattr(self.data.get(key), "lines", []), strict=False):
            self._know(value, line, words)

    def _know(self, value: Any, line: int, words: AnyMapping[str, Any]) -> None:
        if not isinstance(value, str) or value not in words:
            fault = _("“%(value)s” is none of: %(known)s")
            self.problems.add(self.file, line, fault % {"value": value, "known": "、".join(words)})

    def compare(self, key: str, computed: Any) -> None:
        """What a file says twice, or what follows from the rest of it, must agree; nothing is no statement."""
        stated = self.get(key)
        if stated is not None and stated != computed:
            fault = _("“%(key)s” is %(stated)s here, but by the other entries it is %(computed)s")
            self.fault(key, fault % {"key": key, "stated": stated, "computed": computed})

    def in_order(self, first: str, start: Any, last: str, end: Any) -> None:
        """What ends does not end before it starts; either may be missing."""
        if start is not None and end is not None and end < start:
            self.fault(last, _("“%(key)s” comes before “%(other)s”") % {"key": last, "other": first})

    def rows(self, key: str) -> list["Row"]:
        value, lines = self.list(key), getattr(self.get(key), "lines", [])
        return [Row(self.file, each, self.problems, line=line) for each, line in zip(value, lines, strict=False)]

    def row(self, key: str, *, required: bool = True) -> "Row":
        value, line = self.get(key), self.data.lines.get(key, self.data.line)
        return Row(
            self.file, empty_mapping(line) if value is None and not required else value, self.problems, line=line
        )

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        for each in (values := self.list(key)):
            if not isinstance(each, str):
                self.fault(key, _("“%(key)s” must be a list of texts") % {"key": key})
        return [str(each) for each in values]

    def list(self, key: str) -> list[Any]:
        value = self.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return [*value]
        self.fault(key, _("“%(key)s” must be a list") % {"key": key})
        return []

    def finish(self, *, ignored: frozenset[str] = frozenset()) -> None:
        """A field that nobody read has no home: it is named, never silently dropped."""
        for key in self.data.keys() - self.read - ignored:
            self.fault(key, _("“%(key)s” is not a field of this entry") % {"key": key})


def _exact(value: Any) -> Decimal | None:
    """A number as exact as it is written: YAML reads 38.5 as a float, whose shortest writing it is."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and not isinstance(value, bool) else None


def _line_of(data: Any, value: Any) -> int | None:
    """The line of the field, of this entry or of one within it, that holds `value`."""
    if value in (None, ""):
        return None
    entries = list(data.items() if isinstance(data, Mapping) else enumerate(data))
    for key, each in entries:
        if not isinstance(each, Mapping | Sequence) and str(each) == str(value):
            return data.lines[key]
    within = (_line_of(each, value) for _key, each in entries if isinstance(each, Mapping | Sequence))
    return next(filter(None, within), None)
