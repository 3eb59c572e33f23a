"""A database for one management command: the one that is there, or a private one while it runs."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dxportal.embedded.address import database_settings, private_url
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.locks import lock_when_unused, owner_of, shared_lock, try_lock
from dxportal.embedded.places import VAR
from dxportal.embedded.postgres import is_initialised
from dxportal.embedded.servers import explain, lock_path, private_postgres, users_path

PATIENCE = 120.0
# These read the code only.
WITHOUT_DATABASE = {
    "check",
    "check_translations",
    "collectstatic",
    "compilemessages",
    "help",
    "makemessages",
    "makemigrations",
    "version",
}
NO_DATABASE_YET = (
    "There is no database yet. Run `make demo` first, or set DATABASE_URL. "
    "／データベースがまだありません。先に `make demo` を実行するか、DATABASE_URL を設定してください。"
)


@contextlib.contextmanager
def database_for_command(argv: Sequence[str], *, var: Path = VAR) -> Iterator[None]:
    """Sets DATABASE_URL for the command and what it starts; a failure is one line and exit code 1."""
    with contextlib.ExitStack() as stack:
        try:
            url = address_for_command(argv, var, stack)
        except OSError as error:
            sys.exit(str(explain(error)))
        except LauncherError as error:
            sys.exit(str(error))
        if url is not None:
            stack.enter_context(environment("DATABASE_URL", url))
        yield


def address_for_command(argv: Sequence[str], var: Path, stack: contextlib.ExitStack) -> str | None:
    """The private database's address; None where the command needs none or the environment names one."""
    if os.environ.get("DATABASE_URL"):
        database_settings()  # a malformed address ends here, in one line
        return None
    if not needs_database(argv) or is_production():
        return None
    return stack.enter_context(shared_or_own(var))


def is_production() -> bool:
    """A city hall's settings ask for an address of their own; the demo's database is never theirs by mistake."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")


def needs_database(argv: Sequence[str]) -> bool:
    """False for what reads the code only, and for help."""
    command = argv[1] if len(argv) > 1 else "help"
    return command not in WITHOUT_DATABASE and not {"-h", "--help", "--version"} & set(argv[1:])


@contextlib.contextmanager
def shared_or_own(var: Path) -> Iterator[str]:
    """The address of a server that somebody runs, or else of one of our own."""
    if not is_initialised(var / "postgres") and not is_locked(var):
        raise LauncherError(NO_DATABASE_YET)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with try_lock(lock_path("postgres", var), "manage.py") as taken:
            if taken:
                with own_server(var) as url:
                    yield url
                return
        with shared_lock(users_path("postgres", var)):
            found = private_url("postgres", var=var)
            if found is not None:
                yield found
                return
        time.sleep(0.1)
    raise LauncherError(f"The database is held by {owner_of(lock_path('postgres', var))} and does not answer.")


def is_locked(var: Path) -> bool:
    """True while somebody runs, or is just about to make, the private database."""
    path = lock_path("postgres", var)
    if not path.exists():
        return False
    with try_lock(path, "manage.py") as taken:
        return not taken


@contextlib.contextmanager
def own_server(var: Path) -> Iterator[str]:
    """A server for this command; it stays until other commands that came to use it have finished."""
    if not is_initialised(var / "postgres"):
        raise LauncherError(NO_DATABASE_YET)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that SIGTERM, too, stops the server
    # The users' lock is let go only after the server's stop: nobody may come to it in between.
    with contextlib.ExitStack() as no_more_users, private_postgres(var) as server:
        try:
            yield server.url
        finally:
            no_more_users.enter_context(lock_when_unused(users_path("postgres", var), say_waiting))


def say_waiting() -> None:
    """Tells why a finished command does not end yet."""
    line = "Other commands still use the database; waiting for them. ／他のコマンドの終了を待っています。"
    print(line, file=sys.stderr)


@contextlib.contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Sets a variable for this process and its children, and takes it back."""
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)
