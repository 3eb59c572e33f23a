"""Every (state, verb, role) of a session, what each verb needs, and what happens to those who have a seat or wait."""

import uuid
from datetime import date, time
from typing import Any

import pytest

from apps.core.history import act, declare_event, entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Session
from apps.training.services.session_flow import SESSION_FLOW
from apps.training.services.session_verbs import cancel_session, hold_session, open_session, resume_session
from apps.training.services.sessions import archive_session, create_session, edit_session
from tests.factories import CourseFactory, SessionFactory, UnitFactory, user_with
from tests.pages import form_of, text_of
from tests.training.people import open_session as session_with_roll
from tests.training.people import put, queue, worker

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
AHEAD = date(2022, 11, 17)
ROLES = [role.value for role in RoleKind]
STATES = list(SessionState)
CHANGED = declare_event("training.test.session_changed", "直した")
NUMBERS = {"applied": 12, "attended": 10, "completed": 9}
# The table of the flow, written down a second time.
LEADS: dict[str, tuple[set[str], str]] = {
    "open": ({"planned"}, "open"),
    "hold": ({"planned", "open"}, "held"),
    "cancel": ({"planned", "open"}, "cancelled"),
    "resume": ({"cancelled"}, "back"),
}
WORDS: dict[str, dict[str, Any]] = {
    "hold": NUMBERS,
    "cancel": {"reason": "講師の急病"},
    "resume": {"reason": "代わりの講師"},
}
SERVICES: dict[str, Any] = {
    "open": open_session,
    "hold": lambda **said: hold_session(numbers=NUMBERS, **said),
    "cancel": lambda **said: cancel_session(reason="講師の急病", **said),
    "resume": lambda **said: resume_session(reason="代わりの講師", **said),
}


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


def may_do(role: str, leads: bool) -> bool:
    """What the sentences say, written down a second time."""
    return role in {"personnel", "secretariat"} or (leads and role not in {"auditor", "administrator"})


def test_the_flow_is_the_table() -> None:
    assert {row.verb: (set(row.sources), row.target) for row in SESSION_FLOW.rows} == LEADS
    assert not any(row.internal for row in SESSION_FLOW.rows)


@pytest.mark.parametrize("role", ROLES)
def test_every_state_verb_and_role(role: str) -> None:
    user = user_with(role)
    for leads in (True, False):
        unit = user.unit if leads else UnitFactory()
        session = SessionFactory(course__lead_unit=unit, date=TODAY)
        for state in STATES:
            session.state = state
            for verb, (sources, _target) in LEADS.items():
                check(verb, session, user, allowed=may_do(role, leads), leading=state in sources)


def check(verb: str, session: Any, user: Any, *, allowed: bool, leading: bool) -> None:
    if allowed and leading:
        SESSION_FLOW.check(verb, session, by=user, data=WORDS.get(verb, {}))
    else:
        with pytest.raises(WrongState if allowed else Forbidden):
            SESSION_FLOW.check(verb, session, by=user, data=WORDS.get(verb, {}))


@pytest.mark.parametrize("verb", LEADS)
def test_a_service_moves_from_its_sources_and_from_nowhere_else(verb: str, secretary: Any) -> None:
    sources, target = LEADS[verb]
    for state in STATES:
        session = SessionFactory(state=state, date=TODAY)
        if state in sources:
            SERVICES[verb](session=session, by=secretary)
        else:
            with pytest.raises(WrongState, match=str(state.label)):
                SERVICES[verb](session=session, by=secretary)
        session.refresh_from_db()
        expected = ("planned" if target == "back" else target) if state in sources else state
        assert session.state == expected


@pytest.mark.parametrize("state", ["planned", "open"])
def test_resuming_leads_back_to_the_state_before(state: str, secretary: Any) -> None:
    with act(CHANGED, by="test"):
        session = SessionFactory(state=state)
    cancel_session(session=session, reason="講師の急病", by=secretary)
    assert (session.state, session.state_reason) == ("cancelled", "講師の急病")
    assert resume_session(session=session, reason="代わりの講師", by=secretary).state == state
    told = [(entry.verb, entry.reason) for entry in entries_of(session)][:2]
    assert told == [("中止の取消し", "代わりの講師"), ("中止", "講師の急病")]


