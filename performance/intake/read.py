"""From the bytes of a file to the table of a return. Content decides what a file is; its name must fit."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from performance.intake import annex_a
from performance.intake.delimited import encoding_of, read_delimited
from performance.intake.personal import number_in, personal_in_grid, personal_line, repeatable
from performance.intake.problems import Refusal, problem, refusal
from performance.intake.spec import Problem, ReturnSpec
from performance.intake.tables import (
    Grid,
    Limits,
    Table,
    cut,
    header_of,
    known_headings,
    too_many_rows,
)
from performance.intake.workbook import read_workbook

__all__ = ["Limits", "Refusal", "Table", "read"]

TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab")
WORKBOOK_NAMES = (".xlsx",)
SAVE_AS = "Open it in Excel and save the sheet as .xlsx or as 'CSV UTF-8'."
LONGEST_ENDING = 6
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# How files of other kinds begin.
OTHERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def read(content: bytes, filename: str, limits: Limits, spec: ReturnSpec) -> Table:
    """The table of a return in a file. Its sheet and its headings are those that fit the return best.

    Raises Refusal when the file cannot be read as a table or is over a limit.
    """
    if len(content) > limits.bytes:
        raise refusal(
            "too-large",
            f"The file has {len(content) / 1_000_000:.1f} MB; at most {limits.bytes / 1_000_000:.1f} MB are read.",
            "Send one period in one file, or counts instead of one row an event.",
        )
    if not content.strip(b" ,;|\t\r\n\x00\xef\xbb\xbf"):
        raise refusal(
            "empty-file", "The file is empty.", "Export it again and look at it before you send it."
        )
    known = known_headings(spec)
    grids = _grids(content, filename, known, limits)
    listed = annex_a.find(grids, spec)
    table = _choose(grids, known, spec) if listed is None else listed
    if len(table) > limits.rows:
        raise too_many_rows(limits)
    return table


def _grids(content: bytes, filename: str, known: dict[str, str], limits: Limits) -> list[Grid]:
    """The sheets of the file; a text file is one sheet. Raises Refusal."""
    ending = PurePosixPath(filename.strip().lower().replace("\\", "/")).suffix
    _refuse_others(content)
    if content.startswith(ZIP):
        if ending not in WORKBOOK_NAMES:
            raise _wrong_name(ending, "an Excel workbook or another package", ".xlsx")
        return read_workbook(content, limits)
    encoding = encoding_of(content)
    if encoding is None:
        raise refusal("not-a-table", "The file is neither text nor an Excel workbook.", SAVE_AS)
    _refuse_markup(content, encoding)
    if ending not in TEXT_NAMES:
        raise _wrong_name(ending, "text", ".csv")
    return [read_delimited(content, encoding, known, limits)]


def _wrong_name(ending: str, content: str, right: str) -> Refusal:
    return refusal(
        "wrong-extension",
        f"The file’s name ends in '{ending}' but its content is {content}."
        if ending[1:].isalnum() and len(ending) <= LONGEST_ENDING
        else f"The file’s name has no ending that tells what it is; its content is {content}.",
        f"{SAVE_AS} If it is what it should be, give it a name that ends in {right}.",
    )


def _refuse_others(content: bytes) -> None:
    """Raises Refusal for what begins like another kind of file."""
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refusal(
                "protected",
                "The workbook is protected with a password and cannot be opened.",
                "Take the password off (File, Info, Protect Workbook), save it, and send it again.",
            )
        raise refusal(
            "old-excel", "This is an old Office file, such as .xls from before 2007.", SAVE_AS
        )
    for start, what in OTHERS:
        if content.startswith(start) and (len(start) > 2 or b"\x00" in content[:64]):
            raise refusal("not-a-table", f"The file is {what}, not a table.", SAVE_AS)


def _refuse_markup(content: bytes, encoding: str) -> None:
    """Raises Refusal for web pages (often saved with an Excel name), XML and JSON."""
    start = content[:2000].decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(
        ("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<div", "<style")
    ):
        raise refusal(
            "not-a-table", "This is a web page saved with another name, not a table.", SAVE_AS
        )
    if start.startswith("<?xml") or (start.startswith("<") and ">" in start):
        raise refusal("not-a-table", "This is an XML or web file, not a table.", SAVE_AS)
    if start.startswith(("{", "[{", '["')):
        raise refusal("not-a-table", "This is a JSON file, not a table.", SAVE_AS)


def _choose(grids: list[Grid], known: dict[str, str], spec: ReturnSpec) -> Table:
    """The one sheet that fits the return. Raises Refusal when there is none, or more than one."""
    filled = [grid for grid in grids if grid.numbers]
    if not filled:
        raise refusal(
            "empty-file", "There is nothing in the file.", "Export it again and look at it first."
        )
    ranked = [(header_of(grid, known), grid) for grid in filled]
    best = max(score for (_, score), _ in ranked)
    if best == 0:
        return _without_header(filled, spec)
    fitting = [(header, grid) for (header, score), grid in ranked if score == best]
    fitting = [one for one in fitting if len(one[1].numbers) > one[0] + 1] or fitting[:1]
    shown = [one for one in fitting if not one[1].hidden]
    if not shown:
        raise refusal(
            "hidden-sheet",
            f"The only sheet with the columns of this return, {_named(fitting[0][1])}, is hidden.",
            "Show the sheet in Excel (right-click a sheet’s name, Unhide), look at it, and send the file again.",
        )
    if len(shown) > 1:
        names = ", ".join(_named(grid) for _, grid in shown[:10])
        raise refusal(
            "several-sheets",
            f"{len(shown)} sheets hold data of this return: {names}.",
            "Put all rows in one sheet, or send one file for each period.",
        )
    header, grid = shown[0]
    table = _finish(cut(grid, header), grid, filled)
    table.problems.extend(_personal_above(grid, header))
    return table


def _personal_above(grid: Grid, header: int) -> Iterator[Problem]:
    for index in range(header):
        kind = next(filter(None, map(number_in, grid.row(index))), None)
        if kind:
            yield personal_line(kind, "line above the headings", grid.numbers[index])


def _finish(table: Table, grid: Grid, filled: list[Grid]) -> Table:
    """Note what was left out, and look for merged cells and for personal data in the sheets that are not read."""
    others = [other for other in filled if other is not grid]
    if others:
        names = ", ".join(_named(other) + " (hidden)" * other.hidden for other in others[:10])
        table.notes.append(f"The sheet {_named(grid)} was read; not read: {names}.")
    for other in others:
        table.problems.extend(personal_in_grid(other))
    table.problems.extend(_merged(table, grid))
    return table


def _named(grid: Grid) -> str:
    name = repeatable(grid.name, "")
    return f"'{name}'" if name else "a sheet whose name is not repeated here"


def _merged(table: Table, grid: Grid) -> list[Problem]:
    if not len(table):
        return []
    return [
        problem(
            "merged-cells",
            f"Cells are merged from row {top} to row {bottom}, so only the first of them has a value.",
            "Unmerge them in Excel (Merge & Center) and fill in each cell.",
            row=top,
        )
        for top, _, bottom, _ in grid.merged
        if bottom >= table.numbers[0] and top <= table.numbers[-1]
    ]


def _without_header(filled: list[Grid], spec: ReturnSpec) -> Table:
    for grid in filled:
        found = personal_in_grid(grid, strict=False)
        if found:
            raise Refusal(found)
    raise refusal(
        "no-header",
        "No row of the file has the column headings of this return: "
        + ", ".join(spec.counts_columns)
        + ".",
        "Download the template, and copy your numbers below its headings.",
    )
