"""Reads a text sentence by sentence: what each of them names, and what carries over from those before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lscb.periods import Period
from performance.indicators.claims.context import (
    ABOUT_REFERRALS,
    PRONOUN,
    Context,
    is_of_referrals,
    rates_of,
)
from performance.indicators.claims.figures.evidence import Facts
from performance.indicators.claims.figures.wider import phrases, with_wholes
from performance.indicators.claims.words.names import COUNTED
from performance.indicators.claims.words.nearness import Place
from performance.indicators.claims.words.numerals import PERCENT, PLAIN, Number
from performance.indicators.claims.words.parts import is_part
from performance.indicators.claims.words.scope import (
    Mention,
    is_sampled,
    mentions,
    silent,
    strange_places,
)
from performance.indicators.claims.words.stems import words
from performance.indicators.claims.words.subjects import COHORTS, Group, Subject, groups, subjects
from performance.indicators.claims.words.text import Sentence, has_words, read
from performance.indicators.claims.words.topic import own_words
from performance.indicators.spec import indicators

NOUN = re.compile(r"\s+([a-z]+s|people|children|staff)\b", re.I)
# What one agency sent, of which only the writer knows which: 'we sent in 875 referrals'
BY_US = re.compile(
    r"\b(?:we|my\s+[a-z]+|our\s+(?:officers|teams?|staff|schools?|nurses|colleagues))\s+(?:have\s+)?(?:sent|referred|submitted|passed)\b",
    re.I,
)
AGES = ("age_band", "leaver_age")  # their names hold numbers
Span = tuple[int, int]


@dataclass
class Reading:
    """What a text is about, and what of the sentences before still counts. `given` is the year that it is about,
    `about` the indicator, `quarter` the quarter, as in `check`."""

    facts: Facts
    given: Period | None
    about: str = ""
    quarter: Period | None = None
    now: Period | None = None  # the year that was named last
    carried: list[Subject] = field(default_factory=list)
    since_referrals: int = 99  # sentences since referrals were last spoken of
    earlier: tuple[Number, ...] = ()  # the numbers of the sentence before
    named: tuple[Group, ...] = ()  # the categories of the sentence before
    others: bool = False  # whether the sentence before counted what no indicator does

    def contexts(self, listed: Iterable[Sentence]) -> Iterator[Context]:
        """A context for each sentence, in their order."""
        self.now = self.given
        for sentence in listed:
            before = replace(self)
            yield self._context(sentence, before)

    def alone(self, text: str, year: Period | None = None) -> Context:
        """A context for a part of a sentence as if it were the next sentence, which is of a `year` where it names none;
        nothing of it is kept."""
        sentence = read(text, self.now, self.given, self.quarter)
        return replace(self, now=year or self.now)._context(sentence, self)

    def _context(self, sentence: Sentence, before: "Reading") -> Context:
        names = _names(sentence, self.facts, self.about)
        is_referral = ABOUT_REFERRALS.search(sentence.text)
        self.since_referrals = 0 if is_referral else self.since_referrals + 1
        named = [self._of_page(one, sentence) for one in names.subjects] or self._implied(sentence)
        ages = [(one.start, one.end) for one in names.groups if one.breakdown in AGES]
        sentence = _without_names(sentence, [*names.spans, *ages])
        sentence = _without_numbers(sentence, names.wider)
        if sentence.year is not None and self.given is None and has_words(sentence.text):
            self.now = sentence.year
        is_of_quarter = self.quarter and all(one.is_before for one in sentence.whens)
        context = Context(
            sentence=sentence,
            facts=self.facts,
            year=self.quarter if is_of_quarter else sentence.year or self.now,
            given=self.given,
            subjects=named,
            groups=names.groups,
            about_referrals=self.since_referrals <= 2
            or bool(self.about and is_of_referrals(self.about)),
            mentions=names.mentions,
            silent=silent(sentence.masked),
            is_sampled=is_sampled(
                sentence.text, names.spans, own_words([self.about] if self.about else ())
            ),
            about=self.about,
            carried=tuple(each for one in self.carried for each in one.ids),
            earlier=self.earlier,
            groups_before=self.named,
            is_of_others=self.others,
            again=before.alone,
            is_implied=not names.subjects,
        )
        self.earlier = sentence.numbers
        self.named = tuple(names.groups)
        self.others = not names.subjects and _counts_another(sentence, self.about)
        self.carried = named or self.carried
        return context

    def _of_page(self, subject: Subject, sentence: Sentence) -> Subject:
        """What a phrase names whose words are all of the indicator that the text is about, which then comes first: on
        the page of contacts about domestic abuse, 'contacts' are these."""
        own = own_words([self.about] if self.about else ())
        said = {stem for _, _, stem in words(sentence.text[subject.start : subject.end])}
        if not (own and subject.ids) or len(said) != 1 or not said <= own:
            return subject
        if self.about in subject.ids or f"{self.about}{COUNTED}" in subject.ids:
            return subject
        if indicators()[self.about].unit == "count":
            return replace(subject, ids=(self.about, *subject.ids))
        spec = indicators()[self.about]
        if spec.unit == "percent" and spec.total:  # 'referrals' where a share of them is told
            return replace(subject, ids=(*subject.ids, f"{self.about}{COUNTED}"))
        return subject

    def _implied(self, sentence: Sentence) -> list[Subject]:
        """What a sentence is about that names no indicator: with 'this' or 'it' what the one before was, else what the
        text is or the one before was, unless it is a heading or a row of a table."""
        if PRONOUN.match(sentence.text) and self.carried:
            page = (self.about,) if _is_of_percents(sentence, self.about) else ()
            return [
                Subject(0, 0, tuple(dict.fromkeys([*page, *one.ids])), one.length)
                for one in self.carried[:1]
            ]
        if not self.about or sentence.text.isupper():
            return []
        before = [one for subject in self.carried for one in subject.ids]
        return [Subject(0, 0, tuple(dict.fromkeys([self.about, *before])), 1)]


@dataclass(frozen=True)
class _Names:
    """The indicators, categories and places that a sentence names; `spans` are where indicators' names stand, `wider`
    where several areas are named as one."""

    subjects: list[Subject]
    groups: list[Group]
    mentions: list[Mention]
    spans: list[Span]
    wider: list[Span]


def _is_of_percents(sentence: Sentence, about: str) -> bool:
    """Whether a sentence tells percentages on the page of one: 'Fewer than one in five was a repeat. This is similar to
    19.4% in the region'."""
    told = any(one.kind == PERCENT for one in sentence.numbers)
    return bool(about) and told and indicators()[about].unit == "percent"


