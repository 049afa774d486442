"""What is told beside a list of signals of how often charts cry wolf follows the measured shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.indicators.false_alarms import (
    FALSE_ALARM_SHARE,
    SMALL_COUNT_SHARES,
    false_alarm_share,
    small_count_share,
)
from performance.statistics.spc import LOW_MEAN, xmr

STABLE = [21, 24, 20, 23, 22, 25, 21, 22, 24, 23, 20, 22]


@given(st.floats(0, 6))
def test_between_two_simulated_means_the_share_lies_on_the_straight_line(mean):
    means, told = zip(*SMALL_COUNT_SHARES, strict=True)
    wanted = np.interp(mean, means, told) if mean < LOW_MEAN else FALSE_ALARM_SHARE
    assert small_count_share(mean) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("mean", "share"),
    [(0, 0.244), (1, 0.053), (3, FALSE_ALARM_SHARE), (2.999999, pytest.approx(0.024, abs=1e-6))],
)
def test_the_share_of_small_counts_ends_where_their_mean_is_no_longer_small(mean, share):
    assert small_count_share(mean) == share


@pytest.mark.parametrize(
    ("numbers", "share"),
    [
        ([], 0),
        ([4] * 12, 0),
        ([0, 1, 2] * 4, 0.053),
        ([*STABLE, None], FALSE_ALARM_SHARE),
        ([2, 3, 4] * 4, FALSE_ALARM_SHARE),
    ],
)
def test_a_chart_without_limits_gives_no_false_alarm_and_one_of_small_counts_more(numbers, share):
    assert false_alarm_share(xmr(list(enumerate(numbers)))) == share
