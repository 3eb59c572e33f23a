"""Who sees a hurdle: the database's opening day against the definition, written a second time in plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.hurdles.models import Hurdle, OwnerView
from apps.hurdles.selectors import visible_to
from tests.factories import HurdleFactory, UnitFactory, user_with

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)
WIDE = {"member", "secretariat", "auditor", "headquarters", "deputy", "chief", "advisor"}
EVERYTHING = {"secretariat", "auditor"}
NO_WORK = {"auditor", "administrator"}


@dataclass(frozen=True)
class Question:
    unit: int
    asked: date
    due: date
    answered: date | None


@dataclass(frozen=True)
class Case:
    status: str
    reporting: int
    owner_at_first: int | None
    owner: int | None
    questions: tuple[Question, ...]


days = st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))
units = st.integers(0, 2)


@st.composite
def questions(draw: Any) -> Question:
    asked, due = sorted((draw(days), draw(days)))
    return Question(draw(units), asked, due, draw(st.none() | st.integers(0, 4).map(lambda n: asked + timedelta(n))))


cases = st.builds(
    Case,
    status=st.sampled_from(["draft", "submitted", "returned", "resolved"]),
    reporting=units,
    owner_at_first=st.none() | units,
    owner=st.none() | units,
    questions=st.lists(questions(), max_size=3, unique_by=lambda each: (each.unit, each.asked)).map(tuple),
)


def sees(case: Case, role: str) -> bool:
    """A person of unit 0 who holds one role."""
    if role in EVERYTHING:
        return True
    works = role not in NO_WORK
    if works and case.reporting == 0:
        return True
    if case.status == "draft":
        return False
    if role in WIDE:
        return True
    asked = [each for each in case.questions if each.unit == case.owner and each.asked <= TODAY]
    answered = any(each.answered and each.answered <= TODAY for each in asked)
    silent = any(each.due < TODAY for each in asked)
    return answered or silent or case.owner == case.reporting or (works and case.owner == 0 and bool(asked))


def build(case: Case, places: list[Any]) -> Hurdle:
    """The case in the database: questions first, the last change of the owner after them."""
    owner = None if case.owner_at_first is None else places[case.owner_at_first]
    hurdle: Hurdle = HurdleFactory(status=case.status, reporting_unit=places[case.reporting], owning_unit=owner)
    for each in case.questions:
        OwnerView.objects.create(
            hurdle=hurdle, unit=places[each.unit], asked_on=each.asked, due_on=each.due,
            answered_on=each.answered, answer="possible" if each.answered else "",
        )  # fmt: skip
    Hurdle.objects.filter(pk=hurdle.pk).update(owning_unit=None if case.owner is None else places[case.owner])
    return hurdle


@pytest.mark.parametrize(
    "role", ["viewer", "promoter", "member", "chief", "secretariat", "finance", "auditor", "administrator"]
)
def test_the_database_and_the_definition_agree(role: str) -> None:
    user = user_with(role)
    places = [user.unit, UnitFactory(), UnitFactory()]

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(cases)
    def agree(case: Case) -> None:
        with transaction.atomic():
            hurdle = build(case, places)
            found = visible_to(user).filter(pk=hurdle.pk).exists()
            transaction.set_rollback(True)
        assert found is sees(case, role), case

    agree()
