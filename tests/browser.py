"""The browser that the end-to-end tests drive: found on this machine, or brought."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.packages import apt_install, can_install

# The first is Chromium without a window of its own: the same pages for two thirds of the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
USUAL_PLACES = (
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# A browser under test speaks to this machine only: it looks up no name and keeps no connection of its own. Pages of one
# site share a process: with one for each, a third of what a page takes was starting it and reading its scripts anew.
FLAGS = (
    "--process-per-site",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class BrowserMissing(Exception):
    """No browser is to be had; the message says what to install."""


def launch(playwright: Playwright) -> Browser:
    """Start a headless browser. Raises BrowserMissing when none is found and none can be brought."""
    program = find_browser(playwright) or bring_browser(playwright)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=[*FLAGS, *sandbox])


def find_browser(playwright: Playwright) -> str | None:
    """Return the program named by CHROME, or one of this machine, or Playwright's own; None when there is none."""
    named = os.environ.get("CHROME")
    if named:
        found = shutil.which(named)
        if not found:
            raise BrowserMissing(f"CHROME names {named}, which cannot be run.")
        return found
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    places = (*USUAL_PLACES, playwright.chromium.executable_path)
    return on_path or next((place for place in places if Path(place).is_file()), None)


def bring_browser(playwright: Playwright) -> str:
    """Install Chromium: with apt-get as root on Debian, else as Playwright's download. Raises BrowserMissing."""
    said = install() if can_install() else download()
    found = find_browser(playwright)
    if not found:
        raise BrowserMissing(
            "The end-to-end tests need Chrome or Chromium. Install one (Debian: apt-get install chromium), or name "
            f"its program in CHROME.\n{said}"
        )
    return found


def install() -> str:
    """Install Debian's Chromium, without a window where there is such a package; return what apt-get said of failure."""
    return apt_install("chromium-headless-shell") and apt_install("chromium")


def download() -> str:
    """Let Playwright download its Chromium; return what it said where that failed, else nothing."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip()[-1500:] if done.returncode else ""
