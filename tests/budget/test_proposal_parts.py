"""What hangs on a proposal: evidence, hours of tasks, outcomes, what binds later years, and what it serves."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.models import (
    Carryover,
    ContinuingCost,
    ContinuingYear,
    DebtBurden,
    FutureCost,
    LongTermContract,
    OutcomeIndicator,
    Proposal,
    ProposalEvidence,
)
from apps.budget.services.outcomes import measure_outcome
from apps.budget.services.proposal_parts import add_part, change_part, remove_part
from apps.budget.services.serving import count_hours, link_proposal, unlink_proposal
from apps.core.fiscal import FiscalYear
from apps.core.permissions import Forbidden
from apps.core.services import seen_as
from apps.core.transitions import Unmet
from tests.factories import (
    BudgetStageFactory,
    HurdleFactory,
    InitiativeFactory,
    ProposalFactory,
    WorkloadFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear


@pytest.fixture
def officer() -> Any:
    return user_with("promoter")


@pytest.fixture
def proposal(officer: Any) -> Proposal:
    """A request of 10,000千円 for 令和5年度."""
    return ProposalFactory(request_k=10_000, requesting_unit=officer.unit)


def outcome(proposal: Proposal, **values: Any) -> OutcomeIndicator:
    given = {
        "name": "待ち時間",
        "unit": "分",
        "target": 35,
        "target_year": Y(2024),
        "measured_until": Y(2026),
        **values,
    }
    return OutcomeIndicator(proposal=proposal, **given)


REFUSED = {
    "an outcome measured for two years": (lambda own: outcome(own, measured_until=Y(2025)), "令和8年度"),
    "an outcome measured not to its target": (lambda own: outcome(own, target_year=Y(2027)), "目標"),
    "a burden of the own year": (
        lambda own: DebtBurden(proposal=own, item="利用料", from_year=Y(2023), to_year=Y(2026), limit_k=5),
        "令和6年度",
    ),
    "a burden that ends before it begins": (
        lambda own: DebtBurden(proposal=own, item="利用料", from_year=Y(2025), to_year=Y(2024), limit_k=5),
        "終わりの年度",
    ),
    "sources above the limit": (
        lambda own: DebtBurden(
            proposal=own, item="利用料", from_year=Y(2024), to_year=Y(2026), limit_k=5, national_k=3, bond_k=3
        ),
        "超え|多",
    ),
    "a share above the request": (
        lambda own: ContinuingYear(
            cost=ContinuingCost.objects.create(proposal=own, item="庁舎"), fiscal_year=Y(2023), amount_k=10_001
        ),
        "10,000",
    ),
    "a contract that ends before it begins": (
        lambda own: LongTermContract(proposal=own, item="端末", from_year=Y(2024), to_year=Y(2023), yearly_k=5),
        "終わりの年度",
    ),
    "carried over two years": (
        lambda own: Carryover(proposal=own, item="交付金", spent_in=Y(2025), amount_k=5, reason="遅い"),
        "令和6年度",
    ),
    "more carried over than asked for": (
        lambda own: Carryover(proposal=own, item="交付金", spent_in=Y(2024), amount_k=10_001, reason="遅い"),
        "10,000",
    ),
    "a later year that is the own": (
        lambda own: FutureCost(proposal=own, fiscal_year=Y(2023), amount_k=5),
        "令和5年度",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_said(case: str, proposal: Proposal, officer: Any) -> None:
    make, words = REFUSED[case]
    with pytest.raises(Unmet, match=words):
        add_part(part=make(proposal), by=officer)


YEARS: dict[str, Any] = {
    "a target": lambda own, year: outcome(own, target_year=year, measured_until=Y(2053)),
    "a burden": lambda own, year: DebtBurden(proposal=own, item="ＰＦＩ", from_year=Y(2024), to_year=year, limit_k=5),
    "a share": lambda own, year: ContinuingYear(
        cost=ContinuingCost.objects.create(proposal=own, item="庁舎"), fiscal_year=year, amount_k=5
    ),
    "a contract": lambda own, year: LongTermContract(
        proposal=own, item="端末", from_year=Y(2013), to_year=year, yearly_k=5
    ),
    "a later cost": lambda own, year: FutureCost(proposal=own, fiscal_year=year, amount_k=5),
}


@pytest.mark.parametrize("case", YEARS)
def test_years_reach_thirty_years_ahead(case: str, proposal: Proposal, officer: Any) -> None:
    for year in (2054, 9998):
        with pytest.raises(Unmet, match="平成25年度から令和35年度まで"):
            add_part(part=YEARS[case](proposal, Y(year)), by=officer)
    assert add_part(part=YEARS[case](proposal, Y(2053)), by=officer).pk


@pytest.mark.parametrize("case", ["a share", "a target"])
def test_years_reach_ten_years_back(case: str, proposal: Proposal, officer: Any) -> None:
    with pytest.raises(Unmet, match="平成25年度から令和35年度までの年度を入力"):
        add_part(part=YEARS[case](proposal, Y(2012)), by=officer)
    assert add_part(part=YEARS[case](proposal, Y(2013)), by=officer).pk


def test_a_change_reaches_no_farther(proposal: Proposal, officer: Any) -> None:
    part = add_part(part=YEARS["a later cost"](proposal, Y(2053)), by=officer)
    part.refresh_from_db()
    with pytest.raises(Unmet, match="令和36年度"):
        change_part(part=part, seen=seen_as(part), values={"fiscal_year": Y(2054)}, by=officer)
    assert FutureCost.objects.get().fiscal_year == Y(2053)


def test_a_second_amount_of_a_year_is_refused_in_words(proposal: Proposal, officer: Any) -> None:
    add_part(part=YEARS["a later cost"](proposal, Y(2024)), by=officer)
    share = add_part(part=YEARS["a share"](proposal, Y(2024)), by=officer)
    for part in (
        FutureCost(proposal=proposal, fiscal_year=Y(2024), amount_k=6),
        ContinuingYear(cost=share.cost, fiscal_year=Y(2024), amount_k=6),
    ):
        with pytest.raises(Unmet, match="令和6年度はすでに入力されています"):
            add_part(part=part, by=officer)


GOOD: dict[str, Any] = {
    "evidence": lambda own: ProposalEvidence(proposal=own, kind="survey", text="満足度は4割"),
    "outcomes": outcome,
    "debt_burdens": lambda own: DebtBurden(
        proposal=own, item="利用料", from_year=Y(2024), to_year=Y(2027), limit_k=23_760, national_k=23_760
    ),
    "continuing_costs": lambda own: ContinuingCost(proposal=own, item="庁舎"),
    "long_contracts": lambda own: LongTermContract(
        proposal=own, item="端末", from_year=Y(2023), to_year=Y(2029), yearly_k=5
    ),
    "carryovers": lambda own: Carryover(
        proposal=own, item="交付金", spent_in=Y(2024), amount_k=10_000, reason="国の補正"
    ),
    "future_costs": lambda own: FutureCost(proposal=own, fiscal_year=Y(2024), amount_k=0),
}


@pytest.mark.parametrize("relation", GOOD)
def test_each_part_is_added_once_and_removed_and_the_history_says_so(
    relation: str, proposal: Proposal, officer: Any, client_for: Any
) -> None:
    part = add_part(part=GOOD[relation](proposal), by=officer)
    assert add_part(part=GOOD[relation](proposal), by=officer) == part
    assert getattr(proposal, relation).count() == 1
    for stranger in (user_with("promoter"), user_with("finance"), user_with("auditor")):
        with pytest.raises(Forbidden):
            remove_part(part=part, by=stranger)
    remove_part(part=part, by=officer, reason="やめた")
    assert getattr(proposal, relation).count() == 0
    entries = client_for(officer).get(proposal.get_absolute_url()).context["entries"]
    assert entries[0].verb.endswith("削除")
    assert entries[0].reason == "やめた"
    assert entries[1].verb.endswith("追加")
    assert all(change.new for change in entries[1].changes)
    proposal.stage = BudgetStageFactory(name="財政課ヒアリング")
    proposal.save()
    with pytest.raises(Unmet, match="提出済み"):
        add_part(part=GOOD[relation](proposal), by=officer)


def test_shares_add_up_and_a_year_has_one(proposal: Proposal, officer: Any, client_for: Any) -> None:
    cost = add_part(part=ContinuingCost(proposal=proposal, item="庁舎"), by=officer)
    first = add_part(part=ContinuingYear(cost=cost, fiscal_year=Y(2023), amount_k=10_000, bond_k=9_000), by=officer)
    add_part(part=ContinuingYear(cost=cost, fiscal_year=Y(2024), amount_k=20_000), by=officer)
    with pytest.raises(Unmet):
        add_part(part=ContinuingYear(cost=cost, fiscal_year=Y(2024), amount_k=5), by=officer)
    first.refresh_from_db()
    change_part(part=first, seen=seen_as(first), values={"amount_k": 9_500}, by=officer)
    page = text_of(client_for(officer).get(f"{proposal.get_absolute_url()}later-years/"))
    assert "29,500" in page


def test_a_long_contract_is_warned_of_and_kept(proposal: Proposal, officer: Any, client_for: Any) -> None:
    client, here = client_for(officer), proposal.get_absolute_url()
    given = {"item": "端末", "from_year": "R5", "to_year": "R10", "yearly_k": "1,200"}
    answer = client.post(f"{here}long-contracts/add/", given, follow=True)
    assert "契約期間が5年を超えています" in text_of(answer)
    assert proposal.long_contracts.count() == 1
    client.post(f"{here}long-contracts/add/", given | {"item": "机", "to_year": "R9"})
    assert "契約期間" not in text_of(client.get(f"{here}later-years/"))


def test_the_pages_of_every_part_add_change_and_remove(proposal: Proposal, officer: Any, client_for: Any) -> None:
    client, here = client_for(officer), proposal.get_absolute_url()
    given = {
        "evidence": {"kind": "council", "text": "窓口の待ち時間", "seen_on": "R4.6.10"},
        "outcomes": {"name": "待ち時間", "target": "35", "target_year": "R6", "measured_until": "R8"},
        "debt-burdens": {"item": "利用料", "from_year": "R6", "to_year": "R9", "limit_k": "23,760"},
        "continuing-costs": {"item": "庁舎", "because": "三年かかる"},
        "carryovers": {"item": "交付金", "spent_in": "R6", "amount_k": "5", "because": "国の補正"},
        "future-costs": {"fiscal_year": "R6", "amount_k": "11,700"},
    }
    for kind, values in given.items():
        assert client.post(f"{here}{kind}/add/", {}).status_code == 422, kind
        assert client.post(f"{here}{kind}/add/", values).status_code == 302, kind
        relation = kind.replace("-", "_")
        part = getattr(proposal, relation).get()
        url = f"{here}{kind}/{part.pk}/"
        sent = form_of(client.get(url), "seen")
        assert client.post(url, sent).status_code == 302, kind
        assert client.get(f"{url}remove/").status_code == 200
        other = ProposalFactory(requesting_unit=officer.unit)
        assert client.get(f"{other.get_absolute_url()}{kind}/{part.pk}/").status_code == 404
    burden = proposal.debt_burdens.get()
    assert (burden.limit_k, burden.national_k, burden.general_k) == (23_760, 0, 23_760)
    assert proposal.continuing_costs.get().reason == "三年かかる"
    assert "R4.6.10" in text_of(client.get(here))


def test_hours_come_from_measured_tasks(proposal: Proposal, officer: Any, client_for: Any) -> None:
    entry = WorkloadFactory(unit=officer.unit, task="転入の受付", hours=1_200)
    other = WorkloadFactory(unit=officer.unit, task="証明の発行", hours=300, fiscal_year=entry.fiscal_year)
    with pytest.raises(Unmet, match="1,200"):
        count_hours(proposal=proposal, hours={entry: 1_201}, by=officer)
    with pytest.raises(Forbidden):
        count_hours(proposal=proposal, hours={entry: 1}, by=user_with("member"))
    client, url = client_for(officer), f"{proposal.get_absolute_url()}workload/"
    assert client.post(url, {f"task-{entry.pk}": "１，０００", f"task-{other.pk}": "50"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.hours_saved == 1_050
    assert "hours_saved" not in form_of(client.get(f"{proposal.get_absolute_url()}edit/"), "purpose")
    client.post(url, {f"task-{entry.pk}": "1,000", f"task-{other.pk}": ""})
    proposal.refresh_from_db()
    assert proposal.hours_saved == 1_000
    assert client.post(url, {f"task-{entry.pk}": "-1"}).status_code == 422


def test_outcomes_are_measured_years_later(proposal: Proposal, officer: Any, client_for: Any) -> None:
    indicator = add_part(part=outcome(proposal, baseline=Decimal(72)), by=officer)
    proposal.stage = BudgetStageFactory(name="議決")
    proposal.save()
    measure_outcome(indicator=indicator, fiscal_year=Y(2022), value=Decimal("71.5"), by=officer)
    with pytest.raises(Unmet, match="まだ始まっていません"):
        measure_outcome(indicator=indicator, fiscal_year=Y(2023), value=Decimal(50), by=officer)
    with pytest.raises(Unmet, match="測定の期間"):
        measure_outcome(indicator=indicator, fiscal_year=Y(2021), value=Decimal(50), by=officer)
    with pytest.raises(Forbidden):
        measure_outcome(indicator=indicator, fiscal_year=Y(2022), value=Decimal(50), by=user_with("member"))
    client, url = client_for(officer), f"{proposal.get_absolute_url()}outcomes/"
    given = {"indicator": indicator.pk, "fiscal_year": "R4", "value": "70.25", "note": "4月"}
    assert client.post(url, given).status_code == 302
    assert client.post(url, given).status_code == 302
    assert indicator.values.get().value == Decimal("70.25")
    assert "70.25分" in text_of(client.get(url))
    assert client_for(user_with("member")).post(url, given).status_code == 403


def test_what_it_serves_is_found_linked_and_unlinked(proposal: Proposal, officer: Any, client_for: Any) -> None:
    hurdle = HurdleFactory(title="窓口を何度も回る")
    hidden = HurdleFactory(title="窓口の隠れた妨げ", status="draft")
    initiative = InitiativeFactory()
    secretary = user_with("secretariat")
    client, url = client_for(secretary), f"{proposal.get_absolute_url()}serves/"
    assert hurdle.title in text_of(client.get(url, {"q": "窓口を何度も", "kind": "hurdle"}))
    for _click in range(2):
        assert client.post(url, {"kind": "hurdle", "record": hurdle.uid, "act": "add"}).status_code == 302
    client.post(url, {"kind": "initiative", "record": initiative.uid, "act": "add"})
    assert (proposal.hurdle_links.count(), proposal.initiative_links.count()) == (1, 1)
    mine = client_for(officer)
    assert hidden.title not in text_of(mine.get(url, {"q": "窓口の隠れた"}))
    assert mine.post(url, {"kind": "hurdle", "record": hidden.uid, "act": "add"}).status_code == 422
    link_proposal(proposal=proposal, kind="hurdle", record=hidden, by=secretary)
    unlink_proposal(proposal=proposal, kind="hurdle", record=hurdle, by=secretary)
    assert [link.hurdle for link in proposal.hurdle_links.all()] == [hidden]
    with pytest.raises(Forbidden):
        link_proposal(proposal=proposal, kind="hurdle", record=hurdle, by=user_with("member"))


def test_the_page_asks_the_same_for_three_rows_and_for_thirty(
    proposal: Proposal, officer: Any, client_for: Any
) -> None:
    client = client_for(officer)

    def fill(first: int, count: int) -> None:
        for n in range(first, first + count):
            proposal.evidence.create(kind="voice", text=f"声{n}")
            proposal.workload_links.create(entry=WorkloadFactory(task=f"業務{n}"), hours_saved=1)
            outcome_row = outcome(proposal, name=f"指標{n}")
            outcome_row.save()
            outcome_row.values.create(fiscal_year=Y(2022), value=1, entered_by=officer)
            cost = proposal.continuing_costs.create(item=f"継続{n}")
            cost.years.create(fiscal_year=Y(2023), amount_k=1)

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{proposal.get_absolute_url()}{page}").status_code == 200
        return len(queries)

    pages = ("", "later-years/", "outcomes/", "workload/")
    fill(0, 3)
    few = {page: (asked(page), asked(page))[1] for page in pages}
    fill(3, 27)
    assert {page: asked(page) for page in pages} == few
