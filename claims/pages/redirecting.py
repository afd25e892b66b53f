"""Pages of merged rows lead to those of the rows kept."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from claims import merged


def redirecting(model, page: str = ""):
    """Decorator: the page of a merged row leads to that of the one kept.

    That is its own, or ``page`` where it has several.
    """

    def decorator(view):
        @wraps(view)
        def shown(request, public_id):
            try:
                return view(request, public_id)
            except Http404:
                kept = merged.kept(model, public_id)
                if kept is None:
                    raise
            query = request.GET.urlencode()
            address = reverse(page, args=[kept.public_id]) if page else kept.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return shown

    return decorator
