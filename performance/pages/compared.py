"""An indicator against other places and its own past, in words and with a funnel.

Against a benchmark (England, region, the middle of the neighbours) words come from the 95% interval of the area's own
value: higher, lower or similar. Against the area's own year before their difference is tested, because both vary. A
count of another place is never a comparison. Statistical neighbours are given as mean and as median, because published
tools differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lscb.numbers import format_change, format_interval, format_number, format_value, unit_words
from performance.indicators.series import Value, break_between, write
from performance.indicators.spec import IndicatorSpec
from performance.pages.cells import number_address
from performance.pages.funnel import funnel
from performance.pages.panel import Panel
from performance.statistics.comparison import against, neighbours
from performance.statistics.disparity import rate_ratio
from performance.statistics.intervals import Interval, newcombe

TWO_YEARS = "two years only; the chart judges changes over time"


@dataclass(frozen=True)
class ComparedRow:
    """One comparison: with what, its value, and whether the area is higher, lower or similar, or why that is not
    said."""

    name: str
    value: str
    words: str
    note: str = ""
    address: str = ""  # where the value comes from
    of: tuple["ComparedRow", ...] = ()  # the neighbours behind a median, and the mean beneath it


@dataclass(frozen=True)
class Compared:
    """The comparisons of a period. Without any, `refusal` says why."""

    period: str
    own: str
    rows: tuple[ComparedRow, ...]
    refusal: str = ""
    funnel: Panel | None = None


@dataclass(frozen=True)
class Model:
    """A model of statistical neighbours: its name and the areas' codes, the nearest first."""

    name: str
    codes: tuple[str, ...]


def compare(
    spec: IndicatorSpec,
    own: Value | None,
    before: Value | None,
    others: Mapping[str, Value],
    names: Mapping[str, str],
    wider: Sequence[str],
    models: Sequence[Model],
) -> Compared:
    """The comparisons of an area's yearly value. `others` are the values of the same year by area code, `wider` the
    codes of country and region, `models` the neighbours."""
    if spec.unit == "count":
        why = "A count says nothing beside that of a place of another size: compare a rate or a percentage."
        return Compared("", "", (), why)
    if own is None or own.value is None:
        return Compared("", "", (), "There is no yearly figure to compare.")
    rows = [
        replace(
            _row(spec, own, names.get(code, code), others[code].value, _base(others[code])),
            address=number_address(others[code]),
        )
        for code in wider
        if code in others and others[code].value is not None
    ]
    for model in models:
        rows += _neighbour_rows(spec, own, model, others, names)
    if before is not None and before.value is not None:
        words, note = _past_words(spec, own, before)
        rows.append(
            ComparedRow(
                f"Its own {before.period.label}",
                write(spec, before),
                words,
                note,
                number_address(before),
            )
        )
    return Compared(
        period=own.period.label,
        own=f"{write(spec, own)} {unit_words(spec.unit)}".strip(),
        rows=tuple(rows),
        refusal="" if rows else "No other place has a figure for this year.",
        funnel=funnel(spec, own, others, names, wider),
    )


def _row(
    spec: IndicatorSpec, own: Value, name: str, value: float | None, note: str = ""
) -> ComparedRow:
    words = "" if value is None else _words(spec, own, value)
    return ComparedRow(name, format_value(value, spec.unit), words, note)


def _base(value: Value) -> str:
    return "as printed" if value.published else ""


def _words(spec: IndicatorSpec, own: Value, benchmark: float) -> str:
    """`Lower`, judged by the interval of the area's own value; without one that is said."""
    if own.lower is None or own.upper is None:
        return "Cannot be judged: the figure has no interval"
    found = against(Interval(own.lower, own.upper, ""), benchmark)
    interval = format_interval(own.lower, own.upper, spec.unit)
    return f"{found.capitalize()} (95% interval {interval})"


def _past_words(spec: IndicatorSpec, own: Value, before: Value) -> tuple[str, str]:
    """How a year stands to the one before, by the interval of their difference; and that two years are no trend."""
    broken = break_between(before, own)
    if broken:
        return broken.words, ""
    words = difference_words(spec, own, before)
    counted = sum(one.numerator is not None and bool(one.denominator) for one in (own, before))
    lacks = {2: "one of the two figures has no interval", 0: "neither figure has its counts"}
    why = lacks.get(counted, "one of the two figures has no counts")
    return words or f"Cannot be judged: {why}", TWO_YEARS


def difference_words(spec: IndicatorSpec, own: Value, other: Value) -> str:
    """`Similar (a difference of +0.8 points, 95% interval −0.1 to +1.7)`: two estimates by the interval of their
    difference (Newcombe's for percentages, the Poisson rate ratio for rates), which is similar where it holds none.
    Empty where the counts of one are not known; a count of none has no ratio, which is said."""
    if not (_is_estimate(own) and _is_estimate(other)):
        return ""
    mine, base = float(own.numerator or 0), float(own.denominator or 0)
    theirs, other_base = float(other.numerator or 0), float(other.denominator or 0)
    if spec.unit == "percent":
        found = newcombe(mine, base, theirs, other_base).times(100)
        gap = format_change(mine * 100 / base - theirs * 100 / other_base, spec.unit)
        size = "no difference" if gap == "no change" else f"a difference of {gap}"
        ends = " to ".join(_signed(one) for one in (found.lower, found.upper))
        return f"{against(found, 0).capitalize()} ({size}, 95% interval {ends})"
    ratio = rate_ratio(int(mine), base, int(theirs), other_base)
    if ratio.interval is None or ratio.comparison is None or ratio.value is None:
        return "Cannot be judged: a ratio to or of none has no interval"
    ends = " to ".join(
        format_number(one, 2) for one in (ratio.interval.lower, ratio.interval.upper)
    )
    return f"{ratio.comparison.capitalize()} ({format_number(ratio.value, 2)} times, 95% interval {ends})"


def _is_estimate(value: Value) -> bool:
    """Whether a value has sampling error (an interval) and both its counts are known."""
    counted = value.numerator is not None and bool(value.denominator)
    return counted and value.lower is not None and value.upper is not None


def _signed(points: float) -> str:
    """An end of an interval of points, with its sign."""
    text = format_number(points, 1)
    return f"+{text}" if points > 0 else text


def _neighbour_rows(
    spec: IndicatorSpec,
    own: Value,
    model: Model,
    others: Mapping[str, Value],
    names: Mapping[str, str],
) -> list[ComparedRow]:
    listed = [others[code].value if code in others else None for code in model.codes]
    found = neighbours(listed)
    if not found.used:
        return []
    used = f"{found.used} of {found.used + found.missing} neighbours, {model.name} model"
    of = tuple(
        ComparedRow(names.get(code, code), write(spec, one), "", address=number_address(one))
        for code in model.codes
        if (one := others.get(code)) and one.value is not None
    )
    return [
        replace(_row(spec, own, f"Statistical neighbours, {kind}", value, used), of=behind)
        for kind, value, behind in (("median", found.median, of), ("mean", found.mean, ()))
    ]
