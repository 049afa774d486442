"""How values, changes, targets and variation are said, the same on every page."""

from dataclasses import dataclass
from fractions import Fraction

from lscb.numbers import (
    format_change,
    format_interval,
    format_relative_change,
    format_value,
    unit_words,
)
from lscb.periods import Period
from performance.indicators import limits
from performance.indicators.series import break_between
from performance.indicators.spec import IndicatorSpec, Target
from performance.queries.observations import Value
from performance.statistics.comparison import Comparison, against
from performance.statistics.intervals import Interval
from performance.statistics.rounding import exact
from performance.statistics.spc import MINIMUM as NEEDED
from performance.statistics.spc import AssuranceIcon, Judgement
from performance.statistics.spc import Chart as Spc
from performance.statistics.special_causes import SpecialCause

ICONS = {
    Judgement.COMMON: ("common", "Usual variation"),
    Judgement.IMPROVEMENT: ("improvement", "Improvement"),
    Judgement.CONCERN: ("concern", "Concern"),
    Judgement.SPECIAL_HIGH: ("high", "Special cause, high"),
    Judgement.SPECIAL_LOW: ("low", "Special cause, low"),
    Judgement.NO_DATA: ("nodata", "No data"),
    Judgement.NO_LIMITS: ("few", "Too few points"),
}
SIGNALS = {"improvement", "concern", "high", "low"}


@dataclass(frozen=True)
class Delta:
    """A change as it is written: the amount with its unit, and the percentage beneath it where one is meant."""

    amount: str
    relative: str = ""
    known: bool = True
    address: str = ""  # where the number comes from, or the one that it is a change from
    unit: str = ""  # what the amount is in: points, in number, per 10,000


@dataclass(frozen=True)
class Rag:
    """How a value stands to its target, in a word, with the rule."""

    word: str
    css: str
    rule: str


@dataclass(frozen=True)
class Variation:
    """The variation icon's name, its short words, the sentence behind it, and the side of a special cause."""

    icon: str
    words: str
    sentence: str
    direction: str = ""

    @property
    def is_signal(self) -> bool:
        """Whether it says that something other than chance is at work."""
        return self.icon in SIGNALS

    @property
    def is_judged(self) -> bool:
        """Whether there were enough points to tell signal from noise."""
        return self.icon == "common" or self.is_signal

    @property
    def kind(self) -> str:
        """The kind that the tag `variation` draws: `concern-low`, `special-high`, `common`, `few`, `none`."""
        if self.icon in ("improvement", "concern"):
            return f"{self.icon}-{self.direction}"
        return {"high": "special-high", "low": "special-low", "nodata": "none"}.get(
            self.icon, self.icon
        )


@dataclass(frozen=True)
class Assurance:
    """The assurance icon's name, its short words and the sentence behind it: whether chance decides if the target is
    met."""

    icon: str
    words: str
    sentence: str


def write(spec: IndicatorSpec, value: Value) -> str:
    """A value as it is written, or the words for why there is none."""
    return format_value(
        value.value,
        spec.unit,
        numerator=value.numerator,
        denominator=value.denominator,
        status=value.status,
    )


def interval(spec: IndicatorSpec, value: Value | None) -> str:
    """The 95% interval of a value in words; nothing for a count, which was counted and not estimated."""
    if value is None or spec.unit == "count":
        return ""
    return format_interval(value.lower, value.upper, spec.unit)


def compared(spec: IndicatorSpec, value: Value, name: str, other: Value) -> str:
    """How a value stands to that of another place, by its 95% interval: `Lower than England (22.6%)`, `Similar to`;
    without an interval it is not judged, which says why."""
    text = write(spec, other)
    if value.lower is None or value.upper is None or other.value is None:
        why = "printed without its counts" if value.published else "no interval"
        return f"Not judged against {name} ({text}): {why}"
    found = against(Interval(value.lower, value.upper, ""), other.value)
    return f"{found.capitalize()} {'to' if found == Comparison.SIMILAR else 'than'} {name} ({text})"


def delta(spec: IndicatorSpec, before: Value | None, after: Value | None) -> Delta:
    """The change between two values with its unit: points for a percentage, the amount and % for the rest."""
    if not before or not after or before.value is None or after.value is None:
        return Delta("not available", known=False)
    if break_between(before, after):
        return Delta("not comparable", known=False)
    base = exact(before.value)
    difference = exact(after.value) - base
    amount = format_change(difference, spec.unit)
    unit = {"percent": "points", "count": "in number"}.get(spec.unit) or unit_words(spec.unit)
    if spec.unit == "percent" or base <= 0 or not difference:  # nothing has no percentage
        return Delta(amount, unit=unit)
    return Delta(amount, format_relative_change(difference * 100 / base), unit=unit)


def rag(spec: IndicatorSpec, value: Value | None) -> Rag | None:
    """How the value stands to the target or band that counted on its period's last day, by the stated rule, on exact
    numbers; None without target or value."""
    if value is None or value.value is None:
        return None
    target = spec.target_on(value.period.end)
    if target is None:
        return None
    what, met = ("target", "Met") if target.upper is None else ("band", "In band")
    below, above = exact(target.value) - exact(value.value), Fraction(0)
    if target.upper is not None:
        above = exact(value.value) - exact(target.upper)
    elif spec.polarity != "high":
        below, above = Fraction(0), -below
    short = max(below, above)
    if short <= 0:
        return Rag(met, "met", target_words(spec, target))
    if short <= exact(target.tolerance):
        reach = _tolerance(target.tolerance, spec.unit)
        return Rag(f"Near {what}", "near", f"within {reach} of the {what}")
    return Rag(f"{'Below' if below > 0 else 'Above'} {what}", "missed", target_words(spec, target))


