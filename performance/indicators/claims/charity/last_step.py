"""The last step before a finding is given out: every other reasonable reading of the same words is tried, and the
finding stands only if it is false in all of them."""

import re
from collections.abc import Callable, Iterator
from itertools import product

from performance.indicators.claims.charity.among_places import is_so_among_places
from performance.indicators.claims.charity.amounts import goes_so_in_number
from performance.indicators.claims.charity.crowded import is_looked_up
from performance.indicators.claims.charity.other_times import is_so_at_another_time
from performance.indicators.claims.charity.otherwise import is_told_otherwise
from performance.indicators.claims.charity.plainness import is_beyond_reading
from performance.indicators.claims.charity.shares_of_others import is_of_others
from performance.indicators.claims.charity.sometime import is_so_sometime
from performance.indicators.claims.context import Context
from performance.indicators.claims.findings import Charge
from performance.indicators.claims.words.nearness import Place

Judge = Callable[[Context], None]

# Where a sentence may be two. Each of the two names what it speaks of, unless the border is a strong one.
BORDER = re.compile(
    r"(?P<dash>\s[–—-]\s+)|(?P<strong>\s*;\s+|\s*,?\s+(?:while|whilst|whereas|although|though|but|yet)\s+|\s*,\s+(?:and|which)\s+)"
    r"|\s*:\s+|\s*,?\s+(?:because|so|which|after|before|with|and)\s+|\s*[(),]\s+",
    re.I,
)
SAYS = re.compile(
    r"\d|\b(?:ris|rose|increas|gr[eo]w|up\b|higher|f[ae]ll|decreas|reduc|drop|declin|down\b|lower|stable|remain|unchanged|"
    r"improv|worsen|fewer|more|less|doubl|halv|peak|was|were|is|are|had|has|have|made|saw)",
    re.I,
)


def upheld(context: Context, judge: Judge) -> list[Charge]:
    """The findings of a sentence that are false in every reading of it."""
    return [
        one
        for one in context.charges
        if not is_beyond_reading(context, one)
        and not _is_part_of_trend(context, one)
        and not is_told_otherwise(context, one)
        and not is_of_others(context, one)
        and not is_so_at_another_time(context, one)
        and not is_so_sometime(context, one)
        and not is_so_among_places(context, one)
        and not goes_so_in_number(context, one)
        and not is_looked_up(context, one)
        and not _is_true_alone(context, one, judge)
    ]


def _is_part_of_trend(context: Context, charge: Charge) -> bool:
    """Whether a way is part of what holds already, as of a trend: 'slid in every quarter that followed'."""
    if charge.finding.kind != "direction" or charge.line is None:
        return False
    return any(start < charge.end and charge.start < end for start, end in context.accepted)


def _is_true_alone(context: Context, charge: Charge, judge: Judge) -> bool:
    """Whether a claim holds in the part of the sentence around it, read as a sentence of its own; one that rests on
    numbers of other parts is no claim there."""
    text = context.sentence.text
    for first, last, is_apart in _parts(context, charge):
        part = " " * first + text[first:last] + " " * (len(text) - last)
        alone = context.again(part, None if is_apart else context.sentence.year)
        judge(alone)
        if any(one.start < charge.end and charge.start < one.end for one in alone.charges):
            continue
        is_so = any(start < charge.end and charge.start < end for start, end in alone.accepted)
        if is_so or charge.line is None:
            return True
    return False


def _parts(context: Context, charge: Charge) -> Iterator[tuple[int, int, bool]]:
    """The parts of a sentence that hold a claim and leave others that say something too: where they begin and end, and
    whether strong borders set them apart, so that the periods of the others need not be theirs."""
    text = context.sentence.text
    borders = [one for one in BORDER.finditer(text) if charge.line or one["strong"]]
    starts = [one for one in borders if one.end() <= charge.start]
    ends = [one for one in borders if one.start() >= charge.end]

    for opening, closing in product((None, *starts), (*ends, None)):
        first = opening.end() if opening else 0
        last = closing.start() if closing else len(text)
        cuts = [(opening, 0, opening.start())] if opening else []
        cuts += [(closing, closing.end(), len(text))] if closing else []
        if not cuts or not _says(context, first, last, is_named=True):
            continue
        if all(
            _says(context, start, end, is_named=not _is_strong(one)) for one, start, end in cuts
        ):
            yield first, last, all(_is_strong(one) for one, _, _ in cuts)


def _is_strong(border: re.Match[str]) -> bool:
    return bool(border["strong"] or border["dash"])


def _says(context: Context, first: int, last: int, *, is_named: bool) -> bool:
    """Whether a part says something of what it names, or of anything."""
    names: list[Place] = [*context.subjects, *context.groups]
    has_name = any(first <= one.start and one.end <= last for one in names)
    return (has_name or not is_named) and bool(SAYS.search(context.sentence.text, first, last))
