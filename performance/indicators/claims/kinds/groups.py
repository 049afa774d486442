"""Claims about categories: `the majority`, `the highest source`, `schools made more referrals than the police`."""

import re

from lscb.numbers import format_value
from lscb.periods import Period
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import KINDS, Line, words
from performance.indicators.claims.words.stems import words as stems
from performance.indicators.claims.words.subjects import Group, Subject, shares
from performance.indicators.claims.words.topic import own_words
from performance.indicators.claims.words.wording import OF_THE_CHANGE, TOGETHER
from performance.indicators.series import Value, write

MAJORITY = re.compile(
    r"\b(?:(?P<most>majority|mostly|predominantly|"
    r"(?<!the )(?<!The )most\s+(?:of\b(?!\s+(?:which|whom)|"
    r"\s+(?:those|these|them|it)\b(?!\s+(?:were|are|was|is|came|come|had|have|led|live)\b))|children\b|people\b|"
    r"(?!years?\b|months?\b|quarters?\b|common|frequent|recent|likely|often|signific|import|notabl|vulnerable|deprived|effective|"
    r"serious)(?:[\w-]+\s+){0,2}?"
    r"[\w-]+(?:s|ren)\b))|(?P<few>minority))",
    re.I,
)
# Words by which an indicator's name says what share it is ('plans reviewed on time'), not only of what ('vacancies').
SAYS_WHAT = re.compile(
    r"\b(?:in|on|with|within|leading|led|completed|made|reviewed|closed|found|lasting|by|not|became|become|filled|taken|lead|turn|result|progress|as|for|about)\b",
    re.I,
)
# What makes a rank one among categories and not among periods.
AMONG = re.compile(
    r"^\W*(?:[\w-]+\s+){0,2}?(?:sources?|reasons?|categor(?:y|ies)|groups?|agenc(?:y|ies)|ethnic|ag(?:e|ed|es)|bands?|"
    r"referrers?|factors?|single|share|proportion|contributors?|issues?|percentage)\b",
    re.I,
)
HAD_BEEN = re.compile(r"\bhad\s+been\s+(?:\w+\s+){0,3}$", re.I)  # of an earlier time
NO_LONGER = re.compile(r"\b(?:no|any)\s+longer\b[^.;,]*$", re.I)
OPEN_TO = re.compile(r"\b(?:closed|shut|open|opened|available)\s+to\s+$", re.I)
# 'the increase in plans was mostly neglect'
OF_A_CHANGE = re.compile(
    r"\W*(?:[a-z]+\s+){0,4}?(?:increase|rise|growth|fall|drop|decrease|reduction|change|difference)\b[^,;.]*$",
    re.I,
)
DID_NOT = re.compile(
    r"\s+(?:of\s+(?:them|these|those)\s+)?(?:(?:did|do|was|were|had|have|are)\s+not\b|\w+n['’]t\b)",
    re.I,
)
# 'the majority, 104 out of 205'
COUNTS = re.compile(
    r"[^.;\d]{0,70}[,(–-]\s*(?P<some>\d[\d,]*)\s+(?:out\s+)?of\s+(?:the\s+)?(?P<all>\d[\d,]*\d)",
    re.I,
)
MOST_NOUN = re.compile(r"most\s+(?:[\w-]+\s+){0,2}?([\w-]+)", re.I)
ANY_OF_THEM = {
    "of",
    "children",
    "people",
    "cases",
    "referrals",
    "contacts",
    "plans",
    "these",
    "those",
}
SINCE = re.compile(r"\bsince(?:\s+at\s+least)?\s+(?:the\s+)?$", re.I)
ORDINALS = {"second": 2, "next": 2, "third": 3, "fourth": 4, "fifth": 5}


def check_majority(context: Context) -> None:
    """`the majority of`, `most referrals`, `a minority`."""
    found = MAJORITY.search(context.sentence.text)
    if not found or context.is_negated(found.start()) or context.passes_over(found.start()):
        return
    if context.is_sampled or not context.is_bound(*found.span()):
        return
    if OF_THE_CHANGE.match(context.sentence.text, found.end()) or DID_NOT.match(
        context.sentence.text, found.end()
    ):
        return
    if _is_no_claim(context.sentence.text[: found.start()]) or _is_most_of_others(context, found):
        return
    told = COUNTS.match(context.sentence.masked, found.end()) if found["most"] else None
    if told:
        _check_told(context, found, told)
        return
    tried = []
    for lines in _of_what(context, found):
        value = _joint(lines, context)
        if value is None:
            continue
        tried.append((lines[0], value))
        if (value[1] > 50) == bool(found["most"]):
            context.accept(*found.span())
            return
    if tried:
        line, (shown, share) = tried[0]
        size = format_value(share, "percent")
        why = (
            f"{size} is not over half: it may be the largest group, but no majority."
            if found["most"]
            else f"{size} is over half."
        )
        context.add("majority", found[0], words(line, shown), why, line, at=found.span())


