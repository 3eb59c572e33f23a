"""The pages of enrolments and invitations, who finds them, and the certificate."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import Notice
from apps.core.waiting import tasks_of
from apps.organization.models import City
from apps.training.exports.certificate import certificate, certificate_words
from apps.training.models import Candidate, Enrolment
from tests.factories import (
    CourseFactory,
    CurriculumItemFactory,
    RecognitionFactory,
    RoleFactory,
    SessionFactory,
    TalentProfileFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import form_of, text_of
from tests.training.people import TODAY, cast, open_session, put, queue, worker

pytestmark = pytest.mark.django_db
THREE = {"person", "own manager", "personnel"}


def test_an_enrolment_is_found_by_the_three_alone(client_for: Any) -> None:
    session = SessionFactory(state="held", date=date(2022, 6, 1), keeps_roll=True)
    people = cast(session.course.lead_unit)
    row = put(session, people["person"], "completed", certificate_number="2022-0001")
    for page in ("", "certificate/"):
        for name, user in people.items():
            status = client_for(user).get(f"/training/enrolments/{row.uid}/{page}").status_code
            assert status == (200 if name in THREE else 404), (page, name)
    follow_up = f"/training/enrolments/{row.uid}/follow-up/"
    statuses = {name: client_for(user).get(follow_up).status_code for name, user in people.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"person"}
    assert {name for name, status in statuses.items() if status == 403} == THREE - {"person"}


def test_a_manager_no_longer_finds_those_who_have_left(client_for: Any) -> None:
    people = cast()
    row = put(SessionFactory(state="held", date=date(2022, 6, 1), keeps_roll=True), people["person"], "completed")
    people["person"].is_active = False
    people["person"].save()
    address = f"/training/enrolments/{row.uid}/"
    assert client_for(people["own manager"]).get(address).status_code == 404
    assert client_for(people["personnel"]).get(address).status_code == 200


def test_one_enrols_waits_and_withdraws_on_the_pages(client_for: Any) -> None:
    session, person = open_session(capacity=1), worker()
    put(session, worker())
    queue(session, 2)
    client = client_for(person)
    page = f"/training/sessions/{session.uid}/"
    assert "満席です" in text_of(client.get(f"{page}enrol/"))
    first = client.post(f"{page}enrol/", follow=True)
    assert "補欠3番目" in text_of(first)
    second = client.post(f"{page}enrol/")
    assert Enrolment.objects.filter(person=person).count() == 1
    assert "補欠3番目" in text_of(client.get(page))
    withdraw = f"{second['Location']}withdraw/"
    sent = form_of(client.get(withdraw), "version")
    assert client.post(withdraw, sent).status_code == 302
    assert client.post(withdraw, sent).status_code == 422, "a second click is told"
    assert Enrolment.objects.get(person=person).state == "withdrawn"


def test_a_manager_chooses_among_the_own_people_and_personnel_names_anybody(client_for: Any) -> None:
    session = open_session()
    people = cast()
    page = f"/training/sessions/{session.uid}/enrol-person/"
    manager = client_for(people["own manager"])
    assert manager.post(page, {"person": people["secretariat"].employee_number}).status_code == 422
    assert manager.post(page, {"person": people["person"].employee_number}).status_code == 302
    assert client_for(people["personnel"]).post(page, {"named": people["secretariat"].name}).status_code == 302
    assert client_for(people["secretariat"]).get(page).status_code == 403
    assert set(Enrolment.objects.values_list("person", flat=True)) == {
        people["person"].pk,
        people["secretariat"].pk,
    }


class TestInviting:
    def test_a_pasted_list_is_told_line_by_line_and_nothing_is_half_done(self, client_for: Any) -> None:
        session = open_session()
        UserFactory(name="山田 太郎"), UserFactory(name="山田　太郎")
        here, there = UserFactory(name="髙橋 隼人"), UserFactory(employee_number="u900")
        UserFactory(name="去った 人", is_active=False)
        client = client_for(user_with("secretariat"))
        page = f"/training/sessions/{session.uid}/invite/"
        listed = "髙橋隼人\t情報戦略課\nｕ９００\n\n山田太郎\n去った 人\n高橋隼人"
        response = client.post(page, {"way": "list", "listed": listed, "invite": "1"})
        assert response.status_code == 422
        text = text_of(response)
        assert "4行目：「山田太郎」は複数います" in text
        assert "5行目：職員番号または氏名が「去った 人」の在職者はいません。" in text
        assert "6行目：" in text
        assert not Enrolment.objects.exists()
        sent = {"way": "list", "listed": "髙橋隼人\nu900\nU900"}
        preview = client.post(page, sent)
        assert "招待の対象：2人" in text_of(preview)
        assert not Enrolment.objects.exists()
        mark = form_of(preview, "mark")["mark"]
        other = client.post(page, {"way": "list", "listed": "u900", "mark": mark, "invite": "1"})
        assert "対象者が先ほどと変わりました" in text_of(other)
        put(session, there, "withdrawn")
        done = client.post(page, {**sent, "mark": mark, "invite": "1"}, follow=True)
        assert "すでに名簿にある人は除いています" in text_of(done)
        assert dict(Enrolment.objects.values_list("person", "state")) == {here.pk: "invited", there.pk: "withdrawn"}
        assert [notice.person for notice in Notice.objects.all()] == [here]
        assert [task.title for task in tasks_of(here)] == [f"研修への招待：{session}"]

    def test_by_units_with_all_below_and_by_profile_with_few_hidden(self, client_for: Any) -> None:
        session = open_session()
        department = UnitFactory(kind="department")
        section = UnitFactory(parent=department)
        inside = [
            UserFactory(unit=department),
            UserFactory(unit=section),
            UserFactory(unit=UnitFactory(parent=section)),
        ]
        page = f"/training/sessions/{session.uid}/invite/"
        secretary, personnel = client_for(user_with("secretariat")), client_for(user_with("personnel"))
        response = secretary.post(page, {"way": "units", "units": [department.pk]})
        assert "招待の対象：3人" in text_of(response)
        profile = TalentProfileFactory()
        for person in inside:
            Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
        sent = {"way": "profile", "profile": profile.pk, "belonging": ["candidates"]}
        assert "招待の対象：5人未満" in text_of(secretary.post(page, sent))
        assert "招待の対象：3人" in text_of(personnel.post(page, sent))
        assert secretary.post(page, {**sent, "belonging": ["recognised"]}).status_code == 422
        mark = form_of(personnel.post(page, sent), "mark")["mark"]
        assert "3人を招待しました" in text_of(personnel.post(page, {**sent, "mark": mark, "invite": "1"}, follow=True))

    def test_no_mark_and_no_number_says_who_or_how_few_belong_to_a_profile(self, client_for: Any) -> None:
        """The mark of a guessed list is never that of the profile, and no difference of numbers is under five."""
        profile, session, section = TalentProfileFactory(), open_session(), UnitFactory()
        people = [UserFactory(unit=section) for _each in range(9)]
        for person in people:
            Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
        page = f"/training/sessions/{session.uid}/invite/"
        lead = client_for(user_with("promoter", unit=session.course.lead_unit))
        both = {"way": "profile", "profile": profile.pk, "belonging": ["candidates", "recognised"]}
        sent = {**both, "belonging": ["candidates"]}
        guessed = {"way": "list", "listed": "\n".join(person.employee_number for person in people)}
        found, marks = [], []
        for said in (both, sent, guessed, {"way": "units", "units": [section.pk]}):
            preview = lead.post(page, said)
            found.append("招待の対象：9人" in text_of(preview))
            marks.append(form_of(preview, "mark")["mark"])
        assert found == [True] * 4
        assert len(set(marks)) == 4
        for person in people[:7]:
            RecognitionFactory(person=person, profile=profile)
        # The page of the profile says 7 belong to it: 9 less 7 are 2.
        for said in (both, sent):
            assert "招待の対象：5人以上" in text_of(lead.post(page, said))
            assert "招待の対象：9人" in text_of(client_for(user_with("personnel")).post(page, said))
        assert "招待の対象：7人" in text_of(lead.post(page, {**both, "belonging": ["recognised"]}))

    def test_who_invites(self, client_for: Any) -> None:
        session = open_session()
        people = cast(session.course.lead_unit)
        page = f"/training/sessions/{session.uid}/invite/"
        allowed = {name for name, user in people.items() if client_for(user).get(page).status_code == 200}
        assert allowed == {"personnel", "secretariat", "lead unit"}


def test_a_session_whose_enrolments_are_taken_elsewhere_says_so_and_offers_no_button(client_for: Any) -> None:
    session = open_session(keeps_roll=False, applied=34)
    page = f"/training/sessions/{session.uid}/"
    text = text_of(client_for(user_with("manager", "personnel")).get(page))
    assert "主管課に問い合わせてください" in text
    assert "受講者名簿" in text
    for word in ("enrol/", "enrol-person/", "invite/"):
        assert f"{page}{word}" not in text
    open_page = f"/training/sessions/{open_session().uid}/"
    text = text_of(client_for(worker()).get(open_page))
    assert f"{open_page}enrol/" in text
    assert "令和4年11月16日まで" in text
    for word in ("enrol-person/", "invite/", "roll/"):
        assert f"{open_page}{word}" not in text


def test_my_work_asks_three_months_later_until_it_is_answered(client_for: Any) -> None:
    person = worker()
    row = put(SessionFactory(state="held", date=date(2022, 7, 14), keeps_roll=True), person, "completed")
    (task,) = tasks_of(person)
    assert task.title == f"活用状況を回答する：{row.session}"
    client = client_for(person)
    sent = {**form_of(client.get(task.url), "version"), "follow_up": "partly", "follow_up_text": "集計で。"}
    assert client.post(task.url, sent).status_code == 302
    assert tasks_of(person) == []
    assert client.post(task.url, {**sent, "follow_up": "used"}).status_code == 409, "no answer is lost in silence"


def test_the_certificate_prints_every_name_and_stays_the_same() -> None:
    City.objects.create(name="汐見野市", code="000000")
    mayor = UserFactory(name="潮田 一成", position="市長", unit=None)
    RoleFactory(user=mayor, kind="chief", unit=None)
    course = CourseFactory(name="データの読み方")
    CurriculumItemFactory(course=course, hours="1.5")
    CurriculumItemFactory(course=course, hours="2")
    session = SessionFactory(course=course, title="", state="held", date=date(2022, 9, 29), keeps_roll=True)
    row = put(session, worker(name="髙橋 𠮷郎"), "completed", certificate_number="2022-0001")
    words = certificate_words(row)
    assert (words["number"], words["name"]) == ("第2022-0001号", "髙橋 𠮷郎　殿")
    assert words["facts"] == [["研修", "データの読み方"], ["時間数", "3.5時間"], ["修了日", "令和4年9月29日"]]
    assert (words["office"], words["signed"]) == ("汐見野市長", "潮田 一成")
    pdf = certificate(row)
    assert pdf.startswith(b"%PDF-")
    assert pdf == certificate(row)


def test_the_pages_of_a_session_cost_the_same_however_many_take_part(client_for: Any) -> None:
    session, counts = open_session(capacity=None), []
    client = client_for(user_with("manager", "personnel"))
    for number in (3, 27):
        for _each in range(number):
            put(session, worker())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/training/sessions/{session.uid}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
