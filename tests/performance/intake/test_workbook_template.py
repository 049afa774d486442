"""The Excel template of each return: filled in as it asks, intake takes it."""

import io
from datetime import date
from functools import cache

import openpyxl
import pytest

from lscb.periods import parse
from performance.intake.check import check
from performance.intake.read import Limits, read
from performance.intake.spec import returns
from performance.intake.workbook_template import CODES, DATA, INSTRUCTIONS, xlsx_template

RETURNS = [spec for spec in returns().values() if not spec.made_by_program]
FORMS = [(spec, form) for spec in RETURNS for form in spec.kinds]
EACH = pytest.mark.parametrize(("spec", "form"), FORMS, ids=lambda one: getattr(one, "id", one))


@cache
def made(spec, form):
    return xlsx_template(spec, form)


@cache
def opened(spec, form):
    """The template to be read; whoever fills one in opens it for themselves."""
    return openpyxl.load_workbook(io.BytesIO(made(spec, form)))


@EACH
def test_it_has_the_headings_an_example_and_two_sheets_of_help(spec, form):
    book = opened(spec, form)
    assert book.sheetnames == [DATA, INSTRUCTIONS, CODES]
    headings = [cell.value for cell in book[DATA][1]]
    assert headings == list(spec.counts_columns if form == "counts" else spec.record_columns)
    assert str(book[DATA]["A2"].value).startswith("example ")


@EACH
def test_every_code_can_be_chosen_from_a_list_that_holds_it(spec, form):
    book = opened(spec, form)
    choices = book[DATA].data_validations.dataValidation
    assert len(choices) == len(spec.dimensions)
    for dimension, choice in zip(spec.dimensions, choices, strict=True):
        sheet, cells = choice.formula1.split("!")
        offered = [row[0].value for row in book[sheet][cells.replace("$", "")]]
        known = spec.items if dimension.name == "item" and spec.items else [one.code for one in dimension.code_list]  # fmt: skip
        assert set(known) <= set(offered)


@EACH
def test_filled_in_it_is_taken_and_the_example_is_read_past(spec, form):
    book = openpyxl.load_workbook(io.BytesIO(made(spec, form)))
    sheet = book[DATA]
    row = [cell.value for cell in sheet[2]]
    row[0] = str(row[0]).removeprefix("example ")
    sheet.append(row)  # below the cells that are formatted and empty
    target = io.BytesIO()
    book.save(target)
    table = read(target.getvalue(), "filled.xlsx", Limits(), spec)
    period = parse(row[0][:7] if form == "records" else row[0])
    checked = check(table, spec, period=period, agency_type=spec.owners[0], today=date(2026, 11, 1))
    assert [one for one in checked.problems if one.severity == "error"] == []
    assert any("Example row" in note for note in checked.notes)
    assert checked.read == 1


def test_an_empty_template_is_answered_and_not_stored():
    spec = returns()["police-da"]
    table = read(xlsx_template(spec), "template.xlsx", Limits(), spec)
    checked = check(
        table, spec, period=parse("2025-04"), agency_type="police", today=date(2026, 1, 1)
    )
    assert [one.code for one in checked.problems] == ["no-rows"]


def test_a_form_that_a_return_does_not_take_is_refused():
    with pytest.raises(ValueError, match="does not take records"):
        xlsx_template(returns()["gcp2"], "records")
