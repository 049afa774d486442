"""E-mails about what is due in reviews and section 11: one a person, about what was not said yet.

An e-mail names a review by its pseudonym, and a restricted one not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lscb import access
from lscb.days import day_words
from lscb.models import Agency, Person, Role
from lscb.working_days import is_working_day, working_days_between
from performance.actions.mail import Letter, tell
from reviews import queries, workflow
from reviews.models import Action, PeerChallenge, Recommendation, Review, Round
from reviews.reading import told

AGAIN = 14  # days until what is late is said again
LETTER = Letter(
    subject="Reviews and section 11: {} to look at",
    opening="this is due in reviews and section 11:",
    closing="What was done meanwhile is not told again.",
    recorded="reminded of reviews",
)


@dataclass(frozen=True)
class Matter:
    """Something to be told: a key that is the same while nothing is to be said again, its words, its page, to whom."""

    key: str
    words: str
    address: str
    people: Sequence[Person]


def remind(*, today: date) -> int:
    """Remind people of what is near or late; nothing at weekends and on bank holidays.

    Returns how many e-mails went out.
    """
    if not is_working_day(today):
        return 0
    told: dict[Person, dict[str, str]] = {}
    for source in (_limits, _actions, _looks, _answers, _questions):
        for one in source(today):
            for person in one.people:
                line = f"- {one.words}\n  {settings.SITE_URL}{one.address}"
                told.setdefault(person, {})[one.key] = line
    return tell(told, LETTER)


def _limits(today: date) -> Iterator[Matter]:
    """Time limits: when they are near, on the last working day before, and each fortnight once they are missed."""
    for review, due in queries.pressing_dues(Review.objects.all(), today):
        name = "A restricted review" if review.restricted else review.title
        yield Matter(
            f"review limit {review.pk} {due.limit.met_by} {due.day} {_when(due.day, today)}",
            f"{name}: {due.words}, last day {day_words(due.day)}. {due.limit.words}.",
            review.get_absolute_url(),
            _of_review(review),
        )


def _actions(today: date) -> Iterator[Matter]:
    """What agencies were asked to do: their own people are told."""
    rows = Action.objects.filter(due__isnull=False).exclude(state=Action.State.DONE)
    for one in told(rows.select_related("agency", "recommendation__review", "assessment")):
        due = one.due
        if due is None or _far(due, today):
            continue
        review = one.recommendation.review if one.recommendation else None
        hidden = review is not None and review.restricted
        yield Matter(
            f"review action {one.pk} {due} {_when(due, today)}",
            f"{'An action on a restricted review' if hidden else one.text}: due {day_words(due)}.",
            one.get_absolute_url(),
            _of_review(review, one.agency) if review and hidden else _of_agency(one.agency),
        )


def _looks(today: date) -> Iterator[Matter]:
    """Recommendations that were to be audited again."""
    late = Q(re_audit_due__lt=today, re_audit__isnull=True)
    for one in told(Recommendation.objects.filter(late).select_related("review")):
        name = "A restricted review" if one.review.restricted else f"{one.review}: {one.text}"
        day = one.re_audit_due or today
        yield Matter(
            f"re-audit {one.pk} {day} {_when(day, today)}",
            f"{name}: to be audited again by {day_words(day)}.",
            one.get_absolute_url(),
            _of_review(one.review),
        )


def _answers(today: date) -> Iterator[Matter]:
    """What a round of section 11 waits for: when it is opened, when its day is near, and each fortnight after it."""
    for round_ in Round.objects.filter(closed_on__isnull=True, due__isnull=False):
        due = round_.due or today
        standards = round_.standards.count()
        for agency in round_.agencies.all():
            sent = round_.assessments.filter(agency=agency, state="sent").count()
            if sent < standards:
                when = "asked" if _far(due, today) else _when(due, today)
                yield Matter(
                    f"section 11 {round_.year_code} {agency.slug} {due} {when}",
                    f"{round_}, {agency.name}: {sent} of {standards} standards are sent; answers are due by "
                    f"{day_words(due)}.",
                    reverse("section-11-agency", args=[round_.year_code, agency.slug]),
                    _of_agency(agency),
                )


def _questions(today: date) -> Iterator[Matter]:
    """What peers ask of an agency's answer to section 11, while it is not answered."""
    rows = PeerChallenge.objects.filter(answer="")
    for one in rows.select_related("assessment__round", "assessment__agency"):
        answer = one.assessment
        days = (today - timezone.localdate(one.at)).days
        yield Matter(
            f"peer challenge {one.pk} {days // AGAIN}",
            f"{answer.round}, {answer.agency.name}: a peer asks about {answer.standard}.",
            answer.get_absolute_url(),
            _of_agency(answer.agency),
        )


def _far(day: date, today: date) -> bool:
    return day > today and working_days_between(today, day) > workflow.SOON


def _when(day: date, today: date) -> str:
    """How near a day is, in words that change when it is to be said again."""
    if day < today:
        return f"late {(today - day).days // AGAIN}"
    return "last" if working_days_between(today, day) <= 1 else "near"


def _of_review(review: Review, agency: Agency | None = None) -> list[Person]:
    """Who keeps a review: the managers; of a restricted one the people named on it, first those of an agency that acts,
    then those who keep the register."""
    if not review.restricted:
        return _managers()
    named = list(review.people.filter(is_active=True).select_related("agency"))
    theirs = [one for one in named if agency and one.agency_id == agency.pk]
    keepers = [one for one in named if access.can(one, access.Action.KEEP_REVIEWS)]
    return theirs or keepers or named


def _of_agency(agency: Agency) -> list[Person]:
    """An agency's analysts, who report for it; the managers where it has none."""
    return list(agency.people.filter(is_active=True, role=Role.ANALYST)) or _managers()


def _managers() -> list[Person]:
    people = Person.objects.filter(is_active=True).order_by("pk")
    return [one for one in people if access.can(one, access.Action.KEEP_REVIEWS)]
