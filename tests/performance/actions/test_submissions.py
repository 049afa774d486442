"""Submissions: what is stored, what replaces what, what a refusal leaves, and what no fault may do."""

import os
import threading
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from threading import Semaphore

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from lscb.models import Agency, Area, AuditEvent, Person
from lscb.periods import parse
from performance import actions
from performance.actions import SubmissionRefused
from performance.actions.leases import renew
from performance.models import (
    DATASETS,
    Observation,
    PoliceDomesticAbuse,
    State,
    StoredProblem,
    Submission,
)
from tests.performance.conftest import LUTON, Send

CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]
MONTHS = [f"2024-{number:02d}" for number in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]


def crimes(*counts: int, months: list[str] = MONTHS) -> str:
    """A file of monthly crimes."""
    rows = [f"{month},crime,{count}" for month, count in zip(months, counts, strict=False)]
    return "\n".join(["month,kind,count", *rows]) + "\n"


def year_of_crimes() -> float | None:
    """What DA01 says for Luton and 2024/25."""
    found = Observation.objects.filter(
        indicator="DA01", area__code=LUTON, period="2024-25", period_type="year"
    )
    return found.values_list("value", flat=True).first()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of counts, problems and observations, to see that nothing changed."""
    tables = {
        name: model._default_manager.order_by("pk").values_list()
        for name, model in DATASETS.items()
    }
    tables |= {"observations": Observation.objects.order_by("pk").values_list()}
    tables |= {"problems": StoredProblem.objects.order_by("pk").values_list()}
    return {name: list(rows) for name, rows in tables.items()}


def stored_observations() -> set[tuple[object, ...]]:
    """The observations without their row numbers."""
    names = [field.name for field in Observation._meta.fields if field.name != "id"]
    return set(Observation.objects.values_list(*names))


def test_an_accepted_file_changes_the_indicator_and_leaves_a_trail(
    send: Send, analyst: Person
) -> None:
    submission = send(crimes(*CRIMES), by=analyst)
    assert (submission.state, submission.rows, submission.kind) == (State.ACCEPTED, 12, "counts")
    assert year_of_crimes() == 3215
    trail = AuditEvent.objects.filter(
        object_id=str(submission.pk), object_type="performance.submission"
    )
    assert set(trail.values_list("action", flat=True)) == {
        "submission received",
        "submission accepted",
    }


def test_a_file_with_faults_is_refused_whole_and_changes_nothing(send: Send) -> None:
    send(crimes(*CRIMES))
    before = everything()
    text = (
        crimes(*CRIMES)
        .replace("crime,282", "crme,282")
        .replace(",262", ",many")
        .replace("2024-07", "2023-07")
    )
    submission = send(text)
    assert submission.state == State.REFUSED
    found = [(one.row, one.column) for one in submission.problems.all()]
    assert found == [(3, "kind"), (4, "count"), (5, "month")]
    after = everything()
    assert after.pop("problems") != before.pop("problems")
    assert after == before


def test_a_newer_file_replaces_and_the_older_stays_readable(send: Send) -> None:
    first = send(crimes(*CRIMES))
    second = send(crimes(*[1] * 12))
    first.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.ACCEPTED)
    assert year_of_crimes() == 12
    assert PoliceDomesticAbuse.objects.filter(submission=first, current=False).count() == 12


def test_withdrawing_brings_back_the_file_before(send: Send, manager: Person) -> None:
    first = send(crimes(*CRIMES))
    second = send(crimes(*[1] * 12))
    actions.withdraw(by=manager, submission=second, reason="wrong year")
    first.refresh_from_db()
    assert (first.state, second.state) == (State.ACCEPTED, State.WITHDRAWN)
    assert year_of_crimes() == 3215


@pytest.mark.once
def test_an_analyst_withdraws_their_own_agencys_file_and_no_other(
    send: Send, analyst: Person
) -> None:
    own = send(crimes(*CRIMES))
    actions.withdraw(by=analyst, submission=own, reason="wrong year")
    own.refresh_from_db()
    assert own.state == State.WITHDRAWN
    text = "month,source,issue,outcome,count\n2024-04,all,all,all,9\n"
    other = send(text, return_id="mash-contacts", agency="council", period="2024-04")
    assert other.state == State.ACCEPTED
    with pytest.raises(Http404):
        actions.withdraw(by=analyst, submission=other, reason="not mine")


def test_withdrawing_the_only_file_leaves_nothing_rather_than_zero(
    send: Send, manager: Person
) -> None:
    submission = send(crimes(*CRIMES))
    actions.withdraw(by=manager, submission=submission, reason="sent by mistake")
    assert not Observation.objects.exists()


@pytest.mark.once
def test_withdrawing_needs_a_reason_and_an_accepted_file(send: Send, manager: Person) -> None:
    submission = send(crimes(*CRIMES))
    with pytest.raises(SubmissionRefused, match="Say why"):
        actions.withdraw(by=manager, submission=submission, reason="  ")
    refused = send("month,kind,count\n2024-04,crime,lots\n")
    with pytest.raises(SubmissionRefused, match="refused, not accepted"):
        actions.withdraw(by=manager, submission=refused, reason="it is wrong")


def test_a_month_sent_after_the_year_replaces_that_month_only(send: Send) -> None:
    year = send(crimes(*CRIMES))
    send("month,kind,count\n2024-04,crime,300\n", period="2024-04")
    year.refresh_from_db()
    assert year.state == State.ACCEPTED
    assert year_of_crimes() == 3215 - 264 + 300


def test_the_newest_file_counts_in_whatever_order_they_are_processed(send: Send) -> None:
    outcomes = set()
    for order in permutations(range(3)):
        with transaction.atomic():
            sent = [
                send(crimes(*CRIMES), process=False),
                send("month,kind,count\n2024-04,crime,1\n", period="2024-04", process=False),
                send(crimes(*[2] * 12), process=False),
            ]
            for position in order:
                actions.process(submission_id=sent[position].pk)
                actions.process(submission_id=sent[position].pk)  # delivered twice
            states = tuple(Submission.objects.get(pk=one.pk).state for one in sent)
            current = PoliceDomesticAbuse.objects.filter(current=True).values_list(
                "submission", flat=True
            )
            outcomes.add((states, year_of_crimes(), set(current) == {sent[2].pk}))
            transaction.set_rollback(True)
    assert outcomes == {((State.SUPERSEDED, State.SUPERSEDED, State.ACCEPTED), 24.0, True)}


def test_step_by_step_and_all_at_once_give_the_same_observations(
    send: Send, manager: Person
) -> None:
    send(crimes(*CRIMES))
    send("month,kind,count\n2024-06,crime,1\n2024-06,incident,c\n", period="2024-06")
    gone = send("month,kind,count\n2025-04,crime,9\n", period="2025-04")
    send("month,kind,count\n2025-05,crime,9\n", period="2025-05")
    actions.withdraw(by=manager, submission=gone, reason="test")
    step_by_step = stored_observations()
    actions.recompute_all()
    assert stored_observations() == step_by_step
    assert step_by_step


def test_the_same_key_gives_the_same_submission(send: Send, analyst: Person) -> None:
    first = send(crimes(*CRIMES), by=analyst, key="one")
    again = send(crimes(*CRIMES), by=analyst, key="one")
    other = send(crimes(*CRIMES), by=analyst, key="two")
    assert first.pk == again.pk != other.pk


@pytest.mark.once
def test_an_analyst_sends_for_their_own_agency_only(send: Send, analyst: Person) -> None:
    with pytest.raises(PermissionDenied):
        send("month,source\n", return_id="mash-contacts", agency="council", by=analyst)
    assert not Submission.objects.exists()


@pytest.mark.once
def test_an_agency_sends_only_the_returns_it_owes(send: Send) -> None:
    with pytest.raises(SubmissionRefused, match="does not send"):
        send("month,kind,count\n", agency="council")


@pytest.mark.once
def test_an_empty_or_too_large_file_is_refused_before_it_is_stored(
    send: Send, settings: object, media: object
) -> None:
    with pytest.raises(SubmissionRefused, match="empty"):
        send("")
    settings.INTAKE_MAX_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(SubmissionRefused, match="larger than"):
        send(crimes(*CRIMES))
    assert not list(media.iterdir())  # type: ignore[attr-defined]


def test_the_bytes_are_kept_as_sent_and_those_of_a_file_with_personal_data_are_deleted(
    send: Send, media: object, django_capture_on_commit_callbacks: object
) -> None:
    kept = send(crimes(*CRIMES))
    assert (media / kept.stored_as).read_text() == crimes(*CRIMES)  # type: ignore[operator]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        refused = send("month,kind,count,child name\n2024-04,crime,1,Jane Example\n")
    assert (refused.state, refused.stored_as) == (State.REFUSED, "")
    assert [path.name for path in media.iterdir()] == [kept.stored_as]  # type: ignore[attr-defined]
    assert "Jane" not in str(list(refused.problems.values()))


def test_a_fault_of_the_program_is_tried_again_and_then_said(
    send: Send, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    submission = send(crimes(*CRIMES), process=False)
    monkeypatch.setattr("performance.actions.processing.reduce", lambda *_, **__: 1 / 0)
    for _ in range(settings.SUBMISSION_MAX_ATTEMPTS - 1):  # type: ignore[attr-defined]
        actions.sweep()
        submission.refresh_from_db()
        assert submission.state == State.RECEIVED
    actions.sweep()
    submission.refresh_from_db()
    assert submission.state == State.FAILED
    assert not PoliceDomesticAbuse.objects.exists()


def test_the_log_of_a_fault_says_where_it_was_and_nothing_of_what_stands_in_the_file(
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def stumble(*_: object, **__: object) -> None:
        row = ["Jessica Jones", "943 476 5919"]
        raise ValueError(f"cannot read {row}")

    submission = send(crimes(*CRIMES), process=False)
    monkeypatch.setattr("performance.actions.processing.reduce", stumble)
    actions.process(submission_id=submission.pk)
    logged = caplog.text + "".join(capfd.readouterr())
    assert f"processing failed submission={submission.pk} attempt=1" in logged
    assert "ValueError at tests/performance/actions/test_submissions.py:" in logged
    assert "performance/actions/processing.py:" in logged
    assert "Jones" not in logged
    assert "5919" not in logged


def test_a_killed_workers_submission_is_taken_up_once_its_lease_is_over(send: Send) -> None:
    submission = send(crimes(*CRIMES), process=False)
    later = timezone.now() + timedelta(minutes=1)
    Submission.objects.filter(pk=submission.pk).update(
        state=State.PROCESSING, claim="dead", attempts=1, lease_until=later
    )
    assert actions.sweep() == []
    Submission.objects.filter(pk=submission.pk).update(lease_until=timezone.now())
    assert actions.sweep() == [submission.pk]
    submission.refresh_from_db()
    assert submission.state == State.ACCEPTED


def test_the_lease_is_renewed_while_a_file_is_worked_on_however_long_that_takes(
    send: Send, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    from performance.actions import leases, processing

    settings.SUBMISSION_LEASE_SECONDS = 0.03  # type: ignore[attr-defined]
    renewed, real = Semaphore(0), processing.reduce
    monkeypatch.setattr(leases, "renew", lambda _submission: renewed.release())

    def slow(*args: object, **kwargs: object) -> object:
        assert all(renewed.acquire(timeout=20) for _ in range(3))
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(processing, "reduce", slow)
    assert send(crimes(*CRIMES)).state == State.ACCEPTED
    assert not [one for one in threading.enumerate() if one.name.endswith("(_keep)")]


def test_what_a_killed_process_left_of_a_file_is_deleted_and_no_file_of_a_submission(
    send: Send, media: Path
) -> None:
    kept = send(crimes(*CRIMES)).stored_as
    names = {name: media / name for name in ("a" * 32, "." + "b" * 32, "c" * 32, "notes.txt")}
    for file in names.values():
        file.write_bytes(b"name,dob\n")
    hours_ago = (timezone.now() - timedelta(hours=2)).timestamp()
    for name in (kept, "a" * 32, "." + "b" * 32, "notes.txt"):
        os.utime(media / name, (hours_ago, hours_ago))
    assert actions.delete_strays() == 2
    assert {file.name for file in media.iterdir()} == {kept, "c" * 32, "notes.txt"}


def test_only_who_holds_the_claim_renews_the_lease(send: Send) -> None:
    submission = send(crimes(*CRIMES), process=False)
    over = timezone.now() - timedelta(minutes=1)
    Submission.objects.filter(pk=submission.pk).update(
        state=State.PROCESSING, claim="mine", lease_until=over
    )
    submission.claim = "another's"
    renew(submission)
    submission.refresh_from_db()
    assert submission.lease_until == over
    renew(submission)
    submission.refresh_from_db()
    assert submission.lease_until is not None
    assert submission.lease_until > timezone.now()


def test_a_worker_that_lost_its_claim_writes_nothing(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = send(crimes(*CRIMES), process=False)
    from performance.actions import processing

    real = processing.reduce

    def stolen(*args: object, **kwargs: object) -> object:
        Submission.objects.filter(pk=submission.pk).update(claim="another worker")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(processing, "reduce", stolen)
    actions.process(submission_id=submission.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.claim) == (State.PROCESSING, "another worker")
    assert not PoliceDomesticAbuse.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Police DA return 2025-04.csv", "Police DA return 2025-04.csv"),
        ("2025-26-Q1 v2 (final).xlsx", "2025-26-Q1 v2 (final).xlsx"),
        ("../../etc/return.csv", "return.csv"),
        ("Jessica_Jones.csv", "file.csv"),
        ("referral LU1 2AB.xlsx", "file.xlsx"),
        ("943 476 5919.csv", "file.csv"),
        ("", "file"),
    ],
)
def test_a_files_name_is_kept_unless_it_seems_to_name_somebody(places, name, kept):
    submission = actions.receive(
        by=None,
        return_id="police-da",
        agency=Agency.objects.get(slug="police"),
        area=Area.objects.get(code=LUTON),
        period=parse("2025-04"),
        filename=name,
        content=b"month,kind,count\n",
        ring=False,
    )
    assert submission.filename == kept
