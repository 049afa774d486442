"""Reading the challenge log, and what counts of it over time."""

from datetime import date

from django.db.models import Q, QuerySet

from lscb.models import Agency, Area, Person
from lscb.periods import Period
from performance.models import Challenge, ChallengeEntry, SavedView
from performance.queries.observations import NATIONAL


def challenges() -> QuerySet[Challenge]:
    """Every challenge that anybody in the partnership may read, with who and what it is about."""
    return Challenge.objects.select_related("agency", "area", "owner", "raised_by", "signal")


def challenge(challenge_id: int) -> Challenge | None:
    """One challenge."""
    return challenges().filter(pk=challenge_id).first()


def entries(challenge: Challenge) -> list[ChallengeEntry]:
    """The history of a challenge, the oldest first."""
    return list(challenge.entries.select_related("person"))


def not_closed(area: Area) -> list[Challenge]:
    """The challenges about an area that are not closed, those due first at the top."""
    return list(challenges().filter(area=area).exclude(state=Challenge.State.CLOSED))


def about(indicator: str, area: Area) -> list[Challenge]:
    """The challenges about an indicator in an area, open ones first."""
    found = challenges().filter(indicator=indicator, area=area)
    return sorted(found, key=lambda one: (one.state == Challenge.State.CLOSED, one.due))


def agencies() -> list[Agency]:
    """The agencies that can be asked: those of the partnership, not a national publisher."""
    return list(Agency.objects.exclude(type=NATIONAL).order_by("name"))


def owners() -> list[Person]:
    """The people of agencies who can own a challenge."""
    people = Person.objects.filter(agency__isnull=False, is_active=True)
    return list(people.select_related("agency").order_by("agency__name", "name"))


def views_for(person: Person) -> list[SavedView]:
    """The saved views a person may open: their own, and shared ones."""
    rows = SavedView.objects.filter(Q(owner=person) | Q(shared=True)).select_related("owner")
    return list(rows)


def pinned(quarter: Period) -> list[SavedView]:
    """The views pinned to a quarter's meeting, in the order in which they were made."""
    return list(SavedView.objects.filter(pinned_to=quarter.code).order_by("made_at", "pk"))


def answered_in_time(quarter: Period) -> tuple[int, int]:
    """Of the challenges due in a quarter (the second number) how many were answered by their day (the first)."""
    due = Challenge.objects.filter(due__gte=quarter.start, due__lte=quarter.end)
    answers = ChallengeEntry.objects.filter(
        challenge__in=due, kind=ChallengeEntry.Kind.ANSWER
    ).values_list("challenge", "challenge__due", "at__date")
    in_time = {one for one, day, answered in answers if answered <= day}
    return len(in_time), due.count()


def overdue(area: Area, today: date) -> list[Challenge]:
    """The challenges about an area whose answer did not come in time."""
    rows = challenges().filter(area=area, state=Challenge.State.OPEN, due__lt=today)
    return list(rows)
