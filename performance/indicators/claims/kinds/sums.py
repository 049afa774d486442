"""Sums and means that a sentence's own numbers must give: `165, 190 and 175, or 530 together`, `3,007 + 3,694 = 6,701`,
parts before a total, `808, 814, 799 and 794, an average of 804`."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.kinds import arithmetic
from performance.indicators.claims.kinds.arithmetic import Told
from performance.indicators.claims.words.numerals import PLAIN, Number

LISTED = re.compile(r"\s*(?:,|,?\s+and|&)\s*", re.I)
TWO = re.compile(r"[^\d.;:]{1,25}?\s+(?:and|plus)\s+", re.I)
# Between the last of some numbers and their sum.
MAKES = re.compile(
    r"[\s),]*(?:[–-]\s*)?(?:(?:or|and|so|that\s+is|i\.e\.|in\s+all)\s+)?(?:(?:which\s+)?(?P<sum>(?:a\s+)?(?:total|sum)(?:s|ling|led)?\s+"
    r"(?:of\s+|is\s+|was\s+)?|add(?:s|ing)?\s+up\s+to\s+|(?:makes?|making|gives?|giving)\s+(?:a\s+(?:total|year|sum)\s+of\s+|"
    r"an?\s+[a-z]+\s+total\s+of\s+)|=\s*))?(?:(?:just|only|altogether)\s+)?",
    re.I,
)
OF_TWO = re.compile(r"[^\d.;:]{1,25}?[\s,–-]+(?:or\s+|that\s+is\s+|i\.e\.\s+)?", re.I)
IN_ALL = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:together|in\s+all|in\s+total|altogether|all\s+told|between\s+them)\b"
    r"(?!\W*(?:including|counting|with|plus|once|if)\b)",
    re.I,
)
# '808, 814, 799 and 794 in the four quarters, an average of 804'
AVERAGE_OF = re.compile(
    r"[^.;:\d]{0,50}\b(?:average|mean|averaging|averaged)\s+(?:of\s+|is\s+|was\s+)?(?:(?:about|around|just|some|over|under)\s+)*",
    re.I,
)
MIN = 2  # numbers that make a sum
MAKING = re.compile(
    r"\b(?:making|makes|giving|gives|totalling|"
    r"account(?:s|ed|ing)? for all(?: of)?|adding up to|comes to|coming to|a total of|in total)\s+"
    r"(?:[a-z]+\s+){0,4}$",
    re.I,
)
A_LIST = 3  # numbers that make a list
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


def check(context: Context) -> None:
    """Every sum and mean in a sentence that its own numbers contradict."""
    arithmetic.check(context, (_means, _sums))
    _lists(context)


def _means(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`808, 814, 799 and 794 in the four quarters, an average of 804`."""
    text = context.sentence.masked
    for place, mean in enumerate(numbers):
        listed = _listed(text, numbers[:place])
        if mean.kind != PLAIN or len(listed) <= MIN:
            continue
        if AVERAGE_OF.fullmatch(text[listed[-1].end : mean.start]):
            actual = sum((one.value for one in listed), Decimal(0)) / len(listed)
            yield mean, listed, actual, f"Their mean is {format_number(actual, 1)}"


def _sums(context: Context, numbers: list[Number]) -> Iterator[Told]:
    """`165, 190 and 175, or 530 together`, `3,215 crimes and 2,216 incidents, 5,431 in all`."""
    text = context.sentence.masked
    for place, total in enumerate(numbers):
        if total.kind != PLAIN or place < 2:
            continue
        makes = MAKES.fullmatch(text[numbers[place - 1].end : total.start])
        is_all = IN_ALL.match(text[total.end :])
        listed = _listed(text, numbers[:place])
        is_pair = len(listed) == MIN and "and" not in text[listed[0].end : listed[1].start]
        if (
            len(listed) < MIN
            or is_pair
            or not (
                (makes and (makes["sum"] or is_all))
                or (
                    len(listed) == 2
                    and is_all
                    and OF_TWO.fullmatch(text[listed[-1].end : total.start])
                )
            )
        ):
            continue
        before = [one for one in numbers[:place] if one.kind == PLAIN]
        runs = [listed, *(before[first:] for first in range(len(before) - 1))]
        sums = [sum(one.value for one in run) for run in runs]
        fitting = [one for one in sums if close(total, one)]
        value = Decimal(fitting[0] if fitting else sums[0])
        told = " + ".join(one.text for one in listed) + f" = {format_number(sums[0])}"
        yield total, listed, value, told


