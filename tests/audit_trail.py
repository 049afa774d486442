"""Lets the test runner empty the audit trail and editions between tests, which the database refuses to everybody.

Tests that commit are cleaned up by emptying all tables. The triggers that keep these are taken away for that one
step and put back with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

# By a table that its triggers keep: the migration that makes them, in the order in which they are made.
KEPT = {
    "lscb_auditevent": import_module("lscb.migrations.0002_audit_trail_is_append_only"),
    "performance_editionrow": import_module("performance.migrations.0006_editions_never_change"),
    "performance_edition": import_module(
        "performance.migrations.0019_what_editions_hold_and_words_contradicted"
    ),
}


@contextmanager
def flush_allowed() -> Iterator[None]:
    """Within the block, emptying all tables includes what never changes; nothing else may change it."""
    operations = type(connection.ops)
    with pytest.MonkeyPatch.context() as patch:
        flush = around(operations.sql_flush, connection.vendor.upper())
        patch.setattr(operations, "sql_flush", flush)
        yield


def around(flush: Callable[..., list[str]], vendor: str) -> Any:
    """A flush that takes the triggers away first and makes them again."""

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        kept = [migration for table, migration in KEPT.items() if table in tables]
        drop = [one for migration in kept[::-1] for one in getattr(migration, f"{vendor}_BACK")]
        make = [one for migration in kept for one in getattr(migration, vendor)]
        return [*drop, *flush(self, style, tables, **options), *make]

    return sql_flush
