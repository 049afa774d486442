"""What the quarterly scorecard says, as plain dataclasses: one row an indicator.

A row never hides what is missing: a quarter that was not sent says so, and the latest number before it is shown with
its date. Demand counts (no polarity) are never coloured. Limits of usual variation rest on the last 24 months (or 12
quarters) up to the quarter, here as on every other page.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from lscb.numbers import (
    NO_NUMBER,
    format_change,
    format_interval,
    format_relative_change,
    format_value,
    missing_words,
    unit_words,
)
from lscb.periods import Period, months_of
from performance import charts
from performance.indicators.spec import IndicatorSpec, Scorecard, Target, indicators
from performance.queries.observations import Value
from performance.statistics import changes
from performance.statistics.spc import Chart as Spc
from performance.statistics.spc import Judgement, expected_false_alarms
from performance.statistics.special_causes import SpecialCause

WINDOW = {"month": 24, "quarter": 12, "year": 12}
SPARK_NEEDS = {
    "month": 6,
    "quarter": 4,
    "year": 2,
}  # points from which a kind of period makes a sparkline
ICONS = {
    Judgement.COMMON: ("common", "Usual variation"),
    Judgement.IMPROVEMENT: ("improvement", "Improvement"),
    Judgement.CONCERN: ("concern", "Concern"),
    Judgement.SPECIAL_HIGH: ("high", "Special cause, high"),
    Judgement.SPECIAL_LOW: ("low", "Special cause, low"),
    Judgement.NO_DATA: ("nodata", "No data"),
    Judgement.NO_LIMITS: ("few", "Too few points"),
}
SIGNALS = {"improvement", "concern", "high", "low"}


@dataclass(frozen=True)
class Delta:
    """A change as it is written: the amount with its unit, and the percentage beneath it where one is meant."""

    amount: str
    relative: str = ""
    known: bool = True


@dataclass(frozen=True)
class Rag:
    """How a value stands to its target, in a word, with the rule."""

    word: str
    css: str
    rule: str


@dataclass(frozen=True)
class Variation:
    """The variation icon's name, its short words, the sentence behind it, and the side of a special cause."""

    icon: str
    words: str
    sentence: str
    direction: str = ""

    @property
    def is_signal(self) -> bool:
        """Whether it says that something other than chance is at work."""
        return self.icon in SIGNALS

    @property
    def is_judged(self) -> bool:
        """Whether there were enough points to tell signal from noise."""
        return self.icon == "common" or self.is_signal

    @property
    def kind(self) -> str:
        """The kind that the tag `variation` draws: `concern-low`, `special-high`, `common`, `few`, `none`."""
        if self.icon in ("improvement", "concern"):
            return f"{self.icon}-{self.direction}"
        return {"high": "special-high", "low": "special-low", "nodata": "none"}.get(
            self.icon, self.icon
        )


@dataclass(frozen=True)
class Row:
    """One indicator on the scorecard."""

    id: str
    title: str
    sender: str
    to: str
    value: str
    value_note: str
    is_missing: bool
    is_older: bool
    interval: str
    spark: charts.Spark | None
    on_last_quarter: Delta
    on_last_year: Delta
    to_date: str
    target: str
    rag: Rag | None
    variation: Variation
    comparator: str


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
    """The codes of the periods a scorecard reads, by kind: enough months for 24 points that end a year earlier."""
    last = months_of(quarter)[-1]
    return {
        "month": [last.shift(-back).code for back in range(48)],
        "quarter": [quarter.shift(-back).code for back in range(21)],
        "year": [
            quarter.year.shift(-back).code
            for back in range(9)
            if quarter.year.first - 12 * back > 2012 * 12
        ],
        "ytd": [last.shift(-back).code for back in range(48)],
    }


