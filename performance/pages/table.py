"""The scorecard as a table for spreadsheets: live, or an edition of it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from lscb.models import Area
from lscb.numbers import read_back
from lscb.periods import Period
from performance.indicators.claims import Finding
from performance.pages.scorecard import Row, SectionOf
from performance.pages.wording import Delta

HEADINGS = (
    "indicator",
    "title",
    "section",
    "area",
    "sender",
    "period",
    "value",
    "value as shown",
    "note",
    "change on last quarter",
    "change on last quarter, %",
    "change on same quarter last year",
    "change on same quarter last year, %",
    "unit of the changes",
    "year to date",
    "year to date as shown",
    "target",
    "status",
    "variation",
    "assurance",
    "comparator",
    "what this tells us",
    "said by",
    "contradicted by the figures",
)

POINTS = " points"


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


def about(
    area: Area, quarter: Period, stands: str, sections: Iterable[SectionOf], dated: str = ""
) -> list[tuple[str, str]]:
    """What the file says of itself before its rows: title, area, whether it is live or which edition, date, source."""
    senders = sorted({row.sender for section in sections for row in section.rows})
    listed = [
        ("Title", f"Scorecard, {quarter.label}"),
        ("Area", area.name + (" (synthetic figures)" if area.synthetic else "")),
        ("Stands", stands),
        ("Data as of", dated),
        ("Source", "; ".join(senders)),
        (
            "Licence",
            "Contains public sector information licensed under the Open Government Licence v3.0.",
        ),
    ]
    return [one for one in listed if one[1]]


def rows(
    sections: Iterable[SectionOf], quarter: Period, said: Mapping[str, Words]
) -> list[list[object]]:
    """One row an indicator, in the order of HEADINGS. What can be added up is a plain number, its shown form or
    its unit stands in a column of its own."""
    found: list[list[object]] = []
    for section in sections:
        for row in section.rows:
            words = None if row.place else said.get(row.id)
            found.append([
                row.id,
                row.title,
                section.title,
                row.area,
                row.sender,
                quarter.code,
                _plain(row.value),
                row.value,
                row.value_note,
                *_change(row.on_last_quarter),
                *_change(row.on_last_year),
                _unit(row.on_last_quarter, row.on_last_year),
                _plain(row.to_date.amount),
                row.to_date.amount,
                row.target,
                row.rag.word if row.rag else "",
                row.variation.words,
                row.assurance.words if row.assurance else "",
                row.comparator,
                words.text if words else _drafted(row),
                words.who if words else "the figures" if _drafted(row) else "",
                "; ".join(f"{one.claim}: {one.actual}" for one in words.findings) if words else "",
            ])  # fmt: skip
    return found


def _drafted(row: Row) -> str:
    """What the page says where nobody has said anything; nothing where there are too few points for it."""
    return row.variation.sentence if row.variation.is_judged else ""


def _change(change: Delta) -> list[object]:
    """The amount and the percentage of a change as plain numbers, for arithmetic; words stay as they are."""
    return [_plain(one) for one in (change.amount.removesuffix(POINTS), change.relative)]


def _plain(text: str) -> object:
    number = read_back(text.removeprefix("+"))
    return number[0] if number else text


def _unit(*changes: Delta) -> str:
    """The unit of a row's changes; of an edition made before units were kept, points alone are known."""
    points = "points" if any(one.amount.endswith(POINTS) for one in changes) else ""
    return next((one.unit for one in changes if one.unit), points)
