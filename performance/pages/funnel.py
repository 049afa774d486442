"""All areas by size: the funnel of an indicator's yearly values around the country's, with its words and its table.

Between the limits an area differs from the middle by no more than chance explains for its size; where so many areas lie
outside that something else than chance sets all of them apart, that is said instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lscb.numbers import format_interval, format_value, plural, unit_words
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.pages import chart_parts, colours
from performance.pages.cells import Cell, number_address
from performance.pages.chart_parts import QUIET, SOFT, Figure
from performance.pages.frames import frame
from performance.pages.panel import Panel
from performance.statistics.comparison import funnel_proportion, funnel_rate, overdispersed
from performance.statistics.intervals import Z95, Z998

FEWEST = 5  # areas that make a funnel
STEPS = 40  # points of a limit's line
WITHIN = "Within the limits"
LEVELS = ((Z998, "99.8% limits"), (Z95, "95% limits"))


@dataclass(frozen=True)
class Middle:
    """What the limits lie around: its name, its value, and the code of the area that it is of, if any."""

    name: str
    value: float
    area: str = ""


@dataclass(frozen=True)
class Point:
    """An area of the funnel: its base, its value, how it stands to the limits, where the value comes from."""

    name: str
    base: float
    value: float
    words: str
    address: str
    is_own: bool = False


def funnel(
    spec: IndicatorSpec,
    own: Value,
    others: Mapping[str, Value],
    names: Mapping[str, str],
    wider: Sequence[str],
) -> Panel:
    """The funnel of an area's own value and those of others (by area code) that have their counts. The codes in
    `wider` (country, region) are no points; the country is the middle. Without a figure the panel says why."""
    empty = Panel(
        id="funnel",
        title=f"{spec.title}: all areas by size, {own.period.label}",
        indicator=spec.id,
        period_type=own.period_type,
        breakdown=ALL,
        figure=None,
        summary="",
    )
    counted = _counted(own, others, wider)
    middle = _middle(spec, counted, others, names, wider)
    why = _why_not(spec, own, counted, middle)
    if why:
        return replace(empty, unavailable=why)
    points = sorted(
        (
            _point(spec, one, names.get(code, code), middle, is_own=code == own.area)
            for code, one in counted.items()
        ),
        key=lambda one: -one.value,
    )
    mine = next(one for one in points if one.is_own)
    return replace(
        empty,
        figure=_figure(spec, points, middle, empty.title, colours.of_series(spec.id, own.area)),
        summary=_summary(mine, points),
        course=_course(spec, points, middle),
        columns=("Area", _base_title(spec), spec.title, "Against the limits"),
        rows=tuple(_row(spec, one) for one in points),
        signs=(
            f"Diamond: {mine.name}; dots: the other areas",
            _sense(points),
        ),
    )


def _counted(own: Value, others: Mapping[str, Value], wider: Sequence[str]) -> dict[str, Value]:
    """The areas, the own one among them, that have their counts; by code."""
    areas = {code: one for code, one in others.items() if code not in wider} | {own.area: own}
    return {
        code: one
        for code, one in areas.items()
        if one.denominator and one.numerator is not None and one.value is not None
    }


def _middle(
    spec: IndicatorSpec,
    counted: Mapping[str, Value],
    others: Mapping[str, Value],
    names: Mapping[str, str],
    wider: Sequence[str],
) -> Middle:
    """The country's value; without one all areas together."""
    country = next((code for code in wider if code in others), "")
    known = others[country].value if country else None
    if known is None:
        return Middle("all areas together", _pooled(spec, list(counted.values())))
    return Middle(names.get(country, country), known, country)


def _row(spec: IndicatorSpec, one: Point) -> tuple[Cell, ...]:
    """An area in the table."""
    return (
        Cell(one.name, is_number=False),
        Cell(format_value(one.base, "count"), address=one.address),
        Cell(format_value(one.value, spec.unit), address=one.address),
        Cell(one.words, is_number=False),
    )


