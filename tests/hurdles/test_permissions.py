"""Every (state, verb, role) of the flow, and who sees what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.html import escape

from apps.core.permissions import Forbidden, permitted
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Resolution
from apps.hurdles.selectors import visible_to
from apps.hurdles.services import (
    ACTS,
    FLOW,
    defer_hurdle,
    draft_policy,
    merge_hurdle,
    organize_hurdle,
    petition_hurdle,
    put_before_headquarters,
    reopen_hurdle,
    resolve_hurdle,
    resolve_hurdle_partly,
    resume_hurdle,
    return_hurdle,
    set_policy,
    start_hurdle,
    submit_hurdle,
    unmerge_hurdle,
)
from apps.organization.choices import RoleKind
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, UserFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
ROLES = [role.value for role in RoleKind]
STATES = list(HurdleStatus)
SENTENCES = {
    "submit": "ハードルは、登録した課と事務局が提出できます。",
    "organize": "整理を始められるのは事務局です。",
    "return": "差し戻せるのは事務局です。",
    "edit": "ハードルを直せるのは、登録した課、所管課、事務局です。終わったものは事務局だけです。",
    "draft_policy": "方針案を作り始められるのは、所管課、推進チーム、事務局です。",
    "start": "対応を始められるのは、所管課と事務局です。",
    "resolve_partly": "一部解消とできるのは、所管課と事務局です。",
    "resolve": "解消を確認できるのは、登録した課、推進チーム、事務局のうち、申し出た人以外の職員です。",
    "defer": "見送れるのは事務局です。",
    "resume": "見送ったハードルを再開できるのは事務局です。",
    "reopen": "解消したハードルを再び開けるのは、登録した課、所管課、事務局です。",
    "progress": "進捗を書けるのは、所管課、推進チーム、事務局です。",
    "target": "期限を約束し変えられるのは、所管課と事務局です。"
    "重大さ5のハードルの期限を延ばすときは、事務局の判断を待ちます。",
    "decide_move": "期限の延長を判断するのは事務局です。",
    "next_action": "次にすることを決められるのは、所管課、推進チーム、事務局です。",
    "propose_resolution": "解消を申し出られるのは、登録した課、所管課、事務局です。",
    "refuse_resolution": "解消を認めないと答えられるのは、登録した課、推進チーム、事務局のうち、"
    "申し出た人以外の職員です。",
    "merge": "統合できるのは事務局です。",
    "unmerge": "統合を取り消せるのは事務局で、24時間以内です。",
    "answer_lasting": "解消が続いているかを答えるのは、所管課と事務局です。",
}
# The table of the flow, written down a second time: from where each verb leads, and where to.
WORKING = {"organizing", "drafting_policy", "at_headquarters", "policy_set", "petitioned"}
RESOLVABLE = {"policy_set", "in_progress", "partly_resolved", "petitioned", "organizing"}
AT_WORK = WORKING | {"in_progress", "partly_resolved"}
UNFINISHED = AT_WORK | {"submitted", "returned"}
LEADS: dict[str, tuple[set[str], str]] = {
    "submit": ({"draft", "returned"}, "submitted"),
    "organize": ({"submitted"}, "organizing"),
    "return": ({"submitted", "organizing"}, "returned"),
    "draft_policy": ({"organizing"}, "drafting_policy"),
    "start": (WORKING, "in_progress"),
    "resolve_partly": ({"in_progress", "petitioned"}, "partly_resolved"),
    "resolve": (RESOLVABLE, "resolved"),
    "defer": (AT_WORK | {"submitted"}, "deferred"),
    "resume": ({"deferred"}, "organizing"),
    "reopen": ({"resolved"}, "in_progress"),
    "merge": (UNFINISHED, "merged"),
    "unmerge": ({"merged"}, "back"),
}
INTERNAL: dict[str, tuple[set[str], str]] = {
    "put_before_headquarters": ({"organizing", "drafting_policy"}, "at_headquarters"),
    "set_policy": (WORKING - {"policy_set"}, "policy_set"),
    "petition": (WORKING - {"petitioned"} | {"in_progress"}, "petitioned"),
}
STAYING: dict[str, set[str]] = {
    "progress": AT_WORK,
    "target": UNFINISHED,
    "decide_move": UNFINISHED,
    "next_action": UNFINISHED,
    "propose_resolution": RESOLVABLE,
    "refuse_resolution": RESOLVABLE,
    "answer_lasting": {"resolved"},
}
VERBS = [*LEADS, *STAYING]
SERVICES: dict[str, Any] = {
    "submit": submit_hurdle,
    "organize": organize_hurdle,
    "return": return_hurdle,
    "draft_policy": draft_policy,
    "start": start_hurdle,
    "resolve_partly": resolve_hurdle_partly,
    "resolve": resolve_hurdle,
    "defer": defer_hurdle,
    "resume": resume_hurdle,
    "reopen": reopen_hurdle,
    "put_before_headquarters": put_before_headquarters,
    "set_policy": set_policy,
    "petition": petition_hurdle,
    "merge": lambda *, hurdle, **said: merge_hurdle(duplicate=hurdle, **said),
}
# Whom the sentences name besides the secretariat.
OWNER, REPORTER, TEAM = "owning", "reporting", "team"
NAMED = {
    "submit": {REPORTER},
    "draft_policy": {OWNER, TEAM},
    "start": {OWNER},
    "resolve_partly": {OWNER},
    "resolve": {REPORTER, TEAM},
    "reopen": {OWNER, REPORTER},
    "progress": {OWNER, TEAM},
    "target": {OWNER},
    "next_action": {OWNER, TEAM},
    "propose_resolution": {OWNER, REPORTER},
    "refuse_resolution": {REPORTER, TEAM},
    "answer_lasting": {OWNER},
}
WORDS: dict[str, dict[str, Any]] = {
    "return": {"question": "根拠は何ですか。"},
    "start": {"decision": "起案4総第12号、令和4年10月3日決裁"},
    "resolve_partly": {"solved": "窓口の押印", "remains": "郵送の押印"},
    "defer": {"reason": "国の方針を待つ。"},
    "resume": {"reason": "国の方針が出た。"},
    "merge": {"reason": "同じ様式の話"},
    "reopen": {"reason": "また押印を求めている。"},
    "progress": {"text": "様式を改めた。"},
    "decide_move": {"answer": "了承する。"},
    "propose_resolution": {"evidence": "押印欄のない様式を使っている。"},
    "refuse_resolution": {"answer": "様式がまだ残っている。"},
}
READERS = {"auditor", "administrator"}
CLOSED = {"resolved", "deferred", "merged"}


def may_do(verb: str, role: str, place: str) -> bool:
    """What the sentences say, written down a second time. `place`: reporting, owning or other unit."""
    named = NAMED.get(verb, set())
    if role == "secretariat" or (role == "member" and TEAM in named):
        return True
    return place in named and role not in READERS


def may_edit(state: str, role: str, place: str) -> bool:
    if role == "secretariat":
        return True
    if role in READERS or state in CLOSED:
        return False
    return place == "reporting" or (place == "owning" and state != "draft")


def hurdle_at(place: str, user: Any, **fields: Any) -> Any:
    """A hurdle that stands so to the person's unit; in memory where `build` is set."""
    here, there = user.unit, UnitFactory()
    units = {"reporting": (here, there), "owning": (there, here), "other": (there, UnitFactory())}[place]
    build = fields.pop("build", False)
    make = HurdleFactory.build if build else HurdleFactory
    return make(reporting_unit=units[0], owning_unit=units[1], **fields)


