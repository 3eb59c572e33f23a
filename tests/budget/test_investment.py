"""The proposals of the demo city as investments; every number by hand from its files."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from django.test import Client

from apps.budget import figures
from apps.budget.choices import FundingStatus
from apps.budget.exports.years import investment
from apps.budget.models import BudgetYear, Funding, FutureCost, Proposal
from apps.budget.selectors import proposal_detail, proposal_list, whole_request
from apps.budget.selectors.investment_view import investment_of, row_payback
from apps.budget.selectors.own_share import own_share_by_year, with_investment
from apps.budget.selectors.payback import Effect, initial_share_k, payback_years
from apps.budget.selectors.scenarios import year_scenarios
from apps.budget.views.investment_words import words_of
from apps.core.fiscal import FiscalYear
from apps.core.registry import standpoint_today
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)


def browser(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


def invested(key: str):
    return investment_of(proposal_detail(person("u001")).get(source_key=key))


def test_the_counter_by_hand():
    """スマート窓口: 69,204 of which 31,559 hang; 11,700 a year; 9,800 hours × 2,500 yen."""
    found = invested("B-03")
    assert [each.amount_k for each in found.years] == [69_204, 11_700, 11_700, 11_700, 11_700]
    assert [each.with_k for each in found.years] == [37_645, 11_700, 11_700, 11_700, 11_700]
    assert [each.without_k for each in found.years] == [69_204, 11_700, 11_700, 11_700, 11_700]
    total = found.total
    assert (total.amount_k, total.with_k, total.without_k) == (116_004, 84_445, 116_004)
    assert (found.initial_yen, found.running_yen) == (60_478_000, 8_724_960)
    assert found.effect.hours_k == 24_500
    share_k = 60_478 - 31_559 * Fraction(60_478_000, 69_202_960)
    assert found.with_grants.initial_k == share_k
    assert found.with_grants.years == Decimal("2.6")  # 32,898 ÷ 12,800
    assert found.without_grants.years == Decimal("4.7")  # 60,478 ÷ 12,800
    words = words_of(found, YEAR)
    assert [text for _label, text in words.paybacks] == ["2.6年", "4.7年"]
    formulas = " ".join(text for _term, text in words.formulas)
    for part in ("9,800時間×2,500円＝24,500千円／年", "11,700＋11,700＋11,700＋11,700", "32,898", "60,478"):
        assert part in formulas
    assert any("割引" in each for each in words.assumptions)
    assert any("R6、R7、R8、R9" in each for each in words.assumptions)


# With and without: B-05 (fund), B-08 (bond, fees) and B-06 hang on no grant; B-04 and B-05 never pay back by hours.
PAYBACKS = {
    "B-01": ("0.7", "0.7"),  # 9,595.72 ÷ (15,250 − 2,376)
    "B-02": ("0.9", "1.1"),  # 8,400 less its part of 3,000, ÷ (10,750 − 3,424)
    "B-03": ("2.6", "4.7"),
    "B-04": (None, None),
    "B-05": (None, None),
    "B-06": ("1.2", "1.2"),  # 14,300 ÷ (20,000 − 7,800)
    "B-07": (None, None),
    "B-08": ("2.6", "2.6"),
}


def test_list_and_page_say_the_same_of_every_proposal():
    rows = with_investment(proposal_list(person("u001")))
    found = {}
    for row in rows:
        page = invested(row.source_key)
        pair = (row_payback(row, granted=True), row_payback(row, granted=False))
        assert pair == (page.with_grants.years, page.without_grants.years)
        sums = (row.five_k, row.own_with_k, row.own_without_k)
        assert sums == (page.total.amount_k, page.total.with_k, page.total.without_k)
        found[row.source_key] = tuple(None if each is None else str(each) for each in pair)
    assert found == PAYBACKS


def test_the_year_foots_and_its_figures_say_the_same():
    years = own_share_by_year(Proposal.objects.filter(fiscal_year=YEAR), YEAR)
    assert years[0] == (YEAR, 185_825, 285_504)
    assert sum(row[1] for row in years) == 508_049
    here = standpoint_today(person("u001"))
    assert figures.OWN_SHARE.count(here) == 508_049
    assert figures.HANGING.count(here) == 99_679
    assert figures.HOURS_ASKED.count(here) == 37_700
    for figure, keys in ((figures.HANGING, {"B-02", "B-03", "B-07"}), (figures.OWN_SHARE, None)):
        page = browser("u001").get(figure.link(here))
        assert page.status_code == 200
        assert page.context["total"] == figure.records(here).count() == (len(keys) if keys else 8)


@pytest.fixture
def continuing(demo_city: None) -> Proposal:
    """スマート窓口 with shares: 20,000 in R6 (nation 10,000, bonds 5,000), 8,000 in R7; none of R5, R10."""
    proposal = Proposal.objects.get(source_key="B-03")
    cost = proposal.continuing_costs.create(item="窓口改修")
    cost.years.create(fiscal_year=YEAR, amount_k=30_000, national_k=15_000)
    cost.years.create(fiscal_year=YEAR + 1, amount_k=20_000, national_k=10_000, bond_k=5_000)
    cost.years.create(fiscal_year=YEAR + 2, amount_k=8_000)
    cost.years.create(fiscal_year=YEAR + 5, amount_k=9_000, other_k=9_000)
    proposal.debt_burdens.create(item="機器", from_year=YEAR + 1, to_year=YEAR + 3, limit_k=900, prefecture_k=321)
    return proposal


def test_shares_of_later_years_cost_what_their_sources_leave(continuing: Proposal):
    found = invested("B-03")
    assert [each.amount_k for each in found.years] == [69_204, 31_700, 19_700, 11_700, 11_700]
    assert [each.with_k for each in found.years] == [37_645, 16_700, 19_700, 11_700, 11_700]
    assert [each.without_k for each in found.years] == [69_204, 16_700, 19_700, 11_700, 11_700]
    total = found.total
    assert (total.amount_k, total.with_k, total.without_k) == (144_004, 97_445, 129_004)
    assert (found.effect.running_k, found.with_grants.years) == (11_700, Decimal("2.6"))
    words = words_of(found, YEAR)
    assert "11,700＋11,700＋11,700＋11,700" in " ".join(text for _term, text in words.formulas)
    (said,) = [each for each in words.assumptions if "年割額" in each]
    assert [part in said for part in ("R6、R7", "28,000千円", "15,000千円")] == [True] * 3
    limit, sources = [each for each in words.assumptions if "債務負担行為" in each]
    # 23,760 of the demo and 900.
    assert "限度額（24,660千円）は年度別に割り振っていないため、各年度の額にも合計にも含めていない" in limit
    assert "321千円" in sources


def test_list_year_scenarios_and_workbook_net_the_same(continuing: Proposal):
    row = with_investment(proposal_list(person("u001"))).get(source_key="B-03")
    assert (row.five_k, row.own_with_k, row.own_without_k) == (144_004, 97_445, 129_004)
    assert row_payback(row, granted=True) == Decimal("2.6")
    years = own_share_by_year(Proposal.objects.filter(fiscal_year=YEAR), YEAR)
    assert sum(each[1] for each in years) == 508_049 + 13_000
    one = own_share_by_year(Proposal.objects.filter(pk=continuing.pk), YEAR)
    assert [each[1:] for each in one] == [
        (37_645, 69_204),
        (16_700, 16_700),
        (19_700, 19_700),
        (11_700, 11_700),
        (11_700, 11_700),
    ]
    assert figures.OWN_SHARE.count(standpoint_today(person("u001"))) == 521_049
    (line,) = [each for each in year_scenarios(YEAR, person("u001")).lines if each.proposal == continuing]
    assert line.every.own_k == 97_445
    table = investment(YEAR, list(whole_request(YEAR)))
    (cells,) = [each for each in table.values() if each[0] == continuing.name]
    assert cells[3:10] == [69_204, 31_700, 19_700, 11_700, 11_700, 144_004, 97_445]


def test_no_later_share_is_not_spoken_of():
    assert [each for each in words_of(invested("B-03"), YEAR).assumptions if "年割額" in each] == []


def test_granted_money_hangs_no_more_and_refused_money_is_the_citys():
    with transaction.atomic():
        Funding.objects.filter(amount_k=31_559).update(status=FundingStatus.GRANTED)
    found = invested("B-03")
    assert (found.total.with_k, found.total.without_k, found.undecided_k) == (84_445, 84_445, 0)
    assert [name for name, _share in found.cases] == ["with"]
    with transaction.atomic():
        Funding.objects.filter(amount_k=31_559).update(status=FundingStatus.REJECTED)
    found = invested("B-03")
    assert (found.total.with_k, found.total.without_k) == (116_004, 116_004)


def test_without_the_cost_of_an_hour_nothing_is_invented():
    BudgetYear.objects.filter(fiscal_year=YEAR).update(hour_yen=None)
    found = invested("B-03")
    assert found.with_grants.years is None
    assert "未設定" in words_of(found, YEAR).paybacks[0][1]
    proposal = Proposal.objects.get(source_key="B-03")
    for number, offered in (("u001", False), ("u009", True)):
        html = browser(number).get(proposal.get_absolute_url()).content.decode()
        assert "1時間の単価が決まっていません" in html
        assert ("/budget/years/2023/" in html) == offered
        listed = browser(number).get("/budget/investment/").content.decode()
        assert "1時間の単価が決まっていません" in listed


def test_a_later_year_that_nobody_entered_counts_as_nothing_and_is_named():
    FutureCost.objects.filter(proposal__source_key="B-03", fiscal_year__gte=FiscalYear(2026)).delete()
    found = invested("B-03")
    assert found.total.amount_k == 69_204 + 2 * 11_700
    assert found.effect.running_k == 11_700
    assert any("R8、R9" in each for each in words_of(found, YEAR).assumptions)
    assert "1件は後年度4年分の経費がそろっていません" in browser("u001").get("/budget/investment/").content.decode()


@pytest.mark.parametrize(
    ("initial_yen", "total_yen", "sources_k", "expected"),
    [
        (1_000_000, 2_000_000, 0, Fraction(1000)),
        (1_000_000, 2_000_000, 1_000, Fraction(500)),
        (1_000_000, 3_000_000, 1_000, Fraction(2000, 3)),
        (2_999_001, 2_999_001, 3_000, Fraction(0)),  # rounded up to 3,000 and paid in full
        (0, 0, 0, Fraction(0)),
    ],
)
def test_the_citys_share_of_the_initial_cost(initial_yen, total_yen, sources_k, expected):
    assert initial_share_k(initial_yen, total_yen, sources_k) == expected


@pytest.mark.parametrize(
    ("share_k", "yearly_hours", "running_k", "expected"),
    [
        (1_000, 1_000, 0, "1.0"),
        (25, 100, 0, "0.3"),  # 0.25, halves up
        (24, 100, 0, "0.2"),
        (1_000, 1_000, 1_000, None),
        (1_000, 0, 1, None),
    ],
)
def test_years_are_rounded_half_up(share_k, yearly_hours, running_k, expected):
    effect = Effect(hours=yearly_hours, hour_yen=1_000, yen_saved=0, running_k=Fraction(running_k))
    years = payback_years(Fraction(share_k), effect)
    assert (None if years is None else str(years)) == expected


def test_what_the_list_does_not_have_is_refused_and_no_order_of_merit_is_offered():
    client = browser("u001")
    for query in ({"year": "1999"}, {"what": "1"}, {"sort": "payback_with"}, {"hangs": "maybe"}):
        assert client.get("/budget/investment/", query).status_code == 400
    rows = client.get("/budget/investment/", {"year": "2023", "format": "json", "hangs": "yes"}).json()
    assert sorted(row["five_k"] for row in rows) == [25_520, 116_004, 199_052]


def test_each_sees_what_is_open_to_them():
    for number, count in (("u014", 1), ("u016", 0)):
        assert browser(number).get("/budget/investment/").context["total"] == count
    assert browser("u014").get("/budget/").context["stages"] == [{"name": "起案", "count": 1}]
    assert browser("u016").get("/budget/").context["stages"] == []


@pytest.mark.parametrize("year", ["22", "9998", "-1", "１２３", "9" * 20, "nan"])
def test_a_year_that_is_none_is_no_fault_of_the_portal(year: str):
    assert browser("u009").get("/budget/investment/", {"year": year}).status_code in {200, 400}
