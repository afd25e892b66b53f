"""What every answer says to browsers besides its content: what it may do, and who may use it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here asks for any of these, nor may what is put into its place.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
        "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


def headers(get_response: Callable) -> Callable:
    """Middleware, outside of what serves files: what is public may be shown anywhere, the desk
    only by itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        at_desk = request.path_info.startswith(settings.DESK)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = (
            "same-origin" if at_desk else "cross-origin"
        )
        return response

    return middleware


def policy_of_the_desk(get_response: Callable) -> Callable:
    """Middleware, within that of the Content-Security-Policy: the desk's pages have their own,
    unless they say otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(settings.DESK) and not hasattr(response, "_csp_replace"):
            policy = settings.DESK_POLICY
            if response.get("X-Frame-Options") == "SAMEORIGIN":
                policy = policy | {"frame-ancestors": ["'self'"]}
            response._csp_config = policy
        return response

    return middleware