def _why_not(spec: IndicatorSpec, own: Value, counted: Mapping[str, Value], middle: Middle) -> str:
    """Why there is no funnel; empty where there is one."""
    if own.area not in counted:
        return "A funnel needs the numerator and the denominator, and only a value was published."
    if len(counted) < FEWEST:
        return f"A funnel needs {FEWEST} areas with their counts; {len(counted)} have them."
    if spec.unit == "percent" and not 0 <= middle.value <= 100:
        return "A percentage that can be over 100 has no funnel."
    return "A funnel around nothing has no limits." if middle.value <= 0 else ""


def _pooled(spec: IndicatorSpec, counted: Sequence[Value]) -> float:
    """The sum of the numerators over the sum of the denominators; 0 without any."""
    top = sum(one.numerator for one in counted if one.numerator is not None)
    bottom = sum(one.denominator for one in counted if one.denominator is not None)
    return float(top * spec.multiplier / bottom) if bottom else 0.0


def _point(spec: IndicatorSpec, one: Value, name: str, middle: Middle, *, is_own: bool) -> Point:
    base, value = float(one.denominator or 0), one.value or 0.0
    words = _outside(spec, middle.value, base, value)
    return Point(name, base, value, words, number_address(one), is_own)


def limits(spec: IndicatorSpec, centre: float, base: float, z: float) -> tuple[float, float]:
    """The funnel's limits for an area of this base, in the indicator's unit."""
    return _limits(centre, base, z, None if spec.unit == "percent" else spec.multiplier)


@lru_cache(maxsize=8192)
def _limits(centre: float, base: float, z: float, per: int | None) -> tuple[float, float]:
    """The limits of a rate per so many, of a percentage where that is None. The same numbers give the same limits, so
    that of a new state of the data only those that moved are worked out."""
    found = (
        funnel_proportion(centre / 100, base, z).times(100)
        if per is None
        else funnel_rate(centre, base, per, z)
    )
    return found.lower, found.upper


def _outside(spec: IndicatorSpec, centre: float, base: float, value: float) -> str:
    for z, name in LEVELS:
        lower, upper = limits(spec, centre, base, z)
        if value > upper or value < lower:
            return f"{'Higher' if value > upper else 'Lower'}, outside the {name}"
    return WITHIN


def _base_title(spec: IndicatorSpec) -> str:
    words = spec.denominator_words
    return words[:1].upper() + words[1:]


def _outer(points: Sequence[Point]) -> int:
    """How many areas lie outside the outer limits."""
    return sum(one.words.endswith(LEVELS[0][1]) for one in points)


def _sense(points: Sequence[Point]) -> str:
    """What it means to lie inside the limits: little, where areas differ by more than chance."""
    if not overdispersed(_outer(points), len(points)):
        return "Between the limits an area differs from the middle by no more than chance explains for its size"
    return (
        "The areas differ more than chance allows: by chance about one in 500 would lie outside the "
        f"{LEVELS[0][1]}, and {_outer(points)} of these {len(points)} do. Something that the limits do not know sets "
        "them apart (how places record, their needs, their services), so that inside or outside says little of one"
    )


def _summary(mine: Point, points: Sequence[Point]) -> str:
    """How the area stands, and how many areas stand otherwise than chance explains."""
    where = mine.words[:1].lower() + mine.words[1:]
    if mine.words == WITHIN:
        where = "within the limits for its size"
    outside = _outer(points)
    said = (
        f"{mine.name} lies {where}. Of {plural(len(points), 'area')} with counts, {outside or 'none'} "
        f"{'lies' if outside in (0, 1) else 'lie'} outside the {LEVELS[0][1]}"
    )
    if overdispersed(outside, len(points)):
        return f"{said}: more than chance allows, so that inside or outside says little about one area."
    return f"{said}."


