"""Whether what was found wrong at one time is so at another that the sentence or its text speaks of: a time that stands
apart from a claim may be that of something else, as in 'down on the 23.9 of 2018-19, and the lowest to date'."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import LESS, MORE, close
from performance.indicators.claims.figures.evidence import (
    Line,
    difference,
    fits,
    size_of_change,
)
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds import area_ranks, multiples, ranked_periods, ranks, trends
from performance.indicators.claims.kinds.coincidences import stands_by
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, Number
from performance.indicators.claims.words.wording import GOOD, WAY, sign_of
from performance.indicators.series import Value

HAS = re.compile(r"\b(?:has|have)\s+(?:[a-z]+\s+){0,2}$", re.I)
AFTER = re.compile(r"\bafter\b|\bthe\s+only\s+(?:time|year|fall|rise|dip)\b", re.I)
ABOVE = re.compile(r"\b(?:(?P<up>above)|(?P<down>below))\b", re.I)
BESIDE = 15  # characters in which the time stands that a change is from
CLAUSE = re.compile(
    r",(?!\d)|[;:()]|\b(?:while|whereas|but|although|though|against|versus|vs|compared|from)\b",
    re.I,
)
LEAST_PART = 0.88  # of a told size that a change must have, for rounding fits small ones too easily


def is_so_at_another_time(context: Context, charge: Charge) -> bool:
    """Whether a rank, trend, multiple, way, change or level holds at another time than the one it was held against."""
    if charge.line is None:
        return False
    if charge.finding.kind == "rank":
        return _ranks_so(context, charge, charge.line)
    if charge.finding.kind == "trend":
        return _went_so(context, charge, charge.line)
    inside = [one for one in context.sentence.numbers if charge.start <= one.start < charge.end]
    if charge.finding.kind == "times":
        return _is_multiple_since(context, charge, charge.line)
    if charge.finding.kind == "direction":
        return _goes_so_since(context, charge, charge.line)
    if charge.finding.kind == "change":
        return _changed_so(context, charge, inside, charge.line)
    if charge.finding.kind != "level" or len(inside) != 1:
        return False
    return _is_of_text(context, inside[0], charge.line) or _is_of_a_part(
        context, inside[0], charge.line
    )


def _spoken(context: Context) -> Iterator[Period]:
    """The times that a sentence and its text speak of."""
    spoken = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    yield from dict.fromkeys(spoken)


def _ranks_so(context: Context, charge: Charge, line: Line) -> bool:
    """Whether a rank among times is had at one that the sentence speaks of, where none stands right beside it."""
    found = next(
        (one for one in ranks.TOP.finditer(context.sentence.masked) if one.start() == charge.start),
        None,
    )
    if found is None or line.label or ranked_periods.has_its_time(context, found):
        return False
    if area_ranks.is_of_areas(context, found):
        return False
    held = ranked_periods.ranked(context, found) or []
    ids = [*(each for one in context.subjects for each in one.ids), context.about or line.spec.id]
    known = (context.facts.line(one, place=line.area) for one in dict.fromkeys(ids))
    lines = [one for one in known if one and one.spec.unit != line.spec.unit]
    sign = 0 if found["best"] or found["worst"] else 1 if found["high"] else -1
    way = sign or GOOD[line.spec.polarity] * (1 if found["best"] else -1)
    place = ranks.place_of(context, found)
    return bool(way) and any(
        ranked_periods.has_rank(context, each, period, way, place)
        for each in (line, *lines)
        for period in _spoken(context)
        if each is not line or period not in held
    )


def _went_so(context: Context, charge: Charge, line: Line) -> bool:
    """Whether a trend of so many steps is one up to the time of the text, where another stands apart: 'the fourth fall
    running (342.5 in March 2020)'."""
    found = trends.TREND.search(context.sentence.text, charge.start, charge.end)
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    if found is None or way is None or context.given is None:
        return False
    steps = trends.steps_up_to(line, found, context.given)
    return len(steps) > 1 and all(
        difference(a, b) * sign_of(way, line) > 0 for a, b in pairwise(steps)
    )


