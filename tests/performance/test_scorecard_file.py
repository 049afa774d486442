"""The scorecard as a file: numbers that a spreadsheet can add, with their unit beside them."""

from decimal import Decimal

from performance.pages import table
from performance.pages.wording import Delta


def test_changes_are_plain_numbers_and_words_stay_words():
    assert table._change(Delta("+33", "+5.4%")) == [Decimal(33), Decimal("5.4")]
    assert table._change(Delta("−32.1 points")) == [Decimal("-32.1"), ""]
    assert table._change(Delta("not available", known=False)) == ["not available", ""]


def test_a_value_is_a_plain_number_with_its_shown_form_beside_it():
    assert table._plain("2,962") == Decimal(2962)
    assert table._plain("27.5%") == Decimal("27.5")
    assert table._plain("not available") == "not available"
    for name in ("value", "year to date"):
        assert table.HEADINGS.index(f"{name} as shown") == table.HEADINGS.index(name) + 1
