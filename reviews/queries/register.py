"""The register, its learning, what forms offer. Each reader keeps to the reviews that the person may see."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count as Tally
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone

from lscb import access
from lscb.access import AnyPerson
from lscb.models import Agency, Area, Person
from lscb.prepared import prepared
from lscb.working_days import add_working_days
from performance.indicators.spec import IndicatorSpec, indicators
from performance.queries.challenges import agencies as partner_agencies
from performance.queries.submissions import areas_for_upload
from reviews import workflow
from reviews.models import (
    Action,
    Assessment,
    Entry,
    Finding,
    Judgement,
    Recommendation,
    Review,
    Round,
    Standard,
    Theme,
)
from reviews.queries.section11 import all_assessments
from reviews.reading import history_read, told
from reviews.workflow import Due

RESTRICTED = "a restricted review"
NAMES_A_REVIEW = {
    "Came from",
    "Re audit",
}  # what history calls the fields that hold the name of another review
PRACTICE_REVIEWS = (workflow.PRACTICE_REVIEW, workflow.SERIOUS_CASE_REVIEW)

# The register ----------------------------------------------------------------------------------


def reviews(person: Person) -> QuerySet[Review]:
    """The reviews a person may see. `origin`: the name of the one each came from, where they may see that too."""
    return _reviews(person.pk) if access.can_see_reviews(person) else Review.objects.none()


def _reviews(person: int) -> QuerySet[Review]:
    rows = Review.objects.select_related("area").annotate(origin=_title(person, "came_from"))
    return access.reviews_open_to(person, rows)


def _title(person: int, field: str) -> Subquery:
    """The name of the review that a field leads to; nothing where the person of a number may not see it."""
    seen = access.reviews_open_to(person, Review.objects.filter(pk=OuterRef(field)))
    return Subquery(seen.values("title")[:1])


def seen(person: Person) -> list[Review]:
    """What `reviews` gives a person, read as it is."""
    return _seen(person.pk) if access.can_see_reviews(person) else []


@prepared
def _seen(person: int) -> QuerySet[Review]:
    return _reviews(person)


def review(person: Person, review_id: int) -> Review | None:
    """One review, or None where there is none that the person may see."""
    found = _seen_one(person.pk, review_id) if access.can_see_reviews(person) else []
    return next(iter(found), None)


@prepared
def _seen_one(person: int, number: int) -> QuerySet[Review]:
    return _reviews(person).filter(pk=number)


def years(person: Person) -> list[str]:
    """The financial years in which there are reviews, the newest first."""
    return sorted(_years(person.pk), reverse=True) if access.can_see_reviews(person) else []


@prepared
def _years(person: int) -> QuerySet[Review, str]:
    rows = access.reviews_open_to(person, Review.objects.order_by())
    return rows.values_list("year_code", flat=True).distinct()


def left_alone() -> QuerySet[Review]:
    """The restricted reviews that nobody can open, because none of the people named on them signs in any more."""
    return Review.objects.filter(restricted=True).exclude(
        people__in=Person.objects.filter(is_active=True)
    )


def report_years(person: Person) -> list[str]:
    """The financial years that have a report: of a review that is not restricted, or a round; the newest first."""
    own = (one.year_code for one in reported(person))
    return sorted({*own, *_rounds()}, reverse=True)


def reported(person: Person) -> list[Review]:
    """The reviews that reports tell of, of those a person may see: none that is restricted or invented."""
    return [one for one in seen(person) if not one.restricted and not one.area.synthetic]


@prepared
def _rounds() -> QuerySet[Round, str]:
    return Round.objects.values_list("year_code", flat=True)


def dues(review: Review, today: date) -> list[Due]:
    """How a review stands against its time limits."""
    days = {one.state: one.on for one in review.changes.all()}
    return workflow.dues(review.spec, days, today)


def waiting(listed: Iterable[Review], today: date) -> list[tuple[Review, Due]]:
    """Of these reviews those whose time limit is still open, those due first at the top."""
    rows = sorted((one for one in listed if one.due), key=lambda one: (one.due or today, one.pk))
    prefetch_related_objects(rows, "changes")
    return [(one, due) for one in rows for due in dues(one, today) if due.is_open]


def pressing(person: AnyPerson) -> int:
    """How many time limits are near or missed, of reviews the person may see: for the mark in the navigation."""
    if not isinstance(person, Person) or not access.can(person, access.Action.KEEP_REVIEWS):
        return 0
    today = timezone.localdate()
    near = add_working_days(today, workflow.SOON)
    return len(_due_by(person.pk, near)) if access.can_see_reviews(person) else 0


@prepared
def _due_by(person: int, day: date) -> QuerySet[Review, int]:
    rows = access.reviews_open_to(person, Review.objects.filter(due__lte=day))
    return rows.order_by().values_list("pk", flat=True)


def pressing_dues(rows: QuerySet[Review], today: date) -> list[tuple[Review, Due]]:
    """The time limits that are near or missed, of these reviews; those due first at the top."""
    near = rows.filter(due__lte=add_working_days(today, workflow.SOON)).order_by("due", "pk")
    listed = near.prefetch_related("changes")
    return [(one, due) for one in listed for due in dues(one, today) if due.is_open]


def history(person: Person, row: Review | Round | Standard | Theme) -> list[Entry]:
    """What was changed, the newest first. A review that was named and has been restricted since is named no more to
    those who may not see it."""
    known = reviews(person)
    unseen = Review.objects.exclude(pk__in=known.values("pk"))
    names = known.values("title")
    hidden = set(unseen.exclude(title__in=names).values_list("title", flat=True))
    found = history_read(row.entries.select_related("by"))
    for one in found:
        for name in NAMES_A_REVIEW & one.changes.keys():
            pair = one.changes[name]
            one.changes[name] = [RESTRICTED if text in hidden else text for text in pair]
    return found


@dataclass(frozen=True)
class Counts:
    """The counts that the partnership's annual report prints."""

    published: int
    completed: int
    underway: int
    rapid: int
    led_to_review: int
    learning: int
    contributions: int
    audits: int


