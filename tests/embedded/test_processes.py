"""The supervisor leaves nothing running, however it ends."""

import signal
import time
from pathlib import Path

import pytest

from dxportal.embedded.processes import describe_end
from tests.embedded.conftest import Scripts, is_alive, wait_until

# Each program writes its own number and that of a child of its own, then does what it is told.
SUPERVISOR = """
import sys
from pathlib import Path
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.processes import Program, supervise
from dxportal.embedded.signals import stop_in_good_order
stop_in_good_order()
shell = 'trap "%s" TERM; sleep 60 & echo $$ $! > {place}/%s; echo hello; %s'
programs = [
    Program(name, ['/bin/sh', '-c', shell % ('exit' * (does != {stubborn!r}), name, does)], {{}})
    for name, does in {does!r}.items()
]
try:
    supervise(programs, plan=((15, 1.0), (9, 5.0)))
except LauncherError as error:
    sys.exit(str(error))
"""
STUBBORN = "while :; do sleep 1; done"


def supervisor_of(place: Path, **does: str) -> str:
    """The code of a supervisor whose programs do what is said; the stubborn one ignores SIGTERM."""
    return SUPERVISOR.format(place=place, does=does, stubborn=STUBBORN)


def pids_of(place: Path, *names: str) -> list[int]:
    """The numbers that the programs have written."""
    assert wait_until(lambda: all((place / name).exists() and (place / name).read_text().strip() for name in names))
    return [int(pid) for name in names for pid in (place / name).read_text().split()]


def test_end_of_one_stops_all_and_is_named(tmp_path: Path, scripts: Scripts) -> None:
    supervisor = scripts.start(supervisor_of(tmp_path, first="wait", second="sleep 1; exit 3"))
    output, _ = supervisor.communicate(timeout=20)
    assert supervisor.returncode == 1
    assert "first | hello\n" in output
    assert "second stopped unexpectedly (exit code 3)." in output
    assert not any(map(is_alive, pids_of(tmp_path, "first", "second")))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_ends_even_the_stubborn(tmp_path: Path, scripts: Scripts, number: signal.Signals) -> None:
    supervisor = scripts.start(supervisor_of(tmp_path, first="wait", second=STUBBORN))
    pids = pids_of(tmp_path, "first", "second")
    sent = time.monotonic()
    supervisor.send_signal(number)
    while time.monotonic() - sent < 0.3:
        supervisor.send_signal(number)  # a second one does not break the orderly stop
        time.sleep(0.05)
    assert supervisor.wait(20) == 128 + number
    assert time.monotonic() - sent >= 1.0, "the stubborn one had its second"
    assert wait_until(lambda: not any(map(is_alive, pids)))


def test_signal_while_a_program_starts_leaves_nothing_running(tmp_path: Path, scripts: Scripts) -> None:
    """The signal comes when the program runs already, but nobody has noted yet that it must be stopped."""
    at_start = """
import os, signal, time
from dxportal.embedded import processes
start = processes.start_child
def start_and_be_stopped(*arguments, **options):
    process = start(*arguments, **options)
    while not Path({place!r}).exists() or not Path({place!r}).read_text().strip():
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGINT)
    return process
processes.start_child = start_and_be_stopped
"""
    code = supervisor_of(tmp_path, second=STUBBORN).replace(
        "stop_in_good_order()\nshell", f"stop_in_good_order()\n{at_start.format(place=str(tmp_path / 'second'))}shell"
    )
    supervisor = scripts.start(code)
    pids = pids_of(tmp_path, "second")
    assert supervisor.wait(20) == 128 + signal.SIGINT
    assert wait_until(lambda: not any(map(is_alive, pids)))


def test_killed_supervisor_takes_its_programs_with_it(tmp_path: Path, scripts: Scripts) -> None:
    supervisor = scripts.start(supervisor_of(tmp_path, first="exec sleep 60"))
    program, _ = pids_of(tmp_path, "first")
    supervisor.kill()
    assert wait_until(lambda: not is_alive(program))


def test_end_is_described() -> None:
    assert describe_end(3) == "exit code 3"
    assert describe_end(-signal.SIGKILL) == "SIGKILL"
