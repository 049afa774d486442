"""What a web server starts: `gunicorn lscb.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscb.settings")
application = get_wsgi_application()
