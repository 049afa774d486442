"""The API's own pages: the reference says all that the document says, and both hold to the security policy."""

from typing import Any

import pytest
from django.test import Client

from performance.api import openapi, reference
from tests.performance.api.conftest import World

DOCS, CONSOLE = "/api/v1/docs/", "/api/v1/docs/console/"


@pytest.fixture
def browser(world: World) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(world.police_analyst)
    return client


def operations(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Method and path of every operation of a document."""
    return {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }


def test_the_reference_holds_every_operation_of_the_document():
    document = openapi.document()
    found = {
        (one.method, one.path) for group in reference.groups(document) for one in group.operations
    }
    assert found == operations(document)


def test_the_rows_of_a_list_are_explained_field_by_field():
    [group] = [one for one in reference.groups(openapi.document()) if one.name == "observations"]
    [operation] = group.operations
    assert operation.is_list
    assert operation.answer
    fields = {entry.name: entry for entry in operation.answer.entries}
    assert fields["numerator"].holds == "number or null"
    assert fields["lower"].about == "of the 95% interval"
    assert {"indicator", "from", "to"} <= {entry.name for entry in operation.parameters}


def test_every_object_that_a_field_names_is_explained(browser: Client):
    document = openapi.document()
    explained = {shape.name for shape in reference.shapes(document)}
    shown = [
        entry
        for shape in reference.shapes(document)
        for entry in shape.entries
        if entry.holds.startswith("list of ")
    ]
    named = {entry.holds.removeprefix("list of ") for entry in shown}
    assert {name for name in named if name in document["components"]["schemas"]} <= explained
    page = browser.get(DOCS).content.decode()
    for name in explained:
        assert f'id="{name}"' in page


@pytest.mark.parametrize("path", [DOCS, CONSOLE])
def test_the_pages_hold_nothing_inline_that_the_security_policy_forbids(browser: Client, path: str):
    answer = browser.get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    page = answer.content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_the_reference_needs_no_script_of_the_console(browser: Client):
    assert "swagger" not in browser.get(DOCS).content.decode()
