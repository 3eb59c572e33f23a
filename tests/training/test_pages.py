"""The pages of the training: numbers of people for all staff, lists that narrow, and how many queries they take."""

import csv
import io
import json
from datetime import date, time
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.registry import figures, standpoint_today
from apps.organization.choices import RoleKind
from apps.training.models import (
    CourseHurdle,
    CourseLiteracyArea,
    CourseSkillRole,
    PlanCost,
    PlannedCourse,
    PlanProfile,
    PlanUnit,
)
from apps.training.panels import courses_of_hurdle, plans_of_initiative
from apps.training.selectors import plan_detail, plan_table
from tests.factories import (
    CourseFactory,
    CurriculumItemFactory,
    EvaluationFactory,
    EvaluationLevelFactory,
    HeadcountFactory,
    HurdleFactory,
    InitiativeFactory,
    LiteracyAreaFactory,
    SessionFactory,
    SkillFactory,
    SkillRoleFactory,
    SkillTypeFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

PAGES = ("/training/", "/training/plans/", "/training/courses/", "/training/sessions/")
CHANGED = declare_event("training.test.changed", "直した")
TRICKY = "<b>𠮷田</b> =cmd|' /C calc'!A0 {{ 7|add:1 }}"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    """The secretariat's browser."""
    return client_for(secretary)


def column(client: Any, page: str, key: str, query: str = "") -> list[Any]:
    """One column of a list, read from its file for scripts."""
    response = client.get(f"/training/{page}/?{query}&format=json" if query else f"/training/{page}/?format=json")
    assert response.status_code == 200, query
    return [row[key] for row in json.loads(b"".join(response))]


class TestRights:
    @pytest.mark.parametrize("role", [role.value for role in RoleKind])
    def test_every_role_sees_every_page(self, role: str, client_for: Any) -> None:
        plan = TrainingPlanFactory(status="draft")
        course = CourseFactory(plan=plan)
        session = SessionFactory(course=course)
        client = client_for(user_with(role))
        for url in (*PAGES, *(record.get_absolute_url() for record in (plan, course, session))):
            assert client.get(url).status_code == 200, url

    def test_without_a_role_nothing_opens(self, client_for: Any, client: Any) -> None:
        stranger, session = client_for(UserFactory()), SessionFactory()
        for url in PAGES:
            assert stranger.get(url).status_code == 403, url
        for record in (session, session.course, TrainingPlanFactory()):
            assert stranger.get(record.get_absolute_url()).status_code == 404
            assert client.get(record.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("page", ["plans", "courses", "sessions"])
    @pytest.mark.parametrize("address", ["X-2022-9999", "00000000-0000-0000-0000-000000000000", "-"])
    def test_an_unknown_address_is_of_nothing(self, page: str, address: str, client: Any) -> None:
        assert client.get(f"/training/{page}/{address}/").status_code == 404

    def test_what_is_archived_is_gone_with_what_hangs_on_it(self, client: Any) -> None:
        course = CourseFactory(archived_at="2022-10-01T00:00+09:00")
        session, gone = SessionFactory(course=course), SessionFactory(archived_at="2022-10-01T00:00+09:00", completed=0)
        for record in (course, session, gone):
            assert client.get(record.get_absolute_url()).status_code == 404
        assert client.get("/training/sessions/").context["total"] == 0
        assert column(client, "courses", "sessions") == [0]
        assert list(client.get(gone.course.get_absolute_url()).context["record"].sessions.all()) == []

    def test_a_hidden_hurdle_is_not_named_not_even_by_the_history(self, client_for: Any) -> None:
        course, hidden = CourseFactory(), HurdleFactory(title="よその課のハードル")
        open_to_all = HurdleFactory(title="だれにも見えるハードル")
        open_to_all.owning_unit = open_to_all.reporting_unit
        open_to_all.save()
        for hurdle in (hidden, open_to_all):
            with act(CHANGED, by="test"):
                CourseHurdle.objects.create(course=course, hurdle=hurdle)
        page = text_of(client_for(user_with("viewer")).get(course.get_absolute_url()))
        assert "だれにも見えるハードル" in page
        assert "よその課のハードル" not in page
        assert hidden.number not in page
        assert "よその課のハードル" in text_of(client_for(user_with("secretariat")).get(course.get_absolute_url()))


def test_only_administrators_keep_the_lists(client_for: Any, client: Any) -> None:
    SkillFactory(name="業務の流れの図示")
    administrator = client_for(user_with("administrator"))
    for model in ("skillstandard", "skill", "skilltype", "skillrole", "literacyarea", "evaluationlevel"):
        assert administrator.get(f"/admin/training/{model}/").status_code == 200
        assert client.get(f"/admin/training/{model}/").status_code == 302
    assert "業務の流れの図示" in text_of(administrator.get("/admin/training/skill/"))


class TestPlans:
    def test_each_filter(self, client: Any) -> None:
        profile, unit = TalentProfileFactory(code="LEADER"), UnitFactory(code="0203")
        plan = TrainingPlanFactory(number="T-1", name="ＤＸ人材育成計画", status="draft", lead_unit=unit)
        TrainingPlanFactory(number="T-2", from_year=FiscalYear(2023), status="decided")
        PlanProfile.objects.create(plan=plan, profile=profile)
        for query, expected in {
            "": ["T-2", "T-1"],
            "status=draft": ["T-1"],
            "profile=LEADER": ["T-1"],
            "lead_unit=0203": ["T-1"],
            f"q={quote('dx人材')}": ["T-1"],
            "sort=number": ["T-1", "T-2"],
            "status=decided&profile=LEADER": [],
        }.items():
            assert column(client, "plans", "number", query) == expected, query

    def test_years_courses_and_costs(self, client: Any, secretary: Any) -> None:
        initiative, profile = InitiativeFactory(), TalentProfileFactory(name="リーダー")
        plan = TrainingPlanFactory(to_year=FiscalYear(2024), initiative=initiative)
        first, second = CourseFactory(plan=plan, name="基礎研修"), CourseFactory(name="よその計画の研修")
        unplanned = CourseFactory(plan=plan, name="年度の決まらない研修")
        PlanProfile.objects.create(plan=plan, profile=profile)
        PlanUnit.objects.create(plan=plan, unit=UnitFactory(name="協力する情報戦略課"))
        for course, years in ((first, (2022, 2023)), (second, (2024,))):
            for year in years:
                PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=FiscalYear(year))
        for year, cost_k in ((2023, 13946), (2024, 14200)):
            PlanCost.objects.create(plan=plan, fiscal_year=FiscalYear(year), cost_k=cost_k)
        table = plan_table(plan_detail(secretary).get(pk=plan.pk))
        assert [int(year) for year in table.years] == [2022, 2023, 2024]
        assert table.courses == [
            (first, [True, True, False]),
            (second, [False, False, True]),
            (unplanned, [False, False, False]),
        ]
        assert (table.costs_k, table.total_k) == ([None, 13946, 14200], 28146)
        page = text_of(client.get(plan.get_absolute_url()))
        foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
        assert [cell in foot for cell in (">－<", ">13,946<", ">14,200<", ">28,146<")] == [True] * 4
        assert page.count("○") == 3
        for words in ("リーダー", "協力する情報戦略課", f'href="{initiative.get_absolute_url()}"'):
            assert words in page
        assert column(client, "plans", "cost_k") == [28146]
        assert column(client, "plans", "courses") == [2]

    def test_a_cost_outside_of_the_period_is_shown(self, secretary: Any) -> None:
        plan = TrainingPlanFactory(from_year=FiscalYear(2022), to_year=FiscalYear(2022))
        PlanCost.objects.create(plan=plan, fiscal_year=FiscalYear(2025), cost_k=0)
        table = plan_table(plan_detail(secretary).get(pk=plan.pk))
        assert ([int(year) for year in table.years], table.costs_k, table.total_k) == ([2022, 2025], [None, 0], 0)


class TestCourses:
    def test_each_filter(self, client: Any) -> None:
        profile, unit = TalentProfileFactory(code="LEADER"), UnitFactory(code="0202")
        CourseFactory(name="a", plan=TrainingPlanFactory(), profile=profile, objective="ﾃﾞｰﾀを読む")
        CourseFactory(name="b", format="study_group", lead_unit=unit)
        CourseFactory(name="c", fiscal_year=FiscalYear(2020))
        for query, expected in {
            "": ["a", "b", "c"],
            "year=2022": ["a", "b"],
            "year=2021": [],
            "kind=study_group": ["b"],
            "profile=LEADER": ["a"],
            "adhoc=yes": ["b", "c"],
            "adhoc=no": ["a"],
            "adhoc=yes&year=2022": ["b"],
            "lead_unit=0202": ["b"],
            f"q={quote('データ')}": ["a"],
            "sort=-name": ["c", "b", "a"],
        }.items():
            assert column(client, "courses", "name", query) == expected, query

    def test_sessions_are_added_up(self, client: Any) -> None:
        course = CourseFactory()
        SessionFactory(course=course, applied=31, attended=23, completed=23, state="held", date=date(2022, 8, 25))
        SessionFactory(course=course, applied=24, attended=22, completed=21, state="held", date=date(2022, 9, 29))
        SessionFactory(course=course, archived_at="2022-10-01T00:00+09:00", attended=9, completed=9)
        assert (column(client, "courses", "sessions"), column(client, "courses", "completed")) == ([2], [44])
        page = client.get(course.get_absolute_url())
        assert [session.completed for session in page.context["record"].sessions.all()] == [23, 21]

    def test_before_a_session_was_held_nobody_can_have_come(self, client: Any) -> None:
        session = SessionFactory(applied=7)
        assert column(client, "courses", "completed") == [None]
        assert (column(client, "sessions", "applied"), column(client, "sessions", "attended")) == ([7], [None])
        page = client.get(session.get_absolute_url())
        assert page.context["attended"] is page.context["completed"] is None
        assert text_of(client.get(session.course.get_absolute_url())).count(">－<") >= 2
        session.state = "held"
        session.save()
        assert column(client, "courses", "completed") == column(client, "sessions", "attended") == [0]

    def test_the_page(self, client: Any) -> None:
        plan = TrainingPlanFactory()
        course = CourseFactory(
            plan=plan, participants=["係長", "主任"], objective="見直しの計画を作れる。", continuity="毎年度行う。"
        )
        PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=FiscalYear(2024))
        CourseLiteracyArea.objects.create(course=course, area=LiteracyAreaFactory(name="マインド・スタンス"))
        kind = SkillTypeFactory(name="ビジネスアーキテクト")
        CourseSkillRole.objects.create(course=course, role=SkillRoleFactory(skill_type=kind, name="業務の効率化"))
        for hours in ("6.0", "1.5", "0.5"):
            CurriculumItemFactory(course=course, hours=hours)
        response = client.get(course.get_absolute_url())
        assert response.context["hours"] == Decimal("8.0")
        page = text_of(response)
        for words in (
            "係長、主任", "見直しの計画を作れる。", "毎年度行う。", "R6", "マインド・スタンス",
            "ビジネスアーキテクト：業務の効率化", f'href="{plan.get_absolute_url()}"',
        ):  # fmt: skip
            assert words in page, words
        assert "chip--orange" not in page

    def test_a_course_outside_of_a_plan_says_why(self, client: Any) -> None:
        page = text_of(client.get(CourseFactory(adhoc_reason="推進チームの関心から。").get_absolute_url()))
        assert "chip--orange" in page
        assert "推進チームの関心から。" in page

    def test_what_was_not_measured_is_not_zero(self, client: Any) -> None:
        course = CourseFactory()
        level = EvaluationLevelFactory(level=4, name="成果")
        EvaluationFactory(course=course, level=level, measure="情報事故", target="-3", actual=None)
        EvaluationFactory(course=course, measure="満足度", target="4.20", actual="0")
        page = text_of(client.get(course.get_absolute_url()))
        assert page.index("満足度") < page.index("情報事故"), "by level"
        good, bad = page.split("満足度", 1)[1].split("</tr>")[0], page.split("情報事故", 1)[1].split("</tr>")[0]
        assert (">4.2<" in good, ">0<" in good) == (True, True)
        assert (">△3<" in bad, ">－<" in bad, ">0<" in bad) == (True, True, False)


