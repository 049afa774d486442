"""CSV files that are safe to open: cells that a spreadsheet would run are escaped, everywhere."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from lscb.printable import printable

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe. Numbers stay."""
    if isinstance(value, str):
        text = printable(value)
        return f"'{text}" if text.lstrip(" ").startswith(RUN_BY_SPREADSHEETS) else text
    return "" if value is None else value


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file as text, with CRLF line ends and escaped cells."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([safe_cell(one) for one in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A CSV download, in UTF-8 with a byte order mark so that Excel reads its letters rightly."""
    text = "﻿" + csv_text(header, rows)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
