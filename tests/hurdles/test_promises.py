"""Promised dates: the first is kept for ever, a later one on a severe hurdle waits."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from apps.core.waiting import tasks_of
from apps.hurdles.models import Hurdle, TargetMove
from apps.hurdles.services import decide_move, edit_hurdle, log_hurdle, move_target, promise_target, submit_hurdle
from apps.organization.models import User
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
FIRST, EARLIER, LATER = date(2023, 3, 31), date(2023, 2, 28), date(2023, 9, 30)
WHY = "規則の改正が議会の日程に間に合わない。"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def owner() -> Any:
    return user_with("manager")


def hurdle_of(owner: Any, **fields: Any) -> Hurdle:
    """A hurdle that the owner's unit was asked about, and so sees."""
    given: dict[str, Any] = {"status": "organizing", "target_date": FIRST, "first_target_date": FIRST}
    hurdle: Hurdle = HurdleFactory(owning_unit=owner.unit, **(given | fields))
    OwnerViewFactory(hurdle=hurdle)
    hurdle.refresh_from_db()
    return hurdle


def test_the_first_promise(owner: Any) -> None:
    hurdle = hurdle_of(owner, target_date=None, first_target_date=None)
    move = promise_target(hurdle=hurdle, new_date=FIRST, by=owner)
    assert (hurdle.target_date, hurdle.first_target_date) == (FIRST, FIRST)
    assert (move.old_date, move.new_date, move.state, move.asked_by, move.asked_on) == (
        None, FIRST, "agreed", owner, TODAY,
    )  # fmt: skip
    with pytest.raises(Unmet, match="すでにあります"):
        promise_target(hurdle=hurdle, new_date=LATER, by=owner)


def test_the_date_of_a_draft_is_the_first_promise_once_it_is_submitted() -> None:
    user = user_with("promoter")
    words = {"title": "転入届の押印", "obstacle": "三度書く。", "target_date": FIRST}
    hurdle = log_hurdle(uid=HurdleFactory.build().uid, reporting_unit=user.unit, values=words, by=user)
    assert (hurdle.first_target_date, hurdle.target_moves.count()) == (None, 0)
    submit_hurdle(hurdle=hurdle, by=user)
    assert hurdle.first_target_date == FIRST
    assert [(move.old_date, move.new_date) for move in hurdle.target_moves.all()] == [(None, FIRST)]


def test_a_draft_without_a_date_promises_nothing() -> None:
    user = user_with("promoter")
    hurdle = HurdleFactory(status="draft", reporting_unit=user.unit)
    submit_hurdle(hurdle=hurdle, by=user)
    assert (hurdle.target_date, hurdle.first_target_date, hurdle.target_moves.count()) == (None, None, 0)


@pytest.mark.parametrize("severity", [None, 4])
def test_a_light_one_moves_at_once(severity: int | None, owner: Any) -> None:
    hurdle = hurdle_of(owner, severity=severity)
    assert move_target(hurdle=hurdle, new_date=LATER, reason=WHY, by=owner).state == "agreed"
    assert (hurdle.target_date, hurdle.first_target_date) == (LATER, FIRST)


def test_an_earlier_date_of_a_severe_one_does_not_wait(owner: Any) -> None:
    hurdle = hurdle_of(owner, severity=5)
    assert move_target(hurdle=hurdle, new_date=EARLIER, reason=WHY, by=owner).state == "agreed"
    assert (hurdle.target_date, hurdle.first_target_date) == (EARLIER, FIRST)


def test_the_secretariat_waits_for_nobody(owner: Any, secretary: Any) -> None:
    hurdle = hurdle_of(owner, severity=5)
    assert move_target(hurdle=hurdle, new_date=LATER, reason=WHY, by=secretary).state == "agreed"
    assert hurdle.target_date == LATER


