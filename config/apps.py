"""The project itself as an application: it brings the ``start`` command."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """Registered under the name of its package."""

    name = "config"
    verbose_name = "Constat"


class DeskConfig(AdminConfig):
    """Django's admin, as the desk: with a login of its own."""

    default_site = "claims.accounts.site.DeskSite"
