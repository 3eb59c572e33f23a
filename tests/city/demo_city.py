"""The demo city in the test database: loaded once for each module, rolled back when the module is done."""

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps as installed
from django.db import connection, models, transaction
from pghistory.models import Context

from apps.city.services import load_city
from apps.organization.models import User
from tests.plugins.database import without_triggers

DEMO = Path(__file__).parents[2] / "demo"
AS_OF = date(2022, 10, 14)
PASSWORD = "only-for-the-tests-of-shiomino"
OUR_APPS = (
    "core",
    "organization",
    "hurdles",
    "roadmap",
    "training",
    "budget",
    "petitions",
    "decisions",
    "reviews",
    "reports",
)

# What the demo city holds on that day. Counted in the files by hand and by a script that knows nothing of the loader.
ROWS = {
    "organization.City": 1,
    "organization.Unit": 83,
    "organization.Body": 3,
    "organization.User": 137,
    "organization.Role": 146,
    "organization.CalendarEvent": 26,
    "organization.WorkloadEntry": 40,
    "hurdles.Category": 10,
    "hurdles.Theme": 17,
    "hurdles.LegalLevel": 10,
    "hurdles.Hurdle": 30,
    "hurdles.LegalBasis": 51,
    "hurdles.AffectedUnit": 79,
    "hurdles.HurdleTheme": 39,
    "hurdles.HurdleWorkload": 32,
    "hurdles.HurdleDependency": 2,
    "hurdles.CommonHurdle": 6,
    "hurdles.CommonHurdleMember": 24,
    "hurdles.OwnerView": 7,
    "hurdles.Endorsement": 9,
    "hurdles.SolvedCase": 1,
    "hurdles.SolvedCaseAdoption": 3,
    "roadmap.ComprehensivePlan": 1,
    "roadmap.ComprehensivePlanItem": 13,
    "roadmap.Policy": 6,
    "roadmap.PolicyVersion": 7,
    "roadmap.PolicyHurdle": 15,
    "roadmap.PolicyUnit": 7,
    "roadmap.Vision": 24,
    "roadmap.VisionHurdle": 32,
    "roadmap.Initiative": 12,
    "roadmap.Milestone": 40,
    "roadmap.InitiativeUnit": 35,
    "roadmap.InitiativeHurdle": 32,
    "roadmap.InitiativeDependency": 2,
    "roadmap.InitiativeRelation": 2,
    "roadmap.InitiativeMove": 3,
    "roadmap.Baseline": 1,
    "roadmap.BaselineInitiative": 12,
    "roadmap.Indicator": 22,
    "roadmap.IndicatorValue": 66,
    "training.SkillStandard": 1,
    "training.SkillType": 5,
    "training.SkillRole": 15,
    "training.LiteracyArea": 4,
    "training.EvaluationLevel": 4,
    "training.Skill": 14,
    "training.TalentProfile": 4,
    "training.ProfileSkill": 28,
    "training.ProfileSkillRole": 6,
    "training.Headcount": 16,
    "training.TrainingPlan": 1,
    "training.PlanCost": 3,
    "training.PlannedCourse": 21,
    "training.PlanUnit": 1,
    "training.PlanProfile": 4,
    "training.Course": 9,
    "training.CurriculumItem": 21,
    "training.Session": 19,
    "training.Evaluation": 24,
    "training.CourseHurdle": 9,
    "training.CourseLiteracyArea": 13,
    "training.CourseSkillRole": 5,
    "training.CourseSkill": 17,
    "training.CoursePrerequisite": 1,
    "training.Enrolment": 141,
    "training.SkillRecord": 136,
    "training.Candidate": 8,
    "training.Recognition": 0,
    "training.KnownTransfer": 0,
    "budget.GrantProgramme": 6,
    "budget.GrantRequirement": 14,
    "budget.RevenueItem": 4,
    "budget.ExpenseHint": 11,
    "budget.BackwardStep": 8,
    "budget.FinanceFileFormat": 1,
    "budget.BudgetYear": 1,
    "budget.Proposal": 8,
    "budget.Proposal_supporting_units": 22,
    "budget.ProposalHurdle": 15,
    "budget.ProposalInitiative": 11,
    "budget.ProposalCourse": 6,
    "budget.ProposalTrainingPlan": 1,
    "budget.StageEntry": 0,
    "budget.StageAmount": 0,
    "budget.Intent": 5,
    "budget.ReviewCriterion": 6,
    "budget.IntroductionPlan": 5,
    "budget.PlanPoint": 30,
    "budget.GrantGeneration": 6,
    "budget.GrantGenerationType": 18,
    "petitions.PetitionChannel": 3,
    "petitions.Petition": 5,
    "petitions.PetitionHurdle": 5,
    "petitions.PetitionAnswer": 0,
    "decisions.Meeting": 3,
    "decisions.Attendance": 27,
    "decisions.AgendaItem": 11,
    "decisions.AgendaHurdle": 30,
    "decisions.AgendaProposal": 8,
    "decisions.Decision": 15,
    "decisions.Directive": 6,
    "decisions.DirectiveUnit": 5,
    "decisions.DirectiveHurdle": 8,
    "reviews.Activity": 4,
    "reviews.Reflection": 10,
    "reviews.ReflectionPolicy": 10,
    "reviews.ReflectionInitiative": 10,
    "reviews.ReflectionCourse": 9,
    "reviews.ReflectionProposal": 6,
    "reviews.ReflectionPetition": 0,
    "reports.Report": 1,
    "reports.ReportChapter": 6,
    "reports.Draft": 0,
}


