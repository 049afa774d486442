"""What is marked on a chart beside its numbers: events, where limits begin anew, breaks, school terms."""

from collections.abc import Collection, Sequence

from lscb.periods import Period, between
from performance.indicators import series
from performance.indicators.series import NO_NOTES, Notes
from performance.indicators.terms import Term
from performance.pages.chart_parts import (
    TERM,
    Figure,
    shaded,
    with_letters,
)
from performance.queries.observations import Value


def marks_of(
    periods: Sequence[Period],
    indicator: str,
    notes: Notes,
    lines: Collection[tuple[Period, str]] = (),
) -> list[tuple[str, Period, str, bool]]:
    """The events, rebases and other `lines` that lie on a chart of these periods: (letter, the period it falls in,
    words, whether it is a line, before which the past ends)."""
    dated = [(one.period, f"{one.title} ({one.period.label})", False) for one in notes.events]
    dated += [
        (one, f"Limits begin anew with {one.label}", True) for one in notes.rebases_of(indicator)
    ]
    dated += [(when, words, True) for when, words in lines]
    found = []
    for when, words, is_rebase in sorted(dated):
        at = next((one for one in periods if one.first <= when.first <= one.last), None)
        if at is not None:
            found.append((at, words, is_rebase))
    return [(chr(65 + place % 26), *one) for place, one in enumerate(found)]


def with_marks(
    figure: Figure,
    periods: Sequence[Period],
    indicator: str,
    notes: Notes,
    lines: Collection[tuple[Period, str]] = (),
) -> Figure:
    """The figure with a shaded period and a letter for each event, a line and a letter for each rebase and other line;
    the words stand beneath the chart."""
    place = {period: at for at, period in enumerate(periods)}
    marks = [
        (letter, place[at], words, is_rebase)
        for letter, at, words, is_rebase in marks_of(periods, indicator, notes, lines)
    ]
    return with_letters(figure, marks)


def with_breaks(figure: Figure, values: Sequence[Value]) -> tuple[Figure, tuple[str, ...]]:
    """A figure over the periods of some values with a line and a letter for each break, and what the letters mean."""
    found = sorted({value.period for value in values})
    periods = between(found[0], found[-1])
    breaks = [(one.period, one.words) for one in series.breaks_of(values)]
    drawn = marks_of(periods, "", NO_NOTES, breaks)
    words = tuple(f"{letter}: {text}" for letter, _, text, _ in drawn)
    return with_marks(figure, periods, "", NO_NOTES, breaks), words


def with_terms(figure: Figure, periods: Sequence[Period], terms: Sequence[Term]) -> Figure:
    """The figure of months with the school terms shaded."""
    months = [period for period in periods if period.length == 1]
    if not months:
        return figure
    skipped = len(periods) - len(months)  # years that stand before them
    spans = [one.span(months[0].first - skipped) for one in terms]
    edges = (skipped - 0.5, len(periods) - 0.5)
    inside = [
        (max(first, edges[0]), min(last, edges[1]))
        for first, last in spans
        if last > edges[0] and first < edges[1]
    ]
    return shaded(figure, inside, TERM)