def build(
    layout: Scorecard,
    quarter: Period,
    values: Iterable[Value],
    area: str,
    comparators: Sequence[tuple[str, str]],
) -> Page:
    """The page of a quarter for an area (code). `comparators` are (area code, name), the first that has the value is
    shown. Values after the quarter are not used."""
    known: dict[tuple[str, str, str], list[Value]] = {}
    for value in values:
        if value.period.last <= quarter.last:
            known.setdefault((value.area, value.indicator, value.period_type), []).append(value)
    specs = indicators()
    sections = tuple(
        SectionOf(
            section.title,
            tuple(
                _row(specs[one], quarter, known, area, comparators) for one in section.indicators
            ),
        )
        for section in layout.sections
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


Known = dict[tuple[str, str, str], list[Value]]


def _row(
    spec: IndicatorSpec,
    quarter: Period,
    known: Known,
    area: str,
    comparators: Sequence[tuple[str, str]],
) -> Row:
    def of(period_type: str, where: str = area) -> list[Value]:
        return sorted(known.get((where, spec.id, period_type), []), key=lambda value: value.period)

    shown = latest(of("quarter"), of("year"), quarter)
    chart = best_chart(spec, [of("month"), of("quarter"), of("year")])
    missing = shown is None or not shown.is_reported
    comparable = shown if shown and shown.is_reported else None
    return Row(
        id=spec.id,
        title=spec.title,
        sender=spec.sender,
        to=_to(shown, of("month")),
        value=NO_NUMBER if missing or shown is None else write(spec, shown),
        value_note=_note(spec, shown, quarter),
        is_missing=missing,
        is_older=shown is not None and shown.is_reported and shown.period.last < quarter.last,
        interval=interval(spec, comparable),
        spark=charts.spark(chart, _line(spec.target), _spark_words(spec, chart)) if chart else None,
        on_last_quarter=_change(spec, comparable, of("quarter"), "previous"),
        on_last_year=_change(
            spec, comparable, of(comparable.period_type) if comparable else [], "year"
        ),
        to_date=_to_date(spec, of("ytd"), comparable, quarter),
        target=target_words(spec),
        rag=rag(spec, comparable),
        variation=variation(chart),
        comparator=_comparator(spec, comparable, of, comparators),
    )


def latest(quarters: Sequence[Value], years: Sequence[Value], quarter: Period) -> Value | None:
    """The number a row shows: the quarter's; else the year's, when it ends with the quarter; else, of the latest that
    were reported, the one that ends last (a quarter before a year). A quarter that was sent in part shows as such."""
    now = next((value for value in quarters if value.period == quarter), None)
    if now is not None:
        return now
    reported = [value for value in (*quarters, *years) if value.is_reported]
    return max(reported, key=lambda value: (value.period.last, -value.period.length), default=None)


def best_chart(spec: IndicatorSpec, kinds: Sequence[Sequence[Value]]) -> Spc[Period] | None:
    """The SPC chart of the finest kind of period that has enough points, over its window."""
    for values in kinds:
        recent = window(values)
        if (
            recent
            and sum(1 for value in recent if value.is_reported)
            >= SPARK_NEEDS[recent[0].period_type]
        ):
            return charts.spc(recent, spec)
    return None


def window(values: Sequence[Value]) -> list[Value]:
    """The values on which limits rest: the last 24 months, 12 quarters or 12 years up to the last one."""
    if not values:
        return []
    last = max(value.period for value in values)
    first = last.shift(1 - WINDOW[values[0].period_type])
    return [value for value in values if value.period >= first]


def write(spec: IndicatorSpec, value: Value) -> str:
    """A value as it is written, or the words for why there is none."""
    return format_value(
        value.value,
        spec.unit,
        numerator=value.numerator,
        denominator=value.denominator,
        status=value.status,
    )


def variation(chart: Spc[Period] | None) -> Variation:
    """The icon, the words and the sentence of a chart; no chart has too few points."""
    if chart is None:
        return Variation("few", "Too few points", "Too few points to tell signal from noise.")
    icon, words = ICONS[chart.variation.icon]
    direction = str(chart.variation.direction or "")
    if icon in ("improvement", "concern"):
        words = f"{words}, {direction}"
    if icon == "few" and chart.refusal and not chart.refusal.startswith("too few"):
        words = "No limits"
    return Variation(icon, words, variation_sentence(chart), direction)


def variation_sentence(chart: Spc[Period]) -> str:
    """What the latest point of a chart says, in a sentence that names its period."""
    latest, seen = chart.points[-1].label.label, chart.variation
    if seen.rule is not None and seen.direction is not None:
        return f"{latest} is {SpecialCause(seen.rule, seen.direction).words}."
    if seen.icon == Judgement.COMMON:
        return f"{latest} is within usual variation."
    if seen.icon == Judgement.NO_DATA:
        return f"No data for {latest}."
    return f"No limits: {chart.refusal}."


def rag(spec: IndicatorSpec, value: Value | None) -> Rag | None:
    """How the value stands to the target by the stated rule; None without target or value."""
    target = spec.target
    if target is None or value is None or value.value is None:
        return None
    amount = value.value
    if target.upper is not None:
        if target.value <= amount <= target.upper:
            return Rag("In band", "met", target_words(spec))
        return Rag(
            "Below band" if amount < target.value else "Above band", "missed", target_words(spec)
        )
    short = target.value - amount if spec.polarity == "high" else amount - target.value
    if short <= 0:
        return Rag("Met", "met", target_words(spec))
    if short <= target.tolerance:
        return Rag("Near target", "near", f"within {target.tolerance:g} of the target")
    return Rag(
        "Below target" if spec.polarity == "high" else "Above target", "missed", target_words(spec)
    )


def target_words(spec: IndicatorSpec) -> str:
    """The target in words."""
    target = spec.target
    if target is None:
        return "No target"
    if target.upper is not None:
        return f"Band {format_value(target.value, spec.unit)} to {format_value(target.upper, spec.unit)}"
    side = "at least" if spec.polarity == "high" else "at most"
    return f"Target {side} {format_value(target.value, spec.unit)}"


def delta(spec: IndicatorSpec, before: Value | None, after: Value | None) -> Delta:
    """The change between two values with its unit: points for a percentage, the amount and % for the rest."""
    if not before or not after or before.value is None or after.value is None:
        return Delta("not available", known=False)
    difference = changes.absolute(before.value, after.value, places=6)
    amount = format_change(difference.amount, spec.unit)
    if spec.unit == "percent":
        return Delta(amount)
    relative = changes.relative(before.value, after.value)
    return Delta(
        amount, format_relative_change(relative.amount) if relative.amount is not None else ""
    )


def _line(target: Target | None) -> float | None:
    return target.value if target and target.upper is None else None


def _change(
    spec: IndicatorSpec, value: Value | None, others: Sequence[Value], against: str
) -> Delta:
    if value is None or (against == "previous" and value.period.kind != "quarter"):
        return Delta("not available", known=False)
    wanted = value.period.previous() if against == "previous" else value.period.year_before()
    before = next((one for one in others if one.period == wanted), None)
    return delta(spec, before, value)


def _to(shown: Value | None, months: Sequence[Value]) -> str:
    """`to March 2025`: the last month that the row knows of."""
    reported = [value.period for value in months if value.is_reported]
    if shown and shown.is_reported:
        reported.append(shown.period)
    if not reported:
        return "not submitted"
    last = max(period.last for period in reported)
    return f"to {Period(last, 1).label}"


def _note(spec: IndicatorSpec, shown: Value | None, quarter: Period) -> str:
    """What stands under the value: its unit, or the period when it is older, or why it is missing."""
    if shown is None:
        return "not yet collected" if not spec.has_data_source else "not available"
    if not shown.is_reported:
        if shown.is_partial:
            return f"{shown.present} of {shown.expected} months"
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
    return ", ".join(word for word in words if word)


def interval(spec: IndicatorSpec, value: Value | None) -> str:
    """The 95% interval of a value in words; nothing for a count, which was counted and not estimated."""
    if value is None or spec.unit == "count":
        return ""
    return format_interval(value.lower, value.upper, spec.unit)


def _to_date(
    spec: IndicatorSpec, ytd: Sequence[Value], shown: Value | None, quarter: Period
) -> str:
    """April to the end of the quarter; for an older row, its own year to date."""
    if spec.aggregation not in ("sum", "ratio of sums"):
        return ""
    end = (shown.period if shown else quarter).last
    found = next((value for value in ytd if value.period.last == end and value.is_reported), None)
    return write(spec, found) if found else ""


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


def choose_quarter(
    quarters: Iterable[Period], counted: Collection[tuple[Period, str]], enough: int = 5
) -> Period | None:
    """The quarter a scorecard opens with: the latest in which at least `enough` indicators have a number, else the
    latest with any. `counted` are (quarter, indicator id) pairs that have one."""
    tally = {quarter: sum(1 for period, _ in counted if period == quarter) for quarter in quarters}
    full = [quarter for quarter, number in tally.items() if number >= enough]
    some = [quarter for quarter, number in tally.items() if number]
    return max(full or some, default=None)
