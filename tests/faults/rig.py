"""A portal of its own: PostgreSQL, Valkey, and the processes of `make demo`, each of which may be killed."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg2

from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.demo import PROCESSES
from dxportal.embedded.identity import hand_over
from dxportal.embedded.places import PROJECT, new_socket_directory
from dxportal.embedded.postgres import (
    DATABASE,
    FAST_THEN_AT_ONCE,
    USER,
    create_database,
    open_cluster,
    start_postgres,
)
from dxportal.embedded.processes import ORDERLY_THEN_AT_ONCE
from dxportal.embedded.valkey import SOCKET_NAME, start_valkey
from tests.embedded.conftest import is_alive

AT_ONCE = ((signal.SIGKILL, 5.0),)
# The series of the tests have four characters, those of records one.
SERIES = "SELECT prefix, last FROM core_numberseries WHERE length(prefix) = 4"
JOB = """
    SELECT state, attempts, progress, reason, fence, result->>'number' AS number,
           extract(epoch FROM ended_at - created_at) AS took
    FROM core_job WHERE id = %s
"""


def wait_for(condition: Callable[[], Any], seconds: float, what: str) -> float:
    """How long it took until the condition held; fails where it does not come to hold in time."""
    start = time.monotonic()
    while time.monotonic() < start + seconds:
        if condition():
            return time.monotonic() - start
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


def descendants(pid: int) -> list[int]:
    """What a process has started, and what that has started."""
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(each for child in children for each in descendants(child))]


class Rig:
    """`place` takes everything that is written; `schema` is SQL that makes the portal's tables."""

    def __init__(self, place: Path, schema: bytes) -> None:
        self.place = place
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked = 0
        self.redis_sockets = new_socket_directory()
        self.sockets = new_socket_directory()
        # With all crash safety, unlike other tests': here it is killed, and what it has acknowledged must stay.
        self.cluster = open_cluster(place / "postgres", place / "postgres.log")
        hand_over(self.sockets, self.cluster.identity)
        self.start_database()
        create_database(self.cluster, self.sockets)
        psql = [str(self.cluster.programs / "psql"), "-h", str(self.sockets), "-U", USER, "-d", DATABASE, "-Xq"]
        subprocess.run([*psql, "-v", "ON_ERROR_STOP=1"], input=schema, check=True, stdout=subprocess.DEVNULL)
        self.start_broker()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in PROCESSES:
            self.start(name)
        wait_for(self.answers, 60, "the web server")
        wait_for(lambda: {"dispatcher", "worker"} <= self.ever_heard(), 30, "dispatcher and worker")

    def end(self) -> None:
        """Stops everything."""
        for process in self.children.values():
            stop_child(process, AT_ONCE)
        stop_child(self.broker, ORDERLY_THEN_AT_ONCE)
        stop_child(self.database, FAST_THEN_AT_ONCE)
        for sockets in (self.sockets, self.redis_sockets):
            shutil.rmtree(sockets, ignore_errors=True)

    # what can be killed

    def start(self, name: str) -> None:
        """One process of the portal, by the command of `make demo`."""
        with (self.place / f"{name}.log").open("ab") as output:
            self.children[name] = start_child(
                self.command(name),
                death_signal=signal.SIGTERM,
                env=self.environment(),
                cwd=PROJECT,
                output=output,
            )

    def command(self, name: str) -> list[str]:
        blanks = {"address": f"127.0.0.1:{self.port}", "log": str(self.place), "run": str(self.place)}
        return [sys.executable, *(word.format_map(blanks) for word in PROCESSES[name].split())]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": f"postgres://{USER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}",
            "REDIS_URL": f"unix://{quote(str(self.redis_sockets / SOCKET_NAME))}?db=0",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }

    def kill(self, name: str) -> None:
        """kill -9 of a process alone; what it has started must end by itself."""
        started = descendants(self.children[name].pid)
        self.children[name].kill()
        self.children[name].wait()
        wait_for(lambda: not any(map(is_alive, started)), 5, f"the end of what {name} has started")

    def start_database(self) -> None:
        self.database = start_postgres(self.cluster, self.sockets)

    def stop_database_at_once(self) -> None:
        """What `pg_ctl stop -m immediate` does."""
        self.database.send_signal(signal.SIGQUIT)
        self.database.wait(30)

    def start_broker(self) -> None:
        """It keeps nothing: what was in it when it was killed is lost."""
        data = self.place / "valkey"
        data.mkdir(exist_ok=True)
        self.broker = start_valkey(data, self.place / "valkey.log", self.redis_sockets / SOCKET_NAME, True)

    def kill_broker(self) -> None:
        self.broker.kill()
        self.broker.wait()

    # what a person does and sees

    def request(self, method: str, path: str, body: str = "") -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.request("GET", "/healthz")[0] == http.HTTPStatus.OK
        except OSError:
            return False

    def press(self, *, pause: float = 0.1, linger: float = 0, again: str = "") -> tuple[int, str]:
        """Presses the button: the job's number and its series; `again` presses it once more for a series."""
        self.asked += 1
        series = again or f"{self.asked:04x}"
        started = time.monotonic()
        status, answer = self.request(
            "POST", "/press/", urlencode({"series": series, "pause": pause, "linger": linger})
        )
        assert status == http.HTTPStatus.OK
        assert time.monotonic() - started < 3, "the button answers within three seconds"
        return answer["id"], series

    # what stands in the database

    def query(self, sql: str, *values: Any) -> list[Any]:
        with psycopg2.connect(host=str(self.sockets), dbname=DATABASE, user=USER) as connection:
            cursor = connection.cursor()
            cursor.execute(sql, values)
            return cursor.fetchall()

    def job(self, pk: int) -> dict[str, Any]:
        names = ("state", "attempts", "progress", "reason", "fence", "number", "took")
        return dict(zip(names, self.query(JOB, pk)[0], strict=True))

    def marks(self) -> dict[str, int]:
        """How often each job has left its mark."""
        return dict(self.query(SERIES))

    def ever_heard(self) -> set[str]:
        return {name for (name,) in self.query("SELECT name FROM core_heartbeat")}

    def wait_for_progress(self, pk: int, least: int) -> None:
        wait_for(lambda: self.job(pk)["progress"] >= least, 20, f"{least} per cent")

    def wait_until_done(self, pk: int, seconds: float = 30) -> float:
        return wait_for(lambda: self.job(pk)["state"] == "done", seconds, "the job")


def dump(settings: dict[str, Any], programs: Path) -> bytes:
    """The tables of a migrated database, with what migrations wrote into them."""
    where = [("-h", settings["HOST"]), ("-p", settings["PORT"]), ("-U", settings["USER"]), ("-d", settings["NAME"])]
    argv = [str(programs / "pg_dump"), "--no-owner", "--no-privileges"]
    argv += [word for option, value in where if value for word in (option, str(value))]
    env = {**os.environ, "PGPASSWORD": settings.get("PASSWORD") or ""}
    return subprocess.run(argv, env=env, capture_output=True, check=True).stdout
