"""Computing observations: against a slow second implementation on random data, and in tables of cases."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb.periods import Period, month, months_of, parse
from performance.indicators.book import Book, Reading
from performance.indicators.compute import compute, targets
from performance.indicators.series import Value
from performance.indicators.spec import IndicatorSpec, Measure, dataset_dimensions, indicators
from performance.statistics.intervals import wilson
from tests import oracle

DATASETS = ("Referral", "MashContact", "Figure")
NAMES = {name: dataset_dimensions(name) for name in DATASETS}
PERIODS = [parse(code) for code in ("2023-24", "2024-25")]
PERIODS += [Period(first, 3) for year in PERIODS for first in range(year.first, year.last, 3)]
PERIODS += [one for year in PERIODS[:2] for one in months_of(year)]


def spec(**fields: object) -> IndicatorSpec:
    """A definition with the fields that matter to a test."""
    plain: dict[str, object] = {
        "id": "ZZ01", "title": "A test", "theme": "test", "owner": "council", "sender": "Council", "definition": "d",
        "why": "w", "unit": "count", "aggregation": "sum", "polarity": "none", "polarity_source": "s",
        "strand": "data", "evidence": "e", "frequency": "monthly", "numerator_words": "n", "source": "s",
        "author": "a", "checker": "c", "next_review": date(2027, 1, 1),
        "changes": [{"day": date(2026, 1, 1), "by": "b", "what": "w"}],
    }  # fmt: skip
    return IndicatorSpec.model_validate(plain | fields)


REFERRALS = {"dataset": "Referral"}
SPECS = {
    "flow": spec(numerator=REFERRALS, breakdowns=["source"]),
    "conversion": spec(
        unit="percent", aggregation="ratio of sums", numerator=REFERRALS,
        denominator={"dataset": "MashContact"}, published="conversion",
    ),
    "share": spec(
        unit="percent", aggregation="ratio of sums", numerator=REFERRALS,
        denominator={"dataset": "Referral", "whole": True}, breakdowns=["source"], total=False,
        published="share-by-source",
    ),
    "rate": spec(
        unit="rate per 10,000", aggregation="ratio of sums", numerator=REFERRALS,
        denominator={"dataset": "Figure", "where": {"item": "population-0-17"}, "per": "year"},
    ),
    "stock": spec(aggregation="last", numerator={"dataset": "Figure", "where": {"item": "private-fostering"}}),
    "stock ratio": spec(
        unit="percent", aggregation="last",
        numerator={"dataset": "Figure", "where": {"item": "re-referrals"}},
        denominator={"dataset": "Figure", "where": {"item": "re-referrals"}, "take": "denominator"},
    ),
    "share of a row": spec(
        unit="percent", aggregation="ratio of sums",
        numerator={"dataset": "Figure", "where": {"item": "re-referrals"}},
        denominator={"dataset": "Figure", "where": {"item": "re-referrals"}, "take": "denominator"},
    ),
    "share of two figures": spec(
        unit="percent", aggregation="ratio of sums",
        numerator={"dataset": "Figure", "where": {"item": "non-attendance"}},
        denominator={"dataset": "Figure", "where": {"item": "bookings"}},
    ),
    "net": spec(
        numerator={
            "dataset": "Figure", "where": {"item": "bookings"}, "less": {"item": "non-attendance"}
        }
    ),
    "recount": spec(aggregation="recount", numerator=REFERRALS),
    "annual": spec(aggregation="annual", numerator=REFERRALS),
}  # fmt: skip

CELLS = [
    ("Referral", ("all", "all", "all", "all")),
    ("Referral", ("police", "all", "all", "all")),
    ("Referral", ("schools", "all", "all", "all")),
    ("MashContact", ("all", "all", "all")),
    ("Figure", ("population-0-17", "all", "all")),
    ("Figure", ("private-fostering", "all", "all")),
    ("Figure", ("re-referrals", "all", "all")),
    ("Figure", ("conversion", "all", "all")),
    ("Figure", ("bookings", "all", "all")),
    ("Figure", ("non-attendance", "all", "all")),
    ("Figure", ("share-by-source", "source", "police")),
]


def stored(seed: int) -> dict[tuple[str, Period, tuple[str, ...]], Reading]:
    """Random current counts: months mostly, some quarters and years, gaps, zeros, suppressed cells."""
    found = {}
    random = Random(seed)
    dense = random.choice([0.3, 0.9, 1.0])
    for dataset, codes in CELLS:
        for period in PERIODS:
            likely = (
                dense
                if period.kind == "month"
                else (0.7 if codes[0] == "population-0-17" else 0.15)
            )
            if random.random() > likely:
                continue
            if dataset == "Figure" and codes[0] in ("conversion", "share-by-source"):
                found[dataset, period, codes] = Reading(None, None, Decimal(random.randint(0, 90)))
            elif random.random() < 0.03:
                status = random.choice(["suppressed", "not available", "not applicable"])
                found[dataset, period, codes] = Reading(None, status=status)
            else:
                count = Decimal(random.choice([0, 0, 3, 7, 40, random.randint(0, 500)]))
                figure = codes[0] == "re-referrals" and random.random() > 0.1
                found[dataset, period, codes] = Reading(
                    count, Decimal(random.randint(0, 600)) if figure else None
                )
    return found


def book_of(rows: dict[tuple[str, Period, tuple[str, ...]], Reading]) -> Book:
    """The rows as compute reads them."""
    book = Book()
    for (dataset, period, codes), reading in rows.items():
        book.add(dataset, period, codes, reading)
    return book


def pairs(period: Period) -> tuple[tuple[int, int], ...]:
    """The months of a period as the oracle writes them."""
    return tuple((one.start.year, one.start.month) for one in months_of(period))


def span(observed: Value) -> tuple[tuple[int, int], ...]:
    """The months an observation covers, worked out without the product's help."""
    months = [(observed.period.end.year, observed.period.end.month)]
    length = {"rolling": 12, "ytd": observed.period.number_in_year}.get(
        observed.period_type, observed.period.length
    )
    while len(months) < length:
        year, number = months[0]
        months.insert(0, (year, number - 1) if number > 1 else (year - 1, 12))
    return tuple(months)


