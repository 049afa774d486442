"""Excel workbooks (.xlsx): unpacked within a limit first, then read by a reader that evaluates nothing."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from performance.intake.personal import number_in, personal_line
from performance.intake.problems import Refusal, refusal
from performance.intake.tables import Grid, Limits, fill

AREA = 20_000_000  # cells between the first and the last used one: the reader holds the whole rectangle
SHARED_TEXT = 1_000_000_000  # characters, were every text cell as long as the longest
PARTS = 5_000
WIDEST = 256  # columns a sheet that is not read may have
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = b"0123456789"
COMMENTS = re.compile(r"xl/(comments|threadedComments|drawings/)")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
PREFIX = re.compile(rb"<(\w+:)?worksheet[\s>]")
REFERENCE = rb'c r="([A-Z]{1,3}[0-9]{1,7})"(?: \w+="[^"<>&]*")* ?'
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
HIDDEN = re.compile(rb'<(?:\w+:)?(?:row|col) [^<>]*hidden="(?:1|true)"')
TEXT = re.compile(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>", re.DOTALL)
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)

Value = str | int | float | bool | date | time | datetime | timedelta


def read_workbook(content: bytes, limits: Limits) -> list[Grid]:
    """The sheets of a workbook that hold anything. Raises Refusal: damaged, protected, too large, not a workbook."""
    parts = _unpack(content, limits)
    _refuse_personal_comments(parts)
    shared = parts.get("xl/sharedStrings.xml", b"")
    sheets = [data for name, data in parts.items() if SHEET.fullmatch(name)]
    for sheet in sheets:
        _measure(sheet, shared, limits)
    return _grids(_repack(parts), limits, _notes(sheets))


def _refuse_personal_comments(parts: dict[str, bytes]) -> None:
    """Comments are not read, and would be kept with the file for a time. Raises Refusal for a number of a person."""
    for name, data in parts.items():
        if COMMENTS.match(name):
            text = re.sub(r"<[^<>]*>", "\n", data.decode("utf-8", errors="ignore"))
            kind = number_in(text)
            if kind:
                raise Refusal([personal_line(kind, "comment beside the table")])


def _damaged() -> Refusal:
    return refusal(
        "damaged",
        "The workbook is cut off or damaged and cannot be opened.",
        "Open it in Excel, save it again as .xlsx, and send the new file.",
    )


def _unpack(content: bytes, limits: Limits) -> dict[str, bytes]:
    """The XML parts of the workbook. Nothing is unpacked beyond the limit, whatever the file claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_other_packages({entry.filename for entry in entries})
            wanted = [e for e in entries if e.filename.endswith((".xml", ".rels"))]
            if len(entries) > PARTS or sum(e.file_size for e in wanted) > limits.uncompressed:
                raise refusal(
                    "too-large",
                    f"The workbook grows beyond {limits.uncompressed // 1_000_000:,} MB when it is unpacked.",
                    "Copy only the table into a new workbook, or save it as CSV.",
                )
            if any(
                e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for e in wanted
            ):
                raise _damaged()
            return {entry.filename: archive.read(entry) for entry in wanted}
    except UNREADABLE as error:
        raise _damaged() from error


def _refuse_other_packages(names: set[str]) -> None:
    """Raises Refusal for packages that are no .xlsx workbook. `names` are the parts' names."""
    if "xl/workbook.xml" in names:
        return
    save = "Open it in its program and save the sheet as .xlsx or CSV."
    if "xl/workbook.bin" in names:
        raise refusal("old-excel", "This is a binary Excel workbook (.xlsb).", save)
    if "content.xml" in names:
        raise refusal(
            "not-a-table", "This is an OpenDocument file (.ods), not an Excel workbook.", save
        )
    if "word/document.xml" in names:
        raise refusal("not-a-table", "This is a Word document, not a table.", save)
    raise refusal(
        "not-a-table",
        "This is a zip archive, not an Excel workbook.",
        "Unpack it and send the file in it.",
    )


def _repack(parts: dict[str, bytes]) -> bytes:
    """A package of exactly the bytes that were measured: the reader never sees the original's own directory."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def _measure(sheet: bytes, shared: bytes, limits: Limits) -> None:
    """Raises Refusal when opening this sheet would take more memory than the limits allow.

    The reader holds the whole rectangle up to the last used cell and a copy of the text of every cell.
    """
    prefix = match[1] or b"" if (match := PREFIX.search(sheet)) else b""
    filled = re.findall(b"<" + prefix + REFERENCE + b">", sheet)
    empty = len(re.findall(b"<" + prefix + REFERENCE + b"/>", sheet))
    if len(filled) + empty != len(ANY_CELL.findall(sheet)):
        raise refusal(
            "damaged",
            "The workbook is written in an unusual way that cannot be checked before it is opened.",
            "Open it in Excel, save it again as .xlsx, and send the new file.",
        )
    last_row = max((int(one) for one in {ref.lstrip(LETTERS) for ref in filled}), default=0)
    last_column = max(map(_column_number, {ref.rstrip(DIGITS) for ref in filled}), default=0)
    longest = max(map(len, TEXT.findall(shared)), default=0)
    too_long = sheet.count(b' t="s"') * longest > SHARED_TEXT
    if last_row * last_column > AREA or last_column > max(limits.columns, WIDEST) or too_long:
        raise refusal(
            "too-large",
            "The sheet has cells far outside the table, or very long texts.",
            "Copy only the table into a new workbook, or save it as CSV.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _notes(sheets: list[bytes]) -> list[str]:
    notes = []
    if any(re.search(rb"<(?:\w+:)?f[\s/>]", data) for data in sheets):
        notes.append("Cells with formulas were read as the values that Excel saved last.")
    if any(b' t="e"' in data for data in sheets):
        notes.append("Cells that show an Excel error such as #N/A were read as empty.")
    if any(HIDDEN.search(data) for data in sheets):
        notes.append("Hidden rows and columns, filtered ones too, were read like the others.")
    return notes


def _grids(package: bytes, limits: Limits, notes: list[str]) -> list[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(package))
        grids = []
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(index)
            grid = Grid(
                name=about.name, hidden=about.visible != SheetVisibleEnum.Visible, notes=list(notes)
            )
            grid.first_column = sheet.start[1] if sheet.start else 0
            fill(grid, _rows(sheet), limits)
            grid.merged = [
                (top + 1, left, bottom + 1, right)
                for (top, left), (bottom, right) in _merged(sheet)
            ]
            grids.append(grid)
        return grids
    except Refusal:
        raise
    except (CalamineError, *UNREADABLE) as error:
        raise _damaged() from error
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # how the reader's own faults arrive; it has no importable class
            raise _damaged() from error
        raise


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    if sheet.start is None:
        return
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [value if type(value) is str else _text(value) for value in row]


def _text(value: Value) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).upper() if isinstance(value, bool) else str(value)
