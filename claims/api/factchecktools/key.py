"""A key of ours that Google's client is given, which sends it as ``key`` in the address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SIGN = "constat_"


def key_in_address(get_response: Callable) -> Callable:
    """Middleware, before keys are looked at: ours stands where the rest of the API has it.

    Another, such as one of Google's, is of no meaning here: who sends it is answered as anybody.
    One in a header counts first; what is there for a proxy in front is none.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/v1alpha1/"):
            key = request.GET.get("key", "")
            there = request.META.get("HTTP_AUTHORIZATION", "").strip().lower()
            if key.startswith(SIGN) and not there.startswith(("bearer", SIGN)):
                request.META["HTTP_AUTHORIZATION"] = f"Bearer {key}"
                vars(request).pop("headers", None)  # Whoever looked before has Django keep them.
        return get_response(request)

    return middleware
