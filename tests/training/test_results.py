"""What came of the training: shares, who went on, who stayed away, placement and answers, by the rule of five."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.registry import figures, standpoint_today
from apps.organization.choices import RoleKind, UnitKind
from apps.training.choices import EnrolmentState, FollowUp, SessionState
from apps.training.models import Course, Enrolment, Session
from apps.training.selectors import answers_by_course, going_on, nobody_came, percent_of, placements
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    RecognitionFactory,
    SessionFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
YEAR = FiscalYear(2022)
COMPLETED, ATTENDED = EnrolmentState.COMPLETED, EnrolmentState.ATTENDED


def reader() -> Any:
    return user_with(RoleKind.SECRETARIAT)


def held(course: Course, **fields: Any) -> Session:
    return SessionFactory(course=course, date=date(2022, 6, 1), state=SessionState.HELD, capacity=None, **fields)


def roll(session: Session, people: Iterable[Any], state: str = COMPLETED, **fields: Any) -> list[Enrolment]:
    return [EnrolmentFactory(session=session, person=each, state=state, **fields) for each in people]


def people(count: int, **fields: Any) -> list[Any]:
    return UserFactory.create_batch(count, **fields)


def gone_on(user: Any) -> list[tuple[bool, int | None, int | None, int | None]]:
    return [(each.counts, each.completed, each.went_on, each.finished) for each in going_on(YEAR, user)]


def test_shares_are_rounded_halves_up_and_nothing_has_no_share() -> None:
    assert [percent_of(2, 9), percent_of(671, 1_791), percent_of(1, 2_000)] == [
        Decimal("22.2"),
        Decimal("37.5"),
        Decimal("0.1"),
    ]
    assert percent_of(0, 0) is None


def test_the_shares_of_courses_sessions_and_people() -> None:
    planned, once = CourseFactory(plan=TrainingPlanFactory()), CourseFactory()
    held(planned, completed=30, attended=30)
    held(planned, completed=10, attended=10)
    held(once, completed=8, attended=8)
    roll(held(once, keeps_roll=True), people(4))
    SessionFactory(course=once)
    here = standpoint_today(reader())
    names = ("share_ad_hoc_courses", "share_ad_hoc_sessions", "share_ad_hoc_people")
    assert [figures[f"training.{name}"].count(here) for name in names] == [
        Decimal("50.0"),
        Decimal("50.0"),
        Decimal("16.7"),  # 8 of 48: the four of the roll are hidden
    ]


def test_without_courses_there_is_no_share(client_for: Any) -> None:
    here = standpoint_today(reader())
    assert figures["training.share_ad_hoc_courses"].count(here) is None
    page = text_of(client_for(reader()).get("/training/results/"))
    assert "この年度に計画外の研修はありません" in page
    assert "名簿を付けた回がないため、数えられません" in page


def test_who_went_on_is_counted_from_rolls() -> None:
    following = CourseFactory(fiscal_year=FiscalYear(2023))
    course, user = CourseFactory(next_course=following), reader()
    assert gone_on(user) == [(False, None, None, None)]
    assert figures["training.went_on"].count(standpoint_today(user)) is None
    all_of_them = people(12)
    roll(held(course, keeps_roll=True), all_of_them)
    assert gone_on(user) == [(True, 12, 0, 0)]
    nexts = SessionFactory(course=following, keeps_roll=True, capacity=None)
    roll(nexts, all_of_them[:6], EnrolmentState.ENROLLED)
    roll(nexts, people(3), EnrolmentState.ENROLLED)
    roll(nexts, all_of_them[6:], EnrolmentState.DECLINED)
    assert gone_on(user) == [(True, 12, 6, 0)]
    Enrolment.objects.filter(session=nexts, state=EnrolmentState.ENROLLED).update(state=COMPLETED)
    assert gone_on(user) == [(True, 12, 6, 6)]
    assert figures["training.went_on"].count(standpoint_today(user)) == 6


@pytest.mark.parametrize(
    ("on", "done", "told"),
    [
        (3, 0, (12, None, 0)),
        (9, 9, (12, None, None)),
        (8, 0, (12, None, 0)),
        (7, 2, (12, 7, None)),
        (12, 5, (12, 12, 5)),
    ],
)
def test_neither_who_went_on_nor_who_did_not_is_told_where_it_is_under_five(
    on: int, done: int, told: tuple[int | None, ...]
) -> None:
    following = CourseFactory()
    course = CourseFactory(next_course=following)
    those = people(12)
    roll(held(course, keeps_roll=True), those)
    nexts = SessionFactory(course=following, keeps_roll=True, capacity=None)
    roll(nexts, those[:done])
    roll(nexts, those[done:on], ATTENDED)
    (found,) = going_on(YEAR, reader())
    assert (found.completed, found.went_on, found.finished) == told


def test_a_session_under_five_is_in_no_sum_so_that_nobody_subtracts_it() -> None:
    course = CourseFactory(next_course=CourseFactory())
    roll(held(course, keeps_roll=True), people(7))
    roll(held(course, keeps_roll=True), people(2))
    assert gone_on(reader()) == [(True, 7, 0, 0)]
    Session.objects.filter(enrolments__isnull=False).first().enrolments.all().delete()
    assert [each[1] for each in gone_on(reader())] == [None]


def test_sections_from_which_nobody_came() -> None:
    user = reader()
    assert nobody_came(YEAR, user) is None
    department = UnitFactory(kind=UnitKind.DEPARTMENT)
    came, silent, small, tiny = (UnitFactory(kind=UnitKind.SECTION, parent=department) for _ in range(4))
    alone = UnitFactory(kind=UnitKind.SECTION, parent=UnitFactory(kind=UnitKind.DEPARTMENT))
    here = people(5, unit=came)
    for unit, count in ((silent, 5), (small, 4), (tiny, 2), (alone, 3)):
        people(count, unit=unit)
    people(3, unit=UnitFactory(kind=UnitKind.SECTION, parent=department), is_active=False)
    session = held(CourseFactory(), keeps_roll=True)
    roll(session, here[:1], ATTENDED)
    found = nobody_came(YEAR, user)
    assert found is not None
    assert found.sections == [silent]
    assert [(group.department, group.sections) for group in found.small] == [(department, 2)]
    assert (found.reached, found.count) == (1, 2)
    assert found.too_small >= 1
    roll(session, people(1, unit=tiny), ATTENDED)
    roll(session, [silent.people.first()], EnrolmentState.ABSENT)
    found = nobody_came(YEAR, user)
    assert found is not None
    assert (found.sections, found.small) == ([silent], [])


def test_where_one_came_from_is_where_one_sat_then() -> None:
    before, now = UnitFactory(kind=UnitKind.SECTION), UnitFactory(kind=UnitKind.SECTION)
    people(5, unit=before)
    moved = people(5, unit=now)[0]
    roll(held(CourseFactory(), keeps_roll=True), [moved], ATTENDED, unit=before)
    found = nobody_came(YEAR, reader())
    assert found is not None
    assert found.sections == [now]


def test_recognised_and_placed() -> None:
    some, few, most = TalentProfileFactory.create_batch(3)
    for profile, recognised, placed in ((some, 12, 6), (few, 3, 1), (most, 9, 8)):
        RecognitionFactory.create_batch(placed, profile=profile, placed_on=date(2022, 7, 1), placed_as="窓口改善")
        RecognitionFactory.create_batch(recognised - placed, profile=profile)
    RecognitionFactory(profile=some, ended_on=date(2022, 10, 1))
    RecognitionFactory(profile=some, person=UserFactory(is_active=False))
    RecognitionFactory(profile=some, recognised_on=date(2022, 10, 15))
    TalentProfileFactory()
    found = [(each.profile, each.recognised, each.placed) for each in placements(YEAR)]
    assert found == [(some, 12, 6), (few, None, None), (most, 9, None)]
    assert figures["training.placed"].count(standpoint_today(reader())) == 6
    assert placements(FiscalYear(2021)) == []


def test_answers_are_told_from_five_on() -> None:
    course = CourseFactory()
    rows = roll(held(course, keeps_roll=True), people(16))
    for place, row in enumerate(rows):
        row.test_score = Decimal(70 + place) if place < 5 else None
        row.satisfaction = Decimal("4.0") if place < 4 else None
        row.follow_up = (FollowUp.USED if place < 7 else FollowUp.PARTLY if place < 11 else FollowUp.NOT_YET).value
        row.save()
    (found,) = answers_by_course(YEAR, reader())
    assert (found.tests, found.test_mean) == (5, Decimal("72.0"))
    assert (found.opinions, found.satisfaction) == (None, None)
    assert (found.followed_up, found.used) == (16, {"used": None, "partly": None, "not_yet": 5})
    Enrolment.objects.filter(pk__in=[row.pk for row in rows[11:14]]).update(follow_up=FollowUp.USED)
    (found,) = answers_by_course(YEAR, reader())
    assert found.used == {"used": None, "partly": None, "not_yet": None}, "two who do not use it"


def test_the_page_tells_numbers_and_their_words(client_for: Any) -> None:
    following = CourseFactory(name="次の研修")
    course = CourseFactory(next_course=following, adhoc_reason="国の緊急の求めによる。")
    roll(held(course, keeps_roll=True), people(4, name="𠮷﨑 髙乃"), test_score=Decimal("73.5"))
    EvaluationFactory(course=course, target=Decimal(80), actual=Decimal("78.4"))
    page = text_of(client_for(reader()).get("/training/results/?year=2022"))
    assert "国の緊急の求めによる。" in page
    assert page.count("5人未満") >= 3
    assert "73.5" not in page
    assert "𠮷﨑" not in page
    assert "<b>78.4</b> / 80" in page


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (kind, 200)
        for kind in ("chief", "deputy", "headquarters", "advisor", "secretariat", "member", "personnel", "auditor")
    ]
    + [(kind, 403) for kind in ("viewer", "promoter", "manager", "finance", "administrator")],
)
def test_who_sees_the_results(client_for: Any, kind: str, status: int) -> None:
    client = client_for(user_with(RoleKind(kind)))
    assert client.get("/training/results/").status_code == status
    assert ("/training/results/" in text_of(client.get("/training/"))) == (status == 200)


def test_another_year_and_what_is_no_year(client_for: Any) -> None:
    CourseFactory(fiscal_year=FiscalYear(2021), name="前の年の研修")
    client = client_for(reader())
    assert "前の年の研修" in text_of(client.get("/training/results/?year=2021"))
    assert "前の年の研修" not in text_of(client.get("/training/results/"))
    for wrong in ("?year=1999", "?year=x", "?year=２０２２", "?unit=1"):
        assert client.get(f"/training/results/{wrong}").status_code == 400


def test_as_many_queries_for_many_courses_as_for_few(client_for: Any) -> None:
    client = client_for(reader())

    def add(count: int) -> None:
        for _ in range(count):
            course = CourseFactory(next_course=CourseFactory())
            roll(held(course, keeps_roll=True), people(2), follow_up=FollowUp.USED)
            EvaluationFactory(course=course)
            RecognitionFactory()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/training/results/").status_code == 200
        return len(queries)

    add(3)
    asked()
    few = asked()
    add(12)
    assert asked() == few
