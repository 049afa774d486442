"""Claims about many periods at once: `268 a month on average`, `ranged from 249 to 301`, `over 240 every month`."""

import re
from itertools import pairwise

from lscb.numbers import format_number
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.closeness import LESS, MORE, close
from performance.indicators.claims.figures.evidence import KINDS, Line, fits, words
from performance.indicators.claims.kinds.directions import EXCEPT
from performance.indicators.claims.kinds.ends import RANGED
from performance.indicators.claims.kinds.ranges import is_within, range_of
from performance.indicators.claims.kinds.said import WITHIN
from performance.indicators.claims.kinds.timing import periods_near
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.words.wording import AFTER_YEARS, years_told
from performance.indicators.series import Value, write

AVERAGE = re.compile(r"\b(?:averag(?:e|ed|es|ing)|mean|typical(?:ly)?)\b", re.I)
PER = re.compile(
    r"\b(?P<all>each|every)\s+(?:of\s+the\s+(?:last|past)\s+\w+\s+)?(?P<kind>month|quarter|year|week|day)s?\b|\b(?:an?|per)\s+(?P<kind2>month|quarter|"
    r"year|week|day)\b"
    r"|\b(?P<adverb>month|quarter|year|week|dai)ly\b|\b(?P<annual>annual(?:ly)?)\b",
    re.I,
)
STAYED = re.compile(
    r"\b(?:stay(?:s|ed)?|remain(?:s|ed)?|been|hover(?:s|ed)|fluctuat(?:es|ed)|kept|held)\b[^.;]*$",
    re.I,
)
HAD_STAYED = re.compile(r"\bhad\s+(?:\w+\s+)?(?:stayed|been|remained|kept|held)\b", re.I)
EACH_OF = re.compile(r"\b(?:each|every one) of the\b", re.I)
# What parts a number from 'every quarter': 'opened at 968 and fell in every quarter that followed'
BETWEEN = re.compile(
    r"[;:,]\s|\s[-–]\s|\b(?:and|but|then|for\s+more|more\s+than|less\s+than)\b", re.I
)
DIFFERENCE = re.compile(r"\s+(?:more|fewer|less|higher|lower)\b", re.I)
IN_A_YEAR = {"week": 52, "day": 365, "dai": 365, "month": 12, "quarter": 4}
EXTREME = re.compile(
    r"\b(?:a|the)\s+(?:(?P<high>high|peak|maximum)|low|minimum|trough)\s+of\s+(?:just\s+)?$", re.I
)
# 'the highest monthly figure was 301, the lowest 249'
OF_PARTS = re.compile(r"\b(?:monthly|quarterly)\s+(?:figure|number|total|count|value)s?\b", re.I)
FIGURE = re.compile(
    r"\bthe\s+(?:(?P<high>highest|largest|biggest)|lowest|smallest)\s+"
    r"(?:(?:monthly|quarterly)\s+(?:figure|number|total|count|value)\s+(?:[^.;,\d]{0,50}\s)?(?:was|is|being|at|of)\s+)?$",
    re.I,
)
# Of the parts of a year: 'the lowest quarter being 98%'
OF_PART = re.compile(
    r"\bthe\s+(?:(?P<high>highest|largest|biggest|busiest)|lowest|smallest|quietest)\s+(?:single\s+)?(?:quarter|month)\s+"
    r"(?:being|was|is|at|with|on|had|saw)\s+(?:(?:just|only|still)\s+)*$",
    re.I,
)
ENOUGH = 3
ROUND = 10
LARGE = 100  # numbers that are told round
# A percentage that is said of all.
OVERALL = re.compile(
    r"\b(?:overall|whole|averag\w+|mean|altogether|all (?:together|told)|in all|combined|"
    r"across the (?:board|year|two|three|four)|"
    r"taken together|on balance|for the year)\b",
    re.I,
)


def check(context: Context) -> None:
    """Every mean and range in a sentence; their numbers are then accounted for."""
    _ranges(context)
    _means(context)
    _extremes(context)
    _means_of_shares(context)


