"""Years until a project pays back, by hours of staff and yen saved alone; exact fractions of 千円, no discounting."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.core.money import YEN_PER_K


@dataclass(frozen=True)
class Effect:
    """What a project saves a year, and what it costs to run in a later year."""

    hours: int
    hour_yen: int | None
    yen_saved: int
    running_k: Fraction

    @property
    def is_known(self) -> bool:
        """Hours are worth something only where the year says what an hour costs."""
        return self.hour_yen is not None or not self.hours

    @property
    def hours_k(self) -> Fraction:
        return Fraction(self.hours * (self.hour_yen or 0), YEN_PER_K)

    @property
    def saved_k(self) -> Fraction:
        return Fraction(self.yen_saved, YEN_PER_K)

    @property
    def yearly_k(self) -> Fraction:
        """What remains of the savings when the project's own running cost is paid."""
        return self.hours_k + self.saved_k - self.running_k


def initial_share_k(initial_yen: int, total_yen: int, sources_k: int) -> Fraction:
    """The city's share of the initial cost: the other sources pay initial and running cost in proportion."""
    if not initial_yen:
        return Fraction(0)
    share = Fraction(initial_yen, YEN_PER_K) - sources_k * Fraction(initial_yen, total_yen)
    return max(share, Fraction(0))


def payback_years(share_k: Fraction, effect: Effect) -> Decimal | None:
    """Share ÷ yearly effect, to one decimal, halves up; None where it never pays back, or nobody knows."""
    if not effect.is_known or effect.yearly_k <= 0:
        return None
    tenths = share_k * 10 / effect.yearly_k + Fraction(1, 2)
    return Decimal(tenths.numerator // tenths.denominator).scaleb(-1)


def average_k(amounts_k: list[int]) -> Fraction:
    """The mean of what was entered; nothing entered costs nothing."""
    return Fraction(sum(amounts_k), len(amounts_k)) if amounts_k else Fraction(0)
