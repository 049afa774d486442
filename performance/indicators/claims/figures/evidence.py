"""What the data say: the series that a claim may be about, and whether its numbers support it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from lscb.numbers import format_number, format_relative_change, round_half_away
from lscb.periods import MONTH_NAMES, SPAN, Period
from performance.indicators.claims.figures.totals import over, with_sums
from performance.indicators.claims.figures.wider import AND, Whole, added_up
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, POINTS, RATE
from performance.indicators.series import Value, break_between, write
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import ALL

KINDS = ("year", "quarter", "month")


@dataclass(frozen=True)
class Line:
    """One series: an indicator in one area, of a category or in total, with its reported values by period."""

    spec: IndicatorSpec
    area: str
    breakdown: str
    category: str
    label: str
    values: dict[Period, Value]

    @property
    def name(self) -> str:
        """The series in words: `Places filled`, `Share of referrals by source: Police`."""
        return f"{self.spec.title}: {self.label}" if self.label else self.spec.title

    def at(self, period: Period) -> Value | None:
        """Its value at a period, of a span that of its months together. What is counted at an end of year, quarter or
        month is the same at each of them."""
        found = self.values.get(period)
        if period.kind == SPAN:
            return over(self.spec, self.values, period)
        if found is None and period.length == 1 and counted_in(self.spec) == period.first % 12 + 1:
            return self.values.get(period.year)
        if found is not None or self.spec.aggregation not in ("last", "annual", "recount"):
            return found
        same = (one for one in self.values if one.last == period.last)
        return next((self.values[one] for one in sorted(same, key=lambda one: -one.length)), None)

    def of(self, kind: str) -> list[Value]:
        """Its values of one kind of period, in order."""
        return [self.values[one] for one in sorted(self.values) if one.kind == kind]

    def latest(self, kind: str) -> Value | None:
        """The latest value of a kind of period."""
        listed = self.of(kind)
        return listed[-1] if listed else None


# The values of some indicators, in total or (where that is False) by their categories.
Read = Callable[[Collection[str], bool], Iterable[Value]]
FEW = 4  # reads of some indicators at a time, before all that is left is read at once


class Facts:
    """The reported values that texts are checked against. Of several `areas` the first that has an indicator counts;
    `places` are the codes of areas by the name that a text may give them, `rebases` gives the periods at which limits
    begin anew, by indicator and area, and `wholes` are areas that others make up. `read` gives more values when a check
    asks for them: most texts are about one indicator, and an area has thousands of values."""

    def __init__(
        self,
        values: Iterable[Value],
        areas: Sequence[str],
        places: Mapping[str, str] | None = None,
        rebases: Callable[[], Mapping[tuple[str, str], Sequence[Period]]] = dict,
        read: Read | None = None,
        wholes: Sequence[Whole] = (),
    ) -> None:
        self.areas = list(areas)
        self.wholes = list(wholes)
        self._rebases = cache(rebases)
        self.places = dict(places or {})
        self._lines: dict[tuple[str, str, str], dict[str, dict[Period, Value]]] = {}
        self._missing: dict[tuple[str, str, str], dict[str, dict[Period, str]]] = {}
        self._kept: dict[tuple[str, str, str, str, str], Line | None] = {}
        self._read, self._reads = read, 0
        self._asked: dict[bool, set[str]] = {True: set(), False: set()}
        self._hold(values)

    def _hold(self, values: Iterable[Value]) -> None:
        for one in values:
            key = (one.indicator, one.breakdown, one.category)
            if one.is_reported and one.period_type in KINDS:
                self._lines.setdefault(key, {}).setdefault(one.area, {})[one.period] = one
            elif one.period_type in KINDS:
                self._missing.setdefault(key, {}).setdefault(one.area, {})[one.period] = one.status

    def _need(self, ids: Collection[str], *, totals: bool) -> None:
        """Read what is not held yet of some indicators, in total or by their categories."""
        asked = self._asked[totals]
        if self._read is None or asked.issuperset(ids):
            return
        self._reads += 1
        wanted = set(indicators()) if self._reads > FEW else set(ids)
        self._hold(self._read(wanted - asked, totals))
        asked |= wanted

    def line(
        self,
        indicator: str,
        breakdown: str = ALL,
        category: str = ALL,
        label: str = "",
        place: str = "",
    ) -> Line | None:
        """A series of the text's areas, or of the one that is named; None where nothing is known of it. Made once."""
        key = (indicator, breakdown, category, label, place)
        if key not in self._kept:
            self._kept[key] = self._line(*key)
        return self._kept[key]

    def _line(
        self, indicator: str, breakdown: str, category: str, label: str, place: str
    ) -> Line | None:
        of = indicator.removesuffix(COUNTED)
        self._need([of], totals=breakdown == ALL)
        for area in [place] if place else self.areas:
            known = self._values((of, breakdown, category), area)
            if known:
                held = self._missing.get((of, breakdown, category), {}).get(area, {})
                values = with_sums(indicators()[of], known, held)
                line = Line(indicators()[of], area, breakdown, category, label, values)
                return line if of == indicator else counted(line)
        return None

    def _values(self, key: tuple[str, str, str], area: str) -> dict[Period, Value]:
        """The values of a series in an area; for periods for which it has none of its own, its parts' together."""
        by_area = self._lines.get(key, {})
        found = by_area.get(area, {})
        if AND in area:
            return added_up(
                indicators()[key[0]], area, [by_area.get(one, {}) for one in area.split(AND)]
            )
        for whole in self.wholes:
            if whole.code == area:
                parts = [by_area.get(one, {}) for one in whole.parts]
                found = added_up(indicators()[key[0]], area, parts) | found
        return found

    def status(self, indicator: str, breakdown: str, category: str, period: Period) -> str:
        """Why a series has no number for a period, as the first area says of which it is known; empty where it is of
        none."""
        self._need([indicator], totals=breakdown == ALL)
        by_area = self._missing.get((indicator, breakdown, category), {})
        return next(
            (said for area in self.areas if (said := by_area.get(area, {}).get(period))), ""
        )

    def rebases_of(self, line: Line) -> Sequence[Period]:
        """Where people let the limits of a series begin anew; of totals only."""
        return () if line.label else self._rebases().get((line.spec.id, line.area), ())

    def totals(self, theme: str) -> list[Line]:
        """The series in total of every indicator of a theme."""
        ids = [one for one, spec in indicators().items() if spec.theme == theme]
        self._need(ids, totals=True)
        found = [self.line(one) for one in ids]
        return [one for one in found if one is not None]

    def every(self, indicator: str) -> list[Line]:
        """The series of an indicator in total and of each category."""
        for totals in (True, False):
            self._need([indicator], totals=totals)
        keys = [(b, code) for one, b, code in self._lines if one == indicator]
        found = [self.line(indicator, *key) for key in keys]
        return [one for one in found if one is not None]

    def categories(self, indicator: str, breakdown: str) -> list[str]:
        """The categories of a breakdown for which something is known."""
        self._need([indicator], totals=breakdown == ALL)
        return [code for one, b, code in self._lines if (one, b) == (indicator, breakdown)]


