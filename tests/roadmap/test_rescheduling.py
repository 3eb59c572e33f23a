"""Dates move through one service: shown first, written as shown, with what waits behind; the day is 14 October 2022."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.talk.watching import watch_record
from apps.core.transitions import Unmet
from apps.organization.models import Unit
from apps.roadmap.models import Initiative, InitiativeDependency, InitiativeMove, Milestone
from apps.roadmap.selectors import conflicts, moves_of
from apps.roadmap.services.rescheduling import NothingMoves, PlanChanged, reschedule_initiative
from apps.roadmap.services.schedule_preview import after_what_it_needs, plan_rescheduling
from tests.factories import InitiativeFactory, MilestoneFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

NEW = {"starts_on": date(2023, 4, 1), "ends_on": date(2023, 9, 30)}
REASON = "条例改正の審査が6月議会から9月議会に移ったため。"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def chain() -> list[Initiative]:
    """Three initiatives of which each needs the one before and begins the day after; and one that has begun."""
    days = [
        (date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2023, 7, 1), date(2024, 3, 31)),
    ]
    rows = [InitiativeFactory(number=f"R-{n}", starts_on=first, ends_on=last) for n, (first, last) in enumerate(days)]
    Initiative.objects.filter(pk=rows[3].pk).update(status="started")
    for later, needed in ((1, 0), (2, 1), (3, 0)):
        InitiativeDependency.objects.create(initiative=rows[later], needs=rows[needed])
    return [Initiative.objects.get(pk=row.pk) for row in rows]


def days_of(initiative: Initiative) -> tuple[Any, Any]:
    initiative.refresh_from_db()
    return initiative.starts_on, initiative.ends_on


class TestService:
    def test_what_waits_moves_behind_with_its_milestones(self, chain: Any, secretary: Any) -> None:
        first, second, third, begun = chain
        done = MilestoneFactory(initiative=first, fiscal_year=FiscalYear(2022), quarter=4, state="achieved")
        open_ = MilestoneFactory(initiative=first, fiscal_year=FiscalYear(2023), quarter=1)
        last = MilestoneFactory(initiative=third, fiscal_year=FiscalYear(2023), quarter=4)
        watcher, lead = user_with("viewer"), user_with("manager", unit=second.lead_unit)
        watch_record(record=third, by=watcher)
        plan = plan_rescheduling(initiative=first, **NEW)
        assert days_of(first) == (date(2023, 4, 1), date(2023, 6, 30)), "a preview writes nothing"
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary, seen=plan.digest)
        assert days_of(first) == (date(2023, 4, 1), date(2023, 9, 30))
        assert days_of(second) == (date(2023, 10, 2), date(2024, 4, 4))
        assert days_of(third) == (date(2024, 4, 5), date(2024, 6, 28))
        assert days_of(begun) == (date(2023, 7, 1), date(2024, 3, 31)), "it has begun"
        quarters = {each.pk: (int(each.fiscal_year), each.quarter) for each in Milestone.objects.all()}
        assert quarters == {done.pk: (2022, 4), open_.pk: (2023, 2), last.pk: (2024, 1)}
        moves = {move.initiative_id: move for move in InitiativeMove.objects.all()}
        assert {key: move.behind_id for key, move in moves.items()} == {
            first.pk: None, second.pk: first.pk, third.pk: second.pk,
        }  # fmt: skip
        assert {(move.reason, move.moved_by, move.moved_on) for move in moves.values()} == {
            (REASON, secretary, date(2022, 10, 14))
        }
        assert (moves[third.pk].old_starts_on, moves[third.pk].new_ends_on) == (date(2024, 1, 1), date(2024, 6, 28))
        assert [(each.initiative, each.needs) for each in conflicts()] == [(begun, first)]
        assert {(each.person, each.record) for each in Notice.objects.all()} == {
            (watcher, third.uid),
            (lead, second.uid),
        }
        text = Notice.objects.get(person=lead).text
        assert f"「{first.title}」の後ろへ" in text
        assert REASON in text

    def test_a_unit_that_has_ended_hears_by_its_successor_and_an_empty_post_by_the_secretariat(
        self, chain: Any, secretary: Any
    ) -> None:
        first, second, third, _begun = chain
        lead = user_with("manager")
        Unit.objects.filter(pk=second.lead_unit_id).update(valid_to=date(2022, 3, 31), main_successor=lead.unit)
        colleague = user_with("secretariat")
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary)
        assert {(each.person, each.record) for each in Notice.objects.all()} == {
            (lead, second.uid),
            (colleague, first.uid),
            (colleague, third.uid),
        }

    def test_one_act_with_one_reason_in_every_history(self, chain: Any, secretary: Any) -> None:
        first, second = chain[:2]
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary)
        for initiative in (first, second):
            entry = entries_of(initiative, parts=("milestones",))[0]
            assert (entry.event, entry.reason, entry.actor) == (
                "roadmap.initiative.rescheduled", REASON, secretary.name,
            )  # fmt: skip
            initiative.refresh_from_db()
            assert initiative.version == 2
        first_dates = moves_of(second).first
        assert first_dates
        assert (first_dates.starts_on, first_dates.ends_on) == (date(2023, 7, 1), date(2023, 12, 31))
        assert moves_of(chain[3]).first is None

    def test_without_carrying_only_the_one_moves_and_the_preview_says_what_no_longer_fits(
        self, chain: Any, secretary: Any
    ) -> None:
        first, second, _third, begun = chain
        plan = plan_rescheduling(initiative=first, **NEW, carry=False)
        assert [line.initiative for line in plan.lines] == [first]
        assert [(each.initiative, each.arises, each.why) for each in plan.misfits] == [
            (second, True, ""), (begun, True, ""),
        ]  # fmt: skip
        plan = plan_rescheduling(initiative=first, **NEW)
        assert [(each.initiative, each.arises) for each in plan.misfits] == [(begun, True)]
        assert plan.misfits[0].why == plan.stopped[0][1] != ""
        assert plan.stopped[0][0] == begun
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary, carry=False)
        assert days_of(second) == (date(2023, 7, 1), date(2023, 12, 31))
        assert conflicts().count() == 2

    def test_what_is_refused(self, chain: Any, secretary: Any) -> None:
        first = chain[0]
        for starts_on, ends_on, reason, refusal in (
            (date(2023, 4, 2), date(2023, 4, 1), REASON, Unmet),
            (date(2023, 4, 1), date(2023, 6, 30), REASON, NothingMoves),
            (date(2023, 4, 3), date(2023, 6, 30), " ", Unmet),
        ):
            with pytest.raises(refusal):
                reschedule_initiative(
                    initiative=first, starts_on=starts_on, ends_on=ends_on, reason=reason, by=secretary
                )
        for status in ("achieved", "cancelled"):
            closed = InitiativeFactory(status=status)
            with pytest.raises(Unmet):
                reschedule_initiative(initiative=closed, **NEW, reason=REASON, by=secretary)
        assert not InitiativeMove.objects.exists()

    def test_what_was_confirmed_is_what_was_shown(self, chain: Any, secretary: Any) -> None:
        first, second = chain[:2]
        seen = plan_rescheduling(initiative=first, **NEW).digest
        reschedule_initiative(
            initiative=second, starts_on=date(2023, 12, 1), ends_on=date(2024, 5, 31), reason=REASON, by=secretary
        )
        with pytest.raises(PlanChanged) as changed:
            reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary, seen=seen)
        assert [line.initiative for line in changed.value.plan.lines] == [first]
        assert days_of(first) == (date(2023, 4, 1), date(2023, 6, 30))
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=secretary, seen=changed.value.plan.digest)
        assert days_of(first) == (date(2023, 4, 1), date(2023, 9, 30))

    def test_who_may(self, chain: Any) -> None:
        first = chain[0]
        for user in (user_with("viewer"), user_with("manager"), user_with("headquarters"), user_with("auditor")):
            with pytest.raises(Forbidden):
                reschedule_initiative(initiative=first, **NEW, reason=REASON, by=user)
        reschedule_initiative(initiative=first, **NEW, reason=REASON, by=user_with("viewer", unit=first.lead_unit))
        assert days_of(first)[1] == date(2023, 9, 30)

    def test_dates_after_what_it_needs(self) -> None:
        needed = InitiativeFactory(starts_on=date(2022, 10, 1), ends_on=date(2023, 6, 30))
        closed = InitiativeFactory(starts_on=date(2022, 10, 1), ends_on=date(2024, 6, 30), status="cancelled")
        later = InitiativeFactory(starts_on=date(2023, 1, 1), ends_on=date(2023, 1, 6))
        for each in (needed, closed):
            InitiativeDependency.objects.create(initiative=later, needs=each)
        span = after_what_it_needs(later)
        assert span
        assert (span.starts_on, span.ends_on) == (date(2023, 7, 3), date(2023, 7, 5))
        assert after_what_it_needs(needed) is None

    def test_an_archived_initiative_neither_moves_nor_carries_others_along(self, chain: Any) -> None:
        first, second, _third, begun = chain
        Initiative.objects.filter(pk=second.pk).update(archived_at="2022-10-01T00:00+09:00")
        plan = plan_rescheduling(initiative=first, **NEW)
        assert [line.initiative for line in plan.lines] == [first], "the third one waits for the archived one alone"
        assert [each.initiative for each in plan.misfits] == [begun]

    def test_the_preview_of_a_big_plan_takes_as_many_queries_as_that_of_a_small_one(self) -> None:
        unit = UnitFactory()

        def plan_of(count: int) -> int:
            rows = [
                Initiative(title=f"{n}", lead_unit=unit, starts_on=date(2022, 10, 3), ends_on=date(2022, 10, 7))
                for n in range(count)
            ]
            Initiative.objects.bulk_create(rows)
            InitiativeDependency.objects.bulk_create(
                InitiativeDependency(initiative=rows[n], needs=rows[needed])
                for n in range(1, count)
                for needed in {(n - 1) // 2, (n - 1) // 3}
            )
            with CaptureQueriesContext(
                connection,
            ) as queries:
                plan = plan_rescheduling(initiative=rows[0], starts_on=date(2022, 10, 3), ends_on=date(2022, 10, 21))
            assert len(plan.lines) == count
            return len(queries)

        assert plan_of(3) == plan_of(500) == 3


class TestPage:
    def sent(self, client: Any, url: str, **changes: str) -> tuple[dict[str, Any], Any]:
        form = {**form_of(client.get(url), "ends_on"), "reason": REASON, **changes}
        return form, client.post(url, form)

    def test_form_preview_confirm(self, chain: Any, secretary: Any, client_for: Any) -> None:
        first, second = chain[:2]
        client, url = client_for(secretary), f"{first.get_absolute_url()}reschedule/"
        form, response = self.sent(client, url, ends_on="R5.9.30")
        assert form["starts_on"] == "令和5年4月1日"
        assert form["carry"] == "on"
        page = text_of(response)
        assert "R5.10.2" in page
        assert "3か月遅れ" in page
        assert "着手済みなので" in page
        confirmed = form_of(response, "seen")
        changing = client.post(url, {**confirmed, "change": "1"})
        assert form_of(changing, "ends_on")["ends_on"] == "R5.9.30"
        response = client.post(url, {**confirmed, "confirm": "1"}, follow=True)
        assert response.redirect_chain == [(first.get_absolute_url(), 302)]
        assert days_of(second) == (date(2023, 10, 2), date(2024, 4, 4))
        page = text_of(client.get(second.get_absolute_url()))
        assert "当初の日程" in page
        assert REASON in page
        again = client.post(url, {**confirmed, "confirm": "1"})
        assert (again.status_code, again["Location"]) == (302, first.get_absolute_url())
        assert InitiativeMove.objects.count() == 3, "a second click moves nothing again"

    def test_a_plan_that_changed_meanwhile_is_shown_again(self, chain: Any, secretary: Any, client_for: Any) -> None:
        first, _second, third, _begun = chain
        client, url = client_for(secretary), f"{first.get_absolute_url()}reschedule/"
        _form, response = self.sent(client, url, ends_on="2023-09-30")
        confirmed = form_of(response, "seen")
        InitiativeDependency.objects.create(initiative=third, needs=first)
        MilestoneFactory(initiative=third, text="後から増えた節目")
        response = client.post(url, {**confirmed, "confirm": "1"})
        assert response.status_code == 409
        page = text_of(response)
        assert "確認の画面を出した後に計画が変わりました" in page
        assert "後から増えた節目" in page
        assert not InitiativeMove.objects.exists()
        response = client.post(url, {**form_of(response, "seen"), "confirm": "1"})
        assert response.status_code == 302
        assert InitiativeMove.objects.count() == 3

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"ends_on": "2023-03-31"}, "取組の終了は開始より前にできません"),
            ({}, "いまの日程と同じです"),
            ({"ends_on": "2023-09-30", "reason": ""}, "field__error"),
            ({"ends_on": "2423-09-30"}, "50年以上離れた日付"),
            ({"ends_on": "2023-02-29"}, "存在しない日"),
        ],
    )
    def test_bad_input_is_named_beside_the_field(
        self, changes: Any, words: str, chain: Any, secretary: Any, client_for: Any
    ) -> None:
        _form, response = self.sent(client_for(secretary), f"{chain[0].get_absolute_url()}reschedule/", **changes)
        assert response.status_code == 422
        assert words in text_of(response)
        assert "field__error" in text_of(response)

    def test_the_conflict_offers_the_dates_that_fit(self, secretary: Any, client_for: Any) -> None:
        needed = InitiativeFactory(starts_on=date(2022, 10, 1), ends_on=date(2023, 6, 30))
        later = InitiativeFactory(starts_on=date(2023, 1, 1), ends_on=date(2024, 6, 30))
        InitiativeDependency.objects.create(initiative=later, needs=needed)
        client, url = client_for(secretary), f"{later.get_absolute_url()}reschedule/"
        way = f'href="{url}?propose=after"'
        for page in ("/roadmap/", later.get_absolute_url(), needed.get_absolute_url(), url):
            assert way in text_of(client.get(page)), page
        form = form_of(client.get(f"{url}?propose=after"), "ends_on")
        assert (form["starts_on"], form["ends_on"]) == ("令和5年7月3日", "令和6年12月25日")
        assert way not in text_of(client_for(user_with("viewer")).get("/roadmap/"))
        response = client.post(url, {**form, "reason": REASON})
        assert "解消する矛盾" in text_of(response)

    def test_who_gets_in(self, chain: Any, client_for: Any) -> None:
        url = f"{chain[0].get_absolute_url()}reschedule/"
        for role, status in (("viewer", 403), ("member", 200), ("auditor", 403), ("headquarters", 403)):
            assert client_for(user_with(role)).get(url).status_code == status, role
        assert client_for(user_with("viewer", unit=chain[0].lead_unit)).get(url).status_code == 200
        Initiative.objects.filter(pk=chain[0].pk).update(archived_at="2022-10-01T00:00+09:00")
        assert client_for(user_with("member")).get(url).status_code == 404


def test_nothing_else_writes_the_dates_of_an_initiative() -> None:
    """Of the code of the roadmap only the one service assigns them; elsewhere they are given where a row is made."""
    apps = Path(__file__).resolve().parents[2] / "apps"
    allowed = {apps / "roadmap" / "services" / "rescheduling.py"}
    found = []
    for path in sorted({*(apps / "roadmap").rglob("*.py"), *(apps / "decisions").rglob("*.py")} - allowed):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _writes_dates(node):
                found.append(f"{path.relative_to(apps)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


DATES = {"starts_on", "ends_on"}


def _writes_dates(node: ast.AST) -> bool:
    """`x.starts_on = …`, `.update(starts_on=…)`, `setattr(x, "starts_on", …)`, `changes={"starts_on": …}`."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(each, ast.Attribute) and each.attr in DATES for each in targets)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    words = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
    if called in {"update", "bulk_update", "setattr", "save_version"}:
        return bool(DATES & ({each.arg for each in node.keywords} | words))
    return False
