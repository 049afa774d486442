"""Searching indicators, challenges, commentary, and what other apps bring (reviews, actions), for words."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet
from django.urls import reverse

from lscb.models import Person
from lscb.periods import parse
from performance import contributed
from performance.contributed import Hit
from performance.indicators.claims.placeholders import OPENS
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
) -> list[M]:
    """The rows, as they are read (by `read`), of which every word stands in one of the fields: as it is written or,
    where a text holds live figures, as it is read. One query, and those of live figures."""
    live = [name for name in getattr(rows.model, "LIVE", ()) if name in fields]
    conditions = [_anywhere(word, fields) for word in words]
    if not live:
        return read(rows.filter(*conditions))
    wanted, said, verdicts = Q(), {}, {}
    for place, (word, anywhere) in enumerate(zip(words, conditions, strict=True)):
        wanted &= anywhere
        said[f"says_{place}"] = word.casefold()
        verdicts[f"says_{place}"] = ExpressionWrapper(anywhere, BooleanField())
    for name in live:
        wanted |= Q(**{f"{name}__contains": OPENS})
    return [one for one in read(rows.annotate(**verdicts).filter(wanted)) if _says(one, said, live)]


def _says(record: Any, words: Mapping[str, str], live: Sequence[str]) -> bool:
    """Whether every word stands in a record: the database found it (what it says of each stands in a field of its own),
    or it stands in a text with live figures as it is read."""
    text = " ".join(str(getattr(record, name)) for name in live).casefold()
    return all(getattr(record, verdict) or word in text for verdict, word in words.items())


def _anywhere(word: str, fields: Collection[str]) -> Q:
    """A condition that a word stands in one of the fields."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
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
    seen = challenges.challenges(person).select_related(None).select_related("agency", "area")
    also = holding_each(seen, words, Challenge.LIVE)
    lines = ChallengeEntry.objects.filter(challenge__in=seen).select_related("challenge__area")
    for word, entries in holding_each(lines, words, ChallengeEntry.LIVE).items():
        also[word] += lines.filter(pk__in=entries).values_list("challenge", flat=True)
    fields = ("question", "outcome", "agency__name", "entries__text")
    wanted = Q()
    for word in words:
        wanted &= _anywhere(word, fields) | Q(pk__in=also[word])
    rows = seen.filter(wanted).distinct().order_by("-pk")
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
        for row in rows[:AT_MOST]
        if row.indicator in specs
    ]
