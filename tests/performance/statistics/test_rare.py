"""The chart of gaps between rare events: its limits, its rules, its refusals, against slow computations."""

from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import geom

from performance.statistics.rare import Between, between, g_chart, g_chart_of_counts
from performance.statistics.special_causes import Direction, Rule
from tests.performance.statistics.series import known

GAPS = [2, 9, 4, 6, 3, 8, 1, 7, 5, 4, 2, 9]  # mean 5


def labelled(values):
    return list(enumerate(values))


def test_g_chart_limits_are_geometric():
    chart = g_chart(labelled(GAPS))
    assert chart.mean == 5
    assert chart.upper == pytest.approx(5 + 3 * sqrt(30))
    assert chart.centre == pytest.approx(0.693 * 5)
    assert chart.provisional
    assert all(gap.rule is None for gap in chart.gaps)
    assert not g_chart(labelled(GAPS * 2)).provisional


def test_g_chart_limits_are_those_that_a_package_states_for_a_mean_of_50():
    """The test `g_chart_formula_verification` of u-analytics (src/spc/attributes.rs): 50 and 3 times the root of 2,550
    over it, after Kaminsky (1992) and Benneyan (2001)."""
    chart = g_chart(labelled([40, 60] * 8))
    assert chart.mean == 50
    assert chart.upper == pytest.approx(201.4926, abs=1e-4)


def test_events_that_far_apart_in_a_series_of_counts_have_the_same_gaps_and_limits():
    """The mean of 50 of that package again, from one event after 40 or 60 months each."""
    gaps = [40, 60] * 8
    counts = labelled([1, *(count for gap in gaps for count in [*[0] * (gap - 1), 1])])
    assert [gap for _, gap in between(counts).gaps] == gaps
    chart = g_chart_of_counts(counts)
    assert chart.mean == 50
    assert chart.upper == pytest.approx(201.4926, abs=1e-4)


@given(st.lists(st.integers(0, 40), min_size=12, max_size=40))
def test_g_chart_limits_are_those_of_scipys_geometric_distribution(lengths):
    chart = g_chart(labelled(lengths))
    assume(chart.refusal is None)
    mean = sum(lengths) / len(lengths)
    spread = geom(1 / (mean + 1), loc=-1)  # counted from 0, as the gaps are
    assert chart.mean == pytest.approx(spread.mean())
    assert chart.upper == pytest.approx(spread.mean() + 3 * spread.std())


def slow_between(counts):
    """The gaps found by listing every event with its month and looking back from each."""
    events = [month for month, count in enumerate(counts) for _ in range(count or 0)]
    return tuple(
        (later, later - earlier)
        for earlier, later in pairwise(events)
        if all(counts[month] is not None for month in range(earlier, later + 1))
    )


@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=40))
def test_gaps_agree_with_a_slow_search_through_all_events(counts):
    assert between(labelled(counts)).gaps == slow_between(counts)


def slow_runs(lengths, centre):
    """Which gaps stand in seven in a row on one side of the centre line, by looking at every window of seven."""
    inside = set()
    for start in range(len(lengths) - 6):
        window = lengths[start : start + 7]
        if all(one > centre for one in window) or all(one < centre for one in window):
            inside.update(range(start, start + 7))
    return inside


@given(st.lists(st.integers(0, 12), min_size=12, max_size=40))
def test_the_rules_of_the_g_chart_agree_with_a_slow_search(lengths):
    chart = g_chart(labelled(lengths))
    assume(chart.refusal is None)
    beyond = {place for place, one in enumerate(lengths) if one > chart.upper}
    wanted = [
        Rule.OUTSIDE if place in beyond else Rule.SHIFT if place in runs else None
        for runs in [slow_runs(lengths, chart.centre)]
        for place in range(len(lengths))
    ]
    assert [gap.rule for gap in chart.gaps] == wanted


def test_a_gap_over_the_upper_limit_means_that_events_became_rarer():
    chart = g_chart(labelled([*GAPS, *GAPS, 60]))
    assert (chart.gaps[-1].rule, chart.gaps[-1].direction) == (Rule.OUTSIDE, Direction.HIGH)
    assert [gap.rule for gap in chart.gaps[:-1]] == [None] * 24


