"""Every messy file is either taken, with its numbers and a word on what was normalised, or refused with reasons."""

from functools import cache

import pytest

from performance.intake.problems import CODES
from performance.intake.read import Refusal
from tests.performance.intake.building import Accepted, Case, errors_of, outcome_of, total_of
from tests.performance.intake.corpus import CASES

answer = cache(outcome_of)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_file_ends_as_expected(case: Case) -> None:
    result, cells = answer(case)

    if isinstance(case.outcome, Accepted):
        assert not isinstance(result, Refusal), result.problems
        assert errors_of(result) == set()
        assert (total_of(cells), len(cells)) == (case.outcome.total, case.outcome.cells)
        for words in case.outcome.notes:
            assert any(words in note for note in result.notes), result.notes
        warnings = {one.code for one in result.problems if one.severity == "warning"}
        assert warnings == set(case.outcome.warnings)
    else:
        assert errors_of(result) == set(case.outcome.errors)
        assert cells == []
        assert result.personal == case.outcome.personal


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_problem_says_what_is_wrong_and_what_to_do(case: Case) -> None:
    result, _ = answer(case)

    for one in result.problems:
        assert one.code in CODES
        assert one.message.endswith(".")
        assert one.suggestion.endswith((".", "?", "..."))


def test_the_corpus_is_large_and_its_files_have_names_of_their_own() -> None:
    names = [case.name for case in CASES]

    assert len(CASES) >= 150
    assert len(set(names)) == len(names)
