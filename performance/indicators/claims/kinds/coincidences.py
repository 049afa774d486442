"""Whether a number that does not fit one series is exactly what another that may be meant has: then nothing is flagged.

A writer means more series than a sentence names: '12,671 courses were registered, of which 11,324 were completed'.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from lscb.periods import Period
from performance.indicators.claims.context import Context, of_one_numerator
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, fits
from performance.indicators.claims.kinds.bases import LACK
from performance.indicators.claims.kinds.timing import WHEN_IT_WAS, periods_near
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.nearness import LINK, Place
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.words.stems import words
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import TOGETHER
from performance.indicators.series import Value
from performance.indicators.spec import indicators

SAID = re.compile(
    r"\W*(?:(?:children|young\s+people)\s+)?(?:(?:had|have|has|been|was|were|is|are|stood|reached|numbered|totall?ed|made|came|rose|fell|went|up|down|at|to|"
    r"account(?:s|ed)?\s+for|made\s+up|mak(?:es?|ing)\s+up|represent(?:s|ed)?|form(?:s|ed)|contribut(?:es?|ed))"
    r"\s+){0,3}",
    re.I,
)
# A number of an earlier time, by the words after it ('upwards, 87% to 89%') or before it.
TIME_BEFORE = re.compile(
    r"\s+to\s+[\d.,]*\d|[^.;:\d]{0,25}\b(?:(?:the\s+)?(?:previous|preceding|prior)\s+\w+|last\s+(?:year|time|spring|summer|autumn|winter|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"(?:(?:the|a|one|two|three|\d)\s+)+years?\s+(?:before|earlier|ago|previously))\b",
    re.I,
)
TIME_WAS = re.compile(
    r"\b(?:last\s+(?:year|time|spring|summer|autumn|winter)|(?:previous|preceding|prior)\s+\w+|years?\s+(?:before|"
    r"earlier|ago)|used to (?:be|have)|had been)(?:['’]s\b)?[^.;\d]{0,25}$",
    re.I,
)
IN_TIME = re.compile(
    r"\s*[(,]?\s*(?:recorded|reported|received|seen|held|made)?\s*"
    r"(?:(?:we|they|it|there)\s+(?:had|saw|were|was)\s+)?(?:in|for|of|at|during|by)?\s*(?:the\s+)?(?:end of\s+)?",
    re.I,
)
PART_OF_YEAR = re.compile(r"\b(?:quarter|month)(?=s|ly)?", re.I)
# '808 in the first quarter, 814 in the second': the word is not said again
LIKEWISE = re.compile(
    r"\s+in\s+the\s+(?:first|second|third|fourth|last|final|next)\b(?!\s+(?:year|half))", re.I
)
COUNTY = re.compile(r"\b(?:Bedfordshire|county|pan-\w+|three (?:boroughs|councils|areas))\b", re.I)
ENOUGH = 30  # a base of a percentage is seldom met by chance
TELLING = 100  # a plain number under it is met by chance too often


def is_of_another_series(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is what a kindred series has at the same period as one that was tried. Only a number that is
    seldom met by chance counts: of three digits or more, or a percentage with a decimal."""
    if _is_of_all_named(context, number, tried) or _is_of_part_of_year(context, number, tried):
        return True
    if number.kind == FRACTION and TIME_WAS.search(context.sentence.text[: number.start]):
        return _is_of_other_time(context, number, tried)
    if number.kind not in (PLAIN, PERCENT):
        return False
    if _is_of_other_time(context, number, tried) or _is_of_wider_place(context, number, tried):
        return True
    return _is_of_kindred(context, number, tried)


def _is_of_kindred(context: Context, number: Number, tried: Sequence[tuple[Line, Value]]) -> bool:
    """Whether a number is that of what another series counts at the same period, or of the sentence's other numbers."""
    periods = {value.period for _, value in tried}
    if number.kind == PLAIN and (
        _is_any(number, _counted(context), periods) or _is_base(context, number, periods)
    ):
        return True
    if number.about:
        return False
    if _is_of_two(context, number) or _is_rest_of(context, number, tried):
        return True
    if _is_of_named(context, number, tried):
        return True
    lines = [one for line, _ in tried for one in _kindred(context, line)]
    said = _also_said(context, lines, tried)
    if _is_any(number, said, periods):
        return True
    if number.places < 1 if number.kind == PERCENT else number.value < TELLING:
        return False
    found = [one for line, _ in tried if not line.label for one in _categories(context, line)]
    found += said if _is_plainly_of(context, number) else lines
    return _is_any(number, found, periods)