def test_words_are_needed_and_a_second_click_changes_nothing(secretary: Any) -> None:
    session = SessionFactory()
    for words in ("", " \u3000"):
        with pytest.raises(Unmet, match="理由"):
            cancel_session(session=session, reason=words, by=secretary)
    cancel_session(session=session, reason="大雪", version=1, by=secretary)
    with pytest.raises(WrongState):
        cancel_session(session=session, reason="大雪", version=1, by=secretary)
    other = SessionFactory()
    with pytest.raises(StaleVersion):
        open_session(session=other, version=0, by=secretary)


def test_who_came_keeps_a_session_from_being_called_off_or_moved_ahead(secretary: Any) -> None:
    """Skills, recognitions and certificates rest on it."""
    session = session_with_roll(date=date(2022, 10, 3))
    put(session, worker(), "completed")
    with pytest.raises(Unmet, match="出欠が名簿に記録されています"):
        cancel_session(session=session, reason="講師の急病", by=secretary)
    with pytest.raises(Unmet, match="先の日"):
        edit_session(session=session, version=1, values=said(session, date=AHEAD), by=secretary)
    session.refresh_from_db()
    assert (session.state, session.date) == ("open", date(2022, 10, 3))


class TestHolding:
    def test_not_before_its_day(self, secretary: Any) -> None:
        for day, may in ((date(2022, 10, 15), False), (TODAY, True), (date(2022, 3, 31), True)):
            session = SessionFactory(date=day)
            if may:
                assert hold_session(session=session, numbers=NUMBERS, by=secretary).state == "held"
            else:
                with pytest.raises(Unmet, match="令和4年10月15日"):
                    hold_session(session=session, numbers=NUMBERS, by=secretary)

    @pytest.mark.parametrize(
        "wrong",
        [None, {}, {"applied": 1, "attended": 1}, {"applied": 9, "attended": -1, "completed": 0}],
    )
    def test_without_a_roll_it_needs_the_numbers(self, wrong: Any, secretary: Any) -> None:
        session = SessionFactory(date=TODAY)
        with pytest.raises(Unmet, match="人数"):
            hold_session(session=session, numbers=wrong, by=secretary)
        with pytest.raises(Unmet, match="修了"):
            hold_session(session=session, numbers={"applied": 9, "attended": 8, "completed": 9}, by=secretary)
        session.refresh_from_db()
        assert (session.state, session.version) == ("planned", 1)

    def test_the_page_asks_and_corrects(self, client_for: Any, secretary: Any) -> None:
        client, session = client_for(secretary), SessionFactory(date=TODAY, title="髙𠮷")
        url = f"{session.get_absolute_url()}hold/"
        form = form_of(client.get(url), "version")
        assert client.post(url, {**form, "applied": "9", "attended": "8", "completed": "9"}).status_code == 422
        assert (
            client.post(url, {**form, "applied": "1,150", "attended": "６４０", "completed": "640"}).status_code == 302
        )
        session.refresh_from_db()
        assert (session.applied, session.attended, session.completed) == (1150, 640, 640)
        edit = f"{session.get_absolute_url()}edit/"
        form = form_of(client.get(edit), "version")
        assert client.post(edit, {**form, "completed": "639"}).status_code == 302
        assert client.post(edit, {**form, "version": "3", "date": "R4.10.15"}).status_code == 422
        session.refresh_from_db()
        assert (session.completed, session.date) == (639, TODAY)

    def test_with_a_roll_it_asks_for_nothing_and_warns(self, client_for: Any, secretary: Any) -> None:
        session = session_with_roll(date=TODAY)
        url = f"{session.get_absolute_url()}hold/"
        assert "全員の出欠が入っています" in text_of(client_for(secretary).get(url))
        for _each in range(4):
            put(session, worker())
        page = text_of(client_for(secretary).get(url))
        assert "5人未満" in page
        assert "4人" not in page
        assert 'name="applied"' not in page
        assert "4人。名簿に" in text_of(client_for(user_with("personnel")).get(url))
        put(session, worker())
        assert "5人。名簿に" in text_of(client_for(secretary).get(url))
        hold_session(session=session, by=secretary)
        assert (session.state, session.applied) == ("held", 0)


