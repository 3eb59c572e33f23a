"""Meetings with their agenda, decisions and directives."""

from datetime import date

import factory

from apps.decisions.choices import AgendaKind, DirectiveStatus, MinutesStatus, Presence
from apps.decisions.models import (
    AgendaHurdle,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Decision,
    Directive,
    DirectiveHurdle,
    DirectiveUnit,
    Meeting,
)
from apps.organization.models import Body
from tests.factories.budget import ProposalFactory
from tests.factories.hurdles import HurdleFactory
from tests.factories.organization import UnitFactory


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body
        django_get_or_create = ("key",)

    key = "HQ"
    name = "デジタル化推進本部"


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting of headquarters in June 2022 whose minutes are a draft, numbered as in the year before."""

    class Meta:
        model = Meeting

    number = factory.Sequence(lambda n: f"M-2021-{n:04d}")
    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"第{n}回本部会議")
    held_on = date(2022, 6, 3)
    place = "本庁 特別会議室"
    minutes_confirmed_on = factory.LazyAttribute(
        lambda own: date(2022, 6, 17) if own.minutes_status == MinutesStatus.CONFIRMED else None
    )
    minutes_status = MinutesStatus.DRAFT


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"出席者{n}号")
    presence = Presence.PRESENT
    order = factory.Sequence(lambda n: n)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: n + 1)
    kind = AgendaKind.DISCUSSION
    title = factory.Sequence(lambda n: f"押印の見直し その{n}")
    material_number = "資料1"


class AgendaHurdleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaHurdle

    item = factory.SubFactory(AgendaItemFactory)
    hurdle = factory.SubFactory(HurdleFactory)


class AgendaProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaProposal

    item = factory.SubFactory(AgendaItemFactory)
    proposal = factory.SubFactory(ProposalFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision by 決裁; give `meeting` (and `item`) for one that a meeting made."""

    class Meta:
        model = Decision

    text = factory.Sequence(lambda n: f"案{n}のとおり承認する。")
    decided_on = date(2022, 6, 3)
    approval_number = factory.LazyAttributeSequence(lambda own, n: "" if own.meeting else f"情戦第{n}号")
    meeting = None


class DirectiveFactory(factory.django.DjangoModelFactory):
    """A directive whose work has begun, due after the day of the tests; given by word of mouth."""

    class Meta:
        model = Directive

    number = factory.Sequence(lambda n: f"D-2021-{n:04d}")
    text = factory.Sequence(lambda n: f"押印の廃止{n}を速やかに進めること。")
    issued_on = date(2022, 6, 3)
    assigned_unit = factory.SubFactory(UnitFactory)
    due_on = date(2022, 12, 28)
    status = DirectiveStatus.STARTED


class DirectiveUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DirectiveUnit

    directive = factory.SubFactory(DirectiveFactory)
    unit = factory.SubFactory(UnitFactory)


class DirectiveHurdleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DirectiveHurdle

    directive = factory.SubFactory(DirectiveFactory)
    hurdle = factory.SubFactory(HurdleFactory)
