"""budget_proposals.yaml: every amount of the file is computed again and compared."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import CostKind, PreReviewResult, ProposalKind, Source
from apps.budget.models import (
    Account,
    BudgetItem,
    BudgetStage,
    ExpenseItem,
    GrantProgramme,
    Proposal,
    ProposalHurdle,
    StageEntry,
)
from apps.budget.services import Cost, Item, Overfunded, ProposalDraft, create_proposal
from apps.city.services.documents import Row
from apps.city.services.session import LOADED, MACHINE, LoadSession
from apps.core import money
from apps.core.fiscal import FiscalYear
from apps.core.history import act
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit, User
from apps.organization.selectors import rules_of

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
SOURCES = {"kokko": Source.NATIONAL, "ken": Source.PREFECTURE, "sai": Source.BOND, "sonota": Source.OTHER}
GENERAL = "ippan"
# Read by later apps: amounts under appraisal by their own rules of sight, initiatives with the roadmap. The stage
# follows from the events up to the day.
LATER_FIELDS = ("assessed_lines", "roadmap", "stage")


class _Lists:
    """The rows that proposals refer to, read once."""

    def __init__(self, session: LoadSession) -> None:
        self.units = session.keys_of(Unit)
        self.users = session.keys_of(User)
        self.grants = session.keys_of(GrantProgramme)
        self.hurdles = session.keys_of(Hurdle)
        self.proposals = session.keys_of(Proposal)
        self.stages = {each.name: each for each in BudgetStage.objects.all()}
        self.accounts = {each.code: each for each in Account.objects.all()}


def load_budget(session: LoadSession) -> None:
    """Proposals as they stood on the day: later stages and what was appraised in them are left out."""
    document, lists = session.document("budget_proposals.yaml"), _Lists(session)
    for name in ("unit", "rounding", "fy"):
        document.get(name)
    totals = dict.fromkeys([*SOURCES, GENERAL, "request", "previous_initial_budget", "diff"], 0)
    for row in document.rows("proposals"):
        draft = _draft(row, lists, session)
        _check_totals(row, draft, totals)
        entries = [_stage_entry(each, lists) for each in row.rows("events")]
        for name in (*LATER_FIELDS, "hurdles", "co_sections"):
            row.get(name)
        row.finish()
        session.problems.stop_if_any()
        _write(session, row, lists, draft, [each for each in entries if each.date <= session.as_of])
    _check_document_totals(document, totals)
    document.finish()


def _draft(row: Row, lists: _Lists, session: LoadSession) -> ProposalDraft:
    year = row.fiscal_year("fy")
    mode = rules_of(year).expenditure_rounding
    key, effect, review = row.text("id", required=True), row.row("effect"), row.row("pre_review")
    values = {
        "source_key": key,
        "uid": uuid.uuid5(uuid.NAMESPACE_URL, f"proposal:{key}"),
        "fiscal_year": year,
        "budget_item": _budget_item(row, lists),
        "project_code": row.text("project_code", required=True),
        "name": row.text("name", required=True),
        "kind": row.one_of("kind", KINDS),
        "requesting_unit": lists.units.get(row.text("lead_section", required=True)),
        "purpose": row.text("purpose"),
        "grant": lists.grants.get(row.text("grant")),
        "if_not_adopted": row.text("contingency_if_not_adopted"),
        "contract_plan": row.text("contract_plan"),
        "hours_saved": effect.integer("staff_hours_saved_per_year") or 0,
        "citizen_effect": effect.text("citizen_effect"),
        "indicator": effect.text("kpi_ref"),
        "payback_years": effect.get("payback_years"),
        "pre_review_on": review.day("submitted"),
        "pre_review_result": review.one_of("result", REVIEWS),
        "pre_review_comment": review.text("comment"),
    }
    effect.finish()
    review.finish()
    return ProposalDraft(
        values=values,
        items=[_item(each, year, mode) for each in row.rows("lines")],
        fundings=[_funding(each) for each in row.rows("funding_detail")],
        parts={
            "debt_burdens": [_burden(each) for each in row.rows("debt_burden")],
            "future_costs": [_future_cost(each) for each in row.rows("future_running_cost_k")],
        },
    )


def _budget_item(row: Row, lists: _Lists) -> BudgetItem | None:
    account, place = lists.accounts.get(row.text("account", required=True)), row.row("kamoku")
    codes = {name: place.text(name, required=True) for name in ("kan", "kou", "moku")}
    item = BudgetItem.objects.filter(account=account, **codes).first()
    if item is None:
        row.fault("kamoku", _("there is no such budget item in masters.yaml"))
    for name in codes:
        place.get(f"{name}_name")
    place.finish()
    return item


def _item(row: Row, year: FiscalYear, mode: str) -> Item:
    number, name = row.count("setsu_no"), row.text("setsu_name")
    expense_item = ExpenseItem.objects.of(year).filter(item_number=number, name=name).first()
    if expense_item is None:
        fault = _("%(year)s has no expense item “%(number)s %(name)s”")
        row.fault("setsu_no", fault % {"year": year, "number": number, "name": name})
        expense_item = ExpenseItem(item_number=number, name=name)
    item = Item(
        expense_item=expense_item,
        subitem=row.text("saisetsu"),
        costs=[_cost(each) for each in row.rows("items")],
        previous_initial_k=row.count("previous_initial_budget_k"),
    )
    request_k = item.request_k(mode)
    _compare(row, "amount_yen", item.amount_yen)
    _compare(row, "request_k", request_k)
    _compare(row, "diff_k", request_k - item.previous_initial_k)
    row.finish()
    return item


def _cost(row: Row) -> Cost:
    cost = Cost(
        description=row.text("description", required=True),
        unit_price_yen=row.decimal("unit_price_yen"),
        quantity=row.decimal("quantity"),
        unit=row.text("unit"),
        months=row.count("months"),
        kind=row.one_of("cost_kind", {kind.value: kind.value for kind in CostKind}),
        eligible=bool(row.get("grant_eligible")),
    )
    _compare(row, "amount_yen", cost.amount_yen)
    row.finish()
    return cost


def _funding(row: Row) -> dict[str, Any]:
    funding = {
        "source": row.one_of("source", SOURCES),
        "name": row.text("name", required=True),
        "amount_k": row.count("amount_k"),
        "basis": row.text("basis"),
        "bond_base_k": row.integer("base_k"),
        "bond_percent": row.integer("percent"),
    }
    if funding["bond_base_k"] is not None and funding["bond_percent"] is not None:
        _compare(row, "amount_k", money.bond_k(funding["bond_base_k"], funding["bond_percent"]))
    row.finish()
    return funding


def _burden(row: Row) -> dict[str, Any]:
    row.text("period")  # the same as the two years, in words
    burden: dict[str, Any] = {
        "item": row.text("item", required=True),
        "from_year": row.fiscal_year("from_fy"),
        "to_year": row.fiscal_year("to_fy"),
        "limit_k": row.count("limit_k"),
    }
    if burden["to_year"] < burden["from_year"]:
        row.fault("to_fy", _("“%(key)s” comes before “%(other)s”") % {"key": "to_fy", "other": "from_fy"})
    row.finish()
    return burden


def _future_cost(row: Row) -> dict[str, Any]:
    cost = {"fiscal_year": row.fiscal_year("fy"), "amount_k": row.count("amount_k")}
    row.finish()
    return cost


def _stage_entry(row: Row, lists: _Lists) -> StageEntry:
    entry = StageEntry(
        stage=lists.stages.get(row.text("stage", required=True)),
        date=row.day("date", required=True) or date.min,
        actor=lists.users.get(row.text("actor", required=True)),
        amount_k=row.count("amount_k"),
        comment=row.text("comment"),
    )
    row.finish()
    return entry


def _check_totals(row: Row, draft: ProposalDraft, totals: dict[str, int]) -> None:
    """Compares what a proposal says of itself with what follows from its lines, and adds to the file's sums."""
    request_k = sum(draft.requests_k())
    previous_k = sum(item.previous_initial_k for item in draft.items)
    costs = [cost for item in draft.items for cost in item.costs]
    own = row.row("totals")
    sums = {"request": request_k, "previous_initial_budget": previous_k, "diff": request_k - previous_k}
    for key, value in sums.items():
        _compare(own, f"{key}_k", value)
        totals[key] += value
    _compare(own, "initial_yen", sum(c.amount_yen for c in costs if c.kind == CostKind.INITIAL))
    _compare(own, "running_yen", sum(c.amount_yen for c in costs if c.kind == CostKind.RUNNING))
    _compare(own, "grant_eligible_yen", sum(c.amount_yen for c in costs if c.eligible))
    own.finish()
    funded = row.row("funding_k")
    by_source = {
        code: sum(each["amount_k"] for each in draft.fundings if each["source"] == source)
        for code, source in SOURCES.items()
    }
    by_source[GENERAL] = request_k - sum(by_source.values())
    for code, value in by_source.items():
        _compare(funded, code, value)
        totals[code] += value
    funded.finish()


