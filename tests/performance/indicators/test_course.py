"""The course of a chart in words says what its lines and bars show, and nothing across a break."""

from lscb.periods import parse
from performance.indicators import course
from performance.indicators.course import Told
from performance.indicators.limits import chart
from performance.indicators.series import Break
from performance.intake.codes import code_list
from tests.performance.indicators.test_narrative import run, spec, value

YEARS = ("2018-19", "2019-20", "2020-21")


def told(name: str, numbers: dict[str, float]) -> Told:
    return Told(name, spec("DA01"), [value("DA01", year, one) for year, one in numbers.items()])


def test_each_group_is_told_from_where_to_where_it_went_and_how_far_between():
    listed = [
        told("Neglect", dict(zip(YEARS, (90, 138, 100), strict=True))),
        told("Physical abuse", dict(zip(YEARS, (6, 9, 15), strict=True))),
        told("Sexual abuse", {"2019-20": 7, "2020-21": 7}),
    ]
    assert course.course(listed) == (
        "From 2018/19 to 2020/21: Neglect from 90 to 100 (highest 138 in 2019/20); Physical abuse from 6 to 15; "
        "Sexual abuse from 7 to 7, from 2019/20 to 2020/21."
    )


def test_a_year_for_which_nothing_was_sent_is_named():
    assert course.course([told("", {"2018-19": 6, "2020-21": 9})]) == (
        "From 2018/19 to 2020/21: from 6 to 9. No number for 2019/20."
    )
    assert course.course([told("", {"2020-21": 9})]) == ""


def test_a_last_year_whose_number_is_suppressed_is_named():
    ended = value("DA01", "2021-22", None)._replace(status="suppressed")
    known = told("", {"2019-20": 6, "2020-21": 9})
    assert course.course([Told("", known.spec, [*known.values, ended])]) == (
        "From 2019/20 to 2020/21: from 6 to 9. No number for 2021/22."
    )


def test_nothing_is_said_across_a_break():
    broken = Break(parse("2019-20"), "counted otherwise")
    values = [
        value("DA01", year, one)._replace(breaks=(broken,))
        for year, one in zip(YEARS, (90, 138, 100), strict=True)
    ]
    assert course.course([Told("", spec("DA01"), values)]) == (
        "From 2019/20 to 2020/21: from 138 to 100. Not comparable with these: 90 in 2018/19."
    )


def test_ranked_bars_are_told_in_their_order():
    values = [
        value("FD14", "2020-21", one)._replace(breakdown="age_band", category=name)
        for name, one in (("10-15", 30.8), ("5-9", 24.7))
    ]
    assert course.ranked(spec("FD14"), code_list("age_band"), values) == (
        "In order: 10 to 15 30.8%; 5 to 9 24.7%."
    )


def test_the_mean_the_limits_and_the_marked_points_are_those_of_the_control_chart():
    values = run("DA01", "2023-04", [260, 250] * 11 + [255, 400])
    words = course.control(spec("DA01"), chart(values, spec("DA01")))
    assert words.startswith("The mean is ")
    assert words.endswith("Marked as a special cause, high: March 2025.")
    assert course.control(spec("DA01"), chart(values[:2], spec("DA01"))) == ""


def test_lines_are_told_with_the_time_that_they_are_of_where_limits_begin_anew():
    values = run("DA01", "2023-04", [260, 270] * 9 + [300, 310, 305])
    said = course.control(spec("DA01"), chart(values, spec("DA01"), [parse("2024-10")]))
    assert said.startswith(
        "From April 2023 to September 2024 the mean was 265.0, usual variation 238.4 to 291.6. "
    )
    assert "Limits begin anew with October 2024 and need 12 points; there are 3." in said


def test_totals_to_date_are_told_year_by_year_because_they_begin_anew():
    values = [
        value("FD03", period, number)._replace(period_type="ytd")
        for period, number in (("2024-02", 2900), ("2024-03", 3130), ("2024-04", 250))
    ]
    assert course.alone(spec("FD03"), values) == (
        "To date, anew from each April: 2023/24 3,130 up to March 2024, from 2,900 up to February 2024; "
        "2024/25 250 up to April 2024."
    )


def test_several_series_of_one_number_each_tell_their_numbers():
    assert course.course(
        [told("Neglect", {"2020-21": 9}), told("Sexual abuse", {"2020-21": 7})]
    ) == ("Neglect 9 in 2020/21; Sexual abuse 7 in 2020/21.")


def test_what_stands_before_a_break_is_told_by_itself():
    years = {"2021-22": 20, "2022-23": 25, "2023-24": 29, "2024-25": 27}
    one = told("", years)
    broken = [
        value._replace(breaks=(Break(parse("2024-25"), "local groups"),)) for value in one.values
    ]
    assert course.alone(one.spec, broken) == (
        "27 in 2024/25. Not comparable with these: from 20 to 29, from 2021/22 to 2023/24."
    )
