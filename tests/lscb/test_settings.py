"""An installation refuses to start without what it needs, and names every fault at once; the demonstration needs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "EMAIL_URL", "REDIS_URL", "SECRET_KEY")
WHOLE = {
    "SECRET_KEY": "k3y-" + "aZ9_bY8-" * 8,
    "ALLOWED_HOSTS": "scorecard.example.org",
    "DATABASE_URL": "postgres://lscb:secret@127.0.0.1:5432/lscb",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def start(folder: Path, **given: str) -> tuple[int, str]:
    """Load the settings in a program of its own; its exit status and what it said."""
    env = {name: value for name, value in os.environ.items() if name not in NAMES}
    env |= {"DATA_DIR": str(folder), **given}
    code = "from lscb import settings as s; print(s.DEMONSTRATION, s.DEBUG, s.SESSION_COOKIE_SECURE if not s.DEMONSTRATION else '')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_with_nothing_set_it_is_the_demonstration(tmp_path: Path) -> None:
    assert start(tmp_path) == (0, "True False \n")


def test_with_everything_set_it_is_an_installation_with_secure_cookies(tmp_path: Path) -> None:
    assert start(tmp_path, **WHOLE) == (0, "False False True\n")


def test_every_missing_setting_is_named_at_once(tmp_path: Path) -> None:
    status, said = start(tmp_path, SECRET_KEY="short")
    assert status == 1
    for name in (
        "SECRET_KEY must be 50",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
    ):
        assert name in said


@pytest.mark.parametrize("weak", ["", "short", "x" * 60])
def test_a_weak_key_stops_the_start(tmp_path: Path, weak: str) -> None:
    status, said = start(tmp_path, **WHOLE | {"SECRET_KEY": weak})
    assert status == 1
    assert "SECRET_KEY must be 50 random characters" in said


def test_debug_serves_this_machine_only(tmp_path: Path) -> None:
    status, said = start(tmp_path, **WHOLE | {"DEBUG": "true"})
    assert status == 1
    assert "may only serve this machine" in said
