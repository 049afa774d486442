"""Reviews in a real browser: a rapid review through its fifteen days, and an agency that answers section 11."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lscb.working_days import add_working_days, is_working_day
from tests.accessible import faults
from tests.e2e.conftest import SignIn
from tests.live import Live

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]


def working_days_ago(number: int) -> date:
    day = timezone.localdate()
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def take(page: Page, button: str, on: date, words: str) -> None:
    form = page.get_by_role("form", name=button)
    form.get_by_label("On which day").fill(on.isoformat())
    form.get_by_role("textbox").last.fill(words)
    form.get_by_role("button", name=button).click()


def test_a_rapid_review_goes_through_its_fifteen_days(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    known, notified = working_days_ago(14), working_days_ago(12)
    last = add_working_days(notified, 15)
    sign_in("manager")
    page.goto(f"{live.url}/reviews/new/")
    page.get_by_label("Kind").select_option(label="Rapid review")
    page.get_by_label("Name", exact=True).fill("Child Z")
    page.get_by_label("Day it began").fill(known.isoformat())
    page.get_by_label("Summary").fill("Seen with Sarah Thompson.")
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_role("alert")).to_contain_text("looks like a name")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Child Z")
    page.get_by_label("Summary").fill("A serious incident.")
    page.get_by_role("button", name="Enter it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Child Z")
    expect(page.locator(".limit")).to_contain_text("within five working days")
    expect(page.locator(".days li")).to_have_count(5)
    assert faults(page) == []
    take(page, "Record the notification", notified, "")
    expect(page.locator(".limit").first).to_contain_text("in time")
    expect(page.locator(".limit").last).to_contain_text(f"{last.day} {last:%B %Y}")
    expect(page.locator(".limit").last.locator(".days li")).to_have_count(15)
    assert faults(page) == []
    page.get_by_role("link", name="Reviews").first.click()
    expect(page.locator(".limits")).to_contain_text("Child Z")
    page.locator(".limits").get_by_role("link", name="Child Z").click()

    today = timezone.localdate()
    take(page, "Send the rapid review to the Panel", today, "A practice review is proposed.")
    expect(page.locator(".limit").last).to_contain_text("in time")
    take(page, "Record the Panel’s view", today, "The Panel agrees.")
    form = page.get_by_role("form", name="Decide on a practice review")
    form.get_by_label("Why is a child").fill("There is more to learn.")
    form.get_by_label("Name of the").fill("Child Z, practice review")
    form.get_by_role("button", name="Decide on a practice review").click()
    expect(page.locator(".message.success")).to_contain_text("led to a practice review")
    page.get_by_role("link", name="Child Z, practice review").click()
    expect(page.locator(".limit")).to_contain_text("within six months")
    assert faults(page) == []


def test_an_agency_answers_section_11(live: Live, page: Page, sign_in: SignIn) -> None:
    sign_in("manager")
    page.goto(f"{live.url}/reviews/section-11/new/")
    page.get_by_label("Financial year").fill("2026-27")
    page.get_by_label("Standard 5: Training").check()
    page.get_by_label("Bedfordshire Police").check()
    page.get_by_label("Answers due by").fill(
        (timezone.localdate() + timedelta(days=60)).isoformat()
    )
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Section 11, 2026/27")

    sign_in("analyst.police")
    page.goto(f"{live.url}/reviews/section-11/2026-27/")
    page.get_by_role("link", name="Fill in for Bedfordshire Police").click()
    page.get_by_label("What shows it?").fill("Nine of ten officers are trained.")
    expect(page.locator("[data-draft-said]")).to_contain_text("Draft saved")
    page.reload()
    expect(page.get_by_label("What shows it?")).to_have_value("Nine of ten officers are trained.")
    page.get_by_role("button", name="Keep in your agency").click()
    expect(page.locator(".assessment")).to_contain_text("Kept in the agency")
    page.get_by_role("button", name="Send standard 5").click()
    expect(page.get_by_role("alert")).to_contain_text("how far the standard is met")
    page.get_by_label("How far is the standard met?").select_option("amber")
    page.get_by_label("What is still to improve").fill("Train the tenth.")
    page.get_by_role("button", name="Send standard 5").click()
    expect(page.locator(".assessment .chip").first).to_have_text("Partly met")
    assert faults(page) == []

    sign_in("scrutineer")
    page.goto(f"{live.url}/reviews/section-11/2026-27/police/")
    page.get_by_role("link", name="Challenge this").click()
    page.get_by_label("What do you ask?").fill("When will the tenth be trained?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".assessment")).to_contain_text("When will the tenth be trained?")
    expect(page.locator(".assessment")).to_contain_text("Nine of ten officers are trained.")
    assert faults(page) == []
