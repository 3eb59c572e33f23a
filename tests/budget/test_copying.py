"""Going on with a project in the next year: of what nothing came all is asked for again, else what runs on."""

from decimal import Decimal
from typing import Any

import pytest

from apps.budget.choices import BudgetResult, CostKind
from apps.budget.models import CostLine, Proposal, RequestLine
from apps.budget.services import copy_proposal
from apps.budget.services.copy_parts import PARTS
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from tests.budget.stages import enter, proposal_at
from tests.factories import user_with
from tests.factories.budget import BudgetItemFactory, ExpenseItemFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear


@pytest.fixture
def officer() -> Any:
    return user_with("promoter")


def running(proposal: Proposal, months: int, description: str = "利用料", **line: Any) -> CostLine:
    values = {"expense_item": ExpenseItemFactory(item_number=13, name="使用料及び賃借料"), "request_k": 0} | line
    held, _made = RequestLine.objects.get_or_create(proposal=proposal, **values)
    return CostLine.objects.create(
        request_line=held, description=description, unit_price_yen=Decimal(1000), quantity=1, months=months,
        amount_yen=1000 * months, kind=CostKind.RUNNING,
    )  # fmt: skip


def with_parts(proposal: Proposal) -> Proposal:
    """What binds later years, how it is known, and by what it is measured; R6 follows R5."""
    proposal.debt_burdens.create(item="システム賃借", from_year=Y(2024), to_year=Y(2027), limit_k=23_760, national_k=60)
    proposal.future_costs.create(fiscal_year=Y(2024), amount_k=11_700)
    cost = proposal.continuing_costs.create(item="改修")
    for year, amount_k in ((2023, 400), (2024, 600)):
        cost.years.create(fiscal_year=Y(year), amount_k=amount_k, bond_k=100)
    proposal.long_contracts.create(item="複写機", from_year=Y(2023), to_year=Y(2027), yearly_k=120)
    proposal.carryovers.create(item="工事", spent_in=Y(2024), amount_k=50, reason="年度内に終わらない。")
    proposal.evidence.create(kind="survey", text="待ち時間が長い。")
    indicator = proposal.outcomes.create(name="待ち時間", target=10, target_year=Y(2025), measured_until=Y(2028))
    indicator.values.create(fiscal_year=Y(2022), value=20, entered_by=user_with("member"))
    return proposal


@pytest.mark.parametrize(
    ("result", "stage"),
    [(BudgetResult.POSTPONED, "議決"), (BudgetResult.NONE, "議決"), ("", "不採択・取下げ")],
)
def test_what_nothing_came_of_is_asked_for_again_as_a_whole(officer: Any, result: str, stage: str) -> None:
    proposal = with_parts(proposal_at(stage, requesting_unit=officer.unit, sources={"bond": 2_000}, entered=False))
    running(proposal, 6)
    host = BudgetItemFactory(moku="09", moku_name="会計管理費")
    running(proposal, 12, host_code="0301-001", host_name="会計事務費", host_item=host, host_unit=officer.unit)
    Proposal.objects.filter(pk=proposal.pk).update(result=result)
    copied = copy_proposal(proposal=proposal, by=officer)
    assert (copied.fiscal_year, copied.kind, copied.result) == (Y(2024), "new", "")
    assert [(line.host_code, line.request_k, line.previous_initial_k) for line in copied.request_lines.all()] == [
        ("", 10_000, 0),
        ("", 6, 0),
        ("0301-001", 12, 0),
    ]
    assert copied.request_lines.get(host_code="0301-001").host_item == host
    kinds = CostLine.objects.filter(request_line__proposal=copied).order_by("request_line__order")
    assert [(cost.kind, cost.months) for cost in kinds] == [("initial", 1), ("running", 6), ("running", 12)]
    assert (copied.general_k, copied.fundings.count()) == (10_018, 0)
    burden, cost = copied.debt_burdens.get(), copied.continuing_costs.get()
    assert (burden.from_year, burden.to_year, burden.limit_k, burden.national_k) == (Y(2025), Y(2028), 23_760, 60)
    assert [(each.fiscal_year, each.amount_k, each.bond_k) for each in cost.years.all()] == [
        (Y(2024), 400, 100),
        (Y(2025), 600, 100),
    ]
    assert (copied.future_costs.get().fiscal_year, copied.carryovers.get().spent_in) == (Y(2025), Y(2025))
    assert (copied.long_contracts.get().from_year, copied.evidence.get().text) == (Y(2024), "待ち時間が長い。")
    indicator = copied.outcomes.get()
    assert (indicator.target_year, indicator.measured_until, indicator.values.count()) == (Y(2026), Y(2029), 0)
    parts = [*PARTS, "continuing_costs__years"]
    assert {entry.actor for entry in entries_of(copied, parts=parts)} == {officer.name}
    assert copy_proposal(proposal=proposal, by=officer) == copied


def test_what_is_carried_out_goes_on_without_what_its_year_has_set(officer: Any) -> None:
    proposal = with_parts(proposal_at("議決", requesting_unit=officer.unit))
    running(proposal, 6)
    Proposal.objects.filter(pk=proposal.pk).update(result=BudgetResult.REDUCED)
    copied = copy_proposal(proposal=proposal, by=officer)
    assert (copied.kind, [line.request_k for line in copied.request_lines.all()]) == ("continued", [0, 6])
    assert {name: getattr(copied, name).count() for name in PARTS} == dict.fromkeys(PARTS, 0)


def test_one_reads_what_stays_behind_and_which_months_to_look_at(officer: Any, client_for: Any) -> None:
    client = client_for(officer)
    plain = proposal_at("議決", requesting_unit=officer.unit)
    said = text_of(client.get(f"{plain.get_absolute_url()}copy/"))
    assert "初期経費と特定財源" in said
    assert [words in said for words in ("定めた", "他課の事業", "月数", "予算額")] == [False] * 4
    proposal = with_parts(proposal_at("議決", requesting_unit=officer.unit))
    for months, name in ((6, "案内員"), (12, "保守料"), (1, "年会費")):
        running(proposal, months, name)
    running(proposal, 3, "会計の分", host_code="0301-001")
    enter(proposal, "議決", officer, amount_k=9_000)
    said = text_of(client.get(f"{proposal.get_absolute_url()}copy/"))
    names = "債務負担行為、継続費、長期継続契約、繰越明許費、後年度の経費"
    assert f"{names}（定めた令和5年度の事業に残ります。令和6年度に支払う額は" in said
    assert "市民・客観的な目線の根拠、成果指標" in said
    assert "他課の事業に計上する節" in said
    assert "要求額 10,000千円、予算額 9,000千円" in said
    assert [f"{name}（" in said for name in ("案内員", "保守料", "年会費", "会計の分")] == [True, False, False, False]
    assert "案内員（6か月）" in said


def test_one_reads_that_what_was_postponed_comes_as_a_whole(officer: Any, client_for: Any) -> None:
    proposal = with_parts(proposal_at("議決", requesting_unit=officer.unit, result=BudgetResult.POSTPONED))
    said = text_of(client_for(officer).get(f"{proposal.get_absolute_url()}copy/"))
    assert "次年度へ見送り" in said
    assert "すべての積算（初期経費を含む）" in said
    assert "定めた" not in said
