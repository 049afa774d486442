"""Makes Django ready when it is imported, before the modules that need it: as a process of the web server is."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")

import django

django.setup()

from lscb import starting  # noqa: E402

starting.make_ready()
