"""Fiscal years (年度, 1 April to 31 March; 地方自治法第208条) as a type, never a bare number."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property

from apps.core.clock import local_date
from apps.core.wareki import (
    ERA_PATTERN,
    Era,
    WarekiError,
    era_ended,
    era_named,
    era_of,
    format_year,
    normalise,
    parse_date,
    western_year,
)

FIRST_YEAR = 1886  # 明治19年度, the first that began in April
LAST_YEAR = 9998  # its last day must still be a date

_HALF = rf"(?P<era>{ERA_PATTERN})?(?P<year>元|\d{{1,4}})(?:年度?)?"
_FISCAL_YEAR = re.compile(_HALF, re.ASCII)
_DOUBLE = re.compile(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)")


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """The fiscal year that begins on 1 April of the western year `year`: FiscalYear(2022) is 令和4年度."""

    year: int

    def __post_init__(self) -> None:
        if type(self.year) is not int:
            raise TypeError(f"a fiscal year is an int, not {self.year!r}")
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise WarekiError("year_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR))

    @classmethod
    def of(cls, day: date | datetime) -> "FiscalYear":
        """The fiscal year in which a day (of Tokyo) lies."""
        local = local_date(day)
        return cls(local.year if local.month >= 4 else local.year - 1)

    @classmethod
    def parse(cls, text: str) -> "FiscalYear":
        """The fiscal year that a person typed: 2022, R4, 令和4年度, or a label. Raises WarekiError."""
        plain = normalise(text)
        double = _DOUBLE.fullmatch(plain)
        if not double:
            return cls._parse_half(plain, text)
        first, second = (cls._parse_half(half, text) for half in double.groups())
        if first != second:
            raise WarekiError("unreadable_year")
        return first

    @classmethod
    def _parse_half(cls, plain: str, text: str) -> "FiscalYear":
        found = _FISCAL_YEAR.fullmatch(plain)
        if not found:
            raise WarekiError("unreadable_year")
        era = era_named(found["era"], found["year"], text)
        fiscal_year = cls(western_year(era, found["year"]))
        if era and era not in fiscal_year._eras():
            raise _outside(era, fiscal_year)
        return fiscal_year

    def _eras(self) -> list[Era]:
        """The eras of 1 April and 31 December of its first year: two where the era changed between."""
        eras = [era_of(self.start), era_of(date(self.year, 12, 31))]
        return [era for era in dict.fromkeys(eras) if era]

    @property
    def start(self) -> date:
        return date(self.year, 4, 1)

    @property
    def end(self) -> date:
        return date(self.year + 1, 3, 31)

    @property
    def label(self) -> str:
        """令和4年度; 平成31年度（令和元年度） where the era changes between 1 April and 31 December."""
        first, *rest = (f"{era.name}{format_year(era.year_of(self.year))}年度" for era in self._eras())
        return first + "".join(f"（{name}）" for name in rest)

    @property
    def short(self) -> str:
        """R4; H31(R1) where the label is double."""
        first, *rest = (f"{era.letter}{era.year_of(self.year)}" for era in self._eras())
        return first + "".join(f"({name})" for name in rest)

    @property
    def next(self) -> "FiscalYear":
        return self + 1

    @property
    def previous(self) -> "FiscalYear":
        return self + -1

    def contains(self, day: date | datetime) -> bool:
        """Whether a day (of Tokyo) lies in this fiscal year."""
        return self.start <= local_date(day) <= self.end

    def __add__(self, years: int) -> "FiscalYear":
        return FiscalYear(self.year + years) if isinstance(years, int) else NotImplemented

    def __sub__(self, years: int) -> "FiscalYear":
        return FiscalYear(self.year - years) if isinstance(years, int) else NotImplemented

    def __int__(self) -> int:
        return self.year

    def __str__(self) -> str:
        return self.label


def _outside(era: Era, fiscal_year: FiscalYear) -> WarekiError:
    """The refusal of a fiscal year that its era never had, such as 平成32年度 or 昭和64年度."""
    if era.last and fiscal_year.start > era.last:
        return era_ended(era, era.last)
    return WarekiError("unreadable_year")


def parse_date_or_fiscal_year(text: str) -> date | FiscalYear:
    """What ends in 年度 is a fiscal year, anything else a day. Raises WarekiError."""
    return FiscalYear.parse(text) if normalise(text).rstrip(")").endswith("年度") else parse_date(text)


def coerce(value: object) -> FiscalYear:
    """A fiscal year from what forms, files and code hand over. Raises WarekiError or TypeError."""
    if isinstance(value, FiscalYear):
        return value
    if isinstance(value, str):
        return FiscalYear.parse(value)
    return FiscalYear(value)  # type: ignore[arg-type] # it refuses all but int


def _validated(value: object) -> FiscalYear:
    """Like `coerce`, with the error that Django's forms and models expect."""
    try:
        return coerce(value)
    except WarekiError as error:
        raise ValidationError(str(error), code=error.code) from error
    except TypeError as error:
        raise ValidationError(str(WarekiError("unreadable_year")), code="unreadable_year") from error


class FiscalYearFormField(forms.Field):
    """A text box that takes 令和4年度, R4 or 2022 and gives a FiscalYear."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> FiscalYear | None:
        if isinstance(value, str):
            value = value.strip()
        return None if value in self.empty_values else _validated(value)

    def prepare_value(self, value: Any) -> Any:
        """The label, also where code gave the year as a number; what a person typed stays as typed."""
        return FiscalYear(value).label if type(value) is int else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(coerce(initial) if type(initial) is int else initial, data)


class FiscalYearAttribute(DeferredAttribute):
    """Makes `record.fiscal_year = 2022` a FiscalYear at once; `full_clean` refuses what is none."""

    def __set__(self, instance: models.Model, value: object) -> None:
        is_year = type(value) is int and FIRST_YEAR <= value <= LAST_YEAR
        instance.__dict__[self.field.attname] = FiscalYear(value) if is_year else value  # type: ignore[arg-type]


class FiscalYearField(models.SmallIntegerField):
    """A fiscal year, kept as the number of its first calendar year."""

    descriptor_class = FiscalYearAttribute

    if TYPE_CHECKING:  # what django-stubs reads: what may be set and looked up, and what a record gives
        _pyi_private_set_type: FiscalYear | int | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: FiscalYear  # type: ignore[assignment]
        _pyi_lookup_exact_type: FiscalYear | int | str  # type: ignore[assignment]

    @cached_property
    def validators(self) -> list[Callable[..., Any]]:
        """Without the integer range of the database: a FiscalYear knows its own range and is no int."""
        return [*self.default_validators, *self._validators]  # type: ignore[attr-defined]

    def from_db_value(self, value: int | None, *_: object) -> FiscalYear | None:
        return None if value is None else FiscalYear(value)

    def to_python(self, value: Any) -> FiscalYear | None:
        return None if value in self.empty_values else _validated(value)

    def get_prep_value(self, value: Any) -> int | None:
        """The number for the database; years that are typed wrongly raise WarekiError."""
        return None if value is None else int(coerce(value))

    def value_to_string(self, obj: models.Model) -> str:
        year = self.to_python(self.value_from_object(obj))
        return "" if year is None else str(int(year))

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{"form_class": FiscalYearFormField, **kwargs})

    def deconstruct(self) -> Any:
        """A default is written into migrations as a number."""
        name, path, args, kwargs = super().deconstruct()
        if isinstance(kwargs.get("default"), FiscalYear):
            kwargs["default"] = int(kwargs["default"])
        return name, path, args, kwargs