def counts(rows: Iterable[Review], year: str = "") -> Counts:
    """Practice reviews by where they stand, whenever they began; the others of one year, or of all."""
    listed = list(rows)
    stages = [one.stands.stage for one in listed if one.kind in PRACTICE_REVIEWS]
    number = Counter(one.kind for one in listed if year in ("", one.year_code))
    led = (one for one in listed if one.state == "led-to-cspr" and year in ("", one.year_code))

    return Counts(
        published=stages.count(workflow.PUBLISHED),
        completed=stages.count(workflow.COMPLETE),
        underway=stages.count(workflow.UNDER_WAY),
        rapid=number[workflow.RAPID_REVIEW],
        led_to_review=sum(one.kind == workflow.RAPID_REVIEW for one in led),
        learning=number[workflow.LEARNING_REVIEW],
        contributions=number[workflow.CONTRIBUTION],
        audits=number[workflow.MULTI_AGENCY_AUDIT],
    )


# Learning --------------------------------------------------------------------------------------


def findings(review: Review) -> list[Finding]:
    """The findings of a review with their themes as they are read, strengths first."""
    return told(review.findings.prefetch_related("themes").order_by("kind", "id"))


def figures(ids: Collection[str]) -> list[IndicatorSpec]:
    """The indicators of these ids, in the catalogue's order; one that was taken out of it is left out."""
    return [one for one in indicators().values() if one.id in ids]


def all_findings(person: Person) -> QuerySet[Finding]:
    """The findings of reviews a person may see, with their themes."""
    rows = Finding.objects.select_related("review").prefetch_related("themes")
    return access.reviews_visible_to(person, rows, "review__")


def recommendations(person: Person) -> QuerySet[Recommendation]:
    """The recommendations of reviews a person may see, with their actions. `looked_again`: the name of the audit that
    did, where they may see it."""
    rows = Recommendation.objects.select_related("review").annotate(
        looked_again=_title(person.pk, "re_audit")
    )
    rows = rows.prefetch_related("actions__agency")
    return access.reviews_visible_to(person, rows, "review__")


@dataclass(frozen=True)
class ThemeRow:
    """A theme over all reviews a person may see."""

    theme: Theme
    reviews: list[Review]
    findings: int

    @property
    def figures(self) -> list[IndicatorSpec]:
        """The indicators that show it."""
        return figures(self.theme.indicators)


def themes(rows: Iterable[Review]) -> list[ThemeRow]:
    """The themes over these reviews, those found in most of them first."""
    seen = {one.pk: one for one in rows}
    found_in = [pair for pair in _themes_of_findings() if pair[1] in seen]
    found = []
    for theme in told(_themes()):
        own = [review for number, review in found_in if number == theme.pk]
        named = sorted({seen[pk] for pk in own}, key=lambda one: (one.year_code, one.title))
        found.append(ThemeRow(theme, named, len(own)))
    return sorted(found, key=lambda row: (-len(row.reviews), row.theme.name))


