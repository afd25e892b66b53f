"""What a page tells machines, as JSON-LD in its head.

A page of another time has none, and neither has a preview: it would be read as of today.
"""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims.models import Claim, Speaker, Verification
from claims.structured_data.claim import claim_page
from claims.structured_data.review import claim_review
from claims.structured_data.reviewed import reviewed_claims
from claims.structured_data.site import Site, home_page
from claims.structured_data.speaker import speaker_page

register = template.Library()
# What would end the script, begin a comment in it, or end a line of it.
HARMLESS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def script(data: dict) -> SafeString:
    """Data that no browser runs and nothing in it ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def home_data(context) -> str:
    return script(home_page(Site.of(context["request"]))) if _is_of_today(context) else ""


@register.simple_tag(takes_context=True)
def claim_data(context, claim: Claim) -> str:
    if not _is_of_today(context):
        return ""
    return script(claim_page(claim, Site.of(context["request"])))


@register.simple_tag(takes_context=True)
def speaker_data(context, speaker: Speaker) -> str:
    if not _is_of_today(context):
        return ""
    return script(speaker_page(speaker, Site.of(context["request"])))


@register.simple_tag(takes_context=True)
def verification_data(context, verification: Verification, versions: list[Verification]) -> str:
    """Its ClaimReview, if it is the one in force: a reader of those knows of no other."""
    withdrawn = getattr(verification, "withdrawal", None)
    if not _is_of_today(context) or withdrawn or verification != versions[0]:
        return ""
    claims, site = reviewed_claims(verification), Site.of(context["request"])
    if not claims:  # Each was merged or rejected since.
        return ""
    review = claim_review(verification, claims, verification.recheck, len(versions), site)
    return script(review)


def _is_of_today(context) -> bool:
    return not context.get("preview") and not getattr(context["request"], "as_of", None)
