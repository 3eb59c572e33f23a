"""The record of one person: exact values, the path, the history, and how many queries it takes."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.history import act, declare_event
from apps.organization.models import User
from apps.training.models import (
    Candidate,
    CoursePrerequisite,
    CourseSkill,
    Enrolment,
    KnownTransfer,
    ProfileSkill,
    Recognition,
    SkillRecord,
)
from apps.training.selectors.personal import personal_entries, personal_record
from apps.training.services.candidates import name_candidate, withdraw_candidacy
from apps.training.services.recognitions import Grounds, end_placement, end_recognition, place_person, recognise_person
from apps.training.services.skill_records import record_skill, withdraw_skill
from apps.training.services.transfers import record_transfer
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    SessionFactory,
    SkillFactory,
    TalentProfileFactory,
    UnitFactory,
)
from tests.pages import text_of
from tests.training.staff import Hall

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)
ENROLLED = declare_event("training.test.enrolled", "申し込んだ")


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def person(hall: Hall) -> User:
    return hall.person


def took_part(person: User, day: date, state: str = "completed", **course: Any) -> Enrolment:
    session = SessionFactory(course=CourseFactory(**course), date=day, state="held", keeps_roll=True)
    found: Enrolment = EnrolmentFactory(session=session, person=person, state=state)
    return found


class TestRecord:
    def test_what_is_past_and_what_is_coming(self, person: User) -> None:
        done = took_part(person, date(2022, 6, 1))
        absent = took_part(person, TODAY.replace(day=13), state="absent")
        last_year = took_part(person, date(2022, 3, 31), state="attended")
        first_day = took_part(person, date(2022, 4, 1), state="attended")
        later = EnrolmentFactory(person=person, session=SessionFactory(date=date(2022, 12, 1), keeps_roll=True))
        today = EnrolmentFactory(
            person=person, state="waiting", session=SessionFactory(date=TODAY, state="open", keeps_roll=True)
        )
        called_off = EnrolmentFactory(person=person, session=SessionFactory(state="cancelled", keeps_roll=True))
        gone = EnrolmentFactory(person=person, archived_at="2022-10-01T00:00+09:00")
        record = personal_record(person)
        assert record.coming == [today, later]
        assert record.past == [called_off, absent, done, first_day, last_year]
        assert gone not in record.past
        assert (record.completed, record.came_this_year) == (1, 2)

    def test_skills_against_what_the_profiles_ask_for(self, person: User, hall: Hall, client_for: Any) -> None:
        leader, expert = TalentProfileFactory(name="推進リーダー"), TalentProfileFactory(name="高度専門人材")
        reading, drawing, own = (SkillFactory(name=name) for name in ("データの読み方", "業務の図", "自分のスキル"))
        ProfileSkill.objects.create(profile=leader, skill=reading, level=2)
        ProfileSkill.objects.create(profile=leader, skill=drawing, level=3)
        ProfileSkill.objects.create(profile=expert, skill=drawing, level=4)
        Candidate.objects.create(person=person, profile=expert, named_on=TODAY)
        recognise_person(person=person, profile=leader, grounds=Grounds(TODAY, "experience"), by=hall.personnel)
        for skill, level in ((reading, 1), (reading, 3), (drawing, 2), (own, 4)):
            SkillRecord.objects.create(person=person, skill=skill, level=level, reached_on=TODAY)
        standings = personal_record(person).standings
        lines = {
            each.profile.name: [(line.skill.name, line.level, line.asked, line.missing) for line in each.lines]
            for each in standings.profiles
        }
        assert lines == {
            "推進リーダー": [("データの読み方", 3, 2, 0), ("業務の図", 2, 3, 1)],
            "高度専門人材": [("業務の図", 2, 4, 2)],
        }
        assert [line.skill.name for line in standings.further] == ["自分のスキル"]
        assert (standings.met_count, standings.asked_count) == (1, 2)
        page = text_of(client_for(person).get("/training/my-record/"))
        for words in ("2項目中1項目で到達", "あと1段階", "あと2段階", "推進リーダー", "その他のスキル"):
            assert words in page

    def test_where_nothing_is_recorded_it_says_what_to_do(self, person: User, hall: Hall, client_for: Any) -> None:
        own = text_of(client_for(person).get("/training/my-record/"))
        assert "まだ記録はありません" in own
        assert "研修に申し込むと" in own
        assert "/training/sessions/?state=open" in own
        assert "育成候補者に指名するか" in text_of(client_for(hall.manager).get("/training/people/p001/"))

    def test_the_unit_of_then_stays_after_a_reorganisation(self, person: User, hall: Hall, client_for: Any) -> None:
        took_part(person, date(2022, 6, 1))
        person.unit = UnitFactory(name="新しい課")
        person.save()
        assert "当時：市民課" in text_of(client_for(hall.personnel).get("/training/people/p001/"))
        assert Enrolment.objects.get().unit == hall.section

    def test_the_name_is_as_its_bearer_writes_it(self, hall: Hall, client_for: Any) -> None:
        response = client_for(hall.manager).get("/training/people/p001/")
        assert response.context["title"] == "𠮷田 髙子"
        assert "𠮷田 髙子" in text_of(response)


class TestPath:
    def test_the_next_course_the_missing_skill_and_the_profile(self, person: User) -> None:
        profile, skill = TalentProfileFactory(name="推進リーダー"), SkillFactory(name="業務の図")
        ProfileSkill.objects.create(profile=profile, skill=skill, level=3)
        SkillRecord.objects.create(person=person, skill=skill, level=1, reached_on=TODAY)
        Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
        following = CourseFactory(name="応用", fiscal_year=2021)
        done = took_part(person, date(2022, 6, 1), name="基礎", next_course=following)
        raising = CourseFactory(name="図の描き方")
        too_low, old = CourseFactory(name="低い"), CourseFactory(name="昔の", fiscal_year=2020)
        for course, level in ((raising, 3), (too_low, 1), (old, 3)):
            CourseSkill.objects.create(course=course, skill=skill, level=level)
        leading = CourseFactory(name="養成", profile=profile, recognises=True)
        CoursePrerequisite.objects.create(course=leading, needs=done.session.course)
        CoursePrerequisite.objects.create(course=raising, needs=following)
        taking = SessionFactory(course=leading, state="open", closes_on=TODAY)
        SessionFactory(course=leading, state="open", closes_on=TODAY.replace(day=13))
        planned = SessionFactory(course=following)
        SessionFactory(course=following, date=date(2022, 10, 13))
        steps = personal_record(person).path
        assert [(step.course.name, step.reasons) for step in steps] == [
            ("養成", ["修了すると「推進リーダー」に認定"]),
            ("応用", ["「基礎」の次の研修"]),
            ("図の描き方", ["業務の図を「3 ひとりでできる」に高める"]),
        ]
        assert [step.taking for step in steps] == [[taking], [], []]
        assert [step.planned for step in steps] == [[], [planned], []]
        assert [[course.name for course in step.lacking] for step in steps] == [[], [], ["応用"]]

    def test_what_is_completed_or_archived_is_no_step_and_what_one_has_applied_for_says_so(self, person: User) -> None:
        done, gone, going = (CourseFactory(name=name) for name in ("済んだ", "保管", "申込中"))
        gone.archived_at = "2022-10-01T00:00+09:00"
        gone.save()
        for number, course in enumerate((done, gone, going)):
            took_part(person, date(2022, 6, number + 1), next_course=course)
        EnrolmentFactory(person=person, state="completed", session=SessionFactory(course=done, state="held"))
        applied = EnrolmentFactory(person=person, state="waiting", session=SessionFactory(course=going, state="open"))
        steps = personal_record(person).path
        assert [(step.course.name, step.going) for step in steps] == [("申込中", applied)]

    def test_a_recognised_person_is_not_led_there_again(self, person: User, hall: Hall) -> None:
        profile = TalentProfileFactory()
        CourseFactory(profile=profile, recognises=True)
        Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
        assert len(personal_record(person).path) == 1
        recognise_person(person=person, profile=profile, grounds=Grounds(TODAY, "recruited"), by=hall.personnel)
        assert personal_record(person).path == []


class TestHistory:
    def test_every_act_on_the_person_and_nothing_else(self, person: User, hall: Hall, client_for: Any) -> None:
        by, profile, skill = hall.personnel, TalentProfileFactory(name="推進リーダー"), SkillFactory(name="業務の図")
        candidacy = name_candidate(person=person, profile=profile, by=hall.manager, reason="本人の希望")
        name_candidate(person=hall.others["viewer"], profile=profile, by=by, reason="ほかの人の理由")
        withdraw_candidacy(candidacy=candidacy, by=by, reason="認定のため")
        recognition = recognise_person(person=person, profile=profile, grounds=Grounds(TODAY, "experience"), by=by)
        place_person(
            recognition=recognition, placed_on=TODAY, placed_in=hall.section, placed_as="窓口改革", by=by, version=1
        )
        end_placement(recognition=recognition, reason="担当替え", by=by, version=2)
        end_recognition(recognition=recognition, ended_on=TODAY, reason="異動", by=by, version=3)
        record = record_skill(person=person, skill=skill, level=2, reached_on=TODAY, by=by)
        withdraw_skill(record=record, reason="登録の誤り", by=by)
        record_transfer(person=person, kind="leaving", effective_on=date(2023, 3, 31), note="内々の話", by=by)
        with act(ENROLLED, by=person):
            took_part(person, date(2022, 6, 1), name="基礎研修")
        entries = personal_entries(person)
        assert [(entry.verb, entry.reason) for entry in entries] == [
            ("申し込んだ", ""),
            ("スキルの取消し", "登録の誤り"),
            ("スキルの登録", ""),
            ("認定の終了", "異動"),
            ("配置の終了", "担当替え"),
            ("配置", ""),
            ("認定", ""),
            ("育成候補者の取消し", "認定のため"),
            ("育成候補者に指名", "本人の希望"),
        ]
        said = {change.label: change.new for change in entries[5].changes}
        assert said["配置先の所属（推進リーダー）"] == "市民課"
        assert "基礎研修" in entries[0].changes[0].new
        for reader in (person, hall.manager, by):
            page = text_of(client_for(reader).get("/training/people/p001/"))
            assert "本人の希望" in page
            assert "ほかの人の理由" not in page
            assert "内々の話" not in page

    def test_the_page_takes_as_many_queries_for_thirty_as_for_three(self, person: User, client_for: Any) -> None:
        def add(count: int) -> None:
            for _each in range(count):
                profile, skill = TalentProfileFactory(), SkillFactory()
                ProfileSkill.objects.create(profile=profile, skill=skill, level=3)
                Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
                course = CourseFactory(profile=profile, recognises=True)
                CourseSkill.objects.create(course=course, skill=skill, level=3)
                CoursePrerequisite.objects.create(course=course, needs=CourseFactory())
                SessionFactory(course=course, state="open")
                enrolment = took_part(person, date(2022, 6, 1), next_course=CourseFactory())
                SkillRecord.objects.create(person=person, skill=skill, level=1, reached_on=TODAY, enrolment=enrolment)
                EnrolmentFactory(person=person, state="waiting")

        client, found = client_for(person), []
        for count in (3, 27):
            add(count)
            client.get("/training/my-record/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get("/training/my-record/").status_code == 200
            found.append(len(queries))
        assert found[0] == found[1]
        assert found[0] <= 40


class TestActs:
    def test_a_form_sent_twice_names_and_recognises_once(self, hall: Hall, client_for: Any) -> None:
        profile, other = TalentProfileFactory(), TalentProfileFactory()
        manager, personnel = client_for(hall.manager), client_for(hall.personnel)
        for _click in range(2):
            response = manager.post("/training/people/p001/candidacies/name/", {"profile": profile.pk, "reason": ""})
            assert (response.status_code, response.url) == (302, "/training/people/p001/")
        assert Candidate.objects.count() == 1
        sent = {
            "uid": "0d5a2c1e-9d4a-4a57-8f1e-2f4b8e6f0a11",
            "profile": other.pk,
            "recognised_on": "R4.10.1",
            "basis": "qualification",
            "note": "情報処理技術者",
        }
        for _click in range(2):
            assert personnel.post("/training/people/p001/recognise/", sent).status_code == 302
        assert Recognition.objects.get().recognised_on == date(2022, 10, 1)
        candidacy = Candidate.objects.get()
        for _click in range(2):
            path = f"/training/people/p001/candidacies/{candidacy.pk}/withdraw/"
            assert manager.post(path, {"reason": "誤り"}).status_code == 302
        assert not Candidate.objects.exists()

    def test_what_is_wrong_is_said_beside_the_field(self, hall: Hall, client_for: Any) -> None:
        client, profile = client_for(hall.personnel), TalentProfileFactory()
        future = {"profile": profile.pk, "recognised_on": "R5.4.1", "basis": "recruited"}
        response = client.post("/training/people/p001/recognise/", future)
        assert response.status_code == 422
        assert "将来の日は入力できません。" in text_of(response)
        recognition = recognise_person(
            person=hall.person, profile=profile, grounds=Grounds(TODAY, "recruited"), by=hall.personnel
        )
        path = f"/training/recognitions/{recognition.uid}"
        sent = {"version": 1, "placed_on": "R4.10.13", "placed_as": "窓口", "placed_in": ""}
        assert client.post(f"{path}/place/", sent).status_code == 422
        assert client.post(f"{path}/place/", {**sent, "placed_on": "R4.10.14"}).status_code == 302
        assert client.post(f"{path}/place/", {**sent, "placed_on": "R4.10.14"}).status_code == 409
        assert client.post(f"{path}/end/", {"version": 2, "ended_on": "R4.10.13", "reason": "異動"}).status_code == 422
        assert client.post(f"{path}/end/", {"version": 2, "ended_on": "R4.10.14", "reason": ""}).status_code == 422
        assert client.post(f"{path}/end/", {"version": 2, "ended_on": "R4.10.14", "reason": "異動"}).status_code == 302
        recognition.refresh_from_db()
        assert (recognition.ended_on, recognition.placed_as) == (TODAY, "窓口")
        assert [each.pk for each in personal_record(hall.person).ended] == [recognition.pk]

    def test_a_skill_is_recorded_and_taken_back(self, hall: Hall, client_for: Any) -> None:
        client, skill = client_for(hall.personnel), SkillFactory()
        sent = {"skill": skill.pk, "level": 3, "reached_on": "2022-10-01", "note": "面談による"}
        for _click in range(2):
            assert client.post("/training/people/p001/skills/record/", sent).status_code == 302
        record = SkillRecord.objects.get()
        assert (record.level, record.reached_on, record.note) == (3, date(2022, 10, 1), "面談による")
        path = f"/training/people/p001/skills/{record.pk}/withdraw/"
        assert client.post(path, {"reason": ""}).status_code == 422
        for _click in range(2):
            assert client.post(path, {"reason": "誤り"}).status_code == 302
        assert client.get(path).status_code == 404
        assert not SkillRecord.objects.exists()

    def test_known_transfers_are_no_part_of_what_others_see(self, hall: Hall, client_for: Any) -> None:
        KnownTransfer.objects.create(person=hall.person, kind="leaving", effective_on=date(2023, 3, 31), note="退職")
        for reader in (hall.person, hall.manager, hall.personnel):
            assert "令和5年3月31日" not in text_of(client_for(reader).get("/training/people/p001/"))
