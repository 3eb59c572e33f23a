"""As whom the private PostgreSQL runs: what must hold for root, and what for an ordinary user."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxportal.embedded.errors import LauncherError
from dxportal.embedded.identity import choose_identity, give_back, hand_over, is_ordinary_user, myself
from dxportal.embedded.postgres import find_programs, open_cluster, running_postgres

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that every user may enter, unlike pytest's own."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def open_programs(open_directory: Path) -> Path:
    """The programs of the wheel where every user may run them."""
    package = find_programs().parents[1]
    for name in (package.name, f"{package.name}.libs"):
        if package.with_name(name).exists():
            shutil.copytree(package.with_name(name), open_directory / name, symlinks=True)
    return open_directory / package.name / "pginstall" / "bin"


def test_ordinary_user_stays_as_is_and_root_never_runs_as_root(tmp_path: Path) -> None:
    identity = choose_identity(find_programs() / "postgres", tmp_path / "postgres")
    assert (identity.name == "myself") is is_ordinary_user()
    assert is_ordinary_user() is not IS_ROOT


@pytest.mark.parametrize("order", [(None, False), (False, None)])
def test_cluster_of_one_way_opens_in_the_other(
    open_directory: Path, open_programs: Path, order: tuple[bool | None, bool | None]
) -> None:
    data, log = open_directory / "postgres", open_directory / "log"
    for namespaces in order:
        cluster = open_cluster(data, log, for_tests=True, namespaces=namespaces, programs=open_programs)
        with running_postgres(cluster):
            assert data.stat().st_uid == cluster.identity.uid
        if IS_ROOT and namespaces is False:
            assert cluster.identity.uid != 0


def test_unreachable_directory_is_one_clear_line_for_root(open_directory: Path, open_programs: Path) -> None:
    closed = open_directory / "closed"
    closed.mkdir(mode=0o700)
    if not IS_ROOT:
        assert choose_identity(open_programs / "postgres", closed / "postgres", namespaces=False).name == "myself"
        return
    with pytest.raises(LauncherError, match="ordinary user, or set DATABASE_URL") as refusal:
        choose_identity(open_programs / "postgres", closed / "postgres", namespaces=False)
    assert "\n" not in str(refusal.value)


def test_directory_of_another_user_is_taken_over_by_root_only(tmp_path: Path) -> None:
    if IS_ROOT:
        (tmp_path / "file").touch()
        os.chown(tmp_path / "file", 65534, 65534)
        os.chown(tmp_path, 65534, 65534)
        hand_over(tmp_path, myself())
        assert {tmp_path.stat().st_uid, (tmp_path / "file").stat().st_uid} == {0}
    else:
        with pytest.raises(LauncherError, match="belongs to another user"):
            hand_over(Path("/"), myself())


def test_what_root_made_in_another_users_project_goes_to_that_user(tmp_path: Path) -> None:
    project, var = tmp_path / "project", tmp_path / "project" / "var"
    var.mkdir(parents=True)
    (var / "log").touch()
    other = 65534 if IS_ROOT else os.geteuid()
    if IS_ROOT:
        os.chown(project, other, other)
    give_back(var, project)
    assert {var.stat().st_uid, (var / "log").stat().st_uid} == {other}
    give_back(tmp_path / "nothing there", project)
