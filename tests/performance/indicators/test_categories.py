"""The words about the categories of a breakdown: which is the largest, of what, and when none can be called so."""

from lscb.periods import parse
from performance.indicators import categories
from performance.indicators.spec import indicators
from performance.intake.codes import code_list
from tests.performance.indicators.building import value


def spec(one: str):
    return indicators()[one]


def shares(*numbers: float):
    names = ("under-1", "1-4", "5-9", "10-15", "16-plus")
    return [
        value("FD14", "2020-21", number, breakdown="age_band", category=name)
        for name, number in zip(names, numbers, strict=False)
    ]


def test_the_largest_group_is_a_majority_only_when_it_is_over_half():
    codes = code_list("age_band")
    year = parse("2020-21")
    told = categories.largest(spec("FD14"), codes, shares(11.4, 20.3, 24.7, 30.8, 12.9), year)
    assert told.startswith("In 2020/21 the largest group was ")
    assert "majority" not in told
    assert "majority" not in categories.largest(spec("FD14"), codes, shares(50.0, 50.0), year)
    assert "were largest" in categories.largest(spec("FD14"), codes, shares(50.0, 50.0), year)
    assert "the majority was" in categories.largest(spec("FD14"), codes, shares(50.1, 49.9), year)
    assert categories.largest(spec("FD14"), codes, [], year) == ""
    alone = categories.largest(spec("FD14"), codes, shares(98.0), year)
    assert alone == "In 2020/21 only Under 1 has a number: 98.0%.", "alone, no group is large"
    assert categories.largest(spec("GV01"), codes, shares(0.0, 0.0), year) == (
        "In 2020/21 all 2 stood at 0.0%."
    )
    each_of_its_own = categories.largest(spec("GV01"), codes, shares(66.7, 66.7), year)
    assert "were highest (66.7% each)" in each_of_its_own, "no part of a whole, so nothing is large"


def test_no_group_is_called_the_largest_where_more_than_it_is_not_known():
    year = parse("2024-25")
    printed = [
        value("FD18", year, number, breakdown="reason", category=code)._replace(published=True)
        for code, number in (
            ("domestic-abuse", 23.8),
            ("neglect", 6.9),
            ("parenting-capacity", 2.9),
        )
    ]
    assert categories.largest(spec("FD18"), code_list("reason"), printed, year) == (
        "In 2024/25 66.4% is not known; among the three that were printed Domestic abuse was largest (23.8%), "
        "then Neglect (6.9%)."
    )
    unknown = value("FD18", year, 60.0, breakdown="reason", category="unknown")
    counted = [one._replace(published=False) for one in printed]
    told = categories.largest(spec("FD18"), code_list("reason"), [*counted, unknown], year)
    assert told.startswith(
        "In 2024/25 66.4% is not known; among the three that have a number Domestic abuse was largest"
    )


def test_the_largest_group_comes_with_what_it_is_of_and_is_none_that_is_not_known():
    sizes = {"under-1": 20, "1-4": 30, "unknown": 25}
    kept = [
        value("FD03", "2020-21", number, breakdown="age_band", category=name)
        for name, number in sizes.items()
    ]
    told = categories.largest(spec("FD03"), code_list("age_band"), kept, parse("2020-21"))
    assert told == "In 2020/21 the largest group was 1 to 4 (30 of 75), then Under 1 (20)."
    parts = [
        value("FD14", "2020-21", top=number, bottom=90, breakdown="age_band", category=name)
        for name, number in sizes.items()
    ]
    told = categories.largest(spec("FD14"), code_list("age_band"), parts, parse("2020-21"))
    assert (
        told
        == "In 2020/21 the largest group was 1 to 4 (33.3%, 30 of 90), then Under 1 (22.2%, 20 of 90)."
    )


def test_a_rate_of_over_half_of_a_group_makes_it_no_majority_of_all():
    values = [
        value("NE04", "2020-21", number, breakdown="age_band", category=name)
        for name, number in (("under-1", 80.0), ("1-4", 20.0))
    ]
    assert "majority" not in categories.largest(
        spec("NE04"), code_list("age_band"), values, parse("2020-21")
    )


def test_releases_of_one_estimate_are_no_groups():
    estimates = [
        value("CX01", "2023-24", number, breakdown="release", category=name)
        for name, number in (("first", 60207), ("revised", 60435))
    ]
    assert categories.largest(spec("CX01"), code_list("release"), estimates, parse("2023-24")) == ""


def test_the_highest_rate_of_a_group_is_not_called_the_largest_group():
    numbers = (("white", 450.5), ("black", 672.0), ("asian", 545.9))
    rates = [
        value("FD04", "2024-25", number, breakdown="ethnicity", category=name)
        for name, number in numbers
    ]
    told = categories.largest(spec("FD04"), code_list("ethnicity"), rates, parse("2024-25"))
    assert told.startswith("In 2024/25 the highest was Black (672.0")
    assert "largest" not in told


def test_every_group_of_a_tie_for_the_largest_is_named():
    values = [
        value("CP08", "2024-25", 10, breakdown="abuse_category", category=one)
        for one in ("neglect", "physical-abuse", "emotional-abuse")
    ]
    told = categories.largest(spec("CP08"), code_list("abuse_category"), values, parse("2024-25"))
    assert told == "In 2024/25 Emotional abuse, Neglect and Physical abuse were largest (10 each)."


def test_where_one_case_may_have_several_categories_the_base_is_the_total_and_not_their_sum():
    codes, year = code_list("factor"), parse("2024-25")
    some = [one.code for one in codes][:3]
    counts = [
        value("FD26", "2024-25", count, breakdown="factor", category=code)
        for code, count in zip(some, (824, 700, 600), strict=True)
    ]
    total = value("FD26", "2024-25", 2443)
    told = categories.largest(spec("FD26"), codes, counts, year, total)
    assert told.startswith(
        f"In 2024/25 most frequent was {codes.label(some[0])} (824 of 2,443), then"
    )
    assert "of 2,124" not in categories.largest(spec("FD26"), codes, counts, year)
    half = categories.largest(spec("FD26"), codes, counts, year, total._replace(value=1000.0))
    assert "most frequent, in over half, was" in half, "though it is under half of all factors"


def test_groups_against_what_to_expect_are_told_by_whether_their_interval_holds_one():
    ratios = [("black", 1.3, 1.2, 1.4), ("white", 0.9, 0.8, 0.99), ("asian", 1.0, 0.9, 1.1), ("dual-heritage", 1.0, 1.0, 1.0)]  # fmt: skip
    values = [
        value("FD17", "2024-25", number, breakdown="ethnicity", category=group)._replace(
            lower=lower, upper=upper
        )
        for group, number, lower, upper in ratios
    ]
    without = value("FD17", "2024-25", 2.0, breakdown="ethnicity", category="other")
    codes = code_list("ethnicity")
    assert categories.against_expected(spec("FD17"), codes, [*values, without]) == (
        "Against what to expect, by the 95% interval of each: higher Black; lower White; "
        "similar Dual heritage and Asian."
    )
    assert categories.against_expected(spec("FD17"), codes, [without]) == ""
    assert categories.against_expected(spec("FD18"), codes, values) == ""
