"""Claims about numbers themselves: `3,137 referrals in 2024/25`, `one in five`, `28% of referrals`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from lscb.numbers import format_number, format_value
from lscb.periods import Period, quarters_of
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import LESS, MORE, close
from performance.indicators.claims.figures.evidence import Line, fits, words
from performance.indicators.claims.kinds import ratios, tables
from performance.indicators.claims.kinds.groups import at, says_what, share_of
from performance.indicators.claims.kinds.level_values import candidates
from performance.indicators.claims.kinds.ranges import is_within, range_of
from performance.indicators.claims.kinds.said import (
    COMPARED,
    VERB,
    counts_otherwise,
    is_near,
    is_of_doers,
    is_of_rest,
    is_of_some_time,
    is_of_something_else,
)
from performance.indicators.claims.kinds.timing import periods_near
from performance.indicators.claims.words.nearness import nearest
from performance.indicators.claims.words.numerals import FRACTION, PERCENT, PLAIN, RATE, Number
from performance.indicators.claims.words.scope import clause
from performance.indicators.claims.words.subjects import COHORTS
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import OF_THE_CHANGE, SIGNS, TOGETHER
from performance.indicators.series import Value

# `(11,324 of 12,671)`: what a percentage or rate rests on.
BASE = re.compile(r"\(\s*[\d.,]+\s+(?:out of|of|over)\s+[\d.,]+\s*\)", re.I)
OF_THE = re.compile(
    r"\b\d[\d,]*\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+)?(?P<whole>\d[\d,]*)",
    re.I,
)
OF_THEM = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|all|our|its|those|these)\s+)?", re.I)
OF = re.compile(r"^\s*(?:of|the|all|our)\b", re.I)
# 'half of the year's 15,793 registrations came in the first three months'
OF_THE_YEAR = re.compile(r"\b(?:the|that|this)\s+year['’]s\s+(?:total\s+(?:of\s+)?)?$", re.I)
ALL_OF = re.compile(
    r"(?<!not )(?<!of )(?<!nearly )(?<!almost )\b(?:every|all(?:\s+of)?(?:\s+(?:the|our))?(?:\s+\d[\d,]*)?)\s+$",
    re.I,
)
OF_IT = re.compile(r"\s+of\s+it\b", re.I)
FOR_EACH = re.compile(r"\s+(?:an?|each|every|(?:for|to|at)\s+(?:an?|each|every))\s+", re.I)
# What is a part of another number: 'a third of the 28.3% of last year'
OF_A_NUMBER = re.compile(r"\s+of\s+(?:the|our|its|their)\s+\d")
AT_NO_TIME = re.compile(
    r"\b(?:at\s+no\s+(?:point|time|stage)|in\s+no\s+(?:year|quarter|month))\b", re.I
)
OF_A_PART = re.compile(r"\s+(?:of\s+)?(?:the|our|all|those|these)\s+", re.I)
# Times as much, or as little, as what is meant: that is another thing, sooner where the sentence leaves it unnamed
ANOTHER_SIZE = 25
SIZE_OF_UNNAMED = 5
ALMOST_ALL = 99.5  # percent, which is written as 100


def check(context: Context) -> None:
    """Every level in a sentence that no claim about a change has accounted for."""
    ratios.check_bracketed(context)
    if tables.check(context):
        return
    ratios.check(context)
    if context.is_span_of_writer:
        return  # a period that only the writer knows
    _bases(context)
    if context.is_sampled:
        return
    _whole(context)
    for number in context.sentence.numbers:
        is_change = number.text.startswith(tuple(SIGNS))  # '+38 on March 2022'
        if number not in context.used and not is_change and not context.passes_over(number.start):
            if not context.is_negated(number.start):
                _level(context, number)


def _bases(context: Context) -> None:
    """The numbers that others are parts of, which are then accounted for: `fourteen of the 51 sessions`."""
    for found in BASE.finditer(context.sentence.masked):
        context.used |= {
            one for one in context.sentence.numbers if found.start() <= one.start < found.end()
        }
    for found in OF_THE.finditer(context.sentence.masked):
        context.used |= {
            one for one in context.sentence.numbers if found.start("whole") == one.start
        }
    for some, whole in pairwise(context.sentence.numbers):
        is_part = some.kind != PLAIN or some.value <= whole.value
        if is_part and OF_THEM.fullmatch(context.sentence.masked[some.end : whole.start]):
            context.used.add(whole)


def _level(context: Context, number: Number) -> None:
    """One number against the series that it is said of."""
    if counts_otherwise(context, number) or is_of_some_time(context, number):
        return
    if is_of_doers(context, number) or _is_of_some(context, number):
        return
    if context.compared and COMPARED.search(context.sentence.masked[: number.start]):
        return  # it may be of either thing
    options = _options(context, number)
    periods, is_beside = _periods(context, number)
    if is_beside and not periods:
        return
    told = range_of(context, number)
    tried: list[tuple[Line, Value]] = []
    for lines in options:
        for value in candidates(lines[0], periods, context, number, is_beside=is_beside):
            amount = _together(context, lines, value, number)
            if amount is None:
                continue
            tried.append((lines[0], value))
            is_rest = _is_rest(context, number, lines[0], amount)
            is_so = close(number, amount) or _is_rounded(number, amount)
            is_so = is_so or bool(told and is_within(told, amount))
            if is_so or is_rest or _is_of_one(lines, value, number):
                context.accept(number.start, number.end)
                return
    is_other = is_of_something_else(context, number, tried) if tried else True
    if not is_other and not _is_of_another_size(context, number, tried):
        line, value = tried[0]
        why = _mean_of_parts(line, value, number) or _side(number, line, value, context)
        context.add(
            "level",
            f"{line.name}: {number.text}",
            words(line, value),
            why,
            line,
            at=(number.start, number.end),
            tried=tried,
        )


def _is_of_some(context: Context, number: Number) -> bool:
    """Whether a number is one for each of what is named, a share of a part of it, or an end of a rough range over
    several times ('from 2015-16 to 2021-22 about a quarter to a third')."""
    if number.about in MORE | LESS and AT_NO_TIME.search(context.sentence.text[: number.start]):
        return True  # a bound that is denied, which is one of all times
    if number.kind == FRACTION and len(context.sentence.periods) > 1 and range_of(context, number):
        return True
    return _is_for_each(context, number) or _is_share_of_a_part(context, number)


def _is_for_each(context: Context, number: Number) -> bool:
    """Whether a number is told for each of what is named after it: 'an average of about 20 a session'."""
    text = context.sentence.text
    return any(
        FOR_EACH.fullmatch(text[number.end : one.start])
        for one in context.subjects
        if one.start >= number.end
    )


def _is_share_of_a_part(context: Context, number: Number) -> bool:
    """Whether a share is one of a category or of a change, and not that of a category in the whole: 'half the health
    visitors', 'two thirds of the increase'."""
    if number.kind not in (PERCENT, FRACTION):
        return False
    text = context.sentence.text
    is_of_number = number.kind == FRACTION and OF_A_NUMBER.match(text, number.end)
    return bool(
        is_of_number or OF_IT.match(text, number.end) or OF_THE_CHANGE.match(text, number.end)
    ) or any(
        one.breakdown not in COHORTS and OF_A_PART.fullmatch(text[number.end : one.start])
        for one in context.groups
        if one.start >= number.end
    )


