"""Where that is which only machines read: at one address, whatever the language."""

from django.urls import path

from claims.pages.annotations import annotation_page, claim_annotation, document_annotations
from claims.pages.oembed import oembed
from claims.pages.sitemaps import robots, sitemap, sitemap_index, sitemap_of_pages

urlpatterns = [
    path("oembed", oembed, name="oembed"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap-index"),
    path("sitemaps/pages.xml", sitemap_of_pages, name="sitemap-of-pages"),
    path("sitemaps/<slug:section>-<int:number>.xml", sitemap, name="sitemap"),
    path(
        "claims/<slug:public_id>/annotation.jsonld",
        claim_annotation,
        name="claim-annotation",
    ),
    path(
        "documents/<slug:public_id>/annotations.jsonld",
        document_annotations,
        name="document-annotations",
    ),
    path(
        "documents/<slug:public_id>/annotations/page.jsonld",
        annotation_page,
        name="annotation-page",
    ),
]