def _listed(text: str, numbers: list[Number]) -> list[Number]:
    """The last numbers that follow one another as a list, or two of two things."""
    listed = numbers[-1:]
    for one in reversed(numbers[:-1]):
        if one.kind != PLAIN or one.about or not LISTED.fullmatch(text[one.end : listed[0].start]):
            break
        listed = [one, *listed]
    if len(listed) == 1 and len(numbers) > 1:
        first, last = numbers[-2:]
        if first.kind == PLAIN and not first.about and TWO.fullmatch(text[first.end : last.start]):
            listed = [first, last]
    return [] if any(one.kind != PLAIN or one.about for one in listed) else listed


def _lists(context: Context) -> None:
    """`3,007 + 3,694 + 2,866 + 3,104 = 12,691`, and parts that are listed before a total."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    plus = re.search(
        r"\d[\d,.]*\s*\+\s*[\d,.]+(?:\s*\+\s*[\d,.]+)*\s*(?:=|equals|is|makes|gives)\s*[\d,.]+",
        text,
    )
    if plus:
        inside = [one for one in numbers if plus.start() <= one.start < plus.end()]
        check_sum(context, inside[:-1], inside[-1], plus[0])
        return
    for parts, whole in _runs(context):
        check_sum(context, parts, whole, text[min(parts[0].start, whole.start) : whole.end])
        return
    if _told_sum(context):
        return
    found = (
        re.search(r"\btotal(?:s|led|ling)?\b\D{0,25}$", text[: numbers[-1].start], re.I)
        if numbers
        else None
    )
    kinds = {one.kind for one in numbers}
    if found and len(numbers) >= 4 and kinds == {PLAIN} and is_list(text, numbers[:-1]):
        check_sum(context, numbers[:-1], numbers[-1], text[numbers[0].start : numbers[-1].end])


def _told_sum(context: Context) -> bool:
    """`808 crimes in the first quarter, 814 in the second ..., making 3,315 altogether`: parts that are told with
    words between them, and a sum that is near theirs without being it."""
    text = context.sentence.masked
    plain = [
        one for one in context.sentence.numbers if one.kind == PLAIN and not one.text.isalpha()
    ]
    if len(plain) <= A_LIST or not MAKING.search(text[plain[-2].end : plain[-1].start]):
        return False
    amount, whole = sum((one.value for one in plain[:-1]), Decimal(0)), plain[-1]
    if not whole.value or abs(amount - whole.value) * 5 > whole.value or whole.about:
        return False
    return not check_sum(context, plain[:-1], whole, text[plain[0].start : whole.end])


def _runs(context: Context) -> Iterator[tuple[list[Number], Number]]:
    """Lists of counts beside their sum: '2,216 breaks down into 545, 540 and 588', '(6, 7, 14) give a year of 57'."""
    text = context.sentence.masked
    plain = [one for one in context.sentence.numbers if one.kind == PLAIN]
    for place, whole in enumerate(plain):
        after = list(_run(text, plain[place + 1 :]))
        if len(after) >= A_LIST and INTO.fullmatch(text[whole.end : after[0].start]):
            yield after, whole
        before = list(_run(text, plain[:place][::-1]))[::-1]
        if len(before) >= A_LIST and GIVES.fullmatch(text[before[-1].end : whole.start]):
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


def is_list(text: str, numbers: Sequence[Number]) -> bool:
    """Whether numbers stand in a list, with little but commas, periods and single words between them."""
    return all(
        len(re.findall(r"[a-z]{2,}", text[one.end : other.start], re.I)) <= 2
        for one, other in pairwise(numbers)
    )


def check_sum(context: Context, parts: Sequence[Number], whole: Number, claim: str) -> bool:
    """Whether parts make their whole, which is a finding where they do not; all are then accounted for."""
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
