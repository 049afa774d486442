"""What the data contradict in a text: as it is given out, and before that as a charge that other readings may undo."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.indicators.claims.figures.evidence import Line
from performance.indicators.series import Value


@dataclass(frozen=True)
class Finding:
    """What the data contradict: the sentence, the claim in it, what was recomputed, and why it does not hold."""

    sentence: str
    claim: str
    kind: str
    actual: str
    why: str
    indicator: str = ""


@dataclass(frozen=True)
class Charge:
    """A finding before it is given out: where its claim stands in the sentence, the series it was held against, and all
    that were tried with their values."""

    finding: Finding
    start: int
    end: int
    line: Line | None = None
    tried: Sequence[tuple[Line, Value]] = ()
