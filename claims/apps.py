from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims")

    def ready(self) -> None:
        from claims import cache_tags, derived, roles
        from claims.accounts import session

        cache_tags.watch()
        user_logged_in.connect(session.begin)
        pre_migrate.connect(derived.drop, sender=self)
        post_migrate.connect(derived.install, sender=self)
        post_migrate.connect(roles.make_groups, sender=self)
