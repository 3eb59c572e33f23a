"""Who is named where: the ids that the files define, and every place that refers to one.

Files that are not loaded yet are checked, too, so that a city is right as a whole.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.city.services.documents import Mapping
from apps.city.services.problems import Problems

# (file, path of the id, kind)
DEFINED = (
    ("org.yaml", "departments[].code", "unit"),
    ("org.yaml", "departments[].sections[].code", "unit"),
    ("org.yaml", "bodies[].id", "body"),
    ("users.yaml", "users[].id", "user"),
    ("masters.yaml", "hurdle_categories[].code", "category"),
    ("masters.yaml", "legal_levels[].code", "legal level"),
    ("masters.yaml", "themes[]", "theme"),
    ("masters.yaml", "accounts[].code", "account"),
    ("masters.yaml", "budget_stages[]", "budget stage"),
    ("masters.yaml", "talent_tiers[].code", "tier"),
    ("comprehensive_plan.yaml", "items[].code", "plan item"),
    ("workload.yaml", "entries[].id", "workload entry"),
    ("hurdles.yaml", "hurdles[].id", "hurdle"),
    ("grants.yaml", "programs[].id", "grant"),
    ("budget_proposals.yaml", "proposals[].id", "proposal"),
    ("roadmap.yaml", "items[].id", "initiative"),
    ("policies.yaml", "policies[].id", "policy"),
    ("policy_requests.yaml", "requests[].id", "petition"),
    ("training.yaml", "programs[].id", "course"),
    ("training.yaml", "plans[].id", "training plan"),
    ("meetings.yaml", "meetings[].id", "meeting"),
    ("meetings.yaml", "meetings[].directives[].id", "directive"),
    ("introduction_plans.yaml", "plans[].id", "introduction plan"),
)

# (file, path, kind); nothing refers to nobody.
REFERRED = (
    ("org.yaml", "bodies[].secretariat", "unit"),
    ("org.yaml", "bodies[].members_sections[]", "unit"),
    ("org.yaml", "history[].succeeded_by", "unit"),
    ("org.yaml", "history[].new_code", "unit"),
    ("users.yaml", "users[].org", "unit"),
    ("workload.yaml", "entries[].section", "unit"),
    ("workload.yaml", "entries[].hurdles[]", "hurdle"),
    ("hurdles.yaml", "hurdles[].category", "category"),
    ("hurdles.yaml", "hurdles[].legal_basis[].level", "legal level"),
    ("hurdles.yaml", "hurdles[].lead_section", "unit"),
    ("hurdles.yaml", "hurdles[].affected_sections[]", "unit"),
    ("hurdles.yaml", "hurdles[].reported_by_section", "unit"),
    ("hurdles.yaml", "hurdles[].themes[]", "theme"),
    ("hurdles.yaml", "hurdles[].links.roadmap[]", "initiative"),
    ("hurdles.yaml", "hurdles[].links.budget[]", "proposal"),
    ("hurdles.yaml", "hurdles[].links.policy_request[]", "petition"),
    ("hurdles.yaml", "hurdles[].links.training[]", "course"),
    ("hurdles.yaml", "hurdles[].links.directive[]", "directive"),
    ("hurdles.yaml", "hurdles[].links.depends_on[]", "hurdle"),
    ("grants.yaml", "programs[].candidate_budgets[]", "proposal"),
    ("grants.yaml", "programs[].follows", "grant"),
    ("budget_proposals.yaml", "proposals[].account", "account"),
    ("budget_proposals.yaml", "proposals[].lead_section", "unit"),
    ("budget_proposals.yaml", "proposals[].co_sections[]", "unit"),
    ("budget_proposals.yaml", "proposals[].grant", "grant"),
    ("budget_proposals.yaml", "proposals[].stage", "budget stage"),
    ("budget_proposals.yaml", "proposals[].events[].stage", "budget stage"),
    ("budget_proposals.yaml", "proposals[].events[].actor", "user"),
    ("budget_proposals.yaml", "proposals[].assessed_lines[].stage", "budget stage"),
    ("budget_proposals.yaml", "proposals[].hurdles[]", "hurdle"),
    ("budget_proposals.yaml", "proposals[].roadmap[]", "initiative"),
    ("common_hurdles.yaml", "common_hurdles[].lead_section", "unit"),
    ("common_hurdles.yaml", "common_hurdles[].hurdles[]", "hurdle"),
    ("policies.yaml", "policies[].hurdles[]", "hurdle"),
    ("policies.yaml", "policies[].roadmap[]", "initiative"),
    ("policies.yaml", "policies[].binds[]", "unit"),
    ("policies.yaml", "policies[].adopted[]", "unit"),
    ("policies.yaml", "policies[].decided_at", "meeting"),
    ("policy_requests.yaml", "requests[].hurdles[]", "hurdle"),
    ("roadmap.yaml", "items[].lead_section", "unit"),
    ("roadmap.yaml", "items[].co_sections[]", "unit"),
    ("roadmap.yaml", "items[].comprehensive_plan_ref", "plan item"),
    ("roadmap.yaml", "items[].hurdles[]", "hurdle"),
    ("roadmap.yaml", "items[].budgets[]", "proposal"),
    ("roadmap.yaml", "items[].depends_on[]", "initiative"),
    ("roadmap.yaml", "items[].related_to[]", "initiative"),
    ("training.yaml", "talent_plan[].tier", "tier"),
    ("training.yaml", "programs[].target_tier", "tier"),
    ("training.yaml", "programs[].lead_section", "unit"),
    ("training.yaml", "programs[].budgets[]", "proposal"),
    ("training.yaml", "programs[].hurdles[]", "hurdle"),
    ("training.yaml", "programs[].plan", "training plan"),
    ("training.yaml", "plans[].lead_section", "unit"),
    ("training.yaml", "plans[].co_sections[]", "unit"),
    ("training.yaml", "plans[].tiers[]", "tier"),
    ("training.yaml", "plans[].budget", "proposal"),
    ("training.yaml", "plans[].initiative", "initiative"),
    ("meetings.yaml", "meetings[].body", "body"),
    ("meetings.yaml", "meetings[].chair", "user"),
    ("meetings.yaml", "meetings[].attendees[]", "user"),
    ("meetings.yaml", "meetings[].agenda[].presenter_section", "unit"),
    ("meetings.yaml", "meetings[].agenda[].hurdles[]", "hurdle"),
    ("meetings.yaml", "meetings[].agenda[].budgets[]", "proposal"),
    ("meetings.yaml", "meetings[].directives[].assigned_to", "unit"),
    ("meetings.yaml", "meetings[].directives[].co_assigned[]", "unit"),
    ("meetings.yaml", "meetings[].directives[].hurdles[]", "hurdle"),
    ("introduction_plans.yaml", "intents[].section", "unit"),
    ("introduction_plans.yaml", "plans[].section", "unit"),
    ("introduction_plans.yaml", "plans[].proposal", "proposal"),
    ("voices.yaml", "endorsements[].hurdle", "hurdle"),
    ("voices.yaml", "endorsements[].section", "unit"),
    ("voices.yaml", "owner_views[].hurdle", "hurdle"),
    ("voices.yaml", "owner_views[].section", "unit"),
    ("voices.yaml", "solved_cases[].hurdle", "hurdle"),
    ("voices.yaml", "solved_cases[].section", "unit"),
    ("voices.yaml", "solved_cases[].adopted_by[]", "unit"),
    ("reviews.yaml", "reflections[].answered_by.policies[]", "policy"),
    ("reviews.yaml", "reflections[].answered_by.roadmap[]", "initiative"),
    ("reviews.yaml", "reflections[].answered_by.training[]", "course"),
    ("reviews.yaml", "reflections[].answered_by.budget[]", "proposal"),
    ("interim_report.yaml", "decided_at", "meeting"),
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
    """Every value at a path such as `meetings[].agenda[].hurdles[]`, with its line."""
    places: list[Place] = [(document, 1)]
    for step in path.split("."):
        key, many = step.removesuffix("[]"), step.endswith("[]")
        places = [found for value, _line in places for found in _step(value, key)]
        if many:
            places = [found for value, _line in places for found in _entries(value)]
    yield from places


def _step(value: Any, key: str) -> Iterator[Place]:
    if isinstance(value, Mapping) and key in value:
        yield value[key], value.lines[key]


def _entries(value: Any) -> Iterator[Place]:
    if isinstance(value, list):
        yield from zip(value, getattr(value, "lines", [1] * len(value)), strict=True)