@pytest.mark.parametrize(("agree", "date_then"), [(True, LATER), (False, FIRST)])
def test_a_later_date_of_a_severe_one_waits(agree: bool, date_then: date, owner: Any, secretary: Any) -> None:
    hurdle = hurdle_of(owner, severity=5)
    move = move_target(hurdle=hurdle, new_date=LATER, reason=WHY, by=owner)
    assert (move.state, hurdle.target_date, hurdle.version) == ("waiting", FIRST, 2)
    with pytest.raises(Unmet, match="判断を待っています"):
        move_target(hurdle=hurdle, new_date=EARLIER, reason=WHY, by=secretary)
    tasks = [task for task in tasks_of(secretary) if "期限の延長" in task.title]
    assert [(task.url, WHY in task.note) for task in tasks] == [(f"{hurdle.get_absolute_url()}decide-move/", True)]
    assert not [task for task in tasks_of(owner) if "期限の延長" in task.title]
    with pytest.raises(Forbidden, match="事務局"):
        decide_move(hurdle=hurdle, agree=True, answer="可", by=owner)
    with pytest.raises(Unmet, match="回答を書いてください。"):
        decide_move(hurdle=hurdle, agree=agree, answer=" ", by=secretary)
    decided = decide_move(hurdle=hurdle, agree=agree, answer="3月議会に出すこと。", by=secretary)
    assert (decided.state, decided.decided_by, decided.decided_on) == (
        "agreed" if agree else "refused", secretary, TODAY,
    )  # fmt: skip
    assert (hurdle.target_date, hurdle.first_target_date) == (date_then, FIRST)
    assert owner.notices.get().event == f"hurdles.hurdle.move_{'agreed' if agree else 'refused'}"
    with pytest.raises(Unmet, match="判断を待っている期限の変更はありません。"):
        decide_move(hurdle=hurdle, agree=agree, answer="もう一度", by=secretary)


def test_what_is_no_move(owner: Any) -> None:
    hurdle = hurdle_of(owner)
    for words, message in (
        ({"new_date": FIRST, "reason": WHY}, "いまの期限と同じ日です。"),
        ({"new_date": LATER, "reason": " \u3000"}, "理由を書いてください。"),
        ({"new_date": TODAY - timedelta(days=1), "reason": WHY}, "過ぎた日を期限にすることはできません。"),
    ):
        with pytest.raises(Unmet, match=message):
            move_target(hurdle=hurdle, by=owner, **words)
    assert (hurdle.target_moves.count(), hurdle.version) == (0, 1)
    move_target(hurdle=hurdle, new_date=TODAY, reason=WHY, by=owner)
    assert hurdle.target_date == TODAY


def test_editing_does_not_go_around_the_promise(owner: Any, client_for: Any) -> None:
    hurdle = hurdle_of(owner)
    with pytest.raises(Unmet, match="期限を変える"):
        edit_hurdle(hurdle=hurdle, version=1, values={"target_date": LATER}, by=owner)
    client = client_for(owner)
    address = f"{hurdle.get_absolute_url()}edit/"
    form = form_of(client.get(address), "title")
    assert "target_date" not in form
    assert client.post(address, form | {"target_date": "2024-02-29", "title": "直した件名"}).status_code == 302
    hurdle.refresh_from_db()
    assert (hurdle.title, hurdle.target_date) == ("直した件名", FIRST)


def test_the_page_moves_once_however_often_it_is_sent(owner: Any, client_for: Any) -> None:
    hurdle = hurdle_of(owner)
    client = client_for(owner)
    address = f"{hurdle.get_absolute_url()}target/"
    page = client.get(address)
    assert "令和5年3月31日" in text_of(page)
    form = form_of(page, "new_date") | {"new_date": "R5.9.30", "reason": WHY}
    assert [client.post(address, form).status_code for _click in range(2)] == [302, 422]  # the same day already
    assert [(move.old_date, move.new_date) for move in TargetMove.objects.all()] == [(FIRST, LATER)]
    assert client.post(address, form | {"new_date": "R5.10.31"}).status_code == 409
    assert TargetMove.objects.count() == 1
    told = text_of(client.get(hurdle.get_absolute_url()))
    assert "当初の約束は令和5年3月31日、変更1回" in told
    assert WHY in told


def test_two_at_once_leave_one_move(owner: Any, secretary: Any) -> None:
    hurdle = hurdle_of(owner)
    other = Hurdle.objects.get(pk=hurdle.pk)
    move_target(hurdle=hurdle, new_date=LATER, reason=WHY, by=owner)
    with pytest.raises(StaleVersion):
        move_target(hurdle=other, new_date=EARLIER, reason=WHY, by=secretary)
    assert TargetMove.objects.count() == 1


