"""The stated rule, part by part: what colour an action has on a day, how high a risk is, how it moved."""

from datetime import date, timedelta

import pytest

from priorities import rag

TODAY = date(2026, 11, 22)


def days(number: int) -> date:
    return TODAY + timedelta(number)


@pytest.mark.parametrize(
    ("state", "due", "owned", "has_evidence", "steps", "expected"),
    [
        ("stopped", -10, True, False, [-40], rag.STOPPED),
        ("done", -10, True, True, [], rag.COMPLETE),
        ("done", -10, True, False, [], rag.NO_EVIDENCE),
        ("done", None, False, True, [], rag.COMPLETE),
        ("under-way", -1, True, True, [], rag.OVERDUE),
        ("planned", -1, False, False, [-40], rag.OVERDUE),
        ("under-way", 0, True, False, [], rag.ON_TRACK),
        ("under-way", 90, True, False, [-29], rag.SLIPPING),
        ("under-way", 90, True, False, [-28], rag.LATE_STEP),
        ("under-way", 90, True, False, [0], rag.ON_TRACK),
        ("under-way", None, True, False, [], rag.NO_DATE),
        ("under-way", None, False, False, [-29], rag.SLIPPING),
        ("under-way", 90, False, False, [-1], rag.NO_OWNER),
        ("planned", 28, True, False, [], rag.DUE_SOON),
        ("planned", 29, True, False, [], rag.ON_TRACK),
        ("under-way", 5, True, False, [], rag.ON_TRACK),
    ],
)
def test_the_first_part_of_the_rule_that_fits_decides(
    state, due, owned, has_evidence, steps, expected
):
    found = rag.judge(
        state=state,
        due=None if due is None else days(due),
        owned=owned,
        has_evidence=has_evidence,
        open_milestones=[days(one) for one in steps],
        today=TODAY,
    )
    assert found == expected


def test_every_part_of_the_rule_says_why_and_no_two_have_the_same_words():
    assert all(part.why for part in rag.RULE)
    assert len({part.words for part in rag.RULE}) == len(rag.RULE)


@pytest.mark.parametrize(
    ("score", "kind", "words"),
    [
        (None, "grey", "Not scored"),
        (1, "green", "Low, 1"),
        (7, "green", "Low, 7"),
        (8, "amber", "Medium, 8"),
        (14, "amber", "Medium, 14"),
        (15, "red", "High, 15"),
        (25, "red", "High, 25"),
    ],
)
def test_a_risk_is_high_from_15_and_medium_from_8_and_one_without_a_score_is_not_low(
    score, kind, words
):
    level = rag.risk_level(score)
    assert (level.kind, level.words) == (kind, words)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], "not scored"),
        ([12], "new"),
        ([9, 12], "up from 9"),
        ([12, 9], "down from 12"),
        ([9, 12, 12], "up from 9"),
        ([12, 12], "unchanged"),
    ],
)
def test_a_risk_moves_against_the_last_other_score(scores, words):
    assert rag.movement(scores) == words
