"""Events too rare for an XmR chart: the periods between them, or why even that is no chart; and no limits that
would call chance a signal."""

from lscb.periods import parse
from performance.indicators import limits, narrative, signals
from performance.indicators.series import Break
from performance.indicators.spec import indicators
from performance.pages import rare_page, wording
from tests.performance.indicators.building import run

REVIEWS = indicators()["AU04"]
SELDOM = [0, 1, 1, 0, 0, 0, 0, 1] * 6  # 1, 5 and 2 months from each event to the next


def panel(numbers, spec=REVIEWS, **options):
    found = rare_page.panel(spec, run("AU04", "2019-04", numbers), **options)
    assert found is not None
    return found


def names(found):
    return [trace["name"] for trace in found.figure["data"]]


def test_rare_events_get_the_months_from_each_to_the_next_over_the_whole_series():
    found = panel(SELDOM)
    assert names(found) == ["Months since the event before", "Middle", "Usually at most"]
    assert found.summary == (
        "These events are rare (18 events in 48 months), so the chart shows how many months it was from each to the "
        "next: 2.7 on average, usually at most 12.2. No gap is unusual. The latest month had one."
    )
    assert len(found.rows) == 17
    assert [cell.text for cell in found.rows[0]] == ["March 2023", "5", "No"]
    assert found.signs[1] == "The limit is provisional: it rests on 17 gaps"


def test_a_long_gap_is_better_where_fewer_events_are():
    numbers = [*SELDOM, *[0] * 25, 1]
    assert [cell.text for cell in panel(numbers).rows[0]][1:] == [
        "26",
        "Special cause: events became rarer",
    ]
    fewer = REVIEWS.model_copy(update={"polarity": "low"})
    assert panel(numbers, fewer).rows[0][2].text == "Improvement: events became rarer"
    assert "Improvement" in names(panel(numbers, fewer))


def test_the_words_of_the_chart_tell_every_gap_and_every_mark():
    numbers = [*SELDOM, *[0] * 25, 1]
    found = panel(numbers)
    lengths = [trace["y"] for trace in found.figure["data"] if trace["name"].startswith("Months")]
    told = ", ".join(f"{one:.0f}" for one in lengths[0])
    assert f"in order: {told}." in found.course
    assert "Marked as special cause: events became rarer: May 2025 (26)." in found.course
    assert panel(SELDOM).course.endswith("No gap is marked.")


def test_a_gap_that_has_not_ended_can_be_unusual_already():
    assert panel([*SELDOM, *[0] * 20]).summary.endswith(
        "It is 20 months since the last event, which is unusually long."
    )


def test_too_few_gaps_or_too_many_events_are_refused_with_the_reason():
    few = panel([0, 1, 0, 1])
    assert (few.figure, few.rows) == (None, ())
    assert few.unavailable.startswith("The time between them makes no chart: too few gaps")
    many = panel([1, 2, 3, 1] * 6)
    assert "the mean is over 1" in many.unavailable


def test_limits_begin_anew_with_a_rebase_and_with_a_break():
    since = parse("2020-04")
    assert panel(SELDOM, rebases=[since]).summary.startswith("These events are rare (13 events")
    broken = [
        one._replace(breaks=(Break(since, "another count"),))
        for one in run("AU04", "2019-04", SELDOM)
    ]
    found = rare_page.panel(REVIEWS, broken)
    assert found is not None
    assert found.summary.startswith("These events are rare (13 events in 36 months)")


def test_what_is_not_rare_or_no_count_has_no_chart_of_gaps():
    crimes = indicators()["DA01"]
    assert rare_page.panel(crimes, run("DA01", "2024-04", [264, 282])) is None
    assert rare_page.panel(crimes, []) is None
    assert rare_page.panel(indicators()["FD05"], run("FD05", "2024-04", [1.0, 2.0])) is None


def test_counts_of_rare_events_have_no_limits_that_would_call_chance_a_signal():
    values = run("AU04", "2023-04", [0, 1, 0, 2, 1, 0] * 4)
    chart = limits.chart(values, REVIEWS)
    assert chart.refusal == limits.RARE
    assert wording.variation(REVIEWS, chart).words == "No limits"
    assert wording.variation_sentence(REVIEWS, chart) == f"No limits: {limits.RARE}."
    assert signals.find(REVIEWS, values, horizon={"month": parse("2025-03")}) == []


def test_a_time_between_rare_events_that_is_no_chance_is_the_signal_and_in_the_words():
    values = run("AU04", "2019-04", [*SELDOM, *[0] * 25])
    last = values[-1].period
    (found,) = signals.find(REVIEWS, values, horizon={"month": last})
    assert (found.kind, found.direction, found.latest) == (signals.SPECIAL_CAUSE, "low", last)
    told = "25 months have passed since the last event, and usually it is at most 12.2"
    assert f"{told}: events became rarer." in found.words
    words = narrative.paragraph(REVIEWS, values, last)
    assert words.endswith(f"the time between events is a special cause: {told}.")
    assert "within usual variation" not in words
    usual = run("AU04", "2019-04", SELDOM)
    words = narrative.paragraph(REVIEWS, usual, usual[-1].period)
    assert words.endswith(
        "Too rare for limits of usual variation; the time between events is as usual."
    )


def test_a_small_percentage_is_no_small_count():
    share = indicators()["FD16"]
    chart = limits.chart(run("FD16", "2023-04", [1, 2, 1, 3, 2, 1] * 4), share)
    assert limits.cautions(chart) == []


def test_limits_on_12_to_19_points_are_called_provisional_wherever_they_are_told():
    crimes = indicators()["DA01"]
    chart = limits.chart(run("DA01", "2024-04", [264, 282, 262, 291] * 3), crimes)
    assert limits.cautions(chart) == ["The limits are provisional: they rest on 12 points"]
    assert wording.variation_sentence(crimes, chart).endswith("Provisional limits (12 points).")
