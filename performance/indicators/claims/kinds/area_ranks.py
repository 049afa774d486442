"""Claims about rank among areas: `the lowest of the three councils`, `second highest in Bedfordshire`, `the worst of
the three authorities`."""

import re
from collections.abc import Sequence

from lscb.periods import Period
from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.evidence import Line, words
from performance.indicators.claims.figures.wider import Whole, phrases
from performance.indicators.claims.kinds import groups
from performance.indicators.claims.words.scope import ENGLAND, OWN, REGIONS, UNKNOWN
from performance.indicators.claims.words.wording import GOOD
from performance.indicators.series import Value, write

AREAS = re.compile(
    r"\b(?:of|among|in|across|between|with)\s+(?:all\s+)?(?:the\s+|our\s+)?(?:other\s+)?(?:two|three|four|other)?\s*"
    r"(?:county\b|(?:local\s+|neighbouring\s+)?(?:councils|authorities|boroughs|areas)\b)",
    re.I,
)
OF_THEM = re.compile(
    r"^(?:\s+[\w·]+){0,4}?\s+of\s+(?:the|all)\s+(?:two|three|four|\d)\b(?!\s+[a-z]*(?:years|quarters|months))",
    re.I,
)
# Who it is, right after its rank: 'the lowest of the three is Bedford', 'highest of the three: Luton'.
IT_IS = re.compile(
    r"[^.;,\d]{0,60}?(?:\b(?:is|was|being|were)\s+(?:in\s+|that\s+of\s+)?|:\s*)", re.I
)
NUMBER_OF = re.compile(
    r"\b(?:number|count|total|most|fewest|more|fewer|slice|share|part|portion|contribution)\b", re.I
)
BESIDE_OTHERS = re.compile(r"\W*(?:compared\s+(?:with|to)|alongside|unlike|against)\b", re.I)
OF_TIME = re.compile(r"\b(?:since|ever|record|years?|quarters?|months?)\b", re.I)


def is_of_areas(context: Context, found: re.Match[str]) -> bool:
    """Whether a rank is one among areas: those of a wider one, or the places that the sentence names."""
    text = context.sentence.text
    if AREAS.search(text) or _is_of_parts(context, found):
        return True
    named = {one.code for one in context.mentions if one.code != UNKNOWN}
    others = {code for one in context.facts.wholes for code in one.parts} & named
    return (len(named) > 1 or bool(others)) and bool(OF_THEM.search(text[found.end() :]))


def check(
    context: Context, found: re.Match[str], named: Sequence[Period], sign: int, place: int
) -> None:
    """A rank among areas at the period that is `named`, else at the year that is spoken of; `sign` is 1 for the
    highest, -1 for the lowest and 0 for the best or worst."""
    tried: list[tuple[Line, Value, list[tuple[str, Value]], int]] = []
    for line in _lines(context, found):
        value = line.at(named[0]) if named else groups.at(line, context)
        way = sign or GOOD[line.spec.polarity] * (1 if found["best"] else -1)
        others = _others(context, found, line, value.period) if value else []
        if value is None or not way or not others:
            continue
        beyond = [one for one in others if ((one[1].value or 0) - (value.value or 0)) * way > 0]
        if len(beyond) == place - 1:
            context.accept(*found.span())
            return
        tried.append((line, value, beyond or others, way))
    if not tried:
        return
    line, value, others, _ = tried[0]
    name, other = others[0]
    side = "higher" if (other.value or 0) > (value.value or 0) else "lower"
    context.add(
        "rank",
        context.sentence.text[slice(*found.span())],
        f"{words(line, value)}; {name}: {write(line.spec, other)}",
        f"{name} is {side}.",
        line,
        at=found.span(),
    )


def _lines(context: Context, found: re.Match[str]) -> list[Line]:
    """The series that are ranked, of the place that is said to have the rank; a count as a rate too, unless it is told
    as a number."""
    place = _place(context, found)
    own = context.lines(*found.span())
    if place == UNKNOWN or not own:
        return []
    rates = rates_of(one.spec.id for one in own if one.spec.unit == "count")
    is_count = NUMBER_OF.search(context.sentence.text)
    ids = [one.spec.id for one in own if one.spec.unit != "count" or is_count]
    ids = list(dict.fromkeys([*ids, *([] if is_count else rates)]))
    lines = [context.facts.line(one, place=place) for one in ids]
    return [one for one in lines if one is not None]


def _place(context: Context, found: re.Match[str]) -> str:
    """The area that is said to have a rank: the one named right after it, else the last one before it."""
    text = context.sentence.text
    wholes = {one.code for one in context.facts.wholes}
    listed = [one for one in context.mentions if one.code not in wholes]
    for one in listed:
        if one.start >= found.end() and IT_IS.fullmatch(text[found.end() : one.start]):
            return one.code
    before = [one.code for one in listed if one.end <= found.start()]
    return before[-1] if before else OWN


def _is_of_parts(context: Context, found: re.Match[str]) -> bool:
    """Whether a rank is one among the parts of a wider area: where some of these are named together, or all of them
    and then one ('across the three councils there were 7,603, and Luton's 3,137 was the biggest slice')."""
    if _among(context, found):
        return True
    if OF_TIME.search(context.sentence.text, found.end()):
        return False
    codes = {one.code for one in context.facts.wholes}
    before = [one.code for one in context.mentions if one.end <= found.start()]
    is_of_one = bool(codes & set(before)) and before[-1] not in codes
    return is_of_one or _is_beside_others(context)


def _is_beside_others(context: Context) -> bool:
    """Whether a sentence begins with the other parts of a wider area: 'compared with Bedford and Central Bedfordshire,
    our rate is the highest'."""
    first, _, _ = context.sentence.text.partition(",")
    codes = {one.code for one in context.mentions if one.end <= len(first)}
    others = [set(whole.parts) - set(context.facts.areas) for whole in context.facts.wholes]
    return bool(BESIDE_OTHERS.match(first)) and any(some and some <= codes for some in others)


def _among(context: Context, found: re.Match[str]) -> Whole | None:
    """The wider area among whose parts something is ranked; None where the sentence names none."""
    wholes = {one.code: one for one in context.facts.wholes}
    listed = phrases(context.sentence.text, context.facts.wholes)
    some = [one for one in listed if not one.is_all]
    after = [one for one in some if one.start >= found.end()]
    return wholes[(after or some)[0].code] if some else None


def _others(
    context: Context, found: re.Match[str], line: Line, period: Period
) -> list[tuple[str, Value]]:
    """The other areas with their values: the parts of the wider area that is named, where all are known; else all
    places that are known, save the country, its regions and areas that others make up."""
    names = {code: name for name, code in context.facts.places.items()}
    wholes = context.facts.wholes
    whole = _among(context, found) or next((one for one in wholes if line.area in one.parts), None)
    codes = list(whole.parts) if whole else list(names)
    codes = [one for one in codes if not one.startswith((ENGLAND[:3], REGIONS))]
    codes = [one for one in codes if one != line.area and one not in {each.code for each in wholes}]
    found_values = [
        (names.get(code, code), value)
        for code in codes
        if (other := context.facts.line(line.spec.id, place=code)) and (value := other.at(period))
    ]
    is_whole = whole is None or len(found_values) == len(codes)
    return found_values if is_whole else []
