"""Merging duplicates: everything is kept, the old number leads on, and for a day all can be as before."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core import clock
from apps.core.history import entries_of
from apps.core.models import Notice, Watch
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.models import CommonHurdleMember, Endorsement, Hurdle, HurdleMerge
from apps.hurdles.services import leads_to, merge_hurdle, unmerge_hurdle
from apps.organization.choices import RoleKind
from tests.factories import CommonHurdleFactory, EndorsementFactory, HurdleFactory, UnitFactory, UserFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in RoleKind]
WIDE = {"member", "headquarters", "deputy", "chief", "advisor", "secretariat", "auditor"}
# These change with every act, and nobody looks at them.
MOVING = {"version", "updated_at"}


def watch(hurdle: Any, person: Any) -> None:
    Watch.objects.create(kind="hurdles.hurdle", record=hurdle.uid, person=person, since="2022-10-01T00:00+09:00")


def merged(duplicate: Any, survivor: Any, by: Any) -> HurdleMerge:
    return merge_hurdle(duplicate=duplicate, survivor=survivor, reason="同じ様式の話", by=by)


def state_of_all() -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables around hurdles, without what changes with every act."""
    tables = (Hurdle, Endorsement, CommonHurdleMember, Watch)
    return {
        table.__name__: [
            {name: value for name, value in row.items() if name not in MOVING}
            for row in table._base_manager.order_by("pk").values()
        ]
        for table in tables
    }


