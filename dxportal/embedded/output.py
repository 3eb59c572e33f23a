"""Lines for the person at the terminal, who may have closed it."""

import contextlib
import sys


def say(line: str) -> None:
    """Prints a line; a terminal that is gone or knows no Japanese must not stop an orderly stop."""
    with contextlib.suppress(OSError, ValueError):
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stdout.flush()


def complain(line: str) -> None:
    """The one line that says what went wrong."""
    with contextlib.suppress(OSError, ValueError):
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()
