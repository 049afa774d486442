"""The feed of signals, its API, the badge, and the e-mail that tells a group what changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lscb import context
from lscb.models import Area, Person
from lscb.periods import parse
from performance import actions
from performance.indicators.false_alarms import FALSE_ALARM_SHARE, RARE_SHARE
from performance.indicators.spec import indicators
from performance.models import DigestSent, Meeting, Observation, Signal
from performance.pages import digest
from performance.queries import signals as queries
from performance.queries.false_alarms import Watched, watched
from performance.tasks import tell_groups
from tests import factories, kept_pages
from tests.performance.conftest import LUTON, Send

pytestmark = pytest.mark.usefixtures("nobody_owes")
MONDAY = date(2026, 11, 30)
CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265]


def csv(last: int) -> str:
    counts = [*CRIMES, last]
    months = [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
    rows = [f"{month},crime,{count}" for month, count in zip(months, counts, strict=True)]
    return "\n".join(["month,kind,count", *rows]) + "\n"


@pytest.fixture
def reader(places: None) -> Client:
    client = Client()
    client.force_login(factories.person("subgroup"))
    return client


@pytest.mark.once
def test_the_page_tells_the_signal_its_rule_and_the_false_alarms_to_expect(
    reader: Client, send: Send
):
    quiet = send(csv(260))
    page = reader.get("/signals/").content.decode()
    assert "Nothing stands out" in page
    assert (
        "about 0.02 would still show a special cause by chance, and about 0.01 one that has ended"
        in page
    )
    assert quiet.pk
    send(csv(400))
    page = reader.get("/signals/").content.decode()
    assert "400 in March 2025 is above the upper limit" in page
    assert "XmR chart: March 2025 is above the upper limit." in page
    assert "Nothing stands out" in reader.get("/signals/?kind=target").content.decode()
    assert "Nothing stands out" in reader.get("/signals/?indicator=FD03").content.decode()
    assert reader.get("/signals/?area=nowhere").status_code == 404
    today = timezone.localdate()
    assert "400 in March 2025" in reader.get(f"/signals/?since={today}").content.decode()
    later = reader.get(f"/signals/?since={today + timedelta(days=1)}").content.decode()
    assert "400 in March 2025" not in later
    assert "Nothing stands out that was first seen on" in later
    assert "400 in March 2025" in reader.get("/signals/?since=soon").content.decode()


@pytest.mark.once
def test_a_series_that_ends_before_others_is_among_those_that_can_be_judged(places: None):
    area = Area.objects.get(code=LUTON)

    def year(indicator: str, first: int) -> None:
        Observation.objects.create(
            indicator=indicator, area=area, period_type="year", breakdown="all", category="all",
            period=f"{first}-{(first + 1) % 100:02d}", numerator=5, value=5.0 + first % 3, present=1, expected=1,
        )  # fmt: skip

    for first in range(2012, 2024):
        year("CP08", first)
        year("CX01", first)  # a population, which is judged by no limits
    year("FD01", 2025)
    assert watched(LUTON) == Watched((FALSE_ALARM_SHARE,), stocks=1)
    Observation.objects.filter(indicator="CP08", period="2015-16").delete()
    assert watched(LUTON).series == 0


@pytest.mark.once
def test_beside_the_false_alarms_to_expect_stands_what_numbers_at_a_periods_end_do_to_them(
    reader: Client,
):
    """They mostly count who was counted before; of numbers of events nothing of the kind is said."""
    area = Area.objects.get(code=LUTON)

    def months(indicator: str) -> None:
        for month in range(24):
            Observation.objects.create(
                indicator=indicator, area=area, period_type="month", breakdown="all", category="all",
                period=f"{2023 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}", numerator=200 + month % 5,
                value=200.0 + month % 5, present=1, expected=1,
            )  # fmt: skip

    def said() -> tuple[str, str]:
        kept_pages.forget()
        letter = digest.text(
            queries.news("subgroup", 1), place="Luton", watched=watched(LUTON), site=""
        )
        return reader.get("/signals/").content.decode(), letter

    months("FD03")
    assert not any("independent" in one for one in said())
    months("CP08")
    for one in said():
        assert "One of those judged counts, at a period’s end, mostly who was counted before" in one
        assert "holds for numbers independent of one another" in one
    months("CP14")
    assert all("2 of those judged count, at a period’s end" in one for one in said())


@pytest.mark.once
def test_what_is_judged_by_the_time_between_rare_events_counts_among_the_false_alarms(
    reader: Client,
):
    area = Area.objects.get(code=LUTON)
    seldom = {
        "AU04": (0, 1, 2, 1),
        "AU01": (2, 1, 2, 2),
    }  # a mean of 1, and one over 1, which has no chart
    for month in range(24):
        period = f"{2023 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}"
        counts = {key: listed[month % 4] for key, listed in seldom.items()}
        for indicator, count in {"FD03": 250 + month % 5, **counts}.items():
            Observation.objects.create(
                indicator=indicator, area=area, period_type="month", breakdown="all", category="all",
                period=period, numerator=count, value=float(count), present=1, expected=1,
            )  # fmt: skip
    found = watched(LUTON)
    assert found == Watched((FALSE_ALARM_SHARE,), rare=1)
    assert found.standing == pytest.approx(FALSE_ALARM_SHARE + RARE_SHARE)
    page = reader.get("/signals/").content.decode()
    assert "2 series of Luton can be judged, 1 of rare events by the time between them." in page
    assert "about 0.06 would still show a special cause by chance" in page
    assert "about 0.06 would show a special cause by chance" in digest.text(
        queries.news("subgroup", 1), place="Luton", watched=found, site=""
    )


@pytest.mark.once
def test_what_is_missing_stands_below_whoever_owes_it_the_longest_list_first(places: None):
    area = Area.objects.get(code=LUTON)

    def owed(indicator: str) -> None:
        sender = indicators()[indicator].sender
        Signal.objects.create(
            kind="missing", indicator=indicator, area=area, period_type="month", period="2025-04",
            latest="2025-04", words=f"{indicators()[indicator].title}: no number. Sender: {sender}.",
            rule=".", rank=900, first_seen_version=1, first_seen_at=timezone.now(),
        )  # fmt: skip

    police = [one.id for one in indicators().values() if one.sender == "Police, performance team"]
    (mash, *_) = [one.id for one in indicators().values() if one.sender == "Council, MASH team"]
    for indicator in (mash, *police[:2]):
        owed(indicator)
    found = queries.by_sender(queries.standing(area=LUTON))
    assert [(sender, {row.indicator for row in rows}) for sender, rows, _ in found] == [
        ("Police, performance team", {police[0]}),
        ("Council, MASH team", {mash}),
    ]
    assert found[0][1][0].also == (indicators()[police[1]].title,), "a return is asked for once"
    assert {row.said_to_sender for _, rows, _ in found for row in rows} == {"No number."}
    letter = digest.text(queries.news("subgroup", 1), place="Luton", watched=Watched(), site="")
    first, second = (indicators()[one].title for one in police[:2])
    asked = f"- {first}: no number. Sender: Police, performance team. Also: {second}. Rule: ."
    assert asked in letter, "the e-mail asks for what the list asks for, in the same words"
    client = Client()
    client.force_login(factories.person("subgroup"))
    said = client.get(f"/signals/?area={LUTON}").content.decode()
    assert said.index(">Police, performance team<") < said.index(">Council, MASH team<")
    assert said.count("</a> No number.</p>") == 2
    assert "3 indicators" in said


@pytest.mark.once
def test_the_navigation_says_how_many_there_are_to_look_at(reader: Client, send: Send):
    send(csv(260))
    assert queries.to_look_at() == 0
    send(csv(400))
    assert queries.to_look_at() == 2, "the special cause and the restatement"
    person = Person.objects.get(role="subgroup")
    (link,) = [one for one in context.links(person, "/") if one.label == "Signals"]
    assert link.waiting == 2


def test_the_api_gives_each_signal_with_its_numbers_and_filters(reader: Client, send: Send):
    send(csv(400))
    (one,) = reader.get("/api/v1/signals/?standing=true&kind=special-cause").json()["results"]
    assert (one["indicator"], one["area"], one["period"], one["direction"]) == (
        "DA01",
        LUTON,
        "2025-03",
        "high",
    )
    assert one["numbers"]["value"] == 400
    assert reader.get("/api/v1/signals/?standing=false").json()["results"] == []
    assert reader.get("/api/v1/signals/?indicator=FD03").json()["results"] == []
    assert reader.get("/api/v1/signals/?kind=mood").status_code == 400


@pytest.mark.once
def test_whoever_does_not_want_to_be_told_what_changed_is_not(reader: Client, send: Send):
    told = factories.person("manager")
    assert "what changed in the figures" in reader.get("/account/").content.decode()
    reader.post("/account/", {"save": "yes", "reminders": "on"})
    send(csv(400))
    tell_groups(MONDAY)
    assert [letter.to for letter in mail.outbox] == [[told.email]]
    assert "checked" in reader.get("/account/").content.decode(), "the reminders stay"
    reader.post("/account/", {"save": "yes", "digests": "on"})
    send(csv(500))
    tell_groups(MONDAY)
    assert len(mail.outbox) == 3


def test_each_group_is_told_once_and_only_when_something_changed(places: None, send: Send):
    factories.person("subgroup")
    factories.person("chair", is_active=False)
    send(csv(260))
    tell_groups(MONDAY)
    assert mail.outbox == []
    assert not DigestSent.objects.exists()
    send(csv(400))
    tell_groups(MONDAY)
    (letter,) = mail.outbox
    assert letter.subject == "Luton: 2 new signals"
    assert "400 in March 2025 is above the upper limit" in letter.body
    assert "about 0.02 would show a special cause by chance" in letter.body
    assert "Rule: XmR chart: March 2025 is above the upper limit." in letter.body
    assert "http://127.0.0.1:8000/signals/" in letter.body
    assert "To get no e-mails about signals: http://127.0.0.1:8000/account/" in letter.body
    tell_groups(MONDAY)
    assert len(mail.outbox) == 1, "nobody is told twice"
    send(csv(260))
    tell_groups(MONDAY)
    assert "No longer there" in mail.outbox[-1].body
    assert Signal.objects.filter(ended_at__isnull=True).count() == 0


def test_what_a_manager_switched_off_did_not_end_and_says_who_did_it_when_and_why(
    reader: Client, send: Send
):
    """In the feed, the API, the digest and the meeting pack; what ended by itself says nothing of the kind."""
    manager = factories.person("manager")
    tell_groups(MONDAY)
    send(csv(400))
    tell_groups(MONDAY)
    crimes = {"spec": indicators()["DA01"], "position": 0, "aim": None}
    actions.set_indicator(by=manager, in_use=False, reason="Counted twice", **crimes)
    actions.set_indicator(
        by=manager, in_use=False, reason="In its group.", group="Police", **crimes
    )
    today = timezone.localdate()
    words = (
        f"It did not end: the indicator was switched off on {today:%-d %B %Y} by {manager.name}: "
        "Counted twice."
    )
    page = reader.get("/signals/").content.decode()
    assert page.count(words) == len(queries.ended(area=LUTON)) > 0
    of_crimes = reader.get("/signals/?indicator=DA01&kind=special-cause").content.decode()
    assert words in of_crimes, "what was asked for is told, whether it stands or not"
    assert words not in reader.get("/signals/?indicator=FD03").content.decode()
    over = reader.get("/api/v1/signals/?standing=false").json()["results"]
    assert [one["by_people"] for one in over] == [words] * page.count(words)
    assert words in reader.get("/indicators/DA01/").content.decode().replace(
        "Not in use: ", "It did not end: the indicator was "
    )
    tell_groups(MONDAY)
    assert words in mail.outbox[-1].body
    assert mail.outbox[-1].subject.endswith("not watched any more")
    actions.add_meeting(by=manager, group=Meeting.Group.SUBGROUP, day=today - timedelta(10))
    Signal.objects.update(first_seen_at=timezone.now() - timedelta(days=20))
    kept_pages.forget()
    assert words in reader.get("/meetings/2024-25-Q4/").content.decode()

    actions.set_indicator(by=manager, in_use=True, reason="Needed.", **crimes)
    send(csv(260))
    first, *_ = queries.ended(area=LUTON)
    assert first.by_people == "", "it ended by itself, when the number was mended"
    told = {one["id"]: one for one in reader.get("/api/v1/signals/").json()["results"]}
    assert told[first.id]["by_people"] == ""
    assert {one["by_people"] for one in told.values() if one["ended_at"] is None} == {""}


@pytest.mark.once
def test_a_signal_whose_limits_people_began_anew_says_who_did_it_when_and_why(
    reader: Client, send: Send
):
    subgroup = factories.person("subgroup")
    send(csv(400))
    (before,) = queries.standing(area=LUTON, indicator="DA01", kind="special-cause")
    actions.add_rebase(
        by=subgroup,
        spec=indicators()["DA01"],
        area=Area.objects.get(code=LUTON),
        period=parse("2025-01"),
        reason="Recorded otherwise",
    )
    words = (
        f"Limits begin anew with January 2025, said {subgroup.name} on "
        f"{timezone.localdate():%-d %B %Y}: Recorded otherwise"
    )
    assert words in reader.get("/signals/").content.decode()
    (gone,) = [row for row in queries.ended(area=LUTON) if row.id == before.id]
    assert gone.by_people == words
    told = reader.get("/api/v1/signals/").json()["results"]
    assert [one["by_people"] for one in told if one["id"] == before.id] == [words]


def test_the_same_counts_in_another_unit_are_told_once(places: None, send: Send):
    assert queries.standing(area=LUTON) == []
    send(csv(400))
    (first, *_) = queries.standing(area=LUTON, kind="special-cause")
    same = queries.together([first, replace(first, title="Another unit")])
    assert [(row.title, row.also) for row in same] == [(first.title, ("Another unit",))]
