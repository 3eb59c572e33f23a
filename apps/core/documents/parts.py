"""The ground of a document's parts."""

from dataclasses import fields
from datetime import date
from typing import Any, get_args

from django.utils.functional import Promise

from apps.core.text import clean


class DocumentError(ValueError):
    """A document that contradicts itself; a mistake of the program that fills it."""


def _plain(value: Any) -> Any:
    """Clean strings, tuples for lists, words for lazy translations; everything else as it is."""
    if isinstance(value, str | Promise):
        return clean(str(value))
    return tuple(_plain(each) for each in value) if isinstance(value, list | tuple) else value


class Part:
    """A frozen dataclass that is clean from the start and becomes JSON by its fields."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, _plain(getattr(self, field.name)))
        self._check()

    def _check(self) -> None:
        """Raises DocumentError for a part that cannot be written."""

    def as_json(self) -> dict[str, Any]:
        """The part as plain values, lists and dicts; a block names its kind."""
        name = getattr(self, "block", None)
        values = {field.name: _jsonable(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]
        return {"block": name, **values} if name else values


def _jsonable(value: Any) -> Any:
    if isinstance(value, Part):
        return value.as_json()
    if isinstance(value, tuple):
        return [_jsonable(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def one_of(value: object, allowed: Any) -> None:
    """Raises DocumentError for what is not among the values of a Literal."""
    if value not in get_args(allowed):
        raise DocumentError(f"{value!r} is none of {', '.join(get_args(allowed))}")
