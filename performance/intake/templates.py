"""An empty file in the form of a return: its headings, and one example row that intake reads past."""

import csv
import io

from performance.intake.codes import ALL
from performance.intake.spec import ReturnSpec
from performance.intake.table_schema import PERIOD_EXAMPLES

EXAMPLE = (
    "example "  # a row whose first cell begins with this word is read past and named in the notes
)


def csv_template(spec: ReturnSpec, form: str = "counts") -> str:
    """The template of a return as CSV text with CRLF line ends.

    Raises ValueError when the return does not take this form.
    """
    if form not in spec.kinds:
        raise ValueError(
            f"The return '{spec.title}' does not take {form}; it takes {', '.join(spec.kinds)}."
        )
    header = spec.record_columns if form == "records" else spec.counts_columns
    example = _record_example(spec) if form == "records" else _counts_example(spec)
    file = io.StringIO()
    csv.writer(file).writerows([header, example])
    return file.getvalue()


def _counts_example(spec: ReturnSpec) -> list[str]:
    """One row of a kept margin: the smallest that names a dimension."""
    period = EXAMPLE + PERIOD_EXAMPLES[spec.periods[0]]
    if spec.is_figures:
        return [period, spec.items[0] if spec.items else "", ALL, ALL, "17", "23", ""]
    sizes = sorted((margin.dimensions for margin in spec.margins), key=len)
    shown = next((dimensions for dimensions in sizes if dimensions), ())
    codes = [_first_code(spec, name) if name in shown else ALL for name in spec.dimension_names]
    return [period, *codes, "17"]


def _record_example(spec: ReturnSpec) -> list[str]:
    return [EXAMPLE + "2025-04-15", *(_first_code(spec, name) for name in spec.dimension_names)]


def _first_code(spec: ReturnSpec, dimension: str) -> str:
    first: str = next(code.code for code in spec.dimension(dimension).code_list)
    return first
