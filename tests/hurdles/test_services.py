"""What the services write, and that two at once get in nobody's way."""

import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.hurdles.models import Hurdle
from apps.hurdles.services import edit_hurdle, log_hurdle, organize_hurdle, submit_hurdle
from apps.hurdles.views import hurdles as views
from tests.factories import HurdleFactory, LegalBasisFactory, ThemeFactory, user_with
from tests.together import at_once

WORDS = {"title": "転入届の押印", "obstacle": "窓口で3回、同じ住所を書く。"}


@pytest.mark.django_db
def test_the_same_uid_makes_no_second_record() -> None:
    user, uid = user_with("viewer"), uuid.uuid4()
    log_hurdle(uid=uid, reporting_unit=user.unit, values=WORDS, by=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        log_hurdle(uid=uid, reporting_unit=user.unit, values=WORDS, by=user)
    assert Hurdle.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_readers_write_nothing(role: str) -> None:
    user = user_with(role)
    hurdle = HurdleFactory(reporting_unit=user.unit)
    with pytest.raises(Forbidden):
        log_hurdle(uid=uuid.uuid4(), reporting_unit=user.unit, values=WORDS, by=user)
    with pytest.raises(Forbidden):
        edit_hurdle(hurdle=hurdle, version=1, values=WORDS, by=user)
    assert list(Hurdle.objects.values_list("version", flat=True)) == [1]


@pytest.mark.django_db
def test_a_stale_edit_writes_nothing_at_all() -> None:
    user, theme = user_with("secretariat"), ThemeFactory()
    hurdle = HurdleFactory(title="元の件名", version=3)
    with pytest.raises(StaleVersion) as stale:
        edit_hurdle(hurdle=hurdle, version=2, values={**WORDS, "themes": [theme]}, by=user)
    assert (stale.value.present.title, stale.value.present.version) == ("元の件名", 3)
    fresh = Hurdle.objects.get()
    assert (fresh.title, fresh.version, fresh.themes.count()) == ("元の件名", 3, 0)
    assert len(entries_of(fresh)) == 1


@pytest.mark.django_db
def test_the_parts_stay_when_the_hurdle_is_edited() -> None:
    """They have pages of their own (test_parts.py)."""
    hurdle = HurdleFactory()
    first, second = LegalBasisFactory(hurdle=hurdle, order=1), LegalBasisFactory(hurdle=hurdle, order=2, name="民法")
    edit_hurdle(hurdle=hurdle, version=1, values=WORDS, by=user_with("secretariat"))
    assert list(hurdle.legal_bases.all()) == [first, second]


@pytest.mark.django_db
def test_a_draft_that_is_submitted_is_found_by_its_number() -> None:
    user = user_with("viewer")
    hurdle = log_hurdle(uid=uuid.uuid4(), reporting_unit=user.unit, values=WORDS, by=user)
    submit_hurdle(hurdle=hurdle, by=user)
    hurdle.refresh_from_db()
    assert (hurdle.number, hurdle.version) == ("H-2022-0001", 2)
    assert "H20220001" in hurdle.search_key.upper()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "submitted", "number": None}, "submitted_hurdle_has_number"),
        ({"status": "returned", "question": ""}, "returned_hurdle_has_question"),
        ({"title": ""}, "hurdle_has_title"),
    ],
)
def test_the_database_holds_the_rules(change: dict[str, Any], constraint: str) -> None:
    hurdle = HurdleFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Hurdle.objects.filter(pk=hurdle.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_by_two_clicks_at_once_makes_one_record(
    client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both requests have looked for an earlier record and found none before either of them writes."""
    user = user_with("promoter")
    meeting, known = threading.Barrier(2), views.by_uid
    met = threading.local()

    def both_find_nothing(uid: uuid.UUID) -> Any:
        found = known(uid)
        if not getattr(met, "done", False):
            met.done = True
            meeting.wait(10)
        return found

    monkeypatch.setattr(views, "by_uid", both_find_nothing)
    sent = {**WORDS, "uid": str(uuid.uuid4()), "submit": "1"}
    responses = at_once(
        *(lambda client=client: client.post("/hurdles/new/", sent) for client in (client_for(user), client_for(user)))
    )
    assert [response.status_code for response in responses] == [302, 302]
    hurdle = Hurdle.objects.get()
    assert (hurdle.number, hurdle.status) == ("H-2022-0001", "submitted")
    for response in responses:
        assert client_for(user).get(response["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_cannot_both_win() -> None:
    user = user_with("secretariat")
    hurdle = HurdleFactory()
    copies = [Hurdle.objects.get(), Hurdle.objects.get()]
    results = at_once(
        *(
            lambda copy=copy, title=title: edit_hurdle(
                hurdle=copy, version=1, values={**WORDS, "title": title}, by=user
            )
            for copy, title in zip(copies, ("甲", "乙"), strict=True)
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Hurdle", "StaleVersion"]
    winner = next(result for result in results if isinstance(result, Hurdle))
    hurdle.refresh_from_db()
    assert (hurdle.title, hurdle.version) == (winner.title, 2)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_up_at_once_make_one_entry() -> None:
    user = user_with("secretariat")
    hurdle = HurdleFactory()
    copies = [Hurdle.objects.get(), Hurdle.objects.get()]
    results = at_once(*(lambda copy=copy: organize_hurdle(hurdle=copy, by=user) for copy in copies))
    assert sum(isinstance(result, Hurdle) for result in results) == 1
    assert len([entry for entry in entries_of(hurdle) if entry.verb == "整理開始"]) == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_differ_and_have_no_gap() -> None:
    user = user_with("secretariat")
    drafts = [HurdleFactory(status="draft") for _each in range(6)]
    results = at_once(*(lambda draft=draft: submit_hurdle(hurdle=draft, by=user) for draft in drafts))
    assert sorted(hurdle.number for hurdle in results) == [f"H-2022-{n:04d}" for n in range(1, 7)]
