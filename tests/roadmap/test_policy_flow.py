"""Every (state, verb, role) of the flow of policies, and what each verb does."""

from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden, permission_table, permitted
from apps.core.services import StaleVersion
from apps.core.talk import watch_record
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import PolicyUnit
from apps.roadmap.selectors import policies_visible_to
from apps.roadmap.services import (
    POLICY_ACTS,
    POLICY_FLOW,
    achieve_policy,
    archive_policy,
    bring_policy_into_force,
    decide_policy,
    link_hurdles,
    resume_policy,
    return_policy,
    review_policy,
    withdraw_policy,
)
from tests.factories import HurdleFactory, UnitFactory, user_with
from tests.roadmap.policies import a_policy

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
ROLES = [role.value for role in RoleKind]
# The table, written down a second time.
LEADS: dict[str, tuple[set[str], str]] = {
    "review": ({"draft"}, "under_review"),
    "return": ({"under_review"}, "draft"),
    "bring_into_force": ({"decided"}, "in_force"),
    "achieve": ({"in_force"}, "achieved"),
    "withdraw": ({"under_review", "decided", "in_force"}, "withdrawn"),
    "resume": ({"withdrawn"}, "draft"),
    "decide": ({"under_review"}, "decided"),
}
STANDING = {"draft", "under_review", "decided", "in_force"}
ADOPTABLE = {"decided", "in_force", "achieved"}
STAYING = {
    "edit": STANDING,
    "write_text": STANDING,
    "link_hurdles": STANDING,
    "unlink_hurdle": STANDING,
    "bind_units": STANDING,
    "release_units": STANDING,
    "adopt": ADOPTABLE,
    "undo_adoption": ADOPTABLE,
    "archive": {"draft", "withdrawn"},
}
WRITERS, SECRETARIAT = {"member", "secretariat"}, {"secretariat"}
WHO = {
    "review": WRITERS,
    "return": WRITERS,
    "achieve": WRITERS,
    "link_hurdles": WRITERS,
    "unlink_hurdle": WRITERS,
    "bind_units": WRITERS,
    "release_units": WRITERS,
    "bring_into_force": SECRETARIAT,
    "withdraw": SECRETARIAT,
    "resume": SECRETARIAT,
    "archive": SECRETARIAT,
}
WORDS: dict[str, Any] = {
    "reason": "国の通知を待つ。",
    "evidence": "押印欄をなくした。",
    "text": "廃止する。",
    "note": "様式を改めた。",
}
SERVICES: dict[str, Any] = {
    "review": lambda policy, by: review_policy(policy=policy, by=by),
    "return": lambda policy, by: return_policy(policy=policy, reason="数字が足りない。", by=by),
    "bring_into_force": lambda policy, by: bring_policy_into_force(policy=policy, day=TODAY, by=by),
    "achieve": lambda policy, by: achieve_policy(policy=policy, evidence="押印欄のある様式はない。", by=by),
    "withdraw": lambda policy, by: withdraw_policy(policy=policy, reason="法が変わった。", by=by),
    "resume": lambda policy, by: resume_policy(policy=policy, reason="法が戻った。", by=by),
    "decide": lambda policy, by: decide_policy(policy=policy, decided_on=TODAY, by=by),
}


def who(verb: str, state: str, role: str) -> bool:
    """A bound unit's promoter and manager are tried in test_policy_units."""
    if verb in {"edit", "write_text"}:
        return role in (WRITERS if state in {"draft", "under_review"} else SECRETARIAT)
    return role in WHO.get(verb, SECRETARIAT)


def test_the_flow_is_the_table() -> None:
    assert {row.verb: (set(row.sources), row.target) for row in POLICY_FLOW.rows} == LEADS
    assert {row.verb: set(row.sources) for row in POLICY_ACTS.rows} == STAYING
    assert {row.target for row in POLICY_ACTS.rows} == {""}
    assert {row.verb for row in POLICY_FLOW.rows if row.internal} == {"decide"}


