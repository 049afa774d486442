"""Gaps in a series, and the segments that rebases cut it into."""

import pytest

from performance.statistics.spc import Judgement, Polarity, xmr
from performance.statistics.special_causes import Direction, Rule
from tests.performance.statistics.series import STABLE, chart, known, only

# Gaps


def test_a_gap_is_kept_in_place_and_the_points_around_it_are_neighbours():
    with_gap = chart([*STABLE[:5], None, *STABLE[5:]])
    without = chart(STABLE)
    assert with_gap.points[5].value is None
    assert with_gap.points[5].judgement is Judgement.NO_DATA
    assert only(with_gap).points == 12
    assert only(with_gap).moving_range == only(without).moving_range
    assert (only(with_gap).lower, only(with_gap).upper) == (
        only(without).lower,
        only(without).upper,
    )


def test_a_run_goes_on_across_a_gap():
    found = chart([*STABLE, 13, 14, 13, None, 14, 13, 14, None, 13], fix_after=12)
    rules = [point.rule for point in found.points[12:]]
    assert rules == [Rule.SHIFT] * 3 + [None] + [Rule.SHIFT] * 3 + [None, Rule.SHIFT]


def test_a_trend_goes_on_across_a_gap():
    found = chart([*[10, 30] * 6, 14, 16, 18, None, 20, 22, 24, 26], fix_after=12)
    assert found.points[-1].rule is Rule.TREND
    assert found.points[-5].rule is None
    assert found.points[-1].direction is Direction.HIGH


def test_zero_is_a_value_and_no_gap():
    assert only(chart([*STABLE, 0])).points == 13
    assert chart([*STABLE, 0]).points[-1].value == 0


# Rebases


def months(count):
    return [f"{2020 + month // 12}-{month % 12 + 1:02}" for month in range(count)]


def test_each_segment_has_its_own_limits():
    values = [*STABLE, *[value + 50 for value in STABLE]]
    found = xmr(list(zip(months(24), values, strict=True)), rebases=["2021-01"])
    first, second = found.segments
    assert (first.first, first.last) == ("2020-01", "2020-12")
    assert (second.first, second.last) == ("2021-01", "2021-12")
    assert known(second.mean) - known(first.mean) == 50
    assert [point.segment for point in found.points] == [0] * 12 + [1] * 12
    assert all(point.rule is None for point in found.points)


def test_a_run_never_crosses_a_rebase():
    tail, head = [13, 14, 13, 14], [15, 14, 15, 14, 10, 11, 10, 12, 15, 14, 10, 11]
    labels = list(range(28))
    whole = xmr(list(zip(labels, [*STABLE, *tail, *head], strict=False)), fix_after=12)
    cut = xmr(list(zip(labels, [*STABLE, *tail, *head], strict=False)), fix_after=12, rebases=[16])
    assert whole.points[15].rule is Rule.SHIFT
    assert [point.rule for point in cut.points[12:20]] == [None] * 8


def test_the_baseline_is_fixed_anew_in_each_segment():
    values = [*STABLE, 60, *[value + 50 for value in STABLE], 5]
    found = chart(values, rebases=[13], fix_after=12)
    assert [segment.baseline for segment in found.segments] == [12, 12]
    assert [segment.points for segment in found.segments] == [13, 13]
    assert [found.points[i].rule for i in (12, 25)] == [Rule.OUTSIDE, Rule.OUTSIDE]


def test_a_new_segment_without_enough_points_has_no_limits_yet_and_the_old_one_keeps_its_own():
    found = chart([*STABLE, *STABLE[:4]], rebases=[12], polarity=Polarity.HIGH, target=100)
    assert found.segments[0].refusal is None
    assert found.refusal == "too few points: 4 of 12"
    assert found.variation.icon is Judgement.NO_LIMITS
    assert found.assurance.icon is None
    assert found.points[0].upper is not None
    assert found.points[-1].upper is None


@pytest.mark.parametrize("rebases", [["2031-01"], ["2020-03", "2031-01"]])
def test_a_rebase_without_a_point_is_an_error(rebases):
    with pytest.raises(ValueError, match="rebase without a point: 2031-01"):
        xmr(list(zip(months(12), STABLE, strict=True)), rebases=rebases)


def test_a_rebase_at_the_first_point_changes_nothing():
    assert chart(STABLE, rebases=[0]) == chart(STABLE)


def test_a_rebase_may_fall_on_a_gap():
    found = chart([*STABLE, None, *STABLE], rebases=[12])
    assert [segment.points for segment in found.segments] == [12, 12]
    assert found.points[12].segment == 1
