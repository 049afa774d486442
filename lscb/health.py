"""Whether the program can do its work: what `/healthz` and `/readyz` ask.

Another app adds its own check to `READY_CHECKS` when it starts:

    from lscb.health import READY_CHECKS
    READY_CHECKS["oldest waiting submission"] = oldest_waiting

A check answers None when all is well, else a short text that says what is wrong. It names nothing secret: anybody on
the network may read it.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lscb.restarts import read_note

logger = logging.getLogger("lscb.health")

Check = Callable[[], str | None]
SECONDS_TO_ANSWER = 2


def database_answers() -> str | None:
    """Ask the database for the number 1."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        logger.exception("the database does not answer")
        return "does not answer"
    return None


def migrations_applied() -> str | None:
    """Compare the database's tables with the program's migrations."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.exception("the database does not say which migrations it has")
        return "not known"
    return f"{len(waiting)} not applied" if waiting else None


def queue_reachable() -> str | None:
    """Reach the broker, or without one see that the folder of the embedded queue can be written to."""
    if not settings.REDIS_URL:
        folder = settings.QUEUE_DIR / "messages"
        return None if os.access(folder, os.W_OK) else "its folder cannot be written to"
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=SECONDS_TO_ANSWER,
            socket_timeout=SECONDS_TO_ANSWER,
        ) as broker:
            broker.ping()
    except redis.RedisError:
        logger.exception("the broker does not answer")
        return "does not answer"
    return None


def worker_runs() -> str | None:
    """Ask the note that `serve` keeps of its worker; where workers are kept by others there is none."""
    runs, ended = read_note(settings.WORKER_NOTE)
    return None if runs else f"ended by itself {_at(ended[-1])} and is being started again"


def worker_was_started_again() -> str | None:
    """Say of a worker that runs how often it had to be started again in the last day."""
    runs, ended = read_note(settings.WORKER_NOTE)
    if not runs or not ended:
        return None
    times = "once" if len(ended) == 1 else f"{len(ended)} times"
    return (
        f"ended by itself {times} in the last day, last {_at(ended[-1])}, and was started again: "
        "the end of worker.log says why"
    )


def _at(moment: datetime) -> str:
    return f"at {timezone.localtime(moment):%H:%M}"


# The process that answers is alive; what it cannot do without decides whether it should be restarted.
HEALTH_CHECKS: dict[str, Check] = {"database": database_answers}
# What it needs to do its whole work.
READY_CHECKS: dict[str, Check] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "queue": queue_reachable,
    "worker": worker_runs,
}
# What people should know although all is well.
NOTES: dict[str, Check] = {"worker": worker_was_started_again}


def run(checks: dict[str, Check]) -> dict[str, str]:
    """The answer of each check by its name: `ok`, or what is wrong. A check that fails by itself is wrong too."""
    answers = {}
    for name, check in checks.items():
        try:
            answers[name] = check() or "ok"
        except Exception:
            logger.exception("the check %s failed", name)
            answers[name] = "the check failed"
    return answers


def notes() -> dict[str, str]:
    """What is worth a look though nothing is wrong now, by its name; empty where there is nothing."""
    return {name: said for name, said in run(NOTES).items() if said != "ok"}
