"""A refused file leaves every table as it was: of it there is a submission, its problems and the audit trail only."""

import hashlib
import json

import pytest
from django.apps import apps
from django.core import serializers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lscb.models import Agency, Area
from lscb.periods import parse
from performance import actions
from performance.intake.spec import returns
from performance.models import State, Submission
from tests.performance.conftest import LUTON
from tests.performance.intake.building import Refused
from tests.performance.intake.corpus import CASES

OF_THE_SUBMISSION = {"Submission", "StoredProblem"}
REFUSED = [
    case for case in CASES if isinstance(case.outcome, Refused) and not case.outcome.personal
]
SENDERS = {"police-da": "police", "gcp2": "council", "training": "training"}
GOOD = "month,kind,count\n2025-04,crime,264\n2025-04,incident,500\n"


def tables():
    """A checksum of each table of performance, but for what is written about a submission itself."""
    found = {}
    for model in apps.get_app_config("performance").get_models():
        if model.__name__ not in OF_THE_SUBMISSION:
            rows = serializers.serialize("json", model.objects.order_by("pk"))
            found[model.__name__] = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    return found


def sent(content, filename, return_id, period):
    submission = actions.receive(
        by=None,
        return_id=return_id,
        agency=Agency.objects.get(slug=SENDERS.get(return_id, "council")),
        area=Area.objects.get(code=LUTON),
        period=parse(period),
        filename=filename,
        content=content or b" ",
        ring=False,
    )
    actions.process(submission_id=submission.pk)
    submission.refresh_from_db()
    return submission


@pytest.mark.parametrize("case", REFUSED[::12], ids=lambda case: case.name)
def test_a_refused_file_of_the_corpus_changes_nothing(send, case):
    send(GOOD, period="2025-04")
    before = tables()
    submission = sent(case.content, case.filename, case.of, case.period)
    assert submission.state == State.REFUSED
    assert submission.problems.filter(severity="error").exists()
    assert tables() == before


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(min_size=1, max_size=200),
        st.lists(st.sampled_from(["2025-04", "crime", "1,5", "9", "x y", "month", "kind", "count", "\n", ",", '"']), max_size=40).map(lambda words: "".join(words).encode()),
    ),
    name=st.sampled_from(["file.csv", "file.xlsx", "file.txt"]),
    return_id=st.sampled_from([one for one in returns() if not returns()[one].made_by_program]),
)  # fmt: skip
def test_whatever_is_sent_is_taken_whole_or_refused_with_problems_and_without_a_trace(
    send, content, name, return_id
):
    before = tables()
    submission = sent(content, name, return_id, "2025-04")
    assert submission.state in (State.ACCEPTED, State.SUPERSEDED, State.REFUSED)
    if submission.state == State.REFUSED:
        assert submission.problems.filter(severity="error").exists()
        assert tables() == before
    Submission.objects.filter(pk=submission.pk).delete()
