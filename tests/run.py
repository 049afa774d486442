"""What `make test` runs: the tests on SQLite and beside them the static checks, then on real servers, and in a browser.

Every stage runs even when one before it failed. The last line counts the tests of all stages; a failed stage counts
as at least one failure, and so does a test that was skipped: what is missing is installed, not left out.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.packages import PackageMissing, bring_pango  # noqa: E402  the path first
from tests.servers import ServerMissing, real_servers  # noqa: E402  the path first

STAGE_SECONDS = 30 * 60
# Of the variables around us: the servers of an installation, what make tells itself, and that no compiled module is to
# be kept, which some forty processes would each compile anew.
NOT_TAKEN = (
    "DATABASE_URL",
    "REDIS_URL",
    "MAKEFLAGS",
    "MFLAGS",
    "MAKELEVEL",
    "PYTHONDONTWRITEBYTECODE",
)
BROWSER_STAGES = {
    # each process has a product and a browser of its own, whose start costs as much as a dozen pages
    "browser, embedded": (
        *("tests/e2e", "-m", "e2e and not servers"),
        *("-n", "2", "--dist", "loadfile"),
    ),
    "browser, PostgreSQL and Valkey": ("tests/e2e", "-m", "e2e and servers"),
}
# each process takes its tests in the order of their files, so that a file's shared fixtures are made once
SPREAD = ("-n", str(min(4, os.cpu_count() or 2)), "--dist", "worksteal")


@dataclass(frozen=True)
class Result:
    """How one stage went: its name, tests passed and failed, and how long it took."""

    name: str
    passed: int
    failed: int
    seconds: float

    def line(self) -> str:
        """Return the stage's line in the summary."""
        verdict = f"{self.failed} failed" if self.failed else "ok"
        return f"  {self.name:<34} {self.passed:>5} passed  {verdict:<12} {self.seconds:6.1f} s"


def run(command: Sequence[str], env: Mapping[str, str], output: IO[bytes] | None = None) -> int:
    """Run a command from the project's root and return its exit status; one that hangs is ended and has failed."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, stderr=output
    )
    try:
        return process.wait(STAGE_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"{command} did not end within {STAGE_SECONDS} seconds.", flush=True)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return 1


@contextlib.contextmanager
def static_checks(env: Mapping[str, str]) -> Iterator["Future[Result]"]:
    """Run `make check`, all of its parts, beside the block, and show what it said after it; it counts no test."""
    with tempfile.TemporaryFile() as output, ThreadPoolExecutor(1) as pool:
        running = pool.submit(static_result, env, output)
        yield running
        running.result()
        heading("static checks")
        output.seek(0)
        print(output.read().decode(errors="replace"), flush=True)


def static_result(env: Mapping[str, str], output: IO[bytes]) -> Result:
    """Run `make check`, one part after the other: the tests beside it leave it no more than a processor."""
    start = time.monotonic()
    status = run(["make", "--no-print-directory", "-k", "check"], env, output)
    return Result("static checks", 0, 1 if status else 0, time.monotonic() - start)


def tests(name: str, env: Mapping[str, str], *options: str) -> Result:
    """Run pytest with these options, showing what it says, and count its tests."""
    start = heading(name)
    return pytest_result(name, env, options, start, None)


def tests_side_by_side(stages: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> list[Result]:
    """Run pytest once for each stage, given by name with its options, at the same time; show what each said in turn."""
    start = heading(" and ".join(stages))
    with contextlib.ExitStack() as stack:
        outputs = [stack.enter_context(tempfile.TemporaryFile()) for _ in stages]
        pool = stack.enter_context(ThreadPoolExecutor(len(stages)))
        running = [
            pool.submit(pytest_result, name, env, options, start, output)
            for (name, options), output in zip(stages.items(), outputs, strict=True)
        ]
        results = []
        for future, output in zip(running, outputs, strict=True):
            results.append(future.result())
            output.seek(0)
            print(f"--- {results[-1].name}\n{output.read().decode(errors='replace')}", flush=True)
        return results


def pytest_result(
    name: str,
    env: Mapping[str, str],
    options: Sequence[str],
    start: float,
    output: IO[bytes] | None,
) -> Result:
    """Run pytest and count its tests; what is skipped has failed, and so has a run of none."""
    with tempfile.TemporaryDirectory(prefix="lscb-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *options]
        status = run(command, env, output)
        passed, failed = counted(report)
    return Result(name, passed, max(failed, 1 if status else 0), time.monotonic() - start)


def counted(report: Path) -> tuple[int, int]:
    """Return how many tests of a JUnit report passed and did not; (0, 0) when there is no report."""
    if not report.is_file():
        return 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = failed = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
    return max(total - failed, 0), failed


def libraries() -> Result:
    """Bring what the system must have, once for all the stages after it; it counts no test."""
    start = time.monotonic()
    try:
        bring_pango()
    except PackageMissing as error:
        print(f"\n=== libraries\n{error}", flush=True)
        return Result("libraries", 0, 1, time.monotonic() - start)
    return Result("libraries", 0, 0, time.monotonic() - start)


def heading(name: str) -> float:
    """Print a stage's heading and return the time at which it starts."""
    print(f"\n=== {name}", flush=True)
    return time.monotonic()


def server_stages(env: Mapping[str, str]) -> list[Result]:
    """Run the tests that need servers of their own, and those in a browser, against real servers."""
    try:
        with real_servers() as servers:
            real = {"TEST_DATABASE_URL": servers.database_url, "TEST_REDIS_URL": servers.redis_url}
            on_servers = {**env, **real, **servers.environment}
            marked = "(database or servers) and not e2e"
            return [
                tests("PostgreSQL and Valkey", on_servers, *SPREAD, "-m", marked),
                *tests_side_by_side(BROWSER_STAGES, {**env, **real}),
            ]
    except (ServerMissing, RuntimeError) as error:
        print(f"\n=== servers\n{error}", flush=True)
        return [Result("PostgreSQL and Valkey, browser", 0, 1, 0.0)]


def main() -> int:
    """Run every stage, print the summary and return the exit status."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_TAKEN}
    results = [libraries()]
    with tempfile.TemporaryDirectory(prefix="lscb-shared-") as shared:
        env["TEST_SHARED"] = shared
        with static_checks(env) as checked:
            results += [tests("SQLite", env, *SPREAD)]
        results += [checked.result(), *server_stages(env)]
    print("\n=== summary")
    for result in results:
        print(result.line())
    failed = sum(result.failed for result in results)
    print(f"{sum(result.passed for result in results)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
