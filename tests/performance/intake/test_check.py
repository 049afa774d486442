"""Checking: all problems in one pass, each with its place; an agency's own words; what was normalised is said."""

from datetime import date

import pytest

from lscb.periods import month, parse
from performance.intake import spec as spec_module
from performance.intake.check import Checked, check
from performance.intake.codes import Code, CodeList
from performance.intake.problems import ALL_TOGETHER, CODES, EACH, Problems, problem
from performance.intake.read import read
from performance.intake.spec import Problem, ReturnSpec, returns
from tests.performance.intake.building import EVENTS, LIMITS, POLICE, TODAY, checked

DATED = CodeList(
    "da_kind",
    (
        Code("crime", "Crime", valid_from=date(2024, 4, 1)),
        Code("incident", "Incident", valid_to=date(2025, 4, 15)),
        Code("contact", "Contact", valid_from=date(2025, 5, 1)),
    ),
)


def by_code(problems: list[Problem], code: str) -> Problem:
    return next(one for one in problems if one.code == code)


def test_all_problems_of_a_file_are_told_in_one_pass_in_the_order_of_the_file() -> None:
    result = checked(
        "month,kind,count\n2025-03,crime,1\n2025-04,crmie,\n2025-04,contact,-1\n2025-04,contact,1\n"
    )

    assert [(one.row, one.column, one.code) for one in result.problems] == [
        (2, "month", "wrong-period"),
        (3, "kind", "unknown-code"),
        (3, "count", "empty-cell"),
        (4, "count", "negative-number"),
    ]


def test_a_row_for_another_month_is_told_which_period_was_chosen() -> None:
    found = checked("month,kind,count\n2025-03,crime,1\n").problems[0]

    assert found.message == "The row is about March 2025, and this file was sent for April 2025."
    assert "Choose the right period" in found.suggestion


def test_a_period_long_ago_is_not_repeated_because_somebody_may_be_born_in_it() -> None:
    found = checked("month,kind,count\n2014-03,crime,1\n").problems[0]

    assert "2014" not in found.message + found.suggestion + found.found


def test_a_code_nearly_right_gets_a_suggestion_and_a_text_far_off_is_not_repeated() -> None:
    near = checked(POLICE.replace("incident", "incidnet")).problems[0]
    far = checked(POLICE.replace("incident", "zzzzzz")).problems[0]

    assert near.suggestion.startswith("Did you mean 'incident'")
    assert near.found == "incidnet"
    assert "zzzzzz" not in far.message + far.suggestion + far.found
    assert "crime, incident, contact" in far.suggestion


def test_an_empty_dimension_says_to_write_all_or_unknown() -> None:
    counts = checked(
        "month,source,issue,outcome,count\n2025-04,,all,all,3\n", "mash-contacts"
    ).problems[0]
    events = checked(EVENTS.replace("police,0", ",0"), "referrals").problems[0]

    assert (
        counts.suggestion
        == "Write 'all' if the row counts every source or 'unknown' if nobody knows."
    )
    assert events.suggestion == "Write 'unknown' if nobody knows."


def test_a_margin_that_is_not_kept_is_answered_with_the_list_of_those_that_are() -> None:
    text = "month,source,issue,outcome,count\n2025-04,all,neglect,early-help,3\n"

    found = checked(text, "mash-contacts").problems[0]

    assert "issue with outcome" in found.message
    assert "total; source; issue; outcome; source with issue; source with outcome" in found.message


def test_two_rows_of_one_cell_are_both_named() -> None:
    found = checked(POLICE + "2025-04,crime,7\n").problems[0]

    assert found.message.startswith("Rows 2 and 5 are about the same period")


def test_details_that_do_not_add_give_both_numbers() -> None:
    text = "month,source,issue,outcome,count\n2025-04,all,all,all,231\n2025-04,police,all,all,130\n2025-04,schools,all,all,100\n"

    result = checked(text, "mash-contacts")

    assert not result.refused
    assert result.problems[0].severity == "warning"
    assert (
        result.problems[0].message
        == "April 2025: the 2 rows by source add to 230 but the total is 231."
    )


def test_a_pair_is_compared_with_each_of_its_dimensions() -> None:
    text = (
        "month,source,issue,outcome,count\n2025-04,police,all,all,10\n2025-04,all,neglect,all,9\n"
        "2025-04,police,neglect,all,9\n"
    )

    result = checked(text, "mash-contacts")

    messages = [one.message for one in result.problems if one.code == "details-do-not-add"]
    assert messages == [
        "April 2025: the row by main issue of police adds to 9 but the total is 10."
    ]


def test_what_was_normalised_is_said_once_with_how_often() -> None:
    result = checked(POLICE.replace("2025-04", "Apr-25").replace("crime", "CRIME"))

    assert result.notes == [
        "month: 'Apr-25' was read as '2025-04' (3 rows).",
        "kind: 'CRIME' was read as 'crime' (1 row).",
    ]


