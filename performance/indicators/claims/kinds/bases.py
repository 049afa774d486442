"""Claims about a percentage whose count stands beside it: `114, or 9.9% of bookings`, `a completion rate of 89.4%`."""

import re
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import ABOUT, close
from performance.indicators.claims.figures.evidence import KINDS, Line, words
from performance.indicators.claims.kinds.groups import share_lines
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.nearness import LINK
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.words.stems import words as stems
from performance.indicators.claims.words.subjects import Subject
from performance.indicators.claims.words.topic import own_words
from performance.indicators.series import Value
from performance.indicators.spec import indicators

# How a percentage is tied to the count before it: '104 were closed, which is 3.3%', '11,324 completions, a rate of'.
TIED = re.compile(
    r"[^.;()%\d]{0,70}(?:,\s*(?:or|which (?:is|was)|that is|i\.e\.|equal to|giving|making|equivalent to)?|"
    r"\(|–|\bor|\bgiving|\bmaking)\s*"
    r"(?:(?:some|just|only|about|roughly|around|nearly|almost|a|the|an|overall|completion)\s+)*(?:rate of\s+)?$",
    re.I,
)
OF = re.compile(r"\s*(?:\)|$|[.,;]|of\b(?!\s+(?:those|these|them|which|whom)\b))", re.I)
OUT_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+)*", re.I)
ALL_BUT = re.compile(r"\ball but\s+(?:(?:about|around|just)\s+)?$", re.I)
LACK = re.compile(
    r"^[^.;,\d]*\b(?:lack\w*|without|miss\w*|late|overdue|not|no|un[a-z]+able|failed|outside|never|empty|unfilled)\b|n[’']t\b",
    re.I,
)
OF_A = re.compile(r"(?:^|[.;:]\s+)\W*(?:out\s+)?of\s+(?:(?:the|all|our)\s+)*$", re.I)
COMMA = re.compile(r"[^.;:\d]{2,60},\s+(?:(?:only|just)\s+)?", re.I)
TELLING = 50  # a smaller count is met by chance


def check(context: Context) -> None:
    """Every percentage right after a count that is the numerator of a percentage that the data hold."""
    numbers = context.sentence.numbers
    _of_whole(context)
    _of_category(context)
    _lacking(context)
    for place, number in enumerate(numbers):
        if number.kind not in (PERCENT, FRACTION) or number in context.used or place == 0:
            continue
        count = numbers[place - 1]
        text = context.sentence.masked
        if count.kind != PLAIN or count.value < TELLING or not OF.match(text[number.end :]):
            continue
        if TIED.fullmatch(text[count.end : number.start]) and not context.passes_over(number.start):
            _check(context, count, number)


def _check(context: Context, count: Number, number: Number) -> None:
    named = {one.removesuffix(COUNTED) for subject in context.subjects for one in subject.ids}
    said = {one.value for one in context.sentence.numbers}
    rests = [
        (line, value)
        for theme in dict.fromkeys(indicators()[one].theme for one in sorted(named))
        for line in context.facts.totals(theme)
        if line.spec.unit == "percent"
        if (value := _value(context, line)) and value.numerator == count.value
        if line.spec.id in named or value.denominator in said
    ]
    if not rests:
        return
    context.used.add(number)
    if any(close(number, value.value or 0) for _, value in rests):
        context.accept(number.start, number.end)
        return
    line, value = rests[0]
    context.add(
        "ratio",
        number.text,
        words(line, value),
        "The count beside it gives another percentage.",
        line,
        at=(number.start, number.end),
    )


def _of_whole(context: Context) -> None:
    """`115 of 155 reviews were on time`, where 155 is the denominator that the data hold."""
    text = context.sentence.masked
    for some, whole in pairwise(context.sentence.numbers):
        is_hedged = some.about not in ABOUT | {""}
        if {some.kind, whole.kind} != {PLAIN} or is_hedged or whole.value < TELLING:
            continue
        subject = _beside(context, some, whole)
        if subject is None or not OUT_OF.fullmatch(text[some.end : whole.start]):
            continue
        if context.passes_over(some.start):
            continue
        for line in context.lines_of(subject.ids, some.start, whole.end):
            value = _value(context, line)
            if value is None or value.numerator is None:
                continue
            if value.denominator != whole.value:
                _of_another_time(context, line, value, (some, whole))
                continue
            part = value.numerator
            if ALL_BUT.search(text[: some.start]) or LACK.search(text[whole.end :]):
                part = value.denominator - part
            rest = value.denominator - value.numerator
            if line.spec.unit == "percent" and not (close(some, part) or close(some, rest)):
                why = "The data hold another count."
                context.add(
                    "ratio",
                    f"{some.text} of {whole.text}",
                    words(line, value),
                    why,
                    line,
                    at=(some.start, whole.end),
                )
            break


