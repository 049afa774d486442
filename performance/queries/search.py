"""Searching indicators, commentary and challenges for words."""

from dataclasses import dataclass

from django.db.models import Q

from lscb.periods import parse
from performance.indicators.spec import indicators
from performance.models import Challenge, Commentary

AT_MOST = 30  # of each kind


@dataclass(frozen=True)
class Hit:
    """Something that holds all words: what it is, its title, where it leads, and the text around."""

    kind: str
    title: str
    name: str
    key: str
    text: str
    query: str = ""


def search(text: str) -> list[Hit]:
    """What holds every word of a text: indicators first, then challenges and commentary, the newest first."""
    words = text.lower().split()[:8]
    if not words:
        return []
    return [*_indicators(words), *_challenges(words), *_commentary(words)]


def _indicators(words: list[str]) -> list[Hit]:
    found = []
    for spec in indicators().values():
        haystack = f"{spec.id} {spec.title} {spec.theme} {spec.definition} {spec.why}".lower()
        if all(word in haystack for word in words):
            in_title = all(word in f"{spec.id} {spec.title}".lower() for word in words)
            hit = Hit("Indicator", spec.title, "indicator", spec.id, spec.definition)
            found.append((not in_title, spec.id, hit))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])][:AT_MOST]


def _challenges(words: list[str]) -> list[Hit]:
    condition = Q()
    for word in words:
        condition &= (
            Q(question__icontains=word)
            | Q(outcome__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(entries__text__icontains=word)
        )
    rows = Challenge.objects.filter(condition).select_related("agency").distinct().order_by("-pk")
    return [
        Hit("Challenge", row.question, "challenge", str(row.pk), f"To {row.agency.name}")
        for row in rows[:AT_MOST]
    ]


def _commentary(words: list[str]) -> list[Hit]:
    condition = Q()
    for word in words:
        condition &= Q(text__icontains=word)
    rows = Commentary.objects.filter(condition).select_related("area").order_by("-pk")
    specs = indicators()
    return [
        Hit(
            "Commentary",
            f"{specs[row.indicator].title}, {parse(row.period_code).label}",
            "commentary",
            row.indicator,
            row.text,
            f"?area={row.area.code}&period={row.period_code}",
        )
        for row in rows[:AT_MOST]
        if row.indicator in specs
    ]
