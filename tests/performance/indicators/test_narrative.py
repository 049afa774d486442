"""The words drafted from numbers: exact texts, and that none of them claims more than the chart does."""

import random
import re

import pytest

from lscb.periods import parse
from performance.indicators import course, limits, narrative, signals
from performance.indicators.series import Break
from performance.indicators.spec import indicators
from performance.pages import wording
from tests.performance.indicators.building import run, value, with_target

# Luton's yearly referrals, 2013/14 to 2024/25 (DfE, children in need, table C1)
YEARS = [3008, 2952, 2998, 3120, 3210, 2455, 2890, 3247, 2980, 3164, 3130, 3137]
CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]


def spec(one: str):
    return indicators()[one]


GOLDEN = [
    (
        "FD03",
        run("FD03", "2013-14", YEARS),
        "2024-25",
        "Referrals to children’s social care came to 3,137 in 2024/25, 7 more (+0.2%) than 3,130 in 2023/24: "
        "within usual variation (limits are provisional).",
    ),
    (
        "FD03",
        run("FD03", "2022-23", [3164, 3130, 3137]),
        "2024-25",
        "Referrals to children’s social care came to 3,137 in 2024/25, 7 more (+0.2%) than 3,130 in 2023/24. "
        "There are too few points for limits of usual variation.",
    ),
    (
        "TR04",
        [
            value("TR04", "2023-24", top=139, bottom=1086),
            value("TR04", "2024-25", top=114, bottom=1155),
        ],
        "2024-25",
        "Training places not taken up stood at 9.9% in 2024/25 (114 of 1,155), 2.9 percentage points lower than "
        "12.8% in 2023/24. There are too few points for limits of usual variation.",
    ),
    (
        "FD04",
        [value("FD04", "2023-24", top=3130, bottom=60207)],
        "2023-24",
        "Referrals per 10,000 children stood at 519.9 in 2023/24 (3,130 over 60,207). There is no number "
        "for 2022/23 to compare it with, and there are too few points for limits of usual variation.",
    ),
    (
        "DA01",
        [*run("DA01", "2024-04", CRIMES), value("DA01", "2024-25", 3215)],
        "2024-25",
        "Domestic abuse crimes recorded came to 3,215 in 2024/25: its months lie within usual variation (limits are "
        "provisional). There is no number for 2023/24 to compare it with.",
    ),
    (
        "DA01",
        [*run("DA01", "2024-04", [*CRIMES[:11], 400]), value("DA01", "2024-25", 3355)],
        "2024-25",
        "Domestic abuse crimes recorded came to 3,355 in 2024/25: of its months, March 2025 is a special "
        "cause, above the upper limit (limits are provisional). There is no number for 2023/24 to compare it with.",
    ),
    (
        "NE01",
        run("NE01", "2023-04", [20, 22] * 11 + [20, 2]),
        "2025-03",
        "Graded Care Profile 2 completed came to 2 in March 2025, 20 fewer (−90.9%) than 22 in March 2024: "
        "a special cause (a concern), below the lower limit.",
    ),
    (
        "FD05",
        [value("FD05", "2023-24", 25.7), value("FD05", "2024-25", 26.1)],
        "2024-25",
        "Contacts that became referrals stood at 26.1% in 2024/25 (as printed, without its counts), 0.4 percentage "
        "points higher than 25.7% in 2023/24. There are too few points for limits of usual variation.",
    ),
    (
        "LA01",
        [value("LA01", "2024-25", status="suppressed")],
        "2024-25",
        "Children in care: no number for 2024/25 (suppressed at source).",
    ),
    ("LA01", [], "2024-25", "Children in care: no number for 2024/25."),
    (
        "DA01",
        run("DA01", "2024-04", [267, 267]),
        "2024-05",
        "Domestic abuse crimes recorded came to 267 in May 2024. There is no number for May 2023 to compare it with, "
        "and there are too few points for limits of usual variation.",
    ),
]


@pytest.mark.parametrize(("indicator", "values", "period", "text"), GOLDEN)
def test_the_drafted_words(indicator, values, period, text):
    assert narrative.paragraph(spec(indicator), values, parse(period)) == text


def test_a_target_is_told_as_met_or_by_how_much_it_is_missed():
    aimed = with_target("TR12", value=90.0)
    values = [value("TR12", "2024-25", top=11324, bottom=12671)]
    assert narrative.paragraph(aimed, values, parse("2024-25")).endswith(
        "The target (at least 90.0%) is missed by 0.6 percentage points."
    )
    values = [value("TR12", "2024-25", top=95, bottom=100)]
    assert narrative.paragraph(aimed, values, parse("2024-25")).endswith(
        "The target (at least 90.0%) is met."
    )


def test_two_numbers_that_are_equal_are_the_same_and_a_change_that_rounds_to_nothing_says_so():
    same = narrative.change(spec("DA01"), value("DA01", "2023-24", 9), value("DA01", "2024-25", 9))
    assert same == "the same as in 2023/24"
    small = narrative.change(
        spec("TR12"),
        value("TR12", "2023-24", top=5000, bottom=10000),
        value("TR12", "2024-25", top=5002, bottom=10000),
    )
    assert small == "less than 0.1 of a percentage point higher than 50.0% in 2023/24"


