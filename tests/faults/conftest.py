"""One portal for all fault tests: each of them leaves it whole."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from dxportal.embedded.postgres import find_programs
from tests.faults.rig import Rig, dump

# `make faults` repeats each test, at other moments.
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))
collect_ignore = [] if ROUNDS > 1 else ["test_long_kills.py"]
repeated = pytest.mark.parametrize("round_", range(ROUNDS))


@pytest.fixture(scope="session")
def whole_rig(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    schema = dump(settings.DATABASES["default"], find_programs())
    rig = Rig(tmp_path_factory.mktemp("a place with spaces"), schema)
    yield rig
    rig.end()


@pytest.fixture
def rig(whole_rig: Rig, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """The portal; afterwards no job has left its mark twice."""
    yield whole_rig
    assert set(whole_rig.marks().values()) <= {1}
