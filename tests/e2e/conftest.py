"""Signing in, which the tests in a browser share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.live import Live

SignIn = Callable[[str], None]


@pytest.fixture(scope="session")
def signed_in(live: Live) -> dict[str, list]:
    """The cookies of people who have signed in, by name, so that each signs in once."""
    return {}


@pytest.fixture
def sign_in(live: Live, page: Page, signed_in: dict[str, list]) -> SignIn:
    """Signs one of the demonstration's people in, and whoever was there before out."""

    def signing_in(person: str) -> None:
        page.context.clear_cookies()
        if person not in signed_in:
            page.goto(f"{live.url}/accounts/login/")
            page.locator("[name=login]").fill(f"{person}@example.org")
            page.locator("[name=password]").fill(live.password)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("button", name="Sign out")).to_be_attached(timeout=30_000)
            signed_in[person] = page.context.cookies()
        page.context.add_cookies(signed_in[person])

    return signing_in
