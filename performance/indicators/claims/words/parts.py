"""Whether an indicator's name counts only a part of it: 'referrals to early help', 'unaccompanied children in care'."""

import re
from collections.abc import Sequence

from performance.indicators.claims.words.neutral import is_neutral
from performance.indicators.claims.words.numerals import spelt
from performance.indicators.claims.words.scope import WHOLE
from performance.indicators.claims.words.stems import words

_PART_AFTER = re.compile(
    r"^\s+(?:from|to|about|for|of|with|involving|where|without|in|by|at|among|amongst)\s+(?:(?:the|our|all|its|"
    r"their|a|an|local|total)\s+)*"
    r"(?P<word>[A-Za-z][\w-]*)",
    re.I,
)
_PARTICIPLE = re.compile(
    r"^\s+(?:sampled|audited|reviewed|examined|lacked|lacking|involving|discussed|made by|placed|living|missing|"
    r"going|waiting|awaiting|seeking|staying|allocated|unallocated|supported|accommodated|adopted|visited|moved|rated|"
    r"marked|signed|flagged|linked|coded|transferred|returned|judged|deemed|triaged|re-?opened|outstanding|pending|"
    r"overdue|unresolved|outside|out of)\b",
    re.I,
)
_COMPOUND = re.compile(
    r"^\s+(?:forms?|pathways?|process(?:es)?|routes?|guidance|teams?|systems?|criteria|decisions?|meetings?|"
    r"templates?|portal|"
    r"procedures?|documents?|council|surveys?|staff|officers?|hub|workers?|carers|worker|practitioners?)\b|"
    r"^\s+per\s+(?!cent|month|quarter|year|week|day|thousand|ten\b)[a-z]",
    re.I,
)
# What is told of the things that are counted, and not how many they are: 'complaints about referrals'.
_ASPECT = re.compile(
    r"\b(?:costs?|spend(?:ing)?|budgets?|prices?|fees|complaints?|quality|length|duration|distances?|"
    r"profile|mix|composition|distribution|breakdown|make-?up|balance|"
    r"(?:average|mean|median|typical)\s+(?:time|age|length|wait|delay))\b[^,;.]{0,50}$",
    re.I,
)
_WITHOUT = re.compile(r"\bwithout\s+(?:an?\s+|any\s+)?$", re.I)  # 'incidents without a crime'
# Of which a share is told.
_FOR_EVERY = re.compile(r"\bfor\s+(?:every|each)\s+(?:(?:hundred|ten|[\d,]+)\s+)?$", re.I)
_PART_BEFORE = re.compile(r"(?P<word>[A-Za-z][\w’'-]*)\s+$")
_QUALIFYING = (
    "unaccompanied disabled excluded "
    "early help inappropriate urgent online private voluntary repeat out-of-hours emergency anti-social pilot "
    "adult adults "
    "non-domestic racist hate traffic knife drug alcohol sexual ward early-help safeguarding-adult other-area"
)
_QUALIFIERS = frozenset(_QUALIFYING.split())
_OPENERS = frozenset(
    {"the", "our", "total", "all", "new", "more", "fewer", "overall", "number", "of", "in", "and"}
)


_SAME = frozenset({"thousand", "million", "protection", "safeguarding"})


def _says_the_same(word: str, own: frozenset[str]) -> bool:
    """Whether a word before an indicator's name leaves it as it is: 'some', 'twelve', 'enquiries led to'."""
    stems = {stem for _, _, stem in words(word)}
    return is_neutral(word, own) or word in _SAME or bool(spelt(word) or stems & own)


def is_part(
    text: str, start: int, end: int, known: Sequence[tuple[int, int]], own: frozenset[str]
) -> bool:
    """Whether an indicator's name is followed or preceded by words that make it a part of the whole ('referrals to
    early help', 'MARAC referrals'). `known` are the places of categories, periods and other names, `own` the words by
    which the indicator is known."""

    def is_known(first: int, last: int) -> bool:
        return any(a < last and first < b for a, b in known)

    after = _PART_AFTER.match(text[end:])
    if _ASPECT.search(text[:start]) or re.search(r"\bper\s+$", text[:start], re.I):
        return True
    if (
        _WITHOUT.search(text[:start])
        or _FOR_EVERY.search(text[:start])
        or _PARTICIPLE.match(text[end:])
        or _COMPOUND.match(text[end:])
    ):
        return True
    if after and not is_known(end + after.start("word"), end + after.end()):
        if after["word"].lower() not in WHOLE:
            return True
    before = _PART_BEFORE.search(text[:start])
    if before and not is_known(start - len(before[0]), start):
        word = before["word"]
        first = not text[: start - len(before[0])].strip(" \"'‘“(-•")
        first = first and not (word.isupper() and len(word) > 2)  # 'MARAC referrals'
        if word.lower() in _QUALIFIERS:
            return True
        if word.islower() and len(word) > 3 and not word.endswith("ing"):
            return not _says_the_same(word, own)
        return word[0].isupper() and not first and word.lower() not in _OPENERS | WHOLE
    return False
