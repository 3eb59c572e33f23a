"""The code keeps its own rules: imports, clock, length, file names."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 40
MOST_LINES_OF_A_FILE = 400
FILES = sorted(path for path in (ROOT / "apps").rglob("*.py") if "migrations" not in path.parts)
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
CLOCK = ROOT / "apps" / "core" / "clock.py"
NOWS = {"today", "now", "utcnow", "localdate", "localtime_now", "time_ns"}
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
LAYERS = {
    "choices", "models", "permissions", "selectors", "services", "figures", "records", "waits", "holdings", "exports",
    "forms", "tables", "filters", "views", "urls", "tasks", "admin", "apps", "panels", "migrations", "management",
    "__init__",
}  # fmt: skip


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTION):
                yield path, node


def test_only_the_clock_asks_for_the_day_and_the_hour() -> None:
    """`date.today()`, `datetime.now()`, `timezone.now()`, under whatever name they were imported."""
    found = []
    for path, tree in TREES.items():
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in {"datetime", "django.utils", "django.utils.timezone"}
            for alias in node.names
        }
        for node in ast.walk(tree):
            if path == CLOCK or not isinstance(node, ast.Call):
                continue
            called = node.func
            bare = isinstance(called, ast.Name) and called.id in NOWS & imported
            dotted = (
                isinstance(called, ast.Attribute) and called.attr in NOWS and _root(called) in (imported | {"datetime"})
            )
            if bare or dotted:
                found.append(where(path, node))
    assert found == []


def _root(node: ast.expr) -> str:
    """The first name of a dotted one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_is_imported_inside_a_function() -> None:
    inside = (
        where(path, node)
        for path, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    assert list(inside) == []


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{where(path, node)} {node.name}"
        for path, node in functions()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_LINES
    ]
    assert long == []


def test_files_fit_in_a_head() -> None:
    long = [str(path.relative_to(ROOT)) for path in FILES if len(path.read_text().splitlines()) > MOST_LINES_OF_A_FILE]
    assert long == []


def test_apps_have_the_same_file_names() -> None:
    for app in sorted((ROOT / "apps").iterdir()):
        if app.is_dir() and app.name not in {"core", "__pycache__"}:
            names = {path.stem for path in app.iterdir() if path.name != "__pycache__"}
            assert names <= LAYERS, f"{app.name}: {names - LAYERS}"


def test_there_are_no_drawers_for_odds_and_ends() -> None:
    odd = [path for path in FILES if path.stem in {"utils", "helpers", "common", "misc", "util"}]
    assert odd == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = TREES[path]
    if tree.body and path.stem not in {"urls", "apps"}:
        assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} has no docstring"


def test_whoever_acts_takes_keywords_and_says_by_whom() -> None:
    """A public function that writes an entry of the history is a service: named arguments, and `by`."""
    found = 0
    for path, node in functions():
        if node.name.startswith("_") or "city" in path.parts or not _acts(node):
            continue
        found += 1
        assert not node.args.args, f"{where(path, node)} {node.name} takes arguments without names"
        assert "by" in {each.arg for each in node.args.kwonlyargs}, f"{where(path, node)} {node.name}"
    assert found


def _acts(function: ast.AST) -> bool:
    calls = (each.func for each in ast.walk(function) if isinstance(each, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "act" for called in calls)


def test_no_words_are_put_together_before_they_are_translated() -> None:
    calls = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    found = [
        where(path, node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in calls
        and any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in node.args)
    ]
    assert found == []


def test_the_import_contracts_are_kept() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout
