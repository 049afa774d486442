"""What holds for every request: who is signed out sees nothing, and every answer carries its headers."""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django_htmx.http import HttpResponseClientRedirect

from lscb import views_drafts
from lscb.http import why_too_large
from lscb.models import Person

logger = logging.getLogger("lscb.seen")

USED, BEGAN = "used", "began"  # what a session knows of itself, in seconds
USED_EVERY = 60  # seconds after which it is written down again that it was used
READ = (200, 304)  # answers that show something, or that what the browser holds still stands
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# The names of the addresses that answer somebody who is signed out. Everything else asks them to sign in.
OPEN_TO_ALL = frozenset(
    {
        "healthz",
        "readyz",
        "brand-css",
        "accessibility",
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
)
# Under these addresses something else refuses: the API with 401, 403 and 413, static files hold nothing secret.
REFUSED_ELSEWHERE = ("/api/", settings.STATIC_URL)

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


class SignInRequired:
    """Sends whoever is signed out to the sign-in page, also from addresses that do not exist."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or send to the sign-in page."""
        if is_open(request.path_info) or request.user.is_authenticated:
            return self.get_response(request)
        return to_sign_in(request)


def is_open(path: str) -> bool:
    """Whether an address answers, or refuses by itself, somebody who is signed out."""
    return path.startswith(REFUSED_ELSEWHERE) or _is_named_open(path, settings.ROOT_URLCONF)


@lru_cache(maxsize=1024)
def _is_named_open(path: str, _addresses: str) -> bool:
    """Whether an address has one of the open names: a request asks three times, and finding its name takes long."""
    try:
        return resolve(path).url_name in OPEN_TO_ALL
    except Resolver404:
        return False


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send to the sign-in page and from there back; a part of a page that was asked for sends the whole page. What was
    typed into a form with drafts is put down first."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        answer = redirect_to_login(htmx.current_url_abs_path or "/")
        return HttpResponseClientRedirect(answer.url)
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    kept = views_drafts.after_time_out(request)
    if kept:
        return kept
    return redirect_to_login("/", resolve_url(settings.LOGIN_URL))


class SessionEnds:
    """Ends a session that nobody used for SESSION_IDLE_SECONDS, and one that began SESSION_COOKIE_AGE ago, however it
    was used: a browser that stands open shows nothing to whoever comes by. What was being typed is not lost."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, to somebody who is signed out where the session is over."""
        if not is_public(request) and request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        session, now = request.session, time.time()
        used = session.get(USED, now)
        began = session.setdefault(BEGAN, now)
        if now - used > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif USED not in session or now - used > USED_EVERY:
            session[USED] = now


def begin_session(request: HttpRequest, **_signal: Any) -> None:
    """Note when a session began; called whenever somebody signed in."""
    request.session[BEGAN] = request.session[USED] = time.time()


user_logged_in.connect(begin_session, dispatch_uid="lscb.middleware")


class WhoRead:
    """Writes into the log who read which page and who took which file, because they hold numbers that are not
    suppressed: by the person's number, and without what stands behind the question mark."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write it down."""
        response = self.get_response(request)
        if request.method == "GET" and response.status_code in READ and not is_public(request):
            person = request.user  # of the API's tokens too, once its view has answered
            if isinstance(person, Person):
                done = "took" if response.headers.get("Content-Disposition") else "read"
                told = (person.pk, person.role, done, request.path, response.status_code)
                logger.info("person %s (%s) %s %s, %s", *told)
        return response


def is_public(request: HttpRequest) -> bool:
    """Whether an address holds nothing that is the partnership's: static files, health, signing in."""
    path = request.path_info
    return path.startswith(settings.STATIC_URL) or (
        not path.startswith(REFUSED_ELSEWHERE) and is_open(path)
    )


class FitToRead:
    """Turns away what is larger than any file that is taken, before it is read: it would fill the disk, also for
    somebody who is signed out. And an address or a form with a letter that no text holds and PostgreSQL fails over."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that it is too large or cannot be understood."""
        if request.path_info.startswith(REFUSED_ELSEWHERE):
            return self.get_response(request)
        if why := why_too_large(request):
            return render(request, "413.html", {"why": why}, status=413)
        if "\0" in unquote(request.get_full_path()):
            raise BadRequest("The address holds the letter NUL.")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Look into a form that somebody who may send one has sent. Raises BadRequest."""
        if request.method != "POST" or request.path_info.startswith(REFUSED_ELSEWHERE):
            return
        if any("\0" in text for _name, texts in request.POST.lists() for text in texts):
            raise BadRequest("The form holds the letter NUL.")


class ResponseHeaders:
    """Adds what Django's own middleware leaves out. Nothing is stored by a browser unless its view says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers that the view did not set."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
