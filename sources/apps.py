from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources")

    def ready(self) -> None:
        from sources import history, past

        pre_migrate.connect(past.drop_views, sender=self)
        post_migrate.connect(history.install_triggers, sender=self)
        post_migrate.connect(history.install_guards, sender=self)
        post_migrate.connect(past.make_views, sender=self)
