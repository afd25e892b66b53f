"""Pages of merged rows lead to those of the rows kept."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect

from claims import merged


def redirecting(model):
    """Decorator: the page of a merged row leads to that of the one kept."""

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
            address = kept.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return page

    return decorator
