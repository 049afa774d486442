"""Claims about direction without a size: doubled, has increased, remained stable, fell year on year."""

import re

from lscb.numbers import format_number
from performance.indicators.claims.changes import compared
from performance.indicators.claims.context import ABOUT_REFERRALS, Context
from performance.indicators.claims.evidence import (
    Line,
    change_words,
    difference,
    relative,
)
from performance.indicators.claims.scope import clause
from performance.indicators.claims.wording import WAY, count_of, sign_of
from performance.indicators.series import Value

TIMES = re.compile(
    r"\b(?P<hedge>more than|over|nearly|almost|about|around|roughly|just over|just under|at least|less than)?\s*"
    r"(?P<times>doubl(?:e|ed|ing)|twice\s+(?=as\b|the\b|what\b|that\b)|halv(?:ed|ing)|half\s+(?=the number|as many|as high|that of|what)|"
    r"trebl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupl(?:e|ed|ing)|(?:two|three|four|five|ten)[- ]?fold|"
    r"(?:\d+(?:\.\d+)?|three|four|five|six|ten)\s+times\s+(?=the\b|as\b|more\b|higher\b|that\b|what\b|greater\b))(?!-|\s+count)",
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
VERBS = re.compile(
    r"\b(?P<up>(?<!an )(?<!the )(?<!of )(?<!for )(?<!to )(?<!with )increased|(?:not|n[’']t) (?:increase|rise|grow)|rose|risen|grew|grown|gone up|went up|climbed|(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:up|rising|"
    r"increasing|growing)|(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:higher|more numerous)|continu\w+\s+to\s+(?:rise|increase|grow|climb)|"
    r"on the (?:rise|increase))\b"
    r"|\b(?P<down>(?<!a )(?<!the )(?<!of )(?<!for )decreased|(?:not|n[’']t) (?:decrease|fall|drop|reduce|decline)|(?<!a )(?<!the )(?<!of )(?<!for )reduced|fell|fallen|dropped|declined|gone down|went down|shrank|shrunk|"
    r"(?:is|are|was|were|been|be)\s+(?:\w+ly\s+)?(?:down|falling|decreasing|declining|reducing)|(?:is|are|was|were)\s+(?:\w+ly\s+)?"
    r"(?:lower|fewer)|continu\w+\s+to\s+(?:fall|decrease|drop|decline|reduce|go down)|on the (?:decline|decrease))\b"
    r"|\b(?P<better>improved|got better|become better|(?:is|are|was|were|been)\s+(?:improving|better)|continu\w+\s+to\s+improve)\b"
    r"|\b(?P<worse>worsened|deteriorated|got worse|(?:is|are|was|were|been)\s+(?:worsening|worse|deteriorating)|"
    r"continu\w+\s+to\s+(?:worsen|deteriorate))\b"
    r"|\b(?:an?|the|this|further)\s+(?:[a-z-]+\s+){0,2}(?:(?P<up2>increase|rise|growth)|(?P<down2>decrease|reduction|drop|decline|"
    r"fall))\s+in\b"
    r"|\b(?:(?P<up3>more)|(?P<down3>fewer|less))\s+(?=[·a-z’'\s-]{3,80}?\bthan\b)",
    re.I,
)
STEADY = re.compile(
    r"\b(?P<exact>unchanged|no\s+change|not\s+chang(?:ed?|ing)|(?:stayed|remain(?:s|ed)?)\s+(?:exactly\s+)?the same|identical)\b"
    r"|\b(?P<loose>(?:remain(?:s|ed)?|stay(?:s|ed)?|(?:is|are|was|were|been|held))\s+(?:(?:\w+ly|broadly|fairly|quite|very)\s+)?(?:stable|"
    r"consistent|steady|constant|flat|level|static)|little\s+change|plateaued|levelled\s+off|(?:broadly|largely|much|about)\s+the\s+same|"
    r"similar\s+to\s+(?:last|the\s+previous)|(?:hardly|barely|scarcely)\s+changed)\b",
    re.I,
)
TREND = re.compile(
    r"\b(?:(?P<on>year|quarter|month)[- ](?:on|after|by)[- ](?:year|quarter|month)|(?:every|each)\s+(?P<each>year|quarter|month)|"
    r"(?P<steady>steady|steadily|consistently|continuous(?:ly)?|consistent)|"
    r"(?:the\s+)?(?P<n>[a-z]+|\d+)\s+(?P<kind>year|quarter|month)s?\s+(?:running|in a row|in succession)|"
    r"(?P<n2>[a-z]+|\d+)\s+(?:consecutive|successive|straight)\s+(?P<kind2>year|quarter|month)s?)\b",
    re.I,
)


def check(context: Context) -> None:
    """Every claim of this kind in a sentence."""
    _times(context)
    _trends(context)
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
        if context.is_unclear:
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


def _factor(word: str) -> float:
    if word[:4] in FACTORS:
        return FACTORS[word[:4]]
    first = re.split(r"[- ]|fold", word)[0]
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


def _trends(context: Context) -> None:
    """`fell year on year from 2017/18 to 2021/22`, `for the third quarter running`, `a steady rise`."""
    text = context.sentence.text
    for found in TREND.finditer(text):
        if context.passes_over(found.start()) or context.is_negated(found.start()):
            continue
        first, last = clause(text, found.start())
        ways = [
            one for one in WAY.finditer(text, first, last) if one[0].lower() not in ("more", "less")
        ]
        if not ways or len({bool(one["up"]) for one in ways}) > 1:
            continue
        start = min(ways[0].start(), found.start())
        wrong = []
        for line in context.lines(start, max(ways[0].end(), found.end())):
            steps = _steps(context, line, found)
            sign = sign_of(ways[0], line)
            if len(steps) < 2 or not sign:
                continue
            against = [
                (a, b)
                for a, b in zip(steps, steps[1:], strict=False)
                if difference(a, b) * sign <= 0
            ]
            if not against:
                return
            wrong.append((line, against[-1]))
        if wrong:
            line, (before, after) = wrong[0]
            context.add(
                "trend", context.sentence.text[start : max(ways[0].end(), found.end())],
                change_words(line, before, after), "The data do not go that way all the time.", line,
            )  # fmt: skip
            return


def _steps(context: Context, line: Line, found: re.Match[str]) -> list[Value]:
    """The values that are said to follow one another; empty where too little is said to know which."""
    periods = sorted(set(context.sentence.periods))
    before = [one.period for one in context.sentence.whens if one.is_before and one.period]
    word = found["n"] or found["n2"]
    kind = found["kind"] or found["kind2"] or found["each"] or found["on"]
    if word:
        return _running(context, line, count_of(word), str(kind).lower())
    if len(periods) >= 2 or before:
        first = periods[0]
        last = periods[-1] if len(periods) >= 2 else None
        kind = first.kind if last is None or first.kind == last.kind else None
        listed = line.of(kind) if kind else []
        return [
            one for one in listed if first <= one.period and (last is None or one.period <= last)
        ]
    if kind and periods and periods[0].kind != kind and periods[0].length > 1:
        return [one for one in line.of(str(kind).lower()) if periods[0].contains(one.period)]
    return []


def _running(context: Context, line: Line, count: int, kind: str) -> list[Value]:
    """The last `count` steps of a kind of period up to the one that is named, or the latest."""
    if not 1 < count < 20:
        return []
    ends = [one for one in context.sentence.periods if one.kind == kind]
    year = context.year
    until = max(ends) if ends else None
    listed = [
        one
        for one in line.of(kind)
        if (until is None or one.period <= until) and (year is None or one.period.last <= year.last)
    ]
    if not listed or (until is not None and listed[-1].period != until):
        return []
    first = listed[-1].period.shift(-count)
    steps = [one for one in listed if one.period >= first]
    return steps if len(steps) == count + 1 else []


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
        first, last = clause(text, found.start())
        inside = [one for one in context.used if first <= one.start < last]
        if inside or (both and not _has_subject(context, first, last)):
            continue  # its number was checked, or which way is said of what cannot be told
        names = found.groupdict()
        word = "up" if names["up3"] else "down" if names["down3"] else ""
        if word and any(a <= found.start() < b for a, b in context.compared):
            continue
        denied = context.is_negated(found.start()) or bool(re.match(r"n[o’']t\b", found[0], re.I))
        _check_direction(context, found, word, denied=denied)
    for found in STEADY.finditer(text):
        if not context.passes_over(found.start()) and not re.search(
            r"\bsignificant", text[max(0, found.start() - 30) : found.end() + 30], re.I
        ):
            if found["exact"] or not context.is_negated(found.start()):
                _check_steady(context, found)


def _has_subject(context: Context, first: int, last: int) -> bool:
    return any(first <= one.start < last for one in (*context.subjects, *context.groups))


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
    if tried:
        line, first, last = tried[0]
        claim = context.sentence.text[found.start() : found.end()]
        why = "The data do go that way." if denied else "The data do not go that way."
        context.add("direction", claim, change_words(line, first, last), why, line)


def _check_steady(context: Context, found: re.Match[str]) -> None:
    if context.is_unclear:
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
