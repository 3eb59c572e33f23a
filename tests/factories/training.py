"""Profiles, plans, courses and sessions."""

from datetime import date

import factory

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.training.choices import CourseFormat, EnrolmentState, PlanStatus, RecognitionBasis, SessionState
from apps.training.models import (
    Course,
    CurriculumItem,
    Enrolment,
    Evaluation,
    EvaluationLevel,
    Headcount,
    LiteracyArea,
    Recognition,
    Session,
    Skill,
    SkillRole,
    SkillStandard,
    SkillType,
    TalentProfile,
    TrainingPlan,
)
from tests.factories.organization import UnitFactory, UserFactory


class SkillStandardFactory(factory.django.DjangoModelFactory):
    """The version that is in use; the same one again where there is one."""

    class Meta:
        model = SkillStandard
        django_get_or_create = ("name", "version")

    name = "デジタルスキル標準"
    version = ""
    is_current = True


class SkillTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkillType

    standard = factory.SubFactory(SkillStandardFactory)
    name = factory.Sequence(lambda n: f"類型{n}")
    order = factory.Sequence(lambda n: n)


class SkillRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkillRole

    skill_type = factory.SubFactory(SkillTypeFactory)
    name = factory.Sequence(lambda n: f"役割{n}")
    order = factory.Sequence(lambda n: n)


class LiteracyAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LiteracyArea

    standard = factory.SubFactory(SkillStandardFactory)
    name = factory.Sequence(lambda n: f"領域{n}")
    order = factory.Sequence(lambda n: n)


class SkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Skill

    standard = factory.SubFactory(SkillStandardFactory)
    name = factory.Sequence(lambda n: f"スキル{n}")
    order = factory.Sequence(lambda n: n)


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


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """A seat in a session that keeps a roll, where the person sits today."""

    class Meta:
        model = Enrolment

    session = factory.SubFactory(SessionFactory, keeps_roll=True)
    person = factory.SubFactory(UserFactory)
    unit = factory.LazyAttribute(lambda own: own.person.unit)
    state = EnrolmentState.ENROLLED
    applied_at = factory.LazyFunction(clock.now)


class RecognitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recognition

    person = factory.SubFactory(UserFactory)
    profile = factory.SubFactory(TalentProfileFactory)
    recognised_on = date(2022, 6, 1)
    basis = RecognitionBasis.EXPERIENCE