class TestSessions:
    def test_each_filter(self, client: Any) -> None:
        course = CourseFactory(name="ＡＩ勉強会")
        SessionFactory(title="a", course=course, date=date(2022, 7, 22), state="held")
        SessionFactory(title="b", course=course, date=date(2022, 10, 14), state="open")
        SessionFactory(title="c", date=date(2022, 10, 13), state="planned")
        SessionFactory(title="d", date=date(2023, 3, 31), state="cancelled")
        SessionFactory(title="e", date=date(2023, 4, 1), state="planned")
        for query, expected in {
            "": ["a", "c", "b", "d", "e"],
            "year=2022": ["a", "c", "b", "d"],
            "year=2023": ["e"],
            f"course={course.uid}": ["a", "b"],
            "state=held": ["a"],
            "coming=yes": ["b", "e"],
            "q=ai": ["a", "b"],
            "sort=-date": ["e", "d", "b", "c", "a"],
        }.items():
            assert column(client, "sessions", "title", query) == expected, query
        page = text_of(client.get("/training/sessions/"))
        assert page.count('class="is-late"') == 1, "the day has passed, and nobody has said what came of it"
        assert page.count('class="table__sub"') == 1

    def test_the_page(self, client: Any) -> None:
        session = SessionFactory(
            date=date(2022, 8, 25), starts_at=time(13), ends_at=time(17), place="本庁 大会議室", format="集合",
            instructor="専門監", capacity=1240, applied=31, attended=23, completed=21, state="held",
        )  # fmt: skip
        page = text_of(client.get(session.get_absolute_url()))
        for words in (
            "令和4年8月25日（木）",
            "13:00～17:00",
            "本庁 大会議室",
            "集合",
            "専門監",
            "1,240",
            ">31<",
            ">23<",
            ">21<",
        ):
            assert words in page, words
        assert f'href="{session.course.get_absolute_url()}"' in page
        assert "chip--alert" not in page
        late = SessionFactory(date=date(2022, 10, 13), capacity=None)
        assert "chip--alert" in text_of(client.get(late.get_absolute_url()))


