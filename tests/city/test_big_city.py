"""A big city: search goes by the index, and no page asks more of the database than in a city a few times smaller.

`make test` looks at 1,500 hurdles; there the index is taken because nothing else is allowed. `make faults` looks at
100,000, where it must be the one that the database chooses. The city is generated once for this module, without its
history, in the transaction that the module takes back.
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.city.services.generating import Size, generate_city
from apps.core.models import found
from apps.core.search import search_key
from apps.hurdles.models import CommonHurdle, Hurdle, SolvedCase, Theme
from apps.hurdles.selectors import hurdle_list
from apps.organization.choices import RoleKind
from apps.organization.models import Unit, User, WorkloadEntry
from tests.city.demo_city import AS_OF
from tests.factories.hurdles import EndorsementFactory, HurdleFactory, LegalBasisFactory, OwnerViewFactory
from tests.factories.organization import UnitFactory

WHOLE = bool(os.environ.get("BIG_CITY"))
FEW, MANY = (3_000, 100_000) if WHOLE else (500, 1_500)
ROLES = {
    "officer": RoleKind.PROMOTER,
    "secretariat": RoleKind.SECRETARIAT,
    "headquarters": RoleKind.CHIEF,
}
SIMILAR = "/hurdles/similar/"
LISTS = (
    "/hurdles/",
    "/hurdles/?page=2&size=100",
    f"/hurdles/?q={quote('押印')}",
    f"/hurdles/?q={quote('オンライン 申請')}&status=open",
    "/hurdles/?status=open&severity_min=4&sort=-hours_lost",
    "/hurdles/?owner_view=unanswered",
    "/hurdles/?owner_view=awaited",
    "/hurdles/?endorsed=yes",
    f"/hurdles/?theme={quote('窓口')}",
    "/hurdles/?department=01&category=SEAL",
    "/hurdles/common/",
    "/hurdles/solved/",
    f"/hurdles/solved/?q={quote('様式')}",
    "/hurdles/new/",
    SIMILAR,
    "/",
    "/dashboard/",
)


def person(kind: str) -> User:
    """The first who holds this role, and is no secretary besides."""
    holders = User.objects.filter(roles__kind=kind, roles__valid_to=None, is_active=True)
    others = User.objects.filter(roles__kind=RoleKind.SECRETARIAT)
    user = holders.exclude(pk__in=[] if kind == RoleKind.SECRETARIAT else others.values("pk")).order_by("pk").first()
    assert user
    return user


def addresses(user: User) -> list[str]:
    """The lists, and one page of each kind of record that this person sees."""
    return [*LISTS, _hurdle_with_everything(user), *_first_pages()]


def _hurdle_with_everything(user: User) -> str:
    """A hurdle that has each part, so that its page asks for all of them; of a year of which the city has none."""
    unit = user.unit or Unit.objects.filter(kind="section").order_by("pk")[0]
    number = f"H-2015-{Hurdle.objects.count():06d}"
    hurdle = HurdleFactory(reporting_unit=unit, number=number, reporter=user, owning_unit=UnitFactory())
    hurdle.workload.add(WorkloadEntry.objects.order_by("pk")[0])
    hurdle.affected_units.add(unit)
    hurdle.themes.add(Theme.objects.order_by("pk")[0])
    LegalBasisFactory(hurdle=hurdle)
    EndorsementFactory(hurdle=hurdle)
    OwnerViewFactory(hurdle=hurdle, answer="possible")
    return str(hurdle.get_absolute_url())


def _first_pages() -> list[str]:
    common = CommonHurdle.objects.order_by("pk").first()
    case = SolvedCase.objects.filter(adoption_links__isnull=False).order_by("pk").first()
    assert common
    assert case
    return [common.get_absolute_url(), case.get_absolute_url()]


def measured() -> dict[tuple[str, str], int]:
    """How many queries each page runs for each role."""
    counts = {}
    for name, kind in ROLES.items():
        user, client = person(kind), Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for number, address in enumerate(addresses(user)):
            place = address if number < len(LISTS) else f"page {number - len(LISTS)}"
            with CaptureQueriesContext(connection) as queries:
                # Some pages are not for everybody; the refusal costs as little.
                assert ask(client, address).status_code in {200, 403}, (name, address)
            counts[name, place] = len(queries)
    return counts


def ask(client: Client, address: str) -> Any:
    """A page, or the piece of one that htmx fetches while somebody types."""
    typed = {"title": "請求書に押印が残っている", "obstacle": "印影の照合に手間を取られている"}
    return client.post(address, typed) if address == SIMILAR else client.get(address)


def _generate(hurdles: int) -> None:
    generate_city(size=Size.of(hurdles=hurdles, units=60, users=300), seed=1, today=AS_OF, history=False)


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: Any) -> dict[tuple[str, str], int]:
    """What the pages ask of the database in a small city, which is gone before the big one comes."""
    with django_db_blocker.unblock(), transaction.atomic():
        _generate(FEW)
        counts = measured()
        transaction.set_rollback(True)
    return counts


@pytest.fixture(scope="module")
def big(few: dict[tuple[str, str], int], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        _generate(MANY)
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM")  # or all later tests of this worker read past what was here
        cursor.execute("RESET statement_timeout")


@pytest.fixture
def city(big: None, db: None) -> None:
    """100,000 hurdles; what a test writes is gone after it."""


def plan_of(queryset: Any) -> str:
    """How the database finds the rows; in the small city one reads them all in no time, unless that is forbidden."""
    with connection.cursor() as cursor:
        for way in () if WHOLE else ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return str(queryset.explain())


@pytest.mark.parametrize("term", ["押印", "旅費", "ｵﾝﾗｲﾝ", "ＤＸ", "請求書", "住民異動届", "令和４年"])
def test_the_index_finds(city: None, term: str) -> None:
    assert "hurdle_grams" in plan_of(found(Hurdle.objects.all(), term))


@pytest.mark.parametrize("kind", [RoleKind.VIEWER, RoleKind.SECRETARIAT])
@pytest.mark.parametrize("term", ["ペット", "犬の登録", "選挙事務"])
def test_the_index_finds_within_what_a_person_sees(city: None, term: str, kind: str) -> None:
    rows = found(hurdle_list(person(kind)), term)
    assert "hurdle_grams" in plan_of(rows.order_by())
    assert "hurdle_grams" in plan_of(rows[:50])


@pytest.mark.parametrize("term", ["押印", "旅費", "犬", "ﾃﾞｰﾀ", "ＣＳＶ", "令和4年", "H-2022-0012", "ない言葉", "を手"])
def test_recall_is_that_of_a_substring_search(city: None, term: str) -> None:
    by_index = set(found(Hurdle.objects.all(), term).values_list("pk", flat=True))
    plain = Hurdle.objects.filter(Q(search_key__contains=search_key(term)))
    assert by_index == set(plain.values_list("pk", flat=True))
    assert bool(by_index) == (term != "ない言葉")


def test_pages_ask_as_little_as_in_a_small_city(city: None, few: dict[tuple[str, str], int]) -> None:
    few = dict(few)
    many = measured()
    # A rule of "My work" that finds something may ask for what belongs to it, however much it finds.
    for role in ROLES:
        assert many.pop((role, "/")) <= few.pop((role, "/")) + 2
    assert many == few
