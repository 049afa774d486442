"""`manage.py review_figures`: sends the counts of the register for the months that are over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.figures import send_figures


class Command(BaseCommand):
    """The register's counts, through intake."""

    help = "Sends the counts of the register of reviews for the months that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what changed and say how many files that were."""
        made = send_figures(today=timezone.localdate())
        self.stdout.write(f"{len(made)} files sent.")