def _course(spec: IndicatorSpec, points: Sequence[Point], middle: Middle) -> str:
    """The middle, the limits at the area's size, and every area by how it stands."""
    mine = next(one for one in points if one.is_own)
    unit = unit_words(spec.unit)
    said = [
        f"The middle is {middle.name}, {format_value(middle.value, spec.unit)} {unit}".strip() + "."
    ]
    levels = " and ".join(
        f"the {name} are {format_interval(*limits(spec, middle.value, mine.base, z), spec.unit)}"
        for z, name in LEVELS[::-1]
    )
    bases = [one.base for one in points]
    said.append(
        f"At the size of {mine.name} ({spec.denominator_words}: {format_value(mine.base, 'count')}) {levels}; "
        f"sizes run from {format_value(min(bases), 'count')} to {format_value(max(bases), 'count')}, and the limits "
        "are the wider the smaller an area is."
    )
    for words in dict.fromkeys(one.words for one in points):
        listed = "; ".join(
            f"{one.name} {format_value(one.value, spec.unit)}"
            for one in points
            if one.words == words
        )
        said.append(f"{words}: {listed}.")
    return " ".join(said)


def _figure(
    spec: IndicatorSpec, points: Sequence[Point], middle: Middle, title: str, shade: str
) -> Figure:
    """Limits and middle as lines with their names at their ends, the areas as dots, the own one as a diamond."""
    bases = [one.base for one in points]
    low, high = min(bases) * 0.8, max(bases) * 1.1
    grid = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    data, ends = [], []
    for z, name in LEVELS:
        dash = "dash" if z == Z95 else "solid"
        found = [limits(spec, middle.value, base, z) for base in grid]
        lower, upper = [one for one, _ in found], [one for _, one in found]
        data += [
            _line(name, grid, upper, SOFT, dash) | {"meta": {"narrow": True}},
            _line(name, grid, lower, SOFT, dash),
        ]
        ends.append((name, upper[-1], SOFT))
    centre = colours.of_area(middle.area) if middle.area else SOFT
    name = middle.name[:1].upper() + middle.name[1:]
    data.append(
        _line(name, grid, [middle.value] * len(grid), centre, "dot") | {"meta": {"narrow": True}}
    )
    ends.append((name, middle.value, centre))
    data += _dots(points, shade)
    figure = frame(title, "%" if spec.unit == "percent" else spec.unit, data)
    figure["layout"]["xaxis"] |= {
        "type": "linear",
        "range": [low, high],
        "title": {"text": _base_title(spec), "font": {"size": 13, "color": SOFT}},
        "nticks": 8,
        "tickformat": ",",
    }
    figure["layout"]["margin"]["b"] = 48
    chart_parts.values_range(figure, zero=False)
    figure["layout"]["annotations"].append(
        _name_of(next(one for one in points if one.is_own), shade)
    )
    return chart_parts.with_end_labels(figure, ends)


def _line(name: str, grid: list[float], heights: list[float], shade: str, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "showlegend": False,
        "hoverinfo": "skip",
        "x": grid,
        "y": heights,
        "line": {"color": shade, "width": 1.2, "dash": dash},
    }


def _dots(points: Sequence[Point], own: str) -> list[Figure]:
    """The other areas, and the own one above them."""
    drawn = (
        ("Other areas", [one for one in points if not one.is_own], QUIET, 8, "circle"),
        (
            next(one.name for one in points if one.is_own),
            [one for one in points if one.is_own],
            own,
            14,
            "diamond",
        ),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "showlegend": False,
            "x": [one.base for one in listed],
            "y": [one.value for one in listed],
            "text": [one.name for one in listed],
            "hovertemplate": "%{text}: %{y:,.1f} of %{x:,}<extra></extra>",
            "marker": {"color": shade, "size": size, "symbol": sign},
        }
        for name, listed, shade, size, sign in drawn
    ]


def _name_of(one: Point, shade: str) -> Figure:
    """The name above a point."""
    return {
        "name": "point",
        "xref": "x",
        "yref": "y",
        "x": one.base,
        "y": one.value,
        "yshift": 18,
        "text": one.name,
        "showarrow": False,
        "bgcolor": "#ffffffb3",
        "font": {"size": 13, "color": shade},
    }
