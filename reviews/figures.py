"""Counts of the register as figures: by month, through intake, so that they appear as indicators like any other.

Only what people entered or moved on counts: what the sample's report printed is sent as figures of its own.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from lscb.models import Agency, Area
from lscb.periods import Period, between, month_of, parse
from performance.actions import own_figures
from performance.intake.codes import ALL
from performance.intake.spec import returns
from performance.models import Submission
from performance.models.returns import SETTLED
from reviews import workflow
from reviews.models import GOOD_OR_BETTER, Assessment, AuditCase, Recommendation, Review, Round
from reviews.queries import PRACTICE_REVIEWS

RETURN = "reviews-register"  # what only the register knows; how many there were goes with the other figures
RETURNS = (RETURN, "figures")
SOURCE = "The register of reviews"
SENT_TO_PANEL = (
    "sent"  # the state that ends the 15 working days; the limit of the notification is another one
)
Line = tuple[str, str, str, int, int | None]  # item, breakdown, category, numerator, denominator


def send_figures(*, today: date) -> list[Submission]:
    """Send the counts of each area and month that is over, unless the file that counts says the same already.

    Returns the submissions that were made.
    """
    sender = Agency.objects.filter(type__in=returns()[RETURN].owners).order_by("pk").first()
    if sender is None:
        return []
    made = []
    for area in sender.areas.filter(synthetic=False).order_by("pk"):
        first = _first_month(area)
        last = month_of(today).previous()
        for month in between(first, last) if first and first <= last else []:
            told = lines(area, month)
            for return_id in RETURNS:
                submission = _send(sender, area, month, return_id, told)
                made += [submission] if submission else []
    return made


def lines(area: Area, month: Period) -> list[Line]:
    """What the register counts for an area and month."""
    found = [*_reviews(area, month), *_audits(area, month), *_section_11(area, month)]
    return [*found, *_practice_reviews(area, month), *_recommendations(area, month)]


def live(area: Area) -> QuerySet[Review]:
    """The reviews of an area that people entered or moved on. A number would tell of a restricted one: it counts once
    that ends, and the months before are then sent anew."""
    by_people = Q(made_by__isnull=False) | Q(changes__by__isnull=False)
    return (
        Review.objects.filter(by_people, area=area, restricted=False)
        .distinct()
        .prefetch_related("changes")
    )


def _first_month(area: Area) -> Period | None:
    """The first month that something is to be told of, or was told of: that which counted and is restricted now, or
    has another day, is taken out of it again."""
    days = [day for one in live(area) for day in _days(one).values() if day]
    rounds = Round.objects.filter(area=area, entries__by__isnull=False, closed_on__isnull=False)
    days += [day for one in rounds if (day := one.closed_on)]
    told = Submission.objects.filter(
        area=area, return_id__in=RETURNS, source=SOURCE, state__in=SETTLED
    )
    days += [parse(code).start for code in told.values_list("period_code", flat=True).distinct()]
    return month_of(min(days)) if days else None


def _days(review: Review) -> dict[str, date | None]:
    return {one.state: one.on for one in review.changes.all()}


def _within(day: date | None, month: Period) -> bool:
    return day is not None and month.start <= day <= month.end


def _reviews(area: Area, month: Period) -> Iterator[Line]:
    """Rapid reviews and learning reviews that began, and those whose fifteen days ended."""
    rapid = [one for one in live(area) if one.kind == workflow.RAPID_REVIEW]
    began = sum(_within(_days(one).get("notified"), month) for one in rapid)
    yield "rapid-reviews", ALL, ALL, began, None
    due = [
        limit
        for one in rapid
        for limit in workflow.dues(one.spec, _days(one), month.end)
        if limit.limit.met_by == SENT_TO_PANEL and _within(limit.day, month)
    ]
    yield "rapid-reviews-in-time", ALL, ALL, sum(_in_time(one) for one in due), len(due)
    learning = [one for one in live(area) if one.kind == workflow.LEARNING_REVIEW]
    first = workflow.KINDS[workflow.LEARNING_REVIEW].states[0].code
    started = sum(_within(_days(one).get(first), month) for one in learning)
    yield "learning-reviews", ALL, ALL, started, None


def _in_time(due: workflow.Due) -> bool:
    return due.met_on is not None and due.met_on <= due.day


def _audits(area: Area, month: Period) -> Iterator[Line]:
    """Multi-agency audits that were reported, and their cases."""
    audits = [
        one
        for one in live(area)
        if one.kind == workflow.MULTI_AGENCY_AUDIT and _within(_days(one).get("complete"), month)
    ]
    yield "multi-agency-audits", ALL, ALL, len(audits), None
    cases = AuditCase.objects.filter(review__in=audits).prefetch_related("judgements")
    grades = [
        judgement.grade
        for case in cases
        for judgement in case.judgements.all()
        if judgement.agency_id is None
    ]
    good = sum(grade in GOOD_OR_BETTER for grade in grades)
    yield "audited-cases-good", ALL, ALL, good, len(grades)
    voices = [case.voice for case in cases if case.voice]
    yield "audited-cases-voice", ALL, ALL, voices.count(AuditCase.Voice.YES), len(voices)


def _practice_reviews(area: Area, month: Period) -> Iterator[Line]:
    """Practice reviews by where they stood on the last day of the month."""
    stages = [
        stage
        for one in live(area)
        if one.kind in PRACTICE_REVIEWS and (stage := stage_on(one, month.end))
    ]
    for stage in (workflow.PUBLISHED, workflow.COMPLETE, workflow.UNDER_WAY):
        yield "practice-reviews", "review_stage", stage, stages.count(stage), None


def stage_on(review: Review, day: date) -> str:
    """The stage a review had reached on a day (a state without a day was reached before any); empty before it began."""
    reached = [one for one in review.changes.all() if one.on is None or one.on <= day]
    return review.spec.state(reached[-1].state).stage if reached else ""


def _recommendations(area: Area, month: Period) -> Iterator[Line]:
    """Recommendations of reviews that were finished on the last day, and those whose impact was proved by then."""
    finished = [one for one in live(area) if stage_on(one, month.end) not in ("", "underway")]
    rows = Recommendation.objects.filter(review__in=finished)
    proved = rows.exclude(evidence="").filter(evidence_on__lte=month.end).count()
    yield "recommendations-with-impact", ALL, ALL, proved, rows.count()


def _section_11(area: Area, month: Period) -> Iterator[Line]:
    """Standards of rounds that were closed in the month, of those that agencies judged."""
    closed = Round.objects.filter(area=area, closed_on__gte=month.start, closed_on__lte=month.end)
    judged = Assessment.objects.filter(round__in=closed, state=Assessment.State.SENT).exclude(
        rating=""
    )
    met = judged.filter(rating=Assessment.Rating.GREEN).count()
    yield "section-11-standards-met", ALL, ALL, met, judged.count()


def _send(
    sender: Agency, area: Area, month: Period, return_id: str, told: list[Line]
) -> Submission | None:
    """Send the counts of one return for a month, unless the file that counts says the same."""
    spec = returns()[return_id]
    rows = [(month.code, *one, None) for one in told if one[0] in spec.items]
    if not rows or _sent_by_hand(sender, area, month, return_id):
        return None
    return own_figures.send_figures(
        return_id=return_id, sender=sender, area=area, period=month, rows=rows, source=SOURCE
    )


def _sent_by_hand(sender: Agency, area: Area, month: Period, return_id: str) -> bool:
    """Whether somebody has sent this return for the month, or for what holds it: what a person sent is not replaced."""
    sent = Submission.objects.filter(
        return_id=return_id, agency=sender, area=area, state__in=SETTLED
    )
    covering = (month.code, month.quarter.code, month.year.code)
    return sent.filter(period_code__in=covering).exclude(source=SOURCE).exists()
