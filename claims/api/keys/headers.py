"""How limits are told: the RateLimit header fields of draft-ietf-httpapi-ratelimit-headers-10."""

from django.http import HttpResponse

from claims.api.keys.spend import Spent


def tell(response: HttpResponse, spent: Spent) -> None:
    """Say which limits there are, and to who asks alone what is left of them.

    An answer that a cache may give to others says nothing of one of them.
    """
    response.headers["RateLimit-Policy"] = ", ".join(
        f'"{limit.name}";q={limit.most};w={limit.window}' for limit in spent.left
    )
    if "private" in response.get("Cache-Control", ""):
        response.headers["RateLimit"] = ", ".join(
            f'"{limit.name}";r={limit.left};t={limit.reset}' for limit in spent.left
        )
