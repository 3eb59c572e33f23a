"""`make demo`: the private servers, the demo city, and the portal's processes, until somebody stops it."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.identity import give_back
from dxportal.embedded.output import complain, say
from dxportal.embedded.places import PROJECT, VAR
from dxportal.embedded.processes import Program, supervise
from dxportal.embedded.secrets import kept_secret, new_key, new_password
from dxportal.embedded.servers import explain, private_postgres, private_valkey, sole_owner
from dxportal.embedded.signals import StopRequested, follow_make, stop_in_good_order

HOST = "127.0.0.1"
NEEDED_DISK = 300_000_000
PATIENCE_FOR_READY = 90.0
WEB = """
    -m gunicorn dxportal.wsgi --bind {address} --workers 2 --threads 4 --worker-class gthread --no-control-socket
    --timeout 60 --graceful-timeout 30 --max-requests 1000 --max-requests-jitter 100
    --access-logfile {log}/access.log --log-level warning
"""
DISPATCHER = "manage.py dispatch_jobs"
WORKER = """
    -m celery --quiet --app dxportal.celery worker --queues default,reports,exports,mail --concurrency 2
    --without-gossip --without-mingle
"""
BEAT = "-m celery --quiet --app dxportal.celery beat --schedule {run}/beat-schedule --pidfile="
# Name and arguments of Python, in the order of their start; the words are parted before the blanks are filled.
PROCESSES = {"web": WEB, "dispatcher": DISPATCHER, "worker": WORKER, "beat": BEAT}


def main() -> int:
    """Runs the demo; the exit code is 0 after Ctrl-C or SIGTERM and 1 after a failure."""
    follow_make()
    stop_in_good_order()
    try:
        run_demo()
    except StopRequested:
        say("Stopped. ／終了しました。")
        return 0
    except OSError as error:
        complain(str(explain(error)))
    except LauncherError as error:
        complain(str(error))
    finally:
        give_back(VAR, PROJECT)
    return 1


def run_demo() -> None:
    """Looks first whether it can work, then starts one thing after the other."""
    port = wanted_port()
    city = wanted_city()
    refuse_taken_port(port)
    refuse_full_disk()
    for name in ("log", "run"):
        (VAR / name).mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        env = demo_environment(port)
        servers = start_servers(stack, env)
        set_up(env, city)
        accounts = listed_accounts(env)
        supervise(programs(env, port), servers=servers, tick=announcement(port, env, accounts))


def wanted_port() -> int:
    """PORT, or 8000."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise LauncherError(f"PORT must be a number from 1 to 65535, not {port!r}. ／PORT が正しくありません。")
    return int(port)


def wanted_city() -> Path:
    """CITY, or the demo city."""
    city = Path(os.environ.get("CITY") or PROJECT / "demo").absolute()
    if not city.is_dir():
        raise LauncherError(f"There is no directory {city} to load a city from. ／CITY のフォルダがありません。")
    return city


def refuse_taken_port(port: int) -> None:
    """Nothing is started where the web server could not listen."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise LauncherError(
                f"Port {port} cannot be used ({error.strerror}); try `PORT={port % 65535 + 1} make demo`. "
                f"／ポート {port} は使えません。別の PORT を指定してください。"
            ) from None


def refuse_full_disk() -> None:
    """A database that runs out of disk in the middle of its work helps nobody."""
    VAR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(VAR).free
    if free < NEEDED_DISK:
        raise LauncherError(
            f"Only {free // 1_000_000} MB of disk are free under {VAR}; "
            f"the demo needs {NEEDED_DISK // 1_000_000} MB. "
            "／ディスクの空きが足りません。"
        )


def demo_environment(port: int) -> dict[str, str]:
    """What every process of the demo is told."""
    env = dict(os.environ)
    env.update(DJANGO_SETTINGS_MODULE="dxportal.settings.development", DEMO="1", PYTHONUNBUFFERED="1", PORT=str(port))
    env["DEMO_TODAY"] = env.get("DEMO_TODAY") or "2022-10-14"
    env["SECRET_KEY"] = env.get("SECRET_KEY") or kept_secret(VAR / "secret_key", new_key)
    env["DEMO_PASSWORD"] = env.get("DEMO_PASSWORD") or kept_secret(VAR / "demo_password", new_password)
    return env


def start_servers(stack: contextlib.ExitStack, env: dict[str, str]) -> dict[str, subprocess.Popen[bytes]]:
    """Starts what the environment does not name, and names it there."""
    started = {}
    if not env.get("DATABASE_URL"):
        say("Starting the private PostgreSQL … ／データベースを起動します。")
        stack.enter_context(sole_owner("postgres", VAR, "make demo", wait=wait_unless_demo))
        postgres = stack.enter_context(private_postgres(VAR))
        env["DATABASE_URL"], started["PostgreSQL"] = postgres.url, postgres.process
    if not env.get("REDIS_URL"):
        stack.enter_context(sole_owner("valkey", VAR, "make demo", wait=wait_unless_demo))
        valkey = stack.enter_context(private_valkey(VAR))
        env["REDIS_URL"], started["Valkey"] = valkey.url, valkey.process
    return started


def wait_unless_demo(owner: str) -> None:
    """A command ends by itself; another demo does not."""
    if owner.startswith("make demo"):
        raise LauncherError(f"The demo runs already: {owner}. ／デモはすでに起動しています。")
    time.sleep(0.2)


def set_up(env: Mapping[str, str], city: Path) -> None:
    """Brings the database up to date and loads what is new in the city's files; HURDLES generates one instead, once."""
    say("Updating the database … ／データベースを更新します。")
    run_step("migrate", "--noinput", env=env, quiet=True)
    if hurdles := os.environ.get("HURDLES"):
        say(f"Generating a city with {hurdles} hurdles … ／大きな市を作ります。")
        run_step("generate_city", "--hurdles", hurdles, "--if-empty", env=env)
        return
    say(f"Loading the city from {city} … ／データを読み込みます。")
    run_step("load_city", str(city), env=env)
    run_step("demo_accounts", env=env, quiet=True)


