"""Excel files that are safe to open: text stays text, also where it begins like a formula, and numbers are numbers."""

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from lscb.csvfiles import safe_cell
from lscb.numbers import read_back

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(
    filename: str,
    about: Iterable[tuple[str, str]],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> HttpResponse:
    """A download with what the table is `about` (name, words) above its header and rows. A number that was written for
    people (`3,215`, `26.1%`) is a number of the sheet, to as many decimals as were written."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    for name, words in about:
        sheet.append([name, safe_cell(words)])
    sheet.append([])
    cells = [WriteOnlyCell(sheet, value=safe_cell(one)) for one in header]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])
    file = io.BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    number = read_back(value) if isinstance(value, str) else None
    if number is None:
        return safe_cell(value)
    amount, decimals, is_percent = number
    cell = WriteOnlyCell(sheet, value=amount / 100 if is_percent else amount)
    places = f".{'0' * decimals}" if decimals else ""
    cell.number_format = f"0{places}%" if is_percent else f"#,##0{places}"
    return cell