def _is_no_claim(before: str) -> bool:
    """Whether the words before a majority make it one of another time, one that is no more, or that of a change."""
    apart = (HAD_BEEN, NO_LONGER, OPEN_TO)
    return bool(OF_A_CHANGE.match(before)) or any(one.search(before) for one in apart)


def _is_most_of_others(context: Context, found: re.Match[str]) -> bool:
    """Whether most of something is meant that no indicator of the sentence counts: 'closed to most pupils'."""
    noun = MOST_NOUN.fullmatch(found[0])
    if not noun or noun[1].lower() in ANY_OF_THEM:
        return False
    own = own_words([context.about]) if context.is_implied and context.about else frozenset()
    for one in context.subjects:
        own |= {stem for _, _, stem in stems(context.sentence.text[one.start : one.end])}
    return not {stem for _, _, stem in stems(noun[1])} & own


def _check_told(context: Context, found: re.Match[str], told: re.Match[str]) -> None:
    """A majority whose counts stand right after it, which make one or none: 'the majority, 104 out of 205'."""
    some, whole = _whole(told["some"]), _whole(told["all"])
    if 2 * some > whole:
        context.accept(*found.span())
        return
    share = format_value(100 * some / whole, "percent")
    why = f"{share} is not over half: it may be the largest group, but no majority."
    context.add(
        "majority", found[0], f"{told['some']} of {told['all']} is {share}", why, at=found.span()
    )


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def _of_what(context: Context, found: re.Match[str]) -> list[list[Line]]:
    """The series whose share is meant; several together where categories are named together."""
    if context.groups:
        by_spec: dict[tuple[str, str], list[Line]] = {}
        for line in share_lines(context, context.groups):
            by_spec.setdefault((line.spec.id, line.breakdown), []).append(line)
        together = list(by_spec.values()) if TOGETHER.search(context.sentence.text) else []
        return together + [
            [one for one in lines if one.category in joint]
            for lines in by_spec.values()
            for joint in _joined(context, lines)
        ]
    listed = [
        [line]
        for subject in context.subjects
        for line in context.lines_of(subject.ids, found.start(), found.end())
        if line.spec.unit == "percent" and says_what(context, subject, found.end())
        if _is_share_of_noun(line, found)
    ]
    if listed or not context.about or context.is_implied:
        return listed
    ids = [one for subject in context.subjects for one in subject.ids]
    is_of_whole = own_words(ids) <= own_words([context.about])
    lines = context.lines_of([context.about], *found.span()) if is_of_whole else []
    return [[line] for line in lines if line.spec.unit == "percent"]


def _is_share_of_noun(line: Line, found: re.Match[str]) -> bool:
    """Whether a percentage is one of the things of which most are told: 'most sessions' is no share of places."""
    noun = MOST_NOUN.fullmatch(found[0])
    if not noun or noun[1].lower() in ANY_OF_THEM:
        return True
    told = f"{line.spec.title} {line.spec.denominator_words}"
    return bool({stem for _, _, stem in stems(noun[1])} & {stem for _, _, stem in stems(told)})


def _joined(context: Context, lines: list[Line]) -> list[set[str]]:
    """The categories of some series, those together that the sentence joins: 'the police and schools'."""
    found: list[set[str]] = []
    for line in lines:
        codes = {
            one.code
            for group in context.groups
            if (group.breakdown, group.code) == (line.breakdown, line.category)
            for one in context.joined(group)
        }
        if codes not in found:
            found.append(codes)
    return found


def says_what(context: Context, subject: Subject, after: int) -> bool:
    """Whether an indicator's name says what share it is. `Most vacancies` and `48% of vacancies` are shares of it."""
    text = context.sentence.text
    between = text[after : subject.start] if subject.start >= after else "said before"
    next_to = not re.search(
        r"[a-z]", re.sub(r"\b(?:of|the|all|our)\b", "", between, flags=re.I), re.I
    )
    said = subject.is_share or SAYS_WHAT.search(text[subject.start : subject.end])
    return not next_to or bool(said)


def _joint(lines: list[Line], context: Context) -> tuple[Value, float] | None:
    """A value to show and the share in percent of the categories together; None where one of them has none."""
    shown, total = None, 0.0
    for line in lines:
        value = at(line, context)
        if value is None or (shown is not None and value.period != shown.period):
            return None
        shown = shown or value
        total += share_of(line, value, context)
    return None if shown is None else (shown, total)


