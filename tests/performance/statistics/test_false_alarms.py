"""How often charts of stable series cry wolf: simulated with fixed seeds, printed, and held within bounds."""

from itertools import pairwise

import numpy as np
import pytest

from performance.indicators.false_alarms import (
    ENDED_SHARE,
    FALSE_ALARM_SHARE,
    RARE_SHARE,
    SMALL_COUNT_SHARES,
)
from performance.statistics.rare import g_chart_of_counts
from performance.statistics.spc import LOW_MEAN, Judgement, xmr

SERIES = 1500
MONTHS = 24


def latest_icons(rows):
    return [xmr(list(enumerate(row))).variation.icon for row in rows.tolist()]


def shares(rows):
    """Share of series whose latest point is flagged, and share with no limits."""
    icons = latest_icons(rows)
    refused = icons.count(Judgement.NO_LIMITS)
    flagged = len(icons) - refused - icons.count(Judgement.COMMON)
    return flagged / len(icons), refused / len(icons)


def test_forty_stable_indicators_raise_about_0_7_false_latest_month_icons():
    rows = np.random.default_rng(20240401).normal(100, 10, (2 * SERIES, 36)).round(1)
    flagged, refused = shares(rows)
    print(f"\nstable normal series: {40 * flagged:.2f} false latest icons of 40")
    assert refused == 0
    assert 0.5 <= 40 * flagged <= 0.9
    assert flagged == pytest.approx(FALSE_ALARM_SHARE, abs=0.006)


def test_at_a_mean_of_1_about_one_latest_point_in_20_is_flagged():
    flagged, refused = shares(np.random.default_rng(1).poisson(1, (SERIES, MONTHS)))
    print(f"\nstable counts with mean 1: {flagged:.3f} of latest points flagged")
    assert 0.04 <= flagged <= 0.07
    assert refused < 0.01


def test_at_a_mean_of_a_fifth_more_than_half_the_series_are_flagged_or_refused():
    flagged, refused = shares(np.random.default_rng(2).poisson(0.2, (SERIES, MONTHS)))
    charted = flagged / (1 - refused)
    print(
        f"\nstable counts with mean 0.2: {refused:.3f} refused, {charted:.3f} of the rest flagged"
    )
    assert flagged + refused > 0.5
    assert 0.13 <= charted <= 0.25  # the warning's 'about one in five'


@pytest.mark.parametrize(("mean", "share"), [one for one in SMALL_COUNT_SHARES if one[0] >= 0.2])
def test_the_shares_told_of_rare_counts_are_those_of_stable_series(mean, share):
    flagged, refused = shares(np.random.default_rng(5).poisson(mean, (SERIES, MONTHS)))
    charted = flagged / (1 - refused)
    print(f"\nstable counts with mean {mean}: {charted:.3f} of latest points flagged, {share} told")
    assert charted == pytest.approx(share, abs=0.012 + share / 10)


def test_of_numbers_at_a_months_end_that_keep_nine_of_ten_about_half_are_flagged():
    """As the pages say beside the number of false alarms: of the 200 on the list each stays with the same chance, and
    as many come anew as leave; nothing changes."""
    random = np.random.default_rng(7)
    told = {}
    for stay in (0.0, 0.5, 0.9):
        months = [random.poisson(200, SERIES)]
        while len(months) < MONTHS:
            came = random.poisson(200 * (1 - stay), SERIES)
            months.append(random.binomial(months[-1], stay) + came)
        told[stay], refused = shares(np.array(months).T)
        print(f"\nstable numbers at a month's end, {stay:.0%} stay: {told[stay]:.3f} flagged")
        assert refused == 0
    assert told[0.0] == pytest.approx(FALSE_ALARM_SHARE, abs=0.008)
    assert 0.08 <= told[0.5] <= 0.18
    assert 0.42 <= told[0.9] <= 0.58


def collapsed(row):
    """Whether the latest point is flagged where limits may fall on the mean, as the reference package draws them."""
    mean = sum(row) / len(row)
    steps = [abs(later - one) for one, later in pairwise(row)]
    average = sum(steps) / len(steps)
    kept = [one for one in steps if one < 3.267 * average] if average else steps
    reach = 2.66 * sum(kept) / len(kept)
    last_seven = row[-7:]
    one_side = min(last_seven) > mean or max(last_seven) < mean
    return abs(row[-1] - mean) > reach or one_side


def test_as_the_reference_draws_them_more_than_half_are_flagged_at_a_mean_of_a_fifth():
    rows = np.random.default_rng(2).poisson(0.2, (SERIES, MONTHS)).tolist()
    flagged = sum(collapsed(row) for row in rows) / len(rows)
    print(f"\nstable counts with mean 0.2, limits that may collapse: {flagged:.3f} flagged")
    assert flagged > 0.5


def test_from_the_mean_that_is_no_longer_warned_about_alarms_are_about_as_rare_as_they_should_be():
    flagged, _ = shares(np.random.default_rng(3).poisson(LOW_MEAN, (SERIES, MONTHS)))
    print(f"\nstable counts with mean {LOW_MEAN}: {flagged:.3f} of latest points flagged")
    assert flagged < 0.035


def test_a_false_alarm_of_the_point_before_is_told_as_ended_in_about_1_series_of_80():
    rows = np.random.default_rng(6).normal(100, 10, (2 * SERIES, MONTHS)).round(1).tolist()
    ended = 0
    for row in rows:
        *_, before, latest = xmr(list(enumerate(row))).points
        ended += before.rule is not None and latest.rule is None
    print(
        f"\nstable normal series: {40 * ended / len(rows):.2f} of 40 with a false alarm that ended"
    )
    assert ended / len(rows) == pytest.approx(ENDED_SHARE, abs=0.005)


def test_g_charts_of_stable_rare_events_flag_the_latest_gap_or_the_time_since_in_about_4_of_100():
    random = np.random.default_rng(4)
    found = {}
    for mean in (0.1, 0.2, 0.3, 0.5, 0.75, 1.0):
        for months in (27, 96):  # as much as the demonstration has, and eight years
            rows = random.poisson(mean, (400, months)).tolist()
            charts = [g_chart_of_counts(list(enumerate(row))) for row in rows]
            drawn = [chart for chart in charts if chart.refusal is None]
            if len(drawn) < 100:
                continue  # of so few events hardly a series has a chart
            flagged = [one.open_signal or one.gaps[-1].rule is not None for one in drawn]
            found[mean, months] = sum(flagged) / len(drawn)
            print(
                f"\nstable events, mean {mean}, {months} months: {found[mean, months]:.3f} flagged"
            )
    assert len(found) >= 8
    assert max(found.values()) < 0.08
    assert sum(found.values()) / len(found) == pytest.approx(RARE_SHARE, abs=0.008)
