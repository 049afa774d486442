"""Confidence intervals of proportions, counts and rates.

Methods as in the Office for Health Improvement and Disparities' technical guide to confidence intervals
(Public Health Technical Guide, 2018), which PHEindicatormethods also follows:

- proportion: Wilson score (Wilson 1927; Newcombe and Altman 2000);
- difference of two proportions: Newcombe's method 10, from their Wilson scores (Newcombe 1998);
- count under 10: exact Poisson by the chi-squared distribution (Garwood 1936);
- count of 10 or more: Byar's approximation (Breslow and Day 1987).
"""

from dataclasses import dataclass
from functools import lru_cache
from math import erfc, sqrt

from scipy.special import gammainccinv, gammaincinv

Z95 = 1.959964
Z998 = 3.090232
BYAR_FROM = 10  # counts under this take the exact interval


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval in the unit of the value it belongs to; `method` names how it was found."""

    lower: float
    upper: float
    method: str

    def holds(self, value: float) -> bool:
        """Whether the value lies inside, the ends included."""
        return self.lower <= value <= self.upper

    def times(self, factor: float) -> "Interval":
        """The interval in another unit, e.g. times 100 for a percentage."""
        return Interval(self.lower * factor, self.upper * factor, self.method)


def alpha_of(z: float) -> float:
    """The share of a normal distribution outside +/- z: 0.05 for Z95, 0.002 for Z998."""
    if z <= 0:
        raise ValueError(f"z must be more than 0, not {z}")
    return erfc(z / sqrt(2))


def wilson(x: float, n: float, z: float = Z95) -> Interval:
    """Wilson score interval of the proportion x / n, as proportions between 0 and 1.

    ValueError when n is not more than 0, x is negative, or x is more than n.
    """
    alpha_of(z)
    _require_population(n)
    _require_count(x)
    if x > n:
        raise ValueError(f"a part of {x} cannot be more than its whole of {n}")
    centre = 2 * x + z * z
    spread = z * sqrt(z * z + 4 * x * (1 - x / n))
    width = 2 * (n + z * z)
    # At the ends the formula is exactly 0 or 1; said here so that no rounding error shows.
    lower = 0.0 if x == 0 else (centre - spread) / width
    upper = 1.0 if x == n else (centre + spread) / width
    return Interval(max(0.0, lower), min(1.0, upper), "Wilson")


def newcombe(x: float, n: float, other_x: float, other_n: float, z: float = Z95) -> Interval:
    """Interval of the difference x / n - other_x / other_n of two independent proportions, between -1 and 1.

    Newcombe (1998), method 10: from the Wilson interval of each. ValueError as for `wilson`.
    """
    one, other = wilson(x, n, z), wilson(other_x, other_n, z)
    share, other_share = x / n, other_x / other_n
    below = sqrt((share - one.lower) ** 2 + (other.upper - other_share) ** 2)
    above = sqrt((one.upper - share) ** 2 + (other_share - other.lower) ** 2)
    difference = share - other_share
    return Interval(difference - below, difference + above, "Newcombe")


def poisson_exact(x: float, alpha: float = alpha_of(Z95)) -> Interval:
    """Exact Poisson interval of a count, with alpha / 2 in either tail; the lower end of 0 is 0."""
    _require_count(x)
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must be between 0 and 1, not {alpha}")
    return _exact(x, alpha)


@lru_cache(maxsize=1024)
def _exact(x: float, alpha: float) -> Interval:
    """The exact interval, which takes long for one of many small counts."""
    lower = 0.0 if x == 0 else float(gammaincinv(x, alpha / 2))
    # Half a chi-squared quantile is a quantile of the gamma distribution, and its own module loads in a tenth of the
    # time. The upper tail's function keeps its precision where 1 - alpha / 2 loses it.
    upper = float(gammainccinv(x + 1, alpha / 2))
    return Interval(lower, upper, "exact Poisson")


def byar(x: float, z: float = Z95) -> Interval:
    """Byar's interval of a count: close to the exact one from 10 on. Cut at 0 for very small counts."""
    alpha_of(z)
    _require_count(x)
    above = x + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    lower = 0.0 if x == 0 else x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    return Interval(max(0.0, lower), upper, "Byar")


def count_interval(x: float, z: float = Z95) -> Interval:
    """Interval of a count: exact Poisson under 10, Byar from 10 on."""
    return poisson_exact(x, alpha_of(z)) if x < BYAR_FROM else byar(x, z)


def rate_interval(x: float, n: float, per: float = 10_000, z: float = Z95) -> Interval:
    """Interval of x events in a population of n, as a rate per `per` (10,000 children by default).

    x may be more than n: events, unlike people, can happen twice. ValueError when n is not more than 0.
    """
    _require_population(n)
    if per <= 0:
        raise ValueError(f"a rate is per a number more than 0, not {per}")
    return count_interval(x, z).times(per / n)


def _require_count(x: float) -> None:
    if not 0 <= x < float("inf"):
        raise ValueError(f"a count must be 0 or more, not {x}")


def _require_population(n: float) -> None:
    if not 0 < n < float("inf"):
        raise ValueError(f"a population or total must be more than 0, not {n}")
