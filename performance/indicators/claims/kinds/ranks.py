"""Claims about rank: `October was the lowest month`, `the highest since 2019/20`, `the most common reason`."""

import re

from performance.indicators.claims.context import Context
from performance.indicators.claims.kinds import area_ranks, groups, ranked_groups, ranked_periods

TOP = re.compile(
    r"\b(?:(?P<place>second|third|fourth|fifth|next)[- ])?(?:(?P<high>highest|largest|biggest|most common|"
    r"most frequent|"
    r"most often|commonest|without precedent|leading|main|"
    r"the most(?=,?\s+(?:we|it|they|ever|since|on record|in any)\b)|"
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
    r"(?!\s+(?:two\b|three\b|four\b|five\b|ten\b|10\b|\d|priorit|quality|standard|risk|performing|need|vulnerab|concern|importan))",
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
# 'neglect was recorded as the main reason': what a reason is called, and no rank among them
AS_THE = re.compile(r"\bas\s+(?:(?:the|an?|its|their|our|his|her)\s+)?$", re.I)
RANKED = re.compile(
    r"\b(?:remain|stay|rank|stand|stood|overt|replac|emerg|continu|confirm|return)\w*\b[^.;,]*$",
    re.I,
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
# 'after two years with the highest rate': of a time that is over
AFTER_YEARS = re.compile(
    r"\bafter\s+(?:(?:the|some|several|many|[a-z]+|\d+)\s+)?(?:years?|quarters?|months?)\s+(?:with|as|of|at|being|having|when\s+we\s+had)\s+"
    r"(?:the\s+)?$",
    re.I,
)
# 'the lowest quarter being 98%', which is held against the quarters
OF_PART_AT = re.compile(
    r"\s+(?:single\s+)?(?:quarter|month)\s+(?:being|was|is|at|with|on|had|saw)\s+(?:(?:just|only|still)\s+)*\d",
    re.I,
)
# What was so once and is no more: 'no longer the biggest', 'lost their place as the main source'
NO_LONGER = re.compile(
    r"\b(?:(?:no|any)\s+longer|lost\s+(?:its|their|the|our)\s+(?:[a-z]+\s+)?as|ceas(?:ed?|es|ing)\s+to\s+[a-z]+|"
    r"stop(?:s|ped|ping)?\s+being|used\s+to\s+[a-z]+|days\s+when|once(?=\s+(?:the|our)\b))\b[^.;:]{0,45}$",
    re.I,
)
OF_AMOUNT = re.compile(r"\s+(?:number|share|proportion|percentage|total|count)\b", re.I)
# '105 fewer than at the peak of 294'
THAN_THE = re.compile(
    r"\b(?:than|at|from|since|below|off|under)\s+(?:the|its|our|their|a)\s+$", re.I
)
# 'down from the 420 peak'
FROM_NUMBER = re.compile(
    r"\b(?:than|at|from|since|below|off|under)\s+(?:the|its|our|their|a)\s+[\d.,]+%?\s+$", re.I
)
OF_NUMBER = re.compile(r"\s+of\s+(?:just\s+|about\s+|over\s+)?\d", re.I)
ONE_OF = re.compile(
    r"\b(?:(?:one of|among|second only to)\s+(?:the\s+|its\s+|their\s+)?|(?:two|three|four|five|ten)\s+)$",
    re.I,
)
# 'in which neglect was the main reason'
OF_EACH = re.compile(r"\b(?:in which|(?<!was )(?<!is )where|whose)\b[^,;]{0,40}$", re.I)
BAR_ONE = re.compile(r"\b(?:bar|but|except|save)\s+(?:for\s+)?(?:one\b|(?=\s*(?:$|[,.;])))", re.I)
IN_SOME = re.compile(
    r"\s+\w+\s+(?:in|of|for)\s+(?:(?:only|just|about|around|some|fewer|less|more|than|under|over)\s+)*"
    r"(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.I,
)
THEN = re.compile(r"\bthen\b[^.;]*\d", re.I)


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
    place = place_of(context, found)
    if not area_ranks.is_of_areas(context, found):
        _among_what(context, found, sign, place)
        return
    named = ranked_periods.ranked(context, found)
    if named is not None:
        area_ranks.check(context, found, named[:1], sign, place)


def place_of(context: Context, found: re.Match[str]) -> int:
    """The place that a rank gives: 1 for 'the highest', 2 for 'the second highest' and for 'the highest but one'."""
    place = groups.ORDINALS.get((found["place"] or "").lower(), 1)
    return place + bool(BAR_ONE.search(context.sentence.masked, found.end()))


def _among_what(context: Context, found: re.Match[str], sign: int, place: int) -> None:
    """A rank among categories or among times, as its words say."""
    text = context.sentence.masked
    near = ranked_groups.given(context, found)
    if not near and sign and ranked_groups.is_of_one_unnamed(context, found):
        if not ranked_periods.is_of_times(context, found):
            return
    is_of_amount = OF_AMOUNT.match(text, found.end())
    if is_of_amount and near and ranked_periods.is_since(context):
        return  # 'the smallest share since 2016-17'
    if is_of_amount and ranked_periods.holds(context, found, sign, place):
        return  # 'the lowest number was seen in 2014-15, and the lowest share as well'
    if near and sign and not ranked_periods.is_among(context, found):
        if context.is_bound(*found.span()):
            groups.check_rank(context, near, sign, found.span(), place)
    else:
        ranked_periods.check(context, found, sign, place)


def _is_no_rank(context: Context, found: re.Match[str]) -> bool:
    """Whether a word ranks nothing that the data could hold: one of the highest, the ten top reasons, the main reason
    in 6.9% of referrals, or the lowest of numbers that are only listed."""
    text, before = context.sentence.masked, context.sentence.masked[: found.start()]
    if (
        NO_LONGER.search(before)
        or AFTER_YEARS.search(context.sentence.text[: found.start()])
        or OF_PART_AT.match(text[found.end() :])
    ):
        return True
    if (
        OF_ITS_KIND.search(before)
        or REASON_GIVEN.search(text)
        or OF_EACH_TIME.match(text[found.end() :])
    ):
        return True
    is_of_change = OF_A_CHANGE.match(text[found.end() :]) or CHANGE_IS.search(before)
    if is_of_change or (THAN_THE.search(before) and OF_NUMBER.match(text[found.end() :])):
        return True
    if (
        FROM_NUMBER.search(before)
        or ONE_OF.search(before)
        or OF_EACH.search(before)
        or IN_SOME.match(text[found.end() :])
    ):
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
