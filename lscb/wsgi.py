"""What a web server starts: `gunicorn lscb.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")
application = get_wsgi_application()

from lscb import starting  # noqa: E402  after Django is set up

starting.make_ready()
