"""The controls of a dashboard: what the address says, and what it does to the charts. State lives in the address."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from urllib.parse import urlencode

from lscb.periods import Period, parse
from performance.indicators import course
from performance.indicators.course import Told
from performance.indicators.limits import window
from performance.indicators.measures import KINDS, sibling
from performance.indicators.scorecard import ChartSpec, Dashboard
from performance.indicators.series import Value
from performance.indicators.spec import PERIOD_TYPES, IndicatorSpec, PeriodType, indicators
from performance.intake.codes import ALL, code_list
from performance.pages import cells, charts, colours, dashboards
from performance.pages.cells import Cell
from performance.pages.panel import Drawn, Panel
from performance.pages.span import Span

COMPARE = {
    "past": "Its own past",
    "region": "The region",
    "england": "England",
    "neighbours": "Statistical neighbours",
}
BREAKDOWNS = (ALL, "age_band", "ethnicity", "source", "reason", "issue", "outcome", "agency")
UNITS = {"number": "Number", "percent": "Percentage", "rate": "Rate"}
DASHES = ("solid", "dash", "dot", "dashdot")  # of series in one colour
MANY = 5  # from more series than this on only one's own is named beside its line
LABELS = {
    "kind": "Periods",
    "unit": "Unit",
    "breakdown": "Break down",
    "compare": "Compare with",
    "within": "Only within",
}
DIMENSIONS = (
    "age_band",
    "ethnicity",
    "source",
    "reason",
    "issue",
)  # of which a category can be chosen


@dataclass(frozen=True)
class Controls:
    """What is chosen; empty means as the dashboard's definition has it.

    `within` is a dimension and one of its codes; `limits` draws the limits of usual variation; `table` opens tables.
    """

    first: Period | None = None
    last: Period | None = None
    period_type: PeriodType | None = None
    unit: str = ""
    breakdown: str = ""
    compare: str = ""
    within: tuple[str, str] | None = None
    limits: bool = True
    table: bool = False
    faults: tuple[str, ...] = field(default=())

    @property
    def span(self) -> Span:
        """The part of the series that is shown."""
        return Span(self.first, self.last)

    @property
    def within_text(self) -> str:
        """The choice of a category as the address holds it."""
        return ":".join(self.within) if self.within else ""

    @property
    def within_words(self) -> str:
        """The chosen category in words; empty where none is chosen."""
        if self.within is None:
            return ""
        dimension, code = self.within
        return f"{cells.breakdown_title(dimension).lower()}: {code_list(dimension).label(code)}"

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the dashboard as it is defined."""
        return self != Controls()


def read(query: Mapping[str, str]) -> Controls:
    """The controls of an address. What cannot be is left out, and `faults` says so in sentences."""
    faults: list[str] = []
    first, last = (_period(query.get(name, ""), faults) for name in ("from", "to"))
    if first and last and last.last < first.first:
        faults.append(f"{last.label} is before {first.label}; the whole time is shown.")
        first = last = None
    kind = _choice(query, "kind", PERIOD_TYPES, faults)
    dimension, _, code = _choice(query, "within", _categories(), faults).partition(":")
    return Controls(
        first=first,
        last=last,
        period_type=next((one for one in PERIOD_TYPES if one == kind), None),
        unit=_choice(query, "unit", UNITS, faults),
        breakdown=_choice(query, "breakdown", BREAKDOWNS, faults),
        compare=_choice(query, "compare", COMPARE, faults),
        within=(dimension, code) if code else None,
        limits=query.get("limits") != "0",
        table=query.get("table") == "1",
        faults=tuple(faults),
    )


def _choice(query: Mapping[str, str], name: str, known: Collection[str], faults: list[str]) -> str:
    """What an address says of a field, where it is one of its choices; else nothing."""
    text = query.get(name, "")
    if text and text not in known:
        faults.append(f"‘{text}’ is none of the choices of ‘{LABELS[name]}’; it is left out.")
        return ""
    return text


@cache
def _categories() -> frozenset[str]:
    """Every category within which a chart may be asked for, as the address holds it."""
    return frozenset(f"{one}:{code.code}" for one in DIMENSIONS for code in code_list(one))


def _period(text: str, faults: list[str]) -> Period | None:
    try:
        return parse(text.strip()) if text.strip() else None
    except ValueError as error:
        faults.append(f"{error}; it is left out.")
        return None


