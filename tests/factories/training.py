"""Profiles, plans, courses and sessions."""

from datetime import date

import factory

from apps.core.fiscal import FiscalYear
from apps.training.choices import CourseFormat, PlanStatus, SessionState
from apps.training.models import (
    Course,
    CurriculumItem,
    Evaluation,
    EvaluationLevel,
    Headcount,
    Session,
    TalentProfile,
    TrainingPlan,
)
from tests.factories.organization import UnitFactory


class TalentProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TalentProfile

    code = factory.Sequence(lambda n: f"P{n:03d}")
    name = factory.Sequence(lambda n: f"人材像{n}")
    order = factory.Sequence(lambda n: n)


class HeadcountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Headcount

    profile = factory.SubFactory(TalentProfileFactory)
    fiscal_year = FiscalYear(2022)
    needed = 10


class TrainingPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingPlan

    number = factory.Sequence(lambda n: f"T-2021-{n:04d}")
    name = factory.Sequence(lambda n: f"育成計画{n}")
    from_year = FiscalYear(2022)
    to_year = FiscalYear(2025)
    status = PlanStatus.DECIDED
    lead_unit = factory.SubFactory(UnitFactory)


class CourseFactory(factory.django.DjangoModelFactory):
    """A course of this fiscal year outside of any plan; give `plan` for one inside."""

    class Meta:
        model = Course

    fiscal_year = FiscalYear(2022)
    name = factory.Sequence(lambda n: f"データの読み方{n}")
    format = CourseFormat.TRAINING
    profile = factory.SubFactory(TalentProfileFactory)
    adhoc_reason = factory.LazyAttribute(lambda own: "" if getattr(own, "plan", None) else "一度だけ開いたもの。")
    lead_unit = factory.SubFactory(UnitFactory)


class SessionFactory(factory.django.DjangoModelFactory):
    """A session that is still to come, after 14 October 2022."""

    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"第{n}回")
    date = date(2022, 11, 17)
    state = SessionState.PLANNED
    capacity = 24


class CurriculumItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CurriculumItem

    course = factory.SubFactory(CourseFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"単元{n}")
    hours = "1.5"


class EvaluationLevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvaluationLevel
        django_get_or_create = ("level",)

    level = 1
    name = "反応"


class EvaluationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evaluation

    course = factory.SubFactory(CourseFactory)
    level = factory.SubFactory(EvaluationLevelFactory)
    measure = factory.Sequence(lambda n: f"満足度{n}")
