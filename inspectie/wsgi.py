"""WSGI entry point: `gunicorn inspectie.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectie.settings")
application = get_wsgi_application()
