"""Claims about changes of a known size: by how much, and down or up from what."""

import re

from lscb.numbers import format_number
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import (
    Line,
    change_words,
    counted,
    difference,
    fits,
    points_apart,
    relative,
)
from performance.indicators.claims.kinds.compared import compared
from performance.indicators.claims.kinds.said import FOR_EVERY
from performance.indicators.claims.kinds.sizes_told import within_sentence
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.stems import words as stems
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import TOGETHER, WAY, is_of_earlier, sign_of
from performance.indicators.series import Value

SIZE_AFTER = re.compile(
    r"^(?:\s+(?!from\b|to\b|at\b|and\b|than\b|but\b|while\b|after\b|before\b|in\b|below\b|above\b|under\b|over\b|beyond\b)"
    r"[a-z][a-z’'-]*){0,4}?(?:\s*,(?=\s*by\b))?\s*\(?"
    r"(?:(?:by|of)\s+(?:over|under|well over|more than|less than|at least|up to)?)?\s*"
    r"(?:about|around|almost|nearly|more than|less than|just over|just under|at least|up to|approximately|roughly|some|"
    r"close to)?\s*(?:an?\s+)?$",
    re.I,
)
AT = re.compile(r"(?:^|[;,.]\s+)\W*at\s+(?:[a-z]+\s+)?$", re.I)  # 'At 67.2% timeliness fell'
NOUNS = ("fall", "drop", "rise", "increase", "reduction", "decrease", "growth", "decline")
SIZE_IS = re.compile(
    r"^\s+in\s+(?:the\s+|number\s+of\s+|[·\s])+(?:was|is|amounts? to|came to)\s+$", re.I
)
SIZE_BEFORE = re.compile(
    r"^\s*(?:(?!and\b|but\b|or\b|though\b|although\b|even\b|we\b|it\b|they\b|are\b|has\b|have\b|of\b|in\b|for\b|while\b|because\b|since\b|as\b|so\b|with\b|to\b|from\b|after\b|which\b|is\b|was\b|were\b|had\b)"
    r"[a-z·-]+\s+){0,3}$",
    re.I,
)
# What stands beside another number: `4% below that of last year`.
BESIDE = re.compile(
    r"(?P<up>(?<=\s)above)(?=\s)|(?P<down>(?<=\s)below)(?=\s)|(?!)(?P<better>)(?P<worse>)", re.I
)
# 'down on a third the year before'
ON_BASE = re.compile(r"\bon\s+(?:(?:the|an?|just|about|over|nearly|almost)\s+)*$", re.I)
OVER_THAT = re.compile(
    r"\s+(?:over|in|during)\s+(?:that|this|the\s+same)\s+(?:time|period)\b", re.I
)
LEVEL_FROM = re.compile(r"\s*,?\s*(?:up|down|from|compared|against|after)\b", re.I)
COMPARATIVES = ("more", "less", "fewer", "higher", "lower", "better", "greater", "above", "below")
# 'only seven up on last year'
UP_ON = re.compile(r"\s+on\b(?!\s+(?:the\s+)?\d)", re.I)
ONLY = re.compile(r"(?:^\W*|[,:;(–-]|\b(?:only|just|mere|by|some))\s*$", re.I)
ON = re.compile(r"\s+(?:on|from|compared|since|year on year)\b", re.I)
THEN = re.compile(r"\b(?:then|before|subsequently|afterwards|later)\s+(?:[a-z]+\s+)?$", re.I)
ON_ONE_BEFORE = re.compile(r"\s+(?:on|from|than)\s+the\s+\w+\s+before\s+that\b", re.I)
THAN = re.compile(r"[^.;,\d]{1,60}?\bthan\s+(?=[a-z])(?!in\b|at\b|left\b|the\b)", re.I)
TO_WHEN = re.compile(
    r"(?:(?:in|at|for|during|the|that|those|of|it|they|was|were|had|been|did|level|number|figure|rate|end|start|seen|"
    r"recorded|back|just|a|an)\s+)*",
    re.I,
)
WENT = re.compile(r"\b(?:were|was|are|is|been|went|gone)\s+$", re.I)
FROM_NUMBER = re.compile(
    rf"\b(?:{WAY.pattern})\s+(?:(?:slightly|sharply|significantly)\s+|by\s+(?:[\w.%-]+\s+){{1,4}}?)?(?:on\s+(?:the\s+)?,\s*from|from|on)\s+"
    r"(?:just\s+|about\s+|over\s+|a\s+)*$",
    re.I,
)
BEFORE = 60  # characters in which the later number stands
LITTLE = 2  # a change under so many percent may only be one of rounding


