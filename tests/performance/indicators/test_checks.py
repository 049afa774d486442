"""Sense checks against what is known already: each speaks when it should, and is silent when it should be."""

from decimal import Decimal

import pytest

from lscb.definition_files import DefinitionError, load
from lscb.periods import Period, parse
from performance.definitions import FOLDER
from performance.indicators.book import Book, Reading
from performance.indicators.checks import HISTORY, CheckSpec, checks, sense
from performance.intake.spec import SUPPRESSED, Cell, returns

APRIL = parse("2025-04")
QUARTER = parse("2025-26-Q1")
POLICE, MASH, FIGURES = (returns()[one] for one in ("police-da", "mash-contacts", "figures"))
ALL3 = ("all", "all", "all")
USUAL = [61, 64, 58, 66, 60, 63, 59, 65, 62, 57, 64, 61]


def cell(spec, period, codes, count, status="reported"):
    margin = "+".join(
        name for name, code in zip(spec.dimension_names, codes, strict=True) if code != "all"
    )
    return Cell(period, margin or "total", codes, count, status)


def book(*rows):
    made = Book()
    for dataset, period, codes, count in rows:
        made.add(dataset, period, codes, Reading(Decimal(count)))
    return made


def history(codes, counts):
    """Counts of the months up to March 2025."""
    first = APRIL.first - len(counts)
    return [
        ("MashContact", Period(first + place, 1), codes, count)
        for place, count in enumerate(counts)
    ]


def codes_of(spec, cells, known=(), others=()):
    """The codes of what is found when these cells come; `known` counted before and are replaced."""
    own = [(spec.dataset, one.period, one.dimensions, one.count) for one in cells if one.count is not None]  # fmt: skip
    then = book(*others, *own)
    return [one.code for one in sense(spec, list(cells), book(*others, *known), then)]


def contacts(count):
    return cell(MASH, APRIL, ALL3, count)


@pytest.mark.parametrize(("whole", "found"), [(19, True), (20, False), (21, False)])
def test_police_contacts_cannot_be_more_than_contacts_of_all_sources(whole, found):
    sent = cell(POLICE, APRIL, ("contact",), 20)
    others = [("MashContact", APRIL, ALL3, whole)]
    assert ("part-larger-than-whole" in codes_of(POLICE, [sent], others=others)) is found


def test_the_same_is_found_when_the_whole_comes_second():
    others = [("PoliceDomesticAbuse", APRIL, ("contact",), 20)]
    assert codes_of(MASH, [contacts(19)], others=others) == ["part-larger-than-whole"]


def test_a_part_without_its_whole_says_nothing():
    assert codes_of(POLICE, [cell(POLICE, APRIL, ("contact",), 20)]) == []


@pytest.mark.parametrize(("total", "found"), [(185, False), (186, True)])
def test_a_quarter_must_be_the_sum_of_its_months(total, found):
    months = [
        ("MashContact", Period(APRIL.first + place, 1), ALL3, count)
        for place, count in enumerate((61, 62, 62))
    ]
    sent = cell(MASH, QUARTER, ALL3, total)
    assert codes_of(MASH, [sent], others=months) == ["quarter-against-months"] * found


def test_a_quarter_is_held_against_the_months_that_it_would_replace():
    months = [
        ("MashContact", Period(APRIL.first + place, 1), ALL3, count)
        for place, count in enumerate((61, 62, 62))
    ]
    sent = cell(MASH, QUARTER, ALL3, 300)
    found = sense(MASH, [sent], book(*months), book(("MashContact", QUARTER, ALL3, 300)))
    assert [one.message for one in found if one.code == "quarter-against-months"] == [
        "Total, Quarter 1, 2025/26: 300 in the file, but its months add to 185."
    ]


def test_the_last_month_is_held_against_the_quarter_that_came_before_it():
    others = [
        ("MashContact", QUARTER, ALL3, 185),
        ("MashContact", Period(APRIL.first + 1, 1), ALL3, 62),
        ("MashContact", Period(APRIL.first + 2, 1), ALL3, 62),
    ]
    assert codes_of(MASH, [contacts(70)], others=others) == ["quarter-against-months"]
    assert codes_of(MASH, [contacts(61)], others=others) == []


@pytest.mark.parametrize(("count", "found"), [(62, False), (68, False), (120, True), (5, True)])
def test_a_value_outside_the_limits_of_its_history_is_asked_about(count, found):
    others = history(ALL3, USUAL)
    assert codes_of(MASH, [contacts(count)], others=others) == ["outside-limits"] * found


def test_a_short_history_and_small_numbers_have_no_limits():
    assert codes_of(MASH, [contacts(120)], others=history(ALL3, USUAL[:11])) == []
    few = [1, 2, 0, 1, 3, 1, 2, 1, 0, 2, 1, 1]
    assert codes_of(MASH, [contacts(9)], others=history(ALL3, few)) == []


