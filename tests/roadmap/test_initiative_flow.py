"""Every (state, verb, role) of an initiative, and what each verb needs."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.core.history import act, declare_event, entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import InitiativeDependency, InitiativeUnit
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS, INITIATIVE_FLOW
from apps.roadmap.services.initiative_verbs import (
    achieve_initiative,
    cancel_initiative,
    go_on_with_initiative,
    plan_initiative,
    resume_initiative,
    start_initiative,
)
from tests.factories import InitiativeFactory, MilestoneFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
ROLES = [role.value for role in RoleKind]
STATES = list(InitiativeStatus)
CHANGED = declare_event("roadmap.test.changed", "直した")
# The table of the flow, written down a second time.
OPEN = {"concept", "planned", "started", "underway"}
LEADS: dict[str, tuple[set[str], str]] = {
    "plan": ({"concept"}, "planned"),
    "start": ({"planned"}, "started"),
    "go_on": ({"started"}, "underway"),
    "achieve": ({"started", "underway"}, "achieved"),
    "cancel": (OPEN, "cancelled"),
    "resume": ({"achieved", "cancelled"}, "back"),
}
STAYING = {
    "update": OPEN,
    "milestones": OPEN | {"achieved"},
    "implementation": OPEN | {"achieved"},
    "hurdle": OPEN | {"achieved"},
}
VERBS = [*LEADS, *STAYING]
SERVICES: dict[str, Any] = {
    "plan": plan_initiative,
    "start": start_initiative,
    "go_on": go_on_with_initiative,
    "achieve": achieve_initiative,
    "cancel": cancel_initiative,
    "resume": resume_initiative,
}
WORDS: dict[str, dict[str, Any]] = {
    "achieve": {"evidence": "9月から全件を電子で受けている。"},
    "cancel": {"reason": "国の制度が先に変わる。"},
    "resume": {"reason": "国の制度が延びた。"},
    "update": {"text": "試行を始めた。"},
}
READERS = {"auditor", "administrator"}


def may_do(verb: str, role: str, place: str) -> bool:
    """What the sentences say, written down a second time. `place`: lead, supporting or other unit."""
    if role == "secretariat":
        return True
    if verb in {"cancel", "resume"}:
        return False
    if role == "member":
        return True
    if verb == "implementation" or role in READERS:
        return False
    return place == "lead" or (place == "supporting" and verb == "update")


def test_the_flow_is_the_table() -> None:
    assert {row.verb: (set(row.sources), row.target) for row in INITIATIVE_FLOW.rows} == LEADS
    assert {row.verb: set(row.sources) for row in INITIATIVE_ACTS.rows} == STAYING
    assert {row.target for row in INITIATIVE_ACTS.rows} == {""}
    assert not any(row.internal for row in (*INITIATIVE_FLOW.rows, *INITIATIVE_ACTS.rows))


@pytest.mark.parametrize("role", ROLES)
def test_every_state_verb_and_place(role: str) -> None:
    user = user_with(role)
    for place in ("lead", "supporting", "other"):
        initiative = InitiativeFactory(lead_unit=user.unit if place == "lead" else UnitFactory())
        if place == "supporting":
            InitiativeUnit.objects.create(initiative=initiative, unit=user.unit)
        for state in STATES:
            initiative.status = state
            for verb in VERBS:
                check(verb, initiative, user, allowed=may_do(verb, role, place))


def check(verb: str, initiative: Any, user: Any, *, allowed: bool) -> None:
    flow = INITIATIVE_FLOW if verb in LEADS else INITIATIVE_ACTS
    leading = initiative.status in (LEADS[verb][0] if verb in LEADS else STAYING[verb])
    if allowed and leading:
        flow.check(verb, initiative, by=user, data=WORDS.get(verb, {}))
    else:
        with pytest.raises(WrongState if allowed else Forbidden):
            flow.check(verb, initiative, by=user, data=WORDS.get(verb, {}))


@pytest.mark.parametrize("verb", SERVICES)
def test_a_service_moves_from_its_sources_and_from_nowhere_else(verb: str) -> None:
    secretary, (sources, target) = user_with("secretariat"), LEADS[verb]
    for state in STATES:
        initiative = InitiativeFactory(status=state)
        if state in sources:
            SERVICES[verb](initiative=initiative, by=secretary, **WORDS.get(verb, {}))
        else:
            with pytest.raises(WrongState, match=str(state.label)):
                SERVICES[verb](initiative=initiative, by=secretary, **WORDS.get(verb, {}))
        initiative.refresh_from_db()
        expected = ("concept" if target == "back" else target) if state in sources else state
        assert initiative.status == expected
        assert initiative.status_since == (TODAY if state in sources else None)


@pytest.mark.parametrize("state", sorted(OPEN))
@pytest.mark.parametrize("end", ["cancelled", "achieved"])
def test_resuming_leads_back_to_the_state_before(state: str, end: str) -> None:
    initiative, secretary = InitiativeFactory(status=state), user_with("secretariat")
    with act(CHANGED, by="test"):
        initiative.status = end
        initiative.save()
    assert resume_initiative(initiative=initiative, reason="誤り", by=secretary).status == state
    assert initiative.status_reason == "誤り"


def test_a_plan_needs_both_dates() -> None:
    secretary = user_with("secretariat")
    for missing in ({"starts_on": None}, {"ends_on": None}, {"starts_on": None, "ends_on": None}):
        initiative = InitiativeFactory(status="concept", **missing)
        with pytest.raises(Unmet, match="開始日と終了日"):
            plan_initiative(initiative=initiative, by=secretary)
        initiative.refresh_from_db()
        assert (initiative.status, initiative.version) == ("concept", 1)


@pytest.mark.parametrize("words", ["", "  ", "\u3000\n"])
def test_words_are_needed(words: str) -> None:
    secretary, initiative = user_with("secretariat"), InitiativeFactory(status="underway")
    with pytest.raises(Unmet, match="何をもって達成"):
        achieve_initiative(initiative=initiative, evidence=words, by=secretary)
    with pytest.raises(Unmet, match="理由"):
        cancel_initiative(initiative=initiative, reason=words, by=secretary)
    initiative.refresh_from_db()
    assert (initiative.status, initiative.version) == ("underway", 1)


@pytest.mark.parametrize(
    ("needed", "needs_reason"),
    [
        ({"status": "underway"}, True),
        ({"status": "concept"}, True),
        ({"status": "achieved"}, False),
        ({"status": "cancelled"}, False),
        ({"archived_at": "2022-10-01T00:00+09:00"}, False),
    ],
)
def test_starting_before_what_is_needed_is_finished_needs_a_reason(needed: Any, needs_reason: bool) -> None:
    secretary = user_with("secretariat")
    first, initiative = InitiativeFactory(title="例規の見直し", **needed), InitiativeFactory()
    InitiativeDependency.objects.create(initiative=initiative, needs=first)
    if needs_reason:
        with pytest.raises(Unmet, match="例規の見直し"):
            start_initiative(initiative=initiative, by=secretary)
    start_initiative(initiative=initiative, reason="改正案は公布済み" if needs_reason else "", by=secretary)
    assert (initiative.status, initiative.status_reason) == ("started", "改正案は公布済み" if needs_reason else "")


def test_a_second_click_is_told_so_and_changes_nothing() -> None:
    secretary, initiative = user_with("secretariat"), InitiativeFactory()
    start_initiative(initiative=initiative, version=1, by=secretary)
    with pytest.raises(WrongState):
        start_initiative(initiative=initiative, version=1, by=secretary)
    other = InitiativeFactory()
    other.version = 0
    with pytest.raises(StaleVersion):
        start_initiative(initiative=other, by=secretary)


def test_the_history_and_the_watchers_hear_of_each_verb() -> None:
    secretary, watcher, manager = user_with("secretariat"), user_with("viewer"), user_with("manager")
    initiative = InitiativeFactory(
        status="concept", title="請求書の押印廃止", lead_role="manager", lead_unit=manager.unit
    )
    begin_to_watch(initiative, [watcher, secretary])
    plan_initiative(initiative=initiative, by=secretary)
    start_initiative(initiative=initiative, by=secretary)
    go_on_with_initiative(initiative=initiative, by=secretary)
    achieve_initiative(initiative=initiative, evidence="押印欄がない。", by=secretary)
    resume_initiative(initiative=initiative, reason="残りがあった。", by=secretary)
    cancel_initiative(initiative=initiative, reason="やめる。", by=secretary)
    told = [entry for entry in entries_of(initiative) if entry.event]
    assert [(entry.verb, entry.reason) for entry in reversed(told)] == [
        ("計画にした", ""),
        ("着手", ""),
        ("実施中", ""),
        ("達成", "押印欄がない。"),
        ("再開", "残りがあった。"),
        ("中止", "やめる。"),
    ]
    texts = list(Notice.objects.filter(person=watcher).order_by("pk").values_list("text", flat=True))
    name = f"{initiative.number}「請求書の押印廃止」"
    assert texts == [
        f"{name}が計画になりました。",
        f"{name}に着手しました。",
        f"{name}が実施中になりました。",
        f"{name}が達成になりました。",
        f"{name}を再開しました。",
        f"{name}を中止しました。",
    ]
    assert Notice.objects.filter(person=manager).count() == 3, "the post hears of start, resuming and cancelling"
    assert not Notice.objects.filter(person=secretary).exists()


class TestPages:
    @pytest.fixture
    def client(self, client_for: Any) -> Any:
        return client_for(user_with("secretariat"))

    def url(self, initiative: Any, verb: str) -> str:
        return f"/roadmap/initiatives/{initiative.number}/{verb}/"

    def send(self, client: Any, url: str, **words: str) -> Any:
        return client.post(url, {**form_of(client.get(url), "version"), **words})

    def test_an_early_start_is_allowed_and_said(self, client: Any) -> None:
        early, due = InitiativeFactory(starts_on=TODAY + timedelta(days=1)), InitiativeFactory(starts_on=TODAY)
        words = "予定の開始日（令和4年10月15日）より早い着手です。"
        assert words in text_of(client.get(self.url(early, "start")))
        assert "より早い着手" not in text_of(client.get(self.url(due, "start")))
        self.send(client, self.url(early, "start"))
        assert words in text_of(client.get(early.get_absolute_url()))
        self.send(client, self.url(due, "start"))
        assert "より早い着手" not in text_of(client.get(due.get_absolute_url()))

    def test_what_is_not_finished_is_a_fact_and_the_reason_a_field(self, client: Any) -> None:
        initiative = InitiativeFactory()
        assert 'name="reason"' not in text_of(client.get(self.url(initiative, "start")))
        needed = InitiativeFactory(title="例規の見直し", status="underway", ends_on=date(2023, 6, 30))
        InitiativeDependency.objects.create(initiative=initiative, needs=needed)
        page = text_of(client.get(self.url(initiative, "start")))
        assert f"{needed.number} 例規の見直し（実施中、終了予定 令和5年6月30日）" in page
        assert self.send(client, self.url(initiative, "start")).status_code == 422
        assert self.send(client, self.url(initiative, "start"), reason="公布済み").status_code == 302
        initiative.refresh_from_db()
        assert (initiative.status, initiative.status_reason) == ("started", "公布済み")

    def test_open_milestones_are_named_before_and_after(self, client: Any) -> None:
        initiative = InitiativeFactory(status="underway")
        MilestoneFactory(initiative=initiative, text="済んだ節目", state="achieved")
        MilestoneFactory(initiative=initiative, text="残った節目")
        page = text_of(client.get(self.url(initiative, "achieve")))
        assert "R5 第1四半期 残った節目" in page
        assert "済んだ節目" not in page
        self.send(client, self.url(initiative, "achieve"), evidence="全件が電子")
        assert "未達成の節目が1件残ります。" in text_of(client.get(initiative.get_absolute_url()))

    def test_the_head_offers_what_comes_next_and_says_who_may_the_rest(self, client_for: Any) -> None:
        lead = user_with("promoter")
        initiative = InitiativeFactory(status="underway", lead_unit=lead.unit)
        menu = client_for(lead).get(initiative.get_absolute_url()).context["menu"]
        assert [act.verb for act in menu["buttons"]] == ["update", "achieve", "edit"]
        assert [act.look for act in menu["buttons"]] == ["primary", "second", "second"]
        assert [str(label) for label, _who in menu["others"]] == ["中止する"]
        menu = client_for(user_with("viewer")).get(initiative.get_absolute_url()).context["menu"]
        assert (menu["buttons"], menu["groups"]) == ([], [])
        for state, first in {"concept": "plan", "planned": "start", "started": "go_on", "cancelled": "resume"}.items():
            other = InitiativeFactory(status=state)
            menu = client_for(user_with("secretariat")).get(other.get_absolute_url()).context["menu"]
            assert (menu["buttons"][0].verb, menu["buttons"][0].look) == (first, "primary"), state

    def test_who_may_not_is_told_who_may_and_the_unknown_is_not_found(self, client_for: Any) -> None:
        officer, initiative = client_for(user_with("viewer")), InitiativeFactory(status="concept")
        for verb in ("plan", "start", "go-on", "achieve", "cancel", "resume", "update", "edit", "archive"):
            response = officer.get(self.url(initiative, verb))
            assert response.status_code == 403, verb
            assert "事務局" in text_of(response), verb
            assert officer.get(f"/roadmap/initiatives/I-2022-9999/{verb}/").status_code == 404
