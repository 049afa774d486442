"""From what a cell says to the code it means: exact codes, labels and aliases, and what Excel makes of '1-4'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from performance.intake.codes import ALL, Code, CodeList, code_list, plain
from performance.intake.personal import names_nobody
from performance.intake.spec import Dimension
from performance.intake.values import AGES, Fault, Reading, month_number, read_age, read_day

SUGGESTED_FOR = 200  # looking for the nearest code is slow, so only that many texts of a column get a suggestion
LONGEST_SUGGESTED = 80
LISTED = 15
MAPPED_NOTE = "as your agency mapped it"
EVERYTHING = frozenset((ALL, "total", "totals"))


@dataclass(frozen=True)
class Coded(Reading):
    """The code a text stands for. `entry` is None for `all`."""

    code: str
    entry: Code | None = None


@dataclass
class Matcher:
    """Reads the texts of one dimension's column.

    `may_be_all` where rows state margins (counts), not events. `as_age` where the column holds ages that the
    dimension is worked out from. `mappings` are an agency's own words (as `codes.plain` makes them) and their codes.
    """

    dimension: Dimension
    may_be_all: bool
    as_age: bool = False
    mappings: Mapping[str, str] = field(default_factory=dict)
    _suggested: int = 0

    def read(self, text: str) -> Coded | Fault:
        """The code of one text, or why there is none."""
        if not text:
            return self._empty()
        codes = self.dimension.code_list
        if self.as_age and (age := read_age(text)) is not None:
            return age if isinstance(age, Fault) else self._band(age, text)
        entry = codes.match(text)
        if entry:
            return Coded(entry.code, entry, note=_as_read(text, entry.code))
        if plain(text) in EVERYTHING:
            return self._everything(text)
        mapped = codes.get(self.mappings.get(plain(text), ""))
        if mapped:
            note = f"'{text}' was read as '{mapped.code}', {MAPPED_NOTE}"
            return Coded(mapped.code, mapped, note=note)
        mangled = mangled_range(text, codes)
        if mangled:
            note = f"{_as_read(text, mangled.code)}, which Excel had turned into a date"
            return Coded(mangled.code, mangled, note=note)
        return self._unknown(text)

    def _empty(self) -> Fault:
        unknown = self.dimension.code_list.get("unknown")
        options = (
            [f"'{ALL}' if the row counts every {self.dimension.title.lower()}"]
            if self.may_be_all
            else []
        )
        options += ["'unknown' if nobody knows"] if unknown else []
        return Fault(
            "empty-cell", "The cell is empty.", f"Write {' or '.join(options) or 'the code'}."
        )

    def _everything(self, text: str) -> Coded | Fault:
        if not self.may_be_all:
            return Fault(
                "unexpected-all",
                "'all' is for files of counts. Here each row is one event.",
                "Write the code of this event, or 'unknown' if nobody knows.",
                found=text,
            )
        return Coded(ALL, note=_as_read(text, ALL))

    def _band(self, age: int, text: str) -> Coded | Fault:
        for entry in self.dimension.code_list:
            if age in ages_of(entry.code):
                in_words = not text[-1].isdigit() and text[-1] != "."
                return Coded(entry.code, entry, note=_as_read(text, entry.code) * in_words)
        return Fault(
            "not-an-age", "No age band holds this age.", "Write the age band.", found=str(age)
        )

    def _unknown(self, text: str) -> Fault:
        codes = self.dimension.code_list
        near = None
        if self._suggested < SUGGESTED_FOR and len(text) <= LONGEST_SUGGESTED:
            self._suggested += 1
            near = codes.suggest(text)
            if near and ages_of(near.code) and any(map(str.isdigit, text)):
                near = None  # other figures are another band, however alike the texts look
        title = self.dimension.title.lower()
        if near and names_nobody(text):
            return Fault(
                "unknown-code",
                f"'{text}' is not in the list for {title}.",
                f"Did you mean '{near.code}' ({near.label})?",
                found=text,
            )
        if self.as_age:
            return Fault("not-an-age", "This is not an age.", AGES)
        known = [entry.code for entry in codes]
        return Fault(
            "unknown-code",
            f"The text is not in the list for {title}. It is not repeated here, in case it names a person.",
            f"Use one of: {', '.join(known[:LISTED])}{' ...' if len(known) > LISTED else ''}.",
        )


def _as_read(text: str, code: str) -> str:
    return "" if text == code else f"'{text}' was read as '{code}'"


def ages_of(code: str) -> range:
    """The whole years that a code of an age band holds: `under-1`, `1-4`, `16-plus`; empty for other codes."""
    if match := re.fullmatch(r"under-(\d+)", code):
        return range(int(match[1]))
    if match := re.fullmatch(r"(\d+)-(\d+)", code):
        return range(int(match[1]), int(match[2]) + 1)
    if match := re.fullmatch(r"(\d+)-(plus|and-over)", code):
        return range(int(match[1]), 150)
    return range(0)


def mangled_range(text: str, codes: CodeList) -> Code | None:
    """The code such as `1-4` that Excel turned into a date: 01-Apr, 2025-04-01, Oct-15, 45748. None if it is no such.

    Excel reads 1-4 as day and month (or month and day), and 10-15 as month and year.
    """
    pairs: list[tuple[int, int]] = []
    day = read_day(text)
    if isinstance(day, date):
        pairs = [(day.day, day.month), (day.month, day.day), (day.month, day.year % 100)]
    elif match := re.fullmatch(r"(\d{1,2})[- /]([A-Za-z]{3,9})", text, re.ASCII):
        pairs = _with_month(match[2], int(match[1]))
    elif match := re.fullmatch(r"([A-Za-z]{3,9})[- /](\d{1,2})", text, re.ASCII):
        pairs = _with_month(match[1], int(match[2]))
    found = {
        entry.code: entry
        for low, high in pairs
        if low < high and (entry := codes.get(f"{low}-{high}"))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _with_month(name: str, number: int) -> list[tuple[int, int]]:
    month = month_number(name)
    return [(number, month), (month, number)] if month else []


def list_named(name: str) -> CodeList | None:
    """The code list of this name, or None when there is none."""
    try:
        return code_list(name)
    except ValueError:
        return None
