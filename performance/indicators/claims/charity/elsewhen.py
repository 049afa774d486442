"""Other times that a sentence speaks of without naming each: the quarters of its year, the years between two that are
named, and the two ends of a change that is told without them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lscb.periods import Period, months_of, quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, counted, difference, relative
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.wording import WAY, sign_of
from performance.indicators.series import Value

PARTS = re.compile(
    r"\b(?:each|every|no|(?:the|all)\s+(?:three|four|twelve))\s+(?:single\s+)?(month|quarter)s?\b"
    r"|\b(?:the|all|other|first|last|two|three|four)\s+(?:[a-z]+\s+)?(quarter)s\b|\bthe\s+(?:[a-z]+\s+)?(month)s\b"
    r"|\bfirst\s+(quarter)\b[^.;]*\bin\s+the\s+(?:last|fourth)\b",
    re.I,
)
SEASONS = re.compile(r"\b(?:spring|summer|autumn|winter)\b", re.I)
# 'fewer than at any of the four previous year ends', 'in the three years that followed'
SOME_YEARS = re.compile(
    r"\b(?:two|three|four|five|six|several|\d)\s+(?:(?:last|past|previous|following|next|earlier|consecutive|successive)\s+)?"
    r"years?(?:\s+ends?)?\b|\bin (?:each|both|all) years?\b|\byears (?:before|since|after|that followed)\b",
    re.I,
)
THAN = re.compile(
    r"\s+than\s+(?:at\s+)?(?:(?:the|our|its)\s+)?(?:(?:peak|high|low|height|best|worst)\s+(?:point\s+)?(?:of\s+)?)?",
    re.I,
)
THEN = re.compile(r"\band\s+then\s+\d", re.I)  # '19 sessions and then 23'
LISTED = re.compile(r"\s*(?:·+)?\s*(?:[,;/→]|\band\b|\bthen\b|\bnow\b|\bto\b|\s)+\s*", re.I)
# 'after the fall of 307 the year before': a change that came before
YEAR_BEFORE = re.compile(
    r"\s*,?\s*(?:in\s+)?(?:the\s+(?:previous\s+year|year\s+(?:before|previously))|a\s+year\s+(?:earlier|before))\b",
    re.I,
)
NUMBER_OF = re.compile(r"\b(?:numbers?\s+of\s+(?:[a-z]+\s+){0,3}|numbers\s+(?:[a-z]+\s+)?)$", re.I)
STEPS = 3  # numbers of a kind that may be those of years in a row
OF_PEAK = re.compile(r"\b(?:high|low|peak|maximum|minimum)\s+(?:point\s+)?of\s+$", re.I)
TELLING = 100  # a plain number under it is met by chance too often
# Words before a number that make it one of another time, whichever it is
TOLD = re.compile(
    r"\b(?:earlier|ago|back\s+then|years?\s+before|previous(?:ly)?|used\s+to)\b[^.;,\d]{0,30}$",
    re.I,
)
AROUND = range(-5, 2)  # years
ENOUGH = 2  # parts of a year that make a sentence one about its parts


def parts_of_year(context: Context, number: Number, years: list[Period]) -> list[Period]:
    """The quarters and months of some years, where a sentence speaks of such: by two of them or more, by seasons, or
    as 'every quarter', or lists three numbers or more."""
    text, whens = context.sentence.text, context.sentence.whens
    named = {one.period or one.quarter or one.month for one in whens if one.is_part_of_year}
    every = PARTS.search(text)
    if (
        len(named) < ENOUGH
        and not _is_in_list(context, number)
        and not every
        and not SEASONS.search(text)
    ):
        return []
    found = []
    is_quarters = bool(every and "quarter" in every[0].lower())
    for one in dict.fromkeys(period.year for period in years):
        found += quarters_of(one) + ([] if is_quarters else months_of(one))
    return found


def years_between(context: Context, number: Number) -> list[Period]:
    """The periods from the first to the last of a kind that a sentence names or its text is about, where it has three
    numbers of a kind or more: 'from 34.4% in 2017/18 via 33.8% and 29.9% to 19.3%'."""
    alike = [one for one in context.sentence.numbers if one.kind == number.kind]
    named = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    if len(alike) < STEPS or not named:
        return []
    is_of_years = SOME_YEARS.search(context.sentence.text) or _is_in_list(context, number)
    if not (context.sentence.periods or is_of_years):
        return []
    ends = [one for one in named if one.kind == named[0].kind]
    first, last = min(ends), max(ends)
    if is_of_years:
        first, last = first.year, last.year
        first, last = first.shift(-len(alike)), last.shift(len(alike))
    steps = (last.first - first.first) // first.length
    return [first.shift(place) for place in range(steps + 1)]


def times_around(context: Context, number: Number) -> list[Period]:
    """The years around those that are spoken of, with the quarters and months of these, for a number that no period is
    bound to in a sentence that has others like it: 'more sessions the year before (58) but fewer bookings (1,086)'."""
    alike = [one for one in context.sentence.numbers if one.kind == number.kind]
    is_telling = number.places > 0 or (number.kind == PLAIN and number.value >= TELLING)
    is_end = OF_PEAK.search(context.sentence.text[: number.start])
    is_told = is_end or TOLD.search(context.sentence.text[: number.start])
    if number.about or not is_telling or (number == alike[0] and not is_told):
        return []
    spoken = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    years = list(dict.fromkeys(one.year for one in spoken))
    around = [one.shift(by) for one in years for by in AROUND]
    parts = [each for one in years for each in (*quarters_of(one), *months_of(one))]
    return [*around, *parts]


def _is_in_list(context: Context, number: Number) -> bool:
    """Whether a number is one of three or more that follow one another: '(1,575; 1,706; 1,992)'."""
    alike = [one for one in context.sentence.numbers if one.kind == number.kind]
    run: list[Number] = []
    for one in alike:
        if run and not LISTED.fullmatch(context.sentence.masked[run[-1].end : one.start]):
            if number in run:
                break
            run = []
        run.append(one)
    is_short = len(run) == STEPS - 1 and bool(THEN.search(context.sentence.masked))
    return number in run and (len(run) >= STEPS or is_short)


def is_some_change(context: Context, number: Number, charge: Charge, lines: list[Line]) -> bool:
    """Whether a size is that of a change that a sentence may speak of besides the one it was held against: between a
    period that it names and the one before it, a year before, or another part of the year; of what is counted or of
    what that is a share of."""
    if _is_between_numbers(context, number):
        return True
    ways = list(WAY.finditer(context.sentence.text, charge.start, charge.end))
    if _is_from_number(context, number, charge, ways):
        return True
    if number.about and number.kind == PERCENT:
        return False
    if number.kind in (PERCENT, FRACTION):  # of a rate that is told with its count, the count's
        lines = [*lines, *(counted(one) for one in lines if one.spec.unit.startswith("rate"))]
        if NUMBER_OF.search(context.sentence.text[: charge.start]):
            lines = [each for one in lines for each in (one, counted(one), _whole(one))]
    return any(
        _is_size(context, number, ends, way, line)
        for line in lines
        for ends in _changes(context, line, charge)
        for way in ways
    )


def _whole(line: Line) -> Line:
    """What the denominator of a percentage counts, as a series of its own."""
    values = {
        period: one._replace(value=float(one.denominator), numerator=None, denominator=None)
        for period, one in line.values.items()
        if one.denominator is not None
    }
    return replace(line, spec=line.spec.model_copy(update={"unit": "count"}), values=values)


def _is_between_numbers(context: Context, number: Number) -> bool:
    """Whether a size is the difference of the two numbers before it, which are checked as such: '515 instead of 625, a
    fall of 110'."""
    before = [one for one in context.sentence.numbers if one.end <= number.start][-2:]
    if len(before) < 2 or {one.kind for one in before} != {PLAIN} or not before[0].value:
        return False
    gap = before[1].value - before[0].value
    if number.kind == PLAIN:
        return abs(gap) == number.value
    is_size = number.kind in (PERCENT, FRACTION)
    return is_size and close(number, abs(gap) * 100 / before[0].value)


