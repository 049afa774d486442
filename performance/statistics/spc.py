"""XmR charts: is it a signal or noise?

The method of NHS England's 'Making Data Count', computed as the NHSRplotthedots R package (version 0.2.2) does:
per segment, mean +/- 2.66 x the mean moving range, with moving ranges of 3.267 times their mean or more left out
once before the limits (Nelson 1982). Where that package is wrong this module differs on purpose: a constant
series has no limits and no assurance, a screened moving range of 0 draws no limits, a missing latest point is
'no data', two meeting trends keep each its own direction, and a rebase nobody has a point for is an error.

Arithmetic is exact (fractions), so ties with the mean and with a limit are true ties. Limits are not cut at
0 or 100; a chart may cut its axis.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm
from statistics import median
from typing import Generic, TypeVar

from lscb.numbers import Number, as_ratio
from performance.statistics.rounding import exact
from performance.statistics.special_causes import Direction, Lines, Rule, SpecialCause, find

LIMIT = Fraction(266, 100)  # 3 / 1.128, rounded as the field prints it
SCREEN = Fraction(3267, 1000)  # moving ranges from this many times their mean are left out
MINIMUM = 12  # points under which there are no limits
PROVISIONAL = 20  # points from which limits are no longer provisional
LOW_MEAN = 3  # a mean count under which the chart flags too much

WARNING = (
    f"The mean is under {LOW_MEAN}: with counts this small the chart flags too much. In a stable series "
    "about one latest point in 20 is flagged at a mean of 1, about one in five at 0.2."
)

Label = TypeVar("Label", bound=Hashable)


class Polarity(StrEnum):
    """Which way is better. Neutral: neither, and nothing is ever called improvement or concern."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


class Judgement(StrEnum):
    """What a point says. The latest point's judgement is the series' variation icon."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    SPECIAL_HIGH = "special cause, high"
    SPECIAL_LOW = "special cause, low"
    COMMON = "common cause"
    NO_DATA = "no data"
    NO_LIMITS = "no limits"


class AssuranceIcon(StrEnum):
    """Whether the process can be relied on to meet its target."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True, slots=True)
class Point(Generic[Label]):
    """One point with the lines it is judged by. `value` None is a gap; lines are None without limits."""

    label: Label
    value: float | None
    segment: int
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    rule: Rule | None
    direction: Direction | None
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Segment(Generic[Label]):
    """A stretch between rebases. `points` counts surviving points, `baseline` those the limits rest on.

    `mean` and `median` (for a plain run chart) are there whenever a point is; the lines only with limits.
    `refusal` says why there are none.
    """

    first: Label
    last: Label
    points: int
    baseline: int
    mean: float | None
    median: float | None
    moving_range: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    refusal: str | None
    provisional: bool
    warning: str | None


@dataclass(frozen=True, slots=True)
class Variation:
    """The variation icon: the latest point's judgement, with the rule behind it and words."""

    icon: Judgement
    rule: Rule | None
    direction: Direction | None
    words: str


@dataclass(frozen=True, slots=True)
class Assurance:
    """The assurance icon, or None with words that say why there is none."""

    icon: AssuranceIcon | None
    words: str


@dataclass(frozen=True, slots=True)
class Chart(Generic[Label]):
    """A whole series. `refusal`, `provisional` and `warning` are those of the latest segment."""

    points: tuple[Point[Label], ...]
    segments: tuple[Segment[Label], ...]
    variation: Variation
    assurance: Assurance
    refusal: str | None
    provisional: bool
    warning: str | None