@pytest.mark.parametrize(("short", "flagged"), [(6, 0), (7, 7), (8, 8)])
def test_seven_short_gaps_in_a_row_mean_that_events_became_more_frequent(short, flagged):
    chart = g_chart(labelled([*GAPS, *GAPS, *[1] * short]))
    assert [gap.rule for gap in chart.gaps] == [None] * (24 + short - flagged) + [
        Rule.SHIFT
    ] * flagged
    assert all(gap.direction is Direction.LOW for gap in chart.gaps if gap.rule)


def test_a_gap_on_the_centre_line_breaks_a_run():
    # A mean of 1,000 has its centre line at exactly 693.
    rest = [1000 + 307 + 50 * 6, 2000, 1, 2000, 1, 2000]
    gaps = [*[643] * 6, 693, *rest]
    gaps[-1] += 13 * 1000 - sum(gaps)
    chart = g_chart(labelled(gaps))
    assert chart.centre == 693
    assert all(gap.rule is None for gap in chart.gaps)


@pytest.mark.parametrize(
    ("open_gap", "signal"), [(None, False), (0, False), (21, False), (22, True)]
)
def test_a_gap_that_has_not_ended_yet_can_already_be_a_signal(open_gap, signal):
    chart = g_chart(labelled(GAPS), open_gap)  # upper limit 21.4
    assert chart.open_signal is signal
    assert chart.open_gap == open_gap


@pytest.mark.parametrize(
    ("gaps", "refusal"),
    [
        ([], "too few gaps between events: 0 of 12"),
        (GAPS[:11], "too few gaps between events: 11 of 12"),
        ([0] * 12, "every gap is 0"),
        ([5] * 12, "every gap is the same"),
    ],
)
def test_the_g_chart_refuses_with_a_reason(gaps, refusal):
    chart = g_chart(labelled(gaps), open_gap=2)
    assert chart.refusal == refusal
    assert (chart.mean, chart.upper, chart.open_signal) == (None, None, False)
    assert [gap.length for gap in chart.gaps] == gaps


@pytest.mark.parametrize(
    ("counts", "gaps", "open_gap"),
    [
        ([], (), None),
        ([0, 0, 0], (), None),  # nothing has happened, so nothing is open
        ([1], (), 0),
        ([1, 1], ((1, 1),), 0),
        ([0, 1, 0, 0, 1, 0], ((4, 3),), 1),
        ([2, 0, 3], ((0, 0), (2, 2), (2, 0), (2, 0)), 0),
        ([1, None, 1, 0, 1], ((4, 2),), 0),  # the gap across the missing month is not known
        ([1, 0, None], (), None),
        ([1, 0, None, 0], (), None),
    ],
)
def test_gaps_are_found_in_counts_and_never_guessed_across_missing_ones(counts, gaps, open_gap):
    assert between(labelled(counts)) == Between(gaps, open_gap)


@given(st.lists(st.integers(0, 3), max_size=60))
def test_every_event_but_the_first_ends_a_gap_and_the_gaps_add_up(counts):
    found = between(labelled(counts))
    happened = [month for month, count in enumerate(counts) if count]
    assert len(found.gaps) == max(0, sum(counts) - 1)
    if happened:
        assert sum(length for _, length in found.gaps) == happened[-1] - happened[0]
        assert found.open_gap == len(counts) - 1 - happened[-1]


def test_counts_of_a_rare_event_get_a_g_chart_of_months_between_them():
    counts = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0] * 6 + [1] + [0] * 44
    chart = g_chart_of_counts(labelled(counts))
    assert chart.refusal is None
    assert (chart.mean, len(chart.gaps), chart.open_gap) == (5, 12, 44)
    assert chart.open_signal


@pytest.mark.parametrize(
    ("counts", "refusal"),
    [
        ([], "no events to chart"),
        ([0] * 30, "no events to chart"),
        ([None] * 30, "no events to chart"),
        ([3] * 12, "the mean is 3 or more"),
        ([1, 2] * 12, "the mean is over 1"),
        ([1, 0, 0, 0] * 5, "too few gaps between events: 4 of 12"),
    ],
)
def test_counts_that_no_g_chart_fits_are_refused_with_a_reason(counts, refusal):
    assert known(g_chart_of_counts(labelled(counts)).refusal).startswith(refusal)


def test_a_mean_of_exactly_1_is_still_charted():
    assert g_chart_of_counts(labelled([0, 2] * 10)).refusal is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: between([(1, -1)]),
        lambda: g_chart([(1, -1)]),
        lambda: g_chart_of_counts([(1, -2)]),
    ],
)
def test_negative_numbers_are_refused(call):
    with pytest.raises(ValueError, match="0 or more"):
        call()
