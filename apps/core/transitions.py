"""A status flow is a table: from, verb, to, who, what it needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.permissions import permission_table, permitted, require


class WrongState(Exception):
    """The record is not in a state from which this verb leads anywhere; the message says so to a person."""


class Unmet(Exception):
    """Something that the verb needs is missing; the message says what."""


def needs_words(name: str, message: Any) -> Callable[[Any, dict[str, Any]], str | None]:
    """The words called `name`: a check for `Transition.needs`."""
    return lambda _record, data: None if (data.get(name) or "").strip() else str(message)


# Words for what asks for words: they can still be typed.
ANY_WORDS = {"reason": "－", "words": "－"}


@dataclass(frozen=True)
class Transition:
    """One row. `needs` are checks `(record, data) -> message | None`; the first message refuses.

    An `internal` verb is an effect of what happens in an upper app, which asks its own permission and calls the
    service in its own transaction; no page offers it, and the row names no permission.
    """

    verb: str
    label: Any
    sources: tuple[str, ...]
    target: str
    permission: str = ""
    needs: tuple[Callable[[Any, dict[str, Any]], Any], ...] = ()
    internal: bool = False


class Flow:
    """The whole table of one kind of record."""

    def __init__(self, field: str, rows: Iterable[Transition]) -> None:
        self.field = field
        self.rows = tuple(rows)

    def __getitem__(self, verb: str) -> Transition:
        return next(row for row in self.rows if row.verb == verb)

    def offered(self, record: Any) -> list[Transition]:
        """The verbs that lead somewhere from where the record stands, whoever asks; no internal ones."""
        return [row for row in self.rows if getattr(record, self.field) in row.sources and not row.internal]

    def possible(self, record: Any, user: Any) -> list[Transition]:
        """The verbs that `user` may do now."""
        return [row for row in self.offered(record) if permitted(user, row.permission, record)]

    def check(self, verb: str, record: Any, *, by: Any, data: dict[str, Any] | None = None) -> Transition:
        """The row of `verb`, or Forbidden, WrongState or Unmet. A machine (`by` is its name) is not asked who it is."""
        row = self[verb]
        if not isinstance(by, str) and not row.internal:
            require(by, row.permission, record)
        self.check_state(verb, record)
        for need in row.needs:
            if message := need(record, data or {}):
                raise Unmet(message)
        return row

    def check_state(self, verb: str, record: Any) -> None:
        """WrongState, whoever asks, where `verb` leads nowhere from where the record stands."""
        if getattr(record, self.field) not in self[verb].sources:
            shown = getattr(record, f"get_{self.field}_display")()
            raise WrongState(_("This cannot be done while the state is “%(state)s”.") % {"state": shown})

    def refusal(self, verb: str, record: Any) -> str:
        """Why `verb` leads nowhere from where the record stands, whoever asks and whatever is said; or nothing."""
        try:
            self.check(verb, record, by="page", data=ANY_WORDS)
        except (Unmet, WrongState) as refusal:
            return str(refusal)
        return ""

    def who_may(self, verb: str) -> str:
        """The sentence that says who may do it."""
        return str(permission_table[self[verb].permission].who)
