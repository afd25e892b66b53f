"""A key of ours that Google's client is given, which sends it as ``key`` in the address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SIGN = "constat_"


def key_in_address(get_response: Callable) -> Callable:
    """Middleware, before keys are looked at: ours stands where the rest of the API has it.

    Another, such as one of Google's, is of no meaning here: who sends it is answered as anybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/v1alpha1/"):
            key = request.GET.get("key", "")
            if key.startswith(SIGN) and "HTTP_AUTHORIZATION" not in request.META:
                request.META["HTTP_AUTHORIZATION"] = f"Bearer {key}"
        return get_response(request)

    return middleware
