"""Whether a way that was found wrong is one that a series went at another time of its sentence: in the years after the
one that is named, or in the last of them."""

import re

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import difference
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.words.wording import WAY, sign_of

# 'from over half in the previous year'
FROM = re.compile(r"\bfrom\s+(?:[\w%.,]+\s+){1,4}in\s+$", re.I)
BETWEEN = re.compile(r"\s+between\b", re.I)
AFTER = re.compile(r"\b(?:after|since|following)\s+(?:the\s+)?$", re.I)


def went_so_after(context: Context, charge: Charge) -> bool:
    """Whether a series went a way in the years after the one that is named: 'went down in each of the four years after
    2019/20'."""
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    text, line = context.sentence.text, charge.line
    if way is None or line is None:
        return False
    sign = sign_of(way, line)
    for one in context.sentence.whens:
        if one.period and AFTER.search(text[: one.start]) and (first := line.at(one.period)):
            later = [each for each in line.of(first.period.kind) if each.period > first.period]
            if any(difference(first, each) * sign > 0 for each in later):
                return True
    return False


def went_so_now(context: Context, charge: Charge) -> bool:
    """Whether a series went a way in the year that the text is about, where the sentence names others beside it: 'crept
    back up to 31.8% after 29.0% last year, but nowhere near the 42.5% of 2022/23'."""
    if BETWEEN.match(context.sentence.text, charge.end):
        return False  # 'fell between 2021/22 and 2023/24'
    way = WAY.search(context.sentence.text, charge.start, charge.end)
    whens = context.sentence.whens
    is_from = any(FROM.search(context.sentence.text[: one.start]) for one in whens)
    is_among = (is_from or len(whens) > 1) and not any(one.is_part_of_year for one in whens)
    if way is None or charge.line is None or context.given is None or not is_among:
        return False
    first, last = charge.line.at(context.given.year_before()), charge.line.at(context.given)
    if first is None or last is None:
        return False
    return difference(first, last) * sign_of(way, charge.line) > 0
