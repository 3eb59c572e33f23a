"""hurdles.yaml: hurdles as they stood on the day, numbered in the order of the file."""

from datetime import date
from typing import Any

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import HurdleStatus, Scope
from apps.hurdles.models import (
    AffectedUnit,
    Category,
    Hurdle,
    HurdleDependency,
    HurdleTheme,
    HurdleWorkload,
    LegalBasis,
    LegalLevel,
    Theme,
)
from apps.organization.models import Unit, WorkloadEntry

EVERY_UNIT = "ALL"
STATES = {
    "下書き": HurdleStatus.DRAFT,
    "受付": HurdleStatus.SUBMITTED,
    "整理中": HurdleStatus.ORGANIZING,
    "方針案作成": HurdleStatus.DRAFTING_POLICY,
    "本部会議付議": HurdleStatus.AT_HEADQUARTERS,
    "方針決定": HurdleStatus.POLICY_SET,
    "対応中": HurdleStatus.IN_PROGRESS,
    "一部解消": HurdleStatus.PARTLY_RESOLVED,
    "解消": HurdleStatus.RESOLVED,
    "国へ要望中": HurdleStatus.PETITIONED,
    "見送り": HurdleStatus.DEFERRED,
    "統合": HurdleStatus.MERGED,
    "差戻し": HurdleStatus.RETURNED,
}
# Of these the upper rooms make links, from this side or from theirs.
NAMED_ABOVE = ("roadmap", "budget", "policy_request", "training", "directive")


class _Lists:
    """The rows that hurdles refer to, read once."""

    def __init__(self, session: LoadSession) -> None:
        self.units = session.keys_of(Unit)
        self.categories = {each.code: each for each in Category.objects.all()}
        self.themes = {each.name: each for each in Theme.objects.all()}
        self.levels = {each.code: each for each in LegalLevel.objects.all()}


def load_hurdles(session: LoadSession) -> None:
    """Adds the hurdles that had been reported by the day, with their bases, units, themes and tasks."""
    document, lists, discussed = session.document("hurdles.yaml"), _Lists(session), _discussed(session)
    tasks = session.mentions("workload.yaml", "entries", "hurdles")
    needs: list[tuple[Row, Hurdle, list[Any]]] = []
    for row in document.rows("hurdles"):
        hurdle, parts, needed = _hurdle(row, lists), _parts(row, lists), _needed(row)
        hurdle.status_since = discussed.get(hurdle.source_key or "")
        with session.entry():
            taken = session.take(row, hurdle, since=hurdle.reported_on, number=_series(hurdle), parts=parts)
            if taken:
                needs.append((row, taken, needed))
                for entry in session.those(WorkloadEntry, tasks.get(taken.source_key, [])):
                    session.link(row, HurdleWorkload, hurdle=taken, entry=entry)
    document.finish()
    for row, taken, keys in needs:
        for other in session.those(Hurdle, keys):
            session.link(row, HurdleDependency, hurdle=taken, needs=other)


def _discussed(session: LoadSession) -> dict[str, date]:
    """By hurdle the last meeting until the day that had it on its agenda: the files know no other day of its course."""
    last: dict[str, date] = {}
    for meeting in session.document("meetings.yaml").rows("meetings"):
        held_on = meeting.first_day("date")
        keys = [key for item in meeting.rows("agenda") for key in item.list("hurdles")]
        if session.knows(held_on):
            last.update({key: max(held_on, last.get(key, held_on)) for key in keys})
    return last


def _hurdle(row: Row, lists: _Lists) -> Hurdle:
    return Hurdle(
        **source("hurdle", row.text("id", required=True)),
        title=row.text("title", required=True),
        obstacle=row.text("description", required=True),
        category=lists.categories.get(row.text("category")),
        owning_unit=lists.units.get(row.text("lead_section")),
        reporting_unit=lists.units.get(row.text("reported_by_section", required=True)),
        desired_state=row.text("goal"),
        countermeasure=row.text("countermeasure"),
        severity=row.integer("severity"),
        reach=row.text("reach"),
        status=row.one_of("status", STATES),
        target_date=row.day("target_date"),
        first_target_date=row.day("target_date"),
        hours_lost=row.integer("estimated_hours_per_year"),
        reported_on=row.first_day("reported_on"),
        scope=row.one_of("scope", {scope.value: scope for scope in Scope}),
        affects_all_units=EVERY_UNIT in row.list("affected_sections"),
    )


def _parts(row: Row, lists: _Lists) -> list[Part]:
    codes = [code for code in row.list("affected_sections") if code != EVERY_UNIT]
    return [
        *((_basis(each, lists, order), each) for order, each in enumerate(row.rows("legal_basis"), start=1)),
        *((AffectedUnit(unit=lists.units[code]), row) for code in dict.fromkeys(codes)),
        *((HurdleTheme(theme=lists.themes[name]), row) for name in dict.fromkeys(row.list("themes"))),
    ]


def _needed(row: Row) -> list[Any]:
    """The hurdles that this one needs first."""
    links = row.row("links", required=False)
    for name in NAMED_ABOVE:
        links.list(name)
    needed = links.list("depends_on")
    links.finish()
    return needed


def _series(hurdle: Hurdle) -> tuple[str, FiscalYear] | None:
    """A draft has no number."""
    day = hurdle.reported_on if hurdle.status != HurdleStatus.DRAFT else None
    return ("H", FiscalYear.of(day)) if day else None


def _basis(row: Row, lists: _Lists, order: int) -> LegalBasis:
    basis = LegalBasis(
        level=lists.levels.get(row.text("level", required=True)),
        name=row.text("name", required=True),
        article=row.text("article"),
        authority=row.text("authority"),
        verified=row.flag("verified"),
        order=order,
    )
    row.finish()
    return basis