def run_step(*arguments: str, env: Mapping[str, str], quiet: bool = False) -> None:
    """Runs a management command; its errors reach the terminal as it writes them, and end the demo."""
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((VAR / "log" / f"{arguments[0]}.log").open("wb")) if quiet else None
        code = manage(arguments, env, log)
    if code != 0:
        raise LauncherError(f"`manage.py {arguments[0]}` failed. ／処理に失敗したため、デモを終了します。")


def manage(arguments: Sequence[str], env: Mapping[str, str], output: IO[bytes] | None) -> int:
    """The command as a child that a stop signal ends together with all that it started."""
    process = start_child(
        [sys.executable, str(PROJECT / "manage.py"), *arguments],
        death_signal=signal.SIGTERM,
        env=env,
        cwd=PROJECT,
        output=output,
        errors_apart=True,
    )
    try:
        return process.wait()
    finally:
        stop_child(process, ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)))


def listed_accounts(env: Mapping[str, str]) -> str:
    """The lines about the demo accounts, as the command prints them."""
    path = VAR / "log" / "accounts.txt"
    with path.open("wb") as file:
        manage(("demo_accounts", "--list"), env, file)
    return path.read_text(errors="replace").rstrip()


def programs(env: Mapping[str, str], port: int) -> list[Program]:
    """The table of processes with its blanks filled in."""
    blanks = {"address": f"{HOST}:{port}", "log": str(VAR / "log"), "run": str(VAR / "run")}
    return [
        Program(name, [sys.executable, *(word.format_map(blanks) for word in arguments.split())], env, PROJECT)
        for name, arguments in PROCESSES.items()
    ]


def announcement(port: int, env: Mapping[str, str], accounts: str) -> Callable[[], None]:
    """What to do at every tick: look whether the portal is ready, and say so once."""
    until = time.monotonic() + PATIENCE_FOR_READY
    announced = False

    def tick() -> None:
        nonlocal announced
        if announced:
            return
        answer = ask_ready(port)
        if answer == "ready":
            announced = True
            announce(port, env["DEMO_PASSWORD"], accounts)
        elif time.monotonic() > until:
            raise LauncherError(f"The portal did not become ready: {answer} ／ポータルが応答しません。")

    return tick


def ask_ready(port: int) -> str:
    """'ready', or what stands in the way."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read(300).decode(errors="replace").replace("\n", " ")
        return "ready" if answer.status == http.HTTPStatus.OK else f"HTTP {answer.status} {body}"
    except (OSError, http.client.HTTPException) as error:
        return str(error)
    finally:
        connection.close()


def announce(port: int, password: str, accounts: str) -> None:
    """What a person needs to begin."""
    say("")
    say(f"The portal is ready ／ポータルを利用できます: http://{HOST}:{port}/")
    say(accounts)
    say(f"Password of all demo accounts ／全アカウント共通のパスワード: {password}")
    say("Stop with Ctrl-C. ／終了は Ctrl-C です。")


if __name__ == "__main__":
    sys.exit(main())
