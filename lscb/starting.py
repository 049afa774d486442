"""What a process of the web server makes ready before it takes requests."""

import gc
from collections.abc import Callable

import structlog
from django.db import DatabaseError, connections

log = structlog.get_logger("lscb.starting")

READY: list[Callable[[], None]] = []  # what apps have to make ready; they add to it when they start


def make_ready() -> None:
    """Make ready what apps have, so that the first reader of a process does not wait for it. Then keep the garbage
    collector from what stays as long as the process: going through that again and again took up to a tenth of a page.

    A database that cannot be read, or has no tables yet, keeps no process from starting."""
    try:
        for make in READY:
            make()
    except DatabaseError as error:
        log.warning("nothing is made ready", why=str(error))
    finally:
        connections.close_all()
    gc.collect()
    gc.freeze()
