"""Whether what was found wrong is so among places: a sentence that names several is given every place that it may
speak of, and a rank in it may be one among places, among all parts of a wider area or among times."""

import re
from collections.abc import Iterator, Sequence

from lscb.periods import Period
from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.evidence import Line
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds import area_ranks, comparisons, ranked_periods, ranks
from performance.indicators.claims.kinds.groups import ORDINALS
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.scope import OWN, UNKNOWN
from performance.indicators.claims.words.wording import GOOD

# 'Bedford's rate is', which says of what place a comparison is
SUBJECT = re.compile(
    r"(?:['’]s?)?\s*(?:\([^()]*\))?(?:\s+(?!and\b|but\b|then\b)[a-z·-]+){0,6}\s+", re.I
)
THAN = re.compile(
    r"\b(?:than|below|above|under|over|behind|ahead of|with|to|and)\s+"
    r"(?:(?:the|that|those|both)\s+)?(?:(?:of|for|in)\s+)?$",
    re.I,
)
BESIDE = re.compile(r"[^.;,:\d]{0,60}")  # 'highest in Bedford'


def is_so_among_places(context: Context, charge: Charge) -> bool:
    """Whether a comparison holds of another place that its sentence may speak of, or a rank among places."""
    if charge.line is None or all(one.code == UNKNOWN for one in context.mentions):
        return False
    if charge.finding.kind == "comparison":
        return _compares_so(context, charge, charge.line)
    return charge.finding.kind == "rank" and _ranks_so(context, charge, charge.line)


def _compares_so(context: Context, charge: Charge, line: Line) -> bool:
    """Whether a comparison holds of the home area or of a place that is named before it, unless one is its subject."""
    text = context.sentence.text
    found = _at(comparisons.COMPARED, context, charge)
    before = [one for one in context.mentions if one.end <= charge.start]
    if found is None or not before:
        return False
    subjects = [one for one in before if not THAN.search(text[: one.start])]
    last = before[-1]
    if last in subjects and SUBJECT.fullmatch(text[last.end : found.start()]):
        return False
    ids = [line.spec.id, *rates_of([f"{line.spec.id}{COUNTED}"])]
    codes = dict.fromkeys([OWN, *(one.code for one in subjects)])
    return any(comparisons.is_so_of(context, found, ids, one) for one in codes)


def _ranks_so(context: Context, charge: Charge, line: Line) -> bool:
    """Whether a place that stands by a rank has it among those that are named, or among the parts of a wider area."""
    found = _at(ranks.TOP, context, charge)
    if found is None or ranked_periods.is_of_times(context, found):
        return False
    place = ORDINALS.get((found["place"] or "").lower(), 1)
    periods = _periods(context, found)
    sign = 0 if found["best"] or found["worst"] else 1 if found["high"] else -1
    for one in dict.fromkeys([line.spec.id, *rates_of([f"{line.spec.id}{COUNTED}"])]):
        mine = [context.facts.line(one, place=code) for code in _ranked(context, found)]
        way = sign or GOOD[line.spec.polarity] * (1 if found["best"] else -1)
        for subject in mine:
            for codes in _fields(context, found):
                others = [context.facts.line(one, place=code) for code in codes]
                if way and subject and _has(periods, subject, others, way, place):
                    return True
    return False


def _at(pattern: re.Pattern[str], context: Context, charge: Charge) -> re.Match[str] | None:
    """The words of a claim, as a pattern reads them where it stands."""
    listed = pattern.finditer(context.sentence.masked)
    return next((one for one in listed if one.start() == charge.start), None)


def _ranked(context: Context, found: re.Match[str]) -> list[str]:
    """The places that may have a rank: the one before it, the home area where it is named, the one right after it."""
    text = context.sentence.text
    known = [one for one in context.mentions if one.code != UNKNOWN]
    before = [one.code for one in known if one.end <= found.start()]
    parts = {each for one in context.facts.wholes for each in one.parts}
    is_apart = (
        bool(before) and before[-1] not in parts
    )  # 'above England and the highest of the three'
    before = [OWN, *before[-1:]] if OWN in before or is_apart else before[-1:]
    after = [
        one.code
        for one in known
        if one.start >= found.end() and BESIDE.fullmatch(text[found.end() : one.start])
    ]
    return list(dict.fromkeys([*before, *after[:1]]))


def _fields(context: Context, found: re.Match[str]) -> Iterator[Sequence[str]]:
    """The places among which something may be ranked: the parts of each wider area and, where it is not said to be
    among these, those that are named with the home area."""
    if not area_ranks.is_of_areas(context, found):
        yield [OWN, *(one.code for one in context.mentions if one.code != UNKNOWN)]
    for whole in context.facts.wholes:
        yield whole.parts


def _has(
    periods: Sequence[Period], line: Line, others: Sequence[Line | None], way: int, place: int
) -> bool:
    """Whether a series has a place among others at a time that is spoken of."""
    theirs = {one.area: one for one in others if one is not None and one.area != line.area}
    for period in periods:
        value = line.at(period)
        values = [one for each in theirs.values() if (one := each.at(period)) is not None]
        if value is not None and values:
            gaps = [((one.value or 0) - (value.value or 0)) * way for one in values]
            if len([one for one in gaps if one > 0]) == place - 1:
                return True
    return False


def _periods(context: Context, found: re.Match[str]) -> list[Period]:
    """The time that a rank is said of, else all that are spoken of."""
    named = ranked_periods.ranked(context, found)
    spoken = [*context.sentence.periods, *(one for one in (context.year, context.given) if one)]
    return named or list(dict.fromkeys(spoken))
