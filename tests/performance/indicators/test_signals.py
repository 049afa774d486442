"""Signals: what the rules find in a series, once, with its numbers, and nothing where there is only noise."""

from datetime import date

import pytest

from lscb.periods import parse
from performance.indicators import signals
from performance.indicators.duties import Duty, Standing
from performance.indicators.series import Break
from performance.indicators.signals import Due, Restated, find
from performance.indicators.spec import indicators
from tests.performance.indicators.building import run, value, with_target

CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]  # Luton 2024/25, as printed
STEADY = [10, 12] * 12
MARCH = {"month": parse("2025-03")}


def spec(one: str = "DA01"):
    return indicators()[one]


def test_the_year_of_crimes_that_a_report_read_as_a_drop_and_a_spike_gives_no_signal():
    assert find(spec(), run("DA01", "2024-04", CRIMES), horizon=MARCH) == []


def test_a_point_outside_a_limit_is_told_with_its_numbers_and_the_rule():
    values = run("DA01", "2024-04", [*CRIMES[:11], 400])
    (one,) = find(spec(), values, horizon=MARCH)
    assert (one.kind, one.period.code, one.direction, one.judgement) == (
        "special-cause",
        "2025-03",
        "high",
        "",
    )
    assert one.words.startswith(
        "Domestic abuse crimes recorded: 400 in March 2025 is above the upper limit (mean 279.6, limits"
    )
    assert one.words.endswith("The limits are provisional: they rest on 12 points.")
    assert one.rule == "XmR chart: March 2025 is above the upper limit."
    assert one.numbers["value"] == 400


@pytest.mark.parametrize(
    ("indicator", "last", "judgement", "rank"),
    [
        ("NE01", 60, "improvement", 500),
        ("NE01", 0.5, "concern", 100),
        ("TR07", 60, "concern", 100),
        ("DA01", 60, "", 400),
    ],
)
def test_polarity_decides_whether_a_special_cause_is_an_improvement_or_a_concern(
    indicator, last, judgement, rank
):
    values = run(indicator, "2023-04", [20, 22] * 11 + [20, last])
    (one,) = find(spec(indicator), values, horizon=MARCH)
    assert one.judgement == judgement
    assert rank - 100 < one.rank <= rank


def test_a_run_that_goes_on_is_the_same_signal_and_one_that_stops_is_told_as_ended():
    shifted = [*STEADY[:16], 14, 15, 14, 15, 14, 15, 14]
    seven = run("DA01", "2023-04", shifted)
    eight = run("DA01", "2023-04", [*shifted, 15])
    over = run("DA01", "2023-04", [*shifted, 11])
    horizons = [{"month": values[-1].period} for values in (seven, eight, over)]
    (first,) = find(spec(), seven, horizon=horizons[0])
    (second,) = find(spec(), eight, horizon=horizons[1])
    assert first.key == second.key
    assert first.latest != second.latest
    (third,) = find(spec(), over, horizon=horizons[2])
    assert third.kind == "ended"
    assert "within usual variation again" in third.words


def test_a_rebase_made_by_a_person_takes_the_signal_away():
    values = run("DA01", "2023-04", [10, 12] * 6 + [30, 32] * 6)
    assert [one.kind for one in find(spec(), values, horizon=MARCH)] == ["special-cause"]
    assert find(spec(), values, horizon=MARCH, rebases=[parse("2024-04")]) == []


def test_a_point_that_fell_out_of_a_signal_by_a_rebase_is_not_told_as_ended():
    values = run("DA01", "2023-04", [10, 12] * 11 + [11, 60, 11])
    assert find(spec(), values, horizon={"month": parse("2025-04")})[0].kind == "ended"
    rebased = find(spec(), values, horizon={"month": parse("2025-04")}, rebases=[parse("2025-04")])
    assert rebased == []


