"""What reviews bring to the pages of others: overdue actions, time limits, search hits, the year's report, evidence on
priorities, reviews as what a challenge is about, and recommendations as what training answers."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from lscb import access, papers
from lscb.addresses import address
from lscb.models import Area, Person
from lscb.numbers import plural
from lscb.periods import Period
from lscb.prepared import prepared
from performance.contributed import (
    Evidence,
    Hit,
    Keys,
    OverdueAction,
    Report,
    Sought,
    Thing,
    TimeLimit,
    named,
)
from reviews import queries
from reviews.models import Action, Assessment, Finding, Recommendation, Review, Theme
from reviews.reading import that_follow, told

RECOMMENDATION = "recommendation"
M = TypeVar("M", bound=Model)
Shown = tuple[str, str, str]  # title, address, text


def overdue(person: Person, area: Area, today: date) -> Iterator[OverdueAction]:
    """The overdue actions on an area's reviews that a person may see. Those of section 11 belong to the whole
    partnership, and stand with its own area. What shows them is handed on to a meeting: those of restricted reviews
    are left out, whoever asks."""
    sees, is_home = access.can_see_reviews(person), area.code == settings.PARTNERSHIP_AREA
    for one in told(_overdue(person.pk, person.agency_id, sees, area.pk, is_home, today)):
        if one.due:
            yield OverdueAction(
                one.text,
                one.agency.name,
                one.owner,
                one.due,
                one.answers,
                address_of(one),
            )


@prepared
def _overdue(
    person: int, agency: int | None, sees: bool, area: int, is_home: bool, today: date
) -> QuerySet[Action]:
    here = Q(recommendation__review__area=area, recommendation__review__restricted=False)
    if is_home:
        here |= Q(recommendation=None)
    return queries.overdue(queries.actions_of(person, agency, sees=sees), today).filter(here)


def limits(area: Area, today: date) -> Iterator[TimeLimit]:
    """The time limits of an area's reviews that are near or missed; none of a restricted review."""
    rows = Review.objects.filter(area=area, restricted=False)
    for one, due in queries.pressing_dues(rows, today):
        yield TimeLimit(
            f"{one.title}, {one.spec.words.lower()}",
            due.limit.words,
            due.day,
            due.words,
            due.colour,
            one.get_absolute_url(),
        )


def about(person: Person, indicator: str) -> Iterator[Thing]:
    """The reviews a person may see that are about an indicator, the newest first, and the themes that it shows."""
    for one in _reviews_with_indicators(person.pk) if access.can_see_reviews(person) else ():
        if indicator in one.indicators:
            title = f"{one.spec.words}: {one.title}, {one.year_label}"
            yield Thing(title, one.get_absolute_url())
    for theme in _themes_with_indicators():
        if indicator in theme.indicators:
            yield Thing(f"Theme of reviews: {theme.name}", _theme_address(theme))


@prepared
def _reviews_with_indicators(person: int) -> QuerySet[Review]:
    rows = Review.objects.exclude(indicators=[]).only("kind", "title", "year_code", "indicators")
    return access.reviews_open_to(person, rows)


@prepared
def _themes_with_indicators() -> QuerySet[Theme]:
    return Theme.objects.exclude(indicators=[]).only("name", "indicators")


def search(person: Person) -> Iterator[Sought]:
    """The reviews, findings, recommendations, actions, themes and answers to section 11 that a person may see."""

    def of(kind: str, rows: QuerySet[M], *fields: str, shown: Callable[[M], Shown]) -> Sought:
        return Sought(rows, fields, lambda one: Hit(kind, *shown(one)), that_follow)

    yield of(
        "Reviews",
        access.reviews_visible_to(person, Review.objects.select_related("area")),
        *("title", "summary", "scope", "strengths", "led_by"),
        shown=lambda one: (one.title, one.get_absolute_url(), one.summary),
    )
    yield of(
        "Findings",
        queries.all_findings(person),
        "text",
        shown=lambda one: (one.text, one.review.get_absolute_url(), one.review.title),
    )
    yield of(
        "Themes of reviews",
        Theme.objects.all(),
        *("name", "about", "done"),
        shown=lambda one: (one.name, _theme_address(one), one.about),
    )
    recommendations = Recommendation.objects.select_related("review")
    yield of(
        "Recommendations",
        access.reviews_visible_to(person, recommendations, "review__"),
        "text",
        shown=lambda one: (one.text, one.get_absolute_url(), one.review.title),
    )
    yield of(
        "Actions on reviews",
        queries.actions(person),
        *("text", "agency__name", "progress"),
        shown=lambda one: (one.text, address_of(one), one.answers),
    )
    yield of(
        "Section 11",
        queries.all_assessments(person),
        *("evidence", "to_improve", "agency__name", "standard__name"),
        shown=lambda one: (_assessed(one), one.get_absolute_url(), one.evidence),
    )


