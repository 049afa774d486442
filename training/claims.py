"""What the training reports say, in their tables and in words, beside what the counts give. No database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lscb.periods import Period
from performance.pages.cells import agrees
from training.table import COUNT, PERCENT, Number, Printed, Table, added, change, write


@dataclass(frozen=True)
class Claim:
    """A printed figure that differs from ours, or a statement of a report with what the counts give."""

    period: str
    title: str
    printed: str
    ours: str
    verdict: str
    why: str
    document: str
    place: str

    @property
    def kind(self) -> str:
        """The colour of its chip."""
        return {"Agrees": "green", "Differs": "amber"}.get(self.verdict, "grey")


def differences(table: Table, printed: Iterable[Printed], notes: Mapping[str, str]) -> list[Claim]:
    """The cells in which a report printed otherwise. `notes` say why, by indicator."""
    found = []
    known = {(one.indicator, one.what, one.period): one for one in printed}
    for index, column in enumerate(table.columns):
        for section in table.sections:
            for row in section.rows:
                cell = row.cells[index]
                if cell.printed:
                    said = known[row.line.indicator, row.line.what, column.period.code]
                    why = said.note or notes.get(row.line.indicator, "")
                    title = f"{section.title}: {row.line.title.lower()}"
                    found.append(_claim(column.period, title, said, cell.text, "Differs", why))
    return found


def _claim(period: Period, title: str, said: Printed, ours: str, verdict: str, why: str) -> Claim:
    return Claim(period.label, title, said.printed, ours, verdict, why, said.document, said.place)


CHANGE_TITLES = {
    "TR03": "Attendance, change on the year before",
    "TR04": "Places not taken up, change on the year before",
    "TR10": "eLearning registered, change on the year before",
    "TR11": "eLearning completed, change on the year before",
}


def of_year(
    year: Period,
    table: Table,
    attendance: tuple[Number, Number],
    printed: Iterable[Printed],
    notes: Mapping[str, str],
    rates: tuple[Number, Number],
) -> list[Claim]:
    """What the reports say of the year in words, with what the counts give.

    The last two columns of `table` are the year and the year before; `attendance` and `rates` (places not taken up
    of those booked) are of the same two.
    """  # fmt: skip
    now, before = len(table.columns) - 2, len(table.columns) - 1
    found = []
    for said in printed:
        if said.period != year.code:
            continue
        why = said.note or notes.get(said.indicator, "")
        if said.what == "learning events":
            both = [table.cell(key, now).number for key in ("sessions", "free-events")]
            ours = write(COUNT, added(both))
            verdict = "Agrees" if agrees(said.printed, ours) else "Differs"
            found.append(_claim(year, "Learning events", said, ours, verdict, why))
        elif said.what == "change on the year before":
            pair, unit, words = _pair(said.indicator, table, (now, before), attendance, rates)
            text = change(unit, *pair)
            ours = f"{text}{words}" if text else "cannot be recomputed"
            verdict = _verdict(said.printed, pair, unit)
            title = CHANGE_TITLES.get(said.indicator, said.indicator)
            found.append(_claim(year, title, said, ours, verdict, why))
    return found


def _pair(
    indicator: str,
    table: Table,
    columns: tuple[int, int],
    attendance: tuple[Number, Number],
    rates: tuple[Number, Number],
) -> tuple[tuple[Number, Number], str, str]:
    """The year's number and that of the year before, their unit, and what they are of where that needs saying."""
    if indicator == "TR04":
        return rates, PERCENT, ""
    if indicator == "TR03" and all(one.is_reported for one in attendance):
        return attendance, COUNT, " in people who attended paid sessions"
    key = {"TR03": "bookings", "TR10": "registered", "TR11": "completed"}.get(indicator, "")
    words = " in bookings" if indicator == "TR03" else ""
    later, earlier = (table.cell(key, index).number for index in columns)
    return (later, earlier), COUNT, words


def _verdict(printed: str, pair: tuple[Number, Number], unit: str) -> str:
    """Whether the printed percentage is the change in size, rounded. A change in points is no percentage."""
    now, before = pair[0].exact, pair[1].exact
    stated = re.search(r"\d+(?:\.\d+)?(?=%)", printed)
    if now is None or before is None or not before or not stated:
        return "Cannot be recomputed"
    if unit == PERCENT:
        return "Differs"
    size = float(abs(now - before) * 100 / before)
    return "Agrees" if agrees(stated[0], f"{size:.4f}") else "Differs"
