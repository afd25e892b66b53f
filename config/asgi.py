"""The ASGI application: ``config.asgi:application``."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from config.kept.bounded import bound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_asgi_application()
bound(settings.DATABASE_SECONDS)
