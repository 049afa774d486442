"""Reads the numbers of a sentence however they are written: digits, words, per cent, points, rates, fractions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

PLAIN, PERCENT, POINTS, RATE, FRACTION = "number", "%", "percentage points", "rate", "fraction"

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join(sorted((*_UNITS, *_SCALES), key=len, reverse=True))
_UNIT_OF = (
    r"(\s*(?:%|per\s?cent\b)(?:\s*points?\b)?|\s*percentage[- ]points?\b|\s*pp\b|\s+points?\b(?:\s+per\s+\d[\d,]*\b)?"
    r"|\s*per\s+(?:10,000|1,000|100,000|10k|100k|ten thousand|thousand)\b)?"
)
_DIGITS = re.compile(
    r"(?<![\w.,])(?<!\bevery )(?<!\beach )([-−–+]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*(thousand|million|k)\b)?{_UNIT_OF}",
    re.I,
)
_SPELT = re.compile(
    rf"\b(?:a\s+(?=hundred|thousand))?(?:{_WORD})(?:(?:(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+|[\s-]+)(?:{_WORD}))*\b{_UNIT_OF}",
    re.I,
)
# 'ten and a half per cent', 'fifteen and a half thousand'
_AND_A_HALF = re.compile(
    rf"\b(?P<whole>{_WORD}|\d+)\s+and\s+a\s+half\b(?:\s+(?P<scale>thousand|million)\b)?{_UNIT_OF}",
    re.I,
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten"
# 'a third of', 'two-thirds', 'by half'; not 'the third quarter', 'a third time', 'half a day'.
_FRACTION = re.compile(
    rf"\b(?:(?P<times>a|an|{_SMALL})[-\s]+)?(?P<part>half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|"
    r"eighths?|ninths?|tenths?)\b"
    r"(?![-\s]+(?:year|term|time|hour|day|week|month|quarter|consecutive|successive|party|person|sector|meeting|ago|"
    r"earlier|later|highest|lowest|largest|running|in a row|priority|way|an?\b)|-)",
    re.I,
)
_OF_A_POINT = re.compile(r"\s+(?:of\s+)?an?\s+(?:percentage\s+|per\s?cent\s+)?point\b", re.I)
_OF_ONE = re.compile(
    r"\s+(?:of\s+)?(?:one|1|a)\s*(?:per\s?cent\b|%)", re.I
)  # 'half of one per cent'
_OF_MANY = re.compile(r"\s+of\s+(?!the\s+year|a\s+year|this\s+year|last\s+year)[a-z]", re.I)
_ONLY_ONE = re.compile(r"\b(?:only|just)\s+one$", re.I)  # else it is a pronoun: 'one of them'
# What one of is told: 'one child in four', 'seven care leavers in ten'.
_NO_THING = (
    "was|were|is|are|had|has|have|came|and|or|fell|rose|to|per|points?|cent|thousand|hundred|million|times?|years?|"
    "months?|quarters?"
)
_ONE_OF = rf"(?:(?!(?:{_NO_THING})\b)[a-z]+[-\s]+){{0,2}}(?!(?:{_NO_THING})\b)[a-z]+"
_ONE_IN = re.compile(
    rf"(?<![\w-])(?P<top>\d{{1,3}}|{_SMALL})(?:\s+{_ONE_OF})?\s+(?:in|out\s+of|for)\s+(?:every\s+)?(?P<bottom>\d{{1,3}}|{_SMALL}|twenty|(?:a\s+)?hundred)\b"
    r"(?!\s*%|[,./]\d)",
    re.I,
)
_ABOUT = re.compile(
    r"(about|around|approximately|approx\.?|roughly|some|almost|nearly|just over|just under|just below|just above|well "
    r"over|well under|over|no more than|not more than|no fewer than|no less than|more than|"
    r"above|under|below|passed|past|less "
    r"than|in excess of|exceed(?:ed|s|ing)?|surpass(?:ed|es)|topp(?:ed|ing)|fewer than|at least|at most|up to|"
    r"close to|nearer|~|c\.)\s*(?:an?\s+|the\s+)?$",
    re.I,
)


_MOVED_TO = re.compile(
    r"(?:[,;–-]|\b(?:is|are|was|were|went|gone|goes|moved|came|crept|edged|climbed|risen|rose|grew|and|back))"
    r"\s+(?:now\s+)?up to\s+$",
    re.I,
)
_BETTER_THAN = re.compile(r"\bbetter than\s+$", re.I)  # 'better than one in four'
_OR = re.compile(
    r"\s*(?:(?P<more>(?:or|and) (?:above|more|over|higher|better)|plus\b|\+)|(?:or|and) (?:below|less|under|"
    r"lower|fewer))(?!\s+than\b)",
    re.I,
)


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, the decimals it is written with (negative for '3 thousand'), what it is,
    and how sure it sounds. A fraction's value is in percent."""

    value: Decimal
    places: int
    kind: str
    text: str
    start: int
    end: int
    about: str = ""


