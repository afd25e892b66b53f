from django.urls import path, re_path

from claims.api.factchecktools.view import ClaimSearch, NotHere

IMAGES = "claims.imageSearch is not implemented here: search by words, with claims.search."
PAGES = "pages is not implemented here: Constat writes the ClaimReview of its own pages alone."

urlpatterns = [
    path("claims:search", ClaimSearch.as_view(), name="factchecktools"),
    path("claims:imageSearch", NotHere.as_view(sentence=IMAGES)),
    re_path(r"^pages(?:/[^/]+)?$", NotHere.as_view(sentence=PAGES)),
    re_path("^", NotHere.as_view()),
]
