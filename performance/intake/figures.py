"""Checks a file of figures: each row states an item, perhaps one category of a breakdown, and its numbers."""

from performance.intake.checked import Job, Row, read_column
from performance.intake.codes import ALL
from performance.intake.coding import read_codes, refuse_codes_out_of_time
from performance.intake.counts import read_times, refuse_duplicates
from performance.intake.layout import Layout
from performance.intake.matching import Coded, Matcher, list_named
from performance.intake.spec import REPORTED, Dimension
from performance.intake.tables import Table
from performance.intake.values import Dated, Fault, Number, read_number

ABSENT = Number(
    None, status=""
)  # an empty cell: of three number columns only one or two are filled
Three = tuple[Number, Number, Number]


def check_figures(table: Table, layout: Layout, job: Job) -> list[Row]:
    """The rows of figures that have no fault; the faults of all others go to the job."""
    times = read_times(table, layout, job)
    coded = read_codes(table, layout, job, may_be_all=True)
    measures = [_measure(table, layout, job, name) for name in job.spec.measures]
    if not layout.complete:
        return []
    refuse_codes_out_of_time(coded, times, table.numbers, job)
    rows = []
    for number, time, numbers, *codes in zip(
        table.numbers, times, zip(*measures, strict=True), *coded, strict=True
    ):
        row = _row(number, time, numbers, codes, job)
        if row:
            rows.append(row)
    refuse_duplicates(rows, job)
    return rows


def _measure(table: Table, layout: Layout, job: Job, name: str) -> list[Number | None]:
    if name not in layout:
        return [None] * len(table)
    alone = name == "value"

    def read(text: str) -> Number | Fault:
        return read_number(text, signed=alone, percent=alone) if text else ABSENT

    return read_column(job, name, table.columns[layout.columns[name]], table.numbers, read)


def _row(
    number: int,
    time: Dated | None,
    numbers: tuple[Number | None, ...],
    codes: list[Coded | None],
    job: Job,
) -> Row | None:
    """One row of figures, or None after its faults went to the job."""
    given = [one for one in numbers if one is not None]
    stated = [one.code for one in codes if one is not None]
    if time is None or len(given) < 3 or len(stated) < len(codes):
        return None
    faults = [
        (column, fault)
        for column, fault in (
            _misstated(stated, job),
            _misnumbered((given[0], given[1], given[2])),
            _without_denominator(stated, given, job),
        )
        if fault
    ]
    for column, fault in faults:
        job.fault(fault, number, column)
    if faults:
        return None
    return _made(number, time, tuple(stated), (given[0], given[1], given[2]), job)


def _made(number: int, time: Dated, codes: tuple[str, ...], numbers: Three, job: Job) -> Row:
    numerator, denominator, value = numbers
    status = next((one.status for one in numbers if one.status not in ("", REPORTED)), REPORTED)
    if status != REPORTED:
        return Row(number, time.period, codes, None, status)
    if denominator.value == 0 and numerator.value:
        job.warn(
            Fault(
                "zero-denominator",
                f"The denominator is 0 and the numerator is {numerator.value}.",
                "Look whether the two numbers belong together.",
            ),
            number,
            "denominator",
        )
    return Row(number, time.period, codes, numerator.value, status, denominator.value, value.value)


def _misnumbered(numbers: Three) -> tuple[str, Fault | None]:
    """What is wrong with the three numbers together, and in which column."""
    numerator, denominator, value = (one.status for one in numbers)
    if not (numerator or denominator or value):
        return "numerator", Fault(
            "empty-cell",
            "The row has no number. A missing number is never read as zero.",
            "Write the numerator (and denominator), or a value alone, or x if nobody has the number.",
        )
    if denominator and not numerator:
        return "denominator", Fault(
            "denominator-without-numerator",
            "The denominator stands without its numerator.",
            "Write the numerator. If only the result was published, write it in 'value' and nothing else.",
        )
    if value and numerator:
        return "value", Fault(
            "value-with-numerator",
            "A value is given although its numerator is there.",
            "Leave 'value' empty: it is worked out from the numerator and the denominator.",
        )
    return "", None


def _without_denominator(
    codes: list[str], numbers: list[Number], job: Job
) -> tuple[str, Fault | None]:
    """A fault when the figure is a share and only its numerator is there."""
    item = dict(zip(job.spec.dimension_names, codes, strict=True)).get("item")
    numerator, denominator, _ = (one.status for one in numbers)
    if item not in job.shares or numerator != REPORTED or denominator:
        return "", None
    return "denominator", Fault(
        "numerator-without-denominator",
        f"'{item}' is a share, and the numerator stands without its denominator.",
        "Write how many there were in all. If nobody knows that, write x in 'numerator'; if only the result was "
        "published, write it in 'value' and nothing else.",
        found=item,
    )


def _misstated(codes: list[str], job: Job) -> tuple[str, Fault | None]:
    """What is wrong with item, breakdown and category together, and in which column."""
    stated = dict(zip(job.spec.dimension_names, codes, strict=True))
    item, breakdown, category = (
        stated.get(name, ALL) for name in ("item", "breakdown", "category")
    )
    if item not in job.spec.items:
        return "item", Fault(
            "unknown-item",
            "A row must name one figure."
            if item == ALL
            else f"The return '{job.spec.id}' does not carry '{item}'.",
            "Look in the list of figures of this return, or send the row with the return that carries it.",
            found=item,
        )
    if (breakdown == ALL) != (category == ALL):
        lacks = "category" if category == ALL else "breakdown"
        return lacks, Fault(
            "category-without-breakdown",
            f"The {lacks} is '{ALL}' and the other is not.",
            f"Write both, or '{ALL}' in both for the figure as a whole.",
        )
    return "category", _not_of_breakdown(breakdown, category)


def _not_of_breakdown(breakdown: str, category: str) -> Fault | None:
    """A fault when the category is not one of the breakdown's own code list, where there is such a list."""
    codes = list_named(breakdown) if breakdown != ALL else None
    if codes is None or codes.get(category):
        return None
    own = Dimension(name=breakdown, title=breakdown, codes=breakdown, description="")
    found = Matcher(own, may_be_all=False).read(category)
    listed = ", ".join(entry.code for entry in codes)
    return Fault(
        "unknown-code",
        f"'{category}' is not a category of the breakdown '{breakdown}'.",
        found.suggestion if isinstance(found, Fault) else f"Its categories are: {listed}.",
        found=category,
    )
