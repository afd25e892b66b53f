"""Where the public pages are, in either language (config/urls.py puts /en/ before them)."""

from django.urls import path
from django.views.decorators.http import require_safe

from claims.atom import feeds as atom
from claims.pages.about import about
from claims.pages.cards import claim_card, claim_image, verification_card, verification_image
from claims.pages.claim import claim
from claims.pages.claims import claims
from claims.pages.contact import contact, contact_sent
from claims.pages.corrections import correction, corrections
from claims.pages.developments import development, developments
from claims.pages.document import document
from claims.pages.document_changes import document_changes
from claims.pages.elsewhere import claim_appearances, claim_links
from claims.pages.feeds import feeds
from claims.pages.home import home
from claims.pages.methodology import methodology
from claims.pages.policies import policies
from claims.pages.privacy import privacy
from claims.pages.snapshot import snapshot, snapshot_text
from claims.pages.speaker import speaker
from claims.pages.speakers import speakers
from claims.pages.verification import verification

urlpatterns = [
    path("", home, name="home"),
    path("claims/", claims, name="claims"),
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("claims/<slug:public_id>/appearances/", claim_appearances, name="claim-appearances"),
    path("claims/<slug:public_id>/links/<slug:kind>/", claim_links, name="claim-links"),
    path("claims/<slug:public_id>/image.png", claim_image, name="claim-image"),
    path("claims/<slug:public_id>/card/", claim_card, name="claim-card"),
    path("speakers/", speakers, name="speakers"),
    path("speakers/<slug:public_id>/", speaker, name="speaker"),
    path(
        "speakers/<slug:public_id>/feed.atom",
        require_safe(atom.OfSpeaker()),
        name="speaker-feed",
    ),
    path("documents/<slug:public_id>/", document, name="document"),
    path("documents/<slug:public_id>/changes/", document_changes, name="document-changes"),
    path("documents/<slug:public_id>/snapshots/<slug:sha256>/", snapshot, name="snapshot"),
    path(
        "documents/<slug:public_id>/snapshots/<slug:sha256>/text",
        snapshot_text,
        name="snapshot-text",
    ),
    path("verifications/<slug:public_id>/", verification, name="verification"),
    path("verifications/<slug:public_id>/image.png", verification_image, name="verification-image"),
    path("verifications/<slug:public_id>/card/", verification_card, name="verification-card"),
    path("developments/", developments, name="developments"),
    path("developments/<slug:public_id>/", development, name="development"),
    path("corrections/", corrections, name="corrections"),
    path("feeds/", feeds, name="feeds"),
    path("feeds/claims.atom", require_safe(atom.LatestClaims()), name="claims-feed"),
    path(
        "feeds/verifications.atom",
        require_safe(atom.LatestVerifications()),
        name="verifications-feed",
    ),
    path(
        "feeds/developments.atom",
        require_safe(atom.LatestDevelopments()),
        name="developments-feed",
    ),
    path("feeds/corrections.atom", require_safe(atom.LatestCorrections()), name="corrections-feed"),
    path("corrections/<int:number>/", correction, name="correction"),
    path("methodology/", methodology, name="methodology"),
    path("methodology/<int:version>/", methodology, name="methodology-version"),
    path("about/", about, name="about"),
    path("policies/", policies, name="policies"),
    path("privacy/", privacy, name="privacy"),
    path("contact/", contact, name="contact"),
    path("contact/sent/<slug:reference>/", contact_sent, name="contact-sent"),
]