class TestOverview:
    def test_the_gaps_and_what_is_done(self, client: Any) -> None:
        profile = TalentProfileFactory(code="LEADER", name="DX推進リーダー")
        for year, needed, estimated in ((2022, 24, 0), (2023, 1069, None)):
            HeadcountFactory(profile=profile, fiscal_year=FiscalYear(year), needed=needed, estimated=estimated)
        plan = TrainingPlanFactory()
        CourseFactory(plan=plan)
        CourseFactory()
        SessionFactory(course=CourseFactory(), date=date(2022, 10, 14), title="今日の回")
        SessionFactory(date=date(2022, 10, 13), title="昨日の回")
        response = client.get("/training/")
        assert [stat["value"] for stat in response.context["stats"]] == [24, 4 - 1, 0, 0]
        assert "4" in str(response.context["stats"][1]["note"]), "of how many courses"
        page = text_of(response)
        assert [f">{number}<" in page for number in ("1,069", "24", "0")] == [True, True, True]
        cells = page.split('id="training-gaps"')[1].split("</table>")[0]
        assert cells.count("R4") == 2, "each cell says of which year the estimate is"
        assert "今日の回" in page
        assert "昨日の回" not in page
        assert f'href="{plan.get_absolute_url()}"' in page

    def test_an_empty_portal_says_so(self, client: Any) -> None:
        for url in PAGES:
            page = text_of(client.get(url))
            assert "empty__title" in page, url
            assert "<table" not in page, url


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("plans/?colour=red", "colour"),
        ("courses/?sort=objective", "objective"),
        ("sessions/?format=pdf", "pdf"),
        ("sessions/?month=10", "month"),
    ],
)
def test_what_a_list_does_not_know_is_refused_by_name(path: str, name: str, client: Any) -> None:
    response = client.get(f"/training/{path}")
    assert response.status_code == 400
    assert f"「{name}」" in text_of(response)


