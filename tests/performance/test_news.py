"""What changed in a quarter, for somebody with ten minutes: before and after in the grain of the rule, the strongest
rule first, which way is better, and nothing of another quarter."""

from dataclasses import replace

import pytest

from lscb.periods import Period, parse
from performance.indicators import limits
from performance.indicators.scorecard import ChartSpec, Scorecard, Section
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, indicators
from performance.pages import dashboards, scorecard
from performance.pages.brief import brief, dependence_words
from performance.pages.judged import anew_words, verdict
from performance.pages.scorecard import Page
from tests.performance.indicators.building import LUTON, run, value, with_target

Q1, Q2 = parse("2025-26-Q1"), parse("2025-26-Q2")
# Contacts by month from July 2023: two levels, of which the later has five months above the upper limit.
LOW = [173, 141, 127, 139, 139, 139, 121, 115, 134, 118, 129, 130, 127, 126, 122]
HIGH = [210, 211, 170, 168, 229, 183, 212, 207, 174]
CONTACTS = run("FD08", "2023-07", [*LOW, *HIGH])
OF_QUARTER = value("FD08", "2025-26-Q1", 593)


def page(
    *values: Value,
    quarter: Period = Q1,
    indicator: str = "FD08",
    spec: IndicatorSpec | None = None,
) -> Page:
    layout = Scorecard(sections=(Section(title="One", indicators=(indicator,)),), dashboards=())
    specs = {indicator: spec or indicators()[indicator]}
    return scorecard.build(layout, quarter, values, LUTON, [], specs=specs)


def told(*values: Value, **more: object) -> str:
    (row,) = brief(page(*values, **more)).signals  # type: ignore[arg-type]
    return row.news


def test_a_run_tells_both_levels_a_month_and_how_many_months_lie_outside_before_the_run_itself():
    assert told(*CONTACTS, OF_QUARTER) == (
        "about 196 a month in October 2024 to June 2025, against about 132 a month in the 15 months before; "
        "all 9 above the mean of 156.0, 5 of them above the upper limit of 198.9. "
        "June 2025 was 174, after 207 in May 2025; the quarter as a whole was 593. Neither more nor less is better."
    )


def test_a_percentage_is_a_ratio_of_sums_before_and_after_and_says_which_way_is_better():
    shares = [
        value("FD16", parse("2023-07").shift(at), top=top, bottom=250)
        for at, top in enumerate([7, 9, 4, 9, 8, 4, 9, 7, 10, 6, 7, 5, 4, 6, 8, *[1, 2, 1, 0, 2, 1, 0, 1, 1]])
    ]  # fmt: skip
    whole = value("FD16", "2025-26-Q1", top=2, bottom=750)
    assert told(*shares, whole, indicator="FD16") == (
        "0.4% in October 2024 to June 2025, down from 2.7% in the 15 months before; "
        "9 months in a row below the mean of 1.9%. June 2025 was 0.4%; the quarter as a whole was 0.3%. "
        "An improvement: less is better."
    )


def test_a_single_month_outside_its_limit_stands_against_the_months_before():
    steady = [100 + at % 3 for at in range(23)]
    found = told(*run("FD08", "2023-07", [*steady, 160]), value("FD08", "2025-26-Q1", 362))
    assert found.startswith(
        "160 in June 2025, against about 101 a month in the 23 months before; above the upper limit of "
    )
    assert "The quarter as a whole was 362." in found


def test_a_trend_goes_from_its_first_to_its_last_month():
    rising = [120, 108, 125, 109, 122, 111, 126, 107, 119, 128, 108, 120, 110, 124, 112, 126, 118]
    found = told(*run("FD08", "2023-07", [*rising, *range(112, 126, 2)]), OF_QUARTER)
    assert "each higher than the one before" in found
    assert "124 in June 2025, up from 112 in December 2024; 7 months in a row" in found


def test_a_year_is_told_as_years_and_with_its_provisional_limits():
    shares = [35.6, 44.3, 34.4, 33.9, 41.9, 47.1, 50.3, 44.5, 46.9, 46.0, 50.7, 43.3]
    years = run("NE05", "2012-13", shares)
    found = told(*years, indicator="NE05", quarter=parse("2023-24-Q4"))
    assert found == (
        "about 47.0% in 2017/18 to 2023/24, up from about 38.0% in the 5 years before; "
        "7 years in a row above the mean of 43.2%. 2023/24 was 43.3%, after 50.7% in 2022/23. Neither more nor less is better. "
        "Provisional limits (12 points)."
    )
    later = page(*years, indicator="NE05", quarter=parse("2024-25-Q4"))
    assert brief(later).signals == (), (
        "a year that ended a year before is no change of this quarter"
    )
    assert brief(later).earlier == 1