def numbers(text: str) -> list[Number]:
    """The numbers of a text in which periods and what counts nothing were blanked, in no particular order."""
    halves = [_with_half(text, one) for one in _AND_A_HALF.finditer(text)]
    found = halves + [
        one
        for one in _fractions(text)
        if not any(half.start <= one.start < half.end for half in halves)
    ]
    taken = [(one.start, one.end) for one in found]

    def free(match: re.Match[str]) -> bool:
        return not any(start < match.end() and match.start() < end for start, end in taken)

    rates = [
        one.span() for one in _SPELT.finditer(text) if one[1]
    ]  # 'ten per 10,000' is one number
    found += [
        _from_digits(text, one)
        for one in _DIGITS.finditer(text)
        if free(one) and not any(start <= one.start() < end for start, end in rates)
    ]
    for one in _SPELT.finditer(text):
        words = re.sub(_UNIT_OF + "$", "", one[0].lower(), flags=re.I)
        bare = not one[1] and words.strip() in ("one", "hundred", "thousand", "million")
        if free(one) and (not bare or _ONLY_ONE.search(text[: one.end()])):
            last = re.findall(r"[a-z]+", words)[-1]
            places = 1 - len(str(_SCALES[last])) if last in _SCALES else 0  # 'five thousand'
            found.append(_number(text, one, Decimal(spelt(words)), places, one[1] or ""))
    return _with_shared_unit(text, found)


# Between two numbers of which only the second bears the unit: 'from 29 to about 28 per cent'.
_SHARED = re.compile(
    r"\s+(?:to|against|compared\s+with|versus|v\.?)\s+(?:(?:about|around|nearly|almost|just|over|under|some)\s+)*",
    re.I,
)


# 'between 43 and 45 per cent'
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:(?:about|around|some|just)\s+)*$", re.I)
_AND = re.compile(r"\s+(?:and|to)\s+(?:(?:about|around|nearly|just|over|under)\s+)*", re.I)


def _with_shared_unit(text: str, found: list[Number]) -> list[Number]:
    """The numbers, of which one without a unit takes that of the percentage it is told together with."""
    percents = [one for one in found if one.kind == PERCENT and one.value <= 100]
    return [
        replace(one, kind=PERCENT)
        if one.kind == PLAIN
        and one.value <= 100
        and any(
            one.end <= other.start
            and (
                _SHARED.fullmatch(text[one.end : other.start])
                or (
                    _AND.fullmatch(text[one.end : other.start])
                    and _BETWEEN.search(text[: one.start])
                )
            )
            for other in percents
        )
        else one
        for one in found
    ]


def _with_half(text: str, one: re.Match[str]) -> Number:
    whole = one["whole"]
    value = Decimal(whole if whole.isdigit() else spelt(whole)) + Decimal("0.5")
    scale = _SCALES[one["scale"].lower()] if one["scale"] else 1
    return _number(text, one, value * scale, 2 - len(str(scale)), one[3] or "")


