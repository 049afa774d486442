"""Claims about rank: `October was the lowest month`, `the highest since 2019/20`, `the most common reason`."""

import re

from lscb.periods import SPAN, Period
from performance.indicators.claims import area_ranks, groups, ranked_groups
from performance.indicators.claims.context import Context
from performance.indicators.claims.evidence import KINDS, Line, counted, words
from performance.indicators.claims.scope import own_part
from performance.indicators.claims.wording import GOOD, count_of
from performance.indicators.series import Value, break_between, write

TOP = re.compile(
    r"\b(?:(?P<place>second|third|fourth|fifth|next)[- ])?(?:(?P<high>highest|largest|biggest|most common|"
    r"most frequent|"
    r"most often|commonest|without precedent|leading|main|the most(?=\s+(?:we|it|they|ever|since|on record|in any)\b)|"
    r"more(?:\s+[\w·]+){0,3}?\s+than\s+any\s+other|top|greatest|record high|record number|number one|"
    r"never\s+(?:since\s+)?been\s+(?:surpassed|beaten|exceeded|topped)|peak(?:ed|s|ing)?|topped out|"
    r"all-time high|busiest|(?<=reached their )maximum|(?<=reached its )maximum|(?<=reached a )maximum|"
    r"(?:higher|more|greater)(?:\s+(?!than\b)[\w’'·]+){0,5}?\s+than\s+(?:at\s+any|in\s+any|ever)|"
    r"(?:saw|had|recorded|received|with) the most|most likely(?=\s+to\b))|"
    r"(?P<low>least likely(?=\s+to\b)|lowest|smallest|least common|rarest|fewest|"
    r"(?:fewer|less)(?:\s+[\w·]+){0,3}?\s+than\s+any\s+other|record low|all-time low|"
    r"trough|bottomed out|quietest|calmest|slowest|"
    r"(?:lower|fewer|less)(?:\s+(?!than\b)[\w’'·]+){0,5}?\s+than\s+(?:at\s+any|in\s+any|ever))|"
    r"(?:(?P<best>best|strongest)|(?P<worst>worst|weakest|poorest))(?=\s+(?:·+|point|results?|figures?|rates?|performance|years?|quarters?|months?|"
    r"level|position|it['’]s|it has|we['’]ve|we have|"
    r"score|outturn|since|ever|on record|in\s+[a-z0-9]+\s+years|among(?:st)?|"
    r"of\s+(?:the|all)\s+(?:two|three|four|five)|in\s+[A-Z]\w+shire|across\s+the|in\s+the\s+county)))\b"
    r"(?!\s+(?:ten\b|10\b|\d|priorit|quality|standard|risk|performing|need|vulnerab|concern|importan))",
    re.I,
)
# 'court was the reason most often given': why somebody did not come is no reason of a referral
REASON_GIVEN = re.compile(
    r"\breasons?\s+(?:that were\s+)?(?:most often|most commonly|most frequently|commonest)?\s*"
    r"(?:given|offered|cited|quoted)\b",
    re.I,
)
# 'the lowest quarter in each of the three previous years', 'higher than in any year from 2014/15 to 2021/22'
OF_EACH_TIME = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?in\s+each\s+of\b|\s+of\s+the\s+[a-z]+\s+years\s+(?:up\s+)?to\b|"
    r"[^.;,\d]{0,20}\s(?:from|between)\s+\s{3,}(?:to|and)\b",
    re.I,
)
# 'the second quarter was the busiest and the last was the quietest': of which the word is not said again
OF_ITS_KIND = re.compile(
    r"\bthe\s+(?:first|second|third|fourth|last|final)\s+(?:was|is|were|being|saw)\s+(?:by far\s+)?the\s+$",
    re.I,
)
OF_A_TIME = re.compile(r"\s+(?:month|quarter|year)\b", re.I)  # 'the strongest quarter'
OF_SHARE = re.compile(r"\s+(?:proportion|share|percentage)\b", re.I)
# 'neglect was recorded as the main reason': what a reason is called, and no rank among them
AS_THE = re.compile(r"\bas\s+(?:the|an?|its|their|our|his|her)\s+$", re.I)
RANKED = re.compile(
    r"\b(?:remain|stay|rank|stand|stood|overt|replac|emerg|continu|confirm|return)\w*\b[^.;,]*$",
    re.I,
)
# What held until then: 'the best at 87.8%, with the previous best 87.5% in 2016/17'
THE_LAST_ONE = re.compile(
    r"\bprevious\s+(?:best|worst|high|low|highest|lowest|record|peak)\b", re.I
)
# A rank of a change, which is none of a level: 'the largest fall since 2018/19'
OF_A_CHANGE = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:of\s+)?(?:movements?|changes?|rises?|falls?|drops?|increases?|decreases?|reductions?|shifts?|swings?|"
    r"jumps?|gaps?|differences?|margins?|improvements?|growth|declines?)\b",
    re.I,
)
CHANGE_IS = re.compile(
    r"\b(?:fall|drop|rise|increase|decrease|reduction|jump|change|gap|difference|improvement)s?\b[^.;]{0,40}?"
    r"(?:\b(?:is|was|being)|,)\s+(?:by far\s+)?the\s+$",
    re.I,
)
# '105 fewer than at the peak of 294'
THAN_THE = re.compile(
    r"\b(?:than|at|from|since|below|off|under)\s+(?:the|its|our|their|a)\s+$", re.I
)
OF_NUMBER = re.compile(r"\s+of\s+(?:just\s+|about\s+|over\s+)?\d", re.I)
ONE_OF = re.compile(
    r"\b(?:(?:one of|among|second only to)\s+(?:the\s+|its\s+|their\s+)?|(?:two|three|four|five|ten)\s+)$",
    re.I,
)
OF_EACH = re.compile(
    r"\b(?:in which|(?<!was )(?<!is )where|whose)\b[^,;]{0,40}$", re.I
)  # 'in which neglect was the main reason'
OF_ANY = re.compile(r"[^.;,]{0,30}\bof\s+any\s+(year|quarter|month)\b", re.I)
EVER = re.compile(
    r"\b(?:record|ever|any (?:of the )?(?:year|quarter|month)s?|in the (?:whole )?(?:run|series)|"
    r"of the (?:run|series)|(?:we|the data) (?:hold|have)|all[- ]time|since records began|"
    r"of all(?!\s+(?:the\s+|our\s+)?[a-z]))\b",
    re.I,
)
LAST = re.compile(
    r"\b(?:in|for|over)\s+(?:the\s+)?(?:last\s+|past\s+)?(?P<count>[a-z]+|\d+)\s+(?P<kind>year|quarter|month)s\b",
    re.I,
)
BAR_ONE = re.compile(r"\b(?:bar|but|except|save)\s+(?:for\s+)?(?:one\b|(?=\s*(?:$|[,.;])))", re.I)
NEVER = re.compile(r"\bnever\s+(?:since\s+)?been\b", re.I)
IT_WAS = re.compile(r"\s*,?\s*(?:was|were|is|being|as)?\s*(?:also\s+)?the\s+", re.I)
IN_IT = re.compile(r"\s+(?:in|during)\s+", re.I)
OF_TIMES = re.compile(
    r"\s+(?:of|in)\s+the\s+(?:year\b|(?:four|twelve|last|past)\b(?:\s+(?:\w+\s+)?(?:quarters|months|years)\b|\s*[.,;]))",
    re.I,
)
IN_SOME = re.compile(r"\s+\w+\s+(?:in|of|for)\s+(?:(?:only|just|about|around|some)\s+)*\d", re.I)
THEN = re.compile(r"\bthen\b[^.;]*\d", re.I)
SINCE = re.compile(r"\bsince\b", re.I)


