"""What dashboards and indicator pages say, as plain dataclasses: a panel is a chart, its words and its table.

Every chart has its table. Where a chart would mislead, or nothing was sent, the panel says so instead.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from lscb.periods import Period
from performance.indicators import course, limits, narrative, series, terms
from performance.indicators.course import Told
from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import NO_NOTES, Notes
from performance.indicators.spec import IndicatorSpec, feeding_returns, indicators
from performance.intake.codes import ALL
from performance.pages import by_category, charts, colours, marks
from performance.pages.cells import (
    Cell,
    table_columns,
    table_rows,
    value_cell,
)
from performance.pages.chart_parts import Figure
from performance.pages.judged import has_limits, is_control_chart
from performance.pages.panel import Drawn, Panel, axis_of, id_of
from performance.pages.span import NOTHING, WHOLE, Span, cropped_words, on_show, words_of
from performance.queries.observations import Printed, Value

PERIOD_WORDS = {
    "month": "by month",
    "quarter": "by quarter",
    "year": "by financial year",
    "ytd": "year to date",
    "rolling": "twelve months to the month",
}
# The same after a noun: no numbers by month, no numbers for the year to date.
OF_PERIODS = PERIOD_WORDS | {
    "ytd": "for the year to date",
    "rolling": "for twelve months at a time",
}

# Numbers under which a chart would say more than they do.
POINTS = {"line": 3, "bar": 2, "stacked": 2}
TOO_FEW = "No chart: a line or bars through so few numbers would suggest more than they say. The table holds them."
ANEW = "The line begins anew each April, because a total to date counts from the start of a financial year"
OWN_CHARTS = "Of several series no limits are drawn: the words judge each by its own chart, on its indicator’s page"


def panel(
    chart: ChartSpec,
    values: Sequence[Value],
    printed: Sequence[Printed] = (),
    notes: Notes = NO_NOTES,
    specs: Collection[IndicatorSpec] = (),
    span: Span = WHOLE,
) -> Panel:
    """A dashboard's panel from the values of its indicators (of other kinds too; they are left out). `specs` are the
    definitions that hold a target set by the manager; the others are taken as their files have them. `span` is the part
    that is shown. Nobody changes its figure: the same values give the same panel, so that of a new state of the data
    only those that changed are made."""
    return _made(chart, tuple(values), tuple(printed), notes, tuple(specs), span)


@lru_cache(maxsize=256)
def _made(
    chart: ChartSpec,
    values: tuple[Value, ...],
    printed: tuple[Printed, ...],
    notes: Notes,
    specs: tuple[IndicatorSpec, ...],
    span: Span,
) -> Panel:
    known = {one.id: one for one in specs}
    told = [known.get(one, indicators()[one]) for one in (chart.indicator, *chart.with_indicators)]
    spec = told[0]
    mine = _of(values, chart.indicator, chart)
    every = [one for each in told for one in _of(values, each.id, chart) if one.is_reported]
    if not span.of(every):
        found = _unavailable(chart, spec, NOTHING if every else nothing_sent(spec))
    elif chart.breakdown != ALL:
        totals = span.of(_of(values, spec.id, chart.model_copy(update={"breakdown": ALL})))
        found = by_category.broken_down(spec, chart, span.of(mine), printed, totals)
    elif chart.with_indicators:
        found = together(chart, values, told, span)
    else:
        years = [one for one in values if one.period_type == "year" and one.breakdown == ALL]
        own = [one for one in years if one.indicator == spec.id]
        parts = _parts(chart, spec, values)
        found = single(spec, chart, mine, printed, notes, own, parts, span)
    return replace(found, figure=Drawn(found.figure)) if found.figure else found


def _parts(chart: ChartSpec, spec: IndicatorSpec, values: Sequence[Value]) -> list[Value]:
    """The totals of an indicator over shorter periods than the chart's."""
    finer = narrative.FINER.get(chart.period_type, ())[1:]
    return [
        one
        for one in values
        if (one.indicator, one.breakdown) == (spec.id, ALL) and one.period_type in finer
    ]


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
    parts: Sequence[Value] = (),
    span: Span = WHOLE,
) -> Panel:
    """One series: a control chart over its window, or bars where the definition asks for them or too few years are
    known for limits: where the words judge, the chart shows by what. Of `years` a control chart shows those before the
    series begins; by `parts`, its shorter periods, the words judge where its own are too few. `span` is the part that
    is shown; what is judged is judged by the whole."""
    _, left_out = series.since_whole(span.of(values))
    values, _ = series.since_whole(values)
    as_control = is_control_chart(spec, chart, values, notes)
    within = span.of(values)
    shown = limits.window(within) if as_control else within
    figure: Figure | None = None
    signs: tuple[str, ...] = ()
    shape = ""
    if _is_enough(chart, shown):
        if as_control:
            figure, signs, shape = _judged(spec, chart, values, shown, notes, span.of(years))
        else:
            figure, signs, shape = _plain(spec, chart, shown)
    return Panel(
        id=id_of(chart),
        title=chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=ALL,
        figure=figure,
        summary=_latest(spec, values, span, notes.rebases_of(spec.id), parts),
        columns=table_columns(spec),
        rows=table_rows(spec, within, printed),
        unavailable=""
        if figure
        else course.joined(_too_few(within, values), left_out and f"{left_out}."),
        note=chart.note,
        signs=(*signs, left_out) if left_out else signs,
        course=shape,
    )


