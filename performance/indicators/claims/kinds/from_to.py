"""Claims about both ends of a change: `rose from 3,130 to 3,137`, `rose to 12.8% from 9.3%`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from lscb.numbers import format_number, format_relative_change
from lscb.periods import SPAN, Period
from performance.indicators.claims.context import OF_WHICH, TURN, Context
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import KINDS, Line, counted, fits, words
from performance.indicators.claims.kinds.ends import OPENED, ends, is_way_to, last_way
from performance.indicators.claims.words.moments import ends_of
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.words.wording import WAY, sign_of, years_told
from performance.indicators.spec import indicators

WITHOUT = re.compile(
    r"\b(?:without|not|late|overdue|lack\w*|miss\w*|failed|outside|remaining|rest)\b|n[’']t\b", re.I
)
# Words by which the two ends need not be those of the last two years
OF_OTHER_TIMES = re.compile(
    r"\b(?:began|begun|started|opened|at\s+first|earlier|previous|the\s+year\s+before|quarters?|months?)\b",
    re.I,
)
# What a change of another year follows: 'rose to 25% in one year and eased to 23% in the next'
IN_THE_NEXT = re.compile(r"\bin\s+the\s+(?:next|following)(?:\s+(?:year|quarter))?\b", re.I)
EQUALS = re.compile(
    r"[\w\s,·]{0,30}\b(?:is|was|equals|of)\s*(?:over|about|around|nearly|almost|just over|just under|more than|"
    r"less than)?\s*",
    re.I,
)
SIZE_OF = re.compile(
    r"[^.;\d]{0,30},\s+(?:which is\s+)?an?\s+(?:[a-z]+\s+)?"
    r"(?:increase|rise|growth|fall|drop|decrease|reduction|decline)\s+of\s+(?:[a-z]+\s+)?",
    re.I,
)
# The size of a change told again: 'from 912 to 1,252, that is by 27%'
THAT_IS = re.compile(
    r"[^.;\d]{0,30}[,(]\s*(?:(?:i\.e\.|that is|which is|in other words|meaning|or),?\s*)?(?:by|up|down)\s+$",
    re.I,
)
# Before a size that is told again: 'to 35.5% in April, a 19% increase'
APPOSED = re.compile(r"[^.;\d]{0,30},\s+(?:which is\s+)?an?\s+", re.I)
BESIDE = re.compile(
    r"^(?:(?!\band\b)[^,;.\d]){0,30}\b(?:is|are|was|were|remains?|remained|stays?|stayed)\s+(?:[a-z]+\s+){0,2}"
    r"(?:(?P<above>above|higher than|up on)|below|lower than|down on)\s+(?:the\s+)?$",
    re.I,
)
UP_FROM = re.compile(
    r"^[^;.()\d]{0,80}?,\s*(?:(?:(?P<above>up)|down)\s+from|(?:an?|the)\s+(?:[a-z]+\s+)?"
    r"(?:(?P<more>increase|rise|growth)|decrease|fall|drop|reduction|decline)\s+(?:on|from))\s+(?:the\s+)?$",
    re.I,
)
# Between two numbers that are not the ends of one change: 'to 29% from 38%, before creeping back up to 32%'.
ELSEWHERE = re.compile(r"\b(?:before|then|later|while|whereas|though|although|but|yet)\b", re.I)
SINCE = re.compile(r"\b(?:since|before)\s+(?:the\s+)?$", re.I)  # 'the lowest since 2019/20'
MOVED = re.compile(
    r"\b(?:(?:dip|slip|slide|slump|surge|spike|jump|leap|swing|shift|move|change)(?:s|ped|ed|d)?|went|goes|gone)\b",
    re.I,
)


def check(context: Context) -> None:
    """`increased from 17.6% in 2021/22 to 26.1%`, `to 26.1% from 17.6%`: the direction, and each number at its
    period."""
    taken: set[Number] = set()  # 'down to 14.2% from 17.3%, ours up to 31.8%'
    for one, other in pairwise(context.sentence.numbers):
        _beside(context, one, other)
        found = ends(context.sentence.masked, one, other)
        if found is None:
            continue
        if ELSEWHERE.search(context.sentence.masked[one.end : other.start]):
            continue
        if {one, other} <= context.used or one in taken:
            continue  # of two things, and no change
        start, first, second = found
        taken |= {first, second}
        claim = context.sentence.text[one.start : other.end]
        context.used |= {first, second}
        if context.passes_over(one.start) or context.is_negated(start):
            continue
        lines = _lines(context, first, second)
        if _goes_otherwise(context, (start, claim), first, second, lines[:1]):
            continue
        if not (
            _is_of_told_years(context, first, second, lines)
            or _are_rests(context, first, second, lines)
        ):
            _both_levels(context, first, second, claim, lines)
        _size_after(context, first, second)


def _lines(context: Context, first: Number, second: Number) -> list[Line]:
    """The series that two numbers may be the ends of a change of."""
    start, end = min(first.start, second.start), max(first.end, second.end)
    near = context.lines(start, end)
    lines = [line for line in near if fits(line, first.kind)]
    if first.kind == PLAIN:  # 'up by a quarter (985 to 1,239)' of a rate
        lines += [counted(line) for line in lines if line.spec.unit.startswith("rate")]
    if not (lines or context.is_implied) and first.kind == second.kind == PERCENT:
        named = (each for subject in context.subjects for each in subject.ids)
        lines = context.lines_of(named, start, end)  # 'from 9.9% to 12.8% of bookings'
        lines = [each for each in lines if fits(each, PERCENT)]
    if not lines and first.kind == second.kind:
        lines = _kindred(context, near, first, second)
    if first.places > 0 or second.places > 0:  # no count has decimals
        lines = [line for line in lines if line.spec.unit != "count"]
    return lines


def _kindred(context: Context, near: Sequence[Line], first: Number, second: Number) -> list[Line]:
    """The counts behind the percentages near a change that is told in counts, and the percentages of what is counted
    for one that is told in percent, where they have both numbers: 'children with three or more placements fell from 46
    to 35', 'completion slipped from 89% to 87%'. Other numbers may be of something else."""
    if first.kind == PLAIN:
        found = [counted(line) for line in near if line.spec.unit == "percent"]
    else:
        counts = {line.spec.id for line in near if line.spec.unit == "count" and not line.label}
        found = [
            line
            for theme in dict.fromkeys(line.spec.theme for line in near)
            for line in context.facts.totals(theme)
            if line.spec.unit == "percent" and line.spec.numerator is not None
            if any(indicators()[one].numerator == line.spec.numerator for one in counts)
        ]
    return [
        line
        for line in found
        if fits(line, first.kind)
        and all(
            any(close(one, value.value or 0) for value in line.of("year"))
            for one in (first, second)
        )
    ]


