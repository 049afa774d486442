"""Messy text files: encodings, delimiters, quotes, rows and columns that are no data."""

import codecs

from tests.performance.intake.building import EVENTS, POLICE, REFERRALS, Case, refused, taken

BODY = POLICE.split("\n", 1)[1]
LABELLED = (
    "month,kind,count\n2025-04,crime,210\n2025-04,incident,180\n2025-04,contact,155\n“Café”,,\n"
)


def with_delimiter(mark: str) -> str:
    return POLICE.replace(",", mark)


ODD = [
    taken("a first line that names the delimiter", "sep=;\n" + with_delimiter(";"), "semicolon", "row 2"),
    taken("a second row of headings above", "Period,Type,Number\n" + POLICE, "row 2"),
    taken("a byte order mark twice", codecs.BOM_UTF8 * 2 + POLICE.encode()),
    taken("a line end within a cell", POLICE.replace("crime", '"crime\n"')),
    taken("months in the digits of another script", POLICE.replace("2025-04", "٢٠٢٥-٠٤"), "was read as '2025-04'"),
    taken("a month with a time of the day", POLICE.replace("2025-04", "2025-04-01 00:00:00"), "was read as '2025-04'"),
    taken("a month with an en dash", POLICE.replace("2025-04", "2025–04"), "was read as '2025-04'"),
    refused("a count in brackets", POLICE.replace("210", "(5)"), ("not-a-number", 2, "count")),
    refused("a range for a count", POLICE.replace("210", "5–6"), ("not-a-number", 2, "count")),
    refused("a count with a mark", POLICE.replace("210", "5*"), ("not-a-number", 2, "count")),
    refused("a count to be confirmed", POLICE.replace("210", "TBC"), ("not-a-number", 2, "count")),
    refused("decimal commas in a file with semicolons", with_delimiter(";").replace("210", "210,0").encode("utf-16"), ("not-a-number", 2, "count")),
    refused("the same heading twice", "month,kind,count,Count \n2025-04,crime,210,211\n", ("duplicate-column", 1, "count")),
    refused("zero bytes after the text", POLICE.encode() + bytes(20), "not-a-table"),
    refused("nothing but zero bytes", bytes(300), "empty-file"),
    refused("a quotation mark that is never closed", POLICE.replace("crime", '"crime'), ("broken-quotes", 2, None)),
    refused("a web archive named .xls", "MIME-Version: 1.0\nContent-Type: multipart/related\n", "wrong-extension", filename="r.xls"),
]  # fmt: skip
ENCODINGS = [
    taken("plain", POLICE),
    taken("UTF-8 with a byte order mark", codecs.BOM_UTF8 + POLICE.encode()),
    taken("UTF-16 with a byte order mark", POLICE.encode("utf-16"), "UTF-16"),
    taken(
        "UTF-16 big endian with a mark", codecs.BOM_UTF16_BE + POLICE.encode("utf-16-be"), "UTF-16"
    ),
    taken("UTF-16 little endian without a mark", POLICE.encode("utf-16-le"), "UTF-16"),
    taken("UTF-16 big endian without a mark", POLICE.encode("utf-16-be"), "UTF-16"),
    taken("UTF-32 with a mark", POLICE.encode("utf-32"), "UTF-32"),
    taken(
        "Windows-1252 with a pound sign",
        f"Cost in £\n{POLICE}".encode("cp1252"),
        "Windows-1252",
        "row 2",
    ),
    taken("Windows-1252 with curly quotes", LABELLED.encode("cp1252"), "Windows-1252", "row 5"),
    taken("UTF-8 with curly quotes", LABELLED.encode(), "Note below the table"),
    taken("line ends of Windows", POLICE.replace("\n", "\r\n").encode()),
    taken("line ends of an old Macintosh", POLICE.replace("\n", "\r").encode()),
    taken("no line end at the end", POLICE.rstrip("\n")),
    taken("zero width spaces", POLICE.replace("crime", "\u200bcrime")),
    taken("spaces that do not break", POLICE.replace("crime", "\u00a0crime\u00a0")),
]

DELIMITERS = [
    taken("semicolons", with_delimiter(";"), "semicolon"),
    taken("tabs", with_delimiter("\t"), "tab"),
    taken("tabs in a .tsv file", with_delimiter("\t"), "tab", filename="return.tsv"),
    taken("tabs in a .txt file", with_delimiter("\t"), "tab", filename="RETURN.TXT"),
    taken("vertical bars", with_delimiter("|"), "vertical bar"),
    taken(
        "Excel's line that names the delimiter",
        "sep=;\n" + with_delimiter(";"),
        "semicolon",
        "row 2",
    ),
    taken(
        "semicolons below a title with commas",
        "Police, April, final\n" + with_delimiter(";"),
        "semicolon",
    ),
    taken(
        "everything quoted",
        "\n".join(
            ",".join(f'"{cell}"' for cell in line.split(",")) for line in POLICE.strip().split("\n")
        ),
    ),
    taken("spaces around everything", POLICE.replace(",", " , ").replace("\n", " \n ")),
    taken(
        "a quoted cell with the delimiter",
        POLICE.replace("210", '"1,210"'),
        "thousands",
        total=1545,
    ),
    taken(
        "tabs around numbers with commas",
        with_delimiter("\t").replace("210", "1,210"),
        "thousands",
        total=1545,
    ),
    taken("a quoted heading over two lines", POLICE.replace("kind", '"kind\n"')),
    refused(
        "a quotation mark never closed",
        POLICE.replace("incident", '"incident'),
        ("broken-quotes", 3, None),
    ),
    refused(
        "a text after a closing quotation mark",
        POLICE.replace("incident", '"inc"ident'),
        ("broken-quotes", 3, None),
    ),
    refused(
        "a thousands separator without quotes",
        POLICE.replace("210", "1,210"),
        ("ragged-row", 2, "column 4"),
    ),
]