def test_fewer_than_twelve_points_have_no_special_cause():
    values = run("DA01", "2024-05", [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 99])
    assert find(spec(), values, horizon=MARCH) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (91.0, 89.0, "concern"),
        (89.0, 90.0, "improvement"),
        (91.0, 90.0, None),
        (70.0, 89.9, None),
    ],
)
def test_a_target_is_crossed_when_it_was_met_and_is_not_or_the_other_way_round(before, after, kind):
    aimed = with_target("TR12", value=90.0)
    values = run("TR12", "2024-25-Q1", [before, after])
    found = find(aimed, values, horizon={"quarter": parse("2024-25-Q2")})
    assert [one.judgement for one in found] == ([kind] if kind else [])
    if found:
        assert "at least 90.0%" in found[0].words


def test_a_target_is_not_crossed_across_a_gap_nor_before_it_was_set():
    aimed = with_target("TR12", value=90.0)
    gap = [value("TR12", "2024-25-Q1", 95.0), value("TR12", "2024-25-Q3", 80.0)]
    assert find(aimed, gap, horizon={"quarter": parse("2024-25-Q3")}) == []
    late = with_target("TR12", value=90.0, since="2024-08-01")  # Q1 had no target to meet
    values = run("TR12", "2024-25-Q1", [95, 80])
    assert find(late, values, horizon={"quarter": parse("2024-25-Q2")}) == []


def test_a_target_is_not_crossed_across_a_break_of_the_series():
    seam = (Break(parse("2024-05"), "another system counts them"),)
    aimed = with_target("TR12", value=90.0)
    values = [one._replace(breaks=seam) for one in run("TR12", "2024-04", [95, 80])]
    horizon = {"month": parse("2024-05")}
    assert not [one for one in find(aimed, values, horizon=horizon) if one.kind == "target"]
    plain = [one._replace(breaks=()) for one in values]
    assert [one for one in find(aimed, plain, horizon=horizon) if one.kind == "target"]


def test_a_band_is_left_on_either_side():
    band = with_target("FD05", "none", value=20.0, upper=30.0)
    for last in (19.9, 30.1):
        (one,) = find(band, run("FD05", "2023-24", [25, last]), horizon={"year": parse("2024-25")})
        assert "from 20.0% to 30.0%" in one.words


def test_a_number_that_is_late_is_missing_and_a_suppressed_one_is_not():
    values = run("DA01", "2024-04", CRIMES[:9])
    (one,) = find(spec(), values, horizon=MARCH)
    assert one.kind == "missing"
    assert one.words == (
        "Domestic abuse crimes recorded: no number for January 2025 to March 2025 (not submitted). "
        "Sender: Police, performance team."
    )
    hidden = [value("DA01", f"2025-0{month}", status="suppressed") for month in (1, 2, 3)]
    assert find(spec(), [*values, *hidden], horizon=MARCH) == []


def test_figures_that_the_program_counts_itself_make_nobody_late():
    values = run("DA01", "2024-04", CRIMES)
    later = {"month": parse("2025-06")}
    assert [one.kind for one in find(spec(), values, horizon=later)] == ["missing"]
    theirs = {"month": parse("2025-03")}
    assert find(spec(), values, horizon=later, due=Due(date.max, theirs)) == []
    assert find(spec(), values, horizon=later, due=Due(date.max, {})) == []


def missing(values, due=None, horizon=MARCH):
    """The words of what is missing, without the title and the sender."""
    found = [one for one in find(spec(), values, horizon=horizon, due=due) if one.kind == "missing"]
    return [one.words.split(": ", 1)[1].split(" (")[0] for one in found]


def without(values, *codes):
    return [one for one in values if one.period.code not in codes]


def test_gaps_inside_a_series_are_told_in_one_signal():
    values = without(run("DA01", "2024-04", CRIMES), "2024-07", "2024-09", "2024-10")
    assert missing(values) == ["no number for July 2024 and September 2024 to October 2024"]
    (one,) = find(spec(), values, horizon=MARCH)
    assert one.rule == "Numbers of periods before and after were sent."
    assert (one.period.code, one.latest.code) == ("2024-07", "2024-10")


def test_what_was_sent_for_a_quarter_as_a_whole_is_not_missing_by_month():
    values = without(run("DA01", "2024-04", CRIMES), "2024-07", "2024-08", "2024-09", "2024-11")
    quarter = value("DA01", "2024-25-Q2", 766.0)._replace(period_type="quarter")
    horizon = MARCH | {"quarter": parse("2024-25-Q4")}
    assert missing([*values, quarter], horizon=horizon) == ["no number for November 2024"]


