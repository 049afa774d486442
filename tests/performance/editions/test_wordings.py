"""A wording that the figures contradict is agreed with a reason only, and is marked wherever it is read; what an
edition says stays, and what was written since stands beside it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from lscb.models import Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance.actions.challenges import answer, close, raise_challenge
from performance.actions.commentary import CommentaryRefused, agree_commentary
from performance.actions.editions import open_edition, take_step
from performance.actions.words_out import take_out_of_challenge, take_out_of_commentary
from performance.models import Commentary, Edition
from performance.pages import beside_rows
from performance.queries import observations
from performance.views import frozen
from tests import factories
from tests.performance.api.test_document import assert_promised
from tests.performance.conftest import LUTON

QUARTER = parse("2024-25-Q4")
MONTHS = [f"2024-{one:02d}" for one in range(10, 13)] + ["2025-01", "2025-02", "2025-03"]
FILE = "month,kind,count\n" + "".join(
    f"{month},crime,{count}\n"
    for month, count in zip(MONTHS, (90, 90, 90, 100, 110, 120), strict=True)
)
WRONG = "Domestic abuse crimes fell by 20% on the previous quarter."
RIGHT = "Domestic abuse crimes rose by 22% on the previous quarter."
WHY = "The force counts by another day; it says so in its note."
COMMENTARY = f"/indicators/DA01/commentary/?area={LUTON}&period={QUARTER.code}"
SCORECARD = f"/scorecard/{QUARTER.code}/"
MARK = "The figures say otherwise:"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(scope="module")
def of_the_day(shared_send) -> None:
    """The crimes of a quarter are 330."""
    shared_send(FILE)


@pytest.fixture
def chair(of_the_day, places) -> Person:
    return factories.person(Role.CHAIR)


def write(client: Client, text: str) -> Commentary:
    assert client.post(COMMENTARY, {"voice": "subgroup", "text": text}).status_code == 302
    return Commentary.objects.latest("pk")


@pytest.fixture
def wrong(chair, manager) -> Commentary:
    return write(client_of(manager), WRONG)


@pytest.fixture
def edition(wrong, manager) -> Edition:
    return frozen.freeze(by=manager, area=Area.objects.get(code=LUTON), quarter=QUARTER)


def page_of(edition: Edition, client: Client) -> str:
    return client.get(f"/scorecard/editions/{edition.pk}/").content.decode()


def test_agreeing_a_wording_that_the_figures_contradict_asks_for_a_reason_which_is_kept_and_shown(
    wrong, chair
):
    client = client_of(chair)
    asked = client.get(COMMENTARY).content.decode()
    assert "The figures contradict 1 claim of this wording" in asked
    assert "Why is it agreed all the same?" in asked
    refused = client.post(COMMENTARY, {"agree": wrong.pk})
    assert refused.status_code == 422
    assert "Correct it, or say why it is agreed all the same." in refused.content.decode()
    wrong.refresh_from_db()
    assert wrong.agreed_at is None
    shown = client.post(COMMENTARY, {"agree": wrong.pk, "despite": WHY}, follow=True)
    assert f"Agreed all the same: {WHY}" in shown.content.decode()
    told = AuditEvent.objects.get(action="commentary agreed")
    assert told.details == {"contradicted": 1}, (
        "the reason stands in the wording, from which it can be taken out"
    )
    row = client.get(SCORECARD).content.decode()
    assert (
        f"{MARK}</b> ‘fell by 20%’, but 270 in Quarter 3, 2024/25, 330 in Quarter 4, 2024/25: +22.2%"
        in row
    )
    assert f"Agreed all the same: {WHY}" in row


@pytest.mark.once
def test_a_row_says_what_the_figures_of_today_contradict_as_the_page_of_its_wording_does(
    wrong, chair, send
):
    client = client_of(chair)
    then = "330 in Quarter 4, 2024/25: +22.2%"
    assert then in client.get(SCORECARD).content.decode()
    send(FILE.replace("2025-03,crime,120", "2025-03,crime,150"))
    now = "360 in Quarter 4, 2024/25: +33.3%"
    for address in (SCORECARD, COMMENTARY, f"{SCORECARD}scorecard.csv"):
        page = client.get(address).content.decode()
        assert now in page, address
        assert then not in page, address


@pytest.mark.once
def test_the_form_goes_on_from_ones_own_wording_and_offers_the_draft_again(chair, manager):
    client = client_of(manager)
    field = re.compile(r"<textarea[^>]*>([^<]*)</textarea>")
    draft = field.search(client.get(COMMENTARY).content.decode())
    write(client, RIGHT)
    page = client.get(COMMENTARY).content.decode()
    own = field.search(page)
    assert own
    assert own[1].strip() == RIGHT
    assert "start from the figures again" in page
    again = field.search(client.get(f"{COMMENTARY}&draft=1").content.decode())
    assert draft
    assert again
    assert again[1] == draft[1]
    assert RIGHT not in client_of(chair).get(COMMENTARY).content.decode().split("<textarea")[1]


@pytest.mark.once
def test_a_wording_that_the_figures_bear_out_is_agreed_without_a_reason(chair, manager):
    right = write(client_of(manager), RIGHT)
    client = client_of(chair)
    assert "Why is it agreed all the same?" not in client.get(COMMENTARY).content.decode()
    client.post(COMMENTARY, {"agree": right.pk})
    assert Commentary.objects.get().agreed_by == chair
    assert MARK not in client.get(SCORECARD).content.decode()


@pytest.mark.once
def test_a_reason_that_looks_like_a_childs_number_is_refused(wrong, chair):
    with pytest.raises(CommentaryRefused, match="looks like"):
        agree_commentary(by=chair, commentary=wrong, despite="NHS number 943 476 5919")


@pytest.mark.once
def test_who_approves_and_who_signs_off_reads_what_the_figures_contradict(edition, chair, wrong):
    client = client_of(chair)
    for state in ("provisional", "approved", "published"):
        page = page_of(edition, client)
        assert "1 wording that the figures contradict" in page, state
        assert (
            f"{MARK}</b> ‘fell by 20%’, but 270 in Quarter 3, 2024/25, 330 in Quarter 4, 2024/25: +22.2%"
            in page
        ), state
        assert "Not agreed by anybody." in page, state
        edition.refresh_from_db()
        if state == "provisional":
            step = f"/scorecard/editions/{edition.pk}/steps/approve/"
            shown = client.get(step)
            asked = "Why is it approved with 1 wording that the figures contradict?"
            assert asked in shown.content.decode()
            sent = {"seen": shown.context["seen"]}
            refused = client.post(step, sent)
            assert refused.status_code == 422
            assert "that nobody agreed all the same" in refused.content.decode()
            client.post(step, sent | {"reason": WHY})
            told = f"Approved all the same by {chair.name}: {WHY}"
            assert told in page_of(edition, client)
            trail = "".join(str(one.details) for one in AuditEvent.objects.all())
            assert WHY not in trail
        elif state == "approved":
            executive = client_of(factories.person(Role.EXECUTIVE))
            step = f"/scorecard/editions/{edition.pk}/steps/publish/"
            shown = executive.get(step)
            assert "fell by 20%" in shown.content.decode()
            executive.post(step, {"seen": shown.context["seen"]})
    edition.refresh_from_db()
    assert edition.state == "published"


def test_an_agreed_wording_is_corrected_until_the_edition_is_approved(
    edition, chair, manager, wrong
):
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    right = write(client_of(manager), RIGHT)
    client = client_of(chair)
    page = page_of(edition, client)
    assert RIGHT in page
    assert MARK not in page
    assert "wording that the figures contradict" not in page
    agree_commentary(by=chair, commentary=right)
    take_step(by=chair, edition=edition, step="approve")
    assert RIGHT in page_of(edition, client)
    assert "Nothing: the numbers, targets and words" in page_of(edition, client)


@pytest.mark.once
def test_what_is_written_after_the_approval_stands_beside_the_words_of_the_edition(
    edition, chair, manager, wrong
):
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    take_step(by=chair, edition=edition, step="approve")
    writer = client_of(manager)
    assert "stay as they are" in writer.get(COMMENTARY).content.decode()
    write(writer, RIGHT)
    page = page_of(edition, client_of(chair))
    assert WRONG in page
    assert f"</b>, draft: {RIGHT}" in page
    assert "1 row with other words" in page
    assert "Nothing:" not in page
    compared = client_of(chair).get(f"/scorecard/editions/compare/?area={LUTON}").content.decode()
    assert "Only words differ" in compared
    assert RIGHT in compared
    assert RIGHT in client_of(chair).get(SCORECARD).content.decode()


@pytest.mark.once
def test_words_agreed_after_the_approval_are_a_draft_in_the_edition(edition, chair, wrong):
    take_step(by=chair, edition=edition, step="approve")
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    (said,) = beside_rows.said_in(edition.__class__.objects.get(pk=edition.pk)).values()
    assert (said.is_agreed, said.despite) == (False, "")


def test_the_panel_and_the_moment_of_its_words_never_change(edition, chair):
    take_step(by=chair, edition=edition, step="approve")
    for change in ({"panel": {}}, {"panel": None}, {"said_until": None}):
        with pytest.raises(DatabaseError, match="an edition never changes"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)


@pytest.mark.once
def test_an_edition_holds_what_was_missing_and_the_decisions_asked_for_when_it_was_frozen(
    chair, manager
):
    area, council = Area.objects.get(code=LUTON), factories.agency("council")
    challenge = raise_challenge(
        by=chair,
        question="Why do they wait?",
        agency=council,
        area=area,
        due=timezone.localdate(),
        indicator="FD03",
    )
    edition = frozen.freeze(by=manager, area=area, quarter=QUARTER)
    then = client_of(chair).get(SCORECARD).context["brief"]
    answer(by=manager, challenge=challenge, text="Fewer staff.")
    close(by=manager, challenge=challenge, outcome="Hired two.")
    held = client_of(chair).get(f"/scorecard/editions/{edition.pk}/")
    assert held.context["brief"] == then
    row = next(row for section in held.context["sections"] for row in section.rows if row.period)
    told = {name: held.context[name] for name in ("area", "decisions", "held_by")}
    told["brief"] = replace(then, steady=(row,))
    address = f"/numbers/{row.period}/?area={row.area}&amp;edition={edition.pk}"
    assert address in render_to_string("performance/parts/brief.html", told)
    for heading in ("What changed", "What is missing", "Decisions asked for"):
        assert f"<h2>{heading}</h2>" in held.content.decode()
    assert "Why do they wait?" in held.content.decode()
    assert "Why do they wait?" not in client_of(chair).get(SCORECARD).content.decode()
    (line,) = challenge.entries.filter(kind="raised")
    take_out_of_challenge(by=manager, entry=line, reason="It named a family.")
    assert "Why do they wait?" not in page_of(edition, client_of(chair))


@pytest.mark.once
def test_an_edition_of_before_says_that_it_holds_no_panel(chair, manager):
    area = Area.objects.get(code=LUTON)
    edition = open_edition(
        by=manager,
        area=area,
        quarter=QUARTER,
        rows=frozen.live_rows(area, QUARTER),
        panel=None,
        data_version=observations.data_version(),
    )
    page = page_of(edition, client_of(chair))
    assert "it holds its rows alone" in page
    assert "do not match the checksum" not in page


def test_words_taken_out_take_what_was_found_in_them_and_why_they_were_agreed_along(
    wrong, chair, manager
):
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    take_out_of_commentary(by=manager, commentary=wrong, reason="It named a family.")
    wrong.refresh_from_db()
    assert wrong.findings == []
    assert WHY not in wrong.agreed_despite
    assert WHY not in "".join(str(one.details) for one in AuditEvent.objects.all())


def by_api(edition: Edition, client: Client) -> dict[str, Any]:
    """The edition as a program gets it, of the shape that the API's document promises."""
    answer = client.get(f"/api/v1/editions/{edition.pk}/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    document = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    assert_promised(document, "/api/v1/editions/{edition_id}/", "get", "200", found)
    return found


@pytest.mark.once
def test_the_api_gives_the_panel_of_an_edition_as_its_page_shows_it(chair, manager):
    area, council = Area.objects.get(code=LUTON), factories.agency("council")
    challenge = raise_challenge(
        by=chair, question="Why do they wait?", agency=council, area=area,
        due=timezone.localdate(), indicator="FD03",
    )  # fmt: skip
    edition = frozen.freeze(by=manager, area=area, quarter=QUARTER)
    shown = client_of(chair).get(f"/scorecard/editions/{edition.pk}/").context["brief"]
    panel = by_api(edition, client_of(chair))["panel"]
    assert panel["nothing"] == shown.nothing
    assert panel["changed"] == []
    assert [one["indicator"] for one in panel["steady"]] == [row.id for row in shown.steady]
    assert panel["missing"] == [{"sender": one.sender, "words": one.words} for one in shown.gaps]
    assert (panel["indicators"], panel["reported"]) == (shown.rows, shown.reported)
    (asked,) = panel["challenges"]
    assert asked["question"] == "Why do they wait?"
    assert (asked["id"], asked["state"], asked["overdue"]) == (challenge.pk, "open", False)
    (line,) = challenge.entries.filter(kind="raised")
    take_out_of_challenge(by=manager, entry=line, reason="It named a family.")
    assert "Why do they wait?" not in str(by_api(edition, client_of(chair)))


@pytest.mark.once
def test_the_api_gives_the_words_beside_an_editions_rows_draft_or_agreed_and_what_came_since(
    edition, chair, manager, wrong
):
    def said() -> dict[str, Any]:
        rows = {one["indicator"]: one["said"] for one in by_api(edition, client_of(chair))["rows"]}
        assert [key for key, one in rows.items() if one] == ["DA01"]
        return rows["DA01"]

    draft = said()
    assert (draft["text"], draft["is_agreed"], draft["agreed_at"]) == (WRONG, False, None)
    (found,) = draft["contradicted"]
    assert (found["claim"], "+22.2%" in found["actual"]) == ("fell by 20%", True)
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    agreed = said()
    assert (agreed["is_agreed"], agreed["agreed_by"]) == (True, chair.name)
    assert agreed["agreed_despite"] == WHY
    take_step(by=factories.person(Role.CHAIR), edition=edition, step="approve")
    write(client_of(manager), RIGHT)
    later = said()
    assert later["text"] == WRONG
    assert (later["since"]["text"], later["since"]["is_agreed"]) == (RIGHT, False)


@pytest.mark.once
def test_the_api_says_of_an_edition_of_before_that_it_holds_no_panel(chair, manager):
    area = Area.objects.get(code=LUTON)
    edition = open_edition(
        by=manager, area=area, quarter=QUARTER, rows=frozen.live_rows(area, QUARTER), panel=None,
        data_version=observations.data_version(),
    )  # fmt: skip
    found = by_api(edition, client_of(chair))
    assert found["panel"] is None
    assert found["intact"] is True


@pytest.mark.once
def test_whoever_sees_no_figures_gets_no_edition_by_api(edition):
    assert Client().get(f"/api/v1/editions/{edition.pk}/").status_code == 401


@pytest.mark.once
def test_of_an_agreed_wording_whose_figures_moved_row_open_row_and_page_tell_what_those_of_now_say(
    wrong, chair, send
):
    agree_commentary(by=chair, commentary=wrong, despite=WHY)
    send(FILE.replace("2025-03,crime,120", "2025-03,crime,6"))  # 216 of 270: it did fall by 20%
    row = client_of(chair).get(SCORECARD).content.decode()
    assert "<b>figures moved since</b>: 330 then, 216 now" in row
    assert MARK not in row
    for address in (f"{SCORECARD}rows/DA01/?part=1", COMMENTARY):
        for reader in (chair, factories.person(Role.EXECUTIVE)):
            now = client_of(reader).get(address).content.decode()
            assert "Figures have moved" in now
            assert "of this wording" not in now, "the figures of now bear it out"


@pytest.mark.once
def test_what_only_the_figures_of_now_contradict_is_told_in_the_row_and_when_it_is_opened(
    chair, manager, send
):
    right = write(client_of(manager), RIGHT)
    agree_commentary(by=chair, commentary=right)
    send(FILE.replace("2025-03,crime,120", "2025-03,crime,6"))
    part = client_of(chair).get(f"{SCORECARD}rows/DA01/?part=1").content.decode()
    assert "The figures contradict 1 claim of this wording" in part
    assert MARK in client_of(chair).get(SCORECARD).content.decode()


@pytest.mark.once
def test_what_was_found_in_an_earlier_wording_is_told_as_found_then(wrong, chair, manager):
    write(client_of(manager), RIGHT)
    page = client_of(chair).get(COMMENTARY).content.decode()
    assert "The figures contradicted 1 claim of this wording when it was last looked at" in page
