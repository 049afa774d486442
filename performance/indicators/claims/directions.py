"""Claims about direction without a size: doubled, has increased, remained stable."""

import re

from lscb.numbers import format_number
from performance.indicators.claims.changes import compared
from performance.indicators.claims.context import ABOUT_REFERRALS, Context, has_place
from performance.indicators.claims.evidence import (
    change_words,
    difference,
    relative,
)
from performance.indicators.claims.scope import OWN, clause
from performance.indicators.claims.wording import WAY, count_of, sign_of

TIMES = re.compile(
    r"\b(?P<hedge>more than|over|nearly|almost|about|around|roughly|just over|just under|at least|less than)?\s*"
    r"(?P<times>doubl(?:e|ed|ing)|twice\s+(?=as\b|the\b|what\b|that\b)|halv(?:ed|ing)|half\s+(?=the number|"
    r"as many|as high|that of|what)|an?\s+(?:third|quarter|fifth|tenth)\s+(?=the number|as many|as high|that of)|"
    r"trebl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupl(?:e|ed|ing)|(?:two|three|four|five|ten)[- ]?fold|"
    r"(?:\d+(?:\.\d+)?|three|four|five|six|ten)\s+times\s+(?=the\b|as\b|more\b|higher\b|that\b|what\b|"
    r"greater\b))(?!-|\s+count)",
    re.I,
)
FACTORS = {
    "doub": 2.0,
    "twic": 2.0,
    "half": 0.5,
    "halv": 0.5,
    "treb": 3.0,
    "trip": 3.0,
    "quad": 4.0,
}
PARTS = {"third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
VERBS = re.compile(
    r"(?:^\W*|[;:]\s+)(?P<up0>up|higher)\b(?=\s+(?:on|from|again|slightly|since|year)\b)"
    r"|(?:^\W*|[;:]\s+)(?P<down0>down|lower)\b(?=\s+(?:on|from|again|slightly|since|year)\b)"
    r"|\b(?P<up>(?<!an )(?<!the )(?<!of )(?<!for )(?<!to )(?<!with )increased|(?:not|n[’']t) (?:increase|rise|"
    r"grow)|rose|risen|grew|grown|gone up|went up|climbed|(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:up|rising|"
    r"increasing|growing)|(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:higher|more numerous)|continu\w+\s+to\s+(?:rise|"
    r"increase|grow|climb)|"
    r"on the (?:rise|increase))\b"
    r"|\b(?P<down>(?<!a )(?<!the )(?<!of )(?<!for )decreased|(?:not|n[’']t) (?:decrease|fall|drop|reduce|"
    r"decline)|(?<!a )(?<!the )(?<!of )(?<!for )reduced|fell|fallen|dropped|declined|gone down|went down|shrank|shrunk|"
    r"(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:down|falling|decreasing|declining|reducing)|(?:is|are|was|"
    r"were)\s+(?:\w+ly\s+)?"
    r"(?:lower|fewer)|continu\w+\s+to\s+(?:fall|decrease|drop|decline|reduce|go down)|on the (?:decline|decrease))\b"
    r"|\b(?P<better>improved|got better|become better|(?:is|are|was|were|been)\s+(?:improving|better)|"
    r"continu\w+\s+to\s+improve)\b"
    r"|\b(?P<worse>worsened|deteriorated|got worse|(?:is|are|was|were|been)\s+(?:worsening|worse|deteriorating)|"
    r"continu\w+\s+to\s+(?:worsen|deteriorate))\b"
    r"|\b(?:an?|the|this|further)\s+(?:[a-z-]+\s+){0,2}(?:(?P<up2>increase|rise|growth)|(?P<down2>decrease|"
    r"reduction|drop|decline|"
    r"fall))\s+in\b"
    r"|\b(?:(?P<up3>more(?!\s+so\b))|(?P<down3>fewer|less))\s+(?=[·\w’'\s(),-]{3,80}?\bthan\b)",
    re.I,
)
STEADY = re.compile(
    r"\b(?P<exact>unchanged|no\s+change|not\s+chang(?:ed?|ing)|(?:stayed|remain(?:s|"
    r"ed)?)\s+(?:exactly\s+)?the same|identical)\b"
    r"|\b(?P<loose>(?:remain(?:s|ed)?|stay(?:s|ed)?|(?:is|are|was|were|been|held))\s+(?:(?:\w+ly|broadly|fairly|"
    r"quite|very)\s+)?(?:stable|"
    r"consistent|steady|constant|flat|level|static)|little\s+change|plateaued|levelled\s+off|(?:broadly|largely|"
    r"much|about)\s+the\s+same|"
    r"similar\s+to\s+(?:last|the\s+previous)|(?:hardly|barely|scarcely)\s+changed)\b",
    re.I,
)
SINCE_THEN = re.compile(r"\s+(?:ever\s+)?since(?:\s+then)?\W*$", re.I)
NEAR = 20  # characters in which the place stands that a multiple is of
LITTLE = 2  # a change under so many percent may be called none


def check(context: Context) -> None:
    """Every claim of this kind in a sentence."""
    _times(context)
    _direction(context)


def _times(context: Context) -> None:
    """`doubled`, `nearly doubled`, `halved`, `three times the number`."""
    for found in TIMES.finditer(context.sentence.masked):
        context.used |= {
            one for one in context.sentence.numbers if found.start() <= one.start < found.end()
        }
        start = found.start("times")
        if context.passes_over(start) or context.is_negated(start):
            continue
        if context.is_unclear or _is_of_a_place(context, found):
            return
        factor = _factor(found["times"].lower())
        hedge = (found["hedge"] or "").lower()
        tried = []
        for line in context.lines(found.start(), found.end()):
            for first, last in compared(context, line, found.start()):
                if not first.value or last.value is None:
                    continue
                tried.append((line, first, last))
                if _is_times(last.value / first.value, factor, hedge):
                    return
        if tried:
            line, first, last = tried[0]
            ratio = (last.value or 0) / (first.value or 1)
            context.add(
                "times", found[0], change_words(line, first, last),
                f"The later number is {format_number(ratio, 2)} times the earlier one.", line,
            )  # fmt: skip


def _is_of_a_place(context: Context, found: re.Match[str]) -> bool:
    """Whether something is a multiple of what it is elsewhere: `double the England rate`."""
    return any(
        found.end() <= one.start <= found.end() + NEAR and one.code != OWN
        for one in context.mentions
    )


def _factor(word: str) -> float:
    if word[:4] in FACTORS:
        return FACTORS[word[:4]]
    first, _, rest = re.sub(r"[- ]|fold", " ", word).partition(" ")
    if first in ("a", "an"):
        return PARTS[rest.strip()]
    return float(first) if re.fullmatch(r"[\d.]+", first) else float(count_of(first) or 2)


def _is_times(ratio: float, factor: float, hedge: str) -> bool:
    near = ratio / factor
    if hedge in ("more than", "over", "at least", "just over"):
        return near > 0.999 if factor > 1 else near < 1.001
    if hedge in ("nearly", "almost", "just under", "less than") and factor > 1:
        return 0.88 <= near <= 1.0
    if hedge:
        return 0.88 <= near <= 1.15
    return 0.95 <= near <= 1.05 or (factor > 1 and 1 <= near < 1.15)


def _direction(context: Context) -> None:
    """`has increased`, `a reduction in`, `remained stable`, where no number says by how much."""
    text = context.sentence.masked
    if not context.subjects and not ABOUT_REFERRALS.search(context.sentence.text):
        return
    ways = list(WAY.finditer(text))
    both = len({sign_of(one) for one in ways}) > 1
    if any(one.kind in ("jump", "trend") for one in context.found):
        return
    for found in VERBS.finditer(text):
        if context.passes_over(found.start()):
            continue
        if _is_accounted_for(context, found, both=both):
            continue
        names = found.groupdict()
        word = (
            "up"
            if names["up0"] or names["up3"]
            else "down"
            if names["down0"] or names["down3"]
            else ""
        )
        if any(a < found.end() and found.start() < b for a, b in context.compared):
            continue
        denied = context.is_negated(found.start()) or bool(re.match(r"n[o’']t\b", found[0], re.I))
        _check_direction(context, found, word, denied=denied)
    for found in STEADY.finditer(text):
        if not context.passes_over(found.start()) and not re.search(
            r"\bsignificant", text[max(0, found.start() - 30) : found.end() + 30], re.I
        ):
            if found["exact"] or not context.is_negated(found.start()):
                _check_steady(context, found)


def _is_accounted_for(context: Context, found: re.Match[str], *, both: bool) -> bool:
    """Whether a word's number was checked already, or which of two ways is said of what cannot be told."""
    first, last = clause(context.sentence.masked, found.start())
    inside = [one for one in context.used if first <= one.start < last]
    if found["up3"] or found["down3"]:  # 'more in 2023/24 (55) than in 2022/23 (67)'
        inside = [one for one in inside if one.end <= found.start()]
    return bool(inside) or (both and not _has_subject(context, first, last))


def _has_subject(context: Context, first: int, last: int) -> bool:
    return has_place([*context.subjects, *context.groups], first, last)


def _check_direction(context: Context, found: re.Match[str], word: str, *, denied: bool) -> None:
    if context.is_unclear:
        return
    tried = []
    for line in context.lines(found.start(), found.end()):
        sign = {"up": 1, "down": -1}.get(word) or sign_of(found, line)
        if not sign:
            return
        for first, last in compared(context, line, found.start()):
            tried.append((line, first, last))
            gap = difference(first, last) * sign
            if (gap <= 0) if denied else (gap > 0):
                return
            if denied and abs(relative(first, last) or 0) < LITTLE:
                return
    if tried:
        line, first, last = tried[0]
        claim = context.sentence.text[found.start() : found.end()]
        why = "The data do go that way." if denied else "The data do not go that way."
        context.add("direction", claim, change_words(line, first, last), why, line)


def _check_steady(context: Context, found: re.Match[str]) -> None:
    if context.is_unclear or SINCE_THEN.match(context.sentence.text[found.end() :]):
        return
    hedged = re.search(
        r"\b(?:broadly|largely|almost|relatively|virtually|little|nearly|fairly)\s+$",
        context.sentence.text[: found.start()],
        re.I,
    )
    exact = found["exact"] and not hedged
    tried = []
    for line in context.lines(found.start(), found.end()):
        for first, last in compared(context, line, found.start()):
            tried.append((line, first, last))
            share, gap = abs(relative(first, last) or 0), abs(difference(first, last))
            if share <= (2 if exact else 10):
                return
            if line.spec.unit == "percent" and gap < (0.5 if exact else 2):
                return
    if tried:
        line, first, last = tried[0]
        claim = context.sentence.text[found.start() : found.end()]
        context.add(
            "direction", claim, change_words(line, first, last), "The data show a change.", line
        )
