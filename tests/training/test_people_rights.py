"""Every page of personal records as every kind of reader: the person, the own manager and 人事課, nobody else."""

import json
from datetime import date
from typing import Any

import pytest

from apps.core.permissions import Forbidden
from apps.training.models import Candidate, KnownTransfer, Recognition, SkillRecord
from apps.training.services.candidates import name_candidate, name_candidates, withdraw_candidacy
from apps.training.services.recognitions import (
    Grounds,
    end_placement,
    end_recognition,
    place_person,
    recognise_people,
    recognise_person,
)
from apps.training.services.skill_records import record_skill, withdraw_skill
from apps.training.services.transfers import record_transfer, withdraw_transfer
from tests.factories import RecognitionFactory, SkillFactory, TalentProfileFactory
from tests.pages import text_of
from tests.training.staff import Hall, manages_too, sits

pytestmark = pytest.mark.django_db

PERSON = "/training/people/p001/"
TODAY = date(2022, 10, 14)
READS = {"person", "own manager", "personnel"}
NAMES = {"own manager", "personnel"}


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def records(hall: Hall) -> dict[str, Any]:
    """One record of each kind about the person."""
    profile = TalentProfileFactory(name="DX推進リーダー")
    return {
        "candidacy": Candidate.objects.create(person=hall.person, profile=profile, named_on=TODAY),
        "skill": SkillRecord.objects.create(person=hall.person, skill=SkillFactory(), level=2, reached_on=TODAY),
        "recognition": RecognitionFactory(
            person=hall.person, profile=TalentProfileFactory(), placed_on=TODAY, placed_as="窓口改革の担当"
        ),
        "transfer": KnownTransfer.objects.create(person=hall.person, kind="leaving", effective_on=date(2023, 3, 31)),
    }


def answers(hall: Hall, client_for: Any, path: str) -> dict[str, int]:
    return {name: client_for(user).get(path).status_code for name, user in hall.everybody.items()}


def as_said(hall: Hall, said: dict[str, int], otherwise: int) -> dict[str, int]:
    return {name: said.get(name, otherwise) for name in hall.everybody}


class TestPages:
    def test_the_page_of_a_person(self, hall: Hall, client_for: Any) -> None:
        assert answers(hall, client_for, PERSON) == as_said(hall, dict.fromkeys(READS, 200), 404)

    def test_ones_own_record(self, hall: Hall, client_for: Any) -> None:
        assert set(answers(hall, client_for, "/training/my-record/").values()) == {200}

    def test_the_list_of_people(self, hall: Hall, client_for: Any) -> None:
        managers = {"own manager": 200, "manager above": 200, "other manager": 200, "personnel": 200}
        assert answers(hall, client_for, "/training/people/") == as_said(hall, managers, 403)

    @pytest.mark.parametrize("page", ["candidacies/name/", "candidacies/{candidacy.pk}/withdraw/"])
    def test_candidates_are_the_own_managers_and_the_personnel_sections(
        self, page: str, hall: Hall, records: dict[str, Any], client_for: Any
    ) -> None:
        said = {"own manager": 200, "personnel": 200, "person": 403}
        assert answers(hall, client_for, PERSON + page.format(**records)) == as_said(hall, said, 404)

    @pytest.mark.parametrize(
        "page",
        [
            "people/p001/recognise/",
            "people/p001/skills/record/",
            "people/p001/skills/{skill.pk}/withdraw/",
            "recognitions/{recognition.uid}/end/",
            "recognitions/{recognition.uid}/place/",
            "recognitions/{recognition.uid}/end-placement/",
        ],
    )
    def test_what_a_person_has_become_the_personnel_section_says(
        self, page: str, hall: Hall, records: dict[str, Any], client_for: Any
    ) -> None:
        said = {"person": 403, "own manager": 403, "personnel": 200}
        path = f"/training/{page.format(**records)}"
        assert answers(hall, client_for, path) == as_said(hall, said, 404)

    @pytest.mark.parametrize("page", ["", "record/", "{transfer.uid}/withdraw/"])
    def test_of_known_transfers_nobody_else_learns_that_there_are_pages(
        self, page: str, hall: Hall, records: dict[str, Any], client_for: Any
    ) -> None:
        path = f"/training/transfers/{page.format(**records)}"
        assert answers(hall, client_for, path) == as_said(hall, {"personnel": 200}, 404)

    def test_changing_several_people_is_for_those_who_see_people(self, hall: Hall, client_for: Any) -> None:
        chosen = {"row": ["p001"], "verb": "recognise"}
        found = {
            name: client_for(user).post("/training/selected-people/", chosen).status_code
            for name, user in hall.everybody.items()
        }
        assert found == as_said(hall, {"personnel": 200}, 403)

    def test_the_menu_offers_only_what_opens(self, hall: Hall, client_for: Any) -> None:
        offered = {}
        for name in ("person", "own manager", "personnel", "auditor"):
            page = text_of(client_for(hall.everybody[name]).get("/training/"))
            offered[name] = [path in page for path in ("/my-record/", "/training/people/", "/training/transfers/")]
        assert offered == {
            "person": [True, False, False],
            "own manager": [True, True, False],
            "personnel": [True, True, True],
            "auditor": [True, False, False],
        }


