"""The API's pages in a real browser: they keep to the security policy, and the console really asks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.e2e.pages import POLICE
from tests.live import Live

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]


@pytest.fixture
def opened(page: Page, live: Live, sign_in: SignIn) -> Callable[[str], None]:
    """Opens an address as the police's analyst."""

    def opening(path: str) -> None:
        sign_in(POLICE)
        page.goto(f"{live.url}{path}")

    return opening


def test_the_reference_can_be_read_by_everybody(page: Page, opened, complaints: list[str]):
    opened("/api/v1/docs/")
    expect(page.get_by_role("heading", name="GET /api/v1/observations/")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert complaints == []


def asked(page: Page, operation: str) -> Locator:
    """Send a request with the console as it stands there; gives the status that came back."""
    box = page.locator(f"#operations-{operation}")
    box.get_by_role("button", name="Execute").click()
    return box.locator("tr.response .response-col_status").first


def try_out(page: Page, operation: str) -> None:
    """Open an operation of the console, ready to be filled in."""
    box = page.locator(f"#operations-{operation}")
    box.locator(".opblock-summary-control").click()
    box.get_by_role("button", name="Try it out").click()


def test_the_console_reads(page: Page, opened, complaints: list[str]):
    opened("/api/v1/docs/console/")
    try_out(page, "areas-list_areas")
    expect(asked(page, "areas-list_areas")).to_contain_text("200")
    assert complaints == []


def test_the_console_proves_that_a_change_comes_from_here(page: Page, opened):
    opened("/api/v1/docs/console/")
    try_out(page, "submissions-withdraw_submission")
    page.get_by_placeholder("submission_id").fill("999999999")
    # without the proof this were 403, as in the unit tests; with it the submission is looked for
    expect(asked(page, "submissions-withdraw_submission")).to_contain_text("404")


def test_a_token_made_on_its_page_opens_the_api(
    page: Page, live: Live, opened, complaints: list[str]
):
    opened("/account/tokens/")
    page.get_by_role("button", name="Make a token").click()
    token = page.get_by_label("Token", exact=True).input_value()
    assert faults(page) == []
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
