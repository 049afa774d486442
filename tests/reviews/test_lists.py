"""Every list of reviews filters, searches, orders, turns pages and exports, and keeps to what a person may see."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb.models import Role
from reviews import actions
from reviews.models import Finding, Recommendation, Review, Theme
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 23)


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def titles(client: Client, name: str, **asked: str) -> list[str]:
    """The first cell of each row of a list's export."""
    text = client.get(reverse(f"{name}-csv"), asked).content.decode("utf-8-sig")
    return [row[0] for row in list(csv.reader(io.StringIO(text)))[1:]]


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


@pytest.mark.parametrize("name", ["reviews", "review-findings", "review-actions"])
def test_a_search_without_end_is_answered_by_its_first_words(
    client, rapid, django_assert_max_num_queries, name
):
    with django_assert_max_num_queries(30):
        answer = client.get(reverse(name), {"q": "a " * 1500})
    assert answer.status_code == 200