def _changed_so(context: Context, charge: Charge, sizes: Sequence[Number], line: Line) -> bool:
    """Whether a change is the one between other times that are spoken of, or into one of them: 'the highest since
    2020/21, and 3.5 points above last year'."""
    text = context.sentence.text
    way = WAY.search(text, charge.start, charge.end) or ABOVE.search(text, charge.start, charge.end)
    if way is None or not sizes:
        return False
    beside = {
        one.period for one in context.sentence.whens if way.end() <= one.start < way.end() + BESIDE
    }
    return any(
        beside <= {first.period, last.period}
        and difference(first, last) * sign_of(way, line) > 0
        and all(_is_size(one, first, last) for one in sizes)
        for first, last in _steps(context, line)
    )


def _steps(context: Context, line: Line) -> Iterator[tuple[Value, Value]]:
    """The changes into the times that are spoken of, and between them."""
    spoken = list(_spoken(context))
    for end in spoken:
        starts = {end.previous(), end.year_before(), *(one for one in spoken if one < end)}
        for start in sorted(starts):
            first, last = line.at(start), line.at(end)
            if first is not None and last is not None and start.kind == end.kind:
                yield first, last


def _is_size(size: Number, first: Value, last: Value) -> bool:
    """Whether a change has a size; one told in fractions or as more than so much fits too many."""
    change = size_of_change(size.kind, first, last)
    if change is None or size.kind == FRACTION or size.about in MORE | LESS:
        return False
    return close(size, abs(change)) and abs(change) >= float(size.value) * LEAST_PART


def _goes_so_since(context: Context, charge: Charge, line: Line) -> bool:
    """Whether what 'has' gone a way did so from a time that is named to that of the text ('reached 420 in March 2023
    and has fallen since'), or what went it 'after' a time told apart did so in the text's own year."""
    text, now = context.sentence.text, context.given
    way = WAY.search(text, charge.start, charge.end)
    last = line.at(now) if now else None
    if way is None or last is None or now is None:
        return False
    starts = (
        [one for one in context.sentence.periods if one < now]
        if HAS.search(text[: way.start()])
        else []
    )
    if AFTER.search(text, way.end()):
        starts.append(now.year_before())  # 'dipped slightly, after rising every year since 2012/13'
    return any(
        (first := line.at(one)) and difference(first, last) * sign_of(way, line) > 0
        for one in starts
    )


def _is_multiple_since(context: Context, charge: Charge, line: Line) -> bool:
    """Whether what 'has' halved or doubled did so from a time that is named to that of the text; of the text's own
    indicator also."""
    found = multiples.TIMES.search(context.sentence.masked, charge.start, charge.end)
    now = context.given
    if (
        found is None
        or now is None
        or not HAS.search(context.sentence.text[: found.start("times")])
    ):
        return False
    page = context.facts.line(context.about) if context.about else None
    return any(
        bool(first.value) and multiples.holds(found, first, last)
        for each in (line, page)
        for one in context.sentence.periods
        if each and one < now and (first := each.at(one)) and (last := each.at(now))
    )


def _is_of_a_part(context: Context, number: Number, line: Line) -> bool:
    """Whether a number in brackets is that of the part of a year whose share is told: 'half of the registrations of
    2020-21 (7,430) were made in the first quarter'."""
    is_told = any(one.kind in (FRACTION, PERCENT) for one in context.sentence.numbers)
    if not is_told or not context.sentence.text[: number.start].rstrip().endswith("("):
        return False
    parts = [one.period for one in context.sentence.whens if one.is_part_of_year and one.period]
    values = [value for one in parts if (value := line.at(one))]
    return any(close(number, one.value or 0) for one in values)


def _is_of_text(context: Context, number: Number, line: Line) -> bool:
    """Whether a number is that of the text's own time, where its clause names none: 'three sessions were cancelled,
    half the number of 2023-24'."""
    text, now = context.sentence.text, context.given
    ends = [0, *(one.end() for one in CLAUSE.finditer(text)), len(text)]
    first = max(one for one in ends if one <= number.start)
    last = min(one for one in ends if one >= number.end)
    value = line.at(now) if now else None
    if value is None or number.about in MORE | LESS or not fits(line, number.kind):
        return False
    is_dated = any(first <= one.start < last for one in context.sentence.whens)
    is_dated = is_dated or any(stands_by(context, number, one) for one in context.sentence.whens)
    return not is_dated and close(number, value.value or 0)
