"""Child processes that never outlive their parent, not even after kill -9."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from dxportal.embedded.identity import LIBC

PR_SET_PDEATHSIG = 1

# Ctrl-C, an orderly end, a closed terminal.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# What to send and how many seconds to wait for the end after it.
StopPlan = Sequence[tuple[signal.Signals, float]]


def nothing() -> None:
    """The identity of a child that stays who its parent is."""


@contextlib.contextmanager
def stop_signals_wait() -> Iterator[None]:
    """A stop signal that comes within the block is heard at its end.

    One that came between the start of a program and the note that it must be stopped would leave it running.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_child(
    argv: Sequence[str],
    *,
    death_signal: signal.Signals,
    enter: Callable[[], None] = nothing,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = None,
    errors_apart: bool = False,
) -> subprocess.Popen[bytes]:
    """Starts a program in its own session, so that Ctrl-C reaches the parent alone and the parent decides.

    The kernel sends `death_signal` to it when the parent dies, in whatever way. Without `output` it has the
    terminal; with `errors_apart` its error messages still go there.
    """
    parent = os.getpid()

    def before_exec() -> None:
        enter()
        die_with_parent(death_signal, parent)  # after enter(): a change of user would clear it
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)  # a program hears them even if its parent waits

    return subprocess.Popen(
        list(argv),
        stdin=None if output is None else subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None or errors_apart else subprocess.STDOUT,
        env=None if env is None else dict(env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=before_exec,  # noqa: PLW1509 the parent has no threads
    )


def die_with_parent(death_signal: signal.Signals, parent: int) -> None:
    """Asks the kernel for a signal at the parent's death; elsewhere than on Linux there is no such thing."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(death_signal))
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), death_signal)


def stop_child(process: subprocess.Popen[bytes], plan: StopPlan) -> None:
    """Asks a program to end, ever more firmly, and leaves nothing of its process group behind."""
    for number, patience in plan:
        if process.poll() is None:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
