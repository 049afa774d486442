"""What the program's logs hold, and what they never do."""

from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config
from gunicorn.glogging import Logger

from lscb import web_server
from lscb.management.commands.serve import web_command
from lscb.settings import BASE_DIR

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


def test_the_program_is_served_so_wherever_it_runs():
    assert CONFIG in web_command(8000)
    assert CONFIG in (BASE_DIR / "Dockerfile").read_text()
