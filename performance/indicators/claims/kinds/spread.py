"""Claims about all months or quarters of a year at once: `the only month over 280`, `no quarter reached 800`, `spread
evenly over the four quarters`."""

import re
from collections.abc import Sequence

from lscb.numbers import format_number
from lscb.periods import Period, months_of, quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import LESS, MORE
from performance.indicators.claims.figures.evidence import Line, fits
from performance.indicators.claims.words.numerals import Number
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.wording import count_of
from performance.indicators.series import Value, write

# How many of the months or quarters: one, none, all, or a number of them.
HOW_MANY = re.compile(
    r"\b(?:(?P<only>(?:only|just)\s+(?P<few>one|two|three|four|five|six)|the\s+(?:only|sole|single)(?:\s+(?P<few2>two|three|"
    r"four|five|six))?)|"
    r"(?P<none>no(?!\s+(?:more|fewer|less))|not\s+(?:one|a\s+single)|none\s+of\s+(?:the|its|our)(?:\s+(?:four|twelve))?)|"
    r"(?P<all>every(?:\s+single)?|each(?:\s+of\s+the(?:\s+(?:four|twelve))?)?|all(?:\s+of)?(?:\s+the)?\s+(?:four|twelve))|"
    r"(?P<some>two|three|four|five|six|seven|eight|nine|ten|eleven)\s+of\s+the\s+(?:four|twelve))\s+"
    r"(?P<kind>month|quarter)s?\b",
    re.I,
)
# What may stand between 'month' and the bound; another number or a turn ends the claim.
UP_TO = re.compile(
    r"(?:(?!\b(?:but|although|while|whereas|since|before|after|which|because|averag\w+|mean)\b)[^\d.;:,])*",
    re.I,
)
REACHED = re.compile(
    r"\b(?:reach(?:ed|es|ing)?|beat(?:s|ing)?|pass(?:ed|es|ing)?|top(?:s|ped|ping)?|clear(?:s|ed|ing)?|hit)\s+(?:the\s+)?$",
    re.I,
)
AT_LEAST = {
    "at least",
    "no fewer than",
    "no less than",
    "at most",
    "no more than",
    "not more than",
    "up to",
}
# 'the last three months', 'since May': another span than the year
OTHER_SPAN = re.compile(
    r"\b(?:last|past|first|second|final|other)\s+(?:\w+\s+)?(?:months|quarters|half|weeks)\b|"
    r"\b(?:since|so far|until|to date)\b",
    re.I,
)
EVENLY = re.compile(
    r"\b(?:(?:evenly|equally)\s+(?:spread|split|divided|distributed|spaced)|(?:spread|split|divided|distributed|spaced)\s+"
    r"(?:out\s+)?(?:\w+\s+)?(?:evenly|equally))\b",
    re.I,
)
UNEVEN = 1.5  # so many times the smallest is the largest where parts are not alike
APART = 10  # and at least so much more


def check(context: Context) -> None:
    """Every such claim; the number that is its bound is then accounted for."""
    _evenly(context)
    for found in HOW_MANY.finditer(context.sentence.text):
        number = _bound(context, found)
        if number is None or number in context.used:
            continue
        context.used |= {number} | {
            one for one in context.sentence.numbers if found.start() <= one.start < found.end()
        }
        if context.passes_over(found.start()) or context.is_sampled:
            continue
        if not found["none"] and context.is_negated(found.start()):
            continue
        _check(context, found, number)


def _bound(context: Context, found: re.Match[str]) -> Number | None:
    """The number that so many of the months or quarters lie over or under."""
    text = context.sentence.masked
    for one in context.sentence.numbers:
        if one.start < found.end():
            continue
        is_bound = one.about in MORE | LESS or REACHED.search(text[: one.start])
        return one if is_bound and UP_TO.fullmatch(text[found.end() : one.start]) else None
    return None


def _check(context: Context, found: re.Match[str], number: Number) -> None:
    span = (found.start(), number.end)
    tried: list[tuple[Line, list[Value]]] = []
    for line in context.lines(*span):
        parts = _parts(context, line, found["kind"].lower()) if fits(line, number.kind) else []
        if not parts:
            continue
        fitting = [one for one in parts if _is_beyond(number, one)]
        if len(fitting) == _claimed(found, len(parts)) and _has_named(context, found, fitting):
            context.accept(*span)
            return
        tried.append((line, fitting))
    if tried:
        line, fitting = tried[0]
        told = ", ".join(f"{write(line.spec, one)} in {one.period.label}" for one in fitting[:4])
        side = "under" if number.about in LESS else "over"
        actual = f"{line.name}: {format_number(len(fitting))} {side} {number.text}" + (
            f" ({told})" if told else ""
        )
        context.add(
            "spread", context.sentence.text[slice(*span)], actual, "So many are others.", line, at=span
        )  # fmt: skip


def _claimed(found: re.Match[str], count: int) -> int:
    """Of how many months or quarters it is said."""
    if found["none"]:
        return 0
    if found["all"]:
        return count
    return count_of(found["some"] or found["few"] or found["few2"] or "one")


def _has_named(context: Context, found: re.Match[str], fitting: Sequence[Value]) -> bool:
    """Whether the months or quarters that are called the only ones are among those that lie beyond the bound."""
    first, last = clause(context.sentence.text, found.start())
    named = [
        one.period
        for one in context.sentence.whens
        if one.period and one.period.kind == found["kind"].lower() and first <= one.start < last
    ]
    return not found["only"] or set(named) <= {one.period for one in fitting}


def _is_beyond(number: Number, value: Value) -> bool:
    amount, said = value.value or 0.0, float(number.value)
    is_at_least = number.about in AT_LEAST or number.about not in MORE | LESS
    if is_at_least and amount == said:
        return True
    return amount < said if number.about in LESS else amount > said


def _parts(context: Context, line: Line, kind: str) -> list[Value]:
    """The values of all months or quarters of the one year that is spoken of; none where some are unknown or another
    span is meant."""
    years = {one.year for one in context.sentence.periods}
    year = years.pop() if len(years) == 1 else context.year.year if context.year else None
    if year is None or years or OTHER_SPAN.search(context.sentence.masked):
        return []
    listed: list[Period] = quarters_of(year) if kind == "quarter" else months_of(year)
    found = [line.at(one) for one in listed]
    known = [one for one in found if one is not None and one.value is not None]
    return known if len(known) == len(listed) else []


def _evenly(context: Context) -> None:
    """`spread evenly over the four quarters`: no part of the year may have far more than another."""
    text = context.sentence.masked
    for found in EVENLY.finditer(text):
        if context.passes_over(found.start()) or context.is_negated(found.start()):
            continue
        kind = "month" if re.search(r"\bmonths\b", text, re.I) else "quarter"
        if kind == "quarter" and not re.search(r"\b(?:quarters?|year)\b|·", text, re.I):
            continue
        for line in context.lines(*found.span()):
            parts = _parts(context, line, kind) if line.spec.aggregation == "sum" else []
            amounts = [one.value or 0.0 for one in parts]
            if (
                not parts
                or max(amounts) <= UNEVEN * min(amounts)
                or max(amounts) - min(amounts) < APART
            ):
                continue
            low, high = (pick(parts, key=lambda one: one.value or 0) for pick in (min, max))
            actual = (
                f"{line.name}: from {write(line.spec, low)} in {low.period.label} to {write(line.spec, high)} in "
                f"{high.period.label}"
            )
            context.add(
                "spread", found[0], actual, "The parts are far from alike.", line, at=found.span()
            )
            return
