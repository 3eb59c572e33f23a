"""Versions and numbers."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from apps.core.fiscal import FiscalYear
from apps.core.models import NumberSeries
from apps.core.models.number import next_number
from apps.core.services import StaleVersion, save_version
from apps.hurdles.models import Hurdle
from tests.factories import HurdleFactory

YEAR = FiscalYear(2022)


@pytest.mark.django_db
class TestVersions:
    def test_a_save_counts_and_the_record_in_memory_follows(self) -> None:
        hurdle = HurdleFactory(title="一")
        before = hurdle.updated_at
        save_version(hurdle, version=1, changes={"title": "二"})
        assert (hurdle.title, hurdle.version) == ("二", 2)
        assert hurdle.updated_at != before
        assert Hurdle.objects.get().title == "二"

    @pytest.mark.parametrize("version", [0, 1, 3])
    def test_any_other_version_is_refused_with_what_stands_there(self, version: int) -> None:
        hurdle = HurdleFactory(title="一", version=2)
        with pytest.raises(StaleVersion) as stale:
            save_version(hurdle, version=version, changes={"title": "二"})
        assert (stale.value.present.title, stale.value.present.version) == ("一", 2)
        assert Hurdle.objects.get().title == "一"

    def test_only_this_record_changes(self) -> None:
        hurdle, other = HurdleFactory(), HurdleFactory(title="別")
        save_version(hurdle, version=1, changes={"title": "二"})
        other.refresh_from_db()
        assert (other.title, other.version) == ("別", 1)


@pytest.mark.django_db
class TestNumbers:
    def test_each_series_and_year_counts_by_itself(self) -> None:
        given = [next_number(*each) for each in (("H", YEAR), ("H", YEAR), ("P", YEAR), ("H", FiscalYear(2023)))]
        assert given == ["H-2022-0001", "H-2022-0002", "P-2022-0001", "H-2023-0001"]

    def test_what_is_rolled_back_leaves_no_gap(self) -> None:
        next_number("H", YEAR)
        with transaction.atomic():
            assert next_number("H", YEAR) == "H-2022-0002"
            transaction.set_rollback(True)
        assert next_number("H", YEAR) == "H-2022-0002"

    def test_the_ten_thousandth_has_five_digits(self) -> None:
        NumberSeries.objects.create(prefix="H", fiscal_year=YEAR, last=9999)
        assert next_number("H", YEAR) == "H-2022-10000"


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_differ_and_have_no_gap() -> None:
    given: list[Any] = []
    gate = threading.Barrier(8)

    def draw() -> None:
        try:
            gate.wait(10)
            with transaction.atomic():
                given.append(next_number("H", YEAR))
        finally:
            connection.close()

    threads = [threading.Thread(target=draw) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(given) == [f"H-2022-{n:04d}" for n in range(1, 9)]
