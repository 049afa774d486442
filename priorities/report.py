"""What the pages of the plan say, as plain dataclasses: the plan on a page, and what difference a priority makes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lscb.models import Area
from lscb.numbers import plural
from performance.grouping import STRANDS
from performance.indicators.spec import indicators
from performance.queries.signals import Row as SignalRow
from performance.scorecard import Row
from priorities import queries
from priorities.models import Campaign, PlanAction, Priority, Risk, Voice
from priorities.rag import COMPLETE, RULE, Rag


@dataclass(frozen=True)
class Judged:
    """An action with its colour today."""

    action: PlanAction
    rag: Rag


@dataclass(frozen=True)
class Tally:
    """How many actions have a colour."""

    rag: Rag
    count: int


@dataclass(frozen=True)
class Chapter:
    """A priority on the plan: its actions with their colours, and how many have which."""

    priority: Priority
    actions: tuple[Judged, ...]
    tallies: tuple[Tally, ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True)
class Plan:
    """The business plan on a page."""

    today: date
    chapters: tuple[Chapter, ...]
    tallies: tuple[Tally, ...]
    risks: tuple[Risk, ...]

    @property
    def count(self) -> int:
        """How many actions it has."""
        return sum(len(one.actions) for one in self.chapters)


@dataclass(frozen=True)
class Strand:
    """A strand of the balanced scorecard with what is known of it for a priority."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Impact:
    """One priority: is it making a difference? Evidence of each kind side by side."""

    priority: Priority
    verdict: tuple[str, ...]
    strands: tuple[Strand, ...]
    missing: tuple[str, ...]
    signals: tuple[SignalRow, ...]
    actions: tuple[Judged, ...]
    risks: tuple[Risk, ...]
    campaigns: tuple[Campaign, ...]
    voices: tuple[Voice, ...]


def judged(actions: Iterable[PlanAction], today: date) -> tuple[Judged, ...]:
    """Actions with their colours on a day."""
    return tuple(Judged(one, one.rag(today)) for one in actions)


def tallies(actions: Sequence[Judged]) -> tuple[Tally, ...]:
    """How many actions each part of the rule decided, in the order of the rule."""
    counted = Counter(one.rag for one in actions)
    return tuple(Tally(part, counted[part]) for part in RULE if counted[part])


def plan(today: date, area: Area) -> Plan:
    """The business plan of an area as it stands on a day."""
    every = judged(queries.actions_of(), today)
    risks = queries.risks_of()
    chosen = list(queries.priorities().filter(area=area))
    chapters = []
    for priority in chosen:
        mine = tuple(one for one in every if one.action.priority_id == priority.pk)
        own = tuple(one for one in risks if one.priority_id == priority.pk)
        chapters.append(Chapter(priority, mine, tallies(mine), own))
    shown = [one for chapter in chapters for one in chapter.actions]
    general = tuple(one for one in risks if one.priority_id is None and one.area_id == area.pk)
    return Plan(today, tuple(chapters), tallies(shown), general)


def impact(priority: Priority, today: date) -> Impact:
    """Everything that is known of a priority's effect."""
    rows = queries.score_rows(priority.indicators, priority.area)
    actions = judged(queries.actions_of(priority), today)
    voices = queries.voices_of(priority)
    known = {row.id: row for row in rows if not row.is_missing}
    strands = tuple(
        Strand(title, found)
        for code, title in STRANDS.items()
        if (found := tuple(row for row in known.values() if indicators()[row.id].strand == code))
    )
    missing = tuple(
        f"{one} {indicators()[one].title}"
        for one in priority.indicators
        if one not in known and one in indicators()
    )
    return Impact(
        priority=priority,
        verdict=tuple(verdict(rows, len(missing), actions, voices)),
        strands=strands,
        missing=missing,
        signals=tuple(queries.signals_of(priority)),
        actions=actions,
        risks=tuple(queries.risks_of(priority)),
        campaigns=tuple(queries.campaigns_of(priority)),
        voices=tuple(voices),
    )


def verdict(
    rows: Sequence[Row], missing: int, actions: Sequence[Judged], voices: Sequence[Voice]
) -> Iterable[str]:
    """What the evidence comes to, in sentences: indicators, actions, voice. It counts; people judge."""
    yield _of_indicators(rows, missing)
    yield _of_actions(actions)
    told = sum(1 for one in voices if one.did.strip() and one.told_on)
    changed = sum(1 for one in voices if one.did.strip())
    if voices:
        yield (
            f"{plural(len(voices), 'piece')} of feedback from children and families: {changed} led to a change, "
            f"of {told} of which they were told."
        )
    else:
        yield "No feedback from children or families is recorded for it."


def _of_indicators(rows: Sequence[Row], missing: int) -> str:
    known = [row for row in rows if not row.is_missing]
    if not known and not missing:
        return "No indicator was chosen to show progress."
    kinds = [row.variation.kind for row in known]
    better = sum(kind.startswith("improvement") for kind in kinds)
    worse = sum(kind.startswith("concern") for kind in kinds)
    usual = sum(kind == "common" for kind in kinds)
    moved = sum(kind.startswith("special") for kind in kinds)
    few = len(kinds) - better - worse - usual - moved
    parts = [
        (better, "improved beyond usual variation"),
        (worse, "worsened beyond usual variation"),
        (moved, "moved beyond usual variation, neither better nor worse"),
        (usual, "stayed within usual variation"),
        (few, "with too few points to tell"),
        (missing, "without data"),
    ]
    said = ", ".join(f"{count} {words}" for count, words in parts if count)
    return f"Of {plural(len(known) + missing, 'indicator')}: {said}."


def _of_actions(actions: Sequence[Judged]) -> str:
    if not actions:
        return "It has no action yet."
    done = [one for one in actions if one.action.state == PlanAction.State.DONE]
    shown = sum(one.rag == COMPLETE for one in done)
    red = sum(one.rag.kind == "red" for one in actions)
    text = f"{len(done)} of {plural(len(actions), 'action')} done, {shown} with evidence of impact"
    return f"{text}; {red} red." if red else f"{text}."
