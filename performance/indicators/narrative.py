"""Words from numbers: a drafted paragraph for an indicator and a period. Deterministic, from fixed sentences.

A change is told as arithmetic ('7 more than') and judged only as far as the control chart goes: a special cause, usual
variation, or too few points to tell. The unit and the base are always named; a percentage changes by percentage
points.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lscb.numbers import (
    format_amount,
    format_number,
    format_relative_change,
    missing_words,
    round_half_away,
    unit_words,
)
from lscb.periods import Period
from performance.indicators import limits, rare_events, series
from performance.indicators.course import joined
from performance.indicators.series import Value, write
from performance.indicators.signals import meets, target_words
from performance.indicators.spec import IndicatorSpec, PeriodType
from performance.intake.codes import ALL
from performance.statistics import changes
from performance.statistics.spc import Chart, Point
from performance.statistics.special_causes import Direction, SpecialCause

TOO_FEW = "There are too few points for limits of usual variation"
PROVISIONAL = "limits are provisional"
SPECIAL = "special cause"
SMALL = 10  # on a smaller base a change in percent says more than it knows
PARTS = {"month": "months", "quarter": "quarters"}
FINER: dict[str, tuple[PeriodType, ...]] = {
    "year": ("year", "quarter", "month"),
    "quarter": ("quarter", "month"),
    "month": ("month",),
}


def paragraph(
    spec: IndicatorSpec,
    values: Sequence[Value],
    period: Period,
    *,
    rebases: Collection[Period] = (),
) -> str:
    """What the numbers of a period say. `values` are the indicator's totals for one area, of every kind of period."""
    known = [one for one in values if one.breakdown == ALL and one.period_type in FINER]
    now = _of(known, period)
    if now is None or not now.is_reported:
        return _without_number(spec, now, period)
    said = _said(spec, known, now, rebases)
    return joined(*said, target_sentence(spec, now))


def latest(
    spec: IndicatorSpec,
    values: Sequence[Value],
    *,
    rebases: Collection[Period] = (),
    parts: Sequence[Value] = (),
) -> str:
    """The paragraph of the latest period of a series that has a number; what is missing where none has. `parts` are the
    series of its shorter periods, by which it is judged where it is too short itself."""
    reported = [one for one in values if one.is_reported and one.breakdown == ALL]
    if not reported:
        return f"{spec.title}: {missing_words('not available')}."
    last = max(reported, key=lambda one: one.period)
    if (
        last.period_type not in FINER
    ):  # a running total overlaps the one before it: nothing to judge
        to_date = "April to " if last.period_type == "ytd" else "the twelve months to "
        return (
            f"{spec.title}: {amount(spec, last)}, {to_date}{last.period.label}{base(spec, last)}."
        )
    return paragraph(spec, [*values, *parts], last.period, rebases=rebases)


def level(spec: IndicatorSpec, now: Value) -> str:
    """`Children in care came to 394 in 2020/21`, with the unit and what it rests on."""
    verb = "came to" if spec.aggregation == "sum" else "stood at"
    aside = ", " in spec.title and " or " not in spec.title and " and " not in spec.title
    title = f"{spec.title}," if aside else spec.title
    named = any(words in spec.title for words in (unit_words(spec.unit), "Cases per"))
    number = write(spec, now) if named else amount(spec, now)
    return f"{title} {verb} {number} in {now.period.label}{base(spec, now)}"


def amount(spec: IndicatorSpec, value: Value) -> str:
    """A number with its unit: `519.9 per 10,000`, `26.1%`, `3,137`."""
    words = unit_words(spec.unit)
    return f"{write(spec, value)} {words}".strip()


def base(spec: IndicatorSpec, value: Value) -> str:
    """What a percentage or a rate rests on: ` (11,324 of 12,671)`; nothing for a count."""
    if spec.denominator is None and spec.unit == "count":
        return ""
    if value.numerator is None or value.denominator is None:
        return " (as printed, without its counts)"
    link = "of" if spec.unit == "percent" else "over"
    return f" ({format_amount(value.numerator)} {link} {format_amount(value.denominator)})"


