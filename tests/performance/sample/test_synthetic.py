"""The synthetic area: the same from the same seed, shaped like real returns, with what was planted in it."""

import csv
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from lscb.periods import between, parse
from performance.intake.codes import ALL
from performance.intake.spec import margin_of, returns
from performance.sample.synthetic import AREA, STEP_MONTHS, build
from performance.statistics.rare import g_chart_of_counts
from performance.statistics.spc import Judgement, xmr
from tests.performance.sample.files import Entry, entry_of

LAST = parse("2025-06")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    folder = tmp_path_factory.mktemp("area")
    return [entry_of(folder, one) for one in build(folder, seed=7)]


def rows(entry: Entry) -> list[dict[str, str]]:
    with entry.file.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of(built: list[Entry], return_id: str) -> list[Entry]:
    return [entry for entry in built if entry.return_id == return_id]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        build(tmp_path / name, seed=seed, last=LAST, months=3)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert content(tmp_path / "a").keys() == content(tmp_path / "c").keys()
    assert content(tmp_path / "a") != content(tmp_path / "c")


def test_there_are_27_months_of_every_monthly_return_and_three_whole_years_of_training(
    built: list[Entry],
) -> None:
    months = between(parse("2023-04"), LAST)
    for return_id in ("mash-contacts", "referrals", "police-da", "gcp2"):
        assert [entry.period for entry in of(built, return_id)] == months
    assert [entry.period.code for entry in of(built, "training")] == [
        "2022-23-Q1", "2022-23-Q2", "2022-23-Q3", "2022-23-Q4",
        "2023-24-Q1", "2023-24-Q2", "2023-24-Q3", "2023-24-Q4",
        "2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2025-26-Q1",
    ]  # fmt: skip
    assert {entry.area for entry in built} == {AREA}
    keys = Counter((one.return_id, one.agency, one.period) for one in built)
    assert set(keys.values()) == {1}


def test_no_file_is_replaced_by_a_later_one_for_a_longer_time_of_the_same_sender(
    built: list[Entry],
) -> None:
    for place, one in enumerate(built):
        wider = [
            other.file
            for other in built[place:]
            if (other.return_id, other.agency) == (one.return_id, one.agency)
            and other.period != one.period
            and other.period.contains(one.period)
        ]
        assert wider == [], one.file


def test_every_row_is_in_its_period_in_exact_codes_and_kept_margins(built: list[Entry]) -> None:
    for entry in built:
        spec = returns()[entry.return_id]
        for row in rows(entry):
            codes = tuple(row[name] for name in spec.dimension_names)
            if "date" in row:
                assert entry.period.start.isoformat() <= row["date"] <= entry.period.end.isoformat()
                assert tuple(row) == spec.record_columns
            else:
                assert entry.period.contains(parse(row[spec.period_column]))
                assert tuple(row) == spec.counts_columns
                assert (
                    spec.is_figures or margin_of(spec.dimension_names, codes) in spec.margin_names
                )
            for dimension, code in zip(spec.dimensions, codes, strict=True):
                assert (code == ALL and "date" not in row) or code in dimension.code_list, (
                    entry.file,
                    code,
                )


def test_no_cell_is_sent_twice(built: list[Entry]) -> None:
    cells: Counter[tuple[str, ...]] = Counter()
    for entry in built:
        spec = returns()[entry.return_id]
        for row in rows(entry):
            if "date" not in row:
                codes = [row[name] for name in spec.dimension_names]
                cells[(spec.dataset, row[spec.period_column], *codes)] += 1
    assert cells
    assert set(cells.values()) == {1}


def test_a_month_has_about_900_contacts_and_230_referrals(built: list[Entry]) -> None:
    assert 850 < mean(len(rows(entry)) for entry in of(built, "mash-contacts")) < 1_000
    assert 200 < mean(len(rows(entry)) for entry in of(built, "referrals")) < 260


def test_referrals_are_the_contacts_that_became_one(built: list[Entry]) -> None:
    for contacts, referrals in zip(of(built, "mash-contacts"), of(built, "referrals"), strict=True):
        became = [
            (row["date"], row["source"], row["issue"])
            for row in rows(contacts)
            if row["outcome"] == "new-referral"
        ]
        assert became == [(row["date"], row["source"], row["reason"]) for row in rows(referrals)]


def police(built: list[Entry]) -> list[int]:
    """Police contacts about domestic abuse by month, as the hub counts them."""
    return [
        sum(row["source"] == "police" and row["issue"] == "domestic-abuse" for row in rows(entry))
        for entry in of(built, "mash-contacts")
    ]


