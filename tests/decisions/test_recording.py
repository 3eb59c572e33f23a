"""Recording that a policy was decided: by whom, when, and what follows."""

from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.decisions.models import Decision
from apps.decisions.selectors import meetings_that_may_decide
from apps.decisions.services import record_decision
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.services import FLOW as HURDLE_FLOW
from apps.organization.choices import RoleKind
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import PolicyCommonHurdle, PolicyHurdle
from apps.roadmap.selectors import deciding, resolved_hurdles
from apps.roadmap.services import resume_policy, review_policy, withdraw_policy
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    CommonHurdleFactory,
    DecisionFactory,
    HurdleFactory,
    LegalBasisFactory,
    MeetingFactory,
    user_with,
)
from tests.roadmap.policies import ANY, a_level, a_policy

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
APPROVAL = {"approval_number": "4情戦第12号", "decided_on": date(2022, 10, 3)}


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


def reviewed(*bodies: str, **fields: Any) -> Any:
    """A policy under consideration whose own level lets these bodies decide; none: it says nothing of its own."""
    return a_policy("under_review", legal_level=a_level(*bodies) if bodies else None, **fields)


def record(policy: Any, by: Any, **changes: Any) -> Any:
    return record_decision(policy=policy, text="案のとおり決定する。", by=by, **changes)


def team_meeting(**fields: Any) -> Any:
    return MeetingFactory(body=BodyFactory(key="TEAM", name="推進チーム"), **fields)


class TestWhichBodiesAreEnough:
    def test_the_own_level_comes_before_the_bases_of_the_hurdles(self) -> None:
        policy = reviewed(*ANY)
        basis = LegalBasisFactory(level=a_level("headquarters"))
        PolicyHurdle.objects.create(policy=policy, hurdle=basis.hurdle)
        assert deciding(policy).bodies == ("headquarters", "team", "kessai")
        assert deciding(policy).is_own
        policy.legal_level = None
        assert deciding(policy).bodies == ("headquarters",)

    def test_all_bases_have_to_admit_it_those_of_common_hurdles_too(self) -> None:
        policy, member = reviewed(), LegalBasisFactory(level=a_level("kessai", "headquarters")).hurdle
        single = LegalBasisFactory(level=a_level(*ANY)).hurdle
        PolicyHurdle.objects.create(policy=policy, hurdle=single)
        assert deciding(policy).bodies == ("headquarters", "team", "kessai")
        common = CommonHurdleFactory(hurdles=[member])
        PolicyCommonHurdle.objects.create(policy=policy, common_hurdle=common)
        assert deciding(policy).bodies == ("headquarters", "kessai")
        member.status = HurdleStatus.MERGED
        member.save()
        assert deciding(policy).bodies == ("headquarters", "team", "kessai"), "its survivor stands for it"

    def test_without_a_basis_nobody_is_known(self, secretary: Any) -> None:
        policy = reviewed()
        PolicyHurdle.objects.create(policy=policy, hurdle=HurdleFactory())
        assert deciding(policy).bodies == ()
        with pytest.raises(Unmet, match="先に「改める定め」を決めてください"):
            record(policy, secretary, **APPROVAL)

    def test_levels_that_share_no_body_say_so(self, secretary: Any) -> None:
        policy = reviewed()
        for body in ("team", "kessai"):
            hurdle = LegalBasisFactory(level=a_level(body)).hurdle
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        with pytest.raises(Unmet, match="一度に決められるところがありません"):
            record(policy, secretary, **APPROVAL)

    def test_a_hurdle_is_resolved_once_and_by_way_of_its_bundle(self) -> None:
        policy, hurdle = reviewed(*ANY), HurdleFactory()
        merged, gone = HurdleFactory(status="merged"), HurdleFactory(archived_at="2022-10-01T00:00+09:00")
        common = CommonHurdleFactory(hurdles=[hurdle, merged, gone])
        PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        PolicyCommonHurdle.objects.create(policy=policy, common_hurdle=common)
        assert list(resolved_hurdles(policy)) == [hurdle]


