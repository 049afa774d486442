"""An agency's own words for codes: mapped once, approved by the manager, used next month by itself, revocable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from lscb.models import Agency, Person, Role
from performance import actions
from performance.actions import mappings
from performance.actions.mappings import MappingRefused
from performance.intake.spec import returns
from performance.models import Mapping, PoliceDomesticAbuse, State

FILE = "month,kind,count\n2024-04,DV crim,264\n2024-04,incident,500\n"


@pytest.fixture
def police(places):
    return Agency.objects.get(slug="police")


@pytest.fixture
def proposed(police, analyst):
    return mappings.propose(
        by=analyst, agency=police, codes="da_kind", text="DV  Crim", code="crime"
    )


def test_an_unknown_word_is_refused_with_the_nearest_code(send):
    assert send(FILE, period="2024-04").state == State.REFUSED


def test_an_approved_word_is_understood_in_every_later_file_and_its_uses_are_counted(
    send, proposed, manager
):
    mappings.approve(by=manager, mapping=proposed)
    for month in ("2024-04", "2024-05"):
        submission = send(FILE.replace("2024-04", month), period=month)
        assert submission.state == State.ACCEPTED
        assert any("as your agency mapped it" in note for note in submission.notes)
    proposed.refresh_from_db()
    assert proposed.uses == 2
    assert proposed.last_used_at
    assert PoliceDomesticAbuse.objects.get(period="2024-04", kind="crime").count == 264


def test_a_word_only_proposed_is_used_where_a_person_looks_first_and_nowhere_else(
    send, proposed, analyst
):
    assert send(FILE, period="2024-04").state == State.REFUSED
    assert send(FILE, period="2024-04", by=analyst, previewed=True).state == State.READY


def test_a_revoked_word_is_not_understood_any_more_and_may_be_mapped_anew(
    send, proposed, manager, analyst, police
):
    mappings.approve(by=manager, mapping=proposed)
    mappings.revoke(by=analyst, mapping=proposed)
    assert send(FILE, period="2024-04").state == State.REFUSED
    with pytest.raises(MappingRefused, match="revoked"):
        mappings.approve(by=manager, mapping=proposed)
    again = mappings.propose(
        by=analyst, agency=police, codes="da_kind", text="DV crim", code="incident"
    )
    assert again.state == "proposed"
    assert Mapping.objects.count() == 2


def test_a_mapping_is_of_one_agency_only(proposed, manager):
    mappings.approve(by=manager, mapping=proposed)
    council = Agency.objects.get(slug="council")
    spec = returns()["police-da"]
    assert mappings.in_use(council, spec, proposed=True) == {}
    assert mappings.in_use(proposed.agency, spec, proposed=False) == {"kind": {"dv crim": "crime"}}


def test_the_managers_own_mapping_is_approved_at_once(police, manager):
    made = mappings.propose(
        by=manager, agency=police, codes="da_kind", text="dv crim", code="crime"
    )
    made.refresh_from_db()
    assert made.state == "approved"


@pytest.mark.parametrize(
    ("codes", "text", "code", "says"),
    [
        ("weather", "rain", "crime", "no such list"),
        ("da_kind", "dv crim", "weather", "one of the codes"),
        ("da_kind", "", "crime", "characters"),
        ("da_kind", "x" * 81, "crime", "characters"),
        ("da_kind", "943 476 5919", "crime", "personal"),
        ("da_kind", "Crimes", "crime", "understood already"),
        ("da_kind", "dv CRIM", "incident", "mapped already"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(proposed, analyst, police, codes, text, code, says):
    with pytest.raises(MappingRefused, match=says):
        mappings.propose(by=analyst, agency=police, codes=codes, text=text, code=code)
    assert Mapping.objects.count() == 1


def test_analysts_map_for_their_own_agency_and_approve_nothing(proposed, analyst):
    with pytest.raises(PermissionDenied):
        mappings.approve(by=analyst, mapping=proposed)
    with pytest.raises(PermissionDenied):
        mappings.propose(
            by=analyst, agency=Agency.objects.get(slug="council"),
            codes="source", text="polis", code="police",
        )  # fmt: skip


def test_a_refused_file_is_checked_again_as_a_new_submission(send, proposed, analyst):
    refused = send(FILE, period="2024-04", by=analyst)
    Mapping.objects.update(revoked_at=None)
    again = actions.check_again(by=analyst, submission=refused)
    actions.process(submission_id=again.pk)
    again.refresh_from_db()
    assert (again.state, again.checksum) == (State.READY, refused.checksum)
    with pytest.raises(actions.SubmissionRefused, match="Only a refused"):
        actions.check_again(by=analyst, submission=again)


def test_the_pages_map_a_word_of_a_refused_file_and_the_manager_approves_it(send, analyst, manager):
    refused = send(FILE, period="2024-04", by=analyst)
    mine, hers = Client(), Client()
    mine.force_login(analyst)
    hers.force_login(manager)
    page = mine.get(f"/submissions/{refused.pk}/")
    assert b"Map \xe2\x80\x98DV crim" in page.content
    where = f"/submissions/{refused.pk}/map/?codes=da_kind&text="
    assert mine.get(f"{where}DV crim").status_code == 200
    assert mine.get(f"{where}other").status_code == 404
    assert mine.post(f"{where}DV crim", {"code": ""}).status_code == 422
    assert mine.post(f"{where}DV crim", {"code": "crime"}).status_code == 302
    made = Mapping.objects.get()
    assert made.state == "proposed"
    assert b"dv crim" in mine.get("/returns/mappings/").content
    assert mine.post(f"/returns/mappings/{made.pk}/approve/").status_code == 403
    assert hers.post(f"/returns/mappings/{made.pk}/approve/").status_code == 302
    made.refresh_from_db()
    assert made.state == "approved"


def test_a_word_that_is_not_repeated_is_typed_by_whoever_has_the_file(send, analyst):
    text = "month,kind,count\n2024-04,Zyxwv,264\n2024-04,Qponm,500\n"
    refused = send(text, period="2024-04", by=analyst)
    client = Client()
    client.force_login(analyst)
    page = client.get(f"/submissions/{refused.pk}/").content.decode()
    assert "Zyxwv" not in page
    assert "Map a word that is not repeated here" in page
    where = f"/submissions/{refused.pk}/map/?codes=da_kind&text="
    assert "rows 2, 3" in client.get(where).content.decode()
    assert client.post(where, {"text": "", "code": "crime"}).status_code == 422
    assert client.post(where, {"text": "Jessica Jones", "code": "crime"}).status_code == 422
    for word, code in (("Zyxwv", "crime"), ("Qponm", "incident")):
        assert client.post(where, {"text": word, "code": code}).status_code == 302
    assert client.post(f"/submissions/{refused.pk}/check-again/").status_code == 302
    again = send(text, period="2024-04", by=analyst, previewed=True)
    assert again.state == State.READY


def test_another_agencys_mappings_are_not_shown(proposed, places):
    other = Person.objects.create_user(
        "ann@council.test", name="Ann", role=Role.ANALYST, agency=Agency.objects.get(slug="council")
    )
    client = Client()
    client.force_login(other)
    assert b"dv crim" not in client.get("/returns/mappings/").content
    assert client.post(f"/returns/mappings/{proposed.pk}/revoke/").status_code == 404
