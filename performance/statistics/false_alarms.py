"""How often control charts flag the latest point of a series in which nothing changed: simulated, over 24 months."""

from collections.abc import Sequence

from performance.statistics.spc import LOW_MEAN, Chart, Label

# Share of stable monthly series whose latest point is flagged all the same: about 0.7 of 40.
FALSE_ALARM_SHARE = 0.0175
# The same of counts with a mean under 3, as (mean, share of the series with limits): simulated over 24 months.
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


def expected_false_alarms(series: int, small_means: Sequence[float] = ()) -> float:
    """How many stable series show a special cause at their latest point by chance: of `series` ordinary ones, and of
    counts of rare events with these means, which are flagged more often.

    Raises ValueError for a negative number of series or a negative mean.
    """
    if series < 0:
        raise ValueError(f"a number of series must be 0 or more, not {series}")
    return series * FALSE_ALARM_SHARE + sum(small_count_share(mean) for mean in small_means)


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
