"""Where things lie: the project, and var/ with all that a run leaves behind."""

import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"

SOCKET_PREFIX = "dxportal-"
# A Unix socket's whole path must fit into 107 bytes; a temporary directory longer than this leaves no room.
LONGEST_TEMPORARY_DIRECTORY = 60


def new_socket_directory() -> Path:
    """A short directory that only this user may enter, whatever the length of the project's own path."""
    parent = tempfile.gettempdir()
    if len(parent.encode()) > LONGEST_TEMPORARY_DIRECTORY:
        parent = "/tmp"  # noqa: S108 mkdtemp makes a private directory in it
    return Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=parent))
