"""The frame of the editors' desk: its title, its style, its menu."""

from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _


def _list(title, icon: str, model: str) -> dict:
    """An entry of the desk's menu, for those who may see the model."""
    app, name = model.split("_")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{model}_changelist"),
        "permission": lambda request: request.user.has_perm(f"{app}.view_{name}"),
    }


UNFOLD = {
    "SITE_TITLE": "Constat",
    "SITE_HEADER": "Constat",
    "SITE_URL": reverse_lazy("home"),
    "SHOW_HISTORY": True,
    "STYLES": [lambda request: static("desk.css")],
    "SIDEBAR": {
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    {
                        "title": _("Candidates"),
                        "icon": "inbox",
                        "link": lambda request: (
                            reverse("admin:claims_claim_changelist") + "?status__exact=candidate"
                        ),
                    },
                ]
            },
            {
                "title": _("Record"),
                "items": [
                    _list(_("Claims"), "format_quote", "claims_claim"),
                    _list(_("Speakers"), "record_voice_over", "claims_speaker"),
                    _list(_("Verifications"), "fact_check", "claims_verification"),
                    _list(_("Developments"), "timeline", "claims_development"),
                    _list(_("Corrections"), "edit_note", "claims_correction"),
                    _list(_("Rating scales"), "straighten", "claims_scale"),
                ],
            },
            {
                "title": _("Sources"),
                "items": [
                    _list(_("Documents"), "article", "sources_document"),
                    _list(_("Snapshots"), "photo_camera", "sources_snapshot"),
                    _list(_("Publishers"), "newspaper", "sources_publisher"),
                ],
            },
            {
                "title": _("Accounts"),
                "items": [
                    _list(_("Users"), "person", "auth_user"),
                    _list(_("Groups"), "group", "auth_group"),
                ],
            },
        ],
    },
}