def leads(verb: str, state: str) -> bool:
    return state in (LEADS[verb][0] if verb in LEADS else STAYING[verb])


def test_the_flow_is_the_table() -> None:
    table = {row.verb: (set(row.sources), row.target) for row in FLOW.rows}
    assert table == LEADS | INTERNAL
    assert {row.verb for row in FLOW.rows if row.internal} == set(INTERNAL)
    assert {row.verb: set(row.sources) for row in ACTS.rows} == STAYING
    assert {row.target for row in ACTS.rows} == {""}


@pytest.mark.parametrize("state", sorted(UNFINISHED))
def test_undoing_a_merge_leads_back_to_the_state_before(state: str) -> None:
    secretary, hurdle = user_with("secretariat"), HurdleFactory(status=state)
    merge_hurdle(duplicate=hurdle, survivor=HurdleFactory(), reason="同じ様式の話", by=secretary)
    assert unmerge_hurdle(duplicate=hurdle, by=secretary).status == state
    with pytest.raises(WrongState, match=str(HurdleStatus(state).label)):
        unmerge_hurdle(duplicate=hurdle, by=secretary)


@pytest.mark.parametrize("role", ROLES)
def test_every_state_verb_and_place(role: str) -> None:
    user = user_with(role)
    for place in ("reporting", "owning", "other"):
        hurdle = hurdle_at(place, user)
        wait_for_a_second_person(hurdle)
        for state in STATES:
            hurdle.status = state
            possible = {row.verb for flow in (FLOW, ACTS) for row in flow.possible(hurdle, user)}
            assert possible == {verb for verb in VERBS if may_do(verb, role, place) and leads(verb, state)}
            assert permitted(user, "hurdles.edit_hurdle", hurdle) is may_edit(state, role, place), (state, place)
            for verb in VERBS:
                check(verb, hurdle, user, allowed=may_do(verb, role, place), leading=leads(verb, state))


