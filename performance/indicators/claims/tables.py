"""Claims of tables and sums: `3,007 + 3,694 = 6,701`, parts before a total, rows of quarters with their total."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number, format_value
from lscb.periods import quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.evidence import Line, close, words
from performance.indicators.claims.numerals import FRACTION, PERCENT, PLAIN, Number
from performance.indicators.claims.said import is_of_rest as said_of_rest
from performance.indicators.series import Value
from performance.indicators.spec import indicators

RATIO = re.compile(
    r"(?<![\d.,])(\d[\d,]*)\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+)?(\d[\d,]*)(?![\d.]*\s*%)",
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
MAKING = re.compile(
    r"\b(?:making|makes|giving|gives|totalling|"
    r"account(?:s|ed|ing)? for all(?: of)?|adding up to|comes to|coming to|a total of|in total)\s+"
    r"(?:[a-z]+\s+){0,4}$",
    re.I,
)
FEW = 3  # numbers that make a list
INTO = re.compile(
    r"[^.;\d]{0,40}\b(?:breaks?|broken|broke|splits?|divides?|divided|made up|consist\w*|compris\w*|sum|total)\b"
    r"[^.;\d]{0,30}",
    re.I,
)
GIVES = re.compile(
    r"\s*[),]*\s*(?:which\s+|that\s+|these\s+)?(?:gives?|giving|makes?|making|adds?|adding|totals?|totalling|"
    r"sums?|comes?|came|coming|amounts?|means?|in all|in total)\b"
    r"(?:\s+(?:up|to|a|an|the|year|total|sum|of|just|only|annual|full))*\s*",
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
APART = re.compile(r";|\b(?:and|but|while|than|against|of whom|of which)\b", re.I)


def check(context: Context) -> bool:
    """Every sum in a sentence. True when it is a row of a table, which says nothing else without the table's head."""
    _bracketed(context)
    if _row(context):
        return True
    _sums(context)
    _ratio(context)
    return False


def _bracketed(context: Context) -> None:
    """`82.4% (2,996 of 3,412)`: each percentage against the counts in the brackets right after it."""
    text = context.sentence.masked
    for number in context.sentence.numbers:
        counts = BRACKETED.match(text, number.end)
        if not counts or number.kind not in (PERCENT, FRACTION) or number in context.used:
            continue
        top, bottom = (Decimal(one.replace(",", "")) for one in counts.groups())
        if 0 < top <= bottom and not context.passes_over(number.start):
            _judge(context, number, top, bottom)


def _ratio(context: Context) -> None:
    """`11,324 of 12,671 were completed (89.4%)`: the one percentage of a sentence against the counts that it "
    "rests on."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    for pair in (*RATIO.finditer(text), *OF_WHOLE.finditer(text)):
        if not text[: pair.start()].rstrip().endswith("("):  # '113.2% (1,155 of 1,020)'
            _part_of(context, pair)
    for pair in OF_WHICH.finditer(text):
        _part_in(context, pair)
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
    is_of_rest = said_of_rest(context.sentence.text, number)
    is_close = close(number, share) or (is_of_rest and close(number, 100 - share))
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


def _is_held(context: Context, top: Decimal, bottom: Decimal) -> bool:
    """Whether a percentage of the data rests on two counts, the first of which may be larger: 1,155 bookings of 1,020
    places."""
    lines = [line for one in indicators() if (line := context.facts.line(one))]
    held = [value for line in lines for value in line.values.values()]
    return any((one.numerator, one.denominator) == (top, bottom) for one in held)


def _sums(context: Context) -> None:
    """`3,007 + 3,694 + 2,866 + 3,104 = 12,691`, and parts that are listed before a total."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    plus = re.search(
        r"\d\s*\+\s*[\d,.]+(?:\s*\+\s*[\d,.]+)*\s*(?:=|equals|is|makes|gives)\s*[\d,.]+", text
    )
    if plus:
        inside = [one for one in numbers if plus.start() <= one.start < plus.end()]
        _check_sum(context, inside[:-1], inside[-1], plus[0])
        return
    for parts, whole in _runs(context):
        _check_sum(context, parts, whole, text[min(parts[0].start, whole.start) : whole.end])
        return
    if _told_sum(context):
        return
    found = (
        re.search(r"\btotal(?:s|led|ling)?\b\D{0,25}$", text[: numbers[-1].start], re.I)
        if numbers
        else None
    )
    kinds = {one.kind for one in numbers}
    if found and len(numbers) >= 4 and kinds == {PLAIN} and _is_list(text, numbers[:-1]):
        _check_sum(context, numbers[:-1], numbers[-1], text[numbers[0].start : numbers[-1].end])


