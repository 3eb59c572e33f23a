"""The states on the way of a policy or an initiative, as its page shows them in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One state on the way, and whether it is behind, here or ahead."""

    label: Any
    is_done: bool
    is_here: bool


def steps_of(status: str, way: Sequence[Any]) -> list[Step]:
    """The states of the way; none where the record has left it. Who stands at the last one has done it, too."""
    if status not in way:
        return []
    here = list(way).index(status)
    is_at_end = here == len(way) - 1
    return [Step(state.label, place < here or is_at_end, place == here) for place, state in enumerate(way)]
