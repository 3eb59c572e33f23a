"""What becomes of a proposal where a grant does not come 不採択時の扱い. Amounts in 千円.

A source that was granted stays in any case, one that was not adopted is gone in any case; what is not decided yet may
be refused. Of the sources that stay, none brings more than what is then asked for: they are counted in their order,
and the last ones are cut. Their rates are not computed anew.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from apps.budget.choices import FundingStatus, IfNotAdopted, Source

# Money that one applies for, and that others decide on.
APPLIED_FOR = (Source.NATIONAL, Source.PREFECTURE)
DECIDED = (FundingStatus.GRANTED, FundingStatus.REJECTED)
# Nobody has said what remains: the whole request is counted.
UNSAID = (IfNotAdopted.AS_WRITTEN,)


@dataclass(frozen=True)
class Outcome:
    """What is asked for, and who pays; `later_k` waits for a supplementary budget.

    `unknown` counts the proposals of which nobody knows what remains; they are counted at their full request.
    """

    request_k: int = 0
    national_k: int = 0
    prefecture_k: int = 0
    bond_k: int = 0
    other_k: int = 0
    later_k: int = 0
    future_k: int = 0
    unknown: int = 0

    @property
    def general_k(self) -> int:
        """General revenue: what the other sources leave."""
        return self.request_k - self.national_k - self.prefecture_k - self.bond_k - self.other_k

    @property
    def own_k(self) -> int:
        """The city's own share over five years, what waits for a supplementary budget among it."""
        return self.general_k + self.later_k + self.future_k

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __sub__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(getattr(self, each.name) - getattr(other, each.name) for each in fields(self)))


def may_be_refused(funding: Any) -> bool:
    """Whether the money hangs on a decision that is still to come."""
    return funding.source in APPLIED_FOR and funding.status not in DECIDED


def outcome_of(request_k: int, fundings: Sequence[Any], refused: Collection[int] = (), *, future_k: int = 0) -> Outcome:
    """What becomes of one proposal where the fundings of these keys are refused, besides those that were already."""
    gone = [each for each in fundings if each.status == FundingStatus.REJECTED or each.pk in refused]
    remaining_k, later_k, is_unknown = _remaining(request_k, gone)
    paid = _paid((each for each in fundings if each not in gone), remaining_k)
    given_up = request_k > 0 and not remaining_k and not later_k
    return Outcome(
        request_k=remaining_k,
        later_k=later_k,
        future_k=0 if given_up else future_k,
        unknown=int(is_unknown),
        **paid,
    )


def _remaining(request_k: int, gone: Iterable[Any]) -> tuple[int, int, bool]:
    """What is asked for now, what later, and whether that is a guess: of several rules the harshest holds."""
    left_k, waits, is_unknown = request_k, False, False
    for funding in gone:
        if funding.if_not_adopted == IfNotAdopted.FORGO:
            left_k = 0
        elif funding.if_not_adopted == IfNotAdopted.REDUCE and funding.fallback_k is not None:
            left_k = min(left_k, funding.fallback_k)
        elif funding.if_not_adopted == IfNotAdopted.SUPPLEMENTARY:
            waits = True
        elif funding.if_not_adopted in (IfNotAdopted.REDUCE, *UNSAID):
            is_unknown = True
    is_unknown = is_unknown and left_k > 0
    return (0, left_k, is_unknown) if waits else (left_k, 0, is_unknown)


def _paid(staying: Iterable[Any], room_k: int) -> dict[str, int]:
    """What each kind of source pays of this much, counted in the order of the sources."""
    paid = {f"{source.value}_k": 0 for source in Source}
    for funding in staying:
        amount_k = min(funding.amount_k, room_k)
        paid[f"{funding.source}_k"] += amount_k
        room_k -= amount_k
    return paid
