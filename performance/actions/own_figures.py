"""Figures that the program counts itself and sends through intake like any return, so that they have a history."""

import hashlib
from collections.abc import Sequence

from lscb.csvfiles import csv_text
from lscb.models import Agency, Area
from lscb.periods import Period
from performance.actions.processing import process
from performance.actions.submissions import receive
from performance.intake.spec import returns
from performance.models import State, Submission


def send_figures(
    *,
    return_id: str,
    sender: Agency,
    area: Area,
    period: Period,
    rows: Sequence[Sequence[object]],
    source: str,
) -> Submission | None:
    """Send one period's figures (rows of the return's counts form) and process them at once; None where the file that
    counts says the same already."""
    content = csv_text(returns()[return_id].counts_columns, rows).encode()
    same = Submission.objects.filter(
        return_id=return_id,
        agency=sender,
        area=area,
        period_code=period.code,
        state=State.ACCEPTED,
        checksum=hashlib.sha256(content).hexdigest(),
    )
    if same.exists():
        return None
    submission = receive(
        by=None,
        return_id=return_id,
        agency=sender,
        area=area,
        period=period,
        filename=f"{return_id}-{period.code}.csv",
        content=content,
        source=source,
        ring=False,
    )
    process(submission_id=submission.pk)
    submission.refresh_from_db()
    return submission
