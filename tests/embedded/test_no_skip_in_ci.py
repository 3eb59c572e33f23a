"""In CI a skipped test fails the run, with and without parallel workers; elsewhere it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded.conftest import PROJECT

TESTS = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no browser")
def test_left_out(): pass

@pytest.mark.xfail
def test_expected_to_fail(): assert False
"""


def run_pytest(directory: Path, ci: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the tests of the directory with the plugin, away from the project's own settings."""
    argv = [sys.executable, "-m", "pytest", "-c", os.devnull, f"--rootdir={directory}", "-p", "no:django"]
    plugin = ["-p", "tests.plugins.no_skip_in_ci", *arguments, str(directory)]
    env = {**os.environ, "CI": ci, "PYTHONPATH": str(PROJECT)}
    return subprocess.run([*argv, *plugin], env=env, cwd=directory, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", [[], ["-n", "1"]])
def test_what_ci_leaves_out_fails_the_run_and_is_named(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    run = run_pytest(tmp_path, "true", *workers)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    assert "FAILED (skipped in CI): test_some.py::test_left_out" in run.stdout
    assert "FAILED (skipped in CI): test_some.py::test_expected_to_fail" in run.stdout


def test_elsewhere_a_gap_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    assert run_pytest(tmp_path, "").returncode == pytest.ExitCode.OK


def test_module_that_ci_leaves_out_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    (tmp_path / "test_some.py").write_text("def test_runs(): pass\n")
    run = run_pytest(tmp_path, "true")
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "FAILED (skipped in CI): test_whole.py" in run.stdout
