"""Differences between groups of children: rates by band, and relative rates with their uncertainty.

Every denominator here must be a number of children of the same groups. The population of adults or of all
ages is the wrong one, and this module cannot know: the caller must.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from performance.statistics.comparison import Comparison, against
from performance.statistics.intervals import Z95, Interval, alpha_of, rate_interval


@dataclass(frozen=True, slots=True)
class RelativeRate:
    """How many times as often as in the reference group. `refusal` says why a value or interval is missing."""

    value: float | None
    interval: Interval | None
    refusal: str | None

    @property
    def comparison(self) -> Comparison | None:
        """Higher, lower or similar to the reference group; None with no interval to judge by."""
        return None if self.interval is None else against(self.interval, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """One band or group: events counted, and children living in it. None where a number is not known."""

    label: str
    count: int | None
    population: int | None


@dataclass(frozen=True, slots=True)
class BandRate:
    """A band's rate beside its share of the events and its share of the children (both 0 to 1)."""

    label: str
    rate: float | None
    interval: Interval | None
    share_of_count: float | None
    share_of_population: float | None
    refusal: str | None


def relative_rate(a: int, group: int, b: int, reference: int, z: float = Z95) -> RelativeRate:
    """(a / group) / (b / reference): people out of people, so a <= group and b <= reference.

    Interval on the log scale with standard error sqrt(1/a - 1/group + 1/b - 1/reference) (Katz and others
    1978). A zero among the counts has no such interval, and the result says so.
    """
    _require(a, group)
    _require(b, reference)
    if a > group or b > reference:
        raise ValueError("a part cannot be more than its whole")
    if a == 0 or b == 0:
        return _zero(b)
    variance = 1 / a - 1 / group + 1 / b - 1 / reference
    value = (a / group) / (b / reference)
    if a == group and b == reference:
        return RelativeRate(value, None, "no interval: everyone in both groups is counted")
    return RelativeRate(value, _log_interval(value, variance, z, "log relative rate"), None)


def rate_ratio(a: int, group: float, b: int, reference: float, z: float = Z95) -> RelativeRate:
    """(a / group) / (b / reference) of events, which can be more than the children they happened to.

    Poisson: log standard error sqrt(1/a + 1/b). A zero count has no interval, and the result says so.
    """
    _require(a, group)
    _require(b, reference)
    if a == 0 or b == 0:
        return _zero(b)
    value = (a / group) / (b / reference)
    return RelativeRate(value, _log_interval(value, 1 / a + 1 / b, z, "log rate ratio"), None)


def rates_by_band(
    bands: Sequence[Band], per: float = 10_000, z: float = Z95
) -> tuple[BandRate, ...]:
    """Each band's rate per `per` children, with shares of all events and of all children.

    A share is only given when every band's number is known, for a share of a part of the whole misleads.
    """
    counts = [band.count for band in bands if band.count is not None]
    people = [band.population for band in bands if band.population is not None]
    all_counts = sum(counts) if len(counts) == len(bands) else 0
    all_people = sum(people) if len(people) == len(bands) else 0
    return tuple(_band_rate(band, all_counts, all_people, per, z) for band in bands)


def _band_rate(band: Band, all_counts: int, all_people: int, per: float, z: float) -> BandRate:
    count, population = band.count, band.population
    share_of_count = count / all_counts if count is not None and all_counts else None
    share_of_people = population / all_people if population is not None and all_people else None
    refusal = None
    if count is None:
        refusal = "the count is not available"
    elif population is None:
        refusal = "no number of children in this group to divide by"
    elif population == 0:
        refusal = "no children in this group"
    if refusal is not None or count is None or population is None:
        return BandRate(band.label, None, None, share_of_count, share_of_people, refusal)
    rate = count * per / population
    interval = rate_interval(count, population, per, z)
    return BandRate(band.label, rate, interval, share_of_count, share_of_people, None)


def _log_interval(value: float, variance: float, z: float, method: str) -> Interval:
    alpha_of(z)
    reach = z * sqrt(variance)
    return Interval(exp(log(value) - reach), exp(log(value) + reach), method)


def _zero(b: int) -> RelativeRate:
    """The result where the group's or the reference group's count is 0."""
    if b == 0:
        return RelativeRate(None, None, "no value: the reference group has a count of 0")
    return RelativeRate(0.0, None, "no interval: the group has a count of 0")


def _require(count: int, population: float) -> None:
    if count < 0:
        raise ValueError(f"a count must be 0 or more, not {count}")
    if population <= 0:
        raise ValueError(f"a population or total must be more than 0, not {population}")
