"""What apps above performance bring: overdue actions in the pack, hits in the search, reviews as what is challenged."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lscb.models import Role
from performance.actions import challenges as actions
from performance.actions.challenges import ChallengeRefused
from performance.models import Challenge
from performance.queries import challenges as queries
from performance.queries.search import excerpt, search
from priorities.models import PlanAction, Priority
from reviews.actions import change_review
from reviews.models import Action, Recommendation, Review
from tests import factories

LONG_AGO = date(2024, 1, 5)


@pytest.fixture
def review(db) -> Review:
    area = factories.area()
    found = Review.objects.create(
        kind="multi-agency-audit", title="Audit of strategy meetings", area=area, year_code="2024-25",
        state="planned", summary="Who was invited to strategy meetings.",
    )  # fmt: skip
    asked = Recommendation.objects.create(review=found, text="Invite health to every meeting.")
    Action.objects.create(
        recommendation=asked, agency=factories.agency("police"), text="Send invitations at once.",
        due=LONG_AGO,
    )  # fmt: skip
    return found


@pytest.fixture
def plan_action(db) -> PlanAction:
    area = factories.area()
    priority = Priority.objects.create(
        area=area, title="Neglect", why="Children wait.", starts=LONG_AGO
    )
    return PlanAction.objects.create(
        area=area, priority=priority, title="Train more assessors", due=LONG_AGO
    )


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(factories.person(role))
    return client


def restrict(review: Review) -> None:
    manager = factories.person(Role.MANAGER)
    change_review(by=manager, review=review, title=review.title, restricted=True)


@pytest.mark.once
def test_the_pack_lists_the_overdue_actions_of_plan_and_reviews(review, plan_action):
    text = signed_in(Role.CHAIR).get("/meetings/2024-25-Q4/").content.decode()
    assert "Train more assessors" in text
    assert "Send invitations at once." in text
    plan_action.state, plan_action.closed_on = PlanAction.State.DONE, LONG_AGO
    plan_action.save()
    restrict(review)
    text = signed_in(Role.CHAIR).get("/meetings/2024-25-Q4/").content.decode()
    assert "Train more assessors" not in text
    assert "Send invitations at once." not in text


@pytest.fixture
def late_review(db) -> Review:
    """A rapid review that was to go to the Panel long ago."""
    area = factories.area()
    found = Review.objects.create(
        kind="rapid-review", title="Child Q", area=area, year_code="2023-24", state="notified",
        due=date(2024, 1, 26),
    )  # fmt: skip
    found.changes.create(state="notified", on=LONG_AGO)
    return found


@pytest.mark.once
def test_the_pack_lists_time_limits_and_is_silent_of_what_some_may_not_see(late_review):
    manager = factories.person(Role.MANAGER)
    raise_about(late_review, manager)
    client = Client()
    client.force_login(manager)

    def pack() -> str:
        paper = client.get("/meetings/2024-25-Q4/pack.docx").content
        document = docx.Document(io.BytesIO(paper))
        cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
        return client.get("/meetings/2024-25-Q4/").content.decode() + "\n".join(cells)

    for said in ("Child Q, rapid review", "26 January 2024", "Who was not invited?"):
        assert pack().count(said) == 2
    restrict(late_review)
    late_review.people.add(manager)
    assert "Child Q" not in pack()
    assert "Who was not invited?" not in pack()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("strategy invited", "Audit of strategy meetings"),
        ("invite health", "Invite health to every meeting."),
        ("invitations", "Send invitations at once."),
        ("train assessors", "Train more assessors"),
        ("children wait", "Neglect"),
    ],
)
def test_one_search_reaches_reviews_and_actions(review, plan_action, words, title):
    person = factories.person(Role.SUBGROUP)
    assert title in [one.title for one in search(person, words)]


@pytest.mark.once
def test_what_a_person_may_not_see_is_neither_found_nor_challenged(review):
    person = factories.person(Role.SUBGROUP)
    restrict(review)
    assert search(person, "strategy invited") == []
    with pytest.raises(ChallengeRefused, match="does not exist"):
        raise_about(review, person)


def raise_about(review: Review, by, **fields) -> Challenge:
    return actions.raise_challenge(
        by=by,
        question="Who was not invited?",
        agency=factories.agency("police"),
        area=factories.area(),
        due=timezone.localdate() + timedelta(days=7),
        subject=f"review:{review.pk}",
        **fields,
    )


@pytest.mark.once
def test_a_challenge_about_a_review_leads_to_it_and_is_hidden_when_the_review_is(review):
    person = factories.person(Role.SUBGROUP)
    made = raise_about(review, person)
    page = signed_in(Role.SUBGROUP).get(f"/challenges/{made.pk}/").content.decode()
    assert f'href="/reviews/{review.pk}/"' in page
    restrict(review)
    assert queries.challenge(person, made.pk) is None
    assert made not in queries.challenges(None)
    assert signed_in(Role.SUBGROUP).get(f"/challenges/{made.pk}/").status_code == 404
    review.people.add(person)
    assert queries.challenge(person, made.pk) == made


def test_a_reminder_about_a_restricted_review_goes_only_to_people_named_on_it(review):
    raise_about(review, factories.person(Role.SUBGROUP))
    analyst = factories.person(Role.ANALYST, "police")
    restrict(review)
    late = timezone.localdate() + timedelta(days=8)
    assert actions.remind(today=late) == 0
    assert mail.outbox == []
    review.people.add(analyst)
    assert actions.remind(today=late) == 1
    assert mail.outbox[0].to == [analyst.email]


@pytest.mark.once
def test_signals_returns_and_reviews_offer_a_challenge_to_those_who_may_raise_one(review):
    for address, link in (
        ("/returns/referrals/", "/challenges/new/?return=referrals"),
        (f"/reviews/{review.pk}/", f"/challenges/new/?subject=review:{review.pk}"),
    ):
        assert link in signed_in(Role.SUBGROUP).get(address).content.decode()
        assert link not in signed_in(Role.ANALYST).get(address).content.decode()


def test_a_question_that_names_a_child_is_refused_and_not_repeated(db):
    with pytest.raises(ChallengeRefused) as refused:
        actions.raise_challenge(
            by=factories.person(Role.SUBGROUP),
            question="What became of Oliver Marshfield, born 3 May 2015?",
            agency=factories.agency("police"),
            area=factories.area(),
            due=timezone.localdate(),
            indicator="DA01",
        )
    assert "Marshfield" not in str(refused.value)
    assert Challenge.objects.count() == 0


def test_a_search_finds_words_with_either_apostrophe_and_shows_where_they_stand(places, manager):
    for typed in ("children's social care", "children’s social care"):
        assert any("social care" in one.title for one in search(manager, typed)), typed
    (hit,) = [one for one in search(manager, "FD03 danger") if one.kind == "Indicators"]
    assert "danger" in hit.text.lower()[:220]


def test_what_holds_the_words_as_a_phrase_comes_first_among_its_kind(places, manager):
    hits = [one for one in search(manager, "domestic abuse") if one.kind == "Indicators"]
    says = ["domestic abuse" in f"{one.title} {one.text}".lower() for one in hits]
    assert says == sorted(says, reverse=True)
    assert says[0]
    long = "One. " * 60 + "And then a word at last."
    assert excerpt(long, ["word"]).startswith("… ")
    assert "word" in excerpt(long, ["word"])[:220]
    assert excerpt(long, ["one"]) == long
