"""Messy workbooks: sheets, dates, formulas, merged cells, protection, damage, size."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl

from tests.performance.intake.building import (
    EVENTS,
    POLICE,
    Case,
    package,
    refused,
    repacked,
    table,
    taken,
    workbook,
)

XLSX = "return.xlsx"
PLAIN = workbook({"Data": table()})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
DATES: list[list[Any]] = [
    ["month", "kind", "count"],
    [date(2025, 4, 1), "crime", 210],
    [datetime(2025, 4, 30, 9, 30), "incident", 180.0],  # noqa: DTZ001 - spreadsheets know no zones
    [45748, "contact", "155"],
]


def merged(book: Any) -> None:
    book["Data"].merge_cells("A2:A4")


def titled(book: Any) -> None:
    book["Data"].insert_rows(1, 2)
    book["Data"]["A1"] = "Domestic abuse, April 2025"
    book["Data"].merge_cells("A1:C1")


def hidden(book: Any) -> None:
    book["Data"].sheet_state = "hidden"


def filtered(book: Any) -> None:
    book["Data"].row_dimensions[3].hidden = True


def narrowed(book: Any) -> None:
    book["Data"].column_dimensions["B"].hidden = True


def locked(book: Any) -> None:
    book["Data"].protection.sheet = True


def far_away(book: Any) -> None:
    book["Data"]["ZZ900000"] = 1


def formatted_far_away(book: Any) -> None:
    book["Data"]["C900"].number_format = "0.00"


def with_formulas() -> bytes:
    """A workbook whose counts are formulas with the values that Excel saved last."""
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>month</t></is></c><c r="B1" t="inlineStr"><is><t>kind</t></is></c><c r="C1" t="inlineStr"><is><t>count</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>2025-04</t></is></c><c r="B2" t="inlineStr"><is><t>crime</t></is></c><c r="C2"><f>200+10</f><v>210</v></c></row>
    </sheetData></worksheet>"""
    return repacked(PLAIN, xl__worksheets__sheet1_dot_xml=sheet)


def with_namespace() -> bytes:
    """The same cells as programs on .NET write them, with a prefix to each name."""
    with zipfile.ZipFile(io.BytesIO(with_formulas())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    for name in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"f", b"is", b"t"):
        sheet = sheet.replace(b"<" + name + b" ", b"<x:" + name + b" ").replace(
            b"<" + name + b">", b"<x:" + name + b">"
        )
        sheet = sheet.replace(b"</" + name + b">", b"</x:" + name + b">")
    return repacked(PLAIN, xl__worksheets__sheet1_dot_xml=sheet.replace(b"xmlns=", b"xmlns:x="))


def without_saved_values() -> bytes:
    rows = table()
    rows[1][2] = "=200+10"
    return workbook({"Data": rows})


def with_error_value() -> bytes:
    def change(book: Any) -> None:
        book["Data"]["C2"] = "#N/A"
        book["Data"]["C2"].data_type = "e"

    return workbook({"Data": table()}, change)


def long_texts() -> bytes:
    return workbook({"Data": [*table(), ["2025-04", "x" * 1001, 3]]})


def bomb() -> bytes:
    """A small file that becomes large when it is unpacked."""
    return repacked(PLAIN, xl__media__blank_dot_xml=bytes(6_000_000))


