"""Sending a return by API, seeing how it fares, and taking it back."""

import csv
import io
from unittest.mock import patch

import pytest
from celery import current_app
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from lscb.models import AuditEvent
from performance.models import PoliceDomesticAbuse, State, StoredProblem, Submission
from tests.performance.api.conftest import (
    FAULTY,
    POLICE_APRIL,
    POLICE_MAY,
    World,
    address,
    upload,
)


def test_a_sent_file_is_stored_before_the_answer_and_waits_for_a_worker(world: World):
    answer = world.police.send()
    assert answer.status_code == 202
    body = answer.json()
    assert set(body) == {"id", "state", "url"}
    assert body["state"] == "received"
    assert answer.headers["Location"] == body["url"]
    submission = Submission.objects.get(pk=body["id"])
    assert submission.sender == world.police_analyst
    assert AuditEvent.objects.filter(
        action="submission received", object_id=str(submission.pk)
    ).exists()


def test_the_bell_rings_for_the_submission_once_it_is_committed(
    world: World, django_capture_on_commit_callbacks
):
    with (
        patch.object(current_app, "send_task") as ring,
        django_capture_on_commit_callbacks(execute=True),
    ):
        answer = world.police.send()
    ring.assert_called_once()
    assert ring.call_args.args == ("performance.tasks.process",)
    assert ring.call_args.kwargs["args"] == [answer.json()["id"]]


def test_the_url_of_the_answer_tells_state_and_problems_with_row_and_column(world: World):
    answer = world.police.send(FAULTY)
    world.processed(answer)
    body = world.police.get(answer.json()["url"]).json()
    assert body["state"] == "refused"
    assert body["state_words"] == "Refused"
    assert (body["return"], body["agency"], body["area"], body["period"]) == (
        "police-da",
        "police",
        "E06000032",
        "2025-04",
    )
    found = {(one["row"], one["column"], one["code"]) for one in body["problems"]}
    assert found == {
        (2, "count", "not-whole"),
        (3, "kind", "unknown-code"),
        (4, "count", "empty-cell"),
    }
    assert body["errors"] == 3
    assert not PoliceDomesticAbuse.objects.exists()


@pytest.mark.once
def test_problems_are_the_same_on_the_page_and_in_the_api(world: World):
    answer = world.police.send(FAULTY)
    submission = world.processed(answer)
    browser = Client()
    browser.force_login(world.police_analyst)
    page = browser.get(reverse("submission-problems", args=[submission.pk]))
    api = world.police.get(f"submissions/{submission.pk}/problems.csv")
    assert api.content == page.content
    rows = list(csv.DictReader(io.StringIO(api.content.decode("utf-8-sig"))))
    told = world.police.get(f"submissions/{submission.pk}/").json()["problems"]
    assert [row["message"] for row in rows] == [one["message"] for one in told]


@pytest.mark.once
def test_problem_cells_that_a_spreadsheet_would_run_are_escaped(world: World):
    submission = world.processed(world.police.send(FAULTY))
    StoredProblem.objects.create(
        submission=submission,
        code="unknown-column",
        severity="error",
        column="=cmd()",
        message="+1",
    )
    text = world.police.get(f"submissions/{submission.pk}/problems.csv").content.decode("utf-8-sig")
    row = list(csv.DictReader(io.StringIO(text)))
    assert {("'=cmd()", "'+1")} <= {(one["column"], one["message"]) for one in row}


@pytest.mark.once
def test_an_accepted_file_says_how_much_was_counted(world: World):
    answer = world.police.send()
    world.processed(answer)
    body = world.police.get(answer.json()["url"]).json()
    assert (body["state"], body["rows"], body["form"], body["errors"]) == (
        "accepted",
        3,
        "counts",
        0,
    )


@pytest.mark.once
def test_a_file_that_waits_for_a_signature_says_so_in_words(world: World):
    answer = world.police.send()
    submission = world.processed(answer)
    Submission.objects.filter(pk=submission.pk).update(
        state=State.READY, submitted_at=submission.received_at
    )
    body = world.police.get(answer.json()["url"]).json()
    assert (body["state"], body["state_words"]) == ("ready", "Waits for a signature")


def test_the_same_key_gives_the_same_submission(world: World):
    first = world.police.send(key="nightly-2025-04")
    again = world.police.send(key="nightly-2025-04")
    assert first.json() == again.json()
    assert Submission.objects.count() == 1


def test_the_same_key_of_two_people_gives_two_submissions(world: World):
    first = world.police.send(key="nightly")
    other = world.manager.send(key="nightly", agency="police")
    assert first.json()["id"] != other.json()["id"]


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"content": POLICE_MAY}, "another file."),
        ({"period": "2025-03"}, "another period."),
        ({"period": "2025-05", "content": POLICE_MAY}, "another period and file."),
    ],
)
def test_a_key_used_again_for_something_else_is_refused(
    world: World, changed: dict[str, str], differs: str
):
    first = world.police.send(key="nightly").json()
    kept = set(settings.MEDIA_ROOT.iterdir())
    answer = world.police.send(key="nightly", **changed)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "key-reused"
    assert f"for submission {first['id']}, with {differs}" in problem["detail"]
    assert "Use a new key" in problem["detail"]
    assert Submission.objects.count() == 1
    assert set(settings.MEDIA_ROOT.iterdir()) == kept
    assert world.police.send(key="nightly").json()["id"] == first["id"]


