"""Stored signals follow every recompute in its transaction, and are the same step by step and all at once."""

from datetime import timedelta

import pytest
from django.test import Client

from lscb.models import Area
from lscb.periods import parse
from performance import actions
from performance.indicators.duties import deadline
from performance.intake.spec import returns
from performance.models import DataVersion, Signal, State
from performance.pages import digest
from performance.queries import signals as queries
from performance.queries.false_alarms import Watched
from tests import factories
from tests.performance.conftest import LUTON, Send

pytestmark = pytest.mark.usefixtures("nobody_owes")
ONCE = pytest.mark.once
MONTHS = [parse("2024-04").shift(place).code for place in range(12)]
CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]


def csv(counts: list[int], kind: str = "crime", first: int = 0) -> str:
    rows = [f"{month},{kind},{count}" for month, count in zip(MONTHS[first:], counts, strict=False)]
    return "\n".join(["month,kind,count", *rows]) + "\n"


def stored() -> list[tuple[str, ...]]:
    """What the open signals say, in a fixed order."""
    rows = Signal.objects.filter(ended_at__isnull=True).order_by("kind", "indicator", "period")
    return [(row.kind, row.indicator, row.period, row.latest, row.words, row.rule) for row in rows]


def test_noise_stores_nothing_and_a_point_outside_the_limits_is_stored_once(send: Send):
    send(csv(CRIMES))
    assert stored() == []
    send(csv([400], first=11), period="2025-03")
    (row,) = Signal.objects.filter(kind="special-cause")
    assert (row.indicator, row.period, row.direction) == ("DA01", "2025-03", "high")
    assert row.first_seen_version == DataVersion.objects.get().number
    again = Signal.objects.count()
    actions.recompute_changed(
        area=Area.objects.get(code=LUTON), changed=["2025-03"], dataset="PoliceDomesticAbuse"
    )
    assert Signal.objects.count() == again, "the same recompute again finds the same signals"


def test_a_replaced_number_is_told_as_restated_until_the_first_one_comes_back(send: Send):
    send(csv(CRIMES))
    replacing = send(csv([290], first=1), period="2024-05")
    (row,) = Signal.objects.all()
    assert row.kind == "restatement"
    assert "May 2024 was 282 and is now 290 (+8)" in row.words, (
        "the quarter that moved with it is not told"
    )
    send(csv([270], first=1), period="2024-05")
    row.refresh_from_db()
    assert "May 2024 was 282 and is now 270" in row.words, (
        "the number first reported is the one compared with"
    )
    assert replacing.pk
    send(csv([282], first=1), period="2024-05")
    row.refresh_from_db()
    assert row.ended_at is not None
    assert row.ended_version == DataVersion.objects.get().number


def test_withdrawing_a_file_ends_the_signals_that_it_gave(send: Send, manager):
    send(csv(CRIMES))
    submission = send(csv([400], first=11), period="2025-03")
    assert Signal.objects.filter(kind="special-cause", ended_at__isnull=True).exists()
    actions.withdraw(by=manager, submission=submission, reason="sent twice")
    assert not Signal.objects.filter(kind="special-cause", ended_at__isnull=True).exists()


@pytest.mark.once
def test_data_of_one_agency_that_runs_on_shows_that_another_is_late(send: Send):
    send(csv(CRIMES))
    assert stored() == []
    rows = "\n".join(f"2025-{month:02d},all,all,all,10" for month in (4, 5))
    send(
        f"month,source,issue,outcome,count\n{rows}\n",
        return_id="mash-contacts",
        agency="council",
        period="2025-26",
    )
    late = Signal.objects.get(kind="missing", indicator="DA01")
    assert "no number for April 2025 to May 2025" in late.words


@pytest.mark.once
def test_a_deadline_that_passes_is_told_though_no_file_came(send: Send, settings):
    settings.CALENDAR_START = "2025-04"
    send(csv(CRIMES))
    last = parse("2025-04")
    due = deadline(returns()["police-da"], last)
    Signal.objects.all().delete()
    actions.tell_what_is_late(today=due)
    assert not Signal.objects.filter(indicator="DA01").exists()
    actions.tell_what_is_late(today=due + timedelta(days=1))
    row = Signal.objects.get(kind="missing", indicator="DA01")
    assert "no number for April 2025 (not submitted)" in row.words
    assert row.rule.startswith("The calendar of returns asks for it")
    actions.tell_what_is_late(today=due + timedelta(days=1))
    assert Signal.objects.filter(indicator="DA01").count() == 1


