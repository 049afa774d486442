"""Claims of a part and its whole: `11,324 of 12,671 were completed (89.4%)`, `256 contacts, of which 310 ...`."""

import re
from decimal import Decimal

from lscb.numbers import format_number, format_value
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.spec import indicators

RATIO = re.compile(
    r"(?<![\d.,])(\d[\d,]*)\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+|that\s+year[’']s\s+)?"
    r"(\d[\d,]*)(?![\d.]*\s*%)",
    re.I,
)

BRACKETED = re.compile(
    r"\s*\(\s*(\d[\d,]*)\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+)?(\d[\d,]*)\s*\)",
    re.I,
)
OF_WHOLE = re.compile(
    r"(?:^|[.,;:]\s+)(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+)?(?P<whole>\d[\d,]*)(?!\s*%|[.\d])\s+[a-z·][^.;,%\d]{2,40},\s+"
    r"(?P<some>\d[\d,]*)(?!\s*%|[.\d])\s+(?:were|was|had|have|did|are|became|led|came|went)\b",
    re.I,
)
# Of another thing, after a comma: '97% of calls, the police came to 40 of 52 meetings'
ANOTHER = re.compile(
    r",\s+(?!(?:or|that|which|i\.e\.|being|namely|with|some|just|only|about|as|representing|equal|equating|making)\b)"
    r"[a-z]+\s+[a-z]+",
    re.I,
)
OF_WHICH = re.compile(
    r"\b(?P<whole>\d[\d,]*)\b(?!\s*%)[^.;\d]{1,60},\s+of\s+(?:which|whom|these|them)\s+(?P<some>\d[\d,]*)\b(?!\s*%|\s*per)",
    re.I,
)
JUST_AFTER = re.compile(r"\s*\(\s*(?:or\s+)?")
APART = re.compile(r";|\b(?:and|but|while|than|against|of whom|of which)\b", re.I)


def check_bracketed(context: Context) -> None:
    """`82.4% (2,996 of 3,412)`: each percentage against the counts in the brackets right after it."""
    text = context.sentence.masked
    for number in context.sentence.numbers:
        counts = BRACKETED.match(text, number.end)
        if not counts or number.kind not in (PERCENT, FRACTION) or number in context.used:
            continue
        top, bottom = (Decimal(one.replace(",", "")) for one in counts.groups())
        if 0 < top <= bottom and not context.passes_over(number.start):
            _judge(context, number, top, bottom)


def check(context: Context) -> None:
    """`11,324 of 12,671 were completed (89.4%)`: the one percentage of a sentence against the counts that it "
    "rests on."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    for pair in (*RATIO.finditer(text), *OF_WHOLE.finditer(text)):
        if not text[: pair.start()].rstrip().endswith("("):  # '113.2% (1,155 of 1,020)'
            _part_of(context, pair)
    for pair in OF_WHICH.finditer(text):
        _part_in(context, pair)
        _share_in(context, pair)
    found = RATIO.findall(text)
    percent = [one for one in numbers if one.kind in (PERCENT, FRACTION)]
    if len(found) != 1 or len(percent) != 1 or percent[0] in context.used:
        return
    top, bottom = (Decimal(one.replace(",", "")) for one in found[0])
    if not 0 < top <= bottom:
        return
    said = RATIO.search(text)
    ends = sorted((said.end() if said else 0, percent[0].start))
    if APART.search(text[ends[0] : ends[1]]) or (
        said and ANOTHER.search(text[percent[0].end : said.start()])
    ):
        return  # it is said of another thing
    _judge(context, percent[0], top, bottom)


def _judge(context: Context, number: Number, top: Decimal, bottom: Decimal) -> None:
    """Hold a percentage against two counts, or what they leave of all."""
    share = 100 * top / bottom
    context.used.add(number)
    least = 100 * (top - 1) / (bottom + 1)  # the counts may be rounded themselves
    most = 100 * (top + 1) / max(bottom - 1, Decimal(1))
    is_close = close(number, share) or close(number, 100 - share)
    if is_close or least <= number.value <= most:
        return
    lines = context.lines(number.start, number.end)
    known = [one.at(period) for one in lines for period in context.sentence.periods]
    if not any(close(number, one.value or 0) for one in known if one):
        context.add(
            "ratio",
            number.text,
            f"{format_number(top)} of {format_number(bottom)} is {format_value(share, 'percent')}",
            "The numbers in the sentence give another percentage.",
            at=(number.start, number.end),
        )


def _part_of(context: Context, said: re.Match[str]) -> None:
    """`3,412 of the 2,996 assessments`: a part that is larger than its whole."""
    names = said.groupdict()
    top, bottom = (
        Decimal((names.get(name) or said[place]).replace(",", ""))
        for name, place in (("some", 1), ("whole", 2))
    )
    years = (2000 <= top < 2100, 2000 <= bottom < 2100)
    if top <= bottom or not bottom or any(years) or context.passes_over(said.start()):
        return
    if not _is_held(context, top, bottom):
        context.add(
            "ratio", said[0], f"{format_number(top)} is more than {format_number(bottom)}",
            "A part cannot be larger than its whole.",
        )  # fmt: skip


def _part_in(context: Context, said: re.Match[str]) -> None:
    """`256 contacts, of which 310 were from the police`: a part that is larger than its whole."""
    whole, some = (Decimal(said[name].replace(",", "")) for name in ("whole", "some"))
    counted = {one.start for one in context.sentence.numbers if one.kind == PLAIN}
    if {said.start("whole"), said.start("some")} <= counted and some > whole > 0:
        context.add(
            "ratio", said[0], f"{format_number(some)} is more than {format_number(whole)}",
            "A part cannot be larger than its whole.",
        )  # fmt: skip


def _share_in(context: Context, said: re.Match[str]) -> None:
    """`5,431 crimes and incidents, of which 3,215 (49%) were crimes`: the percentage right after a part."""
    whole, some = (Decimal(said[name].replace(",", "")) for name in ("whole", "some"))
    for one in context.sentence.numbers:
        is_next = JUST_AFTER.fullmatch(
            context.sentence.masked[said.end() : max(said.end(), one.start)]
        )
        if one.kind == PERCENT and is_next and one.start >= said.end() and 0 < some <= whole:
            _judge(context, one, some, whole)


def _is_held(context: Context, top: Decimal, bottom: Decimal) -> bool:
    """Whether a percentage of the data rests on two counts, the first of which may be larger: 1,155 bookings of 1,020
    places."""
    lines = [line for one in indicators() if (line := context.facts.line(one))]
    held = [value for line in lines for value in line.values.values()]
    return any((one.numerator, one.denominator) == (top, bottom) for one in held)
