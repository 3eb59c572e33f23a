"""Personal records appear nowhere else: every address is walked as every role, and looked through for marks.

The marks are words, a score and a certificate's number that stand in the records of one person and nowhere else in the
city. A name is a mark, too, on the pages that have no other reason to say it. An address that this test cannot build
fails it, so that whoever adds a page adds it here, too.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps as installed
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.core.history import act
from apps.core.models import Notice
from apps.core.pages import ListPage
from apps.core.pages.files import EXPORTS
from apps.core.record_kinds import record_kinds
from apps.core.registry import events
from apps.organization.choices import RoleKind
from apps.organization.models import Unit, User
from apps.reports.models import Report
from apps.reports.services.compose import compose
from apps.training.choices import EnrolmentState, FollowUp, SessionState, TransferKind
from apps.training.models import (
    Candidate,
    Course,
    Enrolment,
    KnownTransfer,
    Recognition,
    Session,
    Skill,
    SkillRecord,
    TalentProfile,
)
from apps.training.services import enrolments
from apps.training.views import SessionDetail
from tests.factories import RoleFactory, SessionFactory, UnitFactory, UserFactory, user_with

pytestmark = pytest.mark.usefixtures("demo_city")

NAME, SCORE, CERTIFICATE = "𠮷﨑 髙乃", "617.5", "修-鵺-0617"
WORDS = ("鵺の声を集計に使う", "鵺の認定の覚書", "鵺番の窓口", "鵺の技能の覚書", "鵺の欠席の理由")
SECRET = "鵺の異動の覚書"  # known transfers: the personnel section alone
MARKS = (*WORDS, SECRET, SCORE, CERTIFICATE)
# A colleague's name stands in lists of staff, and no page of these has a reason to say it.
NAMELESS = re.compile(r"/(training|dashboard|reports|notices|jobs|lists|search)/|/$|/api/")
STAFF = ("/handover/", "/units/", "/talk/people.json")
OTHERS = [kind for kind in RoleKind if kind not in {RoleKind.PERSONNEL, RoleKind.MANAGER}]

# What fills an address in: of the prefixes that fit the longest counts.
RECORDS = {
    "hurdles/": "hurdles.Hurdle",
    "hurdles/common/": "hurdles.CommonHurdle",
    "hurdles/solved/": "hurdles.SolvedCase",
    "roadmap/visions/": "roadmap.Vision",
    "roadmap/policies/": "roadmap.Policy",
    "roadmap/initiatives/": "roadmap.Initiative",
    "roadmap/baselines/": "roadmap.Baseline",
    "budget/proposals/": "budget.Proposal",
    "budget/grants/": "budget.GrantProgramme",
    "budget/plans/": "budget.IntroductionPlan",
    "budget/plans/criteria/": "budget.ReviewCriterion",
    "budget/intents/": "budget.Intent",
    "budget/export/formats/": "budget.FinanceFileFormat",
    "petitions/": "petitions.Petition",
    "decisions/meetings/": "decisions.Meeting",
    "decisions/directives/": "decisions.Directive",
    "decisions/policies/": "roadmap.Policy",
    "reviews/": "reviews.Reflection",
    "reports/": "reports.Report",
}
# A part of a record, of which the page of the record says all: a number that some records have and others have not.
PARTS = {"part", "voice", "needs", "other", "hurdle", "link", "milestone", "evaluation", "item", "lesson"}
NOT_WALKED = {
    "logout": "ends the session of who walks",
    "training:session-roll-preview": "a workbook that the personnel section has just sent: test_rolls.py",
    "budget:form-detail": "a form that a city has uploaded; the list of forms is walked",
    "budget:form-fill": "a form that a city has uploaded",
    "budget:form-archive": "a form that a city has uploaded",
    "budget:request-file": "a file of the request that a job has prepared for who asked for it",
    "budget:request-prepare": "takes a press of a button, and leads to the job",
    "budget:finance-preview": "a file of the finance system that one has just sent",
    "organization:workload-preview": "a workbook of hours that one has just sent",
    "lists:search-open": "a saved search, which only its owner opens",
    "lists:search-change": "a saved search, which only its owner changes",
    "core:job-detail": "a job, which who asked for it sees; the list of jobs is walked",
    "core:job-state": "a job, which who asked for it sees",
    "core:job-cancel": "a job, which who asked for it sees",
    "core:watch-stop": "a watch, which is its owner's",
    "core:comment-withdraw": "a comment of somebody",
    "core:attachment-download": "a file that somebody attached; personal records take none",
    "core:attachment-withdraw": "a file that somebody attached",
    "reports:draft-detail": "what compose() gives, which is looked through itself",
    "reports:draft-file": "what compose() gives, which is looked through itself",
}


@dataclass
class Marked:
    """The person, who may see the records, and the records themselves."""

    person: User
    manager: User
    personnel: User
    outsider: User
    session: Session
    enrolment: Enrolment
    recognition: Recognition
    transfer: KnownTransfer
    candidate: Candidate
    skill: SkillRecord


@pytest.fixture
def marked(demo_city: None) -> Marked:
    """Every kind of personal record of one person, written with its entry in the history, and a notice."""
    section = Unit.objects.filter(kind="section").order_by("pk")[3]
    person = user_with(RoleKind.VIEWER, unit=section, name=NAME, kana="よしざき たかの")
    manager, personnel = user_with(RoleKind.MANAGER, unit=section), user_with(RoleKind.PERSONNEL)
    elsewhere = UnitFactory(kind="section")
    outsider = UserFactory(unit=elsewhere)
    for kind in (*OTHERS, RoleKind.MANAGER):
        RoleFactory(user=outsider, kind=kind, unit=elsewhere)
    course = Course.objects.order_by("pk").first()
    session = SessionFactory(
        course=course, keeps_roll=True, state=SessionState.HELD, date=date(2022, 6, 20), capacity=None
    )
    coming = SessionFactory(course=course, keeps_roll=True, state=SessionState.OPEN, date=date(2022, 12, 1))
    with act(events["training.enrolment.enrolled"], by=personnel, reason=WORDS[4]):
        enrolment = Enrolment.objects.create(
            session=session,
            person=person,
            unit=section,
            state=EnrolmentState.COMPLETED,
            test_score=Decimal(SCORE),
            follow_up=FollowUp.USED,
            follow_up_text=WORDS[0],
            certificate_number=CERTIFICATE,
        )
        profile = TalentProfile.objects.order_by("pk").first()
        recognition = Recognition.objects.create(
            person=person,
            profile=profile,
            recognised_on=date(2022, 7, 1),
            basis="experience",
            note=WORDS[1],
            placed_on=date(2022, 8, 1),
            placed_as=WORDS[2],
        )
        candidate = Candidate.objects.create(person=person, profile=profile, named_on=date(2022, 6, 1))
        reached = Skill.objects.order_by("pk").first() or Skill.objects.create(name="集計")
        skill = SkillRecord.objects.create(
            person=person, skill=reached, level=2, reached_on=date(2022, 6, 20), note=WORDS[3]
        )
        transfer = KnownTransfer.objects.create(
            person=person, kind=TransferKind.LEAVING, effective_on=date(2023, 3, 31), note=SECRET
        )
    enrolments.enrol_person(session=coming, person=person, by=manager)
    return Marked(person, manager, personnel, outsider, session, enrolment, recognition, transfer, candidate, skill)


def routes(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address but the admin's: its name, its route, and the page."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", route, getattr(each.callback, "view_class", None)
        elif each.namespace != "admin":
            yield from routes(each, route, f"{each.namespace}:" if each.namespace else space)


def values(marked: Marked) -> dict[str, Any]:
    """What stands for a record in an address, by the beginning of the route."""
    found: dict[str, Any] = {}
    for prefix, label in RECORDS.items():
        record = installed.get_model(label).objects.order_by("pk").first()
        found[prefix] = getattr(record, "address", None) or getattr(record, "uid", None) or record.pk
    return found | {
        "training/plans/": Course.objects.filter(plan__isnull=False).first().plan.address,
        "training/profiles/": marked.recognition.profile.uid,
        "training/courses/": marked.session.course.uid,
        "training/sessions/": marked.session.uid,
        "training/people/": marked.person.employee_number,
        "training/people/<str:number>/candidacies/": marked.candidate.pk,
        "training/people/<str:number>/skills/": marked.skill.pk,
        "training/recognitions/": marked.recognition.uid,
        "training/transfers/": marked.transfer.uid,
        "training/enrolments/": marked.enrolment.uid,
        "budget/appraisal/": 2023,
        "handover/": marked.person.employee_number,
        "notices/": Notice.objects.filter(person=marked.person).latest("pk").pk,
        "workload/": 1,
        "budget/years/": 2023,
    }


# Parameters that say what they want by themselves.
CHOICES = {"year": "2022", "kind": "docx", "number": "1", "level": "1"}
KINDS = {"units/reorganize/": "rename", "handover/": "docx", "budget/plans/": "docx"}


def addresses(route: str, marked: Marked, records: dict[str, Any]) -> list[str]:
    """The paths of a route; none where the table above does not know how to fill it in."""
    if route.startswith("talk/<str:kind>/"):
        told = {"training.session": marked.session, "training.enrolment": marked.enrolment}
        told["training.course"] = marked.session.course
        rest = route.removeprefix("talk/<str:kind>/<uuid:uid>/")
        return [f"/talk/{kind}/{record.uid}/{rest}" for kind, record in told.items() if kind in record_kinds] or ["/"]
    path = "/" + route
    for at, place in enumerate(re.finditer(r"<(?:\w+:)?(\w+)>", route)):
        value = _value(place.group(1), route[: place.start()], records, first=at == 0)
        if value is None:
            return []
        path = path.replace(place.group(0), str(value), 1)
    return [path]


def _value(parameter: str, before: str, records: dict[str, Any], *, first: bool) -> Any:
    fitting = [prefix for prefix in records if (before.startswith(prefix) if first else before == prefix)]
    if fitting:
        return records[max(fitting, key=len)]
    for prefix, kind in KINDS.items():
        if parameter == "kind" and before.startswith(prefix):
            return kind
    if not first and parameter in PARTS:
        return 1
    return CHOICES.get(parameter) if not first else None


def walk(marked: Marked, only: str = "") -> Iterator[tuple[str, Any]]:
    """All paths with their pages; each route gives at least one or is named with a reason."""
    records, unknown = values(marked), []
    for name, route, page in routes():
        if name in NOT_WALKED or not ("/" + route).startswith(only or "/"):
            continue
        paths = addresses(route, marked, records)
        if not paths:
            unknown.append(f"{name} {route}")
        yield from ((path, page) for path in paths)
    assert unknown == [], "no test knows these addresses: add what fills them in, or a reason"


def first_pages(marked: Marked) -> Iterator[tuple[str, Any]]:
    """What one sees first, and what is told of a person who leaves."""
    paths = ("/", "/dashboard/", "/notices/", "/handover/", f"/handover/{marked.person.employee_number}/")
    return iter([(path, None) for path in paths])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(response: Any) -> str:
    """What an answer says: the page, the file, and within a workbook or a Word file its parts."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(each).decode("utf-8", "replace") for each in parts.namelist())
    if content.startswith(b"%PDF"):
        return pdf_words(content)
    charset = "cp932" if "cp932" in response.headers.get("Content-Type", "") else "utf-8"
    return content.decode(charset, "replace") + response.headers.get("Location", "")


