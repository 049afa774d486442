"""What the quarterly scorecard says, as plain dataclasses: one row an indicator.

A row never hides what is missing: a quarter that was not sent says so, and the latest number before it is shown with
its date. Demand counts (no polarity) are never coloured. Limits of usual variation rest on the last 24 months (or 12
quarters) up to the quarter, here as on every other page.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from lscb.numbers import NO_NUMBER
from lscb.periods import FIRST_YEAR, Period, months_of
from performance.indicators import series
from performance.indicators.false_alarms import false_alarm_share
from performance.indicators.limits import REACH
from performance.indicators.limits import WINDOW as WINDOW
from performance.indicators.limits import window as window
from performance.indicators.scorecard import Scorecard
from performance.indicators.spec import IndicatorSpec, indicators
from performance.pages import charts, row_words, sparks
from performance.pages.cells import number_address
from performance.pages.judged import drawn_with, ends_with, not_judged
from performance.pages.news import lies_in, news
from performance.pages.row_words import Known, Names
from performance.pages.wording import (
    Assurance,
    Delta,
    Rag,
    Variation,
    assurance,
    compared,
    interval,
    rag,
    target_words,
    variation,
)
from performance.pages.wording import write as write
from performance.queries.observations import Value
from performance.statistics.spc import Chart as Spc

CHARTED = ("month", "quarter", "year")  # the kinds of period that a row draws a line of
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
    comparator_address: str = ""  # where the comparator comes from
    chance: float = 0.0  # how likely its latest point shows a signal though nothing changed
    is_stock: bool = False  # whether it is a number at a period's end
    is_of_quarter: bool = False  # whether the point that is judged is of the quarter
    news: str = ""  # what its signal of the quarter says; empty where it shows none
    judged_by: str = (
        ""  # the kind of period it is judged by, where that is another than its number's: month
    )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Worked out once for a row, which stays while its values do: it holds a sparkline of many points."""
        return hash((self.id, self.area, self.value, self.period, self.spark))


