"""An Annex A file in the database: its counts stay, its bytes and identifiers do not."""

import pytest

from lscb.models import AuditEvent
from performance.models import MashContact, State

HEADER = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n"
GOOD = HEADER + "SECRET-1,F,WBRI,01/01/2014,11,02/04/2024,q) 6: Police\n"
BAD = HEADER + "SECRET-1,F,WBRI,01/01/2014,11,02/04/2024,weather\n"


@pytest.mark.parametrize(("text", "state"), [(GOOD, State.ACCEPTED), (BAD, State.REFUSED)])
def test_the_bytes_are_deleted_once_they_were_read(
    send, media, django_capture_on_commit_callbacks, text, state
):
    with django_capture_on_commit_callbacks(execute=True):
        submission = send(text, return_id="mash-contacts", agency="council", period="2024-04")
    assert submission.state == state
    assert submission.stored_as == ""
    assert list(media.iterdir()) == []
    kept = [*submission.notes, *(str(vars(one)) for one in submission.problems.all())]
    kept += [str(one.details) for one in AuditEvent.objects.all()]
    assert "SECRET" not in " ".join(kept)
    assert MashContact.objects.exists() is (state == State.ACCEPTED)
