"""Whom one can invite to a session: the people of a profile, of units with all below, or of a pasted list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.core.readers import plain_word
from apps.organization.models import Unit, User
from apps.training.models import Candidate, TalentProfile
from apps.training.selectors.disclosure import shown
from apps.training.selectors.people import here_today, people_in
from apps.training.selectors.recognitions import open_recognitions

MOST_LINES = 5_000


@dataclass(frozen=True)
class LineFault:
    """What is wrong in one line of a pasted list."""

    line: int
    text: str


@dataclass
class Found:
    """The people of a pasted list, each once, and the lines that name nobody or several."""

    people: list[User] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def people_of_profile(profile: TalentProfile, *, candidates: bool, recognised: bool) -> QuerySet[User]:
    """Those who are to become one of the profile, those who belong to it, or both."""
    wanted = Q(pk__in=[])
    if candidates:
        wanted |= Q(pk__in=Candidate.objects.filter(profile=profile).values("person"))
    if recognised:
        wanted |= Q(pk__in=open_recognitions().filter(profile=profile).values("person"))
    return User.objects.filter(wanted, is_active=True)


def tells_of_few(profile: TalentProfile, *, candidates: bool, recognised: bool) -> bool:
    """Whether the number of these people would tell, alone or beside what the profile's page says, of one to four."""
    named, belonging = (
        set(people_of_profile(profile, candidates=which, recognised=not which).values_list("pk", flat=True))
        for which in (True, False)
    )
    parts = [named - belonging, named & belonging, belonging - named] if candidates else [belonging]
    return (candidates or recognised) and any(shown(len(part)) is None for part in parts)


def people_of_units(units: Collection[Unit]) -> QuerySet[User]:
    """Those who work in the units or anywhere below."""
    return people_in(here_today(User.objects.all()), *units)


def people_in_list(text: str) -> Found:
    """One person a line, by employee number or by name, as pasted from Excel; further cells of a line are passed over.

    One query for the whole list.
    """
    found, seen = Found(), set()
    lookup = PeopleLookup()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if not cells:
            continue
        person = lookup.find(cells[0])
        if isinstance(person, str):
            found.faults.append(LineFault(number, person))
        elif person.pk not in seen:
            seen.add(person.pk)
            found.people.append(person)
    return found


class PeopleLookup:
    """Finds those who work here by number or name; one query."""

    def __init__(self) -> None:
        self.by_number: dict[str, User] = {}
        self.by_name: dict[str, list[User]] = {}
        for person in User.objects.introduced():
            self.by_number[plain_number(person.employee_number)] = person
            self.by_name.setdefault(plain_name(person.name), []).append(person)

    def find(self, words: Any) -> User | str:
        """The person, or what is wrong in words."""
        if person := self.by_number.get(plain_number(words)):
            return person
        named = self.by_name.get(plain_name(words), [])
        if len(named) == 1:
            return named[0]
        if named:
            people = "、".join(person.introduction for person in named)
            return _("Several people are called “%(name)s”: %(people)s. Write the employee number.") % {
                "name": words,
                "people": people,
            }
        return _("Nobody who works here has the number or the name “%(words)s”.") % {"words": words}


def plain_number(words: Any) -> str:
    """An employee number as it is compared: width, case and blanks do not matter."""
    return plain_word(words)


def plain_name(words: Any) -> str:
    """A name as it is compared: only blanks do not matter, 髙 is not 高."""
    return "".join(str(words).split())