class TestThoseWhoHaveASeat:
    def test_calling_off_tells_who_is_concerned_and_nobody_else(self, secretary: Any) -> None:
        session = session_with_roll(capacity=1, course__name="流れ図", title="第1回")
        seated, waiting, gone = worker(), worker(), worker()
        put(session, seated)
        put(session, waiting, EnrolmentState.WAITING)
        put(session, gone, EnrolmentState.WITHDRAWN)
        cancel_session(session=session, reason="大雪", by=secretary)
        notices = Notice.objects.order_by("pk")
        assert {notice.person for notice in notices} == {seated, waiting}
        assert {notice.kind for notice in notices} == {"training.enrolment"}
        assert {notice.text for notice in notices} == {
            "令和4年11月17日（木）の「流れ図 第1回」は中止になりました。理由: 大雪"
        }
        resume_session(session=session, reason="除雪が済んだ", by=secretary)
        assert Notice.objects.count() == 4

    def test_a_moved_day_is_told_and_nothing_else(self, secretary: Any) -> None:
        session = session_with_roll(course__name="流れ図", title="第1回")
        seated = worker()
        put(session, seated)
        edit_session(session=session, version=1, values=said(session, place="北部支所"), by=secretary)
        assert not Notice.objects.exists()
        edit_session(session=session, version=2, values=said(session, date=date(2023, 3, 31)), by=secretary)
        assert Notice.objects.get().text == (
            "「流れ図 第1回」の日程が令和4年11月17日（木）から令和5年3月31日（金）に変わりました。"
        )

    def test_more_places_go_to_those_who_wait_in_their_order(self, secretary: Any) -> None:
        session = session_with_roll(capacity=5)
        for _each in range(5):
            put(session, worker())
        first, second, third = queue(session, 3)
        edit_session(session=session, version=1, values=said(session, capacity=7), by=secretary)
        states = [type(row).objects.get(pk=row.pk).state for row in (first, second, third)]
        assert states == ["enrolled", "enrolled", "waiting"]
        assert {notice.person for notice in Notice.objects.all()} == {first.person, second.person}
        edit_session(session=session, version=2, values=said(session, capacity=None), by=secretary)
        assert type(third).objects.get(pk=third.pk).state == "enrolled"

    def test_fewer_places_than_seats_are_refused(self, secretary: Any) -> None:
        session = session_with_roll(capacity=10)
        for _each in range(3):
            put(session, worker())
        for capacity in (0, 1, 2, 3):
            with pytest.raises(Unmet, match=r"4人より少なく") as refused:
                edit_session(session=session, version=1, values=said(session, capacity=capacity), by=secretary)
            assert "3人" not in str(refused.value)
        with pytest.raises(Unmet, match="すでに3人の席"):
            edit_session(session=session, version=1, values=said(session, capacity=2), by=user_with("personnel"))
        for _each in range(3):
            put(session, worker())
        with pytest.raises(Unmet, match="すでに6人の席"):
            edit_session(session=session, version=1, values=said(session, capacity=5), by=secretary)
        assert edit_session(session=session, version=1, values=said(session, capacity=6), by=secretary).capacity == 6
        with pytest.raises(Unmet, match="名簿での管理"):
            edit_session(session=session, version=2, values=said(session, keeps_roll=False), by=secretary)
        with pytest.raises(Unmet, match="保管"):
            archive_session(
                session=cancel_session(session=session, reason="大雪", by=secretary), reason="x", by=secretary
            )


FIELDS = (
    "title",
    "date",
    "starts_at",
    "ends_at",
    "place",
    "format",
    "instructor",
    "capacity",
    "closes_on",
    "keeps_roll",
)


