"""skills.yaml: what people can do, who needs it, which course raises it, and what a plan expects of its courses."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession
from apps.core.fiscal import FiscalYear
from apps.roadmap.services.propagation import find_circle
from apps.training.choices import SkillLevel
from apps.training.models import (
    Course,
    CoursePrerequisite,
    CourseSkill,
    ProfileSkill,
    ProfileSkillRole,
    Skill,
    SkillRole,
    SkillStandard,
    TalentProfile,
)

FILE = "skills.yaml"
# masters.yaml holds the lists of one version of the standard and does not say which; skills.yaml may.
STANDARD = "デジタルスキル標準"
LEVELS = {str(level.value): level for level in SkillLevel}
# A plan's course in a year: the keys of plan and course, and the year.
Place = tuple[str, str, FiscalYear]


def standard_values(session: LoadSession) -> dict[str, Any]:
    """What the file says of the version of the standard from which the lists of masters.yaml come."""
    row = session.document(FILE).row("standard", required=False)
    values = {
        "name": row.text("name") or STANDARD,
        "version": row.text("version"),
        "published_on": row.day("published"),
        "source": row.text("source"),
        "checked_on": row.day("checked_on"),
    }
    row.finish()
    return values


def standard_of(session: LoadSession) -> SkillStandard | None:
    """The version from which masters.yaml comes; a later one that the city has published since is another."""
    values = standard_values(session)
    named = SkillStandard.objects.filter(name=values["name"], version=values["version"]).first()
    return named or SkillStandard.objects.filter(is_current=True).first()


def roles_by_name(standard: SkillStandard | None) -> dict[tuple[str, str], SkillRole]:
    """The roles of a version of the standard by type and role."""
    roles = SkillRole.objects.filter(skill_type__standard=standard).select_related("skill_type")
    return {(each.skill_type.name, each.name): each for each in roles}


def role_of(row: Row, roles: dict[tuple[str, str], SkillRole]) -> SkillRole | None:
    """The role that an entry names by type and role."""
    names = (row.text("type", required=True), row.text("role", required=True))
    row.finish()
    if names not in roles:
        row.fault("role", _("“%(type)s” has no role “%(role)s” in masters.yaml") % {"type": names[0], "role": names[1]})
    return roles.get(names)


def courses_marked(session: LoadSession, mark: str) -> set[str]:
    """The courses with a mark: `recognises` (it makes one of the profile) or `series` (all its sessions count)."""
    return {row.text("course") for row in session.document(FILE).rows("courses") if row.flag(mark)}


def planned_figures(session: LoadSession) -> dict[Place, Row]:
    """What plans expect of their courses, by place; the costs of a year stay within what the plan says of it."""
    found: dict[Place, Row] = {}
    for plan in session.document(FILE).rows("plans"):
        left = _costs(session, plan.text("plan", required=True))
        for row in plan.rows("courses"):
            year = row.fiscal_year("fy")
            place = (plan.text("plan"), row.text("course", required=True), year)
            if place in found:
                row.fault("course", _("“%(key)s” is given twice") % {"key": place[1]})
            found[place] = row
            before = left.get(year, 0)
            left[year] = before - (row.integer("cost_k") or 0)
            if left[year] < 0 <= before:
                row.fault("cost_k", _("The courses of this year cost more than the plan says in training.yaml"))
        plan.finish()
    return found


def expected(row: Row | None) -> dict[str, Any]:
    """People and cost of a planned course, as far as the file says."""
    if row is None:
        return {}
    values = {"people": row.integer("people"), "cost_k": row.integer("cost_k")}
    row.finish()
    return values


def _costs(session: LoadSession, plan: str) -> dict[FiscalYear, int]:
    for row in session.document("training.yaml").rows("plans"):
        if row.text("id") == plan:
            costs = row.row("cost_k_by_fy", required=False)
            return {year: costs.count(key) for key, year in costs.years().items()}
    return {}


def load_skills(session: LoadSession) -> None:
    """The skills; then which of them profiles ask for and courses raise, and which course comes before which."""
    document = session.document(FILE)
    skills = _keep_skills(session, document.rows("skills"))
    roles, courses = roles_by_name(standard_of(session)), document.rows("courses")
    for row in document.rows("profiles"):
        _link_profile(session, row, skills, roles)
    _refuse_circles(courses, "needs", lambda row: row.texts("needs"))
    _refuse_circles(courses, "next", lambda row: [row.text("next")])
    for row in courses:
        _link_course(session, row, skills)
    for read_before in ("standard", "plans"):
        document.get(read_before)
    document.finish()


def _keep_skills(session: LoadSession, rows: list[Row]) -> dict[str, Skill]:
    """The skills by name; they are the city's own words and belong to no version of the standard."""
    names = []
    for order, row in enumerate(rows, start=1):
        names.append(name := row.text("name", required=True))
        values = {"category": row.text("category"), "description": row.text("description"), "order": order}
        row.finish()
        session.keep(row, Skill, {"standard": None, "name": name}, values)
    known = {skill.name: skill for skill in Skill.objects.filter(standard=None)}
    return {name: known[name] for name in names if name in known}


