"""What the program's logs hold, and what they never do."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from lscb import tokens, web_server
from lscb.management.commands.serve import web_command
from lscb.models import Role
from lscb.settings import BASE_DIR
from tests import factories

CONFIG = "python:lscb.web_server"


def test_the_web_servers_log_has_the_address_and_not_what_was_searched_for():
    asked = {
        "REMOTE_ADDR": "10.0.0.7",
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/search/?q=Jessica+Jones",
        "PATH_INFO": "/search/",
        "QUERY_STRING": "q=Jessica+Jones",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": "https://example.org/search/?q=Jessica+Jones",
    }
    answered = SimpleNamespace(status="200 OK", sent=4508, headers=[])
    request = SimpleNamespace(headers=[])
    logger = Logger(Config())
    atoms = logger.atoms(answered, request, asked, timedelta(milliseconds=12))
    line = web_server.access_log_format % logger.atoms_wrapper_class(atoms)
    assert line.startswith("10.0.0.7 [")
    assert line.endswith('"GET /search/" 200 4508 12')
    assert "Jones" not in line


@pytest.mark.django_db
def test_who_read_a_page_or_took_a_file_is_logged_by_number_and_without_what_was_searched_for(
    client, caplog
):
    person = factories.person(Role.SUBGROUP, name="Sam Reader")
    client.force_login(person)
    factories.area()
    client.get("/challenges/")  # the first page gives the cookie against forged requests
    with caplog.at_level(logging.INFO, "lscb.seen"):
        caplog.clear()
        page = client.get("/search/?q=Jessica+Jones")
        client.get("/search/?q=Jessica+Jones", headers={"if-none-match": page.headers["ETag"]})
        client.get("/reviews/reviews.csv")
        for address in ("/healthz", "/accessibility/", "/no/such/page/"):
            client.get(address)
    who = f"person {person.pk} (subgroup)"
    assert caplog.messages == [
        f"{who} read /search/, 200",
        f"{who} read /search/, 304",
        f"{who} took /reviews/reviews.csv, 200",
    ]
    assert "Jones" not in caplog.text
    assert person.email not in caplog.text


@pytest.mark.django_db
def test_who_read_by_a_token_of_the_api_is_logged_too(client, caplog):
    person = factories.person(Role.SUBGROUP)
    _, secret = tokens.make(by=person, days=30)
    with caplog.at_level(logging.INFO, "lscb.seen"):
        client.get("/api/v1/indicators/", headers={"authorization": f"Token {secret}"})
        client.get("/api/v1/indicators/")
    assert caplog.messages == [f"person {person.pk} (subgroup) read /api/v1/indicators/, 200"]


def test_the_program_is_served_so_wherever_it_runs():
    assert CONFIG in web_command(8000)
    assert CONFIG in (BASE_DIR / "Dockerfile").read_text()
