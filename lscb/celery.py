"""The Celery application. Tasks live in each app's `tasks.py`; the database, not the broker, is the queue."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")

app = Celery("lscb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def put_back_what_was_taken(**_kwargs: Any) -> None:
    """Where the queue is a folder of files: put back what a worker that was killed had taken."""
    from django.conf import settings

    from lscb.file_queue import put_back

    if not settings.REDIS_URL:
        put_back(settings.QUEUE_DIR / "messages")