@pytest.mark.parametrize("role", ROLES)
def test_every_state_and_verb(role: str) -> None:
    user = user_with(role)
    for state in PolicyStatus:
        policy = a_policy(state)
        data = {**WORDS, "day": TODAY}
        for flow, verbs in ((POLICY_FLOW, [verb for verb in LEADS if verb != "decide"]), (POLICY_ACTS, [*STAYING])):
            for verb in verbs:
                sources = LEADS[verb][0] if verb in LEADS else STAYING[verb]
                if not who(verb, state, role):
                    with pytest.raises(Forbidden):
                        flow.check(verb, policy, by=user, data=data)
                elif state not in sources:
                    with pytest.raises(WrongState, match=str(PolicyStatus(state).label)):
                        flow.check(verb, policy, by=user, data=data)
                else:
                    flow.check(verb, policy, by=user, data=data)


@pytest.mark.parametrize("verb", LEADS)
def test_each_verb_moves_the_state_and_tells_the_watchers(verb: str) -> None:
    secretary, colleague = user_with("secretariat"), user_with("member")
    for state in PolicyStatus:
        policy = a_policy(state)
        watch_record(record=policy, by=colleague)
        if state not in LEADS[verb][0]:
            with pytest.raises(WrongState):
                SERVICES[verb](policy, secretary)
            assert policy.status == state
            continue
        Notice.objects.all().delete()
        SERVICES[verb](policy, secretary)
        policy.refresh_from_db()
        assert (policy.status, policy.status_since) == (LEADS[verb][1], TODAY)
        entry = entries_of(policy)[0]
        assert (entry.event.split(".")[1], entry.actor) == ("policy", secretary.name)
        assert f"{policy.number}「{policy.title}」" in Notice.objects.get(person=colleague).text


def test_each_verb_says_what_it_needs() -> None:
    secretary = user_with("secretariat")
    with pytest.raises(Unmet, match="本文がまだありません"):
        review_policy(policy=a_policy(text=""), by=secretary)
    for service, state, words, message in (
        (return_policy, "under_review", {"reason": " "}, "理由を書いてください"),
        (withdraw_policy, "in_force", {"reason": ""}, "理由を書いてください"),
        (resume_policy, "withdrawn", {"reason": "\n"}, "理由を書いてください"),
        (archive_policy, "draft", {"reason": ""}, "理由を書いてください"),
        (achieve_policy, "in_force", {"evidence": ""}, "達成したと分かるか"),
        (bring_policy_into_force, "decided", {"day": None}, "いつから施行するか"),
        (bring_policy_into_force, "decided", {"day": date(2022, 10, 15)}, "その日が来てから"),
    ):
        policy: Any = a_policy(state)
        with pytest.raises(Unmet, match=message):
            service(policy=policy, by=secretary, **words)  # type: ignore[operator]
        policy.refresh_from_db()
        assert policy.status == state
        assert policy.archived_at is None


def test_it_is_in_force_from_the_decision_on_at_the_earliest() -> None:
    secretary = user_with("secretariat")
    policy = a_policy("decided", status_since=date(2022, 3, 31))
    with pytest.raises(Unmet, match="決定の日より前"):
        bring_policy_into_force(policy=policy, day=date(2022, 3, 30), by=secretary)
    bring_policy_into_force(policy=policy, day=date(2022, 3, 31), by=secretary)
    assert (policy.status, policy.in_force_on, policy.status_since) == (
        "in_force",
        date(2022, 3, 31),
        date(2022, 3, 31),
    )
    loaded = a_policy("decided", status_since=None)
    assert bring_policy_into_force(policy=loaded, day=date(2022, 4, 1), by=secretary).in_force_on == date(2022, 4, 1)


def test_a_number_is_given_once_and_kept() -> None:
    secretary, policy = user_with("secretariat"), a_policy()
    address = policy.get_absolute_url()
    assert str(policy.uid) in address
    review_policy(policy=policy, by=secretary)
    assert policy.number == "P-2022-0001"
    assert policy.search_key == policy.make_search_key()
    return_policy(policy=policy, reason="数字が足りない。", by=secretary)
    assert (policy.status, policy.status_reason) == ("draft", "数字が足りない。")
    review_policy(policy=policy, by=secretary)
    assert (policy.number, policy.status_reason) == ("P-2022-0001", "")


