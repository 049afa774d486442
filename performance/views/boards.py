"""The panels of a dashboard: its charts as the controls have them, and what some boards show besides."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lscb.models import Area
from performance.indicators.series import Notes, Value
from performance.indicators.spec import ChartSpec, Dashboard, indicators
from performance.indicators.terms import terms_of
from performance.intake.codes import ALL, code_list
from performance.pages import cells, disparity_page, ranks
from performance.pages import controls as control
from performance.pages import dashboards as page
from performance.pages.controls import Controls
from performance.pages.dashboards import Panel
from performance.queries import comparisons as others
from performance.queries import crosses, events, observations

# What boards show besides their charts. Which breakdowns are ranked: board, then indicator and breakdown.
RANKED = {
    "who-refers": (("FD13", "source"),),
    "why": (("FD18", "reason"), ("FD26", "factor")),
}
DISPARITY = {"who-is-referred": (("FD04", "FD03", "age_band"), ("FD04", "FD03", "ethnicity"))}


def panels_of(board: Dashboard, area: Area, chosen: Controls) -> list[Panel]:
    """The panels of a board in order; their values are read in one query."""
    charts = [control.chosen_chart(one, chosen) for one in board.charts]
    ids, kinds, breakdowns = page.needed([one for one, _ in charts] + list(board.charts))
    values = control.shown(
        observations.values(
            indicator_ids=ids,
            areas=[area.code],
            period_types=kinds | {"month", "quarter", "year"},
            breakdowns=breakdowns,
        ),
        chosen,
    )
    marks = events.notes(area)
    if board.school_terms:
        marks = replace(marks, terms=terms_of([area.code]))
    found: list[Panel] = []
    for (chart, notes), defined in zip(charts, board.charts, strict=True):
        chart, more = _with_numbers(chart, defined, values)
        panel = _panel(chart, area, values, chosen, marks)
        if not panel.rows and (chosen.first or chosen.last):
            more = (*more, "No number of it lies between the chosen periods.")
        panel = control.with_notes(panel, (*notes, *more))
        taken = {one.id for one in found}
        found.append(replace(panel, id=f"{panel.id}-{len(found)}") if panel.id in taken else panel)
    return found + _besides(board, area)


def _with_numbers(
    chart: ChartSpec, defined: ChartSpec, values: Sequence[Value]
) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart in the shape that was asked for, or nearer its own where there are no such numbers."""
    if _has(chart, values):
        return chart, ()
    same = chart.indicator == defined.indicator
    title = {"title": defined.title} if same else {}
    own = {"period_type": defined.period_type}
    shape = {"breakdown": defined.breakdown, "mark": defined.mark}
    by = (
        "in total"
        if chart.breakdown == ALL
        else f"by {cells.breakdown_title(chart.breakdown).lower()}"
    )
    no_period = f"There are no numbers {page.PERIOD_WORDS[chart.period_type]}."
    no_breakdown = f"There are no numbers {by}."
    tries: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        (own, (no_period,)),
        (shape, (no_breakdown,)),
        (
            own | shape | title,
            (no_period,) if chart.breakdown == defined.breakdown else (no_breakdown,),
        ),
    ]
    for update, said in tries:
        other = chart.model_copy(update=update)
        if other != chart and _has(other, values):
            whole = other.model_copy(update=title) if _shape(other) == _shape(defined) else other
            return whole, said
    return defined if same else chart, ()


def _shape(chart: ChartSpec) -> tuple[str, str]:
    return chart.period_type, chart.breakdown


def _has(chart: ChartSpec, values: Iterable[Value]) -> bool:
    wanted = (chart.indicator, chart.period_type, chart.breakdown)
    return any(
        (one.indicator, one.period_type, one.breakdown) == wanted and one.is_reported
        for one in values
    )


def _panel(
    chart: ChartSpec, area: Area, values: Sequence[Value], chosen: Controls, marks: Notes
) -> Panel:
    """One panel: within a category, compared with others, or plain."""
    spec = indicators()[chart.indicator]
    printed = observations.printed(chart.indicator, area.code)
    if chosen.within and not chart.with_indicators:
        return _within(chart, area, values, chosen)
    panel = page.panel(chart, values, printed, marks)
    mine = [
        one
        for one in values
        if (one.indicator, one.period_type, one.breakdown)
        == (chart.indicator, chart.period_type, chart.breakdown)
    ]
    if chosen.compare and panel.rows:
        refusal = control.why_not_compared(spec, chart, chosen.compare)
        if refusal:
            return control.with_notes(panel, (refusal,))
        beside = _beside(chart, area, mine, chosen)
        is_moved = chosen.compare == "past"
        return control.compared(panel, spec, [(area.name, mine), *beside], is_moved=is_moved)
    single = not chart.with_indicators and chart.mark == "line"
    return control.adjusted(panel, spec, mine, chosen) if single else panel


def _beside(
    chart: ChartSpec, area: Area, mine: Sequence[Value], chosen: Controls
) -> list[tuple[str, Sequence[Value]]]:
    """The series that a chart is compared with, each with its name."""
    if chosen.compare == "past":
        return [("A year before", control.year_before(mine))]
    areas = others.areas_for(area, chosen.compare)
    values = control.shown(
        observations.values(
            indicator_ids=[chart.indicator],
            areas=[one.code for one in areas],
            period_types=[chart.period_type],
        ),
        chosen,
    )
    return [(one.name, [value for value in values if value.area == one.code]) for one in areas]


def _within(chart: ChartSpec, area: Area, values: Sequence[Value], chosen: Controls) -> Panel:
    """A panel within a category, where the pair is kept; else the whole, with the reason."""
    spec = indicators()[chart.indicator]
    dimension, category = within = chosen.within or ("", "")
    label = code_list(dimension).label(category)
    refusal = (
        "it is the breakdown itself"
        if dimension == chart.breakdown
        else crosses.why_not_kept(spec, chart.breakdown, dimension)
    )
    if refusal:
        whole = page.panel(chart, values, observations.printed(chart.indicator, area.code))
        return control.with_notes(whole, (f"Not shown within {label}: {refusal.rstrip('.')}.",))
    found = control.shown(
        crosses.within(spec, area, chart.period_type, chart.breakdown, dimension, category), chosen
    )
    narrowed = chart.model_copy(update={"title": f"{chart.title}, {label} only"})
    return control.addressed_within(page.panel(narrowed, found), within)


def _besides(board: Dashboard, area: Area) -> list[Panel]:
    """The top ten of the board's sources or reasons, and the rates of its groups of children."""
    found = []
    for indicator, breakdown in RANKED.get(board.slug, ()):
        spec = indicators()[indicator]
        values = observations.series(indicator, area.code, "year", breakdown)
        ranking = ranks.ranking(spec, cells.category_codes(spec, breakdown), values)
        found += [ranks.panel(ranking, indicator, breakdown)] if ranking else []
    for rate, count, breakdown in DISPARITY.get(board.slug, ()):
        spec = indicators()[rate]
        rates = observations.series(rate, area.code, "year", breakdown)
        counts = observations.series(count, area.code, "year", breakdown)
        counted = any(one.numerator is not None for one in counts)
        codes = cells.category_codes(spec, breakdown)
        groups = disparity_page.disparity(spec, breakdown, rates, counted, codes)
        found += [disparity_page.panel(groups, spec, breakdown)] if groups else []
    return found
