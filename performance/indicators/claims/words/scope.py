"""What in a sentence is no claim about an area's figures: plans, ifs, denials, samples, other places, parts of
things."""

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

OWN, UNKNOWN = "", "?"

_BOUNDARY = re.compile(
    r",(?!\d)|[;:–—(]|\s-\s|\b(?:and|but|while|whereas|although|though|which|so)\b", re.I
)
_AHEAD = re.compile(
    r"\b(?:will|shall|aims?|aiming|plans? to|planned to|should|would|expect(?:s|ed|ing)?|forecast|projected|"
    r"hopes?|intends?|"
    r"(?<!more )(?<!less )(?<!most )(?<!least )(?<!as )likely to|"
    r"needs? to|anticipated?|target|targets|goal|goals|ambition|trajectory|objective|proposed?|budgeted|"
    r"set out to|sought to|tried to|trying to|wanted to|wants?|wish(?:es)?|meant to|means? to|"
    r"hope to|promised|agreed to|(?:the|this|our)\s+(?:coming|forthcoming|upcoming)|"
    r"(?:is|are)\s+to(?=\s+(?!the\b|a\b|an\b)[a-z]))\b"
    r"|^\W*(?:improve|reduce|increase|decrease|manage|continue|raise|cut|halve|double|keep|maintain|ensure)\b",
    re.I,
)
_REASON = re.compile(
    r";|\b(?:because|since|as|after|given that|following|why|despite|whether)\b", re.I
)
_IF = re.compile(
    r"\b(?:if|unless|suppose|supposing|were to|could not have|might have)\b|^\W*(?-i:Had)\b", re.I
)
_WHETHER = re.compile(
    r"\b(?:(?:the\s+)?(?:gap|difference)\s+between|whether|asked why|do not know)\b", re.I
)
_DENIED = re.compile(
    r"\b(?:not true|so much for|untrue|not the case|wrong to (?:say|think|claim)|"
    r"incorrect|false(?:ly)?|no evidence|(?:is|was) a myth|"
    r"mistaken(?:ly)?|would be misleading|cannot (?:be said|say)|disproves?)\b",
    re.I,
)
_SAMPLED = re.compile(
    r"\b(?:audit(?:s|ed|ors?|ing)?|sample[sd]?|sampling|pilot(?:s|ed)?|survey(?:s|ed)?|respondents?|replied|responded|"
    r"questionnaires?|workshops?|conferences?|focus groups?|inspection|inspectors|ofsted|case ?files?|cohort|"
    r"case stud(?:y|ies)|"
    r"dip[- ]sampl\w+|reviewed cases|wards?|helpline|interviewed|told us(?!\W*$))\b",
    re.I,
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no(?!-)|without|neither|nor|cannot|hardly|rather than)\b|n[’']t\b)"
    r"(?!\s+(?:only|just|fewer|less|more|longer|doubt|surprisingly|least|one|single|particular)\b)(?:\W+[\w’'-]+){0,4}\W*$"
    r"|\bneither\b[^,;:]*\bnor\b[^,;:]*$",
    re.I,
)
_CLAUSE = re.compile(r",(?!\d)|[;:]|\bbut\b", re.I)
_OURS = re.compile(r"\b(?:we|ours?|us|locally|local|here)\b", re.I)
_NATION = re.compile(
    r"\b(?:(?<!East of )England|nationally|(?:the\s+)?national\s+(?:averages?|figures?|rates?|data|picture|"
    r"level|trend|number|total|count|share|proportion|position|one)|the\s+national(?=\s+\d)|"
    r"national(?=\s+(?:[a-z]+\s+){1,3}?(?:average|figures?|rates?|level)\b))\b",
    re.I,
)
_REGION = re.compile(
    r"\b(?:a|the)\s+regional\s+(?=\d)|"
    r"\bregionally\b|\b(?:the\s+)?regional\s+(?:average|figures?|rate|level|trend|one)\b|\b(?:the|our) region\b"
    r"|\bthe regional\b(?=\s+and\b)|(?<![-\w])region\b(?!\s+of\b|-)",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:statistical neighbours?|neighbours|(?:other|similar|comparable|"
    r"neighbouring)\s+(?:local\s+)?(?:authorities|areas|"
    r"boroughs|towns|partnerships|councils))\b",
    re.I,
)
ENGLAND, REGIONS = "E92000001", "E12"  # the ONS code of the country, and how those of regions begin


@dataclass(frozen=True)
class Mention:
    """A place that a sentence names: the area's code, OWN, or UNKNOWN where nothing is known of it."""

    start: int
    end: int
    code: str


def mentions(text: str, places: Mapping[str, str], own: Collection[str]) -> list[Mention]:
    """The places that a sentence names, in their order. `places` are area codes by name; `own` the codes whose figures
    the text is about anyway."""
    found: list[Mention] = []

    def add(match: re.Match[str], code: str) -> None:
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Mention(*match.span(), code))

    places = dict(places) | _by_initials(places)
    region = next((code for code in places.values() if code.startswith(REGIONS)), UNKNOWN)
    for name in sorted((one for one in places if one in text), key=len, reverse=True):
        mine = places[name] in own
        before = "" if mine else _NO_NAME
        after = "" if mine else _NO_PLACE
        pattern = re.compile(
            rf"{before}\b{re.escape(name)}\b(?!\s+(?:Police|Council|LSCP|LSCB|MASH|SCB)){after}"
        )
        for match in pattern.finditer(text):
            add(match, OWN if mine else places[name])
    for pattern, code in (
        (_SOME_PLACE, UNKNOWN),
        (_ALL_PLACES, UNKNOWN),
        (_NATION, ENGLAND),
        (_WHOLE_PLACE, UNKNOWN),
        (_REGION, region),
        (_OTHERS, UNKNOWN),
        (_OURS, OWN),
    ):
        for match in pattern.finditer(text):
            add(match, code)
    return sorted(found, key=lambda one: one.start)


