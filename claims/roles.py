"""Who may do what: four groups, made from this table after migrations.

A model's own permissions are Django's (view, add, change, delete); the others are named in the
models for what an editor does: decide, publish, withdraw, resolve, merge.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection

CONTRIBUTOR = "contributor"
EDITOR = "editor"
CHIEF = "chief"
PROTECTED_SOURCE_READER = "protected-source reader"

READ = [
    "sources.view_publisher", "sources.view_document", "sources.view_snapshot",
    "sources.view_sentence", "sources.view_redaction", "sources.view_fetch", "sources.view_feed",
    "sources.view_entry",
    *(
        f"claims.view_{model}"
        for model in (
            "alias", "appearance", "claim", "claimmerge", "claimreview", "correction", "coverage",
            "development", "effect", "evidence", "forecast", "import", "importrow", "link",
            "position", "proposedevidence", "rating", "recheck", "reviewnote", "scale", "speaker",
            "speakermerge", "verification", "withdrawal",
        )
    ),
]  # fmt: skip
# Drafts and proposals: nothing the public sees.
DRAFT = [
    f"claims.{action}_{model}"
    for model in ("coverage", "evidence", "verification")
    for action in ("add", "change", "delete")
] + [
    "claims.add_claim", "claims.add_development", "claims.add_effect", "claims.add_import",
    "claims.add_link", "claims.add_protectedsource", "claims.add_reviewnote",
    "claims.change_reviewnote",
]  # fmt: skip
EDIT = [
    "claims.decide_claim", "claims.decide_development", "claims.publish_verification",
    "claims.add_forecast", "claims.resolve_forecast", "claims.add_correction",
    "claims.add_recheck", "claims.view_message", "claims.change_message",
    "claims.change_claim", "claims.add_claimreview", "claims.change_claimreview",
    "claims.change_development", "claims.change_effect", "claims.change_forecast",
    "claims.change_link", "claims.change_proposedevidence",
    *(
        f"claims.{action}_{model}"
        for model in ("alias", "appearance", "position")
        for action in ("add", "change", "delete")
    ),
    "claims.add_speaker", "claims.change_speaker",
    *(
        f"sources.{action}_{model}"
        for model in ("document", "feed", "publisher")
        for action in ("add", "change")
    ),
]  # fmt: skip
LEAD = [
    "claims.withdraw_verification", "claims.merge_claim", "claims.merge_speaker",
    "claims.take_over_hold", "sources.add_redaction",
    "claims.view_subscription", "claims.add_subscription", "claims.change_subscription",
    "claims.delete_subscription", "claims.view_delivery",
    "claims.add_scale", "claims.change_scale", "claims.add_rating", "claims.change_rating",
    "claims.view_apikey", "claims.add_apikey", "claims.change_apikey",
]  # fmt: skip

ROLES: dict[str, list[str]] = {
    CONTRIBUTOR: READ + DRAFT,
    EDITOR: READ + DRAFT + EDIT,
    CHIEF: READ + DRAFT + EDIT + LEAD,
    PROTECTED_SOURCE_READER: ["claims.view_protectedsource"],
}


def make_groups(*args, **kwargs) -> None:
    """The groups, with at least the permissions of the table above.

    Made by a migration, and again after every one: a later version may give a role more.
    """
    if Group._meta.db_table not in connection.introspection.table_names():
        return  # Migrations stopped halfway.
    for app in ("claims", "sources"):
        # Permissions are otherwise made after all migrations only.
        create_permissions(apps.get_app_config(app), verbosity=0)
    named = Permission.objects.select_related("content_type")
    permissions = {f"{p.content_type.app_label}.{p.codename}": p for p in named}
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(*(permissions[name] for name in names))
