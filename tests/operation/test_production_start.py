"""The portal as a city hall starts it: the image's directory, production settings, database and broker by address.

The commands are those of PROCESSES; test_compose holds docker-compose.yml to the same ones.
"""

import contextlib
import http.client
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlencode

import psycopg2
import pytest

from dxportal.embedded.address import database_settings
from dxportal.embedded.demo import PROCESSES
from dxportal.embedded.valkey import find_server
from tests.embedded.conftest import is_alive, wait_until
from tests.operation.conftest import built_settings, command_words, process_words, read_compose

HOST = "dx.city.example"
SECRET_KEY = "a-key-of-these-tests-that-is-long-enough-for-the-checks-of-deployment-0123456789"
PASSWORD = "kamo-tire-suna-4719"
# What a proxy in front of the portal says of a browser that came by https.
BY_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https"}
HASHED = re.compile(r"/static/[\w/.-]+\.[0-9a-f]{12}\.\w+")
ONE_EMPLOYEE = """
from datetime import date
from apps.organization.models import Role, User
user = User.objects.create_user("4719", "production test", {password!r})
Role.objects.create(user=user, kind="viewer", valid_from=date(2000, 1, 1))
"""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Installation:
    """The image's directory with settings, and what was started in it."""

    app: Path
    home: Path
    env: dict[str, str]
    port: int
    started: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def words(self, name: str) -> list[str]:
        blanks = {"address": f"127.0.0.1:{self.port}", "log": str(self.home), "run": str(self.home)}
        return process_words(name, sys.executable, blanks)

    def start(self, name: str) -> subprocess.Popen[str]:
        with (self.home / f"{name}.out").open("a") as output:
            process = subprocess.Popen(
                self.words(name),
                cwd=self.app,
                env=self.env,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
        self.started[name] = process
        return process

    def output(self, name: str) -> str:
        return (self.home / f"{name}.out").read_text()

    def run(self, words: list[str], *, seconds: float = 60, **changed: str | None) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end; a variable that is None is not set."""
        env = {name: value for name, value in {**self.env, **changed}.items() if value is not None}
        return subprocess.run(
            words, cwd=self.app, env=env, capture_output=True, text=True, timeout=seconds, check=False
        )

    def manage(self, *arguments: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
        return self.run([sys.executable, "manage.py", *arguments], **changed)

    def ask(self, path: str, *, data: dict[str, str] | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            sent = {**BY_PROXY, **headers}
            if data is not None:
                sent["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST" if data else "GET", path, body=urlencode(data) if data else None, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("/readyz").status == 200
        return False

    def stop(self, name: str, seconds: float = 15) -> int:
        """SIGTERM, as the engine sends it; the exit code."""
        self.started[name].send_signal(signal.SIGTERM)
        return self.started[name].wait(seconds)


def end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database on the server of the tests."""
    parts = database_settings()
    name = f"production_{os.getpid()}"
    host = {key: parts[key.upper()] for key in ("user", "password", "host", "port") if parts[key.upper()]}
    with contextlib.closing(psycopg2.connect(dbname="postgres", **host)) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        try:
            account = quote(parts["USER"], safe="") + (
                f":{quote(parts['PASSWORD'], safe='')}" if parts["PASSWORD"] else ""
            )
            query = urlencode({key: host[key] for key in ("host", "port") if key in host})
            yield f"postgres://{account}@/{name}?{query}"
        finally:
            server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker, started with the words of the compose file."""
    port, place = free_port(), tmp_path_factory.mktemp("broker")
    words = command_words(read_compose()["services"]["valkey"]["command"])[1:]
    process = subprocess.Popen(
        [str(find_server()), *words, "--port", str(port), "--bind", "127.0.0.1"],
        cwd=place,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert wait_until(lambda: pongs(port))
        yield f"redis://127.0.0.1:{port}/0"
        assert any((place / "appendonlydir").iterdir())
    finally:
        end(process)


def pongs(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as connection:
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")
    return False


@pytest.fixture(scope="module")
def empty(image: Path, database: str, broker: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Settings and servers, before anything has run."""
    home = tmp_path_factory.mktemp("home")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": built_settings(),
        "DEMO": "0",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": f"{HOST},dx",
        "DATABASE_URL": database,
        "REDIS_URL": broker,
    }
    return Installation(image, home, env, free_port())


@pytest.fixture(scope="module")
def migrated(empty: Installation) -> Installation:
    """After the words of the service `migrate`."""
    _python, *words = command_words(read_compose()["services"]["migrate"]["command"])
    done = empty.run([sys.executable, *words], seconds=180)
    assert done.returncode == 0, done.stderr
    return empty