def pdf_words(content: bytes) -> str:
    """What a reader of the PDF sees; its bytes are compressed, and their offsets look like amounts."""
    if shutil.which("pdftotext") is None:
        return ""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, check=True, capture_output=True, timeout=60)
    return read.stdout.decode()


def marks_in(path: str, words: str, *, own_name: bool = False) -> list[str]:
    """The marks that stand in an answer to this path."""
    found = [mark for mark in MARKS if mark in words]
    place = path.partition("?")[0]
    if not own_name and NAMELESS.search(place) and not place.startswith(STAFF) and NAME in words:
        found.append(NAME)
    return found


def leaks(user: User, paths: Iterator[tuple[str, Any]], *, exports: bool = False) -> dict[str, list[str]]:
    """The paths at which this person reads a mark, files of lists included."""
    client, found = client_of(user), {}
    for path, page in paths:
        asked = [path]
        if exports and page and issubclass(page, ListPage):
            asked += [f"{path}?format={each}" for each in EXPORTS] + [f"{path}?q={NAME}", f"{path}?q={WORDS[1]}"]
        for each in asked:
            response = client.get(each)
            words = words_of(response).replace(f'value="{WORDS[1]}"', "").replace(f'value="{NAME}"', "")
            if marks := marks_in(each, words):
                found[each] = marks
    return found


