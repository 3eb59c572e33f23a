"""Generating a city: what is refused, what is the same, what is left when it breaks off."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.city.management.commands import generate_city as command
from apps.city.services.generating import GenerationReport, Size, generate, generate_city
from apps.hurdles.models import Hurdle
from tests.city.demo_city import AS_OF, OUR_APPS
from tests.city.whole_database import STRUCTURE, content, rows_of


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"hurdles": 0}, "--hurdles は 1 から"),
        ({"hurdles": -5}, "--hurdles は 1 から"),
        ({"hurdles": 10, "units": 0}, "--units は 1 から"),
        ({"hurdles": 10, "units": 50, "users": 20}, "--users は 60 から"),
        ({"hurdles": 10**9}, "10000000"),
    ],
)
def test_nonsense_is_refused_in_one_line(asked: dict[str, int], words: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("generate_city", **asked)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_size_fits_itself() -> None:
    assert Size.of(hurdles=1) == Size(1, 60, 1000)
    assert Size.of(hurdles=1, units=200) == Size(1, 200, 2400)
    assert Size.of(hurdles=1, users=11) == Size(1, 1, 11)


def _generated(**changes: Any) -> str:
    """What a generation writes; then all of it is taken back."""
    content_of = ""
    with transaction.atomic():
        generate_city(**({"size": Size.of(hurdles=150, units=12, users=40), "seed": 3, "today": AS_OF} | changes))
        content_of = content()
        transaction.set_rollback(True)
    return content_of


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_bytes() -> None:
    # The lists draw their ids from sequences, which no rollback sets back.
    generate._write_lists(AS_OF)
    first = _generated()
    assert _generated() == first
    assert _generated(seed=4) != first
    assert Hurdle.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch, structure: list[tuple[Any, ...]]) -> None:
    def breaks_off(_city: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(generate, "PARTS", (*generate.PARTS, breaks_off))
    before = content()
    with pytest.raises(KeyboardInterrupt):
        generate_city(size=Size.of(hurdles=50, units=5, users=20), seed=1, today=AS_OF)
    assert content() == before
    assert rows_of(STRUCTURE) == structure


def test_demo_passwords_need_a_demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def remembers(**asked: Any) -> GenerationReport:
        given.update(asked)
        return GenerationReport({}, [])

    monkeypatch.setattr(command, "generate_city", remembers)
    monkeypatch.setenv("DEMO_PASSWORD", "secret")
    settings.DEMO = False
    call_command("generate_city", hurdles=1)
    assert given["password"] is None
    settings.DEMO = True
    call_command("generate_city", hurdles=1)
    assert given["password"] == "secret"


def test_every_app_with_records_is_named() -> None:
    assert set(generate.FILLED) <= {*OUR_APPS, "pghistory"}