def counted_in(spec: IndicatorSpec) -> int:
    """The month in which a yearly number is counted, as its definition says: 'on 30 September'; 0 where it does not."""
    day = re.search(r"\b(?:on|to)\s+\d+\s+([A-Z][a-z]+)", spec.definition)
    return MONTH_NAMES.index(day[1]) + 1 if day and day[1] in MONTH_NAMES else 0


def counted(line: Line) -> Line:
    """What the numerator of a rate or percentage counts, as a series of its own: `1,252 section 47 enquiries`."""
    spec = line.spec.model_copy(
        update={
            "title": line.spec.numerator_words.capitalize(),
            "unit": "count",
            "aggregation": "sum" if line.spec.aggregation == "ratio of sums" else "last",
        }
    )
    values = {
        period: one._replace(value=float(one.numerator), numerator=None, denominator=None)
        for period, one in line.values.items()
        if one.numerator is not None
    }
    return replace(line, spec=spec, values=values)


def fits(line: Line, kind: str) -> bool:
    """Whether a number written this way can be a level of the series."""
    unit = line.spec.unit
    if kind in (PERCENT, FRACTION):
        return unit == "percent"
    if kind == RATE:
        return unit.startswith("rate")
    return kind != POINTS and unit != "percent"


def relative(before: Value, after: Value) -> float | None:
    """The change in percent of the earlier value, from unrounded numbers; None on a base of nothing."""
    if before.value is None or after.value is None or before.value <= 0:
        return None
    return (after.value - before.value) * 100 / before.value