@prepared
def _themes() -> QuerySet[Theme]:
    return Theme.objects.all()


@prepared
def _themes_of_findings() -> QuerySet[Finding, tuple[int, int]]:
    """Every theme of every finding: the number of the theme, that of the finding's review."""
    rows = Finding.objects.filter(themes__isnull=False)
    return rows.order_by().values_list("themes", "review")


def themes_seen(person: Person) -> QuerySet[Theme]:
    """The themes, each with the findings of the reviews a person may see (`seen`), how many these are (`found`) and of
    how many reviews (`found_in`)."""
    real = reviews(person).filter(area__synthetic=False)
    own = Finding.objects.filter(review__in=real.values("pk"))
    mine = Q(findings__in=own.values("pk"))
    return Theme.objects.annotate(
        found=Tally("findings", filter=mine, distinct=True),
        found_in=Tally("findings__review", filter=mine, distinct=True),
    ).prefetch_related(Prefetch("findings", own.select_related("review"), to_attr="seen"))


def actions(person: Person) -> QuerySet[Action]:
    """The actions a person may see: on reviews they may see, and on section 11 assessments that were sent or are
    their own agency's."""
    return actions_of(person.pk, person.agency_id, sees=access.can_see_reviews(person))


def actions_of(person: int, agency: int | None, *, sees: bool) -> QuerySet[Action]:
    """What `actions` gives the person of a number and an agency, who `sees` reviews or not."""
    rows = Action.objects.select_related(
        "agency", "recommendation__review", "assessment__standard", "assessment__round"
    )
    every = Recommendation.objects.all()
    seen = access.reviews_open_to(person, every, "review__") if sees else every.none()
    own = Q(assessment__state=Assessment.State.SENT) | Q(assessment__isnull=False, agency=agency)
    return rows.filter(Q(recommendation__in=seen.values("pk")) | own)


def overdue(rows: QuerySet[Action], today: date) -> QuerySet[Action]:
    """Of some actions those whose day has passed."""
    return rows.filter(due__lt=today).exclude(state=Action.State.DONE)


def judgement(review: Review, case: str, agency: str) -> tuple[dict[str, object], Judgement | None]:
    """What a form of a judgement begins with: the case and agency of the address, with the judgement that stands; and
    that judgement."""
    found = review.cases.filter(pk=int(case)).first() if case.isdecimal() else None
    if found is None:
        return {}, None
    whose = Agency.objects.filter(slug=agency).first() if agency else None
    row = found.judgements.filter(agency=whose).first()
    given: dict[str, object] = {"case": found, "agency": whose}
    return given | ({"grade": row.grade, "text": row.text} if row else {}), row


def judgements(review: Review) -> list[tuple[object, list[Judgement]]]:
    """The cases of an audit, each with its judgements as they are read: of all together first."""
    cases = told(review.cases.prefetch_related("judgements__agency"))
    return [
        (case, sorted(case.judgements.all(), key=lambda one: one.agency.name if one.agency else ""))
        for case in cases
    ]


def entry(person: Person, entry_id: int) -> Entry | None:
    """One line of history; None where there is none that the person may see."""
    seen = Q(review__in=reviews(person).values("pk")) | Q(
        assessment__in=all_assessments(person).values("pk")
    )
    rest = Q(review=None, assessment=None)
    found = Entry.objects.filter(seen | rest).exclude(action="Draft saved")
    return found.filter(pk=entry_id).first()


# What forms offer ------------------------------------------------------------------------------


def agencies() -> list[Agency]:
    """The agencies that can be asked to act."""
    return partner_agencies()


def home_area() -> Area:
    """The partnership's own area. Raises Area.DoesNotExist before it was made."""
    return Area.objects.get(code=settings.PARTNERSHIP_AREA)


def areas() -> list[Area]:
    """The areas a review may be about."""
    return [one for one in areas_for_upload() if not one.synthetic]


def areas_reviewed() -> list[Area]:
    """The areas that anything in the register is about, invented ones last."""
    return _areas_reviewed()


@prepared
def _areas_reviewed() -> QuerySet[Area]:
    found = Area.objects.filter(pk__in=Review.objects.values("area"))
    return found.order_by("synthetic", "name")


def people() -> list[Person]:
    """The people who can be named on a restricted review."""
    return list(Person.objects.filter(is_active=True).select_related("agency").order_by("name"))