def check(context: Context) -> None:
    """Every rank in a sentence: among areas or categories where some are named, else among periods."""
    text = context.sentence.masked
    for found in TOP.finditer(text):
        start = found.start()
        is_claim = not (context.passes_over(start) or context.is_negated(start))
        if is_claim and not _is_no_rank(context, found):
            _rank(context, found)


def _rank(context: Context, found: re.Match[str]) -> None:
    sign = 0 if found["best"] or found["worst"] else 1 if found["high"] else -1
    place = groups.ORDINALS.get((found["place"] or "").lower(), 1)
    if BAR_ONE.search(context.sentence.masked, found.end()):
        place += 1
    if area_ranks.is_of_areas(context, found):
        named = _ranked_periods(context, found)
        if named is not None:
            area_ranks.check(context, found, named[:1], sign, place)
        return
    near = ranked_groups.given(context, found)
    is_of_one = not near and sign and ranked_groups.is_of_one_unnamed(context, found)
    if is_of_one and not _is_among_times(context, found):
        return
    if near and sign and not _is_among_periods(context, found):
        if context.is_bound(*found.span()):
            groups.check_rank(context, near, sign, found.span(), place)
    else:
        _among_periods(context, found, sign, place)


def _is_no_rank(context: Context, found: re.Match[str]) -> bool:
    """Whether a word ranks nothing that the data could hold: one of the highest, the ten top reasons, the main reason
    in 6.9% of referrals, or the lowest of numbers that are only listed."""
    text, before = context.sentence.masked, context.sentence.masked[: found.start()]
    if (
        OF_ITS_KIND.search(before)
        or REASON_GIVEN.search(text)
        or OF_EACH_TIME.match(text[found.end() :])
    ):
        return True
    is_of_change = OF_A_CHANGE.match(text[found.end() :]) or CHANGE_IS.search(before)
    if is_of_change or (THAN_THE.search(before) and OF_NUMBER.match(text[found.end() :])):
        return True
    if ONE_OF.search(before) or OF_EACH.search(before) or IN_SOME.match(text[found.end() :]):
        return True
    if found[0].lower().endswith("likely"):
        return not ranked_groups.is_likely_to_be_counted(context, found)
    if AS_THE.search(before) and found[0].lower() in ("top", "main", "leading"):
        return not RANKED.search(before)
    if found[0].lower() in ("top", "main", "leading") and not groups.AMONG.match(
        text[found.end() :]
    ):
        return True
    if found[0].lower().startswith("peak") and OF_NUMBER.match(text[found.end() :]):
        return True  # 'down from the 2022/23 peak of 420', which is held against the number
    if found[0].lower().endswith("est") and re.search(r"\ba\s+$", before, re.I):
        return True  # 'every list has a largest group'
    whens = [one for one in context.sentence.whens if one.end <= found.start()]
    return bool(whens and THEN.search(before[whens[-1].end :]))


