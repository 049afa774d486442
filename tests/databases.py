"""The tests' database: migrated once for all processes of a run, and copied for each of them."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.waiting import alone


def use_copy(folder: Path) -> None:
    """Make the test database of this process a copy of one that is migrated already, the first time by this process;
    `folder` is that of all processes that share it."""
    made = folder / f"migrated.{connection.vendor}"
    with alone(folder / f"{made.name}.lock"):
        if not made.exists():
            migrate(f"{made}.sqlite3" if is_file() else "lscb_migrated")
            made.touch()
    test = connection.settings_dict["TEST"]
    if is_file():
        shutil.copyfile(f"{made}.sqlite3", test["NAME"])
    else:
        test["TEMPLATE"] = "lscb_migrated"
    test["MIGRATE"] = False


def is_file() -> bool:
    """Whether the database is a file."""
    return connection.vendor == "sqlite"


def migrate(name: str) -> None:
    """Make a database of that name with all migrations in it."""
    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    own, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = own
        settings.DATABASES[connection.alias]["NAME"] = before
        connection.settings_dict["NAME"] = before