def lying_sizes() -> bytes:
    """A part whose directory entry says that it is smaller than it is."""
    content = repacked(
        PLAIN, xl__worksheets__sheet1_dot_xml=b"<worksheet>" + b" " * 100_000 + b"</worksheet>"
    )
    return content.replace((100_023).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def unusual_cells() -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    return repacked(
        PLAIN, xl__worksheets__sheet1_dot_xml=sheet.replace(b'<c r="A1"', b"<c r='XFD1048576'")
    )


def chart_only() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    book.active.append(["month", "kind", "count"])
    book.active.append(["2025-04", "crime", 210])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


CASES: list[Case] = [
    taken("a workbook", PLAIN, filename=XLSX),
    taken("a workbook with a name in capitals", PLAIN, filename="RETURN.XLSX"),
    taken("dates and numbers of a workbook", workbook({"Data": DATES}), filename=XLSX),
    taken("numbers kept as text", workbook({"Data": [[str(cell) for cell in row] for row in table()]}), filename=XLSX),
    taken("events in a workbook", workbook({"Data": table(EVENTS)}), of="referrals", total=6, cells=37, filename=XLSX),
    taken("a cover sheet first", workbook({"Read me": [["How to fill in"], ["Write codes"]], "Data": table()}), "'Data' was read", "'Read me'", filename=XLSX),
    taken("an empty sheet first", workbook({"Sheet1": [], "Data": table()}), filename=XLSX),
    taken("the template with its lists", workbook({"Data": table(), "Lists": [["crime"], ["incident"]]}), "'Lists'", filename=XLSX),
    taken("a second sheet with headings only", workbook({"Data": table(), "May": [["month", "kind", "count"]]}), "'May'", filename=XLSX),
    taken("a hidden sheet beside the data", workbook({"Data": table(), "Old": table()}, lambda book: setattr(book["Old"], "sheet_state", "hidden")), "'Old' (hidden)", filename=XLSX),
    taken("a very hidden sheet beside the data", workbook({"Data": table(), "Old": table()}, lambda book: setattr(book["Old"], "sheet_state", "veryHidden")), "'Old' (hidden)", filename=XLSX),
    taken("a title in merged cells", workbook({"Data": table()}, titled), "row 3", filename=XLSX),
    taken("a sheet protected against changes", workbook({"Data": table()}, locked), filename=XLSX),
    taken("blank rows and columns before the table", workbook({"Data": [[], [], *[[None, None, *row] for row in table()]]}), filename=XLSX),
    taken("formats far below the table", workbook({"Data": table()}, formatted_far_away), filename=XLSX),
    taken("formulas with saved values", with_formulas(), "Cells with formulas", total=210, cells=1, filename=XLSX),
    taken("a workbook written with prefixes", with_namespace(), total=210, cells=1, filename=XLSX),
    taken("a chart beside the data", chart_only(), total=210, cells=1, filename=XLSX),
    refused("formulas without saved values", without_saved_values(), ("empty-cell", 2, "count"), filename=XLSX),
    refused("an Excel error for a count", with_error_value(), ("empty-cell", 2, "count"), filename=XLSX),
    refused("merged cells in the data", workbook({"Data": table()}, merged), ("merged-cells", 2, None), ("empty-cell", 3, "month"), ("empty-cell", 4, "month"), filename=XLSX),
    taken("a hidden row", workbook({"Data": table()}, filtered), "Hidden rows and columns", filename=XLSX),
    taken("a hidden column", workbook({"Data": table()}, narrowed), "Hidden rows and columns", filename=XLSX),
    refused("the data on a hidden sheet", workbook({"Cover": [["Hello"]], "Data": table()}, hidden), "hidden-sheet", filename=XLSX),
    refused("a sheet for each month", workbook({"April": table(), "May": table()}), "several-sheets", filename=XLSX),
    refused("a workbook without data", workbook({"Sheet1": []}), "empty-file", filename=XLSX),
    refused("a workbook with other data", workbook({"Sheet1": table("apples,pears\n1,2")}), "no-header", filename=XLSX),
    refused("faults in a workbook", workbook({"Data": [*table(), ["2025-05", "crime", -1]]}), ("wrong-period", 5, "month"), ("negative-number", 5, "count"), filename=XLSX),
    refused("a count of a yes", workbook({"Data": [["month", "kind", "count"], ["2025-04", "crime", True]]}), ("not-a-number", 2, "count"), filename=XLSX),
    refused("a count that became a date", workbook({"Data": [["month", "kind", "count"], ["2025-04", "crime", date(2025, 5, 1)]]}), ("not-a-number", 2, "count"), filename=XLSX),
    refused("a workbook named .csv", PLAIN, "wrong-extension"),
    refused("a workbook named .xls", PLAIN, "wrong-extension", filename="return.xls"),
    refused("a workbook with macros by name", PLAIN, "wrong-extension", filename="return.xlsm"),
    refused("an old workbook", OLE, "old-excel", filename="return.xls"),
    refused("a workbook with a password", OLE + "EncryptedPackage".encode("utf-16-le"), "protected", filename=XLSX),
    refused("a workbook cut off", PLAIN[: len(PLAIN) // 2], "damaged", filename=XLSX),
    refused("a workbook without its end", PLAIN[:-30], "damaged", filename=XLSX),
    refused("a workbook with a spoilt part", PLAIN.replace(PLAIN[200:260], bytes(60)), "damaged", filename=XLSX),
    refused("a sheet that is no XML", repacked(PLAIN, xl__worksheets__sheet1_dot_xml=b"<worksheet><sheetData><row"), "damaged", filename=XLSX),
    refused("a binary workbook", package(xl__workbook_dot_bin=b"x"), "old-excel", filename=XLSX),
    refused("an OpenDocument file", package(content_dot_xml=b"<x/>"), "not-a-table", filename=XLSX),
    refused("a Word document", package(word__document_dot_xml=b"<x/>"), "not-a-table", filename=XLSX),
    refused("a zip archive", package(return_dot_csv=POLICE.encode()), "not-a-table", filename=XLSX),
    refused("an empty zip archive", b"PK\x05\x06" + bytes(18), "not-a-table", filename=XLSX),
    refused("a workbook that unpacks beyond the limit", bomb(), "too-large", filename=XLSX),
    refused("a workbook that lies about its size", lying_sizes(), "damaged", filename=XLSX),
    refused("a cell far outside the table", workbook({"Data": table()}, far_away), "too-large", filename=XLSX),
    refused("cells that hide their place", unusual_cells(), "damaged", filename=XLSX),
    refused("a text too long for a cell", long_texts(), ("too-large", 5, None), filename=XLSX),
]  # fmt: skip