def xmr(
    points: Sequence[tuple[Label, Number | None]],
    *,
    rebases: Collection[Label] = (),
    polarity: Polarity = Polarity.NEUTRAL,
    target: Number | None = None,
    fix_after: int | None = None,
    screen: bool = True,
    counts: bool | None = None,
    withheld: str = "",
) -> Chart[Label]:
    """The XmR chart of `points`: (label, value) in time order, a value of None being a gap.

    `rebases` are the labels that begin a new segment. `fix_after` (12 or more) rests each segment's limits on
    its first so many surviving points. `screen` leaves out outlying moving ranges. `counts` says whether the
    values are counts, for which a mean under 3 is warned about; None takes whole numbers, none negative, as counts.
    `withheld` says why the caller wants no limits: the series is no process that varies about a mean.

    Raises ValueError for a label that comes twice, a rebase label that is not among the points, a `fix_after`
    under 12, or a value that is not a finite number.
    """
    if fix_after is not None and fix_after < MINIMUM:
        raise ValueError(f"limits rest on {MINIMUM} points or more, not {fix_after}")
    spans = _spans([label for label, _ in points], rebases)
    values, scale = _whole([value for _, value in points])
    if counts is None:
        counts = scale == 1 and all(value is None or value >= 0 for value in values)
    drawn: list[Point[Label]] = []
    segments: list[Segment[Label]] = []
    for number, (start, end) in enumerate(spans):
        labels = [label for label, _ in points[start:end]]
        part = values[start:end]
        segment, causes = _segment(labels, part, scale, fix_after, screen, counts, withheld)
        segments.append(segment)
        for label, value, cause in zip(labels, part, causes, strict=True):
            number_shown = None if value is None else value / scale
            drawn.append(_point(label, number_shown, number, segment, cause, polarity))
    return _chart(drawn, segments, polarity, target)


def _chart(
    drawn: Sequence[Point[Label]],
    segments: Sequence[Segment[Label]],
    polarity: Polarity,
    target: Number | None,
) -> Chart[Label]:
    """The chart with its icons: variation from the latest point, assurance from the last segment's limits."""
    latest = segments[-1] if segments else None
    refusal = latest.refusal if latest else f"too few points: 0 of {MINIMUM}"
    return Chart(
        points=tuple(drawn),
        segments=tuple(segments),
        variation=_variation(drawn[-1] if drawn else None, refusal),
        assurance=_assurance(latest, refusal, polarity, target),
        refusal=refusal,
        provisional=latest is not None and latest.provisional,
        warning=latest.warning if latest else None,
    )


