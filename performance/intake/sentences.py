"""Looks for what identifies a person in text that people write: sentences, not columns. No message repeats a value."""

import re
from itertools import pairwise

from performance.intake.personal import LOOKED_AT, POSTCODE, value_kind

NUMBERS = re.compile(r"[+(]?[0-9][0-9 ()-]{7,16}[0-9]")
CODES = re.compile(r"\b[A-Za-z]{1,2}(?: ?[0-9]{2}){3,}[0-9]*[A-Za-z0-9]\b")
WORDS = re.compile(r"[^\s,;:.!?()\"“”‘]+")
PSEUDONYM = re.compile(r"\b(Child|Family) [A-Z][a-z]*\b(?! [A-Z])")  # as published reviews write
# Words that end an address, after words with which they end none: 'visits took place', 'on the way', 'family court'.
NO_STREET = re.compile(
    r"\b(took|takes?|taking|taken|found|in|into|to|from|by|of|at|the|an?|th[ei]s|that|their|its|every|any|same|one|another|"
    r"no|is|are|was|were|be|been|very|so|too|as|care|came|come|coming|stay|stayed|remain|remained) "
    r"(?:close|court|drive|lane|place|road|street|walk|way)\b|\b(family|high|crown|county|youth) court\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_NUMBERED = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}"
_DAY = rf"(?:{_NUMBERED}|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? [0-9]{{4}})"
_BIRTH = r"\b(?:d\.?o\.?b\.?|date of birth|birth date|birthday)(?!\w)"
_NEAR = r"[^.!?\n]{0,30}"
DAY_OF_BIRTH = re.compile(
    rf"\bborn(?: on)?:?\s*[0-9]|{_BIRTH}:?\s*[0-9]|{_BIRTH}{_NEAR}{_DAY}|{_DAY}{_NEAR}{_BIRTH}",
    re.IGNORECASE,
)


def kind_in_text(text: str) -> str | None:
    """What a text holds that identifies a person: 'a name', 'a postcode', 'an NHS number' ... or None.

    A full name is known by its given name; a given name alone is not, and neither is a pseudonym of a review. An
    address is known by a house number and a street, not by '12 visits took place'.
    """
    text = NO_STREET.sub("so", PSEUDONYM.sub("a pseudonym", text))
    if DAY_OF_BIRTH.search(text):
        return "a date of birth"
    pieces = [match[0] for pattern in (NUMBERS, CODES) for match in pattern.finditer(text)]
    if POSTCODE.search(text):
        return "a postcode"
    pieces += [
        text[start : start + LOOKED_AT] for start in range(0, len(text), LOOKED_AT // 2)
    ]  # addresses and e-mail addresses are found wherever they stand
    for sentence in re.split(r"[.!?;:\n]", text):
        words = WORDS.findall(sentence)
        pieces += [f"{first} {second}" for first, second in pairwise(words)]
    return next(filter(None, map(value_kind, pieces)), None)
