"""The demo city as of 1 February 2023: every stage of every proposal, in numbers written by hand (千円)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from apps.budget.models import BudgetYear, Proposal
from apps.budget.selectors.budget_year import year_course
from apps.budget.selectors.stages import course_of, with_course
from apps.city.services import load_city
from apps.core.fiscal import FiscalYear
from tests.city.demo_city import DEMO, person

YEAR = FiscalYear(2023)
CONFIRMED, ASKED, HEARD = "課長確認", "要求提出", "財政課ヒアリング"
CHIEF_OF_FINANCE, HEAD_OF_FINANCE, MAYOR = "財政課長査定", "財務部長査定", "市長査定"
# Appraised on 6 January 2023, with lines; every later stage without lines repeats the one before it.
COURSES = {
    "B-01": [
        (CONFIRMED, 11_642),
        (ASKED, 11_642),
        (HEARD, 11_642),
        (CHIEF_OF_FINANCE, 11_572),
        (HEAD_OF_FINANCE, 11_572),
    ],
    "B-02": [(CONFIRMED, 11_824), (ASKED, 11_824), (HEARD, 11_824)],
    "B-03": [
        (ASKED, 69_204),
        (HEARD, 69_204),
        (CHIEF_OF_FINANCE, 66_327),
        (HEAD_OF_FINANCE, 66_327),
        (MAYOR, 66_327),
    ],
    "B-04": [
        (ASKED, 13_946),
        (HEARD, 13_946),
        (CHIEF_OF_FINANCE, 9_601),
        (HEAD_OF_FINANCE, 9_601),
        (MAYOR, 9_601),
        ("内示", 9_601),
        ("復活要求", 10_866),
    ],
    "B-05": [(CONFIRMED, 30_708), (ASKED, 30_708), (HEARD, 30_708)],
    "B-06": [(CONFIRMED, 15_750), (ASKED, 15_750), (HEARD, 15_750)],
    "B-07": [(ASKED, 131_692), (HEARD, 131_692), (CHIEF_OF_FINANCE, 131_692), (HEAD_OF_FINANCE, 131_692)],
    "B-08": [(CONFIRMED, 33_320), (ASKED, 33_320), (HEARD, 33_320)],
}
# 318,086 less 70 (旅費 of B-01), 2,877 (報酬 2,022, 職員手当等 404, 共済費 350, 旅費 101 of B-03) and 4,345 (委託料
# 3,080, 使用料 1,265 of B-04); then 1,265 asked again.
TOTALS = [
    (ASKED, 318_086),
    (HEARD, 318_086),
    (CHIEF_OF_FINANCE, 310_794),
    (HEAD_OF_FINANCE, 310_794),
    (MAYOR, 310_794),
    ("内示", 310_794),
    ("復活要求", 312_059),
]
# 節 of B-03 and B-04 that the appraisal changed.
ITEMS: dict[tuple[str, str], dict[int, int]] = {
    ("B-03", MAYOR): {1: 2_022, 3: 405, 4: 351, 8: 101, 10: 330, 12: 47_850, 13: 2_970, 14: 7_480, 17: 4_818},
    ("B-04", "内示"): {1: 2_160, 7: 440, 8: 841, 12: 5_500, 13: 0, 18: 660},
    ("B-04", "復活要求"): {1: 2_160, 7: 440, 8: 841, 12: 5_500, 13: 1_265, 18: 660},
}


@pytest.fixture(scope="module")
def _february(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_city(folder=DEMO, as_of=date(2023, 2, 1))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def february(_february: None, db: None, settings: Any) -> None:
    settings.DEMO_TODAY = date(2023, 2, 1)


def courses() -> dict[str, list[Any]]:
    return {each.source_key: course_of(each) for each in with_course(Proposal.objects.all())}


@pytest.mark.usefixtures("february")
def test_every_stage_of_every_proposal() -> None:
    found = courses()
    assert {key: [(each.stage.name, each.total_k) for each in course] for key, course in found.items()} == COURSES
    for course in found.values():
        assert [each.total_k for each in course] == [each.entry.amount_k for each in course]


@pytest.mark.usefixtures("february")
@pytest.mark.parametrize("where", ITEMS)
def test_a_stage_without_lines_repeats_the_one_before(where: tuple[str, str]) -> None:
    key, stage = where
    reached = next(each for each in courses()[key] if each.stage.name == stage)
    assert {item.number: amount_k for item, amount_k in reached.amounts.items()} == ITEMS[where]


@pytest.mark.usefixtures("february")
def test_the_year_by_stage() -> None:
    course = year_course(YEAR, person("u009"))
    assert list(zip((stage.name for stage in course.stages), course.totals, strict=True)) == TOTALS
    assert (course.asked_k, course.last_k, len(course.rows)) == (318_086, 312_059, 8)
    assert [row.proposal.source_key for row in course.rows if row.change_k] == ["B-04", "B-01", "B-03"]
    assert BudgetYear.objects.get(fiscal_year=2023).disclosed_on == date(2023, 1, 24)


@pytest.mark.usefixtures("february")
def test_the_page_of_the_year_says_the_same(client_for: Any) -> None:
    page = client_for(person("u006")).get("/budget/appraisal/?year=2023").content.decode()
    assert all(f">{amount:,}<" in page for amount in (318_086, 310_794, 312_059))
    assert "案内員は効果を見て増員を検討" in page