def _is_of_other_time(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is that of another period that the sentence tells: of one that it names, or of a year shortly
    before where words beside the number say so: '74% the previous March', 'around 1,650 in the two years before'."""
    periods, is_beside = periods_near(context, number)
    others = [one for one in context.sentence.numbers if one != number]
    told = {
        one.period
        for one in context.sentence.whens
        if one.period
        and (stands_by(context, number, one) or not (is_beside and periods))
        and not any(stands_by(context, other, one) for other in others)
    }
    if context.year is not None and not (is_beside and periods):
        told.add(context.year)
    text = context.sentence.text
    if TIME_BEFORE.match(text[number.end :]) or TIME_WAS.search(text[: number.start]):
        now = {value.period for _, value in tried}
        now |= {one for one in (context.year, context.given) if one is not None}
        told |= {one.shift(-1) for one in now}
        told |= {Period(one.first - 12 * years, one.length) for one in now for years in (1, 2, 3)}
    found = [line.at(period) for line, _ in tried for period in told]
    amounts = [one.value or 0 for one in found if one is not None]
    if number.kind in (PERCENT, FRACTION) and LACK.search(text):
        amounts += [
            100 - one for one in amounts
        ]  # 'late were 13%, half the share of last year (26%)'
    return any(close(number, one) for one in amounts)


def _is_of_all_named(context: Context, number: Number, tried: Sequence[tuple[Line, Value]]) -> bool:
    """Whether a number is that of all categories that the sentence names: 'between them they made over half'."""
    if not TOGETHER.search(context.sentence.text):
        return False
    for line, value in tried:
        named = {
            one.category: one
            for one in _of_groups(context, line)
            if one.breakdown == line.breakdown
        }
        found = [one.at(value.period) for one in named.values()]
        if len(found) > 1 and close(number, sum((one.value or 0) if one else 0 for one in found)):
            return True
    return False


def _is_of_part_of_year(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is that of a quarter or month of the year, where the sentence speaks of such without saying
    which: 'no quarter was far from the others: 808, 814, 799 and 794'."""
    text = context.sentence.text
    said = PART_OF_YEAR.search(text)
    if said and number.kind == PLAIN and LIKEWISE.match(text[number.end :]):
        return _is_within_year(number, said[0].lower(), tried)
    if any(one.is_part_of_year for one in context.sentence.whens):
        return False
    if not said or number.kind != PLAIN or periods_near(context, number)[1]:
        return False
    return _is_within_year(number, said[0].lower(), tried)


def _is_within_year(number: Number, kind: str, tried: Sequence[tuple[Line, Value]]) -> bool:
    """Whether a number is that of some quarter or month of the years that were tried."""
    return any(
        close(number, other.value or 0)
        for line, value in tried
        for other in line.of(kind)
        if value.period.year.contains(other.period)
    )


def stands_by(context: Context, number: Number, when: When) -> bool:
    """Whether a period stands right after a number or before it: '33.6% in 2023/24', 'last year's 20.8%'."""
    text = context.sentence.text
    if when.start >= number.end:
        return bool(IN_TIME.fullmatch(text[number.end : when.start]))
    return bool(WHEN_IT_WAS.fullmatch(text[when.end : number.start]))


def _is_of_wider_place(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is that of another of the areas that the text is about, where the sentence names the county."""
    if not COUNTY.search(context.sentence.text):
        return False
    found = [
        other.at(value.period)
        for line, value in tried
        for area in context.facts.areas
        if (other := context.facts.line(line.spec.id, line.breakdown, line.category, place=area))
    ]
    return any(one is not None and close(number, one.value or 0) for one in found)


def _also_said(
    context: Context, lines: Iterable[Line], tried: Sequence[tuple[Line, Value]]
) -> list[Line]:
    """Those of some series of which the sentence has a word that is not of what was tried: 'persistently absent, and 8%
    severely so'."""
    known = own_words(line.spec.id for line, _ in tried)
    stems = {stem for _, _, stem in words(context.sentence.text)} - known
    named = {one for subject in context.subjects for one in subject.ids}
    named |= {line.spec.id for line, _ in tried}  # another category of it is another claim
    return [
        one
        for one in lines
        if one.spec.id not in named
        and any(word in stems or f"{word}ly" in stems for word in own_words([one.spec.id]))
    ]


def _is_any(number: Number, lines: Iterable[Line], periods: Iterable[Period]) -> bool:
    return any(
        close(number, value.value or 0)
        for line in lines
        if fits(line, number.kind)
        for period in periods
        if (value := line.values.get(period)) is not None
    )


def _counted(context: Context) -> list[Line]:
    """What the percentages that the sentence names count: '35 children in care had three or more placements'."""
    ids = dict.fromkeys(one.removesuffix(COUNTED) for some in context.subjects for one in some.ids)
    found = [context.facts.line(f"{one}{COUNTED}") for one in ids]
    return [one for one in found if one is not None and indicators()[one.spec.id].unit == "percent"]


def _is_of_named(context: Context, number: Number, tried: Sequence[tuple[Line, Value]]) -> bool:
    """Whether a number is that of another category and period that the sentence names, where it names several: 'schools
    have outdone the police: 869 against 786 in 2022/23, 916 against 875 in 2023/24'."""
    named = [one for line, _ in tried for one in _of_groups(context, line)]
    if len({one.category for one in named}) < 2 or is_beside(context, context.groups, number):
        return False
    return _is_any(number, named, context.sentence.periods)


def _of_groups(context: Context, line: Line) -> Iterator[Line]:
    """The series of an indicator of each category that the sentence names."""
    for group in context.groups:
        other = context.facts.line(line.spec.id, group.breakdown, group.code, place=line.area)
        if other is not None:
            yield other


def _is_of_two(context: Context, number: Number) -> bool:
    """Whether a number is the sum or the difference of two others of the sentence: '5,431 in all'."""
    others = [one.value for one in context.sentence.numbers if one.kind == number.kind != PERCENT]
    return number.value >= TELLING and any(
        number.value in (one + other, abs(one - other)) and number.value not in (one, other)
        for one, other in combinations(others, 2)
    )


def _is_rest_of(context: Context, number: Number, tried: Sequence[tuple[Line, Value]]) -> bool:
    """Whether a count is what the counts before it leave of the total: 'neglect 100 and emotional abuse 95 leave only
    36'."""
    before = [one for one in context.sentence.numbers if one.end <= number.start]
    parts = [one for one in before if one.kind == PLAIN]
    if number.kind != PLAIN or len(parts) < 2:
        return False
    wholes = [context.facts.line(line.spec.id, place=line.area) for line, _ in tried]
    totals = [
        one.values.get(value.period) for one, (_, value) in zip(wholes, tried, strict=True) if one
    ]
    left = sum(one.value for one in parts) + number.value
    return any(one is not None and one.value == left for one in totals)


def _is_base(context: Context, number: Number, periods: Iterable[Period]) -> bool:
    """Whether a number is what a percentage rests on that the sentence or the text is about: 'of 603 children in need,
    265 missed a tenth of their sessions'."""
    ids = {one.removesuffix(COUNTED) for some in context.subjects for one in some.ids}
    ids |= {context.about} if context.about else set()
    now = (one for one in (context.year, context.given, *context.sentence.periods) if one)
    values = _values(context, ids, periods)
    amounts = [one for value in values for one in (value.numerator, value.denominator)]
    amounts += [one.denominator for one in _values(context, _shares_of(ids), {*periods, *now})]
    return number.value >= ENOUGH and number.value in [one for one in amounts if one is not None]


def _shares_of(ids: Iterable[str]) -> list[str]:
    """The indicators that have the same numerator as some: bookings as a share of places."""
    found = frozenset[str]().union(*map(of_one_numerator, ids))
    return [one for one in indicators() if one in found]


def _values(context: Context, ids: Iterable[str], periods: Iterable[Period]) -> list[Value]:
    """What some indicators have at some periods, in total and of each category, where it rests on two counts."""
    listed = list(periods)
    found = [
        line.values.get(each) for one in ids for line in context.facts.every(one) for each in listed
    ]
    return [one for one in found if one is not None and one.denominator is not None]


def _categories(context: Context, line: Line) -> Iterator[Line]:
    """The parts of a total: 'they made 330 referrals'."""
    for breakdown in line.spec.breakdowns:
        for code in context.facts.categories(line.spec.id, breakdown):
            other = context.facts.line(line.spec.id, breakdown, code, place=line.area)
            if other is not None:
                yield other


def _is_plainly_of(context: Context, number: Number) -> bool:
    """Whether a number stands right beside the words that it is said of: '3,215 incidents', 'referrals were 3,137'."""
    return is_beside(context, [*context.subjects, *context.groups], number)


def is_beside(context: Context, places: Sequence[Place], number: Number) -> bool:
    """Whether a number stands right beside one of some things."""
    text = context.sentence.text
    return any(
        LINK.match(text[number.end : one.start])
        if one.start >= number.end
        else SAID.fullmatch(text[one.end : number.start])
        for one in places
        if one.start >= number.end or one.end <= number.start
    )


def _kindred(context: Context, line: Line) -> Iterator[Line]:
    """The series of the same theme, in total, of the categories that are named, and what their numerators count."""
    for one in context.facts.totals(line.spec.theme):
        yield one
        counted = context.facts.line(f"{one.spec.id}{COUNTED}")
        if counted is not None:
            yield counted
    for group in context.groups:
        for spec in indicators().values():
            if spec.theme == line.spec.theme and group.breakdown in spec.breakdowns:
                other = context.facts.line(spec.id, group.breakdown, group.code, group.label)
                if other is not None:
                    yield other
