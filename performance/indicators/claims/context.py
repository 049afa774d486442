"""What is known while a sentence is checked, what a finding is, and which series a claim is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from lscb.periods import Period
from performance.indicators.claims.evidence import Facts, Line
from performance.indicators.claims.subjects import Group, Subject, groups, shares, subjects
from performance.indicators.claims.text import Number, Sentence

# What may stand between a claim and the words after it that say what it is of: '27.3% of all referrals'.
LINK = re.compile(
    r"^[\s)]*(?:(?:of|in|for|from|by|the|all|total|new|our|to|recorded|more|fewer|number)\W+){0,4}$",
    re.I,
)
PRONOUN = re.compile(
    r"^\W*(?:this|it|they|these|that|which|the (?:figure|number|rate|proportion|percentage))\b",
    re.I,
)
AHEAD = re.compile(
    r"\b(?:will|aims?|aiming|plans? to|should|would|expect(?:s|ed)? to|forecast|projected|target|goal)\b|^\W*improve\b",
    re.I,
)
SAME_PERIOD = re.compile(
    r"\bsame period\b|\b(?:\d+|three|six|nine)[- ]months?\b|\bmonths of\b", re.I
)
ABOUT_REFERRALS = re.compile(r"referr|reason|source|ethnic|\bage|factor", re.I)


@dataclass(frozen=True)
class Finding:
    """What the data contradict: the sentence, the claim in it, what was recomputed, and why it does not hold."""

    sentence: str
    claim: str
    kind: str
    actual: str
    why: str
    indicator: str = ""


class Place(Protocol):
    """Anything that stands somewhere in a sentence."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Placed = TypeVar("Placed", bound=Place)


@dataclass
class Context:
    """A sentence under check: what it names, what the text is about, and which of its numbers are accounted for."""

    sentence: Sentence
    facts: Facts
    year: Period | None
    given: Period | None
    subjects: list[Subject]
    groups: list[Group]
    about_referrals: bool
    earlier: tuple[Number, ...] = ()  # the numbers of the sentence before
    used: set[Number] = field(default_factory=set)
    found: list[Finding] = field(default_factory=list)

    @property
    def looks_ahead(self) -> bool:
        """Whether the sentence says what should be, not what is."""
        return bool(AHEAD.search(self.sentence.text))

    def add(self, kind: str, claim: str, actual: str, why: str, line: Line | None = None) -> None:
        """Note a finding, once for a claim."""
        if any(one.claim == claim.strip() and one.kind == kind for one in self.found):
            return
        indicator = line.spec.id if line else ""
        self.found.append(Finding(self.sentence.text, claim.strip(), kind, actual, why, indicator))

    def number_at(self, start: int, end: int) -> Number | None:
        """The number that lies within these places."""
        return next(
            (one for one in self.sentence.numbers if start <= one.start and one.end <= end + 1),
            None,
        )

    def lines(self, start: int, end: int) -> list[Line]:
        """The series that a claim at this place may be about; empty where nothing is known of them."""
        text = self.sentence.text
        subject = nearest(self.subjects, start, end, text)
        ids = subject.ids if subject else ()
        chosen = self._groups(start, end, text)
        if not chosen:
            found = [self.facts.line(one) for one in ids]
            return [one for one in found if one is not None]
        found = []
        for group in chosen:
            share_ids = (
                [spec.id for spec in shares(group.breakdown)] if self.about_referrals else []
            )
            for one in dict.fromkeys([*ids, *share_ids]):
                found.append(self.facts.line(one, group.breakdown, group.code, group.label))
        return [one for one in found if one is not None]

    def _groups(self, start: int, end: int, text: str) -> list[Group]:
        """The categories that a claim is about: all readings of the nearest phrase."""
        group = nearest(self.groups, start, end, text)
        if group is None:
            return []
        together = [one for one in self.groups if (one.start, one.end) == (group.start, group.end)]
        for one in reversed(self.groups):  # 'the police and schools' are said of together
            first = min(other.start for other in together)
            if one.end <= first and re.match(
                r"^\W*(?:and|&)?\W*(?:the\W+)?$", text[one.end : first]
            ):
                together.append(one)
        return together


def nearest(things: Sequence[Placed], start: int, end: int, text: str) -> Placed | None:
    """The thing that a claim from `start` to `end` is said of: what follows it at once ('82% increase in
    attendance'), else what stands nearest before it, else what comes first after it within its clause."""
    after = [one for one in things if one.start >= end]
    if after and LINK.match(text[end : after[0].start]):
        return after[0]
    before = [one for one in things if one.end <= start or one.start <= start < one.end]
    if before:
        return before[-1]
    if after and not re.search(r"[;,]|\b(?:and|but|while)\b", text[end : after[0].start]):
        return after[0]
    return None


def contexts(listed: Iterable[Sentence], facts: Facts, given: Period | None) -> Iterable[Context]:
    """A context for each sentence. A sentence that begins with 'this' or 'it' is about what the one before was."""
    carried: list[Subject] = []
    since_referrals = 99  # sentences since referrals were last spoken of
    now = given
    earlier: tuple[Number, ...] = ()
    for sentence in listed:
        named = subjects(sentence.text)
        spans = [(one.start, one.end) for one in named]
        chosen = [
            one
            for one in groups(sentence.text)
            if not any(start < one.end and one.start < end for start, end in spans)
        ]
        since_referrals = 0 if ABOUT_REFERRALS.search(sentence.text) else since_referrals + 1
        if not named and PRONOUN.match(sentence.text):
            named = [Subject(0, 0, one.ids, one.length) for one in carried[:1]]
        if sentence.year is not None and given is None:
            now = sentence.year
        sentence = _without_names(sentence, spans)
        yield Context(
            sentence,
            facts,
            sentence.year or now,
            given,
            named,
            chosen,
            since_referrals <= 2,
            earlier,
        )
        earlier = sentence.numbers
        if named:
            carried = named


def _without_names(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> Sentence:
    """The sentence with its indicators' names blanked: 'three or more placements' counts nothing by itself."""
    masked = sentence.masked
    for start, end in spans:
        masked = masked[:start] + "·" * (end - start) + masked[end:]
    numbers = tuple(
        one for one in sentence.numbers if not any(start <= one.start < end for start, end in spans)
    )
    return replace(sentence, masked=masked, numbers=numbers)


def periods_near(context: Context, end: int) -> tuple[list[Period], bool]:
    """The periods that a number is said of, and whether one of them stands right
    after it. `end` is where the number ends."""
    text, whens = context.sentence.text, context.sentence.whens
    for one in whens:
        between = text[end : one.start]
        if (
            one.start >= end
            and re.match(
                r"^[\s(,]*(?:[\w’'-]+\s+){0,3}?(?:in|for|during|at|by|at the end of|in the year|over)?\s*(?:the\s+)?$",
                between,
            )
            and not re.search(r"\b(?:to|and|compared|than|from|on|against|while)\b", between)
        ):
            return ([one.period] if one.period else []), True
    if any(one.period is None and not one.quarter for one in whens):
        return [], True  # a span that is no period: nothing to compare with
    if len(whens) > 1 and re.search(r"\bbetween\b", text[end:]):
        return [], True
    return [one.period for one in whens if one.period and not one.is_before], False
