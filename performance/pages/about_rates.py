"""Rates by group told as 'about': printed shares of a printed total, over the children who are held by the same groups.

They stand beside the shares, because the largest share is not the highest rate. Shares are rounded and hold no counts,
so these rates have no intervals and are compared with nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lscb.numbers import format_number, format_value
from performance.indicators.series import Value
from performance.intake.codes import CodeList
from performance.pages.cells import Cell, number_address

PER = 10_000
COLUMNS = ("Per 10,000 children, about", "Share of referrals, as printed", "Children")
NOTE = (
    "About: from the printed shares of the printed total, over the children held. Shares are rounded and hold no "
    "counts, so these rates have no intervals and are compared with nothing."
)


@dataclass(frozen=True)
class AboutRow:
    """A group: its rate per 10,000 as far as a rounded share tells it, the share and the children it is made of."""

    label: str
    rate: float
    share: Value
    children: Value


@dataclass(frozen=True)
class About:
    """The rates of a year, in the order of the groups, and the year's total that the shares are of."""

    period: str
    total: Value
    rows: tuple[AboutRow, ...]

    @property
    def summary(self) -> str:
        """The highest and the lowest rate, and whether the group with the largest share is another."""
        if len(self.rows) < 2:
            return f"In {self.period}: {_told(self.rows[0])}."
        top = max(self.rows, key=lambda row: row.rate)
        low = min(self.rows, key=lambda row: row.rate)
        large = max(self.rows, key=lambda row: row.share.value or 0)
        although = ""
        if large is not top:
            share = format_value(large.share.value, "percent")
            although = (
                f", although the largest share of referrals is that of {large.label} ({share})"
            )
        return f"In {self.period} the rate is highest at {_told(top)}{although}; lowest at {_told(low)}."

    note = NOTE
    columns = ("Group", *COLUMNS)

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """A row for each group; each number leads to where it comes from."""
        return tuple(
            (
                Cell(row.label, is_number=False),
                Cell(format_number(row.rate)),
                Cell(format_value(row.share.value, "percent"), address=number_address(row.share)),
                Cell(format_number(row.children.value or 0), address=number_address(row.children)),
            )
            for row in self.rows
        )


def about(
    codes: CodeList,
    children: Sequence[Value],
    shares: Sequence[Value],
    totals: Sequence[Value],
) -> About | None:
    """The rates that printed shares (percent) of a year's total give over the children held, in the latest year that
    has all three. None where no year has them."""
    held = {(one.period, one.category): one for one in children if one.value}
    whole = {one.period: one for one in totals if one.value is not None}
    known = [
        one
        for one in shares
        if one.value is not None and (one.period, one.category) in held and one.period in whole
    ]
    if not known:
        return None
    last = max(one.period for one in known)
    total = whole[last]
    found = {one.category: (one, held[last, one.category]) for one in known if one.period == last}
    return About(
        last.label,
        total,
        tuple(
            AboutRow(
                code.label,
                PER * (share.value or 0) / 100 * (total.value or 0) / (group.value or 1),
                share,
                group,
            )
            for code in codes
            if code.code in found
            for share, group in [found[code.code]]
        ),
    )


def _told(row: AboutRow) -> str:
    return f"{row.label} (about {format_number(row.rate)} per 10,000)"