def _means_of_shares(context: Context) -> None:
    """`83.3% and 91.6%, giving 87.5% for the whole group`: the mean of percentages is not that of the whole."""
    percents = [one for one in context.sentence.numbers if one.kind == PERCENT]
    for number in percents:
        parts = [one for one in percents if one is not number]
        mean = sum(one.value for one in parts) / len(parts) if len(parts) > 1 else None
        if mean is None or context.passes_over(number.start) or not close(number, mean):
            continue
        if number.about in MORE | LESS:
            continue  # a bound: 'never below 98% in any quarter'
        if not OVERALL.search(context.sentence.text):
            continue
        tried = [
            (line, value)
            for subject in context.subjects
            for one in subject.ids
            if (line := context.facts.line(one)) and fits(line, PERCENT)
            if (value := line.at(context.year) if context.year else line.latest("year"))
        ]
        if tried and not any(close(number, value.value or 0) for _, value in tried):
            line, value = tried[0]
            why = "It is a mean of percentages; a total percentage is a sum over a sum."
            context.add(
                "average", number.text, words(line, value), why, line, at=(number.start, number.end)
            )
            context.used.add(number)


def _extremes(context: Context) -> None:
    """`with a high of 301`: the highest of the months, quarters or years that are spoken of."""
    for number in context.sentence.numbers:
        text = context.sentence.text
        found = EXTREME.search(text[: number.start]) or OF_PART.search(text[: number.start])
        if not found and OF_PARTS.search(text):
            found = FIGURE.search(text[: number.start])
        if not found or number in context.used or periods_near(context, number)[1]:
            continue
        context.used.add(number)
        if context.passes_over(number.start) or context.is_unclear:
            continue
        most = max if found["high"] else min
        tried: list[tuple[Line, Value]] = []
        for line in context.lines(number.start, number.end):
            listed = (
                [_inside(context, line, kind) for kind in KINDS] if fits(line, number.kind) else []
            )
            ends = [
                most(some, key=lambda one: one.value or 0) for some in listed if len(some) >= ENOUGH
            ]
            if any(close(number, one.value or 0) for one in ends):
                tried = []
                break
            tried += [(line, one) for one in ends[-1:]]
        if tried:
            line, value = tried[0]
            actual = f"{line.name}: {write(line.spec, value)} in {value.period.label}"
            context.add(
                "range",
                f"{found[0].strip()} {number.text}",
                actual,
                "It is another.",
                line,
                at=(found.start(), number.end),
            )


def _means(context: Context) -> None:
    text = context.sentence.text
    for number in context.sentence.numbers:
        if number in context.used or number.kind != PLAIN:
            continue
        average = bool(AVERAGE.search(text))
        found = _per(context, number, average=average)
        if found is None:
            continue
        kind = (found["kind"] or found["kind2"] or found["adverb"] or "year").lower()
        if kind == "year" and years_told(text) == 1 and len(context.sentence.periods) < 2:
            continue  # the year's own number
        context.used.add(number)
        if context.passes_over(number.start) or context.is_sampled:
            continue
        if any(one.is_unknown for one in context.sentence.whens):
            continue
        _check_mean(context, number, kind, every=bool(found["all"]) and not average)


def _per(context: Context, number: Number, *, average: bool) -> re.Match[str] | None:
    """The words that make a number one of each month, quarter or year; None where it is no such number."""
    text = context.sentence.text
    after = PER.search(text, number.end, number.end + 60)
    found = after or PER.search(text, max(0, number.start - 60), number.start)
    if found and not after and _is_of_number_before(context, found):
        return None  # '185 a month, 2,216 for the year'
    if not found or not (average or after) or EXTREME.search(text[: number.start]):
        return None
    if not average and any(one.kind == "month" for one in context.sentence.periods):
        return None  # the numbers of single months
    if BETWEEN.search(text[number.end : found.start()] if after else ""):
        return None
    if any(number.end <= one.start < found.start() for one in context.sentence.numbers):
        return None  # 'so many crimes are nine a day'
    if any(
        one.end <= found.start() <= one.end + 1 for one in context.sentence.numbers if one != number
    ):
        return None  # '268 a month, the worst of them 301'
    if WITHIN.search(text[: number.start]) or DIFFERENCE.match(text[number.end :]):
        return None
    return found


