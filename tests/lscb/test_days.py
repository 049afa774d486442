"""How a day is written, and that one place writes it."""

import re
from datetime import date, datetime
from pathlib import Path

from lscb.days import day_and_month, day_short, day_words, moment_words

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("lscb", "performance", "priorities", "reviews", "training")
BY_HAND = re.compile(r"%-?d %[bB]|\.day\} \{[^}]*%[bB]")


def test_a_day_is_written_without_a_nought_before_it_and_its_month_in_words():
    assert day_words(date(2026, 5, 3)) == "3 May 2026"
    assert day_short(date(2026, 11, 29)) == "29 Nov 2026"
    assert day_and_month(date(2026, 5, 3)) == "3 May"
    assert moment_words(datetime(2026, 11, 29, 9, 5)) == "29 November 2026, 09:05"  # noqa: DTZ001


def test_no_other_module_writes_a_day_by_hand():
    modules = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    found = [
        str(path.relative_to(ROOT))
        for path in modules
        if path != ROOT / "lscb" / "days.py" and BY_HAND.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
