"""Whether a claim is said of the indicator that its sentence leaves unnamed, or of something that no indicator counts:
'24.7% of working-age adults', 'the median house price', 'more than 1,000 reports from the public'."""

import re
from collections.abc import Iterable, Mapping, Sequence

from performance.definitions import kept
from performance.indicators.claims.words.names import COUNTED, vocabulary
from performance.indicators.claims.words.neutral import is_neutral, naming, neutral
from performance.indicators.claims.words.scope import clauses
from performance.indicators.claims.words.stems import words
from performance.indicators.spec import indicators

# Where the phrase after a claim ends: what comes then is no part of what is counted.
_STOP_WORDS = (
    "and but or if because although though while whereas so at by from into on onto out over since than through to "
    "until up upon with within without across after against among around before below between beyond despite down "
    "during due when where which that is are was were be been has have had do does did will would can could following "
    "according compared"
)
_STOPS = frozenset(_STOP_WORDS.split())
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_AGES = re.compile(r"^\s*(?:of|in|for|among)\s+·+\s*(?:year|yr)", re.I)  # ages that are no category
AHEAD = 60  # characters after a claim in which what it is of is told

Span = tuple[int, int]


def is_of_another(
    text: str, claim: Span, known: Sequence[Span], places: Sequence[Span], own: frozenset[str]
) -> bool:
    """Whether a claim is said of a thing that is neither `known` (where what is named stands) nor among the
    indicator's `own` words; `places` are where areas are named."""
    start, end = claim
    return counts_another(text, end, known, places, own) or _begins_with_another(
        text, start, known, places, own
    )


def counts_another(
    text: str, end: int, known: Sequence[Span], places: Sequence[Span], own: frozenset[str]
) -> bool:
    """Whether what follows a claim at once is another thing: 'an increase in complexity', 'the largest airport'."""
    if _AGES.match(text[end:]):
        return True
    stop = re.search(r"[.,;:()·–]|\d", text[end : end + AHEAD])
    last = end + (stop.start() if stop else AHEAD)
    is_relative = False  # 'young people who are pregnant'
    for one in _WORD.finditer(text, end, last):
        word = one[0].lower()
        if _is_inside(one, known):
            return False
        if _is_inside(one, places) or (word in ("in", "of", "for") and one.start() - end < 2):
            continue
        is_relative = is_relative or word in ("who", "whose")
        if not is_relative and (word in _STOPS or word in ("in", "for")):
            return False
        if not is_neutral(word, own):
            return True
        if is_relative and word not in neutral():
            return False
    return False


def _begins_with_another(
    text: str, start: int, known: Sequence[Span], places: Sequence[Span], own: frozenset[str]
) -> bool:
    """Whether the clause of a claim, or the last before it that says something, speaks of another thing."""
    for first, last in reversed(clauses(text, start)):
        is_naming = False
        for one in _WORD.finditer(text, first, last):
            word = one[0].lower()
            if _is_inside(one, places):
                continue
            if not _is_inside(one, known) and not is_neutral(word, own):
                return True
            is_naming = is_naming or word in naming() | own or _is_inside(one, known)
        if is_naming:
            return False
    return False


def _is_inside(word: re.Match[str], spans: Sequence[Span]) -> bool:
    return any(start < word.end() and word.start() < end for start, end in spans)


def holds_another(text: str, span: Span, known: Sequence[Span], own: frozenset[str]) -> bool:
    """Whether a stretch of a sentence holds a word that names a thing of its own: 'although referrals held level,
    complaints rose', 'siblings of children in care'."""
    return any(
        not _is_inside(one, known) and not is_neutral(one[0].lower(), own)
        for one in _WORD.finditer(text, *span)
    )


def own_words(ids: Iterable[str]) -> frozenset[str]:
    """The words by which some indicators are known: of their titles, of what they count, and of reports."""
    wanted = {one.removesuffix(COUNTED) for one in ids}
    return frozenset[str]().union(*(_words_of()[one] for one in wanted))


@kept
def _words_of() -> Mapping[str, frozenset[str]]:
    """The words of each indicator that name something."""
    found: dict[str, set[str]] = {}
    for one, spec in indicators().items():
        text = f"{spec.title} {spec.numerator_words or ''} {spec.denominator_words or ''}"
        found[one] = {word for _, _, word in words(text)}
    for one, some in vocabulary().items():
        found[one.removesuffix(COUNTED)] |= some
    return {one: frozenset(some - neutral()) for one, some in found.items()}
