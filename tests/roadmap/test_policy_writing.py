"""Writing policies: the draft, its texts, its hurdles, its units; on the services."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.notices import watchers
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.models import Unit
from apps.roadmap.models import Policy, PolicyUnit, PolicyVersion
from apps.roadmap.selectors import units_to_bind
from apps.roadmap.services import (
    adopt_policy,
    archive_policy,
    bind_units,
    create_policy,
    edit_policy,
    link_hurdles,
    release_units,
    undo_adoption,
    unlink_hurdle,
    withdraw_policy,
    write_policy_text,
)
from apps.roadmap.waits import policies_to_adopt
from tests.factories import CommonHurdleFactory, HurdleFactory, RoleFactory, UnitFactory, user_with
from tests.roadmap.policies import a_policy

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY


@pytest.fixture
def team() -> Any:
    return user_with("member")


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


def values(**changes: Any) -> dict[str, Any]:
    return {"kind": "policy", "title": "請求書の押印を廃止する", "goal": "令和5年4月1日から求めない。", **changes}


class TestTheDraft:
    def test_it_has_no_number_and_its_writer_watches_it(self, team: Any) -> None:
        uid, hurdle, common = uuid.uuid4(), HurdleFactory(), CommonHurdleFactory()
        policy = create_policy(uid=uid, values=values(), hurdles=[hurdle, hurdle], common_hurdles=[common], by=team)
        assert (policy.number, policy.status, policy.status_since) == (None, "draft", TODAY)
        assert list(policy.hurdles.all()) == [hurdle]
        assert list(policy.common_hurdles.all()) == [common]
        assert watchers(policy) == [team]
        with pytest.raises(IntegrityError), transaction.atomic():
            create_policy(uid=uid, values=values(), by=team)

    @pytest.mark.parametrize("role", ["manager", "headquarters", "auditor", "promoter"])
    def test_others_write_none(self, role: str) -> None:
        with pytest.raises(Forbidden):
            create_policy(uid=uuid.uuid4(), values=values(), by=user_with(role))
        assert not Policy.objects.exists()

    def test_a_draft_of_a_hurdle_is_nothing_to_resolve(self, team: Any) -> None:
        for status in ("draft", "merged"):
            with pytest.raises(Unmet, match="加えられません"):
                create_policy(uid=uuid.uuid4(), values=values(), hurdles=[HurdleFactory(status=status)], by=team)
        assert not Policy.objects.exists()

    def test_nobodys_words_are_lost(self, team: Any, secretary: Any) -> None:
        policy = a_policy()
        seen = policy.version
        edit_policy(policy=policy, version=seen, values={"title": "𠮷田方式に改める"}, by=team)
        with pytest.raises(StaleVersion):
            edit_policy(policy=Policy.objects.get(), version=seen, values={"title": "髙橋方式に改める"}, by=secretary)
        assert Policy.objects.get().title == "𠮷田方式に改める"
        assert "𠮷田方式" in Policy.objects.get().search_key

    def test_once_decided_the_secretariat_alone_changes_it(self, team: Any, secretary: Any) -> None:
        policy = a_policy("decided", status_since=date(2022, 6, 3))
        with pytest.raises(Forbidden, match="決定された後は、事務局だけ"):
            edit_policy(policy=policy, version=policy.version, values={"goal": "別のゴール"}, by=team)
        planned = {"in_force_on": date(2022, 6, 2)}
        with pytest.raises(Unmet, match="決定の日より前"):
            edit_policy(policy=policy, version=policy.version, values=planned, by=secretary)
        edit_policy(policy=policy, version=policy.version, values={"in_force_on": date(2023, 4, 1)}, by=secretary)
        assert Policy.objects.get().in_force_on == date(2023, 4, 1)

    def test_archiving_keeps_what_was_decided(self, secretary: Any) -> None:
        with pytest.raises(WrongState):
            archive_policy(policy=a_policy("in_force"), reason="もう要らない。", by=secretary)
        draft = archive_policy(policy=a_policy(), reason="別の方針に含めた。", by=secretary)
        assert draft.archived_at
        assert entries_of(draft)[0].reason == "別の方針に含めた。"


class TestItsText:
    def test_versions_follow_one_another(self, team: Any) -> None:
        policy = a_policy(text="")
        write_policy_text(policy=policy, text="一つ目。", by=team)
        with pytest.raises(Unmet, match="変える理由"):
            write_policy_text(policy=policy, text="二つ目。", by=team)
        with pytest.raises(Unmet, match="第1版と同じ"):
            write_policy_text(policy=policy, text="一つ目。\n", reason="書き直し", by=team)
        with pytest.raises(Unmet, match="本文を書いて"):
            write_policy_text(policy=policy, text=" ", reason="書き直し", by=team)
        write_policy_text(policy=policy, text="二つ目。", reason="会計課の意見", by=team)
        rows = list(policy.versions.values_list("version", "date", "text", "reason"))
        assert rows == [(1, TODAY, "一つ目。", ""), (2, TODAY, "二つ目。", "会計課の意見")]
        assert entries_of(policy, parts=("versions",))[0].reason == "会計課の意見"

    def test_two_who_write_at_once_are_told(self, team: Any, secretary: Any) -> None:
        policy = a_policy()
        seen, other = policy.version, Policy.objects.get()
        write_policy_text(policy=policy, text="二つ目。", reason="会計課の意見", by=team, version=seen)
        with pytest.raises(StaleVersion):
            write_policy_text(policy=other, text="別の二つ目。", reason="財政課の意見", by=secretary, version=seen)
        assert PolicyVersion.objects.count() == 2

    def test_the_database_refuses_to_change_an_old_one(self) -> None:
        a_policy()
        with pytest.raises(InternalError), transaction.atomic():
            PolicyVersion.objects.update(text="書き換えた。")
        assert PolicyVersion.objects.get().text == "押印を廃止する。"


class TestItsHurdles:
    def test_they_come_in_one_act_and_go_with_a_reason(self, team: Any) -> None:
        policy, first, second, common = a_policy(), HurdleFactory(), HurdleFactory(), CommonHurdleFactory()
        assert link_hurdles(policy=policy, hurdles=[first], by=team) == 1
        assert link_hurdles(policy=policy, hurdles=[first, second], common_hurdles=[common], by=team) == 2
        with pytest.raises(Unmet, match="一つ以上"):
            link_hurdles(policy=policy, by=team)
        with pytest.raises(Unmet, match="理由を書いて"):
            unlink_hurdle(policy=policy, hurdle=first, reason="", by=team)
        unlink_hurdle(policy=policy, hurdle=first, reason="別の方針で解消する。", by=team)
        unlink_hurdle(policy=policy, hurdle=common, reason="束が広すぎる。", by=team)
        with pytest.raises(Unmet, match="入っていません"):
            unlink_hurdle(policy=policy, hurdle=first, reason="もう一度", by=team)
        assert list(policy.hurdles.all()) == [second]
        assert not policy.common_hurdles.exists()
        reasons = [entry.reason for entry in entries_of(policy, parts=("hurdle_links", "common_hurdle_links"))][:2]
        assert reasons == ["束が広すぎる。", "別の方針で解消する。"]

    def test_whoever_decides_is_told_that_hurdles_came_in_the_meantime(self, team: Any) -> None:
        policy = a_policy("under_review")
        seen = policy.version
        link_hurdles(policy=policy, hurdles=[HurdleFactory()], by=team)
        assert Policy.objects.get().version > seen

    def test_at_the_end_nothing_is_added(self, team: Any) -> None:
        for state in ("achieved", "withdrawn"):
            with pytest.raises(WrongState):
                link_hurdles(policy=a_policy(state), hurdles=[HurdleFactory()], by=team)


class TestItsUnits:
    def test_several_in_one_act_and_each_once(self, team: Any) -> None:
        policy, units = a_policy(), [UnitFactory() for _each in range(3)]
        assert bind_units(policy=policy, units=units[:2], by=team) == units[:2]
        assert bind_units(policy=policy, units=units, by=team) == units[2:]
        with pytest.raises(Unmet, match="一つ以上"):
            bind_units(policy=policy, units=[], by=team)
        assert not units_to_bind(policy).filter(pk__in=[unit.pk for unit in units]).exists()
        with pytest.raises(Unmet, match="理由を書いて"):
            release_units(policy=policy, units=units[:1], reason=" ", by=team)
        assert release_units(policy=policy, units=units[:2], reason="窓口がない。", by=team) == 2
        assert list(policy.bound_units.all()) == units[2:]

    def test_a_section_that_was_renamed_is_bound_already(self, team: Any) -> None:
        old = UnitFactory(code="0501", valid_to=date(2022, 3, 31))
        new = UnitFactory(code="0501", valid_from=date(2022, 4, 1))
        old.successors.add(new)
        old.main_successor = new
        old.save()
        policy = a_policy()
        bind_units(policy=policy, units=[old], by=team)
        assert new not in units_to_bind(policy)

    @pytest.mark.parametrize("role", ["promoter", "manager"])
    def test_a_section_says_that_it_has_adopted_it(self, role: str) -> None:
        speaker, other = user_with(role), UnitFactory()
        policy = a_policy("in_force")
        for unit in (speaker.unit, other):
            PolicyUnit.objects.create(policy=policy, unit=unit)
        words = {"adopted_on": date(2022, 10, 3), "note": "様式から押印欄をなくした。"}
        with pytest.raises(Forbidden):
            adopt_policy(policy=policy, unit=other, by=speaker, **words)
        link = adopt_policy(policy=policy, unit=speaker.unit, by=speaker, **words)
        assert (link.adopted, link.adopted_on, link.note) == (True, date(2022, 10, 3), "様式から押印欄をなくした。")
        with pytest.raises(Unmet, match="すでに"):
            adopt_policy(policy=policy, unit=speaker.unit, by=speaker, **words)
        entry = entries_of(policy, parts=("unit_links",))[0]
        assert entry.reason == f"{speaker.unit}：様式から押印欄をなくした。"
        link = undo_adoption(policy=policy, unit=speaker.unit, reason="郵送の分が残っていた。", by=speaker)
        assert (link.adopted, link.adopted_on, link.note) == (False, None, "")
        with pytest.raises(Unmet, match="まだ採用していません"):
            undo_adoption(policy=policy, unit=speaker.unit, reason="もう一度", by=speaker)

    def test_what_an_adoption_needs(self, secretary: Any) -> None:
        unit = UnitFactory()
        policy = a_policy("in_force")
        PolicyUnit.objects.create(policy=policy, unit=unit)
        for changes, message in (
            ({"note": " "}, "課で何をするか"),
            ({"adopted_on": None}, "いつから"),
            ({"adopted_on": date(2022, 10, 15)}, "先の日"),
            ({"unit": UnitFactory()}, "対象ではありません"),
        ):
            words: dict[str, Any] = {"unit": unit, "adopted_on": TODAY, "note": "様式を改めた。", **changes}
            with pytest.raises(Unmet, match=message):
                adopt_policy(policy=policy, by=secretary, **words)
        assert not PolicyUnit.objects.filter(adopted=True).exists()
        for state in ("draft", "under_review", "withdrawn"):
            early = a_policy(state)
            PolicyUnit.objects.create(policy=early, unit=unit)
            with pytest.raises(WrongState):
                adopt_policy(policy=early, unit=unit, adopted_on=TODAY, note="様式を改めた。", by=secretary)

    @pytest.mark.parametrize("role", ["viewer", "member", "auditor", "headquarters"])
    def test_nobody_else_speaks_for_a_section(self, role: str) -> None:
        person = user_with(role)
        policy = a_policy("in_force")
        PolicyUnit.objects.create(policy=policy, unit=person.unit)
        with pytest.raises(Forbidden):
            adopt_policy(policy=policy, unit=person.unit, adopted_on=TODAY, note="様式を改めた。", by=person)

    def test_what_was_withdrawn_in_the_meantime_is_neither_adopted_nor_changed(self, secretary: Any) -> None:
        policy, unit, hurdle = a_policy("decided"), UnitFactory(), HurdleFactory()
        PolicyUnit.objects.create(policy=policy, unit=unit)
        withdraw_policy(policy=Policy.objects.get(pk=policy.pk), reason="法が変わった。", by=secretary)
        assert policy.status == "decided", "as its reader saw it"
        with pytest.raises(WrongState):
            adopt_policy(policy=policy, unit=unit, adopted_on=TODAY, note="様式を改めた。", by=secretary)
        with pytest.raises(WrongState):
            bind_units(policy=policy, units=[UnitFactory()], by=secretary)
        with pytest.raises(WrongState):
            link_hurdles(policy=policy, hurdles=[hurdle], by=secretary)
        assert list(policy.unit_links.values_list("unit", "adopted")) == [(unit.pk, False)]
        assert not policy.hurdle_links.exists()

    def test_a_promoter_speaks_for_no_other_section_where_they_sit_or_serve(self) -> None:
        person, elsewhere, taken_over = user_with("promoter"), user_with("promoter"), UnitFactory()
        RoleFactory(user=person, kind="viewer", unit=elsewhere.unit)
        Unit.objects.filter(pk=taken_over.pk).update(valid_to=date(2022, 3, 31), main_successor=person.unit)
        policy, words = a_policy("in_force"), {"adopted_on": TODAY, "note": "様式を改めた。"}
        PolicyUnit.objects.create(policy=policy, unit=elsewhere.unit)
        with pytest.raises(Forbidden):
            adopt_policy(policy=policy, unit=elsewhere.unit, by=person, **words)
        assert list(policies_to_adopt(person)) == []
        assert len(list(policies_to_adopt(elsewhere))) == 1
        for unit in (person.unit, taken_over):
            PolicyUnit.objects.create(policy=policy, unit=unit)
        assert len(list(policies_to_adopt(person))) == 2
        with pytest.raises(Forbidden):
            adopt_policy(policy=policy, unit=elsewhere.unit, by=person, **words)
        assert adopt_policy(policy=policy, unit=taken_over, by=person, **words).adopted

    def test_who_is_bound_after_the_decision_hears_of_it(self, team: Any) -> None:
        promoter = user_with("promoter")
        bind_units(policy=a_policy("under_review"), units=[promoter.unit], by=team)
        assert not Notice.objects.filter(person=promoter).exists()
        bind_units(policy=a_policy("decided"), units=[promoter.unit], by=team)
        assert "対象となる所属が加わりました" in Notice.objects.get(person=promoter).text
