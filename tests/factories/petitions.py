"""Petitions in any state, and their channels."""

import factory

from apps.core.fiscal import FiscalYear
from apps.petitions.choices import PetitionClass, PetitionStatus
from apps.petitions.models import Petition, PetitionAnswer, PetitionChannel, PetitionHurdle
from tests.factories.hurdles import HurdleFactory


class PetitionChannelFactory(factory.django.DjangoModelFactory):
    """A channel whose form has limits."""

    class Meta:
        model = PetitionChannel

    name = factory.Sequence(lambda n: f"提案募集方式{n}")
    order = factory.Sequence(lambda n: n)
    measure_limit = 250
    cases_and_effects_limit = 700
    limits_source = "記入要領"


class PetitionFactory(factory.django.DjangoModelFactory):
    """A petition of the year 2022 under internal consideration, numbered as in the year before."""

    class Meta:
        model = Petition

    number = factory.Sequence(lambda n: f"R-2021-{n:04d}")
    fiscal_year = FiscalYear(2022)
    title = factory.Sequence(lambda n: f"請求のオンライン化 その{n}")
    classification = PetitionClass.DEREGULATION
    status = PetitionStatus.INTERNAL
    requested_measure = "オンラインで行えるようにすること。"
    channel = factory.SubFactory(PetitionChannelFactory)


class PetitionHurdleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PetitionHurdle

    petition = factory.SubFactory(PetitionFactory)
    hurdle = factory.SubFactory(HurdleFactory)


class PetitionAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PetitionAnswer

    petition = factory.SubFactory(PetitionFactory)
    date = "2022-09-30"
    text = "検討する。"
