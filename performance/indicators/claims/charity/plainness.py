"""Whether a sentence is plain enough to be read: a long one with many numbers means more series, times and places than
its words tell apart, so that what seems wrong in it is mostly misread. There a claim is given out only where all other
numbers of the sentence were found right, which shows that it was read as it is meant, or where it rests on the
sentence's own numbers; in a later sentence that names no indicator only where it says what the number before is."""

import re

from performance.indicators.claims.context import Context
from performance.indicators.claims.findings import Charge

# How many words a plain sentence may have; each of its numbers counts as four, an indicator that it leaves unnamed as
# eight. Of the sentences of strangers that were flagged this parts best those flagged rightly from those wrongly.
MOST = 31
A_NUMBER = 4
UNNAMED = 8
# What is said of the number before: 'This is an increase from 174.', 'It was above the England rate.'
THIS_IS = re.compile(
    r"\W*(?:this|that|it|these|they)\s+(?:is|was|are|were|remains?|represents)\b", re.I
)
# Kinds that are told by words, however long a sentence is.
OF_THEIR_WORDS = ("average", "jump", "majority", "swap")


def is_beyond_reading(context: Context, charge: Charge) -> bool:
    """Whether a claim that is held against the data stands in a sentence that is not plain and has other numbers there
    that were not found right, or in a later one that names no indicator and tells nothing of the number before."""
    if charge.line is None or charge.finding.kind in OF_THEIR_WORDS:
        return False
    if context.is_implied and context.carried and not _is_of_number_before(context):
        return True  # a later sentence, which may be about anything that those before it were
    if _is_plain(context):
        return False
    known = [*context.accepted, (charge.start, charge.end)]
    return any(
        not any(start < one.end and one.start < end for start, end in known)
        for one in context.sentence.numbers
    )


def _is_of_number_before(context: Context) -> bool:
    """Whether a sentence says what the number of the one before is, with no more than one of its own; not where that
    one told of categories, for it may be of one of these."""
    is_short = len(context.sentence.numbers) <= 1 and not context.groups_before
    return is_short and bool(THIS_IS.match(context.sentence.text))


def _is_plain(context: Context) -> bool:
    sentence = context.sentence
    length = len(sentence.text.split()) + A_NUMBER * len(sentence.numbers)
    return length + UNNAMED * context.is_implied <= MOST
