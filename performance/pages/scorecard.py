"""What the quarterly scorecard says, as plain dataclasses: one row an indicator.

A row never hides what is missing: a quarter that was not sent says so, and the latest number before it is shown with
its date. Demand counts (no polarity) are never coloured. Limits of usual variation rest on the last 24 months (or 12
quarters) up to the quarter, here as on every other page.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lscb.numbers import NO_NUMBER, format_value, missing_words, unit_words
from lscb.periods import Period, months_of
from performance.indicators import narrative, series
from performance.indicators.series import WINDOW as WINDOW
from performance.indicators.series import window as window
from performance.indicators.spec import IndicatorSpec, Scorecard, Target, indicators
from performance.pages import charts, sparks
from performance.pages.cells import number_address
from performance.pages.wording import (
    Assurance,
    Delta,
    Rag,
    Variation,
    assurance,
    delta,
    interval,
    rag,
    target_words,
    variation,
)
from performance.pages.wording import write as write
from performance.queries.observations import Value
from performance.statistics.spc import Chart as Spc
from performance.statistics.spc import expected_false_alarms

Known = dict[tuple[str, str, str], list[Value]]
Rebases = Mapping[str, Mapping[str, Collection[Period]]]


@dataclass(frozen=True)
class Row:
    """One indicator on the scorecard. `place` names a wider area where only that has the number (else empty), and
    `area` is the code of the area that the row is about."""

    id: str
    area: str
    place: str
    title: str
    sender: str
    to: str
    value: str
    value_note: str
    is_missing: bool
    is_older: bool
    interval: str
    spark: sparks.Spark | None
    on_last_quarter: Delta
    on_last_year: Delta
    to_date: Delta
    target: str
    rag: Rag | None
    variation: Variation
    comparator: str
    assurance: Assurance | None = None
    says: str = ""  # the drafted sentence, where it was asked for and there is a number
    period: str = ""  # the code of the period that the value is of; empty where there is no number


@dataclass(frozen=True)
class SectionOf:
    """A section of the scorecard with its rows."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """The scorecard of a quarter."""

    quarter: Period
    sections: tuple[SectionOf, ...]
    signals: tuple[Row, ...]
    missing: tuple[Row, ...]
    rows: int
    false_alarms: float


def listed(layout: Scorecard) -> list[str]:
    """The ids of the scorecard's indicators in order, each once."""
    return list(dict.fromkeys(one for section in layout.sections for one in section.indicators))


def periods_needed(quarter: Period) -> dict[str, list[str]]:
    """The codes of the periods a scorecard reads, by kind: enough months for 24 points that end a year
    earlier, and as many years as limits rest on."""
    last = months_of(quarter)[-1]
    return {
        "month": [last.shift(-back).code for back in range(WINDOW["month"] + 12)],
        "quarter": [quarter.shift(-back).code for back in range(21)],
        "year": [
            quarter.year.shift(-back).code
            for back in range(WINDOW["year"] + 1)  # yearly statistics come a year late
            if quarter.year.first - 12 * back > 2012 * 12
        ],
        "ytd": [last.shift(-3 * back).code for back in range(16)],
    }


