"""`make reset`: deletes var/ after asking."""

import contextlib
import os
import shutil
import sys
from pathlib import Path

from dxportal.embedded.errors import LauncherError
from dxportal.embedded.locks import owner_of, try_lock
from dxportal.embedded.output import complain, say
from dxportal.embedded.places import VAR
from dxportal.embedded.servers import explain, lock_path, remove_traces


def main() -> int:
    """Deletes what runs have left behind, unless something still runs there or nobody says yes."""
    if not VAR.exists():
        say("There is nothing to delete. ／削除するものはありません。")
        return 0
    if os.environ.get("YES") != "1" and not confirmed():
        say("Nothing was deleted. ／削除しませんでした。")
        return 1
    try:
        delete(VAR)
    except OSError as error:
        complain(str(explain(error)))
        return 1
    except LauncherError as error:
        complain(str(error))
        return 1
    say("Deleted. ／削除しました。")
    return 0


def confirmed() -> bool:
    """Asks the person; no terminal means no."""
    say(f"This deletes the demo's database, files and secrets in {VAR}. ／デモのデータをすべて削除します。")
    try:
        return input("Delete? ／削除しますか？ [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def delete(var: Path) -> None:
    """Deletes the directory while nobody can start a server in it."""
    with contextlib.ExitStack() as stack:
        for place in (var, var / "test"):
            for name in ("postgres", "valkey"):
                hold(stack, lock_path(name, place))
                remove_traces(name, place)
        shutil.rmtree(var)


def hold(stack: contextlib.ExitStack, path: Path) -> None:
    """Takes a server's lock, or says who has it."""
    if path.exists() and not stack.enter_context(try_lock(path, "make reset")):
        raise LauncherError(f"Stop {owner_of(path)} first. ／先に終了してください。")


if __name__ == "__main__":
    sys.exit(main())
