"""The files of the request ask the database as often for thirty proposals as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.exports import request_workbook
from apps.budget.selectors import all_of_year, cost_rows, whole_request
from apps.core.fiscal import FiscalYear
from tests.factories.budget import ProposalFactory

pytestmark = pytest.mark.django_db


def test_the_flat_list_reads_two_cursors_whatever_its_length():
    def read() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            rows = sum(len(own) for _proposal, own in cost_rows(all_of_year(FiscalYear(2024))))
        return rows, len(captured)

    ProposalFactory.create_batch(3, fiscal_year=FiscalYear(2024))
    few = read()
    ProposalFactory.create_batch(27, fiscal_year=FiscalYear(2024))
    assert (few, read()) == ((3, 2), (30, 2))


def test_queries_of_the_workbook_do_not_grow():
    def read(year: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            request_workbook(FiscalYear(year), list(whole_request(FiscalYear(year))))
        return len(captured)

    ProposalFactory.create_batch(3, fiscal_year=FiscalYear(2024), sources={"national": 10})
    ProposalFactory.create_batch(30, fiscal_year=FiscalYear(2025), sources={"national": 10})
    assert read(2024) == read(2025)
