"""The partnership itself: areas, agencies, people, access, audit, periods."""

from django.apps import AppConfig


class LscbConfig(AppConfig):
    name = "lscb"
    verbose_name = "Partnership"

    def ready(self) -> None:
        from lscb import celery  # noqa: F401  the application must exist before a task is published
