"""A value against others: a benchmark, a funnel of areas, statistical neighbours. Words, never arrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, fsum, sqrt
from statistics import median

from scipy.special import bdtrc, gammainc, gammaincc, ndtri

from performance.statistics.intervals import Z95, Z998, Interval, alpha_of

RARE = 0.001  # a chance that is not believed


class Comparison(StrEnum):
    """How a value stands to a benchmark, given how sure we are of the value."""

    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The mean and the median of the areas with a value (None with no value at all), in the values' unit."""

    mean: float | None
    median: float | None
    used: int
    missing: int


def against(interval: Interval, benchmark: float) -> Comparison:
    """`similar` when the interval holds the benchmark (ends included), else `higher` or `lower`."""
    if interval.lower > benchmark:
        return Comparison.HIGHER
    if interval.upper < benchmark:
        return Comparison.LOWER
    return Comparison.SIMILAR


def neighbours(values: Sequence[float | None]) -> Neighbours:
    """Mean and median over the areas that have a value; how many had one and how many had none.

    Both, because published tools differ: the Department for Education's dashboard shows the median of the
    ten statistical neighbours, the Local Authority Interactive Tool the mean. Say which one is shown.
    """
    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    if not known:
        return Neighbours(None, None, 0, missing)
    return Neighbours(fsum(known) / len(known), float(median(known)), len(known), missing)


def funnel_proportion(benchmark: float, n: float, z: float = Z95) -> Interval:
    """Limits for an area of size n around a benchmark proportion (0 to 1): p +/- z sqrt(p (1 - p) / n).

    Cut at 0 and 1 (Spiegelhalter 2005, 'Funnel plots for comparing institutional performance').
    """
    alpha_of(z)
    if not 0 <= benchmark <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, not {benchmark}")
    if n <= 0:
        raise ValueError(f"a population or total must be more than 0, not {n}")
    reach = z * sqrt(benchmark * (1 - benchmark) / n)
    return Interval(max(0.0, benchmark - reach), min(1.0, benchmark + reach), "normal")


def funnel_count(expected: float, z: float = Z95) -> Interval:
    """Limits for an observed count where `expected` events are expected, by the exact Poisson distribution.

    The limits are the counts whose own exact interval just touches `expected` (the exact interval turned
    round, as the Association of Public Health Observatories' funnel tool does), so that a count outside
    them is one whose exact interval does not hold the benchmark. They are not whole numbers in general.
    The lower limit is 0 where even no events would be no surprise.
    """
    if not 0 < expected < float("inf"):
        raise ValueError(f"the expected count must be more than 0, not {expected}")
    from scipy.optimize import brentq  # a tenth of a second, which not every process has to wait

    tail = alpha_of(z) / 2
    # A count x has the exact interval's upper end at the m with gammaincc(x + 1, m) = tail,
    # and its lower end at the m with gammainc(x, m) = tail.
    furthest = expected + 10 * z * sqrt(expected) + 10 * z * z
    lower = 0.0
    if exp(-expected) < tail:
        lower = brentq(lambda x: gammaincc(x + 1, expected) - tail, 0.0, expected, xtol=1e-10)
    upper = brentq(lambda x: gammainc(x, expected) - tail, 1e-12, furthest, xtol=1e-10)
    return Interval(float(lower), float(upper), "exact Poisson")


def funnel_rate(benchmark: float, n: float, per: float = 10_000, z: float = Z95) -> Interval:
    """Limits for the rate of an area with population n around a benchmark rate, both per `per`; of a ratio of observed
    to expected events `n` are the expected ones, per 1."""
    if n <= 0 or per <= 0:
        raise ValueError(f"population and base must be more than 0, not {n} and {per}")
    return funnel_count(benchmark * n / per, z).times(per / n)


def swapped(
    now: tuple[float, float, float], before: tuple[float, float, float], z: float = Z95
) -> bool:
    """Whether the difference of two parts of one whole moved between two independent wholes by more than chance.

    `now` and `before` are (a part, another part, the whole), counts. Of parts of one whole the shares depend on each
    other: var(p - q) = (p + q - (p - q)^2) / n (Scott and Seber 1983, 'Difference of proportions from the same
    survey'). If nothing changed, both wholes have the same shares: p and q are those of the two together, as in the
    usual test of two proportions, so that a few cases alone prove nothing.
    """
    alpha_of(z)
    for one, other, whole in (now, before):
        if whole <= 0 or min(one, other) < 0 or one + other > whole:
            raise ValueError(f"{one} and {other} are no two parts of {whole}")
    together = now[2] + before[2]
    p, q = (now[0] + before[0]) / together, (now[1] + before[1]) / together
    variance = (p + q - (p - q) ** 2) * (1 / now[2] + 1 / before[2])
    moved = (now[0] - now[1]) / now[2] - (before[0] - before[1]) / before[2]
    return abs(moved) > z * sqrt(max(variance, 0.0))


def z_of_all(many: int, z: float = Z95) -> float:
    """The z for each of `many` comparisons with which all of them together are wrong by chance no more often than one
    alone is at `z`: what lies outside is shared out among them (Bonferroni's inequality; Dunn 1961, 'Multiple
    comparisons among means', Journal of the American Statistical Association 56)."""
    if many < 1:
        raise ValueError(f"there must be a comparison, not {many}")
    return z if many == 1 else -float(ndtri(alpha_of(z) / (2 * many)))


def overdispersed(outside: int, areas: int, z: float = Z998) -> bool:
    """Whether more of these areas lie outside a funnel's limits than chance allows, so that the limits tell little.

    If nothing but chance set areas apart, each would lie outside with probability 2 (1 - Phi(z)); that many or more by
    the binomial distribution in less than one of `1 / RARE` funnels (Spiegelhalter 2005, 'Handling over-dispersion of
    performance indicators', has the name; the limits themselves are not widened here).
    """
    if not 0 <= outside <= areas:
        raise ValueError(f"{outside} of {areas} areas cannot lie outside")
    return outside > 0 and float(bdtrc(outside - 1, areas, alpha_of(z))) < RARE
