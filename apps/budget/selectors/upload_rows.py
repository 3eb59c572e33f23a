"""The rows of an upload for the finance system: a year's request by 事業コード × 節.

The finance system knows a line by the code of the project that holds it. So a line inside the project of another
section (うちDX分) is uploaded there, and what several proposals ask for under one code and 節 is one row. A 節 that the
appraisal alone has, from a file of the finance system, has a row where the upload tells the appraisal.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from apps.budget.choices import StageKind
from apps.budget.models import Proposal, RequestLine
from apps.budget.selectors.appraisal import sees_appraisal
from apps.budget.selectors.requests import request_of
from apps.budget.selectors.stage_amounts import Appraised, appraised_amounts
from apps.budget.selectors.upload_columns import SOURCES, UploadProject, UploadRow, UploadSource
from apps.core.fiscal import FiscalYear

Place = tuple[int, str, str]


@dataclass
class _Project:
    """What is uploaded under one code: its lines by 節, what was appraised beyond them, and where the money is from."""

    project: UploadProject
    lines: dict[Place, list[RequestLine]] = field(default_factory=lambda: defaultdict(list))
    beyond: Counter[Place] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)


def upload_source(fiscal_year: FiscalYear, user: Any, *, by_subitem: bool, appraised: bool = False) -> UploadSource:
    """What `user` may upload of a year, with the amounts `appraised` where that is asked for and they see them.

    Withdrawn proposals are left out; so are, and named, those without a code.
    """
    proposals = request_of(fiscal_year, user).exclude(stage__kind=StageKind.DROPPED)
    given = Appraised({}, {})
    if appraised and sees_appraisal(user, fiscal_year):
        given = appraised_amounts(Proposal.objects.filter(pk__in=proposals.order_by().values("pk")))
    source = UploadSource(fiscal_year, [], [], [])
    found: dict[str, _Project] = {}
    asked = list(proposals)
    for proposal in asked:
        if proposal.project_code:
            found[proposal.project_code] = _Project(_own_project(proposal))
    for proposal in asked:
        _sort_in(proposal, found, source, by_subitem=by_subitem)
        _add_beyond(proposal, found, given)
    source.rows = [row for each in found.values() for row in _rows_of(each, given.by_line)]
    return source


def _sort_in(proposal: Any, found: dict[str, _Project], source: UploadSource, *, by_subitem: bool) -> None:
    """Puts every line of a proposal under the code at which the finance system knows it, its sources at the first."""
    lines = list(proposal.request_lines.all())
    if not proposal.project_code and (not lines or any(not line.host_code for line in lines)):
        source.without_code.append(proposal)
        return
    for line in lines:
        code = line.host_code or proposal.project_code
        there = found.setdefault(code, _Project(_host_project(proposal, line)))
        item = line.expense_item
        there.lines[item.item_number, item.name, line.subitem if by_subitem else ""].append(line)
    source.hosted += [line for line in lines if line.host_code]
    if lines:
        first = next((line for line in lines if not line.host_code), lines[0])
        money = {name: getattr(proposal, name) for name in SOURCES}
        found[first.host_code or proposal.project_code].sources.update(money)


def _add_beyond(proposal: Any, found: dict[str, _Project], given: Appraised) -> None:
    """The 節 that the appraisal alone has: those of a file, which stand in the own project."""
    own = found.get(proposal.project_code) if proposal.project_code else None
    for item, amount_k in given.beyond.get(proposal.pk, {}).items():
        if own and not item.host_code:
            own.beyond[item.number, item.name, ""] += amount_k


def _own_project(proposal: Any) -> UploadProject:
    return UploadProject(
        proposal.fiscal_year,
        proposal.project_code,
        proposal.name,
        proposal.budget_item,
        proposal.requesting_unit,
        proposal.number or "",
        proposal.get_kind_display(),
    )


def _host_project(proposal: Any, line: RequestLine) -> UploadProject:
    """The project of another section, as the line knows it."""
    return UploadProject(proposal.fiscal_year, line.host_code, line.host_name, line.host_item, line.host_unit)


def _rows_of(own: _Project, given: dict[int, int]) -> list[UploadRow]:
    places = sorted({*own.lines, *own.beyond})
    return [_row(own, place, given, is_first=position == 0) for position, place in enumerate(places)]


def _row(own: _Project, place: Place, given: dict[int, int], *, is_first: bool) -> UploadRow:
    lines = own.lines.get(place, [])
    return UploadRow(
        own.project,
        *place,
        request_k=sum(line.request_k for line in lines),
        previous_k=sum(line.previous_initial_k for line in lines),
        settled_k=sum(line.settled_k or 0 for line in lines),
        current_k=sum(line.current_k or 0 for line in lines),
        assessed_k=own.beyond[place] + sum(given.get(line.pk, line.request_k) for line in lines),
        sources=own.sources if is_first else {},
    )
