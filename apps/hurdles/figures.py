"""The figures of the registry. Each number shown anywhere comes from here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, figures
from apps.hurdles import selectors
from apps.hurdles.choices import CLOSED, HurdleStatus


def hurdles_url(**filters: str) -> str:
    """The list of hurdles with these filters."""
    return f"{reverse('hurdles:hurdle-list')}?{urlencode(filters)}" if filters else reverse("hurdles:hurdle-list")


def open_url() -> str:
    return hurdles_url(status="open")


def by_status(user: Any) -> list[dict[str, Any]]:
    counts = selectors.count_by_status(user)
    return [
        {
            "label": status.label,
            "value": counts[status],
            "url": hurdles_url(status=status.value),
            "tone": "green" if status in CLOSED else "key",
        }
        for status in sorted(HurdleStatus, key=lambda each: each in CLOSED)
        if counts.get(status)
    ]


def by_category(user: Any) -> list[dict[str, Any]]:
    rows = selectors.open_by_category(user)
    return [_row(row["category__name"], "category", row["category__code"], row["count"]) for row in rows]


def by_department(user: Any) -> list[dict[str, Any]]:
    rows = selectors.open_by_department(user)
    name, code = "owning_unit__parent__name", "owning_unit__parent__code"
    return [_row(row[name], "department", row[code], row["count"]) for row in rows]


def _row(label: str | None, name: str, code: str | None, count: int) -> dict[str, Any]:
    url = hurdles_url(status="open", **{name: code or "null"})
    return {"label": label or _("Not decided"), "value": count, "url": url}


def _declare(name: str, label: Any, unit: Any, definition: Any, count: Callable[[Any], Any]) -> Figure:
    return figures.add(Figure(f"hurdles.{name}", label, unit, definition, count, open_url))


OPEN = _declare(
    "open",
    _("Open hurdles"),
    _("hurdles"),
    _("Submitted hurdles that are neither resolved, deferred nor merged."),
    lambda user: selectors.open_hurdles(user).count(),
)
HOURS = _declare(
    "hours_lost",
    _("Hours lost"),
    _("hours a year"),
    _("The hours a year that the open hurdles cost, as their sections state them."),
    selectors.hours_lost,
)
BY_STATUS = _declare(
    "by_status", _("Hurdles by state"), _("hurdles"), _("All submitted hurdles by their state."), by_status
)
BY_CATEGORY = _declare(
    "by_category", _("Open hurdles by category"), _("hurdles"), _("Open hurdles by category."), by_category
)
BY_DEPARTMENT = _declare(
    "by_department",
    _("Open hurdles by department"),
    _("hurdles"),
    _("Open hurdles by the department of the owning unit."),
    by_department,
)
