"""The panels of a dashboard: its charts as the controls have them, and what some boards show besides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from django.utils import timezone

from lscb.models import Area
from performance.indicators.narrative import FINER
from performance.indicators.scorecard import ChartSpec, Dashboard
from performance.indicators.series import Notes, Value
from performance.indicators.spec import IndicatorSpec, PeriodType, indicators
from performance.indicators.terms import terms_of
from performance.intake.codes import ALL, code_list
from performance.pages import cells, disparity_page, ranks, ranks_panel
from performance.pages import controls as control
from performance.pages import dashboards as page
from performance.pages.controls import Controls
from performance.pages.panel import Panel
from performance.queries import catalogue, crosses, events, observations
from performance.queries import comparisons as others
from performance.queries.catalogue import Decided
from performance.queries.observations import Printed

# What boards show besides their charts. Which breakdowns are ranked: board, then indicator and breakdown.
RANKED = {
    "who-refers": (("FD13", "source"),),
    "why": (("FD18", "reason"), ("FD26", "factor")),
}
DISPARITY = {"who-is-referred": (("FD04", "FD03", "age_band"), ("FD04", "FD03", "ethnicity"))}


@dataclass(frozen=True)
class Read:
    """What the panels of a board are made from, read once for all of them: the values by indicator, kind of period and
    breakdown, the printed figures by indicator, and what is marked on charts."""

    area: Area
    chosen: Controls
    values: Mapping[tuple[str, str, str], Sequence[Value]]
    printed: Mapping[str, Sequence[Printed]]
    marks: Notes
    in_use: Mapping[str, IndicatorSpec] = field(repr=False)

    def spec(self, indicator: str) -> IndicatorSpec:
        """The definition of an indicator with the target that counts today."""
        return self.in_use.get(indicator) or indicators()[indicator]

    def of(self, indicator: str, period_type: str, breakdown: str) -> Sequence[Value]:
        """The values of one indicator, of one kind of period and breakdown."""
        return self.values.get((indicator, period_type, breakdown), ())

    def behind(self, chart: ChartSpec) -> list[Value]:
        """The values that a chart shows, their totals, the years that stand before its months, and the months that
        judge longer periods."""
        kind = chart.period_type
        shapes = dict.fromkeys([(kind, chart.breakdown), (kind, ALL), ("year", ALL)])
        shapes |= dict.fromkeys((part, ALL) for part in _parts(chart))
        ids = (chart.indicator, *chart.with_indicators)
        return [value for one in ids for shape in shapes for value in self.of(one, *shape)]

    def panel(self, chart: ChartSpec, values: Sequence[Value]) -> Panel:
        """A chart with its words and its table, by the definitions that count today."""
        ids = (chart.indicator, *chart.with_indicators)
        printed = self.printed.get(chart.indicator, ())
        return page.panel(
            chart, values, printed, self.marks, [self.spec(one) for one in ids], self.chosen.span
        )

    def has(self, chart: ChartSpec) -> bool:
        """Whether there is a number of a chart's own indicator in its shape."""
        mine = self.of(chart.indicator, chart.period_type, chart.breakdown)
        return any(one.is_reported for one in mine)


def panels_of(
    board: Dashboard, area: Area, chosen: Controls, decided: Decided | None = None
) -> list[Panel]:
    """The panels of a board in the order that the manager gave their indicators, else as it is laid out; without those
    of indicators that are switched off. Values, printed figures and what was `decided` (unless it is known) are read in
    one query each."""
    decided = decided or catalogue.decided(timezone.localdate())
    laid_out = [
        (place, narrowed.said_of(area.code))
        for place, chart in enumerate(board.charts)
        if (narrowed := _of_those_in_use(chart, decided.in_use))
    ]
    charts = [control.chosen_chart(one, chosen) for _, one in laid_out]
    read = _read(board, laid_out, [one for one, _ in charts], area, chosen, decided.in_use)
    found: list[Panel] = []
    for (chart, notes), (place, defined) in zip(charts, laid_out, strict=True):
        chart, more = _with_numbers(chart, defined, read)
        panel = _panel(chart, read)
        if chosen.is_changed and any(_shows(one) == _shows(panel) for one in found):
            continue  # two charts that the choices make the same
        panel = control.with_notes(panel, (*notes, *more))
        taken = {one.id for one in found}
        named = f"{panel.id}-{place}" if panel.id in taken else panel.id
        found.append(replace(panel, id=named, place=place))
    found += [
        replace(panel, place=place)
        for place, panel in enumerate(_besides(board, read), start=len(board.charts))
        if panel.indicator in decided.in_use
    ]
    return sorted(found, key=lambda one: decided.place(one.indicator))


