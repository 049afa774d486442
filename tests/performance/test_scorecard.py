"""What a scorecard's row says: the number, what is missing, the changes with their units, the target by its rule."""

import pytest

from lscb.periods import Period, months_of, parse
from performance.indicators.scorecard import Scorecard, Section
from performance.indicators.series import Value
from performance.indicators.spec import Target, indicators
from performance.pages import charts, scorecard
from performance.pages.scorecard import Row
from performance.pages.wording import assurance, rag, target_words

Q4 = parse("2024-25-Q4")
HERE, ENGLAND = "E06000032", "E92000001"
CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]


def value(
    indicator: str, period: str, number: float | None, *, kind: str = "", **other: object
) -> Value:
    """An observation with what a test does not name left plain."""
    at = parse(period)
    plain: dict[str, object] = {
        "indicator": indicator, "area": HERE, "period_type": kind or at.kind, "period": at, "breakdown": "all",
        "category": "all", "numerator": None, "denominator": None, "value": number, "lower": None, "upper": None,
        "status": "reported" if number is not None else "not submitted", "present": at.length,
        "expected": at.length, "published": False,
    }  # fmt: skip
    return Value(**(plain | other))  # type: ignore[arg-type]


def row(*values: Value, indicator: str = "DA01", quarter: Period = Q4) -> Row:
    """The row of one indicator."""
    layout = Scorecard(sections=(Section(title="One", indicators=(indicator,)),), dashboards=())
    page = scorecard.build(layout, quarter, values, HERE, [(ENGLAND, "England")])
    return page.sections[0].rows[0]


def months(counts: list[float | None]) -> list[Value]:
    """Crimes by month from April 2024."""
    named = zip(months_of(parse("2024-25")), counts, strict=False)
    return [value("DA01", month.code, count) for month, count in named if count is not None]


def test_a_whole_quarter_shows_its_number_its_changes_and_usual_variation() -> None:
    found = row(
        *months(CRIMES),
        value("DA01", "2024-25-Q3", 799),
        value("DA01", "2024-25-Q4", 794),
        value("DA01", "2025-03", 3215, kind="ytd"),
    )
    assert (found.value, found.value_note, found.to) == ("794", "in the quarter", "to Mar 25")
    assert (found.on_last_quarter.amount, found.on_last_quarter.relative) == ("−5", "−0.6%")
    assert found.on_last_year.amount == "not available"
    assert found.to_date.amount == "3,215"
    assert (found.variation.icon, found.variation.words) == ("common", "Usual variation")
    assert (found.target, found.rag) == ("No target", None)
    assert not found.is_missing


def test_a_quarter_sent_in_part_shows_no_number_and_says_how_much_came() -> None:
    found = row(
        *months([*CRIMES[:11], None]),
        value("DA01", "2024-25-Q3", 799),
        value("DA01", "2024-25-Q4", None, present=2, expected=3),
    )
    assert (found.value, found.value_note) == ("—", "2 of 3 months")
    assert found.is_missing
    assert found.on_last_quarter.amount == "not available"
    assert found.variation.icon == "nodata"


def test_an_older_number_is_shown_with_its_date() -> None:
    found = row(value("DA01", "2023-24", 3100), value("DA01", "2023-24-Q4", 800))
    assert (found.value, found.value_note) == ("800", "Quarter 4, 2023/24")
    assert found.is_older
    assert not found.is_missing


def test_numbers_after_the_quarter_are_not_used() -> None:
    found = row(value("DA01", "2024-25-Q4", 794), value("DA01", "2025-26-Q1", 1))
    assert found.value == "794"


def test_a_change_of_a_percentage_is_in_points_and_never_in_percent() -> None:
    found = row(
        value("FD05", "2024-25-Q3", 25.7), value("FD05", "2024-25-Q4", 26.1), indicator="FD05"
    )
    assert (found.on_last_quarter.amount, found.on_last_quarter.relative) == ("+0.4 points", "")


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (486.2, 521.6, "Similar to England (516.1)"),
        (486.2, 515.9, "Lower than England (516.1)"),
        (516.2, 530.0, "Higher than England (516.1)"),
        (None, None, "Not judged against England (516.1): no interval"),
    ],
)
def test_a_rate_is_compared_with_englands_in_words_by_its_interval(lower, upper, words) -> None:
    here = value("FD04", "2024-25", 503.7, lower=lower, upper=upper)
    there = value("FD04", "2024-25", 516.1, area=ENGLAND)
    assert row(here, there, indicator="FD04").comparator == words


def test_the_first_scorecard_asks_for_no_quarter_and_no_year_before_there_were_any() -> None:
    needed = scorecard.periods_needed(parse("2012-13-Q1"))
    assert needed["quarter"] == ["2012-13-Q1"]
    assert needed["year"] == ["2012-13"]
    assert all(parse(code) for codes in needed.values() for code in codes)