def _beside(context: Context, one: Number, other: Number) -> None:
    """`87.1%, above the 95.3% of 2020/21`: whether the first of two numbers lies on that side of the second."""
    between = context.sentence.masked[one.end : other.start]
    found = BESIDE.search(between) or UP_FROM.search(between)
    if (
        one in context.used
        or not found
        or one.kind != other.kind
        or context.is_negated(one.end + found.start())
    ):
        return
    sign = 1 if found["above"] or found.groupdict().get("more") else -1
    if (one.value - other.value) * sign < 0 and not context.passes_over(one.start):
        side = "less" if sign > 0 else "more"
        claim = context.sentence.text[one.start : other.end]
        why = "The two numbers are the other way round."
        context.add("comparison", claim, f"{one.text} is {side} than {other.text}", why)


def _goes_otherwise(
    context: Context, said: tuple[int, str], first: Number, second: Number, lines: list[Line]
) -> bool:
    """Whether the two numbers go another way than the word before them, which is then a finding."""
    start, claim = said
    text = context.sentence.masked
    way = last_way(text, start)
    sign = sign_of(way, lines[0] if lines else None) if way else 0
    if way and MOVED.search(text, way.end(), start):
        return False  # 'rose as well, hence the dip from 47 to 44'
    if way is None or not sign or (second.value - first.value) * sign >= 0:
        return False
    side = "more" if second.value > first.value else "less"
    context.add(
        "direction", f"{way[0]} {'from' if first.start < second.start else 'to'} {claim}",
        f"{second.text} is {side} than {first.text}", "The two numbers go the other way than the words.",
        at=(min(way.start(), first.start, second.start), max(first.end, second.end)),
    )  # fmt: skip
    return True


def _size_after(context: Context, first: Number, second: Number) -> None:
    """`the rise from 2,452 to 3,164 is 29%`: the size against the two numbers."""
    text = context.sentence.masked
    third = next((one for one in context.sentence.numbers if one.start >= second.end), None)
    if third is None or third.kind != PERCENT or first.value <= 0 or first.kind != second.kind:
        return
    between = text[second.end : third.start]
    is_size = APPOSED.fullmatch(between) and WAY.match(text[third.end :].lstrip())
    is_size = is_size or SIZE_OF.fullmatch(between) or THAT_IS.fullmatch(between)
    if not is_size and (first.kind != PLAIN or not EQUALS.fullmatch(between)):
        return
    context.used.add(third)
    share = (second.value - first.value) * 100 / first.value
    if not close(third, abs(share)):
        context.add(
            "change",
            context.sentence.text[first.start : third.end],
            f"{format_number(first.value)} to {format_number(second.value)} is {format_relative_change(share)}",
            "The numbers in the sentence give another change.",
        )


def _is_of_told_years(context: Context, first: Number, second: Number, lines: list[Line]) -> bool:
    """Whether two numbers in brackets, or with only the way between them, are those of any two times in a row, where
    the sentence tells other times: 'in each of the four years after 2019/20 (342.5 to 274.2)'."""
    text = context.sentence.masked
    is_aside = OPENED.search(text[: first.start]) or is_way_to(text, first, second)
    is_of_others = context.sentence.whens or OF_OTHER_TIMES.search(text)
    return bool(is_aside and is_of_others) and any(
        _against_any(line, first, second) == [] for line in lines
    )


