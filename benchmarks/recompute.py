"""Recomputing one changed month: how long the transaction takes, how many statements, and that its cost follows what
changed and not the history. Run with `python -m benchmarks.recompute`; it makes and drops a database of its own.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

CHANGED = "2025-03"
YEARS = (2, 4, 8)  # of history before the changed month


def set_up(folder: Path) -> None:
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(years: int) -> Any:
    """An area with so many years of monthly referrals, with their breakdowns, and contacts."""
    from lscb.models import Agency, Area
    from lscb.periods import parse
    from performance.intake.spec import returns
    from performance.models import Figure, MashContact, Referral, Submission

    area = Area.objects.create(code=f"years-{years}", name=f"{years} years", kind="local-authority")
    agency, _ = Agency.objects.get_or_create(
        slug="council", defaults={"name": "Council", "type": "council"}
    )
    submission = Submission.objects.create(
        return_id="referrals",
        agency=agency,
        area=area,
        period_code="2024-25",
        state="accepted",
        filename="f",
        size=1,
        checksum="0" * 64,
    )
    last = parse(CHANGED)
    sources = ["police", "schools", "health", "housing", "parent", "internal", "other"]
    reasons = ["domestic-abuse", "neglect", "physical-abuse", "emotional-abuse", "sexual-abuse"]
    bands = ["under-1", "1-4", "5-9", "10-15", "16-17"]
    rows: list[Any] = []
    contacts: list[Any] = []
    figures: list[Any] = []
    items = [item for item in returns()["figures"].items if item != "population-0-17"]
    for back in range(12 * years):
        month = last.shift(-back).code
        plain = {"submission": submission, "area": area, "period": month, "current": True}
        rows.append(Referral(margin="total", count=350, **plain))
        for name, codes in (("source", sources), ("reason", reasons), ("age_band", bands)):
            rows += [
                Referral(margin=name, count=350 // len(codes), **plain, **{name: code})
                for code in codes
            ]
        contacts.append(MashContact(margin="total", count=900 + back % 7, **plain))
        contacts += [
            MashContact(margin="source", count=90, source=code, **plain) for code in sources
        ]
        figures += [
            Figure(item=item, margin="total", count=40, denominator=100, **plain) for item in items
        ]
    Figure.objects.bulk_create(figures, batch_size=500)
    Referral.objects.bulk_create(rows, batch_size=500)
    MashContact.objects.bulk_create(contacts, batch_size=500)
    return area


def measure(area: Any, dataset: str) -> tuple[float, int, int]:
    """Seconds of the transaction (the best of three), its statements, and the observations written."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from performance import actions

    written = actions.recompute_changed(area=area, changed=[CHANGED], dataset=dataset)
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        actions.recompute_changed(area=area, changed=[CHANGED], dataset=dataset)
        best = min(best, perf_counter() - start)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        actions.recompute_changed(area=area, changed=[CHANGED], dataset=dataset)
    return best, len(captured), written


def fed_by(*datasets: str) -> int:
    from performance.actions.observations import datasets_of
    from performance.indicators.spec import indicators

    return sum(1 for spec in indicators().values() if datasets_of(spec) & set(datasets))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        from django.db import connection

        from performance import actions
        from performance.models import Observation

        areas = {years: fill(years) for years in YEARS}
        actions.recompute_all()
        print(f"One changed month of one area, on {connection.vendor}:")
        for dataset in ("Referral", "MashContact", "Figure"):
            fed, times = fed_by(dataset), {}
            print(f"  {dataset}, which feeds {fed} indicators: one transaction each")
            for years, area in areas.items():
                seconds, statements, written = measure(area, dataset)
                times[years] = seconds
                stored = Observation.objects.filter(area=area).count()
                print(
                    f"    {years} years of history ({stored:6} observations): {1000 * seconds:6.0f} ms, "
                    f"{statements} statements, {written} observations written, "
                    f"{1000 * seconds * 40 / fed:.0f} ms for 40 indicators"
                )
            more, cost = YEARS[-1] / YEARS[0], times[YEARS[-1]] / times[YEARS[0]]
            print(f"    {more:g} times the history costs {cost:.2f} times as much")
        print("What changed, with 8 years of history:")
        area = areas[YEARS[-1]]
        for months in (1, 3, 12):
            from lscb.periods import parse

            changed = [parse(CHANGED).shift(-back).code for back in range(months)]
            start = perf_counter()
            rows = actions.recompute_changed(area=area, changed=changed, dataset="Referral")
            print(
                f"  {months:2} changed months: {1000 * (perf_counter() - start):6.0f} ms, {rows} observations written"
            )


if __name__ == "__main__":
    main()
