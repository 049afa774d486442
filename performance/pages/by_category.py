"""An indicator by the categories of a breakdown: bars over periods, or of one period ranked, with words and a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lscb.numbers import with_and
from lscb.periods import Period
from performance.indicators import categories, course, series, zeroes
from performance.indicators.scorecard import ChartSpec
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import CodeList
from performance.pages import charts, colours, marks, wording
from performance.pages.cells import Cell, breakdown_title, category_codes, value_cell
from performance.pages.chart_parts import Figure
from performance.pages.panel import Panel, axis_of, id_of
from performance.queries.observations import Printed, Value

CATEGORIES = 8  # more of them than this are ranked for one period instead of standing side by side
RANKED = 12  # bars of a ranking
LEGEND, LINES = 65, 3  # letters in a line of names above a chart, and lines that leave it its room


def broken_down(
    spec: IndicatorSpec,
    chart: ChartSpec,
    values: Sequence[Value],
    printed: Sequence[Printed] = (),
    totals: Sequence[Value] = (),
) -> Panel:
    """An indicator by the categories of a breakdown: bars over periods, or ranked bars for a single period. What its
    `totals` show to be left out because there was none of it is 0."""
    values = zeroes.filled(spec, values, totals)
    codes = category_codes(spec, chart.breakdown)
    order = _in_order(codes, {value.category for value in values if value.is_reported})
    recent = _recent(chart, values)
    drawn = _comparable(recent, values)
    known = {(one.category, one.period): one for one in categories.of_one_list(values)}
    has_room = _has_room([codes.label(code) for code in order])
    is_ranked = len(drawn) == 1 or len(order) > CATEGORIES or not has_room
    breaks = tuple(one.words for one in series.breaks_of(values) if one.period <= recent[-1])
    if is_ranked:
        there = [known[code, drawn[-1]] for code in order if (code, drawn[-1]) in known]
        there.sort(key=lambda one: -(one.value or 0))
        figure = _ranked(spec, chart, codes, there)
        shape = course.ranked(spec, codes, there[:RANKED])
        signs = (*filter(None, [categories.not_printed(spec, there)]), *breaks)
    else:
        shape = course.of_categories(spec, codes, order, known, drawn)
        partial = [one for one in recent if one not in _reported(values)]
        figure, signs = _side_by_side(spec, chart, codes, order, known, sorted(drawn + partial))
        signs += _left_out([one for one in recent if one not in (*drawn, *partial)])
        signs = signs or breaks  # where nothing is drawn of a break: its words alone
    return Panel(
        id=id_of(chart),
        title=f"{chart.title}: {drawn[-1].label}" if is_ranked else chart.title,
        indicator=spec.id,
        period_type=chart.period_type,
        breakdown=chart.breakdown,
        figure=figure,
        summary=" ".join(filter(None, _said(spec, codes, known, drawn[-1], totals))),
        columns=(breakdown_title(chart.breakdown), *(period.label for period in recent[::-1])),
        rows=_rows(spec, codes, order, values, recent[::-1], printed),
        note=chart.note,
        signs=signs + _of_another_list(codes, values, drawn[-1:] if is_ranked else drawn),
        course=shape,
    )


def _recent(chart: ChartSpec, values: Sequence[Value]) -> list[Period]:
    """The last periods of which there is anything, in order: what a chart and its table have room for."""
    periods = sorted({value.period for value in values if value.is_reported or value.is_partial})
    return periods[-12:] if chart.period_type == "month" else periods[-8:]


def _said(
    spec: IndicatorSpec,
    codes: CodeList,
    known: Mapping[tuple[str, Period], Value],
    period: Period,
    totals: Sequence[Value],
) -> tuple[str, ...]:
    """What the categories of the latest period say."""
    latest = [one for one in known.values() if one.period == period]
    total = next((one for one in totals if one.period == period), None)
    return (
        categories.largest(spec, codes, latest, period, total),
        categories.against_expected(spec, codes, latest),
    )


def _rows(
    spec: IndicatorSpec,
    codes: CodeList,
    order: Sequence[str],
    values: Sequence[Value],
    periods: Sequence[Period],
    printed: Sequence[Printed],
) -> tuple[tuple[Cell, ...], ...]:
    """A row for each category with a cell for each period, both in the order given. Of a period that is there in part
    only, a category without a row of its own is there in part as well."""
    shown = [one for one in values if one.period in periods]
    known = {(one.category, one.period): value_cell(spec, one, printed) for one in shown}
    missing = dict.fromkeys(periods, value_cell(spec, None))
    has_numbers = _reported(shown)
    for one in shown:
        if one.is_partial and one.period not in has_numbers:
            missing[one.period] = replace(value_cell(spec, one), address="")
    return tuple(
        (
            Cell(codes.label(code), is_number=False, key=code),
            *(known.get((code, period), missing[period]) for period in periods),
        )
        for code in order
    )


def _in_order(codes: CodeList, present: set[str]) -> list[str]:
    """The categories of which there is a number, in the order of their list; those that it does not know come last."""
    known = [code.code for code in codes if code.code in present]
    return known + sorted(present - set(known))


def _left_out(periods: Sequence[Period]) -> tuple[str, ...]:
    """That periods are not drawn, and why; nothing where all are."""
    if not periods:
        return ()
    labels = ", ".join(one.label for one in periods)
    return (f"Left out, because only some categories are known: {labels}",)


def _of_another_list(
    codes: CodeList, values: Sequence[Value], periods: Sequence[Period]
) -> tuple[str, ...]:
    """The printed shares beside counts of these periods that are not drawn with them; nothing where there are none."""
    there = [one for one in values if one.period in periods]
    of_one = categories.of_one_list(there)
    others = _in_order(codes, {one.category for one in there if one not in of_one})
    if not others:
        return ()
    named = with_and([codes.label(code) for code in others])
    return (f"Not drawn, because they were printed of other groups than those counted: {named}",)


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
    return charts.ranked(chart.title, axis_of(spec), ranks[:RANKED])


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
    figure, signs = charts.bars(chart.title, axis_of(spec), named, stacked=stacked)
    figure, lettered = marks.with_breaks(figure, [value for one in named for value in one.values])
    return figure, signs + lettered


def _comparable(periods: Sequence[Period], values: Sequence[Value]) -> list[Period]:
    """The periods with at least half as many categories as the fullest: beside it, one or two would seem the whole."""
    held = {
        period: sum(1 for one in values if one.period == period and one.is_reported)
        for period in periods
    }
    return [period for period in periods if 2 * held[period] >= max(held.values())]
