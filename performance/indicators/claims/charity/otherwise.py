"""Whether what was found wrong is right of something else that its sentence names: of another indicator, category,
place or period of it, or as a bound of what came after."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lscb.periods import Period
from performance.indicators.claims.charity.elsewhen import (
    PARTS,
    is_some_change,
    parts_of_year,
    times_around,
    years_between,
)
from performance.indicators.claims.charity.groups_otherwise import (
    is_of_another,
    is_of_groups_before,
    is_of_the_rest,
    is_of_words_beside,
)
from performance.indicators.claims.charity.ways_otherwise import AFTER, went_so_after, went_so_now
from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.closeness import LESS, MORE, close
from performance.indicators.claims.figures.evidence import Line, difference, fits
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds.bases import LACK
from performance.indicators.claims.kinds.coincidences import (
    is_beside,
    is_of_another_series,
    stands_by,
)
from performance.indicators.claims.kinds.groups import share_of
from performance.indicators.claims.kinds.timing import periods_near
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.words.scope import OWN, UNKNOWN, clause, own_part
from performance.indicators.claims.words.subjects import COHORTS, groups
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import TOGETHER, WAY, sign_of
from performance.intake.codes import ALL

FAILED = re.compile(r"\b(?:late|overdue|missed|missing|without|failed|outside|unfilled)\b", re.I)
FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}$", re.I)
# 'three in four ended with no conference'
WITHOUT = re.compile(r"[^.;,\d]*\bwith(?:out|\s+no)\b", re.I)
SINCE = re.compile(r"\b(?:since|after|ever|never|always|every|each)\b", re.I)
OVER_YEARS = re.compile(
    r"\b(?:over|across|in|since|during|within)\s+(?:that|this|the|those|these|\w+)\s+(?:\w+\s+)?(?:time|years|period|decade|span)\b"
    r"|\byears\b",
    re.I,
)
AS_BEFORE = re.compile(
    r"\b(?:as|than|like)\s+(?:before|previously|earlier|last\s+(?:time|year))\s*\(\s*$", re.I
)
MANY = 2  # parts of a year that make a list, or words by which two indicators are the same
SOON = 5  # years after one that is named
LONG = 11  # years over which a change may be told
# '21.0%, 20.8%, now 18.9%': numbers of the years before, without these
LISTED = re.compile(r"\s*(?:,|and\s+then)\s*(?:(?:then|and|now|and\s+now)\s+)?\d", re.I)
OF_ALL = re.compile(r"\b(?:out\s+)?of\s+(?:the|our|all|all\s+the)\s+$", re.I)
# 'the regional rate is lower than ours, at 25.5'
THAN = re.compile(r"\b(?:than|below|above|under|over)\s+$", re.I)
JOINED = re.compile(r"\s*,?\s*and\s+", re.I)
COMPARATIVE = re.compile(
    r"\b(?:(?P<up>higher|more|greater|larger|above)|(?P<down>lower|less|fewer|smaller|below))\b",
    re.I,
)


def is_told_otherwise(context: Context, charge: Charge) -> bool:
    """Whether the claim of a finding is right of something else that the sentence names."""
    inside = [one for one in context.sentence.numbers if charge.start <= one.start < charge.end]
    if is_of_groups_before(context, inside, charge):
        return True
    if charge.finding.kind == "level" and len(inside) == 1:
        return _is_other_level(context, inside[0], charge)
    if charge.finding.kind == "level" and len(inside) == 2:
        is_first = FROM.search(context.sentence.text[: inside[0].start])
        return _are_ends(context, charge, *(inside if is_first else reversed(inside)))
    if charge.finding.kind == "change":
        return any(_is_in_brackets(context, one, charge) for one in inside) or (
            _are_some_changes(context, inside, charge)
        )
    if charge.finding.kind != "direction":
        return False
    return (
        _is_beside_places(context, charge)
        or went_so_after(context, charge)
        or went_so_now(context, charge)
    )


def _is_other_level(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a level is right of another period, category, place or series that the sentence names."""
    if any(
        is_so(context, number, charge)
        for is_so in (
            _is_of_all_periods,
            _is_count_of_share,
            is_of_the_rest,
            is_of_another,
            is_of_words_beside,
            _is_told_exactly,
        )
    ):
        return True
    if TOGETHER.search(context.sentence.text):
        is_whole = bool(OF_ALL.search(context.sentence.text[: number.start]))
        is_whole = is_whole and _is_level(context, number, charge)
        return is_whole or is_of_another_series(context, number, charge.tried)
    is_of_named = _is_level(context, number, charge)
    is_of_named = is_of_named or _is_bound_since(context, number, charge.line)
    is_of_named = is_of_named or _went_so(context, charge, number)
    if any(is_beside(context, [one], number) for one in context.mentions):
        return is_of_named  # it is of that place
    return is_of_named or bool(charge.tried and is_of_another_series(context, number, charge.tried))