def wait_for_a_second_person(hurdle: Any) -> None:
    Resolution.objects.create(hurdle=hurdle, evidence="押印欄がない。", proposed_by=UserFactory(), proposed_on=TODAY)


# What this hurdle lacks: it is said to be resolved already, and was never merged.
UNMET = {"propose_resolution": "すでに解消", "unmerge": "統合の記録がない"}


def words_for(verb: str) -> dict[str, Any]:
    """What is said, with the survivor where two become one; that one is in memory alone."""
    more = {"survivor": HurdleFactory.build(pk=0, status="submitted")} if verb == "merge" else {}
    return {**WORDS.get(verb, {}), **more}


def check(verb: str, hurdle: Any, user: Any, *, allowed: bool, leading: bool) -> None:
    flow, words = FLOW if verb in LEADS else ACTS, words_for(verb)
    if not allowed or not leading:
        with pytest.raises(WrongState if allowed else Forbidden):
            flow.check(verb, hurdle, by=user, data=words)
    elif verb in UNMET:
        with pytest.raises(Unmet, match=UNMET[verb]):
            flow.check(verb, hurdle, by=user, data=words)
    else:
        assert flow.check(verb, hurdle, by=user, data=words).target == LEADS.get(verb, ("", ""))[1]


@pytest.mark.parametrize("verb", SERVICES)
def test_a_service_moves_from_its_sources_and_from_nowhere_else(verb: str) -> None:
    secretary = user_with("secretariat")
    sources, target = {**LEADS, **INTERNAL}[verb]
    for state in STATES:
        hurdle = HurdleFactory(status=state, owning_unit=UnitFactory())
        if verb == "resolve":
            wait_for_a_second_person(hurdle)
        said = {**WORDS.get(verb, {}), **({"survivor": HurdleFactory()} if verb == "merge" else {})}
        if state in sources:
            SERVICES[verb](hurdle=hurdle, by=secretary, **said)
        else:
            with pytest.raises(WrongState, match=str(state.label)):
                SERVICES[verb](hurdle=hurdle, by=secretary, **said)
        hurdle.refresh_from_db()
        assert hurdle.status == (target if state in sources else state)
        assert hurdle.status_since == (TODAY if state in sources else None)


