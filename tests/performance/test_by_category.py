"""An indicator by the categories of a breakdown: what is drawn of a period, what is not and why, and its table."""

from collections.abc import Sequence

from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import Value
from performance.indicators.spec import indicators
from performance.pages.by_category import broken_down
from performance.pages.panel import Panel
from tests.performance.indicators.building import value


def shown(indicator: str, values: Sequence[Value]) -> Panel:
    """The panel of yearly values of one breakdown."""
    chart = ChartSpec(
        indicator=indicator,
        title="Groups",
        breakdown=values[0].breakdown,
        period_type="year",
        mark="bar",
    )
    return broken_down(indicators()[indicator], chart, values)


def test_shares_printed_beside_counts_stand_in_the_table_and_not_among_the_bars_of_the_whole():
    counted = [
        value("FD13", "2023-24", top=top, bottom=10, breakdown="source", category=one)
        for one, top in (("police", 6), ("schools", 4))
    ]
    printed = value("FD13", "2023-24", 5.0, breakdown="source", category="parent")._replace(
        published=True
    )
    panel = shown("FD13", [*counted, printed])
    assert panel.course == "In order: Police 60.0%; Schools 40.0%."
    assert [row[0].text for row in panel.rows] == ["Police", "Schools", "Parent"]
    assert panel.signs == (
        "Not drawn, because they were printed of other groups than those counted: Parent",
    )


def test_shares_of_which_only_some_were_printed_say_how_much_of_the_whole_they_are():

    def signs(*shares: tuple[str, float]) -> tuple[str, ...]:
        values = [
            value("FD13", "2024-25", share, breakdown="source", category=one)._replace(
                published=True
            )
            for one, share in shares
        ]
        return shown("FD13", values).signs

    some = "Together these are 73.8%; the other groups were not printed"
    assert signs(("police", 40.0), ("schools", 33.8)) == (some,)
    assert signs(("police", 60.0), ("schools", 39.5)) == (), "rounding leaves as much"
    assert signs(("police", 20.0), ("schools", 13.6)) == (), "the words above say it"


def test_a_group_without_a_row_in_a_year_sent_in_part_is_there_in_part_like_the_others():
    whole = [
        value("FD15", "2024-25", top=top, bottom=10, breakdown="ethnicity", category=one)
        for one, top in (("white", 6), ("unknown", 4))
    ]
    part = value("FD15", "2025-26", status="not submitted", breakdown="ethnicity", category="white")
    panel = shown("FD15", [*whole, part._replace(present=3, expected=12)])
    assert [[cell.text for cell in row[1:]] for row in panel.rows] == [
        ["3 of 12 months", "60.0%"],
        ["3 of 12 months", "40.0%"],
    ]
