"""A claim that may be read in two ways is flagged only where it is false in both, and what is no sentence says nothing."""

from lscb.periods import parse
from performance.indicators.claims import check
from performance.indicators.claims.text import split
from tests.performance.indicators.test_claims_at_large import facts

ROW = "Training sessions 6 7 14 24 51 58"
TABLE = f"Q1 Q2 Q3 Q4 TOTAL 2024/ 25 TOTAL 2023/ 24 {ROW} <b>Bookings</b> 103 (10) (19) 158 <i>(15) (35)</i> 1155 Satisfaction % 91% 91%"


def test_a_table_that_a_reader_of_pdf_files_wrote_in_one_line_says_nothing():
    assert check(TABLE, facts(), parse("2024-25")) == []
    assert check("Satisfaction with eLearning was 100%.", facts(), parse("2024-25"))


def test_marks_of_a_page_are_no_part_of_a_sentence():
    text = "<b>Crimes</b> were <i>3,215</i> in 2024/ 25; *more* than before."
    assert split(text) == ["Crimes were 3,215 in 2024/25; more than before."]
