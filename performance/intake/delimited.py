"""Text files with delimiters (CSV and its relatives): their encoding, their delimiter, their rows."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from performance.intake.problems import refusal
from performance.intake.tables import HEADER_WITHIN, Grid, Limits, fill, header_of

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
csv.field_size_limit(
    1_000_000
)  # the module's own cap; the limit of intake is checked on every cell


def encoding_of(content: bytes) -> str | None:
    """The encoding of a text, or None when the bytes are no text.

    A byte order mark decides; without one, NULs in every second place mean UTF-16; else UTF-8, else Windows-1252.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return name if _is_text(content, name) else None
    start = content[:4000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    candidates = ["utf-8", "cp1252"]
    if len(start) >= 4 and max(even, odd) > len(start) // 5:
        candidates = ["utf-16-le" if odd > even else "utf-16-be"]
    return next((name for name in candidates if _is_text(content, name)), None)


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        return not CONTROL.search(content.decode(encoding))
    except UnicodeDecodeError:
        return False


def read_delimited(content: bytes, encoding: str, known: dict[str, str], limits: Limits) -> Grid:
    """The rows of a text file. The delimiter is the one under which most headings are known.

    Raises Refusal for broken quotation marks and beyond the limits.
    """
    delimiter = _delimiter(content, encoding, known)
    grid = Grid()
    fill(grid, _numbered(content, encoding, delimiter), limits)
    if encoding in NAMES:
        grid.notes.append(f"The file is written in {NAMES[encoding]}; it was read as such.")
    if delimiter != ",":
        grid.notes.append(f"The cells are separated by a {DELIMITERS[delimiter]}.")
    return grid


def _delimiter(content: bytes, encoding: str, known: dict[str, str]) -> str:
    """Most known headings first, then most columns; the comma where nothing tells."""

    def fit(delimiter: str) -> tuple[int, int]:
        sample = Grid()
        lines = islice(_lines(content, encoding), HEADER_WITHIN)
        rows = csv.reader((line[:10_000] for line in lines), delimiter=delimiter)
        try:
            fill(sample, enumerate(rows, 1), Limits(columns=1000, cell=10_000_000))
        except csv.Error:
            return (0, 0)
        return header_of(sample, known)[1], len(sample.columns)

    return max(DELIMITERS, key=fit)


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    return iter(io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline=""))


def _numbered(content: bytes, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, counted as a spreadsheet shows it: a blank line counts, a line end in quotes not."""
    number = 0
    reader = csv.reader(_lines(content, encoding), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise refusal(
            "broken-quotes",
            "A quotation mark in or after this row is never closed, or stands where it cannot.",
            "Look at this row and the next. Put the whole cell in quotation marks and double those inside it, "
            "or save the file from Excel as 'CSV UTF-8'.",
            row=number + 1,
        ) from error