def oracle_rows(rows: dict[tuple[str, Period, tuple[str, ...]], Reading]) -> list[oracle.Row]:
    """The rows as the oracle reads them."""
    return [
        oracle.Row(
            dataset, pairs(period), tuple(zip(NAMES[dataset], codes, strict=True)),
            reading.count, reading.denominator, reading.value, reading.status,
        )
        for (dataset, period, codes), reading in rows.items()
    ]  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(min_value=0))
def test_compute_agrees_with_the_slow_implementation(name: str, seed: int) -> None:
    rows = stored(seed)
    definition = SPECS[name]
    plain = oracle_rows(rows)
    wanted = targets(PERIODS)
    found = compute(definition, book_of(rows), wanted)
    seen = set()
    for one in found:
        answer = oracle.observe(
            definition, NAMES, plain, one.period_type, span(one), one.breakdown, one.category
        )
        assert answer is not None, one
        assert (one.status, one.published) == (answer.status, answer.published), one
        assert one.numerator == answer.numerator or one.published
        assert one.denominator == answer.denominator
        assert one.value == (
            None if answer.value is None else pytest.approx(float(answer.value), rel=1e-12)
        )
        seen.add((one.period_type, one.period, one.breakdown, one.category))
    for period_type, periods in wanted.by_type.items():
        for period in periods:
            if definition.total and (period_type, period, "all", "all") not in seen:
                probe = Value("ZZ01", "", period_type, period, "all", "all", *[None] * 5, "", 0, 0)
                assert oracle.observe(definition, NAMES, plain, period_type, span(probe)) is None


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(min_value=0))
def test_recomputing_what_changed_gives_the_same_as_recomputing_all(seed: int) -> None:
    rows = stored(seed)
    changed = set(Random(seed + 1).sample(sorted(rows, key=str), 4))
    before = {key: reading for key, reading in rows.items() if key not in changed}
    for definition in SPECS.values():
        everything = targets(PERIODS)
        stored_before = {_key(one): one for one in compute(definition, book_of(before), everything)}
        part = targets({period for _, period, _ in changed})
        stale = {
            key
            for key in stored_before
            if key[1] in {p.code for p in part.by_type[key[0]]}  # type: ignore[index]
        }
        patched = {key: one for key, one in stored_before.items() if key not in stale}
        patched |= {_key(one): one for one in compute(definition, book_of(rows), part)}
        whole = {_key(one): one for one in compute(definition, book_of(rows), everything)}
        assert {key: patched[key] for key in patched if key in whole} == whole
        assert set(patched) - set(whole) <= {key for key in patched if _outside(key)}


