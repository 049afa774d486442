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

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

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


# The process that answers is alive; what it cannot do without decides whether it should be restarted.
HEALTH_CHECKS: dict[str, Check] = {"database": database_answers}
# What it needs to do its whole work.
READY_CHECKS: dict[str, Check] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "queue": queue_reachable,
}


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