@pytest.mark.parametrize("question", ["", "  ", "\u3000\n"])
def test_a_return_needs_a_question(question: str) -> None:
    hurdle = HurdleFactory()
    with pytest.raises(Unmet, match="課への質問を書いてください。"):
        return_hurdle(hurdle=hurdle, question=question, by=user_with("secretariat"))
    hurdle.refresh_from_db()
    assert (hurdle.status, hurdle.version) == ("submitted", 1)


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO, LATER = date(2022, 6, 1), date(2022, 12, 28)
ANSWERED = {"asked_on": LONG_AGO, "due_on": LATER, "answer": "difficult", "answered_on": LONG_AGO}
SITUATIONS: dict[str, dict[str, Any]] = {
    "own draft": {"place": "reporting", "status": "draft"},
    "other draft": {"place": "other", "status": "draft"},
    "draft that names us as owner": {"place": "owning", "status": "draft"},
    "own submitted": {"place": "reporting", "status": "submitted"},
    "own returned": {"place": "reporting", "status": "returned"},
    "other submitted": {"place": "other", "status": "submitted"},
    "submitted that names us as owner": {"place": "owning", "status": "submitted"},
    "other that owns what it reports": {"place": "self", "status": "submitted"},
    "other draft that owns what it reports": {"place": "self", "status": "draft"},
    # The owning unit is asked: it sees, and the others do not, until it answers or the date has passed.
    "we are asked from today": {"place": "owning", "view": {"asked_on": TODAY, "due_on": LATER}},
    "we are asked from tomorrow": {"place": "owning", "view": {"asked_on": TOMORROW, "due_on": LATER}},
    "we have to answer by today": {"place": "owning", "view": {"asked_on": LONG_AGO, "due_on": TODAY}},
    "we are silent": {"place": "owning", "view": {"asked_on": LONG_AGO, "due_on": YESTERDAY}},
    "we have answered": {"place": "owning", "view": ANSWERED},
    "others are asked": {"place": "other", "view": {"asked_on": LONG_AGO, "due_on": LATER}},
    "others have to answer by today": {"place": "other", "view": {"asked_on": LONG_AGO, "due_on": TODAY}},
    "others are silent": {"place": "other", "view": {"asked_on": LONG_AGO, "due_on": YESTERDAY}},
    "others have answered": {"place": "other", "view": ANSWERED},
    "others have answered, then it came back": {"place": "other", "status": "returned", "view": ANSWERED},
    # Only the present owner counts, and a draft stays a draft.
    "a former owner has answered": {"place": "other", "view": ANSWERED, "asked": "former"},
    "a former owner is silent": {
        "place": "other",
        "view": {"asked_on": LONG_AGO, "due_on": YESTERDAY},
        "asked": "former",
    },
    "we were asked and own it no more": {"place": "other", "view": ANSWERED, "asked": "us"},
    "a draft whose owner has answered": {"place": "other", "status": "draft", "view": ANSWERED},
    "a draft that we were asked about": {"place": "owning", "status": "draft", "view": ANSWERED},
}
ALL_STAFF = {
    "other that owns what it reports",
    "we are silent",
    "we have answered",
    "others are silent",
    "others have answered",
    "others have answered, then it came back",
}
OF_THE_UNIT = ALL_STAFF | {
    "own draft",
    "own submitted",
    "own returned",
    "we are asked from today",
    "we have to answer by today",
}
DRAFTS = {name for name, situation in SITUATIONS.items() if situation.get("status") == "draft"}
WIDE = (set(SITUATIONS) - DRAFTS) | {"own draft"}
SEEN = {
    "viewer": OF_THE_UNIT,
    "promoter": OF_THE_UNIT,
    "manager": OF_THE_UNIT,
    "finance": OF_THE_UNIT,
    "personnel": OF_THE_UNIT,
    "member": WIDE,
    "headquarters": WIDE,
    "deputy": WIDE,
    "chief": WIDE,
    "advisor": WIDE,
    "secretariat": set(SITUATIONS),
    "auditor": set(SITUATIONS),
    "administrator": ALL_STAFF,
}


@pytest.mark.parametrize("role", ROLES)
def test_visible_to(role: str, client_for: Any) -> None:
    user = user_with(role)
    hurdles = {name: situated(user, **situation) for name, situation in SITUATIONS.items()}
    HurdleFactory(reporting_unit=user.unit, archived_at="2022-10-01T00:00+09:00")
    seen = set(visible_to(user))
    assert {name for name, hurdle in hurdles.items() if hurdle in seen} == SEEN[role]
    assert visible_to(user).count() == len(SEEN[role]), "an archived hurdle is seen, or one twice"
    client = client_for(user)
    for name, hurdle in hurdles.items():
        assert client.get(hurdle.get_absolute_url()).status_code == (200 if name in SEEN[role] else 404), name


def situated(user: Any, *, place: str, status: str = "submitted", **question: Any) -> Any:
    if place == "self":
        unit = UnitFactory()
        return HurdleFactory(reporting_unit=unit, owning_unit=unit, status=status)
    hurdle = hurdle_at(place, user, status=status)
    if view := question.get("view"):
        asked = {"former": UnitFactory(), "us": user.unit}.get(question.get("asked", ""), hurdle.owning_unit)
        OwnerViewFactory(hurdle=hurdle, unit=asked, **view)
    return hurdle


@pytest.mark.parametrize(("day", "seen"), [(TODAY, False), (TOMORROW, True)])
def test_the_date_has_passed_when_its_day_is_over(day: date, seen: bool, settings: Any) -> None:
    view = OwnerViewFactory(due_on=TODAY)
    settings.DEMO_TODAY = day
    assert visible_to(user_with("viewer")).filter(pk=view.hurdle_id).exists() is seen


def test_a_hurdle_that_is_asked_about_twice_is_one_hurdle() -> None:
    view = OwnerViewFactory()
    OwnerViewFactory(hurdle=view.hurdle, unit=view.unit, asked_on=date(2022, 7, 1), due_on=date(2022, 7, 15))
    assert list(visible_to(user_with("viewer"))) == [view.hurdle]