def test_a_change_that_the_written_numbers_do_not_show_is_nearly_none():
    near = narrative.change(
        spec("TR12"),
        value("TR12", "2023-24", top=7216, bottom=10000),
        value("TR12", "2024-25", top=7222, bottom=10000),
    )
    assert near == "nearly the same as 72.2% in 2023/24"


def test_on_a_base_of_a_few_no_percentage_is_told():
    told = narrative.change(spec("TR07"), value("TR07", "2023-24", 2), value("TR07", "2024-25", 1))
    assert told == "1 fewer than 2 in 2023/24"


def test_nothing_is_a_relative_change_of_nothing():
    told = narrative.change(spec("DA01"), value("DA01", "2023-24", 0), value("DA01", "2024-25", 9))
    assert told == "9 more than 0 in 2023/24"


def test_a_year_whose_months_are_not_all_there_is_not_judged_by_those_that_are():
    values = [*run("DA01", "2024-04", CRIMES), value("DA01", "2025-26", 3215)]
    text = narrative.paragraph(spec("DA01"), values, parse("2025-26"))
    assert text.endswith("and there are too few points for limits of usual variation.")


def test_a_running_total_is_told_with_what_it_covers_and_not_judged():
    one = value("DA01", "2024-09", 1622)._replace(period_type="ytd")
    assert narrative.latest(spec("DA01"), [one]) == (
        "Domestic abuse crimes recorded: 1,622, April to September 2024."
    )
    year = one._replace(period_type="rolling")
    assert narrative.latest(spec("DA01"), [year]).endswith("the twelve months to September 2024.")


def test_a_special_cause_on_the_other_side_than_the_change_is_told_by_itself():
    """Else 'fewer: a special cause (a concern), above the upper limit' makes a concern of the fall."""
    level = [200, 210] * 11
    values = run("NE01", "2023-04", [*level, 90, 10])
    told = narrative.paragraph(spec("NE01"), values, parse("2025-03"))
    assert ": a special cause (a concern), below the lower limit." in told
    values = [*run("NE01", "2022-04", [5] * 12), *values]
    values = [one._replace(value=5.0) if one.period == parse("2024-03") else one for one in values]
    told = narrative.paragraph(spec("NE01"), values, parse("2025-03"))
    assert told.startswith(
        "Graded Care Profile 2 completed came to 10 in March 2025, 5 more than 5 in March 2024. "
    )
    assert "On its chart March 2025 is a special cause (a concern), below the lower limit" in told


def test_how_many_parts_of_a_period_are_special_causes_is_told():
    values = [*run("DA01", "2024-04", [*CRIMES[:10], 400, 410]), value("DA01", "2024-25", 3500)]
    told = narrative.paragraph(spec("DA01"), values, parse("2024-25"))
    assert (
        "10 of its 12 months are special causes, the latest of them March 2025, above the upper limit "
        "(limits are provisional)." in told
    )


def test_a_change_that_rounds_to_nothing_in_percent_is_still_one():
    told = narrative.change(
        spec("DA01"), value("DA01", "2023-24", 58620), value("DA01", "2024-25", 58600)
    )
    assert told == "20 fewer (less than 0.1%) than 58,620 in 2023/24"


def test_an_area_of_several_says_for_how_many_there_is_a_number():
    missing = value("DA01", "2024-25", status="not submitted")
    one = missing._replace(parts="a b c", lacking="b c")
    assert narrative.paragraph(spec("DA01"), [one], parse("2024-25")) == (
        "Domestic abuse crimes recorded: no number for 2024/25: 1 of 3 areas has one."
    )


def test_no_paragraph_claims_a_change_that_the_chart_does_not_show():
    drawn = random.Random(7)
    claims = re.compile(
        r"increas|decreas|rose|risen|fell|fall|improv|wors|concern|special cause|trend|shift"
    )
    told = 0
    for _ in range(150):
        values = run("DA01", "2023-04", [drawn.randint(200, 320) for _ in range(24)])
        text = narrative.paragraph(spec("DA01"), values, parse("2025-03"))
        points = limits.chart(values, spec("DA01")).points
        year_before, latest = points[-13], points[-1]
        flagged = latest.rule is not None or year_before.rule is not None
        assert bool(claims.search(text)) == flagged
        told += flagged
    assert told < 15, "stable series rarely show a special cause"