def _names(sentence: Sentence, facts: Facts, about: str = "") -> _Names:
    """What a sentence names, each word of it once. A part of what an indicator counts keeps its place, but no id."""
    named = [_as_rate(sentence.text, one) for one in subjects(sentence.text)]
    cohorts = _cohorts(sentence.text, named, about)
    named = [one for one in named if not any(_is_cohort(sentence.text, one, g) for g in cohorts)]
    spans = [span for one in named for span in one.spans or [(one.start, one.end)]]
    wider = [(one.start, one.end) for one in phrases(sentence.text, facts.wholes)]
    chosen = [one for one in groups(sentence.text) if not _is_inside(one, [*spans, *wider])]
    named_places = mentions(sentence.text, facts.places, facts.areas)
    named_places = with_wholes(sentence.text, named_places, facts.wholes, facts.areas)
    places = [one for one in named_places if not _is_inside(one, spans)]
    others: list[Place] = [*chosen, *sentence.whens, *places]
    known = [*((one.start, one.end) for one in others), *spans, *wider]
    places += strange_places(sentence.masked, known)
    is_of_writer = BY_US.search(sentence.text)
    wholes = [
        replace(one, ids=())
        if is_of_writer or is_part(sentence.text, one.start, one.end, known, own_words(one.ids))
        else one
        for one in named
    ]
    return _Names(wholes, chosen, sorted(places, key=lambda one: one.start), spans, wider)


def _cohorts(text: str, named: Sequence[Subject], about: str) -> list[Group]:
    """The groups of children that a sentence names, where something that is told of such groups is named beside them:
    'persistent absence doubled among children in care'."""
    ids = [each.removesuffix(COUNTED) for one in named for each in one.ids]
    ids += [about] if about else []
    if not any(set(COHORTS) & set(indicators()[one].breakdowns) for one in ids):
        return []
    return [one for one in groups(text) if one.breakdown in COHORTS]


def _is_cohort(text: str, subject: Subject, cohort: Group) -> bool:
    """Whether an indicator's name is only that of a group of children: 'looked-after pupils'."""
    if not (subject.start <= cohort.start and cohort.end <= subject.end):
        return False
    rest = text[subject.start : cohort.start] + text[cohort.end : subject.end]
    return bool(re.fullmatch(r"\W*(?:(?:the|pupils?|children|young people)\W*)*", rest, re.I))


def _as_rate(text: str, subject: Subject) -> Subject:
    """A count's name before 'rate' means its rate: 'the children in care rate'."""
    after = re.match(r"\s+(?:rates?\b|per\s+(?:10,000|ten thousand)\b)", text[subject.end :], re.I)
    ids = tuple(rates_of(subject.ids)) if after else ()
    return (
        replace(subject, ids=ids, end=subject.end + after.end(), spans=())
        if after and ids
        else subject
    )


def _counts_another(sentence: Sentence, about: str) -> bool:
    """Whether a sentence that names no indicator counts something: '31 parents'."""
    own = own_words([about] if about else ())
    for number in sentence.numbers:
        noun = NOUN.match(sentence.masked, number.end)
        if number.kind == PLAIN and noun:
            stems = {stem for _, _, stem in words(noun[1])}
            if stems and not stems & own:
                return True
    return False


def _is_inside(thing: Place, spans: Sequence[Span]) -> bool:
    return any(start < thing.end and thing.start < end for start, end in spans)


def _without_numbers(sentence: Sentence, spans: Sequence[Span]) -> Sentence:
    """The sentence without the numbers of areas: 'the three authorities' counts nothing by itself."""
    counted = (one for one in sentence.numbers if not _is_inside(one, spans))
    return replace(sentence, numbers=tuple(counted))


def _without_names(sentence: Sentence, spans: Sequence[Span]) -> Sentence:
    """The sentence with its indicators' names blanked: 'three or more placements' counts nothing by itself."""
    masked = sentence.masked
    for start, end in spans:
        masked = masked[:start] + "·" * (end - start) + masked[end:]
    numbers = tuple(
        one for one in sentence.numbers if not any(start <= one.start < end for start, end in spans)
    )
    whens = tuple(
        one for one in sentence.whens if not any(start <= one.start < end for start, end in spans)
    )
    years = [one.period.year for one in whens if one.period is not None and not one.is_before]
    year = max(years, default=None)
    return replace(sentence, masked=masked, numbers=numbers, whens=whens, year=year)