def test_a_date_that_has_passed_waits_for_the_owner(owner: Any) -> None:
    late = hurdle_of(owner, target_date=TODAY - timedelta(days=1))
    hurdle_of(owner, target_date=TODAY)
    hurdle_of(owner, target_date=TODAY - timedelta(days=1), status="resolved")
    tasks = [task for task in tasks_of(owner) if "期限を過ぎています" in task.title]
    assert [(task.url, task.due, task.is_late) for task in tasks] == [(late.get_absolute_url(), late.target_date, True)]


STEPS = st.lists(
    st.tuples(st.integers(0, 900), st.sampled_from(["owner", "secretary"]), st.booleans(), st.sampled_from([3, 5])),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_agreed_moves_lead_from_the_first_date_to_the_present_one(
    steps: list[tuple[int, str, bool, int]], owner: Any, secretary: Any
) -> None:
    hurdle = hurdle_of(owner, target_date=None, first_target_date=None)
    promise_target(hurdle=hurdle, new_date=FIRST, by=owner)
    people: dict[str, User] = {"owner": owner, "secretary": secretary}
    for days, who, agree, severity in steps:
        Hurdle.objects.filter(pk=hurdle.pk).update(severity=severity)
        hurdle.refresh_from_db()
        try:
            move_target(hurdle=hurdle, new_date=TODAY + timedelta(days=days), reason=WHY, by=people[who])
        except Unmet:
            continue
        if hurdle.target_moves.filter(state="waiting").exists() and days % 2:
            decide_move(hurdle=hurdle, agree=agree, answer="判断した。", by=secretary)
    moves = list(hurdle.target_moves.filter(state="agreed").order_by("pk"))
    assert hurdle.first_target_date == FIRST == moves[0].new_date
    present = None
    for move in moves:
        assert move.old_date == present
        present = move.new_date
    assert hurdle.target_date == present


def test_nobody_owns_a_hurdle_without_an_owner(secretary: Any) -> None:
    hurdle = HurdleFactory(owning_unit=None, status="organizing")
    with pytest.raises(Forbidden):
        promise_target(hurdle=hurdle, new_date=FIRST, by=user_with("manager", unit=UnitFactory()))
    assert promise_target(hurdle=hurdle, new_date=FIRST, by=secretary).state == "agreed"


@pytest.mark.parametrize(
    ("agree", "told", "what"),
    [
        (True, "の期限が令和5年9月30日になりました。回答：3月議会に出すこと。", "期限 令和5年3月31日→令和5年9月30日"),
        (False, "回答：3月議会に出すこと。", "認められなかった延長：期限 令和5年3月31日→令和5年9月30日"),
    ],
)
def test_who_asked_for_a_later_date_reads_the_answer(
    agree: bool, told: str, what: str, owner: Any, secretary: Any, client_for: Any
) -> None:
    hurdle = hurdle_of(owner, severity=5)
    move_target(hurdle=hurdle, new_date=LATER, reason=WHY, by=owner)
    decide_move(hurdle=hurdle, agree=agree, answer="3月議会に出すこと。", by=secretary)
    assert owner.notices.get().text.endswith(told)
    story = client_for(owner).get(hurdle.get_absolute_url()).context["story"]
    assert [each.text for each in story if each.what == what] == [f"{WHY}\n事務局の回答：3月議会に出すこと。"]


def test_a_first_date_is_promised_and_a_severe_one_foretells_the_secretariat(owner: Any, client_for: Any) -> None:
    client = client_for(owner)
    without = hurdle_of(owner, target_date=None, first_target_date=None, severity=5)
    page = client.get(f"{without.get_absolute_url()}target/")
    assert page.context["verb_label"] == "期限を決める"
    assert "事務局の判断を待ちます" not in text_of(page)
    severe = text_of(client.get(f"{hurdle_of(owner, severity=5).get_absolute_url()}target/"))
    assert "重大さ5のハードルの期限を所管課が延ばすときは、事務局の判断を待ちます。" in severe
    light = client.get(f"{hurdle_of(owner, severity=4).get_absolute_url()}target/")
    assert light.context["verb_label"] == "期限を変える"
    assert "事務局の判断を待ちます" not in text_of(light)
