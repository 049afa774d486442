"""A dashboard's controls live in the address; what they cannot do is said, and kept pairs add up to their whole."""

import csv
import html
import io
import re
from dataclasses import replace
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client

from lscb.models import Area, Role
from lscb.periods import parse
from performance.indicators.measures import sibling
from performance.indicators.scorecard import scorecard
from performance.indicators.spec import indicators
from performance.models import Observation
from performance.pages import controls as control
from performance.queries import crosses
from performance.views.boards import panels_of
from tests import factories

HEADER = "month,source,age_band,ethnicity,reason,count\n"
PAIR = HEADER + (
    "2024-04,all,all,all,all,10\n"
    "2024-04,all,all,all,neglect,6\n2024-04,all,all,all,domestic-abuse,4\n"
    "2024-04,all,under-1,all,all,3\n2024-04,all,1-4,all,all,7\n"
    "2024-04,all,under-1,all,neglect,2\n2024-04,all,under-1,all,domestic-abuse,1\n"
    "2024-04,all,1-4,all,neglect,4\n2024-04,all,1-4,all,domestic-abuse,3\n"
)


def chart(indicator: str, **fields: object):
    listed = [one for board in scorecard().dashboards for one in board.charts]
    found = next(one for one in listed if one.indicator == indicator)
    return found.model_copy(update={"breakdown": "all", **fields})


def test_the_address_holds_the_state():
    read = control.read(
        {"from": "2024-04", "to": "2024-25", "kind": "quarter", "unit": "rate", "table": "1"}
    )
    assert (read.first, read.last) == (parse("2024-04"), parse("2024-25"))
    assert (read.period_type, read.unit, read.table, read.limits) == ("quarter", "rate", True, True)
    assert not control.read({}).is_changed


@pytest.mark.parametrize(
    "query", [{"from": "next spring"}, {"from": "2024-04", "to": "2023-04"}], ids=["word", "order"]
)
def test_a_period_that_cannot_be_is_left_out_and_said(query):
    read = control.read(query)
    assert read.first is None
    assert len(read.faults) == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("kind", "Periods"),
        ("unit", "Unit"),
        ("breakdown", "Break down"),
        ("compare", "Compare with"),
        ("within", "Only within"),
    ],
)
@pytest.mark.parametrize("text", ["anything", "age_band:anything"])
def test_a_choice_that_does_not_exist_is_left_out_and_said(name: str, label: str, text: str):
    read = control.read({name: text})
    assert read.faults == (f"‘{text}’ is none of the choices of ‘{label}’; it is left out.",)
    assert replace(read, faults=()) == control.read({})


def test_a_unit_is_another_indicator_with_its_own_denominator():
    changed, notes = control.chosen_chart(chart("FD03"), control.read({"unit": "rate"}))
    assert (changed.indicator, notes) == ("FD04", ())
    assert sibling("FD03", "percent", "source") == "FD13"


def test_a_unit_that_is_not_defined_is_said():
    same, notes = control.chosen_chart(chart("FD05"), control.read({"unit": "rate"}))
    assert same.indicator == "FD05"
    assert notes == ("No rate of this is defined.",)


def test_numbers_of_other_areas_are_not_compared():
    assert control.why_not_compared(indicators()["FD03"], chart("FD03"), "england")
    assert not control.why_not_compared(indicators()["FD04"], chart("FD04"), "england")
    assert not control.why_not_compared(indicators()["FD03"], chart("FD03"), "past")


def test_a_kept_pair_gives_the_numbers_of_the_file_and_adds_up(send):
    sent = send(PAIR, return_id="referrals", agency="council", period="2024-04")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    area = Area.objects.get(code="E06000032")
    found = {
        band: {
            one.category: one.value
            for one in crosses.within(
                indicators()["FD03"], area, "month", "reason", "age_band", band
            )
            if one.breakdown == "reason"
        }
        for band in ("under-1", "1-4")
    }
    assert found == {
        "under-1": {"neglect": 2, "domestic-abuse": 1},
        "1-4": {"neglect": 4, "domestic-abuse": 3},
    }


def test_a_pair_that_is_not_kept_says_why():
    why = crosses.why_not_kept(indicators()["FD03"], "source", "age_band")
    assert "age band with source" in why
    assert crosses.why_not_kept(indicators()["FD03"], "reason", "age_band") == ""
    assert crosses.why_not_kept(indicators()["WF01"], "all", "source")


