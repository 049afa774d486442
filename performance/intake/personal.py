"""Looks for what identifies a person: in headings, in values, in sheets that are not read.

Only texts that are nothing else (no code, period or number of the return) are looked at, so that code lists and
counts raise no alarm. No message repeats a value.
"""

import re
from collections.abc import Iterable
from datetime import date

from performance.intake.forenames import FORENAMES
from performance.intake.problems import problem
from performance.intake.spec import Problem
from performance.intake.tables import Grid, key
from performance.intake.values import read_day

_PERSON = (
    "(child|childs|children|childrens|pupil|pupils|student|client|patient|person|persons|yp|youngperson|subject|"
    "victim|parent|carer|mother|mothers|father|fathers|sibling|perpetrator|suspect|case|service ?user|family)"
)
# Headings as tables.key makes them: letters and digits only.
HEADINGS: tuple[tuple[str, str], ...] = (
    (
        r"names?|initials|fullname|(fore|sur|first|last|middle|given|family|preferred|known|other|maiden)names?",
        "a name",
    ),
    (
        rf"{_PERSON}(fore|sur|first|last|full)?names?|nameof.*(child|pupil|person|patient|client|parent).*",
        "a name",
    ),
    (
        r"(.*)?(dob|dateofbirth|birthdate|birthday|dateborn|birthdt|dtbirth)(child)?|born",
        "a date of birth",
    ),
    (r"(.*)?nhs(no|num|number|id)", "an NHS number"),
    (
        r"(child|pupil|former)?upn|uniquepupil(no|num|number)?|uln|uniquelearnernumber",
        "a pupil number",
    ),
    (r"(.*)?(postcode|postalcode|zipcode|zip)", "a postcode"),
    (
        r"(home|child|current|full|postal|street|house)*address(line)?[0-9]?|street(name)?|house(no|number)",
        "an address",
    ),
    (r"uprn", "an address"),
    (r"mail(address)?|.*email(address)?", "an e-mail address"),
    (r"(.*)?(tele?phone|phone|mobile)(no|num|number)?|tel(no)?", "a telephone number"),
    (
        r"nino?|nationalinsurance(no|num|number)?|passport(no|num|number)?|hospital(no|num|number)",
        "a personal number",
    ),
    (
        rf"(?!children|persons){_PERSON}(unique)?(id|ids|identifier|ref|reference|no|number|urn)",
        "a number of a person",
    ),
    (
        r"(mosaic|liquidlogic|lcs|eclipse|carefirst|systmone|emis|niche|pnc)(child|person)?(id|ref|no|number)",
        "a number of a person",
    ),
)
_HEADINGS = [(re.compile(pattern), what) for pattern, what in HEADINGS]

POSTCODE = re.compile(
    r"\b(GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKPSTUW]? ?[0-9][ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", re.IGNORECASE)
