"""Differences between groups of children: rates by age band, and relative rates by ethnic group.

Only over the children of the same groups. Where their number is not known the page says what is missing and what is
needed; the population of adults or of all ages is never used instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lscb.numbers import format_interval, format_number, missing_words
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import CodeList
from performance.pages import about_rates, chart_parts, charts, colours
from performance.pages.about_rates import About, about
from performance.pages.cells import Cell, category_codes, number_address
from performance.pages.panel import Panel
from performance.statistics.disparity import (
    Band,
    BandRate,
    rate_ratio,
    rates_by_band,
    relative_rate,
)

CHILDREN = "CX01"  # the child population, by group
SHARES = {"age_band": "FD14", "ethnicity": "FD15"}  # of all referrals, as printed
BREAKDOWNS = ("age_band", "ethnicity")
OUTSIDE = {"unknown", "unborn", "not-known", "refused"}  # they are in no population


@dataclass(frozen=True)
class GroupRow:
    """One group: its rate with interval, its shares of the events and of the children, and how it stands to the
    reference group; `refusal` says why something is missing."""

    label: str
    rate: str
    interval: str
    share_of_events: str
    share_of_children: str
    relative: str
    words: str
    refusal: str = ""
    address: str = ""  # where the rate comes from
    code: str = ""
    value: float | None = None  # the rate as a number, and the ends of its interval
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Disparity:
    """The rates of a breakdown in a year; or why they cannot be shown and what is needed, with what printed shares
    tell `about` them."""

    period: str
    reference: str
    references: tuple[tuple[str, str], ...]
    rows: tuple[GroupRow, ...]
    refusal: str = ""
    about: About | None = None


def disparity(
    spec: IndicatorSpec,
    breakdown: str,
    rates: Sequence[Value],
    counted: bool,
    codes: CodeList,
    reference: str = "",
    children: Sequence[Value] = (),
    shares: Sequence[Value] = (),
    totals: Sequence[Value] = (),
) -> Disparity | None:
    """The rates by a breakdown in the latest year. `rates` are the yearly observations of a rate over the children of
    each group, `counted` whether the events themselves are known by group as counts, `children` the yearly child
    population by group, `shares` the printed percentages of the events by group and `totals` all events,
    from which rates can be told as 'about'. None for other breakdowns."""
    if breakdown not in BREAKDOWNS:
        return None
    known = _latest_known(rates, codes)
    if not known:
        why = needed(breakdown, counted, children)
        return Disparity("", "", (), (), why, about(codes, children, shares, totals))
    base = next((one for one in known if one.category == reference), None) or max(
        known, key=lambda one: one.denominator or 0
    )
    return Disparity(
        period=base.period.label,
        reference=codes.label(base.category),
        references=tuple((one.category, codes.label(one.category)) for one in known),
        rows=_rows(known, base, codes, spec.multiplier),
    )


def _latest_known(rates: Sequence[Value], codes: CodeList) -> list[Value]:
    """The rates of the latest year whose events and children are known, in the order of their code list, those of
    other codes last."""
    known = [
        one
        for one in rates
        if one.numerator is not None and one.denominator and one.category not in OUTSIDE
    ]
    last = max((one.period for one in known), default=None)
    order = {code.code: place for place, code in enumerate(codes)}
    return sorted(
        (one for one in known if one.period == last),
        key=lambda one: order.get(one.category, len(order)),
    )


def _rows(
    known: Sequence[Value], base: Value, codes: CodeList, multiplier: int
) -> tuple[GroupRow, ...]:
    """A row for each group, held against `base`, which is one of them."""
    bands = [
        Band(codes.label(one.category), int(one.numerator or 0), int(one.denominator or 0))
        for one in known
    ]
    reference = bands[known.index(base)]
    # More events than children happen where children are so few that some come twice: then all are events, no people,
    # and one formula holds for the whole table.
    more = any((band.count or 0) > (band.population or 0) for band in bands)
    listed = zip(known, bands, rates_by_band(bands, multiplier), strict=True)
    return tuple(
        replace(
            _row(band, rate, reference, more=more), address=number_address(one), code=one.category
        )
        for one, band, rate in listed
    )


def _row(band: Band, rate: BandRate, base: Band, *, more: bool) -> GroupRow:
    relative, words, refusal = _relative(band, base, more=more)
    interval = rate.interval
    return GroupRow(
        label=band.label,
        rate="" if rate.rate is None else format_number(rate.rate, 1),
        interval=""
        if interval is None
        else format_interval(interval.lower, interval.upper, "rate per 10,000"),
        share_of_events=_percent(rate.share_of_count),
        share_of_children=_percent(rate.share_of_population),
        relative=relative,
        words=words,
        refusal=rate.refusal or refusal,
        value=rate.rate,
        ends=None if interval is None else (interval.lower, interval.upper),
    )


def _relative(band: Band, base: Band, *, more: bool) -> tuple[str, str, str]:
    """How many times the reference's rate, in words, and why not; `more`: as a ratio of two rates of events, else of
    two shares of people."""
    if band is base:
        return "1", "Reference", ""
    if None in (band.count, band.population, base.count, base.population):
        return "", "", ""
    numbers = band.count or 0, band.population or 0, base.count or 0, base.population or 0
    found = rate_ratio(*numbers) if more else relative_rate(*numbers)
    if found.value is None:
        return "", "", found.refusal or ""
    text = f"{format_number(found.value, 2)} times"
    if found.interval is None or found.comparison is None:
        return text, "", found.refusal or ""
    limits = f"{format_number(found.interval.lower, 2)} to {format_number(found.interval.upper, 2)}"
    return f"{text} ({limits})", found.comparison.capitalize(), ""


def _percent(share: float | None) -> str:
    return "" if share is None else f"{format_number(100 * share, 1)}%"


def needed(breakdown: str, counted: bool, children: Sequence[Value] = ()) -> str:
    """Why there are no rates by group, and what would make them possible: only what is lacking is asked for. `children`
    are the populations held by group."""
    group = "age band" if breakdown == "age_band" else "ethnic group"
    events = (
        ""
        if counted
        else f"No counts of referrals by {group} are held (a printed percentage is none), and a rate needs them: the "
        f"referrals return with its rows by {group}. "
    )
    held = sorted({one.period for one in children if one.is_reported})
    since = f" to {held[-1].label}" if held[1:] else ""
    base = (
        f"The child population by {group} is held ({held[0].label}{since})."
        if held
        else f"The base must be the children of each {group}: the figures return with the child population (0 to 17) "
        f"by {group}. The population of adults or of all ages would mislead, so it is not used."
    )
    return f"Rates by {group} cannot be shown. {events}{base}"


COLUMNS = (
    "Per 10,000 children",
    "95% interval",
    "Share of referrals",
    "Share of children",
    "Times the reference",
    "That is",
)


def panel(found: Disparity, spec: IndicatorSpec, breakdown: str) -> Panel:
    """The rates as a dashboard's panel: ranked bars, who differs in words, the table; or what is needed."""
    group = "age band" if breakdown == "age_band" else "ethnic group"
    unit = spec.unit.removeprefix("rate ")
    title = f"Do all have the same chance? Referrals {unit} children by {group}"
    empty = Panel(f"disparity-{group[:3]}", title, spec.id, "year", breakdown, None, "")
    if found.refusal:
        return _refused(empty, found, group)
    codes = category_codes(spec, breakdown)
    drawn = [row for row in found.rows if row.value is not None]
    ranks = [
        (
            f"{row.label} (reference)" if row.label == found.reference else row.label,
            row.value or 0.0,
            row.rate,
            colours.of_category(codes, row.code),
        )
        for row in drawn
    ]
    figure = charts.ranked(title, "rate per 10,000", ranks)
    ends = [row.ends for row in drawn]
    said = [
        f"{name} {row.rate} ({row.interval})" for (name, *_), row in zip(ranks, drawn, strict=True)
    ]
    return replace(
        empty,
        title=f"{title}, {found.period}",
        figure=chart_parts.with_intervals(figure, ends, [row.interval for row in drawn]),
        summary=words(found),
        signs=("The line across the end of a bar is the 95% interval of its rate",),
        course=f"In order, with the 95% interval: {'; '.join(said)}.",
        columns=(group.capitalize(), *COLUMNS),
        rows=tuple(map(_cells, found.rows)),
        note=f"Compared with {found.reference}; the indicator’s own page compares with another group. Shares are of "
        f"those whose {group} is known, so that they differ from shares of all. A difference in rates says nothing of "
        "its cause.",
    )


