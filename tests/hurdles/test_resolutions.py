"""Resolving with evidence and a second person, and asking again a year later."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet, WrongState
from apps.core.waiting import tasks_of
from apps.hurdles.models import Hurdle, Resolution
from apps.hurdles.services import (
    answer_lasting,
    propose_resolution,
    refuse_resolution,
    reopen_hurdle,
    resolve_hurdle,
)
from apps.hurdles.services.resolutions import a_year_after
from tests.factories import HurdleFactory, OwnerViewFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
EVIDENCE = "7月から押印欄のない様式を使っている。"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def owner() -> Any:
    return user_with("manager")


@pytest.fixture
def reporter() -> Any:
    return user_with("promoter")


@pytest.fixture
def hurdle(owner: Any, reporter: Any) -> Hurdle:
    made: Hurdle = HurdleFactory(
        status="in_progress", owning_unit=owner.unit, reporting_unit=reporter.unit, reporter=reporter
    )
    OwnerViewFactory(hurdle=made)
    made.refresh_from_db()
    return made


def titles(user: Any, word: str) -> list[str]:
    return [task.url for task in tasks_of(type(user).objects.get(pk=user.pk)) if word in task.title]


def test_one_says_it_and_a_second_one_confirms(hurdle: Hurdle, owner: Any, reporter: Any, secretary: Any) -> None:
    proposed = propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=owner)
    assert (hurdle.status, hurdle.version, proposed.confirmed) == ("in_progress", 2, None)
    address = f"{hurdle.get_absolute_url()}resolve/"
    assert [titles(user, "解消を確認する") for user in (reporter, secretary, owner)] == [[address], [address], []]
    assert reporter.notices.get().event == "hurdles.hurdle.resolution_proposed"
    resolution = resolve_hurdle(hurdle=hurdle, by=reporter)
    assert (hurdle.status, hurdle.status_reason, hurdle.status_since) == ("resolved", EVIDENCE, TODAY)
    assert (resolution.confirmed, resolution.decided_by, resolution.decided_on) == (True, reporter, TODAY)
    assert resolution.ask_again_on == date(2023, 10, 14)
    assert owner.notices.get().event == "hurdles.hurdle.resolved", "who has said it hears that it was confirmed"
    assert titles(secretary, "解消を確認する") == []


@pytest.mark.parametrize("role", ["secretariat", "promoter"])
def test_nobody_confirms_what_they_said_themselves(role: str, hurdle: Hurdle) -> None:
    """Not even the secretariat, and neither as owner, nor as reporter."""
    person = user_with(role, unit=hurdle.reporting_unit)
    propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=person)
    for verb, words in ((resolve_hurdle, {}), (refuse_resolution, {"answer": "まだ"})):
        with pytest.raises(Forbidden, match="申し出た人以外"):
            verb(hurdle=hurdle, by=person, **words)
    assert titles(person, "解消を確認する") == []
    assert resolve_hurdle(hurdle=hurdle, by=user_with("member")).confirmed is True


def test_the_database_wants_a_second_person_too(hurdle: Hurdle, owner: Any) -> None:
    said = propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=owner)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Resolution.objects.filter(pk=said.pk).update(decided_by=owner, confirmed=True, decided_on=TODAY)


def test_a_refusal_needs_an_answer_and_leaves_the_state(hurdle: Hurdle, owner: Any, secretary: Any) -> None:
    propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=owner)
    with pytest.raises(Unmet, match="回答を書いてください。"):
        refuse_resolution(hurdle=hurdle, answer=" ", by=secretary)
    refused = refuse_resolution(hurdle=hurdle, answer="郵送分が残る。", by=secretary)
    assert (hurdle.status, refused.confirmed, refused.ask_again_on) == ("in_progress", False, None)
    assert owner.notices.get().event == "hurdles.hurdle.resolution_refused"
    assert propose_resolution(hurdle=hurdle, evidence="郵送分もなくした。", by=owner).confirmed is None


def test_what_is_needed(hurdle: Hurdle, owner: Any, secretary: Any) -> None:
    with pytest.raises(Unmet, match="解消の申出がありません。"):
        resolve_hurdle(hurdle=hurdle, by=secretary)
    with pytest.raises(Unmet):
        propose_resolution(hurdle=hurdle, evidence=" \u3000", by=owner)
    propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=owner)
    with pytest.raises(Unmet, match="すでに解消"):
        propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=secretary)
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "then"),
    [(date(2024, 2, 29), date(2025, 2, 28)), (date(2023, 2, 28), date(2024, 2, 28)), (TODAY, date(2023, 10, 14))],
)
def test_a_year_after(day: date, then: date) -> None:
    assert a_year_after(day) == then


@pytest.fixture
def resolved(hurdle: Hurdle, owner: Any, secretary: Any) -> Hurdle:
    propose_resolution(hurdle=hurdle, evidence=EVIDENCE, by=owner)
    resolve_hurdle(hurdle=hurdle, by=secretary)
    return hurdle


def test_a_year_later_the_owner_is_asked(
    resolved: Hurdle, owner: Any, reporter: Any, settings: Any, client_for: Any
) -> None:
    settings.DEMO_TODAY = date(2023, 10, 13)
    assert titles(owner, "解消は続いていますか") == []
    with pytest.raises(Unmet, match="1年後"):
        answer_lasting(hurdle=resolved, lasts=True, by=owner)
    settings.DEMO_TODAY = date(2023, 10, 14)
    address = f"{resolved.get_absolute_url()}answer-lasting/"
    assert [titles(user, "解消は続いていますか") for user in (owner, reporter)] == [[address], []]
    client = client_for(owner)
    form = form_of(client.get(address), "note")
    assert client.post(address, form | {"lasts": "no"}).status_code == 422
    assert [client.post(address, form | {"lasts": "yes"}).status_code for _click in range(2)] == [302, 422]
    resolved.refresh_from_db()
    assert (resolved.status, resolved.reopened_count) == ("resolved", 0)
    assert titles(owner, "解消は続いていますか") == []


def test_what_has_not_lasted_is_open_again(resolved: Hurdle, owner: Any, settings: Any) -> None:
    settings.DEMO_TODAY = date(2023, 11, 1)
    with pytest.raises(Unmet, match="理由を書いてください。"):
        answer_lasting(hurdle=resolved, lasts=False, by=owner)
    answered = answer_lasting(hurdle=resolved, lasts=False, note="新しい様式に押印欄が戻った。", by=owner)
    assert (answered.lasts, answered.lasts_on) == (False, date(2023, 11, 1))
    assert (resolved.status, resolved.reopened_count, resolved.status_reason) == (
        "in_progress", 1, "新しい様式に押印欄が戻った。",
    )  # fmt: skip


def test_reopening_is_counted_for_ever(
    resolved: Hurdle, owner: Any, reporter: Any, secretary: Any, client_for: Any, settings: Any
) -> None:
    reopen_hurdle(hurdle=resolved, reason="また押印を求められた。", by=reporter)
    propose_resolution(hurdle=resolved, evidence="改めて周知した。", by=owner)
    resolve_hurdle(hurdle=resolved, by=secretary)
    reopen_hurdle(hurdle=resolved, reason="別の課で残っていた。", by=owner)
    assert (resolved.status, resolved.reopened_count) == ("in_progress", 2)
    assert [entry.verb for entry in entries_of(resolved)[:2]] == ["再び開いた", "解消の確認"]
    assert "再開した回数" in text_of(client_for(secretary).get(resolved.get_absolute_url()))
    settings.DEMO_TODAY = date(2024, 1, 1)
    assert titles(owner, "解消は続いていますか") == []
    with pytest.raises(WrongState):
        answer_lasting(hurdle=resolved, lasts=True, by=owner)


def test_each_page_makes_one_row_however_often_it_is_sent(
    hurdle: Hurdle, owner: Any, secretary: Any, client_for: Any
) -> None:
    said, second = client_for(owner), client_for(secretary)
    address = hurdle.get_absolute_url()
    form = form_of(said.get(f"{address}propose-resolution/"), "evidence") | {"evidence": EVIDENCE}
    assert [said.post(f"{address}propose-resolution/", form).status_code for _click in range(2)] == [302, 422]
    page = second.get(f"{address}resolve/")
    assert EVIDENCE in text_of(page)
    form = form_of(page, "answer")
    assert [second.post(f"{address}resolve/", form).status_code for _click in range(2)] == [302, 422]
    assert Resolution.objects.get().decided_by == secretary