def check(context: Context) -> None:
    """Every claim about a change in a sentence; the numbers that belong to one are then accounted for."""
    text = context.sentence.masked
    for way in (*WAY.finditer(text), *BESIDE.finditer(text)):
        _by_how_much(context, way)
    _from_only(context)


def _by_how_much(context: Context, way: re.Match[str]) -> None:
    """`a 74% reduction`, `dropped by 17.5%`, `15.5% higher`, `rose by a fifth`."""
    text = context.sentence.masked
    for number in context.sentence.numbers:
        if number in context.used or not _is_size(text, way, number):
            continue
        for size in (number, *_in_brackets(context, number)):
            context.used.add(size)
            start, end = min(way.start(), size.start), max(way.end(), size.end)
            if not context.passes_over(start) and not context.is_negated(start):
                _change(context, size, way, start, end)
        return


def _in_brackets(context: Context, number: Number) -> list[Number]:
    """The same change in percent: `up by 340 (37%)`."""
    return [
        one
        for one in context.sentence.numbers
        if one.kind == PERCENT
        and number.kind == PLAIN
        and one not in context.used
        and re.fullmatch(r"\s*\(\s*[+−-]?\s*", context.sentence.text[number.end : one.start])
    ]


def _is_size(text: str, way: re.Match[str], number: Number) -> bool:
    """Whether a number says by how much something went a way."""
    word = way[0].lower()
    between = text[way.end() : number.start]
    if way.end() <= number.start:
        if between.rstrip().endswith("(") and LEVEL_FROM.match(text, number.end):
            return False  # 'rose (430, up from 415)'
        if word in NOUNS and SIZE_IS.match(between):
            return True
        if not SIZE_AFTER.match(between) or ON_BASE.search(between) or word in COMPARATIVES:
            return False
        # 'makes up 12'
        return (
            word != "up"
            or number.kind != PLAIN
            or bool(ON.match(text[number.end :]) or WENT.search(text[: way.start()]))
        )
    if not SIZE_BEFORE.match(text[number.end : way.start()]) or AT.search(text[: number.start]):
        return False
    if number.kind == PLAIN and word in ("up", "down") and UP_ON.match(text[way.end() :]):
        return bool(ONLY.search(text[: number.start]))
    is_counted = number.kind != PLAIN or word in ("more", "fewer", "less")
    return is_counted or bool(re.match(r"\s+than\b", text[way.end() :]))


def _change(context: Context, number: Number, way: re.Match[str], start: int, end: int) -> None:
    claim = context.sentence.text[start:end]
    is_fronted = SIZE_IS.match(context.sentence.masked[way.end() : number.start])
    lines = context.lines(start, way.end() if is_fronted else end)
    lines = _alike(lines, number)
    if number.kind == PLAIN and FOR_EVERY.search(context.sentence.text):
        return  # of a ratio: 'for every hundred enquiries 44 conferences, three fewer'
    if within_sentence(context, number, sign_of(way), claim):
        return
    is_of_then = THEN.search(context.sentence.masked[: way.start()])
    if (
        is_of_then
        or OVER_THAT.match(context.sentence.text, end)
        or _is_than_another(context, way)
        or ON_ONE_BEFORE.match(context.sentence.text, end)
    ):
        return  # 'more bookings than places', or after another change
    if context.is_unclear or context.is_span_of_writer:
        return  # a span that is no period, or one that only the writer knows
    tried: list[tuple[Line, Value, Value]] = []
    for line in lines:
        for first, last in compared(context, line, start):
            sign = sign_of(way, line)
            if not sign:
                return
            tried.append((line, first, last))
            if _holds(number, sign, line, first, last):
                context.accept(start, end)
                return
    if tried and not _is_of_kindred(context, number, way, lines):
        line, first, last = tried[0]
        why = _why(number, sign_of(way, line), tried, context)
        context.add("change", claim, change_words(line, first, last), why, line, at=(start, end))


def _is_of_kindred(context: Context, number: Number, way: re.Match[str], lines: list[Line]) -> bool:
    """Whether a kindred series changed by that which has the word right before the change: 'completion rose although
    registrations fell by about 2,800'."""
    said = [stem for _, _, stem in stems(context.sentence.masked[: way.start()])][-1:]
    return any(
        _holds(number, sign_of(way, other), other, first, last)
        for theme in dict.fromkeys(line.spec.theme for line in lines)
        for other in context.facts.totals(theme)
        if set(said) & own_words([other.spec.id])
        for first, last in compared(context, other, way.start())
    )


def _alike(lines: list[Line], number: Number) -> list[Line]:
    """The series that can change by a number written this way: a percentage by points, its count by a plain one."""
    if number.kind == POINTS and all(one.spec.unit == "count" for one in lines):
        return []  # it is said of a percentage that is not named
    if number.kind != PLAIN:
        return lines
    return [counted(one) if one.spec.unit == "percent" else one for one in lines]


