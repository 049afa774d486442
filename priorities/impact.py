"""What is known of a priority's effect: evidence of every kind side by side, so that people can say if it helps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lscb.models import Area
from lscb.numbers import plural
from performance.contributed import EVIDENCE_STRANDS, Evidence
from performance.indicators.spec import indicators
from performance.pages.grouping import STRANDS
from performance.pages.scorecard import Row
from performance.queries.catalogue import switched_off
from performance.queries.signals import Row as SignalRow
from priorities import queries
from priorities.models import Campaign, Judgement, PlanAction, Priority, Risk, Voice
from priorities.rag import COMPLETE
from priorities.report import Chapter, Judged, chapters_of, judged


@dataclass(frozen=True)
class Strand:
    """A strand of the balanced scorecard with what is known of it for a priority."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Linked:
    """What other apps keep that bears on a priority, of one kind: audits, reviews, training."""

    code: str
    title: str
    items: tuple[Evidence, ...]


@dataclass(frozen=True)
class Glance:
    """One kind of evidence in a line: what it comes to, and where on the page it stands."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True)
class Impact:
    """One priority: is it making a difference? Evidence of each kind side by side. It counts; people judge."""

    priority: Priority
    judgements: tuple[Judgement, ...]
    rows: tuple[Row, ...]
    signals: tuple[SignalRow, ...]
    actions: tuple[Judged, ...]
    linked: tuple[Linked, ...]
    voices: tuple[Voice, ...]
    risks: tuple[Risk, ...]
    campaigns: tuple[Campaign, ...]
    switched_off: Mapping[str, str]

    @property
    def answer(self) -> Judgement | None:
        """The executive's latest answer."""
        return self.judgements[0] if self.judgements else None

    @property
    def known(self) -> tuple[Row, ...]:
        """The indicators that have a number."""
        return tuple(row for row in self.rows if not row.is_missing)

    @property
    def strands(self) -> tuple[Strand, ...]:
        """Those by strand of the balanced scorecard."""
        found = (
            Strand(title, tuple(row for row in self.known if indicators()[row.id].strand == code))
            for code, title in STRANDS.items()
        )
        return tuple(one for one in found if one.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """The indicators without a number, in words."""
        known = {row.id for row in self.known}
        return tuple(
            f"{one} {indicators()[one].title}"
            for one in self.priority.indicators
            if one not in known and one in indicators() and one not in self.switched_off
        )

    @property
    def evidence(self) -> dict[str, Evidence]:
        """What it rests on of other apps, by its key."""
        return {one.key: one for part in self.linked for one in part.items}

    @property
    def glances(self) -> tuple[Glance, ...]:
        """What each kind of evidence comes to."""
        return (
            Glance("figures", "Indicators", _of_indicators(self.known, len(self.missing))),
            Glance("signals", "Signals", _of_signals(self.signals)),
            Glance("actions", "Actions", _of_actions(self.actions)),
            *(Glance(one.code, one.title, _of_linked(one.items)) for one in self.linked),
            Glance("voice", "Children and families", _of_voices(self.voices)),
        )

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is not there yet and would be needed for an answer."""
        return tuple(_gaps(self))


def impact(priority: Priority, today: date) -> Impact:
    """Everything that is known of a priority's effect on a day."""
    evidence = queries.evidence_of(priority)
    return Impact(
        priority=priority,
        judgements=tuple(queries.judgements_of(priority)),
        rows=tuple(queries.score_rows(priority.indicators, priority.area)),
        signals=tuple(queries.signals_of(priority)),
        actions=judged(queries.actions_of(priority), today),
        linked=tuple(
            Linked(code, title, tuple(one for one in evidence if one.strand == code))
            for code, title in EVIDENCE_STRANDS.items()
        ),
        voices=tuple(queries.voices_of(priority)),
        risks=tuple(queries.risks_of(priority)),
        campaigns=tuple(queries.campaigns_of(priority)),
        switched_off=switched_off(priority.indicators),
    )


@dataclass(frozen=True)
class Card:
    """A priority on the first page: its part of the plan, and what its indicators and actions come to."""

    chapter: Chapter
    indicators: str
    actions: str

    @property
    def risks(self) -> str:
        """Its open risks in words."""
        high = sum(one.level.kind == "red" for one in self.chapter.risks)
        said = plural(len(self.chapter.risks), "open risk") if self.chapter.risks else "None open"
        return f"{said}, {high} high" if high else said


def cards(area: Area, today: date) -> list[Card]:
    """The priorities of an area as they stand on a day, each in short."""
    chapters = chapters_of(area, today, queries.risks_of())
    chosen = [chapter.priority for chapter in chapters]
    ids = list(dict.fromkeys(one for priority in chosen for one in priority.indicators))
    rows = {row.id: row for row in queries.score_rows(ids, area)}
    found = []
    for chapter in chapters:
        mine = [rows[one] for one in chapter.priority.indicators if one in rows]
        known = [row for row in mine if not row.is_missing]
        missing = sum(one in indicators() for one in chapter.priority.indicators) - len(known)
        words = _of_indicators(known, missing)
        found.append(Card(chapter, words, _of_actions(chapter.actions)))
    return found


def _of_indicators(known: Sequence[Row], missing: int) -> str:
    if not known and not missing:
        return "None was chosen to show progress."
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
    return f"Of {len(known) + missing}: {said}."


def _of_signals(signals: Sequence[SignalRow]) -> str:
    if not signals:
        return "None stands for its indicators."
    return f"{plural(len(signals), 'stands', 'stand')} for its indicators."


def _of_actions(actions: Sequence[Judged]) -> str:
    if not actions:
        return "None yet."
    done = [one for one in actions if one.action.state == PlanAction.State.DONE]
    shown = sum(one.rag == COMPLETE for one in done)
    red = sum(one.rag.kind == "red" for one in actions)
    text = f"{len(done)} of {len(actions)} done, {shown} with evidence of impact"
    return f"{text}; {red} red." if red else f"{text}."


def _of_linked(items: Sequence[Evidence]) -> str:
    if not items:
        return "None was chosen as evidence."
    followed = sum(bool(one.followed) for one in items)
    return f"{len(items)} chosen as evidence; what came of it is recorded for {followed}."


def _of_voices(voices: Sequence[Voice]) -> str:
    if not voices:
        return "No feedback is recorded for it."
    told = sum(1 for one in voices if one.did.strip() and one.told_on)
    changed = sum(1 for one in voices if one.did.strip())
    return (
        f"{plural(len(voices), 'piece')} of feedback: {changed} led to a change, of {told} of which "
        "they were told."
    )


def _gaps(found: Impact) -> Iterator[str]:
    if found.missing:
        yield f"No data for {'; '.join(found.missing)}. That says nothing about how children fare."
    for key, why in found.switched_off.items():
        yield f"{key} {indicators()[key].title} is no longer shown: {why}"
    if not found.actions:
        yield "No action is on the plan."
    elif not any(one.rag == COMPLETE for one in found.actions):
        yield "No action says yet what is different for children and how that is known."
    for one in found.linked:
        if not one.items:
            yield f"{one.title}: nothing was chosen as evidence."
    if not found.voices:
        yield "Nothing that children or families said is recorded for it."
