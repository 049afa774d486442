"""Section 11: agencies judge themselves, are challenged, and are compared with the last round."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from lscb.models import Role
from lscb.periods import parse
from reviews import actions, queries
from reviews.actions import ReviewRefused
from reviews.models import Assessment, Standard
from tests import factories

pytestmark = pytest.mark.django_db
GIVEN = {"rating": "amber", "evidence": "A policy.", "to_improve": "Train more."}


def open_round(by, area, year="2026-27"):
    standard, _ = Standard.objects.get_or_create(
        number=5, name="Training", about="All are trained."
    )
    return actions.open_round(
        by=by,
        year=parse(year),
        area=area,
        standards=[standard],
        agencies=[factories.agency("police"), factories.agency("council")],
        due=date(2027, 3, 1),
    )


@pytest.fixture
def standard(round_):
    return round_.standards.get()


@pytest.fixture
def round_(manager, area):
    return open_round(manager, area)


@pytest.fixture
def police():
    return factories.person(Role.ANALYST, "police")


def assess(by, round_, send=True, **given):
    return actions.assess(
        by=by,
        round_=round_,
        agency=by.agency,
        standard=round_.standards.get(),
        send=send,
        **GIVEN | given,
    )


def test_a_draft_is_seen_by_the_agency_alone_until_it_is_sent(round_, police, manager):
    draft = assess(police, round_, send=False, rating="", evidence="")
    assert draft.state == "draft"
    assert queries.assessments(police, round_) == [draft]
    assert queries.assessments(manager, round_) == []
    assert queries.assessment(manager, draft.pk) is None
    assess(police, round_)
    assert queries.assessments(manager, round_) == [draft]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rating": ""}, "how far"),
        ({"evidence": " "}, "evidence"),
        ({"to_improve": ""}, "will be done"),
        ({"evidence": "Ask Sarah Thompson."}, "looks like a name"),
    ],
)
def test_what_is_sent_is_complete_and_names_nobody(round_, police, given, said):
    with pytest.raises(ReviewRefused, match=said):
        assess(police, round_, **given)
    assert not Assessment.objects.filter(state="sent").exists()


def test_nobody_fills_in_for_another_agency(round_, standard, police, manager):
    council = factories.agency("council")
    for person in (police, manager, factories.person(Role.CHAIR)):
        with pytest.raises(PermissionDenied):
            actions.assess(
                by=person, round_=round_, agency=council, standard=standard, send=False, **GIVEN
            )


def test_a_round_asks_the_agencies_and_standards_it_names_and_ends(round_, police, manager):
    health = factories.person(Role.ANALYST, "health")
    with pytest.raises(ReviewRefused, match="does not ask"):
        assess(health, round_)
    other = Standard.objects.create(number=9, name="Other", about="Other.")
    with pytest.raises(ReviewRefused, match="does not ask about"):
        actions.assess(
            by=police, round_=round_, agency=police.agency, standard=other, send=False, **GIVEN
        )
    actions.close_round(by=manager, round_=round_, on=date(2026, 11, 1))
    round_.refresh_from_db()
    with pytest.raises(ReviewRefused, match="closed"):
        assess(police, round_)
    with pytest.raises(ReviewRefused, match="closed already"):
        actions.close_round(by=manager, round_=round_, on=date(2026, 11, 1))


def test_what_was_sent_goes_not_back_to_a_draft(round_, police):
    assess(police, round_)
    with pytest.raises(ReviewRefused, match="sent already"):
        assess(police, round_, send=False, rating="green")
    assert assess(police, round_, rating="green").rating == "green"


def test_what_a_draft_said_stays_with_the_agency_when_it_is_sent(round_, police, manager):
    assess(police, round_, send=False, evidence="To be asked: did anybody train?")
    assess(police, round_, evidence="Nine of ten are trained.")
    assess(police, round_, evidence="All are trained.")
    told = str([one.changes for one in queries.assessment_history(manager, round_, police.agency)])
    assert "did anybody train" not in told
    assert "Nine of ten are trained." in told
    assert "All are trained." in told
    own = str([one.changes for one in queries.assessment_history(police, round_, police.agency)])
    assert "did anybody train" in own


def test_a_peer_challenges_and_the_agency_answers(round_, police):
    sent = assess(police, round_)
    council = factories.person(Role.ANALYST, "council")
    asked = actions.challenge(by=council, assessment=sent, text="How many were trained?")
    with pytest.raises(ReviewRefused, match="its own"):
        actions.challenge(by=police, assessment=sent, text="Well done?")
    with pytest.raises(PermissionDenied):
        actions.answer_challenge(by=council, challenge=asked, text="Nobody.")
    actions.answer_challenge(by=police, challenge=asked, text="Most of them.")
    asked.refresh_from_db()
    assert asked.answer == "Most of them."


def test_a_draft_cannot_be_challenged(round_, police):
    draft = assess(police, round_, send=False)
    with pytest.raises(ReviewRefused, match="was sent"):
        actions.challenge(by=factories.person(Role.CHAIR), assessment=draft, text="Why?")


def test_a_round_stands_beside_the_last_one(round_, police, manager, area):
    assess(police, round_, rating="red")
    newer = open_round(manager, area, "2027-28")
    assert list(queries.rounds()) == [newer, round_]
    row = next(one for one in queries.matrix(manager, newer) if one.agency == police.agency)
    assert (row.sent, row.answers[0].now, row.answers[0].moved) == (0, None, "")
    assess(police, newer, rating="green")
    row = next(one for one in queries.matrix(manager, newer) if one.agency == police.agency)
    assert (row.sent, row.answers[0].before.rating, row.answers[0].moved) == (1, "red", "better")


def test_an_agency_adds_actions_to_its_own_assessment(round_, police):
    sent = assess(police, round_)
    made = actions.add_assessment_action(
        by=police, assessment=sent, text="Train the rest.", due=date(2027, 5, 1)
    )
    assert list(queries.actions(police)) == [made]
    with pytest.raises(PermissionDenied):
        actions.add_assessment_action(
            by=factories.person(Role.ANALYST, "council"), assessment=sent, text="Do.", due=None
        )


def test_an_action_on_an_assessment_stays_with_its_agency_when_it_is_changed(
    round_, police, manager
):
    action = actions.add_assessment_action(
        by=police, assessment=assess(police, round_), text="Train.", due=date(2027, 1, 1)
    )
    client = Client()
    client.force_login(manager)
    sent = {
        "text": "Train the tenth.",
        "due": "2027-02-01",
        "agency": factories.agency("council").pk,
    }
    answer = client.post(reverse("review-action-change", args=[action.pk]), sent)
    assert answer.url == reverse("section-11-agency", args=["2026-27", "police"])
    action.refresh_from_db()
    assert (action.text, action.agency) == ("Train the tenth.", police.agency)


def test_a_year_has_one_round(round_, manager, area):
    with pytest.raises(ReviewRefused, match="already"):
        open_round(manager, area)


def test_an_open_round_is_changed_and_loses_no_answer(round_, standard, police, manager):
    council, health = factories.agency("council"), factories.agency("health")
    later = date(2027, 4, 1)
    keep = {"by": manager, "round_": round_, "standards": [standard], "due": later}
    actions.change_round(**keep, agencies=[police.agency, health])
    round_.refresh_from_db()
    assert round_.due == later
    assert set(round_.agencies.all()) == {police.agency, health}
    newest = queries.history(manager, round_)[0]
    assert newest.changes["Due"] == ["1 March 2027", "1 April 2027"]
    assess(police, round_)
    with pytest.raises(ReviewRefused, match="has to stay"):
        actions.change_round(**keep, agencies=[council])
    assert police.agency in round_.agencies.all()
    actions.close_round(by=manager, round_=round_, on=date(2026, 11, 1))
    with pytest.raises(ReviewRefused, match="closed"):
        actions.change_round(**keep, agencies=[police.agency])


def test_standards_are_added_and_changed_with_their_history(round_, standard, police, manager):
    made = actions.save_standard(
        by=manager, standard=Standard(), number=1, name="Leadership", about="Somebody answers."
    )
    actions.save_standard(
        by=manager, standard=made, number=1, name="Leadership", about="A senior person answers."
    )
    changes = [one.changes for one in queries.history(manager, made)]
    assert changes[0] == {"About": ["Somebody answers.", "A senior person answers."]}
    assert len(changes) == 2
    with pytest.raises(ReviewRefused, match="of this number"):
        actions.save_standard(by=manager, standard=Standard(), number=5, name="T", about="A")
    with pytest.raises(PermissionDenied):
        actions.save_standard(by=police, standard=made, number=1, name="L", about="A")
