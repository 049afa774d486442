"""What a sentence is about: the indicators and categories that its words name, and where they stand in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from performance.definitions import kept
from performance.indicators.claims.words.names import names
from performance.indicators.claims.words.numerals import spelt
from performance.indicators.claims.words.stems import words
from performance.indicators.spec import IndicatorSpec, indicators
from performance.intake.codes import CodeList, code_list

# Labels too general to name a category by themselves.
GENERAL = {
    "other",
    "unknown",
    "all",
    "none",
    "not known",
    "individual",
    "total",
    "health",
    "parent",
    "internal",
    "both",
    "relative",
    "self",
    "mixed",
    "expected",
    "information",
    "advice",
    "local authority",
    "no action",
    "not stated",
    "not recorded",
    "declined",
    "refused",
}
# Who is referred to, and does not count by itself: 'referrals to children's social care'.
_RECEIVER = re.compile(
    r"\b(?:to|(?:accepted|received|assessed|handled|screened|closed|dealt with)\s+by)\s+"
    r"(?:the\s+|our\s+)?(?:local\s+)?$",
    re.I,
)
RECEIVES = ("agency", "council")
# A category of plans: 'neglect plans'.
_PLANS = re.compile(r"\bplans?\b(?!\s+to\b)", re.I)
COHORTS = ("social_care_group",)  # groups of children whom some figures are told of
BANDS = ("age_band", "leaver_age")
STAGES = "review_stage"
# Where 'published' and 'complete' are stages.
_REVIEWS = re.compile(r"\b(?:practice|case)\s+reviews?\b|\bLCSPRs?\b", re.I)
FIGURES = ("abuse_category",)  # breakdowns of figures whose categories people name
# A word too general by itself names a source where one of these follows.
_OF_A_SOURCE = re.compile(
    r"['\"‘“]?\b(other|internal|parent|individual|health|anonymous)\b['\"’”]?\s+(?:referrals?|source|contacts?)\b",
    re.I,
)
_FROM_A_SOURCE = re.compile(
    r"\b(?:from|by|than|as)\s+(?:the\s+)?(health|parents|individuals)\b"
    r"(?!\s+(?:and\s+(?:social|care|safety|well|education)|visit|serv|assess|need|care|well))",
    re.I,
)
_AND_HEALTH = re.compile(
    r"\band\s+(health)\b(?!\s+(?:and|visit|serv|assess|need|care|well|board|partner|profession))",
    re.I,
)
_HEALTH_NUMBER = re.compile(r"(?:,|\band)\s+(health)\s+(?=\d)", re.I)
# 'health colleagues', 'health's share'
_OF_HEALTH = re.compile(
    r"\b(health)(?:['’]s(?=\s+(?:share|referrals?|proportion|contribution))|"
    r"(?=\s+(?:colleagues|partners|professionals|staff|agencies)\b))",
    re.I,
)
_HEALTH_ACTS = re.compile(
    r"^\W*(health|individuals|parents)(?:,[^,]{1,20},)?\s+(?:made|makes?|sent|sends?|accounts?|accounted|contributed|contributes|referred|refers|provided|"
    r"provides|was the source|were the source)\b",
    re.I,
)
_AGE = "one|four|five|nine|ten|fifteen|sixteen|seventeen|eighteen|nineteen"
_GOES_ON = re.compile(r"(?<=\d)(?:[,.]?\d|\s*%)")
_SPELT_AGES = re.compile(
    rf"\b({_AGE})(?:s|-)?\s*(?:-|–|to|and|or)\s*({_AGE})s?(?:[- ]year[- ]olds?|\b)", re.I
)
_AGES = re.compile(
    r"\b(\d{1,2})s?-?\s?(?:[-–]|to|and|or)\s?(?:the\s+)?(\d{1,2})s?(?!\d|\s*%|[.,]\d)|\b(16)\s?(?:\+|plus)|"
    r"\bunder (?:1|one)s?\b(?!\d|[,.]\d|\s*%)",
    re.I,
)


@dataclass(frozen=True)
class Subject:
    """Indicators that a phrase names, in the order in which they are tried; `length` is the phrase's words, `spans`
    where they stand when others stand between them, `is_share` whether they say what share is meant."""

    start: int
    end: int
    ids: tuple[str, ...]
    length: int
    spans: tuple[tuple[int, int], ...] = ()
    is_share: bool = False


@dataclass(frozen=True)
class Group:
    """A category that a phrase names: the breakdown and the code."""

    start: int
    end: int
    breakdown: str
    code: str
    label: str


@kept
def categories() -> dict[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """The categories by the words that name them: (breakdown, code, label)."""
    found: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for breakdown, codes in _code_lists().items():
        for code in codes:
            for text in (code.label, *code.aliases):
                key = tuple(word for _, _, word in words(text))
                if key and " ".join(key) not in GENERAL and not key[0].isdigit():
                    found.setdefault(key, []).append((breakdown, code.code, code.label))
    return {key: tuple(dict.fromkeys(some)) for key, some in found.items()}


def _code_lists() -> Mapping[str, CodeList]:
    """The code list of each breakdown that some indicator has."""
    found: dict[str, CodeList] = {}
    for spec in indicators().values():
        for breakdown in spec.breakdowns:
            dimension = spec.dimension(breakdown)
            if dimension is not None:
                found.setdefault(breakdown, dimension.code_list)
            elif breakdown in (*FIGURES, *COHORTS, STAGES):
                found.setdefault(breakdown, code_list(breakdown))
    return found


def subjects(text: str) -> list[Subject]:
    """The indicators that a text names, in their order; of phrases that overlap the longest counts."""
    found = [
        Subject(one.spans[0][0], one.spans[-1][1], one.ids, one.length, one.spans, one.is_share)
        for one in names(text)
    ]
    plans = _plans(text)
    taken = [(one.start, one.end) for one in found]
    found += [one for one in plans if not any(a < one.end and one.start < b for a, b in taken)]
    return sorted(found, key=lambda one: one.start)


def _plans(text: str) -> list[Subject]:
    """The plans that a category is said of by its name alone: 'neglect plans', 'the largest category of plan'."""
    found = [Subject(*one.span(), _kept_by_figures(), 1) for one in _PLANS.finditer(text)]
    if not found:
        return []
    known = categories()
    is_of_figures = any(known[key][0][0] in FIGURES for _, _, key in _of_categories(text))
    return found if is_of_figures else []


@kept
def _kept_by_figures() -> tuple[str, ...]:
    """The counts that are kept by such a category."""
    listed = (one for one in indicators().values() if one.total and one.unit == "count")
    return tuple(one.id for one in listed if set(FIGURES) & set(one.breakdowns))


def groups(text: str) -> list[Group]:
    """The categories that a text names, in their order."""
    known = categories()
    found = [
        Group(start, end, *one)
        for start, end, key in _of_categories(text)
        for one in known[key]
        if one[:2] != RECEIVES or not _RECEIVER.search(text[:start])
        if not _GOES_ON.match(text, end)  # 'under 1,500'
        if one[0] != STAGES or _REVIEWS.search(text)
    ]
    for one in (
        *_OF_A_SOURCE.finditer(text),
        *_FROM_A_SOURCE.finditer(text),
        *_AND_HEALTH.finditer(text),
        *_HEALTH_ACTS.finditer(text),
        *_OF_HEALTH.finditer(text),
        *_HEALTH_NUMBER.finditer(text),
    ):
        entry = code_list("source").match(one[1].removesuffix("s"))
        if entry is not None:
            found.append(Group(one.start(1), one.end(1), "source", entry.code, entry.label))
    found += [*_spelt_ages(text), *_relative_ages(text)]
    for one in _AGES.finditer(text):
        code = (
            "under-1"
            if one[0].lower().startswith("under")
            else "16-17"
            if one[3]
            else f"{one[1]}-{one[2]}"
        )
        if any(group.start < one.end() and one.start() < group.end for group in found):
            continue
        for band, ages in ((one_band, code_list(one_band)) for one_band in BANDS):
            if code in ages:
                found.append(Group(*one.span(), band, code, ages.label(code)))
    return sorted((_with_noun(text, one) for one in found), key=lambda group: group.start)


# 'pre-schoolers aged one to four', 'infants under one': who is of an age, told beside the age
_OF_AN_AGE = re.compile(
    r"\b(?:pre-?schoolers?|infants?|bab(?:y|ies)|toddlers?|teenagers?|teens|adolescents?|youngsters?)\s*,?\s+(?:aged\s+)?$",
    re.I,
)


def _with_noun(text: str, group: Group) -> Group:
    """An age group with the word before it that says the same."""
    noun = _OF_AN_AGE.search(text[: group.start]) if group.breakdown in BANDS else None
    return replace(group, start=noun.start()) if noun else group


# 'the younger group', 'older care leavers': of the two that leavers' figures are kept by
_OLDER = re.compile(
    r"\b(?P<which>younger|older)(?=\s+(?:age\s+)?(?:groups?|cohorts?|ones|bands?|"
    r"(?:care\s+)?leavers|of the two)\b|\s*[,.;]|\s+on\s+\d)"
    r"(?:\s+(?:age\s+)?(?:groups?|cohorts?|ones|bands?|of the two))?",
    re.I,
)


def _relative_ages(text: str) -> Iterator[Group]:
    """The age group of care leavers that is told by the other."""
    ages = code_list("leaver_age")
    for one in _OLDER.finditer(text):
        code = "17-18" if one["which"].lower() == "younger" else "19-21"
        yield Group(*one.span(), "leaver_age", code, ages.label(code))


def _spelt_ages(text: str) -> Iterator[Group]:
    """Ages in words: 'five to nines', 'one- to four-year-olds'."""
    for one in _SPELT_AGES.finditer(text):
        low, high = (spelt(word) for word in (one[1], one[2]))
        for band in BANDS:
            ages, code = code_list(band), f"{low}-{high}"
            if code in ages:
                yield Group(*one.span(), band, code, ages.label(code))


Phrase = tuple[str, ...]


@kept
def _first_words() -> Mapping[str, int]:
    """The words that categories' phrases begin with, and the length of the longest of them."""
    found: dict[str, int] = {}
    for key in categories():
        found[key[0]] = max(found.get(key[0], 0), len(key))
    return found


def _of_categories(text: str) -> list[tuple[int, int, Phrase]]:
    """Where categories' phrases stand in a text, each word used once, the longest phrase first."""
    listed = words(text)
    starts, keys = _first_words(), categories()
    possible = []
    for place, (_, _, word) in enumerate(listed):
        for length in range(1, min(starts.get(word, 0), len(listed) - place) + 1):
            key = tuple(one for _, _, one in listed[place : place + length])
            if key in keys:
                possible.append((-length, place, key))
    found: list[tuple[int, int, Phrase]] = []
    used: set[int] = set()
    for _, place, key in sorted(possible):
        span = range(place, place + len(key))
        if used.isdisjoint(span):
            used.update(span)
            found.append((listed[place][0], listed[span[-1]][1], key))
    return sorted(found)


def shares(breakdown: str) -> list[IndicatorSpec]:
    """The indicators that say what share of referrals each category of a breakdown has."""
    return [
        spec
        for spec in indicators().values()
        if not spec.total and spec.unit == "percent" and breakdown in spec.breakdowns
    ]
