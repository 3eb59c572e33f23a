"""The private Valkey, real."""

import socket
from pathlib import Path

import pytest

from dxportal.embedded.errors import LauncherError
from dxportal.embedded.valkey import ping, running_valkey


def send(path: Path, *words: str) -> str:
    """The answer to one command."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        connection.sendall((" ".join(words) + "\r\n").encode())
        return connection.recv(4096).decode().strip()


def test_server_refuses_rather_than_forgets_and_keeps_what_it_took(tmp_path: Path) -> None:
    data = tmp_path / "with spaces" / ("long" * 30)
    with running_valkey(data, tmp_path / "log") as server:
        assert ping(server.socket)
        assert send(server.socket, "CONFIG", "GET", "maxmemory-policy").endswith("noeviction")
        assert send(server.socket, "CONFIG", "GET", "port").endswith("0")
        assert send(server.socket, "SET", "kept", "yes") == "+OK"
        server.process.kill()
        server.process.wait()
    with running_valkey(data, tmp_path / "log") as server:
        assert send(server.socket, "GET", "kept").endswith("yes")


def test_orderly_stop_leaves_nothing(tmp_path: Path) -> None:
    with running_valkey(tmp_path / "data", tmp_path / "log", for_tests=True) as server:
        assert server.url == f"unix://{server.socket}?db=0"
    assert server.process.returncode == 0
    assert not server.socket.parent.exists()


def test_failed_start_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data" / "appendonlydir").mkdir(parents=True)
    (tmp_path / "data" / "appendonlydir" / "appendonly.aof.manifest").write_text("nonsense\n")
    with (
        pytest.raises(LauncherError, match="Valkey did not start") as refusal,
        running_valkey(tmp_path / "data", tmp_path / "log"),
    ):
        pass
    assert "\n" not in str(refusal.value)
