"""Importing a quarter's training return in a real browser, and reading the table. Runs on both kinds of servers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.live import Live

pytestmark = pytest.mark.e2e

WAIT = 30_000
# The report's own first quarter, but 104 bookings where it has 103: the table must move.
QUARTER = """period,item,breakdown,category,numerator,denominator,value
2024-25-Q1,sessions,all,all,6,,
2024-25-Q1,bookings,all,all,104,,
2024-25-Q1,non-attendance,all,all,10,,
2024-25-Q1,free-places,all,all,19,,
2024-25-Q1,capacity,all,all,120,,
2024-25-Q1,sessions-cancelled,all,all,0,,
2024-25-Q1,training-satisfaction,all,all,,,99
2024-25-Q1,free-events,all,all,6,,
2024-25-Q1,free-event-bookings,all,all,259,,
2024-25-Q1,free-event-non-attendance,all,all,88,,
2024-25-Q1,elearning-registered,all,all,3007,,
2024-25-Q1,elearning-completed,all,all,2559,,
"""


def cells(page: Page, row: str) -> list[str]:
    """The numbers of the first row of this name, without what stands beneath them."""
    found = page.locator("table.training tbody tr").filter(
        has=page.get_by_role("rowheader", name=row, exact=True)
    )
    return [text.split("\n")[0].strip() for text in found.first.locator("td").all_inner_texts()]


def test_a_quarter_of_training_is_imported_and_the_table_follows(
    live: Live, page: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    sign_in("analyst.training")
    page.goto(f"{live.url}/training/?year=2024-25")
    assert cells(page, "Places booked")[:5] == ["103", "158", "386", "508", "1,155"]
    assert cells(page, "Places filled")[4] == "113.2%"
    expect(page.locator("table.training")).to_contain_text("printed 12,691")
    assert faults(page) == []

    file = tmp_path / "training.csv"
    file.write_text(QUARTER)
    page.goto(f"{live.url}/returns/training/upload/")
    page.get_by_label("Area the figures are about").select_option("pan-bedfordshire")
    page.get_by_label("Period", exact=True).fill("2024-25-Q1")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Send the file").click()
    expect(page.locator("#progress .state")).to_be_visible(timeout=WAIT)
    expect(page.locator(".state.received, .state.processing")).to_have_count(0, timeout=WAIT)
    for question in page.locator("form.answers textarea, form.answers input[type=text]").all():
        question.fill("Corrected by the training unit")
    page.get_by_role("button", name="Submit").first.click()
    expect(page.locator(".state.accepted")).to_be_visible(timeout=WAIT)

    page.goto(f"{live.url}/training/?year=2024-25")
    assert cells(page, "Places booked")[:5] == ["104", "158", "386", "508", "1,156"]
    assert cells(page, "Places filled")[4] == "113.3%"
    page.goto(f"{live.url}/training/report/2024-25-Q1/")
    expect(page.locator("main")).to_contain_text("with 104 places booked")
    assert faults(page) == []