def test_what_was_decided_is_forgotten_when_a_withdrawn_one_is_resumed() -> None:
    secretary, policy = user_with("secretariat"), a_policy("under_review")
    decide_policy(policy=policy, decided_on=date(2022, 6, 3), by=secretary)
    assert (policy.status_since, policy.decided_version) == (date(2022, 6, 3), 1)
    bring_policy_into_force(policy=policy, day=date(2022, 6, 3), by=secretary)
    withdraw_policy(policy=policy, reason="法が変わった。", by=secretary)
    assert policy.in_force_on == date(2022, 6, 3)
    resume_policy(policy=policy, reason="法が戻った。", by=secretary)
    assert (policy.in_force_on, policy.decided_version, policy.status) == (None, None, "draft")


def test_staff_read_that_a_decided_policy_was_withdrawn_and_never_of_one_that_was_not_decided() -> None:
    secretary, decided, drafted = user_with("secretariat"), a_policy("under_review"), a_policy("under_review")
    promoter = user_with("promoter")
    PolicyUnit.objects.create(policy=decided, unit=promoter.unit)
    decide_policy(policy=decided, decided_on=date(2022, 6, 3), by=secretary)
    for policy in (decided, drafted):
        withdraw_policy(policy=policy, reason="法が変わった。", by=secretary)
    assert list(policies_visible_to(promoter)) == [decided]
    assert Notice.objects.filter(person=promoter, event="roadmap.policy.withdrawn").count() == 1
    resume_policy(policy=decided, reason="法が戻った。", by=secretary)
    assert not policies_visible_to(promoter).exists()


def test_a_hurdle_that_joins_a_decided_policy_is_one_with_a_decided_policy() -> None:
    secretary, policy = user_with("secretariat"), a_policy("decided")
    follows, stays = HurdleFactory(status="organizing"), HurdleFactory(status="in_progress")
    link_hurdles(policy=policy, hurdles=[follows, stays], by=secretary)
    follows.refresh_from_db()
    stays.refresh_from_db()
    assert (follows.status, stays.status) == ("policy_set", "in_progress")
    draft, other = a_policy("under_review"), HurdleFactory(status="organizing")
    link_hurdles(policy=draft, hurdles=[other], by=secretary)
    other.refresh_from_db()
    assert other.status == "organizing"


def test_two_who_act_at_once_do_not_both_win() -> None:
    secretary, policy = user_with("secretariat"), a_policy("decided")
    seen = policy.version
    bring_policy_into_force(policy=policy, day=TODAY, by=secretary, version=seen)
    policy.status = "decided"  # as the other one saw it
    with pytest.raises(StaleVersion):
        withdraw_policy(policy=policy, reason="法が変わった。", by=secretary, version=seen)
    policy.refresh_from_db()
    assert policy.status == "in_force"


def test_the_bound_units_hear_of_the_decision_and_other_units_do_not() -> None:
    secretary, promoter, manager = user_with("secretariat"), user_with("promoter"), user_with("manager")
    stranger, officer = user_with("promoter"), user_with("viewer")
    policy = a_policy("under_review")
    for person in (promoter, manager, officer):
        PolicyUnit.objects.create(policy=policy, unit=person.unit)
    decide_policy(policy=policy, decided_on=TODAY, by=secretary)
    told = set(Notice.objects.values_list("person", flat=True))
    assert told == {promoter.pk, manager.pk}
    assert stranger.pk not in told
    UnitFactory()


def test_the_table_of_rights_says_it_in_japanese() -> None:
    for row in (*POLICY_FLOW.rows, *POLICY_ACTS.rows):
        if row.permission:
            assert str(permission_table[row.permission].who).endswith("。")
    assert not permitted(user_with("member"), "roadmap.edit_policy", a_policy("decided"))
