"""Two units of money, never mixed: 積算 in yen (`_yen`), everything from the 節 on in 千円 (`_k`).

All arithmetic is exact, on integers, decimals and fractions; a float is refused. How a year rounds is data:
callers pass the modes of that fiscal year, and the defaults are what most 予算要求要領 say (expenditure up,
subsidies down, bonds down to 100千円), so that a budget never lacks money and never counts on money that
may not come.
"""

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YEN_PER_K = 1000
NONE_TO_COMPARE = "－"  # the signs below belong to the forms of a municipal budget, like △: they are not translated
ALL_NEW = "皆増"
ALL_GONE = "皆減"

Exact = int | Decimal | Fraction


class Rounding(models.TextChoices):
    """How a fiscal year rounds an amount to its unit."""

    UP = "up", gettext_lazy("Round up")
    DOWN = "down", gettext_lazy("Round down")
    HALF_UP = "half_up", gettext_lazy("Round half up")


def line_amount_yen(
    unit_price: Decimal | int, quantity: Decimal | int, months: Decimal | int, *, tax_percent: int = 0
) -> int:
    """Unit price × quantity × months of one 積算 line, and the tax where the price is without it, in whole yen.

    A fraction of a yen is dropped, as in what a city then pays (円未満切捨て):
    国等の債権債務等の金額の端数計算に関する法律第2条第1項, which binds 地方公共団体 by its 第1条.
    """
    taxed = 1 + _rate(_amount(tax_percent) / 100)
    return _round(_amount(unit_price) * _amount(quantity) * _amount(months) * taxed, 1, Rounding.DOWN)


def round_k(yen: Exact, mode: Rounding | str, *, unit_k: int = 1) -> int:
    """An exact amount in yen as 千円, rounded by `mode` to a multiple of `unit_k` 千円."""
    return _round(_amount(yen) / YEN_PER_K, unit_k, mode)


def expenditure_k(yen: Exact, *, mode: Rounding | str = Rounding.UP) -> int:
    """Expenditure of one 節 in 千円, rounded up where the year says nothing else."""
    return round_k(yen, mode)


def subsidy_k(
    eligible_yen: Exact,
    rate: Fraction | int,
    cap_k: int | None = None,
    *,
    already_k: int = 0,
    mode: Rounding | str = Rounding.DOWN,
) -> int:
    """Eligible cost × rate in 千円, cut to what the cap leaves, then rounded (down by default).

    `already_k` is what other lines have drawn from the same cap. The rate lies between 0 and 1.
    """
    exact_k = _amount(eligible_yen) * _rate(rate) / YEN_PER_K
    if cap_k is not None:
        exact_k = min(exact_k, max(_amount(cap_k) - _amount(already_k), Fraction(0)))
    return _round(exact_k, 1, mode)


def bond_k(base_k: int, percent: Exact, *, unit_k: int = 100) -> int:
    """The bond on a base in 千円, at a percentage (充当率), down to a multiple of `unit_k` 千円."""
    return _round(_amount(base_k) * _rate(_amount(percent) / 100), unit_k, Rounding.DOWN)


def number(value: int | Decimal) -> str:
    """1,234; a decimal keeps its own digits (38.5); a negative value has △ and never a minus sign."""
    _exact(value)
    digits = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,d}"
    return f"△{digits}" if value < 0 else digits


def signed(value_k: int) -> str:
    """An amount that may be negative: △1,130, 0, 295,874."""
    return number(value_k)


def difference(value_k: int) -> str:
    """The difference from another year: as `signed`, but － where there is none."""
    return signed(value_k) if value_k else NONE_TO_COMPARE


def change_ratio(previous_k: int, current_k: int) -> str:
    """＋12.3％ or △6.7％ against the year before, halves away from zero; 皆増, 皆減, － at zero.

    A change too small for one decimal is 0.0％ without a sign.
    """
    previous, current = _amount(previous_k), _amount(current_k)
    if not previous:
        return ALL_NEW if current else NONE_TO_COMPARE
    if not current:
        return ALL_GONE
    tenths = _round(abs(current - previous) * 1000 / previous, 1, Rounding.HALF_UP)
    sign = ("＋" if current > previous else "△") if tenths else ""
    return f"{sign}{tenths // 10:,d}.{tenths % 10}％"


def _round(amount: Fraction, unit: int, mode: Rounding | str) -> int:
    """A non-negative amount as a multiple of `unit`."""
    if type(unit) is not int or unit < 1:
        raise ValueError(f"a unit to round to is a positive int, not {unit!r}")
    steps, rest = divmod(amount, unit)
    up = {Rounding.UP: rest > 0, Rounding.DOWN: False, Rounding.HALF_UP: rest * 2 >= unit}[Rounding(mode)]
    return (int(steps) + up) * unit


def _rate(rate: Fraction | int) -> Fraction:
    """A rate between 0 and 1, exact by its type: 1/3 has no decimal."""
    if isinstance(rate, Decimal):
        raise TypeError("a rate is a Fraction, not a Decimal")
    exact = _amount(rate)
    if exact > 1:
        raise ValueError(_("A rate is at most 1, not %(rate)s.") % {"rate": exact})
    return exact


def _amount(value: Exact) -> Fraction:
    """An exact amount that is not negative."""
    exact = _exact(value)
    if exact < 0:
        raise ValueError(_("An amount must not be negative: %(amount)s") % {"amount": value})
    return exact


def _exact(value: Exact) -> Fraction:
    """The value as a fraction; TypeError for floats and the like, ValueError for NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"money is int, Decimal or Fraction, never {type(value).__name__}")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(_("This is not an amount: %(amount)s") % {"amount": value})
    return Fraction(value)
