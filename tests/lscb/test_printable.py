"""What people paste holds control characters now and then: every file that the product makes can be opened all the
same."""

import io

import docx
import pytest
from openpyxl import load_workbook

from lscb.csvfiles import csv_text
from lscb.papers import Paper, Section, Table, word
from lscb.printable import printable
from lscb.xlsxfiles import xlsx_response

PASTED = "first line\x0bsecond \x01line\ud800"
LEGIBLE = "first line second  line "


def test_tabs_line_ends_and_letters_of_every_script_stay():
    assert printable("a\tb\nc\r\n £ é 名 😀") == "a\tb\nc\r\n £ é 名 😀"
    assert printable(PASTED) == LEGIBLE


def test_a_word_document_holds_what_was_pasted():
    section = Section(PASTED, [PASTED], [PASTED], table=Table((PASTED,), [[PASTED]]))
    document = docx.Document(io.BytesIO(word(Paper(PASTED, [section], [PASTED]))))
    said = [one.text for one in document.paragraphs if one.text]
    assert [one.replace("\n", " ") for one in said] == [LEGIBLE] * 5
    assert {cell.text for row in document.tables[0].rows for cell in row.cells} == {LEGIBLE}


def test_an_excel_file_and_a_csv_file_hold_it_too():
    answer = xlsx_response("x.xlsx", [("About", PASTED)], [PASTED], [[PASTED]])
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["B1"].value == sheet["A3"].value == sheet["A4"].value == LEGIBLE
    assert csv_text([PASTED], [[PASTED]]).split("\r\n")[:2] == [LEGIBLE] * 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "\x01=1+1", "\t=1"])
def test_no_text_runs_in_a_spreadsheet(text):
    (_, line) = csv_text(["a"], [[text]]).splitlines()
    assert line.startswith("'")
    sheet = load_workbook(io.BytesIO(xlsx_response("x.xlsx", [], ["a"], [[text]]).content)).active
    assert sheet["A3"].value.startswith("'")
    assert sheet["A3"].data_type == "s"


def test_what_is_written_as_a_number_is_one_in_a_sheet_that_looks_the_same():
    answer = xlsx_response(
        "x.xlsx", [], list("abcde"), [["3,215", "26.1%", "−5.0", "2024", "1 to 2"]]
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [(one.value, one.number_format) for one in sheet[3]]
    assert cells[:3] == [(3215, "#,##0"), (0.261, "0.0%"), (-5, "#,##0.0")]
    assert [value for value, _ in cells[3:]] == ["2024", "1 to 2"]