def test_a_zero_where_there_never_was_one_is_asked_about():
    others = history(ALL3, [4, 5, 3, 6, 4, 5])
    assert codes_of(MASH, [contacts(0)], others=others) == ["unlikely-zero"]
    assert codes_of(MASH, [contacts(1)], others=others) == []
    assert codes_of(MASH, [contacts(0)], others=history(ALL3, [4, 5, 0, 6, 4, 5])) == []


def test_a_suppressed_number_is_no_zero():
    hidden = cell(MASH, APRIL, ALL3, None, SUPPRESSED)
    assert codes_of(MASH, [hidden], others=history(ALL3, [4, 5, 3, 6, 4, 5])) == []


@pytest.mark.parametrize(
    ("before", "count", "found"),
    [(100, 120, False), (100, 121, True), (100, 79, True), (20, 29, False), (20, 31, True)],
)
def test_a_big_revision_is_asked_about(before, count, found):
    known = [("MashContact", APRIL, ALL3, before)]
    assert codes_of(MASH, [contacts(count)], known=known) == ["big-revision"] * found


def test_a_number_that_counts_and_has_no_row_any_more_is_asked_about():
    police, housing = ("police", "all", "all"), ("housing", "all", "all")
    known = [("MashContact", APRIL, ALL3, 61), ("MashContact", APRIL, police, 40), ("MashContact", APRIL, housing, 9)]  # fmt: skip
    (found,) = sense(MASH, [contacts(61)], book(*known), book(("MashContact", APRIL, ALL3, 61)))
    assert found.code == "big-revision"
    assert "Police, April 2025: no row in the file, but 40 counted until now." in found.message


def test_a_category_that_a_complete_breakdown_leaves_out_went_to_zero():
    police, schools = ("police", "all", "all"), ("schools", "all", "all")
    known = [("MashContact", APRIL, ALL3, 61), ("MashContact", APRIL, police, 40), ("MashContact", APRIL, schools, 21)]  # fmt: skip
    cells = [contacts(61), cell(MASH, APRIL, police, 61)]
    assert codes_of(MASH, cells, known=known) == ["big-revision", "big-revision"]


@pytest.mark.parametrize(
    ("now", "found"),
    [(201, []), (20, ["big-revision"]), (0, ["big-revision", "unlikely-zero"])],
)
def test_figures_are_held_against_their_own_history(now, found):
    plans = ("child-protection-plans", "all", "all")
    before = [
        ("Figure", Period(QUARTER.first - 3 * place, 3), plans, 200 + place)
        for place in range(1, 8)
    ]
    sent = cell(FIGURES, QUARTER, plans, now)
    known = [("Figure", QUARTER, plans, 203)]
    assert codes_of(FIGURES, [sent], known=known, others=before) == found


def test_a_denominator_without_the_numerator_that_came_before_is_asked_about():
    pair = ("police", "domestic-abuse", "all")
    march = APRIL.previous()
    others = [
        ("MashContact", march, ALL3, 60),
        ("MashContact", march, ("all", "domestic-abuse", "all"), 20),
    ]
    known = codes_of(MASH, [contacts(61)], others=others)
    assert set(known) == {"numerator-missing"}
    whole = [contacts(61), cell(MASH, APRIL, ("all", "domestic-abuse", "all"), 20)]
    assert codes_of(MASH, whole, others=others) == []
    assert codes_of(MASH, [contacts(61)], others=[("MashContact", march, pair, 20)]) == []


def test_what_is_far_back_is_no_history():
    first = APRIL.first - HISTORY - 12
    long_ago = [("MashContact", Period(first + n, 1), ALL3, count) for n, count in enumerate(USUAL)]
    assert codes_of(MASH, [contacts(500)], others=long_ago) == []


def test_many_findings_of_one_kind_are_counted_not_all_listed():
    sources = [one.code for one in MASH.dimension("source").code_list]
    cells = [cell(MASH, Period(APRIL.first + m, 1), (one, "all", "all"), 90) for one in sources for m in range(3)]  # fmt: skip
    known = [("MashContact", one.period, one.dimensions, 10) for one in cells]
    found = sense(MASH, cells, book(*known), book(*((MASH.dataset, one.period, one.dimensions, one.count) for one in cells)))  # fmt: skip
    revisions = [one for one in found if one.code == "big-revision"]
    assert len(revisions) == 21
    assert "more numbers" in revisions[-1].message


def test_every_check_says_what_where_it_comes_from_and_what_to_do():
    found = checks()
    assert {one.kind for one in found} == {"part", "months", "limits", "zero", "revision", "numerator"}  # fmt: skip
    assert all(one.title and one.suggestion and one.source for one in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: big-revision", "code: big", "not a known code"),
        ("[mash-contacts,", "[contacts,", "no return is named contacts"),
        ("kind: revision", "kind: part", "part and whole"),
        ("percent: 20", "per_cent: 20", "Extra inputs"),
    ],
)
def test_a_check_that_cannot_be_names_file_and_fault(tmp_path, old, new, says):
    text = (FOLDER / "checks" / "big-revision.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "big-revision.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=says):
        load(path, CheckSpec)
