"""What apps that stand on performance bring to its pages, and to one another's: search hits, overdue actions, time
limits, reports, things a challenge is about, recommendations and what answers them.

An app adds to these registries when it starts (`AppConfig.ready`), as it does to the navigation. Performance imports
none of them, and shows what they give. Every function gets the person who asks, and gives only what they may see.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from lscb.models import Area, Person
from lscb.periods import Period


@dataclass(frozen=True)
class Hit:
    """Something that holds all words of a search: what it is, its title, where it leads, and the text around."""

    kind: str
    title: str
    address: str
    text: str


@dataclass(frozen=True)
class Sought:
    """Records of a kind that a search looks through: those that the person may see, in the order in which they are
    shown; the fields in which a word may stand; what is shown of one. `following` gives the records whose live figures
    follow the data, where they are others than these; `live` are the fields with such, where they are others than the
    model's."""

    rows: QuerySet[Any]
    fields: tuple[str, ...]
    hit: Callable[[Any], Hit]
    following: Callable[[Iterable[Any]], list[Any]] = list
    live: tuple[str, ...] | None = None


@dataclass(frozen=True)
class OverdueAction:
    """An action whose day has passed: what, of which agency, and from where (a plan, a review)."""

    title: str
    agency: str
    owner: str
    due: date
    origin: str
    address: str


@dataclass(frozen=True)
class TimeLimit:
    """A time limit that is near or missed: of what, which limit, its last day, how it stands in words (`3 working days
    left`) with the colour of its chip, and the page of what it is of."""

    title: str
    limit: str
    day: date
    words: str
    colour: str
    address: str


@dataclass(frozen=True)
class Report:
    """A report that can be had: its title, what it tells, its page, and its files as (words, address)."""

    title: str
    tells: str
    address: str
    files: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Thing:
    """One thing that a challenge may be about: its title and its page."""

    title: str
    address: str


@dataclass(frozen=True)
class Subject:
    """A kind of thing that a challenge may be about. `visible` gives the things by their key: those that a person may
    see, or for None those that everybody may."""

    label: str
    visible: Callable[[Person | None], Mapping[str, Thing]]


@dataclass(frozen=True)
class Evidence:
    """Something that may show whether a priority makes a difference, as everybody who signs in may see it: its key
    (`kind:number`), its strand (of `EVIDENCE_STRANDS`), what it showed, and what came of it."""

    key: str
    strand: str
    kind: str
    title: str
    address: str
    showed: str
    followed: str


EVIDENCE_STRANDS = {
    "audit": "Audits",
    "learning": "Reviews and what they taught",
    "training": "Training",
}
SEARCHES: list[Callable[[Person], Iterable[Sought]]] = []
OVERDUE: list[Callable[[Person, Area, date], Iterable[OverdueAction]]] = []
LIMITS: list[Callable[[Area, date], Iterable[TimeLimit]]] = []  # as everybody may see them
REPORTS: list[Callable[[Person, Area, Period], Iterable[Report]]] = []
SUBJECTS: dict[str, Subject] = {}
RECOMMENDATIONS: dict[str, Subject] = {}  # what training, or another app, can say that it answers
ABOUT: list[Callable[[Person, str], Iterable[Thing]]] = []  # what is kept about an indicator
ANSWERS: list[Callable[[Person, str], Iterable[Thing]]] = []  # what answers a recommendation

Keys = Collection[str] | None  # of evidence; None: all there is
EVIDENCE: list[Callable[[Keys], Iterable[Evidence]]] = []  # what a priority can rest on
M = TypeVar("M", bound=Model)


def overdue_actions(person: Person, area: Area, today: date) -> list[OverdueAction]:
    """The overdue actions of every app about an area that a person may see, the longest overdue first."""
    found = [one for source in OVERDUE for one in source(person, area, today)]
    return sorted(found, key=lambda one: (one.due, one.agency, one.title))


def time_limits(area: Area, today: date) -> list[TimeLimit]:
    """The time limits of every app that are near or missed in an area and that everybody may see, the first to end
    first."""
    found = [one for source in LIMITS for one in source(area, today)]
    return sorted(found, key=lambda one: (one.day, one.title))


def reports(person: Person, area: Area, quarter: Period) -> list[Report]:
    """The reports of every app about an area and a quarter, or the year it lies in, that a person may see."""
    return [report for source in REPORTS for report in source(person, area, quarter)]


def things(person: Person | None) -> dict[str, Thing]:
    """What a challenge may be about for a person, by `kind:key`; for None what everybody may see."""
    return _visible(SUBJECTS, person)


def recommendations(person: Person | None) -> dict[str, Thing]:
    """The recommendations that something may answer, by `kind:key`, as `things` gives its own."""
    return _visible(RECOMMENDATIONS, person)


def answers(person: Person, recommendation: str) -> list[Thing]:
    """What every app has that answers a recommendation (`kind:key`)."""
    return [thing for source in ANSWERS for thing in source(person, recommendation)]


def about(person: Person, indicator: str) -> list[Thing]:
    """What every app keeps about an indicator that a person may see: reviews, themes, priorities."""
    return [thing for source in ABOUT for thing in source(person, indicator)]


def evidence(keys: Keys = None) -> dict[str, Evidence]:
    """What a priority can rest on, by its key: what these keys name, or everything."""
    return {one.key: one for source in EVIDENCE for one in source(keys)}


def named(rows: QuerySet[M], keys: Keys, kind: str) -> QuerySet[M]:
    """Of the records that are evidence of a kind those that keys (`kind:number`) name."""
    if keys is None:
        return rows
    prefix = f"{kind}:"
    return rows.filter(pk__in=[one.removeprefix(prefix) for one in keys if one.startswith(prefix)])


def _visible(subjects: Mapping[str, Subject], person: Person | None) -> dict[str, Thing]:
    return {
        f"{kind}:{key}": thing
        for kind, subject in subjects.items()
        for key, thing in subject.visible(person).items()
    }
