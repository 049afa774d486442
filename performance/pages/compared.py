"""An indicator against other places and its own past, in words and with a funnel.

Words come from the 95% interval of the area's own value: higher, lower or similar. A count of another place is never a
comparison. Statistical neighbours are given as mean and as median, because published tools differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lscb.numbers import format_interval, format_value, unit_words
from performance.indicators.series import Value, break_between
from performance.indicators.spec import IndicatorSpec
from performance.pages import chart_parts, wording
from performance.pages.cells import number_address
from performance.pages.chart_parts import BLUE, CONCERN, SOFT, Figure
from performance.statistics.comparison import against, funnel_proportion, funnel_rate, neighbours
from performance.statistics.intervals import Z95, Z998, Interval

FEWEST = 5  # areas that make a funnel


@dataclass(frozen=True)
class ComparedRow:
    """One comparison: with what, its value, and whether the area is higher, lower or similar, or why that is not
    said."""

    name: str
    value: str
    words: str
    note: str = ""
    address: str = (
        ""  # where the value comes from; a mean or median of neighbours comes from theirs
    )


@dataclass(frozen=True)
class FunnelRow:
    """One area of the funnel: its base, its value, and how it stands to the limits."""

    name: str
    base: str
    value: str
    words: str
    address: str = ""  # where the value comes from


@dataclass(frozen=True)
class Compared:
    """The comparisons of a period. Without any, `refusal` says why."""

    period: str
    own: str
    rows: tuple[ComparedRow, ...]
    refusal: str = ""
    funnel: Figure | None = None
    funnel_rows: tuple[FunnelRow, ...] = ()
    funnel_refusal: str = ""


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
        rows += _neighbour_rows(spec, own, model, others)
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
    areas = {code: one for code, one in others.items() if code not in wider}
    figure, listed, refusal = funnel(spec, own, areas, others, names, wider)
    return Compared(
        period=own.period.label,
        own=f"{wording.write(spec, own)} {unit_words(spec.unit)}".strip(),
        rows=tuple(rows),
        refusal="" if rows else "No other place has a figure for this year.",
        funnel=figure,
        funnel_rows=listed,
        funnel_refusal=refusal,
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
    spec: IndicatorSpec, own: Value, model: Model, others: Mapping[str, Value]
) -> list[ComparedRow]:
    listed = [others[code].value if code in others else None for code in model.codes]
    found = neighbours(listed)
    if not found.used:
        return []
    used = f"{found.used} of {found.used + found.missing} neighbours, {model.name} model"
    return [
        _row(spec, own, f"Statistical neighbours, {kind}", value, used)
        for kind, value in (("median", found.median), ("mean", found.mean))
    ]


def funnel(
    spec: IndicatorSpec,
    own: Value,
    areas: Mapping[str, Value],
    others: Mapping[str, Value],
    names: Mapping[str, str],
    wider: Sequence[str],
) -> tuple[Figure | None, tuple[FunnelRow, ...], str]:
    """The funnel of all areas with their base, around the country's value; or why there is none."""
    points = {
        code: (float(one.denominator), one.value)
        for code, one in {**areas, own.area: own}.items()
        if one.denominator and one.numerator is not None and one.value is not None
    }
    if own.area not in points:
        return (
            None,
            (),
            "A funnel needs the numerator and the denominator, and only a value was published.",
        )
    if len(points) < FEWEST:
        return (
            None,
            (),
            f"A funnel needs {FEWEST} areas with their counts; {len(points)} have them.",
        )
    country = next((others[code].value for code in wider if code in others), None)
    centre = country if country is not None else _pooled(spec, areas, own)
    if spec.unit == "percent" and not 0 <= centre <= 100:
        return None, (), "A percentage that can be over 100 has no funnel."
    if centre <= 0:
        return None, (), "A funnel around nothing has no limits."
    figure = _funnel_figure(spec, own, points, centre, names)
    rows = tuple(
        FunnelRow(
            names.get(code, code),
            format_value(base, "count"),
            format_value(value, spec.unit),
            _outside(spec, centre, base, value),
            number_address(own if code == own.area else areas[code]),
        )
        for code, (base, value) in sorted(points.items(), key=lambda one: -one[1][1])
    )
    return figure, rows, ""


def _pooled(spec: IndicatorSpec, areas: Mapping[str, Value], own: Value) -> float:
    """The sum of the numerators over the sum of the denominators."""
    known = [one for one in (*areas.values(), own) if one.numerator is not None and one.denominator]
    top = sum(one.numerator for one in known if one.numerator is not None)
    bottom = sum(one.denominator for one in known if one.denominator is not None)
    return float(top * spec.multiplier / bottom)


def limits(spec: IndicatorSpec, centre: float, base: float, z: float) -> tuple[float, float]:
    """The funnel's limits for an area of this base, in the indicator's unit."""
    if spec.unit == "percent":
        found = funnel_proportion(centre / 100, base, z).times(100)
    else:
        found = funnel_rate(centre, base, spec.multiplier, z)
    return found.lower, found.upper


def _outside(spec: IndicatorSpec, centre: float, base: float, value: float) -> str:
    for z, words in ((Z998, "outside the 99.8% limits"), (Z95, "outside the 95% limits")):
        lower, upper = limits(spec, centre, base, z)
        if value > upper or value < lower:
            return f"{'Higher' if value > upper else 'Lower'}, {words}"
    return "Within the limits"


def _funnel_figure(
    spec: IndicatorSpec,
    own: Value,
    points: Mapping[str, tuple[float, float]],
    centre: float,
    names: Mapping[str, str],
) -> Figure:
    bases = [base for base, _ in points.values()]
    low, high = min(bases) * 0.8, max(bases) * 1.1
    grid = [low + (high - low) * step / 40 for step in range(41)]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "showlegend": side == 0,
            "hoverinfo": "skip",
            "x": grid,
            "y": [limits(spec, centre, base, z)[side] for base in grid],
            "line": {"color": SOFT, "width": 1, "dash": dash},
        }
        for z, name, dash in ((Z95, "95% limits", "dash"), (Z998, "99.8% limits", "solid"))
        for side in (0, 1)
    ]
    data += _places(own, points, names)
    figure = chart_parts.frame(
        f"{spec.title}: funnel", "%" if spec.unit == "percent" else spec.unit, data
    )
    figure["layout"]["xaxis"] |= {
        "type": "linear",
        "title": {"text": "Base"},
        "tickformat": ",",
    }
    return figure


def _places(
    own: Value, points: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> list[Figure]:
    """The other areas as dots, the own one as a diamond above them."""
    others = [code for code in points if code != own.area]
    drawn = (
        ("Other areas", others, BLUE, 8, "circle"),
        (names.get(own.area, own.area), [own.area], CONCERN, 13, "diamond"),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [points[code][0] for code in codes],
            "y": [points[code][1] for code in codes],
            "text": [names.get(code, code) for code in codes],
            "hovertemplate": "%{text}: %{y:,.1f} of %{x:,}<extra></extra>",
            "marker": {"color": shade, "size": size, "symbol": symbol},
        }
        for name, codes, shade, size, symbol in drawn
    ]
