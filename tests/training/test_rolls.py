"""The roll: on the screen and from Excel, and what a completion brings and takes back."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Upload
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.organization.models import Unit, User
from apps.training.choices import EnrolmentState
from apps.training.models import CourseSkill, Enrolment, Recognition, RollImport, Session, SkillRecord
from apps.training.selectors import answers_by_course, session_list
from apps.training.selectors.outcomes import outcome_of
from apps.training.services.follow_ups import follow_up
from apps.training.services.roll import (
    RollLine,
    find_roll,
    keep_roll,
    keep_workbook,
    plan_workbook,
    read_roll,
    roll_mark,
    take_over_roll,
)
from tests.factories import (
    CourseFactory,
    RecognitionFactory,
    SessionFactory,
    SkillFactory,
    TalentProfileFactory,
    UserFactory,
    user_with,
)
from tests.pages import form_of, text_of
from tests.training.people import TODAY, cast, open_session, put, queue, worker

pytestmark = pytest.mark.django_db

HEAD = ["職員番号", "氏名", "出欠", "修了", "テスト", "満足度", "備考"]
MANY = 3_000


@pytest.fixture
def personnel() -> Any:
    return user_with("personnel")


def over(**fields: Any) -> Session:
    """A session whose day has come."""
    return SessionFactory(**{"state": "held", "date": date(2022, 10, 3), "keeps_roll": True, **fields})


def book(*rows: list[Any], head: list[str] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in [head or HEAD, *rows]:
        sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def faults(session: Session, *rows: list[Any]) -> dict[str, str]:
    return {fault.address: fault.text for fault in read_roll(book(*rows), session).faults}


def say(session: Session, state: str, *people: Any, by: Any, **values: Any) -> None:
    lines = [RollLine(person, {"state": EnrolmentState(state), **values}) for person in people]
    keep_roll(session=session, lines=lines, mark=roll_mark(session), by=by)


class TestCompleting:
    def test_skills_recognition_and_number_come_and_go(self, personnel: Any) -> None:
        course = CourseFactory(recognises=True)
        low, high = SkillFactory(), SkillFactory()
        CourseSkill.objects.create(course=course, skill=low, level=2)
        CourseSkill.objects.create(course=course, skill=high, level=3)
        session, person = over(course=course), worker()
        SkillRecord.objects.create(person=person, skill=low, level=4, reached_on=TODAY)
        row = put(session, person)
        say(session, "completed", person, by=personnel)
        row.refresh_from_db()
        assert (row.state, row.certificate_number) == ("completed", "2022-0001")
        records = set(SkillRecord.objects.values_list("skill", "level", "enrolment"))
        assert records == {(low.pk, 4, None), (low.pk, 2, row.pk), (high.pk, 3, row.pk)}
        recognition = Recognition.objects.get()
        assert (recognition.profile, recognition.basis, recognition.recognised_on) == (
            course.profile,
            "course",
            session.date,
        )
        say(session, "attended", person, by=personnel)
        row.refresh_from_db()
        recognition.refresh_from_db()
        assert (row.state, row.certificate_number) == ("attended", None)
        assert list(SkillRecord.objects.values_list("level", flat=True)) == [4]
        assert recognition.archived_at
        assert recognition.ended_on == session.date
        say(session, "completed", person, by=personnel)
        row.refresh_from_db()
        assert row.certificate_number == "2022-0002", "a number is never given twice"
        assert Recognition.objects.filter(archived_at__isnull=True).count() == 1
        assert [entry.verb for entry in entries_of(row)][:3] == ["名簿への記録"] * 3

    def test_what_the_course_has_made_of_somebody_goes_though_it_makes_something_else_now(self, personnel: Any) -> None:
        course = CourseFactory(recognises=True)
        session, person = over(course=course), worker()
        say(session, "completed", person, by=personnel)
        course.profile, course.recognises = TalentProfileFactory(), False
        course.save()
        say(Session.objects.get(pk=session.pk), "attended", person, by=personnel)
        assert not Recognition.objects.filter(archived_at__isnull=True).exists()

    def test_what_rests_on_something_else_stays(self, personnel: Any) -> None:
        course = CourseFactory(recognises=True)
        skill = SkillFactory()
        CourseSkill.objects.create(course=course, skill=skill, level=2)
        first, second = over(course=course), over(course=course, date=date(2022, 10, 10))
        twice, placed, known = worker(), worker(), worker()
        RecognitionFactory(person=known, profile=course.profile)
        say(first, "completed", twice, placed, known, by=personnel)
        say(second, "completed", twice, by=personnel)
        place = {"placed_on": TODAY, "placed_as": "窓口の刷新"}
        Recognition.objects.filter(person=placed).update(**place)
        say(first, "absent", twice, placed, known, by=personnel)
        record = SkillRecord.objects.get()
        assert (record.person, record.enrolment.session, record.reached_on) == (twice, second, second.date)
        assert not Recognition.objects.filter(archived_at__isnull=False).exists()
        assert Recognition.objects.get(person=twice).recognised_on == second.date
        assert Recognition.objects.get(person=known).basis == "experience"

    def test_only_the_personnel_section_and_only_from_the_day_on(self, personnel: Any) -> None:
        session = open_session()
        people = cast(session.course.lead_unit)
        for name in set(people) - {"personnel"}:
            with pytest.raises(Forbidden):
                say(session, "attended", people["person"], by=people[name])
        with pytest.raises(Unmet, match="実施日から"):
            say(session, "attended", people["person"], by=personnel)
        with pytest.raises(Unmet):
            say(over(state="cancelled"), "attended", people["person"], by=personnel)

    def test_nobody_moves_up_when_seats_become_results(self, personnel: Any) -> None:
        session = open_session(capacity=1, date=TODAY)
        seat = put(session, worker())
        (waiting,) = queue(session, 1)
        say(session, "absent", seat.person, by=personnel)
        waiting.refresh_from_db()
        assert waiting.state == "waiting"

    def test_reported_numbers_give_way_to_the_roll(self, personnel: Any) -> None:
        session = over(keeps_roll=False, applied=40, attended=30, completed=20)
        say(session, "completed", *(worker() for _each in range(5)), by=personnel)
        shown = session_list(personnel).get(pk=session.pk)
        assert (shown.keeps_roll, shown.attended_shown, shown.completed_shown) == (True, 5, 5)


class TestReading:
    def test_every_fault_has_its_cell(self) -> None:
        session = over()
        name = put(session, UserFactory(employee_number="000123", name="髙橋 𠮷")).person.name
        UserFactory(employee_number="777", name="別人")
        found = faults(
            session,
            ["０００１２３", name, "来た", "", "", "", ""],
            ["9999", "", "出席", "", "", "", ""],
            ["000123", "高橋 𠮷", "出席", "", "", "", ""],
            [123, "髙橋𠮷", "出席", "○", "1001", "5.1", ""],
            [123, "", "欠席", "○", "", "", ""],
            ["", "誰か", "出席", "", "", "", ""],
            ["777", "", "", "", 80, "", ""],
            ["u-777", "", "出席", "?", date(2022, 10, 1), "よい", ""],
        )
        assert set(found) == {"C2", "A3", "B4", "A5", "E5", "F5", "A6", "D6", "A7", "C8", "A9", "D9", "E9", "F9"}
        assert found["A3"] == "職員番号「9999」の職員はいません。"
        assert "髙橋 𠮷さんで、「高橋 𠮷」ではありません" in found["B4"]
        assert found["E5"] == "「テスト」は0から1,000まで" + "の数（小数は1桁まで）で書いてください。"
        assert found["A6"] == "この職員はA2にもあります。"
        assert found["D6"] == "修了にできるのは出席した人だけです。"
        assert "名簿にありません" in found["C8"]

    def test_full_width_digits_numbers_and_words_are_read(self) -> None:
        session = over()
        person = put(session, UserFactory(employee_number="000123")).person
        reading = read_roll(book([123, person.name, "出", "済", "８８．５", "４", "よく聞いていた"]), session)
        assert reading.faults == []
        (line,) = reading.lines
        assert (line.person, line.place) == (person, "A2")
        assert line.values == {"state": "completed", "test_score": Decimal("88.5"), "satisfaction": Decimal(4)}

    def test_columns_that_are_missing_change_nothing(self) -> None:
        session = over()
        row = put(session, worker(), "attended", test_score=70)
        content = book([row.person.employee_number, "欠席"], head=["職員番号", "出欠"])
        (line,) = read_roll(content, session).lines
        assert line.values == {"state": "absent"}

    def test_headings_missing_or_twice(self) -> None:
        session = over()
        content = book(["1", "", "", "", ""], head=["職員番号", "氏名", "氏名", "修了", "修了"])
        texts = {fault.address: fault.text for fault in read_roll(content, session).faults}
        assert set(texts) == {"C1", "E1", "A1"}
        assert "出欠" in texts["A1"]


def many_people(count: int) -> list[User]:
    unit = Unit.objects.create(code="99999", name="多数課", kind="section")
    people = [User(employee_number=f"n{n:05d}", name=f"職員{n}", unit=unit) for n in range(count)]
    return User.objects.bulk_create(people)


class TestImport:
    def test_three_thousand_rows_with_a_preview_in_as_many_queries_as_three(self, personnel: Any) -> None:
        people = many_people(MANY)
        session, small = over(capacity=None), over(capacity=None)
        Enrolment.objects.bulk_create(
            Enrolment(session=session, person=person, unit=person.unit, state="enrolled") for person in people[:2000]
        )
        rows = [[person.employee_number, person.name, "出席", "○", 80, 4, ""] for person in people]
        broken = [row[:] for row in rows]
        broken[9][0], broken[1999][4], broken[2999][2] = "n99999", "八十", "早退"
        upload, reading = keep_workbook(session=session, name="x.xlsx", content=book(*broken), by=personnel)
        assert upload is None
        assert [fault.address for fault in reading.faults] == ["A11", "E2001", "C3001"]
        assert not Upload.objects.exists()
        upload, _reading = keep_workbook(session=session, name="x.xlsx", content=book(*rows), by=personnel)
        few, _reading = keep_workbook(session=small, name="y.xlsx", content=book(*rows[:3]), by=personnel)
        assert upload
        assert few
        with CaptureQueriesContext(
            connection,
        ) as large_ones:
            plan = plan_workbook(upload, session)
        with CaptureQueriesContext(connection) as small_ones:
            plan_workbook(few, small)
        assert len(large_ones) == len(small_ones) == 3
        assert (len(plan.changed), len(plan.new), plan.unchanged) == (2000, 1000, 0)
        assert not Enrolment.objects.filter(state="completed").exists(), "nothing is stored before the yes"
        take_over_roll(upload=upload, session=session, mark=plan.mark, by=personnel)
        assert Enrolment.objects.filter(session=session, state="completed", test_score=80).count() == MANY
        assert Enrolment.objects.order_by().values("certificate_number").distinct().count() == MANY

    def test_stale_foreign_and_second_clicks(self, personnel: Any, client_for: Any) -> None:
        session = over()
        row, other = put(session, worker()), put(session, worker())
        content = book([row.person.employee_number, "", "出席", "", "", "", ""])
        upload, _reading = keep_workbook(session=session, name="x.xlsx", content=content, by=personnel)
        assert upload
        assert find_roll(upload.uid, session, user_with("personnel")) is None
        assert find_roll(upload.uid, over(), personnel) is None
        address = f"/training/sessions/{session.uid}/roll/upload/{upload.uid}/"
        colleague = client_for(user_with("personnel"))
        assert colleague.get(address).status_code == 404
        client = client_for(personnel)
        mark = form_of(client.get(address), "mark")["mark"]
        say(session, "absent", other.person, by=personnel)
        assert client.post(address, {"mark": mark}).status_code == 409
        row.refresh_from_db()
        assert row.state == "enrolled"
        mark = form_of(client.get(address), "mark")["mark"]
        for _click in range(2):
            assert client.post(address, {"mark": mark})["Location"] == f"/training/sessions/{session.uid}/roll/"
        row.refresh_from_db()
        assert (row.state, row.version, RollImport.objects.count()) == ("attended", 2, 1)

    def test_a_round_trip_changes_nothing(self, personnel: Any, client_for: Any) -> None:
        session = over()
        for state in EnrolmentState.values:
            put(session, worker(name=f"髙橋 𠮷{state}"), state)
        put(session, worker(), "completed", test_score=Decimal("88.5"), satisfaction=4, certificate_number="x")
        client = client_for(personnel)
        content = client.get(f"/training/sessions/{session.uid}/roll/form/").content
        upload, reading = keep_workbook(session=session, name="x.xlsx", content=content, by=personnel)
        assert reading.faults == []
        assert upload
        plan = plan_workbook(upload, session)
        assert (plan.changes_nothing, plan.unchanged) == (True, 6)
        assert "取り込むものはありません" in text_of(
            client.get(f"/training/sessions/{session.uid}/roll/upload/{upload.uid}/")
        )

    def test_the_page_tells_faults_and_refuses_before_the_day(self, personnel: Any, client_for: Any) -> None:
        client = client_for(personnel)
        session = over(keeps_roll=False, applied=34)
        address = f"/training/sessions/{session.uid}/roll/upload/"
        sent = {"file": SimpleUploadedFile("名簿.xlsx", book(["nobody", "", "出席", "", "", "", ""]))}
        response = client.post(address, sent)
        assert response.status_code == 422
        assert "A2" in text_of(response)
        ahead = open_session()
        sent = {"file": SimpleUploadedFile("名簿.xlsx", book(["1", "", "出席", "", "", "", ""]))}
        response = client.post(f"/training/sessions/{ahead.uid}/roll/upload/", sent)
        assert response.status_code == 422
        assert "実施日から" in text_of(response)
        assert "申込34人" in text_of(client.get(f"/training/sessions/{session.uid}/roll/"))


class TestScreen:
    def test_results_numbers_and_all_present_by_one_click(self, personnel: Any, client_for: Any) -> None:
        session = over()
        first, second, third = (put(session, worker()) for _each in range(3))
        (waiting,) = queue(session, 1)
        client = client_for(personnel)
        address = f"/training/sessions/{session.uid}/roll/"
        mark = form_of(client.get(address), "mark")["mark"]
        sent = {f"result_{first.pk}": "completed", f"test_{first.pk}": "１０１０", f"result_{second.pk}": "absent"}
        response = client.post(address, {"mark": mark, **sent, "all_present": "1"})
        assert response.status_code == 422
        assert "「テスト」は0から1,000まで" in text_of(response)
        sent[f"test_{first.pk}"] = "９０"
        assert client.post(address, {"mark": mark, **sent, "all_present": "1"}).status_code == 302
        states = [Enrolment.objects.get(pk=row.pk).state for row in (first, second, third, waiting)]
        assert states == ["completed", "absent", "attended", "waiting"]
        assert client.post(address, {"mark": mark, **sent}).status_code == 409, "the page is from before"
        first.refresh_from_db()
        assert first.test_score == 90

    def test_who_keeps_no_roll_is_refused_and_queries_do_not_grow(self, personnel: Any, client_for: Any) -> None:
        session = over(capacity=None)
        people = cast(session.course.lead_unit)
        address = f"/training/sessions/{session.uid}/roll/"
        for name in set(people) - {"personnel"}:
            for page in ("", "form/", "upload/"):
                assert client_for(people[name]).get(f"{address}{page}").status_code == 403, name
        client = client_for(personnel)
        counts = []
        for number in (3, 27):
            for _each in range(number):
                put(session, worker())
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestFollowUp:
    def test_the_person_alone_and_from_three_months_on(self) -> None:
        people = cast()
        early = put(over(date=date(2022, 7, 15)), people["person"], "completed")
        attended = put(over(date=date(2022, 4, 1)), people["person"], "attended")
        ripe = put(over(date=date(2022, 7, 14)), people["person"], "completed")
        for row in (early, attended):
            with pytest.raises(Unmet):
                follow_up(enrolment=row, follow_up="used", follow_up_text="", by=people["person"])
        for name in ("own manager", "personnel"):
            with pytest.raises(Forbidden):
                follow_up(enrolment=ripe, follow_up="used", follow_up_text="", by=people[name])
        follow_up(enrolment=ripe, follow_up="not_yet", follow_up_text="まだ。", by=people["person"])
        follow_up(enrolment=ripe, follow_up="used", follow_up_text="集計に使う。", by=people["person"])
        ripe.refresh_from_db()
        assert (ripe.follow_up, ripe.follow_up_text, ripe.followed_up_on) == ("used", "集計に使う。", TODAY)
        assert any(change.old == "まだ。" for entry in entries_of(ripe) for change in entry.changes)

    def test_a_course_shows_means_from_five_answers_on(self) -> None:
        course = CourseFactory()
        session = over(course=course, date=TODAY - timedelta(200))
        for number in range(4):
            put(session, worker(), "completed", test_score=80 + number, satisfaction=4, follow_up="used")
        assert outcome_of(course) is None
        put(session, worker(), "completed", test_score=91, follow_up="not_yet")
        outcome = outcome_of(course)
        assert outcome
        assert (outcome.test.value, outcome.test.people) == (Decimal("83.4"), 5)
        assert (outcome.satisfaction.value, outcome.satisfaction.people) == (None, None)
        assert (outcome.used.value, outcome.used.people) == (None, None), "it would tell of one and of four"
        for number in range(5):
            put(session, worker(), "completed", follow_up="not_yet" if number else "used")
        outcome = outcome_of(course)
        assert outcome
        assert (outcome.used.value, outcome.used.people) == (50, 10)

    def test_the_mean_of_a_course_and_that_of_the_results_have_the_same_sessions(self) -> None:
        """Or the two would give the score of a single person in a session that nobody has closed yet."""
        course = CourseFactory()
        session, other = over(course=course), over(course=course, state="open")
        for _each in range(5):
            put(session, worker(), "completed", test_score=80)
        put(other, worker(), "completed", test_score=20)
        outcome = outcome_of(course)
        (answers,) = answers_by_course(FiscalYear(2022), user_with("headquarters"))
        assert outcome
        assert (outcome.test.value, outcome.test.people) == (answers.test_mean, answers.tests) == (80, 5)
