"""A page is rendered once for a state of the data, and says what is true for whoever asks."""

import gzip
import re

import pytest
from django.test import Client

from lscb.models import AuditEvent, Role
from lscb.periods import parse
from performance.actions.commentary import write_commentary
from performance.pages import scorecard
from performance.templatetags import pages
from performance.views import kept
from performance.views.scorecard import draw_latest
from tests import factories

FILE = "month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,{}\n"
PAGE = "/scorecard/2024-25-Q4/"


def client_of(role: Role, **fields: object) -> Client:
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(factories.person(role, **fields))
    client.get("/challenges/")  # the first page gives the cookie against forged requests
    return client


def text_of(answer) -> str:
    content = answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode()


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:
    """The crimes of a quarter are 330."""
    shared_send(FILE.format(120))


@pytest.fixture
def chair(of_the_day, places) -> Client:
    return client_of(Role.CHAIR, name="Cora Chair")


@pytest.mark.once
def test_an_unchanged_page_is_not_sent_again(chair):
    first = chair.get(PAGE)
    again = chair.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert text_of(chair.get(PAGE)) == text_of(first)


def test_the_first_page_of_all_is_not_sent_again_either(of_the_day, places):
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(factories.person(Role.CHAIR))
    first = client.get(PAGE)
    assert first.cookies["csrftoken"].value
    again = client.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_new_data_and_new_words_give_a_new_page(chair, send):
    first = chair.get(PAGE)
    assert "330" in text_of(first)
    send(FILE.format(150))
    second = chair.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "360" in text_of(second)
    write_commentary(
        by=factories.person(Role.SUBGROUP),
        indicator="DA01",
        area=factories.area(),
        period=parse("2024-25-Q4"),
        text="A campaign brought more to notice.",
        agency=None,
    )
    assert "A campaign brought more" in text_of(chair.get(PAGE))


def test_a_write_that_began_before_another_and_ended_after_it_gives_a_new_page(chair):
    later, earlier = AuditEvent.objects.latest("pk").pk + 2, AuditEvent.objects.latest("pk").pk + 1
    AuditEvent.objects.create(pk=later, action="ended first", object_type="x", object_id="1")
    first = chair.get(PAGE)
    AuditEvent.objects.create(pk=earlier, action="ended last", object_type="x", object_id="2")
    again = chair.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200


@pytest.mark.parametrize("address", ["/dashboards/nothing/", "/scorecard/?area=nowhere"])
def test_a_page_that_is_not_there_has_its_header(chair, address):
    answer = chair.get(address)
    assert answer.status_code == 404
    assert "Cora Chair" in text_of(answer)
    assert kept.HEADER.decode() not in text_of(answer)


@pytest.mark.once
def test_what_belongs_to_a_person_is_theirs_alone(chair):
    first = chair.get(PAGE)
    assert "Cora Chair" in text_of(first)
    other = client_of(Role.CHAIR, name="Otto Other")
    second = other.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert second.status_code == 200
    text = text_of(second)
    assert "Otto Other" in text
    assert "Cora Chair" not in text
    assert kept.HEADER.decode() not in text


@pytest.mark.once
def test_forms_of_a_kept_page_can_be_sent(send):
    client = Client(enforce_csrf_checks=True, headers={"accept-encoding": "gzip"})
    client.force_login(factories.person(Role.SUBGROUP))
    for _ in range(2):
        text = text_of(client.get("/dashboards/domestic-abuse/?area=E06000032"))
        assert kept.TOKEN.decode() not in text
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text)[1]
        answer = client.post(
            "/views/save/",
            {"name": "Mine", "address": "/dashboards/front-door/", "csrfmiddlewaretoken": token},
        )
        assert answer.status_code == 302


@pytest.mark.once
def test_a_page_of_one_role_is_not_shown_to_another(chair):
    chair.get("/dashboards/domestic-abuse/")
    text = text_of(client_of(Role.ANALYST).get("/dashboards/domestic-abuse/"))
    assert "Pin to the meeting" in text_of(chair.get("/dashboards/domestic-abuse/"))
    assert "Pin to the meeting" not in text


def test_a_kept_page_asks_the_database_three_times(chair, django_assert_max_num_queries):
    chair.get(PAGE)
    with django_assert_max_num_queries(3):
        chair.get(PAGE)


@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    [
        "/scorecard/2024-25-Q4/scorecard.csv",
        "/indicators/DA01/data.csv",
        "/challenges/",
        "/views/",
    ],
)
def test_an_unchanged_file_or_list_is_not_sent_again_and_a_changed_one_is(chair, send, address):
    first = chair.get(address)
    assert first.status_code == 200
    again = chair.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client_of(Role.ANALYST).get(address, headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    send(FILE.format(130))
    changed = chair.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_shelf_forgets_what_was_asked_for_longest_ago():
    shelf = kept.Shelf(2)
    shelf.put("a", b"1")
    shelf.put("b", b"2")
    shelf.get("a")
    shelf.put("c", b"3")
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (b"1", None, b"3")


@pytest.mark.once
def test_the_first_reader_of_the_latest_scorecard_waits_for_no_row(send):
    send(FILE.format(120))
    draw_latest()
    reader = client_of(Role.EXECUTIVE)
    caches = (scorecard.row_of, pages.written_row)
    known = [one.cache_info().misses for one in caches]
    assert "DA01" in text_of(reader.get("/scorecard/"))
    assert [one.cache_info().misses for one in caches] == known
