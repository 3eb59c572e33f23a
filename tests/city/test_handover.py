"""What leavers hold goes to their successors in one act; who sees whose handover; the note to sign."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.city.models import Handover
from apps.city.selectors.handovers import leaver, leavers_with_holdings, usual_day
from apps.city.services.handover import hand_over
from apps.core import clock
from apps.core.history import act, declare_event, entries_of
from apps.core.models import Notice, Watch
from apps.core.permissions import Forbidden
from apps.organization.models import Role, User
from apps.organization.services.reorganizing import NewUnit, rename_unit
from tests.factories import HurdleFactory, RoleFactory, UnitFactory, UserFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

DAY, EVE = date(2023, 4, 1), date(2023, 3, 31)
MOVED = declare_event("tests.person.moved", "Moved")


@pytest.fixture
def secretariat() -> User:
    return user_with("secretariat", name="事務 局子")


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="市民課")


@pytest.fixture
def leaving(unit: Any) -> User:
    """The promoter whose role ends on the eve."""
    person = UserFactory(name="去る 人", unit=unit)
    RoleFactory(user=person, kind="promoter", unit=unit, valid_to=EVE)
    return person


@pytest.fixture
def next_one(unit: Any) -> User:
    person = UserFactory(name="来る 人", unit=unit)
    RoleFactory(user=person, kind="promoter", unit=unit, valid_from=DAY)
    return person


@pytest.fixture
def manager(unit: Any) -> User:
    return user_with("manager", unit=unit, name="課 長")


def everything(person: User, unit: Any) -> dict[str, Any]:
    """A draft, a question, a next action of the post, a watch and a notice."""
    seen = HurdleFactory(reporting_unit=unit, title="見守るもの")
    about = {"kind": "hurdles.hurdle", "record": seen.uid, "person": person}
    return {
        "draft": HurdleFactory(status="draft", reporting_unit=unit, reporter=person, title="書きかけ"),
        "question": HurdleFactory(status="returned", reporting_unit=unit, reporter=person, title="問われたもの"),
        "action": HurdleFactory(
            reporting_unit=unit, next_action="様式を直す", next_action_unit=unit, next_action_role="promoter"
        ),
        "watch": Watch.objects.create(**about, since=clock.now()),
        "notice": Notice.objects.create(**about, event="x", text="進みました。", told_at=clock.now()),
    }


def test_who_holds_the_role_from_the_day_on_is_proposed_else_the_manager(
    leaving: User, next_one: User, manager: User, secretariat: User
) -> None:
    (row,) = leavers_with_holdings(DAY, secretariat)
    assert (row.person, row.reasons) == (leaving, ["市民課 推進員（令和5年3月31日まで）"])
    assert [item.proposed for item in row.items] == [next_one]
    Role.objects.filter(user=next_one).delete()
    (row,) = leavers_with_holdings(DAY, secretariat)
    assert [item.proposed for item in row.items] == [manager]


def test_everything_moves_in_one_act(leaving: User, next_one: User, unit: Any, secretariat: User) -> None:
    held = everything(leaving, unit)
    (row,) = leavers_with_holdings(DAY, secretariat)
    assert row.counts == [
        ("ウォッチしている記録", 1),
        ("未読のお知らせ", 1),
        ("役割", 1),
        ("ハードルの下書き", 1),
        ("回答を待っている質問", 1),
        ("職にかかる次の一手", 1),
    ]
    to = {item.key: item.proposed for item in row.waiting}
    assert set(to.values()) == {next_one}
    hand_over(person=leaving, day=DAY, to=to, by=secretariat)
    held["draft"].refresh_from_db()
    assert held["draft"].reporter == next_one
    assert Watch.objects.get().person == Notice.objects.get().person == next_one
    entry = entries_of(held["draft"])[0]
    assert (entry.actor, entry.reason) == ("事務 局子", "去る 人の引継ぎ（令和5年4月1日）")
    note = Handover.objects.get()
    assert len(note.lines) == 6
    assert {line["to"] for line in note.lines} == {"来る 人", "職とともに移る"}
    assert leaver(leaving, DAY, secretariat).waiting == []


def test_an_open_role_ends_on_the_eve_and_begins_on_the_day(unit: Any, manager: User, secretariat: User) -> None:
    leaving = user_with("promoter", unit=unit, is_active=False)
    row = leaver(leaving, DAY, secretariat)
    assert row.reasons == ["在職していない"]
    hand_over(person=leaving, day=DAY, to={row.items[0].key: manager}, by=secretariat)
    roles = Role.objects.filter(kind="promoter").order_by("valid_from")
    assert [(role.user, role.valid_from, role.valid_to) for role in roles] == [
        (leaving, date(2022, 4, 1), EVE),
        (manager, DAY, None),
    ]


def test_a_second_click_moves_nothing_more(leaving: User, next_one: User, unit: Any, secretariat: User) -> None:
    everything(leaving, unit)
    to = {item.key: item.proposed for item in leaver(leaving, DAY, secretariat).waiting}
    first = hand_over(person=leaving, day=DAY, to=to, by=secretariat)
    second = hand_over(person=leaving, day=DAY, to=to, by=secretariat)
    assert first == second
    assert len(second.lines) == 6
    assert Role.objects.filter(user=next_one, kind="promoter").count() == 1


def test_what_nobody_is_named_for_stays(leaving: User, next_one: User, unit: Any, secretariat: User) -> None:
    held = everything(leaving, unit)
    hand_over(person=leaving, day=DAY, to={}, by=secretariat)
    held["draft"].refresh_from_db()
    assert held["draft"].reporter == leaving
    assert len(leaver(leaving, DAY, secretariat).waiting) == 4


def test_a_watch_goes_only_to_who_may_see_the_record(leaving: User, unit: Any, secretariat: User) -> None:
    everything(leaving, unit)
    outside = user_with("viewer")
    to = {item.key: outside for item in leaver(leaving, DAY, secretariat).waiting if item.key.startswith("core.")}
    hand_over(person=leaving, day=DAY, to=to, by=secretariat)
    assert Watch.objects.get().person == leaving


def test_only_the_secretariat_moves(leaving: User, manager: User) -> None:
    with pytest.raises(Forbidden):
        hand_over(person=leaving, day=DAY, to={}, by=manager)


def test_a_reorganisation_makes_nobody_a_leaver(unit: Any, secretariat: User) -> None:
    user_with("promoter", unit=unit)
    rename_unit(unit=unit, new=NewUnit(unit.code, "新市民課"), day=DAY, by=secretariat)
    assert leavers_with_holdings(DAY, secretariat) == []


def test_who_sits_in_another_unit_leaves(unit: Any, secretariat: User) -> None:
    person = user_with("promoter", unit=unit)
    with act(MOVED, by=secretariat):
        person.unit = UnitFactory()
        person.save()
    (row,) = leavers_with_holdings(date(2022, 10, 14), secretariat)
    assert (row.person, row.reasons) == (person, ["所属が変わった"])


def test_who_sees_whose(leaving: User, manager: User, secretariat: User, client_for: Any) -> None:
    address = f"/handover/{leaving.employee_number}/?day=2023-04-01"
    for person, status in ((secretariat, 200), (manager, 200), (leaving, 200), (user_with("manager"), 404)):
        RoleFactory(user=person, kind="viewer")
        assert client_for(person).get(address).status_code == status, person
    assert client_for(manager).post(address, {}).status_code == 403
    assert leaving.name in text_of(client_for(manager).get("/handover/?day=R5.4.1"))
    assert leaving.name not in text_of(client_for(user_with("manager")).get("/handover/?day=R5.4.1"))
    assert client_for(secretariat).get("/handover/?day=x").status_code == 400


def test_the_page_hands_over_and_the_note_can_be_signed(
    leaving: User, next_one: User, unit: Any, secretariat: User, client_for: Any
) -> None:
    everything(leaving, unit)
    client = client_for(secretariat)
    address = f"/handover/{leaving.employee_number}/?day=2023-04-01"
    row = leaver(leaving, DAY, secretariat)
    form = form_of(client.get(address), row.waiting[0].key)
    assert {form[item.key] for item in row.waiting} == {next_one.employee_number}
    for _click in range(2):
        assert client.post(address, form).status_code == 302
    assert Handover.objects.get().lines[0]["to"] == "来る 人"
    note = client.get(f"/handover/{leaving.employee_number}/paper.docx?day=2023-04-01")
    words = zipfile.ZipFile(BytesIO(note.content)).read("word/document.xml").decode()
    for expected in ("引継書", "書きかけ", "来る 人", "署名"):
        assert expected in words, expected
    pdf = client.get(f"/handover/{leaving.employee_number}/paper.pdf?day=2023-04-01").content
    assert pdf.startswith(b"%PDF-")
    assert client.get(f"/handover/{leaving.employee_number}/paper.txt").status_code == 404


def test_the_list_asks_as_often_for_many_leavers(unit: Any, secretariat: User) -> None:
    counts = []
    for _round in range(2):
        for _n in range(3):
            person = UserFactory(unit=unit)
            RoleFactory(user=person, kind="viewer", unit=unit, valid_to=EVE)
            everything(person, unit)
        viewer = User.objects.get(pk=secretariat.pk)
        with CaptureQueriesContext(connection) as queries:
            rows = leavers_with_holdings(DAY, viewer)
        counts.append(len(queries))
    assert len(rows) == 6
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2023, 3, 1), DAY), (date(2023, 4, 20), DAY), (date(2022, 10, 14), date(2022, 10, 14))],
)
def test_the_day_that_the_page_opens_with(today: date, day: date, settings: Any) -> None:
    settings.DEMO_TODAY = today
    assert usual_day() == day
