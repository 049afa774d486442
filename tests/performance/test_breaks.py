"""A series that breaks: nothing compares across it, on any page, until somebody says that it may, and why."""

import itertools
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from lscb.models import Agency, Area, AuditEvent
from lscb.periods import parse
from performance import actions
from performance.actions.statements import StatementRefused
from performance.indicators import limits, series
from performance.indicators.series import Break, break_between
from performance.indicators.spec import Change, indicators
from performance.intake.codes import code_list
from performance.models import Comparable, Signal
from performance.models.breaks import breaks
from performance.pages import cells, charts, sparks, wording
from performance.pages.board import board
from performance.pages.ranks import ranking
from tests import factories
from tests.performance.conftest import LUTON, Send
from tests.performance.indicators.building import run, value
from tests.performance.test_rebases import MONTHS, SHIFTED

DA01 = indicators()["DA01"]
LOCAL = Break(parse("2024-25"), "shares follow local groups")


def broken(values, at: Break = LOCAL):
    return [one._replace(breaks=(at,)) for one in values]


@pytest.fixture(scope="module")
def taken_over(shared_send: Send) -> None:
    """Two years of crimes, the second higher; from April 2024 on another agency sends them in place of the police."""
    for year, start in (("2023-24", 0), ("2024-25", 12)):
        rows = zip(MONTHS[start : start + 12], SHIFTED[start : start + 12], strict=True)
        text = "\n".join(f"{month},crime,{count}" for month, count in rows)
        shared_send(f"month,kind,count\n{text}\n", period=year)
    after = Agency.objects.create(slug="eastern-police", name="Eastern Police", type="police")
    Agency.objects.filter(slug="police").update(successor=after, valid_to="2024-03-31")
    actions.recompute_all()


@pytest.fixture
def replaced(taken_over: None, db: None) -> Area:
    """Luton, where it is so."""
    return Area.objects.get(code=LUTON)


def crimes_row(area: Area):
    page = board(area.code, parse("2024-25-Q4")).page
    return next(row for section in page.sections for row in section.rows if row.id == "DA01")


@pytest.mark.parametrize(
    ("before", "after", "compares"),
    [
        ("2022-23", "2023-24", True),
        ("2023-24", "2024-25", False),
        ("2024-25", "2023-24", False),
        ("2024-03", "2024-04", False),
        ("2024-04", "2024-05", True),
        ("2023-24-Q4", "2024-25-Q1", False),
    ],
)
def test_two_periods_compare_only_on_one_side_of_a_break(before: str, after: str, compares: bool):
    first, last = broken([value("DA01", before, 1.0), value("DA01", after, 2.0)])
    assert (break_between(first, last) is None) is compares


def test_a_year_in_which_the_break_lies_compares_with_neither_side():
    middle = Break(parse("2024-07"), "another agency")
    years = broken([value("DA01", f"20{at}-{at + 1}", 9.0) for at in (23, 24, 25, 26)], middle)
    told = [break_between(*pair) is None for pair in itertools.pairwise(years)]
    assert told == [False, False, True]
    assert [len(part) for part in series.stretches(years)] == [1, 1, 2]


def test_a_number_at_the_end_of_the_year_in_which_the_break_lies_compares_with_what_comes_after():
    middle = Break(parse("2024-07"), "another agency", of_stock=True)
    years = broken([value("CP08", f"20{at}-{at + 1}", 9.0) for at in (23, 24, 25, 26)], middle)
    told = [break_between(*pair) is None for pair in itertools.pairwise(years)]
    assert told == [False, True, True]
    chart = limits.chart(years, indicators()["CP08"])
    assert [segment.first for segment in chart.segments] == [parse("2023-24"), parse("2024-25")]


