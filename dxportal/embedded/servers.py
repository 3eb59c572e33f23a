"""The private servers of one var/ directory: never two of a kind, and known to all who look for them."""

import contextlib
import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from dxportal.embedded.address import note_path, read_note, write_note
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.locks import owner_of, try_lock
from dxportal.embedded.logs import DISK_FULL_LINE
from dxportal.embedded.places import SOCKET_PREFIX
from dxportal.embedded.postgres import RunningPostgres, open_cluster, running_postgres
from dxportal.embedded.valkey import RunningValkey, running_valkey


def lock_path(name: str, var: Path) -> Path:
    """Who holds this lock runs the server."""
    return var / "run" / f"{name}.lock"


def users_path(name: str, var: Path) -> Path:
    """Commands that use a server which another command started hold this lock together."""
    return var / "run" / f"{name}.users"


@contextlib.contextmanager
def private_postgres(var: Path, *, for_tests: bool = False) -> Iterator[RunningPostgres]:
    """PostgreSQL on var/postgres; the caller holds its lock."""
    remove_traces("postgres", var)
    cluster = open_cluster(var / "postgres", var / "log" / "postgres.log", for_tests=for_tests)
    with running_postgres(cluster) as server:
        write_note("postgres", var, url=server.url, socket=server.sockets / ".s.PGSQL.5432")
        try:
            yield server
        finally:
            note_path("postgres", var).unlink(missing_ok=True)


@contextlib.contextmanager
def private_valkey(var: Path, *, for_tests: bool = False) -> Iterator[RunningValkey]:
    """Valkey on var/valkey; the caller holds its lock."""
    remove_traces("valkey", var)
    with running_valkey(var / "valkey", var / "log" / "valkey.log", for_tests=for_tests) as server:
        write_note("valkey", var, url=server.url, socket=server.socket)
        try:
            yield server
        finally:
            note_path("valkey", var).unlink(missing_ok=True)


@contextlib.contextmanager
def sole_owner(name: str, var: Path, owner: str, *, wait: Callable[[str], None]) -> Iterator[None]:
    """Holds the server's lock; `wait` is told who holds it now, and returns to try again or raises."""
    while True:
        with try_lock(lock_path(name, var), owner) as taken:
            if taken:
                yield
                return
        wait(owner_of(lock_path(name, var)))


def remove_traces(name: str, var: Path) -> None:
    """Clears away what a predecessor that was killed could not: its note and its socket directory."""
    note = read_note(name, var)
    note_path(name, var).unlink(missing_ok=True)
    sockets = Path(note["socket"]).parent if note else None
    if sockets is not None and sockets.name.startswith(SOCKET_PREFIX):
        shutil.rmtree(sockets, ignore_errors=True)


def explain(error: OSError) -> LauncherError:
    """One line for what the file system refuses under var/."""
    if error.errno == errno.ENOSPC:
        return LauncherError(DISK_FULL_LINE)
    if not isinstance(error, PermissionError):
        return LauncherError(str(error))
    return LauncherError(
        f"{error.filename} belongs to another user: run this as that user, or take over the whole project. "
        "／別のユーザーが作ったファイルです。そのユーザーで実行するか、所有者を変更してください。"
    )
