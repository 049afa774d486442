"""Lets the test runner empty the audit trail between tests, which the database refuses to everybody.

Tests that commit are cleaned up by emptying all tables. The triggers that keep the audit trail are taken away for
that one step and put back with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations as Postgresql
from django.db.backends.sqlite3.operations import DatabaseOperations as Sqlite

TRAIL = import_module("lscb.migrations.0002_audit_trail_is_append_only")


@contextmanager
def flush_allowed() -> Iterator[None]:
    """Within the block, emptying all tables includes the audit trail; nothing else may change it."""
    with pytest.MonkeyPatch.context() as patch:
        for operations, make, drop in (
            (Sqlite, TRAIL.SQLITE, TRAIL.SQLITE_BACK),
            (Postgresql, TRAIL.POSTGRESQL, TRAIL.POSTGRESQL_BACK),
        ):
            patch.setattr(operations, "sql_flush", around(operations.sql_flush, make, drop))
        yield


def around(flush: Callable[..., list[str]], make: list[str], drop: list[str]) -> Any:
    """A flush that takes the triggers away first and makes them again."""

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        statements = flush(self, style, tables, **options)
        if "lscb_auditevent" not in tables:
            return statements
        return [*drop, *statements, *make]

    return sql_flush
