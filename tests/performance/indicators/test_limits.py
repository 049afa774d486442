"""The window that limits rest on, the segments of a chart, and which kind of period is judged."""

from dataclasses import replace

from lscb.periods import parse
from performance.indicators import limits, signals
from performance.indicators.series import Break
from performance.indicators.spec import indicators
from tests.performance.indicators.building import run

CRIMES = indicators()["DA01"]
QUARTERS = [810, 820, 800, 815, 805, 825, 795, 810, 820, 800, 815, 805, 822, 798, 811, 809]


def test_limits_rest_on_the_last_twelve_quarters():
    recent = limits.window(run("DA01", "2021-22-Q1", QUARTERS))
    assert [recent[0].period.code, recent[-1].period.code] == ["2022-23-Q1", "2024-25-Q4"]


def test_a_gap_takes_no_limits_away_where_numbers_before_it_can_stand_in():
    values = run("DA01", "2021-22-Q1", [*QUARTERS[:8], None, *QUARTERS[9:]])
    recent = limits.window(values)
    assert len(recent) == 12
    assert recent[0].period == parse("2021-22-Q4")
    assert limits.chart(recent, CRIMES).refusal is None


def test_the_window_reaches_back_half_as_far_again_at_most():
    values = run("DA01", "2019-20-Q1", [*QUARTERS[:8], *[None] * 8, *QUARTERS[:8]])
    recent = limits.window(values)
    assert [one.period.code for one in recent[:1]] == ["2023-24-Q1"]
    assert limits.chart(recent, CRIMES).refusal == "too few points: 8 of 12"


def test_a_period_in_which_limits_begin_anew_is_a_segment_that_nothing_judges():
    values = run("DA01", "2021-22-Q1", QUARTERS)
    chart = limits.chart(values, CRIMES, [parse("2024-05")])
    assert [one.first.code for one in chart.segments] == ["2021-22-Q1", "2024-25-Q1", "2024-25-Q2"]
    held = next(one for one in chart.points if one.label == parse("2024-25-Q1"))
    assert (held.value, held.mean, str(held.judgement)) == (822, None, "no limits")
    whole = limits.chart(values, CRIMES, [parse("2024-04")])
    assert [one.first.code for one in whole.segments] == ["2021-22-Q1", "2024-25-Q1"]


def test_a_stock_is_of_one_kind_wherever_in_its_period_limits_begin_anew():
    stock = indicators()["LA01"]
    assert stock.aggregation == "last"
    values = run("LA01", "2021-22-Q1", QUARTERS)
    chart = limits.chart(values, stock, [parse("2024-05")])
    assert [one.first.code for one in chart.segments] == ["2021-22-Q1", "2024-25-Q1"]


def test_a_break_called_comparable_ends_no_segment():
    broken = Break(parse("2024-05"), "another system counts")
    values = run("DA01", "2021-22-Q1", QUARTERS)
    apart = [one._replace(breaks=(broken,)) for one in values]
    alike = [one._replace(breaks=(replace(broken, comparable="so said"),)) for one in values]
    assert len(limits.chart(apart, CRIMES).segments) == 3
    assert len(limits.chart(alike, CRIMES).segments) == 1


def test_a_few_months_do_not_silence_quarters_that_have_limits():
    quarters = run("DA01", "2021-22-Q1", [*QUARTERS[:-1], 1500])
    months = run("DA01", "2024-08", [270, 272, 268, 270, 271, 269, 270, 600])
    horizon = {"quarter": parse("2024-25-Q4"), "month": parse("2025-03")}
    (found,) = signals.find(CRIMES, [*quarters, *months], horizon=horizon)
    assert (found.kind, found.period) == (signals.SPECIAL_CAUSE, parse("2024-25-Q4"))
    assert limits.finest([months, quarters])[0].period_type == "month"
