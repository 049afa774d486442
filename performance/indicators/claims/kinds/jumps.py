"""Words that claim more than a difference: a spike in October, a sharp fall, a significant increase, a "
"seasonal pattern."""

import re
from collections.abc import Sequence

from lscb.numbers import format_value
from lscb.periods import SPAN, Period, months_of
from performance.indicators import limits
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import KINDS, Line, relative
from performance.indicators.claims.kinds.ends import ends_after
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.scope import OWN, clause
from performance.indicators.series import Value
from performance.statistics.intervals import count_interval
from performance.statistics.spc import Chart

# Percent by which a year differs at least from the one before where it rose or fell sharply.
CLEARLY = 10

_STRONG = (
    r"(?:sharp|steep|sudden|dramatic|marked|huge|massive|significant|substantial|unprecedented|notable|"
    r"big|large)(?:ly)?"
)
_RISE = r"ris(?:e|es|ing|en)|rose|increas(?:e|es|ed|ing)|gr(?:ew|owth|own)|jump(?:s|ed)?|climb(?:ed|s)?|up"
_FALL = (
    r"f[ae]ll(?:en|s|ing)?|decreas(?:e|es|ed|ing)|reduc(?:ed|tion|tions|ing)|drop(?:s|ped|ping)?|"
    r"declin(?:e|es|ed|ing)|down|lower"
)
JUMP = re.compile(
    rf"\b(?:(?P<high>spik(?:e|es|ed|ing)|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|rocketed|skyrocketed|ballooned|"
    rf"mushroomed|shot up|upturn|jump(?:s|ed)?|"
    rf"{_STRONG}\s+(?:[a-z]+\s+)?(?:{_RISE})|(?:{_RISE})\s+{_STRONG}|(?:upward|rising|increasing)\s+trend)|"
    rf"(?P<low>dip(?:s|ped|ping)?|plung(?:e|es|ed|ing)|plummet(?:s|ed|ing)?|slump(?:s|ed)?|collaps(?:e|ed)|"
    rf"nosedived?|tumbled|crashed|downturn|"
    rf"{_STRONG}\s+(?:[a-z]+\s+)?(?:{_FALL})|(?:{_FALL})\s+{_STRONG}|(?:downward|falling|decreasing)\s+trend)|"
    r"(?P<weak>drops?|dropped|falls?|fell|rise|rose)|(?P<any>seasonal(?:ity)?|seasonal pattern))\b(?!-)",
    re.I,
)
# A writer who says what the chart says.
WITHIN = re.compile(
    r"\bwithin\s+(?:the\s+|its\s+|their\s+)?(?:usual|normal|expected|ordinary|natural|common[- ]cause|control)\s+"
    r"(?:variation|limits|range|bounds)\b"
    r"|\b(?:should|need|must)(?: not|n[’']t) be (?:read|taken|seen)\b|\bnormal (?:month[- ]to[- ]month )?variation\b"
    r"|\bjust noise\b",
    re.I,
)
THAN = re.compile(
    r"[^.;,\d]{0,30}\b(?:than|from|to|against|below|above|with)\s+(?:(?:in|for|that|of|the|all)\s+){0,3}",
    re.I,
)
HOW_FAR = re.compile(
    r"\s+(?:(?:slightly|a\s+little|marginally|a\s+bit)\b|(?:again|back|further)?,?\s*(?:by|to|from|below|under|above|over)\s)",
    re.I,
)
HAD = re.compile(
    r"\bin which\b[^.;,]{0,40}\bhad\s+(?:[a-z]+\s+)?$|\b(?:before|since)\s+(?:the|that|this)\s+$",
    re.I,
)
MOVES = ("jump", "jumps", "jumped", "dip", "dips", "dipped")
CHRISTMAS = re.compile(r"\b(?:christmas|festive|new year period)\b", re.I)
SEASONS = {"summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2), "spring": (3, 4, 5)}


def check(context: Context) -> None:
    """Whether the chart of an indicator supports a word such as 'spike': a point outside its limits or in a run. A mere
    'drop' is held against the chart where a month or season is named."""
    text = context.sentence.text
    if WITHIN.search(text):
        return
    for found in JUMP.finditer(context.sentence.masked):
        start = found.start()
        if context.passes_over(start) or context.is_negated(start):
            continue
        if any(one.is_unknown for one in context.sentence.whens):
            return
        if _is_beside_a_place(context, found) or HAD.search(text[:start]):
            continue  # 'significantly lower than England', 'after a year in which it had dipped'
        if found[0].lower() in MOVES and HOW_FAR.match(text[found.end() :]):
            continue  # 'jumped by 339' says how far
        periods = _periods(context, text)
        if found["weak"] and not _is_of_months(context, found, periods):
            continue
        for line in context.lines(found.start(), found.end()):
            if _check_line(context, line, found, periods):
                break


def _is_beside_a_place(context: Context, found: re.Match[str]) -> bool:
    """Whether a word compares with another place, which says nothing about time."""
    text = context.sentence.text
    return any(
        one.code != OWN and THAN.fullmatch(text[found.end() : one.start])
        for one in context.mentions
        if one.start >= found.end()
    )


def _told(when: When) -> list[Period]:
    """The months of a span, else the period that is named."""
    if when.period is None:
        return []
    return months_of(when.period) if when.period.kind == SPAN else [when.period]


def _periods(context: Context, text: str) -> list[Period]:
    """What is named: months (a season's too), quarters or years; empty where nothing is."""
    named = [one for when in context.sentence.whens if not when.is_before for one in _told(when)]
    for season, numbers in SEASONS.items():
        if re.search(rf"\b{season}\b", text, re.I) and context.year:
            named += [Period(context.year.year.first + (number - 4) % 12, 1) for number in numbers]
    if CHRISTMAS.search(text) and context.year and not named:
        named.append(Period(context.year.year.first + 8, 1))
    return named


def _is_of_months(context: Context, found: re.Match[str], periods: Sequence[Period]) -> bool:
    """Whether a plain word of direction is said of single months, and not by how much or from what to what."""
    season = any(re.search(rf"\b{one}\b", context.sentence.text, re.I) for one in SEASONS)
    if not periods or not (
        season or found[0].lower() in ("drop", "drops", "fall", "falls", "rise")
    ):
        return False
    first, last = clause(context.sentence.masked, found.start())
    if any(first <= one.start < last for one in context.used) or ends_after(context, found.end()):
        return False
    return all(one.kind == "month" for one in periods)


def _check_line(
    context: Context, line: Line, found: re.Match[str], periods: Sequence[Period]
) -> bool:
    """Whether the line settled the claim: a chart that supports it, or a finding."""
    wrong: list[tuple[Chart[Period], str, bool]] = []
    if not found["weak"] and _is_between_years(context, line, found):
        context.accept(*found.span())
        return True
    for kind in reversed(KINDS):
        chart = _chart(context, line, kind)
        if chart is None:
            continue
        inside = _inside(context, chart, periods)
        points = [one for one in chart.points if one.label in inside]
        if not points:
            continue
        side = "high" if found["high"] else "low" if found["low"] else ""
        if any(one.rule is not None and side in ("", str(one.direction)) for one in points):
            context.accept(*found.span())
            return True
        if found["weak"] and any(one.rule is not None for one in points):
            return True
        wrong.append((chart, kind, any(one.rule is not None for one in points)))
    if not wrong:
        return False
    chart, kind, is_other_way = wrong[0]
    last = chart.segments[-1]
    mean, lower, upper = (_line(line, one) for one in (last.mean, last.lower, last.upper))
    beyond = "lies outside them or in a run"
    told = (
        f"what is named here {beyond} on the other side"
        if is_other_way
        else f"nothing named here {beyond}"
    )
    why = (
        "The data went the other way."
        if is_other_way
        else f"The {kind}s differ by no more than usual variation: nothing needs an explanation."
    )
    actual = f"{line.name}: mean {mean}, limits {lower} to {upper} by {kind}; {told}"
    context.add("jump", found[0], actual, why, line, at=found.span())
    return True


def _is_between_years(context: Context, line: Line, found: re.Match[str]) -> bool:
    """Whether the year that is spoken of lies that way from the one before, by a tenth or more and with intervals that
    do not touch."""
    if any(one.is_part_of_year for one in context.sentence.whens):
        return False
    years = [one for one in context.sentence.periods if one.kind == "year"]
    year = years[-1] if years else context.year
    last, first = (line.at(year), line.at(year.year_before())) if year else (None, None)
    if first is None or last is None or last.period.kind != "year":
        return False
    share = relative(first, last)
    sign = 1 if found["high"] else -1 if found["low"] else 0
    low, high = _ends(line, first if sign > 0 else last), _ends(line, last if sign > 0 else first)
    return bool(share and share * sign >= CLEARLY and low and high and low[1] < high[0])


def _ends(line: Line, value: Value) -> tuple[float, float] | None:
    """The ends of a value's 95% interval; of a count Byar's."""
    if value.lower is not None and value.upper is not None:
        return value.lower, value.upper
    if line.spec.unit != "count" or value.value is None:
        return None
    interval = count_interval(value.value)
    return interval.lower, interval.upper


def _line(line: Line, number: float | None) -> str:
    return format_value(number, line.spec.unit, places=max(1, line.spec.decimals))


def _chart(context: Context, line: Line, kind: str) -> Chart[Period] | None:
    """The control chart of a kind of period, where it has limits."""
    values: list[Value] = [
        one for one in line.of(kind) if context.year is None or one.period.last <= context.year.last
    ]
    recent = limits.window(values)
    if not recent:
        return None
    chart = limits.chart(recent, line.spec, context.facts.rebases_of(line))
    return None if chart.refusal is not None else chart


def _inside(context: Context, chart: Chart[Period], periods: Sequence[Period]) -> set[Period]:
    """The points of a chart that a claim is about: those within what is named, else of the year, else the last year."""
    labels = [one.label for one in chart.points if one.value is not None]
    if not labels:
        return set()
    bare = {one.month for one in context.sentence.whens if one.month}
    if bare and not periods:
        return {
            max(
                (one for one in labels if one.length == 1 and one.first % 12 + 1 in bare),
                default=labels[-1],
            )
        }
    spans = list(periods) or ([context.year] if context.year else [])
    if spans:
        return {one for one in labels if any(span.contains(one) for span in spans)}
    return {one for one in labels if one.last > labels[-1].last - 12}
