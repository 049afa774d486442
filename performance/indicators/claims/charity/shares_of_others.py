"""Whether a level that was found wrong is that of others than the category or whole it was held against: of the rest of
a share, of the category that is named right after it, or of two categories added up."""

import re
from collections.abc import Iterator
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import Line, fits
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds.groups import share_of
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, Number
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.subjects import Group
from performance.indicators.claims.words.wording import TOGETHER
from performance.indicators.series import Value
from performance.intake.codes import ALL

# 'ended without a conference', 'did not lead to', 'never got to', 'fell short of'
NOT_SO = re.compile(
    r"\b(?:without|never|not(?!\s+(?:only|just|least|surpris\w+|far|quite))|f[ae]ll(?:s|ing)?\s+short\s+of|"
    r"fail(?:s|ed|ing)?\s+to|short\s+of)\b|n[’']t\b",
    re.I,
)
# What follows is the category that a number is of: '43.9% of those in need'.
OF_THOSE = re.compile(
    r"\s+(?:of|for|among|amongst)\s+(?:(?:the|all|our)\s+)?(?:those|them|children|pupils|young\s+people)\s+"
    r"(?:(?:who|that)\s+(?:are|were)\s+)?",
    re.I,
)
ADDED = re.compile(
    r"\s*,?\s*(?:plus|\+|with|together\s+with|added\s+to)\s+(?:(?:the|those|children|aged)\s+)*",
    re.I,
)
AND = re.compile(r"\s*(?:and|&)\s+(?:(?:the|those|children|aged)\s+)*", re.I)
BOTH = re.compile(
    r"\bboth\s+(?:ages|age\s+(?:groups|bands)|groups|bands|sources|categories)\b", re.I
)


def is_of_others(context: Context, charge: Charge) -> bool:
    """Whether the number of a level is that of the rest, of the category after it or of a sum of categories."""
    if charge.finding.kind != "level":
        return False
    return any(
        _is_of_rest(context, number, charge)
        or _is_of_those(context, number, charge)
        or _is_of_sum(context, number, charge)
        for number in context.sentence.numbers
        if charge.start <= number.start < charge.end
    )


def _is_of_rest(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a share is that of those of whom its part says what was not so: 'more than half (56%) ended without a
    conference'."""
    first, last = clause(context.sentence.text, number.start)
    if number.kind not in (PERCENT, FRACTION):
        return False
    if not NOT_SO.search(context.sentence.text, first, max(last, number.end)):
        return False
    return any(
        line.spec.unit == "percent" and value.value is not None and close(number, 100 - value.value)
        for line, value in charge.tried
    )


def _is_of_those(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number is that of the category named right after it: '43.9% of those in need'."""
    of_those = OF_THOSE.match(context.sentence.text, number.end)
    if of_those is None:
        return False
    after = context.sentence.text[of_those.end() :].lower().replace("-", " ")
    named = {
        one.code for one in context.groups if number.end <= one.start <= of_those.end() < one.end
    }
    for line, value in charge.tried:
        for code in context.facts.categories(line.spec.id, line.breakdown) if line.label else ():
            is_named = code in named or after.startswith(code.replace("-", " "))
            other = _of_category(context, line, code) if is_named else None
            if other is None:
                continue
            amount = _amount(context, number, other, value)
            if amount is not None and close(number, amount):
                return True
    return False


def _is_of_sum(context: Context, number: Number, charge: Charge) -> bool:
    """Whether a number is that of categories that its sentence adds up: 'under-ones plus 1-4s: 31.7%'."""
    for line, value in charge.tried:
        for some in _added(context, line.breakdown):
            others = [_of_category(context, line, one.code) for one in some]
            amounts = [_amount(context, number, one, value) if one else None for one in others]
            known = [one for one in amounts if one is not None]
            if len(known) == len(some) and close(number, sum(known)):
                return True
    return False


def _added(context: Context, breakdown: str) -> Iterator[list[Group]]:
    """The runs of categories of a breakdown that a sentence adds up."""
    text = context.sentence.text
    is_joint = bool(TOGETHER.search(text) or BOTH.search(text))
    found = [one for one in context.groups if one.breakdown == breakdown != ALL]
    run = found[:1]
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if ADDED.fullmatch(between) or (is_joint and AND.fullmatch(between)):
            run.append(other)
            continue
        if len(run) > 1:
            yield run
        run = [other]
    if len(run) > 1:
        yield run


def _of_category(context: Context, line: Line, code: str) -> Line | None:
    return context.facts.line(line.spec.id, line.breakdown, code, place=line.area)


def _amount(context: Context, number: Number, line: Line, at: Value) -> float | None:
    """What a category has at the period of another's value, as a number of this kind: its value or its share."""
    value = line.at(at.period)
    if value is None or value.value is None:
        return None
    if line.spec.unit == "count" and number.kind in (PERCENT, FRACTION):
        return share_of(line, value, context)
    return value.value if fits(line, number.kind) else None
