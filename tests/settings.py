"""The product's settings as tests use them: nothing of this machine's own installation is read or written.

DATABASE_URL and REDIS_URL stay as they are given: with them the same tests run on real servers.
"""

import atexit
import os
import shutil
import tempfile

DATA = tempfile.mkdtemp(prefix="lscb-tests-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["DATA_DIR"] = DATA
for name in ("ALLOWED_HOSTS", "DEBUG", "DEMO_PASSWORD", "EMAIL_URL", "SECRET_KEY"):
    os.environ.pop(name, None)
if os.environ.get("REDIS_URL"):
    # Test processes side by side share one server, so each has a numbered database of its own.
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"

from lscb.settings import *  # noqa: E402, F403  the environment must be settled first

# Many tests ask for what is refused, and each refusal would be told with its trace.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # type: ignore[index]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Pages are rendered without collecting static files first; tests/e2e serves the real ones.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in use: SQLite's shared memory knows neither WAL nor waiting for another writer.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATA}/test.sqlite3"}  # noqa: F405
