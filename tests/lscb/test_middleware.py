"""Who is signed out sees nothing; every answer carries its headers; nothing inline is needed."""

import re
import time

import pytest
from django.test import Client
from django.urls import include, path

from lscb.middleware import OPEN_TO_ALL, is_open
from lscb.models import Draft, Role
from tests import factories
from tests.lscb.look_urls import urlpatterns as look_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def failing(_request):
    raise ZeroDivisionError("secret detail")


urlpatterns = [path("fails/", failing), path("", include((look_addresses, "")))]
handler404, handler500 = "lscb.views.page_not_found", "lscb.views.server_error"


@pytest.mark.parametrize("where", ["/", "/scorecard/?area=x&page=2", "/no/such/page/", "/look/"])
def test_signed_out_every_page_asks_to_sign_in_even_one_that_does_not_exist(client, where):
    answer = client.get(where)
    assert answer.status_code == 302
    wanted = where.replace("?", "%3F").replace("=", "%3D").replace("&", "%26")
    assert answer.url == f"/accounts/login/?next={wanted}"


def test_signed_out_a_form_is_not_taken_and_not_lost_into_an_address(client):
    answer = client.post("/submissions/1/withdraw/", {"reason": "x"})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/")


def test_signed_out_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    answer = client.get(
        "/submissions/1/progress/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/submissions/1/"},
    )
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/submissions/1/"


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/returns/police-da/upload/"])
def test_what_is_larger_than_any_file_is_turned_away_unread(client, settings, address):
    size = settings.INTAKE_MAX_BYTES + 2_000_000
    kind = "multipart/form-data; boundary=x"
    answer = client.generic("POST", address, b"--x", kind, headers={"content-length": str(size)})
    assert answer.status_code == 413
    assert "larger than 50 MB" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/scorecard/?area=a%00b", "/search/?q=%00", "/a%00b/"])
def test_an_address_with_a_letter_that_no_text_holds_is_not_understood(client, address):
    client.force_login(factories.person())
    answer = client.get(address)
    assert answer.status_code == 400
    assert "was not understood" in answer.content.decode()


@pytest.mark.parametrize("address", ["/submissions/1/withdraw/", "/accounts/login/"])
def test_a_form_with_a_letter_that_no_text_holds_is_not_understood(client, address):
    client.force_login(factories.person())
    answer = client.post(address, {"reason": "a\0b"})
    assert answer.status_code == 400
    assert "was not understood" in answer.content.decode()


@pytest.fixture
def reader(client):
    client.force_login(factories.person(Role.SUBGROUP))
    return client


def let_pass(client: Client, **seconds: float) -> None:
    """Let a session have begun, or have been used last, so many seconds ago."""
    session = client.session
    for name, ago in seconds.items():
        session[name] = time.time() - ago
    session.save()


@pytest.mark.parametrize("passed", [{"used": 3601}, {"used": 10, "began": 8 * 3600 + 1}])
def test_a_session_that_nobody_used_or_that_began_long_ago_is_over(reader, passed):
    assert reader.get("/views/").status_code == 200
    let_pass(reader, **passed)
    answer = reader.get("/views/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/views/")
    assert not reader.session.keys()
    assert reader.get("/api/v1/returns/").status_code == 401


def test_using_a_session_keeps_it_until_it_has_lasted_its_time(reader):
    let_pass(reader, used=3000, began=6 * 3600)
    assert reader.get("/views/").status_code == 200
    assert time.time() - reader.session["used"] < 1000
    assert time.time() - reader.session["began"] > 5 * 3600


def test_what_is_typed_into_a_session_that_is_over_waits_as_a_draft(client):
    client.force_login(factories.person(Role.MANAGER))
    factories.area()
    page = client.get("/reviews/new/")
    let_pass(client, used=3601)
    sent = {"summary": "Nine files were read.", "draft": page.context["draft"].token}
    answer = client.post("/reviews/new/", sent)
    assert answer.url == "/accounts/login/?next=%2Freviews%2Fnew%2F"
    assert Draft.objects.get().data["summary"] == ["Nine files were read."]


def test_the_api_refuses_by_itself(client):
    assert client.get("/api/v1/returns/").status_code == 401


def test_only_a_short_list_is_open_to_all():
    assert len(OPEN_TO_ALL) == 10
    assert is_open("/healthz")
    assert is_open("/accounts/login/")
    assert not is_open("/accounts/logout/")
    assert not is_open("/accounts/password/change/")
    assert not is_open("/healthz/more")


HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.urls("tests.lscb.test_middleware")
@pytest.mark.parametrize("where", ["/look/", "/no/such/page/", "/fails/", "/healthz"])
def test_every_answer_carries_the_headers_also_an_error(where):
    client = Client(raise_request_exception=False)
    client.force_login(factories.person())
    answer = client.get(where)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_pages_of_sign_in_are_not_kept_by_a_browser(client):
    assert "no-store" in client.get("/accounts/login/").headers["Cache-Control"]


def test_the_brands_colour_may_be_kept_for_an_hour(client):
    answer = client.get("/brand.css")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Type"] == "text/css"


@pytest.mark.urls("tests.lscb.test_middleware")
@pytest.mark.parametrize(
    "where",
    ["/look/", "/no/such/page/", "/fails/", "/accounts/password/change/", "/accounts/logout/"],
)
def test_no_page_holds_a_script_or_style_of_its_own_or_names_another_host(where):
    client = Client(raise_request_exception=False)
    client.force_login(factories.person(Role.ANALYST))
    page = client.get(where).content.decode()
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)


@pytest.mark.urls("tests.lscb.test_middleware")
def test_a_failure_shows_no_detail_and_needs_no_database():
    client = Client(raise_request_exception=False)
    client.force_login(factories.person())
    answer = client.get("/fails/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
