"""Whether a number that was held against one category is that of another, or of none."""

import re
from collections.abc import Sequence

from lscb.periods import Period
from performance.indicators.claims.context import PRONOUN, Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, fits
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.words.numerals import Number
from performance.indicators.claims.words.scope import clause

TELLING = 100  # a plain number under it is met by chance too often
A_FEW = 3  # categories at most, so that where one is named it is clear which the others are
OPENED = re.compile(r"\(\s*$")
OTHER_WORDS = re.compile(r"\s*\)\s*,?\s*(?:and|or|but|with)\s+[^().;\d]*[a-z][^().;\d]*\(\s*", re.I)
JOINED = re.compile(r"(?:\b(?:and|while|but|whereas|against)|[,;])\s+(?:the\s+)?$", re.I)
VERB = re.compile(r"\s+(?:(?:only|just)\s+)?[a-z]+\s+(?:(?:only|just|about|some)\s+)?", re.I)
OF_IT = re.compile(r"\s+(?:of|for|among|amongst|in)\s+(?:the\s+|all\s+|those\s+)?", re.I)


def is_of_another(context: Context, number: Number, charge: Charge) -> bool:
    """Whether the category that a number was held against is that of another number after it, by which it stands:
    '16%, compared with 44% of children in need', 'they sent 869 referrals and the police sent 786'."""
    if charge.line is None or not charge.line.label:
        return False
    text = context.sentence.text
    named = [one for one in context.groups if one.code == charge.line.category]
    others = [one for one in context.sentence.numbers if one.start > number.end]
    return (
        bool(named)
        and all(
            any(
                OF_IT.fullmatch(text[each.end : one.start])
                if each.end <= one.start
                else JOINED.search(text[number.end : one.start])
                and VERB.fullmatch(text[one.end : each.start])
                for each in others
            )
            for one in named
            if one.start > number.end
        )
        and all(one.start > number.end for one in named)
    )


def is_of_words_beside(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number in brackets stands by other words than the category that it was held against, which has a number
    of its own: 'those on a plan (45%) or in need (41%)'."""
    if charge.line is None or not charge.line.label:
        return False
    text = context.sentence.text
    before = [one for one in context.groups if one.code == charge.line.category]
    return OPENED.search(text[: number.start]) is not None and any(
        OPENED.search(text[: one.start]) and OTHER_WORDS.fullmatch(text[one.end : number.start])
        for one in context.sentence.numbers
        if any(each.end <= one.start and one.end <= number.start for each in before)
    )


def is_of_groups_before(context: Context, numbers: Sequence[Number], charge: Charge) -> bool:
    """Whether numbers are those of the categories of the sentence before, of which 'they' or 'it' may speak: 'Why did
    police referrals go up? They went from 758 to 1,144.'"""
    if charge.line is None or context.groups or not PRONOUN.match(context.sentence.text):
        return False
    spoken = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    periods = {each for one in spoken for each in (one, one.year_before(), one.previous())}
    lines = [
        line
        for one in context.groups_before
        if (line := context.facts.line(charge.line.spec.id, one.breakdown, one.code, one.label))
    ]
    return bool(numbers) and any(
        all(any(_has(line, one, period) for period in periods) for one in numbers) for line in lines
    )


def _has(line: Line, number: Number, period: Period) -> bool:
    value = line.at(period)
    return value is not None and fits(line, number.kind) and close(number, value.value or 0)


def is_of_the_rest(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number is that of another of a few categories at the same time, where its own clause names none and
    others like it stand before it: 'the younger group leads, 62.5% against 51.3%'."""
    line = charge.line
    alike = [one for one in context.sentence.numbers if one.kind == number.kind]
    first, last = clause(context.sentence.text, number.start)
    is_named = any(first <= one.start < last for one in context.groups)
    is_telling = number.places > 0 or number.value >= TELLING
    if line is None or not line.label or number.about or is_named or not is_telling:
        return False
    codes = context.facts.categories(line.spec.id, line.breakdown)
    if number == alike[0] or len(codes) > A_FEW:
        return False
    now = {one for one in (context.year, context.given, *context.sentence.periods) if one}
    others = [
        context.facts.line(line.spec.id, line.breakdown, code, place=line.area) for code in codes
    ]
    return any(
        close(number, value.value or 0)
        for other in others
        for period in now
        if other and (value := other.at(period))
    )