def said(session: Any, **changes: Any) -> dict[str, Any]:
    """What the form says when only this is changed."""
    return {**{name: getattr(session, name) for name in FIELDS}, **changes}


class TestWriting:
    def test_a_new_session(self, client_for: Any) -> None:
        lead, course = user_with("promoter"), CourseFactory()
        assert client_for(lead).get(f"{course.get_absolute_url()}sessions/new/").status_code == 403
        course.lead_unit = lead.unit
        course.save()
        client, url = client_for(lead), f"{course.get_absolute_url()}sessions/new/"
        form = {
            **form_of(client.get(url), "uid"),
            "title": "第1回",
            "date": "R5.3.31",
            "starts_at": "１３時３０分",
            "ends_at": "1500",
        }
        assert client.post(url, {**form, "ends_at": "13:00"}).status_code == 422
        assert client.post(url, {**form, "closes_on": "R5.4.1"}).status_code == 422
        assert client.post(url, {**form, "date": "R99.1.1"}).status_code == 422
        for _click in range(2):
            assert client.post(url, {**form, "capacity": "２４"}).status_code == 302
        session = Session.objects.get()
        assert (session.date, session.starts_at, session.ends_at) == (date(2023, 3, 31), time(13, 30), time(15))
        assert (session.capacity, session.state, session.course) == (24, "planned", course)

    def test_services_refuse_as_well(self, secretary: Any) -> None:
        course, viewer = CourseFactory(), user_with("viewer")
        values = said(Session(title="第1回", date=AHEAD))
        with pytest.raises(Forbidden):
            create_session(course=course, uid=uuid.uuid4(), values=values, by=viewer)
        with pytest.raises(Unmet, match="申込"):
            create_session(
                course=course, uid=uuid.uuid4(), values={**values, "closes_on": date(2022, 11, 18)}, by=secretary
            )
        session = create_session(course=course, uid=uuid.uuid4(), values=values, by=secretary)
        for attempt in (
            lambda: edit_session(session=session, version=1, values=values, by=viewer),
            lambda: archive_session(session=session, reason="重複", by=viewer),
        ):
            with pytest.raises(Forbidden):
                attempt()
        with pytest.raises(StaleVersion):
            edit_session(session=session, version=0, values=values, by=secretary)
        with pytest.raises(Unmet, match="受付中"):
            archive_session(session=open_session(session=session, by=secretary), reason="重複", by=secretary)

    def test_two_who_save_at_once_see_both_texts(self, client_for: Any, secretary: Any) -> None:
        client, session = client_for(secretary), SessionFactory()
        url = f"{session.get_absolute_url()}edit/"
        form = form_of(client.get(url), "version")
        edit_session(session=session, version=1, values=said(session, place="先の会場"), by=secretary)
        response = client.post(url, {**form, "place": "後の会場"})
        assert response.status_code == 409
        assert "先の会場" in text_of(response)
        assert "後の会場" in text_of(response)

    @pytest.mark.parametrize("role", ROLES)
    def test_the_head_offers_just_what_one_may_do(self, role: str, client_for: Any) -> None:
        user = user_with(role)
        client = client_for(user)
        for leads in (True, False):
            unit = user.unit if leads else UnitFactory()
            for state, day, verbs in (
                ("planned", AHEAD, {"open", "cancel"}),
                ("open", TODAY, {"hold", "cancel"}),
                ("held", TODAY, set()),
                ("cancelled", AHEAD, {"resume"}),
            ):
                session = SessionFactory(course__lead_unit=unit, state=state, date=day)
                menu = client.get(session.get_absolute_url()).context["menu"]
                offered = {act.verb for act in menu["buttons"]} | {
                    act.verb for _name, acts in menu["groups"] for act in acts
                }
                may = may_do(role, leads)
                assert offered >= (verbs | {"edit"} if may else set()), state
                assert not may or len(menu["others"]) == 0
                for verb in ("open", "hold", "cancel", "resume", "edit"):
                    response = client.get(f"{session.get_absolute_url()}{verb}/")
                    assert response.status_code == (200 if may else 403), verb
