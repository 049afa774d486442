"""The edges of every public function in one table: 0 and 1, a constant series, a gap, a tie and a value exactly on a
limit, as far as a function has them. A new function fails here until its edges are listed."""

from fractions import Fraction
from importlib import import_module
from inspect import getmembers, isfunction
from math import exp, sqrt
from pkgutil import iter_modules

import pytest

from performance import statistics
from performance.statistics import (
    changes,
    comparison,
    disparity,
    intervals,
    rare,
    rounding,
    spc,
    special_causes,
)
from performance.statistics.disparity import Band
from performance.statistics.intervals import Z95, Z998, Interval
from performance.statistics.special_causes import Lines
from tests.performance.statistics.series import STABLE, known

# The edges that each function has; of the six the others do not exist for it: two counts have no gap between them.
ALL = {"0", "1", "constant", "gap", "tie", "limit"}
HAS = {
    "rounding.exact": {"0", "1", "gap", "tie"},
    "changes.absolute": ALL - {"constant"},
    "changes.relative": ALL - {"constant"},
    "changes.points": ALL - {"constant"},
    "intervals.alpha_of": {"0", "1", "limit"},
    "intervals.wilson": {"0", "1", "limit"},
    "intervals.newcombe": {"0", "1", "tie", "limit"},
    "intervals.poisson_exact": {"0", "1", "limit"},
    "intervals.byar": {"0", "1", "limit"},
    "intervals.count_interval": {"0", "1", "limit"},
    "intervals.rate_interval": {"0", "1", "limit"},
    "comparison.against": {"0", "1", "tie", "limit"},
    "comparison.neighbours": ALL - {"limit"},
    "comparison.funnel_proportion": {"0", "1", "limit"},
    "comparison.funnel_count": {"0", "1", "limit"},
    "comparison.funnel_rate": {"0", "1", "limit"},
    "comparison.swapped": {"0", "1", "tie", "limit"},
    "comparison.z_of_all": {"0", "1", "limit"},
    "comparison.overdispersed": {"0", "1", "constant", "limit"},
    "disparity.relative_rate": {"0", "1", "tie", "limit"},
    "disparity.rate_ratio": {"0", "1", "tie", "limit"},
    "disparity.rates_by_band": ALL - {"limit", "tie"},
    "spc.xmr": ALL,
    "special_causes.find": ALL,
    "rare.between": ALL,
    "rare.g_chart": ALL,
    "rare.g_chart_of_counts": ALL,
}
AROUND = [1, -1] * 6  # mean 0, moving range 2, limits of exactly +/- 5.32
GAPS = [2, 9, 4, 6, 3, 8, 1, 7, 5, 4, 2, 9]  # mean 5
LINES = Lines(Fraction(0), Fraction(-30), Fraction(30), Fraction(-20), Fraction(20))


def numbered(values):
    return list(enumerate(values))


def refused(function, *numbers):
    """Whether a function has an error for these numbers, or of itself, instead of an answer."""
    try:
        function(*numbers)
    except ValueError:
        return True
    return False


def ends(interval):
    """The ends of an interval; None where there is none."""
    return interval if interval is None else (interval.lower, interval.upper)


def rules(flagged):
    return [None if one.rule is None else str(one.rule) for one in flagged]


def xmr(values, **options):
    return spc.xmr(numbered(values), **options)


def latest(values):
    return str(xmr(values, fix_after=12).variation.icon)


def aimed(target):
    return xmr(AROUND, target=target, polarity=spc.Polarity.HIGH).assurance.icon


def causes(values):
    return [None if one is None else str(one.rule) for one in special_causes.find(values, LINES)]


def g(gaps, open_gap=None):
    return rare.g_chart(numbered(gaps), open_gap)


def of_counts(counts):
    return rare.g_chart_of_counts(numbered(counts))


def band(*bands):
    return [
        (one.rate, one.refusal)
        for one in disparity.rates_by_band([Band(str(place), *b) for place, b in enumerate(bands)])
    ]


ONE = Z95**2 / (1 + Z95**2)  # the Wilson limit of none or all of one
UPPER_G = 5 + 3 * sqrt(30)

