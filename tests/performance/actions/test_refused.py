"""A refused file leaves every table as it was: of it there is a submission, its problems and the audit trail only."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lscb.models import Agency, Area
from lscb.periods import parse
from performance import actions
from performance.intake.spec import returns
from performance.models import State, Submission
from tests.performance.actions.building import tables
from tests.performance.conftest import LUTON
from tests.performance.intake.anything import as_csv, likely_tables
from tests.performance.intake.building import workbook

SENT_BY_PEOPLE = [one for one, spec in returns().items() if not spec.made_by_program]
SENDERS = {"police-da": "police", "gcp2": "council", "training": "training"}


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


def taken_or_without_trace(content, filename, return_id):
    before = tables()
    submission = sent(content, filename, return_id, "2025-04")
    assert submission.state in (State.ACCEPTED, State.SUPERSEDED, State.REFUSED)
    if submission.state == State.REFUSED:
        assert submission.problems.filter(severity="error").exists()
        assert tables() == before
    Submission.objects.filter(pk=submission.pk).delete()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(min_size=1, max_size=200),
    name=st.sampled_from(["file.csv", "file.xlsx", "file.txt"]),
    return_id=st.sampled_from(SENT_BY_PEOPLE),
)
def test_any_bytes_are_taken_whole_or_refused_with_problems_and_without_a_trace(
    send, content, name, return_id
):
    taken_or_without_trace(content, name, return_id)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(likely_tables(), st.booleans())
def test_any_table_is_taken_whole_or_refused_with_problems_and_without_a_trace(
    send, found, as_workbook
):
    return_id, rows = found
    assume(return_id in SENT_BY_PEOPLE)
    if as_workbook:
        printable = [["".join(filter(str.isprintable, cell)) for cell in row] for row in rows]
        taken_or_without_trace(workbook({"Data": printable}), "file.xlsx", return_id)
    else:
        taken_or_without_trace(as_csv(rows), "file.csv", return_id)
