"""What one may do with a record, in its page's head: what is next as buttons, the rest in a menu of groups."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Act:
    """One link of the head; `permission` where the page asks for it after putting the acts in order."""

    verb: str
    label: Any
    url: str
    permission: str = ""
    look: str = ""


def in_order(acts: Iterable[Act], order: Sequence[str]) -> list[Act]:
    """What is done most often first; what `order` does not name comes last, as it came."""
    rank = {verb: place for place, verb in reversed(list(enumerate(order)))}
    return sorted(acts, key=lambda act: rank.get(act.verb, len(order)))


def as_buttons(acts: Sequence[Act], *, primary: Collection[str]) -> list[Act]:
    """The first one is the one primary button, if its verb is one that can be."""
    return [
        replace(act, look="primary" if place == 0 and act.verb in primary else "second")
        for place, act in enumerate(acts)
    ]


def grouped(acts: Iterable[Act], groups: Mapping[Any, Collection[str]]) -> list[tuple[Any, list[Act]]]:
    """The acts by group, in the order of `groups`, without empty ones; the first takes what no group names."""
    of_verb = {verb: name for name, verbs in groups.items() for verb in verbs}
    rest = next(iter(groups))
    found: dict[Any, list[Act]] = {name: [] for name in groups}
    for act in acts:
        found[of_verb.get(act.verb, rest)].append(act)
    return [(name, these) for name, these in found.items() if these]
