"""Where things stand in a sentence, and which of them a claim is said of."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from performance.indicators.claims.words.scope import clause

# What may stand between a claim and the words after it that say what it is of: '27.3% of all referrals'.
LINK = re.compile(
    r"^\s*,?\s*(?:came|comes?|coming)\s+from\s+(?:the\s+)?$|^[\s)]*(?:(?:of|in|on|for|from|by|the|all|total|new|our|to|recorded|more|fewer|number|children|young|people|"
    r"were|are|was|is|there|"
    r"had|have|been|a|an)\W+){0,4}$",
    re.I,
)


class Place(Protocol):
    """Anything that stands somewhere in a sentence."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Placed = TypeVar("Placed", bound=Place)


PARTED = re.compile(r"[;,–]|\b(?:and|but|while|although)\b", re.I)


MORE_THAN = re.compile(r"(?:more|fewer|less|greater|higher|lower)\b.*\bthan\b", re.I)


AT_A_GROUP = re.compile(
    r"\s+(?:at|among|amongst)\s+(?:the\s+)?", re.I
)  # '83% at 17-18, 92% at 19-21'


def nearest(things: Sequence[Placed], start: int, end: int, text: str) -> Placed | None:
    """The thing that a claim from `start` to `end` is said of: what follows it at once ('82% increase in
    attendance'), else what stands nearest before it, else what comes first after it within its clause."""
    after = [one for one in things if one.start >= end]
    if after and LINK.match(text[end : after[0].start]):
        return after[0]
    if after and AT_A_GROUP.fullmatch(text[end : after[0].start]):
        return after[0]
    if after and is_fronted(text, start, after[0].start):
        return after[0]
    before = [one for one in things if one.end <= start or one.start <= start < one.end]
    inside = [one for one in things if start < one.start and one.end <= end]
    if inside and MORE_THAN.match(text[start:end]):
        return inside[0]  # 'fewer referrals than in any year'
    if before:
        return before[-1]
    if after and not PARTED.search(text[end : after[0].start]):
        return after[0]
    if after and len({(one.start, one.end) for one in things}) == 1:
        return after[0]  # nothing else is named
    return None


# From here on a sentence tells why, and no more of what.
WHY = re.compile(
    r"\b(?:because|due|owing|thanks|following|after|reflecting|indicating|suggesting|"
    r"demonstrating|evidencing|signalling|despite|when|once|where)\b",
    re.I,
)


def stretch(text: str, start: int, end: int, near: Place | None) -> tuple[int, int]:
    """The words that decide what a claim is said of: its clause, and that of the nearest thing that is named."""
    first, last = clause(text, start)
    if end != start:
        last = clause(text, end)[1]
    if near and near.end <= start:
        first = min(first, clause(text, near.start)[0])
    elif near:
        last = max(last, clause(text, near.end)[1])
    why = WHY.search(text, max(end, near.end if near else 0), max(last, end))
    return first, why.start() if why else last


FRONTED = re.compile(
    r"^\W*(?:after|at|with|from|following|standing|having|despite|(?:up|down)\s+from)\s[^,;]*$",
    re.I,
)
OPENING = re.compile(
    r"^(?:[^,;]|,(?=\d))*,\s+(?:(?:the|our|all|total|number|of|these|both|local)\s+)*$", re.I
)


def is_fronted(text: str, start: int, subject: int) -> bool:
    """Whether a claim stands in a phrase before the subject of its sentence: 'after a low of 2,452, referrals ...'."""
    return bool(FRONTED.match(re.sub(r"(?<=\d),(?=\d)", "", text[:start]))) and bool(
        OPENING.match(text[start:subject])
    )


def has_place(listed: Iterable[Place], first: int, last: int) -> bool:
    """Whether any of some things stands between two places."""
    return any(first <= one.start < last for one in listed)
