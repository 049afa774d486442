"""Builds the small files that the tests of intake send, and says what should come of each."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl

from lscb.periods import parse
from performance.indicators.spec import share_items
from performance.intake.check import Checked, check
from performance.intake.read import Limits, Refusal, read
from performance.intake.reduce import reduce
from performance.intake.spec import TOTAL, Cell, returns

TODAY = date(2025, 9, 1)
LIMITS = Limits(bytes=2_000_000, rows=5_000, columns=40, cell=1_000, uncompressed=5_000_000)

# Counts of one month by kind: 545 altogether.
POLICE = "month,kind,count\n2025-04,crime,210\n2025-04,incident,180\n2025-04,contact,155\n"
POLICE_TOTAL = 545
# Six events of one month.
EVENTS = (
    "date,source,age,ethnicity,reason\n"
    "2025-04-01,police,0,white,neglect\n"
    "2025-04-02,police,4,white,neglect\n"
    "2025-04-02,schools,9,asian,domestic-abuse\n"
    "2025-04-15,health,15,black,neglect\n"
    "2025-04-30,individual,17,unknown,other\n"
    "2025-04-30,anonymous,unborn,dual-heritage,unborn\n"
)
REFERRALS = (
    "month,source,age_band,ethnicity,reason,count\n"
    "2025-04,all,all,all,all,30\n"
    "2025-04,police,all,all,all,20\n"
    "2025-04,schools,all,all,all,10\n"
    "2025-04,all,1-4,all,all,30\n"
)
FIGURES = "period,item,breakdown,category,numerator,denominator,value\n"

Finding = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class Accepted:
    """The file is taken: the sum of its totals (of all its numbers where it has no total), how many cells are
    kept, words that its notes hold, and the codes of its warnings."""

    total: int
    cells: int
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The file is refused for exactly these errors: code, row, column."""

    errors: tuple[Finding, ...]
    personal: bool = False


@dataclass(frozen=True)
class Case:
    """One file, what it is sent as, and what should come of it."""

    name: str
    content: bytes
    outcome: Accepted | Refused
    filename: str = "return.csv"
    of: str = "police-da"
    period: str = "2025-04"
    agency: str = ""


def taken(name: str, content: str | bytes, *notes: str, **more: Any) -> Case:
    """A file of police counts that is taken as if it were written like POLICE."""
    outcome = Accepted(
        more.pop("total", POLICE_TOTAL), more.pop("cells", 3), notes, more.pop("warnings", ())
    )
    return Case(name, _bytes(content), outcome, **more)


def refused(name: str, content: str | bytes, *errors: Finding | str, **more: Any) -> Case:
    """A file that is refused for these errors; a code alone is a finding without row and column."""
    found = tuple((one, None, None) if isinstance(one, str) else one for one in errors)
    return Case(name, _bytes(content), Refused(found, more.pop("personal", False)), **more)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def outcome_of(case: Case) -> tuple[Checked | Refusal, list[Cell]]:
    """What intake makes of a file: a refusal, or what was checked with the cells that would be kept."""
    spec = returns()[case.of]
    try:
        table = read(case.content, case.filename, LIMITS, spec)
    except Refusal as refusal:
        return refusal, []
    checked = check(
        table,
        spec,
        period=parse(case.period),
        agency_type=case.agency or spec.owners[0],
        today=TODAY,
        shares=share_items(),
    )
    return checked, [] if checked.refused else reduce(checked, spec, period=parse(case.period))


def checked(content: str, of: str = "police-da", **more: Any) -> Checked:
    """What checking makes of a text that can be read. Raises Refusal when it cannot."""
    result, _ = outcome_of(Case("", content.encode(), Refused(()), of=of, **more))
    if isinstance(result, Refusal):
        raise result
    return result


def cells_of(content: str, of: str, **more: Any) -> list[Cell]:
    """The cells that would be kept of a text that is taken. Fails when it is refused."""
    result, cells = outcome_of(Case("", content.encode(), Refused(()), of=of, **more))
    assert not isinstance(result, Refusal), result
    assert not result.refused, result.problems
    return cells


def total_of(cells: list[Cell]) -> int:
    """The sum of the totals, or of every number where the return has no total."""
    counted = [cell for cell in cells if cell.count is not None]
    totals = [cell for cell in counted if cell.margin == TOTAL]
    return int(sum(cell.count or 0 for cell in totals or counted))


def errors_of(result: Checked | Refusal) -> set[Finding]:
    """The errors of a file: code, row, column."""
    return {(one.code, one.row, one.column) for one in result.problems if one.severity == "error"}


Sheets = dict[str, Sequence[Sequence[Any]]]


def workbook(sheets: Sheets, change: Callable[[Any], None] | None = None) -> bytes:
    """An .xlsx file of these sheets, `change`d before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table(text: str = POLICE) -> list[list[Any]]:
    """A comma separated text as rows of a sheet, with numbers as numbers."""
    rows = [line.split(",") for line in text.strip().split("\n")]
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A package with some parts replaced or added; `__` in a name stands for `/`, `_dot_` for a dot."""
    new = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in old.namelist():
            if name not in new:
                made.writestr(name, old.read(name))
        for name, data in new.items():
            made.writestr(name, data)
    return target.getvalue()


def package(**parts: bytes) -> bytes:
    """A zip archive of these parts, named as for `repacked`."""
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w"):
        pass
    return repacked(empty.getvalue(), **parts)
