"""Searching indicators, challenges, commentary, and what other apps bring (reviews, actions), for words."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from lscb.models import Person
from lscb.periods import parse
from performance import contributed
from performance.contributed import Hit
from performance.indicators.spec import indicators
from performance.models import Commentary
from performance.queries import challenges
from performance.queries.claims import live, read_out, written_out

AT_MOST = 30  # of each kind


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


def holds(words: list[str], *fields: str) -> Q:
    """A condition that every word stands in one of the fields."""
    condition = Q()
    for word in words:
        anywhere = Q()
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
    fields = ("question", "outcome", "agency__name", "entries__text")
    rows = challenges.challenges(person).filter(holds(words, *fields)).distinct().order_by("-pk")
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
    rows = Commentary.objects.filter(holds(words, "text")).select_related("area").order_by("-pk")
    specs = indicators()
    return [
        Hit(
            "Commentary",
            f"{specs[row.indicator].title}, {parse(row.period_code).label}",
            f"{reverse('commentary', args=[row.indicator])}?area={row.area.code}&period={row.period_code}",
            written_out(row.text, live(row.area, [row.text])),
        )
        for row in rows[:AT_MOST]
        if row.indicator in specs
    ]
