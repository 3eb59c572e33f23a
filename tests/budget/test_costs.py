"""The cost sheet is saved whole: exact amounts, nothing lost, nothing twice, and only while it may change."""

from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.choices import UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, CostLine, ExpenseItem, Proposal, RequestLine
from apps.budget.selectors import with_amounts, yen_totals
from apps.budget.selectors.costs import sheet_of
from apps.budget.services import Absurd, Cost, Overfunded
from apps.budget.services.cost_cells import CostRow
from apps.budget.services.cost_copy import copy_costs
from apps.budget.services.costs import EDITED, Base, Host, base_of, save_costs
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoundingPer
from apps.organization.models import FiscalYearRules
from tests.city.demo_city import DEMO, person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
FILE = yaml.safe_load((DEMO / "budget_proposals.yaml").read_text(encoding="utf-8"))
KEYS = [each["id"] for each in FILE["proposals"]]


def proposal_of(key="B-03"):
    return Proposal.objects.get(source_key=key)


def put_at(proposal, kind):
    """The proposal at the first stage of this kind."""
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStage.objects.filter(kind=kind).first())
    proposal.refresh_from_db()
    return proposal.stage.name


def item(number, year=YEAR):
    return ExpenseItem.objects.of(year).get(item_number=number)


def cost(description="構築", price="1000", quantity="1", months=1, *, kind="initial", eligible=False, **more):
    return Cost(description, Decimal(price), Decimal(quantity), "式", months, kind, eligible, **more)


def rows_of(proposal):
    return [
        CostRow(
            Cost(**{name: getattr(each, name) for name in Cost.__dataclass_fields__}),
            line.expense_item,
            line.host_code,
            each.pk,
        )
        for line, each in sheet_of(proposal).costs
    ]


def bases_of(proposal):
    return [base_of(lines) for lines in sheet_of(proposal).groups.values()]


def events(model):
    return apps.get_model("budget", f"{model}Event").objects.count()


@pytest.mark.parametrize("key", KEYS)
def test_saving_what_stands_changes_nothing_and_foots_with_the_file(key):
    proposal, own = proposal_of(key), next(each for each in FILE["proposals"] if each["id"] == key)
    put_at(proposal, StageKind.DRAFT)
    tables = ("RequestLine", "CostLine", "Funding", "Proposal")
    before = [events(table) for table in tables]
    saved = save_costs(
        proposal=proposal, rows=rows_of(proposal), bases=bases_of(proposal), version=1, by=person("u006")
    )
    assert not saved
    assert [events(table) for table in tables] == before
    # And once more, written and computed anew: a row more, then the rows as they were.
    rows = rows_of(proposal)
    added = [*rows, CostRow(cost(), rows[0].expense_item)]
    assert save_costs(proposal=proposal, rows=added, version=proposal.version, by=person("u006"))
    assert save_costs(proposal=proposal, rows=rows, version=proposal.version, by=person("u006"))
    connection.check_constraints()
    found = with_amounts(Proposal.objects.filter(pk=proposal.pk)).get()
    sums, funded = own["totals"], own["funding_k"]
    assert (found.request_k, found.previous_k, found.change_k) == (
        sums["request_k"],
        sums["previous_initial_budget_k"],
        sums["diff_k"],
    )
    assert (found.national_k, found.prefecture_k, found.bond_k, found.other_k, found.general_k) == tuple(
        funded[name] for name in ("kokko", "ken", "sai", "sonota", "ippan")
    )
    yen = yen_totals(found)
    assert (yen["initial_yen"], yen["running_yen"], yen["eligible_yen"]) == (
        sums["initial_yen"],
        sums["running_yen"],
        sums["grant_eligible_yen"],
    )
    assert [(line.expense_item.item_number, line.subitem, line.request_k) for line in found.request_lines.all()] == [
        (each["setsu_no"], each["saisetsu"], each["request_k"]) for each in own["lines"]
    ]


def test_a_row_moves_to_another_item_and_stays_the_row_that_it_was():
    proposal = proposal_of()
    rows = rows_of(proposal)
    moved = next(row for row in rows if row.cost.description == "職員用タブレット")
    before = {line.expense_item.item_number: line.request_k for line in proposal.request_lines.all()}
    moved.expense_item = item(13)
    save_costs(proposal=proposal, rows=rows, version=1, by=person("u014"))
    connection.check_constraints()
    after = {line.expense_item.item_number: line.request_k for line in proposal.request_lines.all()}
    assert (before[13], before[17], after[13], after[17]) == (2970, 4818, 5082, 2706)
    assert CostLine.objects.get(pk=moved.pk).request_line.expense_item.item_number == 13
    assert (proposal.version, sum(after.values())) == (2, 69_204)
    entry = entries_of(proposal, parts=("request_lines",))[0]
    assert (entry.event, entry.actor) == (EDITED.name, "相沢 陸")
    assert ("2,970", "5,082") in [(change.old, change.new) for change in entry.changes]


