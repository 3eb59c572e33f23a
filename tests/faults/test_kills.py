"""Workers, brokers and databases that are killed: each job is done exactly once, within seconds of the restart."""

import random
import subprocess
import sys
import time

import pytest

from tests.embedded.conftest import is_alive
from tests.faults.conftest import repeated
from tests.faults.rig import Rig, descendants, wait_for

# The database of the test run gives the rig its tables.
pytestmark = pytest.mark.django_db
BREATH = 1  # seconds in which a second worker would show itself


def moment(round_: int, most: float = 2.0) -> float:
    """Seconds to wait before the kill: none the first time, any in the repetitions."""
    return random.uniform(0, most) if round_ else 0


def report(what: str, seconds: float, record_property) -> None:
    record_property(what, round(seconds, 1))
    print(f"{what}: {seconds:.1f} s")


def assert_done_once(rig: Rig, pk: int, series: str, attempts: tuple[int, ...]) -> None:
    job = rig.job(pk)
    assert (job["state"], job["progress"], job["reason"]) == ("done", 100, "")
    assert job["number"] == f"{series}-2022-0001"
    assert job["attempts"] in attempts
    time.sleep(BREATH)
    assert rig.marks()[series] == 1
    assert rig.job(pk) == job


@repeated
def test_killed_worker(rig: Rig, round_: int, record_property) -> None:
    pk, series = rig.press(pause=0.3)
    rig.wait_for_progress(pk, 20)
    time.sleep(moment(round_))
    rig.kill("worker")
    assert rig.marks().get(series) is None
    rig.start("worker")
    report("worker killed, result after the restart", rig.wait_until_done(pk), record_property)
    assert_done_once(rig, pk, series, (2,))


@repeated
def test_broker_stopped_while_the_button_is_pressed(rig: Rig, round_: int, record_property) -> None:
    rig.kill_broker()
    pressed = [rig.press(pause=0.05) for _each in range(3)]
    again = rig.press(again=pressed[0][1])
    assert again == pressed[0]
    time.sleep(2 + moment(round_, 10))
    assert {rig.job(pk)["state"] for pk, _series in pressed} == {"waiting"}
    rig.start_broker()
    report("broker back, results", max(rig.wait_until_done(pk) for pk, _ in pressed), record_property)
    for pk, series in pressed:
        assert_done_once(rig, pk, series, (1,))


@repeated
def test_database_restarted(rig: Rig, round_: int, record_property) -> None:
    pk, series = rig.press(pause=0.3)
    rig.wait_for_progress(pk, 20)
    time.sleep(moment(round_))
    dispatcher = rig.children["dispatcher"].pid
    rig.stop_database_at_once()
    time.sleep(moment(round_, 5))
    rig.start_database()
    report("database back, result", rig.wait_until_done(pk), record_property)
    assert_done_once(rig, pk, series, (1, 2))
    assert all(process.poll() is None for process in rig.children.values()), "nobody gave up"
    assert rig.children["dispatcher"].pid == dispatcher


@repeated
def test_killed_dispatcher(rig: Rig, round_: int, record_property) -> None:
    rig.kill("dispatcher")
    pk, series = rig.press(pause=0.05)
    rig.start("dispatcher")
    report("dispatcher back, result", rig.wait_until_done(pk), record_property)
    assert_done_once(rig, pk, series, (1,))


SUPERVISOR = """
import os
from dxportal.embedded.places import PROJECT
from dxportal.embedded.processes import Program, supervise
supervise([Program(name, argv, dict(os.environ), PROJECT) for name, argv in {programs!r}.items()])
"""


def test_killed_supervisor_leaves_nothing(rig: Rig) -> None:
    """As `make demo` under kill -9: neither the processes nor the children that Celery forks."""
    programs = {name: rig.command(name) for name in ("dispatcher", "worker", "beat")}
    code = SUPERVISOR.format(programs=programs)
    supervisor = subprocess.Popen([sys.executable, "-c", code], env=rig.environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: len(descendants(supervisor.pid)) >= 5, 20, "three processes and two children of Celery")
        started = descendants(supervisor.pid)
    finally:
        supervisor.kill()
        supervisor.wait()
    wait_for(lambda: not any(map(is_alive, started)), 10, "the end of all")