def owed(period: str, due: date, standing: Standing = Standing.LATE, agency_type: str = "police"):
    return Duty("police-da", "police", agency_type, "E06000032", parse(period), due, standing)


def test_a_number_is_missing_once_its_deadline_is_over_and_not_when_somebody_else_is_early():
    values = run("DA01", "2024-04", CRIMES[:11])
    told = ["no number for March 2025"]
    for today, expected in ((date(2025, 4, 10), []), (date(2025, 5, 20), told)):
        assert missing(values, Due(today, MARCH)) == expected
    duties = [owed("2025-03", date(2025, 4, 14))]
    reached_nowhere = Due(date(2025, 4, 14), {}, duties), Due(date(2025, 4, 15), {}, duties)
    assert [missing(values, one) for one in reached_nowhere] == [[], told]


def test_the_calendar_says_what_is_owed_and_what_is_not():
    values = run("DA01", "2024-04", CRIMES[:9])
    day = date(2025, 2, 14)
    duties = [
        owed("2025-01", day),
        owed("2025-02", day, Standing.NOT_APPLICABLE),
        owed("2025-03", day),
    ]
    due = Due(date(2025, 6, 1), MARCH, duties)
    assert missing(values, due) == ["no number for January 2025 and March 2025"]


def test_a_series_that_ended_long_ago_is_missed_only_where_somebody_owes_it():
    values = run("DA01", "2022-04", CRIMES)
    assert missing(values) == []
    due = Due(date(2025, 6, 1), MARCH, [owed("2025-03", date(2025, 4, 14))])
    assert missing(values, due) == ["no number for March 2025"]


def test_a_quarter_that_was_sent_in_part_says_how_much_is_there():
    values = [one._replace(period_type="quarter") for one in run("DA01", "2023-24-Q1", [9] * 7)]
    partial = value("DA01", "2024-25-Q4", status="not submitted")._replace(
        present=2, period_type="quarter"
    )
    (one,) = find(spec(), [*values, partial], horizon={"quarter": parse("2024-25-Q4")})
    assert "(2 of 3 months were sent)" in one.words


def test_yearly_statistics_may_be_a_year_late_before_they_are_missing():
    values = run("CP09", "2018-19", [50, 51, 52, 51])
    assert find(spec("CP09"), values, horizon={"year": parse("2022-23")}) == []
    (one,) = find(spec("CP09"), values, horizon={"year": parse("2023-24")})
    assert "no number for 2022/23 (not submitted)" in one.words


def test_a_zero_where_there_never_was_one_is_asked_about():
    values = run("DA01", "2024-04", [*CRIMES[:5], 0])
    (one,) = find(spec(), values, horizon={"month": parse("2024-09")})
    assert one.kind == "sense"
    assert "never under 255" in one.words
    rare = run("DA01", "2024-04", [1, 2, 1, 1, 1, 0])
    assert find(spec(), rare, horizon={"month": parse("2024-09")}) == []


def test_a_breakdown_that_adds_to_more_than_its_total_is_told():
    parts = [
        value("FD03", "2024-25", number, breakdown="source", category=name)
        for name, number in (("police", 60.0), ("school", 50.0))
    ]
    horizon = {"year": parse("2024-25")}
    (one,) = find(spec("FD03"), [value("FD03", "2024-25", 100.0), *parts], horizon=horizon)
    assert "by source 2024/25 adds to 110, but the total is 100" in one.words
    assert find(spec("FD03"), [value("FD03", "2024-25", 110.0), *parts], horizon=horizon) == []


def test_a_restated_number_is_told_with_both_and_only_while_it_matters():
    pair = Restated(value("DA01", "2024-05", 282.0), value("DA01", "2024-05", 290.0))
    (one,) = find(spec(), [], horizon=MARCH, restated=[pair])
    assert one.words == "Domestic abuse crimes recorded: May 2024 was 282 and is now 290 (+8)."
    assert find(spec(), [], horizon={"month": parse("2026-05")}, restated=[pair]) == []