class TestMerging:
    def test_what_speaks_for_the_duplicate_speaks_for_the_survivor(self) -> None:
        secretary, reporter = user_with("secretariat"), user_with("promoter")
        duplicate = HurdleFactory(
            reporting_unit=reporter.unit, reporter=reporter, obstacle="印影を見比べる", hours_lost=70, yen_lost=900
        )
        survivor = HurdleFactory(hours_lost=5)
        both, new = UnitFactory(), UnitFactory()
        EndorsementFactory(hurdle=survivor, unit=both, hours_lost=1)
        EndorsementFactory(hurdle=duplicate, unit=both, hours_lost=2)
        EndorsementFactory(hurdle=duplicate, unit=new, example="月に五件", hours_lost=3)
        EndorsementFactory(hurdle=duplicate, unit=survivor.reporting_unit, hours_lost=4)
        mine, shared = CommonHurdleFactory(hurdles=[duplicate]), CommonHurdleFactory(hurdles=[duplicate, survivor])
        merge = merged(duplicate, survivor, secretary)
        said = survivor.endorsements.order_by("hours_lost").values_list("unit", "example", "hours_lost", "merge")
        assert list(said) == [
            (both.pk, "毎月、印影を確かめている。", 1, None),
            (new.pk, "月に五件", 3, merge.pk),
            (reporter.unit.pk, "印影を見比べる", 70, merge.pk),
        ]
        own = survivor.endorsements.get(unit=reporter.unit)
        assert (own.endorsed_by, own.yen_lost, own.endorsed_on) == (reporter, 900, duplicate.reported_on)
        members = CommonHurdleMember.objects.filter(hurdle=survivor).values_list("common_hurdle", "merge")
        assert set(members) == {(mine.pk, merge.pk), (shared.pk, None)}
        duplicate.refresh_from_db()
        assert (duplicate.status, duplicate.merged_into) == ("merged", survivor)
        assert (duplicate.status_reason, duplicate.status_since) == ("同じ様式の話", clock.today())
        # Everything of the duplicate is kept.
        assert (duplicate.endorsements.count(), duplicate.common_hurdle_links.count()) == (3, 2)
        assert entries_of(duplicate)[0].verb == "統合"
        assert entries_of(duplicate)[0].reason == "同じ様式の話"

    def test_of_one_section_there_is_no_second_voice(self) -> None:
        unit = UnitFactory()
        duplicate, survivor = HurdleFactory(reporting_unit=unit), HurdleFactory(reporting_unit=unit)
        merged(duplicate, survivor, user_with("secretariat"))
        assert not survivor.endorsements.exists()

    def test_the_section_is_told_and_told_where(self) -> None:
        secretary = user_with("secretariat")
        sees, reporter = user_with("promoter", "member"), None
        manager = user_with("manager", unit=sees.unit)
        reporter = UserFactory(unit=sees.unit)
        duplicate = HurdleFactory(title="請求書の印", reporting_unit=sees.unit, reporter=reporter)
        watcher = user_with("headquarters")
        watch(duplicate, watcher)
        survivor = HurdleFactory()
        merge = merged(duplicate, survivor, secretary)
        named = f"{duplicate.number}「請求書の印」は{survivor.number}に統合されました。"
        for person in (sees, watcher):
            notice = Notice.objects.get(person=person)
            assert notice.text.startswith(named)
            assert notice.record == survivor.uid
        # The manager does not see the survivor, and does not learn its number.
        notice = Notice.objects.get(person=manager)
        assert (notice.record, notice.text) == (
            duplicate.uid,
            f"{duplicate.number}「請求書の印」は、同じ内容の別のハードルに統合されました。",
        )
        assert not Notice.objects.filter(person=secretary).exists()
        assert merge.new_watchers == [watcher.pk]
        assert Watch.objects.filter(record=survivor.uid, person=watcher).exists()

    def test_refusals_say_why(self) -> None:
        secretary = user_with("secretariat")
        hurdle, draft = HurdleFactory(), HurdleFactory(status="draft")
        resolved, a, b = HurdleFactory(status="resolved"), HurdleFactory(), HurdleFactory()
        merged(a, b, secretary)
        before = state_of_all()
        for survivor, words in (
            (hurdle, "同じハードルどうしは統合できません。"),
            (draft, "提出されていません"),
            (resolved, f"{resolved.number}は終わっています（解消）。"),
            (a, f"{a.number}はすでに統合されています。統合先の{b.number}を選んでください。"),
        ):
            with pytest.raises(Unmet) as refusal:
                merged(hurdle, survivor, secretary)
            assert words in str(refusal.value)
        with pytest.raises(Unmet, match="同じ内容だと判断した理由"):
            merge_hurdle(duplicate=hurdle, survivor=b, reason="\u3000", by=secretary)
        for duplicate in (draft, resolved, a):
            present = Hurdle.objects.get(pk=duplicate.pk)
            with pytest.raises(WrongState, match=present.get_status_display()):
                merged(present, b, secretary)
        assert state_of_all() == before
        assert HurdleMerge.objects.count() == 1

    @pytest.mark.parametrize("state", list(HurdleStatus))
    def test_only_what_is_open_is_merged_and_merged_into(self, state: HurdleStatus) -> None:
        secretary = user_with("secretariat")
        for duplicate, survivor in (
            (HurdleFactory(status=state), HurdleFactory()),
            (HurdleFactory(), HurdleFactory(status=state)),
        ):
            if state in OPEN:
                assert merged(duplicate, survivor, secretary).status_before == duplicate.status
            else:
                with pytest.raises((Unmet, WrongState)):
                    merged(duplicate, survivor, secretary)

    def test_a_chain_leads_to_its_end(self) -> None:
        secretary = user_with("secretariat")
        a, b, c = HurdleFactory(), HurdleFactory(), HurdleFactory()
        merged(a, b, secretary)
        merged(b, c, secretary)
        a.refresh_from_db()
        assert a.merged_into == b
        assert leads_to(a) == c
        assert set(c.endorsements.values_list("unit", flat=True)) == {a.reporting_unit_id, b.reporting_unit_id}
        with pytest.raises(Unmet, match="先にその統合を取り消してください"):
            unmerge_hurdle(duplicate=a, by=secretary)
        unmerge_hurdle(duplicate=b, by=secretary)
        a.refresh_from_db()
        assert leads_to(a) == b
        unmerge_hurdle(duplicate=a, by=secretary)
        assert not Endorsement.objects.exists()

    @pytest.mark.parametrize("role", ROLES)
    def test_only_the_secretariat_merges(self, role: str) -> None:
        user, duplicate, survivor = user_with(role), HurdleFactory(), HurdleFactory()
        if role == "secretariat":
            merged(duplicate, survivor, user)
            unmerge_hurdle(duplicate=duplicate, by=user)
            return
        with pytest.raises(Forbidden):
            merged(duplicate, survivor, user)
        merged(duplicate, survivor, user_with("secretariat"))
        with pytest.raises(Forbidden):
            unmerge_hurdle(duplicate=duplicate, by=user)
        duplicate.refresh_from_db()
        assert duplicate.status == "merged"


