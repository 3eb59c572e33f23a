"""Who is named where: the ids that the files define, and every place that refers to one.

Kinds bear the names of their models, so that a refusal speaks the words of the screen.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.city.services.documents import Mapping
from apps.city.services.problems import Problems

# (file, path of the id, kind)
DEFINED = (
    ("org.yaml", "departments[].code", "Unit"),
    ("org.yaml", "departments[].sections[].code", "Unit"),
    ("org.yaml", "bodies[].id", "Body"),
    ("users.yaml", "users[].id", "Employee"),
    ("staff.yaml", "staff[].id", "Employee"),
    ("masters.yaml", "hurdle_categories[].code", "Category"),
    ("masters.yaml", "legal_levels[].code", "Legal level"),
    ("masters.yaml", "themes[]", "Theme"),
    ("masters.yaml", "accounts[].code", "Account"),
    ("masters.yaml", "budget_stages[]", "Budget stage"),
    ("masters.yaml", "talent_tiers[].code", "Talent profile"),
    ("masters.yaml", "dss_p_types[].name", "Type of the digital skill standard"),
    ("masters.yaml", "dss_l_areas[]", "Area of digital literacy"),
    ("masters.yaml", "kirkpatrick[].level", "Level of evaluation"),
    ("comprehensive_plan.yaml", "items[].code", "Item of the comprehensive plan"),
    ("workload.yaml", "entries[].id", "Workload task"),
    ("hurdles.yaml", "hurdles[].id", "Hurdle"),
    ("grants.yaml", "programs[].id", "Grant programme"),
    ("budget_proposals.yaml", "proposals[].id", "Budget proposal"),
    ("common_hurdles.yaml", "common_hurdles[].id", "Common hurdle"),
    ("roadmap.yaml", "items[].id", "Initiative"),
    ("baselines.yaml", "baselines[].id", "Baseline"),
    ("policies.yaml", "policies[].id", "Policy"),
    ("policy_requests.yaml", "requests[].id", "Petition"),
    ("training.yaml", "programs[].id", "Course"),
    ("training.yaml", "programs[].sessions[].id", "Session"),
    ("training.yaml", "plans[].id", "Training plan"),
    ("skills.yaml", "skills[].name", "Skill"),
    ("meetings.yaml", "meetings[].id", "Meeting"),
    ("meetings.yaml", "meetings[].directives[].id", "Directive"),
    ("introduction_plans.yaml", "criteria[].code", "Criterion of the preliminary review"),
    ("introduction_plans.yaml", "intents[].id", "Intent"),
    ("introduction_plans.yaml", "plans[].id", "Introduction plan"),
    ("reviews.yaml", "activities[].id", "Activity"),
    ("reviews.yaml", "reflections[].id", "Reflection"),
)

# (file, path, kind); nothing refers to nobody.
REFERRED = (
    ("org.yaml", "bodies[].secretariat", "Unit"),
    ("org.yaml", "bodies[].members_sections[]", "Unit"),
    ("org.yaml", "history[].succeeded_by", "Unit"),
    ("org.yaml", "history[].new_code", "Unit"),
    ("users.yaml", "users[].org", "Unit"),
    ("staff.yaml", "staff[].org", "Unit"),
    ("workload.yaml", "entries[].section", "Unit"),
    ("workload.yaml", "entries[].hurdles[]", "Hurdle"),
    ("hurdles.yaml", "hurdles[].category", "Category"),
    ("hurdles.yaml", "hurdles[].legal_basis[].level", "Legal level"),
    ("hurdles.yaml", "hurdles[].lead_section", "Unit"),
    ("hurdles.yaml", "hurdles[].affected_sections[]", "Unit"),
    ("hurdles.yaml", "hurdles[].reported_by_section", "Unit"),
    ("hurdles.yaml", "hurdles[].themes[]", "Theme"),
    ("hurdles.yaml", "hurdles[].links.roadmap[]", "Initiative"),
    ("hurdles.yaml", "hurdles[].links.budget[]", "Budget proposal"),
    ("hurdles.yaml", "hurdles[].links.policy_request[]", "Petition"),
    ("hurdles.yaml", "hurdles[].links.training[]", "Course"),
    ("hurdles.yaml", "hurdles[].links.directive[]", "Directive"),
    ("hurdles.yaml", "hurdles[].links.depends_on[]", "Hurdle"),
    ("grants.yaml", "programs[].candidate_budgets[]", "Budget proposal"),
    ("grants.yaml", "programs[].follows", "Grant programme"),
    ("budget_proposals.yaml", "proposals[].account", "Account"),
    ("budget_proposals.yaml", "proposals[].lead_section", "Unit"),
    ("budget_proposals.yaml", "proposals[].co_sections[]", "Unit"),
    ("budget_proposals.yaml", "proposals[].grant", "Grant programme"),
    ("budget_proposals.yaml", "proposals[].stage", "Budget stage"),
    ("budget_proposals.yaml", "proposals[].events[].stage", "Budget stage"),
    ("budget_proposals.yaml", "proposals[].events[].actor", "Employee"),
    ("budget_proposals.yaml", "proposals[].assessed_lines[].stage", "Budget stage"),
    ("budget_proposals.yaml", "proposals[].hurdles[]", "Hurdle"),
    ("budget_proposals.yaml", "proposals[].roadmap[]", "Initiative"),
    ("common_hurdles.yaml", "common_hurdles[].lead_section", "Unit"),
    ("common_hurdles.yaml", "common_hurdles[].hurdles[]", "Hurdle"),
    ("policies.yaml", "policies[].hurdles[]", "Hurdle"),
    ("policies.yaml", "policies[].roadmap[]", "Initiative"),
    ("policies.yaml", "policies[].binds[]", "Unit"),
    ("policies.yaml", "policies[].adopted[]", "Unit"),
    ("policies.yaml", "policies[].decided_at", "Meeting"),
    ("policy_requests.yaml", "requests[].hurdles[]", "Hurdle"),
    ("roadmap.yaml", "items[].lead_section", "Unit"),
    ("roadmap.yaml", "items[].co_sections[]", "Unit"),
    ("roadmap.yaml", "items[].comprehensive_plan_ref", "Item of the comprehensive plan"),
    ("roadmap.yaml", "items[].hurdles[]", "Hurdle"),
    ("roadmap.yaml", "items[].budgets[]", "Budget proposal"),
    ("roadmap.yaml", "items[].depends_on[]", "Initiative"),
    ("roadmap.yaml", "items[].related_to[]", "Initiative"),
    ("baselines.yaml", "baselines[].frozen_by", "Employee"),
    ("baselines.yaml", "baselines[].initiatives[].initiative", "Initiative"),
    ("baselines.yaml", "baselines[].initiatives[].moved.by", "Employee"),
    ("baselines.yaml", "baselines[].initiatives[].moved.behind", "Initiative"),
    ("training.yaml", "talent_plan[].tier", "Talent profile"),
    ("training.yaml", "programs[].target_tier", "Talent profile"),
    ("training.yaml", "programs[].dss_l_areas[]", "Area of digital literacy"),
    ("training.yaml", "programs[].dss_p[].type", "Type of the digital skill standard"),
    ("training.yaml", "programs[].evaluation[].level", "Level of evaluation"),
    ("training.yaml", "programs[].lead_section", "Unit"),
    ("training.yaml", "programs[].budgets[]", "Budget proposal"),
    ("training.yaml", "programs[].hurdles[]", "Hurdle"),
    ("training.yaml", "programs[].plan", "Training plan"),
    ("training.yaml", "plans[].lead_section", "Unit"),
    ("training.yaml", "plans[].co_sections[]", "Unit"),
    ("training.yaml", "plans[].tiers[]", "Talent profile"),
    ("training.yaml", "plans[].courses_by_fy{}[]", "Course"),
    ("training.yaml", "plans[].budget", "Budget proposal"),
    ("training.yaml", "plans[].initiative", "Initiative"),
    ("skills.yaml", "profiles[].profile", "Talent profile"),
    ("skills.yaml", "profiles[].skills[].skill", "Skill"),
    ("skills.yaml", "profiles[].roles[].type", "Type of the digital skill standard"),
    ("skills.yaml", "courses[].course", "Course"),
    ("skills.yaml", "courses[].needs[]", "Course"),
    ("skills.yaml", "courses[].next", "Course"),
    ("skills.yaml", "courses[].skills[].skill", "Skill"),
    ("skills.yaml", "plans[].plan", "Training plan"),
    ("skills.yaml", "plans[].courses[].course", "Course"),
    ("rolls.yaml", "rolls[].session", "Session"),
    ("rolls.yaml", "rolls[].people[].person", "Employee"),
    ("rolls.yaml", "candidates[].person", "Employee"),
    ("rolls.yaml", "candidates[].profile", "Talent profile"),
    ("rolls.yaml", "candidates[].named_by", "Employee"),
    ("meetings.yaml", "meetings[].body", "Body"),
    ("meetings.yaml", "meetings[].chair", "Employee"),
    ("meetings.yaml", "meetings[].attendees[]", "Employee"),
    ("meetings.yaml", "meetings[].agenda[].presenter_section", "Unit"),
    ("meetings.yaml", "meetings[].agenda[].hurdles[]", "Hurdle"),
    ("meetings.yaml", "meetings[].agenda[].budgets[]", "Budget proposal"),
    ("meetings.yaml", "meetings[].directives[].assigned_to", "Unit"),
    ("meetings.yaml", "meetings[].directives[].co_assigned[]", "Unit"),
    ("meetings.yaml", "meetings[].directives[].hurdles[]", "Hurdle"),
    ("introduction_plans.yaml", "intents[].section", "Unit"),
    ("introduction_plans.yaml", "plans[].section", "Unit"),
    ("introduction_plans.yaml", "plans[].proposal", "Budget proposal"),
    ("voices.yaml", "endorsements[].hurdle", "Hurdle"),
    ("voices.yaml", "endorsements[].section", "Unit"),
    ("voices.yaml", "owner_views[].hurdle", "Hurdle"),
    ("voices.yaml", "owner_views[].section", "Unit"),
    ("voices.yaml", "solved_cases[].hurdle", "Hurdle"),
    ("voices.yaml", "solved_cases[].section", "Unit"),
    ("voices.yaml", "solved_cases[].adopted_by[]", "Unit"),
    ("reviews.yaml", "reflections[].theme", "Theme"),
    ("reviews.yaml", "reflections[].answered_by.policies[]", "Policy"),
    ("reviews.yaml", "reflections[].answered_by.roadmap[]", "Initiative"),
    ("reviews.yaml", "reflections[].answered_by.training[]", "Course"),
    ("reviews.yaml", "reflections[].answered_by.budget[]", "Budget proposal"),
    ("reviews.yaml", "reflections[].answered_by.petitions[]", "Petition"),
    ("interim_report.yaml", "decided_at", "Meeting"),
)
NOBODY = {None, ""}
# Here, and here alone, one word stands for every unit.
EVERYBODY = {("hurdles.yaml", "hurdles[].affected_sections[]"): "ALL"}

Place = tuple[Any, int]


def check_references(documents: dict[str, Mapping], problems: Problems) -> None:
    """Adds a fault for every id that is defined twice and every reference to nothing."""
    known = _defined(documents, problems)
    for file, path, kind in REFERRED:
        for value, line in _at(documents.get(file), path):
            if not _is_scalar(value):
                problems.add(file, line, _("here one name is expected"))
            elif value not in NOBODY | {EVERYBODY.get((file, path))} and str(value) not in known.get(kind, set()):
                problems.add(file, line, _("there is no %(kind)s “%(id)s”") % {"kind": _(kind), "id": value})


def _defined(documents: dict[str, Mapping], problems: Problems) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for file, path, kind in DEFINED:
        for value, line in _at(documents.get(file), path):
            ids = known.setdefault(kind, set())
            if str(value) in ids:
                problems.add(file, line, _("%(kind)s “%(id)s” is given twice") % {"kind": _(kind), "id": value})
            ids.add(str(value))
    return known


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _at(document: Any, path: str) -> Iterator[Place]:
    """Every value at a path such as `meetings[].agenda[].hurdles[]`, with its line; `{}` is every field."""
    places: list[Place] = [(document, 1)]
    for step in path.split("."):
        key = step.rstrip("[]{}")
        places = [found for value, _line in places for found in _step(value, key)]
        for enter in (_fields if "{}" in step else None, _entries if "[]" in step else None):
            if enter:
                places = [found for value, _line in places for found in enter(value)]
    yield from places


def _fields(value: Any) -> Iterator[Place]:
    if isinstance(value, Mapping):
        yield from ((each, value.lines[key]) for key, each in value.items())


def _step(value: Any, key: str) -> Iterator[Place]:
    if isinstance(value, Mapping) and key in value:
        yield value[key], value.lines[key]


def _entries(value: Any) -> Iterator[Place]:
    if isinstance(value, list):
        yield from zip(value, getattr(value, "lines", [1] * len(value)), strict=True)
