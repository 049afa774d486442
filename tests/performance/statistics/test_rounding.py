from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.rounding import exact, half_away, ratio


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (0.25, 1, "0.3"),
        (-0.25, 1, "-0.3"),
        (0.35, 1, "0.4"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (-0.5, 0, "-1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (0.24999, 1, "0.2"),
        (Decimal("0.05"), 1, "0.1"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(2, 3), 1, "0.7"),
        (12, 1, "12.0"),
        (0, 1, "0.0"),
        (99.95, 1, "100.0"),
        (1e-7, 1, "0.0"),
        (10**30 + 1, 0, "1000000000000000000000000000001"),
    ],
)
def test_a_half_goes_away_from_zero(value, places, rounded):
    assert str(half_away(value, places)) == rounded


def test_a_small_negative_number_rounds_to_a_zero_without_a_sign():
    assert str(half_away(-0.04, 1)) == "0.0"


@pytest.mark.parametrize(
    ("numerator", "denominator", "per", "places", "rounded"),
    [
        (3130, 60207, 10_000, 1, "519.9"),  # Luton's referrals per 10,000 in 2023/24, as published
        (3130, 60435, 10_000, 1, "517.9"),  # the same on the revised population
        (1155, 51 * 20, 100, 1, "113.2"),  # training places filled 2024/25, printed as 108%
        (439, 45 * 12, 100, 1, "81.3"),  # the same in 2020/21, printed as 84%
        (1, 8, 100, 1, "12.5"),
        (1, 16, 100, 1, "6.3"),  # 6.25
        (1, 2000, 100, 1, "0.1"),  # 0.05
        (0, 7, 100, 1, "0.0"),
        (7, 7, 100, 1, "100.0"),
    ],
)
def test_ratios_are_rounded_once_from_the_exact_fraction(
    numerator, denominator, per, places, rounded
):
    assert str(ratio(numerator, denominator, per, places)) == rounded


@pytest.mark.parametrize("denominator", [0, -3])
def test_a_rate_over_nobody_does_not_exist(denominator):
    with pytest.raises(ValueError, match="denominator must be more than 0"):
        ratio(3, denominator)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), np.float64("nan")])
def test_what_is_not_a_finite_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        exact(value)


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="places"):
        half_away(15, -1)


def test_floats_count_as_the_decimals_they_print():
    assert exact(0.1) == Fraction(1, 10)
    assert exact(np.float64(0.1)) == Fraction(1, 10)
    assert exact(0.1) + exact(0.2) == exact(0.3)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_symmetric_and_never_further_than_half_a_unit(value, places):
    rounded = half_away(value, places)
    assert rounded == -half_away(-value, places)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**places)
    assert rounded.as_tuple().exponent == -places


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounding_agrees_with_the_decimal_module(value, places):
    wanted = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert half_away(value, places) == wanted
