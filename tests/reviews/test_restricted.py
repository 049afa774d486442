"""A restricted review exists for the people named on it. Whoever else looks, asks or tries finds nothing of it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb.models import AuditEvent, Role
from lscb.people import disable
from lscb.periods import parse
from performance import contributed
from performance.actions import challenge_figures
from performance.actions.challenges import raise_challenge
from performance.actions.observations import new_version
from performance.models import Challenge
from performance.queries import observations
from performance.queries.search import search
from reviews import actions, figures, lists
from reviews.actions import ReviewRefused
from reviews.models import Entry, Finding, Recommendation, Review, StateChange
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "Child Hidden"
DAY = date(2026, 3, 23)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def hidden(area, manager):
    """A restricted audit that the manager alone may see."""
    return actions.add_review(
        by=manager,
        kind="multi-agency-audit",
        title=SECRET,
        area=area,
        on=DAY,
        restricted=True,
        people=[manager],
    )


@pytest.fixture
def other():
    """Another manager, who may keep the register and is not named on the review."""
    return factories.person(Role.MANAGER)


def test_who_is_named_on_it_and_does_not_sign_in_now_stays_named_when_it_is_changed(
    hidden, manager, other
):
    actions.change_review(by=manager, review=hidden, people=[manager, other])
    disable(other, by=None)
    client, where = client_of(manager), reverse("review-change", args=[hidden.pk])
    page = client.get(where)
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    sent = data | {"summary": "Nine files were read.", "seen": page.context["seen"]}
    answer = client.post(where, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    hidden.refresh_from_db()
    assert hidden.summary == "Nine files were read."
    assert set(hidden.people.all()) == {manager, other}


@pytest.mark.once
def test_its_name_is_not_told_by_refusing_it(hidden, area, other, manager):
    made = actions.add_review(by=other, kind="scr", title=SECRET, area=area, on=DAY)
    assert made.pk != hidden.pk
    with pytest.raises(ReviewRefused, match="of this name already"):
        actions.add_review(by=manager, kind="scr", title=SECRET, area=area, on=DAY)


@pytest.mark.once
def test_what_came_from_it_does_not_name_it(hidden, area, manager, other):
    actions.add_review(
        by=manager, kind="learning-review", title="Child Open", area=area, on=DAY, came_from=hidden
    )
    for person, told in ((other, False), (manager, True)):
        found = Review.objects.get(title="Child Open").get_absolute_url()
        for address in (reverse("reviews-csv"), found):
            said = client_of(person).get(address).content.decode()
            assert (SECRET in said) == told, address


@pytest.fixture
def looked_again(hidden, rapid, manager):
    """A recommendation of an open review that the restricted audit looked at again."""
    asked = actions.save_part(
        by=manager, review=rapid, part=Recommendation(), text="Ask about thresholds."
    )
    actions.record_evidence(
        by=manager,
        recommendation=asked,
        evidence="",
        evidence_on=None,
        re_audit_due=DAY,
        re_audit=hidden,
    )
    return asked


@pytest.mark.once
def test_an_audit_that_looked_again_is_not_named_on_the_page_or_in_the_history(
    looked_again, rapid, manager, other
):
    assert SECRET in client_of(manager).get(rapid.get_absolute_url()).content.decode()
    page = client_of(other).get(rapid.get_absolute_url()).content.decode()
    assert SECRET not in page
    assert SECRET not in str(list(Entry.objects.filter(review=rapid).values("changes")))


def test_history_names_it_no_more_once_it_is_restricted(hidden, rapid, area, manager, other):
    actions.change_review(by=manager, review=hidden, restricted=False)
    hidden.refresh_from_db()
    asked = actions.save_part(by=manager, review=rapid, part=Recommendation(), text="Ask.")
    evidence = {"evidence": "", "evidence_on": None, "re_audit_due": DAY, "re_audit": hidden}
    actions.record_evidence(by=manager, recommendation=asked, **evidence)
    opened = actions.add_review(
        by=manager, kind="learning-review", title="Child Open", area=area, on=DAY, came_from=hidden
    )
    pages = [rapid.get_absolute_url(), opened.get_absolute_url()]
    assert all(SECRET in client_of(other).get(one).content.decode() for one in pages)
    actions.change_review(by=manager, review=hidden, restricted=True, people=[manager])
    for one in pages:
        assert SECRET in client_of(manager).get(one).content.decode()
        page = client_of(other).get(one).content.decode()
        assert SECRET not in page
        assert "a restricted review" in page


def test_saving_over_it_does_not_lose_it(looked_again, hidden, other):
    address = reverse("recommendation-evidence", args=[looked_again.pk])
    assert SECRET not in client_of(other).get(address).content.decode()
    sent = {"evidence": "", "evidence_on": "", "re_audit_due": "2026-09-01", "re_audit": ""}
    assert client_of(other).post(address, sent).status_code == 302
    looked_again.refresh_from_db()
    assert looked_again.re_audit == hidden
    assert looked_again.re_audit_due == date(2026, 9, 1)


@pytest.mark.once
def test_another_persons_number_is_no_way_in(looked_again, hidden, manager, other):
    own = actions.save_part(by=manager, review=hidden, part=Recommendation(), text="Meet.")
    council = factories.agency("council")
    asked = actions.add_action(
        by=manager, recommendation=own, agency=council, text="Meet.", due=DAY
    )
    addresses = [
        reverse("review", args=[hidden.pk]),
        reverse("review-summary-word", args=[hidden.pk]),
        reverse("review-summary-pdf", args=[hidden.pk]),
        reverse("review-part", args=[hidden.pk, "recommendation", own.pk]),
        reverse("recommendation-evidence", args=[own.pk]),
        reverse("recommendation-action-new", args=[own.pk]),
        reverse("review-action", args=[asked.pk]),
        reverse("review-action-change", args=[asked.pk]),
    ]
    visitors = [other, factories.person(Role.EXECUTIVE), factories.person(Role.ANALYST, "council")]
    for person in visitors:
        for address in addresses:
            assert client_of(person).get(address).status_code == 404, address
            assert client_of(person).post(address, {"text": "Mine."}).status_code in (404, 405), (
                address
            )
    own.refresh_from_db()
    assert own.text == "Meet."


def test_neither_the_search_nor_a_challenge_finds_it(hidden, manager, other):
    own = actions.save_part(by=manager, review=hidden, part=Recommendation(), text="Meet hidden.")
    found = {"kind": "to-improve", "text": "Found hidden.", "themes": []}
    actions.save_part(by=manager, review=hidden, part=Finding(), **found)
    council = factories.agency("council")
    actions.add_action(by=manager, recommendation=own, agency=council, text="Hidden.", due=DAY)
    subject = f"review:{hidden.pk}"
    for person, told in ((other, False), (manager, True)):
        hits = search(person, "hidden")
        kinds = {"Reviews", "Findings", "Recommendations", "Actions on reviews"}
        assert {hit.kind for hit in hits} == (kinds if told else set())
        assert (subject in contributed.things(person)) == told
    assert subject not in contributed.things(None)


@pytest.mark.once
def test_a_meeting_pack_leaves_it_out_even_for_those_who_may_see_it(hidden, manager):
    own = actions.save_part(by=manager, review=hidden, part=Recommendation(), text="Meet.")
    council = factories.agency("council")
    actions.add_action(by=manager, recommendation=own, agency=council, text="Meet.", due=DAY)
    Review.objects.filter(pk=hidden.pk).update(due=DAY, kind="rapid-review", state="known")
    StateChange.objects.filter(review=hidden).update(state="known")
    later = date(2026, 9, 1)
    for restricted, told in ((True, 0), (False, 1)):
        Review.objects.filter(pk=hidden.pk).update(restricted=restricted)
        assert len(contributed.overdue_actions(manager, hidden.area, later)) == told
        assert len(contributed.time_limits(hidden.area, later)) == told


@pytest.mark.once
def test_a_challenge_about_it_stands_on_no_scorecard_and_in_no_pack(hidden, manager, other):
    raise_challenge(
        by=manager,
        question="Was the hidden one late?",
        agency=factories.agency("council"),
        area=hidden.area,
        due=timezone.localdate(),
        subject=f"review:{hidden.pk}",
    )
    pages = ("/scorecard/2025-26-Q1/", "/meetings/2025-26-Q1/")
    for restricted, told in ((True, False), (False, True)):
        Review.objects.filter(pk=hidden.pk).update(restricted=restricted)
        new_version()
        for person in (other, manager):  # who may see it reads the same scorecard as everybody
            for page in pages:
                text = client_of(person).get(f"{page}?area={hidden.area.code}").content.decode()
                assert ("Was the hidden one late?" in text) == told, page


def test_a_challenge_about_it_is_not_counted_until_the_restriction_ends(hidden, manager, sender):
    council, today = factories.agency("council"), timezone.localdate()
    for subject in ({"indicator": "DA01"}, {"subject": f"review:{hidden.pk}"}):
        made = raise_challenge(
            by=manager, question="Why?", agency=council, area=hidden.area, due=today, **subject
        )
        Challenge.objects.filter(pk=made.pk).update(due=date(2025, 4, 30))
    counted = []
    for restricted in (True, False, True):
        Review.objects.filter(pk=hidden.pk).update(restricted=restricted)
        challenge_figures.record(today=date(2025, 5, 1))
        (value,) = observations.series("GV06", hidden.area.code, "month")
        counted.append((value.numerator, value.denominator))
    assert counted == [(0, 1), (0, 2), (0, 1)]
    Challenge.objects.filter(indicator="DA01").update(due=date(2025, 5, 31))
    challenge_figures.record(today=date(2025, 6, 1))
    april, may = observations.series("GV06", hidden.area.code, "month")
    assert (april.numerator, april.denominator) == (0, 0)
    assert (may.numerator, may.denominator) == (0, 1)


def test_when_all_who_were_named_have_left_a_manager_takes_it_over_with_a_reason(
    hidden, manager, other
):
    client, address = client_of(other), reverse("review-take-over")
    assert address not in client.get(reverse("reviews")).content.decode()
    client.post(address, {"reason": "Curious."})
    assert client.get(hidden.get_absolute_url()).status_code == 404  # somebody can still open it
    disable(manager, by=None)
    for page in (reverse("reviews"), address):
        said = client.get(page).content.decode()
        assert "1 restricted review " in said
        assert SECRET not in said
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.post(address, {"reason": "The manager has left."}).status_code == 302
    page = client.get(hidden.get_absolute_url()).content.decode()
    assert "The manager has left." in page
    assert AuditEvent.objects.filter(action="Taken over", person=other).count() == 1
    assert address not in client.get(reverse("reviews")).content.decode()


@pytest.mark.parametrize(
    "asked", [{"q": "hidden"}, {"kind": "multi-agency-audit"}, {"year": "2025-26"}, {"sort": "due"}]
)
def test_no_search_filter_or_order_finds_it(hidden, other, asked):
    assert not lists.register(other).chosen(asked).filter(title=SECRET).exists()
    for name in ("reviews", "reviews-csv"):
        assert SECRET not in client_of(other).get(reverse(name), asked).content.decode()


def test_its_counts_stay_out_of_the_figures_until_the_restriction_ends(hidden, area, manager):
    actions.take_step(by=manager, review=hidden, code="start", on=DAY)
    actions.take_step(by=manager, review=hidden, code="complete", on=DAY)
    march = parse("2026-03")
    told = {item: count for item, _, _, count, _ in figures.lines(area, march)}
    assert told["multi-agency-audits"] == 0
    actions.change_review(by=manager, review=hidden, restricted=False)
    told = {item: count for item, _, _, count, _ in figures.lines(area, march)}
    assert told["multi-agency-audits"] == 1