def build(
    layout: Scorecard,
    quarter: Period,
    values: Iterable[Value],
    area: str,
    comparators: Sequence[tuple[str, str]],
    wider: Sequence[tuple[str, str]] = (),
    rebases: Rebases | None = None,
    specs: Mapping[str, IndicatorSpec] | None = None,
    *,
    drafts: bool = False,
) -> Page:
    """The page of a quarter for an area (code). `comparators` are (area code, name), the first that has the value is
    shown. `wider` are the areas the area lies in, whose number a row shows (and names) where the area has none.
    Values after the quarter are not used. `rebases` are where limits begin anew, by area and indicator.
    `specs` are the definitions in use; an indicator that is not among them has no row. With `drafts` each row has its
    drafted sentence as well, which the scorecard itself does not show."""
    known: Known = {}
    for value in sorted(values, key=lambda one: one.period.first):
        if value.period.last <= quarter.last:
            known.setdefault((value.area, value.indicator, value.period_type), []).append(value)
    specs = indicators() if specs is None else specs
    places = ((area, ""), *wider)
    sections = tuple(
        SectionOf(
            section.title,
            tuple(
                _row(
                    specs[one],
                    quarter,
                    known,
                    _place(specs[one], known, places),
                    comparators,
                    rebases or {},
                    drafts=drafts,
                )
                for one in section.indicators
                if one in specs
            ),
        )
        for section in layout.sections
        if any(one in specs for one in section.indicators)
    )
    rows = list({row.id: row for section in sections for row in section.rows}.values())
    return Page(
        quarter=quarter,
        sections=sections,
        signals=tuple(row for row in rows if row.variation.is_signal),
        missing=tuple(row for row in rows if row.is_missing or row.is_older),
        rows=len(rows),
        false_alarms=expected_false_alarms(sum(1 for row in rows if row.variation.is_judged)),
    )


def _row(
    spec: IndicatorSpec,
    quarter: Period,
    known: Known,
    place: tuple[str, str],
    comparators: Sequence[tuple[str, str]],
    rebases: Rebases,
    *,
    drafts: bool,
) -> Row:
    area, place_name = place
    anew = rebases.get(area, {}).get(spec.id, ())

    def of(period_type: str, where: str = area) -> list[Value]:
        return known.get((where, spec.id, period_type), [])

    shown = latest(of("quarter"), of("year"), quarter)
    kinds = [of("month"), of("quarter"), of("year")]
    # A quarter that was sent in part was due in whole: its missing months are points without data.
    until = quarter.last if shown and shown.is_partial else None
    chart = best_chart(spec, kinds, anew, until)
    missing = shown is None or not shown.is_reported
    comparable = shown if shown and shown.is_reported else None
    return Row(
        id=spec.id,
        area=area,
        place=place_name,
        title=spec.title,
        sender=spec.sender,
        to=_to(shown, of("month")),
        value=NO_NUMBER if missing or shown is None else write(spec, shown),
        value_note=_note(spec, shown, quarter),
        is_missing=missing,
        is_older=shown is not None and shown.is_reported and shown.period.last < quarter.last,
        interval=interval(spec, comparable),
        spark=sparks.draw(chart, _line(spec.target), _spark_words(spec, chart)) if chart else None,
        on_last_quarter=_change(spec, comparable, of("quarter"), "previous"),
        on_last_year=_change(
            spec, comparable, of(comparable.period_type) if comparable else [], "year"
        ),
        to_date=_to_date(spec, of("ytd"), comparable, quarter),
        target=target_words(spec),
        rag=rag(spec, comparable),
        variation=variation(spec, chart),
        comparator=_comparator(spec, comparable, of, comparators),
        assurance=assurance(spec, chart),
        says=narrative.paragraph(
            spec, [value for kind in kinds for value in kind], comparable.period, rebases=anew
        )
        if drafts and comparable
        else "",
        period=comparable.period.code if comparable else "",
    )