def _by_initials(places: Mapping[str, str]) -> dict[str, str]:
    """Area codes by what analysts write for a name of several words: 'EoE', 'CBC' for the council of Central
    Bedfordshire."""
    found = {}
    for name, code in places.items():
        initials = "".join(word[0] for word in name.split())
        if len(initials) > 1:
            found[initials if code.startswith(REGIONS) else f"{initials}C"] = code
    return found


# What makes a place's name that of something else: 'Bedford Hospital', 'the University of Bedford'.
_NO_NAME = r"(?<!University of )(?<!Diocese of )(?<!North )(?<!South )(?<!Mid )"
_NO_PLACE = r"(?!\s+(?!Borough\b|Central\b|Luton\b|England\b)[A-Z][a-z])"
# One of many: 'in one school, referrals doubled'.
_SOME_PLACE = re.compile(
    r"\b(?:in|at|from|of|for|across)\s+(?:only\s+|just\s+)?(?:one|an?|another|each|two|three|four|several|some|certain|"
    r"many|(?:a\s+)?few|most)\s+(?:of\s+(?:the|our)\s+)?(?:[a-z-]+\s+)?(?:schools?|wards?|localit(?:y|ies)|teams?|areas?|"
    r"boroughs?|towns?|famil(?:y|ies)|homes?|agenc(?:y|ies)|districts?|neighbourhoods?|clusters?|authorit(?:y|ies)|"
    r"colleges?|nurser(?:y|ies)|hospitals?|practices?|surger(?:y|ies)|units?|hubs?)\b",
    re.I,
)
# Several at once: 'the three councils accepted 7,603', but not 'the highest of the three councils'.
_ALL_PLACES = re.compile(
    r"(?<!of )(?<!among )(?<!in )\b(?:[Tt]he|[Aa]ll)\s+(?:two|three|four|\d+)\s+(?:[A-Z][a-z]+\s+)?"
    r"(?:councils|authorities|boroughs|local authorities)\b"
)
# A wider one: 'in Bedfordshire as a whole'.
_WHOLE_PLACE = re.compile(r"\b[A-Z][a-z]+(?=\s+as a whole\b)")
_STRANGE = re.compile(
    r"\b(?:[Ii]n|[Aa]cross|[Ff]rom|[Bb]y|[Aa]t|[Ww]ithin|[Ff]or)\s+(?P<name>[A-Z][a-z]{3,})"
)
# 'Milton Keynes reported 2,900 referrals'
_STRANGE_DOER = re.compile(
    r"(?:^\W*|[.;,:]\s+|\b(?:while|whereas|but|and|though)\s+)(?P<name>[A-Z][a-z]{2,}(?:\s+(?:[A-Z][a-z]{2,}|upon|on|and))*\s+[A-Z][a-z]{2,})"
    r"(?:\s+(?:Council|Borough))?\s+(?:reported|recorded|had|has|saw|sees|received|took|stood|stands|published|managed)\b"
)


