"""What dashboards and indicator pages say, as plain dataclasses: a panel is a chart, its words and its table.

Every chart has its table. Where a chart would mislead, or nothing was sent, the panel says so instead.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from lscb.periods import Period, between
from performance.indicators import course, narrative, series, terms
from performance.indicators.course import Told
from performance.indicators.series import NO_NOTES, Notes
from performance.indicators.spec import ChartSpec, IndicatorSpec, indicators
from performance.intake.codes import ALL, CodeList
from performance.pages import charts, colours, marks, scorecard, wording
from performance.pages.cells import (
    Cell,
    breakdown_title,
    category_codes,
    table_columns,
    table_rows,
    value_cell,
)
from performance.pages.chart_parts import Figure
from performance.pages.judged import is_control_chart
from performance.pages.panel import Panel
from performance.queries.observations import Printed, Value

PERIOD_WORDS = {
    "month": "by month",
    "quarter": "by quarter",
    "year": "by financial year",
    "ytd": "year to date",
    "rolling": "twelve months to the month",
}

# Numbers under which a chart would say more than they do.
POINTS = {"line": 3, "bar": 2, "stacked": 2}
CATEGORIES = 8  # more of them than this are ranked for one period instead of standing side by side
RANKED = 12  # bars of a ranking
LEGEND, LINES = 65, 3  # letters in a line of names above a chart, and lines that leave it its room
TOO_FEW = "No chart: a line or bars through so few numbers would suggest more than they say. The table holds them."


def panel(
    chart: ChartSpec,
    values: Sequence[Value],
    printed: Sequence[Printed] = (),
    notes: Notes = NO_NOTES,
    specs: Collection[IndicatorSpec] = (),
) -> Panel:
    """A dashboard's panel from the values of its indicators (of other kinds too; they are left out). `specs` are the
    definitions that hold a target set by the manager; the others are taken as their files have them. Nobody changes
    its figure: the same values give the same panel, so that of a new state of the data only those that changed are
    made."""
    return _made(chart, tuple(values), tuple(printed), notes, tuple(specs))


@lru_cache(maxsize=256)
def _made(
    chart: ChartSpec,
    values: tuple[Value, ...],
    printed: tuple[Printed, ...],
    notes: Notes,
    specs: tuple[IndicatorSpec, ...],
) -> Panel:
    known = {one.id: one for one in specs}
    told = [known.get(one, indicators()[one]) for one in (chart.indicator, *chart.with_indicators)]
    spec = told[0]
    mine = _of(values, chart.indicator, chart)
    if not any(
        value.is_reported
        for one in (chart.indicator, *chart.with_indicators)
        for value in _of(values, one, chart)
    ):
        return _unavailable(chart, spec)
    if chart.breakdown != ALL:
        return broken_down(spec, chart, mine, printed)
    if chart.with_indicators:
        return together(chart, values, told)
    years = [one for one in values if one.period_type == "year" and one.breakdown == ALL]
    own = [one for one in years if one.indicator == spec.id]
    return single(spec, chart, mine, printed, notes, own)


def not_within(panel: Panel, why: str) -> Panel:
    """A panel that would show everybody where one category was asked for: only its title, and why not."""
    return replace(panel, figure=None, rows=(), summary="", course="", note="", refused=why)


def single(
    spec: IndicatorSpec,
    chart: ChartSpec,
    values: Sequence[Value],
    printed: Sequence[Printed] = (),
    notes: Notes = NO_NOTES,
    years: Sequence[Value] = (),
) -> Panel:
    """One series: a control chart over its window, or bars where the definition asks for them or too few years are
    known for limits: where the words judge, the chart shows by what. Of `years` a control chart shows those before the
    series begins."""
    values, left_out = series.since_whole(values)
    as_control = is_control_chart(spec, chart, values, notes)
    shown = scorecard.window(values) if as_control else list(values)
    unit = _axis(spec)
    figure: Figure | None = None
    signs: tuple[str, ...] = ()
    shape = ""
    if not _is_enough(chart, shown):
        pass
    elif as_control:
        before = charts.years_before(shown, years)
        figure, signs = charts.control_chart(chart.title, unit, shown, spec, notes, before)
        judged = charts.spc(shown, spec, notes.rebases_of(spec.id))
        shape = course.joined(course.alone(spec, shown), course.control(spec, judged))
        signs += (*series.cautions(judged), *_notes_words(shown, spec, notes, before))
    else:
        own = (
            _stretches(spec, shown)
            if chart.mark == "line"
            else [charts.Named(spec.title, colours.of_series(spec.id, shown[0].area), shown)]
        )
        figure, signs = _drawn(chart, unit, own, zero=spec.unit == "count")
        shape = course.alone(spec, shown)
        figure, lettered = _with_breaks(figure, shown)
        signs += lettered
    return Panel(
        id=_id(chart),
        title=chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=ALL,
        figure=figure,
        summary=latest_words(spec, values, notes.rebases_of(spec.id)),
        columns=table_columns(spec),
        rows=table_rows(spec, values, printed),
        unavailable="" if figure else course.joined(TOO_FEW, left_out and f"{left_out}."),
        note=chart.note,
        signs=(*signs, left_out) if left_out else signs,
        course=shape,
    )


def _is_enough(chart: ChartSpec, values: Sequence[Value]) -> bool:
    """Whether there are numbers enough for a chart that says no more than they do."""
    return sum(1 for value in values if value.is_reported) >= POINTS[chart.mark]


def _drawn(
    chart: ChartSpec, unit: str, named: Sequence[charts.Named], *, zero: bool
) -> tuple[Figure, tuple[str, ...]]:
    """Lines or bars, as the definition has it."""
    if chart.mark == "line":
        return charts.lines(chart.title, unit, named, zero=zero)
    return charts.bars(chart.title, unit, named, stacked=chart.mark == "stacked")


def _with_breaks(figure: Figure, values: Sequence[Value]) -> tuple[Figure, tuple[str, ...]]:
    """A figure over the periods of some values with a line and a letter for each break, and what the letters mean."""
    found = sorted({value.period for value in values})
    periods = between(found[0], found[-1])
    breaks = [(one.period, one.words) for one in series.breaks_of(values)]
    drawn = marks.marks_of(periods, "", NO_NOTES, breaks)
    words = tuple(f"{letter}: {text}" for letter, _, text, _ in drawn)
    return marks.with_marks(figure, periods, "", NO_NOTES, breaks), words


def _notes_words(
    shown: Sequence[Value], spec: IndicatorSpec, notes: Notes, years: Sequence[Value] = ()
) -> tuple[str, ...]:
    """What the letters and the shading of a control chart stand for."""
    periods = [period for period, _ in charts.places(years, shown)]
    drawn = marks.marks_of(periods, spec.id, notes, charts.lines_of(shown, years, spec))
    found = [f"{letter}: {words}" for letter, _, words, _ in drawn]
    if any(not is_rebase for *_, is_rebase in drawn):
        found.append("An event explains nothing by itself")
    months = [one for one in periods if one.length == 1]
    if notes.terms is not None and months:
        found += terms.words(notes.terms, months[0].start, months[-1].end)
    return tuple(found)


def together(chart: ChartSpec, values: Sequence[Value], specs: Sequence[IndicatorSpec]) -> Panel:
    """Several indicators over the same periods, one column each, by these definitions. Where a series breaks so does
    its line, and words compare only what is on one side."""
    named = [(spec.title, _of(values, spec.id, chart)) for spec in specs]
    unit = _axis(specs[0])
    periods = sorted({value.period for _, listed in named for value in listed}, reverse=True)
    rows = []
    for period in periods:
        cells = [Cell(period.label, is_number=False)]
        for spec, (_, listed) in zip(specs, named, strict=True):
            found = next((value for value in listed if value.period == period), None)
            cells.append(value_cell(spec, found))
        rows.append(tuple(cells))
    drawn = [
        one
        for spec, (_, listed) in zip(specs, named, strict=True)
        for one in _stretches(spec, listed)
    ]
    figure: Figure | None = None
    signs: tuple[str, ...] = ()
    if any(_is_enough(chart, one.values) for one in drawn):
        figure, signs = _drawn(chart, unit, drawn, zero=specs[0].unit == "count")
        every = [value for _, listed in named for value in listed]
        figure, lettered = _with_breaks(figure, every)
        signs += lettered
    return Panel(
        id=_id(chart),
        title=chart.title,
        indicator=chart.indicator,
        beside=chart.with_indicators,
        period_type=chart.period_type,
        breakdown=ALL,
        figure=figure,
        summary=" ".join(
            latest_words(spec, listed)
            for spec, (_, listed) in zip(specs, named, strict=True)
            if listed
        ),
        columns=("Period", *(spec.title for spec in specs)),
        rows=tuple(rows),
        unavailable="" if figure else TOO_FEW,
        note=chart.note,
        signs=signs,
        course=course.course(
            [Told(title, spec, listed) for spec, (title, listed) in zip(specs, named, strict=True)]
        ),
    )


def _stretches(spec: IndicatorSpec, values: Sequence[Value]) -> list[charts.Named]:
    """A series as its stretches of figures that compare, the last of them with its name."""
    shade = colours.of_series(spec.id, values[0].area if values else "")
    parts = series.stretches(values)
    return [charts.Named(spec.title, shade, part, quiet=part is not parts[-1]) for part in parts]


def broken_down(
    spec: IndicatorSpec, chart: ChartSpec, values: Sequence[Value], printed: Sequence[Printed] = ()
) -> Panel:
    """An indicator by the categories of a breakdown: bars over periods, or ranked bars for a single period."""
    codes = category_codes(spec, chart.breakdown)
    present = {value.category for value in values if value.is_reported}
    order = [code.code for code in codes if code.code in present] + sorted(
        present - {code.code for code in codes}
    )
    periods = sorted({value.period for value in values if value.is_reported or value.is_partial})
    known = {(value.category, value.period): value for value in values}
    recent = periods[-12:] if chart.period_type == "month" else periods[-8:]
    drawn = _comparable(recent, values)
    names = [codes.label(code) for code in order]
    is_ranked = len(drawn) == 1 or len(order) > CATEGORIES or not _has_room(names)
    signs: tuple[str, ...] = ()
    if is_ranked:
        there = [known[code, drawn[-1]] for code in order if (code, drawn[-1]) in known]
        there.sort(key=lambda one: -(one.value or 0))
        figure = _ranked(spec, chart, codes, there)
        shape = course.ranked(spec, codes, there[:RANKED])
    else:
        shape = course.of_categories(spec, codes, order, known, drawn)
        partial = [one for one in recent if one not in _reported(values)]
        figure, signs = _side_by_side(spec, chart, codes, order, known, sorted(drawn + partial))
        left_out = [one.label for one in recent if one not in (*drawn, *partial)]
        if left_out:
            signs += (f"Left out, because only some categories are known: {', '.join(left_out)}",)
    if not signs:  # nothing is drawn of a break: its words alone
        signs = tuple(one.words for one in series.breaks_of(values) if one.period <= recent[-1])
    return Panel(
        id=_id(chart),
        title=f"{chart.title}: {drawn[-1].label}" if is_ranked else chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=chart.breakdown,
        figure=figure,
        summary=largest_words(
            spec, codes, [known[key] for key in known if key[1] == drawn[-1]], drawn[-1]
        ),
        columns=(breakdown_title(chart.breakdown), *(period.label for period in recent[::-1])),
        rows=tuple(
            (
                Cell(codes.label(code), is_number=False, key=code),
                *(value_cell(spec, known.get((code, period)), printed) for period in recent[::-1]),
            )
            for code in order
        ),
        note=chart.note,
        signs=signs,
        course=shape,
    )


def _has_room(names: Sequence[str]) -> bool:
    """Whether the names of categories stand above a chart in a few lines; else each stands beside its own bar."""
    each = LEGEND // (max(map(len, names), default=0) + 5) or 1
    return len(names) <= each * LINES


def _reported(values: Sequence[Value]) -> set[Period]:
    """The periods that have any number."""
    return {value.period for value in values if value.is_reported}


def _ranked(
    spec: IndicatorSpec, chart: ChartSpec, codes: CodeList, values: Sequence[Value]
) -> Figure:
    """The categories of one period, the largest first, as bars."""
    ranks = [
        (
            codes.label(one.category),
            one.value,
            wording.write(spec, one),
            colours.of_category(codes, one.category),
        )
        for one in values
        if one.value is not None
    ]
    return charts.ranked(chart.title, _axis(spec), ranks[:RANKED])


def _side_by_side(
    spec: IndicatorSpec,
    chart: ChartSpec,
    codes: CodeList,
    order: Sequence[str],
    known: Mapping[tuple[str, Period], Value],
    periods: Sequence[Period],
) -> tuple[Figure, tuple[str, ...]]:
    """The categories over periods as bars, each in its own colour."""
    named = [
        charts.Named(
            codes.label(code),
            colours.of_category(codes, code),
            [known[code, period] for period in periods if (code, period) in known],
        )
        for code in order
    ]
    stacked = chart.mark == "stacked"
    figure, signs = charts.bars(chart.title, _axis(spec), named, stacked=stacked)
    figure, lettered = _with_breaks(figure, [value for one in named for value in one.values])
    return figure, signs + lettered


def _comparable(periods: Sequence[Period], values: Sequence[Value]) -> list[Period]:
    """The periods with at least half as many categories as the fullest: beside it, one or two would seem the whole."""
    held = {
        period: sum(1 for one in values if one.period == period and one.is_reported)
        for period in periods
    }
    return [period for period in periods if 2 * held[period] >= max(held.values())]


def latest_words(
    spec: IndicatorSpec, values: Sequence[Value], rebases: Collection[Period] = ()
) -> str:
    """What the latest number says, in words that claim no more than the chart does."""
    return narrative.latest(spec, values, rebases=rebases)


def largest_words(
    spec: IndicatorSpec, codes: CodeList, values: Sequence[Value], period: Period
) -> str:
    """Which category is largest, in words that call nothing a majority unless it is over half."""
    return narrative.largest(spec, codes, values, period)


def _of(values: Sequence[Value], indicator: str, chart: ChartSpec) -> list[Value]:
    return [
        value
        for value in values
        if (value.indicator, value.period_type, value.breakdown)
        == (indicator, chart.period_type, chart.breakdown)
    ]


def _unavailable(chart: ChartSpec, spec: IndicatorSpec) -> Panel:
    return Panel(
        id=_id(chart),
        title=chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=chart.breakdown,
        figure=None,
        summary="",
        unavailable=nothing_sent(spec),
        note=chart.note,
    )


def nothing_sent(spec: IndicatorSpec) -> str:
    """That there is no number, and who would send it."""
    return f"Nothing was sent for this. {spec.sender} would send it."


def _axis(spec: IndicatorSpec) -> str:
    return {"percent": "%", "count": "number"}.get(spec.unit, spec.unit)


def _id(chart: ChartSpec) -> str:
    return f"{chart.indicator}-{chart.breakdown}-{chart.period_type}".replace("_", "-").lower()