def chosen_chart(chart: ChartSpec, controls: Controls) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart as the controls would have it, and in sentences what they cannot change."""
    chart, notes = _in_unit(chart, controls)
    chart, more = _broken_down(chart, controls)
    if controls.period_type and controls.period_type != chart.period_type:
        chart = chart.model_copy(
            update={"period_type": controls.period_type, "title": _title(chart, controls)}
        )
    return chart, (*notes, *more)


def _in_unit(chart: ChartSpec, controls: Controls) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart of the indicator that says the same as a number, percentage or rate."""
    if not controls.unit or chart.with_indicators:
        return chart, ()
    other = sibling(chart.indicator, KINDS[controls.unit], chart.breakdown)
    fits = other in indicators() and (
        chart.breakdown == ALL or chart.breakdown in indicators()[other].breakdowns
    )
    if fits and other != chart.indicator:
        update = {"indicator": other, "title": indicators()[other].title}
        return chart.model_copy(update=update), ()
    unit = KINDS_OF_UNIT.get(indicators()[chart.indicator].unit, "rate")
    refused = not fits and unit != controls.unit
    return chart, (f"No {UNITS[controls.unit].lower()} of this is defined.",) if refused else ()


def _broken_down(chart: ChartSpec, controls: Controls) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart by the breakdown that was chosen, where its indicator keeps it."""
    wanted = controls.breakdown
    if not wanted or wanted == chart.breakdown:
        return chart, ()
    spec = indicators()[chart.indicator]
    if wanted == ALL:
        if not spec.total:
            return chart, ("It has no total.",)
        mark = "line" if chart.period_type == "month" else chart.mark
        changed = chart.model_copy(
            update={"breakdown": ALL, "mark": "bar" if mark == "stacked" else mark}
        )
        return changed.model_copy(update={"title": _title(changed, controls)}), ()
    title = cells.breakdown_title(wanted).lower()
    if chart.with_indicators:
        return chart, (f"Several indicators in one chart are not broken down by {title}.",)
    if wanted not in spec.breakdowns:
        return chart, (f"No numbers of it are kept by {title}.",)
    mark = "stacked" if spec.unit == "count" else "bar"
    changed = chart.model_copy(update={"breakdown": wanted, "mark": mark})
    return changed.model_copy(update={"title": _title(changed, controls)}), ()


def breakdowns_of(board: Dashboard) -> list[tuple[str, str]]:
    """The breakdowns that a board's indicators keep, in words."""
    kept = {one for chart in board.charts for one in indicators()[chart.indicator].breakdowns}
    listed = [(one, cells.breakdown_title(one)) for one in BREAKDOWNS[1:] if one in kept]
    return [(ALL, "Total"), *listed] if listed else []


def with_choices(panel: Panel, query: Mapping[str, str]) -> Panel:
    """A panel whose categories lead to the whole page within each of them, where their dimension can be chosen."""
    if panel.breakdown not in DIMENSIONS:
        return panel
    rest = {name: value for name, value in query.items() if name != "within"}
    rows = tuple(
        (
            replace(
                row[0],
                address=f"?{urlencode(rest | {'within': f'{panel.breakdown}:{row[0].key}'})}",
            )
            if row[0].key
            else row[0],
            *row[1:],
        )
        for row in panel.rows
    )
    return replace(panel, rows=rows)


def _title(chart: ChartSpec, controls: Controls) -> str:
    """A title that names the kind of period that is shown."""
    by = "" if chart.breakdown == ALL else f" by {cells.breakdown_title(chart.breakdown).lower()}"
    titles = [indicators()[one].title for one in (chart.indicator, *chart.with_indicators)]
    kind = dashboards.PERIOD_WORDS[controls.period_type or chart.period_type]
    return f"{'; '.join(titles)}{by}, {kind}"


KINDS_OF_UNIT = {"count": "number", "percent": "percent"}


def adjusted(
    panel: Panel, spec: IndicatorSpec, values: Sequence[Value], controls: Controls
) -> Panel:
    """A panel of a single series without its limits, where they are switched off."""
    if controls.limits or panel.figure is None or panel.breakdown != ALL or not values:
        return panel
    named = [charts.Named(spec.title, colours.of_series(spec.id, values[0].area), values)]
    figure, signs = charts.lines(panel.title, _axis(spec), named, zero=spec.unit == "count")
    return replace(panel, figure=figure, signs=signs, course=course.alone(spec, values))


def compared(
    panel: Panel,
    spec: IndicatorSpec,
    named: Sequence[tuple[str, Sequence[Value]]],
    *,
    is_moved: bool = False,
) -> Panel:
    """A panel of a single series with others beside it: lines in one chart, a column each in its table. `is_moved`:
    the others stand a year later than they were, and lead to where they were."""
    others = [
        (name, values) for name, values in named[1:] if any(one.is_reported for one in values)
    ]
    if not others:
        return replace(panel, note=_joined(panel.note, "There is nothing to compare it with."))
    series = tuple((name, tuple(values)) for name, values in (named[0], *others))
    many = len(others) > MANY
    return replace(
        _side_by_side(panel.title, spec, series, is_moved=is_moved).on(panel),
        signs=("The grey lines are the others; each is named where the pointer rests",)
        if many
        else (),
        columns=("Period", *(name for name, _ in series)),
        note=_joined(panel.note, "Limits are left out where series are compared."),
    )


