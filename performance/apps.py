"""Returns become counts, counts become indicators, indicators become the scorecard and dashboards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from lscb.access import AnyPerson


class PerformanceConfig(AppConfig):
    """Performance as Django knows it."""

    name = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        """Read every definition at start-up: a bad one stops the program and says file, line and field. Have drafts of
        forms searched for what names a child."""
        from celery.signals import task_prerun
        from django.core.signals import request_started

        from lscb import drafts, starting
        from performance import definitions
        from performance.actions.agreement import own_folder
        from performance.indicators.scorecard import scorecard
        from performance.indicators.spec import indicators
        from performance.intake.sentences import kind_in_text
        from performance.intake.spec import returns

        definitions.use_own(own_folder())
        for moment in (request_started, task_prerun):
            moment.connect(_read_what_changed)
        returns()
        indicators()
        scorecard()
        show_what_waits()
        starting.READY.append(_draw_latest)
        drafts.CHECKS.append(kind_in_text)


def _read_what_changed(**_: object) -> None:
    """See to it that an indicator agreed on in one process is known in all."""
    from performance import definitions

    definitions.refresh()


def _draw_latest() -> None:
    from performance.views.scorecard import draw_latest

    draw_latest()


def show_what_waits() -> None:
    """Have the navigation say how many signals there are to look at, and how many questions wait for the answer of a
    person's agency."""
    from lscb import context
    from performance.queries import challenges
    from performance.queries.signals import to_look_at

    counts: dict[str, Callable[[AnyPerson], int]] = {
        "signals": lambda _person: to_look_at(),
        "challenges": lambda person: len(challenges.waiting(person)),
    }
    context.NAVIGATION[:] = [
        replace(entry, waiting=counts[entry.url_name]) if entry.url_name in counts else entry
        for entry in context.NAVIGATION
    ]