HEADINGS = [
    taken("upper case headings", POLICE.replace("month,kind,count", "MONTH,KIND,COUNT")),
    taken(
        "headings with spaces and dots",
        POLICE.replace("month,kind,count", " Month. , Kind:,Count "),
    ),
    taken(
        "columns in another order",
        "count,month,kind\n210,2025-04,crime\n180,2025-04,incident\n155,2025-04,contact\n",
    ),
    taken(
        "a heading that is the title",
        REFERRALS.replace("age_band", "Age band"),
        of="referrals",
        total=30,
        cells=4,
    ),
    taken(
        "a heading without its underscore",
        REFERRALS.replace("age_band", "ageband"),
        of="referrals",
        total=30,
        cells=4,
    ),
    taken("period instead of month", POLICE.replace("month", "Period")),
    taken(
        "notes above the headings",
        f"Bedfordshire Police\n\nDomestic abuse,April 2025\n{POLICE}",
        "row 4",
        "2 rows",
    ),
    taken(
        "one note above the headings",
        f"Run on 02/05/2025\n{POLICE}",
        "row 2",
        "1 row above them was",
    ),
    taken(
        "a blank column at the start",
        POLICE.replace("\n", "\n,").rstrip(",").join([",", ""]),
        "blank column",
    ),
    taken("a blank column in the middle", POLICE.replace(",", ",,", 99), "blank columns"),
    taken("blank columns at the end", POLICE.replace("\n", ",,,\n")),
    taken("headings again in the middle", POLICE + "month,kind,count\n", "Headings again"),
    taken(
        "an ignored column",
        POLICE.replace("\n", ",x\n").replace("count,x", "count,Quarter"),
        "read past",
    ),
    refused("a missing column", "month,count\n2025-04,210\n", ("missing-column", 1, "kind")),
    refused(
        "two missing columns",
        "kind,\ncrime,\n",
        ("missing-column", 1, "month"),
        ("missing-column", 1, "count"),
    ),
    refused(
        "an unknown column",
        POLICE.replace("\n", ",x\n").replace("count,x", "count,Colour"),
        ("unknown-column", 1, "Colour"),
    ),
    refused(
        "a misspelt heading",
        POLICE.replace("month", "mnth"),
        ("unknown-column", 1, "mnth"),
        ("missing-column", 1, "month"),
    ),
    refused(
        "two columns of one name",
        POLICE.replace("\n", ",1\n").replace("count,1", "count,Count"),
        ("duplicate-column", 1, "count"),
    ),
    refused(
        "values without a heading",
        POLICE.replace("\n", ",7\n").replace("count,7", "count,"),
        ("unknown-column", 1, "column 4"),
    ),
    refused("no headings at all", BODY, "no-header"),
    refused("a letter", "Dear colleague,\nplease find enclosed nothing.\n", "no-header"),
    refused(
        "headings of another return",
        "month,agency,sessions\n2025-04,police,3\n",
        ("unknown-column", 1, "agency"),
        ("unknown-column", 1, "sessions"),
        ("missing-column", 1, "kind"),
        ("missing-column", 1, "count"),
    ),
]

ROWS = [
    taken("blank rows in between", POLICE.replace("\n", "\n\n")),
    taken("rows of delimiters", POLICE + ",,\n" * 200),
    taken("rows of spaces", POLICE + "   \n , , \n"),
    taken("a totals row", POLICE + "Total,,545\n", "Totals row: row 5"),
    taken("a grand total", POLICE + "Grand Total,,545\n", "Totals row"),
    taken("totals between months", POLICE + "Total,,545\nTOTALS:,,545\n", "rows 5, 6"),
    taken(
        "the example row of the template",
        POLICE.replace(BODY, "example 2025-04,crime,17\n" + BODY),
        "Example row: row 2",
    ),
    taken("a row marked as a comment", POLICE + "# checked by the team,,\n", "Example row"),
    taken(
        "a source below the table",
        POLICE + "\nSource: crime recording system\n",
        "Note below the table: row 6",
    ),
    taken("two notes below the table", POLICE + "Provisional.,,\nPrinted 2 May.,,\n", "rows 5, 6"),
    taken("short rows at the end of the line", POLICE.replace("count\n", "count,\n")),
    taken(
        "a row for 'all' written as total",
        REFERRALS.replace("all,all,all,all,30", "Total,all,all,all,30"),
        "'Total' was read as 'all'",
        of="referrals",
        total=30,
        cells=4,
    ),
    refused("a short row", POLICE + "2025-04,contact\n", ("empty-cell", 5, "count")),
    refused("headings only", "month,kind,count\n", "no-rows"),
    refused(
        "headings and an example only", "month,kind,count\nexample 2025-04,crime,17\n", "no-rows"
    ),
    refused("the same row twice", POLICE + "2025-04,crime,210\n", ("duplicate-row", 5, None)),
    refused(
        "the same codes with another number",
        POLICE + "Apr-25,Crime,1\n",
        ("duplicate-row", 5, None),
    ),
    refused(
        "errors keep the numbers of the file",
        f"A title\n\n{POLICE}\n2025-04,crime,x1\n",
        ("not-a-number", 8, "count"),
    ),
]