def _latest(
    spec: IndicatorSpec,
    values: Sequence[Value],
    span: Span,
    rebases: Collection[Period] = (),
    parts: Sequence[Value] = (),
) -> str:
    """What the latest number on show says, beside the whole series."""
    reported = [one for one in span.of(values) if one.is_reported]
    if span.last is None or not reported:
        return narrative.latest(spec, values, rebases=rebases, parts=parts)
    last = max(reported, key=lambda one: one.period)
    if last.period_type not in narrative.FINER:  # a running total, which nothing judges
        return narrative.latest(spec, reported)
    whole = charts.spc(limits.window(values), spec, rebases)
    if whole.refusal is None and any(one.period > last.period for one in values):
        return words_of(spec, values, last, whole)
    return narrative.paragraph(spec, [*values, *parts], last.period, rebases=rebases)


def _judged(
    spec: IndicatorSpec,
    chart: ChartSpec,
    values: Sequence[Value],
    shown: Sequence[Value],
    notes: Notes,
    years: Sequence[Value],
) -> tuple[Figure, tuple[str, ...], str]:
    """A control chart of the values shown by the limits of them all, what its signs stand for, and its course in
    words."""
    before = charts.years_before(shown, years)
    whole = charts.spc(limits.window(values), spec, notes.rebases_of(spec.id))
    figure, signs = charts.control_chart(
        chart.title, axis_of(spec), shown, spec, notes, before, whole
    )
    judged = on_show(whole, shown)
    shape = course.joined(course.alone(spec, shown), course.control(spec, judged))
    signs += (*limits.cautions_before(judged), *limits.cautions(whole))
    signs += tuple(_notes_words(shown, spec, notes, before))
    return figure, signs + cropped_words(values, shown), shape


def _plain(
    spec: IndicatorSpec, chart: ChartSpec, shown: Sequence[Value]
) -> tuple[Figure, tuple[str, ...], str]:
    """Bars or lines of one series, which judge nothing, as `_judged` gives a control chart."""
    own = (
        _stretches(spec, shown)
        if chart.mark == "line"
        else [charts.Named(spec.title, colours.of_series(spec.id, shown[0].area), shown)]
    )
    figure, signs = _drawn(chart, axis_of(spec), own, zero=spec.unit == "count")
    figure, lettered = marks.with_breaks(figure, shown)
    return figure, signs + lettered + _anew_words(chart, shown), course.alone(spec, shown)


def _is_enough(chart: ChartSpec, values: Sequence[Value]) -> bool:
    """Whether there are numbers enough for a chart that says no more than they do."""
    return sum(1 for value in values if value.is_reported) >= POINTS[chart.mark]


def _too_few(shown: Sequence[Value], every: Sequence[Value]) -> str:
    """Why nothing is drawn: there are few numbers, or few of many lie between the chosen periods."""
    here, all_ = (sum(1 for one in some if one.is_reported) for some in (shown, every))
    if here == all_:
        return TOO_FEW
    return (
        f"No chart: of {all_} numbers {here} {'lies' if here == 1 else 'lie'} between the chosen periods, too few "
        "for a line or bars. Choose a longer time; the table holds what there is."
    )


def _drawn(
    chart: ChartSpec, unit: str, named: Sequence[charts.Named], *, zero: bool
) -> tuple[Figure, tuple[str, ...]]:
    """Lines or bars, as the definition has it."""
    if chart.mark == "line":
        return charts.lines(chart.title, unit, named, zero=zero)
    return charts.bars(chart.title, unit, named, stacked=chart.mark == "stacked")


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


