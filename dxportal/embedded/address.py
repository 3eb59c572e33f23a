"""Where database and broker are: what the environment names, or else the private servers under var/."""

import json
import os
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from dxportal.embedded.errors import LauncherError
from dxportal.embedded.places import VAR

# Settings are also read where no database is needed; whoever connects then reads in the error what to do.
NO_DATABASE = "/no-database-yet--run-make-demo-or-set-DATABASE_URL"
NO_BROKER = "unix:///no-broker-yet--run-make-demo-or-set-REDIS_URL?db=0"
# libpq lets the query part of an address say these as well.
QUERY_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
PLACE = re.compile(r"(?:\[(?P<ipv6>[^\]]+)\]|(?P<host>[^:\[\]]*))(?::(?P<port>\d*))?")
LARGEST_PORT = 65535


def database_settings(*, var: Path = VAR) -> dict[str, Any]:
    """Django's DATABASES["default"]."""
    url = os.environ.get("DATABASE_URL", "").strip() or private_url("postgres", var=var)
    if url is None:
        return database_from_parts({"NAME": "portal", "USER": "portal", "HOST": NO_DATABASE}, {})
    return parse_database_url(url)


def redis_url(*, var: Path = VAR) -> str:
    """The broker's address."""
    return os.environ.get("REDIS_URL", "").strip() or private_url("valkey", var=var) or NO_BROKER


def broker_url(url: str) -> str:
    """The broker's address as Celery writes it: where redis-py says unix://…?db=0, Kombu has words of its own."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.netloc}{parts.path}?virtual_host={database}"


def parse_database_url(url: str) -> dict[str, Any]:
    """An address such as postgres://user:password@host:5432/name?sslmode=require as Django's settings."""
    try:
        return split_database_url(url)
    except ValueError:
        # Nothing of the address is shown: any part of it may be a piece of the password.
        raise LauncherError(
            "DATABASE_URL is not an address such as postgres://user:password@host:5432/name "
            "(in a password, write @ : / ? # % as %40 %3A %2F %3F %23 %25). "
            "／DATABASE_URL の形式が正しくありません。"
        ) from None


def split_database_url(url: str) -> dict[str, Any]:
    """The parts of the address; ValueError for anything else than one whole address."""
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    place = PLACE.fullmatch(parts.netloc.rpartition("@")[2])
    if parts.scheme not in {"postgres", "postgresql"} or parts.fragment or {"/", "@"} & set(name) or not place:
        raise ValueError
    query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), errors="strict"))
    named = {QUERY_NAMES[name]: query.pop(name) for name in QUERY_NAMES if name in query}
    found = {
        "NAME": decoded(name),
        "USER": decoded(parts.username),
        "PASSWORD": decoded(parts.password),
        "HOST": decoded(place["ipv6"] or place["host"]),  # not parts.hostname: lower case breaks a socket's path
        "PORT": place["port"] or "",
    }
    return database_from_parts({**found, **named}, query)


def database_from_parts(found: Mapping[str, str], options: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings; ValueError for a database without a name and for a port that is none."""
    whole = {"NAME": "", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", **found}
    port = whole["PORT"]
    if not whole["NAME"] or (port and not (port.isdecimal() and 0 < int(port) <= LARGEST_PORT)):
        raise ValueError
    if any("\0" in text for text in (*whole.values(), *options.values())):
        raise ValueError
    return {"ENGINE": "django.db.backends.postgresql", **whole, "OPTIONS": dict(options)}


def decoded(part: str | None) -> str:
    """A part of the address without its percent signs."""
    return unquote(part or "", errors="strict")


def private_url(name: str, *, var: Path = VAR) -> str | None:
    """The address of a private server that runs now: what a killed one left behind answers nobody."""
    note = read_note(name, var)
    if note is None or not answers(Path(note["socket"])):
        return None
    return str(note["url"])


def note_path(name: str, var: Path) -> Path:
    """The file in which a running private server says where it is."""
    return var / "run" / f"{name}.json"


def read_note(name: str, var: Path) -> dict[str, str] | None:
    """What the server's starter wrote, if anything."""
    try:
        note: dict[str, str] = json.loads(note_path(name, var).read_text())
        return {"url": note["url"], "socket": note["socket"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(name: str, var: Path, *, url: str, socket: Path) -> None:
    """Tells everybody where the server is; in one step, so that nobody reads half of it."""
    path = note_path(name, var)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"url": url, "socket": str(socket)}))
    fresh.replace(path)


def answers(path: Path) -> bool:
    """True where somebody listens on the socket."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
    except OSError:
        return False
    return True
