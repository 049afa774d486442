"""What a row of the scorecard says beside its number: period, changes, year to date, comparator, the line in words."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from lscb.numbers import format_value, unit_words
from lscb.periods import Period
from performance.indicators import narrative
from performance.indicators.series import none_words
from performance.indicators.spec import IndicatorSpec, Target
from performance.pages.cells import number_address
from performance.pages.wording import Delta, delta, write
from performance.queries.observations import Value
from performance.statistics.spc import Chart as Spc

Known = dict[tuple[str, str], list[Value]]  # of one indicator, by area and kind of period
Names = tuple[tuple[str, str], ...]  # of areas: code and name


def aim(spec: IndicatorSpec, shown: Value | None, quarter: Period) -> Target | None:
    """The target by which a row's number is judged; without a number the one that counted at the quarter's end."""
    return spec.target_on((shown.period if shown else quarter).end)


def lines(spec: IndicatorSpec, chart: Spc[Period]) -> list[float | None]:
    """Where the line of the target is drawn at each point of a chart: at the target that counted on its last day; none
    for a band."""
    found = [spec.target_on(point.label.end) for point in chart.points]
    return [one.value if one and one.upper is None else None for one in found]


def on_last_quarter(spec: IndicatorSpec, value: Value | None, quarters: Sequence[Value]) -> Delta:
    """The change of a quarter's value on that of the quarter before; a yearly one has none."""
    if value and value.period.kind != "quarter":
        return Delta("yearly", known=False)
    return _change(spec, value, quarters, value.period.previous() if value else None)


def on_last_year(spec: IndicatorSpec, value: Value | None, values: Sequence[Value]) -> Delta:
    """The change of a value on that of the same period a year before."""
    return _change(spec, value, values, value.period.year_before() if value else None)


def _change(
    spec: IndicatorSpec, value: Value | None, values: Sequence[Value], since: Period | None
) -> Delta:
    """The change of a value on that of an earlier period, which its address leads to."""
    before = next((one for one in values if one.period == since), None)
    change = delta(spec, before, value)
    return replace(change, address=number_address(before)) if before and change.known else change


def says(
    spec: IndicatorSpec,
    value: Value | None,
    kinds: Sequence[Sequence[Value]],
    rebases: Collection[Period],
) -> str:
    """The drafted sentence; empty where there is no number."""
    if value is None:
        return ""
    every = [one for kind in kinds for one in kind]
    return narrative.paragraph(spec, every, value.period, rebases=rebases)


def to(there: Value | None, months: Sequence[Value]) -> str:
    """`to March 2025`: the last month that the row knows of."""
    reported = [value.period for value in months if value.is_reported]
    if there:
        reported.append(there.period)
    if not reported:
        return "not submitted"
    last = max(period.last for period in reported)
    return f"to {Period(last, 1).short}"


def note(spec: IndicatorSpec, shown: Value | None, quarter: Period) -> str:
    """What stands under the value: its unit, or the period when it is older, or why it is missing."""
    if shown is None:
        return "not yet collected" if not spec.has_data_source else "not available"
    if not shown.is_reported:
        if shown.is_partial:
            return shown.coverage
        return none_words(spec, shown)
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


def to_date(
    spec: IndicatorSpec, ytd: Sequence[Value], shown: Value | None, quarter: Period
) -> Delta:
    """April to the end of the quarter; for an older row, its own year to date."""
    if spec.aggregation not in ("sum", "ratio of sums"):
        return Delta("no running total", known=False)
    if shown and shown.period.kind == "year":
        return Delta("yearly", known=False)
    end = (shown.period if shown else quarter).last
    found = next((value for value in ytd if value.period.last == end and value.is_reported), None)
    if found is None:
        return Delta("not available", known=False)
    return Delta(write(spec, found), address=number_address(found))


def comparator(
    spec: IndicatorSpec,
    shown: Value | None,
    known: Known,
    comparators: Names,
) -> tuple[str, Value] | None:
    """The name of another area and the same value there, for units that compare: a count of another area says nothing
    about this one."""
    if shown is None or spec.unit == "count":
        return None
    for code, name in comparators:
        for other in known.get((code, shown.period_type), ()):
            if other.period == shown.period and other.is_reported:
                return name, other
    return None


def spark_words(spec: IndicatorSpec, chart: Spc[Period]) -> str:
    """The sparkline in words, for those who do not see it."""
    known = [point for point in chart.points if point.value is not None]
    last = known[-1]
    return (
        f"{spec.title}: {len(known)} points from {known[0].label.label} to {last.label.label}, "
        f"latest {format_value(last.value, spec.unit)}. {chart.variation.words}"
    )
