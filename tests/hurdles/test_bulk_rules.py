"""Bulk changes that follow rules of their own: a promised date, and the question to the owning unit."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.history import entries_of
from apps.core.services import save_version
from apps.hurdles.models import Hurdle, OwnerView, TargetMove
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, user_with
from tests.hurdles.test_bulk import BULK, rows, sent
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

OLD, NEW = date(2022, 12, 28), date(2023, 3, 31)


def at_work(**fields: Any) -> Any:
    return HurdleFactory(status="in_progress", **{"owning_unit": UnitFactory(), **fields})


class TestTargetDate:
    def test_the_three_steps_of_the_owning_unit(self, client_for: Any) -> None:
        member = user_with("member")
        here = {"owning_unit": member.unit}
        first = at_work(title="初めて", **here)
        moved = at_work(title="動かす", target_date=OLD, severity=3, **here)
        severe = at_work(title="深刻", target_date=OLD, severity=5, **here)
        same, other = (
            at_work(title="同じ", target_date=NEW, **here),
            at_work(title="よその", reporting_unit=member.unit),
        )
        closed = HurdleFactory(title="済み", status="resolved", **here)
        chosen, client = (first, moved, severe, same, other, closed), client_for(member)
        asked = form_of(client.post(BULK, {"verb": "target_date", "row": rows(*chosen)}), "reason")
        preview = client.post(BULK, asked | {"value": "R5.3.31", "reason": "法改正を待つ", "preview": "1"})
        notes = {line.hurdle.title: line.note for line in preview.context["lines"] if line.is_written}
        assert notes == {"初めて": "", "動かす": "", "深刻": "事務局の判断待ち"}
        assert "事務局の判断待ち" in text_of(preview)
        refusals = {line.hurdle.title: line.refusal for line in preview.context["lines"] if line.refusal}
        assert set(refusals) == {"同じ", "よその", "済み"}
        assert "解消" in refusals["済み"]
        assert not TargetMove.objects.exists(), "a preview writes nothing"
        sure = form_of(preview, "reason") | {"confirm": "1"}
        assert "3件を変更しました。" in text_of(client.post(BULK, sure, follow=True))
        assert "すべて、すでにその値です。" in text_of(client.post(BULK, sure, follow=True)), "a second click"
        dates = {each.title: (each.target_date, each.first_target_date) for each in Hurdle.objects.all()}
        assert dates == {
            "初めて": (NEW, NEW), "動かす": (NEW, OLD), "深刻": (OLD, None), "同じ": (NEW, None),
            "よその": (None, None), "済み": (None, None),
        }  # fmt: skip
        moves = set(TargetMove.objects.values_list("hurdle__title", "old_date", "new_date", "state", "reason"))
        assert moves == {
            ("初めて", None, NEW, "agreed", "法改正を待つ"),
            ("動かす", OLD, NEW, "agreed", "法改正を待つ"),
            ("深刻", OLD, NEW, "waiting", "法改正を待つ"),
        }
        for hurdle in (first, moved, severe):
            told = entries_of(hurdle, parts=("target_moves",))
            assert [(each.verb, each.reason) for each in told[:1]] == [("一括変更", "法改正を待つ")]
            assert len(told) == 2, "one act"

    @pytest.mark.parametrize(("severity", "new", "state"), [(5, NEW, "agreed"), (5, date(2022, 11, 1), "agreed")])
    def test_the_secretariat_waits_for_nobody(self, severity: int, new: date, state: str, client_for: Any) -> None:
        hurdle = at_work(target_date=OLD, severity=severity)
        client = client_for(user_with("secretariat"))
        client.post(BULK, sent("target_date", new.isoformat(), hurdle, confirm="1"))
        hurdle.refresh_from_db()
        assert (hurdle.target_date, hurdle.target_moves.get().state) == (new, state)

    def test_an_earlier_date_of_a_severe_one_does_not_wait(self, client_for: Any) -> None:
        member = user_with("member")
        hurdle = at_work(owning_unit=member.unit, target_date=OLD, severity=5)
        client_for(member).post(BULK, sent("target_date", "2022-11-01", hurdle, confirm="1"))
        hurdle.refresh_from_db()
        assert hurdle.target_date == date(2022, 11, 1)

    def test_what_cannot_be(self, client_for: Any) -> None:
        client = client_for(user_with("secretariat"))
        waiting = at_work(target_date=OLD, severity=5)
        waiting.target_moves.create(
            old_date=OLD, new_date=date(2023, 1, 31), reason="理由", state="waiting", asked_on=date(2022, 10, 1)
        )
        page = text_of(client.post(BULK, sent("target_date", "R5.3.31", waiting, preview="1")))
        assert "すでに" in page
        assert 'name="confirm"' not in page
        page = text_of(client.post(BULK, sent("target_date", "R4.10.13", at_work(), preview="1")))
        assert "過ぎた日" in page
        for wrong in ("", "きのう"):
            assert client.post(BULK, sent("target_date", wrong, waiting, confirm="1")).status_code == 422
        assert TargetMove.objects.count() == 1

    def test_all_or_nothing(self, client_for: Any) -> None:
        client, one, two = client_for(user_with("secretariat")), at_work(), at_work()
        stale = sent("target_date", "R5.3.31", one, two, confirm="1")
        save_version(two, version=1, changes={"severity": 2})
        assert client.post(BULK, stale).status_code == 409
        assert not TargetMove.objects.exists()


class TestOwnersView:
    def test_who_is_asked_and_who_is_not(self, client_for: Any) -> None:
        unit = UnitFactory(name="会計課")
        asked, nobody = HurdleFactory(title="問う", owning_unit=unit), HurdleFactory(title="所管なし")
        own = HurdleFactory(title="自課", owning_unit=unit, reporting_unit=unit)
        awaited = OwnerViewFactory(hurdle__title="待ち", due_on="2022-10-20").hurdle
        Hurdle.objects.filter(pk=awaited.pk).update(owning_unit=awaited.owner_views.get().unit)
        draft = HurdleFactory(title="下書き", owning_unit=unit, status="draft")
        chosen, client = (asked, nobody, own, awaited, draft), client_for(user_with("secretariat"))
        step = client.post(BULK, {"verb": "ask_owner_view", "row": rows(*chosen)})
        assert form_of(step, "value")["value"] == "令和4年10月28日", "ten working days"
        preview = client.post(BULK, form_of(step, "value") | {"reason": "一斉照会", "preview": "1"})
        written = {line.hurdle.title: line.new for line in preview.context["lines"] if line.is_written}
        assert written == {"問う": "会計課（令和4年10月28日まで）"}
        refusals = {line.hurdle.title: line.refusal for line in preview.context["lines"] if line.refusal}
        assert set(refusals) == {"所管なし", "自課", "待ち", "下書き"}
        assert len(set(refusals.values())) == 4
        sure = form_of(preview, "reason") | {"confirm": "1"}
        client.post(BULK, sure)
        client.post(BULK, sure)
        view = OwnerView.objects.get(hurdle=asked)
        assert (view.unit, view.asked_on, view.due_on) == (unit, date(2022, 10, 14), date(2022, 10, 28))
        assert OwnerView.objects.count() == 2
        entry = entries_of(asked, parts=("owner_views",))[0]
        assert (entry.verb, entry.reason) == ("一括変更", "一斉照会")

    def test_only_the_secretariat_is_offered_it_and_does_it(self, client_for: Any) -> None:
        promoter = user_with("promoter")
        hurdle = HurdleFactory(reporting_unit=promoter.unit, owning_unit=UnitFactory())
        client = client_for(promoter)
        assert 'value="ask_owner_view"' not in text_of(client.get("/hurdles/"))
        assert 'value="ask_owner_view"' in text_of(client_for(user_with("secretariat")).get("/hurdles/"))
        client.post(BULK, sent("ask_owner_view", "2022-11-30", hurdle, confirm="1"))
        assert not OwnerView.objects.exists()


@pytest.mark.parametrize(("verb", "value"), [("target_date", "R5.3.31"), ("ask_owner_view", "R4.11.30")])
def test_the_preview_asks_a_constant_number_of_times(verb: str, value: str, client_for: Any) -> None:
    client, counts = client_for(user_with("secretariat")), []
    for number in (3, 30):
        hurdles = [at_work(target_date=OLD) for _each in range(number)]
        with CaptureQueriesContext(connection) as queries:
            client.post(BULK, sent(verb, value, *hurdles, preview="1"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
