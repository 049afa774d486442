"""Comparisons, funnels, the rules of charts and the normal distribution against figures that others publish."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import norm

from performance.statistics import comparison, special_causes
from performance.statistics.comparison import (
    Comparison,
    against,
    funnel_proportion,
    funnel_rate,
    neighbours,
    overdispersed,
    swapped,
    z_of_all,
)
from performance.statistics.intervals import (
    Z95,
    Z998,
    Interval,
    alpha_of,
    count_interval,
    poisson_exact,
    rate_interval,
)
from performance.statistics.special_causes import Lines, Rule, find
from tests.performance.statistics import published


def where(words):
    """PHEindicatormethods' sign for the words of the limits of 95% and of 99.8%."""
    near, far = words
    sign = {"higher": "H", "lower": "L", "similar": ""}
    return sign[near] + sign[far] or "-"


def beside(limits: Interval, value: float) -> Comparison:
    """Where a value lies beside the limits of a funnel."""
    if limits.holds(value):
        return Comparison.SIMILAR
    return Comparison.HIGHER if value > limits.upper else Comparison.LOWER


# Against a benchmark


@pytest.mark.parametrize(
    ("lower", "upper", "benchmark", "word"), published.FINGERTIPS_TESTS + published.READMISSIONS
)
def test_a_value_is_higher_lower_or_similar_as_fingertips_says(lower, upper, benchmark, word):
    assert against(Interval(lower, upper, ""), benchmark) == word


@pytest.mark.parametrize(("observed", "expected", "sign"), published.PHE_RATIOS)
def test_a_ratio_is_high_or_low_where_pheindicatormethods_says_so(observed, expected, sign):
    own = [poisson_exact(observed, alpha_of(z)) for z in (Z95, Z998)]
    switching = [count_interval(observed, z) for z in (Z95, Z998)]
    funnel = [funnel_rate(1, expected, 1, z) for z in (Z95, Z998)]
    assert where(against(interval, expected) for interval in own) == sign
    assert where(against(interval, expected) for interval in switching) == sign
    assert where(beside(limits, observed / expected) for limits in funnel) == sign


def test_a_rate_is_high_or_low_where_pheindicatormethods_says_so():
    events, people, signs = zip(*published.PHE_RATES, strict=True)
    benchmark = sum(events) / sum(people) * 100_000
    for count, n, sign in zip(events, people, signs, strict=True):
        own = [rate_interval(count, n, 100_000, z) for z in (Z95, Z998)]
        funnel = [funnel_rate(benchmark, n, 100_000, z) for z in (Z95, Z998)]
        assert where(against(interval, benchmark) for interval in own) == sign
        assert where(beside(limits, count / n * 100_000) for limits in funnel) == sign


@pytest.mark.parametrize(
    ("n", "lower", "upper", "lower_998", "upper_998"), published.PHE_PROPORTIONS
)
def test_funnel_limits_of_a_proportion_are_those_of_pheindicatormethods(
    n, lower, upper, lower_998, upper_998
):
    for z, ends in ((Z95, (lower, upper)), (Z998, (lower_998, upper_998))):
        found = funnel_proportion(published.PHE_BASELINE, n, z).times(100)
        assert (found.lower, found.upper) == pytest.approx(ends, abs=1e-4)


# Neighbours


def test_mean_and_median_leave_out_what_is_missing_as_r_does():
    found = neighbours([*published.OZONE, *[None] * published.OZONE_MISSING])
    assert found.mean == pytest.approx(published.OZONE_MEAN, abs=0.005)
    assert (found.median, found.missing) == (published.OZONE_MEDIAN, published.OZONE_MISSING)
    assert found.used + found.missing == 153


def test_the_median_of_authorities_is_that_of_the_office_for_local_government():
    values = [value for value, many in published.CARERS.items() for _ in range(many)]
    found = neighbours([*values, *[None] * published.CARERS_MISSING])
    assert (found.median, found.used + found.missing) == (published.CARERS_MEDIAN, 152)


