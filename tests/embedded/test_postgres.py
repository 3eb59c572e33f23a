"""The private PostgreSQL, real."""

import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxportal.embedded.errors import LauncherError
from dxportal.embedded.identity import myself
from dxportal.embedded.postgres import (
    NO_PROCESS,
    Cluster,
    RunningPostgres,
    ask,
    forget_owner_that_is_none,
    initialise,
    open_cluster,
    running_postgres,
)
from tests.embedded.conftest import Scripts, is_alive, wait_until

HOLDER = """
import sys, time
from pathlib import Path
from dxportal.embedded.postgres import open_cluster, running_postgres
with running_postgres(open_cluster(Path({data!r}), Path({log!r}))) as server:
    print(server.process.pid, server.sockets, flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """A cluster at a path with spaces that is far longer than a socket's path may be."""
    place = tmp_path_factory.mktemp("a place with spaces") / ("long" * 30)
    return open_cluster(place / "postgres", place / "postgres.log")


def query(cluster: Cluster, server: RunningPostgres, sql: str) -> str:
    """The answer to a query in the portal's database."""
    answer = ask(cluster, server.sockets, "psql", "-d", "portal", "-XAtqc", sql)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


@pytest.fixture
def server(cluster: Cluster) -> Iterator[RunningPostgres]:
    with running_postgres(cluster) as server:
        yield server


def test_japanese_is_sorted_and_found_as_the_design_needs(cluster: Cluster, server: RunningPostgres) -> None:
    facts = "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale, datctype FROM pg_database"
    assert query(cluster, server, f"{facts} WHERE datname = 'portal'") == "UTF8|b|C.UTF-8|C.UTF-8"
    query(cluster, server, "CREATE EXTENSION pg_trgm")
    assert query(cluster, server, "SELECT cardinality(show_trgm('押印廃止'))") == "5"


def test_server_listens_on_a_private_socket_only(cluster: Cluster, server: RunningPostgres) -> None:
    assert query(cluster, server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert len(str(server.sockets / ".s.PGSQL.5432")) <= 107


def test_orderly_stop_leaves_nothing(cluster: Cluster) -> None:
    with running_postgres(cluster) as server:
        pass
    assert server.process.returncode == 0
    assert not server.sockets.exists()


def test_data_survives_kill_and_the_next_start_follows_at_once(cluster: Cluster) -> None:
    with running_postgres(cluster) as server:
        query(cluster, server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        server.process.kill()
        with running_postgres(cluster) as successor:
            assert query(cluster, successor, "SELECT count(*) FROM kept") == "1000"


def test_killed_holder_takes_the_server_with_it(tmp_path: Path, scripts: Scripts) -> None:
    code = HOLDER.format(data=str(tmp_path / "postgres"), log=str(tmp_path / "log"))
    holder = scripts.start(code)
    assert holder.stdout is not None
    pid, sockets = holder.stdout.readline().split()
    assert is_alive(int(pid))
    holder.kill()
    assert wait_until(lambda: not is_alive(int(pid)))
    shutil.rmtree(sockets)
    assert "database system is shut down" in (tmp_path / "log").read_text()


def test_killed_initialisation_is_begun_anew(tmp_path: Path, scripts: Scripts) -> None:
    holder = scripts.start(HOLDER.format(data=str(tmp_path / "postgres"), log=str(tmp_path / "log")))
    assert wait_until(lambda: any(tmp_path.glob("unfinished-*/postgresql.conf")))
    holder.kill()
    assert not (tmp_path / "postgres").exists()
    open_cluster(tmp_path / "postgres", tmp_path / "log", for_tests=True)
    open_cluster(tmp_path / "postgres", tmp_path / "log", for_tests=True)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["log", "postgres"]


def fake_programs(directory: Path, script: str) -> Cluster:
    """A cluster whose initdb and postgres are a shell script."""
    for name in ("initdb", "postgres", "pg_isready"):
        (directory / name).write_text(f"#!/bin/sh\n{script}\n")
        (directory / name).chmod(0o755)
    return Cluster(directory, directory / "data", directory / "log", myself())


def test_full_disk_is_one_line_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    script = 'touch "$2/half"; echo "initdb: error: could not write: No space left on device" >&2; exit 1'
    cluster = fake_programs(tmp_path, script)
    with pytest.raises(LauncherError, match="disk is full") as refusal:
        initialise(cluster)
    assert "\n" not in str(refusal.value)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["initdb", "log", "pg_isready", "postgres"]


def test_failed_start_says_the_servers_own_reason(tmp_path: Path) -> None:
    cluster = fake_programs(tmp_path, 'echo "2026 UTC [1] FATAL:  the data directory is of version 12" >&2; exit 1')
    with (
        pytest.raises(LauncherError, match="did not start: the data directory is of version 12"),
        running_postgres(cluster),
    ):
        pass


@pytest.mark.parametrize(("program", "kept"), [("sleep", False), ("postgres", True)])
def test_lock_file_with_the_number_of_another_program_is_harmless(tmp_path: Path, program: str, kept: bool) -> None:
    shutil.copy("/bin/sleep", tmp_path / program)
    process = subprocess.Popen([tmp_path / program, "60"])
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{process.pid}\n/somewhere\n")
    try:
        assert wait_until(lambda: Path(f"/proc/{process.pid}/comm").read_text().strip() == program)
        forget_owner_that_is_none(tmp_path)
        assert lock.read_text().splitlines() == [str(process.pid) if kept else NO_PROCESS, "/somewhere"]
    finally:
        process.kill()
        process.wait()


def test_stop_signal_during_the_start_leaves_no_server(tmp_path: Path, scripts: Scripts) -> None:
    code = "from dxportal.embedded.signals import stop_in_good_order\nstop_in_good_order()"
    data = tmp_path / "postgres"
    open_cluster(data, tmp_path / "log", for_tests=True)
    holder = scripts.start(code + HOLDER.format(data=str(data), log=str(tmp_path / "log")))
    assert wait_until((data / "postmaster.pid").exists)
    pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(holder.pid, signal.SIGTERM)
    assert holder.wait(20) == 128 + signal.SIGTERM
    assert not is_alive(pid)