class TestByWhom:
    @pytest.mark.parametrize(
        ("bodies", "way", "refusal"),
        [
            (ANY, "team", ""),
            (ANY, "kessai", ""),
            (ANY, "headquarters", ""),
            (
                ["kessai", "headquarters"],
                "team",
                "推進チーム会議では決められません。決められるのは、本部会議、決裁",
            ),
            (["headquarters"], "kessai", "決裁では決められません。決められるのは、本部会議です"),
            (["headquarters"], "headquarters", ""),
        ],
    )
    def test_what_the_level_admits(self, bodies: list[str], way: str, refusal: str, secretary: Any) -> None:
        policy = reviewed(*bodies)
        ways: dict[str, Any] = {
            "team": lambda: {"meeting": team_meeting()},
            "headquarters": lambda: {"meeting": MeetingFactory()},
            "kessai": lambda: APPROVAL,
        }
        if refusal:
            with pytest.raises(Unmet, match=refusal):
                record(policy, secretary, **ways[way]())
            policy.refresh_from_db()
            assert (policy.status, Decision.objects.count()) == ("under_review", 0)
            return
        decision = record(policy, secretary, **ways[way]()).decision
        policy.refresh_from_db()
        assert (policy.status, policy.status_since) == ("decided", decision.decided_on)
        assert (decision.policy, decision.text) == (policy, "案のとおり決定する。")

    def test_a_meeting_of_others_decides_nothing(self, secretary: Any) -> None:
        promoters = MeetingFactory(body=BodyFactory(key="PROMOTERS", name="推進員会議"))
        with pytest.raises(Unmet, match="推進員会議では決められません"):
            record(reviewed(*ANY), secretary, meeting=promoters)

    @pytest.mark.parametrize("role", [role.value for role in RoleKind if role != RoleKind.SECRETARIAT])
    def test_only_the_secretariat_records(self, role: str) -> None:
        with pytest.raises(Forbidden, match="事務局"):
            record(reviewed(*ANY), user_with(role), **APPROVAL)
        assert not Decision.objects.exists()

    def test_only_what_is_under_consideration(self, secretary: Any) -> None:
        for state in PolicyStatus:
            if state != PolicyStatus.UNDER_REVIEW:
                with pytest.raises(WrongState):
                    record(a_policy(state, legal_level=a_level(*ANY)), secretary, **APPROVAL)
        assert not Decision.objects.exists()


class TestWhen:
    def test_not_in_the_future_and_not_before_the_first_text(self, secretary: Any) -> None:
        policy = reviewed(*ANY)  # its text is of 3 June 2022
        for day, message in ((date(2022, 10, 15), "先の日"), (date(2022, 6, 2), "令和4年6月3日")):
            with pytest.raises(Unmet, match=message):
                record(policy, secretary, approval_number="4情戦第12号", decided_on=day)
        record(policy, secretary, approval_number="4情戦第12号", decided_on=date(2022, 6, 3))
        policy.refresh_from_db()
        assert policy.status_since == date(2022, 6, 3)

    def test_a_meeting_has_to_have_been_held(self, secretary: Any) -> None:
        policy = reviewed(*ANY)
        with pytest.raises(Unmet, match="まだ開かれていません"):
            record(policy, secretary, meeting=MeetingFactory(held_on=date(2022, 10, 15)))
        with pytest.raises(Unmet, match="令和4年6月3日"):
            record(policy, secretary, meeting=MeetingFactory(held_on=date(2022, 6, 2)))
        today = MeetingFactory(held_on=TODAY)
        assert record(policy, secretary, meeting=today).decision.decided_on == TODAY

    def test_what_is_missing_is_said(self, secretary: Any) -> None:
        policy = reviewed(*ANY)
        for words, message in (
            ({}, "起案番号と決裁日"),
            ({"approval_number": "4情戦第12号"}, "起案番号と決裁日"),
            ({"decided_on": TODAY}, "起案番号と決裁日"),
            ({"meeting": MeetingFactory(), **APPROVAL}, "どちらか一つ"),
        ):
            with pytest.raises(Unmet, match=message):
                record(policy, secretary, **words)
        with pytest.raises(Unmet, match="決定した内容"):
            record_decision(policy=policy, text=" ", by=secretary, **APPROVAL)


