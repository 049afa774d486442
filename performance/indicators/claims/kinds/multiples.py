"""Claims that something is a multiple of what it was, or of another thing: doubled, five times as many as health."""

import re
from itertools import pairwise

from lscb.numbers import format_number
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import (
    Line,
    change_words,
    counted,
    fits,
    words,
)
from performance.indicators.claims.kinds.compared import compared, on_last_year
from performance.indicators.claims.kinds.comparisons import readings
from performance.indicators.claims.kinds.ends import ends_after
from performance.indicators.claims.kinds.groups import at, share_lines, share_of
from performance.indicators.claims.words.nearness import nearest
from performance.indicators.claims.words.numerals import PLAIN, Number
from performance.indicators.claims.words.scope import OWN, UNKNOWN
from performance.indicators.claims.words.subjects import Group
from performance.indicators.claims.words.wording import count_of, is_of_earlier
from performance.indicators.series import Value, write

TIMES = re.compile(
    r"\b(?P<hedge>more than|over|nearly|almost|about|around|roughly|close to|not quite|not far off|"
    r"just over|just under|at least|less than)?\s*"
    r"(?P<times>doubl(?:e|ed|ing)|twice\s+(?=as\b|the\b|what\b|that\b|(?-i:(?:[A-Z][a-z]+\s+)?[A-Z][a-z]+[’']s)\b)|halv(?:ed|ing)|"
    r"half\s+(?=the (?:number|share|proportion|rate|percentage|figure)|"
    r"as (?:many|high)(?!\s+again)|that of|what)|an?\s+(?:third|quarter|fifth|tenth)\s+"
    r"(?=(?:of )?the number|as many|as high|that of)|"
    r"trebl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupl(?:e|ed|ing)|(?:two|three|four|five|ten)[- ]?fold|"
    r"(?:\d+(?:\.\d+)?|three|four|five|six|ten)\s+times\s+(?=the\b|as\b|more\b|higher\b|that\b|what\b|"
    r"greater\b))(?!-|\s+count)",
    re.I,
)
FACTORS = {
    "doub": 2.0,
    "twic": 2.0,
    "half": 0.5,
    "halv": 0.5,
    "treb": 3.0,
    "trip": 3.0,
    "quad": 4.0,
}
PARTS = {"third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
AS_AS = re.compile(r"\s*as\s+[^.;,]{1,70}?\b(?:as|than)\s+", re.I)
# 'more than doubled since the year of the closures': a time that only the writer knows
SINCE = re.compile(r"\w*\s+since\s(?!then\b|last\b|the\s+(?:previous|year before|·)|·)[a-z]", re.I)
# 'more than twice what it was before Covid'
WHAT_IT_WAS = re.compile(
    r"\s*(?:what|where)\s+(?:it|they|we)\s+(?:was|were|had|stood)\s+(?:before|during|at|when)\s(?!\s)",
    re.I,
)
AGAINST = re.compile(
    r"[^.;\d]{0,40}\b(?:compared (?:with|to)|against|up from|down from|as against)\s+(?:the\s+)?",
    re.I,
)
AS_MANY = re.compile(r"\s*as\s+(?:many|much|high|often)\s*(?:[.,;]|$)", re.I)
NEAR_NUMBER = 40  # characters in which the other number stands
THEN = re.compile(r"\bthen\s*$", re.I)  # of a time that is not named
# 'the busiest month had nearly twice the quietest'
OF_EXTREME = re.compile(
    r"\s*(?:the|that of the)\s+(?:quietest|busiest|lowest|highest|smallest|largest|best|worst|other|next)\b",
    re.I,
)
OF_SHARES = re.compile(r"\s*(?:the|that|as\s+\w+\s+a)\s+(?:share|proportion|percentage)\b", re.I)
THE = re.compile(r"\s*(?:the|our)\s+(?:(?:about|around|some|just|only|nearly)\s+)*", re.I)
# Between a multiple and the place that it is of: 'double that of the region', 'twice the England rate'
OF_IT = re.compile(
    r"\s*(?:(?:that|what|the\s+(?:rate|figure|level|share|proportion|number))\s+)?(?:(?:of|in|for|across)\s+)?(?:the\s+)?",
    re.I,
)
NEAR = 20  # characters in which the place stands that a multiple is of
THAN = re.compile(
    r"\b(?:above|below|over|under|than|with|to|against)\s+(?:the\s+|that\s+(?:of|for)\s+)?$", re.I
)
BRACKET = re.compile(r"\s*(?:rate\s*|figure\s*)?\(\s*(?:of\s+|at\s+)?", re.I)
THAT_OF = re.compile(r"\s*(?:that|those)\s+(?:of|for|among)\b", re.I)


def check(context: Context) -> None:
    """`doubled`, `nearly doubled`, `halved`, `three times the number`, `five times as many as health`."""
    for found in TIMES.finditer(context.sentence.masked):
        context.used |= {
            one for one in context.sentence.numbers if found.start() <= one.start < found.end()
        }
        start = found.start("times")
        if context.passes_over(start) or context.is_negated(start):
            continue
        if OF_EXTREME.match(context.sentence.masked, found.end()):
            continue
        if THAT_OF.match(context.sentence.text, found.end()) and context.groups:
            continue  # 'under half that of children in need'

        if _is_of_a_place(context, found) and not _beside(context, found):
            _of_a_place(context, found)
            return
        other = AS_AS.match(context.sentence.text, found.end())
        if (
            _is_of_two_numbers(context, found)
            or _is_of_number_after(context, found)
            or not context.is_bound(*found.span())
        ):
            continue
        if other:
            _of_another(context, found, other.end())
        elif not (
            context.is_unclear
            or SINCE.match(context.sentence.masked, found.end())
            or WHAT_IT_WAS.match(context.sentence.masked, found.end())
            or THEN.search(context.sentence.masked[: found.start()])
        ):
            _of_earlier(context, found)


def _is_of_two_numbers(context: Context, found: re.Match[str]) -> bool:
    """Whether a multiple's two numbers follow it, which are then held against it: 'doubled, from 250 to 330'."""
    ends = ends_after(context, found.end())
    pairs = [one for one in ([ends] if ends else _beside(context, found)) if one[0].value]
    if not pairs or AS_AS.match(context.sentence.text, found.end()):
        return False
    ratios = [float(last.value / first.value) for first, last in pairs]
    if not any(_is_times(one, found) for one in ratios):
        first, last = pairs[0]
        actual = f"{last.text} is {format_number(ratios[0], 2)} times {first.text}"
        context.add(
            "times",
            found[0],
            actual,
            "The numbers in the sentence give another multiple.",
            at=found.span(),
        )
    return True


def _is_of_number_after(context: Context, found: re.Match[str]) -> bool:
    """Whether what it is a multiple of follows it as a number ('more than twice the 365'), which is then held against
    the numbers of the sentence before, or where it has none against what the data have for the time spoken of."""
    before = [one for one in context.sentence.numbers if one.end <= found.start()]
    base = next((one for one in context.sentence.numbers if one.start >= found.end()), None)
    if before or base is None or not base.value:
        return False
    if not THE.fullmatch(context.sentence.masked[found.end() : base.start]):
        return False
    lines = context.lines(found.start(), base.end)
    lines += [counted(one) for one in lines if one.spec.unit == "percent" and base.kind == PLAIN]
    now = context.given or context.year
    held = [one.at(now) for one in lines if now and fits(one, base.kind)]
    amounts = [float(one.value) for one in context.earlier if one.kind == base.kind]
    if not amounts:
        amounts = [one.value for one in held if one is not None and one.value is not None]
    ratios = [one / float(base.value) for one in amounts]
    if ratios and not any(_is_times(one, found) for one in ratios):
        told = f"{format_number(amounts[-1])} is {format_number(ratios[-1], 2)} times {base.text}"
        why = "The numbers give another multiple."
        context.add("times", found[0], told, why, at=found.span())
    elif ratios:
        context.accept(*found.span())
    return bool(ratios)


def _beside(context: Context, found: re.Match[str]) -> list[tuple[Number, Number]]:
    """The two numbers of '1,114 referrals, more than twice the first quarter's 505', the second first: the nearest
    before, or an earlier one that the nearest is only compared with ('29.0%, above 17.3% and more than twice the
    12.4%')."""
    numbers = context.sentence.numbers
    places = [one for one in context.mentions if one.end <= found.start()]
    turns = [b.end for a, b in pairwise(places) if a.code != OWN and b.code == OWN]
    start = max(turns, default=0)  # 'England had 17.3%, and we are at more than double the 12.4%'
    before = [one for one in numbers if start <= one.start and one.end <= found.start()]
    after = [one for one in numbers if found.end() <= one.start <= found.end() + NEAR_NUMBER]
    compared = [
        one
        for one in numbers
        if after and one.start >= after[0].end
        if one.kind == after[0].kind
        and AGAINST.fullmatch(context.sentence.masked[after[0].end : one.start])
    ]
    if compared:
        return [(compared[0], after[0])]
    is_last = AS_MANY.match(context.sentence.text, found.end())
    if is_last and not after and len(before) > 1 and before[-2].kind == before[-1].kind:
        one, other = before[-2:]  # '505 in the first quarter and 1,114 in the last, twice as many'
        return [(one, other), (other, one)]
    if not before or not after or after[0].kind != before[-1].kind:
        return []
    between = context.sentence.masked[found.end() : after[0].start]
    is_the = re.fullmatch(r"\s*(?:as many as\s+)?(?:the|our)\s+[^,.;:]*", between)
    alike = [
        one
        for one in reversed(before)
        if one.kind == after[0].kind and not _is_of_compared_place(context, one)
    ]
    return [(after[0], one) for one in alike] if is_the else []


def _is_of_compared_place(context: Context, number: Number) -> bool:
    """Whether a number stands in brackets by a place that another is only compared with: 'well above England (17%)'."""
    text = context.sentence.text
    return any(
        THAN.search(text[: one.start]) and BRACKET.fullmatch(text[one.end : number.start])
        for one in context.mentions
        if one.end <= number.start
    )


def _of_earlier(context: Context, found: re.Match[str]) -> None:
    """A multiple of what the same thing was before."""
    tried = []
    is_of_shares = OF_SHARES.match(context.sentence.text, found.end())
    for line in context.lines(found.start(), found.end()):
        for both in [*compared(context, line, found.start()), *on_last_year(context, line)]:
            first, last = _as_shares(context, line, both) if is_of_shares else both
            if not first.value or last.value is None:
                continue
            tried.append((line, first, last))
            if holds(found, first, last):
                context.accept(*found.span())
                return
    if tried:
        line, first, last = tried[0]
        _add(context, found, change_words(line, first, last), (first, last), line)


def _as_shares(context: Context, line: Line, both: tuple[Value, Value]) -> tuple[Value, Value]:
    """Two values of a category as shares of the whole."""
    first, last = (one._replace(value=share_of(line, one, context)) for one in both)
    return (first, last) if line.label and line.spec.unit == "count" else both


def _of_another(context: Context, found: re.Match[str], place: int) -> None:
    """A multiple of what is named at a place: another category, a period, or what went before. Of anything else
    nothing is known."""
    before = [one for one in context.groups if one.end <= place]
    theirs = next((one for one in context.groups if place <= one.start <= place + NEAR), None)
    when = [one for one in context.sentence.whens if place <= one.start <= place + NEAR]
    if theirs is not None and before:
        mine = nearest(before, found.start(), found.end(), context.sentence.text) or before[-1]
        _of_category(context, found, mine, theirs)
    elif theirs is None and (when or is_of_earlier(context.sentence.text, place)):
        if not context.is_unclear and all(one.period for one in when):
            _of_earlier(context, found)


def _of_category(context: Context, found: re.Match[str], mine: Group, theirs: Group) -> None:
    tried: list[tuple[Line, Value, Line, Value]] = []
    for line in share_lines(context, readings(context, mine)):
        for other in share_lines(context, readings(context, theirs)):
            if (line.spec.id, line.breakdown) != (other.spec.id, other.breakdown):
                continue
            value = at(line, context)
            base = other.at(value.period) if value else None
            if value is None or base is None or not base.value:
                continue
            if holds(found, base, value):
                context.accept(*found.span())
                return
            tried.append((line, value, other, base))
    if tried:
        line, value, other, base = tried[0]
        _add(context, found, f"{words(line, value)}; {words(other, base)}", (base, value), line)


def holds(found: re.Match[str], first: Value, last: Value) -> bool:
    """Whether one value is the multiple of another that is told."""
    ratio = (last.value or 0) / (first.value or 1)
    return _is_times(ratio, found)


def _add(
    context: Context, found: re.Match[str], actual: str, both: tuple[Value, Value], line: Line
) -> None:
    ratio = (both[1].value or 0) / (both[0].value or 1)
    why = f"The one number is {format_number(ratio, 2)} times the other."
    context.add("times", found[0], actual, why, line, at=found.span())


def _is_of_a_place(context: Context, found: re.Match[str]) -> bool:
    """Whether something is a multiple of what it is elsewhere: `double the England rate`."""
    is_last = not re.search(r"[a-z]", context.sentence.text[found.end() :], re.I)
    return any(
        one.code != OWN
        and (
            found.end() <= one.start <= found.end() + NEAR or (is_last and one.end <= found.start())
        )
        for one in context.mentions
    )  # 'double the England rate', 'England is on 14.2%, so we are at more than double'


def _of_a_place(context: Context, found: re.Match[str]) -> None:
    """`double that of the region`: the shares and rates of what is named before, against those of the place."""
    text = context.sentence.text
    theirs = next((one for one in context.mentions if one.start >= found.end()), None)
    before = [one.code for one in context.mentions if one.end <= found.start()]
    mine = before[-1] if before else OWN
    if theirs is None or UNKNOWN in (mine, theirs.code) or theirs.code == mine:
        return
    if not OF_IT.fullmatch(text[found.end() : theirs.start]) or context.sentence.numbers:
        return
    named = nearest(context.subjects, found.start(), found.end(), text)
    if named is None or context.is_unclear or not context.is_bound(*found.span(), named.ids):
        return
    tried = []
    for one in named.ids:
        line, other = (context.facts.line(one, place=place) for place in (mine, theirs.code))
        value = at(line, context) if line and line.spec.unit != "count" else None
        base = other.at(value.period) if other and value else None
        if line is None or value is None or base is None or not base.value:
            continue
        if holds(found, base, value):
            context.accept(*found.span())
            return
        tried.append((line, base, value))
    if tried:
        line, base, value = tried[0]
        actual = (
            f"{words(line, value)}; {text[theirs.start : theirs.end]}: {write(line.spec, base)}"
        )
        _add(context, found, actual, (base, value), line)


def _factor(word: str) -> float:
    if word[:4] in FACTORS:
        return FACTORS[word[:4]]
    first, _, rest = re.sub(r"[- ]|fold", " ", word).partition(" ")
    if first in ("a", "an"):
        return PARTS[rest.strip()]
    return float(first) if re.fullmatch(r"[\d.]+", first) else float(count_of(first) or 2)


def _is_times(ratio: float, found: re.Match[str]) -> bool:
    """Whether a ratio is the multiple that is told; 'more than halved' went below it, 'just over half' lies above."""
    word, hedge = found["times"].lower(), (found["hedge"] or "").lower()
    factor = _factor(word)
    near = ratio / factor
    if hedge in ("more than", "over", "at least", "just over"):
        return near < 1.001 if word.startswith("halv") else near > 0.999
    if hedge in ("nearly", "almost", "just under", "less than") and factor > 1:
        return 0.88 <= near <= 1.0
    if hedge == "less than":
        return near < 1.001
    if hedge:
        return 0.88 <= near <= 1.15
    return 0.95 <= near <= 1.05 or (factor > 1 and 1 <= near < 1.15)