@pytest.mark.parametrize(
    "path",
    [
        "plans/?status=open",
        "plans/?profile=0",
        "courses/?year=1999",
        "courses/?adhoc=perhaps",
        "courses/?lead_unit=9999",
        "sessions/?course=none",
        "sessions/?course=00000000-0000-0000-0000-000000000000",
        "sessions/?year=1999",
        "sessions/?coming=no",
    ],
)
def test_an_unknown_value_shows_no_rows(path: str, client: Any) -> None:
    TrainingPlanFactory()
    SessionFactory()
    response = client.get(f"/training/{path}")
    assert response.status_code == 400
    assert response.context["total"] == 0
    assert "field__error" in text_of(response)


class TestFigures:
    def test_a_figure_opens_what_it_counts(self, client: Any, secretary: Any) -> None:
        here, plan = standpoint_today(secretary), TrainingPlanFactory()
        course = CourseFactory(plan=plan)
        CourseFactory(plan=plan)
        CourseFactory()
        CourseFactory(fiscal_year=FiscalYear(2021))
        for day, state, completed in (
            (date(2022, 4, 1), "held", 5),
            (date(2023, 3, 31), "held", 7),
            (date(2022, 3, 31), "held", 11),
            (date(2022, 10, 1), "cancelled", 0),
        ):
            SessionFactory(course=course, date=day, state=state, attended=completed, completed=completed)
        for name, expected in (("courses", 3), ("courses_ad_hoc", 1), ("sessions_held", 2)):
            figure = figures[f"training.{name}"]
            assert figure.count(here) == expected
            assert client.get(figure.link(here)).context["total"] == expected
            assert figure.records is not None
            assert figure.records(here).count() == expected
        completed = figures["training.completed"]
        assert completed.count(here) == 12
        rows = client.get(completed.link(here)).context["table"].rows
        assert sum(row.completed for row in rows) == 12

    def test_the_gaps_stand_in_the_table_that_they_link_to(self, client: Any, secretary: Any) -> None:
        here = standpoint_today(secretary)
        for code, needed, estimated in (("LEADER", 24, 0), ("MANAGER", 90, 16), ("NEW", 5, None)):
            HeadcountFactory(profile__code=code, needed=needed, estimated=estimated)
        assert figures["training.gap"].count(here) == 98
        assert figures["training.leader_gap"].count(here) == 24
        rows = figures["training.gap_by_profile"].count(here)
        assert [row["value"] for row in rows] == [24, 74], "of what nobody has estimated one cannot say"
        for name in ("gap", "leader_gap", "gap_by_profile"):
            link = figures[f"training.{name}"].link(here)
            assert link == "/training/#training-gaps"
        response = client.get("/training/")
        assert "training-gaps" in ids_of(response)
        shown = [gap.short for line in response.context["gaps"].lines for gap in line.gaps if gap.year == here.year]
        assert shown == [24, 74, None]


