"""What tests of the API stand on: a partnership with people, and files sent through the real intake."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from knox.models import AuthToken

from lscb.models import Area, Person, Role
from performance import actions
from performance.models import Submission
from tests import factories

POLICE_APRIL = "month,kind,count\n2025-04,crime,270\n2025-04,incident,180\n2025-04,contact,300\n"
POLICE_MAY = "month,kind,count\n2025-05,crime,301\n2025-05,incident,c\n2025-05,contact,310\n"
FAULTY = "month,kind,count\n2025-04,crime,27.5\n2025-04,incidnt,180\n2025-04,contact,\n"


class Api:
    """The API as one person's program uses it: with a token, or for `person` None without one."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if person:
            _, token = AuthToken.objects.create(user=person)
            self.headers = {"Authorization": f"Token {token}"}

    def get(self, path: str, **query: Any) -> Any:
        """GET an address below /api/v1/, or one that an answer gave."""
        return self.client.get(address(path), query or None, headers=self.headers)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """POST JSON."""
        return self.client.post(
            address(path), json.dumps(body), "application/json", headers=self.headers
        )

    def send(
        self, content: str | bytes = POLICE_APRIL, key: str | None = None, **fields: str
    ) -> Any:
        """Send a file as a form, the police's April return unless fields say otherwise; None leaves one out."""
        form: dict[str, Any] = {
            "return": "police-da",
            "area": "E06000032",
            "period": "2025-04",
            "file": upload(content),
        } | fields
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        given = {name: value for name, value in form.items() if value is not None}
        return self.client.post(address("submissions/"), given, headers=headers)


def address(path: str) -> str:
    """An address below /api/v1/; one that is whole already stays."""
    return path if path.startswith(("http://", "/")) else f"/api/v1/{path}"


def upload(content: str | bytes, name: str = "police.csv") -> SimpleUploadedFile:
    """A file to be sent."""
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@dataclass(frozen=True)
class World:
    """A small partnership: Luton, four agencies, and a program for each kind of person."""

    luton: Area
    manager: Api
    police: Api
    council: Api
    subgroup: Api
    scrutineer: Api
    anonymous: Api
    police_analyst: Person

    def processed(self, answer: Any) -> Submission:
        """The submission of an answer to `send`, after a worker has dealt with it."""
        assert answer.status_code == 202, answer.content
        number = answer.json()["id"]
        actions.process(submission_id=number)
        return Submission.objects.get(pk=number)


@pytest.fixture
def world(db: None) -> World:
    """The partnership."""
    return partnership()


def partnership() -> World:
    """A small partnership, made."""
    luton = factories.area()
    for slug in ("council", "police", "health", "training"):
        factories.agency(slug).areas.add(luton)
    police = factories.person(Role.ANALYST, "police", name="Priya Shah")
    return World(
        luton=luton,
        manager=Api(factories.person(Role.MANAGER)),
        police=Api(police),
        council=Api(factories.person(Role.ANALYST, "council")),
        subgroup=Api(factories.person(Role.SUBGROUP)),
        scrutineer=Api(factories.person(Role.SCRUTINEER)),
        anonymous=Api(None),
        police_analyst=police,
    )
