"""Where the database and the broker are."""

import json
import socket
from pathlib import Path

import pytest

from dxportal.embedded.address import (
    NO_BROKER,
    NO_DATABASE,
    database_settings,
    parse_database_url,
    private_url,
    redis_url,
    write_note,
)
from dxportal.embedded.errors import LauncherError

EMPTY = {"NAME": "", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://h/n", {"HOST": "h", "NAME": "n"}),
        ("postgresql:///n", {"NAME": "n"}),
        (
            "postgres://u:p@db.city.example:6543/n",
            {"USER": "u", "PASSWORD": "p", "HOST": "db.city.example", "PORT": "6543", "NAME": "n"},
        ),
        (
            "postgres://u:p%40%3A%2F%3F%23%25@h/n",
            {"USER": "u", "PASSWORD": "p@:/?#%", "HOST": "h", "NAME": "n"},
        ),
        ("postgres://u:a@b@h/n", {"USER": "u", "PASSWORD": "a@b", "HOST": "h", "NAME": "n"}),
        ("postgres://%E6%B8%AF:p@h/%E6%B8%AF", {"USER": "港", "PASSWORD": "p", "HOST": "h", "NAME": "港"}),
        ("postgres://u@[::1]:5432/n", {"USER": "u", "HOST": "::1", "PORT": "5432", "NAME": "n"}),
        ("postgres://u@%2Fvar%2FRun/n", {"USER": "u", "HOST": "/var/Run", "NAME": "n"}),
        ("postgres://u@/n?host=/var/Run/my%20pg", {"USER": "u", "HOST": "/var/Run/my pg", "NAME": "n"}),
        (
            "postgres://h/?dbname=n&user=u&password=p&port=1",
            {"HOST": "h", "NAME": "n", "USER": "u", "PASSWORD": "p", "PORT": "1"},
        ),
        (
            "postgres://u@h/n?sslmode=verify-full&connect_timeout=5",
            {
                "USER": "u",
                "HOST": "h",
                "NAME": "n",
                "OPTIONS": {"sslmode": "verify-full", "connect_timeout": "5"},
            },
        ),
    ],
)
def test_address_becomes_settings(url: str, expected: dict[str, object]) -> None:
    assert parse_database_url(url) == {"ENGINE": "django.db.backends.postgresql", **EMPTY, **expected}


@pytest.mark.parametrize(
    "url",
    [
        "h/n",
        "mysql://u:hidden@h/n",
        "postgres://u:hidden@h",
        "postgres://u:hidden@h/",
        "postgres://u:hidden@h:port/n",
        "postgres://u:hidden@h:0/n",
        "postgres://u:hidden@h:70000/n",
        "postgres://u:hid/den@h/n",
        "postgres://u:12/hidden@h/n",
        "postgres://u:hid?den@h/n",
        "postgres://u:hid#den@h/n",
        "postgres://u:hidden@h/n/m",
        "postgres://u:hidden@h/n?sslmode",
        "postgres://u:hidden@h/n%00",
        "postgres://u:%ff@h/n",
        "postgres://u:hidden@[::1/n",
    ],
)
def test_malformed_address_is_refused_in_one_line_without_the_password(url: str) -> None:
    with pytest.raises(LauncherError) as refusal:
        parse_database_url(url)
    assert "DATABASE_URL" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "hid" not in str(refusal.value)
    assert refusal.value.__suppress_context__  # a traceback would show the address after all


def test_environment_goes_before_the_private_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", " postgres://u@h/n\n")
    monkeypatch.setenv("REDIS_URL", "redis://h:6379/0")
    assert database_settings(var=tmp_path)["HOST"] == "h"
    assert redis_url(var=tmp_path) == "redis://h:6379/0"


@pytest.mark.usefixtures("no_addresses")
def test_without_any_server_the_settings_say_what_to_do(tmp_path: Path) -> None:
    assert database_settings(var=tmp_path)["HOST"] == NO_DATABASE
    assert redis_url(var=tmp_path) == NO_BROKER


@pytest.mark.usefixtures("no_addresses")
def test_note_counts_only_while_somebody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a short path for the socket
    write_note("postgres", tmp_path, url="postgres://portal@/portal?host=%2Fsomewhere", socket=Path("s"))
    assert private_url("postgres", var=tmp_path) is None
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        listener.listen()
        assert database_settings(var=tmp_path)["HOST"] == "/somewhere"
    assert private_url("postgres", var=tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": "x"}', json.dumps("x")])
def test_broken_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "postgres.json").write_text(text)
    assert private_url("postgres", var=tmp_path) is None
