"""How agencies kept their returns over time, and whether that improves. Pure: counts by month go in, words come out."""

from collections.abc import Mapping
from dataclasses import dataclass

from lscb.periods import Period
from performance.statistics.intervals import newcombe

SHORTEST, LONGEST = 6, 12  # months that are compared with as many before them
FEWEST = 6  # returns in each half, without which nothing is said


@dataclass(frozen=True)
class Part:
    """How many of how many, in a month or in several."""

    got: int = 0
    of: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(self.got + other.got, self.of + other.of)


NOTHING = Part()


@dataclass(frozen=True)
class Course:
    """Two spans of one agency, one after the other, and the months that they are made of."""

    months: list[Part]
    before: Part
    now: Part

    @property
    def verdict(self) -> str:
        """`better`, `worse`, `the same` beyond chance, or `too few` to say."""
        if min(self.before.of, self.now.of) < FEWEST:
            return "too few"
        change = newcombe(self.now.got, self.now.of, self.before.got, self.before.of)
        if change.lower > 0:
            return "better"
        return "worse" if change.upper < 0 else "the same"


def months_compared(first: Period, last: Period) -> list[Period]:
    """The months up to `last` whose halves are compared: two years where so much is known since `first`, else less."""
    known = last.first - first.first + 1
    half = max(SHORTEST, min(LONGEST, known // 2))
    return [last.shift(-back) for back in reversed(range(2 * half))]


def course(months: list[Period], parts: Mapping[Period, Part]) -> Course:
    """The course over these months, the newest last; a month without returns counts for nothing."""
    counted = [parts.get(month, NOTHING) for month in months]
    half = len(counted) // 2
    return Course(counted, sum(counted[:half], NOTHING), sum(counted[half:], NOTHING))