def test_an_indicator_that_counts_at_the_end_knows_its_breaks_as_those_of_a_stock(
    replaced: Area, monkeypatch
):
    assert [one.of_stock for one, _ in breaks({"DA01"}, {LUTON})["DA01", LUTON]] == [False]
    stock = indicators()["DA01"].model_copy(update={"aggregation": "last"})
    monkeypatch.setitem(indicators(), "DA01", stock)
    assert [one.of_stock for one, _ in breaks({"DA01"}, {LUTON})["DA01", LUTON]] == [True]


def test_twelve_months_to_a_month_after_the_break_still_hold_months_before_it():
    rolling = [
        value("DA01", month, 9.0)._replace(period_type="rolling", breaks=(LOCAL,))
        for month in ("2024-02", "2024-06", "2025-03", "2025-04")
    ]
    assert break_between(rolling[0], rolling[1]) is not None
    assert break_between(rolling[1], rolling[3]) is not None
    assert break_between(rolling[2], rolling[3]) is None


def test_neither_limits_nor_runs_cross_a_break():
    values = broken(run("DA01", "2023-04", SHIFTED))
    chart = limits.chart(values, DA01)
    assert [segment.mean for segment in chart.segments] == [11, 31]
    assert not any(point.rule for point in chart.points)
    said = replace(LOCAL, comparable="said Ada: the same groups")
    assert len(limits.chart(broken(values, said), DA01).segments) == 1


def test_an_agency_that_another_replaced_stops_comparisons_until_somebody_says_otherwise(
    replaced: Area,
):
    row = crimes_row(replaced)
    assert row.on_last_year.amount == "not comparable"
    assert row.on_last_quarter.known, "both quarters come from the new agency"
    assert not row.variation.is_signal
    assert not Signal.objects.filter(indicator="DA01", ended_at__isnull=True).exists()
    client = Client()
    client.force_login(factories.person("chair"))
    page = client.get(f"/indicators/DA01/?area={LUTON}&period=quarter").content.decode()
    assert "not comparable with" in page
    assert "Eastern Police sends them in place of Bedfordshire Police" in page

    rebases = f"/indicators/DA01/rebases/?area={LUTON}"
    address = f"/indicators/DA01/comparable/2024-04/?area={LUTON}"
    assert "Say why the figures on both sides compare." in (
        client.post(address, {"reason": " "}, follow=True).content.decode()
    )
    page = client.post(address, {"reason": "The same records."}, follow=True).content.decode()
    assert "comparable all the same, said Ada Vale" in page
    assert "From April 2024 on Eastern Police sends them" in page
    assert "The same records." in page
    assert "The same records.." not in page
    row = crimes_row(replaced)
    assert row.on_last_year.known
    assert row.variation.is_signal
    assert Signal.objects.filter(indicator="DA01", ended_at__isnull=True).exists()

    said = Comparable.objects.get()
    client.post(f"/comparable/{said.pk}/remove/")
    assert crimes_row(replaced).on_last_year.amount == "not comparable"
    assert "Taken back by Ada Vale" in client.get(rebases).content.decode()
    told = AuditEvent.objects.filter(action__contains="comparable").order_by("id")
    assert [one.action for one in told] == ["said comparable", "took back comparable"]


@pytest.mark.once
def test_a_statement_needs_a_break_there_the_right_role_and_is_made_once(replaced: Area):
    chair = factories.person("chair")

    def say(by=chair, at: str = "2024-04"):
        return actions.say_comparable(
            by=by, spec=DA01, area=replaced, period=parse(at), reason="The same records."
        )

    with pytest.raises(StatementRefused, match="does not break at May 2024"):
        say(at="2024-05")
    for role in ("executive", "scrutineer", "analyst"):
        with pytest.raises(PermissionDenied):
            say(by=factories.person(role))
    made = say()
    with pytest.raises(StatementRefused, match="already"):
        say()
    actions.take_back_comparable(by=chair, comparable=made)
    with pytest.raises(StatementRefused, match="already"):
        actions.take_back_comparable(by=chair, comparable=made)


