"""Rebases made by people, and events: on charts, in signals and on the scorecard alike; audited, taken back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.test import Client

from lscb.models import Area, AuditEvent, Person, Role
from lscb.periods import parse
from performance import actions
from performance.actions import sample
from performance.actions.statements import StatementRefused
from performance.indicators.scorecard import ChartSpec
from performance.indicators.series import Mark, Notes
from performance.indicators.spec import indicators
from performance.models import Event, Neighbour, Rebase, Signal
from performance.pages import charts, dashboards
from performance.pages.board import board
from performance.queries import events, observations
from tests import factories
from tests.performance.conftest import LUTON, Send

MONTHS = [parse("2023-04").shift(place).code for place in range(24)]
CAUSE = Q(indicator="DA01", kind="special-cause")
SHIFTED = [10, 12] * 6 + [30, 32] * 6


@pytest.fixture(scope="module")
def two_years(shared_send: Send) -> None:
    """Two years of crimes; the second year lies higher than the first."""
    for year, start in (("2023-24", 0), ("2024-25", 12)):
        rows = zip(MONTHS[start : start + 12], SHIFTED[start : start + 12], strict=True)
        text = "\n".join(f"{month},crime,{count}" for month, count in rows)
        shared_send(f"month,kind,count\n{text}\n", period=year)


@pytest.fixture
def shifted(two_years: None, places: None) -> Area:
    """Luton, of which that is so."""
    return Area.objects.get(code=LUTON)


def crimes_row(area: Area):
    page = board(area.code, parse("2024-25-Q4")).page
    return next(row for section in page.sections for row in section.rows if row.id == "DA01")


@pytest.mark.once
def test_where_nothing_breaks_no_number_has_a_break(shifted: Area):
    months = observations.series("DA01", LUTON, "month")
    assert [one.breaks for one in months] == [()] * len(SHIFTED)


def rebase(by: Person, area: Area, period: str = "2024-04", reason: str = "A new recording rule."):
    return actions.add_rebase(
        by=by, spec=indicators()["DA01"], area=area, period=parse(period), reason=reason
    )


def test_a_rebase_changes_chart_signals_and_scorecard_together_and_can_be_taken_back(shifted: Area):
    chair = factories.person("chair")
    assert crimes_row(shifted).variation.is_signal
    assert Signal.objects.filter(CAUSE, ended_at__isnull=True).count() == 1
    version = observations.data_version()
    made = rebase(chair, shifted)
    assert not crimes_row(shifted).variation.is_signal
    assert "within the usual" in crimes_row(shifted).variation.sentence
    assert Signal.objects.filter(CAUSE, ended_at__isnull=True).count() == 0
    assert observations.data_version() > version, "caches must not show the old limits"
    values = observations.series("DA01", LUTON, "month")
    spec = indicators()["DA01"]
    chart = charts.spc(values, spec, events.notes(shifted).rebases_of("DA01"))
    assert [segment.mean for segment in chart.segments] == [11, 31]
    actions.remove_rebase(by=chair, rebase=made)
    assert crimes_row(shifted).variation.is_signal
    assert Signal.objects.filter(CAUSE, ended_at__isnull=True).count() == 1
    told = AuditEvent.objects.filter(action__contains="rebase").order_by("id")
    assert [(one.action, one.person_id) for one in told] == [
        ("added rebase", chair.pk),
        ("removed rebase", chair.pk),
    ]
    (kept,) = events.history("DA01", shifted)
    assert (kept.is_standing, kept.removed_by) == (False, chair.name)


@pytest.mark.once
def test_the_row_says_in_words_since_when_its_limits_stand_and_what_new_ones_need(shifted: Area):
    made = rebase(factories.person("chair"), shifted)
    said = crimes_row(shifted).variation
    assert said.sentence.endswith("Limits since April 2024. Provisional limits (12 points).")
    actions.remove_rebase(by=factories.person("manager"), rebase=made)
    rebase(factories.person("chair", email="second@example.org"), shifted, "2024-10")
    said = crimes_row(shifted).variation
    assert said.words == "Limits begin anew"
    assert said.sentence == "Limits begin anew with October 2024 and need 12 points; there are 6."


def test_recomputing_everything_keeps_the_rebases(shifted: Area):
    rebase(factories.person("manager"), shifted)
    actions.recompute_all()
    assert not crimes_row(shifted).variation.is_signal


def test_a_rebase_needs_a_reason_a_number_there_and_the_right_role(shifted: Area):
    chair = factories.person("chair")
    with pytest.raises(StatementRefused, match="Say why"):
        rebase(chair, shifted, reason="  ")
    with pytest.raises(StatementRefused, match="There is no number for April 2030"):
        rebase(chair, shifted, period="2030-04")
    rebase(chair, shifted)
    with pytest.raises(StatementRefused, match="already"):
        rebase(chair, shifted)
    for role in ("executive", "scrutineer", "analyst"):
        with pytest.raises(PermissionDenied):
            rebase(factories.person(role), shifted, period="2024-05")
    assert Rebase.objects.count() == 1


@pytest.mark.once
def test_the_form_makes_a_rebase_and_the_list_takes_it_back(shifted: Area):
    client = Client()
    client.force_login(factories.person("subgroup"))
    address = f"/indicators/DA01/rebases/?area={LUTON}"
    answer = client.post(address, {"period": "2024-04", "reason": ""})
    assert answer.status_code == 422
    assert "Say why the limits should begin anew." in answer.content.decode()
    answer = client.post(
        address, {"period": "2024-04", "reason": "A new recording rule."}, follow=True
    )
    page = answer.content.decode()
    assert "The limits begin anew from that period on." in page
    assert "Limits begin anew with April 2024" in page
    made_by = Rebase.objects.get().made_by.name
    reader = Client()
    reader.force_login(factories.person("executive"))
    page = reader.get(f"/indicators/DA01/?area={LUTON}").content.decode()
    assert f"Limits begin anew with April 2024, said {made_by} on " in page
    assert "A new recording rule." in page, "whoever reads the chart reads why"
    assert (
        "The limits from April 2023 to March 2024 are provisional: they rest on 12 points" in page
    )
    made = Rebase.objects.get()
    page = client.post(f"/rebases/{made.pk}/remove/", follow=True).content.decode()
    assert "The rebase was taken back." in page
    assert "Taken back by" in page


def test_events_of_the_area_and_of_those_it_lies_in_are_drawn_with_their_words(shifted: Area):
    titles = [one.title for one in events.events(shifted)]
    assert "First national lockdown announced" in titles
    assert "Training for designated safeguarding leads introduced" in titles
    bedford = Area.objects.get(code="E06000055")
    assert "Multi-agency audit of referrals into the hub" not in [
        one.title for one in events.events(bedford)
    ]
    page = Client()
    page.force_login(factories.person("subgroup"))
    text = page.get(f"/indicators/DA01/?area={LUTON}").content.decode()
    assert "A: Training for designated safeguarding leads introduced (January 2025)" in text
    assert "First national lockdown" not in text, "an event outside the chart is not on it"


def test_a_mark_stands_at_its_period_and_loading_again_changes_nothing(shifted: Area):
    values = observations.series("DA01", LUTON, "quarter")
    notes = Notes((Mark(parse("2024-11"), "MASH line opens", "the partnership"),))
    chart = ChartSpec(indicator="DA01", title="Crimes", period_type="quarter")
    panel = dashboards.panel(chart, values, (), notes)
    assert panel.signs[0] == "A: MASH line opens (November 2024)"
    assert panel.figure is not None
    (column,) = panel.figure["layout"]["shapes"]
    labels = panel.figure["data"][0]["x"]
    assert labels[round((column["x0"] + column["x1"]) / 2)] == parse("2024-25-Q3").short
    counted = (Event.objects.count(), Neighbour.objects.count())
    sample.load_places()
    assert (Event.objects.count(), Neighbour.objects.count()) == counted
    assert {one.model for one in Neighbour.objects.all()} == {"2021", "2025"}


@pytest.mark.once
@pytest.mark.parametrize(("role", "may"), [(Role.MANAGER, True), (Role.EXECUTIVE, False)])
def test_a_run_that_lasts_suggests_new_limits_with_a_link_for_those_who_may(
    shifted: Area, role: Role, may: bool
):
    client = Client()
    client.force_login(factories.person(role))
    for address in (
        f"/indicators/DA01/?area={LUTON}&period=quarter",
        f"/indicators/DA01/?area={LUTON}",
        f"/scorecard/2024-25-Q4/rows/DA01/?area={LUTON}&part=1",
    ):
        text = client.get(address).content.decode()
        assert "It has lasted 12 months, since April 2024." in text, address
        assert ("/indicators/DA01/rebases/" in text) is may, address
