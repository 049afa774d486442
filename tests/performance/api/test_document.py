"""The OpenAPI document tells the truth: every answer has the shape that it promises."""

import re
from typing import Any

import pytest
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from performance.api.urls import urlpatterns
from tests.performance.api.conftest import FAULTY, POLICE_APRIL, World

pytestmark = pytest.mark.once

OF_OTHER_APPS = {
    "priorities/",
    "priorities/actions/",
    "reviews/",
    "training/",
    "training/commentary/",
    "training/programme/",
}
NOT_DESCRIBED = {"api-schema", "api-console", "api-docs", "api-nothing"}


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    """The document as a program gets it."""
    found: dict[str, Any] = world.subgroup.get("schema/").json()
    return found


def assert_promised(document: dict[str, Any], path: str, method: str, status: str, body: Any):
    """Fail unless a body fits what the document says of an operation's answer."""
    answer = document["paths"][path][method]["responses"][status]
    [content] = answer["content"].values()
    schema = content["schema"] | {"components": document["components"]}
    faults = [
        f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in Draft202012Validator(schema).iter_errors(body)
    ]
    assert not faults


def test_the_document_is_openapi_3_1_and_valid(document: dict[str, Any]):
    assert document["openapi"].startswith("3.1")
    validate_schema(document)


def test_every_address_of_the_api_is_described(document: dict[str, Any]):
    described = {path.removeprefix("/api/v1/") for path in document["paths"]}
    addresses = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern))
        for route in urlpatterns
        if route.name not in NOT_DESCRIBED
    }
    assert addresses == described - OF_OTHER_APPS


def test_every_operation_says_how_to_sign_in_and_how_it_fails(document: dict[str, Any]):
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert operations
    for operation in operations:
        assert {"token": []} in operation["security"]
        assert operation["responses"]["default"]["content"].keys() == {"application/problem+json"}
        assert operation["description"]


def test_the_document_comes_as_json_or_as_yaml(world: World):
    headers = world.subgroup.headers
    kinds = {
        "application/json": "application/json",
        "application/vnd.oai.openapi": "application/vnd.oai.openapi",
        "*/*": "application/json",
    }
    for asked, given in kinds.items():
        answer = world.subgroup.client.get("/api/v1/schema/", headers=headers | {"Accept": asked})
        assert answer.headers["Content-Type"].split(";")[0] == given


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("", ""),
        ("areas/", "areas/"),
        ("returns/", "returns/"),
        ("returns/{return_id}/", "returns/figures/"),
        ("returns/{return_id}/schema.json", "returns/referrals/schema.json"),
        ("submissions/", "submissions/"),
        ("indicators/", "indicators/"),
        ("indicators/{indicator_id}/", "indicators/DA01/"),
        ("observations/", "observations/"),
        ("signals/", "signals/"),
        ("scorecards/{period}/", "scorecards/2025-26-Q1/"),
    ],
)
def test_every_answer_is_as_promised(
    world: World, document: dict[str, Any], template: str, path: str
):
    world.processed(world.police.send(POLICE_APRIL))
    world.processed(world.police.send(FAULTY))
    body = world.manager.get(path).json()
    assert body
    assert_promised(document, f"/api/v1/{template}", "get", "200", body)


def test_a_submission_is_as_promised_from_sending_to_withdrawing(
    world: World, document: dict[str, Any]
):
    list_path, one = "/api/v1/submissions/", "/api/v1/submissions/{submission_id}/"
    sent = world.police.send()
    assert_promised(document, list_path, "post", "202", sent.json())
    for content in (FAULTY, POLICE_APRIL):
        submission = world.processed(world.police.send(content))
        body = world.police.get(f"submissions/{submission.pk}/").json()
        assert_promised(document, one, "get", "200", body)
    body = world.police.post(f"submissions/{submission.pk}/withdraw/", {"reason": "a slip"}).json()
    assert_promised(document, f"{one}withdraw/", "post", "200", body)


def test_a_problem_is_as_promised(world: World, document: dict[str, Any]):
    for answer in (
        world.manager.get("observations/?indicator=XX99"),
        world.manager.get("no-such-thing/"),
        world.anonymous.get("areas/"),
        world.police.send(period="2099-01"),
    ):
        assert_promised(document, "/api/v1/submissions/", "post", "default", answer.json())


def test_the_form_to_send_a_file_names_its_fields(document: dict[str, Any]):
    operation = document["paths"]["/api/v1/submissions/"]["post"]
    reference = operation["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"]
    form = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert set(form["required"]) == {"return", "area", "period", "file"}
    assert [one["name"] for one in operation["parameters"]] == ["Idempotency-Key"]
