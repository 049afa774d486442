"""The panel of events too rare for an XmR chart: how long it was from each to the next, or why that is no chart."""

from collections.abc import Collection, Sequence

from lscb.numbers import format_number, plural
from lscb.periods import Period
from performance.indicators import rare_events
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.pages import chart_parts, colours
from performance.pages.cells import Cell, number_address
from performance.pages.chart_parts import CONCERN, IMPROVE, MEAN, NEUTRAL, SOFT, Figure
from performance.pages.frames import frame
from performance.pages.panel import Panel
from performance.statistics.special_causes import Direction

Gap = rare_events.Gap
Chart = rare_events.Chart

SIGNS = {  # colour and sign of a flagged gap, by whether fewer events are better
    "improvement": (IMPROVE, "circle"),
    "concern": (CONCERN, "diamond"),
    "special cause": (NEUTRAL, "triangle-up"),
}


def panel(
    spec: IndicatorSpec, values: Sequence[Value], rebases: Collection[Period] = ()
) -> Panel | None:
    """The chart of the periods from event to event; None for what is no count of events, or an XmR chart serves."""
    chart = rare_events.chart(spec, values, rebases)
    if chart is None:
        return None
    known = [count for _, count in rare_events.events(values, rebases) if count is not None]
    kind = values[0].period_type
    drawn = chart.refusal is None
    events = f"{plural(sum(known), 'event')} in {plural(len(known), kind)}"
    return Panel(
        id="rare",
        title=f"{spec.title}: {kind}s from one event to the next",
        indicator=spec.id,
        period_type=kind,
        breakdown=ALL,
        figure=_figure(spec, chart, kind, colours.of_series(spec.id, values[0].area))
        if drawn
        else None,
        summary=_summary(chart, kind, events),
        course=_course(spec, chart, kind) if drawn else "",
        columns=("Event in", f"{kind.capitalize()}s since the one before", "Unusual?"),
        rows=tuple(_row(spec, gap, values) for gap in reversed(chart.gaps)) if drawn else (),
        signs=_signs(chart) if drawn else (),
        unavailable="" if drawn else f"The time between them makes no chart: {chart.refusal}.",
    )


def _summary(chart: Chart, kind: str, events: str) -> str:
    if chart.mean is None or chart.upper is None:
        return f"These events are rare: {events}."
    flagged = sum(1 for gap in chart.gaps if gap.rule is not None)
    unusual = (
        f"{plural(flagged, 'gap')} of {len(chart.gaps)} {'is' if flagged == 1 else 'are'} unusual"
        if flagged
        else "No gap is unusual"
    )
    words = (
        f"These events are rare ({events}), so the chart shows how many {kind}s it was from each to the next: "
        f"{_number(chart.mean)} on average, usually at most {_number(chart.upper)}. {unusual}."
    )
    if chart.open_gap is None:
        return words
    if chart.open_gap == 0:
        return f"{words} The latest {kind} had one."
    since = f"It is {plural(int(chart.open_gap), kind)} since the last event"
    return f"{words} {since}{', which is unusually long' if chart.open_signal else ''}."


def _course(spec: IndicatorSpec, chart: Chart, kind: str) -> str:
    """Every gap in order, and which of them are marked as what."""
    lengths = ", ".join(format_number(gap.length) for gap in chart.gaps)
    first, last = chart.gaps[0].label.label, chart.gaps[-1].label.label
    said = [f"Gaps that ended from {first} to {last}, in {kind}s, in order: {lengths}."]
    said.append(f"The middle line, 0.693 times the mean, is at {_number(chart.centre or 0.0)}.")
    flagged = [gap for gap in chart.gaps if gap.rule is not None]
    for words in dict.fromkeys(_words(spec, gap) for gap in flagged):
        listed = ", ".join(
            f"{gap.label.label} ({format_number(gap.length)})"
            for gap in flagged
            if _words(spec, gap) == words
        )
        said.append(f"Marked as {words[:1].lower()}{words[1:]}: {listed}.")
    return " ".join([*said, *([] if flagged else ["No gap is marked."])])


def _signs(chart: Chart) -> tuple[str, ...]:
    """What the lines stand for, and how far they can be trusted."""
    said = [
        "A g chart: a gap above the limit means that events became rarer, seven in a row on one side of the middle "
        "line that they became rarer (above it) or more frequent (below)"
    ]
    if chart.provisional:
        said.append(f"The limit is provisional: it rests on {plural(len(chart.gaps), 'gap')}")
    return tuple(said)


def _figure(spec: IndicatorSpec, chart: Chart, kind: str, own: str) -> Figure:
    labels = _labels(chart.gaps)
    lengths = [gap.length for gap in chart.gaps]
    name = f"{kind.capitalize()}s since the event before"
    centre, upper = chart.centre or 0.0, chart.upper or 0.0
    beside = {"showlegend": False, "meta": {"narrow": True}}  # named at the end of its line
    data = [
        chart_parts.line(name, labels, lengths, own) | {"showlegend": False},
        chart_parts.flat("Middle", labels, centre, MEAN, "dot") | beside,
        chart_parts.flat("Usually at most", labels, upper, SOFT, "dash") | beside,
    ]
    for judgement, (shade, sign) in SIGNS.items():
        marked = [
            (label, gap.length)
            for label, gap in zip(labels, chart.gaps, strict=True)
            if _judgement(spec, gap) == judgement
        ]
        if marked:
            data.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": judgement.capitalize(),
                    "x": [label for label, _ in marked],
                    "y": [length for _, length in marked],
                    "marker": {"color": shade, "size": 10, "symbol": sign},
                    "showlegend": True,
                    "hovertemplate": "%{x}: %{y}<extra>%{fullData.name}</extra>",
                }
            )
    figure = frame(f"{spec.title}: {kind}s between events", f"{kind}s", data, zero=True)
    chart_parts.values_range(figure, zero=True)
    return chart_parts.with_end_labels(
        figure, [("Usually at most", upper, SOFT), ("Middle", centre, SOFT)]
    )


def _labels(gaps: Sequence[Gap]) -> list[str]:
    """A name for each event, told apart where several fall in one period: `May 23`, `May 23 (2)`."""
    seen: dict[Period, int] = {}
    labels = []
    for gap in gaps:
        seen[gap.label] = seen.get(gap.label, 0) + 1
        again = f" ({seen[gap.label]})" if seen[gap.label] > 1 else ""
        labels.append(f"{gap.label.short}{again}")
    return labels


def _row(spec: IndicatorSpec, gap: Gap, values: Sequence[Value]) -> tuple[Cell, ...]:
    """A gap, which leads to where the count comes from that ended it."""
    words = _words(spec, gap)
    ended = next(one for one in values if one.period == gap.label)
    return (
        Cell(gap.label.label, is_number=False),
        Cell(format_number(gap.length), address=number_address(ended)),
        Cell(words, is_number=False),
    )


def _words(spec: IndicatorSpec, gap: Gap) -> str:
    """Whether a gap is unusual, and in which way: `Improvement: events became rarer`."""
    if gap.rule is None:
        return "No"
    way = "rarer" if gap.direction is Direction.HIGH else "more frequent"
    return f"{_judgement(spec, gap).capitalize()}: events became {way}"


def _judgement(spec: IndicatorSpec, gap: Gap) -> str:
    """What a flagged gap is. Empty for one that is not flagged."""
    if gap.rule is None:
        return ""
    return rare_events.judgement(spec, gap.direction) or "special cause"


def _number(amount: float) -> str:
    return format_number(amount, 1)
