"""Generates a synthetic city: everything in one transaction, so that a kill leaves nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.city.services.documents import read_documents
from apps.city.services.generating.bare import bare
from apps.city.services.generating.bundles import Bundles
from apps.city.services.generating.hurdles import HurdleWriter
from apps.city.services.generating.organisation import Organisation, write_organisation
from apps.city.services.generating.people import OFFICES, People, password_hash, write_people
from apps.city.services.generating.training import write_training
from apps.city.services.generating.writing import MACHINE, Act, Writer, tables_of
from apps.city.services.lists import load_lists
from apps.city.services.problems import Problems
from apps.city.services.session import LoadSession
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models import NumberSeries
from apps.hurdles.models import Category, Hurdle
from apps.organization.models import City, FiscalYearRules, Unit

GENERATED = declare_event("city.city.generated", gettext_lazy("Generated for trials"))
LISTS = "masters.yaml"
MOST_HURDLES, MOST_UNITS, MOST_USERS = 10_000_000, 5_000, 500_000
USUAL_UNITS, USUAL_USERS, USUAL_STAFF = 60, 1_000, 12
# Whose tables are filled: they lose their indexes and foreign keys while it lasts.
FILLED = ("core", "organization", "hurdles", "training", "pghistory")


class NotGenerated(Exception):
    """Why no city is generated, in one line."""


@dataclass(frozen=True)
class Size:
    """How big the city is to be; what is not said follows from the rest."""

    hurdles: int
    units: int
    users: int

    @classmethod
    def of(cls, *, hurdles: int, units: int | None = None, users: int | None = None) -> "Size":
        """Raises NotGenerated for what makes no city."""
        if units is None:
            units = USUAL_UNITS if users is None else max(1, min(USUAL_UNITS, users - len(OFFICES)))
        if users is None:
            users = max(USUAL_USERS, units * USUAL_STAFF)
        _within("--hurdles", hurdles, 1, MOST_HURDLES)
        _within("--units", units, 1, MOST_UNITS)
        # Each section has somebody, besides those who hold an office.
        _within("--users", users, units + len(OFFICES), MOST_USERS)
        return cls(hurdles, units, users)


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        message = _("%(name)s must lie between %(least)d and %(most)d, not %(value)d.")
        raise NotGenerated(message % {"name": name, "least": least, "most": most, "value": value})


@dataclass
class Generation:
    """What the parts of a city share while it is generated."""

    writer: Writer
    size: Size
    password: str
    act: Act
    organisation: Organisation = None  # type: ignore[assignment]
    people: People = None  # type: ignore[assignment]


def _organisation(city: Generation) -> None:
    city.organisation = write_organisation(city.writer, city.size.units, city.act)


def _people(city: Generation) -> None:
    users = city.size.users
    city.people = write_people(city.writer, city.organisation, users, city.act, city.password)


def _hurdles(city: Generation) -> None:
    hurdles = HurdleWriter(city.writer, city.organisation, city.people)
    hurdles.bundles = Bundles(hurdles, city.size.hurdles)
    hurdles.write(city.size.hurdles)
    hurdles.bundles.end()


def _training(city: Generation) -> None:
    write_training(city.writer, city.organisation, city.act)


# In the order of the rooms: who links to a record comes after it. Each later app adds its own part here.
PARTS: tuple[Callable[[Generation], None], ...] = (_organisation, _people, _hurdles, _training)


@dataclass(frozen=True)
class GenerationReport:
    """How many rows were written, by table, and whom one tries first."""

    rows: dict[str, int]
    people: list[tuple[str, str, str, str]]


def holds_city() -> bool:
    """Whether there is a city, or was one that gave numbers; an administrator's account alone makes none."""
    return any(model._default_manager.exists() for model in (Unit, Hurdle, NumberSeries))


def generate_city(
    *, size: Size, seed: int, today: date, password: str | None = None, history: bool = True
) -> GenerationReport:
    """A city of this size as it stands on `today`; the same seed, size and day give the same rows, byte for byte.

    `password`, given for trials only, opens every account. Raises NotGenerated where a city is there already.
    """
    if holds_city():
        raise NotGenerated(_("This portal holds a city already. A city is generated into an empty database only."))
    with transaction.atomic():
        _set_limits()
        _write_lists(today)
        writer = Writer(seed=seed, today=today, history=history)
        with bare(tables_of(FILLED)):
            act = writer.act(GENERATED, FiscalYear.of(today).start, 0)
            city = Generation(writer, size, password_hash(password, seed), act)
            for part in PARTS:
                part(city)
                writer.send()
                writer.wait()
            writer.finish()
    return GenerationReport({each.name: each.written for each in writer.tables()}, city.people.shown)


def _set_limits() -> None:
    """A load takes longer than any page, and builds its indexes in more memory than a session has by default."""
    with connection.cursor() as cursor:
        for name, value in (
            ("statement_timeout", "0"),
            ("idle_in_transaction_session_timeout", "0"),
            ("lock_timeout", "10s"),
            ("maintenance_work_mem", "256MB"),
            ("synchronous_commit", "off"),
        ):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _write_lists(today: date) -> None:
    """Categories, themes, legal levels and the rest of the lists are those of the fictional city."""
    year = FiscalYear.of(today)
    if not City.objects.exists():
        City.objects.create(name="若葉野市", kana="わかばのし", code="999998", prefecture="架空県", note=MACHINE)
    with act(GENERATED, by=MACHINE):
        for each in (year, year.next):
            FiscalYearRules.objects.get_or_create(fiscal_year=each)
    if Category.objects.exists():
        return
    problems = Problems()
    documents = read_documents(Path(settings.BASE_DIR) / "demo", [LISTS], problems)
    problems.stop_if_any()
    load_lists(LoadSession(documents, problems, as_of=today, password=None))
