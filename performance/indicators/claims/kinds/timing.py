"""Which of the periods that a sentence names a number is said of."""

import re
from collections.abc import Sequence
from itertools import pairwise

from lscb.periods import SPAN, Period
from performance.indicators.claims.context import OF_WHICH, TURN, Context
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.nearness import Place
from performance.indicators.claims.words.numerals import Number

# 'Crimes were 808, 814, 799 and 794 by quarter.'
EACH = re.compile(
    r"\b(?:quarter(?=\W*$|\s+by\s+quarter)|quarterly|quarters(?=\s+(?:were|was|of|respectively)\b|\W*$)|month(?=\W*$|\s+by\s+month)|"
    r"monthly)\b",
    re.I,
)
# 'Of the 51 sessions, six were in the first quarter'
OF_THE = re.compile(r"\W*(?:out\s+)?of\s+(?:the|our|all|these|its|those)\s+(?:[a-z]+\s+)?", re.I)
# 'were 794 (Q3: 799)': a period that stands before its own number
OF_ANOTHER = re.compile(r"\s*[:=]\s*\d")
LABEL = re.compile(r"\s*[:=]?\s*")
# '21.2% last year, 23.6% now': of the time that the text is about
NOW = re.compile(r"\s*\(?(?:now|today|at\s+present|currently)\b(?!\s+(?:that|than|as)\b)", re.I)
NOW_IT_IS = re.compile(
    r"(?:[,;]\s*(?:and\s+)?|\b(?:it|they|is|are|stands|we)(?:[’'](?:s|re))?\s+)now\s+(?:(?:at|on|just|only|down|up|to|well)\s+)*$",
    re.I,
)
AGAINST = re.compile(
    r"\s*,?\s*(?:against|compared|versus|v\.?|up from|down from|from|after)\s", re.I
)
BEFORE = re.compile(r"^[^.;,]*\bbefore\s+$", re.I)
APART = re.compile(r"\s*(?:[,;.)]|$)")
# 'the first half saw 1,622 crimes and the second half 1,593': the verb is not said again
SAME_VERB = re.compile(r"(?:\b(?:and|while|but)|[,;])\s+(?:in\s+)?(?:the\s+)?\s*$", re.I)
OWN_END = re.compile(r"\s*(?:[,.;)]|$|\band\b)", re.I)
WHEN_IT_WAS = re.compile(r"\s*[(:]\s*|['’]s\s+|\s*,?\s*when\s+[^,;.\d]{0,60}", re.I)


def periods_near(context: Context, number: Number) -> tuple[list[Period], bool]:
    """The periods that a number is said of, and whether one of them stands right after it."""
    text, whens = context.sentence.text, context.sentence.whens
    gapped = gapped_when(context, number)
    tied = _paired(context, number) or _part_of_span(context, number)
    tied = tied or (gapped and gapped.period) or _labelled(context, number) or _now(context, number)
    if tied is not None:
        return [tied], True
    for one in whens:
        between = text[number.end : one.start]
        is_of_next = "," in between and _has_own(context, number)
        if (
            one.start >= number.end
            and not is_of_next
            and not OF_ANOTHER.match(text[one.end :])
            and re.match(
                r"^[\s(,]*(?:[^\W\d][\w’'-]*\s+){0,3}?"
                r"(?:in|for|during|at|by|at the end of|in the year|over)?\s*(?:the\s+)?$|"
                r"^\s*(?:at|during)\s+the\s+(?:[^\W\d][\w’'-]*\s+){1,5}(?:in|of)\s+$",
                between,
            )
            and not re.search(
                r"\b(?:as(?!\s+(?:at|of)\b)|to|and|compared|than|from|on|against|while|since|after|before|following|with)\b",
                between,
            )
        ):
            return one.periods, not (one.month or one.quarter)
    for one in whens:  # '2023/24 (3,130)', 'in 2023/24, when it was 20.8%'
        between = text[one.end : number.start] if one.end <= number.start else "."
        is_apposed = (
            not one.is_before and re.fullmatch(r",\s+", between) and APART.match(text[number.end :])
        )
        is_with = AGAINST.match(text[number.end :])  # 'on last year (3,137 against 3,130)'
        if is_apposed or (WHEN_IT_WAS.fullmatch(between) and not is_with):
            return one.periods, not (one.month or one.quarter)
    if any(one.period is None and not one.quarter and not one.month for one in whens):
        return [], True  # a span that is no period: nothing to compare with
    if len(whens) > 1 and re.search(r"\bbetween\b", text[number.end :]):
        return [], True
    if any(
        one.start >= number.end and BEFORE.search(text[number.end : one.start]) for one in whens
    ):
        return [], True  # 'the levels of over 90% that we were used to before 2021-22'
    listed = [one for one in whens_of(context, number) if one.period and not one.is_before]
    named = [each for one in listed for each in one.periods]
    if context.given and any(_is_of_other(context, number, one) for one in listed):
        named.append(context.given)
    return named, False


def gapped_when(context: Context, number: Number) -> When | None:
    """The period right before a number whose verb was said with another number and period before: 'the first half saw
    1,622 crimes and the second half 1,593'."""
    text, whens = context.sentence.text, context.sentence.whens
    before = [one for one in whens if one.end <= number.start]
    if len(before) < 2 or not OWN_END.match(text[number.end :]):
        return None
    here, earlier = before[-1], before[-2]
    is_beside = re.fullmatch(r"[\s:]*", text[here.end : number.start])
    told = any(
        earlier.end <= one.start and one.end <= here.start for one in _alike(context, number)
    )
    return here if is_beside and told and SAME_VERB.search(text[: here.start]) else None