class TestTheAgenda:
    def test_an_item_without_a_decision_gets_it(self, secretary: Any) -> None:
        item = AgendaItemFactory()
        decision = record(reviewed(*ANY), secretary, meeting=item.meeting, item=item).decision
        assert (decision.item, decision.meeting, decision.decided_on) == (item, item.meeting, date(2022, 6, 3))

    def test_an_item_has_one_decision_and_one_meeting(self, secretary: Any) -> None:
        policy, item = reviewed(*ANY), AgendaItemFactory()
        with pytest.raises(Unmet, match="別の会議"):
            record(policy, secretary, meeting=MeetingFactory(), item=item)
        DecisionFactory(meeting=item.meeting, item=item)
        with pytest.raises(Unmet, match="すでに決定があります"):
            record(policy, secretary, meeting=item.meeting, item=item)
        policy.refresh_from_db()
        assert policy.status == "under_review"


class TestWhatFollows:
    def test_every_hurdle_that_can_follows_and_the_others_are_named(self, secretary: Any) -> None:
        policy = reviewed(*ANY, number="P-2022-0009")
        hurdles = {status: HurdleFactory(status=status) for status in HurdleStatus}
        for hurdle in hurdles.values():
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        recorded = record(policy, secretary, **APPROVAL)
        follows = set(HURDLE_FLOW["set_policy"].sources)
        assert {hurdle.pk for hurdle in recorded.moved} == {hurdles[status].pk for status in follows}  # type: ignore[index]
        for status, hurdle in hurdles.items():
            hurdle.refresh_from_db()
            assert hurdle.status == ("policy_set" if status in follows else status), status
        assert {hurdle.pk for hurdle in recorded.stayed} == {
            hurdle.pk for status, hurdle in hurdles.items() if status not in follows
        }
        moved = hurdles[HurdleStatus.ORGANIZING]
        assert entries_of(moved)[0].reason == f"P-2022-0009「{policy.title}」（令和4年10月3日決裁 4情戦第12号）"
        assert entries_of(policy)[0].reason == "令和4年10月3日決裁 4情戦第12号"
        assert entries_of(recorded.decision)[0].actor == secretary.name

    def test_all_or_nothing(self, secretary: Any, monkeypatch: Any) -> None:
        policy, hurdle = reviewed(*ANY), HurdleFactory(status="organizing")
        PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)

        def fails(**_words: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("apps.roadmap.services.policy_hurdles.set_policy", fails)
        with pytest.raises(RuntimeError):
            record(policy, secretary, **APPROVAL)
        policy.refresh_from_db()
        assert (policy.status, Decision.objects.count()) == ("under_review", 0)

    def test_the_second_click_is_told(self, secretary: Any) -> None:
        policy = reviewed(*ANY)
        seen = policy.version
        record(policy, secretary, version=seen, **APPROVAL)
        with pytest.raises(WrongState):
            record(policy, secretary, version=seen, **APPROVAL)
        other = reviewed(*ANY)
        with pytest.raises(StaleVersion):
            record(other, secretary, version=other.version - 1, **APPROVAL)
        assert Decision.objects.count() == 1


def test_what_was_decided_before_it_was_withdrawn_counts_no_more(secretary: Any) -> None:
    policy = reviewed(*ANY)
    old, new = team_meeting(held_on=date(2022, 9, 1)), team_meeting(held_on=TODAY)
    record(policy, secretary, meeting=old)
    withdraw_policy(policy=policy, reason="法が変わった。", by=secretary)
    resume_policy(policy=policy, reason="法が戻った。", by=secretary)
    review_policy(policy=policy, by=secretary)
    assert list(meetings_that_may_decide(policy)) == [new]
    for how in ({"meeting": old}, APPROVAL):
        with pytest.raises(Unmet, match="取り下げ"):
            record(policy, secretary, **how)
    record(policy, secretary, meeting=new)
    assert (policy.status, policy.status_since) == ("decided", TODAY)
