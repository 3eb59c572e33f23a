"""hurdles.yaml: hurdles as they stood on the day, numbered in the order of the file."""

import uuid
from typing import Any

from apps.city.services.documents import Row
from apps.city.services.session import LOADED, MACHINE, LoadSession
from apps.core.fiscal import FiscalYear
from apps.core.history import act
from apps.core.models.number import next_number
from apps.hurdles.choices import HurdleStatus, Scope
from apps.hurdles.models import (
    AffectedUnit,
    Category,
    Hurdle,
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


class _Lists:
    """The rows that hurdles refer to, read once."""

    def __init__(self, session: LoadSession) -> None:
        self.units = session.keys_of(Unit)
        self.hurdles = session.keys_of(Hurdle)
        self.categories = {each.code: each for each in Category.objects.all()}
        self.themes = {each.name: each for each in Theme.objects.all()}
        self.levels = {each.code: each for each in LegalLevel.objects.all()}


def load_hurdles(session: LoadSession) -> None:
    """Adds the hurdles that had been reported by the day, with their bases, units, themes and tasks."""
    document, lists = session.document("hurdles.yaml"), _Lists(session)
    needs: dict[str, list[str]] = {}
    added = session.new_hurdles
    for row in document.rows("hurdles"):
        key = row.text("id", required=True)
        hurdle, parts = _hurdle(row, lists), _parts(row, lists)
        needs[key] = row.row("links").list("depends_on")
        row.finish()
        session.problems.stop_if_any()
        reported = hurdle.reported_on
        if key in lists.hurdles or (reported and reported > session.as_of):
            continue
        with session.naming(row, hurdle), act(LOADED, by=MACHINE):
            lists.hurdles[key] = _save(hurdle, parts)
        session.count(Hurdle)
        added.add(key)
    document.finish()
    _link_needs(lists, {key: needs[key] for key in added})
    _link_workload(session, lists, added)


def _hurdle(row: Row, lists: _Lists) -> Hurdle:
    key = row.text("id", required=True)
    return Hurdle(
        source_key=key,
        uid=uuid.uuid5(uuid.NAMESPACE_URL, f"hurdle:{key}"),
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
        hours_lost=row.integer("estimated_hours_per_year"),
        reported_on=row.day("reported_on", required=True),
        scope=row.one_of("scope", {scope.value: scope for scope in Scope}),
        affects_all_units=EVERY_UNIT in row.list("affected_sections"),
    )


def _parts(row: Row, lists: _Lists) -> dict[str, list[Any]]:
    codes = [code for code in row.list("affected_sections") if code != EVERY_UNIT]
    return {
        "bases": [_basis(each, lists, order) for order, each in enumerate(row.rows("legal_basis"), start=1)],
        "units": [AffectedUnit(unit=lists.units[code]) for code in dict.fromkeys(codes)],
        "themes": [HurdleTheme(theme=lists.themes[name]) for name in dict.fromkeys(row.list("themes"))],
    }


def _basis(row: Row, lists: _Lists, order: int) -> LegalBasis:
    basis = LegalBasis(
        level=lists.levels.get(row.text("level", required=True)),
        name=row.text("name", required=True),
        article=row.text("article"),
        authority=row.text("authority"),
        verified=bool(row.get("verified")),
        order=order,
    )
    row.finish()
    return basis


def _save(hurdle: Hurdle, parts: dict[str, list[Any]]) -> Hurdle:
    if hurdle.status != HurdleStatus.DRAFT and hurdle.reported_on:
        hurdle.number = next_number("H", FiscalYear.of(hurdle.reported_on))
    hurdle.save()
    for rows in parts.values():
        for part in rows:
            part.hurdle = hurdle
            part.save()
    return hurdle


def _link_needs(lists: _Lists, needs: dict[str, list[str]]) -> None:
    for key, others in needs.items():
        lists.hurdles[key].depends_on.add(*(lists.hurdles[each] for each in others if each in lists.hurdles))


def _link_workload(session: LoadSession, lists: _Lists, added: set[str]) -> None:
    entries = session.keys_of(WorkloadEntry)
    for row in session.document("workload.yaml").rows("entries"):
        for key in row.list("hurdles"):
            if key in added:
                with act(LOADED, by=MACHINE):
                    HurdleWorkload.objects.create(hurdle=lists.hurdles[key], entry=entries[row.text("id")])
