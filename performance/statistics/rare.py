"""The chart for rare events, where a count's mean is under 3 and an XmR chart would flag too much.

It charts the gap since the event before, not the count: a longer gap means rarer events. It is a g chart, for gaps
counted in whole steps (months, cases), with geometric limits: mean + 3 sqrt(mean (mean + 1)) and 0 (Benneyan 2001,
'Number-between g-type statistical quality control charts for monitoring adverse events', Health Care Management
Science 4), and the centre line at 0.693 x mean, the median (Provost and Murray 2011, 'The Health Care Data Guide').

It needs 12 gaps, as an XmR chart needs 12 points, and refuses with a reason where it would not be honest. In a stable
series about 1 gap in 100 lies above the upper limit; the latest is flagged by either rule in about 4 series of 100.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Generic, TypeVar

from performance.statistics.spc import LOW_MEAN, MINIMUM, PROVISIONAL
from performance.statistics.special_causes import RUN, Direction, Rule

MEDIAN_SHARE = Fraction(
    693, 1000
)  # a geometric or exponential distribution's median, as a share of its mean
# Over this many events a step most gaps are 0 or 1 steps, and the chart could see nothing.
MOST_PER_STEP = 1

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Gap(Generic[Label]):
    """The gap that ended with the event at `label`, and the rule that flags it, if any."""

    label: Label
    length: float
    rule: Rule | None
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class RareChart(Generic[Label]):
    """A chart of gaps in time order. With a `refusal` there are gaps but no lines and no flags.

    `open_gap` is the time since the last event, not yet ended; `open_signal` says that it is already longer
    than the upper limit.
    """

    gaps: tuple[Gap[Label], ...]
    mean: float | None
    centre: float | None
    upper: float | None
    open_gap: float | None
    open_signal: bool
    refusal: str | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Between(Generic[Label]):
    """Gaps found in a series of counts: steps from one event to the next, and since the last one."""

    gaps: tuple[tuple[Label, int], ...]
    open_gap: int | None


def between(counts: Sequence[tuple[Label, int | None]]) -> Between[Label]:
    """Steps from each event to the next in (label, count) in time order: 0 in the same step, 1 in the next.

    A missing count (None) hides what happened, so the gap across it is left out, not guessed.
    """
    gaps: list[tuple[Label, int]] = []
    since: int | None = None
    for label, count in counts:
        if count is not None and count < 0:
            raise ValueError(f"a count must be 0 or more, not {count}")
        if count is None:
            since = None
            continue
        if since is not None:
            since += 1
        if count > 0:
            if since is not None:
                gaps.append((label, since))
            gaps.extend((label, 0) for _ in range(count - 1))
            since = 0
    return Between(tuple(gaps), since)


def g_chart_of_counts(counts: Sequence[tuple[Label, int | None]]) -> RareChart[Label]:
    """The g chart of the steps between events in a series of counts, or a refusal that says what to do instead."""
    found = between(counts)
    known = [count for _, count in counts if count is not None]
    events = sum(known)
    refusal = None
    if events == 0:
        refusal = "no events to chart"
    elif events >= LOW_MEAN * len(known):
        refusal = f"the mean is {LOW_MEAN} or more: events are not rare, use an XmR chart"
    elif events > MOST_PER_STEP * len(known):
        refusal = (
            "the mean is over 1: most events fall in the same or the next period, so the time between "
            "them needs their dates"
        )
    if refusal is not None:
        return _refused(found.gaps, found.open_gap, refusal)
    return g_chart(found.gaps, found.open_gap)


def g_chart(gaps: Sequence[tuple[Label, int]], open_gap: int | None = None) -> RareChart[Label]:
    """The g chart of (label, steps since the event before), 0 or more, in time order."""
    lengths = [length for _, length in gaps]
    if any(length < 0 for length in lengths):
        raise ValueError("a gap must be 0 or more")
    if len(lengths) < MINIMUM:
        refusal = f"too few gaps between events: {len(lengths)} of {MINIMUM}"
        return _refused(gaps, open_gap, refusal)
    if sum(lengths) == 0:
        return _refused(gaps, open_gap, "every gap is 0")
    if (
        len(set(lengths)) == 1
    ):  # all would lie on one side of the median of a chance that is not there
        return _refused(gaps, open_gap, "every gap is the same")
    mean = Fraction(sum(lengths), len(lengths))
    centre = MEDIAN_SHARE * mean
    upper = float(mean) + 3 * sqrt(float(mean * (mean + 1)))
    flags = _flags(lengths, centre, upper)
    return RareChart(
        gaps=tuple(
            Gap(label, float(length), *flag)
            for (label, length), flag in zip(gaps, flags, strict=True)
        ),
        mean=float(mean),
        centre=float(centre),
        upper=upper,
        open_gap=None if open_gap is None else float(open_gap),
        open_signal=open_gap is not None and open_gap > upper,
        refusal=None,
        provisional=len(lengths) < PROVISIONAL,
    )


def _flags(
    lengths: Sequence[int], centre: Fraction, upper: float
) -> list[tuple[Rule | None, Direction | None]]:
    """Each gap's rule: above the upper limit, else in a run of 7 on one side of the centre line."""
    flags: list[tuple[Rule | None, Direction | None]] = [(None, None)] * len(lengths)
    start = 0
    for end in range(1, len(lengths) + 1):
        side = _side(lengths[start], centre)
        if end < len(lengths) and _side(lengths[end], centre) is side:
            continue
        if side is not None and end - start >= RUN:
            flags[start:end] = [(Rule.SHIFT, side)] * (end - start)
        start = end
    for number, length in enumerate(lengths):
        if length > upper:
            flags[number] = (Rule.OUTSIDE, Direction.HIGH)
    return flags


def _side(length: int, centre: Fraction) -> Direction | None:
    if length == centre:
        return None
    return Direction.HIGH if length > centre else Direction.LOW


def _refused(
    gaps: Sequence[tuple[Label, int]],
    open_gap: int | None,
    refusal: str,
) -> RareChart[Label]:
    return RareChart(
        gaps=tuple(Gap(label, float(length), None, None) for label, length in gaps),
        mean=None,
        centre=None,
        upper=None,
        open_gap=None if open_gap is None else float(open_gap),
        open_signal=False,
        refusal=refusal,
        provisional=False,
    )