def test_two_people_at_one_sheet_and_a_form_sent_twice():
    proposal = proposal_of()
    rows = [*rows_of(proposal), CostRow(cost(price="1500.50", quantity="2.5"), item(12))]
    assert save_costs(proposal=proposal, rows=rows, version=1, by=person("u014"))
    assert save_costs(proposal=proposal, rows=rows, version=1, by=person("u014")) is False
    other = rows_of(proposal)[1:]
    with pytest.raises(StaleVersion):
        save_costs(proposal=proposal, rows=other, version=1, by=person("u006"))
    assert CostLine.objects.filter(request_line__proposal=proposal).count() == len(rows)
    added = CostLine.objects.get(request_line__proposal=proposal, description="構築", unit_price_yen="1500.50")
    assert added.amount_yen == 3751


def test_what_is_no_longer_asked_for_stays_with_what_it_had():
    proposal = proposal_of()
    without = [row for row in rows_of(proposal) if row.expense_item.item_number != 14]
    bases = [
        Base(base.expense_item, base.subitem, settled_k=7_000, previous_initial_k=7_100)
        if base.expense_item.item_number == 14
        else base
        for base in bases_of(proposal)
    ]
    save_costs(proposal=proposal, rows=without, bases=bases, version=1, by=person("u014"))
    line = proposal.request_lines.get(expense_item=item(14))
    assert (line.request_k, line.settled_k, line.previous_initial_k) == (0, 7_000, 7_100)
    # The grant takes half of what is eligible: 55,638千円 instead of 63,118.
    assert Proposal.objects.get(pk=proposal.pk).general_k == 69_204 - 7_480 - 27_819
    plain = [base for base in bases if base.expense_item.item_number != 14]
    save_costs(proposal=proposal, rows=without, bases=plain, version=2, by=person("u014"))
    assert not proposal.request_lines.filter(expense_item=item(14)).exists()


def test_lines_in_the_project_of_another_section_are_rounded_by_themselves():
    proposal = proposal_of()
    rows = [*rows_of(proposal), CostRow(cost(price="1001"), item(12), "0601-010")]
    hosts = [Host("0601-010", "𠮷窓口事業", proposal.budget_item, person("u015").unit)]
    save_costs(proposal=proposal, rows=rows, hosts=hosts, version=1, by=person("u006"))
    connection.check_constraints()
    inside = proposal.request_lines.get(host_code="0601-010")
    assert (inside.request_k, inside.host_name, inside.host_unit) == (2, "𠮷窓口事業", person("u015").unit)
    assert proposal.request_lines.get(expense_item=item(12), host_code="").request_k == 47_850
    rows[-1].host_code = proposal.project_code
    with pytest.raises(Unmet):
        save_costs(proposal=proposal, rows=rows, version=2, by=person("u006"))


@pytest.mark.parametrize(
    ("per", "expected"), [(RoundingPer.ITEM, [("", 2)]), (RoundingPer.SUBITEM, [("甲", 1), ("乙", 2)])]
)
def test_the_year_says_over_what_it_is_rounded(per, expected):
    FiscalYearRules.objects.filter(fiscal_year=YEAR).update(expenditure_per=per)
    proposal = proposal_of("B-08")
    rows = [
        *rows_of(proposal),
        CostRow(cost(price="600", subitem="甲"), item(7)),
        CostRow(cost(price="1100", subitem="乙"), item(7)),
    ]
    save_costs(proposal=proposal, rows=rows, version=1, by=person("u006"))
    lines = proposal.request_lines.filter(expense_item=item(7))
    assert [(line.subitem, line.request_k) for line in lines] == expected


def test_refusals_in_words_write_nothing():
    proposal, by = proposal_of(), person("u014")
    rows, lines = rows_of(proposal), RequestLine.objects.count()
    wrong = [
        (CostRow(cost(months=0), item(12)), Unmet),
        (CostRow(cost(months=13), item(12)), Unmet),
        (CostRow(cost(price="999999999999", quantity="100"), item(12)), Absurd),
        (CostRow(cost(), item(7, FiscalYear(2019))), Unmet),
    ]
    for row, refusal in wrong:
        with pytest.raises(refusal):
            save_costs(proposal=proposal, rows=[*rows, row], version=1, by=by)
    other = Proposal.objects.filter(fundings__source="other").first()
    with pytest.raises(Overfunded):
        save_costs(proposal=other, rows=[], version=1, by=person("u006"))
    assert (RequestLine.objects.count(), Proposal.objects.get(pk=proposal.pk).version) == (lines, 1)


