"""Whether the returns of an agency get better: said where it is more than chance, and where there are enough."""

import re

import pytest
from django.test import Client

from lscb.periods import parse
from performance.indicators.punctuality import Part, course, months_compared
from performance.statistics.intervals import newcombe

pytestmark = pytest.mark.once

MONTHS = [parse("2024-07").shift(place) for place in range(12)]


def halves(before, now):
    """Twelve months: each of the first six `before`, each of the last six `now`, as got and of."""
    parts = {month: Part(*(before if place < 6 else now)) for place, month in enumerate(MONTHS)}
    return course(MONTHS, parts)


def test_the_interval_of_a_difference_is_that_of_newcombes_example():
    found = newcombe(56, 70, 48, 80)
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        ((1, 4), (4, 4), "better"),
        ((4, 4), (1, 4), "worse"),
        ((3, 4), (4, 5), "the same"),
        ((0, 0), (4, 4), "too few"),
        ((1, 1), (0, 1), "worse"),
    ],
)
def test_a_change_is_called_one_when_chance_would_hardly_make_it(before, now, verdict):
    assert halves(before, now).verdict == verdict


def test_a_month_without_returns_counts_for_nothing():
    found = course(MONTHS, {MONTHS[0]: Part(1, 2), MONTHS[11]: Part(3, 3)})
    assert (found.before, found.now) == (Part(1, 2), Part(3, 3))
    assert found.months[5] == Part()


@pytest.mark.parametrize(("known", "compared"), [(1, 12), (12, 12), (15, 14), (24, 24), (40, 24)])
def test_as_much_is_compared_as_is_known_up_to_two_years(known, compared):
    last = parse("2025-06")
    months = months_compared(last.shift(1 - known), last)
    assert (len(months), months[-1]) == (compared, last)


def figures(month, police):
    lines = [("all", "all", police + 2, 8)]
    for breakdown in ("agency", "named_agency"):
        lines += [(breakdown, "police", police, 4), (breakdown, "council", 2, 4)]
    return "".join(
        f"{month},returns-on-time,{by},{which},{got},{of},\n" for by, which, got, of in lines
    )


@pytest.fixture(scope="module")
def recorded(shared_send):
    """Twelve months of the demonstration area's calendar: the police become better, the council stays."""
    header = "period,item,breakdown,category,numerator,denominator,value\n"
    for place, month in enumerate(MONTHS):
        text = header + figures(month, 1 if place < 6 else 4)
        shared_send(text, return_id="returns-calendar", agency="partnership", area="demonstration", period=str(month))  # fmt: skip


def page(person, address):
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


def test_the_page_says_for_each_kind_of_agency_whether_it_improves(recorded, manager):
    said = page(manager, "/returns/calendar/kept/?area=demonstration")
    police = said[said.index("Police</th>") :]
    assert "6 of 24" in police
    assert "24 of 24" in police
    assert police.index("Improving") < police.index("</tr>")
    council = said[said.index("Council</th>") : said.index("Police</th>")]
    assert "No clear change" in council
    assert "/indicators/GV01/?area=demonstration" in said


def test_the_page_says_it_agency_by_agency_from_the_recorded_indicator(recorded, manager):
    said = page(manager, "/returns/calendar/kept/?area=demonstration")
    each = said[said.index("Agency by agency") :]
    police = each[each.index("Bedfordshire Police</th>") :]
    assert "6 of 24" in police
    assert police.index("Improving") < police.index("</tr>")
    assert "Luton Council</th>" in each


def test_what_the_page_says_of_each_agency_is_what_everybody_reads_on_the_indicators_page(
    recorded, analyst
):
    kept = page(analyst, "/returns/calendar/kept/?area=demonstration")
    indicator = page(
        analyst, "/indicators/GV01/?area=demonstration&period=month&breakdown=named_agency"
    )
    for said in (kept, indicator):
        assert "Bedfordshire Police" in said
        assert "Luton Council" in said


def test_an_agency_that_was_asked_for_no_indicator_is_not_told_that_none_was_due(recorded, manager):
    said = page(manager, "/returns/calendar/kept/?area=demonstration")
    cells = re.findall(r'data-label="Complete, [^"]*">(.*?)</td>', said)
    assert cells
    assert all("none asked for" in cell for cell in cells)


def test_the_indicator_has_a_series_for_each_agency_by_name(recorded, manager):
    said = page(manager, "/indicators/GV01/?area=demonstration&period=month&breakdown=named_agency")
    assert "Named agency" in said
    assert "Bedfordshire Police" in said
    assert "Luton Council" in said
