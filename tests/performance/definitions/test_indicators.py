"""The catalogue of indicators: complete, understandable, fed by what the returns keep, and strict about faults."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from lscb.definition_files import DefinitionError, load_folder
from lscb.periods import Period, parse
from performance.definitions import FOLDER
from performance.indicators.book import Book, Reading
from performance.indicators.compute import compute, targets
from performance.indicators.series import Value
from performance.indicators.spec import (
    IndicatorSpec,
    Measure,
    dataset_dimensions,
    feeding_returns,
    indicators,
    returns_of,
    sending_type,
)
from performance.intake.codes import ALL, code_list
from performance.intake.spec import margin_of, returns

# How many indicators each theme's letters number, without a gap: 169 in all.
NUMBERED = {
    "FD": 26, "EH": 5, "NE": 6, "DA": 11, "CP": 16, "LA": 9, "EX": 9, "PO": 6, "HE": 14, "ED": 10, "YJ": 1,
    "PR": 3, "HO": 4, "VC": 3, "OT": 1, "AL": 2, "TR": 16, "WF": 5, "AU": 8, "VO": 4, "GV": 6, "CX": 4,
}  # fmt: skip
EVERY_ID = sorted(
    f"{letters}{n:02d}" for letters, last in NUMBERED.items() for n in range(1, last + 1)
)
EVIDENCE = {
    "partnership report",
    "published statistics",
    "another partnership or official page",
    "common practice, to be agreed locally",
}
EACH = pytest.mark.parametrize("indicator", EVERY_ID)


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text) if part.strip()]


def words(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def test_the_catalogue_holds_each_of_the_169_indicators_once() -> None:
    assert len(EVERY_ID) == 169
    assert list(indicators()) == EVERY_ID


@EACH
def test_each_text_is_there_and_short_enough_for_its_place(indicator: str) -> None:
    spec = indicators()[indicator]
    texts = (
        spec.title, spec.theme, spec.sender, spec.definition, spec.why, spec.numerator_words, spec.polarity_source,
        spec.evidence, spec.source, spec.author, spec.checker, *(change.what for change in spec.changes),
    )  # fmt: skip
    assert all(text.strip() == text and text for text in texts)
    assert len(spec.title) <= 60
    assert not spec.title.endswith(".")
    assert spec.definition.endswith(".")
    assert spec.evidence in EVIDENCE
    assert spec.next_review > spec.changes[-1].day


@EACH
def test_each_says_in_two_sentences_why_it_matters(indicator: str) -> None:
    assert len(sentences(indicators()[indicator].why)) == 2


@EACH
def test_each_with_a_denominator_says_what_it_is(indicator: str) -> None:
    spec = indicators()[indicator]
    assert bool(spec.denominator_words) == (spec.unit != "count")


@pytest.mark.parametrize("field", ["why", "definition", "title"])
def test_no_two_definitions_share_a_sentence(field: str) -> None:
    said = Counter(
        words(sentence)
        for spec in indicators().values()
        for sentence in sentences(getattr(spec, field))
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


@EACH
def test_what_feeds_an_indicator_is_kept_by_a_return(indicator: str) -> None:
    spec = indicators()[indicator]
    for measure in filter(None, (spec.numerator, spec.denominator)):
        for breakdown in (ALL, *spec.breakdowns) if spec.total else spec.breakdowns:
            assert kept(measure, breakdown)
    if spec.published:
        assert kept(Measure(dataset="Figure", where={"item": spec.published}), ALL)


def kept(measure: Measure, breakdown: str) -> bool:
    """Whether some return keeps every cell that the measure reads for this breakdown."""
    names = dataset_dimensions(measure.dataset)
    cells = measure.dimensions(breakdown, "a category")
    cells += measure.taken_away(cells)
    if measure.dataset == "Figure":
        items = {item for spec in returns_of("Figure") for item in spec.items}
        return {codes[names.index("item")] for codes in cells} <= items
    margins = {name for spec in returns_of(measure.dataset) for name in spec.margin_names}
    return {margin_of(names, codes) for codes in cells} <= margins


@EACH
def test_a_breakdown_has_a_code_list_of_its_categories(indicator: str) -> None:
    spec = indicators()[indicator]
    for breakdown in spec.breakdowns:
        dimension = spec.dimension(breakdown)
        codes = dimension.code_list if dimension else code_list(breakdown)
        assert list(codes)


def test_at_least_forty_indicators_are_fed_and_every_other_says_who_would_send_it() -> None:
    fed = [spec for spec in indicators().values() if spec.has_data_source]
    waiting = [spec for spec in indicators().values() if not spec.has_data_source]
    assert len(fed) >= 40
    assert waiting
    assert all(spec.sender and not spec.breakdowns for spec in waiting)


def test_what_nobody_sends_yet_has_a_figure_that_its_type_of_agency_may_send() -> None:
    for spec in indicators().values():
        if spec.has_data_source:
            continue
        (carrier,) = feeding_returns(spec)
        assert sending_type(spec) in carrier.owners, spec.id
        assert bool(spec.denominator) == bool(spec.denominator_words), spec.id


def test_figures_may_be_sent_by_every_type_of_agency() -> None:
    types = {one.code for one in code_list("agency_types")} - {"all-partners"}
    assert set(returns()["figures"].owners) == types


def test_demand_has_no_polarity_and_a_target_only_stands_where_a_report_states_one() -> None:
    for indicator in ("FD01", "FD03", "FD05", "DA01", "CP08", "LA01"):
        assert indicators()[indicator].polarity == "none"
    assert [spec.id for spec in indicators().values() if spec.target] == ["TR12"]


def test_every_item_of_the_returns_of_figures_is_used_or_is_a_companion() -> None:
    used = {spec.published for spec in indicators().values()}
    for spec in indicators().values():
        for measure in filter(None, (spec.numerator, spec.denominator)):
            used |= {measure.where.get("item"), measure.less.get("item")}
    companions = {
        "learning-reviews", "training-page-visits",
        "free-events", "free-event-non-attendance", "free-event-satisfaction",
        "cancelled-late", "did-not-attend", "free-event-cancelled-late", "free-event-did-not-attend",
        "knowledge-before", "knowledge-after", "confidence-before", "confidence-after",
    }  # fmt: skip
    sent = {item for spec in returns_of("Figure") for item in spec.items}
    assert sent - used == companions


# What the definitions make of the numbers that the two reports print.

YEAR_2019, YEAR_2020, YEAR_2023, YEAR_2024 = (
    parse(code) for code in ("2019-20", "2020-21", "2023-24", "2024-25")
)


def book_of(dataset: str, rows: list[tuple[Period, dict[str, str], Reading]]) -> Book:
    book = Book()
    add(book, dataset, rows)
    return book


def add(book: Book, dataset: str, rows: list[tuple[Period, dict[str, str], Reading]]) -> None:
    for period, where, reading in rows:
        codes = tuple(where.get(name, ALL) for name in dataset_dimensions(dataset))
        book.add(dataset, period, codes, reading)


def yearly(spec: IndicatorSpec, book: Book, year: Period) -> Value:
    found = compute(spec, book, targets([year]))
    return next(one for one in found if one.period_type == "year" and one.period == year)


def quarterly_figures(year: str, items: dict[str, list[int]]) -> Book:
    rows = [
        (parse(f"{year}-Q{number}"), {"item": item}, Reading(Decimal(count)))
        for item, counts in items.items()
        for number, count in enumerate(counts, start=1)
    ]
    return book_of("Figure", rows)


@pytest.mark.parametrize(
    ("year", "contacts", "referrals", "value"),
    [(YEAR_2019, 9673, 2890, 29.9), (YEAR_2020, 16791, 3247, 19.3)],
)
def test_conversion_is_worked_out_from_both_counts(
    year: Period, contacts: int, referrals: int, value: float
) -> None:
    book = book_of("MashContact", [(year, {}, Reading(Decimal(contacts)))])
    add(book, "Referral", [(year, {}, Reading(Decimal(referrals)))])
    found = yearly(indicators()["FD05"], book, year)
    assert found.value == pytest.approx(value, abs=0.05)
    assert not found.published


def test_conversion_shows_the_printed_percentage_where_only_that_was_printed() -> None:
    book = book_of(
        "Figure",
        [(YEAR_2024, {"item": "conversion"}, Reading(None, value=Decimal("26.1")))],
    )
    found = yearly(indicators()["FD05"], book, YEAR_2024)
    assert (found.value, found.published) == (26.1, True)


def test_the_referral_rate_uses_the_population_of_its_year() -> None:
    book = book_of("Referral", [(YEAR_2023, {}, Reading(Decimal(3130)))])
    add(book, "Figure", [(YEAR_2023, {"item": "population-0-17"}, Reading(Decimal(60207)))])
    assert yearly(indicators()["FD04"], book, YEAR_2023).value == pytest.approx(519.9, abs=0.05)


def test_the_referral_rate_of_an_age_band_uses_the_children_of_that_band() -> None:
    book = book_of(
        "Referral",
        [
            (YEAR_2023, {}, Reading(Decimal(100))),
            (YEAR_2023, {"age_band": "1-4"}, Reading(Decimal(40))),
        ],
    )
    where = {"item": "population-0-17", "breakdown": "age_band", "category": "1-4"}
    add(book, "Figure", [(YEAR_2023, where, Reading(Decimal(8000)))])
    found = [
        one
        for one in compute(indicators()["FD04"], book, targets([YEAR_2023]))
        if one.period_type == "year" and one.category == "1-4"
    ]
    assert [one.value for one in found] == [50.0]


def test_places_filled_of_the_year_is_a_ratio_of_sums_and_not_a_mean_of_percentages() -> None:
    book = quarterly_figures(
        "2024-25", {"bookings": [103, 158, 386, 508], "capacity": [120, 140, 280, 480]}
    )
    assert yearly(indicators()["TR05"], book, YEAR_2024).value == pytest.approx(113.2, abs=0.05)


def test_attendance_is_bookings_less_those_who_did_not_come() -> None:
    book = quarterly_figures(
        "2024-25", {"bookings": [103, 158, 386, 508], "non-attendance": [10, 15, 34, 55]}
    )
    assert yearly(indicators()["TR03"], book, YEAR_2024).value == 1041
    assert yearly(indicators()["TR04"], book, YEAR_2024).value == pytest.approx(9.9, abs=0.05)


def test_attendance_is_missing_and_not_equal_to_bookings_where_non_attendance_was_not_sent() -> (
    None
):
    book = quarterly_figures("2024-25", {"bookings": [103, 158, 386, 508]})
    found = yearly(indicators()["TR03"], book, YEAR_2024)
    assert (found.value, found.status) == (None, "not submitted")


def test_elearning_completed_of_the_year_is_a_ratio_of_sums() -> None:
    book = quarterly_figures(
        "2024-25",
        {
            "elearning-completed": [2559, 3294, 2653, 2818],
            "elearning-registered": [3007, 3694, 2866, 3104],
        },
    )
    assert yearly(indicators()["TR10"], book, YEAR_2024).value == 12671
    assert yearly(indicators()["TR12"], book, YEAR_2024).value == pytest.approx(89.4, abs=0.05)


def test_domestic_abuse_crimes_of_the_months_add_to_the_year() -> None:
    crimes = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]
    book = book_of(
        "PoliceDomesticAbuse",
        [
            (Period(YEAR_2024.first + number, 1), {"kind": "crime"}, Reading(Decimal(count)))
            for number, count in enumerate(crimes)
        ],
    )
    assert yearly(indicators()["DA01"], book, YEAR_2024).value == 3215


def test_licensed_trainers_of_a_year_are_those_of_its_last_month() -> None:
    rows = [(2, 9), (11, 12)]
    book = book_of(
        "GradedCareProfile",
        [
            (
                Period(YEAR_2024.first + number, 1),
                {"kind": "staff-licensed"},
                Reading(Decimal(count)),
            )
            for number, count in rows
        ],
    )
    assert yearly(indicators()["NE03"], book, YEAR_2024).value == 12


# A fault stops start-up and says where it is.


def changed(folder: Path, source: str, old: str, new: str, name: str | None = None) -> Path:
    """A copy of one definition, with one text replaced."""
    text = (FOLDER / "indicators" / f"{source}.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = folder / f"{name or source}.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(start))


FAULTS = [
    (
        "an unknown field",
        "FD05",
        "theme: Front door",
        "topic: Front door",
        "topic",
        "topic: Front door",
    ),
    ("an unknown polarity", "FD03", "polarity: none", "polarity: good", "polarity", "polarity:"),
    ("an unknown unit", "FD05", "unit: percent", "unit: per cent", "unit", "unit:"),
    (
        "a wrong date",
        "FD05",
        "next_review: 2027-05-31",
        "next_review: soon",
        "next_review",
        "next_review:",
    ),
    (
        "an unknown breakdown kind",
        "FD03",
        "aggregation: sum",
        "aggregation: mean",
        "aggregation",
        "aggregation:",
    ),
    (
        "an unknown item",
        "TR01",
        "{item: sessions}",
        "{item: lessons}",
        "numerator",
        "  dataset: Figure",
    ),
    (
        "an unknown code",
        "NE04",
        "{reason: neglect}",
        "{reason: neglected}",
        "numerator",
        "  dataset: Referral",
    ),
    (
        "an unknown dimension",
        "NE04",
        "{reason: neglect}",
        "{cause: neglect}",
        "numerator",
        "  dataset: Referral",
    ),
    (
        "a loose less",
        "TR03",
        "less: {item: non-attendance}",
        "less: {category: all}",
        "numerator",
        "  dataset: Figure",
    ),
]


@pytest.mark.parametrize(
    ("source", "old", "new", "field", "line"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_a_fault_is_refused_with_file_line_and_field(
    tmp_path: Path, source: str, old: str, new: str, field: str, line: str
) -> None:
    path = changed(tmp_path, source, old, new)
    with pytest.raises(DefinitionError) as error:
        load_folder(tmp_path, IndicatorSpec, named_by="id")
    assert f"{path}, line {line_of(path, line)}, {field}" in str(error.value)


CONTRADICTIONS = [
    ("FD05", "denominator:\n  dataset: MashContact\n", "", "a ratio of sums needs a denominator"),
    ("FD05", "unit: percent", "unit: count", "a count has no denominator"),
    ("FD06", "breakdowns: [source]", "breakdowns: [outcome]", "keeps no margin 'issue+outcome'"),
    ("FD06", "breakdowns: [source]", "breakdowns: [ward]", "has no breakdown 'ward'"),
    ("FD05", "published: conversion", "published: converted", "no return carries the figure 'converted'"),
    ("FD05", "owner: council", "owner: town hall", "no agency type 'town hall'"),
    ("TR12", "polarity: high", "polarity: none", "without polarity only a band"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "old", "new", "reason"), CONTRADICTIONS)
def test_a_definition_that_contradicts_itself_or_the_returns_is_refused(
    tmp_path: Path, source: str, old: str, new: str, reason: str
) -> None:
    path = changed(tmp_path, source, old, new)
    with pytest.raises(DefinitionError) as error:
        load_folder(tmp_path, IndicatorSpec, named_by="id")
    assert str(path) in str(error.value)
    assert reason in str(error.value)


def test_a_file_named_otherwise_than_its_id_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, "FD05", "theme: Front door", "theme: Front door", name="FD99")
    with pytest.raises(DefinitionError, match=re.escape(f"{path}, line 1, id")):
        load_folder(tmp_path, IndicatorSpec, named_by="id")


def test_a_file_that_is_no_yaml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "FD05.yaml"
    path.write_text("id: [FD05\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape(str(path))):
        load_folder(tmp_path, IndicatorSpec, named_by="id")


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    changed(tmp_path, "FD05", "unit: percent", "unit: per cent")
    changed(tmp_path, "TR01", "polarity: none", "polarity: good")
    with pytest.raises(DefinitionError) as error:
        load_folder(tmp_path, IndicatorSpec, named_by="id")
    assert "FD05.yaml" in str(error.value)
    assert "TR01.yaml" in str(error.value)


def test_a_new_indicator_is_one_new_file(tmp_path: Path) -> None:
    text = (FOLDER / "indicators" / "NE04.yaml").read_text(encoding="utf-8")
    text = text.replace("id: NE04", "id: FD90").replace("reason: neglect", "reason: gangs")
    (tmp_path / "FD90.yaml").write_text(text, encoding="utf-8")
    spec = load_folder(tmp_path, IndicatorSpec, named_by="id")["FD90"]
    book = book_of(
        "Referral",
        [
            (YEAR_2024, {}, Reading(Decimal(200))),
            (YEAR_2024, {"reason": "gangs"}, Reading(Decimal(5))),
        ],
    )
    assert yearly(spec, book, YEAR_2024).value == 2.5
