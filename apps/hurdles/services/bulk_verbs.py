"""What can be changed in many hurdles at once: how each reads now and then, why one is left out, what is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.history import declare_event
from apps.hurdles.choices import MoveState
from apps.hurdles.models import Hurdle, HurdleTheme
from apps.hurdles.services.owner_views import ask_owners, ask_refusal, question_of
from apps.hurdles.services.promises import target_refusal, waits_for_secretariat, write_targets

CHANGED_TOGETHER = declare_event("hurdles.hurdle.changed_together", gettext_lazy("Changed together with others"))


def _nothing(_hurdles: Sequence[Hurdle], _value: Any, _reason: str, _by: Any) -> None:
    """The column says it all."""


@dataclass(frozen=True)
class BulkVerb:
    """One kind of change. `field` names the form's field; `columns` are written to each hurdle, `write` does the rest.

    `reads` and `reads_too` are related rows that the words need: they are fetched once for all hurdles.
    """

    name: str
    label: Any
    field: str
    words: Callable[[Hurdle], str]
    is_done: Callable[[Hurdle, Any], bool]
    new_words: Callable[[Hurdle, Any], str] = lambda _hurdle, value: str(value)
    note: Callable[[Hurdle, Any, Any], str] = lambda _hurdle, _value, _by: ""
    refusal: Callable[[Hurdle, Any, Any], str] = lambda _hurdle, _value, _by: ""
    columns: Callable[[Any], dict[str, Any]] = lambda _value: {}
    write: Callable[[Sequence[Hurdle], Any, str, Any], None] = _nothing
    permission: str = "hurdles.edit_hurdle"
    reads: tuple[str, ...] = ()
    reads_too: tuple[str, ...] = ()


def _theme_names(hurdle: Hurdle) -> list[str]:
    return [theme.name for theme in hurdle.themes.all()]


def _add_theme(hurdles: Sequence[Hurdle], theme: Any, _reason: str, _by: Any) -> None:
    HurdleTheme.objects.bulk_create([HurdleTheme(hurdle=hurdle, theme=theme) for hurdle in hurdles])


def _remove_theme(hurdles: Sequence[Hurdle], theme: Any, _reason: str, _by: Any) -> None:
    HurdleTheme.objects.filter(hurdle__in=hurdles, theme=theme).delete()


def _day(value: date | None) -> str:
    return wareki.format_date(value) if value else ""


def _is_promised(hurdle: Hurdle, value: date) -> bool:
    """The date is that one, or somebody has asked for that one and the secretariat has not answered yet."""
    waiting = [move.new_date for move in hurdle.target_moves.all() if move.state == MoveState.WAITING]
    return hurdle.target_date == value or value in waiting


def _waits(hurdle: Hurdle, value: date, by: Any) -> str:
    return _("Waits for the secretariat") if waits_for_secretariat(hurdle, value, by) else ""


def _move_targets(hurdles: Sequence[Hurdle], value: date, reason: str, by: Any) -> None:
    write_targets(hurdles=hurdles, new_date=value, reason=reason, event=CHANGED_TOGETHER, by=by)


def _question_words(hurdle: Hurdle) -> str:
    question = question_of(hurdle)
    if question is None:
        return str(hurdle.owning_unit or "")
    if question.answer:
        return f"{question.unit}　{question.get_answer_display()}"
    return _asked_words(hurdle, question.due_on)


def _asked_words(hurdle: Hurdle, due_on: date) -> str:
    return _("%(unit)s, to answer by %(due)s") % {"unit": hurdle.owning_unit, "due": _day(due_on)}


def _ask(hurdles: Sequence[Hurdle], due_on: date, _reason: str, by: Any) -> None:
    ask_owners(hurdles=hurdles, due_on=due_on, event=CHANGED_TOGETHER, by=by)


def _column(name: str, label: Any) -> BulkVerb:
    """A link that is one column of the hurdle."""
    return BulkVerb(
        name,
        label,
        name,
        words=lambda hurdle: str(getattr(hurdle, name) or ""),
        is_done=lambda hurdle, value: getattr(hurdle, f"{name}_id") == value.pk,
        columns=lambda value: {name: value},
    )


_COLUMNS = (
    _column("owning_unit", gettext_lazy("Change the owning unit")),
    _column("category", gettext_lazy("Change the category")),
    BulkVerb(
        "severity",
        gettext_lazy("Change the severity"),
        "severity",
        words=lambda hurdle: str(hurdle.severity or ""),
        is_done=lambda hurdle, value: hurdle.severity == value,
        columns=lambda value: {"severity": value},
    ),
)
_THEMES = (
    BulkVerb(
        "add_theme",
        gettext_lazy("Add a theme"),
        "theme",
        words=lambda hurdle: "、".join(_theme_names(hurdle)),
        is_done=lambda hurdle, value: value.name in _theme_names(hurdle),
        new_words=lambda hurdle, value: "、".join([*_theme_names(hurdle), value.name]),
        write=_add_theme,
        reads=("themes",),
    ),
    BulkVerb(
        "remove_theme",
        gettext_lazy("Take a theme away"),
        "theme",
        words=lambda hurdle: "、".join(_theme_names(hurdle)),
        is_done=lambda hurdle, value: value.name not in _theme_names(hurdle),
        new_words=lambda hurdle, value: "、".join(name for name in _theme_names(hurdle) if name != value.name),
        write=_remove_theme,
        reads=("themes",),
    ),
)
_WITH_RULES = (
    BulkVerb(
        "target_date",
        gettext_lazy("Change the date"),
        "target_date",
        words=lambda hurdle: _day(hurdle.target_date),
        is_done=_is_promised,
        new_words=lambda _hurdle, value: _day(value),
        note=_waits,
        refusal=target_refusal,
        write=_move_targets,
        permission="hurdles.move_target",
        reads=("target_moves",),
    ),
    BulkVerb(
        "ask_owner_view",
        gettext_lazy("Ask the owning unit"),
        "due_on",
        words=_question_words,
        is_done=lambda _hurdle, _value: False,
        new_words=_asked_words,
        refusal=lambda hurdle, value, _by: ask_refusal(hurdle, value),
        write=_ask,
        permission="hurdles.ask_owner_view",
        reads=("owner_views__unit",),
        reads_too=("reporting_unit",),
    ),
)
VERBS: Mapping[str, BulkVerb] = {verb.name: verb for verb in (*_COLUMNS, *_THEMES, *_WITH_RULES)}