@dataclass(frozen=True)
class _Compared:
    """What a panel shows of series that are compared: the figure, the rows of its table and its words."""

    figure: Drawn
    rows: tuple[tuple[Cell, ...], ...]
    course: str

    def on(self, panel: Panel) -> Panel:
        """A panel that shows it."""
        return replace(panel, figure=self.figure, rows=self.rows, course=self.course)


@lru_cache(maxsize=128)
def _side_by_side(
    title: str,
    spec: IndicatorSpec,
    series: tuple[tuple[str, tuple[Value, ...]], ...],
    *,
    is_moved: bool,
) -> _Compared:
    """The first of some series with the others beside it. The same values give the same, as of any panel."""
    many = len(series) - 1 > MANY
    recent = _recent(series)
    drawn = [_drawn(spec, *recent[0])] + [
        replace(
            _drawn(spec, name, listed, is_beside=True, is_moved=is_moved),
            dash=DASHES[place % len(DASHES)],
            quiet=many,
        )
        for place, (name, listed) in enumerate(recent[1:])
    ]
    figure, _ = charts.lines(title, _axis(spec), drawn[1:] + drawn[:1], zero=spec.unit == "count")
    told = course.course([Told(name, spec, listed) for name, listed in recent])
    return _Compared(Drawn(figure), _rows(spec, series, is_moved=is_moved), told)


def _rows(
    spec: IndicatorSpec, series: Sequence[tuple[str, Sequence[Value]]], *, is_moved: bool
) -> tuple[tuple[Cell, ...], ...]:
    """A row for each period, the newest first, with a cell of each series; `is_moved` as for `compared`."""
    periods = sorted({one.period for _, values in series for one in values}, reverse=True)
    known = [{one.period: one for one in values} for _, values in series]
    return tuple(
        (
            Cell(period.label, is_number=False),
            *(
                _beside(spec, one.get(period), is_moved=is_moved and at > 0)
                for at, one in enumerate(known)
            ),
        )
        for period in periods
    )


def _recent(
    named: Sequence[tuple[str, Sequence[Value]]],
) -> list[tuple[str, Sequence[Value]]]:
    """The series over the time that the first one's chart shows; the table holds the rest."""
    own = named[0][1]
    if not own or own[0].period_type not in ("month", "quarter"):
        return list(named)
    first = min(one.period for one in window(own))
    return [(name, [one for one in values if one.period >= first]) for name, values in named]


def _drawn(
    spec: IndicatorSpec,
    name: str,
    values: Sequence[Value],
    *,
    is_beside: bool = False,
    is_moved: bool = False,
) -> charts.Named:
    """A series in its colour: the page's own, the same a year before, or another area's beside it."""
    area = values[0].area if values else ""
    shade = colours.of_area(area) if is_beside else colours.of_series(spec.id, area)
    return charts.Named(name, colours.EARLIER if is_moved else shade, values)


def _beside(spec: IndicatorSpec, value: Value | None, *, is_moved: bool) -> Cell:
    cell = cells.value_cell(spec, value)
    if value is None or not is_moved:
        return cell
    at = Period(value.period.first - 12, value.period.length)
    return replace(cell, address=cells.number_address(value._replace(period=at)))


def addressed_within(panel: Panel, within: tuple[str, str]) -> Panel:
    """A panel whose numbers lead to where they come from within a category."""
    more = urlencode({"within": ":".join(within)})
    rows = tuple(
        tuple(
            replace(cell, address=f"{cell.address}&{more}") if cell.address else cell
            for cell in row
        )
        for row in panel.rows
    )
    return replace(panel, rows=rows)


def year_before(values: Sequence[Value]) -> list[Value]:
    """A series a year later than it was, to be laid beside the present."""
    last = max((one.period for one in values), default=None)
    moved = [
        one._replace(period=Period(one.period.first + 12, one.period.length)) for one in values
    ]
    return [one for one in moved if last is not None and one.period <= last]


def why_not_compared(spec: IndicatorSpec, chart: ChartSpec, compare: str) -> str:
    """Why a chart is not compared; empty where it is."""
    if chart.breakdown != ALL or chart.with_indicators:
        return "Only a chart of one series is compared."
    if compare != "past" and spec.unit == "count":
        return "A number of another area says nothing about this one: choose a rate or percentage."
    return ""


def with_notes(panel: Panel, notes: Sequence[str]) -> Panel:
    """A panel with more to say under its chart."""
    return replace(panel, note=_joined(panel.note, *notes)) if notes else panel


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _axis(spec: IndicatorSpec) -> str:
    return {"percent": "%", "count": "number"}.get(spec.unit, spec.unit)