def _told_sum(context: Context) -> bool:
    """`808 crimes in the first quarter, 814 in the second ..., making 3,315 altogether`: parts that are told with
    words between them, and a sum that is near theirs without being it."""
    text = context.sentence.masked
    plain = [
        one for one in context.sentence.numbers if one.kind == PLAIN and not one.text.isalpha()
    ]
    if len(plain) <= FEW or not MAKING.search(text[plain[-2].end : plain[-1].start]):
        return False
    amount, whole = sum((one.value for one in plain[:-1]), Decimal(0)), plain[-1]
    if not whole.value or abs(amount - whole.value) * 5 > whole.value or whole.about:
        return False
    return not _check_sum(context, plain[:-1], whole, text[plain[0].start : whole.end])


def _runs(context: Context) -> Iterator[tuple[list[Number], Number]]:
    """Lists of counts beside their sum: '2,216 breaks down into 545, 540 and 588', '(6, 7, 14) give a year of 57'."""
    text = context.sentence.masked
    plain = [one for one in context.sentence.numbers if one.kind == PLAIN]
    for place, whole in enumerate(plain):
        after = list(_run(text, plain[place + 1 :]))
        if len(after) >= FEW and INTO.fullmatch(text[whole.end : after[0].start]):
            yield after, whole
        before = list(_run(text, plain[:place][::-1]))[::-1]
        if len(before) >= FEW and GIVES.fullmatch(text[before[-1].end : whole.start]):
            yield before, whole


def _run(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """The first of some numbers and those that follow it with nothing but commas and 'and' between them."""
    last = None
    for one in numbers:
        low, high = sorted((one, last), key=lambda each: each.start) if last else (one, one)
        if last and not re.fullmatch(
            r"\s*(?:,|\band\b|,\s*and\b|\+|plus)\s*", text[low.end : high.start]
        ):
            return
        yield one
        last = one


def _is_list(text: str, numbers: Sequence[Number]) -> bool:
    """Whether numbers stand in a list, with little but commas, periods and single words between them."""
    return all(
        len(re.findall(r"[a-z]{2,}", text[one.end : other.start], re.I)) <= 2
        for one, other in pairwise(numbers)
    )


def _check_sum(context: Context, parts: Sequence[Number], whole: Number, claim: str) -> bool:
    amount = sum((one.value for one in parts), Decimal(0))
    context.used |= {*parts, whole}
    if amount == whole.value:
        return True
    gap = whole.value - amount
    places = max(one.places for one in (*parts, whole))
    context.add(
        "sum",
        " ".join(claim.split()),
        f"The parts add to {format_number(amount, places)}",
        f"The total is {format_number(abs(gap), places)} too {'high' if gap > 0 else 'low'}: "
        "a total must equal the sum of its parts.",
    )
    return False


def _row(context: Context) -> bool:
    """A row of a table: quarters, then the total, then the year before. True when the sentence is such a row."""
    text = context.sentence.masked
    names = len(re.findall(r"[A-Za-z]{3,}", context.sentence.text))
    is_row = "\t" in context.sentence.text or names < len(context.sentence.numbers)
    for kind in (PERCENT, PLAIN):
        numbers = [one for one in context.sentence.numbers if one.kind == kind]
        if names <= 12 and len(numbers) >= 5 and _is_list(text, numbers):
            if _check_row(context, numbers):
                return True
    if len(context.sentence.periods) >= len(context.sentence.numbers) > 0:
        is_row = False  # each number has its own
    # the cells of a table say nothing without its head
    return "\t" in context.sentence.text or (is_row and not re.search(r"\btotal", text, re.I))


def _check_row(context: Context, numbers: Sequence[Number]) -> bool:
    """Checks four quarters and their total; False where the fifth number is none."""
    parts, whole = numbers[:4], numbers[4]
    amount = sum((one.value for one in parts), Decimal(0))
    if whole.kind == PLAIN:
        if (
            whole.value <= max(one.value for one in parts)
            or abs(amount - whole.value) > amount / 20
        ):
            return False
        _check_sum(context, parts, whole, context.sentence.text)
        return True
    if abs(amount / len(parts) - whole.value) > 1:
        return False
    _percent_row(context, parts, whole)
    return True


def _percent_row(context: Context, parts: Sequence[Number], whole: Number) -> None:
    """A row of percentages whose total is the mean of the others: wrong where the data give another ratio."""
    for line in context.lines(parts[0].start, whole.end):
        last = line.latest("quarter")
        year = context.year or (last.period.year if last else None)
        if year is None or line.spec.unit != "percent":
            continue
        known = [
            (number, line.values.get(period))
            for number, period in zip((*parts, whole), (*quarters_of(year), year), strict=True)
        ]
        agree = [one for one, value in known[:4] if value and close(one, value.value or 0)]
        if len(agree) < 2:
            continue  # the row is of another series
        for number, value in known:
            if value is not None and not close(number, value.value or 0):
                _wrong_cell(context, line, number, value, is_total=number is whole)
        return


def _wrong_cell(
    context: Context, line: Line, number: Number, value: Value, *, is_total: bool
) -> None:
    why = (
        "An average of percentages: divide the summed numerators by the summed denominators."
        if is_total
        else "Another number by the indicator’s one definition."
    )
    kind = "average" if is_total else "level"
    context.add(kind, f"{line.name}: {number.text}", words(line, value), why, line)
