"""The list of people: what each reader finds in it, its filters, its file, and acts on several people at once."""

import io
import json
from datetime import date
from time import perf_counter
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import Notice
from apps.organization.models import User
from apps.training.models import Candidate, ProfileSkill, Recognition, SkillRecord
from apps.training.selectors.people import ready_counts
from apps.training.services.recognitions import Grounds, recognise_people
from apps.training.waits import ready_people, seats_of_leavers
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    RecognitionFactory,
    SessionFactory,
    SkillFactory,
    TalentProfileFactory,
)
from tests.pages import text_of
from tests.training.staff import Hall, sits

pytestmark = pytest.mark.django_db

PEOPLE, CHANGE = "/training/people/", "/training/selected-people/"
TODAY = date(2022, 10, 14)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def personnel(hall: Hall, client_for: Any) -> Any:
    return client_for(hall.personnel)


def numbers(client: Any, query: str = "") -> list[str]:
    response = client.get(f"{PEOPLE}?format=json&columns=employee_number{query}")
    assert response.status_code == 200, query
    return [row["employee_number"] for row in json.loads(b"".join(response))]


def named(person: Any, profile: Any) -> Candidate:
    return Candidate.objects.create(person=person, profile=profile, named_on=TODAY)


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("吉田", []),
            ("𠮷田", ["p001"]),
            ("𠮷田髙子", ["p001"]),
            ("髙子 𠮷田", ["p001"]),
            ("ヨシダ", ["p001"]),
            ("よしだ　たか", ["p001"]),
            ("ﾖｼﾀﾞ", ["p001"]),
            ("Ｐ００１", ["p001"]),
            ("田髙こ", []),
            ("%", []),
        ],
    )
    def test_names_are_found_however_they_are_typed(self, query: str, found: list[str], personnel: Any) -> None:
        assert numbers(personnel, f"&q={query}") == found

    def test_units_with_all_below_them(self, hall: Hall, personnel: Any, client_for: Any) -> None:
        sits(hall.bare, employee_number="p100")
        below = numbers(personnel, f"&unit={hall.department.code}")
        assert set(below) == {"p001", "p100", hall.manager.employee_number, hall.above.employee_number}
        assert numbers(personnel, f"&unit={hall.bare.code}") == ["p100"]
        assert client_for(hall.manager).get(f"{PEOPLE}?unit={hall.bare.code}").status_code == 400

    def test_candidates_and_those_who_belong(self, hall: Hall, personnel: Any, client_for: Any) -> None:
        profile, other = TalentProfileFactory(), TalentProfileFactory()
        second, third, ended = (sits(hall.section, employee_number=f"p00{n}") for n in (2, 3, 4))
        named(hall.person, profile)
        named(second, other)
        RecognitionFactory(person=third, profile=profile)
        RecognitionFactory(person=ended, profile=profile, ended_on=TODAY)
        assert numbers(personnel, "&standing=candidate") == ["p001", "p002"]
        assert numbers(personnel, "&standing=recognised") == ["p003"]
        assert numbers(personnel, f"&profile={profile.code}") == ["p001", "p003"]
        assert numbers(personnel, f"&profile={profile.code}&standing=candidate") == ["p001"]
        page = client_for(hall.manager).get(PEOPLE)
        assert {token.label: token.count for token in page.context["standard_tokens"]} == {
            "育成候補者": 2,
            "認定者": 1,
            "今年度まだ受講していない": 4,
        }

    def test_who_came_to_nothing_this_year(self, hall: Hall, client_for: Any) -> None:
        came, last_year, absent = (sits(hall.section, employee_number=f"p00{n}") for n in (2, 3, 4))
        for person, day, state in (
            (came, date(2022, 4, 1), "attended"),
            (last_year, date(2022, 3, 31), "completed"),
            (absent, date(2022, 6, 1), "absent"),
        ):
            EnrolmentFactory(
                person=person, state=state, session=SessionFactory(date=day, state="held", keeps_roll=True)
            )
        assert numbers(client_for(hall.manager), "&idle=yes") == ["p001", "p003", "p004"]

    def test_an_unknown_filter_is_refused(self, personnel: Any) -> None:
        assert personnel.get(f"{PEOPLE}?colour=red").status_code == 400

    def test_a_manager_without_people_reads_why(self, hall: Hall, client_for: Any) -> None:
        hall.person.is_active = False
        hall.person.save()
        assert "該当する職員はいません。" in text_of(client_for(hall.manager).get(PEOPLE))


