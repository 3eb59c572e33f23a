"""staff.yaml and rolls.yaml in the demo city: the people of the sections, and who came to which session."""

from collections import Counter
from decimal import Decimal
from statistics import mean

import pytest
from django.db.models import Count, Q

from apps.organization.models import Unit, User
from apps.training.choices import APPLIED, CAME, EnrolmentState
from apps.training.models import Course, Enrolment, Session, SkillRecord, TalentProfile
from apps.training.selectors.disclosure import with_numbers
from tests.city.demo_city import PASSWORD, person

pytestmark = pytest.mark.usefixtures("demo_city")


def sections_of(*sessions: str) -> Counter[str]:
    """How many people of each section came to these sessions."""
    came = Enrolment.objects.filter(session__source_key__in=sessions, state__in=CAME)
    return Counter(came.values_list("unit__name", flat=True))


def people(session: str, *states: EnrolmentState) -> set[str]:
    held = Enrolment.objects.filter(session__source_key=session, state__in=states or APPLIED)
    return set(held.values_list("person__employee_number", flat=True))


def test_staff_hold_the_rights_of_viewers_and_nobody_signs_in_as_one_of_them():
    staff = User.objects.filter(employee_number__startswith="s")
    assert staff.count() == 112
    assert {role.kind for each in staff for role in each.roles.all()} == {"viewer"}
    assert not any(each.has_usable_password() for each in staff)
    assert person("u016").check_password(PASSWORD)


def test_staff_have_names_that_not_every_code_page_knows():
    names = "".join(User.objects.filter(employee_number__startswith="s").values_list("name", flat=True))
    assert set("髙﨑𠮷濵邊") <= set(names)
    assert all(name.strip() for name in User.objects.values_list("kana", flat=True))


def test_some_sections_have_five_and_more_people_and_some_fewer():
    sizes = {unit.name: unit.count for unit in Unit.objects.annotate(count=Count("people")) if unit.count}
    assert (sizes["市民課"], sizes["料金課"], sizes["危機管理課"], sizes["スポーツ推進課"]) == (9, 5, 2, 2)
    assert 10 <= sum(size >= 5 for size in sizes.values()) < len(sizes)


@pytest.mark.parametrize(
    ("key", "numbers"),
    {
        "T-03-1": (28, 27, 27),
        "T-07-1": (36, 31, 31),
        "T-02-1": (31, 23, 23),
        "T-05-1": (22, 19, 17),
        "T-02-2": (24, 21, 21),
    }.items(),
)
def test_a_roll_counts_what_was_reported_before(key, numbers):
    session = with_numbers(Session.objects.filter(source_key=key)).get()
    assert session.keeps_roll
    assert (session.applied_shown, session.attended_shown, session.completed_shown) == numbers
    assert (session.applied, session.attended, session.completed) == numbers


def test_sessions_without_a_roll_stay_as_reported():
    held = Session.objects.filter(state="held", keeps_roll=False)
    assert set(held.values_list("source_key", flat=True)) == {"T-01-1", "T-04-1", "T-06-1", "T-08-1", "T-09-1"}
    assert not Enrolment.objects.filter(session__keeps_roll=False).exists()


def test_the_waiting_list_of_the_first_session_for_leaders():
    session = Session.objects.get(source_key="T-02-1")
    by_state = Counter(session.enrolments.values_list("state", flat=True))
    assert by_state == {"completed": 23, "absent": 1, "waiting": 7}
    last = list(session.enrolments.order_by("applied_at").values_list("state", flat=True))[-7:]
    assert set(last) == {"waiting"}


def test_scores_and_satisfaction_fit_the_evaluation_of_the_courses():
    def satisfaction(key: str) -> Decimal:
        rows = Enrolment.objects.filter(session__course__source_key=key, satisfaction__isnull=False)
        return round(mean(rows.values_list("satisfaction", flat=True)), 1)

    first = {
        course.source_key: course.evaluations.filter(level__level=1).values_list("actual", flat=True).first()
        for course in Course.objects.all()
    }
    assert {key: satisfaction(key) for key in ("T-02", "T-03", "T-05")} == {
        key: first[key] for key in ("T-02", "T-03", "T-05")
    }
    sheets = Enrolment.objects.filter(session__source_key="T-02-1", test_score__isnull=False)
    assert round(mean(sheets.values_list("test_score", flat=True)), 1) == Decimal("6.8")
    scores = Enrolment.objects.filter(session__source_key="T-05-1", test_score__isnull=False)
    passed = scores.filter(test_score__gte=60)
    assert (passed.count(), scores.count()) == (17, 19)
    assert not passed.exclude(state=EnrolmentState.COMPLETED).exists()


def test_nobody_has_answered_a_follow_up_before_three_months_are_over():
    assert not Enrolment.objects.filter(~Q(follow_up="") | Q(followed_up_on__isnull=False)).exists()


def test_who_went_on_and_who_came_from_where():
    done = people("T-03-1", EnrolmentState.COMPLETED)
    seats = people("T-02-1") - people("T-02-1", EnrolmentState.WAITING)
    assert (len(done), len(done & seats), seats <= done) == (27, 24, True)
    assert len(people("T-02-1", EnrolmentState.COMPLETED) & people("T-05-1")) == 10
    came = sections_of("T-02-1", "T-02-2", "T-03-1", "T-05-1", "T-07-1")
    nobody_from = {"障がい福祉課", "料金課", "学校教育課", "資産税課"}
    assert not nobody_from & set(came)
    assert sections_of("T-03-1") == {
        "市民課": 5,
        "保険年金課": 5,
        "保育課": 6,
        "介護保険課": 4,
        "道路管理課": 3,
        "契約検査課": 2,
        "納税課": 1,
        "行政改革推進課": 1,
    }


def test_completions_become_skills_once_and_nobody_is_recognised_yet():
    raised = Counter(SkillRecord.objects.values_list("skill__name", flat=True))
    assert raised == {
        "業務の流れを図にする": 27,
        "業務を見直す": 27,
        "AIの使いどころを見分ける": 31,
        "データを読む": 17,
        "機械で読めるデータを作る": 17,
        "施策の効果を測る": 17,
    }
    assert not SkillRecord.objects.exclude(enrolment__state=EnrolmentState.COMPLETED).exists()
    leader = TalentProfile.objects.get(code="LEADER")
    assert (leader.counted_from, leader.recognitions.count(), leader.candidates.count()) == (None, 0, 8)
    assert {each.named_by.employee_number for each in leader.candidates.all()} == {"u008"}
