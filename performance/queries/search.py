"""Searching indicators, challenges, commentary, and what other apps bring (reviews, actions), for words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value

from lscb.addresses import address
from lscb.lists import MOST_WORDS
from lscb.models import Person, Role
from lscb.periods import parse
from lscb.prepared import Prepared, prepared
from performance import contributed
from performance.contributed import Hit, Sought
from performance.indicators.claims.placeholders import OPENS
from performance.indicators.spec import indicators
from performance.models import Challenge, ChallengeEntry, Commentary
from performance.queries import challenges
from performance.queries.claims import read_out

AT_MOST = 30  # of each kind
SHOWN = 220  # letters of a text that a page shows
BEFORE = 80  # of them before a word that stands further on
LOOKED_AT = 1000  # records of a kind that hold the words, the newest


def search(person: Person, text: str) -> list[Hit]:
    """What a person may see and holds every word of a text: indicators first, then challenges and commentary, the
    newest first, then what other apps bring. What holds the words as one phrase comes first among its kind.

    One query finds the records of every kind; then one reads those of each kind that has any, and what live figures say
    is read for all of them together."""
    words = _straight(text).lower().split()[:MOST_WORDS]
    if not words:
        return []
    found = [*_indicators(words), *_hits(person, words)]
    phrase = " ".join(words)
    kinds = list(dict.fromkeys(hit.kind for hit in found))
    found.sort(key=lambda one: (kinds.index(one.kind), not _says_so(one, phrase)))
    return [replace(hit, text=excerpt(hit.text, _beyond(hit.title, words))) for hit in found]


def _beyond(title: str, words: Sequence[str]) -> list[str]:
    """The words that a title does not hold."""
    return [word for word in words if word not in _straight(title).lower()]


def _says_so(hit: Hit, phrase: str) -> bool:
    return phrase in _straight(f"{hit.title} {hit.text}").lower()


def excerpt(text: str, words: Sequence[str]) -> str:
    """The beginning of a text; where that lacks one of the words, what stands around the first that it lacks."""
    plain = _straight(text).lower()
    lacking = [plain.find(word) for word in words if word not in plain[:SHOWN]]
    at = min((one for one in lacking if one >= 0), default=0)
    start = text.rfind(" ", 0, max(at - BEFORE, 1)) + 1 if len(text) > SHOWN else 0
    return f"… {text[start:]}" if start else text


def _straight(text: str) -> str:
    """A text with one kind of apostrophe: people type another than stands in texts."""
    return text.replace("’", "'")


def _hits(person: Person, words: Sequence[str]) -> Iterator[Hit]:
    """What is shown of the records that hold every word, of each kind the first."""
    sought, found = _kinds(Role(person.role)), _found(person, words)
    live = [
        (one, kind.fields)
        for kind, rows in zip(sought, found, strict=True)
        for one in rows
        if any(OPENS in _text(one, name) for name in _live_fields(kind))
    ]
    written = {id(one): _texts(one, fields) for one, fields in live}
    read_out(one for kind, rows in zip(sought, found, strict=True) for one in kind.following(rows))
    said = {id(one): f"{written[id(one)]}\n{_texts(one, fields)}" for one, fields in live}
    for kind, rows in zip(sought, found, strict=True):
        holding = (one for one in rows if id(one) not in said or _holds(said[id(one)], words))
        yield from map(kind.hit, islice(holding, AT_MOST))


@cache
def _kinds(role: Role) -> tuple[Sought, ...]:
    """The kinds that a search looks through, as somebody of a role has them: what is shown of a record is the same for
    all."""
    return tuple(_sought(Person(role=role), [], []))


def _sought(person: Person, subjects: Collection[str], ids: Collection[str]) -> Iterator[Sought]:
    """What a search looks through for a person: challenges about these subjects, commentary on these indicators, and
    what other apps bring."""
    yield from (_challenges(subjects), _commentary(ids))
    for source in contributed.SEARCHES:
        yield from source(person)


def _found(person: Person, words: Sequence[str]) -> list[list[Any]]:
    """The records of each kind of which every word stands in one of the fields as it is written, or a text holds live
    figures, so that one has to read it. One query, and one of each kind that has any."""
    role, ids = Role(person.role), list(indicators())
    about = (role, person.pk, person.agency_id, challenges.subjects(person), ids)
    spelt = [{word, word.replace("'", "’")} for word in words]
    numbers: dict[int, set[int]] = {}
    for place, number in _numbers.stored(*about, *spelt):
        numbers.setdefault(place, set()).add(number)
    newest = {place: sorted(some)[-LOOKED_AT:] for place, some in numbers.items()}
    return [
        _records(place)(*about, _filled(newest[place])) if place in newest else []
        for place in range(len(_kinds(role)))
    ]


@prepared
def _numbers(
    role: Role,
    person: int,
    agency: int | None,
    subjects: Collection[str],
    ids: Collection[str],
    *words: Collection[str],
) -> QuerySet[Any, tuple[int, int]]:
    """The place of a kind and the number of a record that holds every one of the words, each in one of the ways in
    which it may be spelt; for the person of a number, a role and an agency."""
    sought = _sought(Person(pk=person, agency_id=agency, role=role), subjects, ids)
    every = [
        kind.rows.order_by()
        .filter(_condition(kind, words))
        .values_list(Value(place, IntegerField()), F("pk"))
        for place, kind in enumerate(sought)
    ]
    return every[0].union(*every[1:], all=True)


@cache
def _records(place: int) -> Prepared[..., Any]:
    """The query for the records of these numbers that are of the kind at a place, as `_numbers` has them."""

    @prepared
    def records(
        role: Role,
        person: int,
        agency: int | None,
        subjects: Collection[str],
        ids: Collection[str],
        numbers: Collection[int],
    ) -> QuerySet[Any]:
        who = Person(pk=person, agency_id=agency, role=role)
        kind = next(islice(_sought(who, subjects, ids), place, None))
        return kind.rows.filter(pk__in=numbers)

    return records


def _filled(numbers: Sequence[int]) -> list[int]:
    """Numbers, the last of them so often that they are a power of two: of few lengths a query is soon known."""
    length = 1 << (len(numbers) - 1).bit_length()
    return [*numbers, *[numbers[-1]] * (length - len(numbers))]


def _condition(kind: Sought, words: Sequence[Collection[str]]) -> Q:
    """A condition that every word stands in one of the fields as it is written, in one of the ways in which it may be
    spelt, or that a text holds a live figure."""
    condition = Q()
    for ways in words:
        somewhere = Q()
        for spelt in ways:
            for field in kind.fields:
                somewhere |= Q(**{f"{field}__icontains": spelt})
        condition &= somewhere
    for name in _live_fields(kind):
        condition |= Q(**{f"{name}__contains": OPENS})
    return condition


def _live_fields(kind: Sought) -> Collection[str]:
    if kind.live is not None:
        return kind.live
    return [one for one in getattr(kind.rows.model, "LIVE", ()) if one in kind.fields]


def _texts(record: Any, fields: Iterable[str]) -> str:
    return "\n".join(_text(record, one) for one in fields)


def _text(record: Any, field: str) -> str:
    """What stands in a record's field: `agency__name` in its agency's name, `entries__text` in those of all."""
    return "\n".join(_said(record, field.split("__")))


def _said(record: Any, path: Sequence[str]) -> Iterator[str]:
    if record is None:
        return
    if not path:
        yield str(record)
        return
    found = getattr(record, path[0])
    for one in found.all() if hasattr(found, "all") else (found,):
        yield from _said(one, path[1:])


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether a text holds every word."""
    folded = _straight(text).casefold()
    return all(word.casefold() in folded for word in words)


