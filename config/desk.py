"""The frame of the editors' desk: its title, its style, its menu."""

from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


def _page(title, icon: str, page: str, permission: str) -> dict:
    """An entry of the desk's menu that leads to a screen of its own."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{page}"),
        "permission": lambda request: request.user.has_perm(permission),
    }


def _list(
    title, icon: str, model: str, query: str = "", seen_with: str = "", badge: str = ""
) -> dict:
    """An entry of the desk's menu, for those who may see the model (or the one ``seen_with``);
    ``badge`` names the function that counts what waits there."""
    app, name = (seen_with or model).split("_")
    return {
        "title": title,
        "icon": icon,
        "link": lambda request: reverse(f"admin:{model}_changelist") + query,
        "permission": lambda request: request.user.has_perm(f"{app}.view_{name}"),
        **({"badge": badge} if badge else {}),
    }


UNFOLD = {
    "SITE_TITLE": "Constat",
    "SITE_HEADER": "Constat",
    "SITE_ICON": lambda request: static("constat.svg"),
    "SITE_URL": reverse_lazy("home"),
    "SHOW_HISTORY": True,
    "STYLES": [lambda request: static("desk/desk.css")],
    "SCRIPTS": [lambda request: static("desk/keys.js")],
    "ACCOUNT": {"navigation": "claims.accounts.site.own_links"},
    "DASHBOARD_CALLBACK": "claims.admin.dashboard.dashboard",
    "SIDEBAR": {
        "show_all_applications": False,
        "navigation": [
            {
                "title": _("To do"),
                "items": [
                    _page(_("Overview"), "space_dashboard", "index", "claims.view_claim"),
                    _page(
                        _("Add an article"),
                        "post_add",
                        "sources_submission_add",
                        "claims.decide_claim",
                    ),
                    _page(_("Inbox"), "inbox", "claims_claim_inbox", "claims.view_claim"),
                    _list(
                        _("Verifications in review"),
                        "rate_review",
                        "claims_verification",
                        "?status__exact=in_review",
                    ),
                    _page(_("What is due"), "alarm", "claims_forecast_due", "claims.view_forecast"),
                    _list(
                        _("Proposed developments"),
                        "timeline",
                        "claims_development",
                        "?status__exact=proposed",
                    ),
                    _list(
                        _("Proposed effects"),
                        "call_split",
                        "claims_effect",
                        "?status__exact=proposed",
                    ),
                    _page(_("Proposed links"), "add_link", "claims_link_queue", "claims.view_link"),
                    _list(
                        _("Proposed evidence"),
                        "find_in_page",
                        "claims_proposedevidence",
                        "?status__exact=proposed",
                    ),
                    _list(
                        _("Messages from readers"),
                        "mail",
                        "claims_message",
                        "?status__exact=new",
                        badge="claims.admin.messages.waiting_messages",
                    ),
                    _list(_("Feeds that fail"), "rss_feed", "sources_feed", "?state=failing"),
                ],
            },
            {
                "title": _("Record"),
                "items": [
                    _list(_("Claims"), "format_quote", "claims_claim"),
                    _list(_("Speakers"), "record_voice_over", "claims_speaker"),
                    _list(_("Verifications"), "fact_check", "claims_verification"),
                    _list(_("Developments"), "timeline", "claims_development"),
                    _list(_("Effects on claims"), "call_split", "claims_effect"),
                    _list(_("Links between claims"), "link", "claims_link"),
                    _list(_("Forecasts"), "event", "claims_forecast"),
                    _list(_("Corrections"), "edit_note", "claims_correction"),
                    _list(_("Reviews elsewhere"), "fact_check", "claims_claimreview"),
                    _list(_("Imports"), "upload_file", "claims_import"),
                    _list(_("Merged claims"), "merge", "claims_claimmerge"),
                    _list(_("Merged speakers"), "group_remove", "claims_speakermerge"),
                    _list(_("Rating scales"), "straighten", "claims_scale"),
                    _list(
                        _("Saved filters"),
                        "bookmarks",
                        "sources_savedfilter",
                        seen_with="claims_claim",
                    ),
                ],
            },
            {
                "title": _("Sources"),
                "items": [
                    _list(_("Documents"), "article", "sources_document"),
                    _list(_("Snapshots"), "photo_camera", "sources_snapshot"),
                    _list(_("Redactions"), "ink_eraser", "sources_redaction"),
                    _list(_("Publishers"), "newspaper", "sources_publisher"),
                    _list(_("Feeds"), "rss_feed", "sources_feed"),
                    _list(_("Feed entries"), "feed", "sources_entry"),
                    _list(_("Fetches"), "cloud_download", "sources_fetch"),
                    _list(
                        _("Background work"),
                        "work_history",
                        "background_job",
                        seen_with="sources_fetch",
                    ),
                ],
            },
            {
                "title": _("Interchange"),
                "items": [
                    _list(_("Webhooks"), "webhook", "claims_subscription"),
                    _list(_("Deliveries"), "outbox", "claims_delivery"),
                ],
            },
            {
                "title": _("Accounts"),
                "items": [
                    _list(_("Users"), "person", "auth_user"),
                    _list(_("Groups"), "group", "auth_group"),
                    _list(_("Acts of accounts"), "history", "claims_accountact"),
                    _list(capfirst(_("API keys")), "key", "claims_apikey"),
                ],
            },
        ],
    },
}