class TestPanels:
    def test_a_hurdle_shows_the_courses_that_help(self, client: Any, secretary: Any) -> None:
        hurdle, course = HurdleFactory(), CourseFactory()
        assert courses_of_hurdle(hurdle, secretary) is None
        CourseHurdle.objects.create(course=course, hurdle=hurdle)
        CourseHurdle.objects.create(course=CourseFactory(), hurdle=HurdleFactory())
        SessionFactory(course=course, attended=9, completed=8)
        assert (courses_of_hurdle(hurdle, secretary) or {})["courses"] == [course]
        response = client.get(hurdle.get_absolute_url())
        assert f'href="{course.get_absolute_url()}"' in text_of(response)
        assert len(ids_of(response)) == len(set(ids_of(response)))

    def test_an_initiative_shows_its_training_plans(self, client: Any, secretary: Any) -> None:
        initiative = InitiativeFactory()
        assert plans_of_initiative(initiative, secretary) is None
        plan = TrainingPlanFactory(initiative=initiative)
        TrainingPlanFactory(initiative=InitiativeFactory())
        assert (plans_of_initiative(initiative, secretary) or {})["plans"] == [plan]
        response = client.get(initiative.get_absolute_url())
        assert f'href="{plan.get_absolute_url()}"' in text_of(response)
        assert len(ids_of(response)) == len(set(ids_of(response)))