def change(spec: IndicatorSpec, before: Value, after: Value) -> str:
    """`7 more (+0.2%) than 3,130 in 2023/24`, `2.9 percentage points lower than 12.8% in 2023/24`, or `the same as in`;
    across a break of the series `not comparable with` and why. Raises ValueError where one of them has no number."""
    if before.value is None or after.value is None:
        raise ValueError(f"{before.period} or {after.period} has no number")
    was = f"{write(spec, before)} in {before.period.label}"
    broken = series.break_between(before, after)
    if broken:
        return f"not comparable with {was} (from {broken.period.label} on {broken.why})"
    difference = changes.absolute(before.value, after.value, places=6)
    if not difference.direction:
        return f"the same as in {before.period.label}"
    size = abs(difference.amount or Decimal(0))
    if spec.unit == "count":
        enough = before.value >= SMALL
        relative = changes.relative(before.value, after.value).amount if enough else None
        share = "" if relative is None else f" ({_relative(relative)})"
        side = "more" if difference.direction > 0 else "fewer"
        return f"{format_number(size)} {side}{share} than {was}"
    side = "higher" if difference.direction > 0 else "lower"
    if round_half_away(size, spec.decimals) and write(spec, before) == write(spec, after):
        return f"nearly the same as {was}"
    if round_half_away(size, spec.decimals) == 0:
        least = f"{10**-spec.decimals:.{spec.decimals}f}"
        words = "a percentage point" if spec.unit == "percent" else unit_words(spec.unit)
        return (
            f"less than {least} {'of ' if spec.unit == 'percent' else ''}{words} {side} than {was}"
        )
    text = format_number(size, spec.decimals)
    if spec.unit == "percent":
        noun = "percentage point" if text == "1.0" else "percentage points"
        return f"{text} {noun} {side} than {was}"
    return f"{text} {unit_words(spec.unit)} {side} than {was}".replace("  ", " ")


def _relative(amount: Decimal) -> str:
    """A change in percent, which is something even where it rounds to nothing."""
    return format_relative_change(amount) if round_half_away(abs(amount), 1) else "less than 0.1%"


def _without_number(spec: IndicatorSpec, now: Value | None, period: Period) -> str:
    if now is None:
        return f"{spec.title}: no number for {period.label}."
    if now.is_partial and now.is_rolled_up:
        have = "has" if now.there[0] == 1 else "have"
        return f"{spec.title}: no number for {period.label}: {now.coverage} {have} one."
    if now.is_partial:
        verb = "was" if now.there[0] == 1 else "were"
        return f"{spec.title}: no number for {period.label} yet: {now.coverage} {verb} sent."
    return f"{spec.title}: no number for {period.label} ({missing_words(now.status)})."


@dataclass(frozen=True)
class _Verdict:
    """What control charts say of a period: of the number itself (`is_own`) or of its months or quarters, with the side
    of a special cause."""

    words: str
    is_own: bool = False
    side: Direction | None = None


def _said(
    spec: IndicatorSpec, values: Sequence[Value], now: Value, rebases: Collection[Period]
) -> list[str]:
    """The number, its change on a year before, and what the chart says of it, in sentences. A special cause stands
    behind a colon only where it goes the way of the change, usual variation only where the chart shows it of both, and
    no verdict does where limits begin anew between the two; else it would seem to be said of the change."""
    verdict = _judged(spec, values, now, rebases)
    before = _of(values, now.period.year_before())
    if before is None or not before.is_reported:
        return _alone(spec, values, now, rebases, verdict)
    said = f"{level(spec, now)}, {change(spec, before, now)}"
    if verdict is None:
        return [f"{said}.", _unjudged(spec, values, now, rebases)]
    anew = series.rebase_between(spec, before, now, rebases)
    if anew is not None:
        begun = f"Limits begin anew with {anew.label}"
        return [f"{said}.", f"{begun}; since then {_clause(now, verdict)}."]
    if verdict.side is not None and verdict.side != _way(before, now):
        return [f"{said}.", f"On its chart {_clause(now, verdict)}."]
    earlier = "" if SPECIAL in verdict.words else _earlier(spec, values, now, before, rebases)
    if earlier:
        clause = f"On its chart {_clause(now, verdict)}" if verdict.is_own else verdict.words
        return [f"{said}.", f"{clause[0].upper()}{clause[1:]}; {earlier}."]
    return [f"{said}: {verdict.words}."]