@pytest.mark.parametrize(
    ("values", "mean", "median"),
    [([0, 2, None], 1.0, None), ([0, 3, 1, 5, 5, None], None, 3.0), ([0, 3, 1, 5, 5, None, 5], None, 4.0)],
)  # fmt: skip
def test_mean_and_median_with_gaps_are_those_of_scipys_documentation(values, mean, median):
    """The examples of nanmean and nanmedian in SciPy 0.15.1."""
    found = neighbours(values)
    assert mean is None or found.mean == mean
    assert median is None or found.median == median


# More areas outside than chance allows


@pytest.mark.parametrize(
    ("expected", "lower", "upper", "lower_998", "upper_998"), published.FUNNELPLOTR_LIMITS
)
def test_the_exact_interval_of_an_expected_count_is_funnelplotrs_limit(
    expected, lower, upper, lower_998, upper_998
):
    for z, ends in ((Z95, (lower, upper)), (Z998, (lower_998, upper_998))):
        found = poisson_exact(expected, alpha_of(z)).times(1 / expected)
        assert (found.lower, found.upper) == pytest.approx(ends, rel=1e-6)


def test_the_funnel_that_funnelplotr_calls_overdispersed_is_called_so():
    """Its limits leave 25 of the 54 hospitals outside; those of this program 23, for they are turned round."""
    theirs = [
        poisson_exact(expected, alpha_of(Z998)).holds(days) for days, expected in published.MEDPAR
    ]
    ours = [
        funnel_rate(1, expected, 1, Z998).holds(days / expected)
        for days, expected in published.MEDPAR
    ]
    assert (theirs.count(False), ours.count(False)) == (published.MEDPAR_OUTSIDE, 23)
    assert overdispersed(theirs.count(False), len(theirs))
    assert overdispersed(ours.count(False), len(ours))


def test_the_chance_of_so_many_outside_is_that_of_scipys_documentation(monkeypatch):
    """Its example of binomtest: 3 or more of 15, each with a chance of 0.1, by a chance of 0.18406106910639114."""
    ten_in_a_hundred = 1.6448536
    assert not overdispersed(3, 15, ten_in_a_hundred)
    for bound, more in ((0.184060, False), (0.184062, True)):
        monkeypatch.setattr(comparison, "RARE", bound)
        assert overdispersed(3, 15, ten_in_a_hundred) is more


# A change of the difference between two parts


def two_wholes(one, other, whole, move):
    """Two wholes of twice the size with these shares together, between which the difference moves by so much: its error
    is that of the difference within the one whole."""
    step = move * whole / 2
    now = (2 * one + step, 2 * other - step, 2 * whole)
    return now, (2 * one - step, 2 * other + step, 2 * whole)


@pytest.mark.parametrize(("one", "other", "whole", "error"), published.STATPSYCH)
def test_a_difference_within_a_whole_has_the_standard_error_that_statpsych_prints(
    one, other, whole, error
):
    assert not swapped(*two_wholes(one, other, whole, error * (1 - 1e-6)), 1.0)
    assert swapped(*two_wholes(one, other, whole, error * (1 + 1e-6)), 1.0)


@pytest.mark.parametrize(("points", "more_than_chance"), [(4.65, False), (4.75, True)])
def test_a_lead_has_the_margin_that_the_package_moe_prints(points, more_than_chance):
    """Its read-me: of 1,510 people 44% and 43% have a lead with a margin of 4.7 points."""
    now, before = two_wholes(0.44 * 1510, 0.43 * 1510, 1510, points / 100)
    assert swapped(now, before) is more_than_chance


def test_a_lead_that_grows_from_5_to_9_points_between_two_polls_proves_nothing():
    """Veall in Maclean's, 'Adventures in probability': where a share has a margin of 3.1 points, the change of a lead has
    one of over 8 and at most twice 4.4."""
    polls = {lead: (500 + 5 * lead, 500 - 5 * lead, 1000) for lead in (5.0, 9.0, 12.9, 13.9)}
    moved = {lead: swapped(poll, polls[5.0]) for lead, poll in polls.items()}
    assert moved == {5.0: False, 9.0: False, 12.9: False, 13.9: True}


# The normal distribution


