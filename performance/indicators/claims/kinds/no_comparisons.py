"""Words that only look like a comparison: 'over the three years', 'fewer than that', 'under way'."""

import re

from performance.indicators.claims.context import Context
from performance.indicators.claims.words.nearness import Place

OVER_TIME = re.compile(
    r"over\s+(?:the|these|those|[a-z]+)\s+(?:[a-z]+\s+)?(?:years|quarters|months|period)\b", re.I
)
# 'second highest of the three, behind Bedford': which has more, whether that is better or worse
RANKED = re.compile(r"\b(?:second|third|fourth|next)[- ]\w+est\b[^;]*$", re.I)
THAT = re.compile(r"\s+(?:that|this)\b(?!\s+(?:of|in|for)\b)", re.I)
# 'on a plan under neglect', 'under way', 'over the year': no comparison but before a number, a place, a time or a level
PREPOSITION = re.compile(r"under|over", re.I)
TO_A_THING = re.compile(
    r"\s+(?:(?:both|the|that|those|of|in|for|at|our|its|their|just|about|a|an|all)\s+)*", re.I
)
TO_A_LEVEL = re.compile(
    r"\s+(?:the|our|its|their|an?)\s+(?:[\w'’-]+\s+){0,4}?(?:rate|average|figure|level|target|benchmark|number|total|"
    r"share|proportion|norm|mean|peak)\b",
    re.I,
)


def is_none(context: Context, found: re.Match[str]) -> bool:
    """Whether words only look like a comparison: 'fewer than that', 'over the three years', 'under way'."""
    text = context.sentence.masked
    if found["worse2"] and RANKED.search(text[: found.start()]):
        return True
    if THAT.match(text, found.end()) or OVER_TIME.match(context.sentence.text, found.start()):
        return True
    return bool(PREPOSITION.fullmatch(found[0])) and not _is_before_a_level(context, found)


def _is_before_a_level(context: Context, found: re.Match[str]) -> bool:
    """Whether a number, a place, a time or a level of another follows a preposition, which alone makes it compare."""
    text, sentence = context.sentence.text, context.sentence
    led = TO_A_THING.match(text, found.end())
    things: list[Place] = [*sentence.numbers, *sentence.whens, *context.mentions]
    starts = {one.start for one in things}
    is_led = any(found.end() < one <= (led.end() if led else 0) for one in starts)
    return is_led or bool(TO_A_LEVEL.match(text, found.end()))
