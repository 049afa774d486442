"""Roll-ups: the amounts of several areas as one, so that a wider area's number is a sum over sums.

Only when every part is there. A part that is missing or withheld makes the whole so too: it is never silently smaller.
"""

from collections.abc import Sequence

from performance.indicators.book import ZERO, Book
from performance.indicators.sums import Sum
from performance.intake.spec import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOT_SUBMITTED,
    REPORTED,
    SUPPRESSED,
)


def together(sums: Sequence[Sum | None]) -> Sum | None:
    """The areas' amounts of the same months added up. None when no area sent anything; without an amount when one of
    them sent nothing or its number is withheld. Months count as sent where every area sent them."""
    known = [one for one in sums if one is not None]
    if not known:
        return None
    present = min(one.present for one in known) if len(known) == len(sums) else 0
    expected = max(one.expected for one in known)
    missing = len(known) < len(sums)
    for status in (NOT_SUBMITTED, SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE):
        if (missing and status == NOT_SUBMITTED) or any(one.status == status for one in known):
            return Sum(None, status, present, expected)
    amounts = [one.amount for one in known if one.amount is not None]
    return Sum(sum(amounts, ZERO), REPORTED, present, expected)


def lacking(
    books: Sequence[Book], tops: Sequence[Sum | None], bottoms: Sequence[Sum | None] | None
) -> list[str]:
    """The codes of the areas without an amount of the numerator or, where there is one, of the denominator."""
    return [
        book.area
        for place, book in enumerate(books)
        if any(
            sums[place] is None or sums[place].amount is None  # type: ignore[union-attr]
            for sums in (tops, bottoms)
            if sums is not None
        )
    ]