NATIONAL_INSURANCE = re.compile(r"[A-CEGHJ-PR-TW-Z]{2} ?(?:[0-9]{2} ?){3}[A-D]", re.IGNORECASE)
TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])")
BEFORE_OR_AFTER_A_NUMBER = re.compile(r"^nhs(?: *(?:no|num|number))?[ .:#]*|\.0+$", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
TELEPHONE = re.compile(r"(\+44|0044|0)[ (]*[1-37-9][0-9 ()-]{7,13}[0-9]")
ADDRESS = re.compile(
    r"\b[0-9]{1,4}[a-z]?,? ([a-z'’]+ ){1,4}"
    r"(street|st|road|rd|avenue|ave|close|lane|drive|way|court|crescent|gardens|grove|place|terrace|walk|mews)\b",
    re.IGNORECASE,
)
WORD = r"[A-Z][A-Za-z'’-]+"
FULL_NAME = re.compile(rf"({WORD}),? (?:[A-Z]\.? )?(?:{WORD} )?({WORD})")
SALUTATION = re.compile(rf"(Mr|Mrs|Ms|Miss|Dr|MR|MRS|MS|MISS|DR)\.? {WORD}.*")
ADDRESSED = frozenset(("mr", "mrs", "ms", "miss", "dr", "pc", "dc", "sgt"))
LOOKED_AT = 200  # characters of a value
NAMES_OF_A_LIST = 20  # distinct texts like 'Two Words' from which on a column looks like names
DAYS_AS_BIRTHS = 300  # days before the period from which on dates look like dates of birth ...
DAYS_APART = (
    1100  # ... when they lie as many days apart: events of one year sent for another do not
)
LONGEST_REPEATED = 60


def heading_kind(heading: str) -> str | None:
    """What a heading says its column holds, if that is personal: 'a name', 'a date of birth' ... else None."""
    plain = key(heading)
    return (
        next((what for pattern, what in _HEADINGS if pattern.fullmatch(plain)), None)
        if plain
        else None
    )


def value_kind(text: str) -> str | None:
    """What a value looks like, if that is personal, else None."""
    if len(text) < 5:
        return None
    text = text[:LOOKED_AT]
    digits = re.sub(r"[ .-]", "", BEFORE_OR_AFTER_A_NUMBER.sub("", text))
    if re.fullmatch(r"\d{10}", digits) and nhs_number(digits):
        return "an NHS number"
    if UPN.fullmatch(text):
        return "a pupil number"
    if NATIONAL_INSURANCE.fullmatch(text):
        return "a personal number"
    if "@" in text and EMAIL.search(text):
        return "an e-mail address"
    if TELEPHONE.fullmatch(text) and 10 <= len(re.sub("[^0-9]", "", text)) <= 14:
        return "a telephone number"
    if POSTCODE.search(text):
        return "a postcode"
    if ADDRESS.search(text):
        return "an address"
    return "a name" if _is_name(text) else None


def number_in(text: str) -> str | None:
    """What number of a person a line of text holds, if any. Names and addresses are not looked for: a note may well say
    who made the file and where."""
    if any(nhs_number(re.sub("[ -]", "", found)) for found in TEN_DIGITS.findall(text)):
        return "an NHS number"
    words = re.findall(r"[A-Z0-9]+", text)
    if any(map(UPN.fullmatch, words)):
        return "a pupil number"
    return "a personal number" if any(map(NATIONAL_INSURANCE.fullmatch, words)) else None


def personal_line(kind: str, where: str, row: int | None = None) -> Problem:
    """The problem that says that a line outside the table holds something personal."""
    return problem(
        "personal-data",
        f"A {where} holds {kind}. Nothing of this file is kept; its bytes are deleted.",
        "Take it out and send the file again.",
        row=row,
        found=kind,
    )


def repeatable(text: str, instead: str) -> str:
    """A heading or a sheet's name as a message may repeat it: `instead` when it is long or itself personal."""
    return instead if not text or len(text) > LONGEST_REPEATED or value_kind(text) else text


def names_nobody(text: str) -> bool:
    """Whether a text that stands where a code belongs may be repeated: it is nothing personal, and none of its words is
    a given name or a form of address."""
    words = set(re.findall("[a-z]+", text.lower()))
    return value_kind(text) in (None, "a name") and not words & (FORENAMES | ADDRESSED)


def _is_name(text: str) -> bool:
    match = FULL_NAME.fullmatch(text)
    if match and any(word.lower() in FORENAMES for word in match.groups()):
        return True
    return bool(SALUTATION.fullmatch(text)) and not re.search("[0-9]", text)


def nhs_number(digits: str) -> bool:
    """Whether ten digits are a valid NHS number: the last is the check digit, modulus 11."""
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return rest != 10 and int(digits[9]) == rest % 11 and len(set(digits)) > 1


def kind_of_texts(texts: Iterable[str], *, births_before: date | None = None) -> str | None:
    """What a column of texts looks like, if that is personal. `texts` are those that are nothing else.

    With `births_before`, dates well before it count as dates of birth when there are several.
    """
    distinct = list(dict.fromkeys(texts))
    kind = next(filter(None, map(value_kind, distinct)), None)
    if kind is None and births_before and looks_like_births(distinct, births_before):
        kind = "a date of birth"
    if kind is None and len(distinct) >= NAMES_OF_A_LIST:
        alike = sum(bool(FULL_NAME.fullmatch(text)) for text in distinct)
        kind = "a name" if alike > 0.8 * len(distinct) else None
    return kind


def looks_like_births(texts: Iterable[str], before: date) -> bool:
    """Whether texts are dates of birth: at least three different days, most of them long before `before`."""
    days = {day for day in map(read_day, texts) if isinstance(day, date)}
    old = [day for day in days if (before - day).days > DAYS_AS_BIRTHS]
    return len(old) >= 3 and len(old) * 2 > len(days) and (max(old) - min(old)).days > DAYS_APART


def personal(kind: str, column: str, row: int | None = None) -> Problem:
    """The problem that says a column holds something personal. `column` must be safe to repeat."""
    return problem(
        "personal-data",
        f"The column '{column}' looks like {kind}. Nothing of this file is kept; its bytes are deleted.",
        "Take the column out and send the file again. Only counts, or events without anything that identifies "
        "a person, may be sent.",
        row=row,
        column=column,
        found=kind,
    )


def personal_in_grid(grid: Grid, *, strict: bool = True) -> list[Problem]:
    """Personal data in a sheet that is not read. The file would be kept for a time with that sheet in it.

    A cover sheet may well name its author, so (when `strict`) a heading counts only with three values below it, and
    of single values only numbers of a person do.
    """
    found = []
    for texts in grid.columns:
        distinct = list(dict.fromkeys(filter(None, texts)))
        kind = next(
            (
                what
                for text in distinct
                if (what := value_kind(text)) in ("an NHS number", "a pupil number")
            ),
            None,
        )
        for index, text in enumerate(texts[:40]):
            below = sum(map(bool, texts[index + 1 :]))
            kind = kind or (heading_kind(text) if below >= (3 if strict else 1) else None)
        if kind:
            found.append(personal(kind, _where(grid, texts), None))
    return found


def _where(grid: Grid, texts: list[str]) -> str:
    index = next(i for i, column in enumerate(grid.columns) if column is texts)
    place = f"column {grid.first_column + index + 1}"
    return f"{repeatable(grid.name, 'another sheet')}: {place}" if grid.name else place
