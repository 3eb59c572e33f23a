"""What becomes of the demo city's request where grants do not come, by hand from its files."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from django.test import Client

from apps.budget.choices import FundingStatus
from apps.budget.models import Funding
from apps.budget.selectors.refusals import Outcome
from apps.budget.selectors.scenarios import year_scenarios
from apps.core.fiscal import FiscalYear
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def numbers(outcome: Outcome) -> tuple[int, ...]:
    each = (outcome.request_k, outcome.national_k, outcome.prefecture_k, outcome.bond_k, outcome.other_k)
    return (*each, outcome.general_k, outcome.later_k, outcome.own_k)


# request, national, prefecture, bonds, other, general, later, five years. By hand from the files of the demo city.
BY_HAND = {
    "Every grant comes": (318_086, 96_679, 3_000, 13_800, 18_782, 185_825, 0, 508_049),
    # B-02 8,524 (−3,300), B-03 27,682 (−41,522), B-07 0 (−131,692, and its 67,360 of later years)
    "No grant comes": (141_572, 0, 0, 13_800, 13_782, 113_990, 0, 368_854),
    "G-06": (314_786, 96_679, 0, 13_800, 18_782, 185_525, 0, 507_749),
    "G-02": (276_564, 65_120, 3_000, 13_800, 18_782, 175_862, 0, 498_086),
    "G-03": (186_394, 31_559, 3_000, 13_800, 13_782, 124_253, 0, 379_117),
}


def test_the_demo_city_by_hand():
    compared = year_scenarios(YEAR, person("u001"))
    every, none, *single = compared.scenarios
    assert (numbers(every.outcome), every.difference_k) == (BY_HAND["Every grant comes"], 0)
    assert (numbers(none.outcome), none.difference_k) == (BY_HAND["No grant comes"], 113_990 - 185_825)
    assert none.refused_k == 99_679
    found = {each.refused_k: numbers(each.outcome) for each in single}
    assert found == {3_000: BY_HAND["G-06"], 31_559: BY_HAND["G-02"], 65_120: BY_HAND["G-03"]}
    assert sum(each.difference_k for each in single) == none.difference_k
    days = [each.closes_on or date.max for each in single]
    assert all(first <= second for first, second in pairwise(days))
    assert [line.proposal.source_key for line in compared.lines] == ["B-07", "B-02", "B-03"]
    assert (compared.rest_count, compared.count, compared.rejected) == (5, 8, [])


def test_what_was_decided_is_a_fact_and_no_case():
    with transaction.atomic():
        Funding.objects.filter(amount_k=31_559).update(status=FundingStatus.GRANTED)
        Funding.objects.filter(amount_k=65_120).update(status=FundingStatus.REJECTED)
    compared = year_scenarios(YEAR, person("u001"))
    stands, every, none, single = compared.scenarios
    assert numbers(stands.outcome) == BY_HAND["Every grant comes"]
    assert numbers(every.outcome) == BY_HAND["G-03"]
    assert every.difference_k == -61_572
    assert none.outcome == single.outcome
    assert none.outcome.national_k == 31_559
    assert none.outcome.request_k == 186_394 - 3_300
    assert [line.proposal.source_key for line in compared.rejected] == ["B-07"]


def test_page_and_file_say_the_same():
    page = browser(person("u001")).get("/budget/scenarios/", {"year": "2023"})
    html = page.content.decode()
    for row in BY_HAND.values():
        assert all(f"{amount:,}" in html for amount in row if amount)
    assert "△71,835" in html
    rows = browser(person("u001")).get("/budget/scenarios/", {"year": "2023", "format": "json"}).json()
    assert [(row["request_none_k"], row["own_none_k"]) for row in rows] == [(0, 0), (8_524, 22_220), (27_682, 74_482)]


def test_each_sees_the_cases_of_what_is_open_to_them():
    compared = year_scenarios(YEAR, person("u014"))  # 市民課: B-03 alone
    assert [numbers(each.outcome)[0] for each in compared.scenarios] == [69_204, 27_682, 27_682]
    assert year_scenarios(YEAR, person("u016")).count == 0
    answer = browser(person("u016")).get("/budget/scenarios/")
    assert answer.status_code == 200
    assert "318,086" not in answer.content.decode()


@pytest.mark.parametrize("query", [{"year": "平成40年度"}, {"what": "1"}, {"format": "docx"}, {"year": "0"}])
def test_what_the_page_does_not_have_is_refused(query):
    assert browser(person("u001")).get("/budget/scenarios/", query).status_code == 400
