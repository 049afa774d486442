"""Pages that are rendered once and kept: the same data, definitions and rights give the same page.

The key holds everything a page depends on, so nothing is ever invalidated: a newer state has another key, and the
oldest pages make room. What belongs to one person (the header, the token against forged requests) is put in when
the page is sent. An unchanged page answers 304 by an ETag of the same key.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.html import format_html

from lscb.context import Link, links, partnership_words
from lscb.http import signed_in
from lscb.models import Person
from performance.queries.versions import state_of_everything

COOKIE = "CSRF_COOKIE"  # where Django notes it
HEADER, TOKEN = b"<!--header-->", b"<!--token-->"  # what is left open in a page that is kept
TOKENS = re.compile(rb'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">')
PROGRAM_FILES = ("*.py", "*.html", "*.yaml", "*.csv")
View = Callable[..., HttpResponse]


class Shelf:
    """At most `size` byte strings in the memory of this process; the one that was asked for longest ago goes first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key."""
        with self._lock:
            self._kept[key] = content
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


PAGES = Shelf(256)  # by what the page says
ANSWERS = Shelf(512)  # by person as well: compressed, ready to send
FOUND = Shelf(
    64
)  # what searches found: there is no end of questions, and they push no other page out


def forget() -> None:
    """Forget every page; for measuring first renderings, and for tests that write past the actions."""
    for shelf in (PAGES, ANSWERS, FOUND):
        shelf.clear()


def kept(view: View) -> View:
    """A view whose page depends on its address, the stored state, the day, and the role and agency of the person: no
    more."""
    return _kept(view, lambda person: (person.role, person.agency_id))


def kept_for_each(view: View) -> View:
    """A view whose page depends on who the person is as well: the reviews that they are named on, what they sent or
    signed. It is kept for them alone."""
    return _kept(view, _each)


def kept_by_question(view: View) -> View:
    """A search, whose page depends on who the person is, and on a question of which there is no end."""
    return _kept(view, _each, FOUND, FOUND)


def conditional(view: View) -> View:
    """A file that depends on its address, the stored state, the day and the person: it is made anew each time, and an
    unchanged one answers 304 without being made."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET":
            return view(request, *args, **kwargs)
        etag = f'"{key_of(request, _each(signed_in(request)))}"'
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return _with_headers(unchanged, etag)
        made = view(request, *args, **kwargs)
        return _with_headers(made, etag) if made.status_code == 200 else made

    return answer


def _each(person: Person) -> tuple[object, ...]:
    return person.pk, person.role, person.agency_id


def _kept(
    view: View,
    rights: Callable[[Person], tuple[object, ...]],
    pages: Shelf = PAGES,
    answers: Shelf = ANSWERS,
) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = signed_in(request)
        if request.method != "GET" or len(get_messages(request)):
            return view(request, *args, **kwargs)
        page_key = key_of(request, rights(person))
        etag = f'"{_digest(page_key, person.pk, _cookie(request))}"'
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return _with_headers(unchanged, etag)
        ready = answers.get(etag)
        if ready is not None and _takes_gzip(request):
            return _with_headers(_compressed(ready), etag)
        page = pages.get(page_key)
        if page is None:
            made = _open(request, view, *args, **kwargs)
            if made.status_code != 200:
                return made
            page = TOKENS.sub(TOKEN, made.content)
            pages.put(page_key, page)
        body = _with_person(request, page)
        if not _takes_gzip(request):
            return _with_headers(HttpResponse(body), etag)
        small = gzip.compress(body, 6, mtime=0)
        answers.put(etag, small)
        return _with_headers(_compressed(small), etag)

    return answer


def _open(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """What a view answers, with the header left open. A refusal's page is another one, and has its header."""
    request.page_is_kept = True  # type: ignore[attr-defined]
    try:
        return view(request, *args, **kwargs)
    finally:
        request.page_is_kept = False  # type: ignore[attr-defined]


def key_of(request: HttpRequest, rights: tuple[object, ...]) -> str:
    """The key of a page: its address, the state of data and definitions, the day, and what the person may see."""
    return _digest(
        request.get_full_path(), state_of_everything(), program(), timezone.localdate(), *rights
    )


@cache
def program() -> str:
    """A fingerprint of the program and its definitions as this process started with them."""
    found = hashlib.sha256(str(settings.DEBUG).encode())
    ours = [Path(app.path) for app in apps.get_app_configs()]
    for folder in sorted(one for one in ours if one.parent == settings.BASE_DIR):
        for pattern in PROGRAM_FILES:
            for path in sorted(folder.rglob(pattern)):
                about = path.stat()
                found.update(f"{path} {about.st_size} {about.st_mtime_ns}".encode())
    return found.hexdigest()


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:40]


def _cookie(request: HttpRequest) -> str:
    """The cookie against forged requests: the one that was sent, else the one that goes out with this answer."""
    if COOKIE not in request.META:
        get_token(request)
    return str(request.META[COOKIE])


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _with_person(request: HttpRequest, page: bytes) -> bytes:
    """A page with what belongs to the person who asked."""
    person = signed_in(request)
    header = _header(
        tuple(partnership_words().items()),
        tuple(links(person, request.path)),
        person.name,
        person.get_role_display(),
        person.agency.name if person.agency else "",
    )
    token = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )
    return page.replace(HEADER, header).replace(TOKEN, token.encode())


@lru_cache(maxsize=512)
def _header(
    partnership: tuple[tuple[str, str], ...],
    navigation: tuple[Link, ...],
    name: str,
    role: str,
    agency: str,
) -> bytes:
    """The header of a person's pages, which is written once for what it says; the token is left open."""
    whose = {"name": name, "get_role_display": role, "agency": {"name": agency} if agency else None}
    about = {"partnership": dict(partnership), "navigation": navigation, "user": whose}
    written = render_to_string("parts/header.html", {**about, "csrf_token": "left open"})
    return TOKENS.sub(TOKEN, written.encode())


def _compressed(content: bytes) -> HttpResponse:
    response = HttpResponse(content)
    response["Content-Encoding"] = "gzip"
    return response


def _with_headers(response: Any, etag: str) -> Any:
    """The browser keeps the page for this person, and asks each time whether it still holds."""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    return response