def _key(one: Value) -> tuple[str, str, str, str]:
    return one.period_type, one.period.code, one.breakdown, one.category


def _outside(key: tuple[str, str, str, str]) -> bool:
    """Rolling months past the last year are reached from a change but not from `PERIODS`' own targets."""
    return key[0] == "rolling" and parse(key[1]).first > PERIODS[1].last


def observations(definition: IndicatorSpec, rows: dict) -> dict[tuple[str, str], Value]:
    """The observations without breakdown by kind and code of period."""
    found = compute(definition, book_of(rows), targets({period for _, period, _ in rows}))
    return {(one.period_type, one.period.code): one for one in found if one.breakdown == "all"}


TOTAL = ("all",) * 4


def months(year: str, counts: list[int]) -> dict:
    """Monthly referral totals from April on."""
    return {
        ("Referral", period, TOTAL): Reading(Decimal(count))
        for period, count in zip(months_of(parse(year)), counts, strict=False)
    }


def test_a_flow_adds_up_to_quarter_year_to_date_and_rolling_year() -> None:
    found = observations(SPECS["flow"], months("2024-25", list(range(1, 13))))
    assert found["quarter", "2024-25-Q1"].value == 6
    assert found["year", "2024-25"].value == 78
    assert found["ytd", "2024-09"].value == 21
    assert found["rolling", "2025-03"].value == 78
    assert ("rolling", "2025-02") not in found


def test_a_missing_month_leaves_quarter_and_year_without_a_value_and_says_how_much_was_sent() -> (
    None
):
    rows = months("2024-25", list(range(1, 13)))
    del rows["Referral", month(2024, 5), TOTAL]
    found = observations(SPECS["flow"], rows)
    quarter = found["quarter", "2024-25-Q1"]
    assert (quarter.value, quarter.status, quarter.present, quarter.expected) == (
        None,
        "not submitted",
        2,
        3,
    )
    assert (found["year", "2024-25"].present, found["year", "2024-25"].expected) == (11, 12)
    assert ("month", "2024-05") not in found


def test_a_suppressed_month_suppresses_what_contains_it_and_never_counts_as_zero() -> None:
    rows = months("2024-25", [10] * 12)
    rows["Referral", month(2024, 6), TOTAL] = Reading(None, status="suppressed")
    found = observations(SPECS["flow"], rows)
    assert found["quarter", "2024-25-Q1"].status == "suppressed"
    assert found["year", "2024-25"].value is None
    assert found["quarter", "2024-25-Q2"].value == 30


def test_a_yearly_total_serves_where_its_months_are_incomplete_but_never_beside_complete_ones() -> (
    None
):
    rows = months("2024-25", [10] * 12) | {
        ("Referral", parse("2024-25"), TOTAL): Reading(Decimal(999))
    }
    assert observations(SPECS["flow"], rows)["year", "2024-25"].value == 120
    del rows["Referral", month(2024, 5), TOTAL]
    assert observations(SPECS["flow"], rows)["year", "2024-25"].value == 999


def test_a_ratio_is_a_ratio_of_sums_not_a_mean_of_percentages() -> None:
    rows = months("2024-25", [1, 90, 0])
    for period, contacts in zip(months_of(parse("2024-25-Q1")), [100, 100, 800], strict=True):
        rows["MashContact", period, ("all",) * 3] = Reading(Decimal(contacts))
    found = observations(SPECS["conversion"], rows)
    assert found["quarter", "2024-25-Q1"].value == pytest.approx(9.1)


