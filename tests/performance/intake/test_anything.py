"""Whatever is sent, intake answers: taken, or refused with reasons. It never fails, and never stores half a file."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from performance.intake.problems import CODES
from performance.intake.read import Refusal
from performance.intake.spec import NOT_SUBMITTED, REPORTED, STATUSES, returns
from tests.performance.intake.anything import RETURNS, as_csv, likely_tables
from tests.performance.intake.building import (
    EVENTS,
    POLICE,
    REFERRALS,
    Case,
    Refused,
    outcome_of,
    table,
    workbook,
)

NAMES = ("return.csv", "return.xlsx", "return.tsv", "return", "return.xls", "../return.csv", "")
WORKBOOK = workbook({"Data": table()})
quick = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def answered(content: bytes, filename: str, of: str, period: str = "2025-04") -> None:
    """Intake answers, and its answer is consistent in itself."""
    result, cells = outcome_of(
        Case("", content, Refused(()), filename=filename, of=of, period=period)
    )
    assert all(one.code in CODES and one.message for one in result.problems)
    if isinstance(result, Refusal):
        assert result.problems
        return
    if result.refused:
        assert (result.rows, cells) == ([], [])
        return
    spec = returns()[of]
    kept = {(cell.period, cell.dimensions) for cell in cells}
    assert len(kept) == len(cells)
    for cell in cells:
        numbers = (cell.count, cell.denominator, cell.value)
        assert cell.status in STATUSES
        assert cell.status != NOT_SUBMITTED
        assert (cell.status == REPORTED) == any(number is not None for number in numbers)
        assert spec.is_figures or cell.margin in spec.margin_names


@quick
@given(st.binary(max_size=400), st.sampled_from(NAMES), st.sampled_from(RETURNS))
@example(b"PK\x03\x04", "return.xlsx", "referrals")
@example(b"\xff\xfe", "return.csv", "referrals")
@example(b"month\r\x00", "return.csv", "referrals")
def test_any_bytes_are_answered(content: bytes, filename: str, of: str) -> None:
    answered(content, filename, of)


@quick
@given(
    st.text(max_size=300),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from(RETURNS),
)
def test_any_text_is_answered(text: str, encoding: str, of: str) -> None:
    answered(text.encode(encoding, errors="ignore"), "return.csv", of)


@quick
@given(
    likely_tables(),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["2025-04", "2025-26-Q1", "2025-26"]),
)
def test_any_table_of_text_is_answered(
    found: tuple[str, list[list[str]]], delimiter: str, period: str
) -> None:
    of, rows = found
    answered(as_csv(rows, delimiter), "return.csv", of, period)


@settings(quick, max_examples=40)
@given(likely_tables())
def test_any_workbook_is_answered(found: tuple[str, list[list[str]]]) -> None:
    of, rows = found
    printable = [["".join(filter(str.isprintable, cell)) for cell in row] for row in rows]
    answered(workbook({"Data": printable}), "return.xlsx", of)


@quick
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=40), st.booleans())
def test_any_spoilt_workbook_is_answered(place: int, spoilt: bytes, cut_off: bool) -> None:
    end = b"" if cut_off else WORKBOOK[place + len(spoilt) :]
    answered(WORKBOOK[:place] + spoilt + end, "return.xlsx", "police-da")


@quick
@given(
    st.sampled_from([POLICE, EVENTS, REFERRALS]), st.integers(0, 120), st.characters(codec="utf-8")
)
def test_a_file_with_one_wrong_character_is_answered(text: str, place: int, wrong: str) -> None:
    for of in ("police-da", "referrals"):
        answered((text[:place] + wrong + text[place + 1 :]).encode(), "return.csv", of)


@st.composite
def events(draw: st.DrawFn) -> list[list[str]]:
    """Events of April 2025 with codes that are all in use."""
    spec = returns()["referrals"]
    codes = [
        st.sampled_from([one.code for one in dimension.code_list]) for dimension in spec.dimensions
    ]
    day = st.integers(1, 30).map(lambda number: f"2025-04-{number:02}")
    return draw(st.lists(st.tuples(day, *codes).map(list), min_size=1, max_size=40))


@quick
@given(events())
def test_events_are_reduced_to_the_same_counts_as_counting_them_one_by_one(
    rows: list[list[str]],
) -> None:
    spec = returns()["referrals"]
    text = "\n".join(",".join(row) for row in [list(spec.record_columns), *rows])
    result, cells = outcome_of(Case("", text.encode(), Refused(()), of="referrals"))

    assert not isinstance(result, Refusal)
    assert result.read == len(rows)
    expected: dict[tuple[str, ...], int] = {}
    for margin in spec.margins:
        for row in rows:
            key = tuple(
                code if name in margin.dimensions else "all"
                for name, code in zip(spec.dimension_names, row[1:], strict=True)
            )
            expected[key] = expected.get(key, 0) + 1
    assert {cell.dimensions: cell.count for cell in cells} == expected


@quick
@given(events())
def test_sending_the_kept_counts_keeps_the_same_cells_as_sending_the_events(
    rows: list[list[str]],
) -> None:
    spec = returns()["referrals"]
    text = "\n".join(",".join(row) for row in [list(spec.record_columns), *rows])
    _, kept = outcome_of(Case("", text.encode(), Refused(()), of="referrals"))
    counts = "\n".join(
        ",".join([cell.period.code, *cell.dimensions, str(cell.count)]) for cell in reversed(kept)
    )
    again, cells = outcome_of(
        Case(
            "", f"{','.join(spec.counts_columns)}\n{counts}\n".encode(), Refused(()), of="referrals"
        )
    )

    assert cells == kept
    assert again.problems == []
