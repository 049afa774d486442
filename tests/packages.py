"""Programs and libraries of the system that tests need, brought by apt-get where we are root on Debian."""

import os
import shutil
import subprocess
import sys

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
FINDS_PANGO = "from lscb.papers import can_print; raise SystemExit(not can_print())"


class PackageMissing(Exception):
    """Something of the system is missing and could not be brought; the message says what to install."""


def can_install() -> bool:
    """Return whether apt-get is here and we may use it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*names: str) -> str:
    """Install packages of Debian; return what apt-get said where it failed, else nothing."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *names]):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return done.stderr.strip()[-1500:]
    return ""


def bring_pango() -> None:
    """Install Pango, with which PDFs are made, where it is missing. Raises PackageMissing."""
    if finds_pango():
        return
    said = apt_install(*PANGO) if can_install() else ""
    if not finds_pango():
        raise PackageMissing(
            "The tests of PDFs need Pango. Install it (Debian: apt-get install "
            f"{' '.join(PANGO)}; macOS: brew install pango).\n{said}"
        )


def finds_pango() -> bool:
    """Return whether a new process can make PDFs; what was not found once stays so in a process."""
    done = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, check=False
    )
    return done.returncode == 0