class TestFile:
    def test_a_file_holds_what_one_sees_and_says_who_may_read_it(self, hall: Hall, client_for: Any) -> None:
        sits(hall.bare, employee_number="p100")
        for reader, found in ((hall.manager, ["p001"]), (hall.personnel, None)):
            response = client_for(reader).get(f"{PEOPLE}?format=xlsx")
            book = openpyxl.load_workbook(io.BytesIO(response.content))
            rows = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
            assert found is None or rows == found
            assert book.properties.keywords == "機密性3（職員の個人記録）"
        assert "p100" in rows

    def test_queries_do_not_grow_with_the_people(self, hall: Hall, client_for: Any) -> None:
        profile, client, found = TalentProfileFactory(), client_for(hall.personnel), []
        for count in (3, 27):
            for _each in range(count):
                person = sits(hall.section)
                named(person, profile)
                RecognitionFactory(person=person)
                EnrolmentFactory(person=person, state="completed", session=SessionFactory(state="held"))
            client.get(PEOPLE)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(PEOPLE).status_code == 200
            found.append(len(queries))
        assert found[0] == found[1]


class TestReady:
    def test_who_has_all_levels_and_does_not_belong_yet(self, hall: Hall, personnel: Any) -> None:
        profile, empty = TalentProfileFactory(code="LEAD", name="推進リーダー"), TalentProfileFactory(code="NONE")
        one, two = SkillFactory(), SkillFactory()
        for skill, level in ((one, 2), (two, 3)):
            ProfileSkill.objects.create(profile=profile, skill=skill, level=level)
        low, left, belongs = (sits(hall.section, employee_number=f"p00{n}") for n in (2, 3, 4))
        for person, levels in ((hall.person, (3, 3)), (low, (2, 2)), (left, (2, 3)), (belongs, (2, 3))):
            for skill, level in zip((one, two), levels, strict=True):
                SkillRecord.objects.create(person=person, skill=skill, level=level, reached_on=TODAY)
        RecognitionFactory(person=belongs, profile=profile)
        left.is_active = False
        left.save()
        assert numbers(personnel, "&ready=LEAD") == ["p001"]
        assert numbers(personnel, f"&ready={empty.code}") == []
        assert ready_counts() == [(profile, 1)]
        assert [task.title for task in ready_people(hall.personnel)] == ["認定できる職員がいます：推進リーダー"]
        assert list(ready_people(hall.manager)) == []
        chosen = {"verb": "recognise", "every": "1", "query": "ready=LEAD"}
        shown = personnel.post(CHANGE, chosen)
        assert [person.employee_number for person in shown.context["chosen"]] == ["p001"]
        assert shown.context["form"].initial["profile"] == profile
        assert not Recognition.objects.filter(person=hall.person).exists()
        sent = {
            "verb": "recognise",
            "confirm": "1",
            "row": ["p001"],
            "query": "ready=LEAD",
            "profile": profile.pk,
            "recognised_on": "R4.10.14",
            "basis": "course",
        }
        answers = [personnel.post(CHANGE, sent) for _click in range(2)]
        assert [answer.url for answer in answers] == [f"{PEOPLE}?ready=LEAD"] * 2
        assert Recognition.objects.filter(person=hall.person, profile=profile).count() == 1
        assert ready_counts() == []


