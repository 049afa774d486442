"""The words at the top of a scorecard: what changed, what is missing, how sure that is, the decisions asked for.

What changed and what is missing is counted from the page's rows, so that the words and the table cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from lscb.numbers import format_number, plural
from performance.pages.scorecard import Page, Row
from performance.queries.scorecard import Asked, Frozen, Written

SENTENCES = 5  # what changed is told in so many at most; the table marks the rest


@dataclass(frozen=True)
class Gap:
    """A sender whose numbers for the quarter are not here, and in words how many and of what kind."""

    sender: str
    words: str


@dataclass(frozen=True)
class Brief:
    """What a reader with ten minutes needs to know of a scorecard.

    `signals` and `more` are those of the quarter; `earlier` says how many rows of the table carry one of an earlier
    period. `steady` are the first rows of the quarter with enough points and no signal, which bring the sentences to
    five. Of `rows` indicators `reported` have a number for the quarter itself, and `judged` a point of it and enough
    points for limits of usual variation; `stocks` of those are numbers at a period's end.
    """

    signals: tuple[Row, ...]
    more: int
    steady: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    rows: int
    reported: int
    judged: int
    chance: str
    earlier: int = 0
    stocks: int = 0

    @property
    def dependence(self) -> str:
        """What the number of false alarms to expect leaves out."""
        return dependence_words(self.stocks)

    @property
    def nothing(self) -> str:
        """What is said where the quarter has no signal."""
        if self.judged:
            told = plural(self.judged, "indicator")
            return (
                f"Nothing beyond chance: of this quarter {told} can be judged, and "
                f"{'it lies' if self.judged == 1 else 'all lie'} within usual variation."
            )
        if self.reported:
            return "No indicator has a number of this quarter and enough points before it to tell signal from noise."
        return "Nothing can be said of this quarter yet: no indicator has a number for it."

    @property
    def all_signals(self) -> int:
        """How many rows show a signal."""
        return len(self.signals) + self.more


@dataclass(frozen=True)
class Decisions:
    """What waits for the people at the table: editions for a step, challenges (with whether they are overdue)."""

    editions: list[Frozen]
    challenges: list[tuple[Asked, bool]]


def decisions(written: Written) -> Decisions:
    """The decisions that an area's editions and challenges ask for."""
    today = timezone.localdate()
    return Decisions(
        [one for one in written.editions if one.is_open],
        [(one, one.state == "open" and one.due < today) for one in written.challenges],
    )


def brief(page: Page) -> Brief:
    """The brief of a scorecard's page."""
    rows = list({row.id: row for section in page.sections for row in section.rows}.values())
    now = [row for row in rows if row.is_of_quarter]
    steady = tuple(row for row in now if row.variation.icon == "common")
    judged = [row for row in now if row.variation.is_judged]
    return Brief(
        signals=page.signals[:SENTENCES],
        more=max(0, len(page.signals) - SENTENCES),
        steady=steady[: SENTENCES - len(page.signals[:SENTENCES])],
        gaps=gaps(page.missing),
        rows=page.rows,
        reported=sum(1 for row in rows if not row.is_missing and not row.is_older),
        judged=len(judged),
        chance=chance_words(page.false_alarms),
        earlier=sum(1 for row in rows if row.variation.is_signal and not row.news),
        stocks=sum(1 for row in judged if row.is_stock),
    )


def gaps(missing: Sequence[Row]) -> tuple[Gap, ...]:
    """The missing rows by sender, the sender with most of them first."""
    senders: dict[str, list[Row]] = {}
    for row in missing:
        senders.setdefault(row.sender, []).append(row)
    ranked = sorted(senders.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(Gap(sender, gap_words(rows)) for sender, rows in ranked)


def gap_words(rows: Sequence[Row]) -> str:
    """What a sender's missing rows are: their titles where there are two at most, else how many of each kind."""
    if len(rows) <= 2:
        return "; ".join(
            f"{row.title} ({row.to if row.is_older else row.value_note})" for row in rows
        )
    older = sum(1 for row in rows if row.is_older)
    none = len(rows) - older
    parts = [plural(none, "indicator") + " without a number"] if none else []
    if older:
        parts.append(
            f"{format_number(older)} with an earlier one only"
            if none
            else plural(older, "indicator") + " with an earlier number only"
        )
    return ", ".join(parts)


def chance_words(expected: float) -> str:
    """How many false alarms to expect at a time: `about 0.4`, `about 2.1`; of very few series to two decimals."""
    return f"about {format_number(expected, 1 if expected >= 0.1 else 2)}"


def dependence_words(stocks: int) -> str:
    """What a number of false alarms leaves out where so many of the series are numbers at a period's end: it takes
    each point to be independent of the one before. Empty where none is."""
    if not stocks:
        return ""
    which = "One of those judged counts" if stocks == 1 else f"{stocks} of those judged count"
    return (
        f"That holds for numbers independent of one another. {which}, at a period’s end, mostly who was counted "
        "before: there chance alone shows a signal far more often."
    )