@dataclass(frozen=True)
class SectionOf:
    """A section of the scorecard with its rows."""

    title: str
    rows: tuple[Row, ...]

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows that have a figure of any time, which take a line each on paper."""
        return tuple(row for row in self.rows if row.spark or not row.is_missing)

    @property
    def reasons(self) -> dict[str, list[Row]]:
        """The rows without figures by the reason and who would send them: `not available; Training unit`."""
        found: dict[str, list[Row]] = {}
        for row in self.without_figures:
            found.setdefault(f"{row.value_note}; {row.sender}", []).append(row)
        return found

    @property
    def without_figures(self) -> tuple[Row, ...]:
        """The rows without any figure yet, which share a line at the end of a sheet of paper."""
        return tuple(row for row in self.rows if not row.spark and row.is_missing)


def without_figures(sections: Iterable[SectionOf]) -> dict[str, list[Row]]:
    """The rows of all sections that have no figure yet, each once, by the reason and who would send them."""
    found: dict[str, list[Row]] = {}
    for section in sections:
        for reason, rows in section.reasons.items():
            known = found.setdefault(reason, [])
            known += [row for row in rows if row not in known]
    return found


@dataclass(frozen=True)
class Page:
    """The scorecard of a quarter. `signals` are the rows with a signal of that quarter, concerns first and improvements
    last; a signal of an earlier period is none."""

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
    """The codes of the periods a scorecard reads, by kind: as many as limits may rest on, and months and quarters of a
    year before for the changes."""
    last = months_of(quarter)[-1]
    return {
        "month": [last.shift(-back).code for back in range(REACH["month"])],
        "quarter": [
            quarter.shift(-back).code
            for back in range(21)
            if quarter.first - 3 * back > FIRST_YEAR * 12
        ],
        "year": [
            quarter.year.shift(-back).code
            for back in range(REACH["year"] + 1)  # yearly statistics come a year late
            if quarter.year.first - 12 * back > FIRST_YEAR * 12
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
    specs = indicators() if specs is None else specs
    known = _by_indicator(values, quarter)
    places = ((area, ""), *wider)

    def row(spec: IndicatorSpec) -> Row:
        anew = tuple((code, tuple(of.get(spec.id, ()))) for code, of in (rebases or {}).items())
        mine = tuple(known.get(spec.id, ()))
        return row_of(spec, quarter, mine, places, tuple(comparators), anew, drafts=drafts)

    found = (
        SectionOf(
            section.title, tuple(row(specs[one]) for one in section.indicators if one in specs)
        )
        for section in layout.sections
    )
    sections = tuple(section for section in found if section.rows)
    rows = list({row.id: row for section in sections for row in section.rows}.values())
    return Page(
        quarter=quarter,
        sections=sections,
        signals=tuple(sorted((row for row in rows if row.news), key=_pressing)),
        missing=tuple(row for row in rows if row.is_missing or row.is_older),
        rows=len(rows),
        false_alarms=sum(
            row.chance for row in rows if row.variation.is_judged and row.is_of_quarter
        ),
    )


def _pressing(row: Row) -> int:
    return {"concern": 0, "improvement": 2}.get(row.variation.icon, 1)


def _by_indicator(values: Iterable[Value], quarter: Period) -> dict[str, list[Value]]:
    """The values that do not lie after the quarter, in the order of their periods."""
    found: dict[str, list[Value]] = {}
    for value in sorted(values, key=attrgetter("period.first")):
        if value.period.first + value.period.length <= quarter.first + quarter.length:
            found.setdefault(value.indicator, []).append(value)
    return found


@dataclass(frozen=True)
class _Seen:
    """What a row is made of: the values of its area by kind of period, the quarter's number as it is (`shown`) and
    where it is one (`there`), and the chart that is drawn, which judges that number or not (`judged`)."""

    area: str
    kinds: tuple[list[Value], list[Value], list[Value]]
    to_date: list[Value]
    anew: Collection[Period]
    shown: Value | None
    there: Value | None
    drawn: list[Value]
    chart: Spc[Period] | None
    judged: Spc[Period] | None


def _seen(
    spec: IndicatorSpec,
    quarter: Period,
    known: Known,
    area: str,
    rebases: tuple[tuple[str, tuple[Period, ...]], ...],
) -> _Seen:
    months, quarters, years = (known.get((area, one), []) for one in CHARTED)
    kinds = (months, quarters, years)
    anew = dict(rebases).get(area, ())
    shown = latest(quarters, years, quarter)
    there = shown if shown and shown.is_reported else None
    # A quarter that was sent in part was due in whole: its missing months are points without data.
    until = quarter.last if shown and shown.is_partial else None
    drawn = drawn_with(kinds, there)
    chart = charts.spc(drawn, spec, anew, until) if drawn else None
    judged = chart if there is None or ends_with(drawn, there) else None
    to_date = known.get((area, "ytd"), [])
    return _Seen(area, kinds, to_date, anew, shown, there, drawn, chart, judged)


@lru_cache(maxsize=512)
def row_of(
    spec: IndicatorSpec,
    quarter: Period,
    values: tuple[Value, ...],
    places: Names,
    comparators: Names,
    rebases: tuple[tuple[str, tuple[Period, ...]], ...],
    *,
    drafts: bool,
) -> Row:
    """The row of an indicator whose `values` these are. The same values give the same row, so that of a new state of
    the data only the rows that changed are made."""
    known = _by_kind(values)
    area, place = _place(known, places)
    seen = _seen(spec, quarter, known, area, rebases)
    compared_with = row_words.comparator(spec, seen.there, known, comparators)
    return _row(spec, quarter, seen, place, compared_with, drafts=drafts)


def _row(
    spec: IndicatorSpec,
    quarter: Period,
    seen: _Seen,
    place: str,
    elsewhere: tuple[str, Value] | None,
    *,
    drafts: bool,
) -> Row:
    months, quarters, years = seen.kinds
    there, chart, judged = seen.there, seen.chart, seen.judged
    standing = rag(spec, there)
    return Row(
        id=spec.id,
        area=seen.area,
        place=place,
        title=spec.title,
        sender=spec.sender,
        to=row_words.to(there, months),
        value=write(spec, there) if there else NO_NUMBER,
        value_note=row_words.note(spec, seen.shown, quarter),
        is_missing=there is None,
        is_older=there is not None and there.period.last < quarter.last,
        interval=interval(spec, there),
        spark=_spark(spec, seen),
        on_last_quarter=row_words.on_last_quarter(spec, there, quarters),
        on_last_year=row_words.on_last_year(spec, there, (*quarters, *years)),
        to_date=row_words.to_date(spec, seen.to_date, there, quarter),
        target=target_words(spec, row_words.aim(spec, there, quarter)),
        rag=standing,
        variation=variation(spec, chart)
        if judged is chart
        else not_judged(spec, seen.drawn, there),
        chance=false_alarm_share(judged) if judged else 0.0,
        is_stock=spec.aggregation == "last",
        comparator=compared(spec, there, *elsewhere) if there and elsewhere else "",
        comparator_address=number_address(elsewhere[1]) if elsewhere else "",
        assurance=assurance(spec, judged),
        says=row_words.says(spec, there, seen.kinds, seen.anew) if drafts else "",
        period=there.period.code if there else "",
        is_of_quarter=judged is not None and lies_in(judged.points[-1].label, quarter),
        news=news(spec, judged, seen.drawn, there, quarter, standing),
        judged_by=_judged_by(judged, there),
    )


def _spark(spec: IndicatorSpec, seen: _Seen) -> sparks.Spark | None:
    chart = seen.chart
    if chart is None:
        return None
    words = row_words.spark_words(spec, chart)
    begun = series.begun_anew(seen.drawn)
    return sparks.draw(chart, row_words.lines(spec, chart), words, begun=begun)


def _by_kind(values: Iterable[Value]) -> Known:
    found: Known = {}
    for value in values:
        found.setdefault((value.area, value.period_type), []).append(value)
    return found


def _place(known: Known, places: Names) -> tuple[str, str]:
    """The first place that has a number; the area itself where none has."""
    for place in places:
        for kind in ("quarter", "year"):
            if any(one.is_reported for one in known.get((place[0], kind), [])):
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


def _judged_by(chart: Spc[Period] | None, shown: Value | None) -> str:
    """The kind of period of a chart where it is another than that of the number beside it."""
    if chart is None or shown is None or chart.points[-1].label.kind == shown.period.kind:
        return ""
    return chart.points[-1].label.kind


def choose_quarter(counted: Mapping[Period, int]) -> Period | None:
    """The quarter a scorecard opens with: the latest with at least half as many numbers as the fullest of the last
    eight, so that one early return does not open a page of gaps. `counted` says how many each has; None where
    none has any."""
    recent = sorted(counted, reverse=True)[:8]
    if not recent:
        return None
    fullest = max(counted[quarter] for quarter in recent)
    return next(quarter for quarter in recent if 2 * counted[quarter] >= fullest)