def _is_of_number_before(context: Context, per: re.Match[str]) -> bool:
    """Whether 'a month' stands after another number, which it then is said of."""
    before = [one for one in context.sentence.numbers if one.end <= per.start()]
    return bool(before) and not re.search(
        r"[.;]", context.sentence.masked[before[-1].end : per.start()]
    )


def _check_mean(context: Context, number: Number, kind: str, *, every: bool) -> None:
    tried: list[tuple[Line, str]] = []
    for line in context.lines(number.start, number.end):
        if not fits(line, PLAIN) or line.spec.aggregation != "sum":
            continue
        listed = _inside(context, line, kind)
        if every and listed and number.about in MORE | LESS:
            if all(close_bound(number, one) for one in listed):
                return
            worst = min if number.about in MORE else max
            value = worst(listed, key=lambda one: one.value or 0)
            tried.append((line, f"{line.name}: {write(line.spec, value)} in {value.period.label}"))
            continue
        mean = _mean(context, line, kind, listed)
        if mean is None:
            continue
        told = range_of(context, number)
        if (
            (told and is_within(told, mean[0]))
            or close(number, mean[0])
            or (every and number.about == "" and close(number, round(mean[0])))
        ):
            context.accept(number.start, number.end)
            return
        tried.append((line, mean[1]))
    if tried:
        line, actual = tried[0]
        context.add(
            "average",
            f"{number.text} a {kind}",
            actual,
            "The mean is another.",
            line,
            at=(number.start, number.end),
        )


def close_bound(number: Number, value: Value) -> bool:
    """Whether a value keeps the bound that `over` or `under` sets."""
    amount, said = value.value or 0.0, float(number.value)
    return amount >= said if number.about in MORE else amount <= said


def _mean(context: Context, line: Line, kind: str, listed: list[Value]) -> tuple[float, str] | None:
    """The mean and how it comes about; None where the data do not give one."""
    if kind in ("month", "quarter", "year") and listed:
        mean = sum(one.value or 0 for one in listed) / len(listed)
        span = f"{listed[0].period.label} to {listed[-1].period.label}"
        return mean, f"{line.name}: {format_number(mean, 1)} a {kind} on average ({span})"
    year = _year(context, line)
    if year is None or kind not in IN_A_YEAR:
        return None
    mean = (year.value or 0) / IN_A_YEAR[kind]
    total = write(line.spec, year)
    name = "day" if kind == "dai" else kind
    return (
        mean,
        f"{line.name}: {format_number(mean, 1)} a {name} on average ({total} in {year.period.label})",
    )


def _year(context: Context, line: Line) -> Value | None:
    named = [one for one in context.sentence.periods if one.kind == "year"]
    period = named[0] if named else context.year
    return line.values.get(period) if period else line.latest("year")


def _inside(context: Context, line: Line, kind: str) -> list[Value]:
    """The values of a kind of period in the time that is meant, where all of it is known."""
    if kind not in ("month", "quarter", "year"):
        return []
    periods = sorted(set(context.sentence.periods))
    listed = line.of(kind)
    if kind == "year":
        count = years_told(context.sentence.text)
        years = [one for one in periods if one.kind == kind]
        if len(years) > 1:
            periods = years
        if len(periods) > 1:
            return [one for one in listed if periods[0] <= one.period <= periods[-1]]
        known = [one for one in listed if context.year is None or one.period <= context.year]
        return known[-count:] if len(known) >= count else []
    year = _year(context, line)
    span = periods[0] if len(periods) == 1 else context.year or (year.period if year else None)
    if span is None:
        return []
    length = {"month": 1, "quarter": 3}[kind]
    span = span if span.length > length else span.year  # 'in March, close to the monthly mean'
    found = [one for one in listed if span.contains(one.period)]
    return found if len(found) * length == span.length else []