def test_a_count_does_not_stand_beside_englands() -> None:
    assert (
        row(
            value("DA01", "2024-25-Q4", 9), value("DA01", "2024-25-Q4", 99, area=ENGLAND)
        ).comparator
        == ""
    )


def test_no_line_leads_through_two_numbers_nor_through_one_between_gaps() -> None:
    years = [value("FD04", f"20{one}-{one + 1}", 500.0 + one) for one in (21, 22, 23, 24)]
    two, three = (row(*years[-many:], indicator="FD04").spark for many in (2, 3))
    assert two and three
    assert (two.paths, len(two.dots)) == ((), 2)
    assert (len(three.paths), three.dots) == (1, ())
    gap = row(years[0], *years[2:], indicator="FD04").spark
    assert gap
    assert (len(gap.paths), len(gap.dots)) == (1, 1)


def test_a_tolerance_and_a_month_end_without_a_running_total_are_said_in_plain_words() -> None:
    aim = Target(value=22, upper=30, tolerance=1, since="2024-04-01", reason="test")  # type: ignore[arg-type]
    spec = indicators()["FD05"].model_copy(update={"target": aim})
    assert target_words(spec, aim) == "Band 22.0% to 30.0%, near if within 1 point"
    assert (
        row(value("CP08", "2024-25-Q4", 5), indicator="CP08").to_date.amount == "no running total"
    )


def test_an_indicator_that_nobody_sends_says_so() -> None:
    missing = next(spec.id for spec in indicators().values() if not spec.has_data_source)
    assert row(indicator=missing).value_note == "not yet collected"
    assert row().value_note == "not available"


@pytest.mark.parametrize(
    ("polarity", "target", "number", "word"),
    [
        ("high", {"value": 90, "tolerance": 2}, 90.0, "Met"),
        ("high", {"value": 90, "tolerance": 2}, 89.9, "Near target"),
        ("high", {"value": 90, "tolerance": 2}, 88.0, "Near target"),
        ("high", {"value": 90, "tolerance": 2}, 87.9, "Below target"),
        ("low", {"value": 10}, 10.0, "Met"),
        ("low", {"value": 10}, 10.1, "Above target"),
        ("low", {"value": 10, "tolerance": 0.3}, 10.3, "Near target"),
        ("low", {"value": 10, "tolerance": 0.3}, 10.31, "Above target"),
        ("none", {"value": 22, "upper": 30, "tolerance": 1}, 31.0, "Near band"),
        ("none", {"value": 22, "upper": 30, "tolerance": 1}, 21.0, "Near band"),
        ("none", {"value": 22, "upper": 30, "tolerance": 1}, 20.9, "Below band"),
        ("none", {"value": 22, "upper": 30}, 22.0, "In band"),
        ("none", {"value": 22, "upper": 30}, 30.0, "In band"),
        ("none", {"value": 22, "upper": 30}, 30.1, "Above band"),
        ("none", {"value": 22, "upper": 30}, 21.9, "Below band"),
        ("high", None, 10.0, None),
    ],
)
def test_the_word_for_a_target_follows_the_stated_rule(
    polarity: str, target: dict[str, float] | None, number: float, word: str | None
) -> None:
    rule = Target(since="2024-04-01", reason="test", **target) if target else None  # type: ignore[arg-type]
    spec = indicators()["TR12"].model_copy(update={"polarity": polarity, "target": rule})
    found = rag(spec, value("TR12", "2024-25-Q4", number))
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("target", "words"),
    [(200, "Passes target"), (270, "Hit and miss"), (400, "Fails target")],
)
def test_beside_a_target_stands_whether_it_can_be_relied_on(target: float, words: str) -> None:
    aim = Target(value=target, since="2024-04-01", reason="test")  # type: ignore[arg-type]
    spec = indicators()["DA01"].model_copy(update={"polarity": "high", "target": aim})
    said = assurance(spec, charts.spc(months(CRIMES), spec))
    assert said is not None
    assert said.words == words
    few = assurance(spec, charts.spc(months(CRIMES[:8]), spec))
    assert few is not None
    assert (few.words, few.sentence) == ("No assurance yet", "Too few points: 8 of 12.")
    assert assurance(indicators()["DA01"], charts.spc(months(CRIMES), spec)) is None


def test_demand_counts_are_never_coloured() -> None:
    for one in indicators().values():
        if one.polarity == "none":
            assert one.target is None or one.target.upper is not None


def test_the_scorecard_opens_with_the_latest_quarter_that_is_not_a_page_of_gaps() -> None:
    full, thin = parse("2024-25-Q4"), parse("2025-26-Q1")
    assert scorecard.choose_quarter({full: 10, thin: 1}) == full
    assert scorecard.choose_quarter({full: 10, thin: 5}) == thin
    assert scorecard.choose_quarter({}) is None
