"""The figures of the registry. Each number shown anywhere comes from here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.hurdles import selectors
from apps.hurdles.choices import CLOSED, HurdleStatus, Severity


def hurdles_url(**filters: str) -> str:
    """The list of hurdles with these filters."""
    return f"{reverse('hurdles:hurdle-list')}?{urlencode(filters)}" if filters else reverse("hurdles:hurdle-list")


def open_url(_standpoint: Standpoint) -> str:
    return hurdles_url(status="open")


def reported_url(**filters: str) -> str:
    """The list of all hurdles but drafts, narrowed further."""
    return hurdles_url(status="reported", **filters)


def by_status(standpoint: Standpoint) -> list[dict[str, Any]]:
    counts = selectors.count_by_status(standpoint.user)
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


def by_category(standpoint: Standpoint) -> list[dict[str, Any]]:
    rows = selectors.open_by_category(standpoint.user)
    return [_row(row["category__name"], "category", row["category__code"], row["count"]) for row in rows]


def by_department(standpoint: Standpoint) -> list[dict[str, Any]]:
    rows = selectors.open_by_department(standpoint.user)
    name, code = "owning_unit__parent__name", "owning_unit__parent__code"
    return [_row(row[name], "department", row[code], row["count"]) for row in rows]


def _row(label: str | None, name: str, code: str | None, count: int) -> dict[str, Any]:
    url = hurdles_url(status="open", **{name: code or "null"})
    return {"label": label or _("Not decided"), "value": count, "url": url}


def _declare(
    name: str,
    label: Any,
    unit: Any,
    definition: Any,
    count: Callable[[Standpoint], Any],
    records: Callable[[Standpoint], Any],
    link: Callable[[Standpoint], str] = open_url,
) -> Figure:
    return figures.add(Figure(f"hurdles.{name}", label, unit, definition, count, link, records))


def _declare_number(
    name: str,
    label: Any,
    unit: Any,
    definition: Any,
    records: Callable[[Standpoint], Any],
    link: Callable[[Standpoint], str],
) -> Figure:
    """A figure that is the number of its records."""
    return _declare(name, label, unit, definition, lambda standpoint: records(standpoint).count(), records, link)


def _open(standpoint: Standpoint) -> Any:
    return selectors.open_hurdles(standpoint.user)


def _submitted(standpoint: Standpoint) -> Any:
    return selectors.submitted_hurdles(standpoint.user)


def _severe(standpoint: Standpoint) -> Any:
    return _submitted(standpoint).filter(severity=Severity.SEVERE)


def _endorsed(standpoint: Standpoint) -> Any:
    return selectors.with_endorsements(_submitted(standpoint))


ALL = _declare_number(
    "all",
    _("Hurdles"),
    _("hurdles"),
    _("All submitted hurdles, closed ones included."),
    _submitted,
    lambda _standpoint: reported_url(),
)
OPEN = _declare_number(
    "open",
    _("Open hurdles"),
    _("hurdles"),
    _("Submitted hurdles that are neither resolved, deferred nor merged."),
    _open,
    open_url,
)
SEVERE = _declare_number(
    "severe",
    _("Severe hurdles"),
    _("hurdles"),
    _("Submitted hurdles of severity 5, closed ones included."),
    _severe,
    lambda _standpoint: reported_url(severity_min=str(Severity.SEVERE.value)),
)
HOURS = _declare(
    "hours_lost",
    _("Hours lost"),
    _("hours a year"),
    _("The hours a year that the open hurdles cost, as their sections state them."),
    lambda standpoint: selectors.hours_lost(standpoint.user),
    _open,
)
BY_STATUS = _declare(
    "by_status", _("Hurdles by state"), _("hurdles"), _("All submitted hurdles by their state."), by_status, _submitted
)
BY_CATEGORY = _declare(
    "by_category", _("Open hurdles by category"), _("hurdles"), _("Open hurdles by category."), by_category, _open
)
BY_DEPARTMENT = _declare(
    "by_department",
    _("Open hurdles by department"),
    _("hurdles"),
    _("Open hurdles by the department of the owning unit."),
    by_department,
    _open,
)
COMMON = _declare_number(
    "common",
    _("Common hurdles"),
    _("hurdles"),
    _("What many hurdles share, bundled by the promotion team."),
    lambda standpoint: selectors.common_hurdles(standpoint.user),
    lambda _standpoint: reverse("hurdles:common-hurdle-list"),
)
SOLVED = _declare_number(
    "solved",
    _("Solved cases"),
    _("cases"),
    _("Hurdles that were solved, with what was done and its effect."),
    lambda standpoint: selectors.solved_cases(standpoint.user),
    lambda _standpoint: reverse("hurdles:solved-case-list"),
)
ENDORSEMENTS = _declare(
    "endorsements",
    _("Ours too"),
    _("sections in all"),
    _("How often another section has said that it meets a submitted hurdle, too; the list shows these hurdles."),
    lambda standpoint: selectors.endorsements_seen(standpoint.user).count(),
    _endorsed,
    lambda _standpoint: reported_url(endorsed="yes"),
)
UNANSWERED = _declare_number(
    "unanswered_views",
    _("Views without an answer"),
    _("hurdles"),
    _("Submitted hurdles whose owning unit was asked for its view and has let the date pass without an answer."),
    lambda standpoint: selectors.unanswered_views(standpoint.user),
    lambda _standpoint: reported_url(owner_view=selectors.UNANSWERED),
)
HOURS_SAVED = _declare(
    "hours_saved",
    _("Hours saved"),
    _("hours a year"),
    _("The hours a year that the solved cases save, in their own sections and in those that do it too."),
    lambda standpoint: selectors.hours_saved(standpoint.user),
    lambda standpoint: selectors.solved_cases(standpoint.user),
    lambda _standpoint: reverse("hurdles:solved-case-list"),
)
ADOPTIONS = _declare(
    "adoptions",
    _("We do it too"),
    _("sections in all"),
    _("How often another section does what a solved case tells; the list shows these cases."),
    lambda standpoint: selectors.adoptions_seen(standpoint.user).count(),
    lambda standpoint: selectors.adopted_elsewhere(selectors.solved_cases(standpoint.user)),
    lambda _standpoint: f"{reverse('hurdles:solved-case-list')}?{urlencode({'adopted': 'yes'})}",
)
LOOSE = _declare_number(
    "loose",
    _("Open hurdles in no common hurdle"),
    _("hurdles"),
    _("Open hurdles that no common hurdle bundles yet."),
    lambda standpoint: selectors.conditions.bundled_hurdles(_open(standpoint), bundled=False),
    lambda _standpoint: hurdles_url(status="open", bundled="no"),
)
