"""Claims that one thing is more than another: two categories, two indicators, or an area and England."""

import re
from collections.abc import Iterator, Sequence

from performance.indicators.claims.context import Context, rates_of
from performance.indicators.claims.figures.closeness import close
from performance.indicators.claims.figures.evidence import (
    Line,
    difference,
    points_apart,
    relative,
    words,
)
from performance.indicators.claims.kinds.changes import SIZE_BEFORE
from performance.indicators.claims.kinds.groups import share_lines
from performance.indicators.claims.kinds.no_comparisons import is_none
from performance.indicators.claims.kinds.sides import Side, sides
from performance.indicators.claims.words.nearness import Placed
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, POINTS, Number
from performance.indicators.claims.words.scope import OWN, UNKNOWN, Mention, place_of
from performance.indicators.claims.words.subjects import Group, Subject
from performance.indicators.series import write
from performance.statistics.comparison import Comparison, against
from performance.statistics.intervals import Interval

COMPARED = re.compile(
    r"\b(?:(?P<up>more|higher|greater|larger|likelier)|(?P<down>fewer|less|lower|smaller|below|under)|(?P<better>better)|"
    r"(?P<worse>worse))\b"
    r"(?P<of>(?:(?!\b(?:but|yet|while|whereas|although|though|higher|lower|above|below|more|fewer|less)\b)[^.;]){0,60}?)\bthan\b"
    r"|\b(?P<up2>outnumber(?:s|ed)?|exceed(?:s|ed)?|overt(?:ook|aken|akes)|"
    r"outstrip(?:s|ped)?|outpaced|ahead of|above|over(?!\s*[.:;,)]))\b|\b(?P<down2>below|"
    r"(?<!recorded )(?<!registered )(?<!listed )(?<!placed )"
    r"(?<!come )(?<!comes )(?<!came )(?<!fall )(?<!falls )(?<!fell )(?<!go )(?<!\d )"
    r"under|trails?|lags?|trailing|lagging|"
    r"(?:lagged|fell|was|were|is|are|came|finished|well|far|way|still)\s+behind|trailed)\b"
    r"|(?<=[,%)\d]\s)(?P<worse2>behind)\b|(?P<better2>in front of)\b",
    re.I,
)

TURNS = re.compile(
    r"[;:]|\b(?:but|yet|while|whilst|whereas|though|although|as|more|fewer|less|higher|lower|below|above|under)\b",
    re.I,
)
APART = re.compile(r"[;,]|\b(?:but|yet|while)\b", re.I)
# 'relative to its child population Luton gets more referrals than England'
PER_HEAD = re.compile(r"\b(?:population|per head|per child|per capita|relative to|size)\b", re.I)
BY = re.compile(
    r"[^.;,\d]{0,50}\sby\s+(?:(?:about|around|some|nearly|over|under|just|almost)\s+)*", re.I
)
ASIDE = re.compile(r"[^()]*\)")  # 'ours is second highest (Bedford 31.7), and ten below England'
FOR = re.compile(
    r"^[^.;:,]{0,50}\b(?:for|of|on|in)\s+(?:the\s+|all\s+|our\s+)?(?:(?:children|young people|cases)\s+)?$",
    re.I,
)
SIGNIFICANT = re.compile(r"\bsignificantly\s+(?:[a-z]+\s+)?$", re.I)
# 'in line with England'
ALIKE = re.compile(
    r"\b(?:in line with|similar to|comparable (?:to|with)|on a par with|level with|much the same as|the same as)\b",
    re.I,
)
# 'above the England figure of 84.5% and just ahead of the region': the area's own both times
CHAINED = re.compile(
    r"(?:[^.;:]|(?<=\d)\.(?=\d)){0,45}?\band\s+(?:(?:just|a|little|also|well|far|slightly|even|still|bit|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|about|some|nearly|\d[\d.]*%?|percentage|points?)\s+)*",
    re.I,
)
APART_BY = 10  # percent of the other's value from which two places are not alike, where the interval agrees
FAR_APART = 30  # the same where nothing has an interval
NEAR = 45  # characters after 'than' in which the other thing is named


def check(context: Context) -> None:
    """Every comparison between two things that the sentence names; its size is then accounted for."""
    _alike(context)
    text = context.sentence.masked
    for found in COMPARED.finditer(text):
        if is_none(context, found):
            continue
        before = len(context.charges)
        for mine, other in _sides(context, found):
            context.compared.append(found.span())
            size = _size(context, found)
            if size is not None:
                context.used.add(size)
            if context.passes_over(found.start()) or context.is_negated(found.start()):
                break
            if context.is_unclear or not context.is_bound(*found.span()):
                break
            is_of_areas = bool(mine and other and mine[0].area != other[0].area)
            if _compare(context, found, mine, other, size) and not is_of_areas:
                break
        if len(context.charges) > before:  # of several places one does not fit: 'below both'
            context.accepted = [one for one in context.accepted if one != found.span()]


