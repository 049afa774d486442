"""Words of direction and of number that several kinds of claims share."""

import re
from typing import Protocol

from performance.indicators.claims.words.numerals import spelt
from performance.indicators.spec import IndicatorSpec

UP = (
    r"increas(?:e|ed|es|ing)|ris(?:e|es|ing|en)|rose|gr(?:ew|own|owth|ow|ows|owing)|"
    r"(?<!made )(?<!make )(?<!makes )(?<!making )(?<!set )(?<!follow )"
    r"up(?!\s+to\s+date\b)|higher|(?<!no )(?<!once )(?<!any )more|"
    r"climb(?:s|ed|ing)?|gains?|"
    r"gained|went up|gone up|goes up|mount(?:ed|s|ing)?(?:\s+up)?|greater|jump(?:s|ed)?|soared|surged|spiked|shot up"
)
# What makes 'declined' a refusal: 'most had declined one'.
REFUSED = r"(?!\s+(?:one|it|them|to|an?|the|their|our|any|all|consent|help|support)\b)"
DOWN = (
    r"decreas(?:e|ed|es|ing)|reduc(?:e|ed|es|ing|tion|tions)|f[ae]ll(?:en|s|ing)?|drop(?:s|ped|ping)?|went down|"
    r"gone down|"
    rf"declin(?:e|ed|es|ing){REFUSED}|"
    r"down|(?<!no )lower|(?<!no )fewer|(?<!no )less|lessened|"
    r"shr(?:ank|unk|inking)|cut|dipped|slipped|slid|eased|sank|slumped|plummeted|plunged"
)
BETTER = r"improv(?:e|ed|es|ing|ement|ements)|better"
WORSE = r"worsen(?:s|ed|ing)?|deteriorat(?:e|ed|es|ing|ion)|worse"
WAY = re.compile(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<better>{BETTER})|(?P<worse>{WORSE}))\b", re.I
)

EARLIER = re.compile(
    r"\s*(?:(?:in|at|for|during|the|a|an|same|it|they|we|there|was|were|had|did|[a-z]+ed)\s+){0,4}"
    r"(?:[\w-]+\s+(?:months?|years?|quarters?)\s+(?:earlier|before|ago)|ever|before|last|previous|prior|year|quarter|month|earlier|then|was|were|had)\b",
    re.I,
)
# Between two numbers that are held against one another: '359 v 375', whose periods may stand between and be blanked
AGAINST = re.compile(
    r"[\s(),]*(?:as\s+)?(?:v\.?|vs\.?|versus|against|compared\s+(?:with|to))\s+(?:the\s+)?", re.I
)
# Several things are told as one.
TOGETHER = re.compile(
    r"\b(?:together|between the two|(?:the two|both) of them|added up|combined|between them|jointly|in all)\b",
    re.I,
)
# The signs that a change is told with.
SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
# Of a time that is over: 'after three years in which it stayed between 274 and 285'.
AFTER_YEARS = re.compile(
    r"\bafter\s+(?:[a-z]+\s+)?(?:years|quarters|months)\s+(?:in which|when|during which)\b", re.I
)
# What a part is of that is none of the whole: 'two thirds of the increase'.
OF_THE_CHANGE = re.compile(
    r"\s+(?:of\s+)?(?:the|this|that)\s+(?:[a-z]+\s+)?(?:increase|rise|growth|extra|fall|drop|decrease|reduction|"
    r"difference|change)\b",
    re.I,
)
GOOD = {"high": 1, "low": -1, "none": 0}


class OfAnIndicator(Protocol):
    """What is of an indicator, as a series is."""

    @property
    def spec(self) -> IndicatorSpec:
        """The indicator's definition."""


def sign_of(found: re.Match[str], line: OfAnIndicator | None = None) -> int:
    """1 for up, -1 for down; what is better or worse goes by the line's polarity, 0 where it has none."""
    names = found.groupdict()
    if names.get("up") or names.get("up2"):
        return 1
    if names.get("down") or names.get("down2"):
        return -1
    good = GOOD[line.spec.polarity] if line is not None else 0
    return good if names.get("better") else -good


def count_of(word: str) -> int:
    """A small number in words or digits: `three`, `third`, `12`; 0 for another word."""
    small = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "couple": 2,
        "decade": 10,
    }
    if word.isdigit():
        return int(word)
    return small.get(word.lower()) or spelt(word)


def years_told(text: str) -> int:
    """Over how many years a change is told: `in the last four years`; 1 where it is not said."""
    found = re.search(
        r"\b(?:last|past|over|in|over a)\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+)?([a-z]+|"
        r"\d+)[ -]years?\b(?![- ]olds?)",
        text,
        re.I,
    )
    return (count_of(found[1]) or 1) if found else 1


def is_of_earlier(text: str, place: int) -> bool:
    """Whether what stands after 'than' or 'as' is an earlier time: 'than before', 'as in the previous year'."""
    return bool(EARLIER.match(text[place:]))
