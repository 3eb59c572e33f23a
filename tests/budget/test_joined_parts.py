"""Where the parts of the budget meet: costs on the page and in the history, ways to a draft, the upload."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.budget.choices import StageKind
from apps.budget.models import (
    BudgetItem,
    BudgetStage,
    CostLine,
    ExpenseItem,
    GrantProgramme,
    OutcomeIndicator,
    Proposal,
)
from apps.budget.selectors.upload_rows import upload_source
from apps.budget.services import Cost
from apps.budget.services.cost_cells import CostRow
from apps.budget.services.costs import Host, save_costs
from apps.budget.services.outcomes import measure_outcome
from apps.budget.views.proposal_history import proposal_history
from apps.budget.waits.outcomes import outcomes_to_measure
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit
from tests.budget.test_costs import cost, item, proposal_of, put_at, rows_of
from tests.city.demo_city import person
from tests.factories.budget import ExpenseItemFactory, IntentFactory, IntroductionPlanFactory, ProposalFactory
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")
YEAR = FiscalYear(2023)


def browser_of(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


def section_of(proposal: Proposal) -> str:
    page = browser_of("u006").get(proposal.get_absolute_url()).content.decode()
    return page[page.index('aria-labelledby="costs"') : page.index("</tfoot>")]


def test_the_costs_show_tax_host_and_bases_where_they_are_used() -> None:
    proposal = proposal_of()
    CostLine.objects.filter(tax_percent__gt=0, request_line__proposal=proposal).delete()
    plain = section_of(proposal)
    assert [word for word in ("税（%）", "前年度決算額", "現計予算額", "うちDX分") if word in plain] == []
    put_at(proposal, StageKind.DRAFT)
    rows = [
        CostRow(cost("構築", "1000000", tax_percent=10), item(12)),
        CostRow(cost("保守", "2000"), item(12), "0301-009"),
    ]
    save_costs(
        proposal=proposal,
        rows=rows,
        version=proposal.version,
        hosts=[Host("0301-009", "住民記録事業", None, None)],
        by=person("u006"),
    )
    line = proposal.request_lines.get(host_code="")
    line.settled_k, line.current_k = 1_234, 0
    line.save()
    shown = section_of(proposal)
    words = " ".join(shown.replace("<", " <").split())
    assert [
        word for word in ("税（%）", "前年度決算額", "現計予算額", "うちDX分", "住民記録事業") if word not in words
    ] == []
    assert '<td class="num">10 </td>' in words
    assert '<td class="num">税込 </td>' in words
    assert words.count("1,234") == 2, "in its row and in the sum"
    assert words.count('<td class="num" rowspan="1">－ </td>') == 2, "what is not known of the other line"


def changes_of(proposal: Proposal, number: str = "u006") -> list[tuple[str, str, str]]:
    entry = proposal_history(proposal, person(number), sees=True)[0]
    return [(change.label, change.old, change.new) for change in entry.changes]


def test_the_history_tells_what_became_of_each_cost_line() -> None:
    proposal = proposal_of()
    put_at(proposal, StageKind.DRAFT)
    rows = rows_of(proposal)
    tablet = next(row for row in rows if row.cost.description == "職員用タブレット")
    rows.remove(tablet)
    first = rows[0]
    old = first.cost.unit_price_yen
    changed = Cost(**{**vars(first.cost), "unit_price_yen": old + Decimal("0.5")})
    rows[0] = CostRow(changed, first.expense_item, first.host_code, first.pk)
    rows.append(CostRow(cost("研修", "1500", "2", months=3, tax_percent=10), item(13)))
    save_costs(proposal=proposal, rows=rows, version=proposal.version, by=person("u006"))
    told = changes_of(proposal)
    assert ("積算", "", "研修 1,500 × 2式 × 3か月+10％ = 9,900円") in told
    assert [new for _label, was, new in told if was.startswith("職員用タブレット ")] == [""]
    assert [label for label, was, _new in told if was == f"{old.normalize():,f}"] == [
        f"単価（円）（{first.cost.description}）"
    ]


def test_a_moved_cost_line_names_both_items_even_the_one_that_is_gone() -> None:
    proposal = proposal_of()
    put_at(proposal, StageKind.DRAFT)
    rows = [CostRow(cost("構築", "5000000"), item(12))]
    save_costs(proposal=proposal, rows=rows, bases=[], version=proposal.version, by=person("u006"))
    kept = CostLine.objects.get(request_line__proposal=proposal)
    moved = [CostRow(cost("構築", "5000000"), item(13), pk=kept.pk)]
    save_costs(proposal=proposal, rows=moved, bases=[], version=proposal.version, by=person("u006"))
    kept.refresh_from_db()
    assert kept.request_line.expense_item == item(13)
    ways = [(old, new) for _label, old, new in changes_of(proposal) if new.startswith("13 ") and old]
    assert ("12 委託料", "13 使用料及び賃借料") in ways


def test_the_queries_of_the_history_do_not_grow_with_the_cost_lines() -> None:
    proposal = proposal_of()
    put_at(proposal, StageKind.DRAFT)
    counts = []
    items = [item(number) for number in (7, 10, 12, 13, 17)]
    for number in (3, 30):
        rows = [CostRow(cost(f"品{each}", "1000"), items[each % len(items)]) for each in range(number)]
        save_costs(proposal=proposal, rows=rows, version=proposal.version, by=person("u006"))
        with CaptureQueriesContext(connection) as asked:
            proposal_history(proposal, person("u006"), sees=True)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_draft_from_an_intent_or_a_plan_goes_one_way_that_links_them() -> None:
    unit = Unit.objects.get(pk=person("u014").unit_ids and min(person("u014").unit_ids))
    intent, plan = IntentFactory(unit=unit), IntroductionPlanFactory(unit=unit)
    client = browser_of("u006")
    assert client.get(f"/budget/proposals/new/?intent={intent.uid}")["Location"] == (
        f"/budget/intents/{intent.uid}/proposal/"
    )
    assert client.get(f"/budget/proposals/new/?plan={plan.uid}")["Location"] == (
        f"/budget/plans/{plan.uid}/proposal/draft/"
    )
    sent = {"name": intent.title, "budget_item": BudgetItem.objects.of(YEAR).first().pk}  # type: ignore[union-attr]
    made = client.post(f"/budget/intents/{intent.uid}/proposal/", sent)
    intent.refresh_from_db()
    assert intent.proposal
    assert made["Location"] == intent.proposal.get_absolute_url()
    # What there is not, or is hidden, is an empty form as before.
    for asked in ("intent=x", f"intent={plan.uid}"):
        assert client.get(f"/budget/proposals/new/?{asked}").status_code == 200
    other = browser_of("u022").get(f"/budget/proposals/new/?plan={plan.uid}")
    assert other.status_code == 200


def test_calls_have_the_section_that_the_file_names() -> None:
    names = {each.source_key: each.city_unit and each.city_unit.name for each in GrantProgramme.objects.all()}
    assert names == {
        **dict.fromkeys(("G-01", "G-02", "G-03", "G-04"), "未来都市推進課"),
        "G-05": "財政課",
        "G-06": None,
    }


def host_line(proposal: Proposal, code: str, request_k: int) -> None:
    """Makes the only line of a proposal stand inside another project."""
    proposal.request_lines.update(host_code=code, host_name="住民記録事業")
    assert proposal.request_lines.get().request_k == request_k


def test_the_upload_sums_by_the_code_that_the_finance_system_knows() -> None:
    before = len(upload_source(YEAR, person("u009"), by_subitem=False).rows)
    host = ProposalFactory(project_code="0301-009", name="住民記録事業", request_k=9_000, sources={"national": 4_000})
    for code, request_k in (("0205-701", 600), ("", 30)):
        host_line(ProposalFactory(project_code=code, request_k=request_k, sources={"other": 20}), "0301-009", request_k)
    host_line(ProposalFactory(project_code="0205-702", request_k=5), "0999-001", 5)
    source = upload_source(YEAR, person("u009"), by_subitem=True)
    rows = {row.project.code: row for row in source.rows}
    assert len(source.rows) == before + 2
    assert (rows["0301-009"].project.name, rows["0301-009"].request_k) == (host.name, 9_630)
    assert (rows["0301-009"].sources["national_k"], rows["0301-009"].sources["other_k"]) == (4_000, 40)
    assert rows["0301-009"].sources["general_k"] == 9_630 - 4_040
    assert (rows["0999-001"].project.name, rows["0999-001"].request_k) == ("住民記録事業", 5)
    assert (len(source.hosted), source.hosted_k, source.without_code) == (3, 635, [])
    assert "0205-701" not in rows
    page = text_of(browser_of("u009").get("/budget/export/upload/"))
    assert "635千円（3行）" in "".join(page.split())


def test_an_outcome_of_the_past_year_waits_for_its_unit_from_june_on(settings: Any) -> None:
    member = person("u014")
    unit = Unit.objects.get(pk=min(member.unit_ids))
    stage = BudgetStage.objects.get(kind=StageKind.VOTED)
    proposal = ProposalFactory(fiscal_year=FiscalYear(2021), requesting_unit=unit, stage=stage, project_code="0203-901")
    last = {"target": 5, "target_year": FiscalYear(2021), "measured_until": FiscalYear(2022)}
    made = [OutcomeIndicator.objects.create(proposal=proposal, name=name, **last) for name in ("待ち時間", "利用率")]

    def waiting(day: str, number: str = "u014") -> list[str]:
        settings.DEMO_TODAY = date.fromisoformat(day)
        return [task.title for task in outcomes_to_measure(person(number))]

    assert waiting("2022-05-31") == []
    assert waiting("2022-06-01") == ["令和3年度の成果を入力：待ち時間", "令和3年度の成果を入力：利用率"]
    assert waiting("2022-06-01", "u022") == []
    settings.DEMO_TODAY = date(2022, 6, 1)
    measure_outcome(indicator=made[0], fiscal_year=FiscalYear(2021), value=Decimal(4), by=member)
    assert waiting("2023-03-31") == ["令和3年度の成果を入力：利用率"]
    assert len(waiting("2023-06-01")) == 2, "the next year is asked for anew"
    assert waiting("2024-06-01") == [], "it was measured until then"


def test_the_factories_take_the_item_of_the_year_of_the_proposal() -> None:
    assert ExpenseItem.objects.filter(item_number=12).count() == 2
    assert (ExpenseItemFactory().name, ExpenseItemFactory(item_number=13).name) == ("委託料", "使用料及び賃借料")


def test_the_menu_leads_to_the_forms_with_the_proposal() -> None:
    proposal, client = proposal_of(), browser_of("u014")
    url = f"/budget/forms/?proposal={proposal.address}"
    assert f'href="{url}"' in client.get(proposal.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    assert browser_of("u016").get(url).status_code == 404
