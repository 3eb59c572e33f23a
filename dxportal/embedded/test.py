"""`make test`: private servers without crash safety under var/test, then pytest against them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from dxportal.embedded.children import start_child, stop_child
from dxportal.embedded.errors import LauncherError
from dxportal.embedded.identity import give_back
from dxportal.embedded.output import complain, say
from dxportal.embedded.places import PROJECT, VAR
from dxportal.embedded.servers import explain, private_postgres, private_valkey, sole_owner
from dxportal.embedded.signals import StopRequested, follow_make, stop_in_good_order

TEST_VAR = VAR / "test"
PATIENCE_FOR_SUMMARY = 15.0


def main(arguments: Sequence[str]) -> int:
    """Runs pytest with the arguments; the exit code is pytest's own."""
    follow_make()
    stop_in_good_order()
    try:
        with contextlib.ExitStack() as stack:
            env = dict(os.environ, DJANGO_SETTINGS_MODULE="dxportal.settings.testing")
            # pytest's workers and all that the tests start would compile the whole portal again, each of them.
            env.pop("PYTHONDONTWRITEBYTECODE", None)
            start_servers(stack, env)
            return run_pytest(arguments, env)
    except StopRequested as stop:
        return int(str(stop.code))
    except OSError as error:
        complain(str(explain(error)))
    except LauncherError as error:
        complain(str(error))
    finally:
        give_back(VAR, PROJECT)
    return 1


def start_servers(stack: contextlib.ExitStack, env: dict[str, str]) -> None:
    """Starts what the environment does not name, and names it there."""
    if not env.get("DATABASE_URL"):
        stack.enter_context(sole_owner("postgres", TEST_VAR, "make test", wait=wait_for_turn()))
        env["DATABASE_URL"] = stack.enter_context(private_postgres(TEST_VAR, for_tests=True)).url
    if not env.get("REDIS_URL"):
        stack.enter_context(sole_owner("valkey", TEST_VAR, "make test", wait=wait_for_turn()))
        env["REDIS_URL"] = stack.enter_context(private_valkey(TEST_VAR, for_tests=True)).url


def wait_for_turn() -> Callable[[str], None]:
    """Says once that other tests run here, and waits."""
    said = False

    def wait(owner: str) -> None:
        nonlocal said
        if not said:
            say(f"Waiting for other tests in this directory: {owner}. ／他のテストの終了を待っています。")
        said = True
        time.sleep(0.5)

    return wait


def run_pytest(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """pytest, and nothing of what it started afterwards."""
    argv = [sys.executable, "-m", "pytest", *arguments]
    process: subprocess.Popen[bytes] = start_child(argv, death_signal=signal.SIGTERM, env=env, cwd=PROJECT)
    try:
        return process.wait()
    except StopRequested:
        # As Ctrl-C in a terminal would: to pytest's workers, too. It then prints what it has done so far.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_FOR_SUMMARY)
        raise
    finally:
        stop_child(process, ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
