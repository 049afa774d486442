"""What the plan on a page says, as plain dataclasses: priorities, their actions with colours, risks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lscb.models import Area
from priorities import queries
from priorities.models import Campaign, Judgement, PlanAction, Priority, Risk, Voice
from priorities.rag import COMPLETE, RULE, Rag

BESIDE = "Beside the priorities"  # the heading of actions that belong to none


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

    @property
    def each(self) -> range:
        """One for each action, to be drawn."""
        return range(self.count)


@dataclass(frozen=True)
class Chapter:
    """A priority on the plan: its actions with their colours, and how many have which."""

    priority: Priority
    actions: tuple[Judged, ...]
    tallies: tuple[Tally, ...]
    risks: tuple[Risk, ...]
    answer: Judgement | None

    @property
    def complete(self) -> tuple[Judged, ...]:
        """The actions that are complete."""
        return tuple(one for one in self.actions if one.rag == COMPLETE)

    @property
    def others(self) -> tuple[Judged, ...]:
        """The actions that are not complete."""
        return tuple(one for one in self.actions if one.rag != COMPLETE)


@dataclass(frozen=True)
class Plan:
    """The business plan of an area on a page, with campaigns and what children said, of it and of the areas around."""

    today: date
    area: Area
    chapters: tuple[Chapter, ...]
    beside: tuple[Judged, ...]  # actions that belong to no priority
    tallies: tuple[Tally, ...]
    risks: tuple[Risk, ...]
    campaigns: tuple[Campaign, ...]
    voices: tuple[Voice, ...]

    @property
    def count(self) -> int:
        """How many actions it has."""
        return sum(len(one.actions) for one in self.chapters) + len(self.beside)


def judged(actions: Iterable[PlanAction], today: date) -> tuple[Judged, ...]:
    """Actions with their colours on a day."""
    return tuple(Judged(one, one.rag(today)) for one in actions)


def tallies(actions: Sequence[Judged]) -> tuple[Tally, ...]:
    """How many actions each part of the rule decided, in the order of the rule."""
    counted = Counter(one.rag for one in actions)
    return tuple(Tally(part, counted[part]) for part in RULE if counted[part])


def chapters_of(area: Area, today: date, risks: Sequence[Risk]) -> tuple[Chapter, ...]:
    """The priorities of an area as they stand on a day. `risks` are the open ones of the whole plan."""
    chosen = queries.priorities_of(area)
    every = judged(queries.actions_of(*chosen), today)
    answers = queries.answers_of(chosen)
    chapters = []
    for priority in chosen:
        mine = tuple(one for one in every if one.action.priority_id == priority.pk)
        own = tuple(one for one in risks if one.priority_id == priority.pk)
        chapters.append(Chapter(priority, mine, tallies(mine), own, answers.get(priority.pk)))
    return tuple(chapters)


def plan(today: date, area: Area) -> Plan:
    """The business plan of an area as it stands on a day."""
    risks = queries.risks_of()
    chapters = chapters_of(area, today, risks)
    beside = judged(queries.actions_beside(area), today)
    shown = [*(one for chapter in chapters for one in chapter.actions), *beside]
    general = tuple(one for one in risks if one.priority_id is None and one.area_id == area.pk)
    return Plan(
        today,
        area,
        chapters,
        beside,
        tallies(shown),
        general,
        tuple(queries.campaigns_in(area)),
        tuple(queries.voices_in(area)),
    )
