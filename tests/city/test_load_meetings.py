"""policy_requests.yaml and meetings.yaml in the demo city."""

from collections import Counter
from datetime import date, time

import pytest

from apps.decisions.choices import AgendaKind, DirectiveStatus, MinutesStatus, Outcome, Presence
from apps.decisions.models import AgendaItem, Decision, Directive, Meeting
from apps.petitions.choices import PetitionClass, PetitionStatus
from apps.petitions.models import Petition, PetitionChannel

pytestmark = pytest.mark.usefixtures("demo_city")


def test_five_petitions_with_their_states():
    petitions = {each.source_key: (each.number, each.status, each.channel.name) for each in Petition.objects.all()}
    assert petitions == {
        "P-01": ("R-2022-0001", PetitionStatus.INTERNAL, "提案募集方式"),
        "P-02": ("R-2022-0002", PetitionStatus.COLLECTING, "提案募集方式"),
        "P-03": ("R-2022-0003", PetitionStatus.SUBMITTED, "市長会要望"),
        "P-04": ("R-2022-0004", PetitionStatus.AWAITING_HEADQUARTERS, "重点要望（国の予算編成）"),
        "P-05": ("R-2022-0005", PetitionStatus.INTERNAL, "提案募集方式"),
    }


def test_a_petition_in_full():
    petition = Petition.objects.get(source_key="P-03")
    assert (petition.title, int(petition.fiscal_year)) == ("主治医意見書の全国共通の電子交換", 2022)
    assert petition.classification == PetitionClass.PRACTICE
    assert petition.current_state == "意見書は紙の郵送が中心で、市ごとに受取方法が異なる。"
    assert petition.trouble_cases.startswith("認定まで平均38日のうち12日が意見書の待ち時間である。")
    assert petition.requested_measure == "意見書を電子で交換する全国共通の仕組みと費用の支援を設けること。"
    assert (petition.measure_length, petition.cases_and_effects_length) == (32, 68)
    assert petition.legal_basis == "介護保険法第27条第3項・第11項"
    assert (petition.ministries, petition.co_proposers) == (["厚生労働省"], ["県市長会"])
    days = (petition.drafted_on, petition.headquarters_on, petition.consultation_on, petition.submission_on)
    assert days == (date(2022, 7, 15), date(2022, 8, 1), None, date(2022, 8, 22))
    assert [hurdle.source_key for hurdle in petition.hurdles.all()] == ["H-007"]


def test_the_limits_belong_to_the_form_of_one_channel():
    limits = {
        each.name: (each.measure_limit, each.cases_and_effects_limit, each.limits_source)
        for each in PetitionChannel.objects.all()
    }
    source = "提案募集方式の提案様式の記入要領（旧年度のもの。最新年度は要確認）"
    assert limits == {
        "提案募集方式": (250, 700, source),
        "市長会要望": (None, None, ""),
        "重点要望（国の予算編成）": (None, None, ""),
    }


def test_a_meeting_in_full():
    meeting = Meeting.objects.get(number="M-2022-0001")
    assert (meeting.source_key, meeting.body.key) == ("MTG-2022-01", "hq")
    assert meeting.name == "令和4年度第1回デジタル化推進本部会議"
    assert (meeting.held_on, meeting.starts_at, meeting.ends_at) == (date(2022, 6, 3), time(10), time(11, 20))
    assert (meeting.place, meeting.chair.employee_number) == ("本庁 特別会議室", "u001")
    assert meeting.disclosure == "概要を庁内公開"
    assert (meeting.minutes_status, meeting.minutes_confirmed_on) == (MinutesStatus.CONFIRMED, date(2022, 6, 17))
    there = [(each.presence, str(each), each.stands_in_for) for each in meeting.attendances.all()]
    assert len(there) == 7
    assert there[0][:2] == (Presence.PRESENT, str(meeting.chair))
    assert there[-1] == (Presence.PROXY, "消防総務課長", "消防長")


def test_who_was_not_there():
    absent = Meeting.objects.get(source_key="MTG-2022-03").attendances.get(presence=Presence.ABSENT)
    assert (absent.user, absent.name) == (None, "危機管理部長")
    assert Meeting.objects.get(source_key="MTG-2022-03").minutes_status == MinutesStatus.DRAFT


def test_eleven_agenda_items_with_their_outcomes():
    assert Counter(AgendaItem.objects.values_list("outcome", flat=True)) == {
        Outcome.NOTED: 3,
        Outcome.APPROVED: 3,
        Outcome.APPROVED_WITH_CHANGES: 3,
        Outcome.CONTINUED: 2,
    }
    item = AgendaItem.objects.get(meeting__source_key="MTG-2022-03", order=2)
    assert (item.kind, item.title) == (AgendaKind.DISCUSSION, "令和5年度予算要求に向けた重点案件")
    assert (item.material_number, item.presenter_unit.code) == ("資料2", "0202")
    assert {proposal.source_key for proposal in item.proposals.all()} == {f"B-0{n}" for n in range(1, 9)}
    assert not item.hurdles.exists()
    assert item.decision.text == "8件を重点案件とし、DX特別枠の対象とする。"
    assert (item.decision.meeting, item.decision.decided_on) == (item.meeting, date(2022, 10, 12))
    first = AgendaItem.objects.get(meeting__source_key="MTG-2022-01", order=3)
    keys = [hurdle.source_key for hurdle in first.hurdles.order_by("number")]
    assert keys == ["H-001", "H-002", "H-003", "H-004"]


def test_policies_were_decided_by_meetings():
    decided = {
        each.policy.source_key: (each.meeting.source_key, each.decided_on, each.text)
        for each in Decision.objects.filter(policy__isnull=False)
    }
    assert {key: meeting for key, (meeting, _day, _text) in decided.items()} == {
        "PL-01": "MTG-2022-01",
        "PL-02": "MTG-2022-01",
        "PL-05": "MTG-2022-03",
        "PL-06": "MTG-2022-03",
    }
    goal = "令和5年4月1日から、市へ提出する請求書への押印を求めない。"
    assert decided["PL-01"] == ("MTG-2022-01", date(2022, 6, 3), goal)


def test_six_directives():
    directives = {each.source_key: (each.number, each.status, each.due_on) for each in Directive.objects.all()}
    assert directives == {
        "DIR-2022-01": ("D-2022-0001", DirectiveStatus.STARTED, date(2022, 9, 30)),
        "DIR-2022-02": ("D-2022-0002", DirectiveStatus.COMPLETED, date(2022, 8, 31)),
        "DIR-2022-06": ("D-2022-0003", DirectiveStatus.STARTED, date(2022, 12, 28)),
        "DIR-2022-03": ("D-2022-0004", DirectiveStatus.ISSUED, date(2022, 12, 16)),
        "DIR-2022-04": ("D-2022-0005", DirectiveStatus.STARTED, date(2022, 12, 23)),
        "DIR-2022-05": ("D-2022-0006", DirectiveStatus.STARTED, date(2022, 11, 30)),
    }
    first = Directive.objects.get(source_key="DIR-2022-01")
    assert first.text.startswith("請求書の押印廃止と、導入計画書の審査での業務の見直しの必須化を")
    assert first.answer.startswith("審査要領は9月に改正済み。")
    assert (first.meeting.source_key, first.issued_on) == ("MTG-2022-01", date(2022, 6, 3))
    assert first.assigned_unit.code == "0202"
    assert {unit.code for unit in first.supporting_units.all()} == {"9001", "0205"}
    assert {hurdle.source_key for hurdle in first.hurdles.all()} == {"H-001", "H-024"}