def is_so_of(context: Context, found: re.Match[str], ids: Sequence[str], place: str) -> bool:
    """Whether a comparison holds of some indicators at a place, against each place that is named after it."""
    size = _size(context, found)
    others = [one.code for one in _named_after(context, found) if one.code != place]
    return bool(others) and all(
        any(
            not _why_not(context, found, both, _sign(found, line), size)
            for line, other in zip(*_in_both(context, ids, place, code), strict=True)
            for both in sides(context, line, other, found.start())
        )
        for code in others
    )


def _size(context: Context, found: re.Match[str]) -> Number | None:
    """By how much: `ten points below`, `outstripped incidents by 500`."""
    text = context.sentence.masked
    for one in context.sentence.numbers:
        if one.end <= found.start() and SIZE_BEFORE.match(text[one.end : found.start()]):
            return one
    for one in context.sentence.numbers:
        if one.start >= found.end() and BY.fullmatch(text[found.end() : one.start]):
            return one
    return None


def _sides(context: Context, found: re.Match[str]) -> Iterator[tuple[list[Line], list[Line]]]:
    """The two things as series that can be compared: categories, then indicators, then areas."""
    groups_before = [one for one in context.groups if one.end <= found.start()]
    groups_after = _following(context, context.groups, found)
    if any(found.end() <= one.start <= found.end() + 5 for one in context.sentence.numbers):
        return  # 'little more than 3%'
    if not groups_before:  # 'more plans for neglect than for emotional abuse'
        groups_before = [one for one in context.groups if found.start() <= one.start < found.end()]
    if groups_before and groups_after:
        yield (
            share_lines(context, readings(context, groups_before[-1])),
            share_lines(context, readings(context, groups_after[0])),
        )
        return
    before = [one for one in context.subjects if one.end <= found.start()]
    after = _following(context, context.subjects, found)
    if found["of"] is not None or found["up2"]:
        if before and after and set(before[-1].ids).isdisjoint(after[0].ids):
            yield (
                context.lines_of(before[-1].ids, before[-1].start, before[-1].end),
                context.lines_of(after[0].ids, after[0].start, after[0].end),
            )
            return
        inside = [one for one in context.subjects if found.start() <= one.start < found.end()]
        if inside and after and set(inside[-1].ids).isdisjoint(after[0].ids):
            yield (
                context.lines_of(inside[-1].ids, inside[-1].start, inside[-1].end),
                context.lines_of(after[0].ids, after[0].start, after[0].end),
            )
            return
    subjects = _compared_in(context, found, before)
    if subjects:
        yield from _areas(context, found, subjects[-1].ids)


def _compared_in(context: Context, found: re.Match[str], before: list[Subject]) -> list[Subject]:
    """What is compared between areas: what stands inside the comparison or before it, else after the area."""
    text = context.sentence.text
    inside = [one for one in context.subjects if found.start() <= one.start <= found.end()]
    subjects = inside if found["of"] and inside else before or inside
    if not subjects:  # 'below the England average for assessments in 45 days'
        subjects = [
            one
            for one in context.subjects
            if FOR.search(text[found.end() : one.start])
            and any(found.end() <= place.start < one.start for place in context.mentions)
        ][:1]
    if not subjects and any(one.end <= found.start() for one in context.mentions):
        subjects = context.subjects[-1:]  # 'Bedford overtook Luton to become ... the highest rate'
    return subjects


def _areas(
    context: Context, found: re.Match[str], ids: Sequence[str]
) -> Iterator[tuple[list[Line], list[Line]]]:
    """Some indicators in the area that is spoken of, and in each that is named after the comparison."""
    text = context.sentence.text
    near = _named_after(context, found)
    said = [
        one
        for one in context.mentions
        if one.end <= found.start() and not ASIDE.match(text[one.end : found.start()])
    ]
    mine = place_of(said, *found.span(), text)
    if PER_HEAD.search(context.sentence.text):
        ids = [*ids, *rates_of(ids)]
    chained = any(
        CHAINED.fullmatch(text[place.end : found.start()]) for place in said if place.code != OWN
    )
    for place in near:
        if chained and place.code != OWN:
            yield _in_both(context, ids, OWN, place.code)
        elif mine != place.code:
            yield _in_both(context, ids, mine, place.code)


def _named_after(context: Context, found: re.Match[str]) -> list[Mention]:
    """The places that are named after a comparison, as what it compares with."""
    text = context.sentence.text
    return [
        one
        for one in context.mentions
        if found.end() <= one.start <= found.end() + NEAR
        and not TURNS.search(text[found.end() : one.start])
    ]


def _following(context: Context, things: Sequence[Placed], found: re.Match[str]) -> list[Placed]:
    """What is named after a comparison, in its own clause."""
    text = context.sentence.text
    return [
        one
        for one in things
        if found.end() <= one.start <= found.end() + NEAR
        and not APART.search(text[found.end() : one.start])
    ]


def _in_both(
    context: Context, ids: Sequence[str], mine: str, other: str
) -> tuple[list[Line], list[Line]]:
    """The series of some indicators in two areas; none where nothing is known of one of them."""
    if UNKNOWN in (mine, other):
        return [], []
    both = [
        (first, second)
        for one in ids
        if (first := context.facts.line(one, place=mine))
        and (second := context.facts.line(one, place=other))
    ]
    return [first for first, _ in both], [second for _, second in both]


