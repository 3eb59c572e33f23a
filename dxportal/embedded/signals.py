"""Ctrl-C, SIGTERM and a closed terminal all mean the same: stop in good order."""

import os
import signal
from types import FrameType

from dxportal.embedded.children import STOP_SIGNALS, die_with_parent


class StopRequested(SystemExit):
    """Somebody asked this process to stop; unwinds everything that a `with` holds."""


def stop_in_good_order() -> None:
    """Turns the first stop signal into StopRequested; those that follow change nothing."""
    for number in STOP_SIGNALS:
        signal.signal(number, raise_stop)


def raise_stop(number: int, _frame: FrameType | None) -> None:
    """The handler: from here on a second Ctrl-C must not break the stop itself."""
    for other in STOP_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise StopRequested(128 + number)


def follow_make() -> None:
    """Under make, stops when make is killed; a shell's child stays, as it would be with nohup."""
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM, os.getppid())
