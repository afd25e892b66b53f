"""Pages of merged rows lead to those of the rows kept."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from claims import merged


def redirecting(model, name=None):
    """Decorator: the page of a merged row leads to that of the one kept; ``name`` is the page's,
    if it is another than the row's own."""

    def decorator(view):
        @wraps(view)
        def page(request, public_id, **which):
            try:
                return view(request, public_id, **which)
            except Http404:
                kept = merged.kept(model, public_id)
                if kept is None:
                    raise
            query = request.GET.urlencode()
            address = reverse(name, args=[kept.public_id]) if name else kept.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return page

    return decorator
