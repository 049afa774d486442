"""Every list of reviews filters, searches, orders, turns pages and exports, and keeps to what a person may see."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb.models import Role
from performance.actions import sample as places
from reviews import actions, contributions, sample
from reviews.lists import LISTS
from reviews.models import Finding, Recommendation, Review, Theme
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 23)


@pytest.fixture
def everything():
    places.load_places()
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


def test_recommendations_are_found_by_their_proof_and_by_what_is_to_be_audited_again(
    client, rapid, manager
):
    today = timezone.localdate()
    for text, proof, again in (
        ("Proved.", "Seen in files.", None),
        ("Late.", "", DAY),
        ("Soon.", "", today),
    ):
        made = actions.save_part(by=manager, review=rapid, part=Recommendation(), text=text)
        actions.record_evidence(
            by=manager,
            recommendation=made,
            evidence=proof,
            evidence_on=DAY if proof else None,
            re_audit_due=again,
        )
    name = "review-recommendations"
    assert titles(client, name, proof="yes") == ["Proved."]
    assert titles(client, name, proof="no") == ["Late.", "Soon."]
    assert titles(client, name, again="due") == ["Late.", "Soon."]
    assert titles(client, name, again="late") == ["Late."]
    assert titles(client, name, sort="-re_audit_due") == ["Soon.", "Late.", "Proved."]


def test_findings_are_found_by_words_of_the_finding_and_of_the_review(
    client, rapid, audit, manager
):
    for review, text in ((rapid, "Seen too late."), (audit, "Not asked.")):
        actions.save_part(by=manager, review=review, part=Finding(), kind="to-improve", text=text)
    assert titles(client, "review-findings", q="too late") == ["Seen too late."]
    assert titles(client, "review-findings", q="thresholds") == ["Not asked."]
    assert titles(client, "review-findings", kind="rapid-review") == ["Seen too late."]


def test_themes_are_searched_ordered_and_exported(everything, client):
    assert titles(client, "review-themes", q="dark web") == ["The dark web"]
    assert titles(client, "review-themes")[0] == "Faith, culture and ethnicity"
    assert titles(client, "review-themes", sort="name")[0] == "Children seen less in the pandemic"
    page = client.get(reverse("review-themes"), {"q": "no such words"}).content.decode()
    assert "Nothing in this list is of that kind." in page


def test_themes_turn_their_pages_and_count_no_review_that_is_hidden(client, rapid, audit, manager):
    made = [
        actions.save_theme(by=manager, theme=Theme(), name=f"Theme {no:02}") for no in range(27)
    ]
    for review in (rapid, audit):
        actions.save_part(
            by=manager, review=review, part=Finding(), kind="to-improve", text="Late.", themes=[made[5]]
        )  # fmt: skip
    first = client.get(reverse("review-themes")).content.decode()
    assert "Page 1 of 2" in first
    assert first.index("Theme 05</a>") < first.index("Theme 00</a>")
    assert "Theme 26" in client.get(reverse("review-themes"), {"page": "2"}).content.decode()
    client.force_login(factories.person(Role.SUBGROUP))
    Review.objects.filter(pk=rapid.pk).update(restricted=True)
    page = client.get(reverse("review-themes"), {"theme": str(made[5].pk)}).content.decode()
    assert "1 review</a>" in page
    assert audit.title in page
    assert rapid.title not in page


def test_rounds_are_listed_by_state_and_exported(everything, client):
    assert titles(client, "section-11", state="closed") == ["2020-21"]
    assert titles(client, "section-11", state="open") == []


def test_only_who_may_report_on_an_action_is_led_there(client, rapid, manager):
    council = factories.agency("council")
    made = actions.save_part(by=manager, review=rapid, part=Recommendation(), text="Meet.")
    asked = actions.add_action(
        by=manager, recommendation=made, agency=council, text="Meet.", due=DAY
    )
    for person, may in ((factories.person(Role.SUBGROUP), False), (manager, True)):
        client.force_login(person)
        page = client.get(reverse("review-actions")).content.decode()
        assert (reverse("review-action", args=[asked.pk]) in page) == may
        assert made.get_absolute_url() in page


def test_the_search_finds_themes_findings_and_what_agencies_sent(everything, manager):
    def found(*words: str) -> list[tuple[str, str]]:
        return [(hit.kind, hit.address) for hit in contributions.search(manager, words)]

    theme = Theme.objects.get(name="The dark web")
    assert found("leaflet", "month") == [
        ("Themes of reviews", f"{reverse('review-themes')}?theme={theme.pk}")
    ]
    (kind, address) = found("grooming")[0]
    assert kind == "Findings"
    assert address == Review.objects.get(title__contains="under 1").get_absolute_url()
    assert found("webinars", "performance")[-1][0] == "Section 11"
