"""An indicator against other places and its own past, in words and with a funnel.

Words come from the 95% interval of the area's own value: higher, lower or similar. A count of another place is never a
comparison. Statistical neighbours are given as mean and as median, because published tools differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lscb.numbers import format_interval, format_value, unit_words
from performance.indicators.series import Value, break_between
from performance.indicators.spec import IndicatorSpec
from performance.pages import wording
from performance.pages.cells import number_address
from performance.pages.dashboards import Panel
from performance.pages.funnel import funnel
from performance.statistics.comparison import against, neighbours
from performance.statistics.intervals import Interval


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
                wording.write(spec, before),
                words,
                note,
                number_address(before),
            )
        )
    return Compared(
        period=own.period.label,
        own=f"{wording.write(spec, own)} {unit_words(spec.unit)}".strip(),
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
    """How a year stands to the one before: other only where each lies outside the other's interval, because both vary.
    Whether it is more than the usual variation of the years is for the chart to say."""
    broken = break_between(before, own)
    if broken:
        return broken.words, ""
    words = _words(spec, own, before.value or 0)
    if own.value is None or before.lower is None or before.upper is None or own.lower is None:
        return "Cannot be judged: one of the two figures has no interval", ""
    if before.lower <= own.value <= before.upper:
        interval = format_interval(own.lower, own.upper, spec.unit)
        words = f"Similar (95% interval {interval})"
    return words, "two years only; the chart judges changes over time"


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
        replace(_row(spec, own, names.get(code, code), one.value), address=number_address(one))
        for code in model.codes
        if (one := others.get(code)) and one.value is not None
    )
    return [
        replace(_row(spec, own, f"Statistical neighbours, {kind}", value, used), of=behind)
        for kind, value, behind in (("median", found.median, of), ("mean", found.mean, ()))
    ]