def _place(spec: IndicatorSpec, known: Known, places: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The first place that has a number; the area itself where none has."""
    for place in places:
        for period_type in ("quarter", "year"):
            if any(one.is_reported for one in known.get((place[0], spec.id, period_type), [])):
                return place
    return places[0]


def latest(quarters: Sequence[Value], years: Sequence[Value], quarter: Period) -> Value | None:
    """The number a row shows: the quarter's; else the year's, when it ends with the quarter; else, of the latest that
    were reported, the one that ends last (a quarter before a year). A quarter that was sent in part shows as such."""
    now = next((value for value in quarters if value.period == quarter), None)
    if now is not None:
        return now
    reported = [value for value in (*quarters, *years) if value.is_reported]
    return max(reported, key=lambda value: (value.period.last, -value.period.length), default=None)


def best_chart(
    spec: IndicatorSpec,
    kinds: Sequence[Sequence[Value]],
    rebases: Collection[Period] = (),
    until: int | None = None,
) -> Spc[Period] | None:
    """The SPC chart of the finest kind of period that has enough points, over its window; with the gaps up to the
    month `until` where that is later."""
    recent = series.best(kinds)
    return charts.spc(recent, spec, rebases, until) if recent else None


def _line(target: Target | None) -> float | None:
    return target.value if target and target.upper is None else None


def _change(
    spec: IndicatorSpec, value: Value | None, others: Sequence[Value], against: str
) -> Delta:
    if value is None:
        return Delta("not available", known=False)
    if against == "previous" and value.period.kind != "quarter":
        return Delta("yearly", known=False)
    wanted = value.period.previous() if against == "previous" else value.period.year_before()
    before = next((one for one in others if one.period == wanted), None)
    change = delta(spec, before, value)
    return replace(change, address=number_address(before)) if before and change.known else change


def _to(shown: Value | None, months: Sequence[Value]) -> str:
    """`to March 2025`: the last month that the row knows of."""
    reported = [value.period for value in months if value.is_reported]
    if shown and shown.is_reported:
        reported.append(shown.period)
    if not reported:
        return "not submitted"
    last = max(period.last for period in reported)
    return f"to {Period(last, 1).short}"


def _note(spec: IndicatorSpec, shown: Value | None, quarter: Period) -> str:
    """What stands under the value: its unit, or the period when it is older, or why it is missing."""
    if shown is None:
        return "not yet collected" if not spec.has_data_source else "not available"
    if not shown.is_reported:
        if shown.is_partial:
            return shown.coverage
        return missing_words(shown.status)
    words = [unit_words(spec.unit)]
    if shown.period != quarter:
        words.append(
            f"in {shown.period.label}" if shown.period.kind == "year" else shown.period.label
        )
    elif spec.unit == "count":
        words.append("at the end" if spec.aggregation == "last" else "in the quarter")
    if shown.published:
        words.append("as printed")
    if shown.is_rolled_up:
        words.append("added up from its areas")
    return ", ".join(word for word in words if word)


def _to_date(
    spec: IndicatorSpec, ytd: Sequence[Value], shown: Value | None, quarter: Period
) -> Delta:
    """April to the end of the quarter; for an older row, its own year to date."""
    if spec.aggregation not in ("sum", "ratio of sums"):
        return Delta("not added up", known=False)
    if shown and shown.period.kind == "year":
        return Delta("yearly", known=False)
    end = (shown.period if shown else quarter).last
    found = next((value for value in ytd if value.period.last == end and value.is_reported), None)
    if found is None:
        return Delta("not available", known=False)
    return Delta(write(spec, found), address=number_address(found))


def _comparator(
    spec: IndicatorSpec,
    shown: Value | None,
    of: Callable[..., list[Value]],
    comparators: Sequence[tuple[str, str]],
) -> str:
    """The same value elsewhere, for units that compare: a count of another area says nothing about this one."""
    if shown is None or spec.unit == "count":
        return ""
    for code, name in comparators:
        for other in of(shown.period_type, code):
            if other.period == shown.period and other.is_reported:
                return f"{name} {write(spec, other)}"
    return ""


def _spark_words(spec: IndicatorSpec, chart: Spc[Period]) -> str:
    """The sparkline in words, for those who do not see it."""
    known = [point for point in chart.points if point.value is not None]
    last = known[-1]
    return (
        f"{spec.title}: {len(known)} points from {known[0].label.label} to {last.label.label}, "
        f"latest {format_value(last.value, spec.unit)}. {chart.variation.words}"
    )


def choose_quarter(counted: Collection[tuple[Period, str]]) -> Period | None:
    """The quarter a scorecard opens with: the latest with at least half as many numbers as the fullest of the last
    eight, so that one early return does not open a page of gaps. `counted` are (quarter, indicator id) pairs that
    have a number; None where there are none."""
    tally = Counter(quarter for quarter, _ in counted)
    recent = sorted(tally, reverse=True)[:8]
    if not recent:
        return None
    fullest = max(tally[quarter] for quarter in recent)
    return next(quarter for quarter in recent if 2 * tally[quarter] >= fullest)
