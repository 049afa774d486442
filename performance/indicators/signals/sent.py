"""What was sent and does not fit itself: a quarter that its months do not add to, a denominator that came without its
numerator. Observations cannot show these; the counts as they were sent can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb.numbers import format_number, plural
from lscb.periods import Period
from performance.indicators.book import Book
from performance.indicators.checks import Apart, Gap, numerator_gap
from performance.indicators.limits import WINDOW
from performance.indicators.signals.found import CHARTED, RANKS, SENSE, Found
from performance.indicators.spec import IndicatorSpec, dataset_dimensions
from performance.intake.codes import ALL


@dataclass(frozen=True)
class Sent:
    """What was sent for an area of the datasets that a sense check holds against itself: the counts of now, and where
    their quarters and years differ from their months, by dataset."""

    book: Book
    apart: Mapping[str, Sequence[Apart]]


def other_than_months(spec: IndicatorSpec, sent: Sent) -> list[Found]:
    """The latest quarter or year that was sent and is another number than its months add to, a total before a category:
    at most one."""
    measure = spec.numerator
    if measure is None or spec.unit != "count" or spec.aggregation != "sum" or measure.less:
        return []
    totals = measure.dimensions() if spec.total else ()
    wrong = [
        (one, label)
        for one in sent.apart.get(measure.dataset, ())
        if (label := "" if one.codes in totals else _category(spec, one)) is not None
    ]
    if not wrong:
        return []
    wrong.sort(key=lambda pair: (bool(pair[1]), -pair[0].period.last, pair[0].period.length))
    (latest, label), more = wrong[0], len(wrong) - 1
    also = (
        f" {plural(more, 'other number does', 'other numbers do')} not add up either."
        if more
        else ""
    )
    words = (
        f"{spec.title}: {label}{format_number(float(latest.whole))} was sent for {latest.period.label}, but its months "
        f"add to {format_number(float(latest.months))}.{also}"
    )
    rule = "Counts of events add up over time: send the months again, or the longer period."
    numbers = {"value": float(latest.whole), "months": float(latest.months)}
    return [_found(spec, sent, (latest.period, latest.period), words, rule, numbers)]


def _category(spec: IndicatorSpec, one: Apart) -> str | None:
    """What precedes the number of a category of an indicator, `by source, Police: `; None for what is no part of it."""
    if spec.numerator is None:
        return None
    names = dataset_dimensions(spec.numerator.dataset)
    for breakdown in spec.breakdowns:
        code, dimension = one.codes[names.index(breakdown)], spec.dimension(breakdown)
        if code != ALL and one.codes in spec.numerator.dimensions(breakdown, code):
            label = dimension.code_list.label(code) if dimension else code
            return f"by {breakdown.replace('_', ' ')}, {label}: "
    return None


def without_numerator(
    spec: IndicatorSpec, sent: Sent, horizon: Mapping[str, Period]
) -> list[Found]:
    """The latest months (quarters) within the window of a chart whose denominator came without its numerator: at most
    one run of them."""
    for kind in (one for one in CHARTED if one in horizon and one != "year"):
        periods = [horizon[kind].shift(-back) for back in reversed(range(WINDOW[kind]))]
        gap = numerator_gap(spec, sent.book, periods)
        if gap is not None:
            return [_gap(spec, sent, gap)]
    return []


def _gap(spec: IndicatorSpec, sent: Sent, gap: Gap) -> Found:
    first, last = gap.first.label, gap.last.label
    when = first if first == last else f"{first} to {last}"
    words = (
        f"{spec.title}: no number for {when}, because the denominator came ({format_number(float(gap.below))}) without "
        f"its numerator. Sender: {spec.sender}."
    )
    rule = "A percentage needs both its numbers, and the period before had them."
    return _found(spec, sent, (gap.first, gap.last), words, rule, {"denominator": float(gap.below)})


def _found(
    spec: IndicatorSpec,
    sent: Sent,
    span: tuple[Period, Period],
    words: str,
    rule: str,
    numbers: Mapping[str, object],
) -> Found:
    """A breach from the first to the last period of a span."""
    return Found(
        kind=SENSE,
        indicator=spec.id,
        area=sent.book.area,
        period_type=span[0].kind,
        period=span[0],
        direction="",
        judgement="",
        latest=span[1],
        words=words,
        rule=rule,
        numbers=numbers,
        rank=RANKS[SENSE, ""],
    )
