from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import money
from apps.core.money import Rounding
from tests.edge_cases import EDGE_CASES

YEN = st.integers(0, 10**13)
RATES = st.fractions(0, 1, max_denominator=100)
DECIMALS = st.decimals(0, 10**8, places=2)


def cases(table: str, key: str) -> Any:
    return pytest.mark.parametrize("case", [case for case in EDGE_CASES[table] if key in case], ids=str)


@cases("amount_rounding", "expenditure_ceil_k")
def test_expenditure_is_rounded_up(case: dict[str, int]) -> None:
    assert money.expenditure_k(case["yen"]) == case["expenditure_ceil_k"]


@cases("amount_rounding", "subsidy_floor_k")
def test_subsidies_are_rounded_down(case: dict[str, int]) -> None:
    rate = Fraction(case["numerator"], case["denominator"])
    assert money.subsidy_k(case["eligible_yen"], rate) == case["subsidy_floor_k"]


@cases("amount_rounding", "bond_floor_100k")
def test_bonds_are_rounded_down_to_a_hundred_thousand_yen(case: dict[str, int]) -> None:
    assert money.bond_k(case["bond_base_k"], case["percent"]) == case["bond_floor_100k"]


@pytest.mark.parametrize(
    ("cap_k", "already_k", "expected"),
    [(None, 0, 6667), (7000, 0, 6667), (5000, 0, 5000), (5000, 4200, 800), (5000, 6000, 0)],
)
def test_a_cap_cuts_what_other_lines_have_left(cap_k: int | None, already_k: int, expected: int) -> None:
    assert money.subsidy_k(10_001_000, Fraction(2, 3), cap_k, already_k=already_k) == expected


@pytest.mark.parametrize(
    ("price", "quantity", "months", "expected"),
    [
        (Decimal("38.5"), 6000, 1, 231000),
        (34860, 2, 1, 69720),
        (Decimal("0.1"), 3, 10, 3),
        (Decimal("38.5"), 3, 1, 115),
        (Decimal("33.33"), Decimal("2.5"), Decimal("1.5"), 124),
        (Decimal("0.9"), 1, 1, 0),
    ],
)
def test_a_line_is_exact_and_drops_the_fraction_of_a_yen(price: Any, quantity: Any, months: Any, expected: int) -> None:
    amount_yen = money.line_amount_yen(price, quantity, months)
    assert (amount_yen, type(amount_yen)) == (expected, int)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Rounding.UP, (1, 1, 1, 1, 2)),
        (Rounding.DOWN, (0, 0, 0, 1, 1)),
        (Rounding.HALF_UP, (0, 0, 1, 1, 2)),
        ("half_up", (0, 0, 1, 1, 2)),
    ],
)
def test_the_modes_of_a_fiscal_year(mode: Any, expected: tuple[int, ...]) -> None:
    assert tuple(money.round_k(yen, mode) for yen in (1, 499, 500, 1000, 1500)) == expected


