"""Who may do what: four groups, made by a migration from this table.

A model's own permissions are Django's (view, add, change, delete); the others are named in the
models for what an editor does: decide, publish, withdraw, resolve, merge.
"""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

CONTRIBUTOR = "contributor"
EDITOR = "editor"
CHIEF = "chief"
PROTECTED_SOURCE_READER = "protected-source reader"

READ = [
    "sources.view_publisher", "sources.view_document", "sources.view_snapshot",
    "sources.view_sentence", "sources.view_fetch",
    *(
        f"claims.view_{model}"
        for model in (
            "alias", "appearance", "claim", "claimmerge", "correction", "coverage", "development",
            "effect", "evidence", "forecast", "link", "position", "rating", "scale", "speaker",
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
    "claims.add_development", "claims.add_effect", "claims.add_link",
    "claims.add_protectedsource",
]  # fmt: skip
EDIT = [
    "claims.decide_claim", "claims.decide_development", "claims.publish_verification",
    "claims.add_forecast", "claims.resolve_forecast", "claims.add_correction",
    "claims.change_claim",
    "claims.change_development", "claims.change_effect", "claims.change_forecast",
    "claims.change_link",
    *(
        f"claims.{action}_{model}"
        for model in ("alias", "appearance", "position")
        for action in ("add", "change", "delete")
    ),
    "claims.add_speaker", "claims.change_speaker",
    *(
        f"sources.{action}_{model}"
        for model in ("document", "publisher")
        for action in ("add", "change")
    ),
]  # fmt: skip
LEAD = [
    "claims.withdraw_verification", "claims.merge_claim", "claims.merge_speaker",
    "claims.add_scale", "claims.change_scale", "claims.add_rating", "claims.change_rating",
]  # fmt: skip

ROLES: dict[str, list[str]] = {
    CONTRIBUTOR: READ + DRAFT,
    EDITOR: READ + DRAFT + EDIT,
    CHIEF: READ + DRAFT + EDIT + LEAD,
    PROTECTED_SOURCE_READER: ["claims.view_protectedsource"],
}


def make_groups(apps, schema_editor) -> None:
    """For a migration: the groups, with the permissions of the table above."""
    from django.apps import apps as current

    for app in ("claims", "sources"):
        # Permissions are otherwise made after all migrations only.
        create_permissions(current.get_app_config(app), verbosity=0)
    for role, permissions in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        for permission in permissions:
            app, codename = permission.split(".")
            group.permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