def _shows(panel: Panel) -> tuple[object, ...]:
    """What a panel shows, whatever its title."""
    return panel.indicator, panel.beside, panel.breakdown, panel.period_type, panel.rows


def switched_off(board: Dashboard, in_use: Collection[str]) -> list[IndicatorSpec]:
    """The indicators of a board's charts that the manager switched off: those that are not in use."""
    ids = (one for chart in board.charts for one in (chart.indicator, *chart.with_indicators))
    return [indicators()[one] for one in dict.fromkeys(ids) if one not in in_use]


def _of_those_in_use(chart: ChartSpec, in_use: Collection[str]) -> ChartSpec | None:
    """A chart of those of its indicators that are in use; None where its own is not."""
    if chart.indicator not in in_use:
        return None
    beside = tuple(one for one in chart.with_indicators if one in in_use)
    if beside == chart.with_indicators:
        return chart
    return chart.model_copy(update={"with_indicators": beside})


def _read(
    board: Dashboard,
    laid_out: Sequence[tuple[int, ChartSpec]],
    charts: Sequence[ChartSpec],
    area: Area,
    chosen: Controls,
    in_use: Mapping[str, IndicatorSpec],
) -> Read:
    """What these charts of a board need, the charts as they are defined, and what it shows besides."""
    shapes = _shapes_besides(board).union(*map(_shapes, charts, (one for _, one in laid_out)))
    values = observations.of_shapes(area.code, shapes) if shapes else []
    grouped: dict[tuple[str, str, str], list[Value]] = {}
    for one in values:
        grouped.setdefault((one.indicator, one.period_type, one.breakdown), []).append(one)
    marks = events.notes(area)
    if board.school_terms:
        marks = replace(marks, terms=terms_of([area.code]))
    return Read(
        area,
        chosen,
        grouped,
        observations.printed_of({one for one, *_ in shapes}, area.code),
        marks,
        in_use,
    )


def _parts(chart: ChartSpec) -> tuple[PeriodType, ...]:
    """The kinds of shorter periods by which a chart of totals is judged as well."""
    return FINER.get(chart.period_type, ())[1:] if chart.breakdown == ALL else ()


def _shapes(chart: ChartSpec, defined: ChartSpec) -> set[tuple[str, str, str]]:
    """Each indicator, kind of period and breakdown that a chart can show, also where it has to come nearer to how it is
    defined; the totals of its categories; and the years that stand before months."""
    ids = {
        chart.indicator,
        *chart.with_indicators,
        defined.indicator,
        *defined.with_indicators,
    }
    kinds = {chart.period_type, defined.period_type}
    shapes = {*product(kinds, {chart.breakdown, defined.breakdown}), ("year", ALL)}
    shapes |= {(kind, ALL) for kind in (*kinds, *_parts(chart))}
    return {(one, *shape) for one in ids for shape in shapes}


def _with_numbers(
    chart: ChartSpec, defined: ChartSpec, read: Read
) -> tuple[ChartSpec, tuple[str, ...]]:
    """A chart in the shape that was asked for, or nearer its own where there are no such numbers."""
    if read.has(chart):
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
    no_period = f"There are no numbers {page.OF_PERIODS[chart.period_type]}."
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
        if other != chart and read.has(other):
            whole = other.model_copy(update=title) if _shape(other) == _shape(defined) else other
            return whole, said
    return defined if same else chart, ()


def _shape(chart: ChartSpec) -> tuple[str, str]:
    return chart.period_type, chart.breakdown


def _panel(chart: ChartSpec, read: Read) -> Panel:
    """One panel: within a category, compared with others, or plain."""
    spec, chosen = read.spec(chart.indicator), read.chosen
    panel = read.panel(chart, read.behind(chart))
    if chosen.within and panel.rows:
        return _within(chart, panel, read, chosen.within)
    whole = read.of(spec.id, chart.period_type, chart.breakdown)
    mine = chosen.span.of(whole)
    if chosen.compare and panel.rows:
        refusal = control.why_not_compared(spec, chart, chosen.compare)
        if refusal:
            return control.with_notes(panel, (refusal,))
        beside = _beside(chart, read.area, whole, chosen)
        is_moved = chosen.compare == "past"
        found = control.compared(panel, spec, [(read.area.name, mine), *beside], is_moved=is_moved)
        which = chosen.compare == "neighbours" and any(values for _, values in beside)
        return control.with_notes(found, (others.which_neighbours(read.area),)) if which else found
    single = not chart.with_indicators and chart.mark == "line"
    return control.adjusted(panel, spec, mine, chosen) if single else panel


