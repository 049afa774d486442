"""Makes the pictures of the guide for analysts: what is owed, a refused file, the preview.

Start the product (`make run`), then: `.venv/bin/python docs/analyst_pictures.py [--url ADDRESS]`. It sends two files as
the demonstration's analyst of the police, and discards the second.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser import launch

FOLDER = Path(__file__).resolve().parent / "pictures"
PASSWORD = os.environ.get("DEMO_PASSWORD", "a-quiet-garden-of-numbers")
UPLOAD = "/returns/police-da/upload/?period=2025-26-Q1&area=E06000032"
HEADER = "month,kind,count\n"
REFUSED = HEADER + "2025-04,DV crimz,263\n2025-04,incident,many\n2024-12,crime,255\n"
DOUBTFUL = (
    HEADER + "2025-04,crime,463\n2025-04,incident,512\n2025-05,crime,271\n2025-05,incident,-\n"
)
WIDTH, HEIGHT = 1180, 800


def sign_in(page: Page, url: str) -> None:
    """Sign in as the analyst of the police."""
    page.goto(f"{url}/accounts/login/")
    page.locator("[name=login]").fill("analyst.police@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def send(page: Page, url: str, text: str, state: str) -> None:
    """Send a file and wait until it is in this state."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "police-domestic-abuse.csv"
        file.write_text(text, encoding="utf-8")
        page.goto(url + UPLOAD)
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Send the file").click()
        page.locator(f".state.{state}").wait_for()


def take(page: Page, name: str, *, full: bool = True) -> None:
    """Keep the page as a picture: all of it, or what a window shows."""
    page.screenshot(path=str(FOLDER / f"{name}.png"), full_page=full)


def main() -> None:
    """Take the three pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    url = parser.parse_args().url.rstrip("/")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", timezone_id="Europe/London"
        )
        sign_in(page, url)
        page.goto(f"{url}/returns/")
        take(page, "analyst-owed", full=False)
        send(page, url, REFUSED, "refused")
        take(page, "analyst-refused", full=False)
        send(page, url, DOUBTFUL, "needs-answers")
        take(page, "analyst-preview")
        page.get_by_role("button", name="Discard this file").click()
        browser.close()


if __name__ == "__main__":
    main()
