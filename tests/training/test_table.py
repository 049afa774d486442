"""The quarterly table: the reports' own arithmetic, done rightly."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.test import override_settings

from lscb.models import Area
from lscb.periods import parse
from performance.actions import sample
from performance.intake.spec import REPORTED
from tests.training.conftest import PAN, send_reported
from training import queries, report, table
from training.table import Number

YEAR = parse("2024-25")


def shown(page, key):
    """The cells of a row as they are written: four quarters, the year, the year before."""
    return [page.table.cell(key, index).text for index in range(6)]


@pytest.fixture(scope="module")
def page(django_db_setup, django_db_blocker, tmp_path_factory):
    """The table of 2024/25, made once: the tests read it and no database."""
    folder = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        sample.load_places()
        send_reported("2023-24", "2024-25")
        made = report.year_page(Area.objects.get(code=PAN), YEAR)
        transaction.set_rollback(True)
    return made


def test_the_table_of_2024_25_holds_the_reports_counts_and_their_sums(page):
    assert shown(page, "sessions") == ["6", "7", "14", "24", "51", "58"]
    assert shown(page, "bookings") == ["103", "158", "386", "508", "1,155", "1,086"]
    assert shown(page, "non-attendance") == ["10", "15", "34", "55", "114", "139"]
    assert shown(page, "free-places") == ["19", "35", "50", "49", "153", "not submitted"]
    assert shown(page, "cancelled") == ["0", "0", "2", "1", "3", "6"]
    assert shown(page, "free-events") == ["6", "1", "2", "7", "16", "not submitted"]
    assert shown(page, "free-bookings")[:5] == ["259", "86", "163", "317", "825"]
    assert shown(page, "free-non-attendance")[:5] == ["88", "28", "42", "19", "177"]
    assert shown(page, "registered") == ["3,007", "3,694", "2,866", "3,104", "12,671", "15,510"]
    assert shown(page, "completed") == ["2,559", "3,294", "2,653", "2,818", "11,324", "13,513"]


def test_percentages_of_a_year_are_ratios_of_sums_and_never_means(page):
    filled = ["85.8%", "112.9%", "137.9%", "105.8%", "113.2%", "93.6%"]
    assert shown(page, "places-filled") == filled
    completed = ["85.1%", "89.2%", "92.6%", "90.8%", "89.4%", "87.1%"]
    assert shown(page, "completion") == completed


def test_what_was_only_printed_is_shown_as_printed_and_what_was_not_collected_is_not_zero(page):
    assert shown(page, "satisfaction") == ["99%", "100%", "99%", "98%", "99%", "98%"]
    assert page.table.cell("satisfaction", 0).note == "printed only"
    quarters = shown(page, "elearning-satisfaction")[:5]
    assert quarters == ["not available", "91%", "91%", "91%", "91%"]


def test_where_the_report_printed_otherwise_both_figures_stand(page):
    assert page.table.cell("places-filled", 4).note == "printed 108%"
    assert page.table.cell("places-filled", 2).note == "printed 126%"
    assert page.table.cell("registered", 4).note == "printed 12,691"
    # 86% is 85.8% rounded: no difference
    assert page.table.cell("places-filled", 0).note == ""
    differing = {(one.title, one.printed, one.ours) for one in page.claims if one.kind == "amber"}
    assert ("Training courses: places filled", "108%", "113.2%") in differing
    assert ("eLearning: learners registered", "12,691", "12,671") in differing
    assert len(differing) == 5


def test_what_the_report_says_in_words_stands_beside_what_the_counts_give(page):
    said = {one.title: (one.printed, one.ours, one.verdict) for one in page.claims}
    assert said["Learning events"] == ("67", "67", "Agrees")
    attendance = said["Attendance, change on the year before"]
    assert attendance == ("82% increase", "+9.9% in people who attended paid sessions", "Differs")
    taken = said["Places not taken up, change on the year before"]
    assert taken == ("decreased by 3%", "−2.9 points", "Differs")
    registered = said["eLearning registered, change on the year before"]
    assert registered == ("reduced by 18%", "−18.3%", "Agrees")


def test_the_table_of_2020_21_shows_81_3_where_84_was_printed(reported, pan):
    reported("2019-20", "2020-21")
    page = report.year_page(pan, parse("2020-21"))
    assert shown(page, "places-filled")[:5] == [
        "not applicable",
        "91.7%",
        "76.8%",
        "83.7%",
        "81.3%",
    ]
    assert page.table.cell("places-filled", 4).note == "printed 84%"
    assert shown(page, "registered")[4:] == ["15,793", "10,271"]
    said = {one.title: one.ours for one in page.claims}
    assert said["Attendance, change on the year before"] == "−76.3% in bookings"
    assert said["eLearning completed, change on the year before"] == "+57.2%"


def test_changes_are_in_per_cent_for_counts_and_in_points_for_percentages(page):
    changes = {row.line.key: row.change for part in page.table.sections for row in part.rows}
    assert changes["bookings"] == "+6.4%"
    assert changes["places-filled"] == "+19.6 points"
    assert changes["free-places"] == ""  # nothing was printed for the year before


def test_a_quarters_columns_reach_back_and_add_up_to_date(reported, pan):
    reported("2024-25")
    columns = queries.of_quarter(parse("2024-25-Q3"))
    built = table.build(columns, queries.numbers(pan, columns))
    assert [built.cell("bookings", index).text for index in (0, 1, 3)] == ["386", "158", "647"]
    assert built.cell("free-events", 3).text == "9"
    assert built.cell("completion", 3).text == "88.9%"
    # printed percentages cannot be put together
    assert built.cell("free-satisfaction", 3).text == "not available"


def test_the_sum_of_figures_lacks_what_a_part_lacks():
    two = Number(Decimal(2), None, 2.0, REPORTED)
    assert table.added([two, two]).numerator == 4
    assert not table.added([two, table.MISSING]).is_reported
    of_three = Number(Decimal(2), Decimal(3), 66.7, REPORTED)
    of_one = Number(Decimal(1), Decimal(1), 100.0, REPORTED)
    assert table.write("percent", table.added([of_three, of_one])) == "75.0%"


def test_an_area_without_training_has_no_year(reported):
    reported("2024-25")
    luton = Area.objects.get(code="E06000032")
    assert queries.years(luton) == []
    assert queries.area(None).code == "pan-bedfordshire"
