"""What a year's reviews, audits and section 11 say, as plain dataclasses: the page that is printed for meetings."""

from dataclasses import dataclass
from datetime import date

from lscb.models import Person
from lscb.periods import parse
from reviews import queries, workflow
from reviews.models import GOOD_OR_BETTER, Action, Judgement, Review, Round
from reviews.queries import Counts, Row, ThemeRow


@dataclass(frozen=True)
class AuditLine:
    """An audit of the year: how many cases were read, and how they were judged where that is stated."""

    review: Review
    cases: int
    judged: int
    good: int
    voice_known: int
    voice: int
    findings: int


@dataclass(frozen=True)
class Report:
    """A year's page."""

    year: str
    label: str
    counts: Counts
    reviews: list[Review]
    themes: list[ThemeRow]
    audits: list[AuditLine]
    inspections: list[Review]
    recommendations: int
    embedded: int
    actions: int
    done: int
    overdue: int
    round: Round | None
    rows: list[Row]


def of_year(person: Person, year: str, today: date) -> Report:
    """The page of a financial year, from what the person may see."""
    seen = queries.reviews(person)
    own = list(seen.filter(year_code=year).prefetch_related("cases__judgements", "findings"))
    asked = list(queries.recommendations(person).filter(review__in=own))
    acts = list(queries.actions(person).filter(recommendation__in=asked))
    found = queries.round_of(year)
    return Report(
        year=year,
        label=parse(year).label,
        counts=queries.counts(seen, year),
        reviews=[one for one in own if one.spec.group == workflow.REVIEWS],
        themes=[row for row in queries.themes(person) if row.reviews],
        audits=[_audit(one) for one in own if one.is_audit],
        inspections=[one for one in own if one.spec.group == workflow.INSPECTIONS],
        recommendations=len(asked),
        embedded=sum(bool(one.evidence) for one in asked),
        actions=len(acts),
        done=sum(one.state == Action.State.DONE for one in acts),
        overdue=sum(one.is_overdue(today) for one in acts),
        round=found,
        rows=queries.matrix(person, found) if found else [],
    )


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
        findings=len(review.findings.all()),
    )


def overall(judgements: list[Judgement]) -> str:
    """The grade of all agencies together in a case; empty where it was not judged."""
    return next((one.grade for one in judgements if one.agency_id is None), "")