def _assessed(one: Assessment) -> str:
    return f"{one.agency.name}: {one.standard}, {one.round.year_label}"


def reports(person: Person, _area: Area, quarter: Period) -> Iterator[Report]:
    """The report of the year that a quarter lies in, where anything was entered for it."""
    year = quarter.year
    if year.code in queries.report_years(person):
        yield Report(
            f"Reviews, audits and section 11 in {year.label}",
            "What was found, asked for, passed on and answered in the year.",
            f"{reverse('review-report')}?year={year.code}",
            papers.files("review-report", year.code),
        )


def address_of(action: Action) -> str:
    """Where an action stands for everybody: with its recommendation, or with its agency's assessment."""
    if action.recommendation:
        return action.recommendation.get_absolute_url()
    assessment = action.assessment
    if assessment is None:
        return address("review-actions")
    round_, agency = assessment.round, action.agency
    return address("section-11-agency", round_.year_code, agency.slug)


def subjects(person: Person | None) -> Mapping[str, Thing]:
    """The reviews that a challenge may be about: those a person may see, or for None the unrestricted ones."""
    if person is not None and not access.can_see_reviews(person):
        return {}
    rows = _unrestricted() if person is None else _reviews_of(person.pk)
    return {str(one.pk): Thing(one.title, one.get_absolute_url()) for one in rows}


@prepared
def _unrestricted() -> QuerySet[Review]:
    return Review.objects.filter(restricted=False).only("title")


@prepared
def _reviews_of(person: int) -> QuerySet[Review]:
    return access.reviews_open_to(person, Review.objects.only("title"))


def recommendations(person: Person | None) -> Mapping[str, Thing]:
    """The recommendations that training may answer: those a person may see, or for None those of open reviews."""
    rows = Recommendation.objects.select_related("review")
    if person is None:
        rows = rows.filter(review__restricted=False)
    else:
        rows = rows.filter(review__in=queries.reviews(person).values("pk"))
    return {
        str(one.pk): Thing(f"{one.review.title}: {one.text}", one.get_absolute_url())
        for one in told(rows)
    }


def evidence(keys: Keys = None) -> Iterator[Evidence]:
    """What a priority can rest on: unrestricted reviews and audits, and the themes of all reviews."""
    rows = Review.objects.filter(restricted=False).prefetch_related(
        "findings", "recommendations__actions", "cases"
    )
    for one in named(rows, keys, "review"):
        yield Evidence(
            key=f"review:{one.pk}",
            strand="audit" if one.is_audit else "learning",
            kind=one.spec.words,
            title=one.title,
            address=one.get_absolute_url(),
            showed=_showed(one),
            followed=_followed(one),
        )
    for theme in told(named(Theme.objects.all(), keys, "theme")):
        yield Evidence(
            key=f"theme:{theme.pk}",
            strand="learning",
            kind="Theme of several reviews",
            title=theme.name,
            address=_theme_address(theme),
            showed=theme.about,
            followed=theme.done,
        )


def _theme_address(theme: Theme) -> str:
    """Where a theme stands for everybody."""
    return f"{address('review-themes')}?theme={theme.pk}"


def _showed(review: Review) -> str:
    """What a review found, counted."""
    found = list(review.findings.all())
    strengths = sum(one.kind == Finding.Kind.STRENGTH for one in found)
    cases = len(review.cases.all())
    parts = (
        plural(cases, "case") if cases else "",
        plural(strengths, "strength") if strengths else "",
        plural(len(found) - strengths, "thing") + " to improve" if len(found) > strengths else "",
    )
    return ", ".join(filter(None, parts))


def _followed(review: Review) -> str:
    """What came of a review, counted: recommendations with proof that they made a difference, and actions."""
    asked = list(review.recommendations.all())
    actions = [act for one in asked for act in one.actions.all()]
    done = sum(one.state == Action.State.DONE for one in actions)
    proven = sum(bool(one.evidence.strip()) for one in asked)
    parts = (
        f"{plural(len(asked), 'recommendation')}, {proven} with proof of a difference"
        if asked
        else "",
        f"{done} of {plural(len(actions), 'action')} done" if actions else "",
    )
    return "; ".join(filter(None, parts))