def _ranges(context: Context) -> None:
    """`ranged from 249 to 301`, `between 249 and 301 a month`."""
    text = context.sentence.masked
    if EXCEPT.search(context.sentence.text):
        return
    for first, second in pairwise(context.sentence.numbers):
        before, between = text[: first.start], text[first.end : second.start]
        ranged = RANGED.search(before)
        both = re.search(r"\bbetween\s+$", before, re.I) and re.match(r"\s*and\s*$", between)
        if not both and not (ranged and re.match(r"\s*(?:to|and|[-–])\s*$", between)):
            continue
        stayed = both and (
            STAYED.search(before) or EACH_OF.search(context.sentence.text[second.end :])
        )
        if not ranged and not stayed and not PER.search(text):
            continue
        context.used |= {first, second}
        if (
            context.passes_over(first.start)
            or context.is_sampled
            or any(one.is_unknown for one in context.sentence.whens)
        ):
            continue
        if stayed and (
            HAD_STAYED.search(before) or AFTER_YEARS.search(context.sentence.text[: first.start])
        ):
            continue  # until then
        if stayed:
            _check_bounds(context, first, second)
        else:
            _check_range(context, first, second)


def _check_bounds(context: Context, first: Number, second: Number) -> None:
    """`has stayed between 3,100 and 3,200 for three years`: no value outside the two."""
    low, high = float(first.value), float(second.value)
    tried: list[tuple[Line, Value]] = []
    for line in context.lines(first.start, second.end):
        listed = _inside(context, line, "year") if fits(line, second.kind) else []
        if not listed:
            continue
        outside = [one for one in listed if not low <= (one.value or 0) <= high]
        if not outside:
            context.accept(first.start, second.end)
            return
        tried.append((line, outside[-1]))
    if tried:
        line, value = tried[0]
        claim = context.sentence.text[first.start : second.end]
        actual = f"{line.name}: {write(line.spec, value)} in {value.period.label}"
        context.add("range", claim, actual, "A number lies outside the two.", line)


def _check_range(context: Context, first: Number, second: Number) -> None:
    per = PER.search(context.sentence.masked)
    said = (per["kind"] or per["kind2"] or per["adverb"] or "year").lower() if per else ""
    kinds = [said] if said in ("month", "quarter", "year") else ["month", "quarter", "year"]
    tried: list[tuple[Line, Value, Value]] = []
    for line in context.lines(first.start, second.end):
        if not fits(line, second.kind):
            continue
        for kind in kinds:
            listed = _inside(context, line, kind)
            if len(listed) < ENOUGH:
                continue
            low = min(listed, key=lambda one: one.value or 0)
            high = max(listed, key=lambda one: one.value or 0)
            tried.append((line, low, high))
            is_exact = close(first, low.value or 0) and close(second, high.value or 0)
            if is_exact or _are_rounded(first, second, low.value or 0, high.value or 0):
                context.accept(first.start, second.end)
                return
    if tried:
        line, low, high = tried[0]
        context.add(
            "range", context.sentence.text[first.start : second.end],
            f"{line.name}: from {write(line.spec, low)} in {low.period.label} to {write(line.spec, high)} in "
            f"{high.period.label}", "The lowest or the highest is another.", line,
        )  # fmt: skip


def _are_rounded(first: Number, second: Number, low: float, high: float) -> bool:
    """Whether two numbers are round ones around what lies between: 'between 540 and 590' of 540 to 588."""
    is_round = first.value % ROUND == 0 and second.value % ROUND == 0 and first.value >= LARGE
    is_around = float(first.value) <= low < float(first.value) + ROUND
    return is_round and is_around and float(second.value) - ROUND < high <= float(second.value)