def test_who_and_until_when():
    proposal = proposal_of()
    rows = rows_of(proposal)[:-1]
    for number in ("u016", "u010", "u001", "u024", "u011"):
        with pytest.raises(Forbidden):
            save_costs(proposal=proposal, rows=rows, version=1, by=person(number))
    for kind in (StageKind.REQUEST, StageKind.HEARING, StageKind.APPRAISAL, StageKind.NOTICE, StageKind.DROPPED):
        name = put_at(proposal, kind)
        # The stages of an appraisal have one name for whoever does not see it.
        told = "査定中" if kind in UNDER_APPRAISAL else name
        with pytest.raises(WrongState, match=told):
            save_costs(proposal=proposal, rows=rows, version=1, by=person("u006"))
    before_the_request = (StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW)
    kinds = [kind for kind in before_the_request if BudgetStage.objects.filter(kind=kind).exists()]
    for version, kind in enumerate(kinds, start=1):
        put_at(proposal, kind)
        assert save_costs(proposal=proposal, rows=rows[:-version], version=version, by=person("u006"))


def test_the_queries_do_not_grow_with_the_lines_that_stay():
    proposal, counts = proposal_of(), []
    for more in (3, 60):
        rows = [*rows_of(proposal), *(CostRow(cost(description=f"機器{n}"), item(17)) for n in range(more))]
        save_costs(proposal=proposal, rows=rows, version=proposal.version, by=person("u006"))
        by = person("u006")
        with CaptureQueriesContext(connection) as queries:
            rows = rows_of(proposal)
            rows[0].cost = replace(rows[0].cost, description=f"案内{more}")
            assert save_costs(proposal=proposal, rows=rows, version=proposal.version, by=by)
        counts.append(len(queries))
    assert len(rows) == 12 + 3 + 60
    assert counts[0] == counts[1]


def before(proposal, year=2022):
    """The project in the year before: 委託料, and what this year does not have."""
    other = Proposal.objects.create(
        fiscal_year=FiscalYear(year),
        budget_item=proposal.budget_item,
        project_code=proposal.project_code,
        name=proposal.name,
        kind="new",
        requesting_unit=proposal.requesting_unit,
        stage=proposal.stage,
    )
    rows = [
        CostRow(cost(description="髙度化", price="4000000"), item(12 if year > 2019 else 13, FiscalYear(year))),
        CostRow(cost(description="広告", price="10000"), item(11 if year > 2019 else 7, FiscalYear(year))),
    ]
    save_costs(proposal=other, rows=rows, version=1, by=person("u006"))
    return other


def test_the_year_before_is_copied_once():
    proposal = proposal_of()
    with pytest.raises(Unmet):
        copy_costs(proposal=proposal, version=1, by=person("u014"))
    before(proposal)
    copied = copy_costs(proposal=proposal, version=1, by=person("u014"))
    assert ([row.cost.description for row in copied.rows], copied.unmapped) == (["広告", "髙度化"], [])
    line = proposal.request_lines.get(expense_item=item(12))
    assert (line.request_k, line.previous_initial_k) == (51_850, 4_000)
    again = copy_costs(proposal=proposal, version=1, by=person("u014"))
    assert (again.rows, proposal.version) == ([], 2)
    assert CostLine.objects.filter(request_line__proposal=proposal).count() == 14


def test_items_go_by_their_names_and_what_the_year_does_not_have_is_named():
    proposal = proposal_of()
    Proposal.objects.filter(pk=proposal.pk).update(fiscal_year=2020)
    RequestLine.objects.filter(proposal=proposal).delete()
    proposal.fundings.all().delete()
    Proposal.objects.filter(pk=proposal.pk).update(general_k=0)
    proposal.refresh_from_db()
    before(proposal, year=2019)
    copied = copy_costs(proposal=proposal, version=1, by=person("u006"))
    assert copied.unmapped == ["7 賃金"]
    assert [
        (str(line.expense_item), line.request_k, line.previous_initial_k) for line in proposal.request_lines.all()
    ] == [("12 委託料", 4_000, 4_000)]
