"""The supervisor: starts programs, shows their lines, and stops all when one ends or somebody says so."""

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dxportal.embedded.children import StopPlan, start_child, stop_child, stop_signals_wait
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.output import say

ORDERLY_THEN_AT_ONCE: StopPlan = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
TICK = 0.2
CHUNK = 65536


@dataclass(frozen=True)
class Program:
    """What to run, and under which name its lines appear."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path | None = None


@dataclass
class Running:
    """A program that was started, and the part of a line that it has not finished yet."""

    name: str
    process: subprocess.Popen[bytes]
    unfinished: bytes = b""


def supervise(
    programs: Sequence[Program],
    *,
    servers: Mapping[str, subprocess.Popen[bytes]] | None = None,
    tick: Callable[[], None] = lambda: None,
    plan: StopPlan = ORDERLY_THEN_AT_ONCE,
) -> None:
    """Runs until a stop signal unwinds it, or raises when one of the programs or servers ends by itself.

    `servers` are watched but belong to the caller; `tick` is called several times a second.
    """
    with selectors.DefaultSelector() as selector, contextlib.ExitStack() as stack:
        with stop_signals_wait():
            started = [stack.enter_context(running(program, plan, selector)) for program in programs]
        watched = {**(servers or {}), **{one.name: one.process for one in started}}
        while True:
            show_lines(selector, TICK)
            refuse_ended(watched, selector)
            tick()


@contextlib.contextmanager
def running(program: Program, plan: StopPlan, selector: selectors.BaseSelector) -> Iterator[Running]:
    """One program, with all that it starts, from its start to its stop."""
    process = start_child(
        program.argv,
        death_signal=signal.SIGTERM,
        env=program.env,
        cwd=program.cwd,
        output=subprocess.PIPE,
    )
    one = Running(program.name, process)
    try:
        assert process.stdout is not None  # noqa: S101 it is a pipe
        os.set_blocking(process.stdout.fileno(), False)
        selector.register(process.stdout, selectors.EVENT_READ, one)
        yield one
    finally:
        stop_child(process, plan)
        show_lines(selector, 0)


def show_lines(selector: selectors.BaseSelector, seconds: float) -> None:
    """Shows what arrives within the time, or at once what has arrived."""
    for key, _events in selector.select(seconds):
        try:
            piece = os.read(key.fd, CHUNK)
        except BlockingIOError:
            continue
        show_piece(key.data, piece)
        if not piece:
            selector.unregister(key.fileobj)


def show_piece(one: Running, piece: bytes) -> None:
    """Shows whole lines under the program's name; at the end also a line without an end."""
    lines = (one.unfinished + piece).split(b"\n")
    one.unfinished = lines.pop() if piece else b""
    for line in filter(None, lines):
        say(f"{one.name} | {line.decode(errors='replace')}")


def refuse_ended(watched: Mapping[str, subprocess.Popen[bytes]], selector: selectors.BaseSelector) -> None:
    """Raises for the first program that has ended, after its last words."""
    for name, process in watched.items():
        if process.poll() is not None:
            show_lines(selector, 0)
            raise LauncherError(f"{name} stopped unexpectedly ({describe_end(process.returncode)}). ／停止しました。")


def describe_end(code: int) -> str:
    """How a process ended, in words."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
