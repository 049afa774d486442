"""Checks what people write about indicators against the data: numbers, percentages, changes, ranks, totals.

A finding needs something to stand on: the words of an indicator, a period, and a number that the data hold. What
cannot be tied to the data is left alone, so that a reader can trust what is flagged.
"""

from dataclasses import dataclass

from lscb.periods import Period
from performance.indicators.claims.charity import last_step
from performance.indicators.claims.context import Context
from performance.indicators.claims.figures.evidence import Facts
from performance.indicators.claims.findings import Finding
from performance.indicators.claims.kinds import (
    averages,
    bases,
    changes,
    comparisons,
    differences,
    directions,
    from_to,
    groups,
    jumps,
    levels,
    multiples,
    portions,
    ranks,
    signed,
    spread,
    sums,
    swapped,
    tables,
    told_twice,
    trends,
    two_things,
    versus,
)
from performance.indicators.claims.reading import Reading
from performance.indicators.claims.words.text import sentences

__all__ = ["Checked", "Facts", "Finding", "check", "checked"]


@dataclass(frozen=True)
class Checked:
    """What was found in a text: the claims that the data contradict, how many of its sentences tell numbers or compare
    something, and how many of these were held against the data."""

    findings: list[Finding]
    telling: int
    held: int


def check(
    text: str,
    facts: Facts,
    year: Period | None = None,
    *,
    about: str = "",
    quarter: Period | None = None,
) -> list[Finding]:
    """The claims in a text that the data contradict, as `checked` finds them."""
    return checked(text, facts, year, about=about, quarter=quarter).findings


def checked(
    text: str,
    facts: Facts,
    year: Period | None = None,
    *,
    about: str = "",
    quarter: Period | None = None,
) -> Checked:
    """The claims in a text that the data contradict, in the order of the text, each with the recomputed value; and how
    many of its sentences that tell numbers or compare something were held against the data at all.

    `year` is the financial year that the text is about; without it a claim that names no period is held against the
    latest figures. `about` is the indicator that sentences are about which name none; `quarter` the quarter that a
    sentence is about which names no period.
    """
    found: list[Finding] = []
    telling = held = 0
    listed = sentences(text, year or (quarter.year if quarter else None), quarter)
    for context in Reading(facts, year, about, quarter).contexts(listed):
        if tables.is_flattened(context.sentence):
            continue
        _judge(context)
        upheld = [one.finding for one in last_step.upheld(context, _judge)]
        found += upheld
        is_held = bool(upheld or context.accepted)
        held += is_held
        telling += is_held or bool(context.sentence.numbers or context.charges)
    return Checked(found, telling, held)


def _judge(context: Context) -> None:
    """Notes every claim of a sentence that the data contradict as it is read."""
    versus.check(context)
    differences.check(context)
    sums.check(context)
    signed.check(context)
    swapped.check(context)
    portions.check(context)
    two_things.check(context)
    bases.check(context)
    multiples.check(context)
    comparisons.check(context)
    groups.check_majority(context)
    ranks.check(context)
    spread.check(context)
    averages.check(context)
    from_to.check(context)
    changes.check(context)
    jumps.check(context)
    trends.check(context)
    directions.check(context)
    told_twice.check(context)
    levels.check(context)
