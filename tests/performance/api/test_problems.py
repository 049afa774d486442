"""Every error is a problem (RFC 9457), whatever the address and whatever went wrong."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from performance.api import indicators
from tests.performance.api.conftest import World, address

pytestmark = pytest.mark.once

MEMBERS = {"type", "title", "status", "code", "detail", "errors"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("no-such-thing/", 404),
        ("indicators/XX99/", 404),
        ("returns/no-such-return/", 404),
        ("returns/no-such-return/schema.json", 404),
        ("submissions/999999999999999999999/", 404),
        ("submissions/?page_size=0", 400),
        ("submissions/?cursor=nonsense", 400),
        ("observations/?indicator=XX99", 400),
    ],
)
def test_what_cannot_be_answered_is_a_problem(world: World, path: str, status: int):
    answer = world.manager.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == MEMBERS
    assert body["status"] == status
    assert body["detail"]


def test_a_wrong_method_is_405_and_names_the_right_ones(world: World):
    answer = world.manager.client.delete(address("areas/"), headers=world.manager.headers)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json()["code"] == "method-not-allowed"


def test_an_answer_in_a_form_that_is_not_made_is_406(world: World):
    answer = world.manager.client.get(
        address("areas/"), headers=world.manager.headers | {"Accept": "image/png"}
    )
    assert answer.status_code == 406


def test_a_body_of_a_wrong_kind_is_415(world: World):
    assert world.police.post("submissions/", {"return": "police-da"}).status_code == 415


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x00\xff", "multipart/form-data; boundary=x"),
        (b"--x\r\nnothing", "multipart/form-data; boundary=x"),
        (b"a=b", "multipart/form-data"),
    ],
)
def test_a_body_that_cannot_be_read_is_400(world: World, body: bytes, kind: str):
    answer = world.police.client.post(
        address("submissions/"), body, kind, headers=world.police.headers
    )
    assert answer.status_code == 400
    assert set(answer.json()) == MEMBERS


def test_a_fault_of_the_program_is_logged_and_tells_nothing_of_itself(
    world: World, caplog: pytest.LogCaptureFixture
):
    client = Client(raise_request_exception=False)
    with patch.object(indicators, "within", side_effect=RuntimeError("the secret of the house")):
        answer = client.get(address("observations/"), headers=world.manager.headers)
    assert answer.status_code == 500
    assert set(answer.json()) == MEMBERS
    assert b"secret" not in answer.content
    assert "the secret of the house" in caplog.text


def test_a_database_that_does_not_answer_is_503_with_a_time_to_try_again(world: World):
    client = Client(raise_request_exception=False)
    with patch.object(indicators, "within", side_effect=OperationalError("locked")):
        answer = client.get(address("observations/"), headers=world.manager.headers)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(world: World):
    answer = world.manager.get("indicators")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/api/v1/indicators/")
