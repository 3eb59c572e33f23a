"""What all tests share: clients that are signed in, and the Japanese words of the screen."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]

pytest_plugins = ["tests.plugins.no_skip_in_ci", "tests.plugins.database", "tests.plugins.browser"]

# How long an example takes says nothing on a busy machine; speed is measured in benchmarks/.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues once, before xdist's workers start, where they are older than their sources."""
    if hasattr(config, "workerinput"):
        return
    for source in PROJECT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    with source.open("rb") as po:
        catalogue = read_po(po, locale=source.parts[-3])
    unfinished = compiled.with_suffix(".mo.new")
    with unfinished.open("wb") as mo:
        write_mo(mo, catalogue)
    unfinished.replace(compiled)


# What takes longest begins first, so that in the end no worker waits for another one.
LONGEST = ("test_every_page", "journeys", "faults", "operation", "seed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Orders the tests by the list above; xdist keeps to it (--no-loadscope-reorder).

    What is there by now stays until the end: the garbage collector need not walk it again and again.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    items.sort(key=lambda item: min(map(_place, (item.path.stem, item.path.parent.name))))


def _place(name: str) -> int:
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture
def client_for() -> Callable[[Any], Client]:
    """`client_for(user)`: a browser in which this person is signed in."""

    def signed_in(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