def _tolerance(tolerance: float, unit: str) -> str:
    """How far from a target is near it: `1 point` of a percentage, `0.5` of anything else."""
    points = " point" if tolerance == 1 else " points"
    return f"{tolerance:g}{points if unit == 'percent' else ''}"


def target_words(spec: IndicatorSpec, target: Target | None) -> str:
    """A target of an indicator in words."""
    if target is None:
        return "No target"
    near = f", near if within {_tolerance(target.tolerance, spec.unit)}" if target.tolerance else ""
    if target.upper is not None:
        return f"Band {format_value(target.value, spec.unit)} to {format_value(target.upper, spec.unit)}{near}"
    side = "at least" if spec.polarity == "high" else "at most"
    return f"Target {side} {format_value(target.value, spec.unit)}{near}"


def aim_words(spec: IndicatorSpec, value: Value | None) -> str:
    """By which rule a number stands to its target, and whether its interval, which is not used, holds the target; the
    words for no target where there is none."""
    target = spec.target_on(value.period.end) if value else spec.target
    if target is None:
        return f"{target_words(spec, target)}."
    rule = f"{target_words(spec, target)}: met, near or missed by the value itself, whatever its interval"
    if value is None or value.lower is None or value.upper is None or spec.unit == "count":
        return f"{rule}."
    ends = [target.value] if target.upper is None else [target.value, target.upper]
    holds = any(value.lower <= one <= value.upper for one in ends)
    side = (
        f"holds {'the target' if target.upper is None else 'an end of the band'}"
        if holds
        else "lies to one side"
    )
    return f"{rule} ({interval(spec, value)}, which {side})."


def variation(spec: IndicatorSpec, chart: Spc[Period] | None) -> Variation:
    """The icon, the words and the sentence of a chart; no chart has too few points."""
    if chart is None:
        said = f"No limits: {spec.no_limits}." if spec.no_limits else ""
        return Variation("few", "No limits" if spec.no_limits else "Too few points", said)
    icon, words = ICONS[chart.variation.icon]
    if icon == "nodata":
        words = f"{words}, {chart.points[-1].label.short}"
    direction = str(chart.variation.direction or "")
    if icon in ("improvement", "concern"):
        words = f"{words}, {direction}"
    if icon == "few" and chart.refusal and not chart.refusal.startswith("too few"):
        words = "No limits"
    elif icon == "few" and len(chart.segments) > 1:
        words = "Limits begin anew"
    return Variation(icon, words, variation_sentence(spec, chart), direction)


def running() -> Variation:
    """The words for totals to date and rolling totals, each of which holds most of the one before."""
    said = "Totals that run on hold most of the one before, so that no chart can judge them."
    return Variation("few", "Not judged: a running total", said)


def assurance(spec: IndicatorSpec, chart: Spc[Period] | None) -> Assurance | None:
    """Whether the process can be relied on to meet its target; None without a target or for a band, which has no side
    that is better."""
    target = spec.target_on(chart.points[-1].label.end) if chart else spec.target
    if target is None or target.upper is not None:
        return None
    if chart is None:
        return Assurance("none", "No assurance yet", f"Limits need {NEEDED} points.")
    name, _, reason = chart.assurance.words.partition(": ")
    sentence = f"{reason[:1].upper()}{reason[1:]}."
    if chart.assurance.icon is None:
        return Assurance("none", "No assurance yet", sentence)
    icons = {
        AssuranceIcon.PASSES: ("passes", "Passes target"),
        AssuranceIcon.FAILS: ("fails", "Fails target"),
        AssuranceIcon.HIT_AND_MISS: ("hit-and-miss", name),
    }
    icon, words = icons[chart.assurance.icon]
    return Assurance(icon, words, sentence)


def variation_sentence(spec: IndicatorSpec, chart: Spc[Period]) -> str:
    """What the latest point of a chart says, in a sentence that names its period."""
    latest, seen = chart.points[-1].label.label, chart.variation
    since = chart.segments[-1].first.label if len(chart.segments) > 1 else ""
    care = f" Limits since {since}." if since else ""
    care += "".join(f" {one}." for one in limits.cautions(chart, short=True))
    if seen.rule is not None and seen.direction is not None:
        return f"{latest} is {SpecialCause(seen.rule, seen.direction).words}.{care}"
    if seen.icon == Judgement.COMMON:
        return f"{latest} is within the usual {usual(spec, chart)}.{care}"
    if seen.icon == Judgement.NO_DATA:
        return f"No data for {latest}."
    if since and chart.refusal and chart.refusal.startswith("too few"):
        there = chart.segments[-1].points
        return f"Limits begin anew with {since} and need {NEEDED} points; there are {there}."
    points = sum(1 for point in chart.points if point.value is not None)
    if points < NEEDED and not spec.no_limits:
        return f"Limits need {NEEDED} points; there are {points}."
    return f"No limits: {chart.refusal}."


def usual(spec: IndicatorSpec, chart: Spc[Period]) -> str:
    """The limits of usual variation of a chart that has them, in words: `214 to 322`. A limit that no value can reach
    is written as the number it stops at."""
    segment = chart.segments[-1]
    if segment.lower is None or segment.upper is None:
        raise ValueError("a chart without limits has no usual variation")
    lower, upper = limits.reachable(spec, segment.lower, segment.upper)
    return f"{format_value(lower, spec.unit)} to {format_value(upper, spec.unit)}"
