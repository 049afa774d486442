"""What should never have been written is taken out of histories for good, and the audit trail never held it."""

import pytest
from django.core.exceptions import PermissionDenied

from lscb import history
from lscb.history import HistoryRefused, changes_of
from lscb.models import AuditEvent, Role
from priorities import actions as plan
from tests import factories, personas
from tests.priorities import building
from training import actions as training
from training.models import Course

pytestmark = pytest.mark.django_db
NAME = "Quentin Featherstonehaugh"


@pytest.fixture
def manager():
    return factories.person(Role.MANAGER)


def written_and_corrected(manager, app: str):
    """A record whose first wording held a name, and where it stands."""
    if app == "training":
        record = training.save(by=manager, record=Course(title="Neglect", about=NAME))
        record.about = "What the review asks for."
        return training.save(by=manager, record=record)
    record = building.action(about=NAME)
    record.about = "What the review asks for."
    return plan.save(by=manager, record=record)


@pytest.mark.parametrize("app", ["training", "priorities"])
def test_words_are_taken_out_of_a_history_by_its_page_and_who_changed_what_stays(manager, app):
    record = written_and_corrected(manager, app)
    client = personas.client_of(personas.MANAGER)
    assert NAME in client.get(record.get_absolute_url()).content.decode()
    for line in history.events(record):
        address = f"/history/{line.pk}/take-out/"
        assert address in client.get(record.get_absolute_url()).content.decode()
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "It named a child."}).status_code == 302
    page = client.get(record.get_absolute_url()).content.decode()
    assert NAME not in page
    assert "It named a child." in page
    assert history.TAKEN_OUT in page
    assert NAME not in "".join(str(one.details) for one in AuditEvent.objects.all())
    assert {"about"} <= changes_of(history.events(record).order_by("id")[0]).keys()


def test_only_those_who_keep_the_records_take_words_out_and_a_reason_names_nobody(manager):
    record = written_and_corrected(manager, "training")
    line = history.events(record)[0]
    with pytest.raises(PermissionDenied):
        history.take_out(by=factories.person(Role.CHAIR), event=line, reason="Wrong.")
    with pytest.raises(HistoryRefused, match="looks like"):
        history.take_out(by=manager, event=line, reason="NHS number 943 476 5919")
    line.words.delete()  # a line of an earlier version
    line.refresh_from_db()
    with pytest.raises(HistoryRefused, match="no words"):
        history.take_out(by=manager, event=line, reason="Wrong.")
    client = personas.client_of(personas.MANAGER)
    assert client.get("/history/999999/take-out/").status_code == 404