def _link_profile(
    session: LoadSession, row: Row, skills: dict[str, Skill], roles: dict[tuple[str, str], SkillRole]
) -> None:
    (profile,) = session.those(TalentProfile, [row.text("profile", required=True)])
    asked = _levels(row, skills)
    mapped = [role_of(each, roles) for each in row.rows("roles")]
    row.finish()
    session.problems.stop_if_any()
    with session.entry():
        links = [({"profile": profile, "skill": skill}, {"level": level}) for skill, level in asked]
        session.link_all(row, ProfileSkill, links)
        # The mapping comes with the skills, whose profiles and roles may be older; one that a person made stays.
        if any(session.is_new(skill) for skill, _level in asked if skill) and not profile.role_links.exists():
            for role in dict.fromkeys(mapped):
                session.part(ProfileSkillRole(profile=profile, role=role), row)


def _link_course(session: LoadSession, row: Row, skills: dict[str, Skill]) -> None:
    raised = _levels(row, skills)
    needs, following = row.texts("needs"), row.text("next")
    for mark in ("recognises", "series"):  # read with the courses
        row.flag(mark)
    row.finish()
    session.problems.stop_if_any()
    (course,) = session.those(Course, [row.text("course", required=True)])
    with session.entry():
        links = [({"course": course, "skill": skill}, {"level": level}) for skill, level in raised]
        session.link_all(row, CourseSkill, links)
        for needed in session.those(Course, needs):
            session.link(row, CoursePrerequisite, course=course, needs=needed)
        for other in session.those(Course, [following]):
            if session.is_new(course):
                course.next_course = other
                session.part(course, row)


def _levels(row: Row, skills: dict[str, Skill]) -> list[tuple[Skill | None, SkillLevel]]:
    """The skills that an entry names, each once, with their levels."""
    found: dict[str, SkillLevel] = {}
    for each in row.rows("skills"):
        key, level = each.text("skill", required=True), each.one_of("level", LEVELS)
        each.finish()
        if key in found:
            each.fault("skill", _("“%(key)s” is given twice") % {"key": key})
        found[key] = level
    return [(skills.get(key), level) for key, level in found.items()]


def _refuse_circles(rows: list[Row], field: str, named: Any) -> None:
    """Courses that would need or follow each other in a circle, at the line that closes it."""
    ids = [row.text("course") for row in rows]
    keys = {name: key for key, name in enumerate(ids)}
    links: list[tuple[int, int]] = []
    for row in rows:
        for other in _known(named(row), keys):
            link = (keys[row.text("course")], keys[other])
            if circle := find_circle(links, link):
                way = " → ".join(ids[key] for key in circle)
                row.fault(field, _("the courses would lead to each other in a circle: %(way)s") % {"way": way})
            else:
                links.append(link)


def _known(names: Iterable[str], keys: dict[str, int]) -> list[str]:
    return [name for name in names if name in keys]
