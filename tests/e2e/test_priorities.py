"""The plan in a real browser: a signal leads to an action, which its agency reports on."""

import pytest
from playwright.sync_api import Page, expect

from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.live import Live
from tests.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]


def test_an_action_is_added_from_a_signal_and_stands_on_the_plan(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("manager")
    page.goto(f"{live.url}/signals/")
    page.get_by_role("link", name="Add an action").first.click()
    expect(page.get_by_label("What will be done")).not_to_be_empty()
    title = "Ask the front door what changed"
    page.get_by_label("Action", exact=True).fill(title)
    page.get_by_label("Priority").select_option(label="Neglect")
    page.get_by_label("Agency").select_option(label="Luton Council")
    page.get_by_label("Due by").fill("")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Fill in: Due by.")
    expect(page.get_by_label("Action", exact=True)).to_have_value(title)
    assert faults(page) == []
    page.get_by_label("Due by").fill("2099-03-31")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Answers the signal")
    assert faults(page) == []
    page.get_by_role("link", name="Report on it").click()
    page.get_by_label("What is different for children").fill("They are seen sooner.")
    page.get_by_role("button", name="Keep the report").click()
    expect(page.get_by_role("alert")).to_contain_text("how that is known")
    page.goto(f"{live.url}/priorities/plan/")
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text("Nobody owns it")


def opened_again(page: Page, address: str, text: str) -> bool:
    """Whether a form holds a text once it is opened again: a browser sends what was left behind in its own time."""
    page.goto(address)
    return page.get_by_label("What is done about it").input_value() == text


def test_what_is_typed_survives_a_closed_window_and_a_session_that_ended(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("chair")
    address = f"{live.url}/priorities/risks/new/"
    page.goto(address)
    page.get_by_label("Risk", exact=True).fill("Posts stay empty")
    expect(page.locator("[data-draft-said]")).to_contain_text("Draft saved at", timeout=10_000)
    assert faults(page) == []
    page.get_by_label("What is done about it").fill("A pool of staff")
    page.goto(f"{live.url}/priorities/")  # left before the pause is over
    assert wait_until(lambda: opened_again(page, address, "A pool of staff"))
    expect(page.locator("main")).to_contain_text("this is your draft of")
    expect(page.get_by_label("What is done about it")).to_have_value("A pool of staff")
    page.get_by_label("What is done about it").fill("A pool of staff for all areas")
    page.context.clear_cookies()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("What you typed is saved as a draft")
    page.locator("[name=login]").fill("chair@example.org")
    page.locator("[name=password]").fill(live.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("What is done about it")).to_have_value(
        "A pool of staff for all areas"
    )
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_label("Risk", exact=True)).to_have_value("")