def _is_among_periods(context: Context, found: re.Match[str]) -> bool:
    """Whether a rank of a category is one among periods: `police referrals were highest in 2020/21`."""
    text = context.sentence.text
    return not groups.AMONG.match(text[found.end() :]) and _is_among_times(context, found)


def _is_among_times(context: Context, found: re.Match[str]) -> bool:
    """Whether the words around a rank make it one among periods: 'since 2019/20', 'of the last five years'."""
    text = context.sentence.text
    if (
        SINCE.search(text)
        or OF_TIMES.match(text[found.end() :])
        or EVER.search(text)
        or LAST.search(text)
        or found[0].lower().startswith("peak")
    ):
        return True
    the = re.search(r"\b(?:the|their|its)\s+(?:\w+\s+)?$", text[: found.start()], re.I)
    is_at_time = re.match(r"^\s+(?:in|during|for)\b", text[found.end() :])
    return not the and bool(is_at_time) and not ranked_groups.are_right_after(context, found)


def _ranked_periods(context: Context, found: re.Match[str]) -> list[Period] | None:
    """The period that is said to be highest or lowest, as its part of the sentence names it; none where it is that of
    the text, and None where several may be meant or one that only the writer knows."""
    first, last = own_part(context.sentence.text, found.start())
    inside = [one for one in context.sentence.whens if first <= one.start < last]
    text = context.sentence.text
    whens = [
        one
        for one in inside or context.sentence.whens
        if not one.is_before and not THE_LAST_ONE.search(text[found.end() : one.start])
        if ";" not in text[found.end() : one.start]
    ]
    beside = [
        one
        for one in whens
        if IN_IT.fullmatch(context.sentence.text[found.end() : max(one.start, found.end())])
        or IT_WAS.fullmatch(context.sentence.text[min(one.end, found.start()) : found.start()])
    ]
    named = [one.period for one in beside or whens if one.period]
    named = [
        one for one in named if not any(one != other and one.contains(other) for other in named)
    ]
    if len(set(named)) > 1 or any(one.is_unknown for one in context.sentence.whens):
        return None
    of_any = OF_ANY.match(context.sentence.text[found.end() :])
    if of_any and named and named[0].kind != of_any[1].lower():
        return None
    return named