@pytest.fixture(scope="module")
def portal(migrated: Installation) -> Iterator[Installation]:
    """Web, dispatcher, worker and beat at work."""
    try:
        for name in PROCESSES:
            migrated.start(name)
        assert wait_until(migrated.answers, 30), migrated.output("web")
        yield migrated
    finally:
        for process in migrated.started.values():
            end(process)


@pytest.fixture
def healthcheck(portal: Installation, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """deploy/healthcheck.py of the image in the environment of its container."""
    spec = importlib.util.spec_from_file_location("healthcheck", portal.app / "deploy" / "healthcheck.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "WEB", ("127.0.0.1", portal.port))
    for name in ("ALLOWED_HOSTS", "DATABASE_URL"):
        monkeypatch.setenv(name, portal.env[name])
    return module


def one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command ended with one line that says why."""
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert said.count("\n") == 1, said
    for word in words:
        assert word in said


MISSING = [
    *[(process, variable) for process in [*PROCESSES, "manage.py"] for variable in ("SECRET_KEY", "DATABASE_URL")],
    *[(process, variable) for process in ("web", "worker") for variable in ("ALLOWED_HOSTS", "REDIS_URL")],
]


@pytest.mark.parametrize(("process", "variable"), MISSING)
def test_without_a_setting_nothing_starts_and_one_line_says_so(
    empty: Installation, process: str, variable: str
) -> None:
    words = [sys.executable, "manage.py", "check"] if process == "manage.py" else empty.words(process)
    one_line(empty.run(words, **{variable: None}), variable)


@pytest.mark.parametrize("command", ["migrate", "load_city", "demo_accounts"])
def test_a_command_without_database_is_one_line(empty: Installation, command: str) -> None:
    one_line(empty.manage(command, DATABASE_URL=None), "DATABASE_URL")


@pytest.mark.parametrize("process", ["web", "worker"])
def test_a_malformed_address_of_the_database_is_one_line_without_its_password(
    empty: Installation, process: str
) -> None:
    done = empty.run(empty.words(process), DATABASE_URL="postgres://portal:kamo/tire@postgres/portal")
    one_line(done, "DATABASE_URL")
    assert "kamo" not in done.stderr


def test_the_checks_of_deployment_find_nothing(empty: Installation) -> None:
    done = empty.manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_every_static_file_of_every_template_is_collected_and_compressed(image: Path) -> None:
    manifest = json.loads((image / "var/static/staticfiles.json").read_text())["paths"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in image.rglob("templates/**/*.html"))
    named = set(re.findall(r"""\{% static ["']([^"']+)["']""", text))
    assert {"css/portal.css", "js/portal.js"} <= named
    assert [
        name for name in sorted(named) if not (image / "var/static" / manifest.get(name, "missing")).is_file()
    ] == []
    assert (image / "var/static" / f"{manifest['css/portal.css']}.gz").is_file()


def test_japanese_is_in_the_image(image: Path) -> None:
    assert (image / "locale/ja/LC_MESSAGES/django.mo").stat().st_size > 1000


def test_people_can_work(portal: Installation) -> None:
    assert portal.ask("/healthz").status == 200
    ready = portal.ask("/readyz")
    assert ready.status == 200
    assert json.loads(ready.body)["database"] == "ok"


def test_the_sign_in_page_is_japanese_and_knows_of_no_demo(portal: Installation) -> None:
    page = portal.ask("/accounts/login/")
    assert page.status == 200
    assert '<html lang="ja"' in page.body
    assert "デモ" not in page.body
    assert "demo" not in page.body.lower()


def test_static_files_have_hashed_names_and_stay_in_the_browser(portal: Installation) -> None:
    page = portal.ask("/accounts/login/").body
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(named) >= 5
    for path in named:
        assert HASHED.fullmatch(path), path
        answer = portal.ask(path)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert int(re.findall(r"max-age=(\d+)", answer.headers["Cache-Control"])[0]) >= 365 * 24 * 60 * 60


def test_browsers_keep_to_https(portal: Installation) -> None:
    assert portal.ask("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert portal.ask("/healthz", **{"X-Forwarded-Proto": "http"}).headers["Strict-Transport-Security"] is None


def test_another_host_is_refused(portal: Installation) -> None:
    assert portal.ask("/healthz", Host="evil.example").status == 400


def sign_in(portal: Installation, **headers: str) -> Answer:
    """Sends the form of the sign-in page as a browser at https://HOST does."""
    page = portal.ask("/accounts/login/", **headers)
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)[:1]
    cookie = SimpleCookie(page.headers["Set-Cookie"])
    data = {"csrfmiddlewaretoken": token, "username": "4719", "password": PASSWORD}
    sent = {"Cookie": f"csrftoken={cookie['csrftoken'].value}", "Origin": f"https://{HOST}", **headers}
    return portal.ask("/accounts/login/", data=data, **sent)


def test_one_signs_in_behind_a_proxy_and_the_cookies_are_for_https_alone(portal: Installation) -> None:
    made = portal.manage("shell", "-c", ONE_EMPLOYEE.format(password=PASSWORD))
    assert made.returncode == 0, made.stderr
    answer = sign_in(portal)
    assert answer.status == 302, answer.body[:500]
    cookies = [SimpleCookie(line) for line in answer.headers.get_all("Set-Cookie")]
    morsels = {name: morsel for cookie in cookies for name, morsel in cookie.items()}
    assert set(morsels) >= {"sessionid", "csrftoken"}
    assert all(morsel["secure"] for morsel in morsels.values())
    first = portal.ask(answer.headers["Location"], Cookie=f"sessionid={morsels['sessionid'].value}")
    assert first.status == 200, portal.output("web")[-2000:]
    assert "demo" not in first.body.lower()


def test_a_proxy_that_hides_https_is_noticed_at_the_first_sign_in(portal: Installation) -> None:
    assert sign_in(portal, **{"X-Forwarded-Proto": "http"}).status == 403


def test_there_are_no_demo_accounts(portal: Installation) -> None:
    for arguments in (["demo_accounts"], ["demo_accounts", "--list"]):
        refused = portal.manage(*arguments, DEMO_PASSWORD=PASSWORD)
        assert refused.returncode != 0
        assert "DEMO" in refused.stderr
        assert "Traceback" not in refused.stderr


def test_requests_are_in_the_access_log(portal: Installation) -> None:
    portal.ask("/healthz?access-log")
    assert wait_until(lambda: "/healthz?access-log" in (portal.home / "access.log").read_text())


def test_health_of_the_web_server(portal: Installation, healthcheck: ModuleType, monkeypatch: Any) -> None:
    assert healthcheck.main("web") is None
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert healthcheck.main("web") is None
    monkeypatch.setenv("ALLOWED_HOSTS", "elsewhere.example")
    assert healthcheck.main("web") == "/healthz answered 400"
    monkeypatch.setattr(healthcheck, "WEB", ("127.0.0.1", free_port()))
    assert "refused" in healthcheck.main("web")


@pytest.mark.parametrize(
    ("allowed", "asked"),
    [("dx.city.example,dx", "dx.city.example"), (" .city.example", "city.example"), ("*", "localhost")],
)
def test_health_is_asked_under_an_allowed_name(
    healthcheck: ModuleType, monkeypatch: pytest.MonkeyPatch, allowed: str, asked: str
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", allowed)
    assert healthcheck.allowed_host() == asked


@pytest.mark.parametrize("name", [name for name in PROCESSES if name != "web"])
def test_health_of_a_process_is_that_the_database_has_heard_of_it(
    portal: Installation, healthcheck: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert wait_until(lambda: healthcheck.main(name) is None, 40), healthcheck.main(name)
    monkeypatch.setattr(healthcheck, "LATELY", "0 seconds")
    assert healthcheck.main(name) == f"The database has not heard of {name} for 0 seconds."
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@127.0.0.1:1/portal")
    assert "refused" in healthcheck.main(name)


def test_health_check_as_the_engine_runs_it(portal: Installation, healthcheck: ModuleType) -> None:
    assert wait_until(lambda: healthcheck.main("dispatcher") is None, 20)
    check = [sys.executable, "deploy/healthcheck.py"]
    well = portal.run([*check, "dispatcher"])
    assert (well.returncode, well.stdout + well.stderr) == (0, "")
    one_line(portal.run([*check, "nobody"]), "nobody")


def children(pid: int) -> set[int]:
    """All processes below this one."""
    found = {int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    return found.union(*(children(each) for each in found))


# The last one: it stops what the others use.
@pytest.mark.parametrize("name", PROCESSES)
def test_sigterm_stops_it_within_seconds_and_leaves_nothing(portal: Installation, name: str) -> None:
    process = portal.started[name]
    below, said = children(process.pid), portal.output(name)
    began = time.monotonic()
    code = portal.stop(name)
    assert time.monotonic() - began < 10
    assert code == 0, portal.output(name)
    assert wait_until(lambda: not any(is_alive(pid) for pid in below))
    assert "Traceback" not in portal.output(name).removeprefix(said)
