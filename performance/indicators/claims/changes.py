"""Claims about changes: by how much, from what to what, how many times, and in which direction."""

import re
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number, format_relative_change
from lscb.periods import Period
from performance.indicators.claims.context import SAME_PERIOD, Context
from performance.indicators.claims.evidence import (
    Line,
    change_words,
    close,
    difference,
    fits,
    pairs,
    relative,
    words,
)
from performance.indicators.claims.text import PERCENT, POINTS, Number
from performance.indicators.series import Value
from performance.statistics.rounding import exact

UP = r"increas(?:e|ed|es|ing)|ris(?:e|es|ing|en)|rose|gr(?:ew|own|owth|owing)|up|higher|more|climb(?:ed|ing)?"
DOWN = (
    r"decreas(?:e|ed|es|ing)|reduc(?:e|ed|es|ing|tion|tions)|f[ae]ll(?:en|s|ing)?|drop(?:s|ped|ping)?|"
    r"declin(?:e|ed|es|ing)|down|lower|fewer|less"
)
WAY = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b", re.I)
SIZE_AFTER = re.compile(
    r"^(?:\s+(?!from\b|to\b|at\b|and\b|than\b)[a-z’'-]+){0,4}?\s*\(?(?:by|of)?\s*"
    r"(?:about|around|almost|nearly|over|more than|just over|just under|approximately)?\s*$",
    re.I,
)
COMPARED = ("more", "fewer", "less", "higher", "lower")
SIZE_BEFORE = re.compile(r"^\s*(?:[a-z]+\s+){0,3}$", re.I)
FROM_TO = re.compile(r"\bfrom\s+\D{0,40}?$", re.I)


def check(context: Context) -> None:
    """Every claim about a change in a sentence; the numbers that belong to one are then accounted for."""
    _from_to(context)
    _by_how_much(context)


def _from_to(context: Context) -> None:
    """`increased from 17.6% in 2021/22 to 26.1%`: the direction, and each number at its period."""
    text, numbers = context.sentence.masked, context.sentence.numbers
    for first, second in pairwise(numbers):
        if not FROM_TO.search(text[: first.start]):
            continue
        between = text[first.end : second.start]
        if not re.search(r"\bto\s+(?:just\s+|about\s+|over\s+)?$", between) or len(between) > 60:
            continue
        start = FROM_TO.search(text[: first.start])
        way = _way_before(text[: start.start() if start else first.start])
        claim = context.sentence.text[first.start : second.end]
        context.used |= {first, second}
        if way and (second.value - first.value) * way < 0:
            side = "more" if second.value > first.value else "less"
            context.add(
                "direction", f"{_word(way)} from {claim}", f"{second.text} is {side} than {first.text}",
                "The two numbers go the other way than the words.",
            )  # fmt: skip
            continue
        _both_levels(context, first, second, claim)


def _both_levels(context: Context, first: Number, second: Number, claim: str) -> None:
    lines = [one for one in context.lines(first.start, second.end) if fits(one, first.kind)]
    whens = context.sentence.whens
    early = [one.period for one in whens if first.end <= one.start < second.start and one.period]
    late = [one.period for one in whens if one.start >= second.end and one.period]
    wrong: list[tuple[str, Line]] = []
    for line in lines:
        last = _value(line, late[0] if late else context.year)
        if last is None:
            continue
        start = early[0] if early else last.period.year_before()
        before = line.values.get(start)
        faults = [words(line, last)] if not close(second, last.value or 0) else []
        if before is not None and not close(first, before.value or 0):
            faults.insert(0, words(line, before))
        if not faults:
            return
        wrong.append(("; ".join(faults), line))
    if wrong and (early or late or context.given):
        context.add("level", claim, wrong[0][0], "The data hold other numbers.", wrong[0][1])


def _value(line: Line, period: Period | None) -> Value | None:
    if period is not None and period in line.values:
        return line.values[period]
    return None


def _by_how_much(context: Context) -> None:
    """`a 74% reduction`, `dropped by 17.5%`, `15.5% higher`."""
    text = context.sentence.masked
    for way in WAY.finditer(text):
        sign = 1 if way["up"] else -1
        for number in context.sentence.numbers:
            after = way.end() <= number.start and SIZE_AFTER.match(text[way.end() : number.start])
            before = number.end <= way.start() and SIZE_BEFORE.match(text[number.end : way.start()])
            if number in context.used or not (after or before):
                continue
            if way[0].lower() in ("more", "less", "fewer", "up") and after:
                if not (way[0].lower() == "up" and number.kind != "number"):
                    continue
            if (
                before
                and number.kind == "number"
                and way[0].lower() not in ("more", "fewer", "less")
            ):
                continue
            context.used.add(number)
            start, end = min(way.start(), number.start), max(way.end(), number.end)
            _change(context, number, sign, start, end)
            break


