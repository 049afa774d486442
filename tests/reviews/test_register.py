"""Entering reviews, taking them from state to state, and who knows of them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lscb.models import AuditEvent, Role
from reviews import actions, lists, queries
from reviews.actions import ReviewRefused
from reviews.models import Entry, Finding, Review, StateChange, Theme
from tests import factories
from tests.reviews.conftest import LAST_DAY, NOTIFIED

pytestmark = pytest.mark.django_db


def take(manager, review, code, on, text="Because.", **more):
    made = actions.take_step(by=manager, review=review, code=code, on=on, text=text, **more)
    review.refresh_from_db()
    return made


def test_a_rapid_review_goes_through_its_fifteen_days_to_a_practice_review(rapid, manager):
    assert (rapid.state, rapid.due, rapid.year_code) == ("notified", LAST_DAY, "2025-26")
    take(manager, rapid, "send", date(2026, 4, 14))
    assert (rapid.state, rapid.due) == ("sent", None)
    take(manager, rapid, "panel", date(2026, 5, 5))
    opened = take(manager, rapid, "decide-cspr", date(2026, 5, 8), title="Family B")
    assert rapid.state == "led-to-cspr"
    assert (opened.kind, opened.came_from, opened.state) == ("cspr", rapid, "commissioned")
    assert (opened.due, opened.year_code) == (date(2026, 11, 8), "2026-27")
    days = dict(StateChange.objects.filter(review=rapid).values_list("state", "on"))
    assert days["notified"] == NOTIFIED
    assert days["panel-view"] == date(2026, 5, 5)


def test_a_wrong_day_is_corrected_and_the_limit_follows(rapid, manager):
    first = rapid.changes.get()
    actions.correct_step(by=manager, change=first, on=date(2026, 3, 24))
    rapid.refresh_from_db()
    assert rapid.due == date(2026, 4, 16)
    newest = queries.history(manager, rapid)[0]
    assert newest.changes == {"On which day: Notified": ["23 March 2026", "24 March 2026"]}
    actions.take_step(by=manager, review=rapid, code="send", on=date(2026, 4, 1), text="None.")
    with pytest.raises(ReviewRefused, match="does not lie in order"):
        actions.correct_step(by=manager, change=first, on=date(2026, 4, 2))
    with pytest.raises(ReviewRefused, match="not come yet"):
        actions.correct_step(by=manager, change=first, on=date(2999, 1, 1))


def test_limits_that_press_are_counted_in_the_navigation(rapid, area, manager):
    assert queries.pressing(manager) == 1  # its day passed long ago
    actions.add_review(
        by=manager,
        kind="rapid-review",
        title="Child B",
        area=area,
        on=timezone.localdate(),
        state="notified",
    )
    assert queries.pressing(manager) == 1  # fifteen days are left
    actions.take_step(by=manager, review=rapid, code="send", on=LAST_DAY, text="None.")
    assert queries.pressing(manager) == 0
    assert queries.pressing(factories.person(Role.EXECUTIVE)) == 0


def test_a_step_that_is_not_open_is_refused_and_changes_nothing(rapid, manager):
    with pytest.raises(ReviewRefused, match="no such step"):
        take(manager, rapid, "decide-none", date(2026, 5, 8))
    rapid.refresh_from_db()
    assert rapid.state == "notified"
    assert rapid.changes.count() == 1


@pytest.mark.parametrize(
    ("on", "text", "said"),
    [
        (date(2026, 3, 20), "Why", "cannot be earlier"),
        (date(2999, 1, 1), "Why", "not come yet"),
        (date(2026, 4, 1), "  ", "Write an answer"),
        (date(2026, 4, 1), "Seen with Sarah Thompson", "looks like a name"),
    ],
)
def test_a_step_needs_its_day_and_its_words(rapid, manager, on, text, said):
    with pytest.raises(ReviewRefused, match=said):
        take(manager, rapid, "send", on, text)
    rapid.refresh_from_db()
    assert rapid.state == "notified"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_the_manager_keeps_the_register(rapid, role):
    person = factories.person(role)
    with pytest.raises(PermissionDenied):
        actions.take_step(by=person, review=rapid, code="send", on=LAST_DAY, text="Why")
    with pytest.raises(PermissionDenied):
        actions.change_review(by=person, review=rapid, title="Another")
    assert not StateChange.objects.filter(state="sent").exists()


def test_a_title_stands_once_and_no_text_names_a_child(rapid, area, manager):
    with pytest.raises(ReviewRefused, match="of this name"):
        actions.add_review(by=manager, kind="scr", title="child a", area=area, on=NOTIFIED)
    with pytest.raises(ReviewRefused, match="looks like a name"):
        actions.add_review(by=manager, kind="scr", title="Sarah Thompson", area=area, on=NOTIFIED)
    with pytest.raises(ReviewRefused, match="looks like a postcode"):
        actions.change_review(by=manager, review=rapid, summary="Lives in LU1 2AB.")
    assert Review.objects.count() == 1


def test_a_restricted_review_is_there_for_the_people_named_on_it_alone(area, manager):
    named, other = factories.person(Role.CHAIR), factories.person(Role.MANAGER)
    review = actions.add_review(
        by=manager,
        kind="cspr",
        title="Child R",
        area=area,
        on=NOTIFIED,
        restricted=True,
        people=[named],
    )
    for person in (manager, named):
        assert queries.review(person, review.pk) == review
    for person in (other, factories.person(Role.EXECUTIVE), factories.person(Role.SCRUTINEER)):
        assert queries.review(person, review.pk) is None
        assert queries.counts(queries.reviews(person)).underway == 0
        assert queries.waiting(queries.seen(person), timezone.localdate()) == []
    with pytest.raises(ReviewRefused, match="at least one person"):
        actions.change_review(by=manager, review=review, restricted=True, people=[])


def test_what_follows_a_restricted_review_is_restricted_too(area, manager):
    review = actions.add_review(
        by=manager, kind="rapid-review", title="Child R", area=area, on=NOTIFIED, restricted=True
    )
    for step in ("notify", "send", "panel"):
        take(manager, review, step, NOTIFIED)
    opened = take(manager, review, "decide-cspr", NOTIFIED)
    assert opened.restricted
    assert list(opened.people.all()) == [manager]


def test_every_change_has_its_history_and_the_audit_trail_holds_no_words_of_it(rapid, manager):
    actions.change_review(by=manager, review=rapid, summary="First words.")
    actions.change_review(by=manager, review=rapid, summary="Other words.")
    actions.change_review(by=manager, review=rapid, summary="Other words.")
    changes = [one.changes for one in queries.history(manager, rapid)]
    assert changes[0] == {"Summary": ["First words.", "Other words."]}
    assert len(changes) == 3  # entered and changed twice; saving the same again is no change
    details = [str(one.details) for one in AuditEvent.objects.filter(object_type="reviews.review")]
    assert len(details) == 3
    assert not any("words" in one for one in details)


def test_the_register_is_found_by_kind_state_year_theme_and_words(rapid, audit, manager):
    def titles(**choice):
        return [one.title for one in lists.register(manager).chosen(choice)]

    assert titles(kind="rapid-review") == ["Child A"]
    assert titles(state="planned") == ["Audit of thresholds"]
    assert titles(year="2025-26") == titles()
    assert titles(year="2020-21") == titles()  # no list offers it: it is passed over
    assert titles(q="THRESHOLDS") == ["Audit of thresholds"]
    assert titles(sort="due") == ["Child A", "Audit of thresholds"]
    assert titles(sort="nonsense") == titles()
    theme = actions.save_theme(by=manager, theme=Theme(), name="Thresholds")
    assert titles(theme=str(theme.pk)) == []
    actions.save_part(
        by=manager, review=audit, part=Finding(), kind="to-improve", text="Late.", themes=[theme]
    )
    assert titles(theme=str(theme.pk)) == ["Audit of thresholds"]


def test_what_was_written_down_with_a_step_is_corrected_too(rapid, manager):
    day = date(2026, 4, 15)
    actions.take_step(by=manager, review=rapid, code="send", on=day, text="Proposed by sarah t.")
    change = rapid.changes.get(state="sent")
    client, address = Client(), reverse("review-day", args=[rapid.pk, change.pk])
    client.force_login(manager)
    sent = {"on": day.isoformat(), "text": "Proposed."}
    assert client.post(address, sent | {"text": "By Sarah Thompson."}).status_code == 422
    assert client.post(address, sent | {"text": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    change.refresh_from_db()
    assert (change.on, change.note) == (day, "Proposed.")
    told = {"Written down: Sent to the National Panel": ["Proposed by sarah t.", "Proposed."]}
    assert queries.history(manager, rapid)[0].changes == told


def test_what_should_never_have_been_written_is_taken_out_of_the_history(rapid, manager):
    actions.change_review(by=manager, review=rapid, summary="Seen with sarah t.")
    actions.change_review(by=manager, review=rapid, summary="Seen.")
    client = Client()
    client.force_login(manager)
    for line in rapid.entries.filter(changes__has_key="Summary"):
        address = reverse("review-history-out", args=[line.pk])
        assert address in client.get(rapid.get_absolute_url()).content.decode()
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "It named a child."}).status_code == 302
    page = client.get(rapid.get_absolute_url()).content.decode()
    assert "sarah t" not in page
    assert "It named a child." in page
    assert "sarah t" not in str(list(Entry.objects.values_list("changes", flat=True)))
    client.force_login(factories.person(Role.ANALYST, "police"))
    assert client.post(address, {"reason": "Mine."}).status_code == 403


def test_a_line_about_a_restricted_review_is_nowhere_for_others(rapid, manager):
    actions.change_review(by=manager, review=rapid, restricted=True, people=[manager])
    client = Client()
    client.force_login(factories.person(Role.MANAGER))
    address = reverse("review-history-out", args=[rapid.entries.first().pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "Curious."}).status_code == 404
