"""`manage.py submit`: receives one file and processes it now, for scheduled jobs on the server."""

import json
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from lscb.models import Agency, Area, Person
from lscb.numbers import plural
from lscb.periods import Period, parse
from performance import actions
from performance.intake.spec import ReturnSpec, returns
from performance.models import State, StoredProblem, Submission
from performance.queries import submissions as queries

REFUSED, COULD_NOT = 1, 2  # exit statuses; 0 is accepted
SECONDS_FOR_ANOTHER_WORKER = 600
TAKEN = (State.ACCEPTED, State.SUPERSEDED)


class Command(BaseCommand):
    help = "Receives and processes one file now. Exit 0: accepted, 1: refused, 2: it could not be done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("return_id", metavar="RETURN", help="for example police-da")
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Excel (.xlsx)")
        parser.add_argument("--area", required=True, help="the area’s code: E06000032")
        parser.add_argument("--period", required=True, help="2025-04, 2025-26-Q1 or 2025-26")
        parser.add_argument(
            "--agency", help="the agency’s slug; needed where several owe the return"
        )
        parser.add_argument("--person", help="the e-mail address of whoever sends it")
        parser.add_argument("--json", action="store_true", help="say the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive, process, say what came of it, and exit accordingly."""
        submission = finish(receive(options))
        if submission.state == State.FAILED or submission.is_waiting:
            raise could_not(f"Submission {submission.pk} could not be processed; the log says why.")
        if submission.state == State.READY:
            raise could_not(
                f"Submission {submission.pk} is checked, and counts once a second person signs it off."
            )
        problems = queries.problems(submission)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(submission, problems)))
        else:
            self.stdout.write("\n".join(as_lines(submission, problems)))
        if submission.state not in TAKEN:
            sys.exit(REFUSED)


def could_not(message: str) -> CommandError:
    """What ends the command with the exit status for 'could not'."""
    return CommandError(message, returncode=COULD_NOT)


def receive(options: dict[str, Any]) -> Submission:
    """The file as a received submission. Raises CommandError where that cannot be."""
    spec = returns().get(options["return_id"])
    if spec is None:
        raise could_not(
            f"There is no return '{options['return_id']}'. Known: {', '.join(returns())}."
        )
    person = _person(options["person"])
    try:
        content = options["file"].read_bytes()
        return actions.receive(
            by=person,
            return_id=spec.id,
            agency=_agency(spec, options["agency"]),
            area=_area(options["area"]),
            period=_period(options["period"]),
            filename=options["file"].name,
            content=content,
            ring=False,
        )
    except OSError as error:
        raise could_not(f"{options['file']} cannot be read: {error.strerror}.") from error
    except (actions.SubmissionRefused, PermissionDenied) as error:
        raise could_not(str(error)) from error
    except Http404 as error:
        raise could_not("This person may not send it.") from error


def finish(submission: Submission) -> Submission:
    """The submission once its state is final: processed here, or by a worker that was quicker."""
    deadline = time.monotonic() + SECONDS_FOR_ANOTHER_WORKER
    for _ in range(settings.SUBMISSION_MAX_ATTEMPTS):
        if submission.state == State.RECEIVED:
            actions.process(submission_id=submission.pk)
            submission.refresh_from_db()
    while submission.is_waiting and time.monotonic() < deadline:
        time.sleep(0.5)
        submission.refresh_from_db()
    return submission


def as_json(submission: Submission, problems: list[StoredProblem]) -> dict[str, Any]:
    """The outcome for a program."""
    return {
        "id": submission.pk,
        "state": submission.state,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "row": problem.row,
                "column": problem.column or None,
                "message": problem.message,
                "suggestion": problem.suggestion,
            }
            for problem in problems
        ],
        "rows": submission.rows,
        "total": _number(submission.total),
    }


def as_lines(submission: Submission, problems: list[StoredProblem]) -> list[str]:
    """The outcome for a person: the state, the size, and a line for each problem."""
    first = f"Submission {submission.pk}: {submission.get_state_display()}"
    if submission.rows is not None:
        first += f", {plural(submission.rows, 'row')}"
    if submission.total is not None:
        first += f", total {_number(submission.total):,}"
    return [f"{first}.", *(_line(problem) for problem in problems)]


def _line(problem: StoredProblem) -> str:
    row = f"row {problem.row}" if problem.row else ""
    column = f"column {problem.column}" if problem.column else ""
    where = ", ".join(part for part in (problem.severity, row, column) if part)
    return f"{where}: {problem.message} {problem.suggestion}".strip()


def _number(total: Decimal | None) -> int | float | None:
    if total is None:
        return None
    return int(total) if total == total.to_integral_value() else float(total)


def _person(email: str | None) -> Person | None:
    if not email:
        return None
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise could_not(f"There is no person '{email}'.")
    return person


def _area(code: str) -> Area:
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise could_not(f"There is no area '{code}'.")
    return area


def _period(code: str) -> Period:
    try:
        return parse(code)
    except ValueError as error:
        raise could_not(f"{str(error).capitalize()}.") from error


def _agency(spec: ReturnSpec, slug: str | None) -> Agency:
    owing = {agency.slug: agency for agency in Agency.objects.filter(type__in=spec.owners)}
    if slug and slug not in owing:
        raise could_not(
            f"No agency '{slug}' owes the return '{spec.id}'. Known: {', '.join(owing)}."
        )
    if not slug and len(owing) != 1:
        raise could_not(
            f"Say which agency sends it with --agency: {', '.join(owing) or 'none is known'}."
        )
    return owing[slug] if slug else next(iter(owing.values()))
