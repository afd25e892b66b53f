from django.http import Http404
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims import merged


class RedirectsMerged:
    """For a viewset of rows that are merged: the address of a merged one leads to the one kept."""

    def retrieve(self, request, public_id: str) -> Response:
        try:
            return super().retrieve(request, public_id=public_id)
        except Http404:
            kept = merged.kept(self.get_queryset().model, public_id)
            if kept is None:
                raise
        address = reverse(f"{self.basename}-detail", args=[kept.public_id], request=request)
        if query := request.query_params.urlencode():
            address = f"{address}?{query}"
        return Response(status=301, headers={"Location": address})
