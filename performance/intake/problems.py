"""What can be wrong with a file: the codes, how findings are collected, and the refusal of a whole file."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from performance.intake.spec import Problem

Severity = Literal["error", "warning"]

# Every code with one line that explains it. The pages and the guide for analysts are written from this table.
CODES: dict[str, str] = {
    "empty-file": "The file holds nothing.",
    "wrong-extension": "The file’s name does not end in .csv, .txt, .tsv or .xlsx, or does not fit its content.",
    "not-a-table": "The file is something else than a table: a picture, a web page, a document.",
    "old-excel": "The file is in an Excel format from before 2007 or a binary one.",
    "protected": "The workbook is locked with a password.",
    "damaged": "The file is cut off or damaged.",
    "too-large": "The file, a cell or the number of rows or columns is over the limit.",
    "broken-quotes": "A quotation mark is opened and never closed, or stands where it cannot.",
    "no-header": "No line of the file looks like the column headings of this return.",
    "several-sheets": "More than one sheet holds data, and one submission is one sheet.",
    "hidden-sheet": "The only sheet with data is hidden, so the sender may not see what is sent.",
    "merged-cells": "Cells of the data are merged, so some rows have no value of their own.",
    "missing-column": "A column that the return needs is not there.",
    "unknown-column": "A column is not part of the return. Unexpected columns are refused, never stored.",
    "duplicate-column": "Two columns mean the same.",
    "ragged-row": "A row has more cells than there are column headings.",
    "wrong-form": "The return takes only counts, or only one row an event, and the file is the other kind.",
    "wrong-agency": "This type of agency does not send this return.",
    "no-rows": "There are headings and no rows below them.",
    "personal-data": "A column or a value looks like something that identifies a person. Nothing of the file is kept.",
    "empty-cell": "A cell is empty. A missing number is never zero, and a missing code is never guessed.",
    "not-a-period": "The text is not a month, quarter or year that can be understood.",
    "wrong-period": "The row is about another period than the one chosen at upload.",
    "future-period": "The period has not begun yet.",
    "unfinished-period": "The period is not over yet, so its numbers may still grow.",
    "not-a-date": "The text is not a date that can be understood.",
    "future-date": "The date lies in the future.",
    "unknown-code": "The text is not in the code list of its column.",
    "code-not-valid": "The code was not in use at the time the row is about.",
    "unexpected-all": "The code 'all' stands in a file with one row an event.",
    "not-a-number": "The text is not a number that can be understood.",
    "not-whole": "A count must be a whole number.",
    "negative-number": "The number is below zero.",
    "number-too-large": "The number is larger than any count this return can have.",
    "percent-in-count": "A count is written as a percentage.",
    "not-an-age": "The age is not a whole number of years from 0 to 17.",
    "unclear-symbol": "A symbol such as - could mean several things. It is stored as not available.",
    "unknown-margin": "The row crosses dimensions that the partnership does not keep together.",
    "unknown-item": "The figure is not one that this return carries.",
    "category-without-breakdown": "A figure names a category without its breakdown, or a breakdown without a category.",
    "denominator-without-numerator": "A denominator stands without its numerator.",
    "numerator-without-denominator": "The numerator of a share stands without its denominator.",
    "value-with-numerator": "A value is given although its numerator is there; values are worked out, not sent.",
    "zero-denominator": "The denominator is 0 although the numerator is not.",
    "duplicate-row": "Two rows are about the same period and the same codes.",
    "details-do-not-add": "The details of a total add to another number than the total.",
    "breakdowns-differ": "Two breakdowns of the same events add to different totals.",
    "part-larger-than-whole": "A part counted by one agency is larger than the whole counted by another.",
    "quarter-against-months": "A quarter or year differs from the sum of its months.",
    "outside-limits": "A number lies outside the process limits of its own history.",
    "unlikely-zero": "A zero stands where there never was one.",
    "big-revision": "A number that counts already changes by much.",
    "numerator-missing": "The denominator of an indicator came without its numerator.",
    "month-without-events": "A month of the period has no event at all; it will be stored as 0.",
    "months-replaced": "A file about a quarter or year replaces files of its months and has no rows for them.",
    "counted-already": "Another agency, or another return, has sent the same numbers, and they count now.",
    "more": "More of the same; only the first are listed.",
}

EACH = 100  # as many problems of one code in one column are listed in full
ALL_TOGETHER = 1000


class Refusal(Exception):
    """The file as a whole cannot be read as a table. `problems` says why, for the person who sent it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.code for problem in self.problems))

    @property
    def personal(self) -> bool:
        """Whether something personal was found: the bytes of the file must be deleted."""
        return any(problem.code == "personal-data" for problem in self.problems)


def refusal(
    code: str,
    message: str,
    suggestion: str = "",
    *,
    row: int | None = None,
    column: str | None = None,
) -> Refusal:
    """A refusal for one reason. `code` is one of CODES."""
    return Refusal([problem(code, message, suggestion, row=row, column=column)])


def problem(
    code: str,
    message: str,
    suggestion: str = "",
    *,
    row: int | None = None,
    column: str | None = None,
    found: str = "",
    severity: Severity = "error",
) -> Problem:
    """One problem whose code is in CODES. Raises KeyError for any other code."""
    CODES[code]
    return Problem(code, severity, message, row, column, found, suggestion)


class Problems:
    """Collects problems, lists the first of each kind and counts the rest."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._seen: Counter[tuple[str, str | None, Severity]] = Counter()

    def add(self, one: Problem) -> None:
        """Take a problem; beyond the cap it is only counted."""
        key = (one.code, one.column, one.severity)
        self._seen[key] += 1
        if self._seen[key] <= EACH and len(self._listed) < ALL_TOGETHER:
            self._listed.append(one)

    def extend(self, several: Iterable[Problem]) -> None:
        """Take several."""
        for one in several:
            self.add(one)

    @property
    def refused(self) -> bool:
        """Whether there is an error among them."""
        return any(severity == "error" for _, _, severity in self._seen)

    def listed(self) -> list[Problem]:
        """In the order of the file; then, for each kind that was cut short, how many more there are."""
        first = sorted(self._listed, key=lambda one: (one.row is not None, one.row or 0))
        kept = Counter((one.code, one.column, one.severity) for one in first)
        return first + [
            problem(
                "more",
                f"There are {more:,} more problems like '{code}'"
                + (f" in column '{column}'." if column else "."),
                "Mend the ones listed, and look for the same fault in the rest of the file.",
                column=column,
                severity=severity,
            )
            for (code, column, severity), seen in self._seen.items()
            if (more := seen - kept[(code, column, severity)])
        ]
