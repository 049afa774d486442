"""The manager records in the browser that an agency ends and another takes over; nothing compares across it until
somebody says so, and what was recorded can be taken back and stays on record."""

import pytest
from django.test import Client

from lscb.models import Agency, Area, AuditEvent, Role
from lscb.periods import parse
from performance import actions
from performance.actions import sample
from performance.models import Signal
from performance.pages.board import board
from tests import factories, personas
from tests.performance.conftest import LUTON, Send
from tests.performance.test_rebases import MONTHS, SHIFTED

NEW = {"name": "Eastern Police", "kind": "police", "areas": [LUTON], "first_day": "2024-04-01"}
TAKES_OVER = {"last_day": "2024-03-31", "successor": "eastern-police"}
REPLACEMENT = "/agencies/police/replacement/"


@pytest.fixture(scope="module")
def crimes(shared_send: Send) -> None:
    """Two years of crimes, the second higher, all sent by the police."""
    for year, start in (("2023-24", 0), ("2024-25", 12)):
        rows = zip(MONTHS[start : start + 12], SHIFTED[start : start + 12], strict=True)
        text = "\n".join(f"{month},crime,{count}" for month, count in rows)
        shared_send(f"month,kind,count\n{text}\n", period=year)


@pytest.fixture
def client(crimes: None, db: None) -> Client:
    """The manager's browser."""
    return personas.client_of(personas.MANAGER)


def on_last_year() -> str:
    page = board(LUTON, parse("2024-25-Q4")).page
    rows = [row for section in page.sections for row in section.rows if row.id == "DA01"]
    return rows[0].on_last_year.amount


def standing(area: str = LUTON) -> set[str]:
    rows = Signal.objects.filter(area__code=area, indicator="DA01", ended_at__isnull=True)
    return set(rows.values_list("rule", flat=True))


def said(client: Client, address: str, given: dict[str, object]) -> str:
    return client.post(address, given, follow=True).content.decode()


def test_an_agency_that_takes_over_stops_comparisons_until_it_is_taken_back(client: Client):
    compared, signals = on_last_year(), standing()
    assert compared != "not comparable"
    assert "Eastern Police takes part." in said(client, "/agencies/", NEW)
    page = said(client, REPLACEMENT, TAKES_OVER)
    assert "Eastern Police takes over from Bedfordshire Police." in page
    assert on_last_year() == "not comparable"
    assert standing() != signals
    shown = client.get(f"/indicators/DA01/?area={LUTON}").content.decode()
    assert "Eastern Police sends them in place of Bedfordshire Police" in shown
    page = said(client, "/agencies/police/go-on/", {})
    assert "Bedfordshire Police goes on. Its figures are compared as before." in page
    assert (on_last_year(), standing()) == (compared, signals)
    assert "Eastern Police is out of the list." in said(
        client, "/agencies/eastern-police/remove/", {}
    )
    lines = AuditEvent.objects.filter(object_type="lscb.agency").order_by("id")
    assert [one.action for one in lines] == [
        "agency added",
        "agency replaced",
        "replacement taken back",
        "agency removed",
    ]
    page = client.get("/agencies/").content.decode()
    assert "takes over from Bedfordshire Police, whose last day is 31 March 2024" in page
    assert "Taken back that Eastern Police takes over from Bedfordshire Police" in page
    assert "Eastern Police removed" in page


def test_what_is_said_of_a_part_holds_for_the_signals_of_the_area_that_adds_it_up(client: Client):
    wider, luton = Area.objects.get(code="pan-bedfordshire"), Area.objects.get(code=LUTON)
    Area.objects.filter(pk=wider.pk).update(adds_up=True)
    wider.parts.set([luton])
    actions.recompute_all()
    signals = standing(wider.code)
    assert signals
    said(client, "/agencies/", NEW)
    said(client, REPLACEMENT, TAKES_OVER)
    assert standing(wider.code) < signals
    address = f"/indicators/DA01/comparable/2024-04/?area={LUTON}"
    assert "are compared from now on" in said(client, address, {"reason": "The same records."})
    assert standing(wider.code) == signals


@pytest.mark.once
def test_who_takes_over_and_when_is_refused_with_the_reason(client: Client):
    said(client, "/agencies/", NEW)
    assert "in the list already" in said(client, "/agencies/", {**NEW, "name": "eastern POLICE"})
    assert "Write the agency’s name." in said(client, "/agencies/", {**NEW, "name": "!"})
    assert "Choose at least one area." in said(client, "/agencies/", {**NEW, "areas": []})
    assert "Choose its last day." in said(client, REPLACEMENT, {**TAKES_OVER, "last_day": ""})
    assert "Choose an agency of the list." in said(
        client, REPLACEMENT, {**TAKES_OVER, "successor": "police"}
    )
    said(client, REPLACEMENT, TAKES_OVER)
    assert "Take that back first." in said(client, REPLACEMENT, TAKES_OVER)
    back = {"last_day": "2025-03-31", "successor": "police"}
    address = "/agencies/eastern-police/replacement/"
    assert "Bedfordshire Police cannot take over from Eastern Police." in said(
        client, address, back
    )
    early = {"last_day": "2024-03-01", "successor": "council"}
    assert "before its first, 1 April 2024" in said(client, address, early)
    for slug in ("police", "eastern-police"):
        page = said(client, f"/agencies/{slug}/remove/", {})
        assert "stays in the list: something was sent, said or planned for it." in page
    assert "No agency took over from Luton Council." in said(client, "/agencies/council/go-on/", {})


@pytest.mark.once
def test_others_read_who_took_over_and_change_nothing(client: Client):
    said(client, "/agencies/", NEW)
    said(client, REPLACEMENT, TAKES_OVER)
    reader = Client()
    reader.force_login(factories.person(Role.SUBGROUP))
    page = reader.get("/agencies/").content.decode()
    assert "Eastern Police takes over from Bedfordshire Police" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert reader.post("/agencies/police/go-on/").status_code == 403
    assert Agency.objects.get(slug="police").successor is not None


def test_loading_the_sample_again_keeps_a_successor_that_a_person_recorded(client: Client):
    said(client, "/agencies/", NEW)
    said(client, REPLACEMENT, TAKES_OVER)
    sample.load_places()
    police = Agency.objects.select_related("successor").get(slug="police")
    assert police.successor is not None
    assert (police.successor.slug, str(police.valid_to)) == ("eastern-police", "2024-03-31")
    ccg = Agency.objects.get(slug="ccg")
    assert ccg.successor_id == Agency.objects.get(slug="icb").pk
