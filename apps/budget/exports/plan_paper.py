"""The introduction plan 導入計画書 in its parts: as the page shows them, and as a document for A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.models import IntroductionPlan
from apps.budget.selectors.plan_parts import is_renewal, label_of, parts_shown
from apps.core import clock, money, wareki
from apps.core.documents import Block, Chapter, DataTable, Document, TableColumn, Text
from apps.organization.selectors import city


@dataclass(frozen=True)
class Filled:
    """One part with what stands in it; a field that is empty says nothing."""

    key: str
    title: str
    rows: list[tuple[str, str]]

    @property
    def is_one(self) -> bool:
        """One field under the heading that says the same: its label is not said again."""
        return len(self.rows) == 1


def filled_parts(plan: IntroductionPlan) -> list[Filled]:
    """Every part of the plan with its fields in words."""
    return [
        Filled(part.key, str(part.title), [(label_of(name), _said(plan, name)) for name in part.fields])
        for part in parts_shown(plan)
    ]


def _said(plan: IntroductionPlan, name: str) -> str:
    """A field as a reader sees it; the unit of an amount stands in its label."""
    value = getattr(plan, name)
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return wareki.format_date(value)
    return money.number(value) if isinstance(value, int) else str(value).strip()


def plan_document(plan: Any, hurdles: Sequence[Any], classification: str) -> Document:
    """The whole paper with the review; `hurdles` are those that the reader may see."""
    present, today = city(), clock.today()
    titles_and_blocks = [(_("Outline"), (_outline(plan),)), *map(_part, filled_parts(plan))]
    titles_and_blocks.append((_("Hurdles that it clears"), (_hurdles(plan, hurdles),)))
    titles_and_blocks.append((_("Preliminary review"), _review(plan)))
    chapters = [Chapter(number, title, blocks) for number, (title, blocks) in enumerate(titles_and_blocks, start=1)]
    return Document(
        title=_heading(plan),
        city=present.name if present else "",
        subtitle=f"{plan.fiscal_year}　{plan.unit}",
        label_of_draft=plan.get_status_display(),
        as_of=today,
        moment=clock.now(),
        fiscal_year=int(plan.fiscal_year),
        classification=classification,
        chapters=tuple(chapters),
    )


def _outline(plan: Any) -> DataTable:
    day = wareki.format_date(plan.submitted_on) if plan.submitted_on else "－"
    rows = [
        (label_of("title"), plan.title),
        (label_of("unit"), str(plan.unit)),
        (label_of("fiscal_year"), str(plan.fiscal_year)),
        (label_of("kind"), plan.get_kind_display()),
        (label_of("status"), plan.get_status_display()),
        (label_of("submitted_on"), day),
        (label_of("proposal"), plan.open_proposal.name if plan.open_proposal else "－"),
    ]
    if plan.priority_case:
        rows.append((_("Priority case"), plan.priority_reason or "○"))
    return _facts(_("Outline of the plan"), rows)


def _heading(plan: Any) -> str:
    """What the paper is and what it is about; a title that says the first itself does not say it twice."""
    says_it = _("Introduction plan") in plan.title
    return plan.title if says_it else _("Introduction plan: %(title)s") % {"title": plan.title}


def _facts(title: str, rows: Sequence[tuple[str, str]]) -> DataTable:
    columns = (TableColumn(_("Item")), TableColumn(_("Content")))
    return DataTable(title, columns, tuple((label, text or "－") for label, text in rows))


def _part(part: Filled) -> tuple[str, tuple[Block, ...]]:
    if part.is_one:
        return part.title, (Text(part.rows[0][1] or _("Nothing is written down."), "generated"),)
    return part.title, (_facts(part.title, part.rows),)


def _hurdles(plan: Any, hurdles: Sequence[Any]) -> Block:
    if not hurdles:
        none = _("None is needed: it is a renewal or a continuation.") if is_renewal(plan) else _("None is named.")
        return Text(none, "generated")
    columns = (TableColumn(_("Number"), "code"), TableColumn(_("Title")), TableColumn(_("State")))
    rows = tuple((each.number or "", each.title, each.get_status_display()) for each in hurdles)
    return DataTable(_("Hurdles that it clears"), columns, rows)


def _review(plan: Any) -> tuple[Block, ...]:
    """The result with its words, then the points with their reasons; that they decide nothing is said."""
    result = plan.get_result_display() or _("Not yet reviewed")
    day = wareki.format_date(plan.reviewed_on) if plan.reviewed_on else "－"
    rows = [(_("Result"), result), (label_of("reviewed_on"), day), (label_of("review_words"), plan.review_words)]
    points = list(plan.points.all())
    if not points:
        return (_facts(_("Result of the preliminary review"), rows),)
    return (_facts(_("Result of the preliminary review"), rows), _points(plan, points))


def _points(plan: Any, points: Sequence[Any]) -> DataTable:
    columns = (
        TableColumn(_("Criterion")),
        TableColumn(_("Points"), "number"),
        TableColumn(_("Most points"), "number"),
        TableColumn(_("Reason")),
    )
    given = tuple(
        (each.criterion.name, str(each.points), str(each.criterion.max_points), each.reason or "－") for each in points
    )
    return DataTable(
        title=_("Points of the preliminary review"),
        columns=columns,
        rows=given,
        total=(_("Total"), str(plan.points_sum), str(plan.points_max), ""),
        note=_("Points help and decide nothing."),
    )
