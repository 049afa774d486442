"""How often our control charts flag the latest point of a series in which nothing changed: measured on simulated series
over 24 months, because nobody publishes it for these four rules with limits from so few points.

Of known limits Champ and Woodall (1987) print it, the NIST handbook (6.3.2) one point in 371 by the limits alone, and
Anhoej and Wentzel-Larsen (2018) that of whole charts. What stands here is simulated and printed anew by
`tests/performance/statistics/test_false_alarms.py`.
"""

from performance.statistics.spc import LOW_MEAN, Chart, Label

# Share of stable monthly series whose latest point is flagged all the same: about 0.7 of 40.
FALSE_ALARM_SHARE = 0.0175
# Share of stable monthly series whose point before the latest was flagged and whose latest is not, over 24 points:
# a false alarm that is told as ended.
ENDED_SHARE = 0.012
# Share of stable series of rare events, of any mean up to 1 and any length, in which a g chart's latest gap or the time
# since the last event is flagged: simulated, 0.03 to 0.07.
RARE_SHARE = 0.04
# Share of stable series of counts with a mean under 3 whose latest point is flagged, as (mean, share of the series
# with limits): simulated over 24 months.
SMALL_COUNT_SHARES = (
    (0.1, 0.244),
    (0.2, 0.184),
    (0.3, 0.131),
    (0.5, 0.079),
    (0.75, 0.060),
    (1.0, 0.053),
    (1.5, 0.038),
    (2.0, 0.033),
    (3.0, 0.024),
)


def small_count_share(mean: float) -> float:
    """The share of stable series of counts with this mean whose latest point is flagged: between two simulated means
    on the straight line, under the least of them as there; from a mean of 3 on as of any series."""
    if mean < 0:
        raise ValueError(f"a mean count must be 0 or more, not {mean}")
    if mean >= LOW_MEAN:
        return FALSE_ALARM_SHARE
    low, share = SMALL_COUNT_SHARES[0]
    for high, further in SMALL_COUNT_SHARES:
        if mean <= high:
            step = (mean - low) / (high - low) if high > low else 0.0
            return share + (further - share) * max(step, 0.0)
        low, share = high, further
    return share


def false_alarm_share(chart: Chart[Label]) -> float:
    """How likely a chart flags its latest point though nothing changed; 0 where it has no limits."""
    if chart.refusal is not None:
        return 0.0
    mean = chart.segments[-1].mean
    return small_count_share(mean) if chart.warning and mean is not None else FALSE_ALARM_SHARE
