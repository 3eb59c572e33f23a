"""The database of a single management command."""

import contextlib
from pathlib import Path

import pytest

from dxportal.embedded.command import address_for_command, database_for_command, needs_database
from dxportal.embedded.locks import try_lock
from dxportal.embedded.postgres import open_cluster
from dxportal.embedded.servers import lock_path, private_postgres
from tests.embedded.conftest import Scripts, wait_until

COMMAND = """
import time
import contextlib
from pathlib import Path
from dxportal.embedded.command import database_for_command
from dxportal.embedded.address import answers, database_settings
with database_for_command(["manage.py", "migrate"], var=Path({var!r})):
    sockets = Path(database_settings()["HOST"])
    for _ in range({ticks}):
        assert answers(sockets / ".s.PGSQL.5432")
        time.sleep(0.1)
    print(sockets, flush=True)
"""


@pytest.fixture
def var(tmp_path: Path, no_addresses: None) -> Path:
    """A var/ directory with a database in it."""
    open_cluster(tmp_path / "postgres", tmp_path / "log" / "postgres.log", for_tests=True)
    return tmp_path


@pytest.mark.usefixtures("no_addresses")
def test_no_database_yet_is_one_line(tmp_path: Path) -> None:
    with (
        pytest.raises(SystemExit, match="There is no database yet") as end,
        database_for_command(["manage.py", "migrate"], var=tmp_path),
    ):
        pass
    assert "\n" not in str(end.value)


def test_malformed_address_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:hid/den@h/n")
    with (
        pytest.raises(SystemExit, match="DATABASE_URL") as end,
        database_for_command(["manage.py"], var=tmp_path),
    ):
        pass
    assert "hid" not in str(end.value)


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["migrate"], True),
        (["load_city", "demo"], True),
        (["makemigrations", "--check"], False),
        (["check"], False),
        (["migrate", "--help"], False),
        ([], False),
    ],
)
def test_only_what_reads_data_needs_a_database(arguments: list[str], needed: bool) -> None:
    assert needs_database(["manage.py", *arguments]) is needed


def test_commands_at_once_share_one_server_until_the_last_has_finished(var: Path, scripts: Scripts) -> None:
    commands = [scripts.start(COMMAND.format(var=str(var), ticks=ticks)) for ticks in (2, 10, 20)]
    outputs = [command.communicate(timeout=60)[0] for command in commands]
    assert [command.returncode for command in commands] == [0, 0, 0], outputs
    assert len({line for output in outputs for line in output.splitlines() if line.startswith("/")}) == 1
    assert not (var / "run" / "postgres.json").exists()


def test_running_server_is_used_and_left_running(var: Path, scripts: Scripts) -> None:
    with try_lock(lock_path("postgres", var), "make demo"), private_postgres(var, for_tests=True) as server:
        command = scripts.start(COMMAND.format(var=str(var), ticks=1))
        assert command.communicate(timeout=30)[0].strip() == str(server.sockets)
        assert server.process.poll() is None


def test_traces_of_a_killed_command_are_cleared_away(var: Path, scripts: Scripts) -> None:
    killed = scripts.start(COMMAND.format(var=str(var), ticks=600))
    assert wait_until((var / "run" / "postgres.json").exists)
    killed.kill()
    command = scripts.start(COMMAND.format(var=str(var), ticks=1))
    output = command.communicate(timeout=60)[0]
    assert command.returncode == 0, output
    assert not (var / "run" / "postgres.json").exists()


def test_production_never_finds_the_demos_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dxportal.settings.production")
    with contextlib.ExitStack() as stack:
        assert address_for_command(["manage.py", "migrate"], tmp_path, stack) is None
