"""Claims about categories and rank: `the majority`, `the highest source`, `the lowest month`, `a third of`."""

import re

from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.evidence import KINDS, Line, words
from performance.indicators.claims.subjects import Group, shares
from performance.indicators.series import Value, write

MAJORITY = re.compile(
    r"\b(?:majority|over half|more than half|most (?:of|children|referrals|contacts|cases|people)|"
    r"mostly|predominantly)\b",
    re.I,
)
TOP = re.compile(
    r"\b(?:(?P<high>highest|largest|biggest|most common|most frequent|leading|main|top|greatest|record high|peak)|"
    r"(?P<low>lowest|smallest|least common|fewest|record low))\b(?! ten| 10| \d)",
    re.I,
)
FRACTIONS = {
    r"two[- ]thirds": 200 / 3, r"three[- ]quarters": 75.0, r"(?:a|one)[- ]third": 100 / 3,
    r"(?:a|one)[- ]quarter": 25.0, r"(?<!over )(?<!than )(?:a |one )?half": 50.0,
}  # fmt: skip


def check(context: Context) -> None:
    """Every claim of a majority, a rank or a fraction in a sentence."""
    _majority(context)
    _fraction(context)
    _rank(context)


def _majority(context: Context) -> None:
    found = MAJORITY.search(context.sentence.text)
    if not found or re.search(r"\bnot\b[^.]{0,20}$", context.sentence.text[: found.start()]):
        return
    tried = []
    for line in _shares(context):
        value = _at(line, context)
        if value is None:
            continue
        tried.append((line, value))
        if _share(line, value, context) > 50:
            return
    if tried:
        line, value = tried[0]
        share = _share(line, value, context)
        context.add(
            "majority",
            found[0],
            words(line, value),
            f"{format_value(share, 'percent')} is not over half: it may be the largest group, but no majority.",
            line,
        )


def _shares(context: Context) -> list[Line]:
    """The series of each category that the sentence names, shares before counts."""
    found: list[Line | None] = []
    for group in context.groups:
        ids = [spec.id for spec in shares(group.breakdown)] if context.about_referrals else []
        ids += [one for subject in context.subjects for one in subject.ids]
        found += [
            context.facts.line(one, group.breakdown, group.code, group.label)
            for one in dict.fromkeys(ids)
        ]
    return [one for one in found if one is not None]


def _at(line: Line, context: Context) -> Value | None:
    """The value at the period that is named, else of the text's year, else the latest before it."""
    for period in context.sentence.periods:
        if period in line.values:
            return line.values[period]
    if context.year is not None:
        before = [one for one in line.of("year") if one.period <= context.year]
        return before[-1] if before else None
    return next((one for one in (line.latest(kind) for kind in KINDS) if one), None)


def _share(line: Line, value: Value, context: Context) -> float:
    """The share of the whole in percent that a category has."""
    if line.spec.unit == "percent":
        return value.value or 0.0
    whole = context.facts.line(line.spec.id)
    total = whole.values.get(value.period) if whole else None
    return 100 * (value.value or 0) / total.value if total and total.value else 0.0


def _fraction(context: Context) -> None:
    text = context.sentence.text
    for pattern, percent in FRACTIONS.items():
        found = re.search(
            rf"\b(?:(?P<hedge>over|more than|under|less than|nearly|almost|about)\s+)?(?:{pattern})\s+of\b",
            text,
            re.I,
        )
        if not found or MAJORITY.search(found[0]):
            continue
        tried = []
        for line in _shares(context):
            value = _at(line, context)
            if value is None:
                continue
            share = _share(line, value, context)
            tried.append((line, value, share))
            hedge = (found["hedge"] or "").lower()
            low = percent if hedge in ("over", "more than") else percent - 3
            high = (
                percent
                if hedge in ("under", "less than", "nearly", "almost")
                else percent + (8 if low == percent else 3)
            )
            if low <= share <= high:
                return
        if tried:
            line, value, share = tried[0]
            context.add(
                "fraction",
                found[0],
                words(line, value),
                f"It is {format_value(share, 'percent')} of the whole.",
                line,
            )
        return


def _rank(context: Context) -> None:
    """`the police are the highest source`: among categories; `October was the lowest month`: among periods."""
    for found in TOP.finditer(context.sentence.masked):
        sign = 1 if found["high"] else -1
        near = [one for one in context.groups if one.start < found.start()] or context.groups
        if near:
            _rank_of_groups(context, near, sign, found[0])
        else:
            _rank_of_periods(context, found.start(), found.end(), sign, found[0])


def _rank_of_groups(context: Context, named: list[Group], sign: int, claim: str) -> None:
    """Several categories that are named together are the highest when no other is above any of them."""
    breakdowns = list(dict.fromkeys(one.breakdown for one in named))
    wrong = []
    for breakdown in breakdowns:
        codes = list(dict.fromkeys(one.code for one in named if one.breakdown == breakdown))
        for line in _shares(context):
            if (line.breakdown, line.category) != (breakdown, codes[0]):
                continue
            value = _at(line, context)
            if value is None:
                continue
            others = _others(context, line, codes, value.period)
            beyond = [
                one for one in others if ((one[1].value or 0) - (value.value or 0)) * sign > 0
            ]
            if not beyond:
                return
            wrong.append((line, value, max(beyond, key=lambda one: (one[1].value or 0) * sign)))
    if wrong:
        line, value, (name, other) = wrong[0]
        context.add(
            "rank",
            claim,
            f"{words(line, value)}; {name}: {write(line.spec, other)}",
            f"{name} is {'higher' if sign > 0 else 'lower'}.",
            line,
        )


def _others(
    context: Context, line: Line, codes: list[str], period: Period
) -> list[tuple[str, Value]]:
    dimension = line.spec.dimension(line.breakdown)
    found = []
    for code in context.facts.categories(line.spec.id, line.breakdown):
        other = context.facts.line(line.spec.id, line.breakdown, code)
        if (
            code in codes
            or code in ("unknown", "other")
            or other is None
            or period not in other.values
        ):
            continue
        label = dimension.code_list.label(code) if dimension else code
        found.append((label, other.values[period]))
    return found


def _rank_of_periods(context: Context, start: int, end: int, sign: int, claim: str) -> None:
    periods = context.sentence.periods
    if len(periods) != 1:
        return
    wrong = []
    for line in context.lines(start, end):
        value = line.values.get(periods[0])
        if value is None:
            continue
        scope = line.of(periods[0].kind)
        if periods[0].kind != "year" and not re.search(
            r"\b(?:record|ever)\b", context.sentence.text, re.I
        ):
            scope = [one for one in scope if one.period.year == periods[0].year]
        beyond = [one for one in scope if ((one.value or 0) - (value.value or 0)) * sign > 0]
        if not beyond or re.search(r"\bsince\b|\bsecond\b|\bone of\b", context.sentence.text, re.I):
            return
        wrong.append((line, value, max(beyond, key=lambda one: (one.value or 0) * sign)))
    if wrong:
        line, value, other = wrong[0]
        context.add(
            "rank", claim, f"{words(line, value)}; {write(line.spec, other)} in {other.period.label}",
            f"{other.period.label} is {'higher' if sign > 0 else 'lower'}.", line,
        )  # fmt: skip