NOT_TABLES = [
    refused("nothing", b"", "empty-file"),
    refused("spaces and line ends", b" \r\n\r\n ", "empty-file"),
    refused("a byte order mark alone", codecs.BOM_UTF8, "empty-file"),
    refused("delimiters alone", ",,,\n,,,\n", "empty-file"),
    refused("a PNG picture named .csv", b"\x89PNG\r\n\x1a\n" + bytes(60), "not-a-table"),
    refused("a JPEG picture named .csv", b"\xff\xd8\xff\xe0" + bytes(60), "not-a-table"),
    refused(
        "a GIF picture named .xlsx", b"GIF89a" + bytes(60), "not-a-table", filename="return.xlsx"
    ),
    refused("a bitmap named .csv", b"BM\x00\x01" + bytes(60), "not-a-table"),
    refused(
        "a PDF document", b"%PDF-1.7\n" + POLICE.encode(), "not-a-table", filename="return.pdf"
    ),
    refused("a PDF document named .csv", b"%PDF-1.7\n", "not-a-table"),
    refused(
        "a web page saved as .xls",
        "<html><table><tr><td>month</td></tr></table></html>",
        "not-a-table",
        filename="return.xls",
    ),
    refused(
        "a web page with a doctype named .csv", "\ufeff <!DOCTYPE html><html></html>", "not-a-table"
    ),
    refused(
        "an XML spreadsheet of 2003",
        '<?xml version="1.0"?><Workbook></Workbook>',
        "not-a-table",
        filename="return.xls",
    ),
    refused("JSON", '{"month": "2025-04", "count": 3}', "not-a-table"),
    refused("a list of JSON", '[{"month": "2025-04"}]', "not-a-table", filename="return.txt"),
    refused("rich text", "{\\rtf1 month}", "not-a-table"),
    refused("a compressed archive", b"\x1f\x8b\x08" + bytes(20), "not-a-table"),
    refused("random bytes", bytes(range(256)), "not-a-table"),
    refused("text with control characters", POLICE + "\x01\x02", "not-a-table"),
    refused("an ending that is no table's", POLICE, "wrong-extension", filename="return.docx"),
    refused("text named .xlsx", POLICE, "wrong-extension", filename="return.xlsx"),
    refused("text named .xls", with_delimiter("\t"), "wrong-extension", filename="export.xls"),
    refused("no ending", POLICE, "wrong-extension", filename="return"),
    refused("too many rows", POLICE + "2025-04,crime,1\n" * 6000, "too-large"),
    refused("too many columns", POLICE + "," * 50 + "x\n", ("too-large", 5, None)),
    refused("a cell too long", POLICE + "x" * 1001 + ",crime,1\n", ("too-large", 5, None)),
    refused("too many bytes", POLICE + " " * 2_000_000, "too-large"),
]

FORMS = [
    taken("one row an event", EVENTS, of="referrals", total=6, cells=37),
    taken("events of the police", "date,kind\n01/04/2025,crime\n02/04/2025,crime\n30/04/2025,incident\n", total=3, cells=2),
    refused("events where only counts are taken", "date,agency,kind\n2025-04-01,police,staff-licensed\n", ("wrong-form", 1, None), of="gcp2", period="2025-26-Q1"),
    refused("events with a column for the month", EVENTS.replace("\n", ",2025-04\n").replace("reason,2025-04", "reason,month"), ("unknown-column", 1, "month"), of="referrals"),
    refused("counts with a day", POLICE.replace("month", "date"), ("unknown-column", 1, "date"), ("missing-column", 1, "month")),
    refused("age and age band", EVENTS.replace("\n", ",1-4\n").replace("reason,1-4", "reason,age_band"), ("duplicate-column", 1, "age"), of="referrals"),
    refused("another agency's return", POLICE, "wrong-agency", agency="training"),
]  # fmt: skip

CASES: list[Case] = [*ENCODINGS, *DELIMITERS, *HEADINGS, *ROWS, *NOT_TABLES, *FORMS, *ODD]
