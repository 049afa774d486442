"""The main job in a real browser: a signed-in analyst sends a return, and the indicator's page says something new.

Runs on the embedded default (SQLite, a queue of files) and on PostgreSQL with Redis.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.e2e.pages import POLICE
from tests.live import Live

pytestmark = pytest.mark.e2e

MONTHS = [f"2024-{number:02d}" for number in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
# The figures of the report, but 300 in April where it has 264.
CRIMES = [300, 282, 262, 291, 255, 268, 249, 249, 301, 269, 265, 260]
WAIT = 30_000


def send(page: Page, live: Live, file: Path) -> None:
    """Send a file of the police's return for 2024/25 and wait until it is no longer being worked on."""
    page.goto(f"{live.url}/returns/police-da/upload/")
    page.get_by_label("Area the figures are about").select_option("E06000032")
    page.get_by_label("Period", exact=True).fill("2024-25")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Send the file").click()
    expect(page.locator(".state.received, .state.processing")).to_have_count(0, timeout=WAIT)


def file_of(folder: Path, rows: list[str]) -> Path:
    path = folder / "police.csv"
    path.write_text("\n".join(["month,kind,count", *rows]) + "\n")
    return path


def test_a_good_file_changes_the_indicator_and_a_faulty_one_changes_nothing(
    live: Live, page: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    good = [f"{month},crime,{count}" for month, count in zip(MONTHS, CRIMES, strict=True)]
    sign_in(POLICE)
    page.goto(f"{live.url}/indicators/DA01/")
    expect(page.locator("main")).to_contain_text("3,215")

    faulty = [
        *good[:1],
        f"{MONTHS[1]},crme,282",
        f"{MONTHS[2]},crime,many",
        "2023-07,crime,291",
        *good[4:],
    ]
    send(page, live, file_of(tmp_path, faulty))
    problems = page.locator("table.problems tbody tr")
    expect(problems).to_have_count(3)
    for row, (number, column) in zip(
        problems.all(), [(3, "kind"), (4, "count"), (5, "month")], strict=True
    ):
        expect(row.locator("th")).to_contain_text(str(number))
        expect(row.locator("td").first).to_have_text(column)
    assert faults(page) == []
    page.goto(f"{live.url}/indicators/DA01/")
    expect(page.locator("main")).to_contain_text("3,215")

    send(page, live, file_of(tmp_path, good))
    # The file holds no incidents, which the one before did: that is asked about.
    page.get_by_label("Why is it right as it is?").fill("Incidents come in a file of their own.")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator(".state.accepted")).to_be_visible(timeout=WAIT)
    assert faults(page) == []
    page.goto(f"{live.url}/indicators/DA01/?period=year")
    expect(page.locator("main")).to_contain_text("3,251")
    page.goto(f"{live.url}/scorecard/2024-25-Q4/")
    expect(page.locator("main")).to_contain_text("3,251")