def _whole(values: Sequence[Number | None]) -> tuple[list[int | None], int]:
    """The values scaled up until each is a whole number, and the scale: exact and quick arithmetic."""
    ratios = [None if value is None else as_ratio(value) for value in values]
    scale = lcm(*(below for _, below in filter(None, ratios)))
    return [one and one[0] * (scale // one[1]) for one in ratios], scale


def _spans(labels: Sequence[Label], rebases: Collection[Label]) -> list[tuple[int, int]]:
    """(start, end) of each segment, as positions of a slice."""
    distinct = set(labels)
    if len(distinct) != len(labels):
        raise ValueError("a label comes twice among the points")
    unknown = [str(label) for label in rebases if label not in distinct]
    if unknown:
        raise ValueError(f"rebase without a point: {', '.join(unknown)}")
    starts = [i for i, label in enumerate(labels) if i == 0 or label in rebases]
    return list(pairwise([*starts, len(labels)]))


def _segment(
    labels: Sequence[Label],
    values: Sequence[int | None],
    scale: int,
    fix_after: int | None,
    screen: bool,
    counts: bool,
    withheld: str,
) -> tuple[Segment[Label], Sequence[SpecialCause | None]]:
    """One segment, and the special cause of each of its values (None for common cause or no limits)."""
    known = [value for value in values if value is not None]
    baseline = known[:fix_after]
    mean = Fraction(sum(baseline), len(baseline)) if baseline else None
    moving_range = _moving_range(baseline, screen)
    refusal = withheld or _refusal(known, baseline, moving_range)
    lines = None
    causes: Sequence[SpecialCause | None] = [None] * len(values)
    if refusal is None and mean is not None and moving_range is not None:
        lines = _lines(mean, moving_range)
        found = iter(find(known, lines))
        causes = [None if value is None else next(found) for value in values]
    segment = Segment(
        first=labels[0],
        last=labels[-1],
        points=len(known),
        baseline=len(baseline),
        mean=None if mean is None else float(mean / scale),
        median=float(Fraction(median(known)) / scale) if known else None,
        moving_range=None if moving_range is None else float(moving_range / scale),
        lower=float(lines.lower / scale) if lines else None,
        upper=float(lines.upper / scale) if lines else None,
        near_lower=float(lines.near_lower / scale) if lines else None,
        near_upper=float(lines.near_upper / scale) if lines else None,
        refusal=refusal,
        provisional=lines is not None and len(baseline) < PROVISIONAL,
        warning=WARNING if counts and lines and lines.mean / scale < LOW_MEAN else None,
    )
    return segment, causes


def _moving_range(baseline: Sequence[int], screen: bool) -> Fraction | None:
    """Mean step between neighbouring points, outlying steps left out once; None without a step."""
    steps = [abs(b - a) for a, b in pairwise(baseline)]
    if not steps:
        return None
    mean = Fraction(sum(steps), len(steps))
    if screen and mean > 0:
        ceiling = SCREEN * mean
        kept = [step for step in steps if step < ceiling]
        mean = Fraction(sum(kept), len(kept))
    return mean


def _refusal(
    known: Sequence[int], baseline: Sequence[int], moving_range: Fraction | None
) -> str | None:
    """Why a segment can have no limits; None when it can."""
    if len(known) < MINIMUM:
        return f"too few points: {len(known)} of {MINIMUM}"
    if len(set(known)) == 1:
        return "every value is the same"
    if len(set(baseline)) == 1:
        return "every value that the limits would rest on is the same"
    if not moving_range:
        return "nearly every number is the one before it, so there is no usual variation to measure"
    return None


def _lines(mean: Fraction, moving_range: Fraction) -> Lines:
    reach = LIMIT * moving_range
    near = reach * 2 / 3
    return Lines(mean, mean - reach, mean + reach, mean - near, mean + near)


def _point(
    label: Label,
    value: float | None,
    number: int,
    segment: Segment[Label],
    cause: SpecialCause | None,
    polarity: Polarity,
) -> Point[Label]:
    return Point(
        label=label,
        value=value,
        segment=number,
        mean=segment.mean if segment.refusal is None else None,
        lower=segment.lower,
        upper=segment.upper,
        near_lower=segment.near_lower,
        near_upper=segment.near_upper,
        rule=cause.rule if cause else None,
        direction=cause.direction if cause else None,
        judgement=_judgement(value, segment.refusal, cause, polarity),
    )


def _judgement(
    value: float | None, refusal: str | None, cause: SpecialCause | None, polarity: Polarity
) -> Judgement:
    if value is None:
        return Judgement.NO_DATA
    if refusal is not None:
        return Judgement.NO_LIMITS
    if cause is None:
        return Judgement.COMMON
    high = cause.direction is Direction.HIGH
    if polarity is Polarity.NEUTRAL:
        return Judgement.SPECIAL_HIGH if high else Judgement.SPECIAL_LOW
    better = high == (polarity is Polarity.HIGH)
    return Judgement.IMPROVEMENT if better else Judgement.CONCERN


def _variation(latest: Point[Label] | None, refusal: str | None) -> Variation:
    if latest is None or latest.judgement is Judgement.NO_DATA:
        return Variation(Judgement.NO_DATA, None, None, "No data for the latest point")
    if latest.judgement is Judgement.NO_LIMITS:
        return Variation(Judgement.NO_LIMITS, None, None, f"No limits: {refusal}")
    if latest.rule is None or latest.direction is None:
        words = "Common cause: the latest point is within usual variation"
        return Variation(Judgement.COMMON, None, None, words)
    seen = SpecialCause(latest.rule, latest.direction).words
    icon = latest.judgement
    name = icon.capitalize()
    if icon in (Judgement.IMPROVEMENT, Judgement.CONCERN):
        name = f"Special cause, {icon} ({latest.direction})"
    return Variation(icon, latest.rule, latest.direction, f"{name}: the latest point is {seen}")


def _assurance(
    segment: Segment[Label] | None, refusal: str | None, polarity: Polarity, target: Number | None
) -> Assurance:
    """Strict: a target on a limit is still hit and miss."""
    if target is None:
        return Assurance(None, "No assurance: no target is set")
    if polarity is Polarity.NEUTRAL:
        return Assurance(None, "No assurance: the indicator has no direction that is better")
    if segment is None or segment.lower is None or segment.upper is None:
        return Assurance(None, f"No assurance: {refusal}")
    aim = float(exact(target))
    if segment.lower <= aim <= segment.upper:
        words = "Hit and miss: the target lies within the limits, so chance decides"
        return Assurance(AssuranceIcon.HIT_AND_MISS, words)
    if (aim < segment.lower) == (polarity is Polarity.HIGH):
        return Assurance(AssuranceIcon.PASSES, "Passes: expected to meet the target every time")
    return Assurance(AssuranceIcon.FAILS, "Fails: expected to miss the target every time")
