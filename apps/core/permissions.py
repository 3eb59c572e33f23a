"""Who may do what: every app adds rows to one table; docs/permissions.md and the tests are made from it."""

from dataclasses import dataclass
from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from apps.core.registry import Registry


@dataclass(frozen=True)
class Permission:
    """One row: the name (`app.verb_noun`), the rule, and the sentence that says the rule to a person."""

    name: str
    rule: rules.Predicate
    who: Any


permission_table: Registry[Permission] = Registry()


class Forbidden(PermissionDenied):
    """The person sees the record but may not do this; the message says who may."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.who)
        self.permission = permission


def allow(name: str, rule: rules.Predicate, who: Any) -> Permission:
    """Adds a row to the table. `who` is a whole translated sentence: it is shown on the page that refuses."""
    permission = permission_table.add(Permission(name, rule, who))
    if not rules.perm_exists(name):
        rules.add_perm(name, rule)
    return permission


def permitted(user: Any, name: str, record: Any = None) -> bool:
    """Whether `user` may do `name` with `record`."""
    return bool(permission_table[name].rule.test(user, record))


def require(user: Any, name: str, record: Any = None) -> None:
    """Raises Forbidden, which says who may, where `user` may not."""
    if not permitted(user, name, record):
        raise Forbidden(permission_table[name])