# (function, edge, what was found, what it must be)
EDGES = [
    # rounding
    ("rounding.exact", "0", rounding.exact(0.0), 0),
    ("rounding.exact", "0", rounding.exact(-0.0), 0),
    ("rounding.exact", "1", rounding.exact(1.0), 1),
    ("rounding.exact", "gap", refused(rounding.exact, float("nan")), True),
    ("rounding.exact", "tie", rounding.exact(0.1) + rounding.exact(0.2), rounding.exact(0.3)),
    # changes
    ("changes.absolute", "0", changes.absolute(0, 0).words, "no change from 0"),
    ("changes.absolute", "1", changes.absolute(0, 1).words, "1 more than 0"),
    ("changes.absolute", "gap", changes.absolute(None, 1).amount, None),
    ("changes.absolute", "tie", changes.absolute(7, 7.0).direction, 0),
    ("changes.absolute", "limit", str(changes.absolute(0, -2.5).amount), "-3"),
    ("changes.relative", "0", changes.relative(0, 0).amount, None),
    ("changes.relative", "0", changes.relative(1, 0).words, "-100.0% on 1"),
    ("changes.relative", "1", changes.relative(1, 1).words, "no change from 1"),
    ("changes.relative", "gap", changes.relative(1, None).amount, None),
    ("changes.relative", "tie", changes.relative(0.3, 0.30).words, "no change from 0.3"),
    ("changes.relative", "limit", changes.relative(2000, 2001).words, "+0.1% on 2,000"),
    ("changes.relative", "limit", changes.relative(2001, 2002).words, "up less than 0.1% on 2,001"),
    ("changes.points", "0", changes.points(0, 0).words, "no change from 0.0%"),
    ("changes.points", "1", changes.points(0, 1).words, "+1.0 percentage points from 0.0%"),
    ("changes.points", "gap", changes.points(None, None).amount, None),
    ("changes.points", "tie", changes.points(0.1, 0.1).direction, 0),
    ("changes.points", "limit", changes.points(0.25, 0.2).words, "-0.1 percentage points from 0.3%"),
    ("changes.points", "limit", changes.points(0.25, 0.21).words, "down less than 0.1 percentage points from 0.3%"),
    # intervals
    ("intervals.alpha_of", "0", refused(intervals.alpha_of, 0), True),
    ("intervals.alpha_of", "1", intervals.alpha_of(1), pytest.approx(0.3173105)),
    ("intervals.alpha_of", "limit", intervals.alpha_of(Z95), pytest.approx(0.05)),
    ("intervals.wilson", "0", ends(intervals.wilson(0, 1)), pytest.approx((0, ONE))),
    ("intervals.wilson", "1", ends(intervals.wilson(1, 1)), pytest.approx((1 - ONE, 1))),
    ("intervals.wilson", "limit", intervals.wilson(7, 7).upper, 1),
    ("intervals.wilson", "limit", refused(intervals.wilson, 8, 7), True),
    ("intervals.wilson", "0", refused(intervals.wilson, 0, 0), True),
    ("intervals.newcombe", "0", ends(intervals.newcombe(0, 1, 0, 1)), pytest.approx((-ONE, ONE))),
    ("intervals.newcombe", "1", ends(intervals.newcombe(1, 1, 0, 1)), pytest.approx((1 - sqrt(2) * ONE, 1))),
    ("intervals.newcombe", "tie", sum(ends(intervals.newcombe(3, 9, 3, 9))), pytest.approx(0)),
    ("intervals.newcombe", "limit", refused(intervals.newcombe, 1, 1, 2, 1), True),
    ("intervals.poisson_exact", "0", ends(intervals.poisson_exact(0)), pytest.approx((0, 3.6888795))),
    ("intervals.poisson_exact", "1", ends(intervals.poisson_exact(1)), pytest.approx((0.0253178, 5.5716434))),
    ("intervals.poisson_exact", "limit", refused(intervals.poisson_exact, 1, 0), True),
    ("intervals.poisson_exact", "limit", refused(intervals.poisson_exact, 1, 1), True),
    ("intervals.byar", "0", intervals.byar(0).lower, 0),
    ("intervals.byar", "1", ends(intervals.byar(1)), pytest.approx((0.01307213, 5.5637556))),
    ("intervals.byar", "limit", intervals.byar(1, Z998).lower, 0),
    ("intervals.count_interval", "0", intervals.count_interval(0).lower, 0),
    ("intervals.count_interval", "1", intervals.count_interval(1).method, "exact Poisson"),
    ("intervals.count_interval", "limit", intervals.count_interval(10).method, "Byar"),
    ("intervals.count_interval", "limit", intervals.count_interval(9).method, "exact Poisson"),
    ("intervals.rate_interval", "0", ends(intervals.rate_interval(0, 1, 1)), pytest.approx((0, 3.6888795))),
    ("intervals.rate_interval", "1", ends(intervals.rate_interval(1, 1, 1)), pytest.approx((0.0253178, 5.5716434))),
    ("intervals.rate_interval", "limit", intervals.rate_interval(10, 1).method, "Byar"),
    ("intervals.rate_interval", "0", refused(intervals.rate_interval, 1, 0), True),
    # comparison
    ("comparison.against", "0", str(comparison.against(Interval(0, 0, ""), 0)), "similar"),
    ("comparison.against", "1", str(comparison.against(Interval(0, 0.99, ""), 1)), "lower"),
    ("comparison.against", "1", str(comparison.against(Interval(1.01, 2, ""), 1)), "higher"),
    ("comparison.against", "tie", str(comparison.against(Interval(7, 7, ""), 7)), "similar"),
    ("comparison.against", "limit", str(comparison.against(Interval(0, 1, ""), 1)), "similar"),
    ("comparison.against", "limit", str(comparison.against(Interval(1, 2, ""), 1)), "similar"),
    ("comparison.neighbours", "0", comparison.neighbours([0.0]).median, 0),
    ("comparison.neighbours", "1", comparison.neighbours([1.0]).mean, 1),
    ("comparison.neighbours", "gap", comparison.neighbours([None]).mean, None),
    ("comparison.neighbours", "constant", comparison.neighbours([3.0] * 10).mean, 3),
    ("comparison.neighbours", "tie", comparison.neighbours([1, 2, 2, 9]).median, 2),
    ("comparison.neighbours", "0", comparison.neighbours([]).used, 0),
    ("comparison.funnel_proportion", "0", ends(comparison.funnel_proportion(0, 1)), (0, 0)),
    ("comparison.funnel_proportion", "1", ends(comparison.funnel_proportion(1, 1)), (1, 1)),
    ("comparison.funnel_proportion", "0", refused(comparison.funnel_proportion, 0.5, 0), True),
    ("comparison.funnel_proportion", "limit", ends(comparison.funnel_proportion(0.5, 4, 2)), (0, 1)),
    ("comparison.funnel_proportion", "limit", refused(comparison.funnel_proportion, 1.001, 9), True),
    ("comparison.funnel_count", "0", refused(comparison.funnel_count, 0), True),
    ("comparison.funnel_count", "1", comparison.funnel_count(1).lower, 0),
    ("comparison.funnel_count", "limit", comparison.funnel_count(intervals.poisson_exact(7).lower).upper, pytest.approx(7)),
    ("comparison.funnel_rate", "0", refused(comparison.funnel_rate, 0, 1), True),
    ("comparison.funnel_rate", "1", comparison.funnel_rate(1, 1, 1).lower, 0),
    ("comparison.funnel_rate", "limit", comparison.funnel_rate(intervals.poisson_exact(7).upper, 1, 1).lower, pytest.approx(7)),
    ("comparison.swapped", "0", comparison.swapped((0, 0, 1), (0, 0, 1)), False),
    ("comparison.swapped", "0", refused(comparison.swapped, (0, 0, 0), (0, 0, 1)), True),
    ("comparison.swapped", "1", comparison.swapped((1, 0, 1), (0, 1, 1)), False),
    ("comparison.swapped", "tie", comparison.swapped((5, 5, 10), (50, 50, 100)), False),
    ("comparison.swapped", "limit", comparison.swapped((4, 0, 4), (0, 4, 4), 2 * sqrt(2)), False),
    ("comparison.swapped", "limit", comparison.swapped((4, 0, 4), (0, 4, 4), 2.828), True),
    ("comparison.z_of_all", "0", refused(comparison.z_of_all, 0), True),
    ("comparison.z_of_all", "1", comparison.z_of_all(1), Z95),
    ("comparison.z_of_all", "limit", comparison.z_of_all(2, 1e-9), pytest.approx(0.6744898)),
    ("comparison.swapped", "limit", refused(comparison.swapped, (1, 1, 1), (0, 1, 1)), True),
    ("comparison.overdispersed", "0", comparison.overdispersed(0, 0), False),
    ("comparison.overdispersed", "1", comparison.overdispersed(1, 1), False),
    ("comparison.overdispersed", "constant", comparison.overdispersed(0, 150), False),
    ("comparison.overdispersed", "constant", comparison.overdispersed(150, 150), True),
    ("comparison.overdispersed", "limit", comparison.overdispersed(1, 19), False),
    ("comparison.overdispersed", "limit", comparison.overdispersed(2, 19), True),
    # disparity
    ("disparity.relative_rate", "0", disparity.relative_rate(0, 1, 1, 1).interval, None),
    ("disparity.relative_rate", "1", disparity.relative_rate(1, 1, 1, 1).interval, None),
    ("disparity.relative_rate", "1", ends(disparity.relative_rate(1, 2, 1, 2).interval), pytest.approx((exp(-Z95), exp(Z95)))),
    ("disparity.relative_rate", "tie", str(disparity.relative_rate(5, 9, 5, 9).comparison), "similar"),
    ("disparity.relative_rate", "limit", refused(disparity.relative_rate, 2, 1, 1, 1), True),
    ("disparity.relative_rate", "0", refused(disparity.relative_rate, 0, 0, 1, 1), True),
    ("disparity.rate_ratio", "0", disparity.rate_ratio(0, 1, 0, 1).value, None),
    ("disparity.rate_ratio", "1", ends(disparity.rate_ratio(1, 1, 1, 1).interval), pytest.approx((exp(-Z95 * sqrt(2)), exp(Z95 * sqrt(2))))),
    ("disparity.rate_ratio", "tie", str(disparity.rate_ratio(5, 9, 5, 9).comparison), "similar"),
    ("disparity.rate_ratio", "limit", disparity.rate_ratio(2, 1, 1, 1).value, 2),
    ("disparity.rate_ratio", "0", refused(disparity.rate_ratio, 1, 1, 1, 0), True),
    ("disparity.rates_by_band", "0", band((0, 1)), [(0, None)]),
    ("disparity.rates_by_band", "0", band((1, 0)), [(None, "no children in this group")]),
    ("disparity.rates_by_band", "1", band((1, 1)), [(10_000, None)]),
    ("disparity.rates_by_band", "gap", band((None, 1), (1, 1)), [(None, "the count is not available"), (10_000, None)]),
    ("disparity.rates_by_band", "constant", band((2, 100), (2, 100)), [(200, None), (200, None)]),
    # spc
    ("spc.xmr", "0", xmr([]).refusal, "too few points: 0 of 12"),
    ("spc.xmr", "0", xmr([0, *STABLE]).points[0].value, 0),
    ("spc.xmr", "1", xmr([1]).refusal, "too few points: 1 of 12"),
    ("spc.xmr", "constant", xmr([4] * 12).refusal, "every value is the same"),
    ("spc.xmr", "constant", xmr([0] * 12).refusal, "every value is the same"),
    ("spc.xmr", "gap", str(xmr([*STABLE, None]).variation.icon), "no data"),
    ("spc.xmr", "gap", xmr([None, *STABLE]).segments[0].points, 12),
    ("spc.xmr", "gap", xmr([*STABLE[:6], None, *STABLE[6:]]).segments[0].moving_range, xmr(STABLE).segments[0].moving_range),
    ("spc.xmr", "tie", rules(xmr([*AROUND, 1, 1, 1, 1, 1, 1, 0], fix_after=12).points[12:]), [None] * 7),
    ("spc.xmr", "tie", rules(xmr([*AROUND, 1, 1, 1, 1, 1, 1, 1], fix_after=12).points[12:]), ["shift"] * 7),
    ("spc.xmr", "limit", latest([*AROUND, 5.32]), "common cause"),
    ("spc.xmr", "limit", latest([*AROUND, 5.33]), "special cause, high"),
    ("spc.xmr", "limit", latest([*AROUND, -5.32]), "common cause"),
    ("spc.xmr", "limit", latest([*AROUND, -5.33]), "special cause, low"),
    ("spc.xmr", "limit", xmr(STABLE[:11]).refusal, "too few points: 11 of 12"),
    ("spc.xmr", "limit", [xmr((STABLE * 2)[:many]).provisional for many in (12, 19, 20)], [True, True, False]),
    ("spc.xmr", "limit", refused(lambda: xmr(STABLE, fix_after=11)), True),
    ("spc.xmr", "limit", [bool(xmr(values).warning) for values in ([2, 3, 4] * 4, [2, 3, 3] * 4)], [False, True]),
    ("spc.xmr", "limit", [str(aimed(target)) for target in (5.32, 5.33, -5.32, -5.33)], ["hit and miss", "fails", "hit and miss", "passes"]),
    # special causes: a gap is taken out before, so that its neighbours stand beside one another
    ("special_causes.find", "0", causes([]), []),
    ("special_causes.find", "0", causes([0]), [None]),
    ("special_causes.find", "1", causes([1]), [None]),
    ("special_causes.find", "constant", causes([0] * 7), [None] * 7),
    ("special_causes.find", "constant", causes([1] * 7), ["shift"] * 7),
    ("special_causes.find", "gap", causes([1, 2, 1, 2, 1, 2, 1]), ["shift"] * 7),
    ("special_causes.find", "tie", causes([-3, -2, -1, -1, 0, 1, 2, 3]), [None] * 8),
    ("special_causes.find", "tie", causes([1, 2, 1, 0, 2, 1, 2, 1]), [None] * 8),
    ("special_causes.find", "limit", causes([30, -30]), [None, None]),
    ("special_causes.find", "limit", causes([31, -31]), ["outside limits", "outside limits"]),
    ("special_causes.find", "limit", causes([20, 1, 20]), [None] * 3),
    ("special_causes.find", "limit", causes([21, 1, 21]), ["two of three", None, "two of three"]),
    ("special_causes.find", "limit", causes([1] * 6), [None] * 6),
    ("special_causes.find", "limit", [causes(list(range(-3, top)))[0] for top in (3, 4)], [None, "trend"]),
    # rare events
    ("rare.between", "0", rare.between(numbered([0])).open_gap, None),
    ("rare.between", "1", rare.between(numbered([1])).open_gap, 0),
    ("rare.between", "constant", rare.between(numbered([1] * 4)).gaps, ((1, 1), (2, 1), (3, 1))),
    ("rare.between", "gap", rare.between(numbered([1, None, 1])).gaps, ()),
    ("rare.between", "tie", rare.between(numbered([2])).gaps, ((0, 0),)),
    ("rare.between", "limit", rare.between(numbered([1, 0, 0])).open_gap, 2),
    ("rare.g_chart_of_counts", "0", of_counts([0]).refusal, "no events to chart"),
    ("rare.g_chart_of_counts", "1", of_counts([1]).refusal, "too few gaps between events: 0 of 12"),
    ("rare.g_chart_of_counts", "constant", of_counts([1] * 13).refusal, "every gap is the same"),
    ("rare.g_chart_of_counts", "gap", of_counts([None] * 9).refusal, "no events to chart"),
    ("rare.g_chart_of_counts", "gap", len(of_counts([1, 0, None, 1, 1]).gaps), 1),
    ("rare.g_chart_of_counts", "limit", known(of_counts([1] * 12 + [2]).refusal)[:18], "the mean is over 1"),
    ("rare.g_chart_of_counts", "tie", of_counts([0, 2] * 10).refusal, None),
    ("rare.g_chart_of_counts", "limit", known(of_counts([3] * 12).refusal)[:14], "the mean is 3 "),
    ("rare.g_chart", "0", g([0] * 12).refusal, "every gap is 0"),
    ("rare.g_chart", "1", g([0, 2] * 6).upper, pytest.approx(1 + 3 * sqrt(2))),
    ("rare.g_chart", "constant", g([5] * 12).refusal, "every gap is the same"),
    ("rare.g_chart", "gap", g(GAPS, None).open_signal, False),
    ("rare.g_chart", "limit", known(g(GAPS[:11]).refusal), "too few gaps between events: 11 of 12"),
    ("rare.g_chart", "tie", rules(g([693] * 6 + [1307] * 6).gaps), [None] * 12),
    ("rare.g_chart", "limit", g(GAPS, int(UPPER_G)).open_signal, False),
    ("rare.g_chart", "limit", g(GAPS, int(UPPER_G) + 1).open_signal, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "edge", "found", "wanted"),
    EDGES,
    ids=[f"{name} at {edge}" for name, edge, *_ in EDGES],
)
def test_at_its_edges_each_function_says_what_it_must(name, edge, found, wanted):
    assert found == wanted


def public_functions():
    for module in iter_modules(statistics.__path__):
        loaded = import_module(f"{statistics.__name__}.{module.name}")
        for name, function in getmembers(loaded, isfunction):
            if not name.startswith("_") and function.__module__ == loaded.__name__:
                yield f"{module.name}.{name}"


def test_every_public_function_has_its_edges_in_the_table():
    listed: dict[str, set[str]] = {}
    for name, edge, *_ in EDGES:
        listed.setdefault(name, set()).add(edge)
    assert set(listed) == set(public_functions())
    assert set(HAS) == set(listed)
    for name, found in listed.items():
        assert found == HAS[name], name
