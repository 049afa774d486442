"""What an indicator's page says beside its chart: its definition in words, printed figures beside ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lscb.numbers import missing_words
from performance.indicators.spec import IndicatorSpec
from performance.intake.codes import ALL
from performance.pages import wording
from performance.pages.cells import agrees, category_codes, number_address
from performance.queries.observations import Printed, Value

AGGREGATION_WORDS = {
    "sum": "Periods are added up.",
    "last": "A longer period is the number at its end; it is never added up.",
    "ratio of sums": "Numerators and denominators are added up first, then divided. Percentages are never averaged.",
    "recount": "Each kind of period is counted anew, because what happens twice must count once.",
    "annual": "One number a year; there is none for a shorter period.",
}
POLARITY_WORDS = {
    "high": "More",
    "low": "Less",
    "none": "Neither: a change is never coloured as good or bad",
}


def listed(codes: str, names: Mapping[str, str]) -> str:
    """Areas (codes with a space between) by their names: `Bedford, Luton and Slough`."""
    known = [names.get(code, code) for code in codes.split()]
    return " and ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))


@dataclass(frozen=True)
class PrintedRow:
    """A printed figure beside ours. `verdict` is the comparison in words, `kind` the colour of its chip."""

    period: str
    category: str
    printed: str
    recomputed: str
    verdict: str
    kind: str
    document: str
    place: str
    address: str = ""  # where our figure comes from
    what: str = ""  # of what else than the value it is


def printed_rows(
    spec: IndicatorSpec, printed: Sequence[Printed], values: Sequence[Value]
) -> tuple[PrintedRow, ...]:
    """The printed figures with ours beside them, the latest period first. `values` may hold more than is printed."""
    known = {(value.period, value.breakdown, value.category): value for value in values}
    ordered = sorted(printed, key=lambda one: (-one.period.last, one.breakdown, one.category))
    return tuple(
        _row(spec, one, known.get((one.period, one.breakdown, one.category))) for one in ordered
    )


def _row(spec: IndicatorSpec, one: Printed, value: Value | None) -> PrintedRow:
    ours, verdict, kind = _compared(spec, one, value)
    category = (
        "" if one.breakdown == ALL else category_codes(spec, one.breakdown).label(one.category)
    )
    return PrintedRow(
        period=one.period.label,
        category=category,
        printed=one.printed,
        recomputed=ours,
        verdict=verdict,
        kind=kind,
        document=one.document,
        place=one.place,
        address=number_address(value) if value and not one.what else "",
        what=one.what,
    )


def _compared(spec: IndicatorSpec, one: Printed, value: Value | None) -> tuple[str, str, str]:
    """Our figure, the verdict and its colour. What is printed of something else is not held against the value."""
    if one.what:
        return one.note, "Another figure", "grey"
    if value is None or not value.is_reported:
        status = missing_words(value.status if value else "not available")
        return status, "Cannot be recomputed", "grey"
    text = wording.write(spec, value)
    if value.published:
        return f"{text}, as printed", "Only printed", "grey"
    if agrees(one.printed, text):
        return text, "Agrees", "green"
    return text, "Differs", "amber"
