"""Reading the challenge log, and what counts of it over time."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from lscb import access
from lscb.access import Action, AnyPerson
from lscb.models import Agency, Area, Person
from lscb.periods import Period
from lscb.prepared import prepared
from performance import contributed
from performance.contributed import Thing
from performance.indicators.claims.placeholders import as_they_were
from performance.indicators.spec import indicators
from performance.intake.spec import returns
from performance.models import Challenge, ChallengeEntry, ChallengeFile, SavedView
from performance.queries.claims import kept, live, read_out, written_out
from performance.queries.observations import NATIONAL


def challenges(person: Person | None) -> QuerySet[Challenge]:
    """The challenges a person may read, with who and what they are about: every one, but those about a thing (such as
    a restricted review) that the person may not see. For None those that everybody may read."""
    return _whole().filter(subject__in=subjects(person))


def subjects(person: Person | None) -> list[str]:
    """The subjects of the challenges a person may read (for None those that everybody may): none, and the things that
    the person may see, where any challenge is about a thing."""
    return ["", *(contributed.things(person) if _about_things() else ())]


@prepared
def _about_things() -> QuerySet[Challenge, int]:
    return Challenge.objects.exclude(subject="").order_by().values_list("pk", flat=True)[:1]


def waiting(person: AnyPerson) -> list[Challenge]:
    """The questions that wait for an answer of a person's own agency and that the person may answer, those due first
    at the top."""
    if not isinstance(person, Person) or person.agency_id is None:
        return []
    if not access.can(person, Action.ANSWER_CHALLENGES):
        return []
    return _readable(person, _open_of(person.agency_id))


@prepared
def _open_of(agency: int) -> QuerySet[Challenge]:
    return _whole().filter(state=Challenge.State.OPEN, agency=agency)


@prepared
def _of_number(number: int) -> QuerySet[Challenge]:
    return _whole().filter(pk=number)


def _whole() -> QuerySet[Challenge]:
    """Every challenge with who and what it is about."""
    return Challenge.objects.select_related("agency", "area", "owner", "raised_by", "signal")


def _readable(person: Person | None, rows: list[Challenge]) -> list[Challenge]:
    """Of some challenges those that `challenges` gives a person."""
    if not any(one.subject for one in rows):
        return rows
    known = {"", *contributed.things(person)}
    return [one for one in rows if one.subject in known]


def challenge(person: Person, challenge_id: int) -> Challenge | None:
    """One challenge as it is read; None where there is none that the person may read."""
    return next(iter(read_out(_readable(person, _of_number(challenge_id)))), None)


def question_of(challenge: Challenge) -> str:
    """The question of a challenge as it is read."""
    return written_out(challenge.question, live(challenge.area, [challenge.question]))


def entries(challenge: Challenge) -> list[ChallengeEntry]:
    """The history of a challenge, the oldest first, with live figures as they were when each line was written."""
    rows = _entries(challenge.pk)
    for one in rows:
        one.text = as_they_were(one.text, one.said)
    return rows


@prepared
def _entries(challenge: int) -> QuerySet[ChallengeEntry]:
    rows = ChallengeEntry.objects.filter(challenge=challenge)
    return rows.select_related("person", "file", "challenge__area").defer("file__content")


def collected(challenge: Challenge) -> list[ChallengeEntry]:
    """What a challenge's deep dive collects: notes, evidence, charts and files, the oldest first, with live figures as
    they are today."""
    kinds = ChallengeEntry.Kind
    wanted = (kinds.NOTE, kinds.EVIDENCE, kinds.VIEW, kinds.FILE, kinds.ANSWER)
    return read_out(one for one in _entries(challenge.pk) if one.kind in wanted)


def file_of(challenge: Challenge, entry_id: int) -> ChallengeFile | None:
    """A file of a challenge."""
    return ChallengeFile.objects.filter(entry__challenge=challenge, entry=entry_id).first()


def live_figures(numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """What the live figures in the questions of some challenges say now, by the number of the challenge."""
    rows = Challenge.objects.filter(pk__in=numbers).select_related("area")
    return {one.pk: kept(one.area, [one.question]) for one in rows}


def questions(said: Mapping[int, Mapping[str, str]]) -> dict[int, str]:
    """The questions of some challenges, by number, with their live figures as they were `said`; only of those that
    everybody may read."""
    rows = Challenge.objects.filter(pk__in=list(said)).order_by()
    asked = list(rows.values_list("pk", "question", "subject"))
    seen = {"", *(contributed.things(None) if any(of for *_, of in asked) else ())}
    return {
        number: as_they_were(question, said[number]) for number, question, of in asked if of in seen
    }


def about(indicator: str, area: Area) -> list[Challenge]:
    """The challenges about an indicator in an area, open ones first."""
    found = read_out(_readable(None, _about(indicator, area.pk)))
    return sorted(found, key=lambda one: (one.state == Challenge.State.CLOSED, one.due))


@prepared
def _about(indicator: str, area: int) -> QuerySet[Challenge]:
    rows = Challenge.objects.select_related("agency", "area")
    return rows.filter(indicator=indicator, area=area)


def subject_of(challenge: Challenge, things: Mapping[str, Thing]) -> Thing:
    """What a challenge is about, with its page. `things` are those of other apps that the reader may see."""
    where = f"?area={challenge.area.code}"
    if challenge.indicator:
        spec = indicators().get(challenge.indicator)
        title = spec.title if spec else challenge.indicator
        return Thing(title, reverse("indicator", args=[challenge.indicator]) + where)
    if challenge.return_id:
        spec_of = returns().get(challenge.return_id)
        title = spec_of.title if spec_of else challenge.return_id
        return Thing(title, reverse("return", args=[challenge.return_id]))
    return things[challenge.subject]


def agencies() -> list[Agency]:
    """The agencies that can be asked: those of the partnership, not a national publisher."""
    return _agencies()


@prepared
def _agencies() -> QuerySet[Agency]:
    return Agency.objects.exclude(type=NATIONAL).order_by("name")


def owners() -> list[Person]:
    """The people of agencies who can own a challenge."""
    people = Person.objects.filter(agency__isnull=False, is_active=True)
    return list(people.select_related("agency").order_by("agency__name", "name"))


def views_for(person: Person) -> list[SavedView]:
    """The saved views a person may open: their own, and shared ones."""
    return _views_for(person.pk)


@prepared
def _views_for(person: int) -> QuerySet[SavedView]:
    rows = SavedView.objects.filter(Q(owner=person) | Q(shared=True))
    return rows.select_related("owner")


def pinned(quarter: Period) -> list[SavedView]:
    """The views pinned to a quarter's meeting, in the order in which they were made."""
    return _pinned(quarter.code)


@prepared
def _pinned(quarter: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(pinned_to=quarter).order_by("made_at", "pk")


def answered_in_time(quarter: Period, today: date) -> tuple[int, int, int]:
    """Of the challenges of a quarter whose day is over (the second number) how many were answered by it (the first),
    and how many more fall due in it."""
    listed = Challenge.objects.filter(due__gte=quarter.start, due__lte=quarter.end)
    due = listed.filter(due__lt=today)
    answers = ChallengeEntry.objects.filter(
        challenge__in=due, kind=ChallengeEntry.Kind.ANSWER
    ).values_list("challenge", "challenge__due", "at__date")
    in_time = {one for one, day, answered in answers if answered <= day}
    past = due.count()
    return len(in_time), past, listed.count() - past