def share_lines(context: Context, named: list[Group]) -> list[Line]:
    """The series of each category that is named: of the indicators that the sentence names, then shares."""
    ids = [one for subject in context.subjects for one in subject.ids]
    ids += context.carried_for(named, ids)
    found: list[Line] = []
    for group in named:
        of_referrals = (
            [spec.id for spec in shares(group.breakdown)] if context.about_referrals else []
        )
        for one in dict.fromkeys([*of_referrals, *ids]):
            line = context.facts.line(one, group.breakdown, group.code, group.label)
            if line is not None:
                found.append(line)
    return found


def at(line: Line, context: Context) -> Value | None:
    """The value at the period that is named; where none is, of the text's year or the latest before it, else "
    "the latest."""
    named = [one.period for one in context.sentence.whens if one.period and not one.is_before]
    if named:
        return next((one for one in (line.at(period) for period in named) if one), None)
    if context.is_unclear:
        return None
    if context.year is not None and context.year in line.values:
        return line.values[context.year]
    if context.year is not None:
        before = [one for one in line.of("year") if one.period <= context.year]
        return before[-1] if before else None
    return next((one for one in (line.latest(kind) for kind in KINDS) if one), None)


def share_of(line: Line, value: Value, context: Context) -> float:
    """The share of the whole in percent that a category has."""
    if line.spec.unit == "percent":
        return value.value or 0.0
    whole = context.facts.line(line.spec.id)
    total = whole.values.get(value.period) if whole else None
    return 100 * (value.value or 0) / total.value if total and total.value else 0.0


def check_rank(
    context: Context, near: list[Group], sign: int, span: tuple[int, int], place: int
) -> None:
    """Several categories that are named together are the highest when no other is above any of them. `place` is 2 for
    the second highest."""
    wrong = []
    for breakdown in dict.fromkeys(one.breakdown for one in near):
        codes = list(dict.fromkeys(one.code for one in near if one.breakdown == breakdown))
        for line in share_lines(context, near):
            if (line.breakdown, line.category) != (breakdown, codes[0]):
                continue
            ranked = [
                _ranked(context, line, codes, sign, value) for value in _at_each(line, context)
            ]
            ranked = [one for one in ranked if one[1]]
            if not ranked:
                continue
            off = [one for one in ranked if len(one[2]) != place - 1]
            if not off:
                context.accept(*span)
            if not off or _is_said_of_another(context, off[-1][2], near):
                return
            value, others, beyond = off[-1]
            wrong.append(
                (line, value, beyond, max(others, key=lambda one: (one[1].value or 0) * sign))
            )
    if wrong:
        line, value, beyond, (name, other) = wrong[0]
        side = "higher" if sign > 0 else "lower"
        why = f"{name} is {side}." if beyond and place == 1 else f"{len(beyond)} others are {side}."
        context.add(
            "rank",
            context.sentence.text[slice(*span)],
            f"{words(line, value)}; {name}: {write(line.spec, other)}",
            why,
            line,
            at=span,
        )


def _is_said_of_another(
    context: Context, beyond: list[tuple[str, Value]], near: list[Group]
) -> bool:
    """Whether the one category that lies beyond is named in the sentence before those that were read: 'absence is
    highest among children in need, with those on a plan next'."""
    text = context.sentence.text.lower()
    first = min(one.start for one in near)
    return len(beyond) == 1 and beyond[0][0].lower() in text[:first]


def _at_each(line: Line, context: Context) -> list[Value]:
    """The values at which a rank is claimed: of every year since one that is named, else of the one spoken of."""
    since = [
        one.period
        for one in context.sentence.whens
        if one.period and SINCE.search(context.sentence.text[: one.start])
    ]
    if since and line.at(since[0]):
        until = context.given.last if context.given else None
        listed = (one for one in line.of(since[0].kind) if one.period >= since[0])
        return [one for one in listed if until is None or one.period.last <= until]
    value = at(line, context)
    return [value] if value else []


Ranked = tuple[Value, list[tuple[str, Value]], list[tuple[str, Value]]]


def _ranked(context: Context, line: Line, codes: list[str], sign: int, value: Value) -> Ranked:
    """A value, the other categories at its period, and those of them that lie beyond it."""
    others = _others(context, line, codes, value.period)
    beyond = [one for one in others if ((one[1].value or 0) - (value.value or 0)) * sign > 0]
    return value, others, beyond


def _others(
    context: Context, line: Line, codes: list[str], period: Period
) -> list[tuple[str, Value]]:
    dimension = line.spec.dimension(line.breakdown)
    found = []
    for code in context.facts.categories(line.spec.id, line.breakdown):
        other = context.facts.line(line.spec.id, line.breakdown, code, place=line.area)
        if (
            code in codes
            or code in ("unknown", "other")
            or other is None
            or period not in other.values
        ):
            continue
        label = (
            dimension.code_list.label(code) if dimension else code.replace("-", " ").capitalize()
        )
        found.append((label, other.values[period]))
    return found
