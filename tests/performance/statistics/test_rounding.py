from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.rounding import exact


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), np.float64("nan")])
def test_what_is_not_a_finite_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        exact(value)


def test_floats_count_as_the_decimals_they_print():
    assert exact(0.1) == Fraction(1, 10)
    assert exact(np.float64(0.1)) == Fraction(1, 10)
    assert exact(0.1) + exact(0.2) == exact(0.3)


@pytest.mark.parametrize(
    ("number", "fraction"),
    [
        (Decimal("1.1"), Fraction(11, 10)),
        (2.25, Fraction(9, 4)),
        (-0.125, Fraction(-1, 8)),
        (7e-6, Fraction(7, 1_000_000)),
        (1.1, Fraction(11, 10)),  # where Fraction(1.1) is 2476979795053773/2251799813685248
    ],
)
def test_numbers_are_the_fractions_that_pythons_documentation_prints(number, fraction):
    assert exact(number) == fraction


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_decimal_that_its_own_text_says(value):
    assert exact(value) == Fraction(repr(value))
