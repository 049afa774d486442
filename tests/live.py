"""The product as people run it, for the end-to-end tests: `manage.py serve` with data of its own."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lscb.processes import Programs
from tests.servers import free_port
from tests.waiting import alone

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a-password-for-tests-only"
SECONDS_TO_START = 240
OWN_VARIABLES = ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "EMAIL_URL", "REDIS_URL", "SECRET_KEY")
# The management command, with its options, that loads the data the end-to-end tests read.
LOAD = "sample --small"


@dataclass(frozen=True)
class Live:
    """A running product: its address, the folder of its data and logs, and its demonstration password."""

    kind: str
    url: str
    data_dir: Path
    password: str = PASSWORD

    def logs(self) -> str:
        """Return the end of its logs, to be shown when a test fails."""
        files = sorted((self.data_dir / "logs").glob("*.log"))
        return "\n".join(
            f"--- {file.name}\n{file.read_text(errors='replace')[-4000:]}" for file in files
        )


def prepared_data(folder: Path) -> Path:
    """Return a folder of data, ready with the sample, to be copied; made once for all test processes that share `folder`."""
    data = folder / "prepared"
    with alone(folder / "prepared.lock"):
        if not data.is_dir():
            making = folder / "preparing"
            with running_product(
                "embedded", making, {}, until="Starting web and worker"
            ) as product:
                made = product.data_dir
            shutil.rmtree(made / "logs", ignore_errors=True)
            made.rename(data)
    return data


@contextmanager
def running_product(
    kind: str, folder: Path, servers: Mapping[str, str], until: str = "Ready: "
) -> Iterator[Live]:
    """Yield the product running with its data in `folder`, on the servers named in `servers` or on none.

    It is ended with the block, which begins as soon as it says `until`. Raises RuntimeError, with what it said, when
    it does not get there.
    """
    port, data = free_port(), folder / "data"
    env = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    own = {
        "DATA_DIR": str(data),
        "DEMO_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "lscb.settings",
    }
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--load", LOAD]
    with Programs(folder) as programs:
        serve = programs.start("serve", command, env=env | own | dict(servers), cwd=ROOT)
        live = Live(kind, f"http://127.0.0.1:{port}", data)
        deadline = time.monotonic() + SECONDS_TO_START
        while until not in serve.last_words():
            if serve.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(
                    f"`serve` did not get ready:\n{serve.last_words(60)}\n{live.logs()}"
                )
            time.sleep(0.2)
        yield live
