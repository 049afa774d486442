"""The two numbers between which a sentence tells a change: `from 3,130 to 3,137`, `to 12.8% from 9.3%`, `38.0% down to
29.0%`, `fell by 18% (15,510 to 12,671)`."""

import re
from itertools import pairwise

from performance.indicators.claims.context import Context
from performance.indicators.claims.words.numerals import PLAIN, RATE, Number
from performance.indicators.claims.words.wording import WAY, sign_of

FROM = re.compile(r"\bfrom\s+(?!.*\b(?:to|from|by)\b)\D{0,40}?$", re.I)
BACK = re.compile(
    r"(?:\s*(?:(?:in|at|by)\s*)?,?|(?:\s+(?!and\b|or\b|but\b)[a-z·]+){1,6},)\s*(?:(?:up|down)\s+)?from\s+"
    r"(?:about\s+|just\s+|over\s+|under\s+)*",
    re.I,
)
# '38.0% down to 29.0%', and '(15,510 to 12,671)' after the way that it went
WAY_TO = re.compile(
    rf"\s*(?:in\s+the\s+year\s*)?,?\s*(?:now\s+)?(?:(?:going|coming|went|came|edging|back)\s+)?"
    rf"(?:{WAY.pattern})\s+(?:slightly\s+|sharply\s+)?to\s+(?:(?:just|about|over|under|nearly|almost|only)\s+)*",
    re.I,
)
# What ends the reach of a 'from': 'to a quarter (24.5%) from a third (33.6%), and turnover to a tenth'
ASIDE_ENDS = re.compile(r"\)\s*[,;]|;|,\s*and\b", re.I)
APART = re.compile(r"[;:]|,\s|\b(?:while|where|whereas|but|though|although)\b", re.I)
MULTIPLE = re.compile(r"\b(?:halved|doubled|trebled|tripled|quadrupled)\s*\(\s*$", re.I)
OPENED = re.compile(r"\(\s*$")
CLOSED = re.compile(r"\s*\)")
LAST = re.compile(r"\s*(?:[.;]|$)")
# Between a way and its two ends: 'slipped a bit this year, 97% to 92%'
AFTER_WAY = re.compile(r"(?:\s+[a-z·]+){0,5}\s*[,:–-]\s+", re.I)
JUST_TO = re.compile(r"\s*(?:to|→)\s*", re.I)
TO = re.compile(r"\bto\s+(?:just\s+|about\s+|over\s+|under\s+|nearly\s+|almost\s+|only\s+)*$")
ANOTHER = re.compile(r"[;()]|\b(?:and|but|while|yet)\b", re.I)
NEAR = 50  # characters after a change in which its two numbers follow
# 'rose far less'
FAR_LESS = re.compile(r"\b(?:far|much|rather|even|somewhat|a little)\s+(?:less|more)$", re.I)
RANGED = re.compile(r"\b(?:rang(?:e|ed|es|ing)|var(?:y|ied|ies|ying))\b[^.;]*$", re.I)


def ends_after(context: Context, place: int) -> tuple[Number, Number] | None:
    """The two numbers between which a change that is told at a place goes, where the sentence names them soon after."""
    for one, other in pairwise(context.sentence.numbers):
        is_near = place <= one.start < place + NEAR
        between = OPENED.sub("", context.sentence.masked[place : one.start])
        if is_near and not ANOTHER.search(between):
            found = ends(context.sentence.masked, one, other)
            if found is not None and found[1].kind == found[2].kind:
                return found[1], found[2]
    return None


def ends(text: str, one: Number, other: Number) -> tuple[int, Number, Number] | None:
    """Where a change is told in two numbers, and these, the earlier first; None where they tell none."""
    between = text[one.end : other.start]
    if len(between) > 60:
        return None
    forth = None if ASIDE_ENDS.search(between) else FROM.search(text[: one.start])
    if forth and TO.search(between) and not RANGED.search(text[: forth.start()]):
        return forth.start(), one, other
    is_alike = one.kind == other.kind or (one.kind, other.kind) == (RATE, PLAIN)
    if is_alike and is_way_to(text, one, other):
        return other.start, one, other
    is_closed = CLOSED.match(text[other.end :]) and JUST_TO.fullmatch(between)
    if is_closed and OPENED.search(text[: one.start]):
        way = last_way(text, one.start) or MULTIPLE.search(text[: one.start])
        if way and not APART.search(text[way.end() : one.start]):
            return one.start, one, other
    is_last = LAST.match(text, other.end)
    if one.kind == other.kind and is_last and JUST_TO.fullmatch(between):
        way = last_way(text, one.start)
        if way and AFTER_WAY.fullmatch(text[way.end() : one.start]):
            return one.start, one, other
    back = TO.search(text[: one.start])
    if back and one.kind == other.kind and BACK.fullmatch(between):
        return back.start(), other, one
    return None


def is_way_to(text: str, one: Number, other: Number) -> bool:
    """Whether a number went up or down to another, and not by it: '38.0% down to 29.0%', but not '42 down, to 189'."""
    way = WAY_TO.fullmatch(text[one.end : other.start])
    return way is not None and (other.value - one.value) * sign_of(way) > 0


def last_way(text: str, place: int) -> re.Match[str] | None:
    """The last word before a place that says which way something went, and not that it is more than another thing."""
    ways = [
        one
        for one in WAY.finditer(text, 0, place)
        if not (re.match(r"\s+than\b", text[one.end() :]) or FAR_LESS.search(text[: one.end()]))
    ]
    return ways[-1] if ways else None
