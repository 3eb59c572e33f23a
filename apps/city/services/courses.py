"""training.yaml: courses with their lessons, dates and measures, and in which years a plan holds them."""

from django.utils.translation import gettext as _

from apps.city.services.rolls import sessions_with_roll
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.city.services.skills import (
    Place,
    courses_marked,
    expected,
    planned_figures,
    role_of,
    roles_by_name,
    standard_of,
)
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit
from apps.training.choices import CourseFormat, SessionState
from apps.training.models import (
    Course,
    CourseHurdle,
    CourseLiteracyArea,
    CourseSkillRole,
    CurriculumItem,
    Evaluation,
    EvaluationLevel,
    LiteracyArea,
    PlannedCourse,
    Session,
    TalentProfile,
    TrainingPlan,
)

FORMATS = {
    "研修": CourseFormat.TRAINING,
    "意見交換会": CourseFormat.EXCHANGE,
    "情報発信": CourseFormat.NEWS,
    "勉強会": CourseFormat.STUDY_GROUP,
    "OJT": CourseFormat.ON_THE_JOB,
    "資格": CourseFormat.QUALIFICATION,
}
SESSION_STATES = {
    "予定": SessionState.PLANNED,
    "受付中": SessionState.OPEN,
    "実施済": SessionState.HELD,
    "中止": SessionState.CANCELLED,
}


class _Lists:
    """The rows that describe courses, by the words of the files, and what other files say of courses and sessions."""

    def __init__(self, session: LoadSession) -> None:
        self.recognising, self.series = (courses_marked(session, mark) for mark in ("recognises", "series"))
        self.with_roll = sessions_with_roll(session)
        standard = standard_of(session)
        self.areas = {each.name: each for each in LiteracyArea.objects.filter(standard=standard)}
        self.levels = {each.level: each for each in EvaluationLevel.objects.all()}
        self.roles = roles_by_name(standard)


def load_courses(session: LoadSession) -> None:
    """Courses, then which of them stand in which year of a plan."""
    document, lists = session.document("training.yaml"), _Lists(session)
    hurdles = session.mentions("hurdles.yaml", "hurdles", "links.training")
    courses = document.rows("programs")
    for row in courses:
        named = [*row.list("hurdles"), *hurdles.get(row.text("id"), [])]
        with session.entry():
            course = _load_course(session, row, lists)
            for hurdle in session.those(Hurdle, named):
                session.link(row, CourseHurdle, course=course, hurdle=hurdle)
    _link_plans(session, document.rows("plans"), courses)
    document.list("talent_plan")  # read with the profiles
    document.finish()


def _load_course(session: LoadSession, row: Row, lists: _Lists) -> Course:
    sessions = row.rows("sessions")
    course = Course(
        **source("course", row.text("id", required=True)),
        fiscal_year=row.fiscal_year("fy"),
        name=row.text("name", required=True),
        format=row.one_of("format", FORMATS),
        plan=session.keys_of(TrainingPlan).get(row.text("plan")),
        adhoc_reason=row.text("adhoc_reason"),
        profile=session.keys_of(TalentProfile).get(row.text("target_tier", required=True)),
        participants=row.texts("target_roles"),
        objective=row.text("objective"),
        continuity=row.text("continuity"),
        recognises=row.text("id") in lists.recognising,
        is_series=row.text("id") in lists.series,
        lead_unit=session.keys_of(Unit).get(row.text("lead_section", required=True)),
    )
    row.list("budgets")
    taken: Course = session.take(row, course, parts=_parts(row, lists))
    for its_row in sessions:
        occasion = _session(session, its_row, lists)
        occasion.course = taken
        session.take(its_row, occasion)
    return taken


def _parts(row: Row, lists: _Lists) -> list[Part]:
    return [
        *((_lesson(each), each) for each in row.rows("curriculum")),
        *((_evaluation(each, lists), each) for each in row.rows("evaluation")),
        *((CourseLiteracyArea(area=lists.areas.get(name)), row) for name in dict.fromkeys(row.texts("dss_l_areas"))),
        *((CourseSkillRole(role=role_of(each, lists.roles)), each) for each in row.rows("dss_p")),
    ]


def _lesson(row: Row) -> CurriculumItem:
    lesson = CurriculumItem(
        order=row.count("order"),
        title=row.text("title", required=True),
        hours=row.decimal("hours"),
        method=row.text("method"),
    )
    row.finish()
    return lesson


def _evaluation(row: Row, lists: _Lists) -> Evaluation:
    evaluation = Evaluation(
        level=lists.levels.get(row.count("level")),
        measure=row.text("measure", required=True),
        target=row.number("target"),
        actual=row.number("actual"),
    )
    row.finish()
    return evaluation


def _session(session: LoadSession, row: Row, lists: _Lists) -> Session:
    """One date of a course; what lies after the day has not been held yet, and nobody has come."""
    day, state = row.first_day("date"), row.one_of("state", SESSION_STATES)
    numbers = {name: row.integer(name) or 0 for name in ("attended", "completed")}
    if state == SessionState.HELD and not session.knows(day):
        state, numbers = SessionState.PLANNED, dict.fromkeys(numbers, 0)
    applied = row.integer("applied") or 0
    return Session(
        **source("session", row.text("id", required=True)),
        title=row.text("title"),
        date=day,
        starts_at=row.time("start"),
        ends_at=row.time("end"),
        place=row.text("place"),
        format=row.text("format"),
        instructor=row.text("instructor"),
        capacity=row.integer("capacity"),
        applied=applied,
        keeps_roll=_keeps_roll(row, state, applied, lists),
        state=state,
        **numbers,
    )


def _keeps_roll(row: Row, state: str, applied: int, lists: _Lists) -> bool:
    """Where the city has a roll, or nobody was reported yet, people are counted one by one."""
    if state == SessionState.HELD:
        return row.text("id") in lists.with_roll
    return state != SessionState.CANCELLED and not applied


def _link_plans(session: LoadSession, rows: list[Row], courses: list[Row]) -> None:
    """Which courses each plan holds, with the people and the cost that skills.yaml expects of them."""
    figures = planned_figures(session)
    for row in rows:
        _link_plan(session, row, courses, figures)
    for (_plan, course, _year), left in figures.items():
        left.fault("course", _("The plan does not hold “%(key)s” in this year") % {"key": course})


def _link_plan(session: LoadSession, row: Row, courses: list[Row], figures: dict[Place, Row]) -> None:
    """The years in which a plan holds its courses: those that it names, and those of its courses' own years."""
    (plan,) = session.those(TrainingPlan, [row.text("id")])
    own = {course.text("id") for course in courses if course.text("plan") == plan.source_key}
    planned = row.row("courses_by_fy", required=False)
    places: dict[tuple[Course, FiscalYear], Row] = {}
    for key, year in planned.years().items():
        for name in planned.list(key):
            if name not in own:
                planned.fault_at_value(name, _("“%(key)s” is not a course of this plan") % {"key": name})
        places |= {(course, year): planned for course in session.those(Course, planned.list(key))}
    for course in session.those(Course, sorted(own)):
        places.setdefault((course, course.fiscal_year), row)
    for (course, year), its_row in places.items():
        values = expected(figures.pop((str(plan.source_key), str(course.source_key), year), None))
        session.link(its_row, PlannedCourse, values, plan=plan, course=course, fiscal_year=year)
