"""docs/api.md is true: its program runs as it is written, and its addresses and codes exist."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from knox.models import AuthToken
from pytest_django.live_server_helper import LiveServer

from performance import actions
from performance.api import openapi
from performance.api.problems import CODES
from tests import factories
from tests.performance.api.conftest import POLICE_APRIL, Api

GUIDE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()


def test_the_python_program_reads_every_page(live_server: LiveServer):
    factories.agency("police").areas.add(factories.area())
    analyst = factories.person("analyst", "police")
    sent = Api(analyst).send(POLICE_APRIL)
    actions.process(submission_id=sent.json()["id"])
    [program] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)
    _, token = AuthToken.objects.create(user=analyst)
    address = f"{live_server.url}/api/v1/observations/?indicator=DA01,DA02&page_size=2"
    found = list(names["observations"](address, token))
    assert len(found) > 2
    assert {one["indicator"] for one in found} == {"DA01", "DA02"}


def test_the_addresses_of_the_guide_are_those_of_the_document():
    table = GUIDE.split("## Addresses")[1].split("## ")[0]
    told = {
        re.sub(r"\?.*|\{\w+\}", lambda match: "{}" if match[0][0] == "{" else "", path)
        for cell in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
        for path in re.findall(r"`([^`]+)`", cell)
    }
    document = {
        re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1/"))
        for path in openapi.document()["paths"]
    }
    assert told <= document


def test_the_guide_explains_every_code_of_a_problem():
    table = GUIDE.split("## When it fails")[1].split("## ")[0]
    for code in set(CODES.values()) - {"too-many-requests"}:
        assert f"`{code}`" in table
