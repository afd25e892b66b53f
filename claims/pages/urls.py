"""Where the public pages are, in either language (config/urls.py puts /en/ before them)."""

from django.urls import path

from claims.pages.claim import claim
from claims.pages.claims import claims
from claims.pages.corrections import corrections
from claims.pages.developments import development, developments
from claims.pages.document import document
from claims.pages.document_changes import document_changes
from claims.pages.home import home
from claims.pages.speaker import speaker
from claims.pages.speakers import speakers
from claims.pages.verification import verification

urlpatterns = [
    path("", home, name="home"),
    path("claims/", claims, name="claims"),
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("speakers/", speakers, name="speakers"),
    path("speakers/<slug:public_id>/", speaker, name="speaker"),
    path("documents/<slug:public_id>/", document, name="document"),
    path("documents/<slug:public_id>/changes/", document_changes, name="document-changes"),
    path("verifications/<slug:public_id>/", verification, name="verification"),
    path("developments/", developments, name="developments"),
    path("developments/<slug:public_id>/", development, name="development"),
    path("corrections/", corrections, name="corrections"),
]
