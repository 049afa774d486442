"""Whether what was found wrong is so of the other amount of a percentage or rate: of the number that it counts, where
the share went another way."""

import re

from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import counted, difference
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.kinds.compared import compared, on_last_year
from performance.indicators.claims.words.scope import own_part
from performance.indicators.claims.words.wording import WAY, sign_of

IN_NUMBER = re.compile(r"\b(?:numbers?|counts?|fewer)\b", re.I)
AS_A_SHARE = re.compile(
    r"\b(?:shares?|proportions?|rates?|percentages?|per\s?cent|per\s+10,000)\b|%", re.I
)


def goes_so_in_number(context: Context, charge: Charge) -> bool:
    """Whether a way is that of what a percentage or rate counts, where its part says so ('down in number, but up as a
    proportion') or says neither of a sentence that speaks of both."""
    line, text = charge.line, context.sentence.text
    way = WAY.search(text, charge.start, charge.end)
    if charge.finding.kind != "direction" or line is None or way is None:
        return False
    own = text[slice(*own_part(text, charge.start))]
    is_open = not AS_A_SHARE.search(own) and bool(AS_A_SHARE.search(text))
    if line.spec.unit == "count" or not (IN_NUMBER.search(own) or is_open):
        return False
    number = counted(line)
    pairs = [*compared(context, number, charge.start), *on_last_year(context, number)]
    return any(difference(first, last) * sign_of(way, number) > 0 for first, last in pairs)