def _is_than_another(context: Context, way: re.Match[str]) -> bool:
    """Whether something is more than what is neither a number, a period, nor said to be earlier."""
    text = context.sentence.text
    than = THAN.match(text, way.end())
    if way[0].lower() not in COMPARATIVES or than is None:
        return False
    return not (is_than_when(context, than.end()) or is_of_earlier(text, than.end()))


def is_than_when(context: Context, place: int) -> bool:
    """Whether a period follows at once: 'than in 2023/24', not 'than places in 2023/24'."""
    when = next((one for one in context.sentence.whens if one.start >= place), None)
    return when is not None and bool(TO_WHEN.fullmatch(context.sentence.text[place : when.start]))


def _holds(number: Number, sign: int, line: Line, first: Value, last: Value) -> bool:
    gap = difference(first, last)
    if gap * sign < 0 or (gap == 0 and number.value != 0):
        return False
    if number.kind in (PERCENT, FRACTION):
        share = relative(first, last)
        return share is not None and close(number, abs(share))
    if number.kind == POINTS:
        return line.spec.unit == "percent" and (
            close(number, abs(gap)) or close(number, points_apart(line, first, last))
        )
    return line.spec.unit != "percent" and (
        close(number, abs(gap)) or close(number, points_apart(line, first, last))
    )


def _why(
    number: Number, sign: int, tried: list[tuple[Line, Value, Value]], context: Context
) -> str:
    line, first, last = tried[0]
    for one, start, end in tried:
        gap = difference(start, end)
        if number.kind == PERCENT and one.spec.unit == "percent" and gap * sign > 0:
            if close(number, abs(gap)) or close(number, points_apart(one, start, end)):
                return "This is a change in percentage points, not in percent of the earlier value."
    mixed = _unlike(number, tried, context) if number.kind == PERCENT and sign > 0 else ""
    if mixed:
        return mixed
    if difference(first, last) * sign < 0:
        return "The data show a change the other way."
    if difference(first, last) == 0:
        return "The data show no change."
    return f"{line.name} did not change by as much or as little as that."


def _unlike(number: Number, tried: list[tuple[Line, Value, Value]], context: Context) -> str:
    """Whether the claim comes out when something is added to the later number that the earlier one lacks."""
    for line, first, last in tried:
        if line.spec.unit != "count" or not first.value or last.value is None:
            continue
        for other in context.facts.totals(line.spec.theme):
            extra = other.values.get(last.period)
            if other.spec.unit != "count" or extra is None or first.period in other.values:
                continue
            share = (last.value + (extra.value or 0) - first.value) * 100 / first.value
            if close(number, share):
                return (
                    f"It comes out only when {other.name} ({format_number(extra.value or 0)}) is added to "
                    f"{last.period.label} and not to {first.period.label}: the two are not alike."
                )
    return ""


def _from_only(context: Context) -> None:
    """`359, down from 375`: the earlier number."""
    text = context.sentence.masked
    for number in context.sentence.numbers:
        found = FROM_NUMBER.search(text[: number.start])
        if number in context.used or not found or number.kind == POINTS:
            continue
        context.used.add(number)
        is_joint = bool(context.groups) and TOGETHER.search(text)  # 'between them ... up from 46%'
        if context.passes_over(number.start) or context.is_unclear or is_joint:
            continue
        lines = [one for one in context.lines(number.start, number.end) if fits(one, number.kind)]
        way = WAY.search(found[0])
        tried = []
        for line in lines:
            for first, last in compared(context, line, number.start):
                tried.append((line, first, last))
                sign = sign_of(way, line) if way else 0
                against = difference(first, last) * sign < 0
                if against and abs(relative(first, last) or 0) >= LITTLE:
                    continue
                if close(number, first.value or 0):
                    context.accept(found.start(), number.end)
                    return
        if tried and not _is_beside_another(context, number, tried):
            line, first, last = tried[0]
            why = (
                "The data show a change the other way."
                if close(number, first.value or 0)
                else "The earlier number is another."
            )
            actual = change_words(line, first, last)
            context.add(
                "level",
                f"{line.name}: {found[0].strip()} {number.text}",
                actual,
                why,
                line,
                at=(found.start(), number.end),
            )


def _is_beside_another(
    context: Context, number: Number, tried: list[tuple[Line, Value, Value]]
) -> bool:
    """Whether the number before an earlier one is of something else, which the earlier one then is of too: '42
    families, up from 30'."""
    before = [
        one
        for one in context.sentence.numbers
        if one.end <= number.start and one.kind == number.kind and number.start - one.end < BEFORE
    ]
    if not context.is_implied or not before:
        return False
    return not any(close(before[-1], last.value or 0) for _, _, last in tried)
