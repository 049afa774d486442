"""What identifies a person is found and never repeated; code lists, labels and counts raise no alarm."""

import pytest

from performance.definitions import FOLDER
from performance.intake.codes import code_list
from performance.intake.personal import (
    heading_kind,
    kind_of_texts,
    looks_like_births,
    nhs_number,
    repeatable,
    value_kind,
)
from performance.intake.read import Refusal
from performance.intake.spec import returns
from tests.performance.intake.building import TODAY, checked, errors_of, outcome_of
from tests.performance.intake.corpus_personal import CASES, VALUES

LISTS = sorted(path.stem for path in (FOLDER / "codes").glob("*.csv"))


@pytest.mark.parametrize("name", LISTS)
def test_no_code_label_or_alias_looks_personal(name: str) -> None:
    texts = [
        text for entry in code_list(name) for text in (entry.code, entry.label, *entry.aliases)
    ]

    assert {text: kind for text in texts if (kind := value_kind(text))} == {}


@pytest.mark.parametrize("of", sorted(returns()))
def test_no_column_of_a_return_looks_personal(of: str) -> None:
    spec = returns()[of]
    titles = [dimension.title for dimension in spec.dimensions]

    assert not [
        one for one in (*spec.counts_columns, *spec.record_columns, *titles) if heading_kind(one)
    ]


@pytest.mark.parametrize(
    "heading",
    ["Female", "Blackmail", "NHS", "LA number", "Area name", "Agency name", "Number of children", "House", "Course name",
     "Ethnicity", "Age", "Gender", "Reference period", "Unborn", "Total", "E-learning", "Phonics"],
)  # fmt: skip
def test_ordinary_headings_raise_no_alarm(heading: str) -> None:
    assert heading_kind(heading) is None


@pytest.mark.parametrize(
    "text",
    ["2025-04-30", "01/04/2025", "1,204", "45748", "1234567890", "0", "E06000032", "2025-26-Q1", "Parish Council",
     "Physical Abuse", "Missing Children Team", "Q1 2nd", "13:45:00", "01-13-2025", "+1.5", "Master class"],
)  # fmt: skip
def test_ordinary_values_raise_no_alarm(text: str) -> None:
    assert value_kind(text) is None


def test_the_check_digit_tells_a_number_of_the_health_service() -> None:
    assert nhs_number("9434765919")
    assert not any(nhs_number(f"943476591{digit}") for digit in range(9))
    assert not nhs_number("0000000000")


def test_many_texts_like_names_are_names_even_when_none_is_common() -> None:
    names = [f"Invented{chr(97 + i)} Sample{chr(97 + i)}" for i in range(20)]

    assert kind_of_texts(names) == "a name"
    assert kind_of_texts(names[:5]) is None


def test_events_of_one_year_sent_for_another_are_no_dates_of_birth() -> None:
    events = [f"2023-{month:02}-15" for month in range(1, 13)]

    assert not looks_like_births(events, TODAY)
    assert looks_like_births(["2009-05-01", "2013-02-03", "2018-11-30"], TODAY)


def test_long_or_personal_names_of_sheets_and_columns_are_not_repeated() -> None:
    assert repeatable("Quarter 1", "a sheet") == "Quarter 1"
    assert repeatable("Sarah Example", "a sheet") == "a sheet"
    assert repeatable("x" * 200, "a sheet") == "a sheet"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_problem_and_no_note_repeats_what_is_personal(case: object) -> None:
    result, _ = outcome_of(case)  # type: ignore[arg-type]
    notes = [] if isinstance(result, Refusal) else result.notes
    said = "\n".join(
        [
            *notes,
            *(
                f"{one.message} {one.suggestion} {one.found} {one.column}"
                for one in result.problems
            ),
        ]
    )

    assert not [
        value for value in (*VALUES, "9434765919", "03/02/2011", "01/02/2015") if value in said
    ]


@pytest.mark.parametrize(
    "text", ["a school, told by Jessica", "police Mr Brown", "PC Green police"]
)
def test_a_word_near_a_code_that_names_somebody_is_not_repeated(text: str) -> None:
    result = checked(f'date,source,issue,outcome\n2025-04-02,"{text}",neglect,unknown\n', "mash-contacts")  # fmt: skip
    assert errors_of(result) == {("unknown-code", 2, "source")}
    assert all(word not in str(result.problems) for word in ("Jessica", "Brown", "Green"))