def tables() -> list[type[models.Model]]:
    """Every table of the portal, its history and its plain links included."""
    return [model for app in OUR_APPS for model in installed.get_app_config(app).get_models(include_auto_created=True)]


def rows() -> int:
    """Every row of the portal, its history included."""
    return sum(row_counts().values())


def row_counts() -> dict[str, int]:
    """How many rows each table of the portal holds, by its label; in one query, since it is asked often."""
    counts = " UNION ALL ".join(
        f"""SELECT '{model._meta.label}', count(*) FROM "{model._meta.db_table}\""""  # noqa: S608 tables of ours
        for model in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


class CityCopy:
    """The rows of the loaded city by table, and where the tables' sequences stood; taken once for each process."""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}
        self.sequences: list[tuple[str, int]] = []

    def take(self) -> None:
        with connection.cursor() as cursor:
            for table in (model._meta.db_table for model in [Context, *tables()]):
                rows = io.BytesIO()
                cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
                if rows.tell():
                    self.rows[table] = rows.getvalue()
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
            ours = tuple(f"{table}_" for table in self.rows)
            self.sequences = [each for each in cursor.fetchall() if each[0].startswith(ours)]

    def put(self) -> None:
        """Puts the rows in as they are: nothing is written to the history twice, nothing is checked again."""
        with without_triggers() as cursor:
            for table, rows in self.rows.items():
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 a table of ours; what migrations wrote
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(rows))
            for each in self.sequences:  # a generated city has set them back
                cursor.execute("SELECT setval(%s, %s)", each)


_copy = CityCopy()


def put_city() -> None:
    """汐見野市 in an empty database: what load_city makes of it, which it does for the first who asks."""
    if _copy.rows:
        _copy.put()
        return
    load_city(folder=DEMO, as_of=AS_OF, password=PASSWORD)
    connection.check_constraints()  # the deferred checks, now and not after each test again
    _copy.take()


@pytest.fixture(scope="module")
def _city_of_this_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        put_city()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_city(_city_of_this_module: None, db: None) -> None:
    """汐見野市 as it stood on 14 October 2022; what a test writes is gone after it."""


def person(number: str) -> User:
    """An employee of the demo city, fresh, so that roles are read again."""
    return User.objects.get(employee_number=number)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo city that a test may change."""
    return Path(shutil.copytree(DEMO, tmp_path / "city"))


def replace_once(folder: Path, file: str, old: str, new: str) -> int:
    """Puts `new` where `old` first stands; the line (from one) on which the two begin to differ."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    at = text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    differs = next((n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), 0)
    return text.count("\n", 0, at + differs) + 1