def test_who_holds_every_other_role_finds_no_mark_anywhere(marked: Marked) -> None:
    """All roles at once but those of the personnel section and of the own manager: what one of them sees, it sees."""
    assert leaks(marked.outsider, walk(marked), exports=True) == {}


@pytest.mark.parametrize("kind", [*OTHERS, RoleKind.MANAGER])
def test_each_role_alone_finds_no_mark_in_the_training(marked: Marked, kind: RoleKind) -> None:
    user = user_with(kind, unit=marked.outsider.unit)
    assert leaks(user, walk(marked, "/training/")) == {}
    assert leaks(user, first_pages(marked)) == {}


def test_a_colleague_and_the_lead_unit_find_none_either(marked: Marked) -> None:
    user = user_with(RoleKind.PROMOTER, unit=marked.person.unit)
    RoleFactory(user=user, kind=RoleKind.PROMOTER, unit=marked.session.course.lead_unit)
    assert leaks(user, walk(marked, "/training/")) == {}


def test_the_person_and_the_own_manager_read_all_but_the_transfer_and_only_in_its_place(marked: Marked) -> None:
    own = "my-record|people|enrolments|recognitions|selected-people|sessions/[^/]+/enrol"
    allowed = re.compile(rf"/training/({own})|/$|/notices/")
    for user in (marked.person, marked.manager):
        client = client_of(user)
        seen: dict[str, str] = {}
        for path, _page in (*walk(marked, "/training/"), *first_pages(marked)):
            words = words_of(client.get(path))
            assert SECRET not in words, (user.pk, path)
            if marks_in(path, words, own_name=user == marked.person):
                seen[path] = words
        assert [path for path in seen if not allowed.search(path)] == []
        assert WORDS[2] in seen[f"/training/people/{marked.person.employee_number}/"]
        assert WORDS[0] in "".join(seen.values())


