"""`manage.py serve`: everything needed to use the product on this machine, web and worker, until Ctrl-C."""

import gc
import hashlib
import http.client
import os
import re
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from lscb import storage
from lscb.models import Person
from lscb.processes import Program, Programs, Stopped, StopRequest, stop_requests
from lscb.restarts import StartedAgain

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 90
THREADS = 8
# What Celery writes once it takes tasks.
WORKER_READY = re.compile(r"celery@\S+ ready\.")


class Command(BaseCommand):
    """Prepare the database, the static files and the sample, then run web and worker on 127.0.0.1."""

    help = "Prepares the database and runs web and worker on 127.0.0.1 until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--load",
            default="sample",
            help="the management command that loads data first, with its options; empty for none",
        )

    def handle(self, *args: Any, port: int, load: str, **options: Any) -> None:
        """Run until asked to end. Raises CommandError when something fails or ends by itself."""
        with stop_requests() as stop:
            try:
                refuse_taken_port(port)
                self.prepare(load)
                stop.raises = False
                if not stop.asked:
                    self.run_programs(port, stop)
            except Stopped:
                pass
        self.say("Stopped.")

    def say(self, text: str) -> None:
        """Print at once, also into a file or pipe."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self, load: str) -> None:
        """Bring database, static files and data up to date; quick when they are."""
        self.say("Preparing the database ...")
        # migrating makes models anew with each step: looking for rubbish among them takes a fifth of it
        gc.set_threshold(100_000)
        call_command("migrate", interactive=False, verbosity=0)
        collect_static()
        if load:
            self.say("Loading the data ...")
            name, *options = load.split()
            call_command(name, *options)

    def run_programs(self, port: int, stop: StopRequest) -> None:
        """Start web and worker, say when they answer, and watch them until asked to end."""
        people = demonstration_sign_ins()
        connections.close_all()
        logs = Path(settings.DATA_DIR) / "logs"
        self.say("Starting web and worker ...")
        with Programs(logs) as programs:
            env = os.environ | {"PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "lscb.settings"}
            web = programs.start("web", web_command(port), env=env, cwd=settings.BASE_DIR)
            worker = StartedAgain(
                programs,
                lambda: programs.start("worker", worker_command(), env=env, cwd=settings.BASE_DIR),
                note=settings.WORKER_NOTE,
                say=self.say,
            )
            deadline = time.monotonic() + SECONDS_TO_ANSWER
            ready = False
            while not stop.asked:
                refuse_ended(web)
                if ready:
                    worker.look()
                else:
                    refuse_ended(worker.program)
                if not ready and WORKER_READY.search(worker.program.said()) and answers(port):
                    ready = True
                    self.announce(port, people, logs)
                if not ready and time.monotonic() > deadline:
                    raise CommandError(f"No answer after {SECONDS_TO_ANSWER} seconds: see {logs}.")
                time.sleep(0.2)
            self.say("Stopping ...")

    def announce(self, port: int, people: list[str], logs: Path) -> None:
        """Say where it answers, who may sign in, and where the logs are."""
        if people:
            self.say(f"Demonstration sign-ins, all with the password {settings.DEMO_PASSWORD}")
            for person in people:
                self.say(f"  {person}")
        self.say(f"Logs: {logs}")
        self.say("Ctrl-C ends it.")
        self.say(f"Ready: http://{HOST}:{port}")


def web_command(port: int) -> list[str]:
    """Return the command of the web server: one process on SQLite, which has one writer anyway, else two."""
    workers = 1 if connection.vendor == "sqlite" else 2
    return [
        *(sys.executable, "-m", "gunicorn", "lscb.wsgi:application"),
        *("--config", "python:lscb.web_server", "--graceful-timeout", "5", "--no-control-socket"),
        *("--bind", f"{HOST}:{port}", "--workers", str(workers), "--threads", str(THREADS)),
    ]


def worker_command() -> list[str]:
    """Return the command of the worker, with the scheduler embedded: one task at a time on files, else two."""
    tasks = 1 if settings.CELERY_BROKER_URL.startswith("filesystem") else 2
    return [
        *(sys.executable, "-m", "celery", "-A", "lscb.celery", "worker", "--beat"),
        *("--pool", "prefork", "--concurrency", str(tasks), "--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def demonstration_sign_ins() -> list[str]:
    """Return the demonstration's people, as e-mail address and role; none outside the demonstration."""
    if not settings.DEMONSTRATION:
        return []
    people = Person.objects.filter(demonstration=True, is_active=True).order_by("pk")
    return [f"{person.email}  ({person.get_role_display()})" for person in people]


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when something else already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={port + 1}"
            ) from error


def refuse_ended(program: Program) -> None:
    """Raise CommandError, with the end of its log, when the program ended by itself."""
    if program.process.poll() is not None:
        raise CommandError(
            f"The {program.name} ended by itself (exit status {program.process.returncode}). "
            f"The end of {program.log}:\n{program.last_words()}"
        )


def answers(port: int) -> bool:
    """Return whether the web server answers on its health page."""
    answer = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        answer.request("GET", "/healthz")
        return answer.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        answer.close()


def collect_static() -> None:
    """Collect the static files, unless none of them changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    current = static_fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == current:
        return
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED_STATIC
    )
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text(current, encoding="ascii")


# Folders of libraries whose pages are not shown: a second API browser, and REST framework's own.
UNUSED_STATIC = ["redoc", "rest_framework"]


def static_fingerprint() -> str:
    """Return a checksum over names, sizes and times of all static files, and how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    digest.update(Path(storage.__file__).read_bytes())
    for finder in get_finders():
        for name, where in sorted(finder.list([]), key=lambda found: found[0]):
            facts = os.stat(where.path(name))
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
