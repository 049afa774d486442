"""Looks for what identifies a person in free text, as intake does in files. No message repeats what was found."""

import re
from itertools import pairwise

from performance.intake import personal
from performance.intake.forenames import FORENAMES

_NHS = re.compile(r"(?<![0-9])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])")
_TELEPHONE = re.compile(r"(?<![0-9])(?:\+44|0044|0)[ (]*[1-37-9][0-9 ()-]{7,13}[0-9](?![0-9])")
_BIRTH = re.compile(
    r"\b(dob|d\.o\.b\.?|date of birth|born( on)?)\b[: ]*[0-9]{1,2}[ /.-]", re.IGNORECASE
)
_WORDS = re.compile(r"[A-Z][A-Za-z'’-]+")
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss)\.? [A-Z][a-z]+")


def personal_kind(text: str) -> str | None:
    """What in a text identifies a person: 'a name', 'an NHS number' ...; None where nothing does.

    A pseudonym ('Child J') is one word and a letter; a forename followed by another word in capitals is a name.
    """
    if any(personal.nhs_number(re.sub("[ -]", "", one)) for one in _NHS.findall(text)):
        return "an NHS number"
    if any(personal.UPN.fullmatch(word) for word in re.findall(r"\w+", text)):
        return "a pupil number"
    for pattern, what in (
        (personal.EMAIL, "an e-mail address"),
        (_TELEPHONE, "a telephone number"),
        (_BIRTH, "a date of birth"),
        (personal.POSTCODE, "a postcode"),
        (personal.ADDRESS, "an address"),
        (
            re.compile(rf"\b{personal.NATIONAL_INSURANCE.pattern}\b", re.IGNORECASE),
            "a personal number",
        ),
        (_TITLE, "a name"),
    ):
        if pattern.search(text):
            return what
    return "a name" if _names(text) else None


def _names(text: str) -> bool:
    """Whether a forename is followed, after one space, by another word that begins with a capital."""
    found = list(_WORDS.finditer(text))
    return any(
        one.group().lower() in FORENAMES
        and two.start() == one.end() + 1
        and text[one.end()] == " "
        and len(two.group()) > 1
        for one, two in pairwise(found)
    )