class TestSeveral:
    def test_a_manager_names_several_and_only_own_people(self, hall: Hall, client_for: Any) -> None:
        profile, second, foreign = TalentProfileFactory(), sits(hall.section, employee_number="p002"), sits(hall.bare)
        client = client_for(hall.manager)
        sent = {
            "verb": "name",
            "row": ["p001", "p002", foreign.employee_number, hall.manager.employee_number],
            "profile": profile.pk,
            "reason": "",
        }
        assert [each.employee_number for each in client.post(CHANGE, sent).context["chosen"]] == ["p001", "p002"]
        assert not Candidate.objects.exists()
        for _click in range(2):
            assert client.post(CHANGE, {**sent, "confirm": "1"}).status_code == 302
        assert set(Candidate.objects.values_list("person", "named_by")) == {
            (hall.person.pk, hall.manager.pk),
            (second.pk, hall.manager.pk),
        }

    @pytest.mark.parametrize("sent", [{"verb": "name"}, {"verb": "fly", "row": "p001"}, {"row": "p001"}])
    def test_without_people_or_verb_nothing_happens(self, sent: dict[str, str], personnel: Any) -> None:
        assert personnel.post(CHANGE, sent).url == PEOPLE

    def test_many_are_named_with_as_many_queries_as_few(self, hall: Hall, client_for: Any) -> None:
        client, found = client_for(hall.manager), []
        for count in (3, 30):
            people = [sits(hall.section).employee_number for _each in range(count)]
            sent = {"verb": "name", "confirm": "1", "row": people, "profile": TalentProfileFactory().pk, "reason": ""}
            with CaptureQueriesContext(connection) as queries:
                assert client.post(CHANGE, sent).status_code == 302
            found.append(len(queries))
        assert found[0] == found[1]
        assert Candidate.objects.count() == 33

    def test_recognising_leaves_those_who_belong_already(self, hall: Hall) -> None:
        profile, second = TalentProfileFactory(), sits(hall.section)
        RecognitionFactory(person=hall.person, profile=profile)
        grounds = Grounds(TODAY, "experience", CourseFactory(), "面談による")
        people = [hall.person, second]
        assert recognise_people(people=people, profile=profile, grounds=grounds, by=hall.personnel) == 1
        made = Recognition.objects.get(person=second)
        notice = Notice.objects.get(person=second)
        assert (notice.kind, notice.text) == ("training.recognition", f"「{profile}」に認定されました。")
        # A course is a basis only where the basis is a course.
        assert (made.recognised_on, made.basis, made.course, made.note) == (TODAY, "experience", None, "面談による")


class TestLeavers:
    def test_a_seat_of_who_has_left_waits_for_the_personnel_section(self, hall: Hall, client_for: Any) -> None:
        session = SessionFactory(course=CourseFactory(name="BPR研修"), date=date(2022, 11, 17), keeps_roll=True)
        EnrolmentFactory(person=hall.person, session=session)
        EnrolmentFactory(person=hall.person, session=SessionFactory(date=date(2022, 10, 13), keeps_roll=True))
        EnrolmentFactory(person=sits(hall.section), session=session)
        assert list(seats_of_leavers(hall.personnel)) == []
        hall.person.is_active = False
        hall.person.save()
        tasks = list(seats_of_leavers(hall.personnel))
        assert [(task.title, task.due) for task in tasks] == [("退職者の席が残っています：𠮷田 髙子", session.date)]
        assert "BPR研修" in tasks[0].note
        assert client_for(hall.personnel).get(tasks[0].url).status_code == 200
        for reader in (hall.manager, hall.others["secretariat"], hall.others["administrator"]):
            assert list(seats_of_leavers(reader)) == []


def test_ten_thousand_people_are_listed_and_found(hall: Hall, personnel: Any) -> None:
    """One page of them: what is counted for each is counted for those fifty alone."""
    User.objects.bulk_create(
        User(employee_number=f"n{n:05d}", name=f"職員 {n}", kana=f"しょくいん {n}", unit=hall.section)
        for n in range(10_000)
    )
    started = perf_counter()
    page = personnel.get(f"{PEOPLE}?q=ショクイン 9999&idle=yes")
    assert [person.employee_number for person in page.context["table"].rows] == ["n09999"]
    assert personnel.get(f"{PEOPLE}?page=200").status_code == 200
    assert perf_counter() - started < 10  # generous: a machine that is shared