def together(
    chart: ChartSpec,
    values: Sequence[Value],
    specs: Sequence[IndicatorSpec],
    span: Span = WHOLE,
) -> Panel:
    """Several indicators over the same periods, one column each, by these definitions. Where a series breaks so does
    its line, and words compare only what is on one side. `span` as for `single`."""
    whole = [(spec.title, _of(values, spec.id, chart)) for spec in specs]
    named = [(title, span.of(listed)) for title, listed in whole]
    figure, signs = _drawn_together(chart, specs, [listed for _, listed in named])
    each = zip(specs, whole, strict=True)
    if figure and any(has_limits(spec, listed, NO_NOTES) for spec, (_, listed) in each):
        signs += (OWN_CHARTS,)
    return Panel(
        id=id_of(chart),
        title=chart.title,
        indicator=chart.indicator,
        beside=chart.with_indicators,
        period_type=chart.period_type,
        breakdown=ALL,
        figure=figure,
        summary=" ".join(
            _latest(spec, listed, span, parts=_parts(chart, spec, values))
            for spec, (_, listed) in zip(specs, whole, strict=True)
            if span.of(listed)
        ),
        columns=("Period", *(spec.title for spec in specs)),
        rows=_rows(specs, [listed for _, listed in named]),
        unavailable=""
        if figure
        else _too_few(*([one for _, each in some for one in each] for some in (named, whole))),
        note=chart.note,
        signs=signs,
        course=course.course(
            [Told(title, spec, listed) for spec, (title, listed) in zip(specs, named, strict=True)]
        ),
    )


def _drawn_together(
    chart: ChartSpec, specs: Sequence[IndicatorSpec], columns: Sequence[Sequence[Value]]
) -> tuple[Figure | None, tuple[str, ...]]:
    """Several series in one chart, and what its signs stand for; no figure where none of them has numbers enough."""
    drawn = [
        one for spec, listed in zip(specs, columns, strict=True) for one in _stretches(spec, listed)
    ]
    if not any(_is_enough(chart, one.values) for one in drawn):
        return None, ()
    figure, signs = _drawn(chart, axis_of(specs[0]), drawn, zero=specs[0].unit == "count")
    every = [value for listed in columns for value in listed]
    figure, lettered = marks.with_breaks(figure, every)
    return figure, signs + lettered + _anew_words(chart, every)


def _rows(
    specs: Sequence[IndicatorSpec], columns: Sequence[Sequence[Value]]
) -> tuple[tuple[Cell, ...], ...]:
    """The table of several indicators: a row for each period, the latest first, and a column for each of them."""
    periods = sorted({value.period for listed in columns for value in listed}, reverse=True)
    rows = []
    for period in periods:
        cells = [Cell(period.label, is_number=False)]
        for spec, listed in zip(specs, columns, strict=True):
            found = next((value for value in listed if value.period == period), None)
            cells.append(value_cell(spec, found))
        rows.append(tuple(cells))
    return tuple(rows)


def _stretches(spec: IndicatorSpec, values: Sequence[Value]) -> list[charts.Named]:
    """A series as its stretches of figures that compare, the last of them with its name. Totals to date begin anew in
    April, so that no line joins one financial year with the next."""
    shade = colours.of_series(spec.id, values[0].area if values else "")
    parts = [run for part in series.stretches(values) for run in _begun_anew(part)]
    return [charts.Named(spec.title, shade, part, quiet=part is not parts[-1]) for part in parts]


def _begun_anew(values: Sequence[Value]) -> list[list[Value]]:
    """The values of each financial year by themselves where they are totals to date; else all as they are."""
    if not values or values[0].period_type != "ytd":
        return [list(values)]
    return [list(run) for _, run in groupby(values, key=lambda one: one.period.year)]


def _anew_words(chart: ChartSpec, values: Sequence[Value]) -> tuple[str, ...]:
    """Why the line of totals to date is broken, where it is."""
    years = {one.period.year for one in values if one.is_reported}
    is_broken = chart.period_type == "ytd" and chart.mark == "line" and len(years) > 1
    return (ANEW,) if is_broken else ()


def _of(values: Sequence[Value], indicator: str, chart: ChartSpec) -> list[Value]:
    return [
        value
        for value in values
        if (value.indicator, value.period_type, value.breakdown)
        == (indicator, chart.period_type, chart.breakdown)
    ]


def _unavailable(chart: ChartSpec, spec: IndicatorSpec, why: str) -> Panel:
    return Panel(
        id=id_of(chart),
        title=chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=chart.breakdown,
        figure=None,
        summary="",
        unavailable=why,
        note=chart.note,
    )


LENGTHS = {"monthly": "month", "quarterly": "quarter", "termly": "term", "yearly": "year"}


def nothing_sent(spec: IndicatorSpec) -> str:
    """That there is no number, and who would send it; of what the program counts itself, that there was nothing to
    count."""
    return nothing_counted(spec) or f"Nothing was sent for this. {spec.sender} would send it."


def nothing_counted(spec: IndicatorSpec) -> str:
    """That there was nothing to count, of what the program counts itself; empty of what people send."""
    feeding = feeding_returns(spec)
    if not feeding or not all(one.made_by_program for one in feeding):
        return ""
    source, words = feeding[0].source, spec.denominator_words or spec.numerator_words
    nothing = "Nothing was due yet" if words.endswith(" due") else "Nothing to count yet"
    return (
        f"{nothing}: no {LENGTHS[spec.frequency]} with {words} is over. The program counts this itself, "
        f"from {source[:1].lower()}{source[1:]}."
    )
