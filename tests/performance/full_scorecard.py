"""A scorecard with more to say than any has yet: what its paper must hold on one sheet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from performance.indicators.claims import Finding
from performance.pages.brief import Gap
from performance.pages.scorecard import SectionOf
from performance.pages.sparks import Spark
from performance.pages.wording import Delta
from performance.views.scorecard import Line

SPARK = Spark(190, 44, ("M4 20L186 22",), (10.0, 20.0), 20.0, None, (), (186.0, 22.0), "Crimes")
FOUND = (
    Finding("", "rose sharply", "", "mean 219.0, limits 144.3 to 293.8 by month", ""),
    Finding("", "fallen by half", "", "666 in Quarter 4, 2024/25, 643 in Quarter 1, 2025/26", ""),
)
WORDS = Line(
    "Performance Subgroup",
    "The rise is that of the campaign. " * 9,
    is_agreed=False,
    moved="330 then, 360 now",
    findings=FOUND,
    despite="",
)
NEWS = (
    "28.6% in October 2024 to June 2025, up from 24.3% in the 15 months before; 9 months in a row above the mean of 26.0%. "
    "June 2025 was 27.5%, after 27.8% in May 2025; the quarter as a whole was 28.5%. Neither more nor less is better."
)


def full(made: Mapping[str, Any], said: int = 13) -> dict[str, Any]:
    """The context of a scorecard made from that of a small one: forty-eight rows with a line and a comparison, three of
    them named at the top, so many of them with a long commentary that the figures contradict, eight without figures."""
    row = next(row for section in made["sections"] for row in section.rows if row.id == "DA01")
    row = replace(
        row,
        spark=SPARK,
        comparator="Lower than England (22.6%)",
        title="Crimes recorded in a month",
        on_last_quarter=Delta("−23", "−3.5%", unit="crimes", address="/indicators/DA01/"),
        on_last_year=Delta("+33", "+5.4%", unit="crimes", address="/indicators/DA01/"),
    )
    rows = [replace(row, id=f"DA{number:02d}") for number in range(48)]
    empty = replace(row, is_missing=True, spark=None)
    sections = [
        SectionOf(f"Section {one}", (*rows[one * 6 : one * 6 + 6], replace(empty, id=f"NO{one}")))
        for one in range(8)
    ]
    signals = tuple(replace(one, news=NEWS) for one in rows[:3])
    gaps = tuple(
        Gap(f"Council, team {number}", "12 indicators without a number, 6 with an earlier one only")
        for number in range(4)
    )
    return {
        "sections": sections,
        "empty": {"not available": [one.rows[-1] for one in sections]},
        "said": {one.id: WORDS for one in rows[:said]},
        "brief": replace(made["brief"], signals=signals, gaps=gaps),
    }
