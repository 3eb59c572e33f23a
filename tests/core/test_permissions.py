"""The permission table itself."""

from typing import Any

import pytest
import rules

from apps.core.permissions import Forbidden, allow, permission_table, permitted, require
from apps.core.registry import Registry
from apps.hurdles import permissions as of_hurdles


@rules.predicate
def never(_user: Any) -> bool:
    return False


def test_every_row_has_a_name_and_a_whole_sentence() -> None:
    rows = list(permission_table)
    assert rows
    for row in rows:
        app, _dot, verb = row.name.partition(".")
        assert app, row.name
        assert "_" in verb, row.name
        assert str(row.who).endswith("。"), f"{row.name}: {row.who}"


def test_a_refusal_carries_its_row() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(_Nobody(), "hurdles.log_hurdle")
    assert refusal.value.permission.name == "hurdles.log_hurdle"
    assert str(refusal.value) == "ハードルの登録は全職員ができます。監査とシステム管理者は記録を変更しません。"


def test_an_unknown_permission_is_a_mistake_of_the_program_not_a_no() -> None:
    with pytest.raises(KeyError):
        permitted(_Nobody(), "hurdles.no_such_thing")


def test_a_name_has_one_rule() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        allow("hurdles.log_hurdle", never, "だれもできません。")
    assert permission_table["hurdles.log_hurdle"].rule is of_hurdles.is_staff_member


def test_a_registry_keeps_the_order_of_declaration() -> None:
    registry: Registry[Any] = Registry()
    for name in "cab":
        registry.add(_Entry(name))
    assert [entry.name for entry in registry] == ["c", "a", "b"]
    assert "a" in registry
    assert "z" not in registry


class _Entry:
    def __init__(self, name: str) -> None:
        self.name = name


class _Nobody:
    role_kinds: frozenset[str] = frozenset()
    unit_ids: frozenset[int] = frozenset()

    def holds(self, *_kinds: str) -> bool:
        return False