def share_rows(numbers: dict[str, tuple[int, int | None]]) -> dict:
    """Figures of one item: code of the period -> numerator and denominator."""
    return {
        ("Figure", parse(code), ("re-referrals", "all", "all")): Reading(
            Decimal(above), None if below is None else Decimal(below)
        )
        for code, (above, below) in numbers.items()
    }


def test_numerator_and_denominator_of_a_quarter_are_both_its_months_or_both_its_own() -> None:
    rows = share_rows(
        {"2024-04": (10, 20), "2024-05": (10, 20), "2024-06": (10, None), "2024-25-Q1": (50, 100)}
    )
    rows |= share_rows({f"2024-25-Q{number}": (50, 100) for number in (2, 3, 4)})
    found = observations(SPECS["share of a row"], rows)
    quarter = found["quarter", "2024-25-Q1"]
    assert (quarter.numerator, quarter.denominator, quarter.value) == (50, 100, 50)
    assert found["year", "2024-25"].value == 50
    assert found["ytd", "2024-09"].value == 50
    assert found["rolling", "2025-03"].denominator == 400


def test_a_quarter_has_no_share_where_neither_its_months_nor_its_own_numbers_are_a_pair() -> None:
    months_alone = {"2024-04": (10, 20), "2024-05": (10, 20), "2024-06": (10, None)}
    for own in ({}, {"2024-25-Q1": (50, None)}):
        found = observations(SPECS["share of a row"], share_rows(months_alone | own))
        assert found["quarter", "2024-25-Q1"].value is None


def test_numbers_of_two_files_may_come_one_by_month_and_one_by_quarter() -> None:
    rows = months("2024-25", [10, 10, 10])
    rows["MashContact", parse("2024-25-Q1"), ("all",) * 3] = Reading(Decimal(60))
    assert observations(SPECS["conversion"], rows)["quarter", "2024-25-Q1"].value == 50


def test_contacts_per_working_day_leave_out_weekends_and_bank_holidays() -> None:
    total = ("all",) * 3
    rows = {
        ("MashContact", period, total): Reading(Decimal(count))
        for period, count in zip(months_of(parse("2024-25-Q1")), [210, 420, 100], strict=True)
    }
    found = observations(indicators()["FD25"], rows)
    april, may = found["month", "2024-04"], found["month", "2024-05"]
    assert (april.denominator, april.value) == (21, 10)  # Easter Monday was the first
    assert (may.denominator, may.value) == (21, 20)  # two bank holidays
    quarter = found["quarter", "2024-25-Q1"]
    assert (quarter.numerator, quarter.denominator, quarter.value) == (730, 62, 730 / 62)
    assert quarter.lower is None


def test_a_groups_referrals_are_set_against_its_share_of_children_only_where_these_are_known() -> (
    None
):
    def book(children: dict[str, int]) -> Book:
        found, year = Book(), parse("2024-25")
        for group, referrals in (("all", 1000), ("black", 300), ("white", 500)):
            found.add("Referral", year, ("all", "all", group, "all"), Reading(Decimal(referrals)))
        for group, number in children.items():
            codes = (
                "population-0-17",
                *(("all", "all") if group == "all" else ("ethnicity", group)),
            )
            found.add("Figure", year, codes, Reading(Decimal(number)))
        return found

    spec = indicators()["FD17"]
    year = targets([parse("2024-25")])
    (black,) = compute(spec, book({"all": 60_000, "black": 12_000}), year)
    assert (black.breakdown, black.category, black.period_type) == ("ethnicity", "black", "year")
    assert (black.numerator, black.denominator, black.value) == (300, 200, 1.5)
    share = wilson(300, 1000)  # of all referrals, over the share of children: 12,000 of 60,000
    assert (black.lower, black.upper) == pytest.approx((share.lower / 0.2, share.upper / 0.2))
    assert compute(spec, book({"all": 60_000}), year) == []
    assert compute(spec, book({"black": 12_000}), year) == []


def test_two_areas_together_have_their_contacts_over_the_same_working_days() -> None:
    books = [Book("A"), Book("B")]
    for book in books:
        book.add("MashContact", parse("2024-04"), ("all",) * 3, Reading(Decimal(105)))
    month_of_both, *_ = compute(
        indicators()["FD25"], Book("AB"), targets([parse("2024-04")]), books
    )
    assert (month_of_both.numerator, month_of_both.denominator) == (210, 21)