def _check_document_totals(document: Row, totals: dict[str, int]) -> None:
    if document.get("totals") is None:
        return
    row = document.row("totals")
    for key, value in totals.items():
        _compare(row, f"{key}_k", value)
    row.finish()
    document.problems.stop_if_any()


def _compare(row: Row, key: str, computed: int) -> None:
    stated = row.get(key)
    if stated is not None and stated != computed:
        words = {"key": key, "stated": stated, "computed": computed}
        row.fault(key, _("“%(key)s” is %(stated)s here, but its lines come to %(computed)s") % words)


def _write(session: LoadSession, row: Row, lists: _Lists, draft: ProposalDraft, entries: list[StageEntry]) -> None:
    if present := lists.proposals.get(draft.values["source_key"]):
        _link_hurdles(present, [key for key in row.list("hurdles") if key in session.new_hurdles], lists)
        return
    first = min(lists.stages.values(), key=lambda stage: stage.order)
    draft.values["stage"] = entries[-1].stage if entries else first
    try:
        with session.naming(row), act(LOADED, by=MACHINE):
            proposal = create_proposal(draft=draft, by=MACHINE)
            _write_links(proposal, row, lists, entries)
        _link_hurdles(proposal, row.list("hurdles"), lists)
    except Overfunded as error:
        row.fault("funding_detail", error)
        session.problems.stop_if_any()
    session.count(Proposal)


def _write_links(proposal: Proposal, row: Row, lists: _Lists, entries: list[StageEntry]) -> None:
    proposal.supporting_units.set([lists.units[code] for code in row.list("co_sections")])
    for entry in entries:
        entry.proposal = proposal
        entry.save()


def _link_hurdles(proposal: Proposal, keys: list[str], lists: _Lists) -> None:
    """Links those hurdles that are loaded; a hurdle reported later brings its links when it comes."""
    with act(LOADED, by=MACHINE):
        for key in keys:
            if key in lists.hurdles:
                ProposalHurdle.objects.create(proposal=proposal, hurdle=lists.hurdles[key])
