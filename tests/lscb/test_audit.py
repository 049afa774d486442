"""The audit trail grows and never changes."""

import pytest
from django.db import DatabaseError, connection, transaction

from lscb import audit
from lscb.models import AuditEvent
from tests import factories


@pytest.fixture
def event(db) -> AuditEvent:
    person = factories.person()
    return audit.record(by=person, action="tried", subject=person, why="a test")


def test_an_event_says_who_did_what_to_what(event):
    assert event.actor == event.person.email
    assert (event.action, event.object_type) == ("tried", "lscb.person")
    assert event.object_id == str(event.person.pk)
    assert event.details == {"why": "a test"}


def test_what_the_program_does_by_itself_is_said_to_be_its_own(db):
    event = audit.record(by=None, action="tried", subject=factories.area())
    assert (event.person, event.actor) == (None, audit.PROGRAM)


def refused(work) -> bool:
    try:
        with transaction.atomic():
            work()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_the_database_refuses_to_change_or_delete_an_event(event):
    assert refused(lambda: AuditEvent.objects.update(action="something else"))
    assert refused(lambda: AuditEvent.objects.filter(pk=event.pk).delete())
    assert refused(event.delete)
    event.action = "something else"
    assert refused(event.save)
    assert AuditEvent.objects.get(pk=event.pk).action == "tried"


def test_the_database_refuses_it_in_plain_sql_too(event):
    statements = ["UPDATE lscb_auditevent SET actor = 'nobody'", "DELETE FROM lscb_auditevent"]
    if connection.vendor == "postgresql":
        # otherwise PostgreSQL refuses because of checks that wait for the end of the transaction
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        statements.append("TRUNCATE lscb_auditevent CASCADE")  # with the words of its events
    for statement in statements:
        assert refused(lambda sql=statement: connection.cursor().execute(sql)), statement
    assert AuditEvent.objects.count() == 1


def record_and_fail() -> None:
    with transaction.atomic():
        audit.record(by=None, action="tried", subject=factories.area())
        raise ZeroDivisionError


def test_an_event_goes_with_the_transaction_it_is_about(db):
    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_runner_empties_the_trail_between_tests_that_commit_and_it_is_kept_again(turn):
    audit.record(by=None, action=turn, subject=factories.area())
    assert [event.action for event in AuditEvent.objects.all()] == [turn]
    assert refused(lambda: AuditEvent.objects.all().delete())