def _is_level(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number is that of a series at a time that both are named; at the one beside it where there is one, and
    at one before where it is what a change began with: 'down from 1,252'."""
    named, is_bound = periods_near(context, number)
    periods = named if is_bound else _periods(context, number)
    if FROM.search(context.sentence.text[: number.start]) and not is_bound:
        periods = [*periods, *context.sentence.periods]
    if any(AFTER.search(context.sentence.text[: one.start]) for one in context.sentence.whens):
        periods = [*periods, *(one.shift(by) for one in periods for by in range(1, SOON))]
    is_listed = LISTED.match(context.sentence.text[number.end :])
    if is_listed and not (is_bound or context.sentence.periods):
        periods = [*periods, *(one.shift(-by) for one in periods for by in range(1, SOON))]
    if not is_bound and not number.about:
        periods = [
            *periods,
            *years_between(context, number),
            *parts_of_year(context, number, periods),
            *times_around(context, number),
        ]
    is_base = charge.start < number.start and not is_bound
    if AS_BEFORE.search(context.sentence.text[: number.start]):
        periods = [each for one in periods for each in (one.previous(), one.year_before())]
    if FROM.search(context.sentence.text[: number.start]) and not is_bound:
        periods = [
            each for one in periods for each in (one, one.year_before(), one.previous())
        ]  # 'a fall of 768 from 3,223'
    if is_base:
        periods = [each for one in periods for each in (one.year_before(), one.previous())]
    before = context.sentence.text[: number.start]
    is_lack = LACK.search(context.sentence.text) or (number.places > 0 and FAILED.search(before))
    is_lack = is_lack or WITHOUT.match(context.sentence.text, number.end)
    is_rest = bool(is_lack) and number.kind in (PERCENT, FRACTION)
    return any(
        close(number, amount)
        or (is_rest and line.spec.unit == "percent" and close(number, 100 - amount))
        for line in _lines(context, number, charge)
        if not (is_base and _is_same(line, charge.line))
        for period in periods
        if (amount := _amount(context, number, line, period)) is not None
    )


def _went_so(context: Context, charge: Charge, number: Number) -> bool:
    """Whether a number is of the year before the one that the text is about, from which the series went the way that is
    told, where the sentence dates others only: 'up from 87.1% and down from 89.9% in 2020/21'."""
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    whens, line, now = context.sentence.whens, charge.line, context.given
    start, end = clause(context.sentence.text, number.start)
    if any(start <= one.start < end for one in whens):
        return False
    if way is None or line is None or now is None or not whens:
        return False
    first, last = line.at(now.year_before()), line.at(now)
    if first is None or last is None or not close(number, first.value or 0):
        return False
    return difference(first, last) * sign_of(way, line) > 0


def _is_of_all_periods(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number is the sum over the months or quarters that its part of the sentence lists: 'Q1 and Q2:
    1,622'."""
    first, last = own_part(context.sentence.text, number.start)
    whens = [one for one in context.sentence.whens if first <= one.start < last]
    parts = {one.period for one in whens if one.period and one.is_part_of_year}
    if len(parts) < MANY or number.kind != PLAIN:
        return False
    for line in _lines(context, number, charge):
        found = [line.at(one) for one in parts]
        if line.spec.aggregation == "sum" and line.spec.unit == "count" and all(found):
            if close(number, sum((one.value or 0) for one in found if one)):
                return True
    return False


def _is_count_of_share(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number in brackets is the count of the percentage right before it, of whatever year that is: 'up from
    3.9% (95)'."""
    text = context.sentence.text
    is_beside = any(
        one.kind == PERCENT and re.fullmatch(r"\s*[(,;]\s*", text[one.end : number.start])
        for one in context.sentence.numbers
    )
    return is_beside and any(
        close(number, value.value or 0)
        for line, _ in charge.tried
        if fits(line, number.kind)
        for value in line.of("year")
    )


def _amount(context: Context, number: Number, line: Line, period: Period) -> float | None:
    """What a series has at a period as a number of this kind: its value, or a category's share of what it counts."""
    value = line.at(period)
    if value is None or value.value is None:
        return None
    if fits(line, number.kind):
        return value.value
    is_share = number.kind == PERCENT and line.category != ALL and line.spec.unit == "count"
    return share_of(line, value, context) if is_share else None


def _are_some_changes(context: Context, inside: list[Number], charge: Charge) -> bool:
    """Whether every size of a change is one that the sentence may speak of; one that was held against two numbers of
    the sentence only where these hold."""
    plain = [one for one in context.sentence.numbers if one.kind == PLAIN and one not in inside]
    if charge.line is None and not all((one.start, one.end) in context.accepted for one in plain):
        return False
    return bool(inside) and all(
        is_some_change(context, one, charge, _changed_lines(context, one, charge)) for one in inside
    )


def _changed_lines(context: Context, number: Number, charge: Charge) -> list[Line]:
    """The series that a size of a change may be of: in percent only the one that it was held against, because so many
    changes make any percentage one of them."""
    if number.kind == PERCENT:
        page = context.facts.line(context.about) if context.about else None
        known = [one for one in (charge.line, page) if one]
        return known or list(_lines(context, number, charge))[:1]
    return list(_lines(context, number, charge))


def _is_same(line: Line, other: Line | None) -> bool:
    keys = [(one.spec.id, one.area, one.category) for one in (line, other) if one]
    return len(set(keys)) < len(keys)


def _are_ends(context: Context, charge: Charge, first: Number, last: Number) -> bool:
    """Whether two numbers are those of one series at a time that is spoken of and at one before it."""
    ends = list(dict.fromkeys([*_periods(context), *years_between(context, last)]))
    if PARTS.search(
        context.sentence.text
    ):  # 'every quarter, from 103 in the first to 508 in the last'
        ends += parts_of_year(context, last, ends)
    starts = {each for one in ends for each in (one, one.previous(), one.year_before())}
    is_looked_up = first.places > 0 and last.places > 0 and bool(context.mentions)
    if is_looked_up or OVER_YEARS.search(context.sentence.text):
        starts |= {
            Period(one.first - 12 * years, one.length) for one in ends for years in range(2, LONG)
        }
    return any(
        close(first, early.value or 0) and close(last, late.value or 0)
        for line in _lines(context, last, charge)
        if fits(line, last.kind)
        for start in starts
        for end in ends
        if (early := line.at(start)) and (late := line.at(end)) and early.period < late.period
    )


def _is_in_brackets(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number in brackets is no change, but what was there at the period before it ('up on 2023/24 (21%)') or
    in one of the years before."""
    text = context.sentence.text
    if not text[: number.start].rstrip().endswith("("):
        return False
    years = [one.year_before() for one in _periods(context)]
    before = [*years, *(one.year_before() for one in years)]
    lines = [one for one in _lines(context, number, charge) if fits(one, number.kind)]
    was = [one.at(period) for one in lines for period in before]
    return _is_level(context, number, charge) or any(
        one and close(number, one.value or 0) for one in was
    )


def _is_bound_since(context: Context, number: Number, line: Line | None) -> bool:
    """Whether a bound holds at all times after those that the sentence names: 'peaked at 294 in March 2021 and has
    stayed below 240 since'."""
    periods = context.sentence.periods
    is_since = periods and SINCE.search(context.sentence.text)
    if line is None or not is_since or number.about not in MORE | LESS:
        return False
    held = line.at(max(periods))
    after = [one for one in line.of(held.period.kind) if one.period > held.period] if held else []
    sign = 1 if number.about in MORE else -1
    return bool(after) and all(((one.value or 0) - float(number.value)) * sign > 0 for one in after)


def _is_beside_places(context: Context, charge: Charge) -> bool:
    """Whether a place is above or below another that is named before it: 'below England, though the region is lower
    still', which says nothing of time."""
    found = COMPARATIVE.search(context.sentence.text, charge.start, charge.end)
    before = [
        one.code for one in context.mentions if one.end <= charge.start and one.code != UNKNOWN
    ]
    if found is None or charge.line is None or not before:
        return False
    mine = context.facts.line(charge.line.spec.id, place=before[-1])
    places = {OWN, *before} - {before[-1]}
    others = [context.facts.line(charge.line.spec.id, place=one) for one in places]
    return any(
        ((a.value or 0) - (b.value or 0)) * (1 if found["up"] else -1) > 0
        for period in _periods(context)
        for other in others
        if mine and other and (a := mine.at(period)) and (b := other.at(period))
    )


def _periods(context: Context, number: Number | None = None) -> list[Period]:
    """The periods that a sentence names, without those that stand right by another number than this, and the year that
    it or the text is about."""
    others = [one for one in context.sentence.numbers if number and one != number]
    whens = context.sentence.whens
    if number is not None:
        first, last = own_part(context.sentence.text, number.start)
        whens = tuple(one for one in whens if first <= one.start < last) or whens
    named = [
        one.period
        for one in whens
        if one.period and not any(stands_by(context, other, one) for other in others)
    ]
    years = [one for one in (context.year, context.given) if one is not None]
    is_dated = number and any(one.period in named and not one.is_before for one in whens)
    return list(dict.fromkeys(named if is_dated else [*named, *years]))


def _lines(context: Context, number: Number, charge: Charge) -> Iterator[Line]:
    """The series that a number may be of: of each indicator that is named or was before, its rate and its count, each
    category and place; only of those beside the number, where some are."""
    near = [one for one in context.subjects if is_beside(context, [one], number)]
    named = [each for one in near or context.subjects for each in one.ids]
    if not near:
        named += [*context.carried, *([context.about] if context.about else [])]
    named += [charge.line.spec.id] if charge.line else []
    if near and context.about and _says_the_same(named, context.about):
        named.append(context.about)  # 'referrals' on the page of those that schools made
    counted = [f"{one.removesuffix(COUNTED)}{COUNTED}" for one in named]
    known = [one for one in context.mentions if one.code != UNKNOWN]
    beside = [
        one
        for one in known
        if is_beside(context, [one], number) and not THAN.search(context.sentence.text[: one.start])
    ]
    is_of_several = any(
        JOINED.fullmatch(context.sentence.text[a.end : b.start]) for a, b in pairwise(known)
    )  # 'Bedford and Central Bedfordshire also had fewer (261 after 262, and 337 after 366)'
    others = [OWN, *(one.code for one in known)]
    places = others if is_of_several or not beside else [one.code for one in beside]
    for one in dict.fromkeys([*named, *rates_of(named), *counted]):
        for key in _categories(context, number):
            for place in dict.fromkeys(places):
                line = context.facts.line(one, *key, place=place)
                if line is not None:
                    yield line


def _says_the_same(ids: Sequence[str], about: str) -> bool:
    """Whether indicators are known by the words of the one that a text is about, or by several of them."""
    named, own = own_words(ids), own_words([about])
    return named <= own or len(named & own) >= MANY


def _is_told_exactly(context: Context, number: Number, _charge: Charge) -> bool:
    """Whether a rough share is an exact one of its sentence, which is checked as such: 'one in five, after one in ten:
    20.0% and 10.2%'."""
    exact = [one for one in context.sentence.numbers if one.kind == PERCENT and one.places > 0]
    is_rough = number.kind == FRACTION and not context.sentence.whens
    return is_rough and any(close(number, one.value) for one in exact)


def _categories(context: Context, number: Number) -> list[tuple[str, str]]:
    """The categories that a number may be of: those beside it, else all that are named, and the total where its clause
    names none."""
    beside = [one for one in context.groups if is_beside(context, [one], number)]
    cohorts = [one for one in groups(context.sentence.text) if one.breakdown in COHORTS]
    first, last = clause(context.sentence.text, number.start)
    inside = [one for one in (*context.groups, *cohorts) if first <= one.start < last]
    found = beside or inside or [*context.groups, *cohorts]
    keys = [(one.breakdown, one.code) for one in found]
    if OF_ALL.search(context.sentence.text[: number.start]):
        keys.append((ALL, ALL))  # 'of the 3,130 referrals 916 came from schools'
    is_named = any(one in context.groups for one in inside)  # and not only as whom a figure is of
    return list(dict.fromkeys(keys if is_named else [*keys, (ALL, ALL)]))
