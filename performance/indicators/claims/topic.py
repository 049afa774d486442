"""Whether a claim is said of the indicator that its sentence leaves unnamed, or of something that no indicator counts:
'24.7% of working-age adults', 'the median house price', 'more than 1,000 reports from the public'."""

import re
from collections.abc import Iterable, Sequence

from performance.indicators.claims.evidence import COUNTED
from performance.indicators.claims.scope import WHOLE, clauses
from performance.indicators.claims.subjects import phrases, words
from performance.indicators.spec import indicators

# Words that name no thing of their own: a claim with only these is about what the text is about.
_ADVERBS = (
    "again also already altogether even ever far further however instead meanwhile never now once overall over-all "
    "previously quite rather really so soon still then there thus together too twice very well yet not only almost "
    "back just about nearly roughly approximately bar except alone both either each clear clearly"
)
_NOUNS = (
    "figure figures number numbers total totals count counts rate rates percentage percentages proportion share level "
    "levels volume volumes demand activity performance position picture trend trends result results outcome data "
    "chart graph line indicator measure value point points rise increase fall drop decrease reduction decline growth "
    "change changes difference gap dip peak spike high low average mean median-of range quarter quarters quarterly "
    "month months monthly year years yearly annual annually period week weeks day days time movement start beginning "
    "end outturn baseline summary case cases child children young people person family families year-on-year record "
    "base half third majority minority reason source category group"
)
_VERBS = (
    "crept edged inched ran run runs explain explains is are was were be been being am has have had having do does "
    "did will would can could may might must shall should see sees saw seen show shows showed shown stand stands "
    "stood come comes came go goes went gone reach reaches get gets got hit hits hold holds held keep keeps kept "
    "remain remains stay stays sit sits sat make makes made take takes took bring brings brought mean means meant "
    "note tell tells told say says said know rise rises rose risen fall falls fell fallen grow grows grew grown "
    "shrink shrank shrunk climb drop slip slipped increase increasing decrease decreasing reducing rising falling "
    "growing declining improve improving worsen worsening double halve treble compare compares start starts begin "
    "began begun send sends sent refer refers account accounts represent represents average averages equal equals "
    "exceed exceeds give gives given receive"
)
_ADJECTIVES = (
    "highest lowest high higher low lower large larger largest small smaller smallest biggest bigger big great "
    "greater greatest busy busier busiest quiet quieter quietest best better worst worse sharp steep slight modest "
    "steady stable flat level similar same different significant substantial marked considerable good poor strong "
    "weak second third fourth fifth next last first final latest recent current previous prior new old full whole "
    "fewer fewest many much more most less least clear main top common frequent double twofold upward downward "
    "seasonal usual normal special statistical all-time record year-end"
)
_OTHERS = (
    "i we us our he she they them their it its this that these those who which what when where why how as at by for "
    "from in into of off on onto out over per since than through to towards under until up upon versus with within "
    "without across after against among around before behind below between beyond despite down during except like "
    "near and but or nor if because although though while whereas whether however due own no none nothing anything "
    "nationally locally regionally any every whose following according a an the some"
)
_NEUTRAL = frozenset(" ".join((_ADVERBS, _NOUNS, _VERBS, _ADJECTIVES, _OTHERS)).split()) | WHOLE
# Where the phrase after a claim ends: what comes then is no part of what is counted.
_STOP_WORDS = (
    "and but or if because although though while whereas so at by from into on onto out over since than through to "
    "until up upon with within without across after against among around before below between beyond despite down "
    "during due when where which that is are was were be been has have had do does did will would can could following "
    "according compared"
)
_STOPS = frozenset(_STOP_WORDS.split())
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
# A clause that holds none of these says nothing of what it is about: 'down to 5.4 million'.
_NAMING = frozenset(_NOUNS.split()) | {"it", "they", "this", "these", "that", "there", "we", "i"}
_AGES = re.compile(r"^\s*(?:of|in|for|among)\s+·+\s*(?:year|yr)", re.I)  # ages that are no category
STEM = 5  # letters that make two words one
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
        if is_relative and word not in _NEUTRAL:
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
            is_naming = is_naming or word in _NAMING | own or _is_inside(one, known)
        if is_naming:
            return False
    return False


def _is_inside(word: re.Match[str], spans: Sequence[Span]) -> bool:
    return any(start < word.end() and word.start() < end for start, end in spans)


def is_neutral(word: str, own: frozenset[str] = frozenset()) -> bool:
    """Whether a word names no thing of its own, or one of `own`."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _NEUTRAL or word.endswith(("ly", "ed")) or word.removesuffix("s") in own:
        return True
    return any(one.startswith(word) for one in own if len(word) >= STEM)  # 'register', 'registered'


def own_words(ids: Iterable[str]) -> frozenset[str]:
    """The words by which some indicators are known: of their titles, of what they count, and of reports."""
    wanted = {one.removesuffix(COUNTED) for one in ids}
    found = {
        word
        for key, named in phrases().items()
        if wanted & {one.removesuffix(COUNTED) for one in named}
        for word in key
    }
    for one in wanted:
        spec = indicators()[one]
        text = f"{spec.title} {spec.numerator_words or ''} {spec.denominator_words or ''}"
        found |= {word for _, _, word in words(text)}
    return frozenset(found - _NEUTRAL)