def _is_of_another_size(
    context: Context, number: Number, tried: Sequence[tuple[Line, Value]]
) -> bool:
    """Whether a number is so far from all that it may be that it counts something else: 'prior year 15 cases', after a
    sentence on referrals."""
    if number.kind != PLAIN or number.places > 0:
        return False
    times = SIZE_OF_UNNAMED if context.is_implied else ANOTHER_SIZE
    amounts, said = [one.value or 0 for _, one in tried], float(number.value)
    return not any(one <= said * times and said <= one * times for one in amounts)


def _periods(context: Context, number: Number) -> tuple[list[Period], bool]:
    """The periods that a number is said of, and whether one stands right by it; the text's year for 'the year's'."""
    if context.given and OF_THE_YEAR.search(context.sentence.text[: number.start]):
        return [context.given], True
    return periods_near(context, number)


def _is_rounded(number: Number, amount: float) -> bool:
    """Whether a percentage with a decimal differs by one in that, as one does that was printed from rounded counts."""
    return (
        number.kind == PERCENT
        and number.places == 1
        and abs(number.value - Decimal(str(amount))) <= Decimal("0.1")
    )


def _is_of_one(lines: Sequence[Line], value: Value, number: Number) -> bool:
    """Whether a number is that of one of the categories that are counted together: 'schools (27.6%) and police (27.3%)
    between them made over half'."""
    values = [one.at(value.period) for one in lines]
    is_exact = not number.about and number.kind != FRACTION
    return (
        is_exact and len(lines) > 1 and any(one and close(number, one.value or 0) for one in values)
    )