def test_a_clean_file_has_nothing_to_say() -> None:
    result = checked(POLICE)

    assert (result.problems, result.notes, result.read, result.kind) == ([], [], 3, "counts")


def test_an_agencys_own_words_are_read_as_it_mapped_them() -> None:
    spec = returns()["police-da"]
    table = read(POLICE.replace("incident", "Domestic Row").encode(), "return.csv", LIMITS, spec)

    def answer(mappings: dict[str, dict[str, str]]) -> Checked:
        return check(
            table,
            spec,
            period=parse("2025-04"),
            agency_type="police",
            today=TODAY,
            mappings=mappings,
        )

    without, mapped = answer({}), answer({"kind": {"domestic row": "incident"}})

    assert [one.code for one in without.problems] == ["unknown-code"]
    assert not mapped.refused
    assert "as your agency mapped it" in mapped.notes[0]


def test_a_code_is_refused_outside_the_time_it_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_module, "code_list", lambda name: DATED)

    counts = checked(POLICE)
    events = checked("date,kind\n2025-04-15,incident\n2025-04-16,incident\n2025-04-16,crime\n")

    assert [(one.code, one.row) for one in counts.problems] == [("code-not-valid", 4)]
    assert "in use from 1 May 2025; the row is about April 2025" in counts.problems[0].message
    assert [(one.code, one.row) for one in events.problems] == [("code-not-valid", 3)]


def test_columns_that_an_export_brings_are_read_past_where_the_return_says_so() -> None:
    spec = returns()["referrals"].model_copy(
        update={"ignored_columns": ("Child Unique ID", "Date of Birth")}
    )
    lines = [f"{line},9434765919,01/02/2015" for line in EVENTS.strip().split("\n")]
    lines[0] = EVENTS.split("\n")[0] + ",Child unique id,Date of birth"
    table = read("\n".join(lines).encode(), "return.csv", LIMITS, spec)

    result = check(table, spec, period=parse("2025-04"), agency_type="council", today=TODAY)

    assert not result.refused
    assert sum("read past" in note for note in result.notes) == 2
    assert "9434765919" not in repr(result)


def test_a_file_of_events_speaks_for_each_month_of_its_period_that_has_begun() -> None:
    result = checked("date,kind\n2025-07-01,crime\n", period="2025-26-Q2")

    assert result.months == (month(2025, 7), month(2025, 8), month(2025, 9))
    assert by_code(result.problems, "month-without-events").message.startswith(
        "The file has no event in August 2025, September 2025."
    )


def test_events_that_are_alike_are_counted_together_and_none_is_kept_by_itself() -> None:
    result = checked("date,kind\n" + "2025-04-01,crime\n" * 500 + "2025-04-02,crime\n" * 500)

    assert result.read == 1000
    assert [(row.codes, row.count) for row in result.rows] == [(("crime",), 1000)]


def test_a_fault_in_each_row_is_listed_for_the_first_and_counted_for_the_rest() -> None:
    result = checked("month,kind,count\n" + "2025-04,crime,x1\n" * 3000)

    listed = [one for one in result.problems if one.code == "not-a-number"]
    assert len(listed) == EACH
    assert "2,900 more" in by_code(result.problems, "more").message


def test_never_more_than_the_cap_is_listed_and_what_is_left_out_is_said() -> None:
    problems = Problems()
    for code in list(CODES)[:20]:
        for row in range(2, 102):
            problems.add(problem(code, "A message.", row=row))

    listed = problems.listed()

    assert len([one for one in listed if one.code != "more"]) == ALL_TOGETHER
    assert len([one for one in listed if one.code == "more"]) == 10


def test_a_problem_has_one_of_the_known_codes_and_each_code_is_explained() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", "A message.")
    assert all(explanation.endswith(".") for explanation in CODES.values())


def test_a_return_of_events_alone_refuses_counts() -> None:
    spec: ReturnSpec = returns()["referrals"].model_copy(update={"kinds": ("records",)})
    text = "month,source,age_band,ethnicity,reason,count\n2025-04,all,all,all,all,3\n"
    table = read(text.encode(), "return.csv", LIMITS, spec)

    result = check(table, spec, period=parse("2025-04"), agency_type="council", today=TODAY)

    assert [one.code for one in result.problems] == ["wrong-form"]


def test_a_cross_table_is_told_to_write_one_number_a_row() -> None:
    result = checked("kind,Apr-25,2025-05\ncrime,210,7\n")
    codes = checked("month,crime,incident\n2025-04,210,180\n")

    assert "what the column 'month' holds" in by_code(result.problems, "unknown-column").suggestion
    assert "what the column 'kind' holds" in by_code(codes.problems, "unknown-column").suggestion


def test_an_age_is_named_as_the_column_of_the_file_and_not_as_the_band() -> None:
    found = checked(EVENTS.replace("police,0", "police,19"), "referrals").problems[0]

    assert (found.column, found.code) == ("age", "not-an-age")
