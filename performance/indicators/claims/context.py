"""What is known while a sentence is checked, what a finding is, and which series a claim is about."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lscb.periods import Period
from performance.definitions import kept
from performance.indicators.claims.figures.evidence import Facts, Line
from performance.indicators.claims.findings import Charge, Finding
from performance.indicators.claims.words.moments import When
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.nearness import LINK, WHY, Place, nearest, stretch
from performance.indicators.claims.words.numerals import Number
from performance.indicators.claims.words.scope import (
    UNKNOWN,
    Mention,
    is_negated,
    part,
    place_of,
)
from performance.indicators.claims.words.subjects import STAGES, Group, Subject, shares, subjects
from performance.indicators.claims.words.text import Sentence
from performance.indicators.claims.words.topic import holds_another, is_of_another, own_words
from performance.indicators.series import Value
from performance.indicators.spec import indicators

# What is said by the way: 'neglect, which has been the focus of our campaign, overtook ...'.
ASIDE = re.compile(
    r"(?<=,)\s+(?:which|who|whose|where|as)\b[^,]*,|\([^)]*\)|(?<=\s)–\s[^–]*\s–", re.I
)
PRONOUN = re.compile(
    r"^\W*(?:this|it|they|these|that|which|the (?:figure|number|rate|proportion|percentage))\b",
    re.I,
)
SAME_PERIOD = re.compile(
    r"\bsame period\b|\b(?:\d+|three|six|nine)[- ]months?\b|\bmonths of\b", re.I
)
COMPARED_WITH = re.compile(
    r"\W*(?:compared (?:with|to)|against|relative to|in comparison (?:with|to)|since)\b[^,;]*,",
    re.I,
)
OF_WHICH = re.compile(
    r"\bof (?:which|whom|these|them)\b|,\s+against\b|,\s+with\b|\bincluding\b|\bamong (?:which|whom|these|them)\b",
    re.I,
)  # what follows is said of a part
# What a rank is held against is not what a change is: 'fell to its lowest since 2018/19'.
RECORD_SINCE = re.compile(
    r"\b(?:any\s+(?:time|year|point)|lowest|highest|fewest|most|least|best|worst|busiest|quietest|largest|smallest|first|low|high)\b"
    r"[^.;,]{0,30}\bsince\s+(?:the\s+)?(?:[\d.,]+%?\s+(?:of|in)\s+)?$",
    re.I,
)
TURN = re.compile(r"[:;]|\b(?:but|although|though|whereas|even if|still)\b", re.I)
# What follows is of another time: 'dropped by a quarter, then climbed back the following year'
NEXT = re.compile(rf"{TURN.pattern}|[,;]\s*(?:and\s+)?then\b", re.I)
BESIDE = re.compile(r"\s*(?:/|&|,|,?\s*\band\b(?:\s+the)?)\s*", re.I)
# said of all, after its parts: 'giving 87.5% for the whole group'
OF_ALL = re.compile(
    r"[^.;,\d]{0,15}\b(?:for (?:the whole|all)|overall|altogether|taken as a whole|as a whole)\b",
    re.I,
)
YEAR_AGO = re.compile(r"\ba year (?:ago|earlier|before)\b|\bthe year before\b", re.I)
# What is left over depends on the list of codes, and the lists of different senders and years differ in it.
LEFT_OVER = ("other", "unknown")
# Who only writes down what is counted: 'the police recorded 3,215 crimes'.
ACTORS = ("source", "agency")
ACTS = re.compile(
    r"^\s+(?:have\s+|has\s+)?(?:recorded|reported|received|logged|saw|seen|delivered|completed|held|dealt|attended)\b",
    re.I,
)
ACTED = re.compile(
    r"\b(?:recorded|reported|received|logged|held|delivered|registered)\s+by\s+(?:the\s+|our\s+)?$",
    re.I,
)
WHICH = re.compile(r",\s+which\b", re.I)
# Where something was most or least on the way: 'stable across the year, with a peak of 301 in December'
WITH_PEAK = re.compile(
    r"\bwith\s+(?:a|the|its|only\s+a)\s+(?:[a-z]+\s+)?(?:peak|high|low|maximum|minimum|trough|dip|spike|blip)\b[^.;]{0,20}$",
    re.I,
)
ABOUT_REFERRALS = re.compile(r"referr|reason|source|ethnic|\bage|factor", re.I)


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
    mentions: list[Mention]
    silent: list[tuple[int, int]]  # where the sentence says what should or might be, not what is
    is_sampled: bool  # whether it counts some cases that somebody looked at
    carried: tuple[str, ...] = ()  # what the sentences before were about
    about: str = ""  # the indicator that the text is about
    earlier: tuple[Number, ...] = ()  # the numbers of the sentence before
    groups_before: tuple[Group, ...] = ()  # the categories of the sentence before
    again: Callable[[str, Period | None], "Context"] = field(repr=False, kw_only=True)
    is_of_others: bool = (
        False  # whether the sentence before counted somebody else: 'forms came from 31 parents'
    )
    is_implied: bool = False  # whether it names no indicator, and is about the text's or that of the sentence before
    used: set[Number] = field(default_factory=set)
    compared: list[tuple[int, int]] = field(default_factory=list)  # words that compare two things
    charges: list[Charge] = field(default_factory=list)
    accepted: list[tuple[int, int]] = field(default_factory=list)  # where claims stand that hold

    def passes_over(self, start: int) -> bool:
        """Whether what stands at a place says what should be, might be or is not so."""
        return any(first <= start < last for first, last in self.silent)

    def is_negated(self, start: int) -> bool:
        """Whether what stands at a place is denied: `did not fall`, `no spike`."""
        return is_negated(self.sentence.masked, start)

    def add(
        self,
        kind: str,
        claim: str,
        actual: str,
        why: str,
        line: Line | None = None,
        *,
        at: tuple[int, int] | None = None,
        tried: Sequence[tuple[Line, Value]] = (),
    ) -> None:
        """Note a finding, once for a claim; `at` is where the claim stands, if it is not told in its own words."""
        if any(one.claim == claim.strip() and one.kind == kind for one in self.found):
            return
        indicator = line.spec.id if line else ""
        finding = Finding(self.sentence.text, claim.strip(), kind, actual, why, indicator)
        place = max(0, self.sentence.text.find(claim.strip()))
        start, end = at or (place, place + len(claim.strip()))
        self.charges.append(Charge(finding, start, end, line, tried))

    def accept(self, start: int, end: int) -> None:
        """Note that what is claimed here is so."""
        self.accepted.append((start, end))

    @property
    def found(self) -> list[Finding]:
        """What was noted."""
        return [one.finding for one in self.charges]

    @property
    def is_unclear(self) -> bool:
        """Whether a period is named that only the writer knows, or without its year."""
        return any(one.is_unknown or one.month or one.quarter for one in self.sentence.whens)

    @property
    def is_span_of_writer(self) -> bool:
        """Whether it speaks of 'the same period' or 'six months', and names no period."""
        return bool(SAME_PERIOD.search(self.sentence.text) and not self.sentence.periods)

    def lines_of(self, ids: Iterable[str], start: int, end: int) -> list[Line]:
        """The series in total of some indicators, for the place that a claim from `start` to `end` is said of."""
        place = place_of(self.mentions, start, end, self.sentence.text)
        ids = list(ids)
        if not self.is_bound(start, end, ids):
            return []
        found = [] if place == UNKNOWN else [self.facts.line(one, place=place) for one in ids]
        return [one for one in found if one is not None]

    def lines(self, start: int, end: int) -> list[Line]:
        """The series that a claim at this place may be about; empty where nothing is known of them."""
        text = self.sentence.text
        place = place_of(self.mentions, start, end, text)
        if place == UNKNOWN:
            return []
        subject = nearest(self.subjects, start, end, self.sentence.masked)
        if subject and not subject.ids:
            return []  # a part of what an indicator counts
        ids: Sequence[str] = self._joined_ids(subject) if subject else ()
        if not self.is_bound(start, end, ids):
            return []
        chosen = self._groups(start, end, text, subject)
        if any(one.code in LEFT_OVER for one in chosen):
            return []
        if not chosen:
            return self.lines_of(ids, start, end)
        found: list[Line | None] = []
        of_referrals = self.about_referrals and (
            not ids or any(is_of_referrals(one) for one in ids)
        )
        ids = [*ids, *self.carried_for(chosen, ids)]
        for group in chosen:
            share_ids = [spec.id for spec in shares(group.breakdown)] if of_referrals else []
            found += [
                self.facts.line(one, group.breakdown, group.code, group.label, place)
                for one in dict.fromkeys([*ids, *share_ids])
            ]
        return [one for one in found if one is not None]

    def _joined_ids(self, subject: Subject) -> tuple[str, ...]:
        """What a phrase names, and what those before it name that are said together with it: 'registrations/
        completions'."""
        ids = list(subject.ids)
        start = subject.start
        for one in reversed([other for other in self.subjects if other.end <= start]):
            if not BESIDE.fullmatch(self.sentence.text[one.end : start]):
                break
            ids += one.ids
            start = one.start
        return tuple(dict.fromkeys(ids))

    def carried_for(self, chosen: Sequence[Group], ids: Iterable[str]) -> list[str]:
        """What the sentences before were about, where categories are named that nothing in this one is kept by."""
        kept_by = {one.breakdown for one in chosen}

        def keeps(one: str) -> bool:
            return bool(kept_by & set(indicators()[one.removesuffix(COUNTED)].breakdowns))

        return [] if any(map(keeps, ids)) else [one for one in self.carried if keeps(one)]

    def is_bound(self, start: int, end: int, ids: Iterable[str] = ()) -> bool:
        """Whether every word between a claim and what it is said of is understood; `ids` are the indicators that it may
        be about, without them all that the sentence names."""
        named: list[Place] = [*self.groups, *self.sentence.whens]
        named += self.sentence.numbers
        known, places = ([(one.start, one.end) for one in some] for some in (named, self.mentions))
        own = own_words(ids or (one for subject in self.subjects for one in subject.ids))
        own |= own_words([self.about] if self.about else ())
        text = self.sentence.masked
        if self.is_implied:
            return not is_of_another(text, (start, end), known, places, own)
        things: list[Place] = [*self.subjects, *self.groups]
        span = stretch(text, start, end, nearest(things, start, end, text))
        known += [(one.start, one.end) for one in self.subjects] + places + [(start, end)]
        asides = (one.span() for one in ASIDE.finditer(text))
        known += [(a, b) for a, b in asides if not a <= start < b]
        return not holds_another(text, span, known, own)

    def counted(self, start: int, end: int) -> list[Line]:
        """What the numerators of the percentages that a claim is about count: `593 were re-referrals`."""
        subject = nearest(self.subjects, start, end, self.sentence.text)
        lines = [one for one in self.lines(start, end) if not one.label]
        ids = subject.ids if subject and subject.start >= end else ()
        known = {one.spec.id for one in lines}
        return self.lines_of((f"{one}{COUNTED}" for one in ids if one in known), start, end)

    def rates(self, start: int, end: int) -> list[Line]:
        """The rates of what a claim at this place counts: `359 children in care (a rate of 57.6 per 10,000)`."""
        lines = [
            one for one in self.lines(start, end) if one.spec.unit == "count" and not one.label
        ]
        ids = rates_of(f"{one.spec.id}{COUNTED}" for one in lines)
        return self.lines_of(ids, start, end)

    def _groups(self, start: int, end: int, text: str, subject: Subject | None) -> list[Group]:
        """The categories that a claim is about: all readings of the nearest phrase. A category is left out where an
        indicator that is not kept by it stands nearer to the claim."""
        group = nearest(self.groups, start, end, text)
        if group is None or group.breakdown == STAGES or OF_ALL.match(text[end:]):
            return []
        readings = {
            one.breakdown for one in self.groups if (one.start, one.end) == (group.start, group.end)
        }
        if _tells_why(group, text[end : max(end, group.start)], subject, start) or (
            self.passes_over(group.start) and not self.passes_over(start)
        ):
            return []  # 'peaked in August, when carers have nobody to turn to'
        keeps = subject and any(
            readings & set(indicators()[one.removesuffix(COUNTED)].breakdowns)
            for one in subject.ids
        )
        if subject and group.end <= subject.start and subject.end <= start:
            if TURN.search(text[group.end : subject.start]):
                return []  # '100 were for neglect, although plans overall had risen'
        if subject and not keeps:
            if subject.end == 0 and _is_of_all(text[group.start : group.end], subject):
                return []  # 'looked after' on the page of children in care
            if subject.start >= end and LINK.match(text[end : subject.start]):
                return []  # 'the police said that 3,215 crimes had been recorded'
            if group.end <= subject.start and subject.end <= start:
                return []
            is_actor = ACTS.match(text[group.end :]) or ACTED.search(text[: group.start])
            if group.breakdown in ACTORS and is_actor:
                return []
        return self.joined(group)

    def joined(self, group: Group) -> list[Group]:
        """All readings of a category's phrase, and the categories that are said together with it: 'the police and
        schools'."""
        spans = sorted({(one.start, one.end) for one in self.groups})
        place = spans.index((group.start, group.end))
        first = last = place
        while first > 0 and self._is_joined(spans[first - 1][1], spans[first][0]):
            first -= 1
        while last + 1 < len(spans) and self._is_joined(spans[last][1], spans[last + 1][0]):
            last += 1
        return [one for one in self.groups if (one.start, one.end) in spans[first : last + 1]]

    def _is_joined(self, end: int, start: int) -> bool:
        return bool(
            re.fullmatch(
                r"\s*(?:\(?[\d.,]*\d(?:%|\s*per\s?cent)?\)?)?[^\w;:.(]*(?:and|n?or|&)?[^\w;:.]*(?:the\W+)?",
                self.sentence.text[end:start],
                re.I,
            )
        )

    def whens_in(self, place: int) -> list[When]:
        """The periods of the part of the sentence that holds a place, all of them where that part names none."""
        text, whens = self.sentence.masked, list(self.sentence.whens)
        apart = (RECORD_SINCE, WITH_PEAK)
        whens = [one for one in whens if not any(each.search(text[: one.start]) for each in apart)]
        first, last = part(text, place)
        inside = [one for one in whens if first <= one.start < last]
        if self.sentence.whens and COMPARED_WITH.match(text) and first > 0:
            inside = [one for one in whens if one.is_before and one.end <= first] + inside
        if not inside and YEAR_AGO.search(text, first, last):
            return []
        if not inside:
            return [one for one in whens if not NEXT.search(text[place : max(place, one.start)])]
        if all(one.is_before for one in inside):  # 'in April 2013, 3 fewer than 234 in April 2012'
            return [one for one in whens if one.start < last]
        return inside


