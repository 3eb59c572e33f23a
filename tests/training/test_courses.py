"""Courses: in a plan or outside with a reason, what they teach and raise, where they lead, and how they go on."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StalePart, StaleVersion, seen_as
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Unmet
from apps.core.waiting import tasks_of
from apps.organization.choices import RoleKind
from apps.training.models import Course, CoursePrerequisite, CourseSkill, PlannedCourse
from apps.training.selectors.continuity import way_of
from apps.training.services.course_copies import continue_course
from apps.training.services.course_hurdles import link_course_hurdle, unlink_course_hurdle
from apps.training.services.course_links import follow_course, follow_course_no_more, need_course, need_course_no_more
from apps.training.services.course_parts import Lesson, change_course_skills, change_curriculum
from apps.training.services.courses import archive_course, create_course, edit_course
from apps.training.services.evaluations import (
    add_evaluation,
    change_evaluation,
    record_evaluation,
    remove_evaluation,
)
from tests.factories import (
    CourseFactory,
    CurriculumItemFactory,
    EvaluationFactory,
    EvaluationLevelFactory,
    HurdleFactory,
    LiteracyAreaFactory,
    SessionFactory,
    SkillFactory,
    SkillRoleFactory,
    SkillStandardFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

NEW = "/training/courses/new/"
PAGES = ("edit", "continue", "archive", "curriculum", "skills", "links", "hurdles", "evaluations/add", "sessions/new")


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    return client_for(secretary)


def said(**changes: Any) -> dict[str, Any]:
    """The words of a whole course."""
    values = {
        "name": "データの読み方",
        "fiscal_year": FiscalYear(2022),
        "format": "training",
        "plan": None,
        "adhoc_reason": "国の通知を受けて急いだ。",
        "profile": TalentProfileFactory(),
        "recognises": False,
        "participants": ["推進員"],
        "objective": "",
        "continuity": "",
        "lead_unit": UnitFactory(),
    }
    return {**values, **changes}


class TestWhoMay:
    @pytest.mark.parametrize("role", [role.value for role in RoleKind])
    def test_every_role_on_every_page(self, role: str, client_for: Any) -> None:
        user = user_with(role)
        writes, ends = role in {"personnel", "member", "secretariat"}, role in {"personnel", "secretariat"}
        reads_only = role in {"auditor", "administrator"}
        for course in (CourseFactory(), CourseFactory(lead_unit=user.unit)):
            leads = course.lead_unit == user.unit and not reads_only
            expected = dict.fromkeys(PAGES, writes or leads) | {
                "archive": ends,
                "sessions/new": ends or leads,
            }
            client = client_for(user)
            for page, may in expected.items():
                response = client.get(f"{course.get_absolute_url()}{page}/")
                assert response.status_code == (200 if may else 403), (page, leads)
            acts = client.get(course.get_absolute_url()).context["menu"]
            offered = [act.verb for act in acts["buttons"]] + [
                act.verb for _name, these in acts["groups"] for act in these
            ]
            assert len(offered) == sum(expected.values()), "the head offers just what one may do"
        assert client_for(user).get(NEW).status_code == (200 if writes else 403)

    def test_services_ask_as_well(self) -> None:
        viewer, course = user_with("viewer"), CourseFactory()
        refused: list[Any] = [
            lambda: create_course(uid=uuid.uuid4(), values=said(), by=viewer),
            lambda: edit_course(course=course, version=1, values=said(), by=viewer),
            lambda: continue_course(course=course, uid=uuid.uuid4(), values={"name": "続き", "plan": None}, by=viewer),
            lambda: archive_course(course=course, reason="重複", by=viewer),
            lambda: change_curriculum(course=course, version=1, lessons=[], by=viewer),
            lambda: change_course_skills(course=course, version=1, levels={}, areas=[], roles=[], by=viewer),
            lambda: need_course(course=course, needs=CourseFactory(), by=viewer),
            lambda: follow_course(course=course, after=CourseFactory(), by=viewer),
            lambda: link_course_hurdle(course=course, hurdle=HurdleFactory(), by=viewer),
            lambda: add_evaluation(course=course, values={}, by=viewer),
        ]
        for attempt in refused:
            with pytest.raises(Forbidden):
                attempt()


class TestInAPlanOrNot:
    def test_outside_of_a_plan_it_needs_a_reason(self, secretary: Any) -> None:
        for reason in ("", "  ", "\u3000"):
            with pytest.raises(Unmet, match="計画外（単発）で行う理由"):
                create_course(uid=uuid.uuid4(), values=said(adhoc_reason=reason), by=secretary)
        assert not Course.objects.exists()
        made = create_course(uid=uuid.uuid4(), values=said(), by=secretary)
        assert (made.is_ad_hoc, made.adhoc_reason) == (True, "国の通知を受けて急いだ。")
        assert entries_of(made)[0].actor == secretary.name

    def test_in_a_plan_the_reason_goes(self, secretary: Any) -> None:
        made = create_course(uid=uuid.uuid4(), values=said(plan=TrainingPlanFactory()), by=secretary)
        assert (made.is_ad_hoc, made.adhoc_reason) == (False, "")

    def test_the_form_says_it_beside_the_field(self, client: Any) -> None:
        profile, unit = TalentProfileFactory(), UnitFactory()
        form = {
            **form_of(client.get(NEW), "uid"),
            "name": "髙橋塾（𠮷）",
            "fiscal_year": "R4",
            "format": "study_group",
            "profile": profile.pk,
            "lead_unit": unit.pk,
            "participants": "推進員\n\n 新任の係長 ",
        }
        response = client.post(NEW, form)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["adhoc_reason"]
        for _click in range(2):
            response = client.post(NEW, {**form, "adhoc_reason": "講師の都合で今年だけ。"})
            assert response.status_code == 302
        course = Course.objects.get()
        assert response.url == course.get_absolute_url()
        assert (course.name, course.participants) == ("髙橋塾（𠮷）", ["推進員", "新任の係長"])
        assert (course.fiscal_year, course.adhoc_reason) == (FiscalYear(2022), "講師の都合で今年だけ。")

    def test_from_a_plan_and_from_a_hurdle(self, client: Any) -> None:
        plan, ended = TrainingPlanFactory(from_year=2023), TrainingPlanFactory(status="ended")
        hurdle = HurdleFactory(owning_unit=UnitFactory())
        initial = client.get(f"{NEW}?plan={plan.number}&hurdle={hurdle.number}").context["form"].initial
        assert (initial["plan"], initial["lead_unit"], initial["fiscal_year"]) == (
            plan.pk,
            plan.lead_unit_id,
            FiscalYear(2023),
        )
        assert "plan" not in client.get(f"{NEW}?plan={ended.number}").context["form"].initial
        page = client.get(f"{NEW}?hurdle={hurdle.number}")
        assert hurdle.title in text_of(page)
        form = {**form_of(page, "uid"), "name": "研修", "profile": TalentProfileFactory().pk, "plan": plan.pk}
        assert client.post(NEW, form).status_code == 302
        assert list(Course.objects.get().hurdles.all()) == [hurdle]

    def test_it_stays_in_a_plan_that_holds_it(self, secretary: Any) -> None:
        plan = TrainingPlanFactory(name="育成計画")
        course = CourseFactory(plan=plan)
        row = PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=FiscalYear(2023))
        values = said(lead_unit=course.lead_unit)
        with pytest.raises(Unmet, match="「育成計画」がR5"):
            edit_course(course=course, version=1, values=dict(values), by=secretary)
        course.refresh_from_db()
        row.delete()
        assert edit_course(course=course, version=1, values=values, by=secretary).is_ad_hoc

    def test_two_who_save_at_once_see_both_texts(self, client: Any, secretary: Any) -> None:
        course = CourseFactory(name="前の名前")
        url = f"{course.get_absolute_url()}edit/"
        form = form_of(client.get(url), "version")
        edit_course(course=course, version=1, values=said(name="先に直した名前"), by=user_with("personnel"))
        response = client.post(url, {**form, "name": "後から直した名前"})
        assert response.status_code == 409
        assert "先に直した名前" in text_of(response)
        assert "後から直した名前" in text_of(response)
        assert Course.objects.get().name == "先に直した名前"

    def test_archiving(self, client: Any, secretary: Any) -> None:
        course, other = CourseFactory(), CourseFactory(name="次の研修")
        with pytest.raises(Unmet, match="理由"):
            archive_course(course=course, reason=" ", by=secretary)
        need_course(course=other, needs=course, by=secretary)
        with pytest.raises(Unmet, match="次の研修"):
            archive_course(course=course, reason="重複", by=secretary)
        need_course_no_more(course=other, needs=course, by=secretary)
        session = SessionFactory(course=course)
        with pytest.raises(Unmet, match="これから行う回"):
            archive_course(course=course, reason="重複", by=secretary)
        session.delete()
        assert client.post(f"{course.get_absolute_url()}archive/", {"version": 1, "reason": "重複"}).status_code == 302
        assert client.get(course.get_absolute_url()).status_code == 404


class TestWhatItTeaches:
    def test_lessons_in_halves_and_in_order(self, secretary: Any) -> None:
        course = CourseFactory()
        kept = CurriculumItemFactory(course=course, title="導入", order=1)
        wrong = [Lesson("演習", Decimal("1.25"))]
        for lessons in (wrong, [Lesson("演習", Decimal(0))]):
            with pytest.raises(Unmet, match=r"0\.5時間単位"):
                change_curriculum(course=course, version=1, lessons=lessons, by=secretary)
        lessons = [Lesson("導入", Decimal("1.5")), Lesson("演習", Decimal("2.5"), "実習")]
        change_curriculum(course=course, version=1, lessons=lessons, by=secretary)
        found = [(row.title, row.hours, row.method) for row in course.curriculum.all()]
        assert found == [("導入", Decimal("1.5"), ""), ("演習", Decimal("2.5"), "実習")]
        assert course.curriculum.filter(pk=kept.pk).exists(), "what stays is the same row"
        with pytest.raises(StaleVersion):
            change_curriculum(course=course, version=1, lessons=[], by=secretary)
        change_curriculum(course=course, version=2, lessons=lessons[1:], by=secretary)
        assert [row.title for row in course.curriculum.all()] == ["演習"]

    def test_the_page_sorts_by_the_places_and_says_what_is_wrong(self, client: Any) -> None:
        course = CourseFactory()
        for title in ("甲", "乙", "丙"):
            CurriculumItemFactory(course=course, title=title)
        url = f"{course.get_absolute_url()}curriculum/"
        form = form_of(client.get(url), "version")
        wrong = client.post(url, {**form, "hours_2": "0.7", "title_4": "丁"})
        assert wrong.status_code == 422
        assert set(wrong.context["form"].errors) == {"hours_2", "hours_4"}
        assert (
            client.post(url, {**form, "place_3": "1", "place_1": "2", "place_2": "３", "hours_1": "２．５"}).status_code
            == 302
        )
        assert [(row.title, str(row.hours)) for row in course.curriculum.all()] == [
            ("丙", "1.5"),
            ("甲", "2.5"),
            ("乙", "1.5"),
        ]

    def test_a_change_of_lessons_in_the_meantime_is_shown(self, client: Any, secretary: Any) -> None:
        course = CourseFactory()
        url = f"{course.get_absolute_url()}curriculum/"
        form = form_of(client.get(url), "version")
        change_curriculum(course=course, version=1, lessons=[Lesson("先に書いた単元", Decimal(1))], by=secretary)
        response = client.post(url, {**form, "title_1": "後の単元", "hours_1": "2"})
        assert response.status_code == 409
        assert "先に書いた単元" in text_of(response)
        assert [row.title for row in course.curriculum.all()] == ["先に書いた単元"]

    def test_skills_of_the_standard_in_use(self, client: Any, secretary: Any) -> None:
        course, skill, area, role = CourseFactory(), SkillFactory(), LiteracyAreaFactory(), SkillRoleFactory()
        old = SkillStandardFactory(name="デジタルスキル標準", version="1.0", is_current=False)
        used, unused = (
            SkillFactory(standard=old, name="旧いスキル"),
            SkillFactory(standard=old, name="使わない旧スキル"),
        )
        own = SkillFactory(standard=None, name="市の独自スキル")
        CourseSkill.objects.create(course=course, skill=used, level=2)
        url = f"{course.get_absolute_url()}skills/"
        page = client.get(url)
        assert "旧いスキル（旧版: デジタルスキル標準 1.0）" in text_of(page)
        assert unused.name not in text_of(page)
        form = {**form_of(page, "version"), f"skill_{skill.pk}": "3", f"skill_{own.pk}": "1"}
        assert client.post(url, {**form, "areas": [area.pk], "roles": [role.pk]}).status_code == 302
        levels = dict(course.raised_skills.values_list("skill__name", "level"))
        assert levels == {skill.name: 3, used.name: 2, own.name: 1}
        assert (list(course.literacy_areas.all()), list(course.skill_roles.all())) == ([area], [role])
        shown = text_of(client.get(course.get_absolute_url()))
        assert "旧版: デジタルスキル標準 1.0" in shown
        change_course_skills(course=course, version=2, levels={skill: 4}, areas=[], roles=[role], by=secretary)
        assert list(course.raised_skills.values_list("level", flat=True)) == [4]
        assert not course.literacy_areas.exists()


class TestTheWay:
    def test_circles_are_refused_with_their_names(self, secretary: Any) -> None:
        first, second, third = (CourseFactory(name=name) for name in ("基礎", "応用", "実践"))
        need_course(course=second, needs=first, by=secretary)
        follow_course(course=second, after=third, by=secretary)
        for attempt in (
            lambda: need_course(course=first, needs=third, by=secretary),
            lambda: follow_course(course=third, after=first, by=secretary),
        ):
            with pytest.raises(Unmet, match="実践 → 基礎 → 応用 → 実践"):
                attempt()
        for same in (
            lambda: need_course(course=first, needs=first, by=secretary),
            lambda: follow_course(course=first, after=first, by=secretary),
        ):
            with pytest.raises(Unmet, match="自身"):
                same()
        assert CoursePrerequisite.objects.count() == 1

    def test_the_database_refuses_them_too(self) -> None:
        first, second, third = CourseFactory(), CourseFactory(), CourseFactory()
        Course.objects.filter(pk=first.pk).update(next_course=second)
        Course.objects.filter(pk=second.pk).update(next_course=third)
        with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
            Course.objects.filter(pk=third.pk).update(next_course=first)
        CoursePrerequisite.objects.create(course=second, needs=first)
        with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
            CoursePrerequisite.objects.create(course=first, needs=second)

    def test_a_new_next_course_takes_the_place_of_the_old_one(self, secretary: Any) -> None:
        first, second, third = (CourseFactory(name=name) for name in ("基礎", "応用", "実践"))
        follow_course(course=first, after=second, by=secretary)
        follow_course(course=second, after=third, by=secretary)
        first.refresh_from_db()
        assert follow_course(course=first, after=third, by=secretary).next_course == third
        assert [entry.verb for entry in entries_of(first)][:2] == ["次の研修の選択", "次の研修の選択"]
        assert follow_course_no_more(course=first, by=secretary).next_course is None
        assert follow_course_no_more(course=first, by=secretary).version == 4, "a second click changes nothing"

    def test_the_page_finds_courses_and_shows_the_way(self, client: Any) -> None:
        here, before, after = (CourseFactory(name=name) for name in ("この講座", "まえの講座", "つぎの講座"))
        url = f"{here.get_absolute_url()}links/"
        assert [course.name for course in client.get(f"{url}?q=講座").context["offered"]] == [
            "まえの講座",
            "つぎの講座",
        ]
        for other, kind in ((before, "needs"), (after, "next"), (before, "needs")):
            page = client.get(f"{url}?course={other.uid}")
            assert client.post(url, {**form_of(page, "course"), "kind": kind}).status_code == 302
        way = way_of(here, user_with("viewer"))
        assert (way.before, way.after) == ([before], [after])
        assert client.post(url, {"course": str(uuid.uuid4()), "kind": "next"}).status_code == 422
        page = text_of(client.get(here.get_absolute_url()))
        assert page.index("まえの講座") < page.index("この研修</h3>") < page.index("つぎの講座")
        assert client.post(f"{url}{before.pk}/remove/").status_code == 302
        assert client.get(f"{url}{before.pk}/remove/").status_code == 404
        assert client.post(f"{here.get_absolute_url()}next/remove/").status_code == 302
        assert way_of(here, user_with("viewer")).after == []


class TestGoingOn:
    def test_what_goes_with_it_and_what_stays(self, client: Any, secretary: Any) -> None:
        plan, needed = TrainingPlanFactory(), CourseFactory()
        course = CourseFactory(name="AI勉強会", participants=["推進員"], recognises=True, objective="使いどころ")
        CurriculumItemFactory(course=course, title="試す", hours="1.5")
        CourseSkill.objects.create(course=course, skill=SkillFactory(name="AI"), level=2)
        EvaluationFactory(course=course, measure="満足度", target=4, actual=5)
        SessionFactory(course=course)
        need_course(course=course, needs=needed, by=secretary)
        link_course_hurdle(course=course, hurdle=HurdleFactory(), by=secretary)
        url = f"{course.get_absolute_url()}continue/"
        form = form_of(client.get(url), "uid")
        assert client.post(url, form).status_code == 422, "in no plan and no reason said anew"
        for _click in range(2):
            assert client.post(url, {**form, "plan": plan.pk}).status_code == 302
        made = Course.objects.get(continues=course)
        assert (made.fiscal_year, made.name, made.plan) == (FiscalYear(2023), "AI勉強会", plan)
        assert (made.participants, made.recognises, made.objective) == (["推進員"], True, "使いどころ")
        assert [str(row) for row in made.curriculum.all()] == ["試す"]
        assert [row.level for row in made.raised_skills.all()] == [2]
        assert (list(made.prerequisites.all()), made.hurdles.count(), made.sessions.count()) == ([needed], 1, 0)
        assert [(row.measure, row.actual) for row in made.evaluations.all()] == [("満足度", None)]
        assert [(row.measure, row.actual) for row in course.evaluations.all()] == [("満足度", 5)]
        assert f"{course.get_absolute_url()}" in text_of(client.get(made.get_absolute_url()))
        with pytest.raises(Unmet, match="令和5年度に継続"):
            continue_course(course=course, uid=uuid.uuid4(), values={"name": "x", "plan": plan}, by=secretary)
        verbs = [act.verb for act in client.get(course.get_absolute_url()).context["menu"]["buttons"]]
        assert "continue" not in verbs

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_the_way_goes_on_with_them(self, order: tuple[int, int], secretary: Any) -> None:
        both = [CourseFactory(name="基礎"), CourseFactory(name="応用")]
        follow_course(course=both[0], after=both[1], by=secretary)
        for place in order:
            course = Course.objects.get(pk=both[place].pk)
            values = {"name": course.name, "plan": None, "adhoc_reason": "続ける。"}
            continue_course(course=course, uid=uuid.uuid4(), values=values, by=secretary)
        later = Course.objects.get(continues=both[0])
        assert later.next_course == Course.objects.get(continues=both[1])

    def test_courses_after_which_nothing_comes(self, client: Any, secretary: Any) -> None:
        alone, followed, meeting = CourseFactory(name="単発"), CourseFactory(), CourseFactory()
        past = CourseFactory(name="終わった研修")
        SessionFactory(course=past, date=date(2022, 10, 13), state="held")
        SessionFactory(course=meeting, date=date(2022, 10, 14))
        SessionFactory(course=alone, state="cancelled")
        follow_course(course=followed, after=alone, by=secretary)
        goes_on = CourseFactory()
        continue_course(course=goes_on, uid=uuid.uuid4(), values=said_again(), by=secretary)
        response = client.get("/training/courses/?goes_on=no")
        names = {row.name for row in response.context["table"].rows}
        assert names == {"単発", "終わった研修", "翌年度の研修"}
        assert response.context["total"] == 3
        assert {token.label: token.count for token in response.context["standard_tokens"]} == {
            "計画外（単発）": 6,
            "続きがない研修": 3,
        }
        assert client.get("/training/courses/?goes_on=yes").context["total"] == 3

    def test_the_list_outside_of_plans_says_the_reasons(self, client: Any) -> None:
        CourseFactory(adhoc_reason="講師の都合で今年だけ。")
        CourseFactory(plan=TrainingPlanFactory())
        assert "講師の都合で今年だけ。" in text_of(client.get("/training/courses/?adhoc=yes"))
        assert "講師の都合で今年だけ。" not in text_of(client.get("/training/courses/"))


def said_again() -> dict[str, Any]:
    return {"name": "翌年度の研修", "plan": None, "adhoc_reason": "もう一年。"}


class TestHurdles:
    def test_linking_tells_who_watches(self, client: Any, secretary: Any) -> None:
        course, hurdle, watcher = CourseFactory(name="流れ図の研修"), HurdleFactory(), user_with("secretariat")
        begin_to_watch(hurdle, [watcher])
        url = f"{course.get_absolute_url()}hurdles/"
        assert hurdle in client.get(f"{url}?q={hurdle.title}").context["offered"]
        for _click in range(2):
            assert client.post(url, {"number": hurdle.number}).status_code == 302
        assert [notice.person for notice in Notice.objects.all()] == [watcher]
        assert "流れ図の研修" in Notice.objects.get().text
        assert client.post(url, {"number": "H-2022-9999"}).status_code == 422
        assert client.post(f"{url}{hurdle.pk}/remove/").status_code == 302
        unlink_course_hurdle(course=course, hurdle=hurdle, by=secretary)
        assert not course.hurdles.exists()
        with pytest.raises(Unmet, match="統合"):
            link_course_hurdle(course=course, hurdle=HurdleFactory(status="merged"), by=secretary)


class TestEvaluations:
    def test_a_missing_actual_stays_missing(self, client: Any, secretary: Any) -> None:
        course, level = CourseFactory(), EvaluationLevelFactory(level=3, name="行動")
        values = {"level": level, "measure": "使っている人", "target": Decimal(80), "lower_is_better": False}
        row = add_evaluation(course=course, values=values, by=secretary)
        assert add_evaluation(course=course, values=values, by=secretary) == row
        assert (row.actual, row.is_reached) == (None, None)
        for actual, reached in ((Decimal("79.9"), False), (Decimal(80), True), (Decimal(0), False)):
            row.refresh_from_db()
            row = record_evaluation(evaluation=row, seen=seen_as(row), actual=actual, by=secretary)
            assert row.is_reached is reached
        row.refresh_from_db()
        with pytest.raises(Unmet, match="取り消す理由"):
            record_evaluation(evaluation=row, seen=seen_as(row), actual=None, by=secretary)
        row.refresh_from_db()
        row = change_evaluation(evaluation=row, seen=seen_as(row), values={"lower_is_better": True}, by=secretary)
        assert row.is_reached is True
        with pytest.raises(StalePart):
            record_evaluation(evaluation=row, seen="0", actual=Decimal(1), by=secretary)
        assert "達成" in text_of(client.get(course.get_absolute_url()))
        remove_evaluation(evaluation=row, reason="別の指標にした。", by=secretary)
        assert not course.evaluations.exists()

    def test_two_who_record_at_once(self, client: Any, secretary: Any) -> None:
        row = EvaluationFactory(target=4)
        url = f"{row.course.get_absolute_url()}evaluations/{row.pk}/actual/"
        form = form_of(client.get(url), "seen")
        row.refresh_from_db()
        record_evaluation(evaluation=row, seen=seen_as(row), actual=Decimal(3), by=secretary)
        response = client.post(url, {**form, "actual": "４．５"})
        assert response.status_code == 409
        form = form_of(response, "seen")
        assert form["actual"] == "４．５"
        assert client.post(url, form).status_code == 302
        row.refresh_from_db()
        assert row.actual == Decimal("4.5")

    @pytest.mark.parametrize(("held_on", "waits"), [("2022-07-14", 1), ("2022-07-15", 0), ("2022-01-31", 1)])
    def test_three_months_later_it_waits_for_the_lead_unit(self, held_on: str, waits: int) -> None:
        promoter, viewer = user_with("promoter"), user_with("viewer")
        course = CourseFactory(lead_unit=promoter.unit)
        SessionFactory(course=course, date=date(2021, 12, 1), state="held")
        SessionFactory(course=course, date=held_on, state="held")
        SessionFactory(course=course, date=date(2022, 9, 1), state="cancelled")
        late = EvaluationFactory(course=course, level=EvaluationLevelFactory(level=3, name="行動"))
        EvaluationFactory(course=course, level=EvaluationLevelFactory(level=4, name="成果"), actual=1)
        EvaluationFactory(course=course, level=EvaluationLevelFactory(level=1))
        found = [task.url for task in tasks_of(promoter)]
        assert found == [f"{course.get_absolute_url()}evaluations/{late.pk}/actual/"] * waits
        assert tasks_of(viewer) == []
        assert tasks_of(user_with("secretariat")) == [], "somebody speaks for the unit"