class TestUndoing:
    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        status=st.sampled_from(OPEN),
        voices=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3),
        bundles=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=2),
        watchers=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=2),
        same_unit=st.booleans(),
    )
    def test_merge_and_undo_leave_every_row_as_it_was(
        self, status: str, voices: Any, bundles: Any, watchers: Any, same_unit: bool
    ) -> None:
        """Each pair says whether the voice, the bundle or the watcher is of the duplicate, of the survivor."""
        secretary = user_with("secretariat")
        duplicate = HurdleFactory(status=status, status_reason="前の理由", status_since="2022-09-01", hours_lost=3)
        survivor = HurdleFactory(**({"reporting_unit": duplicate.reporting_unit} if same_unit else {}))
        pair = (duplicate, survivor)
        for sides in voices:
            unit = UnitFactory()
            for hurdle in (each for each, there in zip(pair, sides, strict=True) if there):
                EndorsementFactory(hurdle=hurdle, unit=unit)
        for sides in bundles:
            CommonHurdleFactory(hurdles=[each for each, there in zip(pair, sides, strict=True) if there])
        for sides in watchers:
            person = user_with("member")
            for hurdle in (each for each, there in zip(pair, sides, strict=True) if there):
                watch(hurdle, person)
        before = state_of_all()
        merge = merged(duplicate, survivor, secretary)
        assert state_of_all() != before
        unmerge_hurdle(duplicate=Hurdle.objects.get(pk=duplicate.pk), reason="別の話だった", by=secretary)
        assert state_of_all() == before
        merge.refresh_from_db()
        assert merge.undone_at is not None
        assert entries_of(duplicate)[0].verb == "統合の取消し"

    def test_it_can_be_merged_again_after_an_undo(self) -> None:
        secretary, duplicate, survivor = user_with("secretariat"), HurdleFactory(), HurdleFactory()
        for _round in range(2):
            merged(duplicate, survivor, secretary)
            unmerge_hurdle(duplicate=duplicate, by=secretary)
            duplicate.refresh_from_db()
        assert HurdleMerge.objects.filter(undone_at__isnull=False).count() == 2
        with pytest.raises(WrongState, match="受付"):
            unmerge_hurdle(duplicate=duplicate, by=secretary)

    @pytest.mark.parametrize(("hours", "can"), [(23.9, True), (24.1, False)])
    def test_only_within_a_day(self, hours: float, can: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        secretary, duplicate = user_with("secretariat"), HurdleFactory()
        merge = merged(duplicate, HurdleFactory(), secretary)
        later = merge.merged_at + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda: later)
        if can:
            unmerge_hurdle(duplicate=duplicate, by=secretary)
            return
        with pytest.raises(Unmet, match="令和4年10月14日の統合です。"):
            unmerge_hurdle(duplicate=duplicate, by=secretary)


