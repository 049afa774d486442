"""The sample says what the annual report 2020/21 prints, and is loaded once."""

import pytest

from lscb.models import Role
from reviews import queries, report, sample
from reviews.models import Action, Assessment, Review, Round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(shared_places):
    """The sample of reviews."""
    sample.load()


@pytest.fixture
def person(loaded, db):
    return factories.person(Role.SUBGROUP)


def test_the_counts_are_those_of_the_report(person):
    counts = queries.counts(queries.reviews(person), "2020-21")
    assert (counts.published, counts.completed, counts.underway) == (4, 1, 3)
    assert (counts.rapid, counts.led_to_review) == (5, 4)
    assert (counts.learning, counts.contributions, counts.audits) == (1, 2, 3)


def test_each_rapid_review_that_led_to_a_practice_review_led_to_one(person):
    led = Review.objects.filter(kind="rapid-review", state="led-to-cspr")
    assert [one.led_to.count() for one in led] == [1, 1, 1, 1]


def test_the_five_themes_are_found_in_reviews(person):
    rows = [row for row in queries.themes(queries.reviews(person)) if row.reviews]
    assert len(rows) == 5
    assert rows[0].theme.name == "Faith, culture and ethnicity"


def test_what_reviews_add_beside_the_five_themes_has_its_place(person):
    others = {row.theme.name for row in queries.themes(queries.reviews(person)) if not row.reviews}
    assert others == {
        "Practice, oversight and sharing of information",
        "Children seen less in the pandemic",
        "The dark web",
    }


def test_where_the_report_does_not_say_which_review_the_review_says_so(person):
    said = Review.objects.filter(summary__contains="does not say how each")
    assert said.count() == 4 + 4 + 1 + 3  # rapid, published, complete, under way
    assert not said.filter(title="Rapid review 5 of 2020/21").exists()


def test_an_action_stands_as_the_report_says(person):
    states = dict(
        Action.objects.exclude(recommendation__review__area__synthetic=True).values_list(
            "agency__slug", "state"
        )
    )
    assert states == {"health": "under-way", "police": "open"}


def test_what_the_report_does_not_state_is_not_made_up(person):
    assert not Review.objects.filter(due__isnull=False).exists()
    assert set(Assessment.objects.values_list("rating", flat=True)) == {""}
    page = report.of_year(person, "2020-21", Round.objects.get().closed_on)
    assert sorted(line.cases for line in page.audits) == [0, 6, 6]
    assert {line.judged for line in page.audits} == {0}


def test_everything_says_its_source(person):
    sources = {one.source for one in Review.objects.all()} | {Round.objects.get().source}
    assert sources == {
        "Luton LSCB annual report 2020/21",
        "Luton LSCP annual report data 2024/25, police demand analysis",
        "Invented",
    }
    assert {one.area.code for one in Review.objects.filter(source="Invented")} == {"demonstration"}


def test_the_round_asks_about_the_three_standards_of_the_report(person):
    numbers = Round.objects.get().standards.values_list("number", "name")
    assert list(numbers) == [
        (5, "Training"),
        (7, "Effective inter-agency working"),
        (8, "Information sharing"),
    ]


def test_loading_twice_adds_nothing(person):
    before = Review.objects.count()
    sample.load()
    assert Review.objects.count() == before
