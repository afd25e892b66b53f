"""The WSGI application: ``config.wsgi:application``."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.kept.bounded import bound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
bound(settings.DATABASE_SECONDS)
