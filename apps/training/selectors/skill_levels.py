"""What a person can do against what the profiles of the person ask for."""

from dataclasses import dataclass
from typing import Any

from apps.organization.models import User
from apps.training.choices import SkillLevel
from apps.training.models import Candidate, ProfileSkill, Recognition, Skill, SkillRecord, TalentProfile
from apps.training.selectors.recognitions import open_recognitions


@dataclass(frozen=True)
class SkillLine:
    """A skill: the highest level reached with its record, and the level that is asked for."""

    skill: Skill
    reached: SkillRecord | None
    asked: int | None = None

    @property
    def level(self) -> int:
        return self.reached.level if self.reached else 0

    @property
    def missing(self) -> int:
        """How many levels are missing, never less than none."""
        return max((self.asked or 0) - self.level, 0)

    @property
    def asked_words(self) -> str:
        return str(SkillLevel(self.asked).label) if self.asked else ""


@dataclass(frozen=True)
class Standing:
    """A profile for which a person is a candidate, or to which the person belongs, with its skills."""

    profile: TalentProfile
    candidacy: Candidate | None
    recognition: Recognition | None
    lines: list[SkillLine]

    @property
    def met(self) -> int:
        return sum(not line.missing for line in self.lines)


@dataclass(frozen=True)
class Standings:
    """All profiles of a person, and the skills that none of them asks for."""

    profiles: list[Standing]
    further: list[SkillLine]
    records: list[SkillRecord]

    @property
    def missing(self) -> dict[int, SkillLine]:
        """The skills of which a level is missing, each with the highest one that is asked for, by key."""
        found: dict[int, SkillLine] = {}
        for line in (line for each in self.profiles for line in each.lines if line.missing):
            known = found.get(line.skill.pk)
            if known is None or (known.asked or 0) < (line.asked or 0):
                found[line.skill.pk] = line
        return found

    @property
    def asked_count(self) -> int:
        return len({line.skill.pk for each in self.profiles for line in each.lines})

    @property
    def met_count(self) -> int:
        return self.asked_count - len(self.missing)


def standings_of(person: User) -> Standings:
    """In four queries, however many profiles and skills there are."""
    candidacies = {each.profile_id: each for each in _candidacies(person)}
    recognitions = {
        each.profile_id: each
        for each in open_recognitions().filter(person=person).select_related("profile", "placed_in")
    }
    records = list(SkillRecord.objects.filter(person=person).select_related("skill", "enrolment__session__course"))
    reached = {record.skill_id: record for record in sorted(records, key=lambda record: record.level)}
    asked: dict[int, list[ProfileSkill]] = {}
    of_profiles = {**candidacies, **recognitions}
    for link in ProfileSkill.objects.filter(profile__in=of_profiles).select_related("skill"):
        asked.setdefault(link.profile_id, []).append(link)
    standings = [
        Standing(
            of_profiles[key].profile,
            candidacies.get(key),
            recognitions.get(key),
            [SkillLine(link.skill, reached.get(link.skill_id), link.level) for link in asked.get(key, ())],
        )
        for key in sorted(of_profiles, key=lambda key: (of_profiles[key].profile.order, key))
    ]
    named = {line.skill.pk for each in standings for line in each.lines}
    further = [SkillLine(record.skill, record) for key, record in reached.items() if key not in named]
    return Standings(standings, sorted(further, key=lambda line: (line.skill.order, line.skill.pk)), records)


def _candidacies(person: User) -> Any:
    return Candidate.objects.filter(person=person).select_related("profile", "named_by")