def test_a_definition_names_its_break_and_where_it_holds():
    (change,) = [one for one in indicators()["FD13"].changes if one.breaks]
    assert (change.breaks, change.breakdowns, change.areas) == ("2024-25", ("source",), (LUTON,))
    with pytest.raises(ValueError, match="not a period"):
        Change.model_validate(
            {"day": "2026-11-29", "by": "a", "what": "b", "breaks": "last spring"}
        )
    with pytest.raises(ValueError, match="name the period"):
        Change.model_validate({"day": "2026-11-29", "by": "a", "what": "b", "areas": ["X"]})


def test_no_change_is_written_across_a_break():
    before, after = broken(
        [value("ED01", "2023-24", top=916, bottom=3130), value("ED01", "2024-25", 27.6)]
    )
    assert wording.delta(indicators()["ED01"], before, after).amount == "not comparable"


def test_no_rank_moves_across_a_break():
    spec, codes = indicators()["FD13"], code_list("source")
    values = [
        value("FD13", year, share, breakdown="source", category=source)
        for year, shares in (("2023-24", (60.0, 40.0)), ("2024-25", (40.0, 60.0)))
        for source, share in zip(("police", "schools"), shares, strict=True)
    ]
    moved = ranking(spec, codes, values)
    assert moved is not None and moved.rows[0].moved == "Up 1"
    still = ranking(spec, codes, broken(values))
    assert still is not None
    assert (still.rows[0].moved, still.leavers, still.figure) == ("", (), None)
    assert "nothing can be said of movement" in still.note


def test_a_share_printed_beside_the_counts_of_other_groups_has_no_rank_among_them():
    counts = [
        value("FD13", "2023-24", top=top, bottom=100, breakdown="source", category=source)
        for source, top in (("police", 60), ("schools", 40))
    ]
    printed = value("FD13", "2023-24", 50.0, breakdown="source", category="parent")
    found = ranking(
        indicators()["FD13"], code_list("source"), [*counts, printed._replace(published=True)]
    )
    assert found is not None
    assert [row.label for row in found.rows] == ["Police", "Schools"]


def test_no_line_leads_across_a_break_and_the_table_says_where_numbers_no_longer_compare():
    values = broken(run("DA01", "2023-04", SHIFTED))
    figure, _ = charts.control_chart("Crimes", "number", values, DA01)
    line = [one for one in figure["data"] if one.get("name") == DA01.title]
    drawn = [[at for at, one in enumerate(each["y"]) if one is not None] for each in line]
    assert drawn == [list(range(12)), list(range(12, 24))]
    spark = sparks.draw(charts.spc(values, DA01), [], "", begun=series.begun_anew(values))
    assert spark is not None and [one.count("L") for one in spark.paths] == [11, 11]
    said = {row[0].text: row[1].note for row in cells.table_rows(DA01, values) if row[1].note}
    assert said == {"April 2024": "not comparable with earlier ones"}

    agreed = broken(run("DA01", "2023-04", SHIFTED), replace(LOCAL, comparable="said Ada"))
    assert series.begun_anew(agreed) == set()
    figure, _ = charts.control_chart("Crimes", "number", agreed, DA01)
    assert len([one for one in figure["data"] if one.get("name") == DA01.title]) == 1


def test_a_page_asks_whether_figures_compare_only_where_its_numbers_reach_the_break(send: Send):
    asked = "Say whether figures on both sides of a break compare"
    client = Client()
    client.force_login(factories.person("subgroup"))
    about = {"area": LUTON, "agency": "dfe", "return_id": "referrals"}
    header = "month,source,age_band,ethnicity,reason,count\n"
    years = ((2023, 300), (2024, 330))
    for year, count in years:
        code = f"{year}-{year % 100 + 1}"
        rows = f"{code},all,all,all,all,1000\n{code},schools,all,all,all,{count}\n"
        assert send(header + rows, period=code, **about).state == "accepted"
        page = client.get("/indicators/ED01/").content.decode()
        assert (asked in page) == (year == 2024), year