def test_the_target_is_told_beside_a_signal():
    low = [
        96,
        95,
        97,
        96,
        95,
        96,
        97,
        95,
        96,
        96,
        95,
        97,
        96,
        95,
        96,
        97,
        96,
        95,
        96,
        97,
        95,
        96,
        95,
        60,
    ]
    found = told(
        *run("FD05", "2023-07", low),
        value("FD05", "2025-26-Q1", 83.0),
        indicator="FD05",
        spec=with_target("FD05", value=90),
    )  # fmt: skip
    assert "A concern: more is better. Target at least 90.0%: below target." in found


def test_a_quarter_without_numbers_lists_no_signal_of_an_earlier_one_and_says_so():
    found = brief(page(*CONTACTS, OF_QUARTER, quarter=Q2))
    assert (found.signals, found.more, found.reported, found.judged) == ((), 0, 0, 0)
    assert (
        found.nothing
        == "Nothing can be said of this quarter yet: no indicator has a number for it."
    )
    assert found.earlier == 1, "the table still marks it"
    assert found.chance == "about 0.00"


def test_a_quarter_whose_last_month_is_missing_tells_no_signal_as_its_row_says_no_data():
    partly = value("FD08", "2025-26-Q1", status="not submitted")._replace(present=2)
    found = page(*CONTACTS[:-1], partly)
    assert found.sections[0].rows[0].variation.icon == "nodata"
    assert found.signals == ()


def test_where_nothing_goes_beyond_chance_it_says_of_how_many():
    found = brief(page(*run("FD08", "2023-07", [100 + at % 3 for at in range(24)]), OF_QUARTER))
    assert found.nothing == (
        "Nothing beyond chance: of this quarter 1 indicator can be judged, and it lies within usual variation."
    )
    few = brief(page(*run("FD08", "2025-01", [100, 101, 102, 100, 99, 98]), OF_QUARTER))
    assert few.nothing.startswith("No indicator has a number of this quarter and enough points")


def test_beside_the_false_alarms_it_says_what_numbers_at_a_periods_end_do_to_them():
    steady = [100 + at % 3 for at in range(24)]
    assert brief(page(*run("FD08", "2023-07", steady), OF_QUARTER)).dependence == ""
    plans = page(
        *run("CP08", "2023-07", steady), value("CP08", "2025-26-Q1", 102), indicator="CP08"
    )
    assert brief(plans).stocks == 1
    assert brief(plans).dependence == (
        "That holds for numbers independent of one another. One of those judged counts, at a period’s end, mostly who "
        "was counted before: there chance alone shows a signal far more often."
    )
    assert "3 of those judged count, at a period’s end" in dependence_words(3)


def test_concerns_come_before_what_is_neither_good_nor_bad_and_improvements_last():
    (row,) = page(*CONTACTS, OF_QUARTER).signals
    icons = [("improvement", "x"), ("high", "y"), ("concern", "z")]
    rows = [
        replace(row, id=one, variation=replace(row.variation, icon=icon)) for icon, one in icons
    ]
    assert [one.id for one in sorted(rows, key=scorecard._pressing)] == ["z", "y", "x"]


def test_a_row_judges_the_time_of_the_number_it_shows():
    months = run("FD03", "2022-04", [250 + at % 9 for at in range(24)])
    years = [value("FD03", f"20{at}-{at + 1}", 3000 + at % 4) for at in range(13, 25)]
    row = page(*months, *years, indicator="FD03", quarter=parse("2024-25-Q4")).sections[0].rows[0]
    assert row.value_note == "in 2024/25"
    assert row.variation.sentence.startswith("2024/25 is within the usual")
    assert row.is_of_quarter


def test_a_row_says_by_which_kind_of_period_it_is_judged_where_that_is_not_its_numbers():
    steady = run("FD08", "2023-07", [100 + at % 3 for at in range(24)])
    assert page(*steady, OF_QUARTER).sections[0].rows[0].judged_by == "month"
    years = run("FD04", "2013-14", [500.0 + at % 4 for at in range(12)])
    of_year = page(*years, indicator="FD04", quarter=parse("2024-25-Q4")).sections[0].rows[0]
    assert of_year.judged_by == ""


def test_a_row_whose_number_no_chart_judges_says_that_it_is_not_judged():
    months = run("FD03", "2022-04", [250 + at % 9 for at in range(24)])
    year = value("FD03", "2024-25", 3137)
    row = page(*months, year, indicator="FD03", quarter=parse("2024-25-Q4")).sections[0].rows[0]
    assert (row.variation.icon, row.variation.words) == ("few", "Not judged")
    assert row.variation.sentence == "2024/25 is not judged: the months drawn end with March 2024."
    assert not row.is_of_quarter
    assert row.spark is not None