def _changes(context: Context, line: Line, charge: Charge) -> Iterator[tuple[Value, Value]]:
    """Each value that may be spoken of with those that it may be compared with: only with that of a period that is
    named right after the change ('45 more than in the second quarter'), where one is."""
    whens = context.sentence.whens
    named = [one.period for one in whens if one.period and not one.is_before]
    is_of_part = any(one.is_part_of_year and not one.is_before for one in whens)
    named += [context.year] if context.year and not is_of_part else []
    beside = _compared_with(context, charge.end)
    if (
        context.given and named and not beside
    ):  # 'in 2023/24 it was 39.0%, so it has dropped by nine points'
        start, end = line.at(min(named)), line.at(context.given)
        if start is not None and end is not None and start.period < end.period:
            yield start, end
    yield from _last_two_years(context, line, charge)
    if YEAR_BEFORE.match(context.sentence.text[charge.end :]):
        for one in dict.fromkeys(named or context.sentence.periods):
            end, start = line.at(one.year_before()), line.at(one.year_before().year_before())
            if start is not None and end is not None:
                yield start, end
    for period in dict.fromkeys(named or context.sentence.periods):
        others = [beside] if beside else [period.previous(), period.year_before()]
        if not beside and period.length < period.year.length:
            parts = quarters_of if period.length > 1 else months_of
            others += [one for one in parts(period.year) if one != period]
        for other in dict.fromkeys(others):
            start, end = line.at(other), line.at(period)
            if start is not None and end is not None and start.period != end.period:
                yield start, end


