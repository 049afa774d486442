"""What a signal is: its kinds, its place in the list, its words and the numbers that they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators.limits import reachable
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec

SPECIAL_CAUSE, TARGET, SENSE = "special-cause", "target", "sense"
ENDED, RESTATEMENT, MISSING = "ended", "restatement", "missing"
KINDS = (SPECIAL_CAUSE, TARGET, SENSE, ENDED, RESTATEMENT, MISSING)
CHARTED = ("month", "quarter", "year")  # the kinds of period that make a chart, finest first
# What comes first in the list; within a kind the one further from what is usual.
RANKS = {
    (SPECIAL_CAUSE, "concern"): 100,
    (TARGET, "concern"): 200,
    (SENSE, ""): 300,
    (SPECIAL_CAUSE, ""): 400,
    (SPECIAL_CAUSE, "improvement"): 500,
    (TARGET, "improvement"): 600,
    (ENDED, ""): 700,
    (RESTATEMENT, ""): 800,
    (MISSING, ""): 900,
}


@dataclass(frozen=True)
class Found:
    """One signal. `period` is the period it began with and `latest` the one it was last seen in; `numbers` hold what
    the rule was applied to; `rank` orders the list, the smallest first."""

    kind: str
    indicator: str
    area: str
    period_type: str
    period: Period
    direction: str
    judgement: str
    latest: Period
    words: str
    rule: str
    numbers: Mapping[str, object] = field(default_factory=dict)
    rank: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes it the same signal when it is found again."""
        return (
            self.kind,
            self.indicator,
            self.area,
            self.period_type,
            self.period.code,
            self.direction,
        )


@dataclass(frozen=True)
class Restated:
    """A number that was reported before and is another now."""

    before: Value
    after: Value


def line_words(spec: IndicatorSpec, number: float | None) -> str:
    """A line of a chart, to one decimal also where the unit has none."""
    return format_value(number, spec.unit, places=max(1, spec.decimals))


def limits_words(spec: IndicatorSpec, lower: float | None, upper: float | None) -> str:
    """`113.1 to 198.9`. A limit that no value can reach is written as the number it stops at."""
    low, high = reachable(spec, lower, upper)
    return f"{line_words(spec, low)} to {line_words(spec, high)}"
