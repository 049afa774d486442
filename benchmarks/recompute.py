"""Recomputing 40 indicators for one changed month of one area: that it is one short transaction, and that its cost
follows what changed and not the history. Run with `python -m benchmarks.recompute`; it makes and drops a database of
its own.

Signals look back over 48 months at most (`performance/actions/signals.py`), so that an area with less history costs a
little less; from four years on the cost stands still. An area whose figures are added up into a wider one costs twice,
because the wider one is recomputed in the same transaction.
"""

import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

CHANGED = "2025-03"
YEARS = (4, 8, 12)  # of history before the changed month
INDICATORS = 40
RUNS = 7  # of which the quickest counts


def set_up(folder: Path) -> None:
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def figures_for(wanted: int) -> list[str]:
    """The items of figures that feed exactly so many indicators, each with numerator and denominator."""
    from performance.indicators.spec import indicators

    needs: dict[str, set[str]] = {}
    for spec in indicators().values():
        measures = [one for one in (spec.numerator, spec.denominator) if one]
        items = {one.where.get("item", "") for one in measures if one.dataset == "Figure"}
        if measures and items and all(one.dataset == "Figure" for one in measures):
            if spec.total and spec.aggregation not in ("annual", "recount") and "" not in items:
                needs[spec.id] = items
    chosen: set[str] = set()
    for item in sorted(set().union(*needs.values()) - {"population-0-17"}):
        fed = [key for key, items in needs.items() if items <= chosen | {item}]
        if len(fed) <= wanted:
            chosen.add(item)
    return sorted(chosen)


def fill(code: str, years: int, items: Collection[str], within: Any = None) -> Any:
    """An area with so many years of monthly figures; without `items` of referrals with their breakdowns."""
    from lscb.models import Agency, Area
    from lscb.periods import parse
    from performance.models import Figure, Referral, Submission

    area = Area.objects.create(code=code, name=f"{years} years", kind=Area.Kind.LOCAL_AUTHORITY)
    if within is not None:
        area.within.add(within)
    agency, _ = Agency.objects.get_or_create(
        slug="council", defaults={"name": "Council", "type": "council"}
    )
    submission = Submission.objects.create(
        return_id="figures",
        agency=agency,
        area=area,
        period_code="2024-25",
        state="accepted",
        filename="f",
        size=1,
        checksum="0" * 64,
    )
    last = parse(CHANGED)
    breakdowns = {
        "source": ["police", "schools", "health", "housing", "parent", "internal", "other"],
        "reason": ["domestic-abuse", "neglect", "physical-abuse", "emotional-abuse"],
        "age_band": ["under-1", "1-4", "5-9", "10-15", "16-17"],
    }
    rows: list[Any] = []
    figures: list[Any] = []
    for back in range(12 * years):
        month = last.shift(-back).code
        plain = {"submission": submission, "area": area, "period": month, "current": True}
        if not items:
            rows.append(Referral(margin="total", count=350, **plain))
            for name, codes in breakdowns.items():
                rows += [
                    Referral(margin=name, count=350 // len(codes), **plain, **{name: one})
                    for one in codes
                ]
        figures += [
            Figure(item=item, margin="total", count=40 + back % 5, denominator=100, **plain)
            for item in items
        ]
    Figure.objects.bulk_create(figures, batch_size=500)
    Referral.objects.bulk_create(rows, batch_size=500)
    return area


@dataclass
class Cost:
    """What a recompute cost: the quickest of some runs on the clock and in the processor, which a busy machine does not
    change; its statements, and the observations written."""

    clock: float = float("inf")
    processor: float = float("inf")
    statements: int = 0
    written: int = 0

    def __str__(self) -> str:
        return (
            f"{1000 * self.clock:4.0f} ms ({1000 * self.processor:4.0f} ms of the processor), one transaction of "
            f"{self.statements} statements, {self.written} observations written"
        )


def measure(areas: Sequence[Any], dataset: str, changed: Sequence[str] = (CHANGED,)) -> list[Cost]:
    """What recomputing costs in each area, in turn, so that all of them meet the same load of the machine."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from performance import actions

    costs = [Cost() for _ in areas]
    for run in range(RUNS + 1):
        for area, cost in zip(areas, costs, strict=True):
            clock, processor = perf_counter(), process_time()
            cost.written = actions.recompute_changed(area=area, changed=changed, dataset=dataset)
            if run:  # the first fills caches
                cost.clock = min(cost.clock, perf_counter() - clock)
                cost.processor = min(cost.processor, process_time() - processor)
    for area, cost in zip(areas, costs, strict=True):
        with CaptureQueriesContext(connection) as captured:
            actions.recompute_changed(area=area, changed=changed, dataset=dataset)
        cost.statements = len(captured)
        begun = sum(one["sql"].startswith("BEGIN") for one in captured.captured_queries)
        if begun > 1:
            raise SystemExit(f"{begun} transactions, where one was promised")
    return costs


def recomputed(area: Any, dataset: str) -> int:
    """How many indicators that a dataset feeds have an observation of the changed month."""
    from performance.actions.observations import datasets_of
    from performance.indicators.spec import indicators
    from performance.models import Observation

    fed = [spec.id for spec in indicators().values() if dataset in datasets_of(spec)]
    rows = Observation.objects.filter(area=area, period=CHANGED, indicator__in=fed)
    return rows.values("indicator").distinct().count()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        from django.db import connection

        from lscb.models import Area
        from lscb.periods import parse
        from performance import actions
        from performance.models import Observation

        items = figures_for(INDICATORS)
        areas = {years: fill(f"years-{years}", years, items) for years in YEARS}
        referrals = fill("referrals", YEARS[-1], ())
        wide = Area.objects.create(code="wide", name="Wide", kind="partnership", adds_up=True)
        parts = [fill(f"part-{number}", YEARS[0], items, wide) for number in range(3)]
        actions.recompute_all()
        print(f"{INDICATORS} indicators, one changed month of one area, on {connection.vendor}:")
        costs = measure(list(areas.values()), "Figure")
        for (years, area), cost in zip(areas.items(), costs, strict=True):
            stored = Observation.objects.filter(area=area).count()
            print(f"  {years:2} years of history ({stored:6} observations stored): {cost}")
            if recomputed(area, "Figure") != INDICATORS:
                raise SystemExit(f"{recomputed(area, 'Figure')} indicators were recomputed")
        more = costs[-1].processor / costs[0].processor
        print(f"  {YEARS[-1] / YEARS[0]:g} times the history costs {more:.2f} times as much")
        (cost,) = measure(parts[:1], "Figure")
        print(f"  one of three areas of a wider one, which is recomputed with it: {cost}")
        print(f"What changed, with {YEARS[-1]} years of history (referrals with their breakdowns):")
        for months in (1, 3, 12):
            changed = [parse(CHANGED).shift(-back).code for back in range(months)]
            (cost,) = measure([referrals], "Referral", changed)
            print(f"  {months:2} changed months: {cost}")


if __name__ == "__main__":
    main()