def _last_two_years(context: Context, line: Line, charge: Charge) -> Iterator[tuple[Value, Value]]:
    """The year that the text is about and the one before it, where the clause of a change names no period: 'up five
    points in one year and thirteen since 2018/19'."""
    first, last = clause(context.sentence.text, charge.start)
    if context.given and not any(first <= one.start < last for one in context.sentence.whens):
        start, end = line.at(context.given.year_before()), line.at(context.given)
        if start is not None and end is not None:
            yield start, end


def _is_from_number(
    context: Context, number: Number, charge: Charge, ways: list[re.Match[str]]
) -> bool:
    """Whether a size is that by which what the text is about differs from a number that follows it: 'eight worse than
    95.3%'."""
    text, now = context.sentence.masked, context.given or context.year
    other = next((one for one in context.sentence.numbers if one.start >= charge.end), None)
    if other is None or charge.line is None or now is None or not ways:
        return False
    line = context.facts.line(charge.line.spec.id, place=charge.line.area)
    value = line.at(now) if line and THAN.fullmatch(text[charge.end : other.start]) else None
    if line is None or value is None or value.value is None:
        return False
    gap = value.value - float(other.value)
    return gap * sign_of(ways[-1], line) > 0 and close(number, abs(gap))


def _compared_with(context: Context, place: int) -> Period | None:
    """The period that a change is told against in the words after it."""
    for one in context.sentence.whens:
        if one.start >= place and one.is_before and one.period:
            is_beside = not re.search(r"[.;,]|\band\b", context.sentence.text[place : one.start])
            return one.period if is_beside else None
    return None


def _is_size(
    context: Context, number: Number, ends: tuple[Value, Value], way: re.Match[str], line: Line
) -> bool:
    first, last = ends
    sign = sign_of(way, line)
    gaps = [difference(first, last)]
    is_of_points = any(one.kind == POINTS for one in context.sentence.numbers)
    if number.kind in (PERCENT, FRACTION):
        share = relative(first, last)
        return share is not None and share * sign > 0 and close(number, abs(share))
    if number.kind == POINTS and line.spec.unit == "count":
        return False
    if number.kind not in (PLAIN, POINTS):
        return False
    if number.kind == PLAIN and line.spec.unit == "percent":
        gaps = (
            gaps if is_of_points else []
        )  # 'up by ten percentage points, the other down by seven'
        gaps += [
            float(b - a)
            for a, b in (
                (first.numerator, last.numerator),
                (first.denominator, last.denominator),
            )
            if a is not None and b is not None
        ]
    return any(gap * sign > 0 and close(number, abs(gap)) for gap in gaps)
