"""XmR charts. Reference values: the snapshots in the tests of the R package NHSRplotthedots 0.2.2, computed on
R's first 20 standard normal numbers of seed 123."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.spc import Judgement, Polarity, xmr
from performance.statistics.special_causes import Direction, Rule
from tests.performance.statistics.series import STABLE, chart, only

CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]
R_NORMAL_123 = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621,
    -1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272,
    -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
WITH_OUTLIER = [*R_NORMAL_123[:14], 10, *R_NORMAL_123[15:]]

# Limits


@pytest.mark.parametrize(
    ("values", "screen", "mean", "lower", "upper"),
    [
        (R_NORMAL_123, True, 0.1416238, -3.01138, 3.294627),
        (WITH_OUTLIER, True, 0.6694159, -2.383666, 3.722497),
        (WITH_OUTLIER, False, 0.6694159, -4.596625, 5.935457),
    ],
)
def test_limits_agree_with_the_reference_package(values, screen, mean, lower, upper):
    segment = only(chart(values, screen=screen))
    assert segment.mean == pytest.approx(mean, abs=1e-6)
    assert segment.lower == pytest.approx(lower, abs=1e-5)
    assert segment.upper == pytest.approx(upper, abs=1e-5)


def test_the_police_crimes_of_2024_25_are_noise():
    found = chart(CRIMES, polarity=Polarity.LOW)
    segment = only(found)
    lines = (segment.mean, segment.lower, segment.upper)
    assert [round(line, 1) for line in lines] == [267.9, 212.8, 323.1]
    assert {point.judgement for point in found.points} == {Judgement.COMMON}
    assert found.provisional
    assert found.variation.words == "Common cause: the latest point is within usual variation"


def test_near_limits_lie_two_thirds_of_the_way_to_the_limits():
    segment = only(chart(CRIMES))
    assert segment.near_upper - segment.mean == pytest.approx(
        (segment.upper - segment.mean) * 2 / 3
    )
    assert segment.mean - segment.near_lower == pytest.approx(
        (segment.mean - segment.lower) * 2 / 3
    )


def test_limits_are_not_cut_at_0():
    assert only(chart([0, 9, 1, 8, 0, 9, 2, 7, 0, 9, 1, 8])).lower < 0


def test_a_moving_range_of_exactly_3267_thousandths_of_the_mean_is_screened_out():
    # Eleven steps with a mean of 1,000; the largest is exactly 3,267.
    steps = [3267, 773, 773, 773, 773, 773, 773, 773, 774, 774, 774]
    assert sum(steps) == 11_000
    values = [0]
    for step, sign in zip(steps, [1, -1] * 6, strict=False):
        values.append(values[-1] + sign * step)
    assert only(chart(values)).moving_range == pytest.approx(773.3)
    values[0] += 1  # the largest step is 3,266 now: under the bound, so kept
    assert only(chart(values)).moving_range == pytest.approx(10_999 / 11)


def test_the_mean_keeps_the_points_whose_moving_ranges_are_screened():
    screened, all_of_it = only(chart(WITH_OUTLIER)), only(chart(WITH_OUTLIER, screen=False))
    assert screened.mean == all_of_it.mean
    assert screened.moving_range < all_of_it.moving_range


def test_fixed_limits_rest_on_the_first_points_and_judge_all_of_them():
    found = chart([*STABLE, 40, 41], fix_after=12)
    assert only(found).baseline == 12
    assert only(found).mean == only(chart(STABLE)).mean
    assert [point.rule for point in found.points[-2:]] == [Rule.OUTSIDE, Rule.OUTSIDE]
    assert only(chart([*STABLE, 40, 41])).mean > only(found).mean


def test_limits_are_never_fixed_on_fewer_than_12_points():
    with pytest.raises(ValueError, match="12 points or more, not 11"):
        chart(STABLE, fix_after=11)


# Ties and exact limits


def test_a_point_exactly_on_a_limit_is_not_outside():
    # Mean 0; eleven steps of 2 make a moving range of 2 and limits of exactly +/- 5.32.
    base = [1, -1] * 6
    assert chart([*base, Decimal("5.32")], fix_after=12).points[-1].rule is None
    assert chart([*base, Decimal("5.33")], fix_after=12).points[-1].rule is Rule.OUTSIDE
    assert chart([*base, 5.32], fix_after=12).points[-1].rule is None
    assert chart([*base, -5.32], fix_after=12).points[-1].rule is None
    assert chart([*base, -5.320001], fix_after=12).points[-1].direction is Direction.LOW


def test_decimal_fractions_tie_with_the_mean_as_they_do_on_paper():
    base = [0.3, 0.1] * 6
    assert sum(base) / 12 < 0.2  # binary arithmetic would call 0.2 a point above the mean
    six = [0.25, 0.21, 0.25, 0.21, 0.25, 0.21]
    tie = chart([*base, *six, 0.2], fix_after=12)
    assert only(tie).mean == 0.2
    assert all(point.rule is None for point in tie.points[12:])
    above = chart([*base, *six, 0.201], fix_after=12)
    assert all(point.rule is Rule.SHIFT for point in above.points[12:])


# When there are no limits


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ([], "too few points: 0 of 12"),
        ([3], "too few points: 1 of 12"),
        (STABLE[:7], "too few points: 7 of 12"),
        (STABLE[:11], "too few points: 11 of 12"),
        ([*STABLE[:11], None, None], "too few points: 11 of 12"),
        ([4] * 11, "too few points: 11 of 12"),
        ([4] * 12, "every value is the same"),
        ([0] * 30, "every value is the same"),
        ([0.1] * 15, "every value is the same"),
        ([7] * 20 + [None], "every value is the same"),
        (
            [5] * 20 + [9],
            "nearly every number is the one before it, so there is no usual variation to measure",
        ),
        (
            [0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0],
            "nearly every number is the one before it, so there is no usual variation to measure",
        ),
    ],
)
def test_no_limits_and_the_reason(values, refusal):
    found = chart(values, polarity=Polarity.HIGH, target=3)
    assert found.refusal == refusal
    assert not found.provisional
    assert found.assurance.icon is None
    assert refusal in found.assurance.words
    for point in found.points:
        assert (point.mean, point.lower, point.upper, point.rule) == (None, None, None, None)
        assert point.judgement in (Judgement.NO_LIMITS, Judgement.NO_DATA)


def test_limits_that_would_rest_on_a_constant_baseline_are_refused():
    found = chart([5] * 12 + [9, 8, 9], fix_after=12)
    assert found.refusal == "every value that the limits would rest on is the same"


def test_without_limits_there_is_a_median_for_a_plain_run_chart():
    segment = only(chart([3, 9, 4, 8]))
    assert (segment.median, segment.mean, segment.lower) == (6, 6, None)
    assert only(chart([None, None])).median is None


def test_without_screening_a_single_jump_has_limits():
    assert chart([5] * 20 + [9], screen=False).refusal is None


@pytest.mark.parametrize(
    ("count", "provisional"), [(12, True), (19, True), (20, False), (21, False)]
)
def test_limits_on_12_to_19_points_are_provisional(count, provisional):
    found = chart((STABLE * 2)[:count])
    assert found.refusal is None
    assert found.provisional is provisional


def test_limits_fixed_on_12_points_stay_provisional_however_long_the_series():
    assert chart(STABLE * 3, fix_after=12).provisional
    assert not chart(STABLE * 3).provisional


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ([1, 4, 2, 3, 0, 5, 2, 3, 1, 4, 2, 3], True),  # mean 2.5
        ([3, 4, 2, 3, 2, 4, 3, 3, 2, 4, 3, 3], False),  # mean exactly 3
        (STABLE, False),
        ([value / 10 for value in STABLE], False),  # a mean of 1.25, but not of counts
    ],
)
def test_a_mean_count_under_3_warns_that_the_chart_flags_too_much(values, warned):
    found = chart(values)
    assert (found.warning is not None) is warned
    if warned:
        assert "flags too much" in found.warning


def test_whether_values_are_counts_can_be_said():
    small = [1, 4, 2, 3, 0, 5, 2, 3, 1, 4, 2, 3]
    assert chart(small, counts=False).warning is None
    assert chart([value / 10 for value in STABLE], counts=True).warning is not None


# Input


def test_a_label_that_comes_twice_is_an_error():
    with pytest.raises(ValueError, match="twice"):
        xmr([("2024-04", 3), ("2024-04", 4)])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("Infinity")])
def test_a_value_that_is_no_finite_number_is_an_error(value):
    with pytest.raises(ValueError, match="not a number"):
        chart([*STABLE, value])


def test_the_kind_of_number_does_not_matter():
    as_floats = chart([value / 10 for value in STABLE])
    assert chart([Decimal(value) / 10 for value in STABLE]) == as_floats
    assert chart([Fraction(value, 10) for value in STABLE]) == as_floats


@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=12, max_size=50), st.booleans())
def test_limits_agree_with_a_slow_computation(values, screen):
    known = [float(value) for value in values if value is not None]
    segment = only(chart(values, screen=screen))
    assert segment.points == len(known)
    assume(segment.refusal is None)
    total = 0.0
    for value in known:
        total += value
    mean = total / len(known)
    ranges = [abs(known[i] - known[i - 1]) for i in range(1, len(known))]
    average = sum(ranges) / len(ranges)
    if screen:
        # a hair under the bound, for where rounding blurs the exact comparison
        assume(all(abs(r - 3.267 * average) > 1e-9 for r in ranges))
        ranges = [r for r in ranges if r < 3.267 * average]
        average = sum(ranges) / len(ranges)
    assert segment.mean == pytest.approx(mean)
    assert segment.upper == pytest.approx(mean + 2.66 * average)
    assert segment.lower == pytest.approx(mean - 2.66 * average)
    assert segment.near_upper == pytest.approx(mean + 2.66 * 2 / 3 * average)


@given(st.lists(st.integers(0, 60), min_size=12, max_size=40))
def test_a_series_upside_down_has_the_same_rules_and_the_opposite_judgements(values):
    up = chart(values, polarity=Polarity.HIGH, counts=False)
    down = chart([-value for value in values], polarity=Polarity.LOW, counts=False)
    assert [point.rule for point in up.points] == [point.rule for point in down.points]
    assert [point.judgement for point in up.points] == [point.judgement for point in down.points]
