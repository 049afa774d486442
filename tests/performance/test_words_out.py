"""What should never have been written in a challenge, in commentary or in a decision about an indicator is taken out
for good, wherever it stands."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lscb.history import HistoryRefused
from lscb.models import Agency, Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance.actions import challenges, words_out
from performance.actions.catalogue import Aim, set_indicator
from performance.actions.commentary import write_commentary
from performance.actions.statements import (
    add_rebase,
    remove_rebase,
    say_comparable,
    take_back_comparable,
)
from performance.indicators.spec import indicators
from performance.models import (
    Challenge,
    ChallengeEntry,
    ChallengeFile,
    Commentary,
    IndicatorSetting,
)
from performance.models.breaks import breaks
from tests import factories, personas
from tests.performance.conftest import LUTON, Send

NAME = "Quentin Featherstonehaugh"
QUARTER = parse("2024-25-Q4")
WHY = "It named a child."
FILE = b"period,count\n2024-04,7\n"


def asked(manager: Person) -> Challenge:
    """A challenge whose question, note, answer and outcome hold a name, and a file of it."""
    council = Agency.objects.get(slug="council")
    challenge = challenges.raise_challenge(
        by=manager,
        question=f"Why did {NAME} wait?",
        agency=council,
        area=Area.objects.get(code=LUTON),
        due=timezone.localdate() + timedelta(days=7),
        indicator="FD03",
    )
    challenges.add_note(
        by=manager, challenge=challenge, text=f"Seen: {NAME}.", file=("notes.csv", FILE)
    )
    challenges.answer(by=manager, challenge=challenge, text=f"{NAME} was seen.")
    challenges.close(by=manager, challenge=challenge, outcome=f"{NAME} is safe.")
    return challenge


def test_words_of_a_challenge_are_taken_out_line_by_line_with_its_question_outcome_and_file(
    places: None, manager
):
    challenge = asked(manager)
    client = personas.client_of(personas.MANAGER)
    page = f"/challenges/{challenge.pk}/"
    assert NAME in client.get(page).content.decode()
    for entry in challenge.entries.all():
        address = f"{page}history/{entry.pk}/take-out/"
        assert address in client.get(page).content.decode()
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": WHY}, follow=True).status_code == 200
    for where in (page, f"{page}deep-dive/", "/challenges/", f"/search/?q={NAME.split()[0]}"):
        answer = client.get(where)
        assert answer.status_code == 200
        assert NAME not in answer.content.decode()
    shown = client.get(page).content.decode()
    assert (
        shown.count(f"{timezone.localdate():%-d %B %Y}: {WHY}")
        == len(["raised", "file", "answer", "closed"]) + 2
    )
    assert not ChallengeFile.objects.exists()
    challenge.refresh_from_db()
    assert challenge.state == Challenge.State.CLOSED
    assert [one.kind for one in challenge.entries.all()] == ["raised", "file", "answer", "closed"]
    told = AuditEvent.objects.filter(action="words taken out of a challenge")
    assert {one.details["reason"] for one in told} == {WHY}
    assert NAME not in "".join(str(one.details) for one in AuditEvent.objects.all())


def test_a_later_question_stays_where_the_line_that_raised_it_is_emptied(places: None, manager):
    challenge = asked(manager)
    Challenge.objects.filter(pk=challenge.pk).update(question="Why was the wait long?")
    raised = challenge.entries.get(kind=ChallengeEntry.Kind.RAISED)
    words_out.take_out_of_challenge(by=manager, entry=raised, reason=WHY)
    challenge.refresh_from_db()
    assert challenge.question == "Why was the wait long?"


def test_an_earlier_wording_of_commentary_is_taken_out_and_the_one_that_stands_stays(
    places: None, manager
):
    about = {"indicator": "FD03", "area": Area.objects.get(code=LUTON), "period": QUARTER}
    first = write_commentary(by=manager, text=f"{NAME} was referred.", agency=None, **about)
    write_commentary(by=manager, text="One family was referred.", agency=None, **about)
    client = personas.client_of(personas.MANAGER)
    page = f"/indicators/FD03/commentary/?area={LUTON}&period={QUARTER.code}"
    assert f"/commentary/{first.pk}/take-out/" in client.get(page).content.decode()
    answer = client.post(f"/commentary/{first.pk}/take-out/", {"reason": WHY}, follow=True)
    shown = answer.content.decode()
    assert NAME not in shown
    assert "One family was referred." in shown
    assert WHY in shown
    assert Commentary.objects.count() == 2
    assert "take-out" not in personas.client_of(personas.SUBGROUP).get(page).content.decode()


@pytest.mark.once
def test_only_the_manager_takes_words_out_and_a_reason_names_nobody(places: None, manager):
    entry = asked(manager).entries.first()
    with pytest.raises(PermissionDenied):
        words_out.take_out_of_challenge(by=factories.person(Role.CHAIR), entry=entry, reason=WHY)
    for reason, why in ((" ", "Say why"), ("NHS number 943 476 5919", "looks like")):
        with pytest.raises(HistoryRefused, match=why):
            words_out.take_out_of_challenge(by=manager, entry=entry, reason=reason)
    entry.refresh_from_db()
    assert NAME in entry.text


def told_of(page: str) -> str:
    return personas.client_of(personas.MANAGER).get(page).content.decode()


@pytest.mark.once
def test_the_reason_of_a_setting_is_taken_out_of_every_page_and_the_target_stays(
    send: Send, manager
):
    send("month,kind,count\n2024-05,crime,70\n2024-06,crime,72\n", period="2024-25")
    spec = indicators()["DA01"]
    for aim, reason in ((Aim(60, date(2024, 4, 1), 80), f"{NAME} asked."), (None, "No target.")):
        set_indicator(by=manager, spec=spec, in_use=True, position=0, aim=aim, reason=reason)
    first = IndicatorSetting.objects.order_by("id")[0]
    page = "/indicators/DA01/settings/"
    assert NAME in told_of(page)
    address = f"/settings/{first.pk}/take-out/"
    assert address in told_of(page)
    client = personas.client_of(personas.MANAGER)
    assert client.post(address, {"reason": ""}).status_code == 422
    shown = client.post(address, {"reason": WHY}, follow=True).content.decode()
    assert NAME not in shown
    assert WHY in shown
    first.refresh_from_db()
    assert (first.target, first.upper, first.made_by_id) == (60, 80, manager.pk)
    assert NAME not in "".join(str(one.details) for one in AuditEvent.objects.all())


@pytest.mark.once
def test_a_target_that_holds_tells_its_reason_no_longer(send: Send, manager):
    send("month,kind,count\n2024-05,crime,70\n2024-06,crime,72\n", period="2024-25")
    aim = Aim(60, date(2024, 4, 1), 80)
    row = set_indicator(
        by=manager, spec=indicators()["DA01"], in_use=True, position=0, aim=aim, reason=NAME
    )
    assert NAME in told_of("/indicators/DA01/")
    words_out.take_out_of_decision(by=manager, decision=row, reason=WHY)
    assert NAME not in told_of("/indicators/DA01/")
    assert "Band 60 to 80" in told_of("/indicators/DA01/")


def test_the_reason_of_a_rebase_is_taken_out_also_of_one_that_was_taken_back(send: Send, manager):
    send("month,kind,count\n2024-05,crime,70\n2024-06,crime,72\n", period="2024-25")
    row = add_rebase(
        by=manager, spec=indicators()["DA01"], area=Area.objects.get(code=LUTON),
        period=parse("2024-06"), reason=f"{NAME} told us.",
    )  # fmt: skip
    remove_rebase(by=manager, rebase=row)
    page = f"/indicators/DA01/rebases/?area={LUTON}"
    address = f"/rebases/{row.pk}/take-out/"
    assert NAME in told_of(page)
    assert address in told_of(page)
    answer = personas.client_of(personas.MANAGER).post(address, {"reason": WHY}, follow=True)
    assert NAME not in answer.content.decode()
    assert WHY in answer.content.decode()
    assert address not in personas.client_of(personas.CHAIR).get(page).content.decode()
    assert NAME not in "".join(str(one.details) for one in AuditEvent.objects.all())


@pytest.mark.once
def test_why_figures_compare_is_taken_out_and_they_go_on_to_compare(send: Send, manager):
    send("month,kind,count\n2024-03,crime,70\n", period="2024-03")
    after = Agency.objects.create(slug="eastern-police", name="Eastern Police", type="police")
    Agency.objects.filter(slug="police").update(successor=after, valid_to="2024-03-31")
    row = say_comparable(
        by=manager, spec=indicators()["DA01"], area=Area.objects.get(code=LUTON),
        period=parse("2024-04"), reason=f"{NAME} counts as before.",
    )  # fmt: skip
    page = f"/indicators/DA01/rebases/?area={LUTON}"
    address = f"/comparable/{row.pk}/take-out/"
    assert NAME in told_of(page)
    assert address in told_of(page)
    answer = personas.client_of(personas.MANAGER).post(address, {"reason": WHY}, follow=True)
    assert NAME not in answer.content.decode()
    ((found, _),) = breaks(["DA01"], [LUTON])["DA01", LUTON]
    assert WHY in found.comparable
    take_back_comparable(by=manager, comparable=row)
    assert NAME not in told_of(page)
    assert NAME not in "".join(str(one.details) for one in AuditEvent.objects.all())


@pytest.mark.once
def test_only_the_manager_takes_the_reason_of_a_decision_out(places: None, manager):
    row = set_indicator(
        by=manager, spec=indicators()["DA01"], in_use=True, position=1, aim=None, reason=NAME
    )
    with pytest.raises(PermissionDenied):
        words_out.take_out_of_decision(by=factories.person(Role.CHAIR), decision=row, reason=WHY)
    with pytest.raises(HistoryRefused, match="looks like"):
        words_out.take_out_of_decision(by=manager, decision=row, reason="NHS number 943 476 5919")
    row.refresh_from_db()
    assert row.reason == NAME
