"""What the demo refuses before it starts anything, and the secrets that it keeps."""

import socket
import stat
import sys
from pathlib import Path

import pytest

from dxportal.embedded import demo
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.secrets import kept_secret, new_password
from tests.embedded.conftest import Scripts


def run_demo(scripts: Scripts, **environment: str) -> tuple[int, str]:
    """Exit code and output of `make demo`'s program."""
    process = scripts.start("import sys; from dxportal.embedded.demo import main; sys.exit(main())", **environment)
    output, _ = process.communicate(timeout=30)
    return process.returncode, output


def test_taken_port_is_one_line_and_exit_code_1(scripts: Scripts) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, output = run_demo(scripts, PORT=str(port), CITY="")
    assert code == 1
    assert output.count("\n") == 1
    assert f"PORT={port % 65535 + 1} make demo" in output


@pytest.mark.parametrize("port", ["0", "70000", "abc", "-1", "８０００x"])
def test_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(LauncherError, match="PORT"):
        demo.wanted_port()


def test_missing_city_is_one_line_and_exit_code_1(scripts: Scripts, tmp_path: Path) -> None:
    code, output = run_demo(scripts, CITY=str(tmp_path / "none"))
    assert code == 1
    assert output.count("\n") == 1
    assert str(tmp_path / "none") in output


def test_nearly_full_disk_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "NEEDED_DISK", 10**18)
    with pytest.raises(LauncherError, match="MB of disk are free"):
        demo.refuse_full_disk()


def test_secret_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "var" / "secret", new_password)
    assert kept_secret(tmp_path / "var" / "secret", new_password) == secret
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert [place.name for place in (tmp_path / "var").iterdir()] == ["secret"]


def test_password_is_long_enough_and_new_each_time() -> None:
    passwords = {new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert min(map(len, passwords)) >= 12


def test_processes_are_started_by_whole_words_though_paths_have_spaces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "VAR", tmp_path / "a place" / "var")
    programs = {program.name: program.argv for program in demo.programs({}, 8123)}
    assert list(programs) == ["web", "dispatcher", "worker", "beat"]
    assert str(tmp_path / "a place" / "var" / "run" / "beat-schedule") in programs["beat"]
    assert "127.0.0.1:8123" in programs["web"]
    for argv in programs.values():
        assert argv[0] == sys.executable
        assert not any("{" in word for word in argv)
