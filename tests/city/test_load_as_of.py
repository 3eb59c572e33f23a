"""A city as it stood on an earlier or a later day: what came after that day is left out."""

from datetime import date

import pytest

from apps.budget.models import GrantGeneration, Intent, IntroductionPlan, PlanPoint, Proposal, StageAmount, StageEntry
from apps.city.services import load_city
from apps.decisions.choices import MinutesStatus
from apps.decisions.models import AgendaItem, Decision, Directive, Meeting
from apps.hurdles.models import CommonHurdleMember, Endorsement, Hurdle, OwnerView, SolvedCase
from apps.petitions.models import Petition
from apps.reports.choices import ReportStatus
from apps.reports.models import Report
from apps.roadmap.models import (
    Baseline,
    Initiative,
    InitiativeHurdle,
    InitiativeMove,
    Policy,
    PolicyHurdle,
    PolicyVersion,
    Vision,
)
from apps.training.choices import SessionState
from apps.training.models import Course, CourseHurdle, Session
from tests.city.demo_city import AS_OF, DEMO

pytestmark = pytest.mark.django_db

# Counted in the files: what each day knows.
KNOWN = {
    date(2022, 4, 1): {"policies": 1, "versions": 1, "under_policies": 2},
    date(2022, 5, 20): {
        "hurdles": 13, "policies": 1, "versions": 1, "members": 11, "initiative_hurdles": 14, "policy_hurdles": 1,
        "course_hurdles": 6, "proposal_hurdles": 7, "under_policies": 2,
    },
    date(2022, 6, 10): {
        "hurdles": 14, "policies": 3, "versions": 4, "members": 12, "initiative_hurdles": 15, "policy_hurdles": 3,
        "course_hurdles": 6, "proposal_hurdles": 7, "under_policies": 4, "meetings": 1, "items": 4, "directives": 3,
        "decisions": 6, "endorsements": 5, "views": 4, "answers": 2, "held": 1, "baselines": 1,
    },
    AS_OF: {
        "hurdles": 30, "policies": 6, "versions": 7, "members": 24, "initiative_hurdles": 32, "policy_hurdles": 15,
        "course_hurdles": 9, "proposal_hurdles": 15, "under_policies": 7, "meetings": 3, "items": 11, "directives": 6,
        "decisions": 15, "endorsements": 9, "views": 7, "answers": 6, "held": 10, "petitions": 5, "solved": 1,
        "intents": 5, "reviewed": 5, "points": 30, "confirmed": 2, "baselines": 1, "moves": 3,
    },
}  # fmt: skip
KNOWN[date(2023, 2, 1)] = KNOWN[AS_OF] | {"entries": 33, "amounts": 26}
KNOWN[date(2023, 6, 1)] = KNOWN[date(2023, 2, 1)]
# Without a first day of their own: they are there on every day.
ALWAYS = {"visions": 24, "initiatives": 12, "courses": 9, "sessions": 19, "proposals": 8, "plans": 5, "generations": 6}


def counted() -> dict[str, int]:
    querysets = {
        "hurdles": Hurdle.objects,
        "members": CommonHurdleMember.objects,
        "endorsements": Endorsement.objects,
        "views": OwnerView.objects,
        "answers": OwnerView.objects.filter(answered_on__isnull=False),
        "solved": SolvedCase.objects,
        "policies": Policy.objects,
        "versions": PolicyVersion.objects,
        "policy_hurdles": PolicyHurdle.objects,
        "visions": Vision.objects,
        "initiatives": Initiative.objects,
        "under_policies": Initiative.objects.filter(policy__isnull=False),
        "initiative_hurdles": InitiativeHurdle.objects,
        "baselines": Baseline.objects,
        "moves": InitiativeMove.objects,
        "courses": Course.objects,
        "course_hurdles": CourseHurdle.objects,
        "sessions": Session.objects,
        "held": Session.objects.filter(state=SessionState.HELD, attended__gt=0),
        "proposals": Proposal.objects,
        "proposal_hurdles": Proposal.hurdles.through.objects,
        "entries": StageEntry.objects,
        "amounts": StageAmount.objects,
        "intents": Intent.objects,
        "plans": IntroductionPlan.objects,
        "reviewed": IntroductionPlan.objects.filter(reviewed_on__isnull=False),
        "points": PlanPoint.objects,
        "generations": GrantGeneration.objects,
        "petitions": Petition.objects,
        "meetings": Meeting.objects,
        "confirmed": Meeting.objects.filter(minutes_status=MinutesStatus.CONFIRMED),
        "items": AgendaItem.objects,
        "decisions": Decision.objects,
        "directives": Directive.objects,
    }
    return {name: number for name, queryset in querysets.items() if (number := queryset.count())}


