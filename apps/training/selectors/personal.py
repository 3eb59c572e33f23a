"""The record of one person: what one came to, what is coming, and what happened to it.

Personal records: whoever calls these has made sure that the reader may see the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import Entry, entries_of
from apps.organization.models import User
from apps.training.choices import CAME, EnrolmentState
from apps.training.models import Enrolment, Recognition, Session
from apps.training.selectors.enrolments import is_going
from apps.training.selectors.paths import Step, path_of
from apps.training.selectors.skill_levels import Standings, standings_of

# Never the known transfers: these are seen by the personnel section alone, on their own page.
PERSONAL_PARTS = ("enrolments", "candidacies", "recognitions", "skill_records")


@dataclass(frozen=True)
class PersonalRecord:
    """All that the page of a person shows."""

    coming: list[Enrolment]
    past: list[Enrolment]
    standings: Standings
    ended: list[Recognition]
    path: list[Step]
    entries: list[Entry]

    @property
    def completed(self) -> int:
        return sum(each.state == EnrolmentState.COMPLETED for each in self.past)

    @property
    def came_this_year(self) -> int:
        year = FiscalYear.of(clock.today())
        return sum(each.state in CAME and FiscalYear.of(each.session.date) == year for each in self.past)

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.past or self.standings.profiles or self.standings.records or self.ended)


def enrolments_of(person: User) -> list[Enrolment]:
    """All enrolments of a person, the latest session first."""
    rows = Enrolment.objects.filter(person=person, archived_at__isnull=True, session__archived_at__isnull=True)
    return list(rows.select_related("session__course", "unit").order_by("-session__date", "-pk"))


def personal_record(person: User) -> PersonalRecord:
    """A constant number of queries, however much the person has done."""
    enrolments, standings = enrolments_of(person), standings_of(person)
    coming = [each for each in enrolments if is_going(each)]
    past = Recognition.objects.filter(person=person, ended_on__lte=clock.today(), archived_at__isnull=True)
    return PersonalRecord(
        coming=coming[::-1],
        past=[each for each in enrolments if not is_going(each)],
        standings=standings,
        ended=list(past.select_related("profile", "placed_in").order_by("-ended_on", "pk")),
        path=path_of(standings, enrolments),
        entries=personal_entries(person),
    )


def personal_entries(person: User) -> list[Entry]:
    """What happened to the personal records of this person, and to nothing else."""
    return entries_of(person, parts=PERSONAL_PARTS, other_words=_with_courses, itself=False)


def _with_courses(model: type[models.Model], found: Mapping[Any, Any]) -> Mapping[Any, str]:
    """Sessions and enrolments are called after their course: one query for all of them."""
    if model is Session:
        rows = Session.objects.filter(pk__in=found).select_related("course")
        return {session.pk: str(session) for session in rows}
    if model is Enrolment:
        enrolments = Enrolment.objects.filter(pk__in=found).select_related("session__course")
        return {enrolment.pk: str(enrolment) for enrolment in enrolments}
    return {}
