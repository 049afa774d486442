"""Excel files that are safe to open: text stays text, also where it begins like a formula."""

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from lscb.csvfiles import safe_cell

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(
    filename: str,
    about: Iterable[tuple[str, str]],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> HttpResponse:
    """A download with what the table is `about` (name, words) above its header and rows."""
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
        sheet.append([safe_cell(one) for one in row])
    file = io.BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