def _tells_why(group: Group, between: str, subject: Subject | None, start: int) -> bool:
    """Whether a category after a claim is named in what tells why: 'fell by 17.5%, which we owe to early help'."""
    if group.breakdown in ACTORS and WHY.search(between):
        return True
    return bool(subject and subject.end <= start and WHICH.search(between))


def _is_of_all(phrase: str, subject: Subject) -> bool:
    """Whether a category's words say the same as the indicator that a text is about."""
    named = {each for one in subjects(f"children {phrase}") for each in one.ids}
    return bool(named & set(subject.ids))


def rates_of(ids: Iterable[str]) -> list[str]:
    """The rates of what some indicators count."""
    named = [(indicators()[one.removesuffix(COUNTED)], one.endswith(COUNTED)) for one in ids]
    counted = [spec.id for spec, is_counted in named if is_counted or spec.unit == "count"]
    found = frozenset[str]().union(*map(of_one_numerator, counted))
    return [
        one for one in indicators() if one in found and indicators()[one].unit.startswith("rate")
    ]


@kept
def of_one_numerator(indicator: str) -> frozenset[str]:
    """The indicators that count the same as one above their line."""
    counted = indicators()[indicator].numerator
    return frozenset(
        one for one, spec in indicators().items() if counted and spec.numerator == counted
    )


def is_of_referrals(indicator: str) -> bool:
    """Whether an indicator counts referrals, of which shares by source, age, ethnic group and reason are kept."""
    spec = indicators()[indicator.removesuffix(COUNTED)]
    return "referr" in spec.title.lower() or (
        spec.numerator is not None and spec.numerator.dataset == "Referral"
    )
