"""Section 11: rounds, and of the agencies' answers those that the person may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Tally
from django.db.models import Q, QuerySet

from lscb.models import Agency, Person
from lscb.prepared import prepared
from reviews.models import Assessment, Entry, Round, Standard
from reviews.reading import history_read


def rounds() -> QuerySet[Round]:
    """The rounds, the newest first, with how many agencies were asked."""
    rows = Round.objects.annotate(asked=Tally("agencies", distinct=True))
    return rows.order_by("-year_code")  # a count takes the model's own order away


def standards() -> list[Standard]:
    """The standards that rounds can ask about."""
    return list(Standard.objects.all())


def round_of(year: str) -> Round | None:
    """The round of a financial year."""
    return next(iter(_round_of(year)), None)


@prepared
def _round_of(year: str) -> QuerySet[Round]:
    return Round.objects.filter(year_code=year)[:1]


def round_before(round_: Round) -> Round | None:
    """The round before this one."""
    return Round.objects.filter(year_code__lt=round_.year_code).order_by("-year_code").first()


def assessments(person: Person, round_: Round) -> list[Assessment]:
    """The assessments of a round a person may see: those that were sent, and the drafts of their own agency."""
    rows = all_assessments(person).filter(round=round_).select_related("sent_by")
    return list(rows.prefetch_related("actions", "challenges__by"))


def all_assessments(person: Person) -> QuerySet[Assessment]:
    """The assessments of every round a person may see: those that were sent, and the drafts of their own agency."""
    rows = Assessment.objects.select_related("standard", "agency", "round")
    return rows.filter(Q(state=Assessment.State.SENT) | Q(agency=person.agency_id))


def assessment(person: Person, assessment_id: int) -> Assessment | None:
    """One assessment, or None where there is none that the person may see."""
    return all_assessments(person).filter(pk=assessment_id).first()


def assessment_history(person: Person, round_: Round, agency: Agency) -> list[Entry]:
    """What an agency's answers to a round were and became, the newest first; drafts for the agency alone."""
    rows = Entry.objects.filter(assessment__round=round_, assessment__agency=agency)
    if person.agency_id != agency.pk:
        rows = rows.exclude(action="Draft saved").filter(assessment__state=Assessment.State.SENT)
    return history_read(rows.select_related("by", "assessment__standard"))


@dataclass(frozen=True)
class Answer:
    """One cell of a round: what an agency said of a standard, and what it said the last time."""

    standard: Standard
    now: Assessment | None
    before: Assessment | None

    @property
    def moved(self) -> str:
        """How it moved since the last round, in words; nothing where either is not stated."""
        order = ["red", "amber", "green"]
        if not (self.now and self.before and self.now.rating and self.before.rating):
            return ""
        change = order.index(self.now.rating) - order.index(self.before.rating)
        return "better" if change > 0 else "worse" if change < 0 else "as before"


@dataclass(frozen=True)
class Row:
    """An agency in a round, with an answer for each standard."""

    agency: Agency
    answers: list[Answer]

    @property
    def sent(self) -> int:
        """How many standards the agency sent."""
        return sum(bool(one.now and one.now.is_sent) for one in self.answers)


def matrix(person: Person, round_: Round, *, sent_only: bool = False) -> list[Row]:
    """A round as a table: its agencies, each with its answers in the order of the standards.

    `sent_only` leaves out what the person's own agency did not send yet.
    """
    last = round_before(round_)
    now = {
        (one.agency_id, one.standard_id): one
        for one in assessments(person, round_)
        if one.is_sent or not sent_only
    }
    before = (
        {(one.agency_id, one.standard_id): one for one in assessments(person, last)} if last else {}
    )
    standards = list(round_.standards.all())
    return [
        Row(
            agency,
            [
                Answer(one, now.get((agency.pk, one.pk)), before.get((agency.pk, one.pk)))
                for one in standards
            ],
        )
        for agency in round_.agencies.order_by("name")
    ]


def answered(rows: Iterable[Row]) -> list[Assessment]:
    """The assessments that stand in a round's table."""
    return [one.now for row in rows for one in row.answers if one.now]