class TestTexts:
    def test_text_stays_text(self, client: Any) -> None:
        plan = TrainingPlanFactory(name=TRICKY)
        course = CourseFactory(name=TRICKY, plan=plan, objective=TRICKY, continuity=TRICKY, participants=[TRICKY])
        session = SessionFactory(course=course, title=TRICKY, place=TRICKY)
        CurriculumItemFactory(course=course, title=TRICKY)
        EvaluationFactory(course=course, measure=TRICKY)
        PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=FiscalYear(2022))
        for url in (*PAGES, *(record.get_absolute_url() for record in (plan, course, session))):
            page = text_of(client.get(url))
            assert "&lt;b&gt;𠮷田&lt;/b&gt; =cmd|" in page, url
            assert "<b>𠮷田" not in page, url
            assert "{{ 7|add:1 }}" in page, url
        for name in ("plans", "courses", "sessions"):
            assert "&lt;b&gt;<mark>𠮷田</mark>" in text_of(client.get(f"/training/{name}/?q={quote('𠮷田')}"))

    def test_a_spreadsheet_runs_nothing(self, client: Any) -> None:
        SessionFactory(course__name="=cmd|' /C calc'!A0", place="@SUM(A1)")
        content = b"".join(client.get("/training/sessions/?format=csv")).decode("utf-8-sig")
        (row,) = list(csv.DictReader(io.StringIO(content, newline="")))
        assert {"'=cmd|' /C calc'!A0", "'@SUM(A1)"} <= set(row.values())


def test_the_history_says_who_did_what(client: Any, secretary: Any) -> None:
    plan, course = TrainingPlanFactory(), CourseFactory()
    session = SessionFactory(course=course)
    with act(CHANGED, by=secretary, reason="会場の都合"):
        PlanCost.objects.create(plan=plan, fiscal_year=FiscalYear(2023), cost_k=13946)
        CurriculumItemFactory(course=course, title="データの読み方")
        session.place = "北部支所"
        session.save()
    for record, words in ((plan, "13,946"), (course, "データの読み方"), (session, "北部支所")):
        entry = client.get(record.get_absolute_url()).context["entries"][0]
        assert (entry.actor, entry.verb, entry.reason) == (secretary.name, "直した", "会場の都合")
        assert any(words in change.new for change in entry.changes)


def a_whole_training() -> tuple[Any, Any, Any]:
    """One record of each kind with everything around it."""
    plan = TrainingPlanFactory(initiative=InitiativeFactory())
    course = CourseFactory(plan=plan)
    session = SessionFactory(course=course)
    add_parts(plan, course)
    return plan, course, session


def add_parts(plan: Any, course: Any) -> None:
    """More of all that hangs on a plan and a course."""
    for _each in range(2):
        profile = HeadcountFactory(estimated=3).profile
        PlanProfile.objects.create(plan=plan, profile=profile)
        PlanUnit.objects.create(plan=plan, unit=UnitFactory())
        PlannedCourse.objects.create(plan=plan, course=CourseFactory(plan=plan), fiscal_year=FiscalYear(2022))
        year = FiscalYear(2023 + plan.costs.count())
        PlanCost.objects.create(plan=plan, fiscal_year=year, cost_k=100)
        PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=year)
        CourseHurdle.objects.create(course=course, hurdle=HurdleFactory(owning_unit=UnitFactory()))
        CourseSkillRole.objects.create(course=course, role=SkillRoleFactory())
        area = LiteracyAreaFactory()
        CourseLiteracyArea.objects.create(course=course, area=area)
        CurriculumItemFactory(course=course)
        EvaluationFactory(course=course)
        SessionFactory(course=course)


def queries_of(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        assert response.status_code == 200
        if response.streaming:
            b"".join(response)
    return len(queries)


LISTS = [
    *PAGES,
    "/training/plans/?format=csv",
    "/training/courses/?format=xlsx",
    "/training/sessions/?format=json",
]


@pytest.mark.parametrize("role", ["secretariat", "viewer"])
def test_pages_ask_as_often_for_many_rows_as_for_few(role: str, client_for: Any) -> None:
    client, records = client_for(user_with(role)), a_whole_training()
    urls = [*LISTS, *(record.get_absolute_url() for record in records)]
    few = {url: queries_of(client, url) for url in urls}
    for _each in range(3):
        a_whole_training()
        add_parts(*records[:2])
    assert {url: queries_of(client, url) for url in urls} == few
    assert max(few.values()) <= 45, few