@pytest.mark.parametrize("day", KNOWN, ids=str)
def test_a_day_knows_what_had_happened_by_then(day):
    load_city(folder=DEMO, as_of=day)
    assert counted() == ALWAYS | KNOWN[day]


@pytest.mark.parametrize(("day", "count"), [(date(2022, 5, 19), 0), (date(2022, 5, 20), 13), (date(2022, 7, 14), 27)])
def test_hurdles_that_were_reported_later_are_left_out(day, count):
    load_city(folder=DEMO, as_of=day)
    assert Hurdle.objects.count() == count
    assert not Hurdle.objects.filter(reported_on__gt=day).exists()
    assert Proposal.objects.count() == 8


def test_what_comes_on_the_tenth_of_june_is_half_done():
    load_city(folder=DEMO, as_of=date(2022, 6, 10))
    silent = OwnerView.objects.get(hurdle__source_key="H-011")
    assert (silent.answer, silent.reason, silent.answered_on, silent.due_on) == ("", "", None, date(2022, 6, 20))
    asked_today = OwnerView.objects.get(hurdle__source_key="H-013")
    assert asked_today.asked_on == date(2022, 6, 10)
    meeting = Meeting.objects.get()
    assert (meeting.minutes_status, meeting.minutes_confirmed_on) == (MinutesStatus.DRAFT, None)
    coming = Session.objects.get(source_key="T-01-1")
    assert (coming.state, coming.applied, coming.attended, coming.completed) == (SessionState.PLANNED, 1150, 0, 0)
    plan = IntroductionPlan.objects.get(source_key="IP-05")
    assert (plan.result, plan.priority_case, plan.reviewed_on, int(plan.fiscal_year)) == ("", False, None, 2023)
    report = Report.objects.get()
    assert (report.status, report.meeting) == (ReportStatus.DRAFT, None)


def test_a_later_text_of_a_policy_is_left_out():
    load_city(folder=DEMO, as_of=date(2022, 5, 30))
    policy = Policy.objects.get(source_key="PL-01")
    assert [version.version for version in policy.versions.all()] == [1]
    assert policy.number == "P-2022-0001"


def test_later_stages_of_a_proposal_are_left_out_until_their_day():
    load_city(folder=DEMO, as_of=date(2022, 11, 24))
    first = Proposal.objects.get(source_key="B-01")
    assert first.stage.name == "財政課ヒアリング"
    entries = list(StageEntry.objects.filter(proposal=first))
    assert [(entry.date, entry.stage.name, entry.amount_k) for entry in entries] == [
        (date(2022, 10, 26), "課長確認", 11642),
        (date(2022, 11, 2), "要求提出", 11642),
        (date(2022, 11, 24), "財政課ヒアリング", 11642),
    ]
    assert entries[0].actor.employee_number == "u011"


def test_what_was_appraised_of_each_item_comes_with_its_stage():
    load_city(folder=DEMO, as_of=date(2023, 3, 31))
    assert Proposal.objects.get(source_key="B-01").stage.name == "財務部長査定"
    pairs = list(StageAmount.objects.values_list("entry__proposal__source_key", "entry__date"))
    assert {pair: pairs.count(pair) for pair in pairs} == {
        ("B-01", date(2023, 1, 6)): 5,
        ("B-03", date(2023, 1, 6)): 9,
        ("B-04", date(2023, 1, 6)): 6,
        ("B-04", date(2023, 1, 26)): 6,
    }
    revived = StageEntry.objects.get(proposal__source_key="B-04", stage__name="復活要求")
    assert (revived.amount_k, revived.comment) == (10866, "eラーニング1,265千円の復活を求める")
    lines = [(each.expense_item.item_number, each.request_k, each.assessed_k) for each in revived.amounts.all()]
    assert lines == [
        (1, 2160, 2160),
        (7, 440, 440),
        (8, 841, 841),
        (12, 8580, 5500),
        (13, 1265, 1265),
        (18, 660, 660),
    ]


def test_what_was_appraised_later_is_left_out():
    load_city(folder=DEMO, as_of=date(2023, 1, 6))
    assert StageAmount.objects.count() == 5 + 9 + 6
    assert Proposal.objects.get(source_key="B-04").stage.name == "財政課長査定"
