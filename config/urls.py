"""Every address: the public site and the admin in two languages, the API, static text."""

import sys

from csp.decorators import csp_update
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils import translation
from django.views.defaults import bad_request, server_error
from drf_spectacular.views import SpectacularAPIView

from claims.api.dumps import DumpFileView
from claims.api.factchecktools.errors import fault as google_fault
from claims.api.problems import fault, not_found, unreadable
from config.away import away
from config.reference import Reference
from config.trouble import is_away

# The API reference is drawn by a script of ours with styles of its own and icons in data: URLs.
api_docs = csp_update(
    {
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
    }
)(Reference.as_view(url_name="api-schema"))

# English for everyone, as it is committed in docs/api-schema.yaml.
api_schema = translation.override("en")(SpectacularAPIView.as_view())


def handler400(request, exception):
    """For what is no request, as the address answers everything else."""
    return (
        unreadable(request)
        if request.path_info.startswith("/api/")
        else bad_request(request, exception)
    )


def handler500(request):
    """As the address answers everything else."""
    if is_away(sys.exception()):
        return away(request)
    if request.path_info.startswith("/v1alpha1/"):
        return google_fault(request)
    return fault(request) if request.path_info.startswith("/api/") else server_error(request)


urlpatterns = [
    path("api/v1/", include("claims.api.urls")),
    path("dumps/<name>/<file>", DumpFileView.as_view(), name="dump-file"),
    path("v1alpha1/", include("claims.api.factchecktools.urls")),
    path("api/schema/", api_schema, name="api-schema"),
    path("api/docs/", api_docs, name="api-docs"),
    re_path("^api/", not_found, name="api"),
    path("", include("claims.pages.machines")),
    # French without a prefix, English below /en/.
    *i18n_patterns(
        path("", include("claims.pages.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
