"""Every static file that a page loads, and that a script or stylesheet of it loads, may be kept by the browser for
ever: its address carries a hash of its content."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from lscb.management.commands.serve import UNUSED_STATIC
from lscb.settings import STORAGES

TEMPLATES = [
    path
    for app in ("lscb", "performance", "priorities", "reviews", "training")
    for path in (Path(settings.BASE_DIR) / app / "templates").rglob("*.html")
]
NAMED = re.compile(r"{%\s*static\s+'([^']+)'")
FETCHED = re.compile(r"""(?:\bfrom|\bimport\(?)\s*["'](\.{0,2}/[^"']+)["']|url\(["']?([^"')]+)""")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], tuple[str, str]]]:
    """What is answered at the address of a static file of an installation: how it may be kept, and its text."""
    root = str(tmp_path_factory.mktemp("static"))
    with override_settings(STATIC_ROOT=root, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED_STATIC)
        files = WhiteNoiseMiddleware(lambda _request: HttpResponse(status=404)).files

        def answered(address: str) -> tuple[str, str]:
            found = files[address].get_response("GET", {})
            with found.file as content:
                return dict(found.headers)["Cache-Control"], content.read().decode()

        yield answered


def fetched_by(address: str, text: str) -> list[str]:
    """The addresses that a script or a stylesheet loads."""
    found = [script or style for script, style in FETCHED.findall(text)]
    return [urljoin(address, one) for one in found if not one.startswith("data:")]


def named() -> set[str]:
    return {name for path in TEMPLATES for name in NAMED.findall(path.read_text("utf-8"))}


def test_every_file_that_a_template_names_is_kept_for_ever_and_so_is_what_it_loads(
    answer: Callable[[str], tuple[str, str]],
) -> None:
    waiting = [staticfiles_storage.url(name) for name in named()]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        kept, text = answer(address)
        assert "immutable" in kept, address
        if "/drf_spectacular_sidecar/" not in address:
            waiting += fetched_by(address, text)
    assert any("govuk-frontend.min." in one and one.endswith(".js") for one in seen)
    assert any("plotly-basic.min." in one for one in seen)


def test_what_has_no_hash_is_not_kept_for_ever(answer: Callable[[str], tuple[str, str]]) -> None:
    kept, _ = answer("/static/lscb/lscb.js")
    assert "immutable" not in kept


def test_no_template_and_no_script_writes_the_address_of_a_static_file_itself() -> None:
    scripts = [
        path
        for app in ("lscb", "performance", "priorities", "reviews", "training")
        for path in (Path(settings.BASE_DIR) / app / "static").rglob("*.js")
        if "vendor" not in path.parts
    ]
    for path in (*TEMPLATES, *scripts):
        assert settings.STATIC_URL not in path.read_text("utf-8"), path


@pytest.mark.usefixtures("answer")
def test_scripts_start_from_the_page_with_the_hashed_address() -> None:
    page = render_to_string("404.html", request=RequestFactory().get("/"))
    assert re.search(r'type="module" src="/static/lscb/lscb\.[0-9a-f]{12}\.js"', page)