@pytest.mark.once
def test_whoever_sends_a_quarter_is_told_that_it_replaces_months_and_these_are_not_missing(
    send: Send, analyst
):
    send(csv(CRIMES))
    whole = "month,kind,count\n2024-25-Q2,crime,795\n"
    held = send(whole, period="2024-25-Q2", by=analyst, previewed=True)
    [told] = held.problems.filter(code="months-replaced")
    assert "no rows for July 2024, August 2024, September 2024, which count now" in told.message
    assert (told.severity, held.state) == ("warning", State.NEEDS_ANSWERS)
    assert "Add the rows of the months" in told.suggestion
    assert stored() == [], "nothing counts before the sender has answered"
    send(whole, period="2024-25-Q2")
    assert not Signal.objects.filter(kind="missing")
    by_month = send(csv(CRIMES[3:6], first=3), period="2024-25-Q2", by=analyst)
    assert not by_month.problems.filter(code="months-replaced")


@pytest.mark.parametrize(
    "order", [[2, 1, 0], *(pytest.param(one, marks=ONCE) for one in ([0, 1, 2], [1, 0, 2]))]
)
def test_step_by_step_and_all_at_once_give_the_same_signals(send: Send, order: list[int]):
    counts = [*CRIMES[:11], 420]
    files = []
    for place in range(0, 12, 3):
        incidents = csv([190] * 3, "incident", place).split("\n", 1)[1] if place < 9 else ""
        files.append((csv(counts[place : place + 3], first=place) + incidents, place // 3 + 1))
    for place in [*order, 3]:
        text, quarter = files[place]
        send(text, period=f"2024-25-Q{quarter}")
    step_by_step = stored()
    assert {row[0] for row in step_by_step} == {"special-cause", "missing"}
    actions.recompute_all()
    assert stored() == step_by_step
    Signal.objects.all().delete()
    actions.recompute_all()
    assert stored() == step_by_step


def test_a_failed_recompute_leaves_no_signal_behind(send: Send, monkeypatch):
    send(csv(CRIMES))
    number = DataVersion.objects.get().number

    def broken(**_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("performance.actions.signals.refresh", broken)
    with pytest.raises(RuntimeError):
        actions.recompute_all()
    assert DataVersion.objects.get().number == number
    assert stored() == []


REFERRALS = """month,source,age_band,ethnicity,reason,count
2025-01,all,all,all,all,100
2025-01,police,all,all,all,{police}
2025-01,schools,all,all,all,{schools}
"""


@pytest.mark.once
def test_a_source_that_was_corrected_is_told_though_the_total_stands_until_it_comes_back(
    send: Send,
):
    def sent(police: int, schools: int) -> None:
        text = REFERRALS.format(police=police, schools=schools)
        done = send(text, return_id="referrals", agency="council", period="2025-01")
        assert done.state == "accepted", done.problems.all()

    def told() -> list[str]:
        rows = Signal.objects.filter(kind="restatement", ended_at__isnull=True)
        return [row.words for row in rows.filter(indicator="FD03")]

    sent(60, 40)
    assert told() == []
    sent(55, 45)
    (words,) = told()
    assert "January 2025 by source: Police was 60 and is now 55 (−5); Schools was 40" in words
    sent(50, 50)
    (words,) = told()
    assert "Police was 60 and is now 50 (−10)" in words, "compared with what was first reported"
    sent(60, 40)
    assert told() == []


@pytest.mark.once
def test_a_whole_that_comes_after_its_part_shows_that_they_do_not_fit_until_one_is_mended(
    send: Send,
):
    send("month,kind,count\n2025-04,contact,310\n", period="2025-04")
    assert stored() == []
    hub = "month,source,issue,outcome,count\n2025-04,all,domestic-abuse,all,{}\n"
    send(hub.format(256), return_id="mash-contacts", agency="council", period="2025-04")
    (row,) = Signal.objects.filter(kind="sense", ended_at__isnull=True)
    assert row.indicator == "FD08"
    assert "310 in April 2025 are more than the 256 of" in row.words
    send(hub.format(356), return_id="mash-contacts", agency="council", period="2025-04")
    row.refresh_from_db()
    assert row.ended_at is not None


HUB = "month,source,issue,outcome,count\n"
QUARTER = "2024-25-Q1"


def hub(send: Send, period: str, *rows: str) -> None:
    text = HUB + "\n".join(rows) + "\n"
    done = send(text, return_id="mash-contacts", agency="council", period=period)
    assert done.state == "accepted", done.problems.all()


def sense(indicator: str) -> Signal:
    return Signal.objects.get(kind="sense", indicator=indicator)


@pytest.mark.once
def test_a_quarter_that_its_months_do_not_add_to_stands_until_one_of_them_is_sent_again(send: Send):
    hub(send, QUARTER, f"{QUARTER},all,all,all,300", f"{QUARTER},police,all,all,90")
    for month, count in zip(MONTHS[:3], (100, 90, 95), strict=True):
        hub(send, month, f"{month},all,all,all,{count}", f"{month},police,all,all,30")
    row = sense("FD01")
    assert row.ended_at is None
    assert (row.period_type, row.period) == ("quarter", QUARTER)
    assert row.words.endswith("300 was sent for Quarter 1, 2024/25, but its months add to 285."), (
        "the police's months do add to their quarter"
    )
    assert row.numbers == {"value": 300, "months": 285}
    assert "send the months again" in row.rule
    found = stored()
    actions.recompute_all()
    assert stored() == found, "recomputing everything finds the same"
    hub(send, MONTHS[2], f"{MONTHS[2]},all,all,all,110")
    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.once
def test_months_that_a_quarter_replaced_are_still_held_against_it(send: Send):
    for month, count in zip(MONTHS[:3], (100, 90, 95), strict=True):
        hub(send, month, f"{month},all,all,all,{count}")
    hub(send, QUARTER, f"{QUARTER},all,all,all,300")
    row = sense("FD01")
    assert "300 was sent for Quarter 1, 2024/25, but its months add to 285" in row.words
    hub(send, QUARTER, f"{QUARTER},all,all,all,285")
    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.once
def test_a_category_of_a_quarter_is_told_by_its_name_where_the_total_agrees(send: Send):
    hub(send, QUARTER, f"{QUARTER},all,all,all,300", f"{QUARTER},police,all,all,95")
    for month in MONTHS[:3]:
        hub(send, month, f"{month},all,all,all,100", f"{month},police,all,all,30")
    (words,) = Signal.objects.filter(kind="sense", indicator="FD01").values_list("words", flat=True)
    assert "by source, Police: 95 was sent for Quarter 1, 2024/25" in words
    assert "its months add to 90" in words


@pytest.mark.once
def test_counts_that_were_rounded_at_source_need_not_add_up_to_the_last_one(send: Send):
    hub(send, QUARTER, f"{QUARTER},all,all,all,310")
    for month in MONTHS[:3]:
        hub(send, month, f"{month},all,all,all,100")
    assert not Signal.objects.filter(kind="sense").exists()


@pytest.mark.once
def test_a_denominator_without_its_numerator_is_told_once_until_the_numerator_comes(send: Send):
    def month(at: int, count: int, abuse: int | None) -> None:
        rows = [f"{MONTHS[at]},all,all,all,{count}"]
        rows += [] if abuse is None else [f"{MONTHS[at]},all,domestic-abuse,all,{abuse}"]
        hub(send, MONTHS[at], *rows)

    month(0, 100, 40)
    month(1, 120, 50)
    month(2, 130, None)
    row = sense("FD07")
    assert row.words.endswith(
        "no number for June 2024, because the denominator came (130) without its numerator. "
        "Sender: Council, MASH team."
    )
    assert not Signal.objects.filter(kind="missing", indicator="FD07").exists()
    month(3, 140, None)
    row.refresh_from_db()
    assert "no number for June 2024 to July 2024" in row.words
    month(2, 130, 60)
    month(3, 140, 61)
    row.refresh_from_db()
    assert row.ended_at is not None
    assert not Signal.objects.filter(kind="sense", ended_at__isnull=True).exists()


@pytest.mark.once
def test_breaches_stand_in_the_feed_and_in_the_digest_with_their_rule(send: Send):
    hub(send, QUARTER, f"{QUARTER},all,all,all,300")
    for month in MONTHS[:3]:
        hub(send, month, f"{month},all,all,all,90")
    client = Client()
    client.force_login(factories.person("subgroup"))
    page = client.get(f"/signals/?area={LUTON}").content.decode()
    assert "300 was sent for Quarter 1, 2024/25, but its months add to 270." in page
    assert "Counts of events add up over time" in page
    told = queries.news("subgroup", DataVersion.objects.get().number)
    assert "300 was sent for Quarter 1, 2024/25" in digest.text(
        told, place="Luton", watched=Watched(), site=""
    )


@pytest.mark.once
def test_the_earliest_years_are_taken_though_a_window_would_reach_before_them(send: Send):
    done = send("month,kind,count\n2013-04,crime,70\n2013-05,crime,72\n", period="2013-14")
    assert done.state == "accepted"
    hub(send, "2013-14-Q1", "2013-14-Q1,all,all,all,300")
    for month in ("2013-04", "2013-05", "2013-06"):
        hub(send, month, f"{month},all,all,all,90")
    assert "300 was sent for Quarter 1, 2013/14" in sense("FD01").words