def test_the_owner_who_is_asked_may_complete_the_hurdle(client_for: Any) -> None:
    manager = user_with("manager")
    hurdle = hurdle_at("owning", manager, status="organizing")
    client = client_for(manager)
    assert client.get(f"{hurdle.get_absolute_url()}edit/").status_code == 404
    OwnerViewFactory(hurdle=hurdle, asked_on=TODAY, due_on=LATER)
    assert client.get(f"{hurdle.get_absolute_url()}edit/").status_code == 200


def test_without_a_role_nothing_is_seen(client_for: Any) -> None:
    user = user_with()
    hurdle = HurdleFactory(reporting_unit=user.unit, owning_unit=user.unit)
    assert not visible_to(user).exists()
    assert client_for(user).get(hurdle.get_absolute_url()).status_code == 404
    assert client_for(user).get("/hurdles/").status_code == 403


def test_two_roles_add_up() -> None:
    """An administrator who also works in a section sees what the section sees."""
    user = user_with("administrator", "promoter")
    hurdle = HurdleFactory(reporting_unit=user.unit, status="draft")
    assert set(visible_to(user)) == {hurdle}


def test_a_role_elsewhere_makes_that_unit_ones_own() -> None:
    user = user_with("promoter")
    other = UnitFactory()
    hurdle = HurdleFactory(reporting_unit=other, status="draft")
    assert not visible_to(user).exists()
    user.roles.update(unit=other)
    assert set(visible_to(type(user).objects.get(pk=user.pk))) == {hurdle}


def page_of(hurdle: Any, verb: str) -> str:
    return f"{hurdle.get_absolute_url()}{verb.replace('_', '-')}/"


@pytest.mark.parametrize("role", ROLES)
def test_pages_refuse_what_one_sees_and_hide_what_one_does_not(role: str, client_for: Any) -> None:
    user = user_with(role)
    client = client_for(user)
    for place in ("reporting", "other"):
        hurdle = hurdle_at(place, user, status="organizing")
        sees = f"{'own' if place == 'reporting' else 'other'} submitted" in SEEN[role]
        for verb in ["edit", *VERBS]:
            response = client.get(page_of(hurdle, verb))
            allowed = may_edit("organizing", role, place) if verb == "edit" else may_do(verb, role, place)
            assert response.status_code == (404 if not sees else 200 if allowed else 403), (verb, place)
            assert (escape(SENTENCES[verb]) in text_of(response)) is (response.status_code == 403), verb


def test_the_owner_who_is_asked_finds_the_pages_of_its_verbs(client_for: Any) -> None:
    manager = user_with("manager")
    hurdle = hurdle_at("owning", manager, status="organizing")
    client = client_for(manager)
    assert {client.get(page_of(hurdle, verb)).status_code for verb in VERBS} == {404}
    OwnerViewFactory(hurdle=hurdle, asked_on=TODAY, due_on=LATER)
    for verb in VERBS:
        assert client.get(page_of(hurdle, verb)).status_code == (200 if OWNER in NAMED.get(verb, ()) else 403), verb


@pytest.mark.parametrize("verb", INTERNAL)
def test_an_internal_verb_has_no_page(verb: str, client_for: Any) -> None:
    hurdle = HurdleFactory(status="organizing")
    client = client_for(user_with("secretariat"))
    assert client.get(page_of(hurdle, verb)).status_code == 404
    assert str(FLOW[verb].label) not in text_of(client.get(hurdle.get_absolute_url()))


@pytest.mark.parametrize("verb", VERBS)
def test_a_refused_post_writes_nothing(verb: str, client_for: Any) -> None:
    user = user_with("chief")
    hurdle = HurdleFactory(status="returned" if verb == "submit" else "submitted")
    response = client_for(user).post(page_of(hurdle, verb), WORDS.get(verb, {}))
    assert response.status_code == 403
    assert SENTENCES[verb] in text_of(response)
    hurdle.refresh_from_db()
    assert hurdle.version == 1


@pytest.mark.parametrize("role", ROLES)
def test_who_logs(role: str, client_for: Any) -> None:
    response = client_for(user_with(role)).get("/hurdles/new/")
    assert response.status_code == (403 if role in READERS else 200)
    refusal = "ハードルの登録は全職員ができます。監査とシステム管理者は記録を変更しません。"
    assert (refusal in text_of(response)) is (role in READERS)