def test_a_key_that_cannot_be_kept_is_refused(world: World):
    answer = world.police.send(key="k" * 101)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"return": "no-such-return"}, "return"),
        ({"return": None}, "return"),
        ({"area": "E99999999"}, "area"),
        ({"period": "2025-13"}, "period"),
        ({"period": "2099-01"}, "period"),
        ({"agency": "no-such-agency"}, "agency"),
        ({"agency": "council"}, "agency"),
        ({"file": None}, "file"),
        ({"content": ""}, "file"),
    ],
)
def test_what_is_wrong_with_a_request_is_named_by_field(
    world: World, fields: dict[str, str], field: str
):
    answer = world.police.send(**fields)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert not Submission.objects.exists()


def test_who_may_send_for_several_agencies_says_for_which(world: World):
    fields = {
        "return": "gcp2",
        "content": "month,agency,kind,count\n2025-04,all,staff-licensed,3\n",
    }
    unsaid = world.manager.send(**fields)
    assert unsaid.status_code == 400
    assert "council" in unsaid.json()["errors"][0]["message"]
    assert world.manager.send(**fields, agency="council").status_code == 202


@override_settings(INTAKE_MAX_BYTES=50)
def test_a_file_over_the_limit_is_413_in_the_words_of_the_page(world: World):
    answer = world.police.send()
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"
    assert "Send a shorter period at a time." in answer.json()["detail"]


@override_settings(INTAKE_MAX_BYTES=50)
def test_a_request_that_calls_itself_too_large_is_not_even_read(world: World):
    answer = world.police.client.post(
        address("submissions/"),
        {"return": "police-da"},
        headers=world.police.headers,
        CONTENT_LENGTH="2000000",
    )
    assert answer.status_code == 413


def test_withdrawing_lets_the_version_before_count_again(world: World):
    first = world.processed(world.police.send())
    second = world.processed(world.police.send(POLICE_APRIL.replace("270", "280")))
    answer = world.police.post(f"submissions/{second.pk}/withdraw/", {"reason": "wrong month"})
    assert answer.status_code == 200
    assert answer.json()["state"] == "withdrawn"
    first.refresh_from_db()
    assert first.state == State.ACCEPTED
    counts = PoliceDomesticAbuse.objects.filter(current=True, kind="crime")
    assert [row.count for row in counts] == [270]


@pytest.mark.once
def test_withdrawing_needs_a_reason(world: World):
    submission = world.processed(world.police.send())
    answer = world.police.post(f"submissions/{submission.pk}/withdraw/", {"reason": " "})
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == ["reason"]


@pytest.mark.once
def test_a_file_that_was_never_accepted_cannot_be_withdrawn(world: World):
    submission = world.processed(world.police.send(FAULTY))
    answer = world.police.post(f"submissions/{submission.pk}/withdraw/", {"reason": "a slip"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "conflict"


def test_the_list_shows_the_newest_first_and_narrows_by_return_and_state(world: World):
    refused = world.processed(world.police.send(FAULTY))
    accepted = world.processed(world.police.send())
    rows = world.police.get("submissions/").json()["results"]
    assert [row["id"] for row in rows] == [accepted.pk, refused.pk]
    narrowed = world.police.get("submissions/", state="refused", **{"return": "police-da"}).json()
    assert [row["id"] for row in narrowed["results"]] == [refused.pk]
    assert world.police.get("submissions/", state="lost").status_code == 400


def test_pages_of_the_list_follow_each_other_without_gap(world: World):
    sent = [world.police.send(key=str(number)).json()["id"] for number in range(5)]
    found, following = [], "submissions/?page_size=2"
    while following:
        page = world.police.get(following).json()
        found += [row["id"] for row in page["results"]]
        following = page["next"]
    assert found == sorted(sent, reverse=True)


@pytest.mark.once
def test_a_session_sends_with_csrf_proof_only(world: World):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.police_analyst)
    fields = {"return": "police-da", "area": "E06000032", "period": "2025-04"}
    assert browser.get(address("submissions/")).status_code == 200
    refused = browser.post(address("submissions/"), fields | {"file": upload(POLICE_APRIL)})
    assert refused.status_code == 403
    browser.get("/account/tokens/")
    proof = browser.cookies["csrftoken"].value
    taken = browser.post(
        address("submissions/"),
        fields | {"file": upload(POLICE_APRIL)},
        headers={"X-CSRFToken": proof},
    )
    assert taken.status_code == 202