def _whole(context: Context) -> None:
    """`every plan was reviewed on time`: all of what a percentage counts."""
    text = context.sentence.text
    for subject in context.subjects:
        said = ALL_OF.search(text[: subject.start])
        if not said or context.passes_over(subject.start) or context.is_negated(said.start()):
            continue
        tried = [
            (line, value)
            for line in context.lines_of(subject.ids, subject.start, subject.end)
            if line.spec.unit == "percent" and says_what(context, subject, said.start())
            if (value := at(line, context)) is not None
        ]
        if tried and all((value.value or 0) < ALMOST_ALL for _, value in tried):
            line, value = tried[0]
            context.add(
                "level", said[0].strip(), words(line, value), "It is not all.", line, at=said.span()
            )


def _is_rest(context: Context, number: Number, line: Line, amount: float) -> bool:
    """Whether a share is that of what failed: `one in five was late` where 79.7% were on time."""
    if line.spec.unit != "percent" or number.kind not in (PERCENT, FRACTION):
        return False
    return is_of_rest(context.sentence.text, number) and close(number, 100 - amount)


def _options(context: Context, number: Number) -> list[list[Line]]:
    """The series that a number may be said of; several in one option where categories are counted together. Where none
    of what is named can have such a number, what the text is about is meant."""
    found = _named_options(context, number)
    if found or not context.about or context.is_implied:
        return found
    ids = [one for subject in context.subjects for one in subject.ids]
    if context.subjects and not ids:
        return []  # a part of what an indicator counts
    if own_words(ids) <= own_words([context.about]) and number.kind != PLAIN:
        lines = context.lines_of([context.about], number.start, number.end)
        return [[one] for one in lines if fits(one, number.kind)]
    return []


def _named_options(context: Context, number: Number) -> list[list[Line]]:
    """The series that a number may be said of among what the sentence names."""
    text = context.sentence.text
    is_share = number.kind in (PERCENT, FRACTION) and not context.is_implied
    if is_share and (
        OF.match(context.sentence.masked[number.end :])
        or (number.kind == FRACTION and re.match(r"\s+[a-z]", text[number.end :], re.I))
    ):
        return _shares(context, number)
    if number.kind != PLAIN and not is_near(context, number):
        return []
    lines = [one for one in context.lines(number.start, number.end) if fits(one, number.kind)]
    if not lines and number.kind == PLAIN:
        lines = context.counted(number.start, number.end)
    if not lines and number.kind == RATE:
        lines = context.rates(number.start, number.end)
    return _jointly(context, lines)


