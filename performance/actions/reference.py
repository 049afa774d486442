"""Loads what stands beside the figures: dated events and statistical neighbours. Safe to repeat."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from lscb.definition_files import plain
from lscb.models import Area
from performance.models import Event, Neighbour


def load_reference(folder: Path) -> None:
    """Events and neighbours from `events.yaml` and `neighbours.yaml` of a folder; replaces those loaded before, and
    leaves the events that people added.

    Raises LookupError for an area that does not exist.
    """
    areas = {area.code: area for area in Area.objects.all()}
    events, models = _read(folder / "events.yaml"), _read(folder / "neighbours.yaml")
    named = {one["area"] for one in (*events, *models)}
    named |= {one["code"] for model in models for one in model["neighbours"]}
    if missing := sorted(named - set(areas)):
        raise LookupError(f"{folder}: load the areas first; missing: {', '.join(missing)}")
    with transaction.atomic():
        Event.objects.filter(made_by=None).delete()
        Event.objects.bulk_create(
            (
                Event(
                    day=_day(one["date"]),
                    month_only=one["precision"] == "month",
                    area=areas[one["area"]],
                    title=one["title"],
                    source=one["source"],
                )
                for one in events
            ),
            ignore_conflicts=True,  # one that somebody added too
        )
        Neighbour.objects.all().delete()
        Neighbour.objects.bulk_create(
            Neighbour(
                model=model["model"],
                area=areas[model["area"]],
                rank=one["rank"],
                neighbour=areas[one["code"]],
                closeness=one["closeness"],
                source=model["source"],
            )
            for model in models
            for one in model["neighbours"]
        )


def _read(path: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = plain(path)
    return content


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