def strange_places(text: str, known: Sequence[tuple[int, int]]) -> list[Mention]:
    """Names after 'in' or 'from', or of two words before what they did, that are neither the area's nor anything else
    that is known."""
    return [
        Mention(one.start("name"), one.end("name"), UNKNOWN)
        for pattern in (_STRANGE, _STRANGE_DOER)
        for one in pattern.finditer(text)
        if not set(one["name"].lower().split()) & WHOLE
        and not any(start < one.end() and one.start("name") < end for start, end in known)
    ]


def place_of(listed: Sequence[Mention], start: int, end: int, text: str) -> str:
    """The place that a claim at this place is said of: what follows it at once, else the last named before it."""
    for one in listed:
        between = text[end : one.start]
        if one.start >= end and not re.search(
            r"[,;:()\d]|\b(?:and|but|while|compared|than|against|versus|vs?|with|to|above|below)\b",
            between,
        ):
            return one.code
    before = [one for one in listed if one.end <= start]
    if before and _COMPARED.search(text[: before[-1].start]):
        if _TURNED_BACK.search(text[before[-1].end : start]):
            before = before[:-1]  # 'is better than England's, and has come down'
    return before[-1].code if before else OWN


_COMPARED = re.compile(
    r"\b(?:than|below|above|under|over|behind|beat|unlike|compared (?:with|to))\s+(?:(?:the|that|those)\s+)?"
    r"(?:(?:of|for|in)\s+)?$",
    re.I,
)
_TURNED_BACK = re.compile(
    r"(?:,\s*(?:and|but)|;|\b(?:and|but))\s+(?:it\s+|we\s+)?(?:has|have|is|was|remains?|continues?|keeps?|also|now)\b",
    re.I,
)


# 'contrary to what was said of a spike, ...': silent of what others said, not of what follows
_CONTRARY = re.compile(r"^\W*contrary to\b[^,;.]*,", re.I)
_CONTRARY_TO = re.compile(r"\bcontrary to\b", re.I)


def silent(text: str) -> list[tuple[int, int]]:
    """Where a sentence says what should be, might be or is not so, instead of what is."""
    whole = [(0, len(text))]
    if text.rstrip().endswith("?") or _DENIED.search(text):
        return whole
    fronted = _CONTRARY.match(text)
    if _CONTRARY_TO.search(text) and not fronted:
        return whole
    found = _IF.search(text)
    if found:
        return whole
    zones = [
        (one.start(), len(text) if "between" in one[0] else clause(text, one.start())[1])
        for one in _WHETHER.finditer(text)
    ]
    zones += [fronted.span()] if fronted else []
    for ahead in _AHEAD.finditer(text):
        bounds = [one.end() for one in _BOUNDARY.finditer(text, 0, ahead.start())]
        reason = _REASON.search(text, ahead.end())
        start = bounds[-1] if bounds else 0
        if ahead[0].lower().startswith(("target", "goal", "ambition", "trajectory", "objective")):
            start = max(start, ahead.start() - 12)  # 'the 90% target'
        zones.append((start, reason.start() if reason else len(text)))
    return zones