class TestWhoManages:
    def numbers(self, client: Any) -> list[str]:
        response = client.get("/training/people/?format=json")
        return [row["employee_number"] for row in json.loads(b"".join(response))]

    def test_a_section_without_manager_answers_to_the_nearest_above(self, hall: Hall, client_for: Any) -> None:
        sits(hall.bare, employee_number="p100")
        assert "p100" in self.numbers(client_for(hall.above))
        assert self.numbers(client_for(hall.manager)) == ["p001"]
        assert client_for(hall.above).get("/training/people/p100/").status_code == 200
        assert client_for(hall.manager).get("/training/people/p100/").status_code == 404

    def test_a_manager_of_two_units_sees_both(self, hall: Hall, client_for: Any) -> None:
        sits(hall.bare, employee_number="p100")
        manages_too(hall.manager, hall.bare)
        assert self.numbers(client_for(hall.manager)) == ["p001", "p100"]
        assert "p100" not in self.numbers(client_for(hall.above))

    def test_a_managers_own_record_is_seen_by_nobody_below(self, hall: Hall, client_for: Any) -> None:
        number = hall.manager.employee_number
        assert client_for(hall.person).get(f"/training/people/{number}/").status_code == 404
        assert number not in self.numbers(client_for(hall.manager))
        assert client_for(hall.manager).get(f"/training/people/{number}/").status_code == 200
        assert client_for(hall.manager).get(f"/training/people/{number}/candidacies/name/").status_code == 403

    def test_who_has_left_is_seen_by_the_personnel_section_alone(self, hall: Hall, client_for: Any) -> None:
        hall.person.is_active = False
        hall.person.save()
        assert client_for(hall.manager).get(PERSON).status_code == 404
        assert client_for(hall.personnel).get(PERSON).status_code == 200
        assert "p001" not in self.numbers(client_for(hall.personnel))
        page = client_for(hall.personnel).get("/training/people/?left=yes")
        assert [person.employee_number for person in page.context["table"].rows] == ["p001"]


class TestServices:
    """What the pages refuse the services refuse as well."""

    def test_candidates(self, hall: Hall, records: dict[str, Any]) -> None:
        other = TalentProfileFactory()
        for name, user in hall.everybody.items():
            if name not in NAMES:
                with pytest.raises(Forbidden):
                    name_candidate(person=hall.person, profile=other, by=user)
                with pytest.raises(Forbidden):
                    withdraw_candidacy(candidacy=records["candidacy"], by=user)
        with pytest.raises(Forbidden):
            name_candidates(people=[hall.person, hall.others["viewer"]], profile=other, by=hall.manager)
        assert not Candidate.objects.filter(profile=other).exists()
        assert name_candidates(people=[hall.person], profile=other, by=hall.manager) == 1
        withdraw_candidacy(candidacy=records["candidacy"], by=hall.manager)
        assert list(Candidate.objects.values_list("profile", flat=True)) == [other.pk]

    def test_recognitions_placements_skills_and_transfers(self, hall: Hall, records: dict[str, Any]) -> None:
        recognition, grounds = records["recognition"], Grounds(TODAY, "experience")
        refused: dict[str, Any] = {
            "recognise": lambda user: recognise_person(
                person=hall.person, profile=TalentProfileFactory(), grounds=grounds, by=user
            ),
            "recognise many": lambda user: recognise_people(
                people=[hall.person], profile=TalentProfileFactory(), grounds=grounds, by=user
            ),
            "end": lambda user: end_recognition(
                recognition=recognition, ended_on=TODAY, reason="異動", by=user, version=1
            ),
            "place": lambda user: place_person(
                recognition=recognition, placed_on=TODAY, placed_in=None, placed_as="窓口", by=user, version=1
            ),
            "end placement": lambda user: end_placement(recognition=recognition, reason="", by=user, version=1),
            "skill": lambda user: record_skill(
                person=hall.person, skill=SkillFactory(), level=1, reached_on=TODAY, by=user
            ),
            "no skill": lambda user: withdraw_skill(record=records["skill"], reason="誤り", by=user),
            "transfer": lambda user: record_transfer(
                person=hall.person, kind="leaving", effective_on=date(2023, 4, 1), by=user
            ),
            "no transfer": lambda user: withdraw_transfer(transfer=records["transfer"], by=user, version=1),
        }
        for name, user in hall.everybody.items():
            if name != "personnel":
                for service in refused.values():
                    with pytest.raises(Forbidden):
                        service(user)
        assert (Recognition.objects.count(), SkillRecord.objects.count(), KnownTransfer.objects.count()) == (1, 1, 1)
        for verb in ("recognise", "skill", "no skill", "transfer", "no transfer", "end placement"):
            refused[verb](hall.personnel)
        assert (Recognition.objects.count(), SkillRecord.objects.count(), KnownTransfer.objects.count()) == (2, 1, 2)