def _alike(context: Context, number: Number) -> list[Number]:
    return [one for one in context.sentence.numbers if one.kind == number.kind]


def _now(context: Context, number: Number) -> Period | None:
    """The year that the text is about, where 'now' stands beside a number."""
    text = context.sentence.text
    is_now = NOW.match(text[number.end :]) or NOW_IT_IS.search(text[: number.start])
    is_of_part = any(one.is_part_of_year for one in context.sentence.whens)
    return context.given if is_now and not is_of_part else None


def _has_own(context: Context, number: Number) -> bool:
    """Whether a period stands before a number in the same breath: 'Q3 was best on 8.8%, Q4 worst on 10.8%'."""
    before = [one for one in context.sentence.whens if one.end <= number.start]
    between = context.sentence.text[before[-1].end : number.start] if before else ","
    return not re.search(r"[\d,;:]", between)


def _is_of_other(context: Context, number: Number, when: When) -> bool:
    """Whether a period stands right after another number, or in a later clause: '2,216, and ranged from 165 in August
    to 197', '113%, and only the first quarter had seats left'."""
    text = context.sentence.text
    if re.search(r"[;)]|,\s+(?:and|yet|with)\b", text[number.end : max(number.end, when.start)]):
        return True
    return any(
        one != number
        and one.end <= when.start
        and re.fullmatch(
            r"\s+(?:in|for|during|at|by|of|[(,])\s*(?:the\s+)?", text[one.end : when.start], re.I
        )
        for one in context.sentence.numbers
    )


def year_of(context: Context, number: Number) -> Period | None:
    """The year of a number beside which no period is named: the sentence's, or the text's where what the sentence
    names is said of something else."""
    is_all = len(whens_of(context, number)) == len(context.sentence.whens)
    return context.year if is_all else context.given


def whens_of(context: Context, number: Number) -> list[When]:
    """The periods of a sentence without those that are said of a part or after a turn: '51 sessions, of which 24 were
    in Q4', '87.1%, but every year to 2020/21 was above it'."""
    text = context.sentence.text
    is_whole = OF_THE.fullmatch(text[: number.start])

    def is_of_part(when: When) -> bool:
        between = text[number.end : max(number.end, when.start)]
        apart = OF_WHICH.search(between) or TURN.search(between)
        return bool(apart or (is_whole and "," in between))

    return [one for one in context.sentence.whens if not is_of_part(one)]


def _paired(context: Context, number: Number) -> Period | None:
    """The period of a number in a list of as many periods: `in 2022/23 and 2023/24 they were 3,164 and 3,130`."""
    text, whens = context.sentence.masked, context.sentence.whens
    alike = _alike(context, number)
    each = EACH.search(context.sentence.text)
    if each and number in alike and context.year is not None and not whens:
        length = 3 if each[0].lower().startswith("quarter") else 1
        year = context.year.year
        if len(alike) * length == year.length and _is_list(text, alike):
            return Period(year.first + length * alike.index(number), length)
    if len(whens) < 2 or len(alike) != len(whens) or number not in alike:
        return None
    if not (whens[-1].end <= alike[0].start or alike[-1].end <= whens[0].start):
        return None
    if not _is_list(text, alike) or not _is_list(text, whens):
        return None
    return whens[alike.index(number)].period


def _part_of_span(context: Context, number: Number) -> Period | None:
    """The quarter or month of a number in a list of those of a span: 'the first three quarters (85%, 89%, 93%)'."""
    text = context.sentence.masked
    alike = _alike(context, number)
    if number not in alike:
        return None
    first = last = alike.index(number)
    while first > 0 and _is_list(text, alike[first - 1 : first + 1]):
        first -= 1
    while last + 1 < len(alike) and _is_list(text, alike[last : last + 2]):
        last += 1
    spans = [one.period for one in context.sentence.whens if one.end <= alike[first].start]
    span = spans[-1] if spans else None
    count = last - first + 1
    if span is None or span.kind != SPAN or count == 1 or span.length % count:
        return None
    if any(alike[first].end <= one.start < alike[last].start for one in context.sentence.whens):
        return None  # 'H1 1,750, H2 1,414'
    length = span.length // count
    part = Period(span.first + length * (alike.index(number) - first), length)
    return part if length in (1, 3) else None


def _labelled(context: Context, number: Number) -> Period | None:
    """The period that stands right before a number, where each number has one: 'Q1 545, Q2 540, Q3 588'."""
    text = context.sentence.text
    pairs = [
        (when, one)
        for when in context.sentence.whens
        for one in context.sentence.numbers
        if when.end <= one.start and LABEL.fullmatch(text[when.end : one.start])
    ]
    return next((when.period for when, one in pairs if one == number and len(pairs) > 1), None)


def _is_list(text: str, listed: Sequence[Place]) -> bool:
    """Whether things follow one another with nothing but commas and 'and' between them."""
    return all(
        re.fullmatch(r"[\s,]*(?:and|then|to)?\s*", text[one.end : other.start], re.I)
        for one, other in pairwise(listed)
    )
