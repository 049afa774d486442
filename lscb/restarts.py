"""A program that is started again when it ends by itself, and the note that says so to the health page.

The pauses grow, so that a worker that fails at once is tried once a minute and no oftener; one that ran for a while
begins with the shortest pause again. `serve` writes the note, the web reads it: two processes, so it is a file.
"""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lscb.processes import Program, Programs

PAUSES = (1.0, 5.0, 15.0, 60.0)
SECONDS_OF_GOOD_HEALTH = 600.0
TOLD_FOR = timedelta(days=1)


class StartedAgain:
    """One of the programs, started by `start` and started again after a pause whenever it ends by itself.

    `say` tells people; `note` is the file for the health page; `clock` counts seconds.
    """

    def __init__(
        self,
        programs: Programs,
        start: Callable[[], Program],
        *,
        note: Path,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.programs, self.start = programs, start
        self.note, self.say, self.clock = note, say, clock
        self.failures = 0
        self.endings: list[datetime] = []
        self.begin()

    def begin(self) -> None:
        """Start it, and note that it runs."""
        self.program = self.start()
        self.began = self.clock()
        self.due: float | None = None
        self._write()

    def look(self) -> None:
        """See whether it still runs; where it ended, say so and plan its start; where that is due, start it."""
        if self.due is not None:
            if self.clock() >= self.due:
                self.say(f"Starting the {self.program.name} again ...")
                self.begin()
        elif self.program.process.poll() is not None:
            self._ended()

    def _ended(self) -> None:
        if self.clock() - self.began >= SECONDS_OF_GOOD_HEALTH:
            self.failures = 0
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
        self.failures += 1
        self.due = self.clock() + pause
        self.endings.append(datetime.now().astimezone())
        self._write()
        self.say(
            f"The {self.program.name} ended by itself (exit status {self.program.process.returncode}) "
            f"and is started again in {pause:.0f} s. The end of {self.program.log}:\n"
            f"{self.program.last_words()}"
        )
        self.programs.forget(self.program)

    def _write(self) -> None:
        told = [each for each in self.endings if each > datetime.now().astimezone() - TOLD_FOR]
        self.endings = told
        body = {"runs": self.due is None, "ended": [each.isoformat() for each in told]}
        aside = self.note.with_suffix(".aside")
        aside.write_text(json.dumps(body), encoding="ascii")
        aside.replace(self.note)


def read_note(note: Path) -> tuple[bool, list[datetime]]:
    """Return whether the program runs, and when it ended by itself in the last day; without a note (True, [])."""
    try:
        body: dict[str, Any] = json.loads(note.read_text(encoding="ascii"))
    except FileNotFoundError:
        return True, []
    ended = [datetime.fromisoformat(each) for each in body["ended"]]
    return body["runs"], [each for each in ended if each > datetime.now().astimezone() - TOLD_FOR]
