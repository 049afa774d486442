"""Arbitrary tables, likely enough to get past the first checks, for the tests that throw anything at intake."""

import csv
import io

from hypothesis import strategies as st

from performance.intake.spec import returns

RETURNS = sorted(returns())
# Texts that are likely in a cell, right or wrong.
CELLS = st.one_of(
    st.sampled_from(
        [
            "", "all", "police", "crime", "incident", "neglect", "white", "1-4", "01-Apr", "2025-04", "Apr-25", "Total",
            "2025-26-Q1", "2025-04-30", "45748", "0", "7", "1,204", "-1", "c", "-", "x", "<5", "4.5", "45%", "unknown",
            "example", "#", "LU1 2AB", "9434765919", "conversion", "age_band", "month", "count", "2011/12", "99999999999",
        ]
    ),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12).map(str),
    st.dates().map(str),
)  # fmt: skip
HEADINGS = st.sampled_from(
    ["month", "date", "period", "kind", "count", "source", "age", "age_band", "ethnicity", "reason", "item",
     "breakdown", "category", "numerator", "denominator", "value", "issue", "outcome", "agency", "Name", "", "x"]
)  # fmt: skip


@st.composite
def likely_tables(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A return and a table with its headings, or nearly so, and likely cells."""
    of = draw(st.sampled_from(RETURNS))
    spec = returns()[of]
    header = list(draw(st.sampled_from([spec.counts_columns, spec.record_columns])))
    if draw(st.booleans()):
        header = draw(st.permutations(header))[: draw(st.integers(1, len(header)))]
        header += draw(st.lists(HEADINGS, max_size=2))
    row = st.lists(CELLS, min_size=0, max_size=len(header) + 1)
    return of, [header, *draw(st.lists(row, max_size=6))]


def as_csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    """The rows as a file; what UTF-8 cannot hold is left out."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(errors="ignore")
