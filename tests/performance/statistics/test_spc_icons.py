"""What the latest point says (variation) and whether the target is met (assurance)."""

from decimal import Decimal
from fractions import Fraction

import pytest

from performance.statistics.spc import AssuranceIcon, Judgement, Polarity, xmr
from performance.statistics.special_causes import Direction, Rule
from tests.performance.statistics.series import STABLE, chart


@pytest.mark.parametrize(
    ("latest", "polarity", "icon"),
    [
        (40, Polarity.HIGH, Judgement.IMPROVEMENT),
        (40, Polarity.LOW, Judgement.CONCERN),
        (40, Polarity.NEUTRAL, Judgement.SPECIAL_HIGH),
        (-20, Polarity.HIGH, Judgement.CONCERN),
        (-20, Polarity.LOW, Judgement.IMPROVEMENT),
        (-20, Polarity.NEUTRAL, Judgement.SPECIAL_LOW),
        (12, Polarity.HIGH, Judgement.COMMON),
        (12, Polarity.NEUTRAL, Judgement.COMMON),
    ],
)
def test_the_polarity_makes_a_special_cause_improvement_or_concern(latest, polarity, icon):
    found = chart([*STABLE, latest], polarity=polarity)
    assert found.points[-1].judgement is icon
    assert found.variation.icon is icon


def test_a_falling_trend_is_low_even_above_the_mean():
    values = [*[10, 30] * 6, 29, 28, 27, 26, 25, 24, 23]
    found = chart(values, polarity=Polarity.LOW, fix_after=12)
    latest = found.points[-1]
    assert latest.value > latest.mean
    assert (latest.rule, latest.direction) == (Rule.TREND, Direction.LOW)
    assert latest.judgement is Judgement.IMPROVEMENT


@pytest.mark.parametrize(
    ("latest", "polarity", "words"),
    [
        (
            [40],
            Polarity.LOW,
            "Special cause, concern (high): the latest point is above the upper limit",
        ),
        ([-20], Polarity.NEUTRAL, "Special cause, low: the latest point is below the lower limit"),
        (
            [13, 14, 13, 14, 13, 14, 13],
            Polarity.HIGH,
            "Special cause, improvement (high): the latest point is part of a shift: "
            "7 or more points in a row above the mean",
        ),
    ],
)
def test_the_variation_icon_has_words_with_the_rule(latest, polarity, words):
    assert chart([*STABLE, *latest], fix_after=12, polarity=polarity).variation.words == words


def test_the_icon_comes_from_the_latest_point_only():
    found = chart([*STABLE, 60, 12, 13], polarity=Polarity.LOW)
    assert found.points[12].judgement is Judgement.CONCERN
    assert found.variation.icon is Judgement.COMMON
    assert found.variation.rule is None


def test_a_missing_latest_month_is_no_data_and_not_common_cause():
    found = chart([*STABLE, None], polarity=Polarity.LOW, target=100)
    assert found.variation.icon is Judgement.NO_DATA
    assert found.points[-1].judgement is Judgement.NO_DATA
    assert found.points[-1].upper is not None  # the limits are still there to be drawn
    assert found.assurance.icon is AssuranceIcon.PASSES


def test_no_points_at_all_are_no_data():
    found = chart([])
    assert (found.points, found.segments) == ((), ())
    assert found.variation.icon is Judgement.NO_DATA


def test_too_few_points_are_no_limits_and_not_common_cause():
    variation = chart(STABLE[:7]).variation
    assert variation.icon is Judgement.NO_LIMITS
    assert variation.words == "No limits: too few points: 7 of 12"


# Assurance: strict, and mirrored for 'lower is better'


@pytest.mark.parametrize(
    ("target", "higher_is_better", "lower_is_better"),
    [
        (-5.33, "passes", "fails"),
        (-5.32, "hit and miss", "hit and miss"),
        (0, "hit and miss", "hit and miss"),
        (5.32, "hit and miss", "hit and miss"),
        (Decimal("5.33"), "fails", "passes"),
    ],
)
def test_assurance_compares_the_target_with_the_limits(target, higher_is_better, lower_is_better):
    base = [1, -1] * 6  # limits of exactly +/- 5.32
    assert chart(base, polarity=Polarity.HIGH, target=target).assurance.icon == higher_is_better
    assert chart(base, polarity=Polarity.LOW, target=target).assurance.icon == lower_is_better


def within(lower: int, upper: int) -> list[Fraction]:
    """A stable series whose limits are exactly these."""
    middle, step = Fraction(lower + upper, 2), Fraction(upper - lower, 4) / Fraction("2.66")
    return [middle - step, middle + step] * 6


@pytest.mark.parametrize(
    ("lower", "upper", "higher_is_better", "lower_is_better"),
    [(1, 3, "fails", "passes"), (5, 7, "passes", "fails"), (1, 5, "hit and miss", "hit and miss")],
)
def test_assurance_agrees_with_the_reference_package(
    lower, upper, higher_is_better, lower_is_better
):
    """A target of 4, as in the tests of ptd_calculate_assurance_type in the R package NHSRplotthedots."""
    series = within(lower, upper)
    segment = chart(series).segments[0]
    assert (segment.lower, segment.upper) == (lower, upper)
    assert chart(series, polarity=Polarity.HIGH, target=4).assurance.icon == higher_is_better
    assert chart(series, polarity=Polarity.LOW, target=4).assurance.icon == lower_is_better
    assert chart(series, polarity=Polarity.NEUTRAL, target=4).assurance.icon is None


def test_assurance_needs_a_target_and_a_polarity():
    assert chart(STABLE, polarity=Polarity.HIGH).assurance.icon is None
    assert "no target" in chart(STABLE, polarity=Polarity.HIGH).assurance.words
    assert chart(STABLE, target=3).assurance.icon is None
    assert "no direction" in chart(STABLE, target=3).assurance.words


def test_a_constant_series_at_its_target_is_not_hit_and_miss():
    found = chart([100] * 24, polarity=Polarity.HIGH, target=100)
    assert found.assurance.icon is None
    assert found.variation.icon is Judgement.NO_LIMITS


def test_assurance_uses_the_latest_segments_limits():
    points = list(enumerate([*STABLE, *[value + 100 for value in STABLE]]))
    before = xmr(points[:12], polarity=Polarity.HIGH, target=50)
    after = xmr(points, rebases=[12], polarity=Polarity.HIGH, target=50)
    assert before.assurance.icon is AssuranceIcon.FAILS
    assert after.assurance.icon is AssuranceIcon.PASSES