def test_usual_variation_is_not_said_of_a_change_from_a_time_that_was_a_special_cause():
    # 14 months low, then ten higher: the latest is usual variation of all of them, the one a year before is not
    low, high = [20, 22] * 7, [40, 42, 26, 41, 40, 42, 26, 30, 29, 31]
    months = run("NE01", "2023-04", [*low, *high])
    told = narrative.paragraph(spec("NE01"), months, parse("2025-03"))
    assert told == (
        "Graded Care Profile 2 completed came to 31 in March 2025, 9 more (+40.9%) than 22 in March 2024. On its chart "
        "March 2025 is within usual variation; March 2024 was a special cause (a concern), one of two "
        "in three points near the lower limit."
    )
    quarters = [value("NE01", "2023-24-Q4", 64), value("NE01", "2024-25-Q4", 90)]
    told = narrative.paragraph(spec("NE01"), [*months, *quarters], parse("2024-25-Q4"))
    assert told.endswith(
        "Its months lie within usual variation; all those of Quarter 4, 2023/24 were special causes, the latest of them "
        "March 2024 (a concern), one of two in three points near the lower limit."
    )


def test_every_indicator_gives_words_with_its_unit():
    for one in indicators().values():
        if one.total:
            values = [value(one.id, "2023-24", 10.0), value(one.id, "2024-25", 12.0)]
            text = narrative.paragraph(one, values, parse("2024-25"))
            assert one.title in text
            assert "2 percentage points" not in text
            if one.unit == "percent":
                assert "2.0 percentage points higher than 10.0%" in text
            else:
                assert "percentage point" not in text


def test_what_has_no_limits_by_its_definition_says_why_and_not_that_points_are_few():
    children = spec("CX01")
    for numbers in ([58972, 58778], list(range(53036, 62280, 700))):
        listed = run("CX01", "2011-12", numbers)
        told = narrative.latest(children, listed)
        assert told.endswith(f" No limits: {children.no_limits}.")
        assert "too few points" not in told


def test_no_verdict_is_joined_to_a_change_across_which_limits_begin_anew():
    values = run("DA01", "2023-04", [200, 210] * 6 + [320, 310] * 6)
    told = narrative.paragraph(spec("DA01"), values, parse("2025-03"), rebases=[parse("2024-04")])
    assert told == (
        "Domestic abuse crimes recorded came to 310 in March 2025, 100 more (+47.6%) than 210 in March 2024. Limits "
        "begin anew with April 2024; since then March 2025 is within usual variation (limits are provisional)."
    )
    years = [value("DA01", "2023-24", 2460), value("DA01", "2024-25", 3780)]
    told = narrative.paragraph(
        spec("DA01"), [*values, *years], parse("2024-25"), rebases=[parse("2024-04")]
    )
    assert told.endswith(
        "since then its months lie within usual variation (limits are provisional)."
    )
    without = narrative.paragraph(spec("DA01"), values, parse("2025-03"))
    assert "Limits begin anew" not in without


def test_a_period_in_which_a_break_lies_is_judged_by_no_limits():
    broken = (Break(parse("2024-08"), "another system counts"),)
    numbers = [810 + at % 3 for at in range(12)]
    values = [one._replace(breaks=broken) for one in run("DA01", "2021-22-Q2", [*numbers, 1500])]
    told = narrative.paragraph(spec("DA01"), values, parse("2024-25-Q2"))
    assert "not comparable with" in told
    assert "special cause" not in told
    why = "Quarter 2, 2024/25 holds figures from before and after August 2024"
    assert told.endswith(f" No limits: {why}.")
    chart = limits.chart(values, spec("DA01"))
    assert chart.refusal == why
    seen = wording.variation(spec("DA01"), chart)
    assert (seen.words, seen.sentence) == ("No limits", f"No limits: {why}.")
    assert course.control(spec("DA01"), chart).startswith(
        "From Quarter 2, 2021/22 to Quarter 1, 2024/25 the mean was"
    )
    assert f"No limits after: {why}." in course.control(spec("DA01"), chart)
    horizon = {"quarter": parse("2024-25-Q2")}
    assert [one.kind for one in signals.find(spec("DA01"), values, horizon=horizon)] == []
    alone = narrative.paragraph(spec("DA01"), values[-1:], parse("2024-25-Q2"))
    assert (
        "It holds figures from before and after August 2024, from when on another system counts."
        in alone
    )


def test_a_target_missed_by_less_than_is_written_is_missed_all_the_same():
    aimed = with_target("TR12", value=90.0)
    values = [
        value("TR12", "2023-24", top=900, bottom=1000),
        value("TR12", "2024-25", top=8996, bottom=10000),
    ]
    told = narrative.paragraph(aimed, values, parse("2024-25"))
    assert told.endswith(
        "The target (at least 90.0%) is missed by less than 0.1 percentage points."
    )
    (found,) = signals.find(aimed, values, horizon={"year": parse("2024-25")})
    assert "89.96% in 2024/25 misses the target (at least 90.0%)" in found.words


def test_what_was_known_when_a_year_ended_is_said_where_later_months_are_known():
    months = run("DA01", "2024-04", [*CRIMES, 270, 265])
    told = narrative.paragraph(
        spec("DA01"), [*months, value("DA01", "2024-25", 3215)], parse("2024-25")
    )
    assert (
        "its months lie within usual variation (limits are provisional), as known in March 2025."
        in told
    )