def _change(context: Context, number: Number, sign: int, start: int, end: int) -> None:
    claim = context.sentence.text[start:end]
    if _within_sentence(context, number, sign, claim):
        return
    now = context.given if not context.sentence.periods else None
    before = [one.period for one in context.sentence.whens if one.is_before and one.period]
    if any(one.period is None for one in context.sentence.whens):
        return  # a span that is no period
    if SAME_PERIOD.search(context.sentence.text) and not context.sentence.periods:
        return  # a period that only the writer knows
    years = years_told(context.sentence.text)
    tried: list[tuple[Line, Value, Value]] = []
    for line in context.lines(start, end):
        for first, last in pairs(
            line, context.sentence.periods, before, now or context.year, years
        ) or (
            pairs(line, [], [], None, years)
            if not context.sentence.periods and not context.given
            else []
        ):
            tried.append((line, first, last))
            if _holds(number, sign, line, first, last):
                return
    if tried:
        line, first, last = tried[0]
        context.add(
            "change",
            claim,
            change_words(line, first, last),
            _why(number, sign, tried, context),
            line,
        )


def _holds(number: Number, sign: int, line: Line, first: Value, last: Value) -> bool:
    gap = difference(first, last)
    if gap * sign < 0 or (gap == 0 and number.value != 0):
        return False
    if number.kind == PERCENT:
        share = relative(first, last)
        return share is not None and close(number, abs(share))
    if number.kind == POINTS:
        return line.spec.unit == "percent" and close(number, abs(gap))
    return line.spec.unit != "percent" and close(number, abs(gap))


def _why(
    number: Number, sign: int, tried: list[tuple[Line, Value, Value]], context: Context
) -> str:
    line, first, last = tried[0]
    for one, start, end in tried:
        gap = difference(start, end)
        if number.kind == PERCENT and one.spec.unit == "percent" and gap * sign > 0:
            if (
                abs(exact(abs(gap)) - exact(number.value))
                <= exact(Decimal(1).scaleb(-number.places)) / 2
            ):
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


def _within_sentence(context: Context, number: Number, sign: int, claim: str) -> bool:
    """Checks a percentage against two counts of the same sentence (`887, up 15.5% from 768`). True when it did."""
    if number.kind != PERCENT:
        return False
    plain = [
        one for one in context.sentence.numbers if one.kind == "number" and one not in context.used
    ]
    if len(plain) == 1 and SAME_PERIOD.search(context.sentence.text):
        for one in context.earlier:
            low, high = sorted((one.value, plain[0].value))
            if low > 0 and close(number, (high - low) * 100 / (low if sign > 0 else high)):
                return True
    if len(plain) != 2 or not re.search(
        r"compared (?:to|with)|\bfrom\b|\bagainst\b|\bthan\b|\bversus\b|\bv\b|previous|same period",
        context.sentence.text,
        re.I,
    ):
        return False
    low, high = sorted(one.value for one in plain)
    first, last = (low, high) if sign > 0 else (high, low)
    if first <= 0:
        return False
    share = (last - first) * 100 / first
    if close(number, abs(share)):
        return True
    context.add(
        "change",
        claim,
        f"{format_number(first)} to {format_number(last)} is {format_relative_change(share)}",
        "The numbers in the sentence give another change.",
    )
    return True


def years_told(text: str) -> int:
    """Over how many years a change is told: `in the last four years`."""
    named = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    found = re.search(
        r"(?:last|past|over|in)\s+(?:the\s+)?(?:last\s+|past\s+)?(two|three|four|five|ten|\d+)[ -]years?",
        text,
        re.I,
    )
    if not found:
        return 1
    return (
        named.get(found[1].lower()) or int(found[1])
        if found[1].lower() in named or found[1].isdigit()
        else 1
    )


def _way_before(text: str) -> int:
    """1 or -1 for the last word of direction before a place; 0 where there is none."""
    found = list(WAY.finditer(text))
    return 0 if not found else 1 if found[-1]["up"] else -1


def _word(way: int) -> str:
    return "up" if way > 0 else "down"
