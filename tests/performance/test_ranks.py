"""The top ten with what moved: ranks, new entries, leavers, ties, and silence where the year before is not known."""

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from performance.indicators.spec import indicators
from performance.intake.codes import Code, CodeList, code_list
from performance.pages.moves import chance, moved, ranks
from performance.pages.ranks import ranking
from performance.pages.ranks_panel import panel, words
from performance.statistics.comparison import swapped
from tests.performance.indicators.building import value

SPEC = indicators()["FD18"]
CODES = [code.code for code in code_list("reason") if code.code not in ("unknown", "other")][:12]


def year(period: str, order: list[str], rest: bool = True):
    """A year with shares that fall by one from 14% on; `rest`: what is left to 100% is `other`."""
    found = [
        value("FD18", period, 14.0 - place, breakdown="reason", category=code)
        for place, code in enumerate(order)
    ]
    left = 100.0 - sum(one.value or 0 for one in found)
    if rest:
        found.append(value("FD18", period, left, breakdown="reason", category="other"))
    return found


def test_ranks_new_entries_and_leavers_between_two_years():
    before, now = CODES[:11], [CODES[1], CODES[0], *CODES[2:9], CODES[10], CODES[9]]
    found = ranking(SPEC, code_list("reason"), [*year("2023-24", before), *year("2024-25", now)])
    assert found is not None
    assert [row.moved for row in found.rows[:3]] == ["Up 1", "Down 1", "Same"]
    assert found.rows[-1].moved == "New in the top ten (was 11)"
    assert found.leavers == (f"{code_list('reason').label(CODES[9])} (was 10, now 11)",)
    assert (found.year, found.before, found.note) == ("2024/25", "2023/24", "")
    assert found.figure is not None
    assert len(found.rows) == 10
    assert len(found.figure["data"]) == 10


def test_a_year_of_which_only_some_categories_were_published_is_not_ranked():
    part = year("2024-25", CODES[:3], rest=False)
    found = ranking(
        SPEC, code_list("reason"), [*year("2022-23", CODES[:6]), *year("2023-24", CODES[:6]), *part]
    )
    assert found is not None
    assert (found.year, found.before) == ("2023/24", "2022/23")
    assert found.leavers == ()
    assert "For 2024/25 only some categories were published" in found.note
    alone = ranking(SPEC, code_list("reason"), part)
    assert alone is not None
    assert {row.moved for row in alone.rows} == {""}
    assert alone.leavers == ()
    assert "ranks among them" in alone.note


def test_a_gap_between_the_years_is_told_and_one_year_alone_says_nothing_of_movement():
    gap = ranking(
        SPEC, code_list("reason"), [*year("2020-21", CODES[:3]), *year("2024-25", CODES[:3])]
    )
    assert gap is not None
    assert gap.note == "2020/21 is the latest earlier year with every category."
    alone = ranking(SPEC, code_list("reason"), year("2024-25", CODES[:3]))
    assert alone is not None
    assert {row.moved for row in alone.rows} == {""}
    assert alone.figure is None
    assert ranking(SPEC, code_list("reason"), []) is None


def test_equal_values_share_a_rank_and_what_has_no_name_has_none():
    values = [
        value("FD18", "2024-25", number, breakdown="reason", category=code)
        for code, number in ((CODES[0], 20.0), (CODES[1], 20.0), (CODES[2], 5.0), ("unknown", 60.0))
    ]
    found = ranking(SPEC, code_list("reason"), values)
    assert found is not None
    assert [row.rank for row in found.rows] == [1, 1, 3]
    assert (
        "Not ranked, because it holds what has no name: Not known (60.0%)."
        in panel(found, "FD18", "reason").note
    )


@pytest.mark.parametrize(
    ("now", "before", "unknown", "said"),
    [
        (1, 3, "", "Up 2"),
        (3, 1, "", "Down 2"),
        (2, 2, "", "Same"),
        (4, None, "suppressed at source in 2022/23", "Not known: suppressed at source in 2022/23"),
        (4, None, "", ""),
        (9, 12, "", "New in the top ten (was 12)"),
    ],
)
def test_movement_is_told_in_words(now, before, unknown, said):
    assert moved(now, before, unknown) == said