def _beside(
    chart: ChartSpec, area: Area, mine: Sequence[Value], chosen: Controls
) -> list[tuple[str, Sequence[Value]]]:
    """The series that a chart is compared with, each with its name; `mine` is the chart's own whole series."""
    if chosen.compare == "past":
        return [("A year before", chosen.span.of(control.year_before(mine)))]
    areas = others.areas_for(area, chosen.compare)
    values = chosen.span.of(
        observations.values(
            indicator_ids=[chart.indicator],
            areas=[one.code for one in areas],
            period_types=[chart.period_type],
        )
    )
    return [(one.name, [value for value in values if value.area == one.code]) for one in areas]


def _within(chart: ChartSpec, whole: Panel, read: Read, within: tuple[str, str]) -> Panel:
    """A panel within a category, where the pair is kept; else its title with the reason, never everybody instead."""
    spec = read.spec(chart.indicator)
    dimension, category = within
    refusal = why_not_within(chart, spec, dimension)
    if refusal:
        return page.not_within(whole, refusal)
    kept = crosses.within(spec, read.area, chart.period_type, chart.breakdown, dimension, category)
    label = code_list(dimension).label(category)
    narrowed = chart.model_copy(update={"title": f"{chart.title}, {label} only"})
    panel = page.panel(narrowed, kept, specs=(spec,), span=read.chosen.span)
    return control.addressed_within(panel, within)


def why_not_within(chart: ChartSpec, spec: IndicatorSpec, dimension: str) -> str:
    """Why a chart is not shown within a category of a dimension, a sentence; empty where it is."""
    if chart.with_indicators:
        return "Several indicators in one chart are not crossed."
    if dimension == chart.breakdown:
        return "It is broken down by just that."
    return crosses.why_not_kept(spec, chart.breakdown, dimension)


def _shapes_besides(board: Dashboard) -> set[tuple[str, str, str]]:
    """Each indicator, kind of period and breakdown of what a board shows besides its charts."""
    shapes = {(one, breakdown) for one, breakdown in RANKED.get(board.slug, ())}
    shapes |= {(one, ALL) for one, _ in shapes if indicators()[one].several}
    for rate, count, breakdown in DISPARITY.get(board.slug, ()):
        of_groups = (rate, count, disparity_page.CHILDREN, disparity_page.SHARES[breakdown])
        shapes |= {(count, ALL), *((one, breakdown) for one in of_groups)}
    return {(one, "year", breakdown) for one, breakdown in shapes}


def _besides(board: Dashboard, read: Read) -> list[Panel]:
    """The top ten of the board's sources or reasons, and the rates of its groups of children; of all children only."""
    found: list[Panel] = []
    for indicator, breakdown in RANKED.get(board.slug, ()):
        spec = indicators()[indicator]
        values = read.of(indicator, "year", breakdown)
        totals = read.of(indicator, "year", ALL) if spec.several else []
        codes = cells.category_codes(spec, breakdown)
        ranking = ranks.ranking(spec, codes, values, totals)
        found += [ranks_panel.panel(ranking, indicator, breakdown)] if ranking else []
    for rate, count, breakdown in DISPARITY.get(board.slug, ()):
        spec = indicators()[rate]
        counts = read.of(count, "year", breakdown)
        groups = disparity_page.disparity(
            spec,
            breakdown,
            read.of(rate, "year", breakdown),
            any(one.numerator is not None for one in counts),
            cells.category_codes(spec, breakdown),
            children=read.of(disparity_page.CHILDREN, "year", breakdown),
            shares=read.of(disparity_page.SHARES[breakdown], "year", breakdown),
            totals=read.of(count, "year", ALL),
        )
        found += [disparity_page.panel(groups, spec, breakdown)] if groups else []
    if read.chosen.within:
        return [
            page.not_within(one, "It compares the categories of all referrals.") for one in found
        ]
    return found
