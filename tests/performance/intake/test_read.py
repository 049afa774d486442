"""Reading: row numbers are those a person sees, limits hold before anything is parsed, notes say what was done."""

from dataclasses import replace

import pytest

from performance.intake.read import Limits, Refusal, Table, read
from performance.intake.spec import returns
from tests.performance.intake.building import LIMITS, POLICE, table, workbook

POLICE_RETURN = returns()["police-da"]


def reading(content: str | bytes, filename: str = "return.csv", limits: Limits = LIMITS) -> Table:
    return read(
        content.encode() if isinstance(content, str) else content, filename, limits, POLICE_RETURN
    )


def test_a_table_has_its_headings_and_its_rows_with_the_numbers_of_the_file() -> None:
    found = reading(POLICE)

    assert found.header == ["month", "kind", "count"]
    assert found.rows == [
        (2, ["2025-04", "crime", "210"]),
        (3, ["2025-04", "incident", "180"]),
        (4, ["2025-04", "contact", "155"]),
    ]
    assert (len(found), found.header_row, found.notes) == (3, 1, [])


def test_rows_keep_their_numbers_below_notes_and_blank_lines() -> None:
    found = reading("A title\n\n" + POLICE.replace("\n2025-04,contact", "\n\n\n2025-04,contact"))

    assert found.header_row == 3
    assert list(found.numbers) == [4, 5, 8]


def test_a_line_end_inside_quotes_does_not_count_as_a_row() -> None:
    found = reading('"A title\nover two lines",,\n' + POLICE)

    assert list(found.numbers) == [3, 4, 5]


def test_rows_of_a_workbook_have_the_numbers_that_excel_shows() -> None:
    rows: list[list[object]] = [[], ["Title"], [], *table()]

    found = reading(workbook({"Data": rows}), "return.xlsx")

    assert (found.sheet, found.header_row, list(found.numbers)) == ("Data", 4, [5, 6, 7])


def test_a_sheet_whose_name_is_a_persons_is_not_named() -> None:
    found = reading(workbook({"Sarah Example": [["x"]], "Data": table()}), "return.xlsx")

    assert not any("Sarah" in note for note in found.notes)


@pytest.mark.parametrize(
    ("limits", "filename"),
    [
        (replace(LIMITS, bytes=len(POLICE) - 1), "return.csv"),
        (replace(LIMITS, rows=2), "return.csv"),
        (replace(LIMITS, columns=2), "return.csv"),
        (replace(LIMITS, cell=7), "return.csv"),
        (replace(LIMITS, rows=2), "return.xlsx"),
        (replace(LIMITS, uncompressed=1000), "return.xlsx"),
    ],
)
def test_each_limit_holds(limits: Limits, filename: str) -> None:
    content = POLICE.encode() if filename.endswith("csv") else workbook({"Data": table()})

    with pytest.raises(Refusal) as refusal:
        reading(content, filename, limits)

    assert [one.code for one in refusal.value.problems] == ["too-large"]


def test_a_file_at_its_limits_is_read() -> None:
    limits = replace(LIMITS, bytes=len(POLICE), rows=3, columns=3, cell=8)

    assert len(reading(POLICE, limits=limits)) == 3


def test_many_rows_are_read_in_pieces_without_losing_any() -> None:
    text = "month,kind,count\n" + "".join(f"2025-04,crime,{number}\n" for number in range(12_345))

    found = reading(text, limits=replace(LIMITS, rows=20_000))

    assert found.columns[2] == [str(number) for number in range(12_345)]
    assert list(found.numbers) == list(range(2, 12_347))
