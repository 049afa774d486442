"""Looking before it counts: preview, answers, submitting, a second signature, discarding, and what differs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from lscb.models import Agency, AuditEvent, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import SubmissionRefused
from performance.models import Figure, Observation, PoliceDomesticAbuse, State
from performance.queries import preview, submissions
from tests.performance.conftest import LUTON

APRIL = "month,kind,count\n2024-04,crime,264\n2024-04,incident,500\n"
MAY = "month,kind,count\n2024-05,crime,282\n2024-05,incident,510\n"
# Two breakdowns of the same contacts with different totals: a warning to answer.
DOUBTFUL = (
    "month,source,issue,outcome,count\n"
    "2024-04,all,all,all,61\n2024-04,police,all,all,40\n2024-04,schools,all,all,20\n"
)
FIGURES = "period,item,breakdown,category,numerator,denominator,value\n2024-25-Q1,children-in-need,all,all,412,,\n"


def crimes():
    row = Observation.objects.filter(
        indicator="DA01", area__code=LUTON, period="2024-04", period_type="month"
    ).first()
    return row.value if row else None


@pytest.fixture
def ready(send, analyst):
    """A good file of the police that waits to be submitted."""
    submission = send(APRIL, period="2024-04", by=analyst, previewed=True)
    assert submission.state == State.READY
    return submission


@pytest.fixture
def council(places):
    """Two analysts of the council."""
    agency = Agency.objects.get(slug="council")
    return [
        Person.objects.create_user(
            f"{name}@council.test", name=name.title(), role=Role.ANALYST, agency=agency
        )
        for name in ("ann", "ben")
    ]


def test_nothing_counts_before_it_is_submitted(ready):
    assert PoliceDomesticAbuse.objects.filter(submission=ready).count() == 2
    assert not PoliceDomesticAbuse.objects.filter(current=True).exists()
    assert crimes() is None


def test_submitting_lets_it_count_and_says_who_did(ready, analyst):
    actions.submit(by=analyst, submission=ready, answers={})
    assert (ready.state, ready.submitted_by) == (State.ACCEPTED, analyst)
    assert crimes() == 264
    said = AuditEvent.objects.filter(object_id=str(ready.pk), person=analyst)
    assert {"submission submitted", "submission accepted"} <= set(
        said.values_list("action", flat=True)
    )


def test_submitting_twice_is_submitting_once(ready, analyst):
    for _ in range(2):
        actions.submit(by=analyst, submission=ready, answers={})
    assert AuditEvent.objects.filter(action="submission accepted").count() == 1


@pytest.mark.once
def test_what_a_program_sends_counts_at_once_and_says_that_nobody_was_asked(send, council):
    submission = send(DOUBTFUL, return_id="mash-contacts", agency="council", period="2024-04")
    assert submission.state == State.ACCEPTED
    assert all("program" in one.answer for one in submission.problems.all())


def doubtful(send, person):
    return send(
        DOUBTFUL,
        return_id="mash-contacts",
        agency="council",
        period="2024-04",
        by=person,
        previewed=True,
    )


def test_warnings_must_be_answered_before_it_counts(send, council):
    ann, _ = council
    submission = doubtful(send, ann)
    assert submission.state == State.NEEDS_ANSWERS
    questions = submissions.questions(submission)
    assert questions
    with pytest.raises(SubmissionRefused, match="Answer each"):
        actions.submit(by=ann, submission=submission, answers={questions[0].code: "   "})
    submission.refresh_from_db()
    assert submission.state == State.NEEDS_ANSWERS
    actions.submit(
        by=ann, submission=submission, answers={one.code: "One has no source." for one in questions}
    )
    assert submission.state == State.ACCEPTED
    assert {(one.answer, one.answered_by) for one in submission.problems.all()} == {
        ("One has no source.", ann)
    }


def test_answers_given_are_kept_when_another_is_missing(send, council):
    ann, _ = council
    symbol = DOUBTFUL + "2024-04,all,domestic-abuse,all,-\n"
    submission = send(
        symbol,
        return_id="mash-contacts",
        agency="council",
        period="2024-04",
        by=ann,
        previewed=True,
    )
    first, second = submissions.questions(submission)
    with pytest.raises(SubmissionRefused):
        actions.submit(by=ann, submission=submission, answers={first.code: "Checked."})
    kept = {one.code: one.answer for one in submissions.questions(submission)}
    assert kept == {first.code: "Checked.", second.code: ""}


@pytest.fixture
def unsigned(send, council):
    """A file of a return that asks for a second signature, submitted by Ann."""
    ann, _ = council
    submission = send(
        FIGURES, return_id="figures", agency="council", period="2024-25-Q1", by=ann, previewed=True
    )
    actions.submit(
        by=ann,
        submission=submission,
        answers={one.code: "Checked." for one in submissions.questions(submission)},
    )
    return submission


def test_a_second_person_of_the_agency_signs_off_and_only_then_it_counts(unsigned, council):
    _, ben = council
    assert unsigned.state == State.READY
    assert not Figure.objects.filter(current=True).exists()
    for _ in range(2):
        actions.sign_off(by=ben, submission=unsigned)
    assert (unsigned.state, unsigned.signed_off_by) == (State.ACCEPTED, ben)
    assert Figure.objects.get(current=True).count == 412
    assert AuditEvent.objects.filter(action="submission signed off").count() == 1


def test_nobody_signs_their_own_file_off(unsigned, council, manager, analyst):
    ann, _ = council
    for person, refused in (
        (ann, PermissionDenied),
        (manager, PermissionDenied),
        (analyst, Http404),
    ):
        with pytest.raises(refused):
            actions.sign_off(by=person, submission=unsigned)
    unsigned.refresh_from_db()
    assert unsigned.state == State.READY


def test_whoever_submits_a_colleagues_file_cannot_sign_it_either(send, council):
    ann, ben = council
    submission = send(
        FIGURES, return_id="figures", agency="council", period="2024-25-Q1", by=ann, previewed=True
    )
    answers = {one.code: "Checked." for one in submissions.questions(submission)}
    actions.submit(by=ben, submission=submission, answers=answers)
    with pytest.raises(PermissionDenied):
        actions.sign_off(by=ben, submission=submission)


def test_a_signature_cannot_come_before_the_file_is_submitted(send, council):
    ann, ben = council
    submission = send(
        FIGURES, return_id="figures", agency="council", period="2024-25-Q1", by=ann, previewed=True
    )
    with pytest.raises(SubmissionRefused, match="does not wait for a signature"):
        actions.sign_off(by=ben, submission=submission)


@pytest.mark.once
def test_a_program_in_a_persons_name_does_not_get_round_the_signature(send, council):
    ann, ben = council
    submission = send(FIGURES, return_id="figures", agency="council", period="2024-25-Q1", by=ann)
    assert submission.state == State.READY
    actions.sign_off(by=ben, submission=submission)
    assert submission.state == State.ACCEPTED


def test_another_agency_cannot_submit_and_does_not_learn_of_the_file(ready, council):
    with pytest.raises(Http404):
        actions.submit(by=council[0], submission=ready, answers={})


def test_discarding_leaves_nothing_of_the_counts(ready, analyst):
    actions.discard(by=analyst, submission=ready)
    assert ready.state == State.WITHDRAWN
    assert not PoliceDomesticAbuse.objects.exists()
    with pytest.raises(SubmissionRefused):
        actions.submit(by=analyst, submission=ready, answers={})


def test_a_file_that_counts_is_withdrawn_not_discarded(ready, analyst):
    actions.submit(by=analyst, submission=ready, answers={})
    with pytest.raises(SubmissionRefused, match="waits for nothing"):
        actions.discard(by=analyst, submission=ready)
    assert crimes() == 264


def test_the_preview_says_which_indicators_would_change_and_that_is_what_happens(send, analyst):
    send(APRIL, period="2024-04")
    submission = send(APRIL.replace("264", "300"), period="2024-04", by=analyst, previewed=True)
    moved = {(one.spec.id, one.period.code): one for one in preview.would_change(submission)}
    change = moved["DA01", "2024-04"]
    assert (change.before.value, change.after.value, change.by) == (264, 300, 36)
    answers = {one.code: "Recounted." for one in submissions.questions(submission)}
    actions.submit(by=analyst, submission=submission, answers=answers)
    stored = {
        (one.indicator, one.period): one.value
        for one in Observation.objects.filter(
            area__code=LUTON, breakdown="all", period_type__in=("month", "quarter", "year")
        )
    }
    for place, one in moved.items():
        assert stored.get(place) == (one.after.value if one.after else None)


def test_the_preview_writes_nothing(ready):
    events = AuditEvent.objects.count()
    preview.would_change(ready)
    preview.totals(ready)
    assert AuditEvent.objects.count() == events
    assert crimes() is None


@pytest.mark.once
def test_totals_stand_beside_the_month_before_and_the_year_before(send, analyst):
    send(APRIL, period="2024-04")
    send("month,kind,count\n2023-05,crime,199\n", period="2023-05")
    submission = send(MAY, period="2024-05", by=analyst, previewed=True)
    found = preview.totals(submission)
    assert (found.previous, found.year_before) == (parse("2024-04"), parse("2023-05"))
    numbers = {row.words: (row.now, row.before, row.year_before) for row in found.rows}
    assert numbers["Domestic abuse crime"] == (282, 264, 199)


def test_what_differs_between_versions_is_told_cell_by_cell(send):
    first = send(APRIL, period="2024-04")
    second = send("month,kind,count\n2024-04,crime,300\n2024-04,contact,77\n", period="2024-04")
    assert preview.version_before(second) == first
    told = {(one.kind, one.before, one.after) for one in preview.cell_changes(second, first)}
    assert told == {("changed", "264", "300"), ("removed", "500", ""), ("added", "", "77")}


@pytest.mark.once
def test_a_first_file_and_a_file_about_another_month_have_no_version_before(send):
    first = send(APRIL, period="2024-04")
    other = send(MAY, period="2024-05")
    assert preview.version_before(first) is None
    assert preview.version_before(other) is None


def test_a_file_is_held_against_what_is_stored_and_the_doubt_is_answered(send, analyst):
    send(APRIL, period="2024-04")
    submission = send(APRIL.replace("264", "26"), period="2024-04", by=analyst, previewed=True)
    assert submission.state == State.NEEDS_ANSWERS
    (question,) = submissions.questions(submission)
    assert question.code == "big-revision"
    assert "26 in the file, but 264 counted until now" in question.warnings[0].message
    assert crimes() == 264
    actions.submit(by=analyst, submission=submission, answers={question.code: "Typing error."})
    assert crimes() == 26