# 'every second referral'
_EVERY = re.compile(
    r"\bevery\s+(?P<part>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
    r"(?!\s+(?:year|month|quarter|week|day|time|hour|term)\b)(?=\s+[a-z])",
    re.I,
)


def _fractions(text: str) -> Iterator[Number]:
    for one in _EVERY.finditer(text):
        yield _fraction(text, one, Decimal(100) / {"second": 2, **_PARTS}[one["part"].lower()])
    for one in _ONE_IN.finditer(text):
        top, bottom = _small(one["top"]), _small(one["bottom"])
        if 0 < top < bottom and not re.search(r"\bone of\s+$", text[: one.start()]):
            yield _fraction(text, one, Decimal(100 * top) / bottom)
    for one in _FRACTION.finditer(text):
        part = one["part"].lower()
        bottom = _PARTS[part if part in _PARTS else part.removesuffix("s")]
        times = (one["times"] or "").lower()
        before = text[: one.start()]
        if not times and (
            part != "half" or re.search(r"\b(?:the|first|second|last|this|other)\s+$", before, re.I)
        ):
            continue
        if part == "quarter" and re.search(r"\b(?:in|during|each|every|per|for)\s+$", before, re.I):
            if not _OF_MANY.match(text[one.end() :]):
                continue  # a quarter of a year
        top = _UNITS.get(times, 1)
        if _OF_A_POINT.match(text, one.end()):
            continue  # 'a third of a percentage point'
        of_one = _OF_ONE.match(text, one.end())
        if of_one or top < bottom:
            yield (
                _of_one(text, one, of_one, top / Decimal(bottom))
                if of_one
                else _fraction(text, one, Decimal(100 * top) / bottom)
            )


def _of_one(text: str, one: re.Match[str], unit: re.Match[str], part: Decimal) -> Number:
    """A part of one per cent, as that percentage."""
    return Number(part, 1, PERCENT, text[one.start() : unit.end()], one.start(), unit.end())


def _small(text: str) -> int:
    word = text.lower().removeprefix("a ").strip()
    return int(text) if text.isdigit() else _SCALES.get(word) or _UNITS[word]


def _fraction(text: str, one: re.Match[str], percent: Decimal) -> Number:
    return Number(percent, 0, FRACTION, one[0].strip(), *one.span(), _hedge(text, *one.span()))


def _from_digits(text: str, one: re.Match[str]) -> Number:
    digits = one[2].replace(",", "")
    places = len(digits.partition(".")[2])
    scale = {"": 1, "k": 1000, **_SCALES}[(one[3] or "").lower()]
    return _number(text, one, Decimal(digits) * scale, places - len(str(scale)) + 1, one[4] or "")


def _number(text: str, one: re.Match[str], value: Decimal, places: int, unit: str) -> Number:
    unit = unit.lower()
    kind = (
        POINTS
        if "point" in unit or "pp" in unit
        else PERCENT
        if "%" in unit or "cent" in unit
        else RATE
        if unit
        else PLAIN
    )
    return Number(value, places, kind, one[0].strip(), *one.span(), _hedge(text, *one.span()))


def _hedge(text: str, start: int, end: int) -> str:
    after = _OR.match(text[end:])
    if after:
        return "at least" if after["more"] else "at most"
    about = _ABOUT.search(text[:start])
    if _BETTER_THAN.search(text[:start]) and text[start:end].lower().startswith("one"):
        return "more than"
    if about and _MOVED_TO.search(text[:start]):
        return ""  # 'up to 89.9%' from less, and no bound
    if about and re.search(r"\b(?:above|below|under|over|than)\s+the\s+$", text[:start], re.I):
        return ""  # 'below the 3,130 of the year before' compares; it does not hedge
    return about[1].lower() if about else ""


def spelt(words: str) -> int:
    """The number that words say: `three thousand one hundred and thirty-seven` is 3137."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS:
            part += _UNITS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part = 0
    return total + part
