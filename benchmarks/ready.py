"""Makes Django ready when it is imported, before the modules that need it: as a process of the web server is. What it
logs is written, but not among the figures: a request that fails ends the script."""

import logging
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")

import django

django.setup()

from lscb import starting  # noqa: E402

starting.make_ready()

for _handler in logging.getLogger().handlers:
    if isinstance(_handler, logging.StreamHandler):
        _handler.setStream(open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  as long as the process