def size_of_change(kind: str, before: Value, after: Value) -> float | None:
    """By how much a value moved, as a number of this kind tells it: in percent of the earlier one, else as it is."""
    return relative(before, after) if kind == PERCENT else difference(before, after)


def difference(before: Value, after: Value) -> float:
    """The change in the values' own unit."""
    return (after.value or 0.0) - (before.value or 0.0)


def points_apart(line: Line, before: Value, after: Value) -> float:
    """The change between the two values as they are written, which may differ by a rounding."""
    places = line.spec.decimals
    first, last = (round_half_away(one.value or 0, places) for one in (before, after))
    return float(abs(last - first))


def words(line: Line, value: Value) -> str:
    """`Places filled was 113.2% in 2024/25 (1,155 of 1,020)`."""
    base = ""
    if value.numerator is not None and value.denominator is not None:
        base = f" ({format_number(value.numerator)} of {format_number(value.denominator)})"
    elif value.published:
        base = " (as printed)"
    return f"{line.name}: {write(line.spec, value)} in {value.period.label}{base}"


def change_words(line: Line, before: Value, after: Value) -> str:
    """What the change is, in points and in percent: the recomputed value of a claim about a change."""
    share = relative(before, after)
    told = "" if share is None else format_relative_change(Decimal(str(share)))
    if line.spec.unit == "percent":
        points = round_half_away(difference(before, after), 1)
        told = f"{points:+} percentage points".replace("-", "−") + (f" ({told})" if told else "")
    return (
        f"{line.name}: {write(line.spec, before)} in {before.period.label}, {write(line.spec, after)} in "
        f"{after.period.label}: {told or 'from nothing'}"
    )


def pairs(
    line: Line,
    periods: Sequence[Period],
    before: Collection[Period],
    now: Period | None,
    years: int = 1,
) -> list[tuple[Value, Value]]:
    """The comparisons that a change may be about: what the sentence names; else the year it is about with the year
    before; else the latest of each kind of period, with the one before and with a year before."""
    named = list(dict.fromkeys(one for one in periods if one not in before))
    alike = next(
        (
            some
            for length in sorted({one.length for one in (*named, *before)}, reverse=True)
            if len(some := {one for one in (*named, *before) if one.length == length}) > 1
        ),
        None,
    )
    if alike and len(named) == 1 and len(set(before)) == 1 and {*named, *before} == alike:
        return _known(line, [(next(iter(before)), named[0])])
    if alike:
        ordered = sorted(alike)
        return _known(line, [(ordered[0], ordered[-1])])
    if before:
        return _since(line, next(iter(before)), now)
    ends = named or ([now] if now else [])
    if not ends:
        ends = [one.period for one in (line.latest(kind) for kind in KINDS) if one]
    found = []
    for end in ends:
        starts = [Period(end.first - 12 * years, end.length)]
        if years == 1:
            starts.append(end.previous())
        else:
            starts.append(Period(end.first - 12 * (years - 1), end.length))
        found += [(start, end) for start in dict.fromkeys(starts)]
    return _known(line, found)


def _since(line: Line, start: Period, now: Period | None) -> list[tuple[Value, Value]]:
    """The comparisons of an earlier period that is named with the time that is spoken of, or what followed and the
    latest."""
    held = line.at(start)  # 'since March 2021' of what is counted once a year
    start = held.period if held else start
    latest = line.latest(start.kind)
    if now and now > start and now.kind == start.kind:
        ends = [now]
    else:
        ends = [start.shift(1), *([latest.period] if latest else [])]
    return _known(line, [(start, end) for end in ends if end > start])


def _known(line: Line, wanted: Sequence[tuple[Period, Period]]) -> list[tuple[Value, Value]]:
    """The pairs of which both values are known and no break of the series lies between them."""
    found = [(line.at(start), line.at(end)) for start, end in wanted]
    return [
        (start, end)
        for start, end in found
        if start is not None and end is not None and break_between(start, end) is None
    ]