@pytest.mark.parametrize(("z", "area"), published.NIST_AREAS)
def test_what_lies_outside_z_is_what_the_nist_handbook_leaves(z, area):
    assert alpha_of(z) == pytest.approx(1 - 2 * area, abs=1.1e-5)


@pytest.mark.parametrize(
    ("many", "alone", "share"),
    [
        (1, 0.05, 0.975), (5, 0.05, 0.995), (25, 0.05, 0.999), (1, 0.1, 0.95), (2, 0.1, 0.975), (5, 0.1, 0.99),
        (10, 0.1, 0.995), (50, 0.1, 0.999), (1, 0.2, 0.9), (2, 0.2, 0.95), (4, 0.2, 0.975), (10, 0.2, 0.99),
        (20, 0.2, 0.995), (100, 0.2, 0.999),
    ],
)  # fmt: skip
def test_an_allowance_is_the_critical_value_of_the_nist_handbook(many, alone, share):
    """What one comparison leaves outside on either side, shared out among them, is what the share leaves above it."""
    assert alone / 2 / many == pytest.approx(1 - share)
    z_alone = {0.05: Z95, 0.1: 1.6448536, 0.2: 1.2815516}[alone]
    assert z_of_all(many, z_alone) == pytest.approx(dict(published.NIST_CRITICAL)[share], abs=6e-4)


# How soon the rules signal

LINES = Lines(Fraction(0), Fraction(-3000), Fraction(3000), Fraction(-2000), Fraction(2000))
ALONE = Lines(Fraction(0), Fraction(-3000), Fraction(3000), Fraction(-3000), Fraction(3000))


@pytest.mark.parametrize(
    ("shift", "points"), [(shift, outside) for shift, outside, *_ in published.CHAMP_AND_WOODALL]
)
def test_points_lie_outside_known_limits_as_often_as_champ_and_woodall_print(shift, points):
    many = 2500
    values = [round(1000 * (one + shift)) for one in norm.ppf((np.arange(many) + 0.5) / many)]
    outside = [one for one in find(values, LINES) if one and one.rule is Rule.OUTSIDE]
    half = 0.005 * many / points**2  # what the last printed decimal leaves open
    assert len(outside) == pytest.approx(many / points, abs=1 + half)


def points_until(signal, shift, random):
    """How many points of a normal distribution a chart with known lines takes until the signal."""
    seen: list[int] = []
    while not signal(seen):
        seen.append(round(1000 * random.normal(shift)))
    return len(seen)


def outside_or(rule, values, lines):
    return any(one and one.rule in (Rule.OUTSIDE, rule) for one in find(values, lines))


def two_of_three(seen):
    """Champ and Woodall's rule asks nothing of the third point; ours that it lies on the same side of the mean."""
    last = [0, 0, *seen][-3:]
    sides = ([max(one, 1) for one in last], [min(one, -1) for one in last])
    return any(outside_or(Rule.TWO_OF_THREE, side, LINES) for side in sides)


def shift_of_eight(seen):
    return outside_or(Rule.SHIFT, seen[-8:], ALONE)


@pytest.mark.parametrize(
    ("shift", "by_two_of_three", "by_eight"),
    [(shift, two, eight) for shift, _, two, eight in published.CHAMP_AND_WOODALL if shift in (1.0, 2.0, 3.0)],
)  # fmt: skip
def test_runs_signal_as_soon_as_champ_and_woodall_print(
    shift, by_two_of_three, by_eight, monkeypatch
):
    for signal, run, printed in ((two_of_three, 100, by_two_of_three), (shift_of_eight, 8, by_eight)):  # fmt: skip
        monkeypatch.setattr(special_causes, "RUN", run)  # ours is 7; theirs 8, or none
        random = np.random.default_rng(1987)
        lengths = [points_until(signal, shift, random) for _ in range(500)]
        error = np.std(lengths) / np.sqrt(len(lengths))
        print(f"\nshift {shift}, {signal.__name__}: {np.mean(lengths):.2f}, printed {printed}")
        assert np.mean(lengths) == pytest.approx(printed, abs=3 * error)
