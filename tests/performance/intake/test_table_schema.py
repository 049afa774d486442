"""The Table Schema and the template of each return say what intake accepts, no more and no less."""

import csv
import io
from datetime import date

import pytest

from lscb.periods import parse
from performance.intake.check import check
from performance.intake.checked import Checked
from performance.intake.read import Limits, read
from performance.intake.spec import ReturnSpec, returns
from performance.intake.table_schema import WRITTEN, table_schema
from performance.intake.templates import csv_template
from performance.intake.values import Number, read_number

BOTH = [
    pytest.param(spec, form, id=f"{spec.id} {form}")
    for spec in returns().values()
    for form in spec.kinds
]
TODAY = date(2026, 1, 31)


def checked(text: str, spec: ReturnSpec, period: str) -> Checked:
    """A file through the first steps of intake."""
    table = read(text.encode(), "file.csv", Limits(), spec)
    return check(table, spec, period=parse(period), agency_type=spec.owners[0], today=TODAY)


def written(rows: list[list[str]]) -> str:
    """Rows as CSV."""
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("spec", returns().values(), ids=returns())
def test_the_fields_are_the_columns_in_order(spec: ReturnSpec):
    schema = table_schema(spec)
    assert tuple(field["name"] for field in schema["fields"]) == spec.counts_columns
    if "records" in spec.kinds:
        names = tuple(field["name"] for field in schema["records"]["fields"])
        assert names == spec.record_columns
    else:
        assert "records" not in schema


@pytest.mark.parametrize("spec", returns().values(), ids=returns())
def test_every_code_of_the_lists_is_named_with_its_label(spec: ReturnSpec):
    fields = {field["name"]: field for field in table_schema(spec)["fields"]}
    for dimension in spec.dimensions:
        codes = fields[dimension.name]["constraints"]["enum"]
        labels = {one["value"]: one["label"] for one in fields[dimension.name]["categories"]}
        assert list(labels) == codes
        if dimension.name == "item":
            assert set(codes) == set(spec.items)
        else:
            assert set(codes) == {"all", *(code.code for code in dimension.code_list)}


@pytest.mark.parametrize("spec", returns().values(), ids=returns())
def test_the_margins_are_those_that_are_kept(spec: ReturnSpec):
    margins = table_schema(spec).get("margins", [])
    assert [margin["name"] for margin in margins] == list(spec.margin_names)


@pytest.mark.parametrize("symbol", WRITTEN)
def test_intake_reads_each_symbol_as_the_schema_says(symbol: str):
    fields = {field["name"]: field for field in table_schema(returns()["police-da"])["fields"]}
    labels = {one["value"]: one["label"] for one in fields["count"]["missingValues"]}
    reading = read_number(symbol, whole=True)
    assert isinstance(reading, Number)
    assert reading.value is None
    assert reading.status == labels[symbol]


def test_an_empty_count_is_no_missing_value_because_intake_refuses_it():
    fields = {field["name"]: field for field in table_schema(returns()["police-da"])["fields"]}
    assert "" not in {one["value"] for one in fields["count"]["missingValues"]}
    found = checked("month,kind,count\n2025-04,crime,\n", returns()["police-da"], "2025-04")
    assert [problem.code for problem in found.problems if problem.severity == "error"] == [
        "empty-cell"
    ]


def example(spec: ReturnSpec, form: str) -> list[list[str]]:
    """A template's heading, and its example row as a row that counts."""
    header, row = csv.reader(io.StringIO(csv_template(spec, form)))
    return [header, [row[0].removeprefix("example "), *row[1:]]]


@pytest.mark.parametrize(("spec", "form"), BOTH)
def test_the_template_alone_is_refused_and_never_read_as_a_month_without_events(
    spec: ReturnSpec, form: str
):
    found = checked(csv_template(spec, form), spec, "2025-26")
    assert found.rows == []
    assert [problem.code for problem in found.problems] == ["no-rows"]


@pytest.mark.parametrize(("spec", "form"), BOTH)
def test_a_row_written_like_the_example_is_accepted(spec: ReturnSpec, form: str):
    found = checked(written(example(spec, form)), spec, "2025-26")
    assert [problem for problem in found.problems if problem.severity == "error"] == []
    assert found.kind == form


def test_a_form_that_a_return_does_not_take_has_no_template():
    with pytest.raises(ValueError, match="does not take records"):
        csv_template(returns()["gcp2"], "records")
