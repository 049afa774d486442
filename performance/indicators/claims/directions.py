"""Claims about direction without a number: doubled, spiked in October, has increased, remained stable."""

import re

from lscb.numbers import format_number
from lscb.periods import Period
from performance.indicators import series
from performance.indicators.claims.changes import WAY, years_told
from performance.indicators.claims.context import ABOUT_REFERRALS, Context
from performance.indicators.claims.evidence import change_words, difference, pairs, relative

TIMES = re.compile(
    r"\b(?P<hedge>more than|over|nearly|almost|about|roughly)?\s*(?P<times>doubl(?:e|ed|ing)|halv(?:ed|ing)|"
    r"trebl(?:e|ed)|tripl(?:e|ed)|quadrupled?)\b",
    re.I,
)
FACTORS = {"doub": 2.0, "halv": 0.5, "treb": 3.0, "trip": 3.0, "quad": 4.0}
VERBS = re.compile(
    r"\b(?P<up>increased|rose|risen|grew|grown|gone up|went up)\b|\b(?P<down>decreased|reduced|fell|fallen|dropped|"
    r"declined|gone down|went down)\b|\b(?:an?|the)\s+(?:[a-z-]+\s+){0,2}(?:(?P<up2>increase|rise|growth)|"
    r"(?P<down2>decrease|reduction|drop|decline|fall))\s+in\b",
    re.I,
)
STEADY = re.compile(
    r"\b(?:unchanged|remain(?:s|ed)?\s+(?:\w+\s+)?(?:stable|consistent|steady|the same|constant)|stayed the same)\b",
    re.I,
)
JUMP = re.compile(
    r"\b(?:spike[sd]?|surge[sd]?|peak(?:s|ed)?|sharp(?:ly)?\s+(?:rise|increase|drop|fall|decrease)|dip(?:s|ped)?|plunge[ds]?|"
    r"drops?|seasonal)\b",
    re.I,
)
SEASONS = {"summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2), "spring": (3, 4, 5)}


def check(context: Context) -> None:
    """Every claim of this kind in a sentence."""
    _times(context)
    _jumps(context)
    _direction(context)


def _times(context: Context) -> None:
    """`doubled`, `nearly doubled`, `halved`."""
    for found in TIMES.finditer(context.sentence.masked):
        factor = FACTORS[found["times"].lower()[:4]]
        hedge = (found["hedge"] or "").lower()
        tried = []
        for line in context.lines(found.start(), found.end()):
            before = [one.period for one in context.sentence.whens if one.is_before and one.period]
            for first, last in pairs(
                line,
                context.sentence.periods,
                before,
                context.year,
                years_told(context.sentence.text),
            ):
                if not first.value or last.value is None:
                    continue
                tried.append((line, first, last))
                if _is_times(last.value / first.value, factor, hedge):
                    return
        if tried:
            line, first, last = tried[0]
            ratio = (last.value or 0) / (first.value or 1)
            context.add(
                "times", found[0], change_words(line, first, last),
                f"The later number is {format_number(ratio, 2)} times the earlier one.", line,
            )  # fmt: skip


def _is_times(ratio: float, factor: float, hedge: str) -> bool:
    if hedge in ("more than", "over"):
        return ratio > factor if factor > 1 else ratio < factor
    if hedge in ("nearly", "almost", "about", "roughly"):
        return (
            0.8 <= ratio / factor <= 1.0
            if hedge in ("nearly", "almost") and factor > 1
            else 0.8 <= ratio / factor <= 1.25
        )
    return 0.95 <= ratio / factor <= 1.05 or (factor > 1 and factor <= ratio < factor * 1.15)


def _direction(context: Context) -> None:
    """`has increased`, `a reduction in`, `remained stable`, where no number says by how much."""
    text = context.sentence.masked
    ways = list(WAY.finditer(text))
    if any(one["up"] for one in ways) and any(one["down"] for one in ways):
        return  # which of them is said of what cannot be told
    if not context.subjects and not ABOUT_REFERRALS.search(context.sentence.text):
        return
    for found in VERBS.finditer(text):
        if any(one in context.used for one in context.sentence.numbers):
            return  # its numbers were checked above
        sign = 1 if found["up"] or found["up2"] else -1
        if context.found and any(one.kind == "jump" for one in context.found):
            return
        _check_direction(context, sign, found.start(), found.end())
    for found in STEADY.finditer(text):
        _check_direction(context, 0, found.start(), found.end())


def _check_direction(context: Context, sign: int, start: int, end: int) -> None:
    before = [one.period for one in context.sentence.whens if one.is_before and one.period]
    if any(one.period is None for one in context.sentence.whens):
        return
    tried = []
    for line in context.lines(start, end):
        for first, last in pairs(
            line, context.sentence.periods, before, context.year, years_told(context.sentence.text)
        ):
            tried.append((line, first, last))
            gap = difference(first, last)
            if sign == 0:
                share = abs(relative(first, last) or 0)
                small = line.spec.unit == "percent" and abs(gap) < 2
                if share <= 10 or small:
                    return
            elif gap * sign > 0:
                return
    if tried:
        line, first, last = tried[0]
        why = "The data show a change." if sign == 0 else "The data do not go that way."
        context.add(
            "direction",
            context.sentence.text[start:end],
            change_words(line, first, last),
            why,
            line,
        )


def _jumps(context: Context) -> None:
    """`a spike in October`: whether any month that is named, or any of the year, is a special cause."""
    text = context.sentence.text
    found = JUMP.search(context.sentence.masked)
    if not found:
        return
    named = [
        one for when in context.sentence.whens for one in (when.months or (when.period,)) if one
    ]
    months = {one for one in named if one.kind == "month"}
    for season, numbers in SEASONS.items():
        if re.search(rf"\b{season}\b", text, re.I) and context.year:
            months |= {Period(context.year.first + (number - 4) % 12, 1) for number in numbers}
    if not months:
        return
    for line in context.lines(found.start(), found.end()):
        values = [
            one
            for one in line.of("month")
            if context.year is None or one.period.last <= context.year.last
        ]
        recent = series.window(values)
        chart = series.chart(recent, line.spec) if recent else None
        if chart is None or chart.refusal or not months & {one.label for one in chart.points}:
            continue
        if any(one.rule is not None and one.label in months for one in chart.points):
            return
        last = chart.segments[-1]
        context.add(
            "jump",
            found[0],
            f"{line.name}: mean {format_number(last.mean or 0, 1)}, limits {format_number(last.lower or 0, 1)} to "
            f"{format_number(last.upper or 0, 1)}; no month named here lies outside them or in a run",
            "The months differ by no more than usual variation: nothing needs an explanation.",
            line,
        )
        return