def _earlier(
    spec: IndicatorSpec,
    values: Sequence[Value],
    now: Value,
    before: Value,
    rebases: Collection[Period],
) -> str:
    """That the period a year before was a special cause, or some of its parts were, on the chart on which a number is
    within usual variation: from it to this number was more than that. Empty where none was."""
    for kind in FINER[now.period_type]:
        recent = limits.window(_up_to(now, kind, values))
        chart = limits.chart(recent, spec, rebases) if recent else None
        if chart is None or chart.refusal is not None:
            continue
        inside = [one for one in chart.points if before.period.contains(one.label)]
        flagged = [one for one in inside if one.rule is not None]
        if not flagged:
            return ""
        last = flagged[-1]
        if last.rule is None or last.direction is None:
            return ""
        reason = SpecialCause(last.rule, last.direction).words
        named = f"{_name(str(last.judgement))}, {reason}"
        if kind == now.period_type:
            return f"{before.period.label} was {named}"
        if len(flagged) == 1:
            return f"of those of {before.period.label}, {last.label.label} was {named}"
        many = f"{len(flagged)} of those" if len(flagged) < len(inside) else "all those"
        latest = f"{last.label.label}{_aside(str(last.judgement))}, {reason}"
        return f"{many} of {before.period.label} were special causes, the latest of them {latest}"
    return ""


def _alone(
    spec: IndicatorSpec,
    values: Sequence[Value],
    now: Value,
    rebases: Collection[Period],
    verdict: _Verdict | None,
) -> list[str]:
    """The number without one of a year before, in sentences; and whether it holds figures of two kinds."""
    absent = f"There is no number for {now.period.year_before().label} to compare it with"
    mixed = [
        f"It holds figures from before and after {one.period.label}, from when on {one.why}."
        for one in series.breaks_within(now)
    ]
    if verdict is not None:
        return [f"{level(spec, now)}: {verdict.words}.", *mixed, f"{absent}."]
    if mixed:
        return [f"{level(spec, now)}.", *mixed, f"{absent}."]
    why = _unjudged(spec, values, now, rebases)
    if why == f"{TOO_FEW}.":
        return [f"{level(spec, now)}.", f"{absent}, and {why[0].lower()}{why[1:]}"]
    return [f"{level(spec, now)}.", f"{absent}.", why]


def _clause(now: Value, verdict: _Verdict) -> str:
    """A verdict as a clause of its own: `June 2025 is within usual variation`."""
    return f"{now.period.label} is {verdict.words}" if verdict.is_own else verdict.words


def _unjudged(
    spec: IndicatorSpec, values: Sequence[Value], now: Value, rebases: Collection[Period]
) -> str:
    """Why a number is not told from chance; of rare events what the time between them says."""
    known = _up_to(now, now.period_type, values)
    refusal = limits.chart(limits.window(known), spec, rebases).refusal or ""
    if refusal == limits.RARE:
        return rare_events.said(rare_events.chart(spec, known, rebases), now.period_type)
    return f"{TOO_FEW}." if refusal.startswith("too few") else f"No limits: {refusal}."


def _up_to(now: Value, kind: str, values: Sequence[Value]) -> list[Value]:
    """The values of a kind of period that do not lie after a number, in order."""
    known = (one for one in values if one.period_type == kind)
    return sorted(
        (one for one in known if one.period.last <= now.period.last), key=lambda one: one.period
    )


def _way(before: Value, now: Value) -> Direction | None:
    """Which way two values go; None where they are the same or do not compare."""
    if before.value is None or now.value is None or series.break_between(before, now):
        return None
    gap = now.value - before.value
    return None if not gap else Direction.HIGH if gap > 0 else Direction.LOW


