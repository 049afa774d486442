"""Who may do what: the whole table, written out by hand."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from lscb import access
from lscb.access import Action
from lscb.models import Agency, Person, Role
from tests import factories, personas
from tests.personas import PERSONAS, Persona

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Of each action the personas who may; whoever is not named may not.
TABLE: dict[Action, set[str]] = {
    Action.SEE_FIGURES: {
        "manager",
        "council's analyst",
        "police's analyst",
        "subgroup member",
        "chair",
        "executive",
        "scrutineer",
    },
    Action.SEND_RETURNS: {"manager", "council's analyst", "police's analyst"},
    Action.SEND_FOR_ANY_AGENCY: {"manager"},
    Action.SEE_SUBMISSIONS: {"manager", "council's analyst", "police's analyst", "scrutineer"},
    Action.SEE_ALL_SUBMISSIONS: {"manager", "scrutineer"},
    Action.WITHDRAW_SUBMISSIONS: {"manager", "council's analyst", "police's analyst"},
    Action.SIGN_OFF_RETURNS: {"council's analyst", "police's analyst"},
    Action.APPROVE_MAPPINGS: {"manager"},
    Action.MANAGE_CALENDAR: {"manager"},
    Action.OPEN_EDITIONS: {"manager"},
    Action.APPROVE_EDITIONS: {"chair"},
    Action.PUBLISH_EDITIONS: {"executive"},
    Action.SET_EDITIONS_ASIDE: {"manager", "chair"},
    Action.WRITE_FOR_SUBGROUP: {"manager", "subgroup member", "chair"},
    Action.WRITE_FOR_AGENCY: {"manager", "council's analyst", "police's analyst"},
    Action.AGREE_COMMENTARY: {"manager", "chair"},
    Action.RAISE_CHALLENGES: {"manager", "subgroup member", "chair", "executive", "scrutineer"},
    Action.ANSWER_CHALLENGES: {"manager", "council's analyst", "police's analyst"},
    Action.CLOSE_CHALLENGES: {"manager", "chair", "scrutineer"},
    Action.TAKE_WORDS_OUT: {"manager"},
    Action.PIN_VIEWS: {"manager", "subgroup member", "chair"},
    Action.KEEP_MEETINGS: {"manager"},
    Action.KEEP_EVENTS: {"manager"},
    Action.KEEP_AGENCIES: {"manager"},
    Action.KEEP_REVIEWS: {"manager"},
    Action.ANSWER_REVIEW_ACTIONS: {"manager", "council's analyst", "police's analyst"},
    Action.ASSESS_SECTION_11: {"council's analyst", "police's analyst"},
    Action.CHALLENGE_SECTION_11: {
        "manager",
        "council's analyst",
        "police's analyst",
        "chair",
        "executive",
        "scrutineer",
    },
    Action.CHANGE_PLAN: {"manager", "chair"},
    Action.REPORT_ON_PLAN: {"manager", "chair", "council's analyst", "police's analyst"},
    Action.EDIT_TRAINING: {"manager", "council's analyst", "police's analyst"},
    Action.REBASE: {"manager", "subgroup member", "chair"},
    Action.SET_INDICATORS: {"manager"},
    Action.PROPOSE_INDICATORS: {
        "manager",
        "subgroup member",
        "chair",
        "council's analyst",
        "police's analyst",
    },
    Action.ANSWER_PROPOSALS: {"manager", "chair"},
    Action.SEE_AUDIT: {"manager", "scrutineer"},
    Action.MANAGE_PEOPLE: {"manager"},
}


class Submission:
    """Something of an agency, as lscb.access sees it."""

    def __init__(self, agency: Agency) -> None:
        self.agency_id = agency.pk
        self.pk = 1
        self.sender_id: int | None = None
        self.submitted_by_id: int | None = None


def person_of(persona: Persona) -> Person | AnonymousUser:
    person = personas.make(persona)
    if person is None:
        return AnonymousUser()
    if persona.disabled:
        person.is_active = False
        person.save()
    return person


def test_the_table_names_every_action_and_every_role_is_tried():
    assert set(TABLE) == set(Action) == set(access.ROLES)
    assert {persona.role for persona in PERSONAS} == {None, *Role}


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_the_table_says_and_nothing_else(persona, action):
    person = person_of(persona)
    allowed = persona.name in TABLE[action]
    assert access.can(person, action) is allowed
    if allowed:
        access.check(person, action)
        return
    hidden = action in (Action.SEE_SUBMISSIONS, Action.SEE_ALL_SUBMISSIONS)
    with pytest.raises(Http404 if hidden else PermissionDenied):
        access.check(person, action)


@pytest.mark.parametrize(
    ("can", "check", "action"),
    [
        (access.can_see_figures, access.check_see_figures, Action.SEE_FIGURES),
        (access.can_see_punctuality, access.check_see_punctuality, Action.SEE_FIGURES),
        (access.can_see_submissions, access.check_see_submissions, Action.SEE_SUBMISSIONS),
        (access.can_see_audit, access.check_see_audit, Action.SEE_AUDIT),
        (access.can_manage_people, access.check_manage_people, Action.MANAGE_PEOPLE),
    ],
)
def test_the_named_pairs_answer_and_refuse_alike(can, check, action):
    for persona in PERSONAS:
        person = person_of(persona)
        assert can(person) is (persona.name in TABLE[action])
        try:
            check(person)
            refused = False
        except (PermissionDenied, Http404):
            refused = True
        assert refused is not can(person)


@pytest.mark.parametrize(
    ("persona", "owners", "expected"),
    [
        (personas.COUNCIL, ["council"], {"council"}),
        (personas.COUNCIL, ["council", "police"], {"council"}),
        (personas.COUNCIL, ["police"], set()),
        (personas.POLICE, ["council", "police"], {"police"}),
        (personas.MANAGER, ["police"], {"police"}),
        (personas.MANAGER, ["council", "police"], {"council", "police"}),
        (personas.SUBGROUP, ["council", "police"], set()),
        (personas.SCRUTINEER, ["council", "police"], set()),
        (personas.DISABLED, ["council", "police"], set()),
        (personas.ANONYMOUS, ["council", "police"], set()),
    ],
)
def test_a_return_is_sent_only_for_an_agency_that_owes_it_and_by_its_own_analyst_or_the_manager(
    persona, owners, expected
):
    agencies = {slug: factories.agency(slug) for slug in ("council", "police")}
    person = person_of(persona)
    assert {one.slug for one in access.agencies_to_send_for(person, owners)} == expected
    assert access.can_send(person, owners) is bool(expected)
    for slug, agency in agencies.items():
        assert access.can_send(person, owners, agency) is (slug in expected)
        if slug in expected:
            access.check_send(person, owners, agency)
        else:
            with pytest.raises(PermissionDenied):
                access.check_send(person, owners, agency)


@pytest.mark.parametrize(
    ("persona", "sees", "withdraws"),
    [
        (personas.MANAGER, True, True),
        (personas.COUNCIL, True, True),
        (personas.SCRUTINEER, True, False),
        (personas.POLICE, False, False),
        (personas.SUBGROUP, False, False),
        (personas.CHAIR, False, False),
        (personas.EXECUTIVE, False, False),
        (personas.DISABLED, False, False),
        (personas.ANONYMOUS, False, False),
    ],
)
def test_a_submission_of_the_council_is_seen_and_withdrawn_by_its_own_and_the_manager(
    persona, sees, withdraws
):
    submission, person = Submission(factories.agency("council")), person_of(persona)
    assert access.can_see_submission(person, submission) is sees
    assert access.can_withdraw(person, submission) is withdraws
    if sees:
        access.check_see_submission(person, submission)
    else:
        with pytest.raises(Http404):
            access.check_see_submission(person, submission)
    if withdraws:
        access.check_withdraw(person, submission)
    else:
        # what may not be seen is not found; what may be seen and not withdrawn is forbidden
        with pytest.raises(PermissionDenied if sees else Http404):
            access.check_withdraw(person, submission)


OWN_AND_MANAGER = {"manager", "council's analyst"}


@pytest.mark.parametrize(
    ("can", "check", "by_agency"),
    [
        (access.can_accept, access.check_accept, False),
        (access.can_answer_challenge, access.check_answer_challenge, False),
        (access.can_propose_mapping, access.check_propose_mapping, True),
        (access.can_write_commentary, access.check_write_commentary, True),
    ],
)
def test_what_belongs_to_the_council_is_done_by_its_own_and_the_manager(can, check, by_agency):
    council = factories.agency("council")
    thing = council if by_agency else Submission(council)
    for persona in PERSONAS:
        person = person_of(persona)
        assert can(person, thing) is (persona.name in OWN_AND_MANAGER), persona.name
        if persona.name in OWN_AND_MANAGER:
            check(person, thing)
        else:
            with pytest.raises((PermissionDenied, Http404)):
                check(person, thing)


def test_a_file_is_signed_off_by_a_colleague_of_whoever_sent_it():
    council = factories.agency("council")
    sender, colleague = factories.person(Role.ANALYST), factories.person(Role.ANALYST)
    manager = factories.person(Role.MANAGER, "council")
    submission = Submission(council)
    submission.sender_id, submission.submitted_by_id = sender.pk, None
    assert access.can_sign_off(colleague, submission)
    assert not access.can_sign_off(sender, submission)
    assert not access.can_sign_off(manager, submission)
    assert not access.can_sign_off(factories.person(Role.ANALYST, "police"), submission)
    submission.submitted_by_id = colleague.pk
    assert not access.can_sign_off(colleague, submission)
    with pytest.raises(PermissionDenied):
        access.check_sign_off(colleague, submission)


def test_nobody_agrees_their_own_words():
    chair, manager = factories.person(Role.CHAIR), factories.person(Role.MANAGER)
    assert access.can_agree_commentary(chair, manager.pk)
    assert not access.can_agree_commentary(chair, chair.pk)
    with pytest.raises(PermissionDenied):
        access.check_agree_commentary(chair, chair.pk)
    subgroup = factories.person(Role.SUBGROUP)
    assert access.can_write_commentary(subgroup, None)
    assert not access.can_agree_commentary(subgroup, manager.pk)


def test_an_analysts_calendar_is_their_agencys_and_the_others_see_every_agencys():
    analyst = factories.person(Role.ANALYST, "police")
    assert access.calendar_agency(analyst) == analyst.agency_id
    assert access.calendar_agency(factories.person(Role.MANAGER, "council")) is None


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        (personas.MANAGER, {"council", "police"}),
        (personas.SCRUTINEER, {"council", "police"}),
        (personas.COUNCIL, {"council"}),
        (personas.POLICE, {"police"}),
        (personas.CHAIR, set()),
        (personas.DISABLED, set()),
        (personas.ANONYMOUS, set()),
    ],
)
def test_a_list_holds_only_what_the_person_may_see(persona, expected):
    # People belong to an agency as submissions do, so a list of them stands in for any such list.
    for slug in ("council", "police"):
        factories.person(Role.ANALYST, slug, name=f"of {slug}")
    rows = Person.objects.filter(name__startswith="of ")
    seen = access.submissions_visible_to(person_of(persona), rows)
    assert {row.agency.slug for row in seen} == expected


def test_an_analyst_without_an_agency_would_see_nothing():
    analyst = Person(role=Role.ANALYST, is_active=True)
    thing = Submission(Agency())
    assert not access.can_see_submission(analyst, thing)
    assert not access.submissions_visible_to(analyst, Person.objects.all()).exists()


def test_a_refusal_is_logged_with_who_and_what(caplog):
    person = factories.person(Role.CHAIR)
    with caplog.at_level(logging.WARNING, "lscb.access"), pytest.raises(PermissionDenied):
        access.check_manage_people(person)
    assert f"person {person.pk} (chair) may not manage people" in caplog.text
    assert person.email not in caplog.text