def test_a_mode_or_unit_that_does_not_exist_is_refused() -> None:
    assert money.round_k(149_999, "down", unit_k=100) == 100
    with pytest.raises(ValueError, match="sideways"):
        money.round_k(1, "sideways")
    with pytest.raises(ValueError, match="unit"):
        money.round_k(1, Rounding.UP, unit_k=0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: money.line_amount_yen(38.5, 1, 1),  # type: ignore[arg-type]
        lambda: money.line_amount_yen(38, 1, True),
        lambda: money.expenditure_k(1000.0),  # type: ignore[arg-type]
        lambda: money.subsidy_k(1000, 0.5),  # type: ignore[arg-type]
        lambda: money.subsidy_k(1000, Decimal("0.5")),  # type: ignore[arg-type]
        lambda: money.bond_k(1000, 75.0),  # type: ignore[arg-type]
        lambda: money.number(1.5),  # type: ignore[arg-type]
        lambda: money.number("1"),  # type: ignore[arg-type]
        lambda: money.change_ratio(1.0, 2),  # type: ignore[arg-type]
    ],
)
def test_what_is_not_exact_is_refused(call: Any) -> None:
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: money.expenditure_k(-1),
        lambda: money.line_amount_yen(-1, 1, 1),
        lambda: money.line_amount_yen(Decimal("NaN"), 1, 1),
        lambda: money.line_amount_yen(Decimal("Infinity"), 1, 1),
        lambda: money.subsidy_k(1, Fraction(-1, 2)),
        lambda: money.subsidy_k(1, Fraction(3, 2)),
        lambda: money.subsidy_k(1, Fraction(1, 2), -1),
        lambda: money.bond_k(1000, 101),
        lambda: money.change_ratio(-1, 2),
    ],
)
def test_amounts_that_cannot_be_are_refused(call: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        call()


@cases("amount_display", "value_k")
def test_amounts_as_the_budget_shows_them(case: dict[str, Any]) -> None:
    assert money.signed(case["value_k"]) == case["text"]
    assert money.difference(case["value_k"]) == case.get("diff_text", case["text"])


@cases("amount_display", "ratio_text")
def test_ratios_at_zero(case: dict[str, Any]) -> None:
    assert money.change_ratio(case["previous_k"], case["current_k"]) == case["ratio_text"]


@pytest.mark.parametrize(
    ("previous_k", "current_k", "expected"),
    [
        (1000, 1123, "＋12.3％"),
        (1500, 1400, "△6.7％"),
        (2000, 2001, "＋0.1％"),
        (2000, 1999, "△0.1％"),
        (10000, 10004, "0.0％"),
        (10000, 9996, "0.0％"),
        (7, 7, "0.0％"),
        (1, 1000, "＋99,900.0％"),
    ],
)
def test_ratios_to_one_decimal(previous_k: int, current_k: int, expected: str) -> None:
    assert money.change_ratio(previous_k, current_k) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1234, "1,234"),
        (Decimal("38.5"), "38.5"),
        (Decimal("-1234.50"), "△1,234.50"),
        (Decimal("1E+3"), "1,000"),
        (0, "0"),
    ],
)
def test_numbers_have_commas(value: Any, expected: str) -> None:
    assert money.number(value) == expected


@given(DECIMALS, DECIMALS, st.integers(0, 60))
def test_lines_agree_with_exact_fractions(price: Decimal, quantity: Decimal, months: int) -> None:
    assert money.line_amount_yen(price, quantity, months) == floor(Fraction(price) * Fraction(quantity) * months)


@given(YEN)
def test_expenditure_never_lacks_money(yen: int) -> None:
    assert money.expenditure_k(yen) == ceil(Fraction(yen, 1000))
    assert 0 <= money.expenditure_k(yen) * 1000 - yen < 1000


@given(YEN, RATES, st.none() | st.integers(0, 10**9), st.integers(0, 10**9))
def test_subsidies_never_count_on_too_much(eligible: int, rate: Fraction, cap: int | None, already: int) -> None:
    exact = eligible * rate / 1000
    expected = floor(exact) if cap is None else floor(min(exact, max(cap - already, 0)))
    assert money.subsidy_k(eligible, rate, cap, already_k=already) == expected


@given(st.integers(0, 10**9), st.integers(0, 100), st.sampled_from([1, 10, 100]))
def test_bonds_fit_their_unit(base_k: int, percent: int, unit_k: int) -> None:
    bond_k = money.bond_k(base_k, percent, unit_k=unit_k)
    assert bond_k == floor(Fraction(base_k * percent, 100 * unit_k)) * unit_k


@given(st.fractions(0, 10**10, max_denominator=1000), st.sampled_from([1, 100]))
def test_modes_agree_with_exact_fractions(yen: Fraction, unit_k: int) -> None:
    units = yen / 1000 / unit_k
    expected = {
        Rounding.UP: ceil(units),
        Rounding.DOWN: floor(units),
        Rounding.HALF_UP: floor(units + Fraction(1, 2)),
    }
    for mode, rounded in expected.items():
        assert money.round_k(yen, mode, unit_k=unit_k) == rounded * unit_k


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_ratio_is_the_nearest_tenth(previous_k: int, current_k: int) -> None:
    shown = money.change_ratio(previous_k, current_k)
    value = Fraction(shown.strip("＋△％").replace(",", "")) * (-1 if shown.startswith("△") else 1)
    assert abs(value - Fraction(current_k - previous_k, previous_k) * 100) <= Fraction(1, 20)


@given(st.integers(-(10**12), 10**12))
def test_a_shown_amount_reads_back(value_k: int) -> None:
    assert int(money.signed(value_k).replace("△", "-").replace(",", "")) == value_k
