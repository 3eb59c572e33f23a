"""budget_proposals.yaml: proposals as they stood on the day, with what they serve."""

from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from apps.budget.choices import PreReviewResult, ProposalKind, StageKind
from apps.budget.models import (
    Account,
    BudgetItem,
    BudgetStage,
    BudgetYear,
    GrantProgramme,
    Proposal,
    ProposalCourse,
    ProposalHurdle,
    ProposalInitiative,
    ProposalTrainingPlan,
)
from apps.budget.selectors.revenue import RevenueItems
from apps.budget.services import Overfunded, ProposalDraft, create_proposal
from apps.city.services.budget_lines import (
    GENERAL,
    SOURCES,
    ExpenseItems,
    check_document_totals,
    check_totals,
    place_revenue,
    read_burden,
    read_funding,
    read_future_cost,
    read_item,
    ride_on,
)
from apps.city.services.rows import Row
from apps.city.services.session import MACHINE, LoadSession, source
from apps.city.services.stages import Reached, read_stages, write_stages
from apps.core.fiscal import FiscalYear
from apps.core.models.number import next_number
from apps.hurdles.models import Hurdle
from apps.organization.models import CalendarEvent, Unit
from apps.organization.selectors import rules_of
from apps.roadmap.models import Initiative
from apps.training.models import Course, TrainingPlan

PREFIX = "B"
KINDS = {
    "新規": ProposalKind.NEW,
    "拡充": ProposalKind.EXPANDED,
    "継続": ProposalKind.CONTINUED,
    "縮小": ProposalKind.REDUCED,
    "廃止": ProposalKind.ENDED,
}
REVIEWS = {
    "適": PreReviewResult.FIT,
    "条件付適": PreReviewResult.CONDITIONAL,
    "差戻し": PreReviewResult.RETURNED,
    "対象外": PreReviewResult.NOT_APPLICABLE,
}


class Served(NamedTuple):
    """A kind of record that proposals serve: where they say so, who says so from the other side, and the link."""

    field: str
    place: tuple[str, str, str]
    model: Any
    through: Any
    end: str


SERVED = (
    Served("hurdles", ("hurdles.yaml", "hurdles", "links.budget"), Hurdle, ProposalHurdle, "hurdle"),
    Served("roadmap", ("roadmap.yaml", "items", "budgets"), Initiative, ProposalInitiative, "initiative"),
    Served("", ("training.yaml", "programs", "budgets"), Course, ProposalCourse, "course"),
    Served("", ("training.yaml", "plans", "budget"), TrainingPlan, ProposalTrainingPlan, "plan"),
)


class _Lists:
    """The rows that proposals refer to, read once, and who names which proposal from the other side."""

    def __init__(self, session: LoadSession) -> None:
        self.stages = {each.name: each for each in BudgetStage.objects.order_by("order")}
        self.accounts = {each.code: each for each in Account.objects.all()}
        self.named_by = [session.mentions(*each.place) for each in SERVED]
        self.expense_items = cache(ExpenseItems.of)
        self.revenue_items = cache(RevenueItems.of)


def load_budget(session: LoadSession) -> None:
    """Proposals as they stood on the day: later stages and what was appraised in them are left out."""
    document, lists = session.document("budget_proposals.yaml"), _Lists(session)
    for name in ("unit", "rounding", "fy"):
        document.get(name)
    totals = dict.fromkeys([*SOURCES, GENERAL, "request", "previous_initial_budget", "diff"], 0)
    for row in document.rows("proposals"):
        draft = _draft(session, row, lists)
        check_totals(row, draft, totals)
        ride_on(draft.values["grant"], draft, rules_of(draft.values["fiscal_year"]))
        place_revenue(draft, lists.revenue_items(draft.values["fiscal_year"]))
        reached = read_stages(session, row, lists.stages, lists.expense_items(draft.values["fiscal_year"]))
        supporting, served = row.list("co_sections"), _served(session, row, lists)
        row.finish()
        session.problems.stop_if_any()
        with session.entry():
            proposal = session.keys_of(Proposal).get(row.text("id")) or _create(session, row, lists, draft, reached)
            for unit in session.those(Unit, supporting):
                session.link(row, Proposal.supporting_units.through, proposal=proposal, unit=unit)
            for through, end, record in served:
                session.link(row, through, **{"proposal": proposal, end: record})
    check_document_totals(document, totals)
    document.finish()
    _tell_results(session)


