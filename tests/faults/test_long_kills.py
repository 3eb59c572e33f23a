"""What takes too long for every test run: `make faults`."""

import signal
import time

import pytest

from tests.embedded.conftest import is_alive
from tests.faults.conftest import repeated
from tests.faults.rig import Rig, descendants, wait_for
from tests.faults.test_kills import assert_done_once, moment, report

pytestmark = pytest.mark.django_db


@repeated
def test_worker_killed_while_it_writes_the_result(rig: Rig, round_: int, record_property) -> None:
    pk, series = rig.press(pause=0, linger=4)
    rig.wait_for_progress(pk, 100)
    time.sleep(1 + moment(round_))
    rig.kill("worker")
    assert rig.marks().get(series) is None
    rig.start("worker")
    report("worker killed at the end, result", rig.wait_until_done(pk), record_property)
    assert_done_once(rig, pk, series, (2,))


def test_worker_that_ends_every_time(rig: Rig) -> None:
    pk, series = rig.press(pause=2)
    for attempt in range(1, 4):
        wait_for(lambda: rig.job(pk)["attempts"] == attempt, 30, f"attempt {attempt}")  # noqa: B023 called at once
        rig.wait_for_progress(pk, 10)
        rig.kill("worker")
        rig.start("worker")
    wait_for(lambda: rig.job(pk)["state"] == "failed", 30, "the end")
    assert rig.job(pk)["reason"]
    assert rig.marks().get(series) is None


@repeated
def test_worker_stopped_in_good_order(rig: Rig, round_: int) -> None:
    """SIGTERM: what is nearly done is finished, what takes longer is given up in time."""
    pause = 0.2 if round_ % 2 else 2
    pk, series = rig.press(pause=pause)
    rig.wait_for_progress(pk, 20)
    worker = rig.children["worker"]
    started = descendants(worker.pid)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(9) == 0
    assert not any(map(is_alive, started))
    assert rig.job(pk)["state"] == ("done" if round_ % 2 else "running")
    rig.start("worker")
    rig.wait_until_done(pk, 60)
    assert_done_once(rig, pk, series, (1,) if round_ % 2 else (2,))


@repeated
def test_everything_killed_but_the_database(rig: Rig, round_: int, record_property) -> None:
    pk, series = rig.press(pause=0.3)
    time.sleep(moment(round_, 4))
    for name in ("worker", "dispatcher", "beat", "web"):
        rig.kill(name)
    rig.kill_broker()
    rig.start_broker()
    for name in ("web", "dispatcher", "worker", "beat"):
        rig.start(name)
    report("everything killed, result", rig.wait_until_done(pk, 30), record_property)
    assert_done_once(rig, pk, series, (1, 2))
    wait_for(rig.answers, 30, "the web server")
