"""A row of the menu of a proposal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.budget.models import Proposal


def always(_proposal: Proposal) -> bool:
    return True


@dataclass(frozen=True)
class ProposalAct:
    """One verb: who may, the page that does it, and `when` it leads somewhere.

    `tells` says that those who may not are told who may; `names` that the page takes the proposal as `?proposal=`.
    """

    verb: str
    permission: str
    label: Any
    page: str
    when: Callable[[Proposal], bool] = always
    tells: bool = False
    names: bool = False
