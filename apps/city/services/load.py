"""Loads a city: reads all files, checks them all, and only then writes, all or nothing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from apps.city.services.baselines import load_baselines
from apps.city.services.budget import load_budget
from apps.city.services.budget_lists import load_budget_lists
from apps.city.services.courses import load_courses
from apps.city.services.documents import read_documents
from apps.city.services.grants import load_grant_candidates, load_grants
from apps.city.services.hurdles import load_hurdles
from apps.city.services.lists import load_lists
from apps.city.services.meetings import load_meetings
from apps.city.services.organization import load_calendar, load_people, load_units, load_workload
from apps.city.services.petitions import load_petitions
from apps.city.services.plans import load_introduction_plans
from apps.city.services.policies import load_policies
from apps.city.services.problems import Problems
from apps.city.services.reference import load_grant_generations
from apps.city.services.references import check_references
from apps.city.services.reports import load_report
from apps.city.services.reviews import load_reviews
from apps.city.services.roadmap import load_comprehensive_plan, load_roadmap
from apps.city.services.rolls import load_candidates, load_rolls
from apps.city.services.session import LoadSession
from apps.city.services.skills import load_skills
from apps.city.services.staff import load_staff
from apps.city.services.training import load_profiles, load_training_plans
from apps.city.services.voices import load_common_hurdles, load_voices

REQUIRED = ("org.yaml", "users.yaml", "masters.yaml")
FILES = (
    *REQUIRED,
    "staff.yaml",
    "calendar.yaml",
    "workload.yaml",
    "hurdles.yaml",
    "common_hurdles.yaml",
    "voices.yaml",
    "comprehensive_plan.yaml",
    "policies.yaml",
    "roadmap.yaml",
    "baselines.yaml",
    "training.yaml",
    "skills.yaml",
    "rolls.yaml",
    "budget_lists.yaml",
    "grants.yaml",
    "grants_reference.yaml",
    "budget_proposals.yaml",
    "introduction_plans.yaml",
    "policy_requests.yaml",
    "meetings.yaml",
    "reviews.yaml",
    "interim_report.yaml",
)
# In the order of the rooms: whoever links to a record is loaded after it.
STEPS = (
    load_units,
    load_people,
    load_staff,
    load_lists,
    load_calendar,
    load_workload,
    load_hurdles,
    load_common_hurdles,
    load_voices,
    load_comprehensive_plan,
    load_policies,
    load_roadmap,
    load_baselines,
    load_profiles,
    load_training_plans,
    load_courses,
    load_skills,
    load_rolls,
    load_candidates,
    load_budget_lists,
    load_grants,
    load_grant_generations,
    load_budget,
    load_grant_candidates,
    load_introduction_plans,
    load_petitions,
    load_meetings,
    load_reviews,
    load_report,
)


@dataclass
class LoadReport:
    """What was added, by the names of the records."""

    added: Counter[str] = field(default_factory=Counter)


def load_city(*, folder: Path, as_of: date, password: str | None = None) -> LoadReport:
    """Loads the city in `folder` as it stood on `as_of`.

    Rows are known by their key in the files: a second load adds what is new, with the links between old and new, and
    leaves every existing row as it is, also where a later day knows more of it: an answer, a result, a stage. Raises
    Unloadable, naming file and line of every fault, and then nothing has been written. `password`, given for the demo
    city only, opens every account.
    """
    problems = Problems()
    for name in REQUIRED:
        if not (folder / name).exists():
            problems.add(name, 1, _("the file is missing in %(folder)s") % {"folder": folder})
    documents = read_documents(folder, [*FILES], problems)
    problems.stop_if_any()
    check_references(documents, problems)
    problems.stop_if_any()
    session = LoadSession(documents, problems, as_of=as_of, password=password)
    with transaction.atomic():
        for step in STEPS:
            step(session)
            problems.stop_if_any()
    return LoadReport(session.added)