def test_the_planted_step_is_there(built: list[Entry]) -> None:
    counts = police(built)
    before, after = counts[:-STEP_MONTHS], counts[-STEP_MONTHS:]
    assert mean(after) > 1.3 * mean(before)
    assert min(after) > mean(before)


def test_the_chart_sees_the_step_as_a_special_cause(built: list[Entry]) -> None:
    chart = xmr(list(enumerate(police(built))))
    high = [point.label for point in chart.points if point.judgement is Judgement.SPECIAL_HIGH]
    assert set(range(27 - STEP_MONTHS, 27)) <= set(high)


def test_the_police_count_of_contacts_is_a_few_higher(built: list[Entry]) -> None:
    theirs = [
        int(row["count"])
        for entry in of(built, "police-da")
        for row in rows(entry)
        if row["kind"] == "contact"
    ]
    differences = [own - hub for own, hub in zip(theirs, police(built), strict=True)]
    assert min(differences) >= 0
    assert 0 < mean(differences) < 6


def test_the_share_of_unknown_ethnicity_falls(built: list[Entry]) -> None:
    unknown = [
        sum(row["ethnicity"] == "unknown" for row in rows(entry)) / len(rows(entry))
        for entry in of(built, "referrals")
    ]
    assert mean(unknown[:9]) > 2 * mean(unknown[-9:])


def test_one_month_has_hardly_any_assessments(built: list[Entry]) -> None:
    completed = [
        int(row["count"])
        for entry in of(built, "gcp2")
        for row in rows(entry)
        if (row["agency"], row["kind"]) == (ALL, "assessments-completed")
    ]
    assert completed.index(min(completed)) == 11
    assert min(completed) < 0.4 * mean(completed)


def test_dimensions_hang_together(built: list[Entry]) -> None:
    referrals = [row for entry in of(built, "referrals") for row in rows(entry)]
    gangs = {row["age_band"] for row in referrals if row["reason"] == "gangs"}
    assert gangs <= {"5-9", "10-15", "16-17", "unknown"}
    assert {row["age_band"] for row in referrals if row["reason"] == "unborn"} == {"unborn"}
    schools = Counter(row["date"][5:7] for row in referrals if row["source"] == "schools")
    assert schools["08"] < 0.4 * schools["10"]


def test_the_parts_of_a_figure_add_to_it(built: list[Entry]) -> None:
    for entry in of(built, "training"):
        attendance = [row for row in rows(entry) if row["item"] == "attendance"]
        by_agency = [int(row["numerator"]) for row in attendance if row["breakdown"] == "agency"]
        (total,) = (int(row["numerator"]) for row in attendance if row["breakdown"] == ALL)
        numbers = {
            row["item"]: int(row["numerator"]) for row in rows(entry) if row["breakdown"] == ALL
        }
        assert sum(by_agency) == total == numbers["bookings"] - numbers["non-attendance"]
        assert numbers["non-attendance"] == numbers["cancelled-late"] + numbers["did-not-attend"]
        for item in ("bookings", "cancelled-late", "did-not-attend"):
            parts = [
                int(row["numerator"])
                for row in rows(entry)
                if row["item"] == item and row["breakdown"] == "agency"
            ]
            assert sum(parts) == numbers[item]


@pytest.mark.parametrize(("last", "months"), [("2025-26-Q1", 27), ("2025-06", 2)])
def test_a_span_that_cannot_be_made_is_refused(tmp_path: Path, last: str, months: int) -> None:
    with pytest.raises(ValueError, match="ends with a month and lasts three months"):
        build(tmp_path, seed=1, last=parse(last), months=months)


def test_rapid_reviews_are_rare_enough_for_a_g_chart(built: list[Entry]) -> None:
    counted = {
        row["period"]: int(row["numerator"])
        for entry in of(built, "figures")
        for row in rows(entry)
        if row["item"] == "rapid-reviews"
    }
    chart = g_chart_of_counts(sorted(counted.items()))
    assert len(counted) == 27
    assert chart.refusal is None


def test_the_integrated_care_board_takes_over_from_the_commissioning_group(
    built: list[Entry],
) -> None:
    sent = {entry.period: entry.agency for entry in built if entry.agency in ("ccg", "icb")}
    assert {one for one in sent.values() if one == "ccg"}
    for period, agency in sent.items():
        assert (agency == "icb") == (period.first >= parse("2022-07").first)
    assert max(sent).code == "2025-26-Q1"
