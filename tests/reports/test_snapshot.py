"""One moment: what others write while a draft is read changes nothing in it."""

import threading
import time
from typing import Any

import pytest
from django.db import InternalError, connection, transaction

from apps.core.documents import DataTable
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.reports.services import one_moment
from apps.reports.services.compose import compose
from tests.factories import CityFactory, HurdleFactory, ReportChapterFactory, ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Any) -> None:
    """Does something on a connection of its own, and waits until it is committed."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)
    assert not failures


def test_what_is_committed_meanwhile_is_not_seen():
    HurdleFactory()
    with one_moment():
        assert Hurdle.objects.count() == 1
        elsewhere(HurdleFactory)
        assert Hurdle.objects.count() == 1
    assert Hurdle.objects.count() == 2


def test_nothing_can_be_written_in_it():
    with pytest.raises(InternalError, match="read-only"), one_moment():
        HurdleFactory()
    assert Hurdle.objects.count() == 0


def test_within_another_transaction_it_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError), one_moment():
        pass


def test_figures_of_one_draft_agree_while_others_write():
    """Hurdles are logged and solved all the while; every table, chart and figure of a draft counts the same ones."""
    CityFactory()
    report = ReportFactory()
    ReportChapterFactory(report=report)
    for _each in range(5):
        HurdleFactory(status=HurdleStatus.IN_PROGRESS)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(HurdleFactory(status=HurdleStatus.IN_PROGRESS).pk)
            Hurdle.objects.filter(pk=written[-1]).update(status=HurdleStatus.RESOLVED)
            HurdleFactory(status=HurdleStatus.IN_PROGRESS)

    writer = threading.Thread(target=lambda: (write(), connection.close()))
    writer.start()
    try:
        seen = set()
        for number in range(1, 9):
            before = len(written)
            while len(written) < before + 2:
                assert writer.is_alive()
                time.sleep(0.01)
            with one_moment():
                document = compose(report, number=number)
            (chapter,) = document.chapters
            stated = {each.name: each.value for each in document.figures()}
            tables = [block for block in chapter.blocks if isinstance(block, DataTable)]
            (chart,) = document.charts()
            hurdles = next(each for each in tables if len(each.columns) == 6 and each.columns[0].kind == "code")
            in_table = len(hurdles.rows)
            in_chart = sum(point.values[0] or 0 for point in chart.points)
            assert stated["hurdles.all"] == in_table == in_chart
            records = next(each.records for each in document.figures() if each.name == "hurdles.all")
            assert len(records) == in_table
            seen.add(in_table)
    finally:
        stop.set()
        writer.join(10)
    assert len(seen) > 1, "the writer did write between the drafts"