@pytest.mark.once
def test_downloads_carry_title_source_and_status(send):
    send("month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n")
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    board = next(one for one in scorecard().dashboards if one.slug == "domestic-abuse")
    place = next(n for n, one in enumerate(board.charts) if one.indicator == "DA01")
    query = urlencode({"area": "E06000032"})
    answer = client.get(f"/dashboards/domestic-abuse/{place}.csv?{query}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    about = {row[0]: row[1] for row in rows if len(row) == 2}
    assert about["Area"] == "Luton"
    assert about["Source"] == "Bedfordshire Police; indicator DA01", "who sent it, not who would"
    assert ["March 2025", "120"] in rows
    excel = client.get(f"/dashboards/domestic-abuse/{place}.xlsx?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(excel.content)).active
    assert ("March 2025", 120) in [row[:2] for row in sheet.iter_rows(values_only=True)]
    assert "-E06000032.xlsx" in excel["Content-Disposition"]


def test_a_breakdown_that_is_kept_is_drawn_and_one_that_is_not_is_said():
    changed, notes = control.chosen_chart(
        chart("FD01", with_indicators=()), control.read({"breakdown": "source"})
    )
    assert (changed.breakdown, changed.mark, notes) == ("source", "stacked", ())
    assert "by source" in changed.title.lower()
    same, notes = control.chosen_chart(
        chart("FD01", with_indicators=()), control.read({"breakdown": "age_band"})
    )
    assert same.breakdown == "all"
    assert notes == ("No numbers of it are kept by age band.",)


def page(client_query: dict[str, str], board: str) -> str:
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    query = urlencode({"area": "E06000032"} | client_query)
    return client.get(f"/dashboards/{board}/?{query}").content.decode()


@pytest.mark.once
def test_a_category_of_a_table_leads_to_the_whole_page_within_it(send):
    send(PAIR, return_id="referrals", agency="council", period="2024-04")
    text = page({"table": "1", "breakdown": "reason"}, "why")
    assert "table=1&amp;breakdown=reason&amp;within=reason%3Aneglect" in text
    assert "Only within" in page({"within": "reason:neglect"}, "why")


@pytest.mark.once
def test_a_reason_within_an_age_band_is_shown_and_a_cross_that_is_not_kept_says_why(send):
    send(
        PAIR + "2024-04,police,all,all,all,10\n",
        return_id="referrals",
        agency="council",
        period="2024-04",
    )
    text = page({"within": "age_band:under-1", "kind": "month"}, "why")
    assert "Under 1 only" in text
    text = page(
        {"within": "age_band:under-1", "kind": "month", "breakdown": "source"}, "who-refers"
    )
    assert "agreed to keep no counts of age band with source" in text


@pytest.mark.once
def test_within_a_category_no_chart_shows_everybody_instead(send):
    send(PAIR, return_id="referrals", agency="council", period="2024-04")
    whole = page({"kind": "month"}, "why")
    assert "Neglect" in whole
    text = page({"within": "source:police", "kind": "month"}, "why")
    assert '<section class="panel' not in text
    refused = text.split('id="refused-title"')[1].split("</section>")[0]
    assert refused.count('scope="row"') == 2
    assert "would need its own whole: choose the number as unit" in refused


@pytest.mark.once
def test_the_list_of_dashboards_says_how_many_of_its_charts_have_figures(send):
    send("month,kind,count\n2025-01,crime,100\n2025-01,incident,50\n")
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    text = client.get("/dashboards/?area=E06000032").content.decode()
    (board,) = [one for one in scorecard().dashboards if one.slug == "domestic-abuse"]
    assert f"2 of {len(board.charts)} charts have figures" in text


@pytest.mark.once
def test_a_chart_by_source_has_no_figures_where_only_the_total_was_sent(send):
    total = "month,source,age_band,ethnicity,reason,count\n2024-04,all,all,all,all,10\n"
    about = {"return_id": "referrals", "agency": "council", "period": "2024-04"}
    assert send(total, area="pan-bedfordshire", **about).state == "accepted"
    assert "</a> has figures for" in page({}, "front-door"), "the total of months is there"
    assert "</a> has figures for" not in page({}, "who-refers")
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    text = client.get("/dashboards/?area=pan-bedfordshire").content.decode()
    board = text.split("/dashboards/who-refers/")[1].split("/dashboards/")[0]
    assert "No figures yet" in board


@pytest.mark.once
def test_a_chart_beside_neighbours_says_which_of_how_many_by_which_model(send):
    figures = "period,item,breakdown,category,numerator,denominator,value\n"
    for area in ("E06000032", "E06000039"):
        about = {"agency": "dfe", "period": "2024-25", "area": area}
        send(f"{HEADER}2024-25,all,all,all,all,100\n", return_id="referrals", **about)
        children = "2024-25,population-0-17,all,all,10000,,\n"
        send(figures + children, return_id="figures", **about)
    said = "Slough, Peterborough and Coventry are the 3 nearest of 10 statistical neighbours (2025 model)"
    assert said in page({"compare": "neighbours"}, "front-door")
    assert said not in page({"compare": "past"}, "front-door")
    client = Client()
    client.force_login(factories.person(Role.EXECUTIVE))
    file = client.get("/indicators/FD04/data.csv?area=E06000032").content.decode()
    assert "Source,Department for Education; indicator FD04" in file


@pytest.mark.once
def test_what_is_said_of_one_area_is_not_said_of_another(send):
    file = "month,kind,count\n2025-01,crime,100\n"
    send(file)
    said = "the police alone print more than the council prints"
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    luton, demonstration = (
        client.get(f"/dashboards/domestic-abuse/?area={code}").content.decode()
        for code in ("E06000032", "demonstration")
    )
    assert said in luton
    assert "Domestic abuse contacts from police" in demonstration
    assert said not in demonstration


def test_source_within_issue_of_contacts_is_the_files_own_number(send):
    file = "month,source,issue,outcome,count\n" + (
        "2025-04,all,all,all,10\n2025-04,police,all,all,7\n2025-04,school,all,all,3\n"
        "2025-04,all,neglect,all,4\n2025-04,all,domestic-abuse,all,6\n"
        "2025-04,police,neglect,all,1\n2025-04,police,domestic-abuse,all,6\n2025-04,school,neglect,all,3\n"
    )
    sent = send(file, return_id="mash-contacts", agency="council", period="2025-04")
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    area = Area.objects.get(code="E06000032")
    found = crosses.within(indicators()["FD01"], area, "month", "source", "issue", "neglect")
    assert {one.category: one.value for one in found} == {"all": 4, "police": 1, "schools": 3}


@pytest.mark.once
def test_a_page_without_a_chart_within_a_category_names_the_pages_that_have_one(send):
    text = PAIR + "2024-04,police,all,all,all,10\n"
    send(text, return_id="referrals", agency="council", period="2024-04")
    chosen = {"within": "source:police", "kind": "month", "breakdown": "source"}
    text = page(chosen, "who-refers")
    assert "What is kept of it stands on other pages:" in text
    assert re.search(
        r'href="/dashboards/why/\?area=E06000032&amp;within=source%3Apolice">[^<]*</a> \(\d+ charts?\)',
        text,
    )
    assert 'href="/dashboards/who-refers/?area=E06000032&amp;within=source' not in text
    shown = page({"within": "age_band:under-1", "kind": "month"}, "why")
    assert "stands on other pages" not in shown


@pytest.mark.once
def test_a_kind_of_period_or_breakdown_without_numbers_leaves_the_chart_and_says_so(send):
    send("month,kind,count\n2025-01,crime,100\n2025-02,crime,110\n2025-03,crime,120\n")
    text = page({"kind": "rolling"}, "domestic-abuse")
    assert "There are no numbers for twelve months at a time." in text
    assert "March 2025" in text
    assert "lies between the chosen periods" in page({"from": "2030-01"}, "domestic-abuse")


@pytest.mark.once
def test_a_number_within_a_category_and_one_of_a_year_before_lead_to_where_they_come_from(send):
    send(PAIR, return_id="referrals", agency="council", period="2024-04")
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    text = page({"within": "age_band:under-1", "kind": "month", "breakdown": "reason"}, "why")
    found = re.findall(r'href="([^"]*/numbers/[^"]*within=age_band%3Aunder-1)">([\d,]+)<', text)
    assert found
    for address, number in found:
        told = client.get(html.unescape(address)).content.decode()
        assert f'<span class="huge">{number}</span>' in told
        assert "only age band: Under 1" in told
        assert "Submissions behind it" in told
    nowhere = (
        "/indicators/FD03/numbers/2024-04/?breakdown=source&category=police&within=age_band:under-1"
    )
    assert client.get(nowhere).status_code == 404


@pytest.mark.once
def test_a_dashboard_without_figures_names_the_wider_area_that_has_them(send):
    sent = send(
        "period,item,breakdown,category,numerator,denominator,value\n2024-25-Q1,sessions,all,all,6,,\n",
        return_id="training",
        agency="training",
        period="2024-25-Q1",
        area="pan-bedfordshire",
    )
    assert sent.state == "accepted", [one.message for one in sent.problems.all()]
    text = page({}, "training")
    assert (
        'href="/dashboards/training/?area=pan-bedfordshire">Pan-Bedfordshire</a> has figures for 1'
        in text
    )


@pytest.mark.once
def test_charts_that_the_choices_make_the_same_stand_once(send):
    send(PAIR, return_id="referrals", agency="council", period="2024-04")
    text = page({"unit": "rate", "kind": "year"}, "front-door")
    titles = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', text)
    assert "Referrals per 10,000 children, by financial year" in titles
    assert len(titles) == len(set(titles))


@pytest.mark.once
def test_what_a_form_leaves_empty_is_not_in_the_address_of_a_dashboard(db):
    factories.area()
    client = Client()
    client.force_login(factories.person(Role.SUBGROUP))
    area = "area=E06000032"
    answer = client.get(f"/dashboards/front-door/?{area}&from=2024-04&to=&kind=&unit=rate")
    assert answer.status_code == 302
    assert answer["Location"] == f"/dashboards/front-door/?{area}&from=2024-04&unit=rate"


@pytest.mark.once
def test_two_charts_that_the_choices_make_the_same_are_shown_once(places):
    area = Area.objects.get(code="E06000032")
    board = next(one for one in scorecard().dashboards if one.slug == "front-door")
    for period, rate in (("2022-23", 490.0), ("2023-24", 500.0), ("2024-25", 503.7)):
        Observation.objects.create(
            indicator="FD04", area=area, period_type="year", breakdown="all", category="all",
            period=period, numerator=500, value=rate, present=1, expected=1,
        )  # fmt: skip
    found = panels_of(board, area, control.read({"kind": "year", "unit": "rate"}))
    assert [one.indicator for one in found if one.rows].count("FD04") == 1
