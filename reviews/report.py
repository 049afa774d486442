"""What a year's reviews, audits and section 11 say, as plain dataclasses: for the page and for paper alike.

A report is handed on, so restricted reviews are left out of it, whoever makes it.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from lscb.models import Person
from lscb.numbers import format_count, plural
from lscb.periods import parse
from reviews import queries, workflow
from reviews.models import (
    GOOD_OR_BETTER,
    Action,
    Assessment,
    AuditCase,
    Dissemination,
    Finding,
    Judgement,
    Recommendation,
    Review,
    Round,
    Standard,
)
from reviews.queries import Counts, Row, ThemeRow
from reviews.reading import told


@dataclass(frozen=True)
class AuditLine:
    """An audit of the year: how many cases were read, and how they were judged where that is stated."""

    review: Review
    cases: int
    judged: int
    good: int
    voice_known: int
    voice: int

    @property
    def words(self) -> tuple[str, str, str]:
        """Cases, those judged good or better, those in which the child's voice is evidenced."""
        cases = format_count(self.cases) if self.cases else NOT_STATED
        return cases, _of(self.good, self.judged), _of(self.voice, self.voice_known)


@dataclass(frozen=True)
class Learned:
    """One review: what it is about and what was decided, what it found, strengths first, how its cases were judged (of
    all together first), and how that was passed on."""

    review: Review
    facts: list[tuple[str, str]]
    findings: list[Finding]
    judged: list[tuple[AuditCase, Judgement]]
    passed_on: list[Dissemination]

    @property
    def is_empty(self) -> bool:
        """Whether nothing but its name and state was entered."""
        return not (self.facts or self.findings or self.judged or self.passed_on)


@dataclass(frozen=True)
class Answered:
    """What agencies said of one standard of section 11, each with its actions and what peers asked."""

    standard: Standard
    answers: list[Assessment]


@dataclass(frozen=True)
class Report:
    """A year's report."""

    year: str
    label: str
    counts: Counts
    reviews: list[Review]
    themes: list[ThemeRow]
    audits: list[AuditLine]
    inspections: list[Review]
    learned: list[Learned]
    asked: list[Recommendation]
    acts: list[Action]
    overdue: int
    round: Round | None
    rows: list[Row]

    @property
    def answered(self) -> list[Answered]:
        """The standards of the round with what agencies said of each."""
        standards = [one.standard for one in self.rows[0].answers] if self.rows else []
        return [
            Answered(one, [now for row in self.rows if (now := row.answers[number].now)])
            for number, one in enumerate(standards)
        ]

    @property
    def sentences(self) -> list[str]:
        """The counts in words."""
        told = self.counts
        proved = sum(bool(one.evidence) for one in self.asked)
        done = sum(one.state == Action.State.DONE for one in self.acts)
        return [
            f"Of practice reviews and serious case reviews {format_count(told.published)} are published, "
            f"{format_count(told.completed)} complete and not published, {format_count(told.underway)} under way, "
            "whenever they began.",
            f"{plural(told.rapid, 'rapid review')} of {self.label}, of which {format_count(told.led_to_review)} led to "
            f"a practice review; {plural(told.learning, 'local learning review')}; "
            f"{plural(told.contributions, 'contribution')} to reviews elsewhere; "
            f"{plural(told.audits, 'multi-agency audit')}.",
            f"{plural(len(self.asked), 'recommendation')}, of which {format_count(proved)} with proof of impact; "
            f"{plural(len(self.acts), 'action')}, of which {format_count(done)} done and "
            f"{format_count(self.overdue)} overdue.",
        ]

    @property
    def sources(self) -> list[str]:
        """The published reports that anything was taken from."""
        kept = {one.review.source for one in self.learned} | {one.source for one in self.reviews}
        kept |= {self.round.source} if self.round else set()
        return sorted(filter(None, kept))


NOT_STATED = "not stated"
PARTS = ("cases__judgements__agency", "findings__themes", "disseminations", "changes")


def of_year(person: Person, year: str, today: date) -> Report:
    """The report of a financial year, of what everybody may see."""
    every = queries.reported(person)
    own = [one for one in every if one.year_code == year]
    prefetch_related_objects(own, *PARTS)
    own = sorted(told(own), key=lambda one: (list(workflow.KINDS).index(one.kind), one.title))
    asked = told(queries.recommendations(person).filter(review__in=own).select_related("re_audit"))
    acts = [action for one in asked for action in one.actions.all()]
    found = queries.round_of(year)
    rows = queries.matrix(person, found, sent_only=True) if found else []
    told([found, *queries.answered(rows)] if found else [])
    return Report(
        year=year,
        label=parse(year).label,
        counts=queries.counts(every, year),
        reviews=[one for one in own if one.spec.group == workflow.REVIEWS],
        themes=queries.themes(every),
        audits=[_audit(one) for one in own if one.is_audit],
        inspections=[one for one in own if one.spec.group == workflow.INSPECTIONS],
        learned=[one for one in map(_learned, own) if not one.is_empty],
        asked=asked,
        acts=acts,
        overdue=sum(one.is_overdue(today) for one in acts),
        round=found,
        rows=rows,
    )


def _learned(review: Review) -> Learned:
    cases = list(review.cases.all())
    return Learned(
        review,
        facts=_facts(review, cases),
        findings=sorted(review.findings.all(), key=lambda one: (one.kind, one.pk)),
        judged=[(case, one) for case in cases for one in all_together_first(case)],
        passed_on=list(review.disseminations.all()),
    )


def _facts(review: Review, cases: list[AuditCase]) -> list[tuple[str, str]]:
    """What the register says of a review, and what was written down with its steps."""
    read = "; ".join(f"{one.number}: {one.about}" for one in cases if one.about)
    told = [
        ("Summary", review.summary),
        ("Led by", review.led_by),
        ("Scope", review.scope),
        ("Cases", read),
        ("Standard", review.standard),
        ("Strengths", review.strengths),
        ("Figures", said_figures(review.indicators)),
        *((change.words, change.note) for change in review.changes.all()),
        ("Published at", review.link),
    ]
    return [(label, text) for label, text in told if text]


def said_figures(ids: list[str]) -> str:
    """Indicators in words."""
    return "; ".join(f"{one.title} ({one.id})" for one in queries.figures(ids))


def all_together_first(case: AuditCase) -> list[Judgement]:
    """The judgements of a case: of all agencies together, then of each by name."""
    return sorted(case.judgements.all(), key=lambda one: one.agency.name if one.agency else "")


def _audit(review: Review) -> AuditLine:
    cases = list(review.cases.all())
    grades = [grade for case in cases if (grade := overall(list(case.judgements.all())))]
    voices = [case.voice for case in cases if case.voice]
    return AuditLine(
        review,
        cases=len(cases),
        judged=len(grades),
        good=sum(grade in GOOD_OR_BETTER for grade in grades),
        voice_known=len(voices),
        voice=voices.count("yes"),
    )


def _of(part: int, whole: int) -> str:
    return f"{format_count(part)} of {format_count(whole)}" if whole else NOT_STATED


def overall(judgements: list[Judgement]) -> str:
    """The grade of all agencies together in a case; empty where it was not judged."""
    return next((one.grade for one in judgements if one.agency_id is None), "")
