"""`manage.py recompute`: computes observations again from the current counts and the definitions."""

from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lscb.models import Area
from lscb.numbers import plural
from performance import actions
from performance.models import DATASETS, Observation


class Command(BaseCommand):
    help = (
        "Computes observations again, area by area and in place. With --all it throws every one away first and "
        "computes all from nothing, in one transaction; both give the same rows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="from nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute, and say how many observations there are now."""
        if options["all"]:
            actions.recompute_all()
        else:
            in_place()
        self.stdout.write(f"Computed: {plural(Observation.objects.count(), 'observation')}.")


def in_place() -> None:
    """Recompute what the current counts of each area and dataset touch, each in a transaction of its own."""
    areas = Area.objects.in_bulk()
    for name, model in DATASETS.items():
        periods: dict[int, set[str]] = defaultdict(set)
        current = model._default_manager.filter(current=True).order_by()
        for area_id, period in current.values_list("area", "period").distinct():
            periods[area_id].add(period)
        for area_id, changed in periods.items():
            actions.recompute_changed(area=areas[area_id], changed=changed, dataset=name)