def _lacking(context: Context) -> None:
    """`Of 551 conferences, 112 missed the 15 days`: what failed of a whole that is the denominator of a percentage."""
    text = context.sentence.masked
    ids = dict.fromkeys(each for one in context.subjects for each in one.ids)
    for whole, some in pairwise(context.sentence.numbers):
        if {some.kind, whole.kind} != {PLAIN} or some.about or whole.value < TELLING:
            continue
        if not (OF_A.search(text[: whole.start]) and COMMA.fullmatch(text[whole.end : some.start])):
            continue
        if context.passes_over(some.start) or not LACK.search(text[some.end :]):
            continue
        said = {stem for _, _, stem in stems(context.sentence.text[some.end :])}
        for one in {*ids, context.about} - {""}:
            line = context.facts.line(one.removesuffix(COUNTED))
            value = _value(context, line) if line else None
            if line is None or value is None or value.denominator != whole.value:
                continue
            if not said & own_words([one]) or value.numerator is None:
                continue
            rest = value.denominator - value.numerator
            if not (close(some, rest) or close(some, value.numerator)):
                why = "The data hold another count."
                span = (whole.start, some.end)
                claim = context.sentence.text[slice(*span)]
                context.add("ratio", claim, words(line, value), why, line, at=span)


def _of_category(context: Context) -> None:
    """`neglect was the largest category (100 of 231)`, where 231 is the total at the time that is spoken of."""
    text = context.sentence.masked
    for some, whole in pairwise(context.sentence.numbers):
        is_pair = {some.kind, whole.kind} == {PLAIN} and not (some.about or whole.about)
        before = [one for one in context.groups if one.end <= some.start]
        if not is_pair or not before or not text[: some.start].rstrip().endswith("("):
            continue
        if not OUT_OF.fullmatch(text[some.end : whole.start]) or context.passes_over(some.start):
            continue
        named = {one.code for one in context.groups}
        tried: list[tuple[Line, Value]] = []
        for line in share_lines(context, context.joined(before[-1])):
            total = context.facts.line(line.spec.id, place=line.area)
            value, all_of = _value(context, line), _value(context, total) if total else None
            if line.spec.unit != "count" or value is None or all_of is None:
                continue
            if all_of.period != value.period or all_of.value != whole.value:
                continue
            others = (
                context.facts.line(line.spec.id, line.breakdown, code, place=line.area)
                for code in named
            )
            if any(
                each and (at := each.at(value.period)) and close(some, at.value or 0)
                for each in others
            ):
                tried = []
                break
            tried.append((line, value))
        if tried:
            line, value = tried[0]
            span = (some.start, whole.end)
            claim = context.sentence.text[slice(*span)]
            why = "The data hold another count."
            context.add("ratio", claim, words(line, value), why, line, at=span)


def _of_another_time(
    context: Context, line: Line, value: Value, pair: tuple[Number, Number]
) -> None:
    """Two counts that both belong to another period than the one that they are said of."""
    some, whole = pair
    held = [one for one in line.of(value.period.kind) if one.denominator == whole.value]
    other = next((one for one in held if one.numerator == some.value), None)
    before = [one for one in context.sentence.whens if one.end <= some.start and one.period]
    if other is None or line.spec.unit != "percent" or not before:
        return
    if other.period in (context.given, context.year, *context.sentence.periods):
        return
    context.add(
        "ratio",
        f"{some.text} of {whole.text}",
        words(line, value),
        f"These are the counts of {other.period.label}.",
        line,
        at=(some.start, whole.end),
    )


def _beside(context: Context, some: Number, whole: Number) -> Subject | None:
    """What two counts are said of: `115 of 155 reviews on time`, `reviews on time: 115 of 155`."""
    text = context.sentence.masked
    for one in context.subjects:
        if one.start >= whole.end and LINK.match(text[whole.end : one.start]):
            return one
        if one.end <= some.start and re.fullmatch(r"\s*[:–]\s*", text[one.end : some.start]):
            return one
    return None


def _value(context: Context, line: Line) -> Value | None:
    """Its value at the one period that is spoken of, else at the text's year, else the latest."""
    periods = [one.period for one in context.sentence.whens if one.period and not one.is_before]
    if periods:
        return line.at(periods[0]) if len(set(periods)) == 1 else None
    if context.year is not None:
        return line.at(context.year)
    return next((one for one in (line.latest(kind) for kind in KINDS) if one), None)
