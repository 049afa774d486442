"""The course of a chart in words: where each of its lines or rows of bars begins and ends, how low and high it was
between, and what the control chart drawn with it says.

Arithmetic only: nothing is called a rise or a fall. Nothing is said across a break of a series.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb.numbers import format_value, with_and
from lscb.periods import Period, between
from performance.indicators import series
from performance.indicators.limits import reachable
from performance.indicators.series import Value, write
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import CodeList
from performance.statistics.spc import MINIMUM, Chart

Judged = Chart[Period]


@dataclass(frozen=True)
class Told:
    """One series of a chart: its name (empty where it is the only one), its indicator, its values."""

    name: str
    spec: IndicatorSpec
    values: Sequence[Value]


def course(listed: Sequence[Told]) -> str:
    """`From 2018/19 to 2020/21: under 1 from 112 to 98; 1 to 4 from 203 to 240 (lowest 190 in 2019/20).` Where no
    series has two numbers that compare, the numbers of several series; nothing of a single number."""
    runs = [(one, _run(one.values)) for one in listed]
    runs = [(one, run) for one, run in runs if run]
    if not any(len(run) > 1 for _, run in runs):
        said = [f"{one.name} {write(one.spec, run[-1])} in {_span(run)}" for one, run in runs]
        before = _before(listed)
        return joined(f"{'; '.join(said).strip()}.", before) if len(said) > 1 or before else ""
    spans = Counter((run[0].period, run[-1].period) for _, run in runs if len(run) > 1)
    span = first, last = spans.most_common(1)[0][0]
    words = "; ".join(
        _ends(one, run) + ("" if (run[0].period, run[-1].period) == span else f", {_span(run)}")
        for one, run in runs
    )
    gaps = _gaps(
        [run for _, run in runs], max(value.period for one in listed for value in one.values)
    )
    return joined(f"From {first.label} to {last.label}: {words}.{gaps}", _before(listed))


def _before(listed: Sequence[Told]) -> str:
    """The stretches of figures that do not compare with the last ones, each by itself; empty where there are none."""
    told = []
    for one in listed:
        known = sorted((value for value in one.values if value.is_reported), key=_when)
        earlier = series.stretches(known)[:-1] if known else []
        told += [f"{_ends(one, run)}{', ' if run[1:] else ' in '}{_span(run)}" for run in earlier]
    return f"Not comparable with these: {'; '.join(told)}." if told else ""


def _when(value: Value) -> Period:
    return value.period


def alone(spec: IndicatorSpec, values: Sequence[Value]) -> str:
    """The course of a single series; of totals to date, which begin anew in April, that of each financial year."""
    known = sorted((one for one in values if one.is_reported), key=lambda one: one.period)
    if not known or known[0].period_type != "ytd":
        return course([Told("", spec, values)])
    years: dict[Period, list[Value]] = {}
    for one in known:
        years.setdefault(one.period.year, []).append(one)
    words = "; ".join(
        f"{year.label} {write(spec, run[-1])} up to {run[-1].period.label}"
        + (f", from {write(spec, run[0])} up to {run[0].period.label}" if run[1:] else "")
        for year, run in years.items()
    )
    return f"To date, anew from each April: {words}."


def of_categories(
    spec: IndicatorSpec,
    codes: CodeList,
    order: Sequence[str],
    known: Mapping[tuple[str, Period], Value],
    periods: Sequence[Period],
) -> str:
    """The course of each category (codes in `order`) over the periods that are drawn."""
    listed = [
        Told(codes.label(code), spec, [known[code, one] for one in periods if (code, one) in known])
        for code in order
    ]
    return course(listed)


def ranked(spec: IndicatorSpec, codes: CodeList, values: Sequence[Value]) -> str:
    """The bars of one period in their order: `In order: Schools 27.6%; Police 27.3%.`"""
    known = [one for one in values if one.value is not None]
    words = "; ".join(f"{codes.label(one.category)} {write(spec, one)}" for one in known)
    return f"In order: {words}." if words else ""


def joined(*sentences: str) -> str:
    """Sentences as one text, without the empty ones."""
    return " ".join(one for one in sentences if one)


def control(spec: IndicatorSpec, chart: Judged) -> str:
    """What the lines and signs of a control chart show: `The mean is 267.0, usual variation 210 to 324. Marked as a
    concern: March 2024.` Empty where no limits are drawn."""
    lined = [one for one in chart.points if one.lower is not None and one.upper is not None]
    if not lined:
        return ""
    last = lined[-1]
    ends = (last.mean, *reachable(spec, last.lower, last.upper))
    mean, low, high = (format_value(one, spec.unit, places=1) for one in ends)
    said = [_lines(chart, last.segment, f"{mean}, usual variation {low} to {high}")]
    for judgement in dict.fromkeys(str(one.judgement) for one in chart.points if one.rule):
        labels = [one.label.label for one in chart.points if one.judgement == judgement]
        said.append(f"Marked as {article(judgement)}: {with_and(labels)}.")
    if len(said) == 1:
        said.append("No point is marked as a special cause.")
    return " ".join(said)


def _lines(chart: Judged, segment: int, lines: str) -> str:
    """The lines of a segment with its time: the last that has limits, after which limits may begin anew."""
    part, latest = chart.segments[segment], chart.segments[-1]
    if part is not latest:
        was = f"From {part.first.label} to {part.last.label} the mean was {lines}."
        if chart.refusal != latest.refusal:
            return f"{was} No limits after: {chart.refusal}."
        return (
            f"{was} Limits begin anew with {latest.first.label} and need {MINIMUM} points; "
            f"there are {latest.points}."
        )
    since = f"Since {part.first.label} the" if segment else "The"
    return f"{since} mean is {lines}."


def article(judgement: str) -> str:
    """A judgement as a noun: `a concern`, `a special cause, high`."""
    named = {"improvement": "an improvement", "concern": "a concern"}
    return named.get(judgement, f"a {judgement}")


def _run(values: Sequence[Value]) -> list[Value]:
    """The numbers of a series since its last break, in order."""
    known = sorted((one for one in values if one.is_reported), key=lambda one: one.period)
    return series.stretches(known)[-1] if known else []


def _ends(one: Told, run: Sequence[Value]) -> str:
    """`under 1 from 112 to 98 (highest 130 in 2019/20)`."""
    first, last = run[0], run[-1]
    name = f"{one.name} " if one.name else ""
    if len(run) == 1:
        return f"{name}{write(one.spec, last)}"
    beyond = []
    low = min(run, key=lambda value: value.value or 0)
    high = max(run, key=lambda value: value.value or 0)
    for word, value in (("lowest", low), ("highest", high)):
        if value.value not in (first.value, last.value):
            beyond.append(f"{word} {write(one.spec, value)} in {value.period.label}")
    aside = f" ({', '.join(beyond)})" if beyond else ""
    return f"{name}from {write(one.spec, first)} to {write(one.spec, last)}{aside}"


def _span(run: Sequence[Value]) -> str:
    first, last = run[0].period.label, run[-1].period.label
    return first if first == last else f"from {first} to {last}"


def _gaps(runs: Sequence[Sequence[Value]], last: Period) -> str:
    """The periods from the first number to the `last` that is drawn for which no series has a number."""
    known = {value.period for run in runs for value in run}
    absent = [one.label for one in between(min(known), last) if one not in known]
    return f" No number for {with_and(absent)}." if absent else ""
