"""The API's pages in a real browser: they keep to the security policy, and the console really asks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.live import Live

pytestmark = pytest.mark.e2e


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, such as something that the security policy stopped."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", note)
    return found


def sign_in(page: Page, live: Live, path: str) -> None:
    """Open an address as the police's analyst, who is sent to sign in first."""
    page.goto(f"{live.url}{path}")
    page.locator("[name=login]").fill("analyst.police@example.org")
    page.locator("[name=password]").fill(live.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live.url}{path}")


def test_the_reference_can_be_read_by_everybody(page: Page, live: Live, complaints: list[str]):
    sign_in(page, live, "/api/v1/docs/")
    expect(page.get_by_role("heading", name="GET /api/v1/observations/")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert complaints == []


def test_the_console_sends_a_request_and_shows_the_answer(
    page: Page, live: Live, complaints: list[str]
):
    sign_in(page, live, "/api/v1/docs/console/")
    operation = page.locator("#operations-areas-list_areas")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").first).to_contain_text(
        "200"
    )
    assert complaints == []


def test_a_token_made_on_its_page_opens_the_api(page: Page, live: Live, complaints: list[str]):
    sign_in(page, live, "/account/tokens/")
    page.get_by_role("button", name="Make a token").click()
    token = page.get_by_label("Token", exact=True).input_value()
    assert Axe().run(page).response["violations"] == []
    answer = page.context.request.get(
        f"{live.url}/api/v1/observations/?page_size=1",
        headers={"Authorization": f"Token {token}", "Cookie": ""},
    )
    assert answer.status == 200
    assert len(answer.json()["results"]) == 1
    page.get_by_role("button", name=f"Revoke the token {token[:8]}…").click()
    refused = page.context.request.get(
        f"{live.url}/api/v1/areas/", headers={"Authorization": f"Token {token}", "Cookie": ""}
    )
    assert refused.status == 401
    assert complaints == []
