"""Taking a place, giving it back, and who may: every state, every verb, every role; and the last seat."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core import clock
from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import (
    enrolments_visible_to,
    follow_up_from,
    invitations_open,
    takes_enrolments,
    waiting_place,
)
from apps.training.services.enrolment_flow import ENROLMENT_FLOW
from apps.training.services.enrolments import decline_invitation, enrol, enrol_person, withdraw_enrolment
from apps.training.services.seats import SEAT_GIVEN, WAITING_LIST, fill_free_seats, tell_enrolled
from tests.factories import CourseFactory, SessionFactory, user_with
from tests.together import at_once
from tests.training.people import AHEAD, TODAY, cast, course_after, open_session, put, queue, worker

VERBS = {
    "enrol": {"invited", "declined", "withdrawn"},
    "decline": {"invited"},
    "withdraw": {"enrolled", "waiting"},
    "give_seat": {"waiting"},
    "miss": set(EnrolmentState.values) - {"absent"},
    "attend": set(EnrolmentState.values) - {"attended"},
    "complete": set(EnrolmentState.values) - {"completed"},
}
THREE = {"person", "own manager", "personnel"}
WHO = {
    "enrol": THREE,
    "decline": {"person"},
    "withdraw": THREE,
    "miss": {"personnel"},
    "attend": {"personnel"},
    "complete": {"personnel"},
}


def outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except (Forbidden, WrongState) as refusal:
        return type(refusal).__name__
    return "done"


@pytest.mark.django_db
def test_every_state_every_verb_every_role() -> None:
    ahead = open_session()
    held = SessionFactory(state="held", date=TODAY, keeps_roll=True)
    people = cast(ahead.course.lead_unit)
    assert {row.verb for row in ENROLMENT_FLOW.rows} == set(VERBS)
    for verb, sources in VERBS.items():
        row = ENROLMENT_FLOW[verb]
        session = held if row.permission == "training.keep_roll" else ahead
        for state in EnrolmentState.values:
            enrolment = Enrolment(session=session, person=people["person"], state=state, applied_at=clock.now())
            for name, user in people.items():
                wanted = "done" if state in sources else "WrongState"
                if verb in WHO and name not in WHO[verb]:
                    wanted = "Forbidden"
                found = outcome(lambda: ENROLMENT_FLOW.check(verb, enrolment, by=user, data={"by": user}))  # noqa: B023
                assert found == wanted, (verb, state, name)
    assert ENROLMENT_FLOW["give_seat"].internal


@pytest.mark.django_db
def test_the_three_see_an_enrolment_and_nobody_else() -> None:
    session = open_session()
    people = cast(session.course.lead_unit)
    enrolment = put(session, people["person"])
    seeing = {name for name, user in people.items() if enrolments_visible_to(user).filter(pk=enrolment.pk).exists()}
    assert seeing == THREE


@pytest.mark.django_db
class TestEnrolling:
    def test_a_seat_then_the_waiting_list_in_order(self) -> None:
        session = open_session(capacity=1)
        people = [worker() for _each in range(3)]
        rows = [enrol(session=session, by=person) for person in people]
        assert [row.state for row in rows] == ["enrolled", "waiting", "waiting"]
        assert [waiting_place(row) for row in rows] == [None, 1, 2]
        assert [row.unit for row in rows] == [person.unit for person in people]
        assert Notice.objects.count() == 0, "nobody is told of what they did themselves"

    def test_no_capacity_is_no_limit_and_none_is_no_seat(self) -> None:
        assert enrol(session=open_session(capacity=None), by=worker()).state == "enrolled"
        assert enrol(session=open_session(capacity=0), by=worker()).state == "waiting"

    def test_a_second_click_is_told(self) -> None:
        session, person = open_session(), worker()
        enrol(session=session, by=person)
        with pytest.raises(WrongState):
            enrol(session=session, by=person)
        assert Enrolment.objects.count() == 1

    def test_the_own_manager_and_the_personnel_section_enrol_a_person_who_is_told(self) -> None:
        session = open_session(capacity=1)
        people = cast(session.course.lead_unit)
        for name in ("other manager", "secretariat", "headquarters", "lead unit", "colleague"):
            with pytest.raises(Forbidden):
                enrol_person(session=session, person=people["person"], by=people[name])
        enrol_person(session=session, person=people["person"], by=people["own manager"])
        enrol_person(session=session, person=people["colleague"], by=people["personnel"])
        texts = dict(Notice.objects.values_list("person", "text"))
        assert texts[people["person"].pk].startswith("受講を申し込みました。席が確保されています：")
        assert texts[people["colleague"].pk].startswith("受講を申し込みました。補欠に登録されています：")
        assert set(Notice.objects.values_list("kind", flat=True)) == {"training.enrolment"}

    def test_auditors_and_administrators_take_no_place(self) -> None:
        for role in ("auditor", "administrator"):
            with pytest.raises(Forbidden):
                enrol(session=open_session(), by=user_with(role))

    @pytest.mark.parametrize(
        ("fields", "takes"),
        [
            ({}, True),
            ({"state": SessionState.PLANNED}, False),
            ({"state": SessionState.HELD}, False),
            ({"state": SessionState.CANCELLED}, False),
            ({"closes_on": TODAY}, True),
            ({"closes_on": TODAY - timedelta(1)}, False),
            ({"date": TODAY}, False),
            ({"date": TODAY + timedelta(1)}, True),
            ({"date": TODAY - timedelta(1)}, False),
        ],
    )
    def test_when_a_session_takes_enrolments(self, fields: dict[str, Any], takes: bool) -> None:
        session, person = open_session(**fields), worker()
        assert takes_enrolments(session) is takes
        put(session, person, "invited")
        assert len(invitations_open(person, 10)) == int(takes)
        if takes:
            assert enrol(session=session, by=person).state == "enrolled"
        else:
            with pytest.raises(Unmet, match="受け付けていません"):
                enrol(session=session, by=person)
            assert Enrolment.objects.get().state == "invited"

    def test_a_session_with_reported_numbers_takes_none_and_one_without_begins_its_roll(self) -> None:
        person = worker()
        with pytest.raises(Unmet, match="主管課"):
            enrol(session=open_session(keeps_roll=False, applied=34), by=person)
        session = open_session(keeps_roll=False)
        enrol(session=session, by=person)
        session.refresh_from_db()
        assert session.keeps_roll
        assert entries_of(session)[0].actor == "受講申込", "nobody reads who was the first"

    def test_prerequisites_are_named_and_the_personnel_section_overrules_them_with_a_reason(self) -> None:
        first, second = CourseFactory(name="基礎"), CourseFactory(name="応用")
        session = open_session(course=course_after(first, second))
        people = cast()
        put(SessionFactory(course=first, state="held"), people["person"], "completed")
        with pytest.raises(Unmet, match="「応用」") as refused:
            enrol(session=session, by=people["person"])
        assert "「基礎」" not in str(refused.value)
        with pytest.raises(Unmet):
            enrol_person(session=session, person=people["person"], by=people["own manager"], reason="知っている。")
        with pytest.raises(Unmet):
            enrol_person(session=session, person=people["person"], by=people["personnel"])
        row = enrol_person(session=session, person=people["person"], by=people["personnel"], reason="前任で修了。")
        assert entries_of(row)[0].reason == "前任で修了。"
        put(SessionFactory(course=second, state="held"), people["colleague"], "attended")
        put(SessionFactory(course=first, state="held"), people["colleague"], "completed")
        with pytest.raises(Unmet, match="「応用」"):
            enrol(session=session, by=people["colleague"])


@pytest.mark.django_db
class TestGivingBack:
    def test_the_seat_goes_to_the_first_who_waits_and_is_told(self) -> None:
        session, person = open_session(capacity=1), worker()
        seat = put(session, person)
        first, second = queue(session, 2)
        withdraw_enrolment(enrolment=seat, by=person)
        for row in (seat, first, second):
            row.refresh_from_db()
        assert [seat.state, first.state, second.state] == ["withdrawn", "enrolled", "waiting"]
        assert waiting_place(second) == 1
        (notice,) = Notice.objects.all()
        assert (notice.person, notice.record, notice.kind) == (first.person, first.uid, "training.enrolment")
        assert "席が確保されました" in notice.text
        moved = entries_of(first)[0]
        assert (moved.verb, moved.actor, moved.actor_id) == ("補欠からの繰上げ", WAITING_LIST, None)
        assert person.name not in f"{notice.text} {moved}"

    def test_who_waits_leaves_and_no_seat_moves(self) -> None:
        session = open_session(capacity=1)
        put(session, worker())
        first, second = queue(session, 2)
        withdraw_enrolment(enrolment=first, by=first.person)
        assert Enrolment.objects.filter(state="enrolled").count() == 1
        assert waiting_place(second) == 1

    def test_who_withdrew_enrols_again_with_the_same_row_at_the_end_of_the_line(self) -> None:
        session, person = open_session(capacity=1), worker()
        seat = enrol(session=session, by=person)
        queue(session, 2)
        withdraw_enrolment(enrolment=seat, by=person)
        again = enrol(session=session, by=person)
        assert (again.pk, again.state, waiting_place(again)) == (seat.pk, "waiting", 2)
        assert [entry.verb for entry in entries_of(again)] == ["受講申込み", "申込みの取消し", "受講申込み"]

    def test_on_the_day_one_may_still_withdraw_but_no_seat_moves_and_later_neither(self) -> None:
        session = open_session(capacity=1, date=TODAY)
        seat = put(session, worker())
        (waiting,) = queue(session, 1)
        withdraw_enrolment(enrolment=seat, by=seat.person)
        waiting.refresh_from_db()
        assert waiting.state == "waiting"
        Session.objects.update(date=TODAY - timedelta(1))
        waiting = Enrolment.objects.select_related("session").get(pk=waiting.pk)
        with pytest.raises(Unmet, match="終わった"):
            withdraw_enrolment(enrolment=waiting, by=waiting.person)

    def test_a_stale_page_takes_nothing_back(self) -> None:
        session, person = open_session(), worker()
        seat = enrol(session=session, by=person)
        with pytest.raises(StaleVersion):
            withdraw_enrolment(enrolment=seat, by=person, version=seat.version + 1)
        seat.refresh_from_db()
        assert seat.state == "enrolled"

    def test_an_invitation_is_declined_by_the_person_alone_and_may_be_taken_up_later(self) -> None:
        session = open_session()
        people = cast()
        row = put(session, people["person"], "invited", applied_at=None)
        with pytest.raises(Forbidden):
            decline_invitation(enrolment=row, by=people["own manager"])
        decline_invitation(enrolment=row, by=people["person"], reason="出張のため。")
        assert row.state == "declined"
        assert enrol(session=session, by=people["person"]).state == "enrolled"


@pytest.mark.django_db
class TestFreeSeats:
    @pytest.mark.parametrize(("capacity", "moved"), [(1, 0), (2, 1), (3, 2), (9, 3), (None, 3)])
    def test_a_larger_capacity_moves_as_many_up_as_there_are_seats(self, capacity: int | None, moved: int) -> None:
        session = open_session(capacity=1)
        put(session, worker())
        waiting = queue(session, 3)
        Session.objects.update(capacity=capacity)
        found = fill_free_seats(session=session, by=user_with("personnel"))
        assert found == waiting[:moved]
        assert Notice.objects.count() == moved
        assert fill_free_seats(session=session, by=user_with("personnel")) == []

    @pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"state": "held"}, {"date": TODAY}])
    def test_nobody_moves_up_where_nothing_is_to_come(self, fields: dict[str, Any]) -> None:
        session = open_session(capacity=5, **fields)
        queue(session, 1)
        assert fill_free_seats(session=session, by=user_with("personnel")) == []

    def test_of_a_moved_day_hear_those_whom_it_concerns_about_their_own_enrolment(self) -> None:
        session = open_session(capacity=1)
        rows = {state: put(session, worker(), state) for state in EnrolmentState.values}
        tell_enrolled(session=session, event=SEAT_GIVEN, text="日が変わりました。", by=user_with("secretariat"))
        told = {notice.person_id: notice for notice in Notice.objects.all()}
        assert set(told) == {rows[state].person_id for state in ("invited", "enrolled", "waiting")}
        assert all(told[row.person_id].record == row.uid for row in rows.values() if row.person_id in told)


@pytest.mark.django_db
def test_the_database_refuses_one_seat_too_many() -> None:
    session = open_session(capacity=1)
    put(session, worker())
    (waiting,) = queue(session, 1)
    for act in (
        lambda: put(session, worker()),
        lambda: Enrolment.objects.filter(pk=waiting.pk).update(state="enrolled"),
    ):
        with pytest.raises(IntegrityError, match="no seat left"), transaction.atomic():
            act()
    assert Enrolment.objects.filter(state="enrolled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once() -> None:
    """Two real transactions at once: one seat, one place on the waiting list; six times."""
    for _round in range(6):
        session = open_session(capacity=3)
        for _each in range(2):
            put(session, worker())
        people = [worker(), worker()]
        rows = at_once(*(lambda person=person, session=session: enrol(session=session, by=person) for person in people))
        assert sorted(row.state for row in rows) == ["enrolled", "waiting"], rows
        assert sorted(waiting_place(row) or 0 for row in rows) == [0, 1]
        assert Enrolment.objects.filter(session=session, state="enrolled").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_give_two_seats_and_two_clicks_make_one_row() -> None:
    session = open_session(capacity=2)
    seats = [put(session, worker()) for _each in range(2)]
    waiting = queue(session, 3)
    at_once(*(lambda seat=seat: withdraw_enrolment(enrolment=seat, by=seat.person) for seat in seats))
    assert [Enrolment.objects.get(pk=row.pk).state for row in waiting] == ["enrolled", "enrolled", "waiting"]
    person = worker()
    results = at_once(*(lambda: enrol(session=session, by=person) for _click in range(2)))
    assert sorted(type(each).__name__ for each in results) == ["Enrolment", "WrongState"]
    assert Enrolment.objects.filter(person=person).count() == 1


@pytest.mark.django_db
@settings(max_examples=12)
@given(
    capacity=st.none() | st.integers(0, 3),
    steps=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([None, 0, 1, 2, 4])), max_size=12),
)
def test_nobody_waits_while_a_seat_is_free_whatever_people_do(
    capacity: int | None, steps: list[tuple[int, int | None]]
) -> None:
    """Each step is a person who enrols or withdraws, or another capacity that is not below the seats taken."""
    session = open_session(capacity=capacity)
    people, admin = [worker() for _each in range(5)], user_with("personnel")
    for who, room in steps:
        row = Enrolment.objects.filter(session=session, person=people[who]).first()
        if row and row.state in ("enrolled", "waiting"):
            withdraw_enrolment(enrolment=row, by=people[who])
        else:
            enrol(session=session, by=people[who])
        taken = Enrolment.objects.filter(session=session, state="enrolled").count()
        if room is None or room >= taken:
            Session.objects.filter(pk=session.pk).update(capacity=room)
            fill_free_seats(session=session, by=admin)
        rows = list(Enrolment.objects.filter(session=session).order_by("applied_at", "pk"))
        now = Session.objects.get(pk=session.pk).capacity
        seats = [each for each in rows if each.state == "enrolled"]
        line = [each for each in rows if each.state == "waiting"]
        assert now is None or len(seats) <= now
        assert not line or (now is not None and len(seats) == now)
        assert [waiting_place(each) for each in line] == list(range(1, len(line) + 1))


@pytest.mark.parametrize(
    ("day", "answerable"),
    [
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 3, 31)),
        (date(2023, 3, 31), date(2023, 6, 30)),
        (date(2022, 7, 14), date(2022, 10, 14)),
        (AHEAD, date(2023, 2, 17)),
    ],
)
def test_three_months_later(day: date, answerable: date) -> None:
    assert follow_up_from(Session(date=day)) == answerable
