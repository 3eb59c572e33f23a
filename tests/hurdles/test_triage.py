"""The triage: the oldest first, one after the other, by the services that are there."""

from datetime import date
from typing import Any

import pytest

from apps.hurdles.models import Hurdle
from tests.factories import CategoryFactory, HurdleFactory, ThemeFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TRIAGE = "/hurdles/triage/"


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for(user_with("secretariat"))


@pytest.fixture
def queue() -> list[Any]:
    return [
        HurdleFactory(title=title, reported_on=day, number=f"H-2021-90{n:02d}")
        for n, (title, day) in enumerate(
            (("次", date(2022, 10, 2)), ("最古の押印", date(2022, 10, 1)), ("最後", date(2022, 10, 3)))
        )
    ]


def shown(response: Any) -> str:
    return str(response.context["record"].title)


def test_the_oldest_comes_first_and_keys_lead_on(client: Any, queue: list[Any]) -> None:
    HurdleFactory(title="似た押印の手続", status="organizing")
    page = client.get(TRIAGE)
    assert shown(page) == "最古の押印"
    assert "受付待ち3件のうち1件目" in text_of(page)
    assert f'href="{TRIAGE}?at=H-2021-9000" data-key="j"' in text_of(page)
    assert 'data-key="k"' not in text_of(page)
    assert "似た<mark>押印</mark>の手続" in text_of(page)
    assert "キー操作" in text_of(page)
    assert shown(client.get(f"{TRIAGE}?at=H-2021-9000")) == "次"


def test_taking_up_writes_what_was_decided_and_shows_the_next(client: Any, queue: list[Any]) -> None:
    unit, category, theme = UnitFactory(), CategoryFactory(), ThemeFactory()
    form = form_of(client.get(TRIAGE), "severity") if False else {"version": "1"}
    sent = form | {
        "owning_unit": unit.pk, "category": category.pk, "severity": "4", "scope": "cross", "themes": [theme.pk],
        "organize": "1",
    }  # fmt: skip
    answer = client.post(TRIAGE, sent, follow=True)
    oldest = Hurdle.objects.get(title="最古の押印")
    assert (oldest.status, oldest.owning_unit, oldest.category, oldest.severity, oldest.scope) == (
        "organizing", unit, category, 4, "cross",
    )  # fmt: skip
    assert list(oldest.themes.all()) == [theme]
    assert oldest.obstacle, "what the section wrote is untouched"
    assert shown(answer) == "次"
    assert "H-2021-9001の整理を始めました。" in text_of(answer)


def test_returning_needs_a_question(client: Any, queue: list[Any]) -> None:
    refused = client.post(TRIAGE, {"version": "1", "return": "1"})
    assert refused.status_code == 422
    assert shown(refused) == "最古の押印"
    client.post(TRIAGE, {"version": "1", "return": "1", "question": "根拠は何ですか。"})
    oldest = Hurdle.objects.get(title="最古の押印")
    assert (oldest.status, oldest.question) == ("returned", "根拠は何ですか。")


def test_saving_stays_at_the_hurdle(client: Any, queue: list[Any]) -> None:
    answer = client.post(f"{TRIAGE}?at=H-2021-9000", {"version": "1", "severity": "2", "save": "1"}, follow=True)
    assert shown(answer) == "次"
    assert Hurdle.objects.get(title="次").severity == 2
    assert Hurdle.objects.get(title="次").status == "submitted"


def test_an_overtaken_or_finished_one_is_not_written_over(client: Any, queue: list[Any]) -> None:
    stale = client.post(TRIAGE, {"version": "7", "severity": "2", "organize": "1"})
    assert stale.status_code == 409
    assert Hurdle.objects.get(title="最古の押印").severity is None
    client.post(f"{TRIAGE}?at=H-2021-9001", {"version": "1", "organize": "1"})
    again = client.post(f"{TRIAGE}?at=H-2021-9001", {"version": "1", "organize": "1"}, follow=True)
    assert "すでに処理されています" in text_of(again)
    assert shown(again) == "次"


def test_the_last_one_leads_to_an_empty_desk(client: Any) -> None:
    HurdleFactory()
    answer = client.post(TRIAGE, {"version": "1", "organize": "1"}, follow=True)
    assert "受付待ちのハードルはありません。" in text_of(answer)
    assert client.post(TRIAGE, {"version": "1", "organize": "1"}, follow=True).status_code == 200


def test_it_is_the_secretariats(client_for: Any, client: Any) -> None:
    HurdleFactory()
    promoter = client_for(user_with("promoter"))
    assert promoter.get(TRIAGE).status_code == 403
    assert promoter.post(TRIAGE, {"version": "1", "organize": "1"}).status_code == 403
    assert TRIAGE not in text_of(promoter.get("/hurdles/"))
    assert TRIAGE in text_of(client.get("/hurdles/"))