def test_every_kind_has_a_place_in_the_list():
    assert {kind for kind, _ in signals.RANKS} == set(signals.KINDS)


def test_categories_that_moved_within_a_total_that_stands_are_told_once_with_the_most_moved_first():
    def moved(category: str, before: float, after: float) -> Restated:
        both = [
            value("FD03", "2024-05", number, breakdown="source", category=category)
            for number in (before, after)
        ]
        return Restated(*both)

    pairs = [moved("police", 80, 75), moved("schools", 60, 66), moved("parent", 5, 4)]
    pairs.append(moved("housing", 7, 8))
    (one,) = find(spec("FD03"), [], horizon=MARCH, restated=pairs)
    assert one.words == (
        "Referrals to children’s social care: May 2024 by source: Schools was 60 and is now 66 (+6); Police was 80 and "
        "is now 75 (−5); Housing was 7 and is now 8 (+1); 1 other category moved too."
    )
    total = Restated(value("FD03", "2024-05", 200), value("FD03", "2024-05", 201))
    (one,) = find(spec("FD03"), [], horizon=MARCH, restated=[*pairs, total])
    assert one.words.endswith("May 2024 was 200 and is now 201 (+1).")


def test_a_part_that_is_larger_than_its_whole_does_not_fit():
    police = [*run("FD08", "2025-02", [150, 140]), value("FD08", "2025-04", 310)]
    hub = [*run("FD06", "2025-02", [149, 256]), value("FD06", "2025-04", 256)]
    horizon = {"month": parse("2025-06")}
    found = find(spec("FD08"), police, horizon=horizon, beside={"FD06": hub})
    (one,) = [one for one in found if one.kind == "sense"]
    assert one.words == (
        "Domestic abuse contacts from police: 310 in April 2025 are more than the 256 of ‘Domestic abuse contacts, all "
        "sources’, of which they are a part. So are those of 1 earlier month."
    )
    assert one.rule.startswith("A part cannot be larger than its whole")
    assert one.numbers == {"value": 310, "whole": 256, "whole_indicator": "FD06"}


def test_a_part_that_fits_or_lies_before_the_window_is_no_signal():
    police, hub = [value("FD08", "2025-04", 256)], [value("FD06", "2025-04", 256)]
    for beside, last in (({"FD06": hub}, "2025-06"), ({}, "2025-06")):
        found = find(spec("FD08"), police, horizon={"month": parse(last)}, beside=beside)
        assert "sense" not in [one.kind for one in found]
    larger = [value("FD08", "2025-04", 310)]
    found = find(spec("FD08"), larger, horizon={"month": parse("2028-06")}, beside={"FD06": hub})
    assert "sense" not in [one.kind for one in found]


def test_a_run_tells_how_many_of_its_points_lie_outside_a_limit_though_the_last_does_not():
    low = [173, 141, 127, 139, 139, 139, 121, 115, 134, 118, 129, 130, 127, 126, 122]
    high = [210, 211, 170, 168, 229, 183, 212, 207, 174]
    (one,) = find(
        spec("FD08"), run("FD08", "2023-07", [*low, *high]), horizon={"month": parse("2025-06")}
    )
    assert (
        "above the mean, since October 2024; of these 9 points 5 lie above the upper limit (mean"
        in one.words
    )


def test_a_point_beyond_a_limit_is_not_said_to_lie_there_since_a_run_on_its_side_began():
    low = [100, 104] * 7
    months = run("FD08", "2023-07", [*low, *[112] * 9, 190])
    (one,) = find(spec("FD08"), months, horizon={"month": parse("2025-06")})
    assert (
        "190 in June 2025 is above the upper limit; all 10 points since September 2024 are special causes on that side "
        "(mean" in one.words
    )
    twice = run("FD08", "2023-07", [*low, *[102] * 8, 190, 191])
    (one,) = find(spec("FD08"), twice, horizon={"month": parse("2025-06")})
    assert "191 in June 2025 is above the upper limit, since May 2025 (mean" in one.words
