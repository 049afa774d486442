"""Searching indicators, challenges, commentary, and what other apps bring (reviews, actions), for words."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from lscb.models import Person
from lscb.periods import parse
from performance import contributed
from performance.contributed import Hit
from performance.indicators.spec import indicators
from performance.models import Challenge, ChallengeEntry, Commentary
from performance.queries import challenges
from performance.queries.claims import holding_each, read_out

AT_MOST = 30  # of each kind
M = TypeVar("M", bound=Model)


def search(person: Person, text: str) -> list[Hit]:
    """What a person may see and holds every word of a text: indicators first, then challenges and commentary, the
    newest first, then what other apps bring."""
    words = text.lower().split()[:8]
    if not words:
        return []
    found = [*_indicators(words), *_challenges(person, words), *_commentary(words)]
    for source in contributed.SEARCHES:
        found += _at_most(source(person, words))
    return found


def _at_most(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The first hits of each kind."""
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.kind] += 1
        if seen[hit.kind] <= AT_MOST:
            yield hit


def matching(
    rows: QuerySet[M],
    words: Sequence[str],
    *fields: str,
    read: Callable[[Iterable[Any]], list[Any]] = read_out,
) -> QuerySet[M]:
    """The rows of which every word stands in one of the fields, as it is written or, where a text holds live figures,
    as it is read (by `read`): one query more, and those of live figures."""
    return rows.filter(_holds(words, fields, holding_each(rows, words, fields, read)))


def _holds(words: Sequence[str], fields: Collection[str], also: Mapping[str, Collection[int]]) -> Q:
    """A condition that every word stands in one of the fields, or that `also` names the row for it."""
    condition = Q()
    for word in words:
        anywhere = Q(pk__in=also[word])
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        condition &= anywhere
    return condition


def _indicators(words: list[str]) -> list[Hit]:
    found = []
    for spec in indicators().values():
        haystack = f"{spec.id} {spec.title} {spec.theme} {spec.definition} {spec.why}".lower()
        if all(word in haystack for word in words):
            in_title = all(word in f"{spec.id} {spec.title}".lower() for word in words)
            address = reverse("indicator", args=[spec.id])
            hit = Hit("Indicators", spec.title, address, spec.definition)
            found.append((not in_title, spec.id, hit))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])][:AT_MOST]


def _challenges(person: Person, words: list[str]) -> list[Hit]:
    seen = challenges.challenges(person)
    also = holding_each(seen, words, Challenge.LIVE)
    lines = ChallengeEntry.objects.filter(challenge__in=seen).select_related("challenge__area")
    for word, entries in holding_each(lines, words, ChallengeEntry.LIVE).items():
        also[word] += lines.filter(pk__in=entries).values_list("challenge", flat=True)
    fields = ("question", "outcome", "agency__name", "entries__text")
    rows = seen.filter(_holds(words, fields, also)).distinct().order_by("-pk")
    return [
        Hit(
            "Challenges",
            row.question,
            reverse("challenge", args=[row.pk]),
            f"To {row.agency.name}, {row.get_state_display().lower()}",
        )
        for row in read_out(rows[:AT_MOST])
    ]


def _commentary(words: list[str]) -> list[Hit]:
    every = Commentary.objects.select_related("area").order_by("-pk")
    rows, specs = matching(every, words, "text"), indicators()
    return [
        Hit(
            "Commentary",
            f"{specs[row.indicator].title}, {parse(row.period_code).label}",
            f"{reverse('commentary', args=[row.indicator])}?area={row.area.code}&period={row.period_code}",
            row.text,
        )
        for row in read_out(rows[:AT_MOST])
        if row.indicator in specs
    ]
