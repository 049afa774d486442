"""Makes Django ready when it is imported, before the modules that need it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")

import django

django.setup()