def readings(context: Context, group: Group) -> list[Group]:
    """Everything that a category's phrase may mean."""
    return [one for one in context.groups if (one.start, one.end) == (group.start, group.end)]


def _compare(
    context: Context,
    found: re.Match[str],
    mine: list[Line],
    others: list[Line],
    size: Number | None,
) -> bool:
    tried: list[tuple[Side, Side, str]] = []
    for line in mine:
        for other in others:
            sign = _sign(found, line)
            for first, second in sides(context, line, other, found.start()) if sign else ():
                why = _why_not(context, found, (first, second), sign, size)
                if not why:
                    context.accept(*found.span())
                    return True
                tried.append((first, second, why))
    if tried:
        _add(context, found, *tried[0])
    return bool(tried)


def _why_not(
    context: Context,
    found: re.Match[str],
    both: tuple[Side, Side],
    sign: int,
    size: Number | None,
) -> str:
    """Why the first is not more, or less, than the second as it is told; empty where it is."""
    first, second = both
    gap = difference(second.value, first.value)
    if gap * sign <= 0:
        return "The data show it the other way." if gap else "The two are equal."
    if size is not None and not (
        _is_size(size, second, first) or close(size, first.value.value or 0)
    ):
        return "The difference is another."
    if _is_similar(context, found, first, second):
        return "The 95% interval of the area’s own figure holds the other: the two are similar."
    return ""


def _add(context: Context, found: re.Match[str], first: Side, second: Side, why: str) -> None:
    """Note a comparison that does not hold."""
    name = (
        second.line.name
        if second.line.area == first.line.area
        else f"{second.line.name}, {_place(context, second.line.area)}"
    )
    context.add(
        "comparison", context.sentence.text[found.start() : found.end()],
        f"{words(first.line, first.value)}; {name}: {write(second.line.spec, second.value)}", why, first.line,
        at=found.span(),
    )  # fmt: skip


def _judged(first: Side, second: Side) -> Comparison | None:
    """How an area's value stands to that of another, as on the indicator's page: by its own 95% interval; None where
    it has none."""
    own, other = first.value, second.value.value
    if own.lower is None or own.upper is None or other is None:
        return None
    return against(Interval(own.lower, own.upper, ""), other)


def _is_similar(context: Context, found: re.Match[str], first: Side, second: Side) -> bool:
    """Whether a difference between two areas that is called significant is none."""
    if first.line.area == second.line.area:
        return False
    said = SIGNIFICANT.search(context.sentence.masked[: found.start()])
    return bool(said) and _judged(first, second) is Comparison.SIMILAR


def _alike(context: Context) -> None:
    """`in line with England`: flagged where the page says higher or lower, and the two differ plainly."""
    text = context.sentence.masked
    for found in ALIKE.finditer(text):
        if context.passes_over(found.start()) or context.is_negated(found.start()):
            continue
        if context.is_unclear or not context.is_bound(*found.span()):
            continue
        said = [one for one in context.subjects if one.end <= found.start()] or context.subjects
        ids = said[-1].ids if said else ()
        tried: list[tuple[Side, Side]] = []
        for mine, others in _areas(context, found, ids):
            for line, other in zip(mine, others, strict=True):
                both = sides(context, line, other, found.start())
                if not both or any(_are_near(*one) for one in both):
                    return
                tried += both
        if tried:
            first, second = tried[0]
            name = f"{second.line.name}, {_place(context, second.line.area)}"
            actual = (
                f"{words(first.line, first.value)}; {name}: {write(second.line.spec, second.value)}"
            )
            why = f"The area’s figure is {_judged(first, second)}."
            context.add(
                "comparison", context.sentence.text[slice(*found.span())], actual, why, first.line
            )


def _are_near(first: Side, second: Side) -> bool:
    """Whether two values may be called alike: as the page says, or where they differ by little."""
    apart = abs(relative(second.value, first.value) or 0)
    judged = _judged(first, second)
    return judged is Comparison.SIMILAR or apart < (FAR_APART if judged is None else APART_BY)


def _sign(found: re.Match[str], line: Line) -> int:
    if found["up"] or found["up2"]:
        return 1
    if found["down"] or found["down2"]:
        return -1
    good = {"high": 1, "low": -1, "none": 0}[line.spec.polarity]
    return good if found["better"] or found["better2"] else -good


def _is_size(size: Number, start: Side, end: Side) -> bool:
    gap = abs(difference(start.value, end.value))
    if size.kind == PERCENT:
        share = relative(start.value, end.value)
        return share is not None and close(size, abs(share))
    if size.kind == POINTS and end.line.spec.unit == "count":
        return False
    if size.kind not in (POINTS, PLAIN):
        return True
    return close(size, gap) or close(size, points_apart(end.line, start.value, end.value))


def _place(context: Context, code: str) -> str:
    return next((name for name, one in context.facts.places.items() if one == code), code)