def _among_periods(context: Context, found: re.Match[str], sign: int, place: int) -> None:
    named = _ranked_periods(context, found)
    if named is None:
        return
    wrong = []
    text = context.sentence.text
    is_share = OF_SHARE.match(text, found.end())
    is_of_counts = found[0].lower().startswith(("more", "fewer"))
    is_of_strength = found[0].lower().startswith(("strong", "weak")) and bool(
        OF_A_TIME.match(text, found.end())
    )
    for one in context.lines(found.start(), found.end()):
        line = counted(one) if is_of_counts and one.spec.unit == "percent" else one
        if is_share and line.spec.unit == "count" and not line.label:
            continue
        value = _value(context, line, named)
        good = GOOD[line.spec.polarity] or int(is_of_strength)
        way = sign or good * (1 if found["best"] else -1)
        if value is None or not way:
            continue
        scope = [
            one
            for one in _scope(context, line, value.period, bool(named))
            if break_between(one, value) is None
        ]
        beyond = [one for one in scope if ((one.value or 0) - (value.value or 0)) * way > 0]
        if len(beyond) == place - 1 or (place > 1 and len(scope) < 3):
            context.accept(*found.span())
            return
        other = max(beyond or scope, key=lambda one: (one.value or 0) * way)
        wrong.append((line, value, beyond, other))
    if wrong:
        line, value, beyond, other = wrong[0]
        side = "higher" if (other.value or 0) > (value.value or 0) else "lower"
        why = (
            f"{other.period.label} is {side}."
            if beyond and place == 1
            else f"{len(beyond)} others are {side}."
        )
        claim = context.sentence.text[found.start() : found.end()]
        actual = f"{words(line, value)}; {write(line.spec, other)} in {other.period.label}"
        context.add("rank", claim, actual, why, line, at=found.span())


def _value(context: Context, line: Line, named: list[Period]) -> Value | None:
    """The value that is said to be highest or lowest."""
    months = {one.month for one in context.sentence.whens if one.month}
    quarters = {one.quarter for one in context.sentence.whens if one.quarter}
    if months or quarters:
        listed = line.of("month" if months else "quarter")
        fitting = [
            one
            for one in listed
            if (
                one.period.first % 12 + 1 in months
                if months
                else one.period.number_in_year in quarters
            )
        ]
        return fitting[-1] if fitting else None
    if named:
        return line.at(named[0])
    if context.year is not None:
        return line.at(context.year)
    return next((one for one in (line.latest(kind) for kind in KINDS) if one), None)


def _scope(context: Context, line: Line, period: Period, is_named: bool) -> list[Value]:
    """The values that it is ranked among."""
    text = context.sentence.text
    listed = [one for one in line.of(period.kind) if one.period != period]
    spans = [one.period for one in context.sentence.whens if one.period and one.period.kind == SPAN]
    if len(spans) == 1 and spans[0].contains(period):  # 'the highest month of the first half'
        return [one for one in listed if spans[0].contains(one.period)]
    since = [one.period for one in context.sentence.whens if one.is_before and one.period]
    if since and SINCE.search(text):
        return [one for one in listed if since[0].last < one.period.first < period.first]
    last = LAST.search(text)
    if last and last["kind"].lower() == period.kind and count_of(last["count"]):
        first = period.shift(1 - count_of(last["count"]))
        return [one for one in listed if first <= one.period < period]
    if NEVER.search(text):
        return [one for one in listed if one.period > period]
    if EVER.search(text) or period.kind == "year":
        return listed if is_named else [one for one in listed if one.period < period]
    return [one for one in listed if one.period.year == period.year]