class TestPages:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_role(self, role: str, client_for: Any) -> None:
        client = client_for(user_with(role))
        hurdle, gone = HurdleFactory(), HurdleFactory()
        merged(gone, hurdle, user_with("secretariat"))
        wanted = 200 if role == "secretariat" else 403 if role in WIDE else 404
        for url, sentence in (
            (f"{hurdle.get_absolute_url()}merge/", "統合できるのは事務局です。"),
            (f"{gone.get_absolute_url()}unmerge/", "統合を取り消せるのは事務局で、24時間以内です。"),
        ):
            assert client.get(url).status_code == wanted, url
            assert (sentence in text_of(client.get(url))) is (wanted == 403), url
            if wanted != 200:
                assert client.post(url, {"reason": "x"}).status_code == wanted
        assert HurdleMerge.objects.filter(undone_at__isnull=True).count() == 1

    def test_the_old_number_leads_to_the_survivor(self, client_for: Any) -> None:
        member = client_for(user_with("member"))
        a, b, c = HurdleFactory(title="元の件名"), HurdleFactory(), HurdleFactory()
        merged(a, b, user_with("secretariat"))
        merged(b, c, user_with("secretariat"))
        led = member.get(a.get_absolute_url(), follow=True)
        assert led.redirect_chain == [(c.get_absolute_url(), 302)]
        old = f"{a.get_absolute_url()}?merged=show"
        assert f"{a.number}は{c.number}に統合されました。" in text_of(led)
        assert f'href="{old}"' in text_of(led)
        page = member.get(old)
        assert page.status_code == 200
        assert "元の件名" in text_of(page)
        assert f"{c.number}に統合しました。" in text_of(page)
        assert "統合を取り消す" not in text_of(page)

    def test_who_does_not_see_the_survivor_stays_with_the_old_record(self, client_for: Any) -> None:
        officer = user_with("promoter")
        duplicate = HurdleFactory(reporting_unit=officer.unit)
        survivor = HurdleFactory(title="まだ見えない件名")
        merged(duplicate, survivor, user_with("secretariat"))
        page = client_for(officer).get(duplicate.get_absolute_url())
        assert page.status_code == 200
        for words in (survivor.title, survivor.number):
            assert words not in text_of(page)
        assert "別のハードルに統合しました。" in text_of(page)

    def test_the_survivor_names_its_duplicates_to_those_who_see_them(self, client_for: Any) -> None:
        unit = UnitFactory()
        survivor = HurdleFactory(reporting_unit=unit, owning_unit=unit)
        duplicate = HurdleFactory(title="まだ見えない件名")
        merged(duplicate, survivor, user_with("secretariat"))
        officer, member = client_for(user_with("viewer")), client_for(user_with("member"))
        assert duplicate.title not in text_of(officer.get(survivor.get_absolute_url()))
        assert duplicate.number not in text_of(officer.get(survivor.get_absolute_url()))
        assert f'href="{duplicate.get_absolute_url()}?merged=show"' in text_of(member.get(survivor.get_absolute_url()))

    def test_find_compare_merge_and_undo(self, client_for: Any) -> None:
        client = client_for(user_with("secretariat"))
        duplicate = HurdleFactory(title="請求書の印影の確認")
        other = HurdleFactory(title="請求書への押印", obstacle="<b>全庁</b>で残っている")
        url = f"{duplicate.get_absolute_url()}merge/"
        found = client.get(url, {"q": "押印"})
        assert other.pk in [row.pk for row in found.context["candidates"]]
        assert duplicate.pk not in [row.pk for row in found.context["candidates"]]
        compared = client.get(url, {"into": other.number})
        assert [each.pk for each in compared.context["both"]] == [duplicate.pk, other.pk]
        assert "&lt;b&gt;全庁&lt;/b&gt;" in text_of(compared)
        assert "この番号のハードルはありません。" in text_of(client.get(url, {"into": "H-2022-9999"}))
        assert "同じハードルどうしは統合できません。" in text_of(client.get(url, {"into": duplicate.number}))
        assert client.post(f"{url}?into={other.number}", {"reason": ""}).status_code == 422
        assert client.post(url, {"reason": "同じ"}).status_code == 422
        done = client.post(f"{url}?into={other.number}", {"reason": "同じ"}, follow=True)
        assert done.redirect_chain == [(other.get_absolute_url(), 302)]
        undo = f"{duplicate.get_absolute_url()}unmerge/"
        assert f'href="{undo}"' in text_of(done)
        again = client.post(f"{url}?into={other.number}", {"reason": "同じ"})
        assert again.status_code == 422, "a second click merges nothing twice"
        assert client.post(undo, {"reason": "別の話だった"}).url == duplicate.get_absolute_url()
        assert client.get(duplicate.get_absolute_url()).status_code == 200
        assert client.post(undo, {"reason": "別の話だった"}).status_code == 422

    def test_the_history_names_no_hidden_hurdle(self, client_for: Any) -> None:
        officer = user_with("promoter")
        secretary = user_with("secretariat")
        mine = HurdleFactory(reporting_unit=officer.unit, title="うちの件名")
        hidden = HurdleFactory(title="まだ見えない件名")
        merged(mine, hidden, secretary)
        unmerge_hurdle(duplicate=mine, by=secretary)
        merged(hidden, mine, secretary)
        page = client_for(officer).get(mine.get_absolute_url())
        assert hidden.title not in text_of(page)
        assert hidden.number not in text_of(page)
        assert hidden.title in text_of(client_for(secretary).get(mine.get_absolute_url()))
