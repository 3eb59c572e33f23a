"""Loads a city: reads all files, checks them all, and only then writes, all or nothing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from apps.city.services.budget import load_budget
from apps.city.services.documents import read_documents
from apps.city.services.grants import load_grants
from apps.city.services.hurdles import load_hurdles
from apps.city.services.lists import load_lists
from apps.city.services.organization import load_calendar, load_people, load_units, load_workload
from apps.city.services.problems import Problems
from apps.city.services.references import check_references
from apps.city.services.session import LoadSession

REQUIRED = ("org.yaml", "users.yaml", "masters.yaml")
LOADED = (*REQUIRED, "calendar.yaml", "workload.yaml", "hurdles.yaml", "grants.yaml", "budget_proposals.yaml")
CHECKED = (
    "common_hurdles.yaml",
    "comprehensive_plan.yaml",
    "grants_reference.yaml",
    "interim_report.yaml",
    "introduction_plans.yaml",
    "meetings.yaml",
    "policies.yaml",
    "policy_requests.yaml",
    "reviews.yaml",
    "roadmap.yaml",
    "training.yaml",
    "voices.yaml",
)
STEPS = (
    load_units,
    load_people,
    load_lists,
    load_calendar,
    load_workload,
    load_hurdles,
    load_grants,
    load_budget,
)


@dataclass
class LoadReport:
    """What was added, and which files were checked only."""

    added: Counter[str] = field(default_factory=Counter)
    checked_only: list[str] = field(default_factory=list)


def load_city(*, folder: Path, as_of: date, password: str | None = None) -> LoadReport:
    """Loads the city in `folder` as it stood on `as_of`.

    Rows are known by their key in the files: a second load adds what is new and leaves every existing row as it
    is. Raises Unloadable, naming file and line of every fault, and then nothing has been written. `password`,
    given for the demo city only, opens every account.
    """
    problems = Problems()
    for name in REQUIRED:
        if not (folder / name).exists():
            problems.add(name, 1, _("the file is missing in %(folder)s") % {"folder": folder})
    documents = read_documents(folder, [*LOADED, *CHECKED], problems)
    problems.stop_if_any()
    check_references(documents, problems)
    problems.stop_if_any()
    session = LoadSession(documents, problems, as_of=as_of, password=password)
    with transaction.atomic():
        for step in STEPS:
            step(session)
            problems.stop_if_any()
    return LoadReport(session.added, [name for name in CHECKED if name in documents])
