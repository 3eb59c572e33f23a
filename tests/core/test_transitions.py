"""A flow refuses in this order: who, from where, with what."""

from dataclasses import dataclass
from typing import Any

import pytest
import rules

from apps.core.permissions import Forbidden, Permission, permission_table
from apps.core.transitions import Flow, Transition, Unmet, WrongState


@dataclass
class Door:
    state: str = "open"

    def get_state_display(self) -> str:
        return {"open": "開", "shut": "閉"}[self.state]


@rules.predicate
def has_key(user: Any) -> bool:
    return user == "key"


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch) -> Flow:
    entry = Permission("tests.shut_door", has_key, "鍵を持つ人が閉めます。")
    monkeypatch.setitem(permission_table._entries, entry.name, entry)
    needs = (
        lambda _door, data: None if data.get("why") else "理由を書いてください。",
        lambda _door, data: None if data.get("when") else "日を書いてください。",
    )
    return Flow("state", [Transition("shut", "閉める", ("open",), "shut", "tests.shut_door", needs)])


class Keeper:
    def __init__(self, holds: str) -> None:
        self.holds = holds

    def __eq__(self, other: object) -> bool:
        return self.holds == other

    __hash__ = None  # type: ignore[assignment]


ALL = {"why": "寒い", "when": "今日"}


def test_allowed(flow: Flow) -> None:
    assert flow.check("shut", Door(), by=Keeper("key"), data=ALL).target == "shut"


def test_forbidden_comes_first_and_says_who_may(flow: Flow) -> None:
    with pytest.raises(Forbidden, match="鍵を持つ人が閉めます。"):
        flow.check("shut", Door("shut"), by=Keeper("nothing"))


def test_wrong_state_says_the_state(flow: Flow) -> None:
    with pytest.raises(WrongState, match="状態が「閉」のときは、この操作はできません。"):
        flow.check("shut", Door("shut"), by=Keeper("key"))


@pytest.mark.parametrize(("data", "message"), [({}, "理由"), ({"why": "寒い"}, "日を"), (None, "理由")])
def test_the_first_thing_that_is_missing_is_said(flow: Flow, data: Any, message: str) -> None:
    with pytest.raises(Unmet, match=message):
        flow.check("shut", Door(), by=Keeper("key"), data=data)


def test_a_machine_is_not_asked_who_it_is_but_obeys_the_rest(flow: Flow) -> None:
    assert flow.check("shut", Door(), by="load_city", data=ALL)
    with pytest.raises(WrongState):
        flow.check("shut", Door("shut"), by="load_city", data=ALL)


def test_what_is_offered_and_what_is_possible(flow: Flow) -> None:
    assert [row.verb for row in flow.offered(Door())] == ["shut"]
    assert flow.offered(Door("shut")) == []
    assert [row.verb for row in flow.possible(Door(), Keeper("key"))] == ["shut"]
    assert flow.possible(Door(), Keeper("nothing")) == []
    assert flow.who_may("shut") == "鍵を持つ人が閉めます。"