def _are_rests(context: Context, first: Number, second: Number, lines: list[Line]) -> bool:
    """Whether two shares are what those lacked that are told: 'the share without one has halved (7.8% to 3.4%)'."""
    now = context.given or context.year
    if now is None or not WITHOUT.search(context.sentence.text[: first.start]):
        return False
    ends = [(line.at(now.year_before()), line.at(now)) for line in lines]
    return any(
        start
        and end
        and close(first, 100 - (start.value or 0))
        and close(second, 100 - (end.value or 0))
        for start, end in ends
    )


def _both_levels(
    context: Context, first: Number, second: Number, claim: str, lines: list[Line]
) -> None:
    whens = context.sentence.whens
    if context.is_unclear or context.is_span_of_writer:
        return
    since = [one.period for one in whens if one.is_before and one.end <= first.start and one.period]
    is_followed = not whens and IN_THE_NEXT.search(
        context.sentence.text, max(first.end, second.end)
    )
    if is_followed or (since and not (_after(context, first) or _after(context, second))):
        _both_of_any(context, first, second, claim, lines)
        return  # 'since March 2021, from 294 to 189'
    early, late = _times(context, first, second)
    wrong: list[tuple[str, Line]] = []
    for line in lines:
        end = late[0] if late else context.given if context.year in early else context.year
        faults = (
            _against(line, first, second, early, end, _years_before(context, end))
            if end is not None
            else _against_any(line, first, second)
        )
        if faults is None:
            continue
        if not faults:
            context.accept(min(first.start, second.start), max(first.end, second.end))
            return
        wrong.append(("; ".join(faults), line))
    if wrong:
        context.add("level", claim, wrong[0][0], "The data hold other numbers.", wrong[0][1])


def _times(
    context: Context, first: Number, second: Number
) -> tuple[Sequence[Period], Sequence[Period]]:
    """The periods that the earlier and the later of two numbers may be of; empty where none is named."""
    whens = context.sentence.whens
    spans = [one.period for one in whens if one.is_from and one.period and one.period.kind == SPAN]
    if spans:  # 'between July and October, from 291 to 249'
        start, end = ends_of(spans[-1])
        return [start], [end]
    early, late = _after(context, first), _after(context, second)
    opening = min(first.start, second.start)
    before = [one.period for one in whens if one.end <= opening and one.period]
    if not early and len(late) > 1:  # 'from 375 to 359 between 2023/24 and 2024/25'
        early, late = [min(late)], [max(late)]
    if len(set(before)) == 2 and not early and not late:
        early, late = [min(before)], [max(before)]
    elif before and not late:
        late = [before[-1]]
    return early, late


def _after(context: Context, number: Number) -> list[Period]:
    """The periods that stand after a number and before the next one."""
    rest = (one.start for one in context.sentence.numbers if one.start >= number.end)
    other = next(rest, len(context.sentence.text))
    return [
        one.period
        for one in context.sentence.whens
        if one.period and number.end <= one.start < other
        if not SINCE.search(context.sentence.text[: one.start])
        and not OF_WHICH.search(context.sentence.text[number.end : one.start])
        and not TURN.search(context.sentence.text[number.end : one.start])
    ]


def _both_of_any(
    context: Context, first: Number, second: Number, claim: str, lines: list[Line]
) -> None:
    found = [(one, _against_any(one, first, second)) for one in lines]
    if found and all(faults for _, faults in found):
        line, faults = found[0]
        context.add("level", claim, "; ".join(faults or []), "The data hold other numbers.", line)


def _years_before(context: Context, end: Period) -> list[Period]:
    """The periods from which a change may be told that took several years: `in three years, from 9,365 to 16,791`."""
    years = years_told(context.sentence.text)
    return [Period(end.first - 12 * count, end.length) for count in range(2, years + 1)]


def _against(
    line: Line,
    first: Number,
    second: Number,
    early: Sequence[Period],
    end: Period,
    earlier: Sequence[Period] = (),
) -> list[str] | None:
    """What is wrong with two numbers where the later one's period is known; None where nothing can be said."""
    last = line.at(end)
    if last is None:
        return None
    faults = [] if close(second, last.value or 0) else [words(line, last)]
    starts = early or [end.year_before(), end.previous(), *earlier]
    known = [one for one in (line.at(start) for start in starts) if one]
    if known and not any(close(first, one.value or 0) for one in known):
        faults.insert(0, words(line, known[0]))
    return faults


def _against_any(line: Line, first: Number, second: Number) -> list[str] | None:
    """The same where no period is named: one of the numbers must be found for the other to be wrong."""
    for kind in KINDS:
        listed = line.of(kind)
        ends = [one for one in listed if close(second, one.value or 0)]
        starts = [one for one in listed if close(first, one.value or 0)]
        if any(a.period < b.period for a in starts for b in ends):
            return []
    for kind in KINDS:
        listed = line.of(kind)
        if len(listed) < 2:
            continue
        if close(second, listed[-1].value or 0):
            return [words(line, listed[-2])]
        if close(first, listed[-2].value or 0):
            return [words(line, listed[-1])]
    best = next((line.of(kind) for kind in KINDS if len(line.of(kind)) > 1), None)
    return None if best is None else [words(line, best[-2]), words(line, best[-1])]