def _judged(
    spec: IndicatorSpec, values: Sequence[Value], now: Value, rebases: Collection[Period]
) -> _Verdict | None:
    """What the control charts say of the period: of its own kind where that has limits, with the side of a special
    cause; of its parts where that has none, or where it shows none and they do, so that no kind of period is told as if
    another said nothing. None where no limits judge any."""
    steady = None
    for kind in FINER[now.period_type]:
        recent = limits.window(_up_to(now, kind, values))
        chart = limits.chart(recent, spec, rebases) if recent else None
        if chart is None or chart.refusal is not None:
            continue
        if kind == now.period_type:
            steady = _Verdict(_own_chart(chart), is_own=True, side=chart.variation.direction)
            if steady.side is not None:
                return steady
            continue
        inside = [one for one in chart.points if now.period.contains(one.label)]
        inside = [one for one in inside if one.value is not None and one.mean is not None]
        if len(inside) * chart.points[-1].label.length != now.period.length:
            continue
        said = _parts_chart(chart, inside, kind)
        later = any(one.is_reported and one.period.last > now.period.last for one in values)
        said += f", as known in {inside[-1].label.label}" if later else ""
        if any(point.rule is not None for point in inside):
            return (
                _Verdict(f"{steady.words}, while {said}", is_own=True) if steady else _Verdict(said)
            )
        steady = steady or _Verdict(said)
    return steady


def _own_chart(chart: Chart[Period]) -> str:
    seen = chart.variation
    provisional = f" ({PROVISIONAL})" if chart.provisional else ""
    if seen.rule is None or seen.direction is None:
        return f"within usual variation{provisional}"
    reason = SpecialCause(seen.rule, seen.direction).words
    return f"{_name(str(seen.icon))}, {reason}{provisional}"


def _parts_chart(chart: Chart[Period], inside: Sequence[Point[Period]], kind: str) -> str:
    """What the chart of the months or quarters that make up a period says of them, and since when the latest special
    cause of them lasts."""
    flagged = [point for point in inside if point.rule is not None]
    provisional = f" ({PROVISIONAL})" if chart.provisional else ""
    if not flagged:
        return f"its {PARTS[kind]} lie within usual variation{provisional}"
    last = flagged[-1]
    if last.rule is None or last.direction is None:
        return ""
    reason = SpecialCause(last.rule, last.direction).words
    known = [one for one in chart.points if one.value is not None]
    run = limits.run_of(known[: known.index(last) + 1])
    first = run[0].label
    since = f", since {first.label}" if first < inside[0].label and limits.lasts(run) else ""
    if len(flagged) == 1:
        named = _name(str(last.judgement))
        return f"of its {PARTS[kind]}, {last.label.label} is {named}, {reason}{since}{provisional}"
    parts = f"{len(flagged)} of its {len(inside)}" if len(flagged) < len(inside) else "all of its"
    latest_one = f"{last.label.label}{_aside(str(last.judgement))}"
    return f"{parts} {PARTS[kind]} are special causes, the latest of them {latest_one}, {reason}{since}{provisional}"


def _name(judgement: str) -> str:
    """A judgement as a noun: `a special cause`, or whether it is an improvement or a concern."""
    return f"a special cause{_aside(judgement)}"


def _aside(judgement: str) -> str:
    named = {"improvement": " (an improvement)", "concern": " (a concern)"}
    return named.get(judgement, "")


def target_sentence(spec: IndicatorSpec, now: Value) -> str:
    """Whether a number meets the target that counted on its period's last day; empty where none did."""
    target = spec.target_on(now.period.end)
    if target is None:
        return ""
    words = target_words(spec, target)
    if meets(spec, now):
        return f"The target ({words}) is met."
    if target.upper is not None or now.value is None:
        return f"The target ({words}) is missed."
    gap = round_half_away(abs(now.value - target.value), spec.decimals)
    least = Decimal(1).scaleb(-spec.decimals)
    size = format_number(gap, spec.decimals) if gap else f"less than {least}"
    unit = " percentage points" if spec.unit == "percent" else f" {unit_words(spec.unit)}".rstrip()
    return f"The target ({words}) is missed by {size}{unit}."


def _of(values: Sequence[Value], period: Period) -> Value | None:
    return next(
        (one for one in values if one.period == period and one.period_type == period.kind), None
    )