def _indicators(words: list[str]) -> list[Hit]:
    found = []
    for spec in indicators().values():
        title = _straight(f"{spec.id} {spec.title}").lower()
        definition = _straight(spec.definition).lower()
        haystack = f"{title} {spec.theme.lower()} {definition} {_straight(spec.why).lower()}"
        if all(word in haystack for word in words):
            in_title = all(word in title for word in words)
            shows = all(word in f"{title} {definition}" for word in words)
            text = spec.definition if shows else f"{spec.theme}: {spec.definition} {spec.why}"
            hit = Hit("Indicators", spec.title, address("indicator", spec.id), text)
            found.append((not in_title, spec.id, hit))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])][:AT_MOST]


def _challenges(subjects: Collection[str]) -> Sought:
    rows = Challenge.objects.select_related("agency", "area").filter(subject__in=subjects)
    return Sought(
        rows.prefetch_related("entries").order_by("-pk"),
        ("question", "outcome", "agency__name", "entries__text"),
        lambda row: Hit(
            "Challenges",
            row.question,
            address("challenge", row.pk),
            f"To {row.agency.name}, {row.get_state_display().lower()}",
        ),
        following=_with_entries,
        live=(*Challenge.LIVE, *(f"entries__{one}" for one in ChallengeEntry.LIVE)),
    )


def _with_entries(rows: Iterable[Challenge]) -> list[Challenge | ChallengeEntry]:
    listed = list(rows)
    return [*listed, *(entry for one in listed for entry in one.entries.all())]


def _commentary(ids: Collection[str]) -> Sought:
    return Sought(
        Commentary.objects.filter(indicator__in=ids).select_related("area").order_by("-pk"),
        ("text",),
        lambda row: Hit(
            "Commentary",
            f"{indicators()[row.indicator].title}, {parse(row.period_code).label}",
            f"{address('commentary', row.indicator)}?area={row.area.code}&period={row.period_code}",
            row.text,
        ),
    )
