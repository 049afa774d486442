"""The scorecard's rows put together otherwise: by priority, by strand of the balanced scorecard, by agency."""

from collections.abc import Callable

from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from performance.pages.scorecard import Page, Row, SectionOf

STRANDS = {
    "data": "Data",
    "audit": "Audit",
    "workforce": "Workforce",
    "feedback": "Children’s and families’ feedback",
    "evaluation": "Evaluation",
}
GROUPS = {
    "priority": "Priority",
    "strand": "Balanced scorecard",
    "agency": "Agency",
}


def sections(page: Page, group: str = "priority", *, only_signals: bool = False) -> list[SectionOf]:
    """The sections of a page in a grouping of GROUPS, with all rows or those with a signal; empty ones are left out."""
    found = list(page.sections) if group not in TITLES else _by(page, group)
    if only_signals:
        found = [
            SectionOf(one.title, tuple(row for row in one.rows if row.variation.is_signal))
            for one in found
        ]
    return [one for one in found if one.rows]


def _by(page: Page, group: str) -> list[SectionOf]:
    rows: dict[str, list[Row]] = {}
    for section in page.sections:
        for row in section.rows:
            rows.setdefault(TITLES[group](row), []).append(row)
    order = list(STRANDS.values()) if group == "strand" else sorted(rows)
    return [SectionOf(title, tuple(rows[title])) for title in order if title in rows]


def _strand(row: Row) -> str:
    return STRANDS[indicators()[row.id].strand]


def _agency(row: Row) -> str:
    return code_list("agency_types").label(indicators()[row.id].owner)


TITLES: dict[str, Callable[[Row], str]] = {"strand": _strand, "agency": _agency}
