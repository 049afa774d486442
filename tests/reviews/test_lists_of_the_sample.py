"""Every list of reviews, on the sample: filters, searches, orders, turns pages and exports."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from performance.queries.search import search
from reviews import sample
from reviews.lists import LISTS
from reviews.models import Review, Theme

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 23)


@pytest.fixture(scope="module")
def everything(shared_places):
    """The sample of reviews, which these tests read."""
    sample.load()


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def titles(client: Client, name: str, **asked: str) -> list[str]:
    """The first cell of each row of a list's export."""
    text = client.get(reverse(f"{name}-csv"), asked).content.decode("utf-8-sig")
    return [row[0] for row in list(csv.reader(io.StringIO(text)))[1:]]


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_the_sample_shows_a_page_and_exports_every_row(everything, client, manager, what):
    listed = LISTS[what](manager)
    page = client.get(reverse(listed.address))
    assert page.status_code == 200
    shown = page.content.decode().count("<tr>") - 1
    assert shown == min(25, listed.chosen({}).count()) > 0
    assert len(titles(client, listed.address)) == listed.chosen({}).count()


@pytest.mark.parametrize("what", LISTS)
def test_every_order_that_a_heading_offers_works_both_ways(everything, client, manager, what):
    listed = LISTS[what](manager)
    orders = [column.order for column in listed.columns if column.order]
    assert orders
    for order in orders:
        for sort, direction in ((order, "ascending"), (f"-{order}", "descending")):
            page = client.get(reverse(listed.address), {"sort": sort}).content.decode()
            assert f'aria-sort="{direction}"' in page
            assert len(titles(client, listed.address, sort=sort)) == listed.chosen({}).count()


def test_what_is_invented_is_listed_when_its_area_is_asked_for_and_counts_nowhere(
    everything, client
):
    for name in ("reviews", "review-findings", "review-recommendations", "review-actions"):
        told = client.get(reverse(f"{name}-csv")).content.decode()
        assert "(invented)" not in told
        told = client.get(reverse(f"{name}-csv"), {"area": "demonstration"}).content.decode()
        assert "(invented)" in told
    page = client.get(reverse("reviews"), {"q": "Maple"}).content.decode()
    assert "Nothing in this list is of that kind." in page
    assert "(invented)" not in client.get("/api/v1/reviews/").content.decode()
    report = client.get(reverse("review-report"), {"year": "2024-25"}).content.decode()
    assert "Deep dive into domestic abuse incidents" in report
    assert "Maple" not in report


@pytest.mark.parametrize("what", LISTS)
def test_every_choice_of_every_filter_keeps_a_part(everything, manager, what):
    listed = LISTS[what](manager)
    for one in listed.filters:
        kept = [listed.chosen({one.name: code}).count() for code, _ in one.choices()]
        assert kept, one.name
        assert max(kept) > 0 or one.name in ("again", "rating"), one.name
        whole = listed.rows.count()
        assert min(kept) < whole or (one.name, kept) == ("round", [whole]), one.name


def test_themes_are_searched_ordered_and_exported(everything, client):
    assert titles(client, "review-themes", q="dark web") == ["The dark web"]
    assert titles(client, "review-themes")[0] == "Faith, culture and ethnicity"
    assert titles(client, "review-themes", sort="name")[0] == "Children seen less in the pandemic"
    page = client.get(reverse("review-themes"), {"q": "no such words"}).content.decode()
    assert "Nothing in this list is of that kind." in page


def test_rounds_are_listed_by_state_and_exported(everything, client):
    assert titles(client, "section-11", state="closed") == ["2020-21"]
    assert titles(client, "section-11", state="open") == []


def test_the_search_finds_themes_findings_and_what_agencies_sent(everything, manager):
    def found(*words: str) -> list[tuple[str, str]]:
        hits = search(manager, " ".join(words))
        return [(hit.kind, hit.address) for hit in hits if hit.kind != "Indicators"]

    theme = Theme.objects.get(name="The dark web")
    assert found("leaflet", "month") == [
        ("Themes of reviews", f"{reverse('review-themes')}?theme={theme.pk}")
    ]
    (kind, address) = found("grooming")[0]
    assert kind == "Findings"
    assert address == Review.objects.get(title__contains="under 1").get_absolute_url()
    assert found("webinars", "performance")[-1][0] == "Section 11"
