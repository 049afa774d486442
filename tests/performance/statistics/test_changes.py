from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.changes import Kind, absolute, points, relative
from tests.performance.statistics.series import known


@pytest.mark.parametrize(
    ("before", "after", "amount", "words"),
    [
        (3130, 3137, "0.2", "+0.2% on 3,130"),
        (9030, 14191, "57.2", "+57.2% on 9,030"),  # printed in a report as 65%
        (10271, 15793, "53.8", "+53.8% on 10,271"),
        (1850, 439, "-76.3", "-76.3% on 1,850"),  # printed in a report as 74%
        (9673, 16791, "73.6", "+73.6% on 9,673"),
        (100, 100, "0.0", "no change from 100"),
        (5, 0, "-100.0", "-100.0% on 5"),
        (60207, 60208, "0.0", "up less than 0.1% on 60,207"),
        (60208, 60207, "0.0", "down less than 0.1% on 60,208"),
        (19.3, 29.9, "54.9", "+54.9% on 19.3"),
    ],
)
def test_a_relative_change_is_a_percentage_of_the_earlier_value(before, after, amount, words):
    change = relative(before, after)
    assert (change.kind, change.amount, change.base) == (Kind.RELATIVE, Decimal(amount), before)
    assert change.words == words


def test_a_change_of_a_percentage_is_in_percentage_points_from_unrounded_values():
    # non-attendance of two years: a report called this fall '3%'
    change = points(Fraction(139 * 100, 1086), Fraction(114 * 100, 1155))
    assert change.amount == Decimal("-2.9")
    assert change.words == "-2.9 percentage points from 12.8%"
    assert change.direction == -1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (19.3, 29.9, "+10.6 percentage points from 19.3%"),
        (50, 50.0, "no change from 50.0%"),
        (0, 0.01, "up less than 0.1 percentage points from 0.0%"),
        (0, 3, "+3.0 percentage points from 0.0%"),
    ],
)
def test_points_name_their_unit_and_base(before, after, words):
    assert points(before, after).words == words


@pytest.mark.parametrize(
    ("before", "after", "unit", "amount", "words"),
    [
        (3130, 3137, "referrals", "7", "7 more referrals than 3,130"),
        (10, 3, "children", "-7", "7 fewer children than 10"),
        (10, 3, "", "-7", "7 fewer than 10"),
        (0, 4, "children", "4", "4 more children than 0"),
        (4, 4, "children", "0", "no change from 4"),
    ],
)
def test_an_absolute_change_is_in_the_values_own_unit(before, after, unit, amount, words):
    change = absolute(before, after, unit)
    assert (change.kind, change.amount) == (Kind.ABSOLUTE, Decimal(amount))
    assert change.words == words


@pytest.mark.parametrize("kind", [absolute, relative, points])
@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, 3, "the earlier value is missing"),
        (3, None, "the later value is missing"),
        (None, None, "both values are missing"),
    ],
)
def test_a_missing_value_is_no_zero_and_gives_no_change(kind, before, after, words):
    change = kind(before, after)
    assert change.amount is None
    assert change.direction is None
    assert words in change.words


@pytest.mark.parametrize(("before", "why"), [(0, "is 0"), (0.0, "is 0"), (-4, "is negative")])
def test_nothing_is_a_percentage_of_a_base_of_0_or_less(before, why):
    change = relative(before, 5)
    assert change.amount is None
    assert why in change.words


def test_a_rise_too_small_to_show_is_still_a_rise():
    assert relative(60207, 60208).direction == 1
    assert points(10.00, 9.99).direction == -1
    assert relative(7, 7).direction == 0


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_changes_agree_with_the_same_sums_on_paper(before, after):
    for change in (absolute(before, after), points(before, after), relative(before, after)):
        assert change.direction in (None, (after > before) - (after < before))
    assert absolute(before, after).amount == after - before
    assert points(before, after).amount == after - before
    if before > 0:
        share = Fraction(100 * (after - before), before)
        assert abs(Fraction(known(relative(before, after).amount)) - share) <= Fraction(1, 20)
    else:
        assert relative(before, after).amount is None