def _served(session: LoadSession, row: Row, lists: _Lists) -> list[tuple[Any, str, Any]]:
    """What a proposal serves, by what it says itself and by what the other files say."""
    key, found = row.text("id"), []
    for kind, named_by in zip(SERVED, lists.named_by, strict=True):
        own = row.list(kind.field) if kind.field else []
        records = session.those(kind.model, [*own, *named_by.get(key, [])])
        found += [(kind.through, kind.end, record) for record in records]
    return found


def _create(session: LoadSession, row: Row, lists: _Lists, draft: ProposalDraft, reached: list[Reached]) -> Proposal:
    known = [each for each in reached if session.knows(each.entry.date)]
    draft.values["stage"] = known[-1].entry.stage if known else _first_stage(row, lists, reached)
    handed_in = next((each.entry.date for each in known if each.entry.stage.kind == StageKind.REQUEST), None)
    if handed_in:
        draft.values["number"] = next_number(PREFIX, FiscalYear.of(handed_in))
    try:
        with session.naming(row):
            proposal = create_proposal(draft=draft, by=MACHINE)
    except Overfunded as error:
        row.fault("funding_detail", error)
        session.problems.stop_if_any()
        raise
    session.came(proposal)
    write_stages(session, proposal, known)
    return proposal


def _first_stage(row: Row, lists: _Lists, reached: list[Reached]) -> BudgetStage | None:
    """Where a proposal stands without an event: as the file says if it has none at all, else where all begin."""
    first = next(iter(lists.stages.values()), None)
    return first if reached else lists.stages.get(row.text("stage"), first)


def _draft(session: LoadSession, row: Row, lists: _Lists) -> ProposalDraft:
    year = row.fiscal_year("fy")
    rules, effect, review = rules_of(year), row.row("effect"), row.row("pre_review")
    values = {
        **source("proposal", row.text("id", required=True)),
        "fiscal_year": year,
        "budget_item": _budget_item(row, lists),
        "project_code": row.text("project_code", required=True),
        "name": row.text("name", required=True),
        "kind": row.one_of("kind", KINDS),
        "requesting_unit": session.keys_of(Unit).get(row.text("lead_section", required=True)),
        "purpose": row.text("purpose"),
        "grant": session.keys_of(GrantProgramme).get(row.text("grant")),
        "if_not_adopted": row.text("contingency_if_not_adopted"),
        "contract_plan": row.text("contract_plan"),
        "hours_saved": effect.integer("staff_hours_saved_per_year") or 0,
        "citizen_effect": effect.text("citizen_effect"),
        "indicator": effect.text("kpi_ref"),
        "payback_years": effect.number("payback_years"),
        "pre_review_on": review.day("submitted"),
        "pre_review_result": review.one_of("result", REVIEWS),
        "pre_review_comment": review.text("comment"),
    }
    effect.finish()
    review.finish()
    return ProposalDraft(
        values=values,
        items=[read_item(each, rules, lists.expense_items(year)) for each in row.rows("lines")],
        fundings=[read_funding(each, rules) for each in row.rows("funding_detail")],
        parts={
            "debt_burdens": [read_burden(each) for each in row.rows("debt_burden")],
            "future_costs": [read_future_cost(each) for each in row.rows("future_running_cost_k")],
        },
    )


def _budget_item(row: Row, lists: _Lists) -> BudgetItem | None:
    account, place = lists.accounts.get(row.text("account", required=True)), row.row("kamoku")
    codes = {name: place.text(name, required=True) for name in ("kan", "kou", "moku")}
    item = BudgetItem.objects.filter(account=account, **codes).first()
    if item is None:
        row.fault("kamoku", _("there is no such budget item in masters.yaml"))
    for name in codes:
        place.get(f"{name}_name")  # stands in masters.yaml
    place.finish()
    return item


def _tell_results(session: LoadSession) -> None:
    """The day on which the result was told 内示, by the calendar: from then on the appraised amounts are open."""
    names = BudgetStage.objects.filter(kind=StageKind.NOTICE).values_list("name", flat=True)
    document = session.document("budget_proposals.yaml")
    for day in CalendarEvent.objects.filter(title__in=names, date__lte=session.as_of).order_by("date"):
        year = day.fiscal_year.next
        session.keep(document, BudgetYear, {"fiscal_year": year}, {})
        with session.entry():
            BudgetYear.objects.filter(fiscal_year=year, disclosed_on=None).update(disclosed_on=day.date)
