"""How a live scorecard stands to the edition of its quarter: it is never the edition itself, whose numbers stay."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lscb.days import day_words
from lscb.numbers import plural
from lscb.periods import Period
from performance.models import EditionState
from performance.pages.board import Board
from performance.pages.editions import differing

STEPS = {
    EditionState.PROVISIONAL: "was frozen, provisionally,",
    EditionState.APPROVED: "was approved",
    EditionState.PUBLISHED: "was published",
}


@dataclass(frozen=True)
class Standing:
    """The newest edition of a live scorecard's quarter: its number in the address, `Edition 1 was published on 29
    November 2026`, and how many rows differ since."""

    id: int
    words: str
    differ: int

    @property
    def since(self) -> str:
        """`3 rows differ since`, `no number differs since`."""
        if not self.differ:
            return "no number differs since"
        return f"{plural(self.differ, 'row')} {'differs' if self.differ == 1 else 'differ'} since"

    @property
    def sentence(self) -> str:
        """The whole, for paper."""
        return f"Live scorecard. {self.words}; {self.since}."


def standing(made: Board, quarter: Period) -> Standing | None:
    """How the live scorecard of a quarter stands to its newest edition; None where it has none."""
    edition = next((one for one in made.written.editions if one.quarter == quarter), None)
    if edition is None or edition.at is None:
        return None
    words = f"Edition {edition.number} {STEPS[edition.state]} on {day(edition.at)}"
    return Standing(edition.id, words, differing(edition.rows, made.page))


def day(at: datetime) -> str:
    """A moment's day in words: `3 May 2026`."""
    return day_words(timezone.localtime(at))
