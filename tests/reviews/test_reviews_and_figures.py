"""Reviews, audits and themes lead to the figures that they are about, and these lead back to them."""

import pytest
from django.test import Client
from django.urls import reverse

from lscb.models import Role
from performance.indicators.spec import indicators
from reviews import actions, sample
from reviews.actions import ReviewRefused
from reviews.models import Theme
from tests import factories

pytestmark = pytest.mark.django_db
FIGURE = "FD05"


def page(person, address: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


@pytest.mark.once
def test_a_review_leads_to_its_figures_and_an_indicator_to_its_reviews(rapid, manager):
    actions.change_review(by=manager, review=rapid, indicators=[FIGURE])
    of_indicator = reverse("indicator", args=[FIGURE])
    assert of_indicator in page(manager, rapid.get_absolute_url())
    said = page(manager, of_indicator)
    assert f"Rapid review: {rapid.title}" in said
    assert rapid.get_absolute_url() in said
    assert rapid.title not in page(manager, reverse("indicator", args=["FD01"]))
    assert rapid.entries.first().changes == {"Indicators": ["", FIGURE]}


@pytest.mark.once
def test_an_indicator_does_not_tell_of_a_restricted_review(rapid, manager):
    other = factories.person(Role.MANAGER)
    actions.change_review(by=manager, review=rapid, indicators=[FIGURE])
    actions.change_review(by=manager, review=rapid, restricted=True, people=[manager])
    address = reverse("indicator", args=[FIGURE])
    assert rapid.title in page(manager, address)
    assert rapid.title not in page(other, address)


def test_a_theme_stands_with_its_figures_in_the_list_its_export_and_on_the_indicators_page(
    area, manager
):
    theme = actions.save_theme(
        by=manager, theme=Theme(), name="Fathers", about="", done="", indicators=[FIGURE]
    )
    title = indicators()[FIGURE].title
    for name in ("review-themes", "review-themes-csv"):
        assert f"{title} ({FIGURE})" in page(manager, reverse(name))
    said = page(manager, reverse("indicator", args=[FIGURE]))
    assert "Theme of reviews: Fathers" in said
    assert f"{reverse('review-themes')}?theme={theme.pk}" in said


@pytest.mark.once
def test_the_forms_offer_the_catalogue_what_is_chosen_first(rapid, manager):
    actions.change_review(by=manager, review=rapid, indicators=["WF01"])
    client = Client()
    client.force_login(manager)
    address = reverse("review-change", args=[rapid.pk])
    form = client.get(address).context["form"]
    assert [code for code, _ in form.fields["indicators"].choices][:2] == ["WF01", "AL01"]
    answer = client.post(address, {"title": rapid.title, "indicators": ["WF01", "XX99"]})
    assert answer.status_code == 422
    with pytest.raises(ReviewRefused, match="no indicator XX99"):
        actions.change_review(by=manager, review=rapid, indicators=["XX99"])


def test_every_figure_that_the_sample_names_is_in_the_catalogue():
    facts = sample.read()
    named = [one.get("indicators", []) for one in (*facts["themes"], *facts["reviews"])]
    assert len(list(filter(None, named))) >= 10
    assert {code for codes in named for code in codes} <= set(indicators())