def test_a_printed_percentage_is_shown_for_its_own_period_and_never_averaged() -> None:
    rows = {
        ("Figure", parse(f"2024-25-Q{number}"), ("conversion", "all", "all")): Reading(
            None, None, Decimal(number)
        )
        for number in (1, 2, 3, 4)
    }
    found = observations(SPECS["conversion"], rows)
    assert found["quarter", "2024-25-Q3"].value == 3
    assert found["quarter", "2024-25-Q3"].published
    assert ("year", "2024-25") not in found


def test_a_stock_takes_its_last_month_and_is_never_summed() -> None:
    cell = ("private-fostering", "all", "all")
    rows = {
        ("Figure", period, cell): Reading(Decimal(number))
        for number, period in enumerate(months_of(parse("2024-25")), start=1)
    }
    found = observations(SPECS["stock"], rows)
    assert found["quarter", "2024-25-Q2"].value == 6
    assert found["year", "2024-25"].value == 12
    assert not [key for key in found if key[0] in ("ytd", "rolling")]


def test_a_category_that_a_complete_margin_leaves_out_is_zero_and_otherwise_unknown() -> None:
    police, schools = ("police", *TOTAL[1:]), ("schools", *TOTAL[1:])
    april, may = parse("2024-04"), parse("2024-05")
    rows = {
        ("Referral", april, TOTAL): Reading(Decimal(10)),
        ("Referral", april, police): Reading(Decimal(10)),
        ("Referral", may, TOTAL): Reading(Decimal(10)),
        ("Referral", may, schools): Reading(Decimal(4)),
    }
    found = compute(SPECS["flow"], book_of(rows), targets([april, may]))
    quarter = {
        one.category: one
        for one in found
        if one.period_type == "quarter" and one.breakdown == "source"
    }
    assert quarter["schools"].present == 2  # zero in April, because police are all ten; four in May
    assert quarter["police"].present == 1  # unknown in May: four of ten are all that was said


def test_a_rate_uses_the_population_of_its_year() -> None:
    rows = months("2023-24", [261] * 11 + [259])
    rows["Figure", parse("2023-24"), ("population-0-17", "all", "all")] = Reading(Decimal(60207))
    year = observations(SPECS["rate"], rows)["year", "2023-24"]
    assert (year.numerator, year.denominator) == (3130, 60207)
    assert round(year.value or 0, 1) == 519.9


def test_a_count_of_events_has_an_interval_and_an_estimate_of_a_population_has_none() -> None:
    events = observations(SPECS["flow"], months("2024-25", [100]))["month", "2024-04"]
    assert (round(events.lower or 0, 2), round(events.upper or 0, 2)) == (81.36, 121.63)
    people = spec(
        aggregation="annual",
        numerator={"dataset": "Figure", "where": {"item": "population-0-17"}},
        no_limits="an estimate",
    )
    cell = ("Figure", parse("2023-24"), ("population-0-17", "all", "all"))
    estimate = observations(people, {cell: Reading(Decimal(60207))})["year", "2023-24"]
    assert (estimate.value, estimate.lower, estimate.upper) == (60207, None, None)


def test_a_share_of_nothing_is_not_applicable_rather_than_zero() -> None:
    rows = months("2024-25", [0])
    rows["MashContact", parse("2024-04"), ("all",) * 3] = Reading(Decimal(0))
    assert observations(SPECS["conversion"], rows)["month", "2024-04"].status == "not applicable"


def test_two_current_rows_for_one_cell_are_refused() -> None:
    book = Book()
    book.add("Referral", parse("2024-04"), TOTAL, Reading(Decimal(1)))
    with pytest.raises(ValueError, match="two current rows"):
        book.add("Referral", parse("2024-04"), TOTAL, Reading(Decimal(2)))


def test_a_measure_of_several_codes_adds_them() -> None:
    measure = Measure(
        dataset="MashContact", any_of={"outcome": ("no-further-action", "information-and-advice")}
    )
    assert measure.dimensions() == (
        ("all", "all", "no-further-action"),
        ("all", "all", "information-and-advice"),
    )
