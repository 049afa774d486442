"""`manage.py sample`: loads the sample through the intake. Safe to repeat: what was sent is not sent again."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lscb.people import demonstration_people
from lscb.signals import sample_complete, sample_loaded
from performance.actions import record_calendar, sample
from performance.sample import synthetic

SEED = 2024


class Command(BaseCommand):
    """Areas, agencies, the demonstration's people, Luton's published figures, the synthetic area."""

    help = "Loads the sample through the intake. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--small",
            action="store_true",
            help="Luton and pan-Bedfordshire only, without the synthetic area",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing and say what was done."""
        loaded = f"{sample.digest()} {'small' if options['small'] else 'whole'}"
        known = sample.is_loaded(loaded)
        if not known:
            sample.load_places()
        if settings.DEMONSTRATION:
            demonstration_people()  # each time, because the password may be another now
        if known:
            sample_loaded.send(sender=Command)
            sample_complete.send(sender=Command)
            self.stdout.write("The sample is loaded already.")
            return
        small = (
            frozenset({settings.PARTNERSHIP_AREA, "pan-bedfordshire"}) if options["small"] else None
        )
        with tempfile.TemporaryDirectory() as folder:
            files = sample.facts(small)
            if not options["small"]:
                files += sample.entries(Path(folder), synthetic.build(Path(folder), seed=SEED))
            try:
                sent = sample.load_files(files, self.stdout.write)
            except sample.SampleRefused as refusal:
                raise CommandError(str(refusal)) from refusal
        sample.load_printed()
        sample_loaded.send(sender=Command)
        sample_complete.send(sender=Command)
        if not options["small"]:
            record_calendar(today=timezone.localdate())  # as the worker does each night
        sample.note_loaded(loaded, sent)
        self.stdout.write(
            f"{sent} files sent through the intake, {len(files) - sent} were there already."
        )