def counted(period: str, counts: dict[str, int | None], whole: int):
    """A year of counts out of a whole; None is suppressed."""
    return [
        value("FD18", period, status="suppressed", breakdown="reason", category=code)
        if count is None
        else value("FD18", period, top=count, bottom=whole, breakdown="reason", category=code)
        for code, count in counts.items()
    ]


def test_every_move_is_told_and_that_ranks_of_close_counts_change_by_chance():
    a, b, c, d, e = CODES[:5]
    before = counted("2023-24", {a: 400, b: 200, c: 150, d: 148, e: 90, "other": 12}, 1000)
    close = counted("2024-25", {a: 410, b: 190, d: 151, c: 147, e: 90, "other": 12}, 1000)
    label = code_list("reason").label
    found = ranking(SPEC, code_list("reason"), [*before, *close])
    assert found is not None
    assert words(found).endswith(
        f"Up: {label(d)} 1 place. Down: {label(c)} 1 place. Ranks of close counts change by chance, as these may have (10 pairs compared, at 95% for all together)."
    )
    even = counted("2024-25", {a: 410, b: 190, c: 150, d: 150, e: 90, "other": 12}, 1000)
    tied = words(ranking(SPEC, code_list("reason"), [*before, *even]))  # type: ignore[arg-type]
    assert f"{label(d)} and {label(c)} share rank 3." in tied
    far = counted("2024-25", {b: 400, a: 200, d: 151, c: 147, e: 90, "other": 12}, 1000)
    told = words(ranking(SPEC, code_list("reason"), [*before, *far]))  # type: ignore[arg-type]
    assert (
        f"Up: {label(b)} 1 place, {label(d)} 1 place. Down: {label(a)} 1 place, {label(c)} 1 place."
        in told
    )
    assert told.endswith(
        f"Ranks of close counts change by chance; only {label(b)} and {label(a)} moved by more than that (10 pairs compared, at 95% for all together)."
    )
    printed = [*year("2023-24", CODES[:11]), *year("2024-25", [CODES[1], CODES[0], *CODES[2:11]])]
    told = words(ranking(SPEC, code_list("reason"), printed))  # type: ignore[arg-type]
    assert "without the counts it cannot be told" in told


