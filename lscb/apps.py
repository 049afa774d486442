"""The partnership itself: areas, agencies, people, access, audit, periods."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LscbConfig(AppConfig):
    """Areas, agencies, people, access, audit, periods, base templates."""

    name = "lscb"
    verbose_name = "Partnership"

    def ready(self) -> None:
        """Make the Celery application before a task is published; register the checks; watch over people."""
        from lscb import celery, checks, people  # noqa: F401

        post_migrate.connect(people.disable_forbidden_people, sender=self)