def test_the_personnel_section_reads_them_in_their_places(marked: Marked) -> None:
    """The test can see: where the marks belong, it finds them, and every address of the training is that of a page."""
    found = leaks(marked.personnel, walk(marked))
    client, below = client_of(marked.personnel), re.compile(r"/(courses|sessions|plans)/[^/]+/[^/]+/")
    paths = [path for path, _page in walk(marked, "/training/") if not below.search(path)]
    assert [path for path in paths if client.get(path).status_code == 404] == []
    roll = reverse("training:session-roll", args=[marked.session.uid])
    assert {NAME, SCORE} <= set(found[roll])
    assert SECRET in found[reverse("training:transfer-list")]
    assert [path for path in found if not path.startswith(("/training/", "/notices/")) and path != "/"] == []
    open_pages = (marked.session.get_absolute_url(), marked.session.course.get_absolute_url())
    assert not set(open_pages) & found.keys(), "not even the personnel section, on a page that all staff open"


def test_a_page_that_leaks_is_found(marked: Marked, monkeypatch: pytest.MonkeyPatch) -> None:
    told = f"{NAME} {SCORE}"
    monkeypatch.setattr(SessionDetail, "get_title", lambda _self: told)
    found = leaks(marked.outsider, walk(marked, "/training/sessions/"))
    assert found[marked.session.get_absolute_url()] == [SCORE, NAME]


def test_reports_say_none(marked: Marked) -> None:
    """Web page, Word, PDF and JSON are written from this one document."""
    for report in Report.objects.all():
        assert marks_in("/reports/", str(compose(report, number=1).as_json())) == []


def test_the_admin_knows_no_personal_records() -> None:
    personal = {Enrolment, Candidate, Recognition, SkillRecord, KnownTransfer}
    assert personal.isdisjoint(admin.site._registry)


def test_the_lists_of_the_admin_say_none(marked: Marked) -> None:
    boss = user_with(RoleKind.ADMINISTRATOR)
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry]
    paths = [reverse(name) for name in names]
    assert {client_of(boss).get(path).status_code for path in paths} == {200}
    assert leaks(boss, iter([(path, None) for path in paths])) == {}
