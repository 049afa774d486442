"""The scorecard as a table for spreadsheets: live, or an edition of it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from lscb.periods import Period
from performance.indicators.claims import Finding
from performance.pages.scorecard import SectionOf

HEADINGS = (
    "indicator",
    "title",
    "section",
    "period",
    "value",
    "note",
    "change on last quarter",
    "change on same quarter last year",
    "year to date",
    "target",
    "status",
    "variation",
    "assurance",
    "comparator",
    "what this tells us",
    "said by",
    "contradicted by the figures",
)


class Words(Protocol):
    """What somebody says of a row, and what the figures contradict in it."""

    @property
    def who(self) -> str:
        """Whose words they are."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def despite(self) -> str:
        """Why they were agreed all the same."""

    @property
    def since(self) -> object:
        """What was written after them, beside an edition; None for nothing."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the figures contradict in them."""


def rows(
    sections: Iterable[SectionOf], quarter: Period, said: Mapping[str, Words]
) -> list[list[str]]:
    """One row an indicator, in the order of HEADINGS."""
    found = []
    for section in sections:
        for row in section.rows:
            words = None if row.place else said.get(row.id)
            found.append([
                row.id,
                row.title,
                section.title,
                quarter.code,
                row.value,
                row.value_note,
                row.on_last_quarter.amount,
                row.on_last_year.amount,
                row.to_date.amount,
                row.target,
                row.rag.word if row.rag else "",
                row.variation.words,
                row.assurance.words if row.assurance else "",
                row.comparator,
                words.text if words else "",
                words.who if words else "",
                "; ".join(f"{one.claim}: {one.actual}" for one in words.findings) if words else "",
            ])  # fmt: skip
    return found
