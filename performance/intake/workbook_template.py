"""The template of a return as an Excel workbook: drop-downs for codes, a sheet of instructions, an example row."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from performance.intake.codes import ALL
from performance.intake.spec import ReturnSpec
from performance.intake.table_schema import MEASURE_WORDS
from performance.intake.templates import csv_template
from performance.intake.values import SYMBOLS

DATA, INSTRUCTIONS, CODES = "Return", "Instructions", "Codes"
ROWS = 2000  # rows below the headings that have drop-downs
TEXT = "@"  # so that Excel leaves 2025-04 and 1-4 alone
HEADING = PatternFill("solid", fgColor="DBE7F0")


def xlsx_template(spec: ReturnSpec, form: str = "counts") -> bytes:
    """The workbook. Raises ValueError when the return does not take this form."""
    header, example = csv.reader(io.StringIO(csv_template(spec, form)))
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = DATA
    sheet.append(header)
    sheet.append([_number(text) for text in example])
    for row in sheet.iter_rows(min_row=2, max_row=2):
        for cell in row:
            cell.font = Font(italic=True, color="52616F")
    _headings(sheet)
    texts = len(header) - (len(spec.measures) if form == "counts" else 0)
    for column in range(1, texts + 1):
        for row in range(2, ROWS + 2):
            sheet.cell(row, column).number_format = TEXT
    _instructions(book.create_sheet(INSTRUCTIONS), spec, form)
    _codes(book.create_sheet(CODES), sheet, spec, header, form)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _number(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _headings(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEADING
    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 22
    sheet.freeze_panes = "A2"


def _instructions(sheet: Worksheet, spec: ReturnSpec, form: str) -> None:
    """What a person reads before they fill it in; no row of it looks like the headings of the return."""
    sheet.column_dimensions["A"].width = 110
    for line in _lines(spec, form):
        sheet.append([line])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _lines(spec: ReturnSpec, form: str) -> list[str]:
    first = spec.period_column if form == "counts" else spec.date_column
    lines = [
        spec.title,
        spec.description,
        f"Fill in the sheet '{DATA}', one row a {'number' if form == 'counts' else 'event'}. "
        "The example row may stay: it is read past. The other sheets are not read.",
        f"Column {first}: "
        + (
            f"the {' or '.join(spec.periods)}, such as 2025-04."
            if form == "counts"
            else "the day of the event, such as 2025-04-15."
        ),
    ]
    lines += [
        f"Column {one.name}: {one.description} Choose from the list." for one in spec.dimensions
    ]
    if form == "counts":
        lines += [f"Column {name}: {MEASURE_WORDS[name][1]}" for name in spec.measures]
        lines.append(
            "Where there is no number write a symbol: "
            + "; ".join(f"{symbol} {meaning}" for symbol, meaning in SYMBOLS.items() if symbol)
            + ". A missing number is never 0 and never an empty cell."
        )
        if not spec.is_figures:
            kept = "; ".join(one.name.replace("+", " with ") for one in spec.margins)
            lines.append(
                f"Write '{ALL}' in every column that a row does not tell apart. Kept are: {kept}."
            )
    lines.append(
        "No names, dates of birth, numbers or addresses of children: such a file is refused."
    )
    return lines


def _codes(
    sheet: Worksheet, data: Worksheet, spec: ReturnSpec, header: list[str], form: str
) -> None:
    """Two columns a dimension, codes and what they mean, and a drop-down on the codes in the data sheet."""
    for place, dimension in enumerate(spec.dimensions):
        known = [(one.code, one.label) for one in dimension.code_list]
        if spec.is_figures and dimension.name == "item" and spec.items:
            known = [one for one in known if one[0] in spec.items]
        elif form == "counts":
            known.insert(0, (ALL, "All together"))
        left = place * 2 + 1
        sheet.cell(1, left, f"Codes for {dimension.title.lower()}").font = Font(bold=True)
        sheet.cell(1, left + 1, "Meaning").font = Font(bold=True)
        for row, (code, label) in enumerate(known, start=2):
            cell = sheet.cell(row, left, code)
            cell.number_format = TEXT
            sheet.cell(row, left + 1, label)
        letter, last = get_column_letter(left), len(known) + 1
        sheet.column_dimensions[letter].width = 26
        sheet.column_dimensions[get_column_letter(left + 1)].width = 44
        choice = DataValidation(
            type="list", formula1=f"{CODES}!${letter}$2:${letter}${last}", allow_blank=True
        )
        choice.error = f"Choose a code from the list for {dimension.title.lower()}."
        choice.errorStyle = "warning"
        data.add_data_validation(choice)
        column = get_column_letter(header.index(dimension.name) + 1)
        choice.add(f"{column}2:{column}{ROWS + 1}")
