"""The WSGI application: ``config.wsgi:application``."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import postgres
from config.kept.bounded import bound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
postgres.serves = True  # Before the settings are read.
application = get_wsgi_application()
bound(settings.DATABASE_SECONDS)