@pytest.mark.parametrize("mark", ["line", "bar"])
def test_a_verdict_on_years_stands_on_a_chart_with_mean_and_limits(mark):
    years = run("FD04", "2012-13", [500 + (at * 37) % 90 for at in range(13)])
    chart = ChartSpec(indicator="FD04", title="Rate", period_type="year", mark=mark)
    made = dashboards.panel(chart, years)
    assert "within usual variation" in made.summary
    names = [one.get("name") for one in made.figure["data"]]
    assert "Usual variation" in names
    assert "Mean" in names
    assert "Financial years" in names, "the year before the limits is drawn too"
    assert "The mean is" in made.course
    assert any("the limits rest on the last 12" in one for one in made.signs)
    few = dashboards.panel(chart, years[-5:])
    assert "Usual variation" not in [one.get("name") for one in few.figure["data"]]
    assert "within usual variation" not in few.summary


def test_a_chart_of_several_series_says_where_the_limits_are_that_its_words_judge_by():
    crimes = run("DA01", "2023-07", [260 + at % 7 for at in range(24)])
    incidents = run("DA02", "2023-07", [180 + at % 7 for at in range(24)])
    chart = ChartSpec(
        indicator="DA01", title="Police", period_type="month", with_indicators=("DA02",)
    )
    made = dashboards.panel(chart, [*crimes, *incidents])
    assert "within usual variation" in made.summary
    assert dashboards.OWN_CHARTS in made.signs
    few = dashboards.panel(chart, [*crimes[:5], *incidents[:5]])
    assert dashboards.OWN_CHARTS not in few.signs


QUARTERS = run("FD08", "2023-24-Q2", [441, 417, 370, 377, 375, 591, 580, 593])


def test_a_quarter_with_too_few_quarters_is_told_by_its_months_which_have_a_verdict():
    chart = ChartSpec(indicator="FD08", title="Contacts", period_type="quarter")
    made = dashboards.panel(chart, [*QUARTERS, *CONTACTS])
    assert "too few points" not in made.summary.lower()
    assert made.summary.endswith(
        "all of its months are special causes, the latest of them June 2025, part of a shift: 7 or more points in a "
        "row above the mean, since October 2024."
    )
    beside = chart.model_copy(update={"with_indicators": ("DA01",)})
    crimes = run("DA01", "2023-24-Q1", [780, 801, 790])
    both = dashboards.panel(beside, [*QUARTERS, *CONTACTS, *crimes])
    assert "all of its months are special causes" in both.summary
    alone = dashboards.panel(chart, QUARTERS)
    assert "too few points" in alone.summary.lower()


def test_a_year_within_usual_variation_says_so_beside_its_months_that_are_special_causes():
    years = run("FD08", "2013-14", [1500 + (at * 131) % 400 for at in range(12)])
    months = run("FD08", "2023-04", [*LOW, *HIGH])
    made = dashboards.panel(
        ChartSpec(indicator="FD08", title="Contacts", period_type="year"), [*years, *months]
    )
    assert "within usual variation (limits are provisional), while" in made.summary
    assert "all of its months are special causes" in made.summary


def test_the_verdict_of_a_longer_period_is_that_of_the_finer_chart_where_only_that_has_one():
    said, chart = verdict(indicators()["FD08"], QUARTERS, [CONTACTS])
    assert (said.icon, said.words) == ("high", "By month: special cause, high")
    assert chart is not None
    own, _ = verdict(indicators()["FD08"], QUARTERS, [CONTACTS[:-1]])
    assert own.icon == "few", "months that end earlier judge another time"
    assert verdict(indicators()["FD08"], QUARTERS, [])[0].icon == "few"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([*LOW, *HIGH], "It has lasted 9 months, since October 2024. Where its cause is known and it is to stay"),
        ([200, 203, 198, 202, 205, 199, 204, 201, 203, 150, 205, 148, 206, 151, 204, 149, 207, 150, 205, 151],
         "9 months, from July 2023 to March 2024, were special causes (high), and that has ended."),
        ([100, 103] * 12, ""),
        ([100, 103, 101], ""),
    ],
)  # fmt: skip
def test_a_run_that_lasts_or_has_ended_suggests_that_somebody_lets_limits_begin_anew(counts, words):
    found = anew_words(limits.chart(run("FD08", "2023-07", counts), indicators()["FD08"]))
    assert found.startswith(words)
    assert bool(found) is bool(words)
