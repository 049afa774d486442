"""What all tests share: no connection leaves this machine; servers, browser and the running product on request."""

import gc
import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings as drawn
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from tests import databases, kept_pages
from tests.audit_trail import flush_allowed
from tests.browser import launch
from tests.live import Live, prepared_data, running_product
from tests.servers import Servers, real_servers

DATABASE_FIXTURES = {
    "db",
    "shared_db",
    "transactional_db",
    "django_db_reset_sequences",
    "live_server",
}


# Tests make much that lives on (models of migrations, pages, charts): looking for rubbish in it again and again costs
# a tenth of a run, and a third of migrating.
gc.set_threshold(100_000, 20, 20)


# No drawn example has to be found out within a time: on a machine that is busy with other things that says nothing.
drawn.register_profile("untimed", deadline=None)
drawn.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Look no more for rubbish among the modules and the tests themselves, which stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that touch the database, which run again on PostgreSQL, and those of the product on servers."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
        if touches and not item.get_closest_marker("once"):
            item.add_marker(pytest.mark.database)
        call = getattr(item, "callspec", None)
        if call and call.params.get("live") == "servers":
            item.add_marker(pytest.mark.servers)
        if item.get_closest_marker("e2e") and item.path.parent.name != "e2e":
            raise pytest.UsageError(f"{item.nodeid}: `make test` looks for e2e in tests/e2e only")


def is_loopback(address: Any) -> bool:
    """Return whether a socket's address is of this machine: a path, or a loopback host and port."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Refuse every connection from the tests' process to another host."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not is_loopback(address):
            raise AssertionError(
                f"a test tried to reach {address}; only this machine may be reached"
            )
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if not is_loopback(address):
            raise AssertionError(
                f"a test tried to reach {address}; only this machine may be reached"
            )
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        yield


@pytest.fixture(scope="session", autouse=True)
def _audit_trail_between_tests() -> Iterator[None]:
    """Let the test runner, and nobody else, empty the audit trail after a test that commits."""
    with flush_allowed():
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share, for what is made once for all of them."""
    if os.environ.get("TEST_SHARED"):
        return Path(os.environ["TEST_SHARED"])
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
    shared_folder: Path,
) -> None:
    """Each process has a copy of one database that is migrated."""
    with django_db_blocker.unblock():
        databases.use_copy(shared_folder)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copy is there before the tests' set-up, which is not to make it anew; a file goes with its folder."""
    return databases.is_file()


@pytest.fixture(scope="module")
def shared_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database that the fixtures of a module fill once for all of its tests, for what is expensive to build.

    Each test's own writing is undone after it, as ever; what stands here goes with the module. Not for tests that
    commit (`transaction=True`): they empty all tables.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shared_places(shared_db: None) -> None:
    """The areas and agencies of the sample, once for all tests of a module."""
    sample = import_module("performance.actions.sample")
    sample.load_places()


@pytest.fixture(autouse=True)
def _no_pages_kept() -> None:
    """Each test starts without pages of the one before, whose database it cannot tell from its own."""
    kept_pages.forget()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Real PostgreSQL and Redis (or Valkey) servers."""
    with real_servers() as running:
        yield running


@pytest.fixture(scope="session")
def prepared(shared_folder: Path) -> Path:
    """A folder of data that an earlier start has prepared, with the sample in it; to be copied, not to be used."""
    return prepared_data(shared_folder)


@pytest.fixture(scope="session", params=["embedded", "servers"])
def live(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    """The product, started as `make run` starts it: once with SQLite and the queue of files, once on real servers."""
    kind: str = request.param
    folder, environment = tmp_path_factory.mktemp(kind), {}
    if kind == "servers":
        environment = request.getfixturevalue("servers").fresh_database("lscb_live").environment
    else:
        shutil.copytree(request.getfixturevalue("prepared"), folder / "data")
    with running_product(kind, folder, environment) as product:
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chrome or Chromium."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, in which Django would refuse its database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One window of the browser for all tests: a process of its own for each cost a third of all that a page takes, and
    what the browser keeps of a page's files is part of what is looked at."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The browser's window, signed out and on no page, whose rules would hold for what a test puts there; its test
    fails when a page asks another host or a script of it fails.

    With SCREENSHOTS naming a folder, the window's last state is kept there as `<test>.png`.
    """
    window.goto("about:blank")
    window.context.clear_cookies()
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(media="null", color_scheme="light")
    faults: list[str] = []

    def note_outside(asked: Request) -> None:
        if not asked.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            faults.append(f"asked {asked.url}")

    def note_failure(error: Error) -> None:
        faults.append(f"script failed: {error}")

    window.on("request", note_outside)
    window.on("pageerror", note_failure)
    yield window
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
        window.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    window.remove_listener("request", note_outside)
    window.remove_listener("pageerror", note_failure)
    assert not faults, faults


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, such as something that the security policy stopped."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", note)
    yield found
    page.remove_listener("console", note)