def test_in_years_in_which_nothing_changed_few_tables_name_a_move_as_more_than_chance(capsys):
    """Twelve reasons, of which many are equally likely, in 2,000 pairs of years: at 95% for each pair alone most
    tables would name one."""
    random = np.random.default_rng(20261129)
    shares = np.array([14, 12, 12, 10, 9, 9, 8, 7, 7, 5, 4, 3]) / 100
    tables, named, alone = 2000, 0, 0
    for whole in (60, 400, 3000, 12000):
        for _ in range(tables // 4):
            years = [
                {one.category: one for one in counted(period, dict(zip(CODES, drawn, strict=True)), whole)}
                for period, drawn in zip(("2023-24", "2024-25"), random.multinomial(whole, shares, 2).tolist(), strict=True)
            ]  # fmt: skip
            past, now = years
            said = chance(code_list("reason"), now, past, ranks(past))
            named += "more than" in said
            alone += any(
                swapped(
                    (float(now[a].numerator), float(now[b].numerator), whole),
                    (float(past[a].numerator), float(past[b].numerator), whole),
                )
                and (ranks(now)[a] < ranks(now)[b]) != (ranks(past)[a] < ranks(past)[b])
                for a, b in combinations(CODES, 2)
            )
    with capsys.disabled():
        print(
            f"\nTables of ranks in which nothing changed and a move is called more than chance: {named / tables:.1%} "
            f"(each pair by itself: {alone / tables:.1%})"
        )
    assert named / tables < 0.05
    assert alone / tables > 0.2


def test_moves_of_what_several_of_which_hold_for_one_child_are_held_against_all_that_was_named():
    a, b, c = CODES[:3]
    before = counted("2023-24", {a: 800, b: 700, c: 300}, 1000)
    now = counted("2024-25", {b: 800, a: 700, c: 300}, 1000)
    told = words(ranking(SPEC, code_list("reason"), [*before, *now]))  # type: ignore[arg-type]
    assert told.endswith(
        "Each move is more than chance between such counts (3 pairs compared, at 95% for all together)."
    )


def test_of_what_several_of_which_hold_for_one_case_the_first_is_told_with_all_cases():
    spec, codes = indicators()["FD26"], code_list("factor")
    names = [one.code for one in codes if one.code not in ("unknown", "other")][:10]
    factors = [
        value("FD26", "2024-25", 824 - 30 * place, breakdown="factor", category=name)
        for place, name in enumerate(names)
    ]
    total = value("FD26", "2024-25", 2443)
    found = ranking(spec, codes, factors, [total])
    assert found is not None
    assert words(found).startswith(f"{codes.label(names[0])} (824 of 2,443) comes first in 2024/25")


def test_a_category_without_a_number_in_one_of_the_years_neither_enters_nor_leaves_the_top_ten():
    a, b, c, d, e = CODES[:5]
    before = counted("2022-23", {a: 400, b: 300, c: 150, d: 148, e: None}, 1000)
    now = counted("2023-24", {a: 400, b: 300, c: 150, d: None, e: 148}, 1000)
    found = ranking(SPEC, code_list("reason"), [*before, *now])
    assert found is not None
    label = code_list("reason").label
    assert found.rows[-1].label == label(e)
    assert found.rows[-1].moved == "Not known: suppressed at source in 2022/23"
    assert found.leavers == ()
    assert found.silent == (f"{label(d)} (was 4; suppressed at source)",)
    made = panel(found, "FD18", "reason")
    for said in (words(found), made.note):
        assert "New in the top ten" not in said
        assert "No longer in" not in said
    assert "Without a number in 2023/24, so nothing is known of their rank" in made.note


def test_of_some_categories_it_is_said_among_how_many_one_comes_first():
    alone = ranking(SPEC, code_list("reason"), year("2024-25", CODES[:3], rest=False))
    assert alone is not None
    assert words(alone).startswith("Among the 3 that have a number, ")


def code_list_with(*extra: Code) -> CodeList:
    """Twelve reasons, and codes that ended."""
    known = [code_list("reason").get(code) for code in CODES]
    return CodeList("reason", (*(one for one in known if one), *extra))


def test_a_code_that_only_got_another_name_keeps_its_rank_and_is_no_new_entry():
    ended = Code(
        "called-before", "Called before", valid_to=date(2024, 3, 31), successors=(CODES[2],)
    )
    codes = code_list_with(ended)
    before = [CODES[0], "called-before", CODES[1], *CODES[3:8]]
    now = [CODES[0], CODES[1], CODES[2], *CODES[3:8]]
    found = ranking(SPEC, codes, [*year("2023-24", before), *year("2024-25", now)])
    assert found is not None
    row = found.rows[2]
    assert (row.before, row.moved) == ("2", "Down 1 (was called Called before)")
    assert found.leavers == ()
    assert any("Called before is no code since the end of March 2024" in one for one in found.codes)
    assert "New in the top ten" not in words(found)


def test_a_code_that_was_split_is_neither_a_leaver_by_itself_nor_are_its_parts_new_entries():
    ended = Code("whole", "Whole", valid_to=date(2024, 3, 31), successors=(CODES[1], CODES[2]))
    codes = code_list_with(ended)
    before = ["whole", CODES[0], *CODES[3:8]]
    found = ranking(SPEC, codes, [*year("2023-24", before), *year("2024-25", CODES[:8])])
    assert found is not None
    said = "A new code, no new entry: it took over a part of Whole, which was 1"
    assert [row.moved for row in found.rows[1:3]] == [said, said]
    became = f"{codes.label(CODES[1])} and {codes.label(CODES[2])}"
    assert found.leavers == (f"Whole (was 1; the code ended and became {became})",)


def test_a_successor_that_is_no_code_is_a_fault_of_the_list():
    with pytest.raises(ValueError, match="which is no code"):
        CodeList("reason", (Code("old", "Old", successors=("nothing",)),))
