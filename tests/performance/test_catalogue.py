"""What a manager sets in the browser holds everywhere at once, keeps its history, and what others propose is answered."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.utils.timezone import localdate

from lscb.models import Area, AuditEvent
from lscb.periods import month_of, parse
from performance import actions
from performance.actions.catalogue import Aim, SettingRefused
from performance.indicators import narrative
from performance.indicators.dictionary import data_dictionary
from performance.indicators.scorecard import scorecard
from performance.indicators.spec import indicators
from performance.models import IndicatorSetting, ProposedIndicator, Signal
from performance.models.catalogue import agreed
from performance.pages.board import board
from performance.pages.controls import Controls
from performance.pages.panel import Panel
from performance.queries import catalogue, observations
from performance.views.boards import panels_of
from tests import factories, kept_pages
from tests.performance.conftest import LUTON, Send

CRIMES = [264, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 400]
BAND = Aim(value=700, upper=800, since=date(2024, 4, 1))

pytestmark = pytest.mark.usefixtures("nobody_owes")


@pytest.fixture(scope="module")
def sent(shared_send: Send) -> None:
    months = [parse("2024-04").shift(place).code for place in range(12)]
    rows = [f"{month},crime,{count}" for month, count in zip(months, CRIMES, strict=True)]
    with override_settings(CALENDAR_START="2100-04"):
        shared_send("month,kind,count\n" + "\n".join(rows) + "\n")


@pytest.fixture
def area(sent: None, places: None) -> Area:
    return Area.objects.get(code=LUTON)


def set_crimes(by, **more):
    fields = {"in_use": True, "position": 0, "aim": None, "reason": "Agreed in May."} | more
    return actions.set_indicator(by=by, spec=indicators()["DA01"], **fields)


def row_of(area: Area, quarter: str = "2024-25-Q4"):
    page = board(area.code, parse(quarter)).page
    return next((row for part in page.sections for row in part.rows if row.id == "DA01"), None)


def test_switching_an_indicator_off_takes_it_from_scorecard_and_signals_and_on_brings_it_back(
    area: Area, manager
):
    standing = Signal.objects.filter(indicator="DA01", ended_at__isnull=True)
    assert row_of(area)
    assert standing.count() == 1
    later = month_of(localdate()).quarter.code
    set_crimes(manager, in_use=False)
    assert row_of(area, later) is None
    assert row_of(area), "a scorecard of the time before keeps what it had"
    assert standing.count() == 0
    actions.recompute_all()
    assert standing.count() == 0
    set_crimes(manager)
    assert row_of(area, later)
    assert standing.count() == 1
    assert [row.in_use for row in catalogue.history("DA01")] == [True, False]


@pytest.mark.once
def test_a_target_counts_from_its_day_on_and_is_crossed_as_any(area: Area, manager):
    set_crimes(manager, aim=BAND)
    now, before = row_of(area), row_of(area, "2023-24-Q4")
    assert now.target == "Band 700 to 800"
    assert now.rag.word == "Above band"
    assert before is None or before.target == "No target"
    later = Aim(value=900, upper=1000, since=date(2024, 10, 1), tolerance=5)
    set_crimes(manager, aim=later)
    assert row_of(area).rag.word == "In band"
    assert row_of(area, "2024-25-Q2").target == "Band 700 to 800", "the target that counted then"
    told = AuditEvent.objects.filter(action="set indicator").order_by("id")
    assert [(one.details["target"], one.person_id) for one in told] == [
        (700, manager.pk),
        (900, manager.pk),
    ]


@pytest.mark.once
def test_a_value_is_judged_by_the_target_of_its_own_last_day_on_every_page(area: Area, manager):
    set_crimes(manager, aim=Aim(value=700, upper=1000, since=date(2024, 4, 1)))
    set_crimes(manager, aim=Aim(value=1, upper=2, since=date(2026, 4, 1)))
    client = Client()
    client.force_login(manager)
    page = client.get("/indicators/DA01/?period=quarter")
    assert page.context["rag"].word == row_of(area).rag.word == "In band"
    assert page.context["aim"].startswith("Band 700 to 1,000:")
    assert page.context["target"] == "Band 1 to 2", "the definition tells what counts today"
    spec = agreed([indicators()["DA01"]], localdate())["DA01"]
    values = observations.values(indicator_ids=["DA01"], areas=[LUTON], period_types=["quarter"])
    assert narrative.paragraph(spec, values, parse("2024-25-Q4")).endswith(
        "The target (from 700 to 1,000) is met."
    )


@pytest.mark.once
def test_the_line_of_a_target_is_drawn_from_its_day_on(area: Area, manager):
    set_crimes(manager, aim=Aim(value=100, upper=300, since=date(2024, 8, 1)))
    set_crimes(manager, aim=Aim(value=200, upper=400, since=date(2025, 3, 1)))
    client = Client()
    client.force_login(manager)
    figure = client.get("/indicators/DA01/?period=month").context["panel"].figure
    drawn = [
        (one["x"][0], one["x"][-1], one["y"][0])
        for one in figure["data"]
        if one.get("name") == "Target"
    ]
    assert drawn == [
        ("Aug 24", "Feb 25", 100),
        ("Aug 24", "Feb 25", 300),
        ("Mar 25", "Mar 25", 200),
        ("Mar 25", "Mar 25", 400),
    ]


@pytest.mark.once
def test_a_target_that_is_taken_away_stays_in_the_time_before(area: Area, manager):
    set_crimes(manager, aim=BAND)
    set_crimes(manager)
    assert row_of(area).target == "Band 700 to 800"
    assert row_of(area).rag.word == "Above band"
    spec = agreed([indicators()["DA01"]], localdate())["DA01"]
    assert spec.target is None
    assert spec.target_on(localdate() - timedelta(days=1)) is not None


@pytest.mark.once
def test_a_target_that_moves_is_no_crossing_by_a_number(area: Area, manager):
    set_crimes(manager, aim=Aim(value=0, upper=1000, since=date(2024, 4, 1)))
    set_crimes(manager, aim=Aim(value=1, upper=2, since=date(2025, 3, 1)))
    assert not Signal.objects.filter(indicator="DA01", kind="target").exists()


@pytest.mark.once
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": " "}, "Say why"),
        ({"aim": Aim(value=10, since=date(2024, 4, 1))}, "only a band"),
        ({"aim": Aim(value=10, upper=10, since=date(2024, 4, 1))}, "must be above"),
        (
            {"aim": Aim(value=1, upper=2, since=date(2024, 4, 1), tolerance=-1)},
            "cannot be negative",
        ),
    ],
)
def test_what_cannot_be_a_setting_is_refused(places: None, manager, more, why):
    with pytest.raises(SettingRefused, match=why):
        set_crimes(manager, **more)
    assert not IndicatorSetting.objects.exists()


@pytest.mark.once
def test_only_the_manager_sets_indicators(places: None):
    for role in ("chair", "subgroup", "executive", "analyst"):
        with pytest.raises(PermissionDenied):
            set_crimes(factories.person(role))


def test_places_order_a_theme_and_the_rest_follow_by_number(places: None, manager):
    set_crimes(manager, position=2)
    decisions = catalogue.latest()
    specs = [indicators()[one] for one in ("DA01", "DA02", "DA03")]
    assert [spec.id for spec in catalogue.ordered(specs, decisions)] == ["DA01", "DA02", "DA03"]
    actions.set_indicator(
        by=manager, spec=indicators()["DA03"], in_use=True, position=1, aim=None, reason="First."
    )
    ids = [spec.id for spec in catalogue.ordered(specs, catalogue.latest())]
    assert ids == ["DA03", "DA01", "DA02"]
    assert len(agreed(indicators().values(), date(2025, 1, 1))) == len(indicators())


@pytest.mark.once
def test_the_form_sets_a_target_and_says_what_is_missing(area: Area, manager):
    client = Client()
    client.force_login(manager)
    address = "/indicators/DA01/settings/"
    given = {"in_use": "yes", "target": "700", "upper": "800", "reason": "Agreed in May."}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert "Write from which day on the target counts." in answer.content.decode()
    answer = client.post(address, given | {"since": "2024-04-01"}, follow=True)
    assert "Band 700 to 800" in answer.content.decode()
    page = client.get(address).content.decode()
    assert "Agreed in May." in page
    client.post(address, {"in_use": "no", "reason": "Not needed."})
    assert "Not in use" in client.get("/indicators/?q=DA01").content.decode()
    page = client.get("/indicators/DA01/").content.decode()
    assert (
        f"Not in use: switched off on {localdate():%-d %B %Y} by {manager.name}: Not needed."
        in page
    )


@pytest.mark.once
def test_a_target_that_would_take_the_place_of_a_later_one_is_told_before_it_is_set(
    area: Area, manager
):
    set_crimes(manager, aim=Aim(value=600, upper=700, since=date(2099, 4, 1)))
    client = Client()
    client.force_login(manager)
    address = "/indicators/DA01/settings/"
    given = {"in_use": "yes", "target": "650", "upper": "750", "since": "2024-04-01"}
    given["reason"] = "For the years until then."
    told = client.post(address, given)
    assert told.status_code == 422
    words = told.content.decode()
    assert "would take the place of the one decided for later" in words
    assert "from 600 to 700, which counts from 1 April 2099" in words
    assert "save this one and then the other again, from its day" in words
    assert IndicatorSetting.objects.count() == 1
    meant = given | {"seen": told.context["seen"], "overtakes": told.context["overtakes"]}
    assert client.post(address, meant).status_code == 302
    again = given | {"target": "600", "upper": "700", "since": "2099-04-01"}
    assert client.post(address, again).status_code == 302, (
        "nothing stands later, so nothing is told"
    )
    spec = agreed([indicators()["DA01"]], localdate())["DA01"]
    counting = [spec.target_on(day) for day in (date(2099, 3, 31), date(2099, 4, 1))]
    assert [one and one.value for one in counting] == [650, 600]


@pytest.mark.once
def test_a_setting_is_told_before_it_takes_the_place_of_what_another_manager_set_meanwhile(
    area: Area, manager
):
    client = Client()
    client.force_login(manager)
    address = "/indicators/DA01/settings/"
    seen = client.get(address).context["seen"]
    set_crimes(factories.person("manager"), in_use=False, reason="Not needed now.")
    typed = {"in_use": "yes", "position": "1", "reason": "It comes first.", "seen": seen}
    told = client.post(address, typed)
    assert told.status_code == 422
    assert "Somebody else changed this since you opened it." in told.content.decode()
    assert "Not needed now." in told.content.decode()
    assert catalogue.latest()["DA01"].in_use is False
    assert client.post(address, typed | {"seen": told.context["seen"]}).status_code == 302
    assert catalogue.latest()["DA01"].position == 1


@pytest.mark.once
def test_the_form_begins_with_what_was_set_so_that_saving_it_again_keeps_the_target(
    area: Area, manager
):
    set_crimes(manager, aim=Aim(value=700, upper=800, since=date(2024, 4, 1), tolerance=2.5))
    client = Client()
    client.force_login(manager)
    address = "/indicators/DA01/settings/"
    form = client.get(address)
    for value in ("700", "800", "2.5", "2024-04-01"):
        assert f'value="{value}"' in form.content.decode()
    assert "700 to 800, near if within 2.5" in form.content.decode()
    shown = {one.name: one.value() or "" for one in form.context["form"]}
    answer = client.post(address, shown | {"in_use": "no", "reason": "Not needed now."})
    assert answer.status_code == 302
    row = catalogue.latest()["DA01"]
    assert (row.in_use, row.target, row.upper, row.tolerance) == (False, 700, 800, 2.5)
    assert row.since == date(2024, 4, 1)


@pytest.mark.once
def test_after_its_settings_an_indicator_is_shown_in_the_area_that_one_came_from(manager):
    elsewhere = factories.area("E06000055")
    client = Client()
    client.force_login(manager)
    page = client.get(f"/indicators/DA01/?area={elsewhere.code}").content.decode()
    address = f"/indicators/DA01/settings/?area={elsewhere.code}"
    assert f'href="{address}"' in page
    assert (
        f'href="/indicators/DA01/?area={elsewhere.code}">Cancel'
        in client.get(address).content.decode()
    )
    answer = client.post(address, {"in_use": "yes", "reason": "As it was."})
    assert answer["Location"] == f"/indicators/DA01/?area={elsewhere.code}"


def test_a_proposal_is_made_in_the_browser_and_answered_once(places: None, manager):
    subgroup, boss = Client(), Client()
    subgroup.force_login(factories.person("subgroup"))
    boss.force_login(manager)
    fields = {
        "title": "Children waiting for therapy",
        "theme": "Health",
        "definition": "Children on the list at the end of the month.",
        "why": "Waiting harms.",
        "unit": "count",
        "numerator_words": "children waiting",
        "sender": "Health",
    }
    assert subgroup.post("/indicators/proposals/", fields | {"title": ""}).status_code == 422
    page = subgroup.post("/indicators/proposals/", fields, follow=True).content.decode()
    assert "Children waiting for therapy" in page
    made = ProposedIndicator.objects.get()
    decide = f"/indicators/proposals/{made.pk}/decide/"
    how = {
        "owner": "health",
        "over_time": "last",
        "polarity": "low",
        "frequency": "monthly",
        "strand": "data",
    }
    assert subgroup.post(decide, how | {"decision": "agree", "answer": "Yes"}).status_code == 403
    answer = boss.post(decide, how | {"decision": "agree"})
    assert answer.status_code == 422
    assert "Write an answer" in answer.content.decode()
    page = boss.post(decide, {"decision": "decline", "answer": " "}).content.decode()
    assert "Write an answer for the person who proposed it." in page
    assert "Choose which agencies" not in page, "who declines is asked for nothing else"
    page = boss.post(decide, {"decision": "decline", "answer": "Not now."}, follow=True)
    assert "Not now." in page.content.decode()
    again = boss.post(decide, how | {"decision": "agree", "answer": "Yes"}).content.decode()
    assert "It was decided already." in again
    made.refresh_from_db()
    assert (made.state, made.indicator) == ("declined", "")
    executive = Client()
    executive.force_login(factories.person("executive"))
    assert executive.get("/indicators/proposals/").status_code == 200
    assert executive.post("/indicators/proposals/", fields).status_code == 403


@pytest.mark.once
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"theme": ""}, "Choose the theme that it belongs to."),
        ({"unit": ""}, "Choose the unit."),
        ({"unit": "percent"}, "Write out of what, or choose a count as the unit."),
        ({"denominator_words": "all children"}, "A count is out of nothing"),
        (
            {"title": "Referrals to CHILDREN'S social care"},
            "There is an indicator of this title: FD03.",
        ),
    ],
)
def test_a_proposal_says_what_it_is_of(places: None, more, why):
    client = Client()
    client.force_login(factories.person("subgroup"))
    fields = {
        "title": "Children waiting for therapy",
        "theme": "Health",
        "definition": "Children on the list at the end of the month.",
        "why": "Waiting harms.",
        "unit": "count",
        "numerator_words": "children waiting",
        "sender": "Health",
    }
    blank = client.get("/indicators/proposals/").content.decode()
    assert '<option value="" selected>Choose</option>' in blank
    answer = client.post("/indicators/proposals/", fields | more)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ProposedIndicator.objects.exists()


@pytest.mark.once
def test_a_manager_groups_indicators_in_the_browser_and_the_history_shows_it(places: None, manager):
    client = Client()
    client.force_login(manager)
    address = "/indicators/DA01/settings/"
    client.post(
        address, {"in_use": "yes", "group": "homes and safety", "position": "1", "reason": "One."}
    )
    page = client.get("/indicators/").content.decode()
    group = page[page.index("Homes and safety</h2>") :]
    assert "DA01" in group[: group.index("</section>")]
    assert page.count('<span class="id">DA01</span>') == 1
    assert "Homes and safety, place 1" in client.get(address).content.decode()
    assert "DA01 · Homes and safety" in client.get("/indicators/DA01/").content.decode()
    second = {"in_use": "yes", "group": "HOMES and safety", "reason": "Two."}
    client.post("/indicators/DA02/settings/", second)
    assert client.get("/indicators/").content.decode().count("Homes and safety</h2>") == 1
    client.post(address, {"in_use": "yes", "group": "", "reason": "Back."})
    page = client.get("/indicators/").content.decode()
    group = page[page.index("Homes and safety</h2>") :]
    assert "DA01" not in group[: group.index("</section>")]


def sections_of(area: Area) -> dict[str, list[str]]:
    page = board(area.code, parse("2024-25-Q4")).page
    return {part.title: [row.id for row in part.rows] for part in page.sections}


@pytest.mark.once
def test_a_manager_puts_an_indicator_on_the_scorecard_into_a_section_and_a_place(
    area: Area, manager
):
    laid_out = sections_of(area)
    actions.set_indicator(
        by=manager, spec=indicators()["DA03"], in_use=True, position=1, aim=None, reason="Asked for.",
        section="Domestic abuse",
    )  # fmt: skip
    assert sections_of(area)["Domestic abuse"] == ["DA03", *laid_out["Domestic abuse"]]
    set_crimes(manager, section="Asked for by the executive")
    now = sections_of(area)
    assert list(now) == [*laid_out, "Asked for by the executive"]
    assert now["Asked for by the executive"] == ["DA01"]
    assert "DA01" not in now["Domestic abuse"]
    set_crimes(manager)
    assert sections_of(area)["Domestic abuse"] == ["DA03", *laid_out["Domestic abuse"]]


@pytest.mark.once
def test_the_dictionary_of_the_installation_has_the_groups_and_the_order_that_were_set(
    area: Area, manager
):
    set_crimes(manager, position=1, group="Asked for by the executive")
    text = data_dictionary(catalogue.documented())
    assert "### Asked for by the executive\n" in text
    assert text.count("#### DA01 ") == 1
    assert text.index("### Asked for by the executive") < text.index("#### DA01 ")


@pytest.mark.once
def test_a_search_of_the_catalogue_finds_indicators_by_the_group_they_stand_in(area: Area, manager):
    client = Client()
    client.force_login(manager)
    assert "Licensed Graded Care Profile 2 trainers" in (
        client.get("/indicators/?q=neglect").content.decode()
    )
    set_crimes(manager, group="Asked for by the executive")
    kept_pages.forget()
    found = client.get("/indicators/?q=asked executive").content.decode()
    assert "1 indicator with" in found
    assert "/indicators/DA01/" in found


@pytest.mark.once
def test_what_nobody_had_begun_to_send_is_collected_from_its_first_number_on(
    area: Area, send: Send, manager
):
    """The catalogue, the API and the dictionary say the same; the page names the kind of period that would be sent."""
    client = Client()
    client.force_login(manager)

    def said() -> tuple[bool, bool, bool]:
        kept_pages.forget()
        listed = client.get("/indicators/?q=HE01").content.decode()
        entry = data_dictionary(catalogue.documented()).split("#### HE01 ")[1].split("####")[0]
        return (
            "Not yet collected" in listed,
            client.get("/api/v1/indicators/HE01/").json()["collected"],
            "not yet collected" in entry,
        )

    assert said() == (True, False, True)
    assert "self-harm, under 18, by month" in client.get("/indicators/HE01/").content.decode()
    assert ", by quarter</h2>" in client.get("/indicators/ED02/").content.decode()
    send(
        "period,item,breakdown,category,numerator,denominator,value\n"
        "2024-04,self-harm-attendances,all,all,12,,\n",
        return_id="figures",
        agency="health",
    )
    assert said() == (False, True, False)


def panels(area: Area) -> list[Panel]:
    board = next(one for one in scorecard().dashboards if one.slug == "domestic-abuse")
    return panels_of(board, area, Controls())


@pytest.mark.once
def test_a_dashboard_follows_the_order_its_charts_were_given_and_their_files_stay_theirs(
    area: Area, manager, client: Client
):
    before = [one.indicator for one in panels(area)]
    assert before[0] != "DA01"
    place = next(one.place for one in panels(area) if one.indicator == "DA01")
    set_crimes(manager, position=1)
    after = panels(area)
    assert [one.indicator for one in after] == ["DA01", *(one for one in before if one != "DA01")]
    assert after[0].place == place
    client.force_login(manager)
    file = client.get(f"/dashboards/domestic-abuse/{after[0].place}.csv?area={LUTON}")
    assert after[0].title in file.content.decode()


@pytest.mark.once
def test_a_dashboard_shows_the_target_that_was_set(area: Area, manager):
    set_crimes(manager, aim=BAND)
    crimes = next(one for one in panels(area) if one.indicator == "DA01")
    assert crimes.figure
    assert [one["y"][0] for one in crimes.figure["data"] if one.get("name") == "Target"] == [
        700,
        800,
    ]


@pytest.mark.once
def test_a_dashboard_leaves_out_what_is_switched_off_and_says_so(
    area: Area, manager, client: Client
):
    set_crimes(manager, in_use=False)
    assert "DA01" not in {one.indicator for one in panels(area)}
    client.force_login(manager)
    page = client.get("/dashboards/domestic-abuse/").content.decode()
    assert re.search(r"switched them off: <a href=\"/indicators/DA01/", page)
