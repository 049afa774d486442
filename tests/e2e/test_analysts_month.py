"""An analyst's month in a real browser, by keyboard alone: what is due, a bad file, a mapping, a question, the preview,
the indicator that moves, the file that replaces it, and taking it back. No page has a fault that axe finds."""

from pathlib import Path

import pytest
from playwright.sync_api import FileChooser, Locator, Page, expect

from tests.accessible import faults
from tests.live import Live

pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("live", ["embedded"], indirect=True)]

WAIT = 30_000
TABS = 250  # more than any of these pages has things to stop at
BEDFORD = "E06000055"
HEADER = "month,kind,count\n"
BAD = HEADER + "2026-04,DV crimz,263\n2026-04,incident,many\n"
MENDED = HEADER + "2026-04,DV crimz,263\n2026-04,incident,-\n"
NEWER = HEADER + "2026-04,crime,271\n2026-04,incident,512\n"


def reach(page: Page, target: Locator) -> Locator:
    """Press Tab until the target has the focus, and see that the focus shows."""
    expect(target.first).to_be_visible(timeout=WAIT)
    page.evaluate("document.activeElement?.blur()")
    wanted = target.first.element_handle()
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return target.first
    raise AssertionError(f"{target} cannot be reached by Tab")


def press(page: Page, role: str, name: str, *, exact: bool = False) -> None:
    """Reach a link or button and press Enter."""
    reach(page, page.get_by_role(role, name=name, exact=exact))  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, field: Locator, text: str) -> None:
    """Reach a field and type into it, in place of what stands there."""
    reach(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def sign_in(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/accounts/login/")
    assert faults(page) == []
    write(page, page.locator("[name=login]"), "analyst.police@example.org")
    write(page, page.locator("[name=password]"), live.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=WAIT)


def send(page: Page, file: Path) -> None:
    """Choose a file on the upload page, send it, and wait until it was looked at."""
    target = page.locator("main form button.govuk-file-upload-button")
    reach(page, target)
    offered: list[FileChooser] = []

    def keep(chooser: FileChooser) -> None:
        offered.append(chooser)

    page.on("filechooser", keep)
    page.wait_for_timeout(200)  # until the browser knows that it is to tell of choosers
    page.keyboard.press("Enter")
    for _ in range(100):
        if offered:
            break
        page.wait_for_timeout(100)
    page.remove_listener("filechooser", keep)
    offered[0].set_files(file)
    expect(target).to_contain_text(file.name)
    press(page, "button", "Send the file")
    expect(page.locator("#progress .state")).to_be_visible(timeout=WAIT)
    expect(page.locator(".state.received, .state.processing")).to_have_count(0, timeout=WAIT)


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def follow(page: Page, address: str) -> None:
    """Reach the link to an address of the product and press Enter."""
    reach(page, page.locator(f"main a[href='{address}']"))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_submission(page: Page, number: str, *, look: bool = False) -> None:
    """From anywhere to the page of a submission, by the list of submissions; with `look` axe looks at that, too."""
    press(page, "link", "Submissions", exact=True)
    assert not look or faults(page) == []
    follow(page, f"/submissions/{number}/")


def crimes_shown(page: Page, number: str, *, look: bool = False) -> str:
    """What the indicator's page says, from the page of a submission that feeds it and back again; with `look` axe looks
    at what lies between."""
    follow(page, f"/indicators/DA01/?area={BEDFORD}")
    expect(page.get_by_role("heading", name="Domestic abuse crimes recorded").first).to_be_visible()
    assert not look or faults(page) == []
    said = page.locator("main").inner_text()
    open_submission(page, number, look=look)
    return said


def number_of(page: Page) -> str:
    """The number of the submission whose page is open."""
    return page.url.rstrip("/").rsplit("/", 1)[1]


def withdraw(page: Page) -> None:
    press(page, "link", "Withdraw this file")
    write(page, page.locator("[name=reason]"), "The export was of another month.")
    assert faults(page) == []
    press(page, "button", "Withdraw the file")
    expect(page.locator(".state.withdrawn")).to_be_visible(timeout=WAIT)
    expect(page.locator(".history")).to_contain_text("The export was of another month.")
    assert faults(page) == []


def test_an_analysts_month_by_keyboard(live: Live, page: Page, tmp_path: Path) -> None:
    sign_in(page, live)

    press(page, "link", "Returns", exact=True)
    expect(page.get_by_role("heading", name="Owed now")).to_be_visible()
    assert faults(page) == []

    press(page, "link", "Calendar", exact=True)
    expect(page.get_by_role("heading", name="Bedfordshire Police")).to_be_visible()
    assert faults(page) == []
    press(page, "link", "Does it improve?")
    expect(page.get_by_role("heading", name="Agency by agency")).to_be_visible()
    assert faults(page) == []
    press(page, "link", "Returns", exact=True)

    press(page, "link", "Domestic abuse recorded by the police")
    reach(page, page.get_by_role("link", name="Template (CSV)"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_text().startswith("month,kind,count")
    assert faults(page) == []

    press(page, "link", "Returns", exact=True)
    owed = "Upload Domestic abuse recorded by the police, Bedford, April 2026"
    press(page, "link", owed)
    assert faults(page) == []
    send(page, saved(tmp_path, "bad.csv", BAD))
    expect(page.locator(".state.refused")).to_be_visible()
    expect(page.locator("table.problems tbody tr")).to_have_count(2)
    assert faults(page) == []

    press(page, "link", "Map ‘DV crimz’")
    reach(page, page.get_by_label("Which code does it stand for?"))
    page.keyboard.type("Domestic abuse crime")
    assert faults(page) == []
    press(page, "button", "Map it")
    expect(page.get_by_text("is mapped")).to_be_visible()
    assert faults(page) == []

    press(page, "link", "Send the corrected file")
    send(page, saved(tmp_path, "mended.csv", MENDED))
    first = number_of(page)
    expect(page.locator(".state.needs-answers")).to_be_visible()
    expect(page.locator("main")).to_contain_text("as your agency mapped it")
    expect(page.get_by_role("table", name="Indicators that would change")).to_contain_text("263")
    assert faults(page) == []
    assert "263" not in crimes_shown(page, first)
    press(page, "button", "Submit", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("Answer each question")
    assert faults(page) == []
    write(page, page.get_by_label("Why is it right as it is?"), "Not counted yet this month.")
    press(page, "button", "Submit", exact=True)
    expect(page.locator(".state.accepted")).to_be_visible(timeout=WAIT)
    expect(page.locator(".history")).to_contain_text("Not counted yet this month.")
    assert faults(page) == []
    assert "263" in crimes_shown(page, first, look=True)

    press(page, "link", "Send another file")
    send(page, saved(tmp_path, "newer.csv", NEWER))
    second = number_of(page)
    expect(page.locator(".state.ready")).to_be_visible()
    expect(page.locator("table.changes")).to_contain_text("263")
    assert faults(page) == []
    press(page, "button", "Submit", exact=True)
    expect(page.locator(".state.accepted")).to_be_visible(timeout=WAIT)
    assert "271" in crimes_shown(page, second)

    withdraw(page)
    expect(page.get_by_role("table", name="Files of Bedfordshire Police")).to_contain_text(
        "Accepted"
    )
    follow(page, f"/submissions/{first}/")
    assert "263" in crimes_shown(page, first)
    withdraw(page)
    shown = crimes_shown(page, first)
    assert "263" not in shown
    assert "271" not in shown