def _cells(row: GroupRow) -> tuple[Cell, ...]:
    """A group's line of the table."""
    numbers = (
        row.rate,
        row.interval,
        row.share_of_events,
        row.share_of_children,
        row.relative,
    )
    return (
        Cell(row.label, is_number=False),
        *(
            Cell(text or missing_words(""), is_missing=not text, address=row.address)
            for text in numbers
        ),
        Cell(row.words or row.refusal or missing_words(""), is_missing=not row.words),
    )


def _refused(empty: Panel, found: Disparity, group: str) -> Panel:
    """What is needed for the rates; where printed shares tell about them, those in a table."""
    if found.about is None:
        return replace(empty, unavailable=found.refusal)
    return replace(
        empty,
        title=f"{empty.title}, about, {found.about.period}",
        summary=found.about.summary,
        columns=(group.capitalize(), *about_rates.COLUMNS),
        rows=found.about.cells,
        unavailable=found.refusal,
        note=about_rates.NOTE,
    )


def words(found: Disparity) -> str:
    """Which groups are referred more and less often than the reference, as far as their intervals tell."""
    by: dict[str, list[str]] = {}
    for row in found.rows:
        if row.words and row.words != "Reference":
            by.setdefault(row.words.lower(), []).append(
                f"{row.label} ({row.relative.split(' (')[0]})"
            )
    if not by:
        return f"No group can be compared with {found.reference}."
    said = "; ".join(f"{how}: {', '.join(names)}" for how, names in by.items())
    return f"Compared with {found.reference} in {found.period}, {said}."