def _shares(context: Context, number: Number) -> list[list[Line]]:
    """What `28% of referrals`, `one in three children` may be a share of: categories, or an indicator that says it."""
    lines = context.lines(number.start, number.end)
    labelled = [one for one in lines if one.label]
    group = nearest(context.groups, number.start, number.end, context.sentence.text)
    if number.kind == FRACTION and group and group.end <= number.start:
        between = context.sentence.masked[group.end : number.start]
        if not re.search(r"[a-z]", between, re.I) or not (
            VERB.search(between) or re.search(r"\b[a-z]+ed\b", between)
        ):
            labelled = []
    if labelled:
        percent = [one for one in labelled if one.spec.unit == "percent"]
        return _jointly(context, percent or labelled)
    first, last = clause(context.sentence.text, number.start)
    found = [
        [line]
        for subject in context.subjects
        if first <= subject.start < max(last, number.end + 80)
        and says_what(context, subject, number.end)
        for line in context.lines_of(subject.ids, number.start, number.end)
        if line.spec.unit == "percent"
    ]
    if not found:  # 'closed without assessment: 3% of referrals'
        found = [
            [line]
            for subject in context.subjects
            if subject.end <= number.start and says_what(context, subject, number.end)
            for line in context.lines_of(subject.ids, number.start, number.end)
            if line.spec.unit == "percent"
        ]
    return found


def _jointly(context: Context, lines: list[Line]) -> list[list[Line]]:
    """The series one by one; categories that are named together also, or only, as one."""
    by_spec: dict[str, list[Line]] = {}
    for line in lines:
        by_spec.setdefault(f"{line.spec.id} {line.breakdown}" if line.label else "", []).append(
            line
        )
    found: list[list[Line]] = []
    together = TOGETHER.search(context.sentence.text)
    for key, some in by_spec.items():
        joint = bool(key) and len({one.category for one in some}) > 1
        if joint:
            found.append(some)
        if not (joint and together):
            found += [[one] for one in some]
    return found


def _together(context: Context, lines: list[Line], value: Value, number: Number) -> float | None:
    """The number of a series at a value's period, or the sum of several; None where one has none."""
    if number.kind in (PERCENT, FRACTION) and lines[0].spec.unit == "count":
        found = [(one, one.at(value.period)) for one in lines]
        shares = [share_of(one, its, context) for one, its in found if its is not None]
        return sum(shares) if all(shares) else None
    if len(lines) == 1 and not (lines[0].label and lines[0].spec.unit == "count"):
        return value.value
    values = [one.at(value.period) for one in lines]
    known = [one.value for one in values if one is not None and one.value is not None]
    return sum(known) if len(known) == len(lines) else None


def _side(number: Number, line: Line, value: Value, context: Context) -> str:
    if number.kind == FRACTION:
        actual = share_of(line, value, context)
        said, given = (format_value(one, "percent") for one in (number.value, actual))
        return f"{number.text.capitalize()} is {said}; the data give {given}."
    gap = Decimal(str(value.value or 0)) - number.value
    size = format_number(
        abs(gap), 1 if number.kind == PERCENT else max(number.places, line.spec.decimals)
    )
    unit = " percentage points" if number.kind == PERCENT else ""
    return f"The claim is {size}{unit} too {'low' if gap > 0 else 'high'}."


def _mean_of_parts(line: Line, value: Value, number: Number) -> str:
    """Whether a wrong percentage is the mean of its quarters' percentages."""
    if number.kind != PERCENT or value.period.kind != "year":
        return ""
    parts = [line.values[one] for one in quarters_of(value.period) if one in line.values]
    known = [one.value for one in parts if one.value is not None]
    if len(known) < 2:
        return ""
    mean = sum(known) / len(known)
    near = abs(Decimal(str(mean)) - number.value)
    if near < Decimal("3.5") and near < abs(Decimal(str(value.value)) - number.value):
        return (
            "It looks like a mean of the quarters’ percentages; a total percentage is the sum of the numerators over "
            "the sum of the denominators."
        )
    return ""