def clause(text: str, place: int) -> tuple[int, int]:
    """Where the clause that holds a place begins and ends."""
    start = 0
    for first, last in _bounds(text):
        if first > place:
            return start, first
        if last <= place:
            start = last
    return start, len(text)


@lru_cache(maxsize=64)  # of a sentence many clauses are asked for
def _bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Where the borders between the clauses of a sentence begin and end, in their order."""
    return tuple(one.span() for one in _BOUNDARY.finditer(text))


def clauses(text: str, place: int) -> list[tuple[int, int]]:
    """The clauses of a sentence up to a place, the last of which ends there."""
    bounds = [one.span() for one in _BOUNDARY.finditer(text, 0, place)]
    return list(
        zip([0, *(end for _, end in bounds)], [*(start for start, _ in bounds), place], strict=True)
    )


_TURNS = re.compile(
    r";|,\s+(?:and|but|while|whereas|although|though)\b|\b(?:but|while|whereas|although)\b", re.I
)


def own_part(text: str, place: int) -> tuple[int, int]:
    """Where the part of a sentence that holds a place begins and ends, between turns to another thing."""
    turns = list(_TURNS.finditer(text))
    first = max((one.end() for one in turns if one.end() <= place), default=0)
    return first, min((one.start() for one in turns if one.start() >= place), default=len(text))


_MOVES = re.compile(
    r"\b(?:ris|rose|increas|gr[eo]w|up|higher|f[ae]ll|decreas|reduc|drop|declin|down|lower|stable|remain|"
    r"unchanged|improv|worsen|"
    r"fewer|more|less|doubl|halv|peak|spike|was|were|is|are|had|saw)",
    re.I,
)


def part(text: str, place: int) -> tuple[int, int]:
    """Where the part of a sentence that holds a place begins and ends: clauses, but 'and' divides only where something
    is said on both sides of it."""
    start = 0
    for one in _BOUNDARY.finditer(text):
        if one[0] == "(":
            continue
        if one[0].lower() == "and" and not (
            _MOVES.search(text, start, one.start()) and _MOVES.search(text, one.end())
        ):
            continue
        if one.end() > place:
            return start, one.start()
        start = one.end()
    return start, len(text)


def is_negated(text: str, start: int) -> bool:
    """Whether a 'not' or 'no' stands shortly before a place in the same clause."""
    bounds = [one.end() for one in _CLAUSE.finditer(text, 0, start)]
    return bool(_NEGATED.search(text[bounds[-1] if bounds else 0 : start]))


def is_sampled(text: str, named: Sequence[tuple[int, int]], own: Set[str] = frozenset()) -> bool:
    """Whether a sentence counts some cases that somebody looked at; `named` are the places of indicators' names, `own`
    the words of what the text is about."""
    return any(
        not any(start < one.end() and one.start() < end for start, end in named)
        and one[0].lower().removesuffix("s") not in own
        for one in _SAMPLED.finditer(text)
    )


# What may follow an indicator's name without making it a part of the whole.
_WHOLE_WORDS = (
    "luton bedfordshire children child childrens young people social care mash multi-agency hub front door place "
    "professionals "
    "partners agencies partner agency all total year years quarter quarters month months period periods end "
    "same previous "
    "last time number numbers rate rates proportion percentage share record sources families area areas town borough "
    "average date reporting summer autumn winter spring first second third fourth final half just only about "
    "around almost "
    "nearly over more less fewer under below above least most have has had be been being line comparison "
    "addition contrast "
    "general this that those these it them increase rise fall drop decrease reduce decline grow reach stand "
    "remain stay go "
    "climb follow england region each every any both our its their whom which one two three four five six seven "
    "eight nine "
    "learning event events training course courses session sessions paid graded gcp2 profile "
    "ten twelve a an the per working days concern level usual limits trend april may june july august september "
    "october "
    "november december january february march some up down there local authority authorities ages age aged recent past "
    "current year-end pre-covid covid lockdown non not"
)
WHOLE = frozenset(_WHOLE_WORDS.split())
