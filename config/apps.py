"""The project itself as an application: it brings the ``start`` command."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registered under the name of its package."""

    name = "config"
    verbose_name = "Constat"
